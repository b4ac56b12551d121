use super::*;
use crate::app::effect::FilesWork;
use crate::app::looks::Looks;
use crate::app::model::{Field, Overlay, Size};
use crate::app::presets::Presets;
use crate::app::regions::ScopeDefaults;
use crate::app::start::start;
use crate::app::watch::{Sweeps, Watch, WatchOptions};
use crate::app::{Action, KeyNames, Message, Start, update};
use crate::domain::watchlist::Edited;
use crate::domain::{Moment, Now, Watchlist};
use crate::poll::{Intervals, Rate};
use jiff::SignedDuration;
use jiff::tz::TimeZone;
use std::time::Duration;

const LAUNCH: ListId = ListId(0);
const PORTING: ListId = ListId(1);

fn now() -> Now {
    Now { wall: Timestamp::from_second(1_800_000_000).unwrap(), moment: Moment::START }
}

fn id(number: u32) -> PhoneNumberOrderId {
    PhoneNumberOrderId::parse(&format!("{number:08x}-77aa-4e0b-9a55-0d1f5e2bc01d")).unwrap()
}

fn following(name: &str, numbers: &[u32]) -> Watchlist {
    Watchlist {
        following: Following::Account,
        entries: numbers.iter().map(|number| Entry::new(id(*number))).collect(),
        ..Watchlist::new(name.into())
    }
}

/// A started model: the first list is open.
fn model(lists: &[Watchlist]) -> Model {
    let mut model = Model::new(Start {
        now: now(),
        size: Size { width: 100, height: 30 },
        zone: TimeZone::UTC,
        lists: (0..).map(ListId).zip(lists.iter().cloned()).collect(),
        current: None,
        defaults: ScopeDefaults {
            environment_profile: Some("prod".into()),
            environment_region: Some("us-east-1".into()),
            ..ScopeDefaults::default()
        },
        watch: Watch::new(WatchOptions {
            rate: Rate::default(),
            intervals: Intervals::default(),
            sweeps: Sweeps::Allowed,
            seed: 7,
            started: now(),
            first_sequence: 1,
        }),
        keys: KeyNames::default(),
        views: std::collections::BTreeMap::new(),
        looks: Looks::default(),
        lesson: None,
        preferences: crate::domain::Preferences::default(),
        fixed: Vec::new(),
        presets: Presets::default(),
    });
    start(&mut model);
    model
}

fn scope(region: &str) -> Arc<Scope> {
    Arc::new(Scope { profile: Some("prod".into()), region: region.into(), endpoint: None })
}

/// An order of before this run that is not settled.
fn newcomer(number: u32) -> Newcomer {
    let created = Some(now().wall - SignedDuration::from_hours(1));
    Newcomer { scope: scope("us-east-1"), id: id(number), created, is_settled: false }
}

/// The account shows these, and what is to be done about them.
fn shown(model: &mut Model, newcomers: Vec<Newcomer>) -> Vec<Effect> {
    note(model, newcomers);
    keep_up(model)
}

fn takes_in(list: ListId, numbers: &[u32]) -> Effect {
    let edit = Edit::Add(numbers.iter().map(|number| Entry::new(id(*number))).collect());
    Effect::Files(FilesWork::Edit { list, edit, purpose: Purpose::Intake })
}

#[test]
fn the_accounts_of_opened_lists_that_follow_are_followed_each_once() {
    let own = Watchlist { region: Some("us-west-2".into()), ..following("own", &[]) };
    let mut model = model(&[following("launch", &[]), following("porting", &[1]), own]);
    assert_eq!(model.follow.scopes, [scope("us-east-1")]);
    for (number, scopes) in [(2, vec![scope("us-east-1")]), (3, vec![scope("us-east-1"), scope("us-west-2")])]
    {
        update(&mut model, Message::Action(Action::List(number)), now());
        assert_eq!(model.follow.scopes, scopes);
    }
    let watchlist = Watchlist { following: Following::Nothing, ..following("own", &[]) };
    update(&mut model, Message::ListRead { list: ListId(2), watchlist }, now());
    assert_eq!(model.follow.scopes, [scope("us-east-1")]);
}

