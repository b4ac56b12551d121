//! When an order is next wished to be asked: the table "When to ask" of the design, as one function.
//!
//! These are wishes. The pace of the account decides when a wish is granted, oldest first. A sweep that answers many
//! orders at once takes part like any other answer: it brings each of them an [`Outcome`].

use super::{Interval, Intervals, Jitter};
use crate::domain::moment::elapsed;
use crate::domain::{FailureKind, Moment, Now, OrderStatus, Snapshot};
use std::time::Duration;

/// A row of the table "When to ask".
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Row {
    /// Not asked yet in this run.
    NoAnswerYet,
    /// Processing, younger than two minutes.
    ProcessingNew,
    /// Processing, younger than a quarter of an hour.
    ProcessingYoung,
    /// Processing, younger than two hours.
    ProcessingGrown,
    /// Processing, older.
    ProcessingOld,
    /// Something changed in the last 30 seconds.
    JustChanged,
    /// Open on the screen.
    Opened,
    /// Open on the screen, and waiting for people.
    OpenedPorting,
    /// A carrier or a person works on it.
    Porting,
    /// The same, from 24 h before to 24 h after the FOC date.
    PortingNearFoc,
    /// Partial with no number in Processing, until a second answer a minute later agrees.
    PartialUnconfirmed(Duration),
    /// An unknown state, or a final state with a number still in Processing: for an hour.
    Doubtful,
    /// The same, later.
    DoubtfulOld,
    /// 429: the service is busy, whichever order is asked.
    Throttled,
    /// 400, 403, 404, an answer that does not decode, a request that cannot be built.
    Refused,
    /// Nothing more is expected.
    Settled,
}

/// What a row wishes for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Every {
    /// Now.
    AtOnce,
    /// Again so long after the last outcome.
    Interval(Duration),
    /// As soon as it was wished for before.
    AsBefore,
    /// Only by hand.
    Never,
}

impl Row {
    /// The table.
    fn every(self, intervals: &Intervals) -> Every {
        let interval = match self {
            Self::NoAnswerYet => return Every::AtOnce,
            Self::Throttled => return Every::AsBefore,
            Self::Settled => return Every::Never,
            Self::PartialUnconfirmed(rest) => return Every::Interval(rest),
            Self::ProcessingNew => Interval::New,
            Self::ProcessingYoung => Interval::Young,
            Self::ProcessingGrown => Interval::Grown,
            Self::ProcessingOld => Interval::Old,
            Self::JustChanged => Interval::Changed,
            Self::Opened => Interval::Opened,
            Self::OpenedPorting => Interval::OpenedPorting,
            Self::Porting => Interval::Porting,
            Self::PortingNearFoc => Interval::PortingNearFoc,
            Self::Refused => Interval::Refused,
            Self::Doubtful => Interval::Doubtful,
            Self::DoubtfulOld => Interval::DoubtfulOld,
        };
        Every::Interval(intervals.of(interval))
    }
}

/// How the last request for an order ended.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Outcome {
    /// It was not asked yet.
    #[default]
    None,
    /// With an order.
    Answered,
    /// With a failure.
    Failed(FailureKind),
    /// Without any answer: its task panicked or was aborted.
    Lost,
}

/// Whether somebody looks at the order.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Attention {
    /// It is one of a list.
    #[default]
    Listed,
    /// It is open on the screen.
    Opened,
}

/// What the wish of an order depends on.
#[derive(Clone, Copy, Debug)]
pub struct Situation<'a> {
    /// What is known about it.
    pub snapshot: Option<&'a Snapshot>,
    /// When it was first watched in this run: its age while nothing is known.
    pub watched: Moment,
    /// How its last request ended.
    pub outcome: Outcome,
    /// When that was.
    pub since: Moment,
    /// When an answer of this run last brought a change.
    pub changed: Option<Moment>,
    /// Whether somebody looks at it.
    pub attention: Attention,
    /// What moves it apart from the others.
    pub jitter: Jitter,
    /// How often orders are asked.
    pub intervals: &'a Intervals,
}

impl Situation<'_> {
    /// What a row wishes for here.
    fn every(&self, row: Row) -> Every {
        match row.every(self.intervals) {
            Every::Interval(interval) => Every::Interval(interval.min(self.intervals.longest())),
            other @ (Every::AtOnce | Every::AsBefore | Every::Never) => other,
        }
    }
}

/// When an order is next wished to be asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wish {
    /// At this moment.
    At(Moment),
    /// It keeps its place: it is due since it was due, and the pacer slows instead.
    KeepsPlace,
    /// Only by hand.
    Settled,
}

/// When the order is next wished to be asked. `now.wall` is the corrected wall clock: ages are counted by it.
pub fn wish(situation: &Situation<'_>, now: Now) -> Wish {
    match situation.every(row(situation, now)) {
        Every::AtOnce => Wish::At(now.moment),
        Every::Interval(interval) => Wish::At(situation.since.plus(situation.jitter.lengthen(interval))),
        Every::AsBefore => Wish::KeepsPlace,
        Every::Never => Wish::Settled,
    }
}

/// The interval at which the order is asked as things are, without jitter: what it adds to the load of its account.
/// None when it is settled.
pub fn own_interval(situation: &Situation<'_>, now: Now) -> Option<Duration> {
    let own = match row(situation, now) {
        Row::NoAnswerYet | Row::Throttled => liveliest(situation, now),
        row => row,
    };
    match situation.every(own) {
        Every::Interval(interval) => Some(interval),
        Every::AtOnce | Every::AsBefore | Every::Never => None,
    }
}

