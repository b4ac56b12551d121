//! The numbers of an order as one JSON text: what stood in the answer, and since when.

use crate::domain::snapshot::Since;
use crate::domain::{Interval, Numbers, Snapshot};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use std::borrow::Cow;

/// Number, state, the second by which it had the state, the seconds since the answer that did not have it.
#[derive(Serialize, Deserialize)]
struct Stored<'a>(#[serde(borrow)] Cow<'a, str>, #[serde(borrow)] Cow<'a, str>, i64, Option<i64>);

/// The numbers of a snapshot as they are stored.
pub(super) fn encode(snapshot: &Snapshot) -> String {
    let first = Interval { after: None, by: snapshot.first_seen };
    let stored: Vec<Stored<'_>> = snapshot
        .order
        .numbers
        .iter()
        .enumerate()
        .map(|(index, each)| {
            let since = snapshot.numbers_since.get(index).map_or(first, |since| since.interval());
            let by = since.by.as_second();
            let width = since.after.map(|after| by - after.as_second());
            Stored(each.number.raw().into(), each.status.raw().to_owned().into(), by, width)
        })
        .collect();
    serde_json::to_string(&stored).unwrap_or_default()
}

/// The numbers and their times; none of a text that is no such list.
pub(super) fn decode(text: &str) -> (Numbers, Box<[Since]>) {
    let stored: Vec<Stored<'_>> = serde_json::from_str(text).unwrap_or_default();
    let second = |second: i64| Timestamp::from_second(second).unwrap_or_default();
    let since = stored.iter().map(|Stored(_, _, by, width)| {
        Since::new(Interval { after: width.map(|width| second(by.saturating_sub(width))), by: second(*by) })
    });
    let since = since.collect();
    (Numbers::new(stored.iter().map(|Stored(number, state, _, _)| (&**number, &**state))), since)
}
