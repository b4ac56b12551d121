//! The last answer about each order as it came, for `--output json`.

use super::body::Body;
use crate::app::watch::Watch;
use crate::domain::OrderKey;
use crate::fetch::wire;
use jiff::Timestamp;
use std::collections::HashMap;

/// The answers.
#[derive(Debug, Default)]
pub(super) struct Bodies {
    /// Those that the engine has not judged yet, with when they came.
    came: Vec<(OrderKey, String, Timestamp)>,
    kept: HashMap<OrderKey, (Body, Timestamp)>,
}

impl Bodies {
    /// Holds an answer until the engine has worked on it.
    pub(super) fn came(&mut self, key: OrderKey, answer: String, received: Timestamp) {
        self.came.push((key, answer, received));
    }

    /// Keeps those that say what the engine now knows. An answer that came too late, an order on a page that came without
    /// its numbers and the account's other orders are dropped.
    pub(super) fn keep(&mut self, watch: &Watch) {
        for (key, answer, received) in self.came.drain(..) {
            let known = watch.get(&key).and_then(|order| order.snapshot());
            let said = || wire::order(answer.as_bytes(), key.id).ok();
            let known = known.filter(|known| said().is_some_and(|order| order == known.order));
            if let Some(body) = known.and_then(|known| Body::of(&answer, known)) {
                self.kept.insert(key, (body, received));
            }
        }
    }

    /// What was last said of an order, and when.
    pub(super) fn take(&mut self, key: &OrderKey) -> Option<(String, Timestamp)> {
        self.kept.remove(key).map(|(body, received)| (body.answer(), received))
    }
}
