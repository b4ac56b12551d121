//! Asking: what waits in each account meets its pace.

use super::account::{Account, AccountIndex, Weight};
use super::order::{Place, Poll, Rank};
use super::orders::Slot;
use super::pace::PaceIndex;
use super::walk::Goal;
use super::{Asking, Watch, Watched};
use crate::app::Effect;
use crate::domain::{FailureKind, Moment, Now, OrderKey, Scope};
use crate::poll::schedule::{self, Attention, Outcome, Situation, Wish};
use crate::poll::{Intervals, Jitter, Urgency};
use std::sync::Arc;
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

/// Whose turn it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Turn {
    /// An order.
    Order(AccountIndex, Slot),
    /// The next page of a walk.
    Page(AccountIndex, Goal),
}

impl Turn {
    /// Among turns that have waited equally long, orders before pages and as they were added: profiles that share a pace
    /// do not wait for each other's whole lists.
    const fn in_line(self) -> (bool, Option<Slot>) {
        match self {
            Self::Order(_, slot) => (false, Some(slot)),
            Self::Page(..) => (true, None),
        }
    }
}

impl Watched {
    fn situation<'a>(&'a self, seed: u64, intervals: &'a Intervals) -> Situation<'a> {
        Situation {
            snapshot: self.snapshot.as_deref(),
            watched: self.added.moment,
            outcome: self.outcome,
            since: self.since,
            changed: self.changed,
            attention: self.attention,
            jitter: Jitter::of(&self.key, seed, self.round),
            intervals,
        }
    }
}

impl Watch {
    /// Sends what is due, as far as the pace of each account goes.
    pub(super) fn ask(&mut self, now: Now, effects: &mut Vec<Effect>) {
        self.begin_following(now.moment);
        for pace in self.pace_indices() {
            let load = self.load(pace, now.moment);
            self.paces[pace.0].pacer.refresh(load, now.moment);
            while let Some((at, turn)) = self.next_turn(pace, now.moment)
                && at <= now.moment
            {
                match turn {
                    Turn::Order(account, slot) => self.send_order(account, slot, now, effects),
                    Turn::Page(account, goal) => self.send_page(account, goal, now, effects),
                }
            }
            self.review_backlog(pace, now.moment);
        }
        self.look_for_credentials(now.moment, effects);
    }

    fn send_order(&mut self, account: AccountIndex, slot: Slot, now: Now, effects: &mut Vec<Effect>) {
        let Some(place) = self.orders.get(slot).and_then(Watched::place) else { return };
        if self.is_swept(account, slot, now) {
            return;
        }
        let request = self.request();
        self.set_poll(slot, Poll::InFlight { request, since: now.moment, place });
        let account = &mut self.accounts[account.0];
        account.probes_with(request);
        self.paces[account.pace.0].sends(now.moment);
        if let Some(order) = self.orders.get(slot) {
            effects.push(Effect::Fetch { request, key: order.key.clone() });
        }
    }

    /// When the next request at a pace may be sent and for whom: of what could be sent at that moment, what has
    /// waited longest. While asking is paused that is only what somebody asks for by hand.
    pub(super) fn next_turn(&self, pace: PaceIndex, now: Moment) -> Option<(Moment, Turn)> {
        self.next_place(pace, now).map(|(_, at, turn)| (at, turn))
    }

    /// The same with its place in the queue.
    pub(super) fn next_place(&self, pace: PaceIndex, now: Moment) -> Option<(Place, Moment, Turn)> {
        let pacer = &self.paces[pace.0].pacer;
        let turns = self.sharing(pace).filter_map(|index| {
            let account = &self.accounts[index.0];
            Some((account.ready_from(now)?, index, account))
        });
        turns
            .flat_map(|(ready, index, account)| {
                let order = account.first().map(|(place, slot)| {
                    (place, place.due, self.urgency(place, slot), Turn::Order(index, slot))
                });
                let pages = account.walks.iter().filter_map(move |(goal, walk)| {
                    Some((walk.place, walk.waits_until()?, walk.urgency, Turn::Page(index, *goal)))
                });
                order.into_iter().chain(pages).map(move |(place, from, urgency, turn)| {
                    (place, from.max(ready).max(pacer.ready_at(urgency, now)), turn)
                })
            })
            .filter(|(place, ..)| match self.asking {
                Asking::On => true,
                Asking::Paused { .. } => place.rank == Rank::ByHand,
            })
            .min_by_key(|(place, at, turn)| (*at, *place, turn.in_line()))
    }

    fn urgency(&self, place: Place, slot: Slot) -> Urgency {
        match place.rank {
            Rank::ByHand => Urgency::Person,
            Rank::InTurn if self.orders.get(slot).is_some_and(|order| order.outcome == Outcome::None) => {
                Urgency::First
            }
            Rank::InTurn => Urgency::Schedule,
        }
    }

    /// Moves an order to another state of the schedule, in and out of its account's queue.
    pub(super) fn set_poll(&mut self, slot: Slot, poll: Poll) {
        let Some(order) = self.orders.get_mut(slot) else { return };
        let account = &mut self.accounts[order.account.0];
        match order.poll {
            Poll::Waiting(place) => account.dequeue(place, slot),
            Poll::InFlight { .. } => account.lands(),
            Poll::Swept(_) => {
                account.swept.remove(&slot);
            }
            Poll::Unread | Poll::Settled => {}
        }
        match poll {
            Poll::Waiting(place) => account.enqueue(place, slot),
            Poll::InFlight { .. } => account.takes_off(),
            Poll::Swept(_) => {
                account.swept.insert(slot);
            }
            Poll::Unread | Poll::Settled => {}
        }
        order.poll = poll;
    }

