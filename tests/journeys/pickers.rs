//! The palette: everything that can be done, by its name.

use crate::world::{FRIDAY, LAUNCH, PORTING, UNSAVED, World, defaults, key, list, world, world_at, world_of};
use chimewatch::app::Message;
use chimewatch::app::action::Action;
use chimewatch::app::effect::{Effect, FilesWork, ListId};
use chimewatch::app::looks::ThemeName;
use chimewatch::app::message::{Keystroke, WatchMessage};
use chimewatch::app::model::{Opened, Overlay, Screen};
use chimewatch::app::picker::Detail;

#[test]
fn the_palette_has_what_can_be_done_on_the_screen_then_the_lists() {
    let mut world = world(1..=2);
    let reads = [Effect::ReadProfiles, Effect::Files(FilesWork::ReadFilters)];
    assert_eq!(world.act(Action::Palette), reads);
    let choices = world.choices();
    assert_eq!(choices.first().map(String::as_str), Some("[open]"));
    assert!(choices.contains(&"import".to_owned()) && choices.contains(&"quit".to_owned()));
    assert!(!choices.iter().any(|name| name == "up" || name == "next-order" || name == "list-1"));
    assert!(choices.ends_with(&["list launch".into(), "list porting".into(), "list unsaved".into()]));
    world.press(Keystroke::Cancel);
    world.read(&[(1, "Processing", &["Processing"])]);
    world.acts(&[Action::Open, Action::Palette]);
    assert!(world.choices().contains(&"next-order".to_owned()));
}

#[test]
fn what_is_chosen_does_what_its_key_does() {
    let mut world = world(1..=3);
    world.act(Action::Palette);
    world.type_text("paus");
    assert_eq!(world.choices(), ["[pause]"]);
    world.press(Keystroke::Submit);
    assert_eq!(world.model.overlay, None);
    world.act(Action::Palette);
    world.type_text("filter");
    world.press(Keystroke::Submit);
    assert!(matches!(world.model.overlay, Some(Overlay::Filter { .. })));
    world.press(Keystroke::Cancel);
    world.act(Action::Palette);
    world.type_text("q");
    assert_eq!(world.press(Keystroke::Submit), [Effect::Quit]);
}

#[test]
fn what_works_elsewhere_only_is_found_by_its_name_and_says_where() {
    let mut world = world(1..=2);
    world.read(&[(1, "Processing", &["Processing"])]);
    world.acts(&[Action::Open, Action::Palette]);
    world.model.looks.themes =
        vec![ThemeName { name: "colour-blind".into(), about: "".into(), problem: None }];
    world.type_text("col");
    assert_eq!(world.choices()[..2], ["[columns]", "theme colour-blind"]);
    assert_eq!(world.press(Keystroke::Submit), []);
    assert_eq!(world.notice(), "Here columns does nothing: it is for the list.");
    assert!(world.model.overlay.is_some());
}

#[test]
fn a_list_is_opened_by_its_name() {
    let lists = vec![
        (LAUNCH, list("launch", 1..=2)),
        (PORTING, list("porting", 3..=4)),
        (UNSAVED, list("unsaved", [])),
    ];
    let mut world = world_of(lists, defaults());
    world.act(Action::Palette);
    world.type_text("list port");
    assert_eq!(world.choices()[0], "[list porting]");
    world.press(Keystroke::Submit);
    assert_eq!((world.model.current, world.model.lists[1].opened), (Some(1), Opened::Yes));
}

#[test]
fn profiles_and_regions_are_found_by_typing_and_not_in_the_way_otherwise() {
    let mut world = world(1..=2);
    world.act(Action::Palette);
    world.send(Message::ProfilesRead(vec!["staging".into(), "prod".into()]));
    assert!(!world.choices().iter().any(|name| name.contains("us-west-2")));
    world.type_text("region us-w");
    assert_eq!(world.choices(), ["[region us-west-2]"]);
    world.press(Keystroke::DeleteToStart);
    world.type_text("prof stag");
    assert_eq!(world.choices(), ["[profile staging]"]);
    let effects = world.press(Keystroke::Submit);
    world.keep(&effects);
    assert_eq!(world.notice(), "launch is asked as staging now.");
}

#[test]
fn esc_shows_all_again_then_closes_and_backspace_on_nothing_closes_too() {
    let mut world = world(1..=2);
    world.act(Action::Palette);
    world.type_text("imp");
    world.press(Keystroke::Cancel);
    assert!(world.choices().contains(&"[import]".to_owned()), "the cursor stays on its item");
    world.press(Keystroke::Cancel);
    assert_eq!(world.model.overlay, None);
    world.act(Action::Palette);
    world.type_text("zzz");
    assert_eq!(world.press(Keystroke::Submit), []);
    assert_eq!(world.choices(), <[String; 0]>::default());
    world.press(Keystroke::DeleteToStart);
    world.press(Keystroke::Backspace);
    assert_eq!(world.model.overlay, None);
}

