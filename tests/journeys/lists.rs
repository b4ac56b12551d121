//! Watchlists, regions, cards, and what happened while the program did not run.

use crate::world::{
    FRIDAY, LAUNCH, PORTING, UNSAVED, World, defaults, key, key_in, list, text, world, world_at, world_of,
};
use chimewatch::app::action::Action;
use chimewatch::app::card::{Cause, card};
use chimewatch::app::effect::{Effect, FilesWork, HistoryWork, ListId, ViewState};
use chimewatch::app::message::{Keystroke, Message, WatchMessage};
use chimewatch::app::model::Overlay;
use chimewatch::app::query::Clock;
use chimewatch::app::query::footer::{Footer, footer};
use chimewatch::app::query::header::{State, header};
use chimewatch::app::regions::{EndpointChoice, Profile, ScopeDefaults};
use chimewatch::domain::{Entry, FailureKind, NetworkStage, ProfileConfig};

fn load(keys: &[chimewatch::domain::OrderKey]) -> Effect {
    Effect::History(HistoryWork::Load(keys.to_vec()))
}

fn remember(name: &str) -> Effect {
    let state = ViewState { last_used: Some(text(name)), ..ViewState::default() };
    Effect::Files(FilesWork::SaveView(state))
}

fn prod() -> Profile {
    Profile::from(std::sync::Arc::from("prod"))
}

#[test]
fn the_start_loads_the_open_list_first_and_watches_no_other() {
    let lists = vec![(LAUNCH, list("launch", [1, 2])), (PORTING, list("porting", [3]))];
    let world = world_of(lists, defaults());
    assert_eq!(world.started, [load(&[key(1), key(2)]), load(&[key(3)])]);
    assert_eq!(world.model.watch.len(), 2);
}

#[test]
fn a_number_opens_a_list_and_polls_it_from_then_on() {
    let lists = vec![
        (LAUNCH, list("launch", [1])),
        (UNSAVED, list("unsaved", [2])),
        (PORTING, list("porting", [1, 3])),
    ];
    let mut world = world_of(lists, defaults());
    assert_eq!(world.act(Action::List(2)), [load(&[key(3)]), remember("porting")]);
    assert_eq!(world.model.watch.len(), 2);
    assert_eq!(world.act(Action::List(1)), [remember("launch")]);
    assert_eq!(world.act(Action::Unsaved), [load(&[key(2)]), remember("unsaved")]);
    assert_eq!(world.act(Action::List(7)), []);
    assert_eq!(world.notice(), "There is no list 7.");
}

#[test]
fn an_order_in_two_lists_is_watched_until_both_have_let_it_go() {
    let lists = vec![(LAUNCH, list("launch", [1])), (PORTING, list("porting", [1]))];
    let mut world = world_of(lists, defaults());
    assert_eq!(world.act(Action::List(2)), [remember("porting")]);
    let effects = world.act(Action::Remove);
    world.keep(&effects);
    assert_eq!(world.model.watch.len(), 1);
    world.send(Message::ListRead { list: LAUNCH, watchlist: list("launch", []) });
    assert_eq!(world.model.watch.len(), 0);
}

#[test]
fn the_tab_of_a_closed_list_counts_only_orders_that_stand_in_it() {
    let lists = vec![(LAUNCH, list("launch", [1])), (PORTING, list("porting", [1, 2]))];
    let mut world = world_of(lists, defaults());
    world.read(&[(1, "Failed", &["Failed"])]);
    let failed = world.model.watch.get(&key(1)).unwrap().snapshot().cloned();
    world.send(Message::Watch(WatchMessage::Known(vec![(key(1), failed)])));
    let needing = |world: &World| world.model.lists[1].last_needing.len();
    assert_eq!(needing(&world), 1);
    world.send(Message::ListRead { list: PORTING, watchlist: list("porting", [2]) });
    assert_eq!(needing(&world), 0);
}

#[test]
fn a_list_that_another_hand_changed_is_watched_as_it_now_is() {
    let mut world = world([1, 2]);
    world.act(Action::Down);
    let effects = world.send(Message::ListRead { list: LAUNCH, watchlist: list("launch", [4, 2]) });
    assert_eq!(effects, [load(&[key(4)])]);
    assert_eq!(world.rows(), "4 [2]");
}

fn config(region: Option<&str>) -> ProfileConfig {
    ProfileConfig { region: region.map(Into::into), endpoint: None }
}

