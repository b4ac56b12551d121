//! When an order is asked again.

use crate::app::model::Model;
use crate::app::query::clock::Clock;
use crate::app::query::lookup::Seen;
use crate::app::watch::{Asking, Poll};

/// `next in 4 m`, `asked by hand only`. None while the header or a card says why nothing is asked.
pub(super) fn words(model: &Model, seen: &Seen<'_>, clock: &Clock<'_>) -> Option<String> {
    let (key, poll) = (seen.key?, seen.poll()?);
    let is_asked = model.watch.asking() == Asking::On && model.watch.can_ask(&key.scope);
    match poll {
        Poll::Unread => None,
        Poll::Settled => Some("asked by hand only".to_owned()),
        Poll::Waiting(_) | Poll::Swept(_) | Poll::InFlight { .. } if !is_asked => None,
        // What is under way is as good as here: the words rest from one answer to the next.
        Poll::InFlight { since, .. } => {
            Some(clock.due(since).map_or_else(|| "being asked".to_owned(), |soon| format!("next {soon}")))
        }
        Poll::Waiting(place) | Poll::Swept(place) => Some(
            clock
                .due(place.due)
                .map_or_else(|| "waits for its turn".to_owned(), |soon| format!("next {soon}")),
        ),
    }
}