/// The row that applies.
pub fn row(situation: &Situation<'_>, now: Now) -> Row {
    let own = liveliest(situation, now);
    if own == Row::Settled {
        return unanswered(situation.outcome).unwrap_or(own);
    }
    match situation.outcome {
        Outcome::None => Row::NoAnswerYet,
        Outcome::Answered | Outcome::Lost => own,
        Outcome::Failed(kind) => match kind {
            FailureKind::Throttled => Row::Throttled,
            FailureKind::BadRequest
            | FailureKind::Forbidden
            | FailureKind::NotFound
            | FailureKind::Undecodable
            | FailureKind::Refused => Row::Refused,
            FailureKind::Service
            | FailureKind::Timeout
            | FailureKind::Network(_)
            | FailureKind::Unauthorized
            | FailureKind::Credentials => own,
        },
    }
}

/// The row of a settled order that somebody asked for and that has not been answered: it is asked for until it is.
const fn unanswered(outcome: Outcome) -> Option<Row> {
    match outcome {
        Outcome::None | Outcome::Answered => None,
        Outcome::Lost => Some(Row::Doubtful),
        Outcome::Failed(kind) => match kind {
            FailureKind::Throttled => Some(Row::Throttled),
            FailureKind::Service
            | FailureKind::Timeout
            | FailureKind::Network(_)
            | FailureKind::Unauthorized
            | FailureKind::Credentials => Some(Row::Doubtful),
            FailureKind::Undecodable => Some(Row::Refused),
            FailureKind::BadRequest
            | FailureKind::Forbidden
            | FailureKind::NotFound
            | FailureKind::Refused => None,
        },
    }
}

/// The row of its state, or the one that asks more often because it changed or is looked at.
fn liveliest(situation: &Situation<'_>, now: Now) -> Row {
    let own = row_of_state(situation, now);
    let Every::Interval(mut shortest) = own.every(situation.intervals) else { return own };
    let changed = situation.changed.filter(|changed| now.moment.since(*changed) < JUST_CHANGED);
    let opened = match (situation.attention, situation.snapshot) {
        (Attention::Listed, _) => None,
        (Attention::Opened, Some(snapshot)) if snapshot.order.is_porting() => Some(Row::OpenedPorting),
        (Attention::Opened, _) => Some(Row::Opened),
    };
    let mut liveliest = own;
    for row in opened.into_iter().chain(changed.map(|_| Row::JustChanged)) {
        if let Every::Interval(interval) = row.every(situation.intervals)
            && interval < shortest
        {
            (liveliest, shortest) = (row, interval);
        }
    }
    liveliest
}

const JUST_CHANGED: Duration = Duration::from_secs(30);
const DAY: Duration = Duration::from_hours(24);
/// How long a `Partial` has to stay the same; [`Snapshot::is_settled`] says the same.
const PARTIAL_AGREES: Duration = Duration::from_mins(1);
/// No order is asked more often.
const SHORTEST: Duration = Duration::from_secs(2);
const DOUBT: Duration = Duration::from_hours(1);

fn row_of_state(situation: &Situation<'_>, now: Now) -> Row {
    let Some(snapshot) = situation.snapshot else {
        return processing(now.moment.since(situation.watched));
    };
    if snapshot.is_settled() {
        return Row::Settled;
    }
    let unchanged = elapsed(snapshot.same_since, now.wall);
    match snapshot.order.status {
        OrderStatus::Processing => {
            let began = snapshot.order.created.unwrap_or(snapshot.first_seen);
            processing(elapsed(began, now.wall))
        }
        OrderStatus::Submitted
        | OrderStatus::PendingDocuments
        | OrderStatus::Foc
        | OrderStatus::ChangeRequested
        | OrderStatus::CancelRequested
        | OrderStatus::Exception => {
            let distance = snapshot.order.foc_date.as_ref().and_then(|date| date.distance(now.wall));
            if distance.is_some_and(|distance| distance <= DAY) { Row::PortingNearFoc } else { Row::Porting }
        }
        OrderStatus::Partial if snapshot.counts.processing == 0 => {
            let agreed = elapsed(snapshot.same_since, snapshot.read_at);
            Row::PartialUnconfirmed(PARTIAL_AGREES.saturating_sub(agreed).max(SHORTEST))
        }
        OrderStatus::Partial
        | OrderStatus::Successful
        | OrderStatus::Failed
        | OrderStatus::Cancelled
        | OrderStatus::Unknown(_) => {
            if unchanged < DOUBT {
                Row::Doubtful
            } else {
                Row::DoubtfulOld
            }
        }
    }
}

/// The rows of Processing by age.
fn processing(age: Duration) -> Row {
    const ROWS: [(Duration, Row); 3] = [
        (Duration::from_mins(2), Row::ProcessingNew),
        (Duration::from_mins(15), Row::ProcessingYoung),
        (Duration::from_hours(2), Row::ProcessingGrown),
    ];
    ROWS.iter().find(|(younger_than, _)| age < *younger_than).map_or(Row::ProcessingOld, |(_, row)| *row)
}

#[cfg(test)]
mod tests;
