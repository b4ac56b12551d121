//! One account in one region: its queue, its pace, and whether it can be asked at all.

use super::order::{Place, Rank};
use super::orders::Slot;
use crate::app::effect::RequestId;
use crate::domain::{Failure, FailureKind, Moment, NetworkStage, Scope};
use crate::poll::{Load, Pacer, Rate, Urgency};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use std::time::Duration;

/// Which account, a place in the engine's accounts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct AccountIndex(pub(super) usize);

/// Requests that may be in flight at once where no rate bounds them: each has a connection of its own. With a rate,
/// ten seconds of it do.
const MOST_IN_FLIGHT: usize = 128;
/// Before credentials are tried again that nobody has said to be new.
const REST: Duration = Duration::from_secs(30);
/// Between the first probes of a network that failed; doubled up to [`PROBE_MOST`].
const PROBE: Duration = Duration::from_secs(1);
const PROBE_MOST: Duration = Duration::from_secs(15);

/// One account in one region.
#[derive(Debug)]
pub(super) struct Account {
    pub(super) scope: Arc<Scope>,
    pub(super) pacer: Pacer,
    pub(super) standing: Standing,
    /// Orders of it that are watched.
    pub(super) orders: usize,
    /// Requests that may be in flight at once.
    most_in_flight: usize,
    in_flight: usize,
    /// Orders that wait for their moment and their turn.
    queue: BTreeSet<(Place, Slot)>,
    /// How many orders have which interval of their own, in whole seconds.
    intervals: BTreeMap<Duration, u32>,
    /// Orders that were throttled and keep their place.
    throttled: BTreeSet<Slot>,
}

/// Whether an account can be asked.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Standing {
    /// It can.
    Open,
    /// The network failed: one request at a time finds out when it is back.
    Unreachable(Probe),
    /// The credentials are refused or missing.
    Resting { why: Box<Failure>, probe: Probe },
}

/// One request at a time, to find out whether an account can be asked again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Probe {
    /// Since when it cannot: an answer to an earlier request does not count.
    pub(super) since: Moment,
    /// The earliest moment of the next probe.
    pub(super) next: Moment,
    /// The wait after the next failure.
    pub(super) pause: Duration,
    /// The probe that is in flight.
    pub(super) request: Option<RequestId>,
}

impl Probe {
    fn new(since: Moment, pause: Duration) -> Self {
        Self { since, next: since.plus(pause), pause, request: None }
    }

    fn failed(&mut self, now: Moment, most: Duration) {
        self.next = now.plus(self.pause);
        self.pause = (self.pause * 2).min(most);
        self.request = None;
    }
}

impl Rank {
    const fn urgency(self) -> Urgency {
        match self {
            Self::ByHand => Urgency::Person,
            Self::InTurn => Urgency::Schedule,
        }
    }
}

impl Account {
    pub(super) fn new(scope: Arc<Scope>, rate: Rate, now: Moment) -> Self {
        Self {
            scope,
            pacer: Pacer::new(rate, now),
            standing: Standing::Open,
            orders: 0,
            most_in_flight: match rate {
                Rate::Unlimited => MOST_IN_FLIGHT,
                Rate::PerSecond(_) => usize::MAX,
            },
            in_flight: 0,
            queue: BTreeSet::new(),
            intervals: BTreeMap::new(),
            throttled: BTreeSet::new(),
        }
    }

    pub(super) fn enqueue(&mut self, place: Place, slot: Slot) {
        self.queue.insert((place, slot));
    }

    pub(super) fn dequeue(&mut self, place: Place, slot: Slot) {
        self.queue.remove(&(place, slot));
    }

    /// Notes that an order of it went into flight.
    pub(super) fn takes_off(&mut self) {
        self.in_flight += 1;
    }

    /// Notes that an order of it is no longer in flight.
    pub(super) fn lands(&mut self) {
        self.in_flight = self.in_flight.saturating_sub(1);
    }

    /// Everything in the queue.
    pub(super) fn queued(&self) -> impl Iterator<Item = (Place, Slot)> + Clone {
        self.queue.iter().copied()
    }

    /// What is due, oldest first.
    pub(super) fn due(&self, now: Moment) -> impl Iterator<Item = Slot> + Clone {
        self.queued().take_while(move |(place, _)| place.due <= now).map(|(_, slot)| slot)
    }

    /// Exchanges the interval that an order adds to the load; zero adds nothing.
    pub(super) fn reweigh(&mut self, before: Duration, after: Duration) {
        if before == after {
            return;
        }
        if let Some(count) = self.intervals.get_mut(&before) {
            *count -= 1;
            if *count == 0 {
                self.intervals.remove(&before);
            }
        }
        if !after.is_zero() {
            *self.intervals.entry(after).or_default() += 1;
        }
    }

    /// Notes whether an order was throttled and keeps its place.
    pub(super) fn note_throttle(&mut self, slot: Slot, throttled: bool) {
        if throttled {
            self.throttled.insert(slot);
        } else {
            self.throttled.remove(&slot);
        }
    }

    /// Tells the pacer what is asked of it.
    pub(super) fn refresh(&mut self, now: Moment) {
        self.pacer.refresh(Load { demand: self.demand(), throttled: self.throttled.len() }, now);
    }

    /// What the intervals of its orders add up to, in requests a second.
    pub(super) fn demand(&self) -> f64 {
        self.intervals.iter().map(|(each, count)| f64::from(*count) / each.as_secs_f64()).sum()
    }

