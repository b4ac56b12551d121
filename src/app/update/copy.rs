//! Copying the obvious thing: a card's command, the numbers shown, the failed numbers of an order, an order's id.

use super::{movement, notice, shown};
use crate::app::Effect;
use crate::app::card::{self, Cause};
use crate::app::model::{Model, NumbersScreen, Screen, WhichNumbers};
use crate::domain::failure::POLICY;

/// Copies the obvious thing.
pub(super) fn copy(model: &mut Model) -> Vec<Effect> {
    let Some((text, what)) = obvious(model) else {
        notice::say(model, "Nothing to copy here.");
        return Vec::new();
    };
    vec![Effect::Copy { text, what }]
}

/// Copies the policy that is enough, whether it is missing or not.
pub(super) fn policy() -> Vec<Effect> {
    let what = "the policy of two read actions, for your administrator".to_owned();
    vec![Effect::Copy { text: POLICY.to_owned(), what }]
}

fn obvious(model: &Model) -> Option<(String, String)> {
    if let Some(card) = card::card(model)
        && let Some(command) = card.command
    {
        let what = match card.cause {
            Cause::Forbidden => "the policy",
            Cause::Empty
            | Cause::Resting
            | Cause::SomeRest { .. }
            | Cause::Broken
            | Cause::NotFound { .. } => "the command",
        };
        return Some((command.raw().to_owned(), what.to_owned()));
    }
    match &model.screen {
        Screen::Numbers(screen) => numbers(&shown::numbers(model, screen)),
        Screen::Order(screen) => {
            let failed = NumbersScreen::new(Some(screen.clone()), WhichNumbers::Failed);
            numbers(&shown::numbers(model, &failed)).or_else(|| id(model))
        }
        Screen::List | Screen::Activity(_) => id(model),
    }
}

/// One E.164 number a line.
fn numbers(numbers: &[String]) -> Option<(String, String)> {
    let what = notice::count(numbers.len(), "number", "numbers");
    (!numbers.is_empty()).then(|| (numbers.join("\n"), what))
}

fn id(model: &Model) -> Option<(String, String)> {
    let entry = movement::entry_at_cursor(model)?;
    let id = model.current_list()?.watchlist.entries.get(entry)?.id;
    Some((id.to_string(), id.to_string()))
}
