//! What an answer does: to the order, to its account, to the history.

use super::account::{AccountIndex, Learnt};
use super::asking::Spread;
use super::order::{Earlier, Place, Poll};
use super::orders::Slot;
use super::pace::Shared;
use super::{ACTIVITY_KEPT, Watch};
use crate::app::Effect;
use crate::app::effect::RequestId;
use crate::app::message::Answered;
use crate::domain::change::Observation;
use crate::domain::snapshot::{Interval, Renewal};
use crate::domain::{
    Change, ChangeKind, Failure, FailureKind, Moment, Now, OrderKey, PhoneNumberOrder, Snapshot,
};
use crate::poll::{Attention, Outcome};
use jiff::Timestamp;
use std::sync::Arc;

/// The request in flight for an order.
#[derive(Clone, Copy, Debug)]
struct Flight {
    account: AccountIndex,
    since: Moment,
    place: Place,
}

/// Whether an answer brought anything that can be seen. Nearly all of them say what was known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum News {
    Some,
    None,
}

impl Watch {
    pub(super) fn answered(&mut self, answered: Answered, now: Now, effects: &mut Vec<Effect>) {
        let Some((slot, flight)) = self.flight(&answered.key, answered.request) else { return };
        if let Some(skew) = answered.skew {
            self.learn_skew(skew);
        }
        let received = self.correct(answered.received);
        let failure = answered.result.as_ref().err();
        if failure.is_none() {
            self.accounts[flight.account.0].well = Some(now.moment);
        }
        self.pays_for(flight.account, answered.attempts, now.moment);
        let request = answered.request;
        let learnt = self.learn(flight.account, request, flight.since, failure, now.moment);
        self.learn_identity(flight.account, answered.identity, now.moment);
        let outcome = failure.map_or(Outcome::Answered, |failure| Outcome::Failed(failure.kind));
        let news = match answered.result {
            Ok(order) => self.renew(slot, order, received, now),
            Err(failure) => self.fail(slot, failure, received),
        };
        self.conclude(slot, outcome, news, flight.place, now);
        self.follow_up(flight.account, learnt, now, effects);
    }

    /// What an answer to a request, sent at `since`, says about the account and its pace.
    pub(super) fn learn(
        &mut self,
        index: AccountIndex,
        request: RequestId,
        since: Moment,
        failure: Option<&Failure>,
        now: Moment,
    ) -> Learnt {
        pace(self.shared(index), failure, now);
        self.accounts[index.0].learn(request, since, failure, now)
    }

    /// What has to be done about that once the order or the page is seen to.
    pub(super) fn follow_up(
        &mut self,
        index: AccountIndex,
        learnt: Learnt,
        now: Now,
        effects: &mut Vec<Effect>,
    ) {
        match learnt {
            Learnt::Nothing | Learnt::Denied => {}
            Learnt::Opened => self.spread(index, Spread::Due, now),
            Learnt::Unreachable => effects.push(Effect::DropConnections),
        }
    }

    pub(super) fn lost(&mut self, request: RequestId, key: &OrderKey, now: Now) {
        let Some((slot, flight)) = self.flight(key, request) else { return };
        self.accounts[flight.account.0].lost(request, now.moment);
        self.conclude(slot, Outcome::Lost, News::Some, flight.place, now);
    }

    /// What is in flight for an order, if it is this very request.
    fn flight(&self, key: &OrderKey, request: RequestId) -> Option<(Slot, Flight)> {
        let slot = self.orders.place(key)?;
        let order = self.orders.get(slot)?;
        match order.poll {
            Poll::InFlight { request: ours, since, place } if ours == request => {
                Some((slot, Flight { account: order.account, since, place }))
            }
            Poll::InFlight { .. } | Poll::Unread | Poll::Waiting(_) | Poll::Swept(_) | Poll::Settled => None,
        }
    }

    pub(super) fn conclude(&mut self, slot: Slot, outcome: Outcome, news: News, had: Place, now: Now) {
        if let Some(order) = self.orders.get_mut(slot) {
            order.outcome = outcome;
            order.since = now.moment;
            order.round = order.round.saturating_add(1);
        }
        self.schedule(slot, had, now);
        match news {
            News::Some => self.touch(slot),
            News::None => {}
        }
    }

