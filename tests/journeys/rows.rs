//! The order of rows, the cursor, the filter.

use crate::world::{World, world};
use chimewatch::app::action::Action;
use chimewatch::app::message::Keystroke;
use chimewatch::app::rows::{self, Movement, Rows};

/// A row of each group, in an order of their own.
fn one_of_each() -> World {
    let mut world = world(1..=5);
    world.read(&[
        (1, "Successful", &["Acquired"]),
        (2, "Submitted", &["Processing"]),
        (3, "Processing", &["Acquired", "Processing"]),
        (4, "Processing", &["Failed", "Processing"]),
        (5, "PendingDocuments", &["Processing"]),
    ]);
    world
}

#[test]
fn needs_you_comes_first_then_failed_numbers_moving_waiting_settled() {
    let mut world = one_of_each();
    assert_eq!(world.rows(), "[4] 5 3 2 1");
    world.act(Action::Handled);
    world.pass(5_000);
    assert_eq!(world.rows(), "5 [4] 3 2 1");
}

#[test]
fn a_row_stays_for_five_seconds_after_a_key_and_the_cursor_follows_its_order() {
    let mut world = one_of_each();
    world.acts(&[Action::Down, Action::Down]);
    assert_eq!(world.rows(), "4 5 [3] 2 1");
    world.wait(1_000);
    world.becomes(3, "Successful", &["Acquired", "Acquired"]);
    assert_eq!(world.rows(), "4 5 [3] 2 1");
    assert!(world.model.next_deadline().unwrap().as_millis() <= 5_000);
    world.pass(3_999);
    assert_eq!(world.rows(), "4 5 [3] 2 1");
    world.pass(1);
    assert_eq!(world.rows(), "4 5 2 [3] 1");
}

#[test]
fn a_row_moves_only_when_its_group_changes() {
    let mut world = world(1..=2);
    world.read(&[(1, "Processing", &["Processing", "Processing"]), (2, "Processing", &["Processing"])]);
    world.pass(10_000);
    assert_eq!(world.rows(), "[1] 2");
    world.becomes(2, "Processing", &["Acquired"]);
    world.becomes(1, "Processing", &["Acquired", "Processing"]);
    world.pass(10_000);
    assert_eq!(world.rows(), "[1] 2");
}

#[test]
fn the_first_answer_gives_an_order_its_place_in_its_group() {
    let mut world = world(1..=3);
    world.read(&[(1, "Submitted", &["Processing"])]);
    world.wait(1_000);
    world.read(&[(2, "Submitted", &["Processing"])]);
    assert_eq!(world.rows(), "[2] 1 3");
}

#[test]
fn until_the_first_key_the_cursor_stays_at_the_top() {
    let mut world = world(1..=2);
    assert_eq!(world.rows(), "[1] 2");
    world.read(&[(1, "Successful", &["Acquired"]), (2, "Failed", &["Failed"])]);
    assert_eq!(world.rows(), "[2] 1");
}

#[test]
fn settled_orders_fold_into_a_line_that_enter_opens_and_esc_closes() {
    let mut world = world(1..=5);
    world.read(&[
        (1, "Processing", &["Processing"]),
        (2, "Successful", &["Acquired"]),
        (3, "Successful", &["Acquired"]),
        (4, "Successful", &["Acquired"]),
        (5, "Successful", &["Acquired"]),
    ]);
    assert_eq!(world.rows(), "[1] +4");
    world.act(Action::Bottom);
    assert_eq!(world.rows(), "1 [+4]");
    assert_eq!(world.act(Action::Open), []);
    assert_eq!(world.rows(), "1 [2] 3 4 5");
    world.acts(&[Action::Down, Action::Back]);
    assert_eq!(world.rows(), "1 [+4]");
}

#[test]
fn the_filter_works_while_it_is_typed_and_esc_brings_everything_back() {
    let mut world = one_of_each();
    world.acts(&[Action::Down, Action::Filter]);
    world.type_text("PROC");
    assert_eq!(world.rows(), "[4] 3");
    world.press(Keystroke::Cancel);
    assert_eq!(world.rows(), "4 [5] 3 2 1");
    assert_eq!(world.model.overlay, None);
}

