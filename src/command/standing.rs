//! How far each order is, for the commands that go on until all of them are.

mod silence;

use super::report::Report;
use super::tally::Tally;
use crate::app::message::WatchMessage;
use crate::app::query::line::thousands;
use crate::app::watch::{Poll, Watch, Watched};
use crate::domain::text::neutralise;
use crate::domain::{Bucket, Failure, FailureKind, Moment, OrderKey, Scope, Snapshot, duration};
use crate::runtime::Headless;
use silence::{Before, Failing, News, Silence};
use std::collections::{BTreeSet, HashSet};
use std::sync::Arc;
use std::time::Duration;

/// What is said after the first answer that is no order.
const UNREADABLE: &str =
    "an order whose answer cannot be read is asked for again by itself after some minutes";

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
    scopes: BTreeSet<Arc<Scope>>,
    /// Those of them of which it was told that they rest.
    resting: BTreeSet<Arc<Scope>>,
    silence: Silence,
    recording: Recording,
}

/// Whether it was told that the history takes nothing: that is told once in a run.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Recording {
    #[default]
    Trusted,
    InTrouble,
}

impl Heard {
    /// Has the engine work on a message, and notes which orders it answers. What the history calls settled was so when it
    /// was recorded: it is asked for once more.
    pub(super) fn step(&mut self, message: WatchMessage, keys: &[OrderKey], engine: &mut Headless) {
        let is_known = matches!(message, WatchMessage::Known(_));
        engine.step(message);
        let watch = engine.watch();
        // An answer that came too late changes nothing, and does not count as one.
        watch.touched().filter(|order| order.has_answered()).for_each(|order| self.hear(order.key()));
        if is_known {
            let is_settled =
                |key: &&OrderKey| watch.get(key).is_some_and(|order| order.poll() == Poll::Settled);
            let settled = keys.iter().filter(is_settled).cloned().collect();
            engine.step(WatchMessage::AskNow(settled));
        }
    }

    fn hear(&mut self, key: &OrderKey) {
        if self.orders.insert(key.clone()) {
            self.scopes.insert(key.scope.clone());
        }
    }

    /// Says of orders why they are refused, and of accounts why they rest, each once; and that orders do not answer,
    /// and when all of them do again.
    pub(super) fn tell(
        &mut self,
        standings: &[Standing<'_>],
        watch: &Watch,
        now: Moment,
        report: &mut Report<'_>,
    ) {
        self.tell_accounts(watch, report);
        for standing in standings {
            if let Standing::Refused(failure) = standing {
                report.failure(failure);
            }
        }
        // What answers, and with no order, is asked again much later: nobody would know why nothing happens.
        let unreadable = watch.iter().filter_map(Watched::failure).map(|(failure, _)| failure);
        for failure in unreadable.filter(|failure| failure.kind == FailureKind::Undecodable) {
            report.failure(failure);
            report.note_once(UNREADABLE);
        }
        if let Some(why) = watch.trouble()
            && self.recording == Recording::Trusted
        {
            self.recording = Recording::InTrouble;
            report.note(format_args!("what is seen is not recorded, and is tried again. {why}"));
        }
        let failing = watch.iter().filter_map(|order| {
            let (failure, _) = order.failure()?;
            let is_heard = self.orders.contains(order.key());
            let before = if is_heard { Before::Answered } else { Before::Never };
            Some(Failing { key: order.key(), failure, before })
        });
        match self.silence.news(failing, now) {
            Some(News::DoNotAnswer { orders, why, lasts }) => report.note(not_answering(orders, why, lasts)),
            // Those that rest no longer fail like this, and do not answer either.
            Some(News::Answer) if watch.resting().is_none() => {
                report.note("every order that is asked for answers again");
            }
            Some(News::Answer) | None => {}
        }
    }

    /// Says of accounts that have answered why they rest, and when they no longer do.
    fn tell_accounts(&mut self, watch: &Watch, report: &mut Report<'_>) {
        for scope in &self.scopes {
            match (watch.resting_in(scope), self.resting.contains(scope)) {
                (Some(failure), true) => report.failure(failure),
                (Some(failure), false) => {
                    self.resting.insert(Arc::clone(scope));
                    report.failure_anew(failure);
                    if failure.may_pass() {
                        report.note(format_args!("{} wait for new credentials", orders_of(scope)));
                    }
                }
                (None, true) => {
                    self.resting.remove(scope);
                    report.note(format_args!("{} are asked for again", orders_of(scope)));
                }
                (None, false) => {}
            }
        }
    }

    /// What an order last answered in this run.
    pub(super) fn last<'w>(&self, order: &'w Watched) -> Option<&'w Snapshot> {
        order.snapshot().filter(|_| self.orders.contains(order.key())).map(|snapshot| &**snapshot)
    }

    /// How far an order is.
    pub(super) fn standing<'w>(&self, order: &'w Watched, watch: &'w Watch) -> Standing<'w> {
        if let Some((failure, _)) = order.failure()
            && is_final(failure.kind)
        {
            return Standing::Refused(failure);
        }
        let standing = self.last(order).map_or(Standing::Unread, Standing::of);
        let scope = &order.key().scope;
        // An account that has answered is waited for, if that can come to anything.
        let is_lost = |failure: &&Failure| !self.scopes.contains(scope) || !failure.may_pass();
        match watch.resting_in(scope).filter(is_lost) {
            Some(failure) if !standing.is_over() => Standing::Refused(failure),
            Some(_) | None => standing,
        }
    }

    /// How far every one of these orders is, in their order.
    pub(super) fn standings<'w>(&self, keys: &[OrderKey], watch: &'w Watch) -> Vec<Standing<'w>> {
        let orders = keys.iter().filter_map(|key| watch.get(key));
        orders.map(|order| self.standing(order, watch)).collect()
    }
}

/// Why orders do not answer, and for how long.
fn not_answering(orders: usize, why: &Failure, lasts: Option<Duration>) -> String {
    let what = why.what.shown();
    let lasts =
        lasts.map(|lasts| format!(", for {} now", duration::written(Duration::from_secs(lasts.as_secs()))));
    let lasts = lasts.unwrap_or_default();
    match orders {
        1 => format!("{what}. It is asked again by itself{lasts}"),
        orders => {
            format!(
                "{what}. {} orders do not answer and are asked again by themselves{lasts}",
                thousands(orders)
            )
        }
    }
}

/// `orders in us-east-1 as prod`
fn orders_of(scope: &Scope) -> String {
    format!("orders in {} as {}", neutralise(&scope.region), neutralise(scope.profile_name()))
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

impl<'w> Standing<'w> {
    /// How far an order is that was answered like this.
    pub(super) fn of(snapshot: &'w Snapshot) -> Self {
        if snapshot.is_settled() {
            Self::Settled(snapshot)
        } else if snapshot.order.status.bucket() == Bucket::ActionNeeded {
            Self::WaitsForAPerson(snapshot)
        } else {
            Self::Pending(snapshot)
        }
    }

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
