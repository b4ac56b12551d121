//! One account in one region, asked as one profile: its queue, the walks through its list, and what is known of it.

mod standing;

pub(in crate::app) use standing::PROBE_MOST;
pub(super) use standing::{Learnt, Standing};

use super::order::Place;
use super::orders::Slot;
use super::pace::PaceIndex;
use super::walk::{Flow, Goal, Walk};
use crate::app::effect::RequestId;
use crate::domain::{Failure, Identity, Moment, PhoneNumberOrderId, Scope};
use crate::poll::sweep::{self, List};
use crate::poll::{Load, Rate};
use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::sync::Arc;
use std::time::Duration;

/// Which account, a place in the engine's accounts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct AccountIndex(pub(super) usize);

/// Requests that may be in flight at once where no rate bounds them: each has a connection of its own. With a rate,
/// ten seconds of it do.
const MOST_IN_FLIGHT: usize = 128;
/// What following an account adds to its load: one request a minute, however long its list is.
const FOLLOWING: f64 = 1.0 / 60.0;

/// One account in one region, asked as one profile.
#[derive(Debug)]
pub(super) struct Account {
    pub(super) scope: Arc<Scope>,
    /// The pace that it is asked at, which it may share.
    pub(super) pace: PaceIndex,
    pub(super) standing: Standing,
    /// As whom an answer was last signed.
    pub(super) identity: Option<Identity>,
    /// Orders of it that are watched.
    pub(super) orders: usize,
    /// What is known of its list.
    pub(super) list: List,
    pub(super) walks: BTreeMap<Goal, Walk>,
    /// Orders that a walk is to bring.
    pub(super) swept: BTreeSet<Slot>,
    /// When it was last thought about sweeping.
    pub(super) considered: Option<Moment>,
    /// How its last sweep went.
    pub(super) swept_before: Flow,
    /// When an order of it was last answered well by a request of its own.
    pub(super) well: Option<Moment>,
    pub(super) following: Following,
    /// Orders that its list has shown in this run, while it was followed.
    pub(super) seen: HashSet<PhoneNumberOrderId>,
    /// Why its list may not be read; none once it was.
    pub(super) refusal: Option<Box<Failure>>,
    /// Requests that may be in flight at once.
    most_in_flight: usize,
    /// Requests that are in flight.
    pub(super) in_flight: usize,
    /// Orders that wait for their moment and their turn.
    queue: BTreeSet<(Place, Slot)>,
    /// How many orders that its list may bring have which interval of their own.
    listed: BTreeMap<Duration, u32>,
    /// The same of those that are asked singly.
    single: BTreeMap<Duration, u32>,
    /// Orders that were throttled and keep their place.
    throttled: BTreeSet<Slot>,
}

/// Whether new orders of an account are wanted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Following {
    /// They are not.
    No,
    /// They are: its list is next read at this moment.
    Next(Moment),
}

/// What an order adds to the load of its account.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Weight {
    /// Its own interval in whole seconds; zero while it adds nothing.
    pub(super) interval: Duration,
    pub(super) asked: Asked,
}

/// How an order is asked for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Asked {
    /// By itself, or with a page of the list.
    #[default]
    Either,
    /// By itself: it is open on the screen, or the list does not carry it.
    Singly,
}

impl Account {
    pub(super) fn new(scope: Arc<Scope>, pace: PaceIndex, rate: Rate) -> Self {
        Self {
            scope,
            pace,
            standing: Standing::Open,
            identity: None,
            orders: 0,
            list: List::default(),
            walks: BTreeMap::new(),
            swept: BTreeSet::new(),
            considered: None,
            swept_before: Flow::Free,
            well: None,
            following: Following::No,
            seen: HashSet::new(),
            refusal: None,
            most_in_flight: match rate {
                Rate::Unlimited => MOST_IN_FLIGHT,
                Rate::PerSecond(_) => usize::MAX,
            },
            in_flight: 0,
            queue: BTreeSet::new(),
            listed: BTreeMap::new(),
            single: BTreeMap::new(),
            throttled: BTreeSet::new(),
        }
    }

    /// True while somebody wants something of it.
    pub(super) fn is_wanted(&self) -> bool {
        self.orders > 0 || self.following != Following::No
    }

    pub(super) fn enqueue(&mut self, place: Place, slot: Slot) {
        self.queue.insert((place, slot));
    }

    pub(super) fn dequeue(&mut self, place: Place, slot: Slot) {
        self.queue.remove(&(place, slot));
    }

    /// Notes that a request went into flight.
    pub(super) fn takes_off(&mut self) {
        self.in_flight += 1;
    }

    /// Notes that a request is no longer in flight.
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

    /// Who is first in the queue.
    pub(super) fn first(&self) -> Option<(Place, Slot)> {
        self.queue.first().copied()
    }

    /// Exchanges what an order adds to the load.
    pub(super) fn reweigh(&mut self, before: Weight, after: Weight) {
        if before == after {
            return;
        }
        let counts = self.intervals(before.asked);
        if let Some(count) = counts.get_mut(&before.interval) {
            *count -= 1;
            if *count == 0 {
                counts.remove(&before.interval);
            }
        }
        if !after.interval.is_zero() {
            *self.intervals(after.asked).entry(after.interval).or_default() += 1;
        }
    }

    fn intervals(&mut self, asked: Asked) -> &mut BTreeMap<Duration, u32> {
        match asked {
            Asked::Either => &mut self.listed,
            Asked::Singly => &mut self.single,
        }
    }

    /// The longest interval of an order that its list may bring.
    pub(super) fn longest_interval(&self) -> Duration {
        self.listed.last_key_value().map_or(Duration::ZERO, |(interval, _)| *interval)
    }

    /// Notes whether an order was throttled and keeps its place.
    pub(super) fn note_throttle(&mut self, slot: Slot, throttled: bool) {
        if throttled {
            self.throttled.insert(slot);
        } else {
            self.throttled.remove(&slot);
        }
    }

    /// What is asked of it: the intervals of its orders, or the walks that answer them, and what was throttled.
    pub(super) fn load(&self, now: Moment) -> Load {
        let walk = self.list.length(now).zip(self.list.least_due(now));
        let following = match self.following {
            Following::No => 0.0,
            Following::Next(_) => FOLLOWING,
        };
        let listed = sweep::demand(&self.listed, walk);
        Load {
            demand: listed + sweep::demand(&self.single, None) + following,
            beyond: self.swept_pages(now).map_or(0.0, |pages| sweep::beyond(listed, pages)),
            throttled: self.throttled.len() + self.walks.values().filter(|walk| walk.is_throttled()).count(),
        }
    }

    /// How many pages a walk asks for, where its list is walked instead of asking for its orders.
    pub(super) fn swept_pages(&self, now: Moment) -> Option<usize> {
        let length = self.list.length(now)?;
        let orders: u32 = self.listed.values().sum();
        let least = self.list.least_due(now)?;
        (usize::try_from(orders).unwrap_or(usize::MAX) >= least).then_some(length.pages)
    }

    /// From when on a request may be sent; none while a probe is out, or as many are in flight as may be.
    pub(super) fn ready_from(&self, now: Moment) -> Option<Moment> {
        if self.in_flight >= self.most_in_flight {
            return None;
        }
        self.open_from(now)
    }

    /// The walk that waits for the answer to this request.
    pub(super) fn walk_of(&self, request: RequestId) -> Option<Goal> {
        self.walks.iter().find(|(_, walk)| walk.request() == Some(request)).map(|(goal, _)| *goal)
    }
}
