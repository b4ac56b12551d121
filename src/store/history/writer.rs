//! Writing the history.

use crate::domain::change::Observation;
use crate::domain::{Change, NeedKind, OrderKey};
use crate::store::StoreError;
use jiff::Timestamp;
use std::path::Path;

/// The one writer of this process.
#[derive(Debug)]
pub struct History {}

/// A history that is ready, and what had to be done for it.
#[derive(Debug)]
pub struct OpenedHistory {
    /// The history.
    pub history: History,
    /// A sentence for the user where a damaged file was put aside.
    pub notice: Option<String>,
}

/// What goes into one transaction.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Batch {
    /// Answers that brought something new.
    pub observations: Vec<Observation>,
    /// Orders that answered the same as before, and when the answer was received.
    pub last_seen: Vec<(OrderKey, Timestamp)>,
    /// What the user marked as handled, or no longer.
    pub handled: Vec<(OrderKey, Option<NeedKind>)>,
}

impl History {
    /// Opens or creates the history; a file that is no database is put aside as `history.db.corrupt-NOW`.
    pub fn open(path: &Path, now: Timestamp) -> Result<OpenedHistory, StoreError> {
        todo!()
    }

    /// Checks the whole file, which takes a moment for a large one; a damaged one is put aside, what can be read of it
    /// is kept. To be called once, on the history's own thread, after the first answers were recorded.
    pub fn check(self, now: Timestamp) -> Result<OpenedHistory, StoreError> {
        todo!()
    }

    /// Records a batch in one transaction. When this returns, it survives everything.
    ///
    /// Returns the changes as recorded, with their sequence numbers: without those that another instance had recorded
    /// already, with those that are news against what the history knew.
    ///
    /// # Errors
    /// Nothing was recorded; the caller keeps the batch and hands it in again.
    pub fn record(&mut self, batch: &Batch) -> Result<Vec<Change>, StoreError> {
        todo!()
    }
}
