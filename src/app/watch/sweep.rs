//! Sweeps: pages of an account's list instead of single gets, where `poll::sweep` says that they cost less.
//!
//! A sweep is a walk like any other, for orders that wait for it meanwhile. What it does not bring, or brings without
//! numbers, is asked for singly, and is not counted for the next one.

use super::account::{Account, AccountIndex, Asked, Standing};
use super::order::{Place, Poll, Rank};
use super::orders::Slot;
use super::walk::{Goal, Walk};
use super::{Sweeps, Watch, Watched};
use crate::app::Effect;
use crate::app::effect::RequestId;
use crate::domain::{Moment, Now};
use crate::poll::schedule::Outcome;
use crate::poll::sweep::Plan;
use crate::poll::{Jitter, Urgency};
use std::time::Duration;

/// An account that is not swept is not thought about again so soon: counting who is due takes time.
const CONSIDER: Duration = Duration::from_millis(250);
/// A walk takes an order along that would be due within this part of its interval: jitter has spread the orders of one
/// walk by as much.
const ALONG: u32 = 10;
/// How long an order is asked for singly that the list did not bring.
const SINGLE: Duration = Duration::from_mins(5);
/// How long an order is asked for singly that finds out whether anything answers.
const RELEASED: Duration = Duration::from_secs(30);

/// How a sweep ended for the orders that it did not bring.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Ending {
    /// The list was read to its end: it does not carry them.
    Whole,
    /// It was not: they are due as they were.
    Early,
    /// It did not answer: they are due again within their own intervals, so that they do not all come at once.
    Silent,
}

impl Watch {
    /// True if an order whose turn it is waits for a sweep instead, one under way or one that begins now. While the
    /// account cannot be asked it does not: the order finds out when it can.
    pub(super) fn is_swept(&mut self, index: AccountIndex, slot: Slot, now: Now) -> bool {
        if self.accounts[index.0].standing != Standing::Open {
            return false;
        }
        let Some(order) = self.orders.get(slot).filter(|order| can_be_swept(order, now.moment)) else {
            return false;
        };
        let Some(place) = order.place() else { return false };
        if !self.accounts[index.0].walks.contains_key(&Goal::Sweep) && !self.begin_sweep(index, place, now) {
            return false;
        }
        self.set_poll(slot, Poll::Swept(place));
        true
    }

    fn begin_sweep(&mut self, index: AccountIndex, place: Place, now: Now) -> bool {
        let account = &mut self.accounts[index.0];
        let lately = account.considered.is_some_and(|last| now.moment.since(last) < CONSIDER);
        if self.sweeps == Sweeps::Never || lately {
            return false;
        }
        account.considered = Some(now.moment);
        let due = self.due_for_sweep(&self.accounts[index.0], now.moment);
        let account = &mut self.accounts[index.0];
        let Plan::Walk(most) = account.list.plan(due.len(), now.moment) else { return false };
        let is_first =
            |slot: &Slot| self.orders.get(*slot).is_some_and(|order| order.outcome == Outcome::None);
        let urgency = if due.iter().any(is_first) { Urgency::First } else { Urgency::Schedule };
        let walk = Walk::new(place, urgency, Some(most), now.moment).after(account.swept_before);
        account.walks.insert(Goal::Sweep, walk);
        account.considered = None;
        for slot in due {
            let Some(place) = self.orders.get(slot).and_then(Watched::place) else { continue };
            self.set_poll(slot, Poll::Swept(place));
        }
        true
    }

    /// The orders that a walk may bring, and that are due or nearly so.
    fn due_for_sweep(&self, account: &Account, now: Moment) -> Vec<Slot> {
        let latest = now.plus(account.longest_interval() / ALONG);
        let queued =
            account.queued().take_while(|(place, _)| place.due <= latest || place.rank == Rank::ByHand);
        let is_due = |(place, slot): &(Place, Slot)| {
            self.orders.get(*slot).is_some_and(|order| {
                place.due <= now.plus(order.weight.interval / ALONG) && can_be_swept(order, now)
            })
        };
        queued.filter(is_due).map(|(_, slot)| slot).collect()
    }

    pub(super) fn send_page(&mut self, index: AccountIndex, goal: Goal, now: Now, effects: &mut Vec<Effect>) {
        let request = self.request();
        let account = &mut self.accounts[index.0];
        account.takes_off();
        account.probes_with(request);
        self.paces[account.pace.0].sends(now.moment);
        let Some(walk) = account.walks.get_mut(&goal) else { return };
        walk.takes_off(request, now.moment);
        effects.push(Effect::List { request, scope: account.scope.clone(), page: walk.page.clone() });
    }

