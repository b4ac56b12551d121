//! Asking: the queue of each account meets its pace.

use super::account::{Account, AccountIndex};
use super::order::{Place, Poll, Rank};
use super::orders::Slot;
use super::{Asking, Watch, Watched};
use crate::app::Effect;
use crate::domain::{FailureKind, Moment, Now, OrderKey};
use crate::poll::schedule::{self, Attention, Outcome, Situation, Wish};
use crate::poll::{Jitter, Rate};
use std::time::Duration;

/// What is due after a suspension or a network failure is spread over the order's own interval, at most this: who
/// opens the lid wants to see what is so now.
const SPREAD: Duration = Duration::from_mins(1);

/// Which orders are spread.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Spread {
    /// Those that are due.
    Due,
    /// All that are not settled: nobody knows how long the clock for waiting stood still.
    All,
}

impl Watched {
    fn situation(&self, seed: u64, longest: Duration) -> Situation<'_> {
        Situation {
            snapshot: self.snapshot.as_deref(),
            watched: self.added.moment,
            outcome: self.outcome,
            since: self.since,
            changed: self.changed,
            attention: self.attention,
            jitter: Jitter::of(&self.key, seed, self.round),
            longest,
        }
    }
}

impl Watch {
    /// Sends what is due, as far as the pace of each account goes.
    pub(super) fn ask(&mut self, now: Now, effects: &mut Vec<Effect>) {
        for index in (0..self.accounts.len()).map(AccountIndex) {
            self.accounts[index.0].refresh(now.moment);
            while let Some((at, place, slot)) = self.next_of(&self.accounts[index.0], now.moment)
                && at <= now.moment
            {
                let request = self.request();
                self.accounts[index.0].sent(request, now.moment);
                self.set_poll(slot, Poll::InFlight { request, since: now.moment, place });
                if let Some(order) = self.orders.get(slot) {
                    effects.push(Effect::Fetch { request, key: order.key.clone() });
                }
            }
        }
    }

    /// When the next request of an account may be sent and for which order. While asking is paused that is only what
    /// somebody asks for by hand; such orders stand first in the queue.
    pub(super) fn next_of(&self, account: &Account, now: Moment) -> Option<(Moment, Place, Slot)> {
        account.next(now).filter(|(_, place, _)| match self.asking {
            Asking::On => true,
            Asking::Paused { .. } => place.rank == Rank::ByHand,
        })
    }

    /// Moves an order to another state of the schedule, in and out of its account's queue.
    pub(super) fn set_poll(&mut self, slot: Slot, poll: Poll) {
        let Some(order) = self.orders.get_mut(slot) else { return };
        let account = &mut self.accounts[order.account.0];
        match order.poll {
            Poll::Waiting(place) => account.dequeue(place, slot),
            Poll::InFlight { .. } => account.lands(),
            Poll::Unread | Poll::Settled => {}
        }
        match poll {
            Poll::Waiting(place) => account.enqueue(place, slot),
            Poll::InFlight { .. } => account.takes_off(),
            Poll::Unread | Poll::Settled => {}
        }
        order.poll = poll;
    }

    /// Gives an order that is not in flight the place that it now wishes for; `had` is the place it had.
    pub(super) fn schedule(&mut self, slot: Slot, had: Place, now: Now) {
        let now = self.corrected_now(now);
        let Some(order) = self.orders.get_mut(slot) else { return };
        let situation = order.situation(self.seed, self.longest_interval);
        let own = schedule::own_interval(&situation, now).map_or(Duration::ZERO, whole_seconds);
        let poll = match schedule::wish(&situation, now) {
            Wish::At(due) => Poll::Waiting(Place { rank: Rank::InTurn, due }),
            Wish::KeepsPlace => Poll::Waiting(Place { rank: Rank::InTurn, due: had.due }),
            Wish::Settled => Poll::Settled,
        };
        let account = &mut self.accounts[order.account.0];
        account.reweigh(order.interval, own);
        order.interval = own;
        let throttled = order.outcome == Outcome::Failed(FailureKind::Throttled) && poll != Poll::Settled;
        account.note_throttle(slot, throttled);
        self.set_poll(slot, poll);
    }

    pub(super) fn ask_now(&mut self, keys: &[OrderKey], now: Now, effects: &mut Vec<Effect>) {
        let slots: Vec<_> = keys.iter().filter_map(|key| self.orders.place(key)).collect();
        for slot in &slots {
            let Some(order) = self.orders.get(*slot) else { continue };
            match order.poll {
                Poll::Waiting(Place { rank: Rank::InTurn, .. }) | Poll::Settled => {
                    let place = Place { rank: Rank::ByHand, due: now.moment };
                    self.set_poll(*slot, Poll::Waiting(place));
                }
                Poll::Waiting(Place { rank: Rank::ByHand, .. }) | Poll::Unread | Poll::InFlight { .. } => {}
            }
        }
        self.try_again(|watch, account| slots.iter().any(|slot| watch.is_of(*slot, account)), now, effects);
    }