    /// Gives an order that is not in flight the place that it now wishes for; `had` is the place it had.
    pub(super) fn schedule(&mut self, slot: Slot, had: Place, now: Now) {
        let now = self.corrected_now(now);
        let Some(order) = self.orders.get_mut(slot) else { return };
        let situation = order.situation(self.seed, &self.intervals);
        let interval = schedule::own_interval(&situation, now).map_or(Duration::ZERO, whole_seconds);
        let weight = Weight { interval, asked: order.asked(now.moment) };
        let poll = match schedule::wish(&situation, now) {
            Wish::At(due) => Poll::Waiting(Place { rank: Rank::InTurn, due }),
            Wish::KeepsPlace => Poll::Waiting(Place { rank: Rank::InTurn, due: had.due }),
            Wish::Settled => Poll::Settled,
        };
        let account = &mut self.accounts[order.account.0];
        account.reweigh(order.weight, weight);
        order.weight = weight;
        let throttled = order.outcome == Outcome::Failed(FailureKind::Throttled) && poll != Poll::Settled;
        account.note_throttle(slot, throttled);
        self.set_poll(slot, poll);
    }

    pub(super) fn ask_now(&mut self, keys: &[OrderKey], now: Now, effects: &mut Vec<Effect>) {
        let slots: Vec<_> = keys.iter().filter_map(|key| self.orders.place(key)).collect();
        for slot in &slots {
            let Some(order) = self.orders.get(*slot) else { continue };
            match order.poll {
                Poll::Waiting(Place { rank: Rank::InTurn, .. }) | Poll::Swept(_) | Poll::Settled => {
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
                Poll::Waiting(_) | Poll::Unread | Poll::InFlight { .. } | Poll::Swept(_) | Poll::Settled => {}
            }
        }
        for walk in self.accounts.iter_mut().flat_map(|account| account.walks.values_mut()) {
            walk.hurries(now.moment);
        }
        self.try_again(|_, _| true, now, effects);
    }

    /// Lets accounts that cannot be asked try again: somebody says that things are mended.
    pub(super) fn try_again(
        &mut self,
        wanted: impl Fn(&Self, AccountIndex) -> bool,
        now: Now,
        effects: &mut Vec<Effect>,
    ) {
        let wanted: Vec<_> = self.account_indices().filter(|index| wanted(self, *index)).collect();
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
            let is_new = order.outcome == Outcome::None;
            match order.poll {
                Poll::Waiting(place) | Poll::Swept(place) if place.rank == Rank::InTurn && !is_new => {
                    self.schedule(slot, place, now);
                }
                // Its answer is not left to a page.
                Poll::Swept(place) => self.set_poll(slot, Poll::Waiting(place)),
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
        dead.extend(self.pages_are_dead(now.moment));
        if !dead.is_empty() {
            effects.push(Effect::Abort(dead));
        }
        effects.push(Effect::DropConnections);
        for index in self.account_indices() {
            self.accounts[index.0].probe_now(now.moment);
            self.spread(index, Spread::All, now);
        }
    }

    /// Spreads what waits over one interval, so that a common start does not become a burst.
    pub(super) fn spread(&mut self, index: AccountIndex, which: Spread, now: Now) {
        self.pacer(index).calm(now.moment);
        let queued: Vec<_> =
            self.accounts[index.0].queued().filter(|(place, _)| place.rank == Rank::InTurn).collect();
        for (place, slot) in queued {
            let Some(order) = self.orders.get(slot) else { continue };
            if which == Spread::Due && place.due > now.moment {
                continue;
            }
            // By the moment and not by the round: under a flapping network nobody is last every time.
            let jitter = Jitter::of(&(&order.key, now.moment), self.seed, order.round);
            let part = jitter.part_of(order.weight.interval.min(SPREAD));
            let due = now.moment.plus(part);
            if which == Spread::All && place.due > now.moment && place.due < due {
                continue;
            }
            self.set_poll(slot, Poll::Waiting(Place { due, ..place }));
        }
    }

    /// The account that a scope is asked as, opened where it is new.
    pub(super) fn account_of(&mut self, scope: &Arc<Scope>, now: Now) -> AccountIndex {
        if let Some(known) = self.known_account(scope) {
            return known;
        }
        let pace = self.new_pace(now.moment);
        self.accounts.push(Account::new(Arc::clone(scope), pace, self.rate));
        AccountIndex(self.accounts.len() - 1)
    }

    pub(super) fn known_account(&self, scope: &Scope) -> Option<AccountIndex> {
        self.accounts.iter().position(|account| *account.scope == *scope).map(AccountIndex)
    }

    pub(super) fn account_indices(&self) -> impl Iterator<Item = AccountIndex> + use<> {
        (0..self.accounts.len()).map(AccountIndex)
    }

    pub(super) fn pace_indices(&self) -> impl Iterator<Item = PaceIndex> + use<> {
        (0..self.paces.len()).map(PaceIndex)
    }
}

/// Rounded down, and at least one: accounts count orders by interval, and there shall be few different ones.
fn whole_seconds(interval: Duration) -> Duration {
    Duration::from_secs(interval.as_secs().max(1))
}
