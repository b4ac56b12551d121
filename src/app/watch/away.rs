//! What changed while the program did not run: the first answers of this run against what the history knew.

use jiff::Timestamp;

/// What changed while the program did not run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Away {
    /// When it last looked.
    pub since: Timestamp,
    /// Changes found so far.
    pub changes: usize,
    /// Orders whose first answer is still to come.
    pub outstanding: usize,
}

/// The counting of it.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Tally {
    since: Option<Timestamp>,
    changes: usize,
    answered: usize,
    outstanding: usize,
}

impl Tally {
    /// An order was read at `read_at` by an earlier run.
    pub(super) fn known(&mut self, read_at: Timestamp) {
        self.since = self.since.max(Some(read_at));
    }

    /// Its first answer of this run is awaited.
    pub(super) fn awaited(&mut self) {
        self.outstanding += 1;
    }

    /// That answer came with so many changes.
    pub(super) fn came(&mut self, changes: usize) {
        self.changes += changes;
        self.answered += 1;
        self.given_up();
    }

    /// That answer will not come.
    pub(super) fn given_up(&mut self) {
        self.outstanding = self.outstanding.saturating_sub(1);
    }

    /// None where nothing was known, and where nobody answered: then nothing can be said.
    pub(super) fn told(self) -> Option<Away> {
        let can_tell = self.answered > 0 || self.outstanding > 0;
        let since = self.since.filter(|_| can_tell)?;
        Some(Away { since, changes: self.changes, outstanding: self.outstanding })
    }
}
