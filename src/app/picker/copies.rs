//! Ways to copy orders, each with how much it would copy.

use super::{Choice, Item, State};
use crate::app::model::Model;
use crate::app::query::line::{count, thousands};
use crate::app::written::{Form, Subject};
use crate::domain::PhoneNumberOrderId;
use crate::domain::number::Counts;
use crate::domain::snapshot::Detail;
use std::collections::HashMap;

/// Orders of the current list with all that is known of them, in the order in which they are named.
pub fn subjects(model: &Model, orders: &[PhoneNumberOrderId]) -> Vec<Subject> {
    let Some(list) = model.current_list() else { return Vec::new() };
    let places: HashMap<_, _> =
        (0..).zip(&list.watchlist.entries).map(|(at, entry)| (entry.id, at)).collect();
    let subject = |id| {
        let at: usize = *places.get(id)?;
        let key = list.keys.get(at)?.clone();
        let watched = key.as_ref().and_then(|key| model.watch.get(key));
        let snapshot = watched.and_then(|watched| watched.snapshot().cloned());
        Some(Subject { entry: list.watchlist.entries.get(at)?.clone(), key, snapshot })
    };
    orders.iter().filter_map(subject).collect()
}

/// The ways, and how much each would copy.
pub fn items(orders: &[Subject]) -> Vec<Item> {
    let items = Form::ALL.into_iter().map(|form| {
        let (much, state) = much(form, orders);
        Item { state, ..Item::new(Choice::Copy(form), name(form), much) }
    });
    (0..).zip(items).map(|(rank, item)| Item { rank: (0, rank), ..item }).collect()
}

const fn name(form: Form) -> &'static str {
    match form {
        Form::Ids => "ID",
        Form::Numbers => "all numbers",
        Form::FailedNumbers => "failed numbers",
        Form::Json => "JSON",
        Form::Markdown => "Markdown",
        Form::Command => "AWS CLI command",
        Form::Console => "link to the AWS console",
    }
}

/// How much would be copied, and whether it can.
fn much(form: Form, orders: &[Subject]) -> (String, State) {
    let several = |one: &str, many: &str| match orders.len() {
        1 => one.to_owned(),
        more => format!("{} {many}", thousands(more)),
    };
    let numbers = |much: usize| count(much, "number", "numbers");
    let nothing = |why: &str| State::Disabled("none", why.into());
    match form {
        Form::Ids => (several("36 characters", "IDs, one a line"), State::Plain),
        Form::Numbers => match sum(orders, |counts| counts.total) {
            0 => (String::new(), nothing("No number is known yet.")),
            all => (numbers(all), State::Plain),
        },
        Form::FailedNumbers => match sum(orders, |counts| counts.failed) {
            0 => (String::new(), nothing("No number failed.")),
            failed => (numbers(failed), State::Plain),
        },
        Form::Json => (several("1 order as the AWS CLI prints it", "orders, one a line"), State::Plain),
        Form::Markdown => (several("1 row of a table", "rows of a table, with its head"), State::Plain),
        Form::Command | Form::Console if orders.iter().all(|order| order.key.is_none()) => {
            (String::new(), nothing("The region of its profile is being read."))
        }
        Form::Command => (several("asks for this order", "commands, one a line"), State::Plain),
        Form::Console => ("the page of its region".to_owned(), State::Plain),
    }
}

/// Numbers that can be copied: an outline has counts, and no numbers yet.
fn sum(orders: &[Subject], of: fn(&Counts) -> u32) -> usize {
    let snapshots = orders.iter().filter_map(|order| order.snapshot.as_ref());
    snapshots.filter(|known| known.detail == Detail::Whole).map(|known| of(&known.counts) as usize).sum()
}

/// What was copied, as the notice says it.
pub fn told(form: Form, orders: usize, text: &str) -> String {
    let characters = count(text.chars().count(), "character", "characters");
    let lines = text.lines().count();
    match form {
        Form::Ids if orders == 1 => characters,
        Form::Ids => count(lines, "ID", "IDs"),
        Form::Numbers => count(lines, "number", "numbers"),
        Form::FailedNumbers => count(lines, "failed number", "failed numbers"),
        Form::Json => format!("{} as JSON ({characters})", count(orders, "order", "orders")),
        Form::Markdown => format!("{} as Markdown ({characters})", count(orders, "order", "orders")),
        Form::Command if lines == 1 => format!("the command ({characters})"),
        Form::Command => count(lines, "command", "commands"),
        Form::Console => format!("the link ({characters})"),
    }
}