#[test]
fn orders_are_asked_when_the_region_of_their_profile_has_been_read() {
    let without = ScopeDefaults { environment_profile: prod(), ..ScopeDefaults::default() };
    let mut world = world_of(vec![(LAUNCH, list("launch", [1]))], without);
    assert_eq!(world.started, [Effect::ReadProfile { profile: prod() }]);
    let effects = world.send(Message::ProfileRead { profile: prod(), config: config(Some("eu-west-1")) });
    let profiles = vec![(prod(), config(Some("eu-west-1")))];
    let last_used = Some(text("launch"));
    let view = ViewState { last_used, profiles, ..ViewState::default() };
    assert_eq!(effects, [load(&[key_in("eu-west-1", 1)]), Effect::Files(FilesWork::SaveView(view))]);
}

#[test]
fn every_endpoint_that_is_not_awss_own_is_in_the_header() {
    let of_profile = ScopeDefaults { endpoint: EndpointChoice::OfProfile, ..defaults() };
    let entry = Entry { profile: Some("gateway".into()), ..Entry::new(key(2).id) };
    let mut launch = list("launch", [1]);
    launch.entries.push(entry);
    let mut world = world_of(vec![(LAUNCH, launch)], of_profile);
    let place = |world: &World| header(&world.model, &[], &Clock::new(&world.model)).place;
    let at = |endpoint: Option<&str>| ProfileConfig { region: None, endpoint: endpoint.map(Into::into) };
    let read = |profile: &str, config| Message::ProfileRead { profile: Some(profile.into()), config };
    world.send(read("prod", at(None)));
    assert_eq!(place(&world), "us-east-1");
    world.send(read("gateway", at(Some("https://gateway.example.com/chime"))));
    assert_eq!(place(&world), "us-east-1, gateway.example.com/chime");
    world.send(read("prod", at(Some("http://127.0.0.1:4711"))));
    assert_eq!(place(&world), "127.0.0.1:4711, gateway.example.com/chime");
}

#[test]
fn a_region_that_aws_does_not_list_is_told_and_asked_all_the_same() {
    let without = ScopeDefaults { environment_profile: prod(), ..ScopeDefaults::default() };
    let mut world = world_of(vec![(LAUNCH, list("launch", [1]))], without);
    let effects = world.send(Message::ProfileRead { profile: prod(), config: config(Some("us-est-1")) });
    assert_eq!(effects.first(), Some(&load(&[key_in("us-est-1", 1)])));
    let told = "us-est-1 is none of the API's ten regions, :region names them. It is asked all the same.";
    assert_eq!(world.notice(), told);
    // An entry with a region of its own is told of too, and one that is known already is not.
    let entry = Entry { region: Some("us-wst-2".into()), ..Entry::new(key(2).id) };
    let mut edited = list("launch", [1]);
    edited.entries.push(entry);
    world.send(Message::ListRead { list: LAUNCH, watchlist: edited.clone() });
    assert!(world.notice().starts_with("us-wst-2 is none of"), "{}", world.notice());
    world.model.notice = None;
    world.send(Message::ListRead { list: LAUNCH, watchlist: edited });
    assert_eq!(world.model.notice, None);
}

#[test]
fn a_remembered_region_counts_until_it_is_read_again() {
    let mut remembering = ScopeDefaults { environment_profile: prod(), ..ScopeDefaults::default() };
    remembering.remembered.insert(prod(), config(Some("eu-west-1")));
    let mut world = world_of(vec![(LAUNCH, list("launch", [1]))], remembering);
    let read = Effect::ReadProfile { profile: prod() };
    assert_eq!(world.started, [read, load(&[key_in("eu-west-1", 1)])]);
    let same = Message::ProfileRead { profile: prod(), config: config(Some("eu-west-1")) };
    assert_eq!(world.send(same), []);
    let effects = world.send(Message::ProfileRead { profile: prod(), config: config(None) });
    assert_eq!(effects.first(), Some(&load(&[key(1)])));
    assert!(world.model.watch.get(&key_in("eu-west-1", 1)).is_none());
}

