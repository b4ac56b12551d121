//! What lasts: watchlist files and the history, under truncation, a second process and `kill -9`.

#![expect(clippy::unwrap_used, reason = "a test whose files cannot be made fails")]

#[path = "store/children.rs"]
mod children;
#[path = "store/damage.rs"]
mod damage;
#[path = "store/filters.rs"]
mod filters;
#[path = "store/history.rs"]
mod history;
#[path = "store/lists.rs"]
mod lists;
#[path = "store/stretch.rs"]
mod stretch;
#[path = "store/transfers.rs"]
mod transfers;
#[path = "store/usual.rs"]
mod usual;
#[path = "store/whole.rs"]
mod whole;

use chimewatch::domain::change::Observation;
use chimewatch::domain::{
    Change, Interval, Numbers, OrderKey, OrderStatus, PhoneNumberOrder, PhoneNumberOrderId, Scope, Snapshot,
};
use chimewatch::store::{Places, Record};
use jiff::Timestamp;
use std::path::Path;
use std::sync::Arc;

fn places(directory: &Path) -> Places {
    Places::below(directory)
}

fn at(second: i64) -> Timestamp {
    Timestamp::from_second(1_800_000_000 + second).unwrap()
}

fn id(number: u32) -> PhoneNumberOrderId {
    PhoneNumberOrderId::parse(&format!("{number:08x}-77aa-4e0b-9a55-0d1f5e2bc01d")).unwrap()
}

fn scope() -> Arc<Scope> {
    Arc::new(Scope { profile: Some("prod".into()), region: "us-east-1".into(), endpoint: None })
}

fn key(number: u32) -> OrderKey {
    OrderKey { scope: scope(), id: id(number) }
}

/// An order in `status` with a number in each of these states.
fn order(number: u32, status: &str, each: &[&str]) -> PhoneNumberOrder {
    let numbers: Vec<_> = (0..each.len()).map(|index| format!("+1503555{:04}", 100 + index)).collect();
    PhoneNumberOrder {
        id: id(number),
        product_type: None,
        status: OrderStatus::parse(status),
        order_type: None,
        numbers: Numbers::new(numbers.iter().map(String::as_str).zip(each.iter().copied())),
        created: None,
        updated: None,
        foc_date: None,
    }
}

fn first(key: &OrderKey, snapshot: &Snapshot) -> Record {
    Record::Observed(Observation {
        key: key.clone(),
        snapshot: Arc::new(snapshot.clone()),
        changes: Vec::new(),
    })
}

/// The snapshot after an answer, and what is to be recorded of it.
fn renewed(
    key: &OrderKey,
    known: &Snapshot,
    answer: PhoneNumberOrder,
    received: Timestamp,
) -> (Snapshot, Record) {
    let renewal = known.renewed(answer, received);
    let seen = Interval { after: Some(known.read_at), by: received };
    let changes =
        renewal.changes.into_iter().map(|kind| Change { sequence: 0, key: key.clone(), kind, seen });
    let observation = Observation {
        key: key.clone(),
        snapshot: Arc::new(renewal.snapshot.clone()),
        changes: changes.collect(),
    };
    (renewal.snapshot, Record::Observed(observation))
}
