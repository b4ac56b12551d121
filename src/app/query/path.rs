//! The way back: `launch › Toll-free   order 1 of 6   J/K next/previous`.

use super::header::list_name;
use super::line::{Line, Role};
use super::lookup;
use super::rows::position;
use crate::app::model::{Model, OrderScreen, Screen, WhichNumbers};

/// The path to the screen that is shown; at its right what may be left out.
pub fn line(model: &Model) -> Line<'_> {
    let line = Line::of(format!(" {}", list_name(model)), Role::Dim);
    match &model.screen {
        Screen::List => line,
        Screen::Order(screen) => order(model, line, screen),
        Screen::Activity(_) => separator(line).then("what changed", Role::Strong),
        Screen::Numbers(screen) => {
            let line = match &screen.order {
                Some(screen) => separator(line).then(order_name(model, screen), Role::Plain),
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
    let line = separator(line).then(order_name(model, screen), Role::Strong);
    match place(model, screen) {
        Some((at, of)) => line.right(position(at, of), Role::Dim),
        None => line,
    }
}

fn order_name(model: &Model, screen: &OrderScreen) -> String {
    lookup::by_key(model, &screen.key).map_or_else(|| screen.key.id.short().to_owned(), |seen| seen.name())
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