#[test]
fn saving_unsaved_under_a_name_opens_the_new_list() {
    let mut world = world_of(vec![(UNSAVED, list("unsaved", [1]))], defaults());
    world.act(Action::SaveAs);
    world.type_text("spring launch");
    let effects = world.press(Keystroke::Submit);
    assert_eq!(effects, [Effect::Files(FilesWork::SaveAs { list: UNSAVED, name: text("spring launch") })]);
    let why = text("there is a list 'spring launch' already");
    world.send(Message::Saved { list: UNSAVED, result: Err(why.clone()) });
    let Some(Overlay::Name(form)) = &world.model.overlay else { panic!("the field is gone") };
    assert_eq!((form.field.text.as_str(), form.field.error.as_ref()), ("spring launch", Some(&why)));
    let saved = (ListId(9), list("spring launch", [1]));
    assert_eq!(world.send(Message::Saved { list: UNSAVED, result: Ok(saved) }), [remember("spring launch")]);
    assert_eq!((world.notice(), world.model.overlay.as_ref()), ("Saved as spring launch.", None));
    assert_eq!(world.model.current_list().unwrap().id, ListId(9));
    world.send(Message::ListRead { list: UNSAVED, watchlist: list("unsaved", []) });
    assert_eq!(world.model.watch.len(), 1);
}

#[test]
fn a_list_that_is_a_file_already_is_not_saved_under_a_name() {
    let mut world = world([1]);
    assert_eq!(world.act(Action::SaveAs), []);
    assert_eq!(world.notice(), "launch is a file already: every change is saved at once.");
}

#[test]
fn an_empty_list_says_what_to_do_first() {
    let world = world([]);
    let card = card(&world.model).unwrap();
    assert_eq!(card.cause, Cause::Empty);
    assert_eq!(
        card.offers.iter().map(|offer| offer.action).collect::<Vec<_>>(),
        [Action::Add, Action::Import, Action::Help]
    );
}

#[test]
fn a_region_that_knows_none_of_the_orders_offers_those_where_numbers_are_ordered() {
    let elsewhere = ScopeDefaults { environment_region: Some("eu-west-1".into()), ..defaults() };
    let mut world = world_of(vec![(LAUNCH, list("launch", 1..=12))], elsewhere);
    let keys = |region: &str| (1..=12).map(|number| key_in(region, number)).collect::<Vec<_>>();
    world.fail_all(keys("eu-west-1"), FailureKind::NotFound);
    let said = card(&world.model).unwrap();
    assert_eq!(
        said.text.raw(),
        "eu-west-1 knows none of these 12 orders as prod. Numbers are ordered in us-east-1 and us-west-2 only."
    );
    assert_eq!(said.offers[0].does, "looks in us-east-1");
    let Footer::Hints(hints) = footer(&world.model) else { panic!("a notice") };
    assert_eq!((hints[0].action, hints[0].words), (Action::Open, "look there"));
    let effects = world.act(Action::Open);
    assert_eq!(effects, [load(&keys("us-east-1"))]);
    assert_eq!(world.notice(), "Looking in us-east-1 for the rest of this session.");
    world.fail_all(keys("us-east-1"), FailureKind::NotFound);
    world.act(Action::Open);
    world.fail_all(keys("us-west-2"), FailureKind::NotFound);
    let said = card(&world.model).unwrap();
    assert_eq!(said.cause, Cause::NotFound { look_in: None });
    assert_eq!(
        said.text.raw(),
        "eu-west-1 and us-east-1 and us-west-2 know none of these 12 orders as prod. Numbers are ordered in \
         us-east-1 and us-west-2 only. Another profile may: :profile chooses it."
    );
}

#[test]
fn an_account_that_may_not_read_orders_offers_the_policy_and_to_try_all_again() {
    let mut world = world([1, 2]);
    world.fail_all(vec![key(1), key(2)], FailureKind::Forbidden);
    let said = card(&world.model).unwrap();
    assert_eq!(said.cause, Cause::Forbidden);
    assert_eq!(
        said.text.raw(),
        "Profile prod may not read these 2 orders in us-east-1: chime:GetPhoneNumberOrder is missing. \
         Give your administrator this policy."
    );
    let offers: Vec<_> = said.offers.iter().map(|offer| (offer.action, offer.does.as_str())).collect();
    assert_eq!(offers, [(Action::Copy, "copies the policy"), (Action::AskAll, "tries all now")]);
    let asked = world.act(Action::AskAll);
    let keys = asked.iter().filter_map(|effect| match effect {
        Effect::Fetch { key, .. } => Some(key.clone()),
        _ => None,
    });
    assert_eq!(keys.collect::<Vec<_>>(), [key(1), key(2)]);
}

