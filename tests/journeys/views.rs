//! How lists are looked at survives the end of the program.

use crate::world::{FRIDAY, LAUNCH, PORTING, World, defaults, id, list, world, world_with};
use chimewatch::app::action::Action;
use chimewatch::app::columns::Column;
use chimewatch::app::effect::{Effect, FilesWork, ListId, ViewState};
use chimewatch::app::message::Keystroke;
use chimewatch::app::rows::{Sort, SortBy};
use chimewatch::app::views;
use chimewatch::domain::{CursorPlace, ListView};
use std::collections::BTreeMap;
use std::sync::Arc;

type Views = BTreeMap<ListId, ListView>;

/// What was given to the file.
fn kept(effects: &[Effect]) -> Vec<Views> {
    let looks = |effect: &Effect| match effect {
        Effect::Files(FilesWork::SaveView(ViewState { looks, .. })) => Some(looks.clone()),
        _ => None,
    };
    effects.iter().filter_map(looks).collect()
}

fn of(list: ListId, view: ListView) -> Views {
    [(list, view)].into()
}

/// The same orders after another start, which remembers this.
fn again(views: Views) -> World {
    let lists = vec![(LAUNCH, list("launch", 1..=5)), (PORTING, list("porting", 6..=9))];
    world_with(FRIDAY, lists, defaults(), views)
}

const ORDERS: [(u32, &str, &[&str]); 5] = [
    (1, "Successful", &["Acquired"]),
    (2, "Submitted", &["Processing"]),
    (3, "Processing", &["Acquired", "Processing"]),
    (4, "Processing", &["Failed", "Processing"]),
    (5, "PendingDocuments", &["Processing"]),
];

#[test]
fn a_change_is_written_once_some_seconds_after_it() {
    let mut world = world(1..=5);
    world.read(&ORDERS);
    world.pass(20_000);
    assert_eq!(views::finish(&mut world.model), None, "nobody has looked at anything yet");
    world.acts(&[Action::Down, Action::Down]);
    assert_eq!(kept(&world.pass(2_999)), []);
    let written = kept(&world.pass(1));
    let cursor = Some(CursorPlace::Order(id(3)));
    assert_eq!(written, [of(LAUNCH, ListView { cursor, above: 2, ..ListView::default() })]);
    assert_eq!(kept(&world.pass(60_000)), []);
}

#[test]
fn what_is_not_written_yet_is_written_at_the_end() {
    let mut world = world(1..=5);
    world.act(Action::Filter);
    world.type_text("order");
    world.press(Keystroke::Submit);
    let last = views::finish(&mut world.model).into_iter().collect::<Vec<_>>();
    assert_eq!(kept(&last), [of(LAUNCH, ListView { filter: "order".into(), ..ListView::default() })]);
    assert_eq!(views::finish(&mut world.model), None);
}

#[test]
fn the_next_start_shows_it_from_its_first_frame_on() {
    let view = ListView {
        cursor: Some(CursorPlace::Order(id(3))),
        above: 1,
        filter: "order".into(),
        ..ListView::default()
    };
    let mut world = again(of(LAUNCH, view));
    assert_eq!(world.rows(), "1 2 [3] 4 5");
    world.read(&ORDERS);
    assert_eq!(world.rows(), "4 5 [3] 2 1");
    assert_eq!(views::finish(&mut world.model), None, "it is looked at as it was");
}

#[test]
fn the_cursor_goes_to_its_order_until_a_key_is_pressed() {
    let at = |id| ListView { cursor: Some(CursorPlace::Order(id)), above: 1, ..ListView::default() };
    let mut views = of(LAUNCH, at(id(2)));
    views.insert(PORTING, at(id(8)));
    let mut world = again(views);
    assert_eq!(world.rows(), "1 [2] 3 4 5");
    world.act(Action::Top);
    world.pass(10_000);
    world.read(&ORDERS);
    assert_eq!(world.rows(), "4 5 3 2 [1]", "it stays with the order that was chosen");
    world.act(Action::List(2));
    assert_eq!(world.rows(), "6 7 [8] 9");
}

#[test]
fn words_that_mean_nothing_fall_back_one_by_one() {
    let view = ListView {
        cursor: Some(CursorPlace::Order(id(77))),
        settled: Some("crumpled".into()),
        filter: "statsu:failed".into(),
        sort: Some("name".into()),
        direction: Some("sideways".into()),
        columns: [("foc".into(), false), ("colour".into(), true)].into(),
        ..ListView::default()
    };
    let world = again(of(LAUNCH, view));
    assert_eq!(world.rows(), "[1] 2 3 4 5");
    let list = world.model.current_list().unwrap();
    assert_eq!((list.rows.filter.as_str(), list.rows.sort), ("", Sort::by(SortBy::Column(Column::Name))));
    assert_eq!(list.columns.named().collect::<Vec<_>>(), [("foc", false)]);
}

#[test]
fn marks_are_kept_by_order_and_found_again_by_the_next_start() {
    let mut world = world(1..=5);
    world.acts(&[Action::MarkOrder, Action::Down, Action::MarkOrder, Action::Top]);
    let marks = Arc::new([id(1), id(3)].into());
    let last = views::finish(&mut world.model).into_iter().collect::<Vec<_>>();
    let view = ListView { marks, ..ListView::default() };
    assert_eq!(kept(&last), [of(LAUNCH, view.clone())]);
    let mut world = again(of(LAUNCH, view));
    let marked = |world: &World| world.model.current_list().unwrap().marked_entries();
    assert_eq!(marked(&world), [0, 2]);
    world.read(&ORDERS);
    world.act(Action::MarkOrder);
    assert_eq!(marked(&world).len(), 3, "{}", world.rows());
}

#[test]
fn the_mark_of_an_order_that_is_gone_is_forgotten() {
    let marks = Arc::new([id(2), id(77)].into());
    let mut world = again(of(LAUNCH, ListView { marks, ..ListView::default() }));
    assert_eq!(world.model.current_list().unwrap().marked().all, 1);
    let last = views::finish(&mut world.model).into_iter().collect::<Vec<_>>();
    let marks = Arc::new([id(2)].into());
    assert_eq!(kept(&last), [of(LAUNCH, ListView { marks, ..ListView::default() })]);
}
