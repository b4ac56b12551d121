//! When the user is called, and what a mouse does.

use crate::world::{LAUNCH, PORTING, World, key, world};
use chimewatch::app::action::Action;
use chimewatch::app::columns::Column;
use chimewatch::app::effect::{Effect, FilesWork, ViewState};
use chimewatch::app::message::{Message, Target, Wheel};
use chimewatch::app::model::Pane;
use chimewatch::domain::{Alerts, Fixed, Mouse, Preference, Preferences, Privacy, Times};

fn rings(effects: &[Effect]) -> bool {
    effects.contains(&Effect::Ring)
}

/// Two orders that have been answered once.
fn two() -> World {
    let mut world = world(1..=2);
    world.read(&[(1, "Processing", &["Processing", "Processing"]), (2, "Processing", &["Processing"])]);
    world
}

#[test]
fn the_first_answers_call_nobody_whatever_they_say() {
    let mut world = world(1..=3);
    let mut effects = Vec::new();
    world.read(&[
        (1, "Failed", &["Failed"]),
        (2, "Successful", &["Acquired"]),
        (3, "Exception", &["Processing"]),
    ]);
    effects.extend(world.pass(60_000));
    effects.extend(world.pass(3_600_000));
    assert!(!rings(&effects));
}

#[test]
fn an_order_that_newly_needs_you_rings_once() {
    let mut world = two();
    assert!(rings(&world.becomes(1, "Processing", &["Failed", "Processing"])));
    assert_eq!(world.notice(), "order 1 needs you.");
    world.wait(120_000);
    assert!(!rings(&world.becomes(1, "Processing", &["Failed", "Failed"])), "it needed you before");
    assert!(rings(&world.becomes(1, "Failed", &["Failed", "Failed"])), "for another reason");
}

#[test]
fn there_is_one_call_a_minute_and_the_next_tells_what_is_still_so() {
    let mut world = two();
    assert!(rings(&world.becomes(1, "Processing", &["Failed", "Processing"])));
    world.wait(10_000);
    assert!(!rings(&world.becomes(2, "Failed", &["Failed"])));
    assert!(!rings(&world.pass(40_000)));
    assert!(rings(&world.pass(10_000)));
    assert_eq!(world.notice(), "order 2 needs you.");
    world.wait(10_000);
    assert!(!rings(&world.becomes(1, "Exception", &["Failed", "Processing"])));
    assert!(!rings(&world.becomes(1, "Processing", &["Processing", "Processing"])));
    assert!(!rings(&world.pass(120_000)), "nothing of it is so any more");
}

#[test]
fn it_rings_when_the_last_order_is_settled_and_not_before() {
    let mut world = two();
    assert!(!rings(&world.becomes(1, "Successful", &["Acquired", "Acquired"])));
    assert!(rings(&world.becomes(2, "Successful", &["Acquired"])));
    assert_eq!(world.notice(), "All 2 orders are settled.");
    world.wait(120_000);
    assert!(!rings(&world.becomes(2, "Successful", &["Acquired"])), "it was settled before");
}

#[test]
fn what_a_key_was_answered_is_read_before_a_call_takes_its_place() {
    let mut world = two();
    world.act(Action::Times);
    let answer = world.notice().to_owned();
    assert!(!rings(&world.becomes(1, "Failed", &["Failed", "Failed"])));
    assert!(!rings(&world.pass(3_900)));
    assert_eq!(world.notice(), answer);
    assert!(rings(&world.pass(100)));
    assert_eq!(world.notice(), "order 1 needs you.");
    assert_eq!(world.model.notice.as_ref().unwrap().offers, Some(Action::NextNeed));
}

#[test]
fn a_call_about_an_order_of_another_list_names_that_list() {
    let mut world = two();
    world.act(Action::List(2));
    world.pass(4_000);
    assert!(rings(&world.becomes(1, "Failed", &["Failed", "Failed"])));
    assert_eq!(world.notice(), "launch: order 1 needs you.");
    world.wait(120_000);
    assert!(rings(&world.becomes(2, "Successful", &["Acquired"])));
    assert_eq!(world.notice(), "All 2 orders of your lists are settled.");
    assert_eq!(world.model.notice.as_ref().unwrap().offers, None);
}

#[test]
fn a_need_that_comes_with_time_alone_rings_too() {
    let mut world = two();
    let mut said = Vec::new();
    for _ in 0..70 {
        if rings(&world.pass(60_000)) {
            said.push(world.notice().to_owned());
        }
    }
    assert_eq!(said, ["2 orders newly need you."]);
}

#[test]
fn what_the_user_marks_calls_nobody() {
    let mut world = two();
    world.becomes(1, "Failed", &["Failed", "Failed"]);
    world.wait(120_000);
    let effects = [world.act(Action::Handled), world.act(Action::Handled), world.pass(120_000)].concat();
    assert!(!rings(&effects));
}

#[test]
fn a_muted_bell_is_silent_and_what_it_missed_is_not_rung_later() {
    let mut world = two();
    let kept = world.act(Action::Mute);
    let [Effect::Files(FilesWork::SaveView(view))] = kept.as_slice() else { panic!("{kept:?}") };
    assert_eq!(view.preference, Some(Preference::Alerts(Alerts::Muted)));
    assert_eq!(world.notice(), "The bell is muted. B rings it again.");
    assert!(!rings(&world.becomes(1, "Failed", &["Failed", "Failed"])));
    assert!(!rings(&world.act(Action::Mute)));
    assert!(!rings(&world.pass(120_000)));
    assert!(rings(&world.becomes(2, "Failed", &["Failed"])));
}

