//! One number: opening it, its neighbours among the numbers that it was chosen from, and the way back to its line.

use super::movement::{Toward, next_in};
use super::{notice, screens, shown};
use crate::app::Effect;
use crate::app::model::{Model, NumberFrom, NumberScreen, NumbersScreen, OrderScreen, Screen};
use crate::domain::{OrderKey, Text};

/// Opens the number under the cursor of an order; none where no number stands there.
pub(super) fn open_in_order(model: &mut Model, order: &OrderScreen) -> Option<Vec<Effect>> {
    let place = shown::number_on_line(model, order)?;
    Some(open(model, order.key.clone(), place, NumberFrom::Order(order.clone())))
}

/// Opens the number under the cursor of the numbers screen.
pub(super) fn open_in_numbers(model: &mut Model, numbers: NumbersScreen) -> Vec<Effect> {
    match shown::number_at_cursor(model, &numbers) {
        Some((key, place)) => open(model, key, place, NumberFrom::Numbers(numbers)),
        None => Vec::new(),
    }
}

/// Opens number `place` of an order.
fn open(model: &mut Model, key: OrderKey, place: usize, from: NumberFrom) -> Vec<Effect> {
    let order = model.watch.get(&key).and_then(|order| order.snapshot());
    let number = order.and_then(|snapshot| Some(Text::new(&snapshot.order.numbers.get(place)?.number.raw())));
    let Some(number) = number else { return Vec::new() };
    let line = shown::line_among(model, &from.numbers(), &key, place).unwrap_or_default();
    screens::go_to(model, Screen::Number(NumberScreen { key, number, place, line, offset: 0, from }))
}

/// Opens the order of the open number, with the cursor on the number.
pub(super) fn open_order(model: &mut Model, number: NumberScreen) -> Vec<Effect> {
    match &number.from {
        NumberFrom::Order(_) => back(model, &number),
        NumberFrom::Numbers(NumbersScreen { order: Some(order), .. }) => {
            let order = on_number(model, order, &number);
            screens::go_to(model, Screen::Order(order))
        }
        NumberFrom::Numbers(NumbersScreen { order: None, .. }) => {
            let effects = screens::show(model, number.key.clone());
            let order = on_number(model, &OrderScreen::new(number.key.clone()), &number);
            let back = Some(Box::new(Screen::Number(number)));
            model.screen = Screen::Order(OrderScreen { back, ..order });
            effects
        }
    }
}

/// Back to the line of the open number.
pub(super) fn back(model: &mut Model, number: &NumberScreen) -> Vec<Effect> {
    let to = match &number.from {
        NumberFrom::Order(order) => Screen::Order(on_number(model, order, number)),
        NumberFrom::Numbers(numbers) => {
            let line = listed_line(model, number, numbers).unwrap_or(numbers.cursor);
            let (offset, cursor) = carried(numbers.offset, numbers.cursor, line);
            Screen::Numbers(NumbersScreen { cursor, offset, ..numbers.clone() })
        }
    };
    screens::go_to(model, to)
}

/// The screen of an order with its cursor on the number, or on those that it is folded with.
fn on_number(model: &Model, order: &OrderScreen, number: &NumberScreen) -> OrderScreen {
    let place = shown::place(model, number);
    let line = place.and_then(|place| shown::line_showing(model, order, place)).unwrap_or(order.cursor);
    let (offset, cursor) = carried(order.offset, order.cursor, line);
    OrderScreen { offset, cursor, ..order.clone() }
}

/// The first line and the cursor of a screen where the line of the cursor stands now: as high as it stood.
const fn carried(offset: usize, cursor: usize, line: usize) -> (usize, usize) {
    ((offset + line).saturating_sub(cursor), line)
}

/// The line of the open number among `numbers`; none where it is no longer one of them.
fn listed_line(model: &Model, number: &NumberScreen, numbers: &NumbersScreen) -> Option<usize> {
    shown::line_among(model, numbers, &number.key, shown::place(model, number)?)
}

/// The number after or before the open one in the order and the filter of what it was chosen from.
pub(super) fn neighbour(model: &mut Model, number: &NumberScreen, toward: Toward) -> Vec<Effect> {
    let numbers = number.from.numbers();
    let to = match (listed_line(model, number, &numbers), toward) {
        (Some(line), Toward::Next) => Some(line + 1),
        (Some(line), Toward::Previous) => line.checked_sub(1),
        // It has left them: the one after it stands in its place.
        (None, Toward::Next) => Some(number.line),
        (None, Toward::Previous) => number.line.checked_sub(1),
    };
    let turned = to.and_then(|line| turn_to(model, number, &numbers, line));
    turned.unwrap_or_else(|| {
        let end = if toward == Toward::Next { "last" } else { "first" };
        notice::say(model, format!("This is the {end} number of the list."));
        Vec::new()
    })
}

/// The next or previous failed number of what the open one was chosen from.
pub(super) fn failed(model: &mut Model, number: &NumberScreen, toward: Toward) -> Vec<Effect> {
    let numbers = number.from.numbers();
    let here = listed_line(model, number, &numbers);
    let failed = 0..shown::failed_numbers(model, &numbers);
    let to = next_in(failed, here.unwrap_or(number.line), toward).filter(|to| Some(*to) != here);
    let turned = to.and_then(|line| turn_to(model, number, &numbers, line));
    turned.unwrap_or_else(|| {
        notice::say(model, "No other failed number is in the list.");
        Vec::new()
    })
}

/// Shows the number on a line of `numbers`; the cursor below goes there too.
fn turn_to(
    model: &mut Model,
    number: &NumberScreen,
    numbers: &NumbersScreen,
    line: usize,
) -> Option<Vec<Effect>> {
    let (key, place) = shown::number_on(model, numbers, line)?;
    let from = match &number.from {
        NumberFrom::Order(order) => {
            let cursor = shown::line_showing(model, order, place).unwrap_or(order.cursor);
            NumberFrom::Order(OrderScreen { cursor, ..order.clone() })
        }
        NumberFrom::Numbers(numbers) => {
            NumberFrom::Numbers(NumbersScreen { cursor: line, ..numbers.clone() })
        }
    };
    Some(open(model, key, place, from))
}

/// Keeps in mind where the open number stands among those that it was chosen from.
pub(super) fn follow(model: &mut Model) {
    let Screen::Number(number) = &model.screen else { return };
    let line = listed_line(model, number, &number.from.numbers());
    if let (Some(line), Screen::Number(number)) = (line, &mut model.screen) {
        number.line = line;
    }
}
