use super::*;
use crate::domain::{FocDate, NetworkStage, Numbers, PhoneNumberOrder, PhoneNumberOrderId};

/// Everything that a row of the table depends on, with its ordinary values.
struct Case {
    status: &'static str,
    number: &'static str,
    /// Seconds since AWS created the order.
    created_ago: Option<i64>,
    /// Seconds since the content was first read, and since it was last read.
    same_ago: i64,
    read_ago: i64,
    /// The FOC date, in days from now.
    foc_in: Option<i64>,
    outcome: Outcome,
    changed_ago: Option<u64>,
    attention: Attention,
}

const PLAIN: Case = Case {
    status: "Processing",
    number: "Processing",
    created_ago: Some(10),
    same_ago: 0,
    read_ago: 0,
    foc_in: None,
    outcome: Outcome::Answered,
    changed_ago: None,
    attention: Attention::Listed,
};

/// Ten days after the start, at noon.
fn now() -> Now {
    Now { wall: "2026-11-23T12:00:00Z".parse().unwrap(), moment: Moment::from_millis(864_000_000) }
}

impl Case {
    fn snapshot(&self) -> Snapshot {
        let ago = |seconds: i64| now().wall - std::time::Duration::from_secs(seconds.unsigned_abs());
        let order = PhoneNumberOrder {
            id: PhoneNumberOrderId::parse("3f2a91c0-77aa-4e0b-9a55-0d1f5e2bc01d").unwrap(),
            product_type: None,
            status: OrderStatus::parse(self.status),
            order_type: None,
            numbers: Numbers::new([("+15035550107", self.number)]),
            created: self.created_ago.map(ago),
            updated: None,
            foc_date: self.foc_in.map(|days| {
                FocDate::new(match days {
                    -2 => "2026-11-21",
                    -1 => "2026-11-22",
                    0 => "2026-11-23",
                    1 => "2026-11-24",
                    2 => "2026-11-25",
                    _ => "soon",
                })
            }),
        };
        let mut snapshot = Snapshot::first(order, ago(self.same_ago));
        snapshot.read_at = ago(self.read_ago);
        snapshot
    }

    fn row(&self, is_known: bool) -> Row {
        let snapshot = self.snapshot();
        let before = |seconds: u64| Moment::from_millis(now().moment.as_millis() - seconds * 1000);
        let situation = Situation {
            snapshot: is_known.then_some(&snapshot),
            watched: before(self.created_ago.unwrap_or(0).unsigned_abs()),
            outcome: self.outcome,
            since: now().moment,
            changed: self.changed_ago.map(before),
            attention: self.attention,
            jitter: Jitter { seed: 0, round: 0 },
            intervals: &Intervals::default(),
        };
        row(&situation, now())
    }
}

#[test]
fn a_processing_order_is_asked_by_its_age() {
    let cases = [
        (0, Row::ProcessingNew),
        (119, Row::ProcessingNew),
        (120, Row::ProcessingYoung),
        (899, Row::ProcessingYoung),
        (900, Row::ProcessingGrown),
        (7_199, Row::ProcessingGrown),
        (7_200, Row::ProcessingOld),
    ];
    for (created_ago, expected) in cases {
        let case = Case { created_ago: Some(created_ago), ..PLAIN };
        assert_eq!(case.row(true), expected, "{created_ago} s");
        let unread = Case { outcome: Outcome::Failed(FailureKind::Timeout), ..case };
        assert_eq!(unread.row(false), expected, "never read, watched for {created_ago} s");
    }
}

#[test]
fn without_a_created_timestamp_age_counts_from_first_seen() {
    let case = Case { created_ago: None, same_ago: 901, ..PLAIN };
    assert_eq!(case.row(true), Row::ProcessingGrown);
}

#[test]
fn states_of_people_wait_a_quarter_of_an_hour_and_a_minute_around_the_foc_date() {
    let cases = [
        (None, Row::Porting),
        (Some(-2), Row::Porting),
        (Some(-1), Row::PortingNearFoc),
        (Some(0), Row::PortingNearFoc),
        (Some(1), Row::PortingNearFoc),
        (Some(2), Row::Porting),
        (Some(99), Row::Porting),
    ];
    for status in ["Submitted", "PendingDocuments", "FOC", "ChangeRequested", "CancelRequested", "Exception"]
    {
        for (foc_in, expected) in cases {
            assert_eq!(Case { status, foc_in, ..PLAIN }.row(true), expected, "{status} {foc_in:?}");
        }
    }
}

#[test]
fn what_changed_or_is_open_is_asked_more_often_and_never_less() {
    let cases = [
        ("Processing", 10, Some(29), Attention::Listed, Row::ProcessingNew),
        ("Processing", 9_000, Some(29), Attention::Listed, Row::JustChanged),
        ("Processing", 9_000, Some(30), Attention::Listed, Row::ProcessingOld),
        ("Processing", 9_000, None, Attention::Opened, Row::Opened),
        ("Processing", 9_000, Some(1), Attention::Opened, Row::JustChanged),
        ("Processing", 10, None, Attention::Opened, Row::ProcessingNew),
        ("Submitted", 9_000, None, Attention::Opened, Row::OpenedPorting),
        ("Submitted", 9_000, Some(1), Attention::Opened, Row::JustChanged),
        ("Teleported", 9_000, None, Attention::Opened, Row::Opened),
    ];
    for (status, created_ago, changed_ago, attention, expected) in cases {
        let case = Case { status, created_ago: Some(created_ago), changed_ago, attention, ..PLAIN };
        assert_eq!(case.row(true), expected, "{status} {created_ago} {changed_ago:?} {attention:?}");
    }
}

