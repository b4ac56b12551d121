//! What the answers come to, as an exit code.

use super::Exit;
use crate::domain::number::Counts;
use crate::domain::{FailureKind, OrderStatus};

/// What was said of orders, as far as it matters to a script.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Tally {
    /// All of them.
    pub(super) orders: usize,
    /// Those without an answer.
    pub(super) unanswered: usize,
    refused_account: bool,
    failed: bool,
    partial: bool,
}

impl Tally {
    /// Counts an order as it is.
    pub(super) fn count(&mut self, status: &OrderStatus, counts: Counts) {
        self.orders += 1;
        match status {
            OrderStatus::Failed | OrderStatus::Cancelled => self.failed = true,
            OrderStatus::Partial => self.partial = true,
            // A state that says that all is well counts no less than its numbers.
            OrderStatus::Successful => self.partial |= counts.failed > 0,
            OrderStatus::Processing
            | OrderStatus::PendingDocuments
            | OrderStatus::Submitted
            | OrderStatus::Foc
            | OrderStatus::ChangeRequested
            | OrderStatus::Exception
            | OrderStatus::CancelRequested
            | OrderStatus::Unknown(_) => {}
        }
    }

    /// Counts an order without an answer, and why, where that is known.
    pub(super) fn count_unanswered(&mut self, why: Option<FailureKind>) {
        self.orders += 1;
        self.unanswered += 1;
        self.refused_account |= why.is_some_and(FailureKind::rests_the_account);
    }

    /// What stands in the way of an answer comes before what the answers say.
    pub(super) fn exit(self) -> Exit {
        match self {
            Self { refused_account: true, .. } => Exit::Credentials,
            Self { unanswered: 1.., .. } => Exit::Failure,
            Self { failed: true, .. } => Exit::OrderFailed,
            Self { partial: true, .. } => Exit::Partial,
            Self { .. } => Exit::Success,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_stands_in_the_way_of_an_answer_comes_before_what_the_answers_say() {
        let exit = |states: &[&str], unanswered: &[FailureKind]| {
            let mut tally = Tally::default();
            for state in states {
                tally.count(&OrderStatus::parse(state), Counts::default());
            }
            for why in unanswered {
                tally.count_unanswered(Some(*why));
            }
            tally.exit()
        };
        let cases = [
            (exit(&["Successful", "Processing", "FOC", "Teleported"], &[]), Exit::Success),
            (exit(&["Successful", "Partial"], &[]), Exit::Partial),
            (exit(&["Partial", "Failed"], &[]), Exit::OrderFailed),
            (exit(&["Cancelled"], &[]), Exit::OrderFailed),
            (exit(&["Failed"], &[FailureKind::NotFound]), Exit::Failure),
            (exit(&["Failed"], &[FailureKind::NotFound, FailureKind::Credentials]), Exit::Credentials),
        ];
        for (found, expected) in cases {
            assert_eq!(found, expected);
        }
    }

    #[test]
    fn a_successful_order_with_a_failed_number_is_partial() {
        let mut tally = Tally::default();
        tally.count(&OrderStatus::Successful, Counts { failed: 1, total: 2, ..Counts::default() });
        assert_eq!(tally.exit(), Exit::Partial);
    }
}