#[test]
fn a_kept_filter_is_changed_with_backspace_recalled_with_up_and_cleared_with_esc() {
    let mut world = one_of_each();
    world.act(Action::Filter);
    world.type_text("503 555 05");
    world.press(Keystroke::Submit);
    assert_eq!(world.rows(), "[5]");
    world.act(Action::Refilter);
    world.press(Keystroke::Backspace);
    world.press(Keystroke::Submit);
    assert_eq!(world.rows(), "4 [5] 3 2 1");
    world.act(Action::Back);
    world.act(Action::Filter);
    world.press(Keystroke::Recall);
    assert_eq!(world.model.current_list().unwrap().rows.filter, "503 555 0");
}

#[test]
fn another_filter_is_typed_from_nothing_esc_leaves_the_one_before_and_up_extends_it() {
    let mut world = one_of_each();
    world.act(Action::Filter);
    world.type_text("503 555 05");
    world.press(Keystroke::Submit);
    world.act(Action::Filter);
    assert_eq!(world.rows(), "4 [5] 3 2 1");
    world.type_text("proc");
    assert_eq!(world.rows(), "[4] 3");
    world.press(Keystroke::Cancel);
    assert_eq!((world.rows().as_str(), &world.model.overlay), ("[5]", &None));
    world.act(Action::Filter);
    world.press(Keystroke::Recall);
    world.press(Keystroke::Backspace);
    world.press(Keystroke::Submit);
    assert_eq!(world.rows(), "4 [5] 3 2 1");
    assert_eq!(world.model.last_filter, "503 555 0");
}

#[test]
fn n_goes_round_those_that_need_you() {
    let mut world = one_of_each();
    let mut seen = Vec::new();
    for action in [Action::NextNeed, Action::NextNeed, Action::PreviousNeed, Action::PreviousNeed] {
        world.act(action);
        seen.push(world.rows());
    }
    assert_eq!(seen, ["4 [5] 3 2 1", "[4] 5 3 2 1", "4 [5] 3 2 1", "[4] 5 3 2 1"]);
}

#[test]
fn paging_keeps_the_cursor_on_the_screen() {
    let mut world = world(1..=100);
    let at = |world: &World| {
        let rows = &world.model.current_list().unwrap().rows;
        (rows.cursor, rows.offset)
    };
    world.act(Action::PageDown);
    let page = at(&world).0;
    assert!((15..30).contains(&page), "{page}");
    assert_eq!(at(&world), (page, 1));
    world.act(Action::Bottom);
    assert_eq!(at(&world), (99, 100 - page));
    world.act(Action::Up);
    assert_eq!(at(&world), (98, 100 - page));
    world.act(Action::HalfPageUp);
    assert_eq!(at(&world), (98 - page / 2, 100 - page));
    world.act(Action::Top);
    assert_eq!(at(&world), (0, 0));
}

#[test]
fn a_mistake_leaves_the_last_filter_in_force_and_the_field_open() {
    let mut world = one_of_each();
    world.act(Action::Filter);
    world.type_text("proc statsu:x");
    assert_eq!(world.rows(), "[4] 3");
    world.press(Keystroke::Submit);
    assert!(world.model.overlay.is_some(), "what is wrong is not taken");
    for _ in 0..8 {
        world.press(Keystroke::Backspace);
    }
    world.press(Keystroke::Submit);
    assert_eq!((world.rows().as_str(), &world.model.overlay), ("[4] 3", &None));
}

#[test]
fn what_is_not_finished_hides_nothing_and_tab_completes_it() {
    let mut world = one_of_each();
    world.act(Action::Filter);
    world.type_text("sta");
    world.press(Keystroke::NextField);
    assert_eq!(world.rows(), "[4] 5 3 2 1");
    world.type_text("su");
    world.press(Keystroke::NextField);
    assert_eq!(world.rows(), "[2] 1", "Submitted and Successful");
    world.type_text("b");
    world.press(Keystroke::NextField);
    world.press(Keystroke::Submit);
    assert_eq!(world.rows(), "[2]");
    assert_eq!(world.model.last_filter, "status:submitted");
}

