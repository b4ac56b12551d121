//! A walk through an account's list: page after page, one in flight at a time.

use super::order::Place;
use crate::app::effect::RequestId;
use crate::domain::{Failure, FailureKind, Moment, NetworkStage, PageToken, PhoneNumberOrderId};
use crate::poll::Urgency;
use crate::poll::sweep::Length;
use std::collections::HashSet;
use std::time::Duration;

/// What a walk is for. An account has at most one of each.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Goal {
    /// Somebody chooses from the list, and waits.
    Browse,
    /// Many orders are due at once.
    Sweep,
    /// New orders are wanted.
    Follow,
}

/// Throttles of one page in a row before a walk ends: then the list is throttled whatever is asked.
const THROTTLES: u32 = 16;
/// How often a page that cannot be read is asked for again while somebody waits: each may hold half as many orders as the
/// one before, down to a single one.
const HALVINGS: u32 = 7;
/// Before a page that the service did not answer is asked for once more; doubled each time, at most [`AGAIN_MOST`].
const AGAIN: Duration = Duration::from_secs(1);
const AGAIN_MOST: Duration = Duration::from_secs(30);

/// How often the first page is asked for while nothing would be lost with it.
const TRIES: u32 = 3;
/// How long a later page may fail: with the walk all that was read is lost.
const MINUTES: Duration = Duration::from_mins(2);

/// How long a page that fails is asked for again.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Perseverance {
    /// Once more: whoever looks on can have the list read again.
    #[default]
    Once,
    /// The first page [`TRIES`] times in all, a later one for [`MINUTES`].
    Minutes,
}

/// A walk through a list.
#[derive(Debug)]
pub(super) struct Walk {
    /// Its place among what waits: a sweep's is that of its oldest order.
    pub(super) place: Place,
    pub(super) urgency: Urgency,
    /// The page that is asked for next, or is in flight; none for the first.
    pub(super) page: Option<PageToken>,
    /// Where it ends if the list goes on.
    most: Option<Length>,
    stage: Stage,
    pages: usize,
    /// Every order that it has met.
    pub(super) met: HashSet<PhoneNumberOrderId>,
    /// Whether any of them came with numbers.
    has_numbers: bool,
    /// How often the present page was throttled.
    throttles: u32,
    /// Whether any page was: then the rest is asked for no faster than it has to be, and the next walk as well.
    flow: Flow,
    /// How the walk before went.
    before: Flow,
    /// How often the present page could not be read.
    unreadable: u32,
    /// How often the present page was not answered, and since when.
    failures: u32,
    failing_since: Moment,
    perseverance: Perseverance,
}

/// Whether a walk was throttled.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Flow {
    #[default]
    Free,
    Throttled,
}

/// Where a walk stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Stage {
    /// It waits for its turn, and until this moment.
    Waiting(Moment),
    /// A page is in flight.
    InFlight { request: RequestId, since: Moment },
}

/// What a failed page means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Setback {
    /// The page is asked for again.
    Again,
    /// The list did not answer, or not with a page: it is left alone for a while.
    Silent,
    /// The list cannot be read like this: it is left alone for an hour.
    Refused,
    /// The account as a whole cannot be asked.
    Account,
}

impl Walk {
    pub(super) fn new(place: Place, urgency: Urgency, most: Option<Length>, now: Moment) -> Self {
        Self {
            place,
            urgency,
            page: None,
            most,
            stage: Stage::Waiting(now),
            pages: 0,
            met: HashSet::new(),
            has_numbers: false,
            throttles: 0,
            flow: Flow::Free,
            before: Flow::Free,
            unreadable: 0,
            failures: 0,
            failing_since: now,
            perseverance: Perseverance::Once,
        }
    }

    /// From when on its next page may be asked for; none while one is in flight.
    pub(super) fn waits_until(&self) -> Option<Moment> {
        match self.stage {
            Stage::Waiting(until) => Some(until.max(self.place.due)),
            Stage::InFlight { .. } => None,
        }
    }

    /// The request that is in flight.
    pub(super) fn request(&self) -> Option<RequestId> {
        match self.stage {
            Stage::Waiting(_) => None,
            Stage::InFlight { request, .. } => Some(request),
        }
    }

    pub(super) fn is_throttled(&self) -> bool {
        self.flow == Flow::Throttled || self.before == Flow::Throttled
    }

    /// Whether a page of it was throttled.
    pub(super) fn flow(&self) -> Flow {
        self.flow
    }

    /// The same walk, after one that went like this.
    pub(super) fn after(self, before: Flow) -> Self {
        Self { before, ..self }
    }

