//! Marks: setting them, what keeps them, and what acts on them.

use crate::world::{LAUNCH, World, edit, entry, id, key, list, undo, world};
use chimewatch::app::action::Action;
use chimewatch::app::effect::Effect;
use chimewatch::app::message::{Keystroke, Message};
use chimewatch::app::model::Overlay;
use chimewatch::domain::watchlist::{Description, Edit, Removed};

/// The numbers of the marked orders, in the order of the screen.
fn marked(world: &World) -> Vec<String> {
    let list = world.model.current_list().unwrap();
    list.marked_entries()
        .into_iter()
        .map(|at| list.watchlist.entries[at].label.as_ref().unwrap().to_string().replace("order ", ""))
        .collect()
}

#[test]
fn a_mark_goes_on_to_the_next_line_and_is_taken_back_by_the_same_key() {
    let mut world = world(1..=4);
    world.acts(&[Action::MarkOrder, Action::MarkOrder]);
    assert_eq!((marked(&world), world.rows().as_str()), (vec!["1".to_owned(), "2".to_owned()], "1 2 [3] 4"));
    world.acts(&[Action::Up, Action::MarkOrder]);
    assert_eq!(marked(&world), ["1"]);
}

#[test]
fn a_range_grows_and_shrinks_with_the_cursor_until_it_is_ended() {
    let mut world = world(1..=6);
    world.acts(&[Action::MarkOrder, Action::Down, Action::MarkRange, Action::Down, Action::Down]);
    assert_eq!(marked(&world), ["1", "3", "4", "5"]);
    world.acts(&[Action::Up, Action::Up, Action::Up, Action::Up]);
    assert_eq!(marked(&world), ["1", "2", "3"]);
    world.acts(&[Action::MarkRange, Action::Bottom]);
    assert_eq!(marked(&world), ["1", "2", "3"]);
    world.acts(&[Action::MarkRange, Action::Up]);
    assert_eq!(marked(&world), ["1", "2", "3", "5", "6"]);
    world.acts(&[Action::Back, Action::Top]);
    assert_eq!(marked(&world), ["1", "2", "3", "5", "6"]);
}

#[test]
fn all_that_is_shown_is_marked_and_the_second_time_none_of_it() {
    let mut world = world(1..=12);
    world.act(Action::MarkOrder);
    world.act(Action::Filter);
    world.type_text("\"order 1\"");
    world.press(Keystroke::Submit);
    world.act(Action::MarkAll);
    assert_eq!(marked(&world), ["1", "10", "11", "12"]);
    let list = world.model.current_list().unwrap();
    assert_eq!((list.marked().all, list.marked().hidden), (4, 0));
    world.act(Action::MarkAll);
    assert_eq!(marked(&world), Vec::<String>::new());
}

#[test]
fn esc_steps_back_from_the_overlay_to_the_filter_to_the_marks() {
    let mut world = world(1..=12);
    world.acts(&[Action::MarkOrder, Action::MarkOrder, Action::Filter]);
    world.type_text("\"order 1\"");
    world.press(Keystroke::Submit);
    let list = world.model.current_list().unwrap();
    assert_eq!((list.marked().all, list.marked().hidden), (2, 1));
    world.act(Action::Help);
    world.press(Keystroke::Cancel);
    assert_eq!((marked(&world).len(), world.rows().as_str()), (2, "[1] 10 11 12"));
    world.act(Action::Back);
    assert_eq!((marked(&world).len(), world.model.current_list().unwrap().rows.shown.len()), (2, 12));
    world.act(Action::BackOrQuit);
    assert_eq!(marked(&world), Vec::<String>::new());
    assert_eq!(world.act(Action::BackOrQuit), [Effect::Quit]);
}

#[test]
fn marks_survive_answers_resizing_and_an_edit_by_another_hand() {
    let mut world = world(1..=5);
    world.read(&[1, 2, 3, 4, 5].map(|number| (number, "Processing", &["Processing"][..])));
    world.acts(&[Action::Top, Action::MarkOrder, Action::MarkOrder]);
    world.becomes(2, "Failed", &["Failed"]);
    world.pass(60_000);
    world.send(Message::Resized { width: 40, height: 12 });
    world.send(Message::ListRead { list: LAUNCH, watchlist: list("launch", [5, 2, 1]) });
    assert_eq!(marked(&world), ["2", "1"]);
    world.send(Message::ListRead { list: LAUNCH, watchlist: list("launch", [5, 1]) });
    assert_eq!(marked(&world), ["1"]);
}

