//! What the history has still to record. Nothing is forgotten before the history has said that it has it.

use crate::domain::change::Observation;
use crate::domain::{Moment, NeedKind, OrderKey, Snapshot, Text};
use std::collections::{HashSet, VecDeque};
use std::sync::Arc;
use std::time::Duration;

/// Before the history is tried again.
const RETRY: Duration = Duration::from_secs(5);
/// Changes that are kept in memory while they cannot be recorded.
const KEPT: usize = 10_000;

/// How saving goes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Saving {
    /// Nothing is on its way.
    #[default]
    Idle,
    /// A batch is on its way; what is observed meanwhile joins the next.
    Sent,
    /// The history could not record; [`Watch::trouble`](super::Watch::trouble) says why.
    Failed {
        /// When it is tried again.
        retry: Moment,
    },
}

/// Observations in the order in which they were made, until they are recorded.
#[derive(Debug, Default)]
pub(super) struct Ledger {
    state: Saving,
    /// Why the last batch was not recorded; none once one is.
    trouble: Option<Text>,
    pending: VecDeque<Observation>,
    /// How many of them, from the front, are on their way.
    sent: usize,
    unsaved: usize,
    forgotten: u64,
}

impl Ledger {
    pub(super) fn state(&self) -> Saving {
        self.state
    }

    pub(super) fn trouble(&self) -> Option<&Text> {
        self.trouble.as_ref()
    }

    pub(super) fn unsaved(&self) -> usize {
        self.unsaved
    }

    pub(super) fn forgotten(&self) -> u64 {
        self.forgotten
    }

    pub(super) fn push(&mut self, observation: Observation) {
        self.unsaved += observation.changes.len();
        self.pending.push_back(observation);
        while self.unsaved > KEPT || self.pending.len() > 2 * KEPT {
            let Some(oldest) = self.pop() else { break };
            self.forgotten += u64::try_from(oldest.changes.len()).unwrap_or(u64::MAX);
        }
    }

    /// What is to be recorded now: all that is pending, unless a batch is on its way or has just failed.
    pub(super) fn batch(&mut self, now: Moment) -> Option<Vec<Observation>> {
        let ready = match self.state {
            Saving::Idle => true,
            Saving::Sent => false,
            Saving::Failed { retry } => retry <= now,
        };
        (ready && !self.pending.is_empty()).then(|| {
            self.state = Saving::Sent;
            self.sent = self.pending.len();
            self.pending.iter().cloned().collect()
        })
    }

    /// What no batch holds yet, for the end of the program.
    pub(super) fn rest(&mut self) -> Option<Vec<Observation>> {
        let unsent: Vec<_> = self.pending.iter().skip(self.sent).cloned().collect();
        self.sent = self.pending.len();
        self.state = Saving::Sent;
        (!unsent.is_empty()).then_some(unsent)
    }

    pub(super) fn recorded(&mut self, up_to: u64) {
        self.trouble = None;
        for _ in 0..self.sent {
            let is_recorded = |each: &Observation| each.changes.iter().all(|change| change.sequence <= up_to);
            if !self.pending.front().is_some_and(is_recorded) {
                break;
            }
            self.pop();
        }
        self.state = if self.sent == 0 { Saving::Idle } else { Saving::Sent };
    }

    pub(super) fn not_recorded(&mut self, why: Text, now: Moment) {
        self.trouble = Some(why);
        self.state = Saving::Failed { retry: now.plus(RETRY) };
        self.sent = 0;
    }

    /// The orders with observations that are not recorded.
    pub(super) fn pending(&self) -> HashSet<&OrderKey> {
        self.pending.iter().map(|observation| &observation.key).collect()
    }

    /// What was last observed of an order, as long as it is not recorded.
    pub(super) fn latest(&self, key: &OrderKey) -> Option<Arc<Snapshot>> {
        let latest = self.pending.iter().rfind(|observation| observation.key == *key)?;
        Some(Arc::clone(&latest.snapshot))
    }

    /// Keeps what was marked as handled from being undone by an observation that was made before.
    pub(super) fn set_handled(&mut self, key: &OrderKey, handled: Option<NeedKind>) {
        for observation in self.pending.iter_mut().filter(|observation| observation.key == *key) {
            Arc::make_mut(&mut observation.snapshot).handled = handled;
        }
    }

    /// When the next batch is tried, if that is to be waited for.
    pub(super) fn deadline(&self) -> Option<Moment> {
        match self.state {
            Saving::Failed { retry } if !self.pending.is_empty() => Some(retry),
            Saving::Failed { .. } | Saving::Idle | Saving::Sent => None,
        }
    }

    fn pop(&mut self) -> Option<Observation> {
        let observation = self.pending.pop_front()?;
        self.unsaved -= observation.changes.len();
        self.sent = self.sent.saturating_sub(1);
        Some(observation)
    }
}