    pub(super) fn ask_all(&mut self, now: Now, effects: &mut Vec<Effect>) {
        for slot in self.orders.slots() {
            let Some(order) = self.orders.get(slot) else { continue };
            match order.poll {
                Poll::Waiting(place) if place.due > now.moment => {
                    self.set_poll(slot, Poll::Waiting(Place { due: now.moment, ..place }));
                }
                Poll::Waiting(_) | Poll::Unread | Poll::InFlight { .. } | Poll::Settled => {}
            }
        }
        self.try_again(|_, _| true, now, effects);
    }

    /// Lets accounts that cannot be asked try again: somebody says that things are mended.
    fn try_again(
        &mut self,
        wanted: impl Fn(&Self, AccountIndex) -> bool,
        now: Now,
        effects: &mut Vec<Effect>,
    ) {
        let wanted: Vec<_> =
            (0..self.accounts.len()).map(AccountIndex).filter(|index| wanted(self, *index)).collect();
        if wanted.iter().any(|index| self.accounts[index.0].resting().is_some()) {
            effects.push(Effect::ForgetCredentials);
        }
        for index in wanted {
            self.accounts[index.0].probe_now(now.moment);
        }
    }

    fn is_of(&self, slot: Slot, account: AccountIndex) -> bool {
        self.orders.get(slot).is_some_and(|order| order.account == account)
    }

    pub(super) fn open(&mut self, key: Option<OrderKey>, now: Now) {
        let before = std::mem::replace(&mut self.opened, key);
        if before == self.opened {
            return;
        }
        let turns = [(before, Attention::Listed), (self.opened.clone(), Attention::Opened)];
        for (key, attention) in turns {
            let Some(slot) = key.and_then(|key| self.orders.place(&key)) else { continue };
            let Some(order) = self.orders.get_mut(slot) else { continue };
            order.attention = attention;
            match order.poll {
                Poll::Waiting(place) if place.rank == Rank::InTurn && order.outcome != Outcome::None => {
                    self.schedule(slot, place, now);
                }
                Poll::Waiting(_) | Poll::Unread | Poll::InFlight { .. } | Poll::Settled => {}
            }
        }
    }

    pub(super) fn set_paused(&mut self, paused: bool, now: Now) {
        self.asking = if paused { Asking::Paused { since: now.wall } } else { Asking::On };
        self.version += 1;
    }

    pub(super) fn resumed(&mut self, now: Now, effects: &mut Vec<Effect>) {
        let mut dead = Vec::new();
        for slot in self.orders.slots() {
            let Some(order) = self.orders.get(slot) else { continue };
            let Poll::InFlight { request, place, .. } = order.poll else { continue };
            dead.push(request);
            self.accounts[order.account.0].forget(request);
            self.set_poll(slot, Poll::Waiting(place));
        }
        if !dead.is_empty() {
            effects.push(Effect::Abort(dead));
        }
        effects.push(Effect::DropConnections);
        for index in (0..self.accounts.len()).map(AccountIndex) {
            self.accounts[index.0].probe_now(now.moment);
            self.spread(index, Spread::All, now);
        }
    }

    /// Spreads what waits over one interval, so that a common start does not become a burst.
    pub(super) fn spread(&mut self, index: AccountIndex, which: Spread, now: Now) {
        let account = &mut self.accounts[index.0];
        account.pacer.calm(now.moment);
        let queued: Vec<_> = account.queued().filter(|(place, _)| place.rank == Rank::InTurn).collect();
        for (place, slot) in queued {
            let Some(order) = self.orders.get(slot) else { continue };
            if which == Spread::Due && place.due > now.moment {
                continue;
            }
            // By the moment and not by the round: under a flapping network nobody is last every time.
            let jitter = Jitter::of(&(&order.key, now.moment), self.seed, order.round);
            let part = jitter.part_of(order.interval.min(SPREAD));
            let due = now.moment.plus(part);
            if which == Spread::All && place.due > now.moment && place.due < due {
                continue;
            }
            self.set_poll(slot, Poll::Waiting(Place { due, ..place }));
        }
    }

    /// The account that a scope is asked as, opened where it is new.
    pub(super) fn account_of(&mut self, key: &OrderKey, rate: Rate, now: Now) -> AccountIndex {
        let known = self.accounts.iter().position(|account| account.scope == key.scope);
        AccountIndex(known.unwrap_or_else(|| {
            self.accounts.push(super::Account::new(key.scope.clone(), rate, now.moment));
            self.accounts.len() - 1
        }))
    }
}

/// Rounded down, and at least one: accounts count orders by interval, and there shall be few different ones.
fn whole_seconds(interval: Duration) -> Duration {
    Duration::from_secs(interval.as_secs().max(1))
}
