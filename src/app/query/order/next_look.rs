//! When an order is asked again.

use crate::app::model::Model;
use crate::app::query::clock::Clock;
use crate::app::query::lookup::Seen;
use crate::app::watch::{Asking, Poll};

/// `next in 4 m`, `asked by hand only`. None while the header or a card says why nothing is asked.
pub(super) fn words(model: &Model, seen: &Seen<'_>, clock: &Clock<'_>) -> Option<String> {
    let (key, poll) = (seen.key?, seen.poll()?);
    let is_asked = model.watch.asking() == Asking::On && model.watch.can_ask(&key.scope);
    let (due, overdue) = match poll {
        Poll::Unread => return None,
        Poll::Settled => return Some("asked by hand only".to_owned()),
        Poll::Waiting(_) | Poll::Swept(_) | Poll::InFlight { .. } if !is_asked => return None,
        // What is under way is as good as here: the words rest from one answer to the next.
        Poll::InFlight { since, .. } => (since, "being asked"),
        Poll::Waiting(place) | Poll::Swept(place) => (place.due, "waits for its turn"),
    };
    Some(clock.due(due).map_or_else(|| overdue.to_owned(), |soon| format!("next {soon}")))
}
