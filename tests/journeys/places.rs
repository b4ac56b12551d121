//! Whom a list is asked as, and where: chosen, kept, taken back.

use crate::world::{LAUNCH, PORTING, UNSAVED, World, defaults, edit, id, key, list, undo, world, world_of};
use chimewatch::app::Message;
use chimewatch::app::action::Action;
use chimewatch::app::effect::{Effect, HistoryWork};
use chimewatch::app::message::Keystroke;
use chimewatch::app::past::{PAGE, PastOf};
use chimewatch::app::regions::ScopeDefaults;
use chimewatch::domain::watchlist::{Access, Edit};
use chimewatch::domain::{Entry, ProfileConfig};
use std::sync::Arc;

/// `prod`, `us-east-1`, order 1.
fn at(world: &World, entry: usize) -> String {
    let list = world.model.current_list().unwrap();
    let key = list.keys[entry].as_ref().unwrap();
    format!("{} {}", key.scope.profile_name(), key.scope.region)
}

fn choose(world: &mut World, action: Action, typed: &str) -> Vec<Effect> {
    world.act(action);
    world.send(Message::ProfilesRead(vec!["staging".into(), "prod".into(), "default".into()]));
    world.type_text(typed);
    world.press(Keystroke::Submit)
}

#[test]
fn a_profile_is_chosen_counts_at_once_is_kept_and_taken_back() {
    let mut world = world(1..=2);
    assert_eq!(world.act(Action::Profile), [Effect::ReadProfiles]);
    assert_eq!(world.choices(), ["[environment]"]);
    world.send(Message::ProfilesRead(vec!["staging".into(), "prod".into()]));
    assert_eq!(world.choices(), ["[environment]", "prod", "staging"]);
    world.type_text("stg");
    assert_eq!(world.choices(), ["[staging]"]);
    let effects = world.press(Keystroke::Submit);
    let staging = Edit::SetProfile(Some("staging".into()));
    assert!(effects.contains(&edit(LAUNCH, staging)), "{effects:?}");
    assert!(effects.iter().any(|effect| matches!(effect, Effect::History(HistoryWork::Load(_)))));
    assert_eq!((at(&world, 0).as_str(), world.model.overlay.as_ref()), ("staging us-east-1", None));
    world.keep(&effects);
    assert_eq!(world.notice(), "launch is asked as staging now.");
    let effects = world.act(Action::Undo);
    assert_eq!(effects, [undo(LAUNCH, Edit::SetProfile(None))]);
    world.keep(&effects);
    assert_eq!(
        (at(&world, 0).as_str(), world.notice()),
        ("prod us-east-1", "launch is asked as prod again.")
    );
}

#[test]
fn a_pick_wins_over_what_was_typed_and_undo_brings_that_back_but_an_orders_own_stays() {
    let typed = ScopeDefaults { typed_profile: Some("typed".into()), ..defaults() };
    let mut launch = list("launch", 1..=2);
    launch.entries[1] = Entry { profile: Some("own".into()), ..Entry::new(id(2)) };
    let mut world = world_of(vec![(LAUNCH, launch), (UNSAVED, list("unsaved", []))], typed);
    assert_eq!((at(&world, 0), at(&world, 1)), ("typed us-east-1".into(), "typed us-east-1".into()));
    let effects = choose(&mut world, Action::Profile, "staging");
    world.keep(&effects);
    assert_eq!((at(&world, 0), at(&world, 1)), ("staging us-east-1".into(), "own us-east-1".into()));
    let effects = choose(&mut world, Action::Profile, "environment");
    world.keep(&effects);
    assert_eq!((at(&world, 0).as_str(), world.notice()), ("prod us-east-1", "launch is asked as prod now."));
    for before in ["staging us-east-1", "typed us-east-1"] {
        let effects = world.act(Action::Undo);
        world.keep(&effects);
        assert_eq!(at(&world, 0), before);
    }
    assert_eq!(world.notice(), "launch is asked as typed again.");
}

#[test]
fn only_profiles_that_are_there_can_be_chosen() {
    let mut world = world(1..=2);
    assert_eq!(choose(&mut world, Action::Profile, "nobody"), []);
    assert_eq!(world.choices(), <[String; 0]>::default());
    assert_eq!(at(&world, 0), "prod us-east-1");
}