#[test]
fn settled_orders_are_not_marked_while_they_are_folded() {
    let mut world = world(1..=5);
    world.read(&[1, 2, 3, 4].map(|number| (number, "Successful", &["Acquired"][..])));
    world.acts(&[Action::MarkAll, Action::Bottom, Action::MarkOrder]);
    assert_eq!((marked(&world), world.rows().as_str()), (vec!["5".to_owned()], "5 [+4]"));
    assert_eq!(world.notice(), "Settled orders are marked when they are shown.");
}

#[test]
fn removal_takes_the_marked_and_one_undo_brings_all_of_them_back_to_their_places() {
    let mut world = world(1..=5);
    world.acts(&[Action::Down, Action::MarkOrder, Action::Down, Action::MarkOrder, Action::Top]);
    let effects = world.act(Action::Remove);
    assert_eq!(effects, [edit(LAUNCH, Edit::Remove(vec![id(2), id(4)]))]);
    assert_eq!(world.act(Action::Remove), []);
    world.keep(&effects);
    assert_eq!((world.rows().as_str(), world.notice()), ("[1] 3 5", "2 orders are watched no longer."));
    assert_eq!(marked(&world), Vec::<String>::new());
    let back = world.act(Action::Undo);
    let removed = |number, place| Removed {
        entry: entry(number),
        place,
        offset: 0,
        text: "[[order]]".to_owned(),
        excepted: None,
    };
    assert_eq!(back, [undo(LAUNCH, Edit::Restore(vec![removed(2, 1), removed(4, 2)]))]);
}

#[test]
fn asking_takes_the_marked() {
    let mut world = world(1..=3);
    world.read(&[1, 2, 3].map(|number| (number, "Failed", &["Failed"][..])));
    world.acts(&[Action::MarkOrder, Action::MarkOrder, Action::Bottom]);
    let asked: Vec<_> = world
        .act(Action::AskNow)
        .into_iter()
        .filter_map(|effect| match effect {
            Effect::Fetch { key, .. } => Some(key),
            _ => None,
        })
        .collect();
    assert_eq!((asked, world.notice()), (vec![key(1), key(2)], "Asking for 2 orders."));
}

#[test]
fn handled_takes_the_marked_that_need_you_and_all_of_them_again_when_all_are() {
    let mut world = world(1..=3);
    world.read(&[
        (1, "Failed", &["Failed"][..]),
        (2, "Failed", &["Failed"]),
        (3, "Processing", &["Processing"]),
    ]);
    let handled = |world: &World| {
        [1, 2, 3]
            .map(|number| world.model.watch.get(&key(number)).unwrap().snapshot().unwrap().handled.is_some())
    };
    world.acts(&[Action::Top, Action::Handled, Action::MarkAll, Action::Handled]);
    assert_eq!(
        (handled(&world), world.notice()),
        ([true, true, false], "order 2 is handled until it changes again.")
    );
    world.act(Action::Handled);
    assert_eq!((handled(&world), world.notice()), ([false, false, false], "2 orders need you again."));
}

#[test]
fn one_form_labels_all_that_are_marked_and_leaves_what_is_not_changed() {
    let mut world = world(1..=3);
    world.acts(&[Action::MarkOrder, Action::MarkOrder, Action::Describe]);
    let Some(Overlay::Describe(form)) = &world.model.overlay else { panic!("no form is open") };
    assert_eq!((form.label.text.as_str(), form.note.text.as_str()), ("", ""));
    world.press(Keystroke::NextField);
    world.type_text("asked the carrier");
    let effects = world.press(Keystroke::Submit);
    let described = |number, note: Option<&str>| Description {
        id: id(number),
        label: Some(format!("order {number}").into()),
        note: note.map(Into::into),
    };
    let note = Some("asked the carrier");
    assert_eq!(effects, [edit(LAUNCH, Edit::Describe(vec![described(1, note), described(2, note)]))]);
    world.keep(&effects);
    assert_eq!((world.notice(), world.model.overlay.as_ref()), ("2 orders are described.", None));
    let effects = world.act(Action::Undo);
    assert_eq!(effects, [undo(LAUNCH, Edit::Describe(vec![described(1, None), described(2, None)]))]);
    world.keep(&effects);
    assert_eq!(world.notice(), "2 orders are described as before.");
}

#[test]
fn an_open_order_is_acted_on_alone_whatever_is_marked() {
    let mut world = world(1..=3);
    world.acts(&[Action::MarkOrder, Action::MarkOrder, Action::Bottom, Action::Open]);
    assert_eq!(world.act(Action::Remove), [edit(LAUNCH, Edit::Remove(vec![id(3)]))]);
}
