//! The numbers of an order as one JSON text: what stood in the answer, and since when.
//!
//! Numbers that stand side by side with the same state since the same time share one run, `["Processing", by, width,
//! ["+15035550107", ...]]`: an order of 50 numbers then takes a quarter of the room, and as much less time.

use crate::domain::snapshot::Since;
use crate::domain::{Interval, Numbers, Snapshot};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use std::borrow::Cow;

/// A state, the second by which the numbers had it, the seconds since the answer that did not have it, the numbers.
#[derive(Serialize, Deserialize)]
struct Run<'a>(#[serde(borrow)] Cow<'a, str>, i64, Option<i64>, #[serde(borrow)] Vec<Number<'a>>);

#[derive(Serialize, Deserialize)]
struct Number<'a>(#[serde(borrow)] Cow<'a, str>);

/// The numbers of a snapshot as they are stored.
pub(super) fn encode(snapshot: &Snapshot) -> String {
    let first = Interval { after: None, by: snapshot.first_seen };
    let mut runs: Vec<Run<'_>> = Vec::new();
    for (index, each) in snapshot.order.numbers.iter().enumerate() {
        let since = snapshot.numbers_since.get(index).map_or(first, |since| since.interval());
        let by = since.by.as_second();
        let width = since.after.map(|after| by - after.as_second());
        let number = Number(each.number.raw().into());
        match runs.last_mut() {
            Some(run) if run.0 == each.status.raw() && (run.1, run.2) == (by, width) => run.3.push(number),
            _ => runs.push(Run(each.status.raw().to_owned().into(), by, width, vec![number])),
        }
    }
    serde_json::to_string(&runs).unwrap_or_default()
}

/// The numbers and their times; none of a text that is no such list.
pub(super) fn decode(text: &str) -> (Numbers, Box<[Since]>) {
    let runs: Vec<Run<'_>> = serde_json::from_str(text).unwrap_or_default();
    let second = |second: i64| Timestamp::from_second(second).unwrap_or_default();
    let since = runs.iter().flat_map(|Run(_, by, width, numbers)| {
        let after = width.map(|width| second(by.saturating_sub(width)));
        std::iter::repeat_n(Since::new(Interval { after, by: second(*by) }), numbers.len())
    });
    let since = since.collect();
    let numbers = runs
        .iter()
        .flat_map(|Run(state, _, _, numbers)| numbers.iter().map(move |number| (&*number.0, &**state)));
    (Numbers::new(numbers), since)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{OrderStatus, PhoneNumberOrder, PhoneNumberOrderId};

    #[test]
    fn numbers_keep_their_order_their_texts_and_their_times() {
        let at = |second: i64| Timestamp::from_second(1_800_000_000 + second).unwrap();
        let order = PhoneNumberOrder {
            id: PhoneNumberOrderId::parse("3f2a91c0-77aa-4e0b-9a55-0d1f5e2bc01d").unwrap(),
            product_type: None,
            status: OrderStatus::Partial,
            order_type: None,
            numbers: Numbers::new([
                ("+15035550101", "Failed"),
                ("+15035550102", "Acquired"),
                ("\"odd\"", "Acquired"),
                ("+15035550103", "Acquired"),
                ("+15035550104", "Failed"),
            ]),
            created: None,
            updated: None,
            foc_date: None,
        };
        let mut snapshot = Snapshot::first(order, at(0));
        snapshot.numbers_since[3] = Since::new(Interval { after: Some(at(2)), by: at(7) });
        let text = encode(&snapshot);
        assert_eq!(
            text,
            "[[\"Failed\",1800000000,null,[\"+15035550101\"]],\
             [\"Acquired\",1800000000,null,[\"+15035550102\",\"\\\"odd\\\"\"]],\
             [\"Acquired\",1800000007,5,[\"+15035550103\"]],\
             [\"Failed\",1800000000,null,[\"+15035550104\"]]]"
        );
        assert_eq!(decode(&text), (snapshot.order.numbers, snapshot.numbers_since));
        assert_eq!(decode("no list"), (Numbers::default(), Box::default()));
    }
}
