//! What to do about an order that needs you: one sentence that says what is, one that says what to do.

use crate::app::action::Action;
use crate::app::key_names::KeyNames;
use crate::app::query::clock::Clock;
use crate::app::query::line::count;
use crate::domain::{Interval, Need, NeedKind, NumberStatus, Snapshot};

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
        NumberStatus::Failed => Some(without_a_reason(snapshot, "another")),
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

const UNKNOWN_STATE: &str =
    "This state is newer than this program. It is shown as it came and never counts as done.";

/// What is, and what to do about it.
pub fn what_to_do(need: Need, snapshot: &Snapshot, clock: &Clock<'_>) -> String {
    match need.kind {
        NeedKind::Documents => documents_asked(need.since, clock),
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
            "The order failed with {}. {}",
            count(snapshot.counts.failed as usize, "failed number", "failed numbers"),
            without_a_reason(snapshot, "again")
        ),
        NeedKind::NumbersFailed => numbers_failed(snapshot),
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

/// Since when documents are asked for decides how long the link still lives: what was so at the first look is older.
fn documents_asked(since: Interval, clock: &Clock<'_>) -> String {
    let age = clock.age(since.by);
    let when = match since.after {
        Some(_) => format!("{age} ago"),
        None => format!("before the first look {age} ago"),
    };
    format!(
        "AWS Support has asked for documents in your porting case, {when}. The upload link ends 10 days after they \
         sent it."
    )
}

fn numbers_failed(snapshot: &Snapshot) -> String {
    match snapshot.counts.failed {
        0 => format!("Some numbers are missing. {}", without_a_reason(snapshot, "others")),
        1 => format!("1 number failed. {}", without_a_reason(snapshot, "another")),
        failed => format!("{failed} numbers failed. {}", without_a_reason(snapshot, "others")),
    }
}

/// What to do where AWS tells no reason: to order `what`, which is no way to a number that is to be ported.
fn without_a_reason(snapshot: &Snapshot, what: &str) -> String {
    if snapshot.order.is_porting() {
        "AWS gives no reason; ask in your porting case.".to_owned()
    } else {
        format!("AWS gives no reason; the usual step is to order {what}.")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{
        Moment, Now, Numbers, OrderStatus, OrderType, PhoneNumberOrder, PhoneNumberOrderId, Times,
    };

    #[test]
    fn documents_that_were_asked_for_before_the_first_look_have_no_exact_age() {
        let wall: jiff::Timestamp = "2026-11-23T14:00:00Z".parse().unwrap();
        let (zone, now) = (jiff::tz::TimeZone::UTC, Now { wall, moment: Moment::START });
        let clock = Clock::at(now, &zone, Times::Relative);
        let by = wall - jiff::SignedDuration::from_hours(72);
        let asked = [None, Some(by - jiff::SignedDuration::from_secs(3))]
            .map(|after| documents_asked(Interval { after, by }, &clock));
        assert_eq!(
            asked,
            ["before the first look 3 d ago", "3 d ago"].map(|when| format!(
                "AWS Support has asked for documents in your porting case, {when}. The upload link ends 10 days \
                 after they sent it."
            ))
        );
    }

    #[test]
    fn a_number_that_is_to_be_ported_is_asked_for_and_not_ordered_again() {
        let snapshot = |order_type: &str| {
            let order = PhoneNumberOrder {
                id: PhoneNumberOrderId::parse("3f2a91c0-77aa-4e0b-9a55-0d1f5e2bc01d").unwrap(),
                product_type: None,
                status: OrderStatus::Partial,
                order_type: Some(OrderType::parse(order_type)),
                numbers: Numbers::new([("+15035550107", "Acquired"), ("+15035550108", "Failed")]),
                created: None,
                updated: None,
                foc_date: None,
            };
            Snapshot::first(order, jiff::Timestamp::UNIX_EPOCH)
        };
        assert_eq!(
            ["New", "Porting"].map(|order_type| numbers_failed(&snapshot(order_type))),
            [
                "1 number failed. AWS gives no reason; the usual step is to order another.",
                "1 number failed. AWS gives no reason; ask in your porting case."
            ]
        );
    }
}
