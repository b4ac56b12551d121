//! What to do about an order that needs you: one sentence that says what is, one that says what to do.

use crate::app::action::Action;
use crate::app::key_names::KeyNames;
use crate::app::query::clock::Clock;
use crate::app::query::line::count;
use crate::domain::{Need, NeedKind, NumberStatus, Snapshot};

/// What to do, for the order screen: with the key that copies the failed numbers, where they are what it is about.
pub fn sentence(need: Need, snapshot: &Snapshot, keys: &KeyNames, clock: &Clock<'_>) -> String {
    let what_to_do = what_to_do(need, snapshot, clock);
    match (need.kind, snapshot.counts.failed) {
        (NeedKind::NumbersFailed, 1) => format!("{what_to_do} {} copies it.", keys.of(Action::Copy)),
        (NeedKind::NumbersFailed, failed @ 2..) => {
            format!("{what_to_do} {} copies the {failed}.", keys.of(Action::Copy))
        }
        _ => what_to_do,
    }
}

/// What to do about one number in this state of an order that has this need; none where nothing is to be done about it:
/// what other numbers of its order need is not told here.
pub fn of_number(
    status: &NumberStatus,
    need: Option<Need>,
    snapshot: &Snapshot,
    clock: &Clock<'_>,
) -> Option<String> {
    match status {
        NumberStatus::Failed => Some(ORDER_ANOTHER.to_owned()),
        NumberStatus::Unknown(_) => Some(UNKNOWN_STATE.to_owned()),
        NumberStatus::Acquired => None,
        NumberStatus::Processing => match need?.kind {
            NeedKind::Failed | NeedKind::NumbersFailed => None,
            NeedKind::Documents
            | NeedKind::Exception
            | NeedKind::FocOverdue
            | NeedKind::FocMoved
            | NeedKind::FocNear
            | NeedKind::FocSet
            | NeedKind::Cancelled
            | NeedKind::CancelRequested
            | NeedKind::UnknownState
            | NeedKind::SlowProcessing
            | NeedKind::ChangeUnanswered
            | NeedKind::SubmittedLong => Some(what_to_do(need?, snapshot, clock)),
        },
    }
}

const ORDER_ANOTHER: &str = "AWS gives no reason; the usual step is to order another.";
const UNKNOWN_STATE: &str =
    "This state is newer than this program. It is shown as it came and never counts as done.";

/// What is, and what to do about it.
pub fn what_to_do(need: Need, snapshot: &Snapshot, clock: &Clock<'_>) -> String {
    let since = clock.age(need.since.by);
    match need.kind {
        NeedKind::Documents => format!(
            "AWS Support has asked for documents in your porting case, {since} ago. The upload link ends 10 days \
             after they sent it."
        ),
        NeedKind::Exception => {
            "AWS Support needs details before the port goes on. Answer in your porting case.".to_owned()
        }
        NeedKind::FocOverdue => {
            "The FOC date has passed and the order is not Successful. Ask in your porting case.".to_owned()
        }
        NeedKind::FocMoved => {
            format!("The FOC date moved, seen {}. Plan the cut-over anew.", clock.seen_briefly(need.since))
        }
        NeedKind::FocNear => "The numbers move within two days. Routing has to be ready.".to_owned(),
        NeedKind::FocSet => "The carrier has agreed to a date. Plan the cut-over.".to_owned(),
        NeedKind::Failed => format!(
            "The order failed with {}. AWS gives no reason; the usual step is to order again.",
            count(snapshot.counts.failed as usize, "failed number", "failed numbers")
        ),
        NeedKind::NumbersFailed => numbers_failed(snapshot.counts.failed as usize),
        NeedKind::Cancelled => "AWS Support has cancelled this port. The porting case says why.".to_owned(),
        NeedKind::CancelRequested => {
            "The end of this port was asked for. If it was not you, ask in your porting case.".to_owned()
        }
        NeedKind::UnknownState => UNKNOWN_STATE.to_owned(),
        NeedKind::SlowProcessing => {
            "In Processing for more than an hour; most orders take minutes. If it stays so, ask AWS Support."
                .to_owned()
        }
        NeedKind::ChangeUnanswered => {
            "The change that was asked for is unanswered for a week. Ask in your porting case.".to_owned()
        }
        NeedKind::SubmittedLong => {
            "Submitted for two weeks without a FOC date. Ask in your porting case.".to_owned()
        }
    }
}

fn numbers_failed(failed: usize) -> String {
    match failed {
        0 => "Some numbers are missing. AWS gives no reason; the usual step is to order others.".to_owned(),
        1 => format!("1 number failed. {ORDER_ANOTHER}"),
        _ => format!("{failed} numbers failed. AWS gives no reason; the usual step is to order others."),
    }
}
