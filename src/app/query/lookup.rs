//! What the engine knows about one order, as the screen needs it. The one place where the screen asks the engine
//! about orders.

use super::clock::Clock;
use crate::app::model::{List, Model};
use crate::app::past::PastOf;
use crate::app::watch::{Poll, Watch, Watched};
use crate::domain::{Change, Entry, Failure, OrderKey, Snapshot, name};
use jiff::Timestamp;
use std::time::Duration;

/// How long what changed is marked.
const MARKED: Duration = Duration::from_secs(5);

/// One order of a list.
#[derive(Clone, Copy, Debug)]
pub struct Seen<'m> {
    /// What the list says about it.
    pub entry: &'m Entry,
    /// Its key; none while its region is not known.
    pub key: Option<&'m OrderKey>,
    /// The last good answer.
    pub snapshot: Option<&'m Snapshot>,
    /// Why the last request brought none.
    pub missed: Option<Missed<'m>>,
    watched: Option<&'m Watched>,
}

/// A request that brought no order.
#[derive(Clone, Copy, Debug)]
pub struct Missed<'m> {
    /// Why.
    pub failure: &'m Failure,
    /// Since when it fails in this way, by the wall clock.
    pub since: Timestamp,
}

/// Whether an answer can be taken as the present.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Freshness {
    /// It was answered in this run, or nothing more is expected of it.
    Fresh,
    /// It is known from an earlier run only.
    Stale,
}

/// Whether something changed a moment ago.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Recency {
    /// A moment ago.
    JustChanged,
    /// Not lately.
    Resting,
}

impl<'m> Seen<'m> {
    /// An order that is watched by nobody.
    pub const fn of(entry: &'m Entry, key: Option<&'m OrderKey>, snapshot: Option<&'m Snapshot>) -> Self {
        Self { entry, key, snapshot, missed: None, watched: None }
    }
}

impl Seen<'_> {
    /// What it is called, without what tells it from another of that name.
    pub fn name(&self) -> String {
        let (id, label) = (&self.entry.id, self.entry.label.as_ref());
        if self.is_refused() { name::of_refused(id, label) } else { name::of(id, label, self.snapshot) }
    }

    /// True where it was asked for and refused, and never read before.
    pub fn is_refused(&self) -> bool {
        self.snapshot.is_none() && self.missed.is_some_and(|missed| missed.failure.kind.is_refusal())
    }

    /// Counts up with what is known of it; none where nobody watches it.
    pub fn news(&self) -> Option<u64> {
        self.watched.map(Watched::news)
    }

    /// Where it stands in the schedule; none where nobody watches it.
    pub fn poll(&self) -> Option<Poll> {
        self.watched.map(Watched::poll)
    }

    /// Whether the last good answer can be taken as the present.
    pub fn freshness(&self, clock: &Clock<'_>) -> Freshness {
        match self.snapshot {
            Some(snapshot) if snapshot.read_at < clock.started() && !snapshot.is_settled() => {
                Freshness::Stale
            }
            Some(_) | None => Freshness::Fresh,
        }
    }

    /// Whether it changed a moment ago.
    pub fn recency(&self, clock: &Clock<'_>) -> Recency {
        match self.watched.and_then(Watched::changed) {
            Some(changed) if clock.is_before(changed.plus(MARKED)) => Recency::JustChanged,
            Some(_) | None => Recency::Resting,
        }
    }
}

/// Entry `index` of a list.
pub fn entry<'m>(list: &'m List, watch: &'m Watch, index: usize) -> Option<Seen<'m>> {
    let entry = list.watchlist.entries.get(index)?;
    let key = list.keys.get(index).and_then(Option::as_ref);
    let watched = key.and_then(|key| watch.get(key));
    Some(Seen {
        entry,
        key,
        snapshot: watched.and_then(Watched::snapshot).map(AsRef::as_ref),
        missed: watched.and_then(Watched::failure).map(|(failure, since)| Missed { failure, since: *since }),
        watched,
    })
}

/// The order with this key, as the current list has it, else as any list has it.
pub fn by_key<'m>(model: &'m Model, key: &OrderKey) -> Option<Seen<'m>> {
    model.current_list().into_iter().chain(&model.lists).find_map(|list| {
        let index = list.keys.iter().position(|known| known.as_ref() == Some(key))?;
        entry(list, &model.watch, index)
    })
}

/// The observed changes of one order, the newest first: those of this run, and those of earlier ones as far as they
/// were read.
pub fn changes_of<'m>(model: &'m Model, key: &OrderKey) -> impl Iterator<Item = &'m Change> {
    let past = &model.past.order;
    let is_read = past.of.as_ref().is_some_and(|of| *of == PastOf::Order(key.clone()));
    let past = if is_read { past.changes.as_slice() } else { &[] };
    let kept = model.watch.oldest_kept();
    let past = past.iter().filter(move |change| change.sequence < kept);
    changes(model).filter(|change| change.key == *key).chain(past)
}

/// The observed changes of this run, the newest first.
pub fn changes(model: &Model) -> impl Iterator<Item = &Change> {
    model.watch.activity().iter().rev()
}
