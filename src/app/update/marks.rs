//! Marking orders of the list, and what an action acts on: the marked, else the one under the cursor.

use super::movement::{self, Step};
use super::{notice, paste, picker};
use crate::app::Effect;
use crate::app::model::{List, Model, Overlay, Pane, Screen};
use crate::domain::OrderKey;

/// Marks the order under the cursor, or no longer, and goes on to the next line; in the preview of a paste one is left
/// out, or not.
pub(super) fn toggle(model: &mut Model) -> Vec<Effect> {
    if let Some(Overlay::Paste(preview)) = &mut model.overlay {
        paste::leave_out(preview);
        return movement::keep_preview_in_sight(model);
    }
    let Some(list) = rows(model) else { return Vec::new() };
    if list.toggle_mark() {
        return movement::step(model, Step::Down);
    }
    tell_nothing_here(model);
    Vec::new()
}

/// Marks all that is shown, or none of it: orders of the list, or what the open picker shows.
pub(super) fn toggle_all(model: &mut Model) -> Vec<Effect> {
    if let Some(Overlay::Paste(preview)) = &mut model.overlay {
        paste::leave_out_all(preview);
        return Vec::new();
    }
    if matches!(model.overlay, Some(Overlay::Picker(_))) {
        return picker::mark_all(model);
    }
    if let Some(list) = rows(model) {
        list.toggle_all_marks();
    }
    Vec::new()
}

/// Begins a range that follows the cursor, or ends it.
pub(super) fn range(model: &mut Model) -> Vec<Effect> {
    let Some(list) = rows(model) else { return Vec::new() };
    if list.marks.end_range() || list.begin_range() {
        return Vec::new();
    }
    tell_nothing_here(model);
    Vec::new()
}

fn tell_nothing_here(model: &mut Model) {
    let is_fold = model.current_list().is_some_and(|list| list.rows.lines() > 0);
    if is_fold {
        notice::say(model, "Settled orders are marked when they are shown.");
    }
}

/// The list whose rows have the keys.
fn rows(model: &mut Model) -> Option<&mut List> {
    model.pane = Pane::Rows;
    model.lists.get_mut(model.current?)
}

/// The current list, where its marks are what actions act on: on its own screen, and not among its changes.
fn marking(model: &Model) -> Option<&List> {
    let list = model.current_list()?;
    match (&model.screen, model.pane) {
        (Screen::List, Pane::Rows | Pane::Order) => (!list.marks.is_empty()).then_some(list),
        (Screen::List, Pane::Activity { .. })
        | (Screen::Order(_) | Screen::Numbers(_) | Screen::Number(_) | Screen::Activity(_), _) => None,
    }
}

/// The entries that an action acts on: the marked, else the one under the cursor or of the open order.
pub(super) fn entries(model: &Model) -> Vec<usize> {
    match marking(model) {
        Some(list) => list.marked_entries(),
        None => movement::entry_at_cursor(model).into_iter().collect(),
    }
}

/// The orders that an action acts on; those whose region is not known yet are left out.
pub(super) fn orders(model: &Model) -> Vec<OrderKey> {
    match marking(model) {
        Some(list) => {
            list.marked_entries().into_iter().filter_map(|entry| list.keys.get(entry)?.clone()).collect()
        }
        None => movement::order_at_cursor(model).into_iter().collect(),
    }
}

/// What an action acts on in words: the name of the one, `3 orders`.
pub(super) fn subject(model: &Model, orders: &[OrderKey]) -> String {
    match orders {
        [only] => model.name_of(only),
        many => notice::count(many.len(), "order", "orders"),
    }
}
