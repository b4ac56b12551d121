//! The last answer about each order as it came, for `--output json`.

use crate::app::watch::Watch;
use crate::domain::OrderKey;
use crate::fetch::wire;
use jiff::Timestamp;
use std::collections::HashMap;

/// An answer as it came, and when.
type Body = (String, Timestamp);

/// The answers.
#[derive(Debug, Default)]
pub(super) struct Bodies {
    /// Those that the engine has not judged yet.
    came: Vec<(OrderKey, Body)>,
    kept: HashMap<OrderKey, Body>,
}

impl Bodies {
    /// Holds an answer until the engine has worked on it.
    pub(super) fn came(&mut self, key: OrderKey, body: String, received: Timestamp) {
        self.came.push((key, (body, received)));
    }

    /// Keeps those that say what the engine now knows. An answer that came too late, an order on a page that came without
    /// its numbers and the account's other orders are dropped.
    pub(super) fn keep(&mut self, watch: &Watch) {
        for (key, body) in self.came.drain(..) {
            let known = watch.get(&key).and_then(|order| order.snapshot());
            let says = |order| known.is_some_and(|known| known.order == order);
            if known.is_some() && wire::order(body.0.as_bytes(), key.id).is_ok_and(says) {
                self.kept.insert(key, body);
            }
        }
    }

    /// What was last said of an order.
    pub(super) fn take(&mut self, key: &OrderKey) -> Option<Body> {
        self.kept.remove(key)
    }
}
