//! One watched order: what is known about it and where it stands in the schedule.

use super::account::{AccountIndex, Asked, Weight};
use crate::app::effect::RequestId;
use crate::domain::{Failure, Moment, Now, OrderKey, Snapshot};
use crate::poll::{Attention, Outcome};
use jiff::Timestamp;
use std::sync::Arc;

/// A watched order.
#[derive(Debug)]
pub struct Watched {
    pub(super) key: OrderKey,
    pub(super) account: AccountIndex,
    pub(super) snapshot: Option<Arc<Snapshot>>,
    pub(super) failure: Option<Box<(Failure, Timestamp)>>,
    pub(super) poll: Poll,
    pub(super) outcome: Outcome,
    /// When the last request ended.
    pub(super) since: Moment,
    /// When it was added, by the corrected wall clock.
    pub(super) added: Now,
    pub(super) changed: Option<Moment>,
    /// The engine's version when something about it could be shown anew.
    pub(super) news: u64,
    pub(super) attention: Attention,
    pub(super) round: u32,
    pub(super) weight: Weight,
    /// Until when it is asked for singly: the list did not carry it, or carried it without numbers.
    pub(super) single_until: Moment,
    pub(super) earlier: Earlier,
}

/// Where an order stands in the schedule.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Poll {
    /// What the history knows has not been read: it is not asked before.
    Unread,
    /// It waits for its moment, and from then on for its turn.
    Waiting(Place),
    /// It is being asked.
    InFlight {
        /// The request whose answer counts.
        request: RequestId,
        /// When it was sent.
        since: Moment,
        /// The place that it had.
        place: Place,
    },
    /// A page of its account's list is to bring it, or a request of its own once the list has not.
    Swept(Place),
    /// It is asked by hand only.
    Settled,
}

/// A place in the queue of an account: by rank, then the oldest due first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    /// Who wants to know.
    pub rank: Rank,
    /// Since when, or from when on.
    pub due: Moment,
}

/// Who wants to know.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Rank {
    /// Somebody pressed a key.
    ByHand,
    /// The schedule.
    InTurn,
}

/// What is known of the order from before this run, for what happened while the program did not run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Earlier {
    /// Nothing, or it is settled, or the first answer has come.
    Done,
    /// Something, and the first answer of this run is still to come.
    Outstanding,
}

impl Poll {
    /// The request of its own that is under way.
    pub const fn request(self) -> Option<RequestId> {
        match self {
            Self::InFlight { request, .. } => Some(request),
            Self::Unread | Self::Waiting(_) | Self::Swept(_) | Self::Settled => None,
        }
    }
}

impl Watched {
    /// Which order it is.
    pub fn key(&self) -> &OrderKey {
        &self.key
    }

    /// The last good answer, of this run or from the history.
    pub fn snapshot(&self) -> Option<&Arc<Snapshot>> {
        self.snapshot.as_ref()
    }

    /// Why the last request brought no order, and since when that is so; none after a good answer.
    pub fn failure(&self) -> Option<&(Failure, Timestamp)> {
        self.failure.as_deref()
    }

    /// When an answer last brought a change; none in this run.
    pub fn changed(&self) -> Option<Moment> {
        self.changed
    }

    /// Counts up whenever something about it can be shown anew.
    pub fn news(&self) -> u64 {
        self.news
    }

    /// True when the last request was answered with the order.
    pub fn has_answered(&self) -> bool {
        self.outcome == Outcome::Answered
    }

    /// Where it stands in the schedule.
    pub fn poll(&self) -> Poll {
        self.poll
    }

    /// The place that it waits at.
    pub(super) fn place(&self) -> Option<Place> {
        match self.poll {
            Poll::Waiting(place) | Poll::Swept(place) => Some(place),
            Poll::Unread | Poll::InFlight { .. } | Poll::Settled => None,
        }
    }

    /// How it is asked for.
    pub(super) fn asked(&self, now: Moment) -> Asked {
        match self.attention {
            Attention::Listed if self.single_until <= now => Asked::Either,
            Attention::Listed | Attention::Opened => Asked::Singly,
        }
    }
}
