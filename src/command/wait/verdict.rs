//! Whether there is anything left to wait for.

use crate::cli::Until;
use crate::command::Exit;
use crate::command::standing::Standing;
use crate::domain::{OrderStatus, Snapshot};

/// What is waited for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Goal {
    /// As it was typed.
    pub(super) until: Option<Until>,
    /// Whether one failure ends it.
    pub(super) fail_fast: bool,
}

/// Why it is over.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum End {
    /// Nothing more is to be expected of any order.
    Reached,
    /// Something failed, and that was to end it.
    FailedFast,
    /// An order waits for a person: nobody knows how long.
    WaitsForAPerson,
    /// The time is up.
    TimedOut,
    /// A signal.
    BySignal(u8),
}

impl End {
    /// The exit code, where the orders come to `tally`.
    pub(super) fn exit(self, tally: Exit) -> Exit {
        match self {
            // A number failed of an order that is still Processing.
            Self::FailedFast if tally == Exit::Success => Exit::Partial,
            Self::Reached | Self::FailedFast => tally,
            Self::WaitsForAPerson => Exit::Pending,
            Self::TimedOut => Exit::TimedOut,
            Self::BySignal(code) => Exit::BySignal(code),
        }
    }
}

impl Goal {
    /// Why it is over, if it is. What is unread is never over.
    pub(super) fn reached(self, standings: &[Standing<'_>]) -> Option<End> {
        let any = |what: fn(&Standing<'_>) -> bool| standings.iter().any(what);
        if standings.iter().all(|standing| self.is_done(standing)) {
            return Some(End::Reached);
        }
        if self.fail_fast && any(has_failed) {
            return Some(End::FailedFast);
        }
        let is_patient = self.until == Some(Until::Settled);
        (!is_patient && any(|standing| matches!(standing, Standing::WaitsForAPerson(_))))
            .then_some(End::WaitsForAPerson)
    }

    fn is_done(self, standing: &Standing<'_>) -> bool {
        let is_acquired = match (self.until, standing) {
            (Some(Until::Acquired), Standing::Pending(snapshot) | Standing::WaitsForAPerson(snapshot)) => {
                has_every_number(snapshot)
            }
            _other => false,
        };
        is_acquired || standing.is_over()
    }
}

fn has_every_number(snapshot: &Snapshot) -> bool {
    snapshot.counts.total > 0 && snapshot.counts.acquired == snapshot.counts.total
}

fn has_failed(standing: &Standing<'_>) -> bool {
    match standing {
        Standing::Unread => false,
        Standing::Refused(_) => true,
        Standing::Pending(snapshot) | Standing::WaitsForAPerson(snapshot) | Standing::Settled(snapshot) => {
            matches!(snapshot.order.status, OrderStatus::Failed | OrderStatus::Cancelled)
                || snapshot.counts.failed > 0
        }
    }
}