#[test]
fn the_profile_of_an_empty_list_that_follows_is_read_even_beside_the_list_on_the_screen() {
    let own = Watchlist { profile: Some("dev".into()), ..following("own", &[]) };
    let mut model = model(&[following("launch", &[1]), own]);
    model.defaults.environment_region = None;
    model.lists[0].watchlist.region = Some("us-east-1".into());
    update(&mut model, Message::Action(Action::List(2)), now());
    assert!(model.profiles_asked.contains(&Some("dev".into())));
}

#[test]
fn new_orders_are_taken_in_by_one_edit_and_only_once() {
    let list = Watchlist { except: vec![id(2)], ..following("launch", &[1]) };
    let mut model = model(&[list, following("unopened", &[])]);
    let settled = Newcomer { is_settled: true, ..newcomer(3) };
    let created = Some(now().wall + SignedDuration::from_secs(5));
    let fresh = Newcomer { is_settled: true, created, ..newcomer(4) };
    let elsewhere = Newcomer { scope: scope("us-west-2"), ..newcomer(5) };
    let told = vec![newcomer(1), newcomer(2), settled, fresh, elsewhere, newcomer(6)];
    assert_eq!(shown(&mut model, told), [takes_in(LAUNCH, &[4, 6])]);
    assert_eq!(shown(&mut model, Vec::new()), []);
    assert_eq!(shown(&mut model, vec![newcomer(7)]), [takes_in(LAUNCH, &[7])]);
}

#[test]
fn a_list_takes_in_what_its_account_showed_before_it_was_opened_or_followed() {
    let mut model = model(&[following("launch", &[]), following("porting", &[1])]);
    assert_eq!(shown(&mut model, vec![newcomer(1), newcomer(2)]), [takes_in(LAUNCH, &[1, 2])]);
    let effects = update(&mut model, Message::Action(Action::List(2)), now());
    assert!(effects.contains(&takes_in(PORTING, &[2])), "{effects:?}");
}

#[test]
fn a_broken_list_takes_nothing_in_until_it_is_mended() {
    let broken = Watchlist { access: Access::Broken("launch.toml:1 no".into()), ..following("launch", &[]) };
    let mut model = model(&[broken]);
    assert_eq!(shown(&mut model, vec![newcomer(1)]), []);
    let watchlist = following("launch", &[]);
    let effects = update(&mut model, Message::ListRead { list: LAUNCH, watchlist }, now());
    assert!(effects.contains(&takes_in(LAUNCH, &[1])), "{effects:?}");
}

#[test]
fn what_was_taken_in_is_told_with_its_account_and_can_be_taken_back() {
    let mut model = model(&[following("launch", &[])]);
    shown(&mut model, vec![newcomer(1), newcomer(2)]);
    model.overlay = Some(Overlay::Add(Field::default()));
    let edited = Edited { list: following("launch", &[1, 2]), removed: Vec::new() };
    let result = Ok(edited);
    update(&mut model, Message::Edited { list: LAUNCH, purpose: Purpose::Intake, result }, now());
    let notice = model.notice.clone().unwrap();
    assert_eq!(notice.text.raw(), "2 new orders of prod · us-east-1 are watched now.");
    assert_eq!(notice.offers, Some(Action::Undo));
    assert!(model.overlay.is_some(), "the field asked for nothing");
    model.overlay = None;
    let effects = update(&mut model, Message::Action(Action::Undo), now());
    let edit = Edit::Remove(vec![id(1), id(2)]);
    assert_eq!(effects, [Effect::Files(FilesWork::Edit { list: LAUNCH, edit, purpose: Purpose::Undo })]);
}

#[test]
fn an_intake_that_fails_is_told_and_tried_again_after_a_while() {
    let mut model = model(&[following("launch", &[])]);
    shown(&mut model, vec![newcomer(1)]);
    let failed = Message::Edited { list: LAUNCH, purpose: Purpose::Intake, result: Err("disk full".into()) };
    assert_eq!(update(&mut model, failed, now()), []);
    assert_eq!(model.notice.as_ref().unwrap().text.raw(), "disk full");
    let after = |seconds: u64| Now { moment: Moment::START.plus(Duration::from_secs(seconds)), ..now() };
    assert_eq!(update(&mut model, Message::Tick, after(59)), []);
    assert_eq!(update(&mut model, Message::Tick, after(60)), [takes_in(LAUNCH, &[1])]);
    assert_eq!(update(&mut model, Message::Tick, after(61)), []);
}