    pub(super) fn renew(
        &mut self,
        slot: Slot,
        answer: PhoneNumberOrder,
        received: Timestamp,
        now: Now,
    ) -> News {
        self.silent.remove(&slot);
        let Some(order) = self.orders.get_mut(slot) else { return News::None };
        let shows_its_age = order.attention == Attention::Opened;
        let had_failed = order.failure.take().is_some();
        let is_awaited = had_failed || order.outcome != Outcome::Answered;
        let earlier = std::mem::replace(&mut order.earlier, Earlier::Done);
        let before = order.snapshot.take();
        let Some(before) = before else {
            let snapshot = Arc::new(Snapshot::first(answer, received));
            order.snapshot = Some(snapshot.clone());
            let key = order.key.clone();
            self.saving.push(Observation { key, snapshot, changes: Vec::new() });
            return News::Some;
        };
        let Renewal { snapshot, changes } = before.renewed(answer, received);
        let seen = Interval { after: Some(before.read_at), by: snapshot.read_at };
        let snapshot = Arc::new(snapshot);
        order.snapshot = Some(snapshot.clone());
        if !changes.is_empty() {
            order.changed = Some(now.moment);
        }
        if earlier == Earlier::Outstanding {
            self.away.came(changes.len());
        }
        if changes.is_empty() && snapshot.order == before.order {
            self.unchanged.note(slot, now.moment);
            return if shows_its_age || is_awaited { News::Some } else { News::None };
        }
        let key = order.key.clone();
        let changes = self.number(&key, changes, seen);
        self.unchanged.forget(slot);
        self.saving.push(Observation { key, snapshot, changes });
        News::Some
    }

    /// Gives changes their sequence numbers and puts them into the activity of this run. Those of one step, of an answer
    /// or of a page of them, stay together, however many they are: what is told of them is told of all.
    fn number(&mut self, key: &OrderKey, kinds: Vec<ChangeKind>, seen: Interval) -> Vec<Change> {
        let number = |(sequence, kind)| Change { sequence, key: key.clone(), kind, seen };
        let changes: Vec<_> = (self.next_sequence..).zip(kinds).map(number).collect();
        self.next_sequence = changes.last().map_or(self.next_sequence, |last| last.sequence + 1);
        let kept = ACTIVITY_KEPT.saturating_sub(changes.len());
        let of_this_step = self.activity.partition_point(|change| change.sequence < self.step_sequence);
        self.activity.drain(..self.activity.len().saturating_sub(kept).min(of_this_step));
        self.activity.extend(changes.iter().cloned());
        changes
    }

    fn fail(&mut self, slot: Slot, failure: Failure, received: Timestamp) -> News {
        let Some(order) = self.orders.get_mut(slot) else { return News::None };
        let kind = failure.kind;
        // A refusal is an answer, and throttles and credentials are the account's affair.
        if matches!(kind, FailureKind::Service | FailureKind::Timeout | FailureKind::Network(_)) {
            self.silent.insert(slot);
        } else {
            self.silent.remove(&slot);
        }
        let may_still_answer = kind.is_transient() || kind.rests_the_account();
        if !may_still_answer && std::mem::replace(&mut order.earlier, Earlier::Done) == Earlier::Outstanding {
            self.away.given_up();
        }
        // What goes on failing in the same way has failed since the first time.
        let before = order.failure.take().filter(|before| before.0.kind == kind);
        order.failure = Some(Box::new((failure, before.map_or(received, |before| before.1))));
        News::Some
    }
}

/// Tells the pace how the service answered.
fn pace(shared: &mut Shared, failure: Option<&Failure>, now: Moment) {
    if let Some(retry_after) = failure.and_then(|failure| failure.retry_after) {
        shared.pacer.hold(retry_after, now);
    }
    match failure.map(|failure| failure.kind) {
        Some(FailureKind::Throttled) => {
            shared.pacer.throttled(now);
            shared.throttles.count(now);
        }
        None
        | Some(
            FailureKind::Service
            | FailureKind::BadRequest
            | FailureKind::Forbidden
            | FailureKind::NotFound
            | FailureKind::Undecodable
            | FailureKind::Unauthorized,
        ) => shared.pacer.answered(now),
        Some(
            FailureKind::Timeout | FailureKind::Network(_) | FailureKind::Credentials | FailureKind::Refused,
        ) => {}
    }
}
