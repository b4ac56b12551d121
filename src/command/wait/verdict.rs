//! Whether there is anything left to wait for.

use crate::cli::Until;
use crate::command::Exit;
use crate::command::standing::Standing;
use crate::domain::{OrderStatus, Snapshot};
use crate::runtime::signals::NOBODY_READS;

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
    /// Whether an order counts for the exit code: one that was not awaited does not.
    pub(super) const fn counts(self, standing: &Standing<'_>) -> bool {
        match self {
            Self::FailedFast => !matches!(standing, Standing::Unread),
            Self::Reached | Self::WaitsForAPerson | Self::TimedOut | Self::BySignal(_) => true,
        }
    }

    /// The exit code, where the orders come to `tally`.
    pub(super) fn exit(self, tally: Exit) -> Exit {
        match self {
            // A number failed of an order that is still Processing.
            Self::FailedFast if tally == Exit::Success => Exit::Partial,
            Self::Reached | Self::FailedFast => tally,
            Self::WaitsForAPerson => Exit::Pending,
            Self::TimedOut => Exit::TimedOut,
            // Nobody reads the orders any more, and they are not settled: that is no success.
            Self::BySignal(NOBODY_READS) => Exit::Failure,
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::command::tally::Tally;
    use crate::domain::{
        Failure, FailureKind, Lasts, Numbers, PhoneNumberOrder, PhoneNumberOrderId, Scope, Text,
    };
    use jiff::{SignedDuration, Timestamp};
    use std::sync::Arc;

    /// An order in this state with numbers in these, as two answers a minute apart said.
    fn snapshot(status: &str, numbers: &[&str]) -> Snapshot {
        let numbers = numbers.iter().map(|number| ("+15035550100", *number));
        let order = PhoneNumberOrder {
            id: PhoneNumberOrderId::parse("3f2a91c0-77aa-4e0b-9a55-0d1f5e2bc01d").unwrap(),
            product_type: None,
            status: OrderStatus::parse(status),
            order_type: None,
            numbers: Numbers::new(numbers),
            created: None,
            updated: None,
            foc_date: None,
        };
        let at = Timestamp::UNIX_EPOCH;
        Snapshot::first(order.clone(), at).renewed(order, at + SignedDuration::from_mins(1)).snapshot
    }

    fn failure(kind: FailureKind) -> Failure {
        Failure {
            kind,
            order: None,
            scope: Arc::new(Scope { profile: None, region: "us-east-1".into(), endpoint: None }),
            what: Text::default(),
            next_step: Text::default(),
            command: None,
            retry_after: None,
            request_id: None,
            lasts: Lasts::default(),
        }
    }

    /// The exit code; none where it goes on.
    fn exit(until: Option<Until>, fail_fast: bool, standings: &[Standing<'_>]) -> Option<u8> {
        let end = Goal { until, fail_fast }.reached(standings)?;
        let mut tally = Tally::default();
        standings.iter().filter(|standing| end.counts(standing)).for_each(|each| each.count(&mut tally));
        Some(end.exit(tally.exit()).code())
    }

    #[test]
    fn every_state_of_an_order_has_its_end() {
        const ACQUIRED: &[&str] = &["Acquired", "Acquired"];
        const FAILED: &[&str] = &["Acquired", "Failed"];
        const OPEN: &[&str] = &["Acquired", "Processing"];
        const TORN: &[&str] = &["Failed", "Processing"];
        // The exit codes without `--until`, with `settled` and with `acquired`, and with `--fail-fast`.
        let cases = [
            ("Processing", OPEN, [None, None, None, None]),
            ("Processing", ACQUIRED, [None, None, Some(0), None]),
            ("Processing", TORN, [None, None, None, Some(5)]),
            ("Submitted", OPEN, [None, None, None, None]),
            ("FOC", OPEN, [None, None, None, None]),
            ("PendingDocuments", OPEN, [Some(8), None, Some(8), Some(8)]),
            ("PendingDocuments", ACQUIRED, [Some(8), None, Some(0), Some(8)]),
            ("PendingDocuments", TORN, [Some(8), None, Some(8), Some(5)]),
            ("ChangeRequested", OPEN, [None, None, None, None]),
            ("Exception", OPEN, [Some(8), None, Some(8), Some(8)]),
            ("CancelRequested", OPEN, [None, None, None, None]),
            ("Successful", ACQUIRED, [Some(0), Some(0), Some(0), Some(0)]),
            ("Successful", FAILED, [Some(5), Some(5), Some(5), Some(5)]),
            ("Successful", OPEN, [None, None, None, None]),
            ("Partial", FAILED, [Some(5), Some(5), Some(5), Some(5)]),
            ("Partial", TORN, [None, None, None, Some(5)]),
            ("Failed", FAILED, [Some(3), Some(3), Some(3), Some(3)]),
            ("Failed", OPEN, [None, None, None, Some(3)]),
            ("Cancelled", ACQUIRED, [Some(3), Some(3), Some(3), Some(3)]),
            ("Teleported", ACQUIRED, [None, None, Some(0), None]),
            ("Teleported", OPEN, [None, None, None, None]),
        ];
        for (status, numbers, expected) in cases {
            let snapshot = snapshot(status, numbers);
            let alone = [Standing::of(&snapshot)];
            let found = [
                exit(None, false, &alone),
                exit(Some(Until::Settled), false, &alone),
                exit(Some(Until::Acquired), false, &alone),
                exit(None, true, &alone),
            ];
            assert_eq!(found, expected, "{status} {numbers:?}");
        }
    }

    #[test]
    fn what_is_unread_is_never_the_end_and_hides_no_failure_that_is() {
        let (well, failed) = (snapshot("Successful", &["Acquired"]), snapshot("Failed", &["Failed"]));
        let (not_found, signed_out) = (failure(FailureKind::NotFound), failure(FailureKind::Unauthorized));
        let cases = [
            (vec![Standing::Unread], [None, None]),
            (vec![Standing::of(&well), Standing::Unread], [None, None]),
            (vec![Standing::of(&failed), Standing::Unread], [None, Some(3)]),
            (vec![Standing::Refused(&not_found), Standing::Unread], [None, Some(1)]),
            (vec![Standing::Refused(&signed_out), Standing::Unread], [None, Some(4)]),
            (vec![Standing::Refused(&signed_out), Standing::of(&failed)], [Some(4), Some(4)]),
            (vec![Standing::Refused(&not_found), Standing::of(&well)], [Some(1), Some(1)]),
        ];
        for (standings, expected) in cases {
            let found = [exit(None, false, &standings), exit(None, true, &standings)];
            assert_eq!(found, expected, "{standings:?}");
        }
    }

    #[test]
    fn time_and_signals_have_codes_of_their_own_and_a_reader_who_went_is_no_success() {
        let ends = [End::TimedOut, End::BySignal(130), End::BySignal(NOBODY_READS)];
        assert_eq!(ends.map(|end| end.exit(Exit::Success).code()), [124, 130, 1]);
    }
}