#[test]
fn sorted_by_a_column_all_rows_stand_in_one_run_and_the_cursor_follows_its_order() {
    let mut world = world(1..=6);
    world.read(&[
        (1, "Successful", &["Acquired"]),
        (2, "Successful", &["Acquired"]),
        (3, "Successful", &["Acquired"]),
        (4, "Successful", &["Acquired"]),
        (5, "Processing", &["Acquired", "Processing"]),
        (6, "Processing", &["Processing"]),
    ]);
    assert_eq!(world.rows(), "[5] 6 +4");
    world.act(Action::Sort);
    world.type_text("name");
    world.press(Keystroke::Submit);
    assert_eq!(world.rows(), "1 2 3 4 [5] 6");
    world.act(Action::ReverseSort);
    assert_eq!(world.rows(), "6 [5] 4 3 2 1");
    world.act(Action::Palette);
    world.type_text("sort done");
    world.press(Keystroke::Submit);
    assert_eq!(world.rows(), "1 2 3 4 [5] 6", "the most acquired first");
    world.act(Action::Sort);
    world.type_text("need");
    world.press(Keystroke::Submit);
    assert_eq!(world.rows(), "[5] 6 +4");
}

#[test]
fn rows_that_are_sorted_by_what_changes_stay_for_five_seconds_after_a_key() {
    let mut world = world(1..=2);
    world.read(&[
        (1, "Processing", &["Acquired", "Processing"]),
        (2, "Processing", &["Processing", "Processing"]),
    ]);
    world.act(Action::Palette);
    world.type_text("sort done");
    world.press(Keystroke::Submit);
    assert_eq!(world.rows(), "[1] 2");
    world.wait(1_000);
    world.becomes(2, "Processing", &["Acquired", "Acquired"]);
    world.pass(3_999);
    assert_eq!(world.rows(), "[1] 2");
    world.pass(1);
    assert_eq!(world.rows(), "2 [1]");
}

#[test]
fn what_is_remembered_of_rows_arranges_them_as_if_nothing_were() {
    let mut world = world(1..=20);
    let statuses = |acquired: usize| {
        let mut statuses = vec!["Processing"; 7];
        statuses[..acquired].fill("Acquired");
        statuses
    };
    let first: Vec<_> =
        (1..=20).map(|number| (number, "Processing", statuses(number as usize % 4))).collect();
    world.read(&first.iter().map(|(number, status, all)| (*number, *status, &**all)).collect::<Vec<_>>());
    world.act(Action::Palette);
    world.type_text("sort done");
    world.press(Keystroke::Submit);
    world.act(Action::Filter);
    world.type_text("done>0");
    world.press(Keystroke::Submit);
    for step in 0..60_u32 {
        let number = 1 + step * 7 % 20;
        world.becomes(number, "Processing", &statuses((step as usize * 5 + 3) % 8));
        if step % 9 == 0 {
            world.act(Action::ReverseSort);
        }
        world.pass(6_000);
        let list = world.model.current_list().unwrap();
        let mut anew = list.clone();
        anew.rows = Rows::default();
        (anew.rows.sort, anew.rows.filter) = (list.rows.sort, list.rows.filter.clone());
        rows::arrange(&mut anew, &world.model.watch, world.model.now, Movement::Free);
        let acquired = |rows: &Rows| -> Vec<u32> {
            let snapshots = rows.shown.iter().map(|entry| list.snapshot(&world.model.watch, *entry).unwrap());
            snapshots.map(|snapshot| snapshot.counts.acquired).collect()
        };
        assert_eq!(acquired(&list.rows), acquired(&anew.rows), "step {step}");
        assert_eq!((list.rows.hidden, list.rows.folded), (anew.rows.hidden, anew.rows.folded));
        assert!(!list.rows.shown.is_empty());
    }
}

#[test]
fn columns_are_shown_and_hidden_one_after_the_other() {
    let mut world = one_of_each();
    world.act(Action::Columns);
    for name in ["foc", "created"] {
        world.type_text(name);
        world.press(Keystroke::Submit);
        world.press(Keystroke::Cancel);
    }
    let chosen: Vec<_> = world.model.current_list().unwrap().columns.named().collect();
    assert_eq!(chosen, [("foc", false), ("created", true)]);
    world.press(Keystroke::Cancel);
    world.act(Action::Palette);
    world.type_text("column foc");
    world.press(Keystroke::Submit);
    assert_eq!(world.notice(), "The column foc is shown.");
}
