//! The lists that orders can be moved to: the others that there are, and a new one of the name that is typed.

use super::{Choice, Item, State};
use crate::app::model::Model;
use crate::app::query::line::count;
use crate::domain::watchlist::Access;

/// The lists. `typed` is what the field holds.
pub fn items(model: &Model, typed: &str) -> Vec<Item> {
    let others = model.lists.iter().enumerate().filter(|(place, _)| model.current != Some(*place));
    let existing = others.map(|(_, list)| {
        let state = match &list.watchlist.access {
            Access::Writable => State::Plain,
            Access::Broken(why) => State::Disabled("broken", why.clone()),
            Access::Gone(why) => State::Disabled("gone", why.clone()),
        };
        let orders = count(list.watchlist.entries.len(), "order", "orders");
        Item { state, ..Item::new(Choice::MoveTo(list.id), list.watchlist.name.shown(), orders) }
    });
    let is_known =
        model.lists.iter().any(|list| list.watchlist.name.raw().to_lowercase() == typed.to_lowercase());
    let new = (!typed.is_empty() && !is_known)
        .then(|| Item::new(Choice::MoveToNew(typed.into()), format!("new list: {typed}"), "is made for it"));
    (0..).zip(existing.chain(new)).map(|(rank, item)| Item { rank: (0, rank), ..item }).collect()
}
