//! How far each order is, for the commands that go on until all of them are.

use super::report::{Report, Stop};
use super::tally::Tally;
use crate::app::message::{Answered, Listed, WatchMessage};
use crate::app::watch::{Poll, Watch, Watched};
use crate::domain::{Bucket, Failure, FailureKind, OrderKey, Scope, Snapshot};
use crate::runtime::Headless;
use std::collections::HashSet;
use std::sync::Arc;

/// How far an order is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Standing<'w> {
    /// It has not been answered in this run, and may be yet.
    Unread,
    /// More is expected of it.
    Pending(&'w Snapshot),
    /// It goes on only when a person has done something: `PendingDocuments`, `Exception`.
    WaitsForAPerson(&'w Snapshot),
    /// Nothing more is expected of it.
    Settled(&'w Snapshot),
    /// It will not be answered however often it is asked for.
    Refused(&'w Failure),
}

/// What was heard in this run.
#[derive(Debug, Default)]
pub(super) struct Heard {
    orders: HashSet<OrderKey>,
    /// The accounts that have answered: their credentials may end, and are waited for then.
    scopes: HashSet<Arc<Scope>>,
    silence: Silence,
}

/// Whether it was told that orders do not answer.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Silence {
    #[default]
    None,
    Told,
}

impl Heard {
    /// Has the engine work on a message, and notes what it says. What the history calls settled was so when it was
    /// recorded: it is asked for once more.
    pub(super) fn step(&mut self, message: WatchMessage, keys: &[OrderKey], engine: &mut Headless) {
        self.note(&message, engine.watch());
        let is_known = matches!(message, WatchMessage::Known(_));
        engine.step(message);
        if is_known {
            let watch = engine.watch();
            let is_settled =
                |key: &&OrderKey| watch.get(key).is_some_and(|order| order.poll() == Poll::Settled);
            let settled = keys.iter().filter(is_settled).cloned().collect();
            engine.step(WatchMessage::AskNow(settled));
        }
    }

    fn note(&mut self, message: &WatchMessage, watch: &Watch) {
        match message {
            WatchMessage::Answered(answered) => {
                if let Answered { key, result: Ok(_), .. } = &**answered {
                    self.hear(key.clone());
                }
            }
            WatchMessage::Listed(listed) => {
                let Listed { scope, result: Ok(page), .. } = &**listed else { return };
                // An order without numbers is asked for by itself.
                for order in page.orders.iter().filter(|order| !order.numbers.is_empty()) {
                    let key = OrderKey { scope: scope.clone(), id: order.id };
                    if watch.get(&key).is_some() {
                        self.hear(key);
                    }
                }
            }
            _of_other_things => {}
        }
    }

    fn hear(&mut self, key: OrderKey) {
        self.scopes.insert(key.scope.clone());
        self.orders.insert(key);
    }

    /// Says of orders why they are refused, and of accounts why they rest, each once; and that orders do not answer,
    /// and when all of them do again.
    pub(super) fn tell(
        &mut self,
        standings: &[Standing<'_>],
        watch: &Watch,
        report: &mut Report<'_>,
    ) -> Result<(), Stop> {
        for standing in standings {
            if let Standing::Refused(failure) = standing {
                report.failure(failure)?;
            }
        }
        // It has answered, and is asked again as soon as it can be.
        if let Some(failure) = watch.resting() {
            report.failure(failure)?;
        }
        match (watch.health().silent, self.silence) {
            (1.., Silence::None) => {
                self.silence = Silence::Told;
                let failure = watch.iter().find_map(|order| order.failure()).map(|(failure, _)| failure);
                if let Some(failure) = failure {
                    report.note(format_args!("{}. It is asked again by itself", failure.what))?;
                }
            }
            (0, Silence::Told) => {
                self.silence = Silence::None;
                report.note("every order that is asked for answers again")?;
            }
            (0, Silence::None) | (1.., Silence::Told) => {}
        }
        Ok(())
    }

    /// How far an order is.
    pub(super) fn standing<'w>(&self, order: &'w Watched, watch: &'w Watch) -> Standing<'w> {
        if let Some((failure, _)) = order.failure()
            && is_final(failure.kind)
        {
            return Standing::Refused(failure);
        }
        let scope = &order.key().scope;
        if let Some(failure) = watch.resting_in(scope).filter(|_| !self.scopes.contains(scope)) {
            return Standing::Refused(failure);
        }
        match order.snapshot() {
            Some(snapshot) if self.orders.contains(order.key()) => of(snapshot),
            Some(_) | None => Standing::Unread,
        }
    }

    /// How far every one of these orders is, in their order.
    pub(super) fn standings<'w>(&self, keys: &[OrderKey], watch: &'w Watch) -> Vec<Standing<'w>> {
        let orders = keys.iter().filter_map(|key| watch.get(key));
        orders.map(|order| self.standing(order, watch)).collect()
    }
}

fn of(snapshot: &Snapshot) -> Standing<'_> {
    if snapshot.is_settled() {
        Standing::Settled(snapshot)
    } else if snapshot.order.status.bucket() == Bucket::ActionNeeded {
        Standing::WaitsForAPerson(snapshot)
    } else {
        Standing::Pending(snapshot)
    }
}

/// True for a refusal that asking again does not change.
const fn is_final(kind: FailureKind) -> bool {
    match kind {
        FailureKind::BadRequest | FailureKind::Forbidden | FailureKind::NotFound | FailureKind::Refused => {
            true
        }
        FailureKind::Throttled
        | FailureKind::Service
        | FailureKind::Timeout
        | FailureKind::Network(_)
        | FailureKind::Undecodable
        | FailureKind::Unauthorized
        | FailureKind::Credentials => false,
    }
}

impl Standing<'_> {
    /// True where nothing more will be heard.
    pub(super) const fn is_over(&self) -> bool {
        matches!(self, Self::Settled(_) | Self::Refused(_))
    }

    /// Counts it.
    pub(super) fn count(&self, tally: &mut Tally) {
        match self {
            Self::Unread => tally.count_unanswered(None),
            Self::Refused(failure) => tally.count_unanswered(Some(failure.kind)),
            Self::Pending(snapshot) | Self::WaitsForAPerson(snapshot) | Self::Settled(snapshot) => {
                tally.count(&snapshot.order.status, snapshot.counts);
            }
        }
    }
}
