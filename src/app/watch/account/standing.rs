//! Whether an account can be asked: its credentials and the network, as the answers to its requests tell.

use super::Account;
use crate::app::effect::RequestId;
use crate::domain::{Failure, FailureKind, Moment, NetworkStage};
use std::time::Duration;

/// Before credentials are tried again that nobody has said to be new.
const REST: Duration = Duration::from_secs(30);
/// Between the first probes of a network that failed; doubled up to [`PROBE_MOST`].
const PROBE: Duration = Duration::from_secs(1);
pub(in crate::app) const PROBE_MOST: Duration = Duration::from_secs(15);

/// Whether an account can be asked.
#[derive(Clone, Debug, PartialEq)]
pub(in crate::app::watch) enum Standing {
    /// It can.
    Open,
    /// The network failed: one request at a time finds out when it is back.
    Unreachable { why: Box<Failure>, outage: Outage, probe: Probe },
    /// The credentials are refused or missing.
    Resting { why: Box<Failure>, probe: Probe },
}

/// How sure it is that the network is down.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::app::watch) enum Outage {
    /// Requests failed once: it may be over with the next one.
    Suspected,
    /// A probe has failed since.
    Confirmed,
}

/// One request at a time, to find out whether an account can be asked again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::app::watch) struct Probe {
    /// Since when it cannot: an answer to an earlier request does not count.
    pub(in crate::app::watch) since: Moment,
    /// The earliest moment of the next probe.
    pub(in crate::app::watch) next: Moment,
    /// The wait after the next failure.
    pub(in crate::app::watch) pause: Duration,
    /// The probe that is in flight.
    pub(in crate::app::watch) request: Option<RequestId>,
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

impl Account {
    /// Notes that a request was sent: where the account cannot be asked, it is the one that finds out.
    pub(in crate::app::watch) fn probes_with(&mut self, request: RequestId) {
        if let Some(probe) = self.probe() {
            probe.request = Some(request);
        }
    }

    /// From when on a request may be sent; none while one is out to find out.
    pub(in crate::app::watch) fn open_from(&self, now: Moment) -> Option<Moment> {
        match &self.standing {
            Standing::Open => Some(now),
            Standing::Unreachable { probe, .. } | Standing::Resting { probe, .. } => match probe.request {
                None => Some(probe.next),
                Some(_) => None,
            },
        }
    }

    /// Notes that nobody waits for a request any more.
    pub(in crate::app::watch) fn forget(&mut self, request: RequestId) {
        if let Some(probe) = self.probe().filter(|probe| probe.request == Some(request)) {
            probe.request = None;
        }
    }

    /// Notes that a request went unanswered without a reason of the account's.
    pub(in crate::app::watch) fn lost(&mut self, request: RequestId, now: Moment) {
        let most = self.longest_pause();
        if let Some(probe) = self.probe().filter(|probe| probe.request == Some(request)) {
            probe.failed(now, most);
        }
    }

    /// Why the account rests.
    pub(in crate::app::watch) fn resting(&self) -> Option<&Failure> {
        match &self.standing {
            Standing::Resting { why, .. } => Some(why),
            Standing::Open | Standing::Unreachable { .. } => None,
        }
    }

    /// Why the account cannot be reached; none before a second request has failed, so that a connection that breaks
    /// for a moment is no outage.
    pub(in crate::app::watch) fn unreachable(&self) -> Option<&Failure> {
        match &self.standing {
            Standing::Unreachable { why, outage: Outage::Confirmed, .. } => Some(why),
            Standing::Unreachable { outage: Outage::Suspected, .. }
            | Standing::Open
            | Standing::Resting { .. } => None,
        }
    }

    /// Probes at once: somebody says that things are mended.
    pub(in crate::app::watch) fn probe_now(&mut self, now: Moment) {
        match &mut self.standing {
            Standing::Open => {}
            Standing::Unreachable { probe, .. } => *probe = Probe { next: now, ..Probe::new(now, PROBE) },
            Standing::Resting { probe, .. } => *probe = Probe { next: now, ..Probe::new(now, REST) },
        }
    }

    /// What an answer to `request`, sent at `since`, says about the account.
    pub(in crate::app::watch) fn learn(
        &mut self,
        request: RequestId,
        since: Moment,
        failure: Option<&Failure>,
        now: Moment,
    ) -> Learnt {
        let reach = failure.map_or(Reach::Answered, |failure| Reach::of(failure.kind));
        match (&mut self.standing, reach, failure) {
            (Standing::Resting { why, .. }, Reach::Denied, Some(failure)) => **why = failure.clone(),
            (Standing::Open | Standing::Unreachable { .. }, Reach::Denied, Some(failure)) => {
                let why = Box::new(failure.clone());
                self.standing = Standing::Resting { why, probe: Probe::new(now, REST) };
                return Learnt::Denied;
            }
            (Standing::Open, Reach::NoNetwork, Some(failure)) => return self.is_unreachable(failure, now),
            (Standing::Resting { why, probe }, Reach::NoNetwork, Some(failure))
                if has_been_signed(why, probe, since) =>
            {
                return self.is_unreachable(failure, now);
            }
            (Standing::Unreachable { why, outage, probe }, Reach::NoNetwork, Some(failure))
                if probe.request == Some(request) =>
            {
                **why = failure.clone();
                *outage = Outage::Confirmed;
            }
            (Standing::Unreachable { probe, .. }, Reach::Answered | Reach::Busy, _)
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
            (Standing::Open | Standing::Unreachable { .. } | Standing::Resting { .. }, _, _) => {}
        }
        self.lost(request, now);
        Learnt::Nothing
    }

    fn is_unreachable(&mut self, why: &Failure, now: Moment) -> Learnt {
        let (why, probe) = (Box::new(why.clone()), Probe::new(now, PROBE));
        self.standing = Standing::Unreachable { why, outage: Outage::Suspected, probe };
        Learnt::Unreachable
    }

    fn probe(&mut self) -> Option<&mut Probe> {
        match &mut self.standing {
            Standing::Open => None,
            Standing::Unreachable { probe, .. } | Standing::Resting { probe, .. } => Some(probe),
        }
    }

    fn longest_pause(&self) -> Duration {
        match self.standing {
            Standing::Open | Standing::Unreachable { .. } => PROBE_MOST,
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
pub(in crate::app::watch) enum Learnt {
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
