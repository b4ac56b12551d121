//! What stands on the screen, as far as keys need to know it: how many lines, how many of them fit, what they are
//! about. The one place where `update` asks the queries and the layout.

use crate::app::Model;
use crate::app::layout::{Kind, Layout, Needs, layout};
use crate::app::model::{ActivityScreen, NumberScreen, NumbersScreen, OrderScreen, Overlay, WhichNumbers};
use crate::app::query::order::{Spot, Spots};
use crate::app::query::{self, activity, card, changes, number, numbers as query_numbers, order};
use crate::domain::OrderKey;
use std::ops::Range;

/// Where everything stands, but for the width of columns: that moves no line, and costs a look at every order.
fn areas(model: &Model) -> Layout {
    let card = card::card(model, model.size.width).map_or(0, |card| card.rows());
    let needs = Needs { card, lesson: u16::from(model.lesson.is_some()), ..Needs::default() };
    layout(model.size, Kind::from(&model.screen), needs)
}

/// Lines that a page key moves by.
pub(super) fn page(model: &Model) -> usize {
    areas(model).page_height()
}

/// Lines of the tallest overlay that are visible.
pub(super) fn overlay_page(model: &Model) -> usize {
    areas(model).overlay_lines(model.size)
}

/// Orders of the open preview of a paste that are visible.
pub(super) fn preview_page(model: &Model) -> usize {
    let Some(Overlay::Paste(preview)) = &model.overlay else { return 1 };
    let (width, height) = areas(model).overlay_inside(model.size, query::preview::WIDTH);
    query::preview::page(preview, &model.keys, width, height)
}

/// Lines of the open picker that are visible.
pub(super) fn picker_page(model: &Model) -> usize {
    match &model.overlay {
        Some(Overlay::Picker(picker)) => query::picker::areas(model, picker, &areas(model)).page_height(),
        Some(_) | None => 1,
    }
}

/// Whether the order beside the rows is on the screen.
pub(super) fn has_side(model: &Model) -> bool {
    !areas(model).side.is_empty()
}

/// Whose order each line of activity tells of, the newest first; empty where the activity has no room.
pub(super) fn activity(model: &Model) -> Vec<OrderKey> {
    activity::newest(model, areas(model).activity_lines())
        .into_iter()
        .map(|event| event.change.key.clone())
        .collect()
}

/// All lines of the order screen as places.
pub(super) fn spots(model: &Model, screen: &OrderScreen) -> Spots {
    order::spots(model, screen, areas(model).rows.width)
}

/// Lines of the order screen.
pub(super) fn order_lines(model: &Model, screen: &OrderScreen) -> usize {
    order::spots(model, screen, areas(model).rows.width).len()
}

/// The lines of the order screen on which the failed numbers stand.
pub(super) fn failed_lines(model: &Model, screen: &OrderScreen) -> Range<usize> {
    order::spots(model, screen, areas(model).rows.width).failed()
}

/// The first line of numbers on the order screen.
pub(super) fn first_number(model: &Model, screen: &OrderScreen) -> Option<usize> {
    order::spots(model, screen, areas(model).rows.width).first_number()
}

/// Lines of the numbers screen.
pub(super) fn number_lines(model: &Model, screen: &NumbersScreen) -> usize {
    query_numbers::line_count(model, screen)
}

/// Lines of the activity screen.
pub(super) fn change_lines(model: &Model, screen: &ActivityScreen) -> usize {
    changes::line_count(model, screen)
}

/// The order of the change under the cursor.
pub(super) fn order_of_change(model: &Model, screen: &ActivityScreen) -> Option<OrderKey> {
    changes::order_at(model, screen, screen.cursor)
}

/// How many of the lines of the numbers screen are failed numbers; they come first.
pub(super) fn failed_numbers(model: &Model, screen: &NumbersScreen) -> usize {
    match screen.which {
        WhichNumbers::Waiting => 0,
        WhichNumbers::Failed | WhichNumbers::All => {
            number_lines(model, &NumbersScreen { which: WhichNumbers::Failed, ..screen.clone() })
        }
    }
}

/// The order of the number under the cursor.
pub(super) fn order_of_number(model: &Model, screen: &NumbersScreen) -> Option<OrderKey> {
    Some(number_at_cursor(model, screen)?.0)
}

/// The order of the number under the cursor, and the number's place in it.
pub(super) fn number_at_cursor(model: &Model, screen: &NumbersScreen) -> Option<(OrderKey, usize)> {
    number_on(model, screen, screen.cursor)
}

/// The order of the number on a line of the numbers screen, and the number's place in it.
pub(super) fn number_on(model: &Model, screen: &NumbersScreen, line: usize) -> Option<(OrderKey, usize)> {
    let (seen, number) = query_numbers::at(model, screen, line)?;
    Some((seen.key.cloned()?, number))
}

/// The line of a number among those of the numbers screen.
pub(super) fn line_among(
    model: &Model,
    screen: &NumbersScreen,
    key: &OrderKey,
    place: usize,
) -> Option<usize> {
    query_numbers::line_of(model, screen, key, place)
}

/// The number under the cursor of the order screen, by its place in the order.
pub(super) fn number_on_line(model: &Model, screen: &OrderScreen) -> Option<usize> {
    match spots(model, screen).get(screen.cursor)? {
        Spot::Number(place) => Some(place),
        Spot::Head(_)
        | Spot::Blank
        | Spot::Section { .. }
        | Spot::Folded { .. }
        | Spot::NonePasses(_)
        | Spot::Changes
        | Spot::Change(_) => None,
    }
}

/// The line of the order screen that shows a number, by itself or folded with others.
pub(super) fn line_showing(model: &Model, screen: &OrderScreen, place: usize) -> Option<usize> {
    let snapshot = model.watch.get(&screen.key)?.snapshot()?;
    spots(model, screen).line_showing(place, snapshot)
}

/// The place of the open number in its order; none where the last answer has it no longer.
pub(super) fn place(model: &Model, screen: &NumberScreen) -> Option<usize> {
    number::place(model.watch.get(&screen.key)?.snapshot()?, screen)
}

/// Lines of the screen of a number.
pub(super) fn lines_of_number(model: &Model, screen: &NumberScreen) -> usize {
    number::line_count(model, screen, areas(model).rows.width)
}

/// The line of `after` that shows what stands under the cursor of `before`, the same order folded otherwise.
pub(super) fn line_like(model: &Model, before: &OrderScreen, after: &OrderScreen) -> Option<usize> {
    let width = areas(model).rows.width;
    let snapshot = model.watch.get(&before.key).and_then(|order| order.snapshot()).map(AsRef::as_ref);
    let spots = |screen| order::spots(model, screen, width);
    spots(after).line_like(&spots(before), before.cursor, snapshot)
}

/// The numbers that are shown, as AWS writes them.
pub(super) fn numbers(model: &Model, screen: &NumbersScreen) -> Vec<String> {
    query_numbers::raw(model, screen)
}