#[test]
fn privacy_the_mouse_and_times_are_switched_and_kept() {
    let mut world = two();
    let kept = |choice| {
        let view = ViewState { preference: Some(choice), ..ViewState::default() };
        [Effect::Files(FilesWork::SaveView(view))]
    };
    assert_eq!(world.act(Action::Privacy), kept(Preference::Privacy(Privacy::Masked)));
    assert_eq!(world.act(Action::Mouse), kept(Preference::Mouse(Mouse::Ours)));
    assert_eq!(world.act(Action::Times), kept(Preference::Times(Times::Local)));
    let (privacy, mouse, times) = (Privacy::Masked, Mouse::Ours, Times::Local);
    assert_eq!(world.model.preferences, Preferences { alerts: Alerts::On, privacy, mouse, times });
    world.acts(&[Action::Privacy, Action::Mouse, Action::Times, Action::Times]);
    assert_eq!(world.model.preferences, Preferences::default());
}

#[test]
fn what_the_config_file_chooses_counts_at_every_start_and_the_notice_says_so() {
    let mut world = two();
    let choice = Preference::Alerts(Alerts::On);
    world.model.fixed = vec![Fixed { choice, said: "bell = true in ~/config.toml".into() }];
    assert_eq!(world.act(Action::Mute), []);
    assert_eq!(
        (world.model.preferences.alerts, world.notice()),
        (
            Alerts::Muted,
            "The bell is muted until you quit: bell = true in ~/config.toml counts at every start."
        )
    );
    assert_eq!(world.act(Action::Mute), []);
    let rings = "The bell rings when an order newly needs you, and when all are settled.";
    assert_eq!((world.model.preferences.alerts, world.notice()), (Alerts::On, rings));
    assert_ne!(world.act(Action::Privacy), [], "what it does not choose is kept");
}

#[test]
fn a_click_moves_the_cursor_and_a_second_one_opens() {
    let mut world = two();
    world.send(Message::Clicked(Target::Line(1)));
    assert_eq!((world.open_order(), world.rows().as_str()), (None, "1 [2]"));
    world.send(Message::Clicked(Target::Line(1)));
    assert_eq!(world.open_order(), Some(key(2)));
    world.send(Message::Clicked(Target::Hint(Action::Back)));
    assert_eq!(world.open_order(), None);
    world.send(Message::Clicked(Target::Tab(PORTING)));
    assert_eq!(world.model.current_list().unwrap().id, PORTING);
    world.send(Message::Clicked(Target::Tab(LAUNCH)));
    assert_eq!(world.model.current_list().unwrap().id, LAUNCH);
}

#[test]
fn a_click_on_a_head_sorts_by_it_and_a_second_one_the_other_way_round() {
    let mut world = two();
    for (column, says) in [
        (Column::Done, "Sorted by done: most first."),
        (Column::Done, "Sorted by done: least first."),
        (Column::Name, "Sorted by name: A first."),
    ] {
        world.send(Message::Clicked(Target::Head(column)));
        assert_eq!(world.notice(), says);
    }
    let before = world.model.current_list().unwrap().rows.sort;
    world.act(Action::Sort);
    world.send(Message::Clicked(Target::Head(Column::Done)));
    assert_eq!(world.model.current_list().unwrap().rows.sort, before, "what lies below a menu rests");
}

#[test]
fn a_click_on_a_change_chooses_it_and_a_second_one_opens_its_order() {
    let mut world = two();
    world.becomes(2, "Processing", &["Acquired"]);
    world.send(Message::Clicked(Target::Change(0)));
    assert_eq!((world.open_order(), world.model.pane), (None, Pane::Activity { cursor: 0 }));
    world.send(Message::Clicked(Target::Change(0)));
    assert_eq!(world.open_order(), Some(key(2)));
}

#[test]
fn the_wheel_scrolls_and_takes_the_cursor_along_only_where_it_would_leave_the_screen() {
    let mut world = world(1..=60);
    let view = |world: &World| {
        let rows = &world.model.current_list().unwrap().rows;
        (rows.offset, rows.cursor)
    };
    world.acts(&[Action::Down, Action::Down, Action::Down, Action::Down]);
    world.send(Message::Scrolled(Wheel::Down));
    assert_eq!(view(&world), (3, 4));
    world.send(Message::Scrolled(Wheel::Down));
    assert_eq!(view(&world), (6, 6));
    (0..9).for_each(|_| drop(world.send(Message::Scrolled(Wheel::Up))));
    let page = view(&world);
    assert_eq!(page.0, 0);
    (0..99).for_each(|_| drop(world.send(Message::Scrolled(Wheel::Down))));
    let (offset, cursor) = view(&world);
    assert!(offset > 30 && cursor == offset, "{offset} {cursor}");
}

#[test]
fn a_key_sends_away_what_has_been_read_and_not_what_came_a_moment_ago() {
    let mut world = two();
    let stands = |world: &mut World, milliseconds: u64| {
        world.pass(milliseconds);
        world.act(Action::Down);
        world.pass(0);
        world.model.notice.is_some()
    };
    world.act(Action::Times);
    assert!(stands(&mut world, 500), "it confirms the last key");
    assert!(!world.pass(1_500).contains(&Effect::Ring));
    assert_eq!(world.model.notice, None, "who went on has seen it by now");
    world.act(Action::Times);
    assert!(!stands(&mut world, 2_000));
    world.act(Action::Times);
    world.pass(4_900);
    assert!(world.model.notice.is_some(), "nobody pressed a key");
    world.send(Message::Warned("The file cannot be read.".into()));
    assert!(stands(&mut world, 5_900), "it must not be missed");
    assert!(!stands(&mut world, 200));
}