    /// The same walk, which gives up later or sooner.
    pub(super) fn with(self, perseverance: Perseverance) -> Self {
        Self { perseverance, ..self }
    }

    /// How much of the list it has read.
    pub(super) fn length(&self) -> Length {
        Length { pages: self.pages, orders: self.met.len() }
    }

    /// True once it has met orders, and none of them with numbers.
    pub(super) fn is_useless(&self) -> bool {
        !self.met.is_empty() && !self.has_numbers
    }

    /// True where the list goes on beyond what the walk is worth.
    pub(super) fn is_too_long(&self) -> bool {
        self.most.is_some_and(|most| self.pages >= most.pages || self.met.len() > most.orders)
    }

    pub(super) fn takes_off(&mut self, request: RequestId, now: Moment) {
        self.stage = Stage::InFlight { request, since: now };
    }

    /// The request is answered, lost or dead; gives when it was sent.
    pub(super) fn lands(&mut self, now: Moment) -> Moment {
        let stage = std::mem::replace(&mut self.stage, Stage::Waiting(now));
        match stage {
            Stage::Waiting(since) | Stage::InFlight { since, .. } => since,
        }
    }

    /// Waits no longer than for its turn.
    pub(super) fn hurries(&mut self, now: Moment) {
        match self.stage {
            Stage::Waiting(until) => self.stage = Stage::Waiting(until.min(now)),
            Stage::InFlight { .. } => {}
        }
    }

    /// Counts a page.
    pub(super) fn turns_page(&mut self) {
        self.pages += 1;
        (self.throttles, self.unreadable, self.failures) = (0, 0, 0);
    }

    /// Notes an order of the page; false if the walk has met it before.
    pub(super) fn meets(&mut self, id: PhoneNumberOrderId, has_numbers: bool) -> bool {
        self.has_numbers |= has_numbers;
        self.met.insert(id)
    }

    /// Judges a page that failed, or was lost without a failure, and waits where it is to be asked for again. `well` is
    /// when something else of the account was last answered well: while nothing is, it is not the list that fails.
    pub(super) fn fails(&mut self, failure: Option<&Failure>, well: Option<Moment>, now: Moment) -> Setback {
        match failure.map(|failure| failure.kind) {
            Some(FailureKind::Throttled) => {
                self.throttles += 1;
                self.flow = Flow::Throttled;
                if self.throttles < THROTTLES { Setback::Again } else { Setback::Silent }
            }
            Some(
                FailureKind::Unauthorized
                | FailureKind::Credentials
                | FailureKind::Network(NetworkStage::Name | NetworkStage::Connect | NetworkStage::Tls),
            ) => {
                self.counts_failure(now);
                let may_pass = failure.is_some_and(Failure::may_pass);
                let goes_on = self.pages > 0 && may_pass && self.perseveres(now);
                if goes_on { Setback::Again } else { Setback::Account }
            }
            // The token of a page may be too old.
            Some(FailureKind::BadRequest) if self.page.is_some() => Setback::Silent,
            // It may be the page of a proxy, or one that is longer than what is read: the next one is half as long.
            Some(FailureKind::Undecodable) => {
                self.unreadable += 1;
                let is_waited_for = self.urgency == Urgency::Person;
                if is_waited_for && self.unreadable <= HALVINGS { Setback::Again } else { Setback::Silent }
            }
            Some(FailureKind::Service | FailureKind::Timeout | FailureKind::Network(_)) | None => {
                self.counts_failure(now);
                let others_answer = well.is_some_and(|well| well >= self.failing_since);
                let is_over = self.failures > 1 && others_answer && !self.perseveres(now);
                if is_over { Setback::Silent } else { Setback::Again }
            }
            Some(
                FailureKind::BadRequest
                | FailureKind::Forbidden
                | FailureKind::NotFound
                | FailureKind::Refused,
            ) => Setback::Refused,
        }
    }

    /// Counts a page that was not answered; it is asked for again later each time.
    fn counts_failure(&mut self, now: Moment) {
        if self.failures == 0 {
            self.failing_since = now;
        }
        let pause = AGAIN.saturating_mul(1 << self.failures.min(5)).min(AGAIN_MOST);
        self.stage = Stage::Waiting(now.plus(pause));
        self.failures += 1;
    }

    /// Whether there is hope for a page that was not answered more than once.
    fn perseveres(&self, now: Moment) -> bool {
        match self.perseverance {
            Perseverance::Once => false,
            Perseverance::Minutes if self.pages == 0 => self.failures < TRIES,
            Perseverance::Minutes => now.since(self.failing_since) < MINUTES,
        }
    }
}
