//! Reading the history through a connection that never writes and never waits.

use crate::domain::{Change, OrderKey, Snapshot};
use crate::store::StoreError;
use jiff::Timestamp;
use std::path::Path;

/// A read-only connection. Reading waits for nobody: with another writer it sees the last commit.
#[derive(Debug)]
pub struct Reader {}

/// Which changes are wanted.
#[derive(Clone, Copy, Debug, Default)]
pub struct ChangeFilter<'a> {
    /// Those of these orders; of all without it.
    pub keys: Option<&'a [OrderKey]>,
    /// Those that were seen at this time or later.
    pub since: Option<Timestamp>,
    /// At most so many, the newest.
    pub limit: Option<u32>,
}

impl Reader {
    /// Opens the history for reading; none where there is no file yet.
    pub fn open(path: &Path) -> Result<Option<Self>, StoreError> {
        todo!()
    }

    /// The orders among `keys` that are known, without their numbers, in the order of `keys`.
    ///
    /// Asks `is_late` now and then and stops with what it has when that is so: a first frame waits for nothing.
    pub fn outlines(
        &self,
        keys: &[OrderKey],
        is_late: &mut dyn FnMut() -> bool,
    ) -> Result<Vec<(OrderKey, Snapshot)>, StoreError> {
        todo!()
    }

    /// The orders among `keys` that are known, with their numbers, in the order of `keys`.
    pub fn whole(&self, keys: &[OrderKey]) -> Result<Vec<(OrderKey, Snapshot)>, StoreError> {
        todo!()
    }

    /// The changes that `filter` lets through, the oldest first.
    pub fn changes(&self, filter: ChangeFilter<'_>) -> Result<Vec<Change>, StoreError> {
        todo!()
    }

    /// When any order was last read: the end of the last run.
    pub fn last_seen(&self) -> Result<Option<Timestamp>, StoreError> {
        todo!()
    }

    /// The sequence number of the newest change, 0 without one.
    pub fn last_sequence(&self) -> Result<u64, StoreError> {
        todo!()
    }
}
