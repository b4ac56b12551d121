//! The history: the last snapshot of every order and every change that was observed, in one SQLite file.
//!
//! The API tells of no change and keeps no past, so what is recorded here is the only history there is. One process
//! has one [`History`] (writing, on a thread of its own) and any number of [`Reader`]s; other processes may write at
//! the same time. The stored row is the truth: an observation that was made on an older one is compared with it again,
//! so that two instances record one change once.

mod changes;
mod numbers;
mod orders;
mod outlines;
mod reader;
mod rescue;
mod schema;
mod stretch;
mod usual;
mod writer;

pub use outlines::{Demand, Outline};
pub use reader::{ChangeFilter, Reader};
pub use stretch::{ChangesOf, Stretch};
pub use writer::{History, OpenedHistory, Record};

use jiff::Timestamp;

/// Times are stored in whole milliseconds.
fn millis(time: Timestamp) -> i64 {
    time.as_millisecond()
}

/// A stored time; one that no calendar has is the epoch.
fn time(milliseconds: i64) -> Timestamp {
    Timestamp::from_millisecond(milliseconds).unwrap_or_default()
}
