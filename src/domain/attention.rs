//! The one question of a porting coordinator: which orders need me?

use super::snapshot::Interval;
use super::{OrderStatus, Snapshot};
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};

/// Why an order needs a person, and since when.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Need {
    /// Why.
    pub kind: NeedKind,
    /// Since when.
    pub since: Interval,
    /// True when waiting longer costs something.
    pub is_urgent: bool,
}

/// The reasons, those that a person can do most about first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum NeedKind {
    /// AWS Support waits for documents; the upload link ends 10 days after it was sent.
    Documents,
    /// AWS Support waits for details.
    Exception,
    /// The FOC date has passed and the order is not successful.
    FocOverdue,
    /// The FOC date moved.
    FocMoved,
    /// The FOC date is at most two days away.
    FocNear,
    /// A FOC date was set.
    FocSet,
    /// The order failed.
    Failed,
    /// Some of its numbers failed.
    NumbersFailed,
    /// A port-in was cancelled.
    Cancelled,
    /// The end of a port-in was asked for.
    CancelRequested,
    /// A state that we do not know.
    UnknownState,
    /// In Processing for more than an hour.
    SlowProcessing,
    /// A change was asked for, and nothing happened for a week.
    ChangeUnanswered,
    /// Submitted, and nothing happened for two weeks.
    SubmittedLong,
}

impl NeedKind {
    /// Every reason.
    pub const ALL: [Self; 14] = [
        Self::Documents,
        Self::Exception,
        Self::FocOverdue,
        Self::FocMoved,
        Self::FocNear,
        Self::FocSet,
        Self::Failed,
        Self::NumbersFailed,
        Self::Cancelled,
        Self::CancelRequested,
        Self::UnknownState,
        Self::SlowProcessing,
        Self::ChangeUnanswered,
        Self::SubmittedLong,
    ];
}

const DOCUMENTS_URGENT: SignedDuration = SignedDuration::from_hours(7 * 24);
const FOC_NEAR_DAYS: i32 = 2;
const SLOW_PROCESSING: SignedDuration = SignedDuration::from_hours(1);
const CHANGE_UNANSWERED: SignedDuration = SignedDuration::from_hours(7 * 24);
const SUBMITTED_LONG: SignedDuration = SignedDuration::from_hours(14 * 24);

/// Why the order needs a person at `now`, unless that very need was marked as handled.
pub fn need(snapshot: &Snapshot, now: Timestamp) -> Option<Need> {
    need_unhandled(snapshot, now).filter(|need| snapshot.handled != Some(need.kind))
}

/// Why the order needs a person at `now`, handled or not: what `!` marks.
pub fn need_unhandled(snapshot: &Snapshot, now: Timestamp) -> Option<Need> {
    let since = snapshot.state_since;
    let in_state = now.duration_since(since.by);
    let want = |kind, is_urgent| Some(Need { kind, since, is_urgent });
    let of_state = match snapshot.order.status {
        OrderStatus::PendingDocuments => want(NeedKind::Documents, in_state >= DOCUMENTS_URGENT),
        OrderStatus::Exception => want(NeedKind::Exception, true),
        OrderStatus::Foc => Some(foc_need(snapshot, now)),
        OrderStatus::Failed => want(NeedKind::Failed, true),
        OrderStatus::Partial => want(NeedKind::NumbersFailed, false),
        OrderStatus::Cancelled if snapshot.order.is_porting() => want(NeedKind::Cancelled, false),
        OrderStatus::CancelRequested => want(NeedKind::CancelRequested, false),
        OrderStatus::Unknown(_) => want(NeedKind::UnknownState, false),
        OrderStatus::Processing if processing_for(snapshot, now) > SLOW_PROCESSING => {
            want(NeedKind::SlowProcessing, false)
        }
        OrderStatus::ChangeRequested if in_state >= CHANGE_UNANSWERED => {
            want(NeedKind::ChangeUnanswered, false)
        }
        OrderStatus::Submitted if in_state >= SUBMITTED_LONG => want(NeedKind::SubmittedLong, false),
        OrderStatus::Successful
        | OrderStatus::Cancelled
        | OrderStatus::Processing
        | OrderStatus::ChangeRequested
        | OrderStatus::Submitted => None,
    };
    of_state.or_else(|| if snapshot.counts.failed > 0 { want(NeedKind::NumbersFailed, false) } else { None })
}

/// How long it has been in Processing: since it was created where AWS says so, else since we first saw it.
fn processing_for(snapshot: &Snapshot, now: Timestamp) -> SignedDuration {
    let began = match snapshot.state_since.after {
        Some(after) => after,
        None => snapshot.order.created.unwrap_or(snapshot.first_seen),
    };
    now.duration_since(began)
}