#[test]
fn why_changes_are_not_recorded_is_told_once_and_again_after_it_was_mended() {
    let mut world = world([1]);
    world.read(&[(1, "Processing", &["Processing"])]);
    let refused = || Message::Watch(WatchMessage::NotRecorded { why: "history.db: no space".into() });
    let mut told = Vec::new();
    for message in [refused(), Message::Tick, refused()] {
        world.model.notice = None;
        world.wait(5_000);
        world.send(message);
        told.push(world.notice().to_owned());
    }
    assert_eq!(told, ["history.db: no space", "", ""]);
    world.wait(5_000);
    world.send(Message::Watch(WatchMessage::Recorded { up_to: 0 }));
    world.send(refused());
    assert_eq!(world.notice(), "history.db: no space");
}

#[test]
fn missing_credentials_rest_the_account_and_c_copies_the_command() {
    let mut world = world([1, 2]);
    world.fail_all(vec![key(1), key(2)], FailureKind::Credentials);
    let said = card(&world.model).unwrap();
    assert_eq!(said.cause, Cause::Resting);
    assert_eq!(
        said.text.raw(),
        "Profile prod is signed out. Run in another window: aws sso login --profile prod. This screen goes on by \
         itself."
    );
    let copied = world.act(Action::Copy);
    let command = "aws sso login --profile prod".to_owned();
    assert_eq!(copied, [Effect::Copy { text: command, what: "the command".to_owned() }]);
    let asked = world.act(Action::AskNow);
    assert!(asked.contains(&Effect::ForgetCredentials), "{asked:?}");
}

#[test]
fn the_header_says_that_no_account_can_be_reached_until_one_answers() {
    let state = |world: &World| {
        let clock = Clock::new(&world.model);
        header(&world.model, &[], &clock).state
    };
    let mut world = world([1]);
    world.read(&[(1, "Processing", &[])]);
    assert_eq!(state(&world), State::Live);
    world.fails(1, FailureKind::Network(NetworkStage::Connect));
    assert_eq!(state(&world), State::Offline);
    world.becomes(1, "Processing", &[]);
    assert_eq!(state(&world), State::Live);
}

/// Two orders that an earlier run read on a Friday, and a run that starts `days` later.
fn back_after(days: i64) -> World {
    let mut earlier = world([1, 2]);
    earlier.read(&[(1, "Processing", &["Processing"]), (2, "Processing", &["Processing"])]);
    let known = [1, 2].map(|number| {
        let snapshot = earlier.model.watch.get(&key(number)).unwrap().snapshot().unwrap();
        (key(number), Some(snapshot.clone()))
    });
    let lists = vec![(LAUNCH, list("launch", [1, 2]))];
    let mut world = world_at(FRIDAY + days * 86_400, lists, defaults());
    world.send(Message::Watch(WatchMessage::Known(known.to_vec())));
    world
}

#[test]
fn what_changed_while_the_program_did_not_run_is_told_once_all_have_been_asked() {
    let mut world = back_after(3);
    world.becomes(1, "Successful", &["Acquired"]);
    assert_eq!(world.notice(), "");
    world.becomes(2, "Processing", &["Processing"]);
    let away = world.model.away.unwrap();
    assert_eq!(world.notice(), format!("While you were away (since Fri 08:00): {} changes.", away.changes));
    assert!(away.changes > 0);
    world.pass(60_000);
    assert_eq!(world.notice(), "");
}

#[test]
fn nothing_is_said_about_what_happened_while_away_as_long_as_nobody_answers() {
    for kind in [FailureKind::Credentials, FailureKind::NotFound] {
        let mut world = back_after(30);
        for number in [1, 2] {
            world.fails(number, kind);
        }
        assert_eq!(world.notice(), "", "{kind:?}");
    }
    let mut world = back_after(30);
    world.fails(1, FailureKind::NotFound);
    world.becomes(2, "Processing", &["Processing"]);
    assert_eq!(world.notice(), "While you were away (since 15 Jan 08:00): no changes.");
}

#[test]
fn that_nothing_changed_is_told_after_a_long_time_only() {
    let told = [30, 0].map(|days| {
        let mut world = back_after(days);
        world.becomes(1, "Processing", &["Processing"]);
        world.becomes(2, "Processing", &["Processing"]);
        world.notice().to_owned()
    });
    assert_eq!(told, ["While you were away (since 15 Jan 08:00): no changes.", ""]);
}
