//! An answer as it came, line by line.

use super::clock::Clock;
use super::line::{Line, Role, count};
use crate::app::action::Action;
use crate::app::model::{Json, Model};
use crate::app::watch::Poll;

/// Cells that the answer is never wider than.
pub const WIDTH: u16 = 96;

/// What the overlay says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct View<'m> {
    /// Whose answer, of when, how much.
    pub title: String,
    /// All of its lines.
    pub lines: Vec<Line<'m>>,
}

/// What the overlay says.
pub fn view<'m>(model: &'m Model, json: &'m Json, clock: &Clock<'_>) -> View<'m> {
    let name = model.name_of(&json.key);
    let came = json.came.as_ref().zip(json.received);
    let title = match came {
        Some((text, received)) => {
            let characters = count(text.chars().count(), "character", "characters");
            format!("{name} · as it came {} · {characters}", clock.day_or_minute(received))
        }
        None => format!("{name} · as it came"),
    };
    let lines = match came {
        Some(_) => json.lines.iter().map(|line| Line::of(format!(" {line}"), Role::Plain)).collect(),
        None => waiting(model, json),
    };
    View { title, lines }
}

/// Why there is nothing yet.
fn waiting<'m>(model: &'m Model, json: &Json) -> Vec<Line<'m>> {
    let order = model.watch.get(&json.key);
    let is_asked = order.is_some_and(|order| matches!(order.poll(), Poll::InFlight { .. }));
    match order.and_then(|order| order.failure()) {
        Some((failure, _)) if !is_asked => {
            let again = format!(" {} asks again.", model.keys.of(Action::RawJson));
            vec![Line::of(format!(" Nothing came: {failure}."), Role::Error), Line::of(again, Role::Dim)]
        }
        Some(_) | None => vec![Line::of(" Asked for; the answer comes here.", Role::Dim)],
    }
}