    /// When the next request may be sent and for which order; none while nothing waits, a probe is out or as many
    /// requests are in flight as may be.
    pub(super) fn next(&self, now: Moment) -> Option<(Moment, Place, Slot)> {
        if self.in_flight >= self.most_in_flight {
            return None;
        }
        let (place, slot) = *self.queue.first()?;
        let open = match &self.standing {
            Standing::Open => now,
            Standing::Unreachable(probe) | Standing::Resting { probe, .. } => match probe.request {
                None => probe.next,
                Some(_) => return None,
            },
        };
        let ready = self.pacer.ready_at(place.rank.urgency(), now);
        Some((place.due.max(open).max(ready), place, slot))
    }

    /// Notes that a request was sent.
    pub(super) fn sent(&mut self, request: RequestId, now: Moment) {
        self.pacer.spend(now);
        if let Some(probe) = self.probe() {
            probe.request = Some(request);
        }
    }

    /// Notes that nobody waits for a request any more.
    pub(super) fn forget(&mut self, request: RequestId) {
        if let Some(probe) = self.probe().filter(|probe| probe.request == Some(request)) {
            probe.request = None;
        }
    }

    /// Notes that a request went unanswered without a reason of the account's.
    pub(super) fn lost(&mut self, request: RequestId, now: Moment) {
        let most = self.longest_pause();
        if let Some(probe) = self.probe().filter(|probe| probe.request == Some(request)) {
            probe.failed(now, most);
        }
    }

    /// Why the account rests.
    pub(super) fn resting(&self) -> Option<&Failure> {
        match &self.standing {
            Standing::Resting { why, .. } => Some(why),
            Standing::Open | Standing::Unreachable(_) => None,
        }
    }

    /// Probes at once: somebody says that things are mended.
    pub(super) fn probe_now(&mut self, now: Moment) {
        match &mut self.standing {
            Standing::Open => {}
            Standing::Unreachable(probe) => *probe = Probe { next: now, ..Probe::new(now, PROBE) },
            Standing::Resting { probe, .. } => *probe = Probe { next: now, ..Probe::new(now, REST) },
        }
    }

    /// What an answer to `request`, sent at `since`, says about the account.
    pub(super) fn learn(
        &mut self,
        request: RequestId,
        since: Moment,
        failure: Option<&Failure>,
        now: Moment,
    ) -> Learnt {
        let reach = failure.map_or(Reach::Answered, |failure| Reach::of(failure.kind));
        match (&mut self.standing, reach, failure) {
            (Standing::Resting { why, .. }, Reach::Denied, Some(failure)) => **why = failure.clone(),
            (Standing::Open | Standing::Unreachable(_), Reach::Denied, Some(failure)) => {
                let why = Box::new(failure.clone());
                self.standing = Standing::Resting { why, probe: Probe::new(now, REST) };
                return Learnt::Denied;
            }
            (Standing::Open, Reach::NoNetwork, _) => return self.is_unreachable(now),
            (Standing::Resting { why, probe }, Reach::NoNetwork, _) if has_been_signed(why, probe, since) => {
                return self.is_unreachable(now);
            }
            (Standing::Unreachable(probe), Reach::Answered | Reach::Busy, _)
            | (Standing::Resting { probe, .. }, Reach::Answered, _)
                if since >= probe.since =>
            {
                self.standing = Standing::Open;
                return Learnt::Opened;
            }
            (Standing::Resting { why, probe }, Reach::Busy | Reach::Sent, _)
                if has_been_signed(why, probe, since) =>
            {
                self.standing = Standing::Open;
                return Learnt::Opened;
            }
            (Standing::Open | Standing::Unreachable(_) | Standing::Resting { .. }, _, _) => {}
        }
        self.lost(request, now);
        Learnt::Nothing
    }

    fn is_unreachable(&mut self, now: Moment) -> Learnt {
        self.standing = Standing::Unreachable(Probe::new(now, PROBE));
        Learnt::Unreachable
    }

    fn probe(&mut self) -> Option<&mut Probe> {
        match &mut self.standing {
            Standing::Open => None,
            Standing::Unreachable(probe) | Standing::Resting { probe, .. } => Some(probe),
        }
    }

    fn longest_pause(&self) -> Duration {
        match self.standing {
            Standing::Open | Standing::Unreachable(_) => PROBE_MOST,
            Standing::Resting { .. } => REST,
        }
    }
}

/// True where credentials were lacking and a request has been sent since: whatever came of it, it was signed.
fn has_been_signed(why: &Failure, probe: &Probe, since: Moment) -> bool {
    why.kind == FailureKind::Credentials && since >= probe.since
}

/// What an answer changed about an account.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Learnt {
    /// Nothing.
    Nothing,
    /// It can be asked again.
    Opened,
    /// Its credentials are refused or missing.
    Denied,
    /// The network failed.
    Unreachable,
}

/// How far a request got.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Reach {
    /// The service answered and knew us.
    Answered,
    /// The service answered, whoever we are.
    Busy,
    /// The service, or the credential chain, did not let us in.
    Denied,
    /// It was not even reached.
    NoNetwork,
    /// It was sent, and nothing is known: a slow or broken answer.
    Sent,
    /// Nothing was sent.
    Kept,
}

impl Reach {
    const fn of(kind: FailureKind) -> Self {
        match kind {
            FailureKind::Throttled | FailureKind::Service => Self::Busy,
            FailureKind::BadRequest
            | FailureKind::Forbidden
            | FailureKind::NotFound
            | FailureKind::Undecodable => Self::Answered,
            FailureKind::Unauthorized | FailureKind::Credentials => Self::Denied,
            FailureKind::Network(NetworkStage::Name | NetworkStage::Connect | NetworkStage::Tls) => {
                Self::NoNetwork
            }
            FailureKind::Network(NetworkStage::Exchange | NetworkStage::Body) | FailureKind::Timeout => {
                Self::Sent
            }
            FailureKind::Refused => Self::Kept,
        }
    }
}
