//! Orders as text for elsewhere: what is copied, and what is exported.
//!
//! What people read is neutral; JSON keeps what came, with its control characters escaped. Nothing here looks at the
//! model: an order comes with all that is known of it.

pub mod changes;
pub mod command;
pub mod csv;
pub mod export;
pub mod json;
pub mod markdown;

use crate::domain::json::pretty;
use crate::domain::{Entry, NumberStatus, OrderKey, Snapshot, name};
use std::sync::Arc;

/// An order with all that is known of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Subject {
    /// What its list says about it.
    pub entry: Entry,
    /// Where it lives; none while its region is not known.
    pub key: Option<OrderKey>,
    /// The last good answer; none before it.
    pub snapshot: Option<Arc<Snapshot>>,
}

/// Ways to write orders down.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Form {
    /// Their ids, one a line.
    Ids,
    /// All their numbers as E.164, one a line.
    Numbers,
    /// Those of them that failed.
    FailedNumbers,
    /// What the AWS CLI prints.
    Json,
    /// Rows of a table.
    Markdown,
    /// What to type to ask for them with the AWS CLI.
    Command,
    /// Where the AWS console is.
    Console,
}

impl Form {
    /// Every way, the most wanted first.
    pub const ALL: [Self; 7] = [
        Self::Ids,
        Self::Numbers,
        Self::FailedNumbers,
        Self::Json,
        Self::Markdown,
        Self::Command,
        Self::Console,
    ];

    /// Orders written in this way, one order or number a line but for one order as JSON.
    pub fn text(self, orders: &[Subject]) -> String {
        match self {
            Self::Ids => lines(orders.iter().map(|order| order.entry.id.to_string())),
            Self::Numbers => lines(orders.iter().flat_map(|order| order.numbers(|_| true))),
            Self::FailedNumbers => lines(orders.iter().flat_map(|order| order.numbers(has_failed))),
            Self::Json => match orders {
                [only] => pretty(&json::order(only)),
                several => lines(several.iter().map(json::order)),
            },
            Self::Markdown => match orders {
                [only] => markdown::row(only),
                several => markdown::table(several),
            },
            Self::Command => lines(orders.iter().filter_map(Subject::key).map(command::get)),
            Self::Console => {
                let mut links: Vec<_> =
                    orders.iter().filter_map(Subject::key).map(|key| command::console(&key.scope)).collect();
                links.sort_unstable();
                links.dedup();
                lines(links)
            }
        }
    }
}

impl Subject {
    /// What it is called.
    pub fn name(&self) -> String {
        name::of(&self.entry.id, self.entry.label.as_ref(), self.snapshot.as_deref())
    }

    fn key(&self) -> Option<&OrderKey> {
        self.key.as_ref()
    }

    /// Its numbers as AWS writes them.
    fn numbers(&self, wanted: fn(&NumberStatus) -> bool) -> Vec<String> {
        let numbers = self.snapshot.iter().flat_map(|snapshot| snapshot.order.numbers.iter());
        numbers.filter(|number| wanted(&number.status)).map(|number| number.number.raw()).collect()
    }
}

fn has_failed(status: &NumberStatus) -> bool {
    *status == NumberStatus::Failed
}

fn lines(texts: impl IntoIterator<Item = String>) -> String {
    texts.into_iter().collect::<Vec<_>>().join("\n")
}

#[cfg(test)]
pub(in crate::app) mod tests;
