//! Which orders are watched, and what the history knew of them.

use super::account::Weight;
use super::order::{Earlier, Place, Poll, Rank};
use super::orders::Slot;
use super::{Watch, Watched};
use crate::app::Effect;
use crate::app::effect::HistoryWork;
use crate::domain::snapshot::Detail;
use crate::domain::{Moment, Now, OrderKey, Snapshot};
use crate::poll::{Attention, Outcome};
use std::sync::Arc;

impl Watch {
    pub(super) fn add(&mut self, mut keys: Vec<OrderKey>, now: Now, effects: &mut Vec<Effect>) {
        self.orders.reserve(keys.len());
        keys.retain(|key| self.add_one(key, now));
        if !keys.is_empty() {
            effects.push(Effect::History(HistoryWork::Load(keys)));
        }
    }

    /// Watches an order; false where that is so already. Nothing is known of it: it has nothing to tell yet.
    fn add_one(&mut self, key: &OrderKey, now: Now) -> bool {
        let account = self.account_of(&key.scope, now);
        let opened = self.opened.as_ref() == Some(key);
        let is_new = self.orders.insert(Watched {
            key: key.clone(),
            account,
            snapshot: None,
            failure: None,
            poll: Poll::Unread,
            outcome: Outcome::None,
            since: now.moment,
            added: self.corrected_now(now),
            changed: None,
            news: self.version + 1,
            attention: if opened { Attention::Opened } else { Attention::Listed },
            round: 0,
            weight: Weight::default(),
            single_until: Moment::START,
            earlier: Earlier::Done,
        });
        if is_new {
            self.version += 1;
            self.accounts[account.0].orders += 1;
        }
        is_new
    }

    pub(super) fn remove(&mut self, keys: &[OrderKey], now: Now, effects: &mut Vec<Effect>) {
        let mut dead = Vec::new();
        for key in keys {
            let Some(slot) = self.orders.place(key) else { continue };
            if self.opened.as_ref() == Some(key) {
                // What is watched no longer is open no longer, even if it comes back.
                self.opened = None;
            }
            let poll = self.orders.get(slot).map(Watched::poll);
            self.set_poll(slot, Poll::Settled);
            let Some((slot, order)) = self.orders.remove(key) else { continue };
            self.version += 1;
            self.gone.push(order.key);
            let account = &mut self.accounts[order.account.0];
            if let Some(Poll::InFlight { request, .. }) = poll {
                account.forget(request);
                dead.push(request);
            }
            account.orders -= 1;
            account.reweigh(order.weight, Weight::default());
            account.note_throttle(slot, false);
            self.silent.remove(&slot);
            self.unchanged.forget(slot);
            if order.earlier == Earlier::Outstanding {
                self.away.given_up();
            }
        }
        dead.extend(self.end_idle_sweeps(now));
        if !dead.is_empty() {
            effects.push(Effect::Abort(dead));
        }
    }

    pub(super) fn known(&mut self, known: Vec<(OrderKey, Option<Arc<Snapshot>>)>, now: Now) {
        for (key, snapshot) in known {
            let Some(slot) = self.orders.place(&key) else { continue };
            self.know(slot, snapshot, now);
        }
    }

    /// Takes what the history knows. It counts until the order is whole: from then on the answers know better.
    ///
    /// An order that comes back may have been observed in this run without being recorded yet: then that is newer.
    fn know(&mut self, slot: Slot, snapshot: Option<Arc<Snapshot>>, now: Now) {
        let unrecorded = self.orders.get(slot).and_then(|order| self.saving.latest(&order.key));
        let snapshot = unrecorded.or(snapshot);
        let started = self.started();
        let Some(order) = self.orders.get_mut(slot).filter(|order| order.poll == Poll::Unread) else {
            return;
        };
        order.snapshot = snapshot;
        let earlier = order.snapshot.as_ref().filter(|snapshot| snapshot.read_at < started);
        if let Some(earlier) = earlier {
            self.away.known(earlier.read_at);
        }
        let detail = order.snapshot.as_ref().map_or(Detail::Whole, |snapshot| snapshot.detail);
        if detail == Detail::Whole {
            if earlier.is_some_and(|snapshot| !snapshot.is_settled()) {
                order.earlier = Earlier::Outstanding;
                self.away.awaited();
            }
            self.schedule(slot, Place { rank: Rank::InTurn, due: now.moment }, now);
        }
        self.touch(slot);
    }
}