#[test]
fn what_holds_now_is_marked_and_the_cursor_begins_there() {
    let mut world = world(1..=2);
    let effects = choose(&mut world, Action::Region, "eu-west-1");
    assert!(effects.contains(&edit(LAUNCH, Edit::SetRegion(Some("eu-west-1".into())))));
    world.keep(&effects);
    assert_eq!(
        (at(&world, 0).as_str(), world.notice()),
        ("prod eu-west-1", "launch is asked in eu-west-1 now.")
    );
    world.act(Action::Region);
    assert_eq!(
        world.choices(),
        [
            "default",
            "us-east-1",
            "us-west-2",
            "ca-central-1",
            "eu-central-1",
            "[eu-west-1]",
            "eu-west-2",
            "ap-northeast-1",
            "ap-northeast-2",
            "ap-southeast-1",
            "ap-southeast-2"
        ]
    );
    assert_eq!(world.press(Keystroke::Submit), []);
    assert_eq!(world.notice(), "launch is asked in eu-west-1 already.");
}

#[test]
fn a_region_that_is_in_use_and_no_voice_region_stands_below_the_ten() {
    let mut launch = list("launch", 1..=1);
    launch.region = Some("local".into());
    let mut world = world_of(vec![(LAUNCH, launch), (UNSAVED, list("unsaved", []))], defaults());
    world.act(Action::Region);
    assert_eq!((world.choices().len(), world.choices().last().map(String::as_str)), (12, Some("[local]")));
}

#[test]
fn a_list_that_cannot_be_edited_is_asked_elsewhere_for_this_run() {
    let mut launch = list("launch", 1..=1);
    launch.access = Access::Broken("launch.toml:7 expected a value".into());
    let mut world = world_of(vec![(LAUNCH, launch), (UNSAVED, list("unsaved", []))], defaults());
    let effects = choose(&mut world, Action::Profile, "staging");
    assert!(!effects.iter().any(|effect| matches!(effect, Effect::Files(_))), "{effects:?}");
    assert_eq!(at(&world, 0), "staging us-east-1");
    assert_eq!(world.notice(), "launch is asked as staging for this run; its file cannot be edited.");
}

#[test]
fn what_the_file_does_not_take_counts_for_this_run_and_says_so() {
    let mut world = world(1..=1);
    choose(&mut world, Action::Profile, "staging");
    let purpose = chimewatch::app::effect::Purpose::Edit;
    world.send(Message::Edited {
        list: LAUNCH,
        purpose,
        result: Err("launch.toml cannot be written".into()),
    });
    assert_eq!(world.notice(), "launch.toml cannot be written. launch is asked as staging for this run.");
    assert_eq!(at(&world, 0), "staging us-east-1");
}

#[test]
fn a_profile_whose_region_has_to_be_read_is_read_and_then_asked() {
    let nowhere = ScopeDefaults { environment_profile: Some("prod".into()), ..ScopeDefaults::default() };
    let lists =
        vec![(LAUNCH, list("launch", 1..=1)), (PORTING, list("porting", [])), (UNSAVED, list("unsaved", []))];
    let mut world = world_of(lists, nowhere);
    let config = |region: &str| ProfileConfig { region: Some(region.into()), endpoint: None };
    let prod: Option<Arc<str>> = Some("prod".into());
    world.send(Message::ProfileRead { profile: prod, config: config("us-west-2") });
    assert_eq!(at(&world, 0), "prod us-west-2");
    let effects = choose(&mut world, Action::Profile, "staging");
    let staging: Option<Arc<str>> = Some("staging".into());
    assert!(effects.contains(&Effect::ReadProfile { profile: staging.clone() }), "{effects:?}");
    assert_eq!(world.model.current_list().unwrap().keys, [None]);
    world.keep(&effects);
    world.send(Message::ProfileRead { profile: staging, config: config("eu-west-1") });
    assert_eq!(at(&world, 0), "staging eu-west-1");
}

#[test]
fn the_open_order_stays_on_the_screen_and_what_was_known_comes_back() {
    let mut world = world(1..=2);
    world.read(&[(1, "Processing", &["Processing"]), (2, "Successful", &["Acquired"])]);
    world.acts(&[Action::Top, Action::Open]);
    let open = world.open_order().unwrap();
    let effects = choose(&mut world, Action::Profile, "staging");
    let moved = world.open_order().unwrap();
    assert_eq!((moved.id, moved.scope.profile_name()), (open.id, "staging"));
    world.keep(&effects);
    let effects = world.act(Action::Undo);
    let effects = world.keep(&effects);
    assert_eq!(world.open_order(), Some(open));
    // What was observed and is not recorded yet is newer than what the history has.
    let of = PastOf::Order(key(1));
    let past = HistoryWork::ReadChanges { of, keys: vec![key(1)], before: 1, limit: PAGE };
    let load = HistoryWork::Load(vec![key(1), key(2)]);
    assert_eq!(effects, [Effect::History(load), Effect::History(past)]);
    world.send(Message::Watch(chimewatch::app::message::WatchMessage::Known(vec![(key(2), None)])));
    let list = world.model.current_list().unwrap();
    assert!(list.snapshot(&world.model.watch, 1).is_some());
}
