//! The way back: `launch › Toll-free   order 1 of 6`, `launch › Toll-free › +1 833 555 0107   number 3 of 9`.

use super::header::list_name;
use super::line::{Line, Role};
use super::rows::{of, position};
use super::{lookup, number, numbers};
use crate::app::model::{Model, NumberScreen, OrderScreen, Screen, WhichNumbers};
use crate::domain::{NumberText, OrderKey};

/// The path to the screen that is shown; at its right what may be left out.
pub fn line(model: &Model) -> Line<'_> {
    let line = Line::of(format!(" {}", list_name(model)), Role::Dim);
    match &model.screen {
        Screen::List => line,
        Screen::Order(screen) => order(model, line, screen),
        Screen::Number(screen) => of_number(model, line, screen),
        Screen::Activity(_) => separator(line).then("what changed", Role::Strong),
        Screen::Numbers(screen) => {
            let line = match &screen.order {
                Some(screen) => separator(line).then(order_name(model, &screen.key), Role::Plain),
                None => line,
            };
            let which = match screen.which {
                WhichNumbers::Failed => "failed numbers",
                WhichNumbers::Waiting => "waiting numbers",
                WhichNumbers::All => "all numbers",
            };
            separator(line).then(which, Role::Strong)
        }
    }
}

fn order<'m>(model: &'m Model, line: Line<'m>, screen: &OrderScreen) -> Line<'m> {
    let line = separator(line).then(order_name(model, &screen.key), Role::Strong);
    match place(model, screen) {
        Some((at, of)) => line.right(position(at, of), Role::Dim),
        None => line,
    }
}

fn of_number<'m>(model: &'m Model, line: Line<'m>, screen: &NumberScreen) -> Line<'m> {
    let line = separator(line).then(order_name(model, &screen.key), Role::Plain);
    let line = separator(line).then(NumberText::of(&screen.number).grouped(), Role::Strong);
    let listed = screen.from.numbers();
    let what = match listed.which {
        WhichNumbers::Failed => "failed number",
        WhichNumbers::Waiting => "waiting number",
        WhichNumbers::All => "number",
    };
    let snapshot = model.watch.get(&screen.key).and_then(|order| order.snapshot());
    let place = snapshot.and_then(|snapshot| number::place(snapshot, screen));
    match place.and_then(|place| numbers::line_of(model, &listed, &screen.key, place)) {
        Some(at) => line.right(format!("{what} {}", of(at, numbers::line_count(model, &listed))), Role::Dim),
        None => line,
    }
}

fn order_name(model: &Model, key: &OrderKey) -> String {
    lookup::by_key(model, key).map_or_else(|| key.id.short().to_owned(), |seen| seen.name())
}

fn separator(line: Line<'_>) -> Line<'_> {
    line.then(" › ", Role::Dim)
}

/// The line of the order in the list it came from, and how many lines there are.
fn place(model: &Model, screen: &OrderScreen) -> Option<(usize, usize)> {
    let list = model.current_list()?;
    let shown = &list.rows.shown;
    let at = shown.iter().position(|&index| {
        list.keys.get(index).and_then(Option::as_ref).is_some_and(|key| *key == screen.key)
    })?;
    Some((at, shown.len()))
}