#[test]
fn keys_that_write_nothing_move_and_stay_within_the_lines() {
    let mut world = world(1..=2);
    world.act(Action::Palette);
    let lines = world.picker().lines();
    world.acts(&[Action::Up, Action::Down, Action::Down]);
    assert_eq!(world.picker().cursor(), 2);
    world.acts(&[Action::PageDown, Action::PageDown, Action::PageDown]);
    assert_eq!(world.picker().cursor(), lines - 1);
    world.acts(&[Action::PageUp, Action::PageUp, Action::PageUp]);
    assert_eq!(world.picker().cursor(), 0);
    // Only where several can be chosen a space marks.
    world.type_text(" ");
    world.act(Action::Mark);
    assert_eq!(world.picker().tally().marked, 0);
}

#[test]
fn what_is_pasted_is_looked_for() {
    let mut world = world(1..=2);
    world.act(Action::Palette);
    world.send(Message::Pasted("ask-all\n".to_owned()));
    assert_eq!(world.choices(), ["[ask-all]"]);
    world.send(Message::PasteGoesOn("x".to_owned()));
    assert_eq!(world.picker().filter(), "ask-allx");
}

#[test]
fn over_an_order_its_own_actions_are_done_to_it() {
    let mut world = world(1..=2);
    world.read(&[(1, "Processing", &["Processing"]), (2, "Processing", &["Processing"])]);
    world.acts(&[Action::Top, Action::Open]);
    let open = world.open_order().unwrap();
    world.act(Action::Palette);
    world.type_text("next-order");
    world.press(Keystroke::Submit);
    assert!(matches!(world.model.screen, Screen::Order(_)));
    assert!(world.open_order().is_some_and(|now| now != open && [key(1), key(2)].contains(&now)));
}

/// `launch` with a settled order, last seen to change so many hours ago, and what else there is.
fn back_at_a_settled_list(hours: i64, others: Vec<(ListId, chimewatch::domain::Watchlist)>) -> World {
    let mut earlier = world([1]);
    earlier.read(&[(1, "Successful", &["Acquired"])]);
    let snapshot = earlier.model.watch.get(&key(1)).unwrap().snapshot().cloned();
    let lists = [(LAUNCH, list("launch", [1]))].into_iter().chain(others).collect();
    let mut world = world_at(FRIDAY + hours * 3_600, lists, defaults());
    world.send(Message::Watch(WatchMessage::Known(vec![(key(1), snapshot)])));
    world
}

#[test]
fn a_start_at_a_list_that_is_settled_and_old_asks_which_list_is_meant() {
    let porting = || (PORTING, list("porting", [2]));
    let unsaved = |orders: &[u32]| (UNSAVED, list("unsaved", orders.iter().copied()));
    let cases = [
        (25, vec![porting()], true),
        (23, vec![porting()], false),
        (25, vec![unsaved(&[])], false),
        (25, vec![unsaved(&[2])], true),
        (25, Vec::new(), false),
    ];
    for (hours, others, is_asked) in cases {
        let case = format!("{hours} {others:?}");
        let mut world = back_at_a_settled_list(hours, others);
        chimewatch::app::start::offer_lists(&mut world.model);
        assert_eq!(world.model.overlay.is_some(), is_asked, "{case}");
    }
    let mut unread = world_at(FRIDAY, vec![(LAUNCH, list("launch", [1])), porting()], defaults());
    chimewatch::app::start::offer_lists(&mut unread.model);
    assert_eq!(unread.model.overlay, None);
}

#[test]
fn the_lists_tell_what_needs_you_and_when_they_last_changed_and_a_new_one_can_be_made() {
    let mut world = back_at_a_settled_list(48, vec![(PORTING, list("porting", [2, 3]))]);
    world.act(Action::Lists);
    assert_eq!(world.choices(), ["[launch]", "porting", "+ new list"]);
    let told = |world: &World| match &world.picker().items()[1].detail {
        Detail::List { orders, needing, changed } => (*orders, *needing, changed.is_some()),
        other => panic!("{other:?}"),
    };
    assert_eq!(told(&world), (2, 0, false));
    // What the history knows about the other list comes after the first frame.
    let mut earlier = crate::world::world([2]);
    earlier.read(&[(2, "Failed", &["Failed"])]);
    let failed = earlier.model.watch.get(&key(2)).unwrap().snapshot().cloned();
    world.send(Message::Watch(WatchMessage::Known(vec![(key(2), failed)])));
    assert_eq!(told(&world), (2, 1, true));
    world.act(Action::Down);
    world.press(Keystroke::Submit);
    assert_eq!(world.model.current_list().unwrap().id, PORTING);
    world.act(Action::Lists);
    world.acts(&[Action::Down]);
    world.press(Keystroke::Submit);
    assert!(matches!(world.model.overlay, Some(Overlay::Name(_))), "{:?}", world.model.overlay);
}
