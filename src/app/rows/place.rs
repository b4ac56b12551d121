//! In which group an order stands, and before whom.

use crate::domain::{OrderStatus, Snapshot, attention};
use jiff::Timestamp;
use std::cmp::Reverse;

/// The groups of rows, from the top of the list.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Group {
    /// It needs you.
    NeedsYou,
    /// Some of its numbers failed; what it needed was handled.
    FailedNumbers,
    /// AWS works on it.
    Moving,
    /// A carrier or AWS Support works on it, or it was not read yet.
    Waiting,
    /// Nothing more is expected.
    Settled,
}

/// Where an order stands: by group, then the newest change first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Place {
    pub(super) group: Group,
    newest: Reverse<Option<Timestamp>>,
}

impl Place {
    pub(super) fn of(snapshot: Option<&Snapshot>, now: Timestamp) -> Self {
        Self { group: group(snapshot, now), newest: Reverse(snapshot.map(last_change)) }
    }

    /// False for the place of an order that was not read yet: its first answer gives it a better one.
    pub(super) fn was_read(self) -> bool {
        self.newest.0.is_some()
    }
}

/// The group of an order of which this is known.
pub fn group(snapshot: Option<&Snapshot>, now: Timestamp) -> Group {
    let Some(snapshot) = snapshot else { return Group::Waiting };
    if attention::need(snapshot, now).is_some() {
        return Group::NeedsYou;
    }
    if snapshot.is_settled() {
        return Group::Settled;
    }
    if snapshot.counts.failed > 0 {
        return Group::FailedNumbers;
    }
    match snapshot.order.status {
        OrderStatus::Processing
        | OrderStatus::Successful
        | OrderStatus::Failed
        | OrderStatus::Partial
        | OrderStatus::Cancelled => Group::Moving,
        OrderStatus::PendingDocuments
        | OrderStatus::Submitted
        | OrderStatus::Foc
        | OrderStatus::ChangeRequested
        | OrderStatus::Exception
        | OrderStatus::CancelRequested
        | OrderStatus::Unknown(_) => Group::Waiting,
    }
}

/// The last change that we saw; where we saw none, the one that AWS tells of.
pub fn last_change(snapshot: &Snapshot) -> Timestamp {
    if snapshot.same_since > snapshot.first_seen {
        return snapshot.same_since;
    }
    snapshot.order.updated.or(snapshot.order.created).unwrap_or(snapshot.same_since)
}