fn foc_need(snapshot: &Snapshot, now: Timestamp) -> Need {
    let set = Need { kind: NeedKind::FocSet, since: snapshot.state_since, is_urgent: false };
    let today = now.to_zoned(TimeZone::UTC).date();
    let days = snapshot
        .order
        .foc_date
        .as_ref()
        .and_then(super::FocDate::date)
        .and_then(|date| today.until(date).ok())
        .map(|span| span.get_days());
    match (days, snapshot.foc_moved) {
        (Some(days), _) if days < 0 => Need { kind: NeedKind::FocOverdue, is_urgent: true, ..set },
        (Some(days), _) if days <= FOC_NEAR_DAYS => Need { kind: NeedKind::FocNear, is_urgent: true, ..set },
        (_, Some(moved)) => Need { kind: NeedKind::FocMoved, since: moved, is_urgent: false },
        (_, None) => set,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{FocDate, Numbers, OrderType, PhoneNumberOrder, PhoneNumberOrderId};

    fn wall(text: &str) -> Timestamp {
        text.parse().unwrap()
    }

    fn snapshot(status: &str, number: &str) -> Snapshot {
        let order = PhoneNumberOrder {
            id: PhoneNumberOrderId::parse("3f2a91c0-77aa-4e0b-9a55-0d1f5e2bc01d").unwrap(),
            product_type: None,
            status: OrderStatus::parse(status),
            order_type: Some(OrderType::Porting),
            numbers: Numbers::new([("+15035550107", number)]),
            created: Some(wall("2026-11-01T12:00:00Z")),
            updated: None,
            foc_date: None,
        };
        Snapshot::first(order, wall("2026-11-01T12:00:00Z"))
    }

    #[test]
    fn each_state_needs_a_person_when_the_design_says_so() {
        use NeedKind as Kind;
        let cases = [
            ("Processing", "Processing", "2026-11-01T13:00:00Z", None),
            ("Processing", "Processing", "2026-11-01T13:00:01Z", Some((Kind::SlowProcessing, false))),
            ("Processing", "Failed", "2026-11-01T12:00:00Z", Some((Kind::NumbersFailed, false))),
            ("PendingDocuments", "Processing", "2026-11-08T11:59:59Z", Some((Kind::Documents, false))),
            ("PendingDocuments", "Processing", "2026-11-08T12:00:00Z", Some((Kind::Documents, true))),
            ("Exception", "Processing", "2026-11-01T12:00:00Z", Some((Kind::Exception, true))),
            ("CancelRequested", "Processing", "2026-11-01T12:00:00Z", Some((Kind::CancelRequested, false))),
            ("Cancelled", "Processing", "2026-11-01T12:00:00Z", Some((Kind::Cancelled, false))),
            ("Failed", "Failed", "2026-11-01T12:00:00Z", Some((Kind::Failed, true))),
            ("Partial", "Acquired", "2026-11-01T12:00:00Z", Some((Kind::NumbersFailed, false))),
            ("Successful", "Acquired", "2026-11-01T12:00:00Z", None),
            ("Successful", "Failed", "2026-11-01T12:00:00Z", Some((Kind::NumbersFailed, false))),
            ("Teleported", "Acquired", "2026-11-01T12:00:00Z", Some((Kind::UnknownState, false))),
            ("ChangeRequested", "Processing", "2026-11-08T11:59:59Z", None),
            ("ChangeRequested", "Processing", "2026-11-08T12:00:00Z", Some((Kind::ChangeUnanswered, false))),
            ("Submitted", "Processing", "2026-11-15T11:59:59Z", None),
            ("Submitted", "Processing", "2026-11-15T12:00:00Z", Some((Kind::SubmittedLong, false))),
        ];
        for (status, number, now, expected) in cases {
            let found = need(&snapshot(status, number), wall(now)).map(|need| (need.kind, need.is_urgent));
            assert_eq!(found, expected, "{status} {number} {now}");
        }
    }

    #[test]
    fn a_foc_date_needs_a_person_when_set_moved_near_and_overdue() {
        let mut order = snapshot("FOC", "Processing");
        order.order.foc_date = Some(FocDate::new("2026-11-26"));
        let kind = |order: &Snapshot, now: &str| need(order, wall(now)).map(|need| need.kind);
        assert_eq!(kind(&order, "2026-11-20T00:00:00Z"), Some(NeedKind::FocSet));
        assert_eq!(kind(&order, "2026-11-24T00:00:00Z"), Some(NeedKind::FocNear));
        assert_eq!(kind(&order, "2026-11-26T23:59:00Z"), Some(NeedKind::FocNear));
        assert_eq!(kind(&order, "2026-11-27T00:00:00Z"), Some(NeedKind::FocOverdue));
        order.foc_moved = Some(Interval { after: None, by: wall("2026-11-02T12:00:00Z") });
        assert_eq!(kind(&order, "2026-11-20T00:00:00Z"), Some(NeedKind::FocMoved));
    }

    #[test]
    fn what_is_handled_rests_until_another_need_arises() {
        let mut order = snapshot("FOC", "Processing");
        order.order.foc_date = Some(FocDate::new("2026-11-26"));
        order.handled = Some(NeedKind::FocSet);
        assert_eq!(need(&order, wall("2026-11-20T00:00:00Z")), None);
        assert!(need_unhandled(&order, wall("2026-11-20T00:00:00Z")).is_some());
        assert_eq!(need(&order, wall("2026-11-25T00:00:00Z")).map(|need| need.kind), Some(NeedKind::FocNear));
    }
}