#[test]
fn what_is_final_is_settled_whatever_else_is_so() {
    for outcome in [Outcome::None, Outcome::Answered, Outcome::Failed(FailureKind::NotFound)] {
        for (status, number) in [("Successful", "Acquired"), ("Failed", "Failed"), ("Cancelled", "Failed")] {
            let case =
                Case { status, number, outcome, changed_ago: Some(0), attention: Attention::Opened, ..PLAIN };
            assert_eq!(case.row(true), Row::Settled, "{status} {outcome:?}");
        }
    }
}

#[test]
fn what_is_final_and_was_asked_for_in_vain_is_asked_for_until_it_answers() {
    let cases = [
        (Outcome::Lost, Row::Doubtful),
        (Outcome::Failed(FailureKind::Throttled), Row::Throttled),
        (Outcome::Failed(FailureKind::Service), Row::Doubtful),
        (Outcome::Failed(FailureKind::Credentials), Row::Doubtful),
        (Outcome::Failed(FailureKind::Undecodable), Row::Refused),
    ];
    for (outcome, expected) in cases {
        let case = Case { status: "Successful", number: "Acquired", outcome, ..PLAIN };
        assert_eq!(case.row(true), expected, "{outcome:?}");
    }
}

#[test]
fn a_partial_order_is_settled_once_two_answers_a_minute_apart_agree() {
    let rest = |seconds| Row::PartialUnconfirmed(Duration::from_secs(seconds));
    let cases = [(0, rest(60)), (20, rest(40)), (59, rest(2)), (60, Row::Settled)];
    for (same_ago, expected) in cases {
        let case = Case { status: "Partial", number: "Failed", same_ago, ..PLAIN };
        assert_eq!(case.row(true), expected, "{same_ago} s");
    }
}

#[test]
fn doubtful_states_are_asked_half_a_minute_for_an_hour() {
    for (status, number) in [
        ("Teleported", "Acquired"),
        ("Successful", "Processing"),
        ("Failed", "Processing"),
        ("Cancelled", "Processing"),
        ("Partial", "Processing"),
    ] {
        for (same_ago, expected) in [(3_599, Row::Doubtful), (3_600, Row::DoubtfulOld)] {
            let case = Case { status, number, same_ago, ..PLAIN };
            assert_eq!(case.row(true), expected, "{status} {number} {same_ago}");
        }
    }
}

#[test]
fn a_failure_counts_by_its_kind() {
    use FailureKind as Kind;
    let cases = [
        (Outcome::None, Row::NoAnswerYet),
        (Outcome::Lost, Row::ProcessingOld),
        (Outcome::Failed(Kind::Throttled), Row::Throttled),
        (Outcome::Failed(Kind::Service), Row::ProcessingOld),
        (Outcome::Failed(Kind::Timeout), Row::ProcessingOld),
        (Outcome::Failed(Kind::Network(NetworkStage::Connect)), Row::ProcessingOld),
        (Outcome::Failed(Kind::BadRequest), Row::Refused),
        (Outcome::Failed(Kind::Forbidden), Row::Refused),
        (Outcome::Failed(Kind::NotFound), Row::Refused),
        (Outcome::Failed(Kind::Undecodable), Row::Refused),
        (Outcome::Failed(Kind::Refused), Row::Refused),
        (Outcome::Failed(Kind::Unauthorized), Row::ProcessingOld),
        (Outcome::Failed(Kind::Credentials), Row::ProcessingOld),
    ];
    for (outcome, expected) in cases {
        assert_eq!(Case { created_ago: Some(9_000), outcome, ..PLAIN }.row(true), expected, "{outcome:?}");
    }
}

#[test]
fn every_row_wishes_for_what_the_table_says() {
    let interval = |seconds| Every::Interval(Duration::from_secs(seconds));
    let table = [
        (Row::NoAnswerYet, Every::AtOnce),
        (Row::ProcessingNew, interval(2)),
        (Row::ProcessingYoung, interval(5)),
        (Row::ProcessingGrown, interval(30)),
        (Row::ProcessingOld, interval(120)),
        (Row::JustChanged, interval(2)),
        (Row::Opened, interval(5)),
        (Row::OpenedPorting, interval(60)),
        (Row::Porting, interval(900)),
        (Row::PortingNearFoc, interval(60)),
        (Row::PartialUnconfirmed(Duration::from_secs(40)), interval(40)),
        (Row::Doubtful, interval(30)),
        (Row::DoubtfulOld, interval(900)),
        (Row::Throttled, Every::AsBefore),
        (Row::Refused, interval(300)),
        (Row::Settled, Every::Never),
    ];
    for (row, expected) in table {
        assert_eq!(row.every(&Intervals::default()), expected, "{row:?}");
    }
}

#[test]
fn a_wish_counts_from_the_last_outcome_and_is_jittered_from_the_second_round_on() {
    let snapshot = Case { created_ago: Some(9_000), ..PLAIN }.snapshot();
    let at = |outcome, round| {
        let situation = Situation {
            snapshot: Some(&snapshot),
            watched: Moment::START,
            outcome,
            since: Moment::from_millis(1_000),
            changed: None,
            attention: Attention::Listed,
            jitter: Jitter { seed: 7, round },
            intervals: &Intervals::default(),
        };
        wish(&situation, now())
    };
    assert_eq!(at(Outcome::None, 0), Wish::At(now().moment));
    assert_eq!(at(Outcome::Answered, 0), Wish::At(Moment::from_millis(121_000)));
    assert_eq!(at(Outcome::Failed(FailureKind::Throttled), 1), Wish::KeepsPlace);
    for round in 1..100 {
        let Wish::At(moment) = at(Outcome::Answered, round) else { panic!("round {round} has no moment") };
        assert!((121_000..=133_000).contains(&moment.as_millis()), "{round}: {moment:?}");
    }
}