    /// Gives the orders back that still wait for a sweep.
    pub(super) fn end_sweep(&mut self, index: AccountIndex, walk: &Walk, ending: Ending, now: Now) {
        let account = &mut self.accounts[index.0];
        account.swept_before = walk.flow();
        let left: Vec<_> = account.swept.iter().copied().collect();
        for slot in left {
            let Some(order) = self.orders.get_mut(slot) else { continue };
            let Some(place) = order.place() else { continue };
            let due = match ending {
                Ending::Whole if !walk.met.contains(&order.key.id) => {
                    order.single_until = now.moment.plus(SINGLE);
                    place.due
                }
                Ending::Whole | Ending::Early => place.due,
                Ending::Silent => {
                    let jitter = Jitter::of(&(&order.key, now.moment), self.seed, order.round);
                    now.moment.plus(jitter.part_of(order.weight.interval))
                }
            };
            self.set_poll(slot, Poll::Waiting(Place { due, ..place }));
            self.weigh(slot, now.moment);
        }
    }

    /// Asks one order singly while the list does not answer: if that one is answered, it is the list that fails.
    pub(super) fn release_one(&mut self, index: AccountIndex, now: Now) {
        let swept = self.accounts[index.0].swept.iter().copied();
        let placed = swept.filter_map(|slot| Some((self.orders.get(slot)?.place()?, slot)));
        let Some((place, slot)) = placed.min() else { return };
        if let Some(order) = self.orders.get_mut(slot) {
            order.single_until = now.moment.plus(RELEASED);
        }
        self.set_poll(slot, Poll::Waiting(place));
        self.weigh(slot, now.moment);
    }

    /// Takes an order out of a sweep that brought it without its numbers.
    pub(super) fn is_without_numbers(&mut self, slot: Slot, now: Now) {
        let Some(order) = self.orders.get_mut(slot) else { return };
        order.single_until = now.moment.plus(SINGLE);
        if let Poll::Swept(place) = order.poll {
            self.set_poll(slot, Poll::Waiting(place));
        }
        self.weigh(slot, now.moment);
    }

    /// Ends the sweeps of accounts whose orders are watched no longer; gives the requests that nobody waits for.
    pub(super) fn end_idle_sweeps(&mut self, now: Now) -> Vec<RequestId> {
        let mut dead = Vec::new();
        for account in self.accounts.iter_mut().filter(|account| account.orders == 0) {
            dead.extend(account.drop_walk(Goal::Sweep, now.moment));
        }
        dead
    }

    /// After a suspension no answer is awaited: a sweep ends, other walks ask for their page again.
    pub(super) fn pages_are_dead(&mut self, now: Moment) -> Vec<RequestId> {
        let mut dead = Vec::new();
        for index in self.account_indices() {
            dead.extend(self.accounts[index.0].drop_walk(Goal::Sweep, now));
            let left: Vec<_> = self.accounts[index.0].swept.iter().copied().collect();
            for slot in left {
                let Some(place) = self.orders.get(slot).and_then(Watched::place) else { continue };
                self.set_poll(slot, Poll::Waiting(place));
            }
            let account = &mut self.accounts[index.0];
            let requests: Vec<_> = account.walks.values().filter_map(Walk::request).collect();
            for request in requests {
                account.page_lands(request, now);
                account.forget(request);
                dead.push(request);
            }
        }
        dead
    }

    /// Counts an order among those that are asked as it now is, singly or not.
    fn weigh(&mut self, slot: Slot, now: Moment) {
        let Some(order) = self.orders.get_mut(slot) else { return };
        let after = super::account::Weight { asked: order.asked(now), ..order.weight };
        let account = &mut self.accounts[order.account.0];
        account.reweigh(order.weight, after);
        order.weight = after;
    }
}

impl Account {
    /// Ends a walk; gives the request that nobody waits for any more.
    pub(super) fn drop_walk(&mut self, goal: Goal, now: Moment) -> Option<RequestId> {
        let request = self.walks.get(&goal).and_then(Walk::request);
        if let Some(request) = request {
            self.page_lands(request, now);
            self.forget(request);
        }
        self.walks.remove(&goal);
        request
    }

    /// Takes a page out of flight; gives its walk and when it was sent.
    pub(super) fn page_lands(&mut self, request: RequestId, now: Moment) -> Option<(Goal, Moment)> {
        let goal = self.walk_of(request)?;
        let since = self.walks.get_mut(&goal)?.lands(now);
        self.lands();
        Some((goal, since))
    }
}

/// True for an order that a page of the list may bring: not open on the screen, not asked for by hand, and not one of
/// those that the list did not carry.
fn can_be_swept(order: &Watched, now: Moment) -> bool {
    order.asked(now) == Asked::Either && order.place().is_some_and(|place| place.rank == Rank::InTurn)
}
