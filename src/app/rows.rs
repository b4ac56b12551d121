//! The rows of a list: which entries are shown, in which order, and where the cursor is.
//!
//! Needs you, failed numbers, moving, waiting, settled; the newest change first within a group. A row moves only
//! when its group changes, and none moves for a while after a key. Settled orders sink and fold into one line. The
//! cursor follows the order, not the row.
//!
//! Sorted by a column they stand in one run without groups and folds, and move as soon as what they are sorted by
//! changes, though not for a while after a key either.

mod place;
pub mod sort;
mod values;
mod verdicts;

pub use place::{Group, group, last_change};

use super::columns::Direction;
use super::filter::Query;
use super::model::{Fold, List};
use super::query::lookup::{self, Seen};
use super::watch::Watch;
use crate::domain::{CursorPlace, Moment, Now, OrderKey, PhoneNumberOrderId, Snapshot};
use jiff::Timestamp;
use place::Place;
pub use sort::{Sort, SortBy};
use std::collections::HashMap;
use std::time::Duration;
use values::{Staying, Values};
pub(super) use verdicts::Verdicts;

/// Fewer settled orders than this are shown as they are: a fold would save nothing.
pub const FOLD_FROM: usize = 4;
/// Longer lists are arranged by news at most once in this time; shorter ones at once.
const PAUSE: Duration = Duration::from_millis(100);
const LONG: usize = 500;

/// The rows of a list.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Rows {
    /// Places in the watchlist's entries, in the order of the screen; settled orders that are folded are not in it.
    pub shown: Vec<usize>,
    /// Settled orders that are folded away.
    pub folded: usize,
    /// Entries that the filter hides.
    pub hidden: usize,
    /// Whether settled orders are shown.
    pub fold: Fold,
    /// The filter in force, which parses; empty for all.
    pub filter: String,
    /// What they are sorted by.
    pub sort: Sort,
    /// The line of the cursor in `shown`; one past the end is the fold line.
    pub cursor: usize,
    /// The first line on the screen.
    pub offset: usize,
    /// Where the cursor was at the end of an earlier run, or what came back: it goes there as the orders come to their
    /// places, until a key is pressed.
    pub aim: Option<Aim>,
    /// Where each entry stands, and stays until its group changes.
    places: Vec<Option<Place>>,
    /// What each entry is sorted by.
    values: Values,
    /// Which entries pass the filter.
    verdicts: Verdicts,
    /// What the rows were arranged by; none before the first time, and after the entries changed.
    basis: Option<Basis>,
}

/// Where a cursor is to go.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Aim {
    /// To which line.
    pub cursor: CursorPlace,
    /// Lines that are visible above it, where there are so many.
    pub above: usize,
    /// Where it is as long as that has not come.
    pub meanwhile: Meanwhile,
}

/// Where a cursor is that cannot be where it is to go.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Meanwhile {
    /// At the top.
    Top,
    /// Where it was put.
    There,
}

/// What rows are arranged by: as long as it is the same they are up to date.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Basis {
    filter: String,
    fold: Fold,
    sort: Sort,
    news: News,
    at: Moment,
}

/// What was known: the engine's version, and the minute, because some needs come with time alone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct News {
    version: u64,
    minute: i64,
}

impl News {
    fn of(watch: &Watch, now: Now) -> Self {
        Self { version: watch.version(), minute: watch.corrected(now).as_second().div_euclid(60) }
    }
}

/// A line of the list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Line {
    /// An order: its place in the watchlist's entries.
    Order(usize),
    /// The line that stands for all settled orders.
    Fold,
}

/// Whether rows may change their places.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Movement {
    /// They may.
    Free,
    /// A key was pressed a moment ago: they stay, unless the user asked for something else.
    Held,
}

impl Rows {
    /// Lines on the screen, the fold among them.
    pub fn lines(&self) -> usize {
        self.shown.len() + usize::from(self.folded > 0)
    }

    /// The line under the cursor; none in an empty list.
    pub fn line(&self) -> Option<Line> {
        match self.shown.get(self.cursor) {
            Some(entry) => Some(Line::Order(*entry)),
            None if self.folded > 0 && self.cursor == self.shown.len() => Some(Line::Fold),
            None => None,
        }
    }

    /// The group in which an entry is shown, which may be older than what is known of it.
    pub fn group_of(&self, entry: usize) -> Option<Group> {
        self.places.get(entry).copied().flatten().map(|place| place.group)
    }

    /// Puts the cursor on an entry where it is shown, on the fold where it is folded; false where it is hidden.
    pub fn put_cursor_on(&mut self, entry: usize) -> bool {
        if let Some(line) = self.shown.iter().position(|shown| *shown == entry) {
            self.cursor = line;
            return true;
        }
        self.group_of(entry) == Some(Group::Settled) && self.put_cursor_on_fold()
    }

    /// Has the cursor go to an order as soon as it is shown.
    pub(super) fn aim_at(&mut self, id: PhoneNumberOrderId) {
        let above = self.cursor.saturating_sub(self.offset);
        self.aim = Some(Aim { cursor: CursorPlace::Order(id), above, meanwhile: Meanwhile::There });
    }

    /// Puts the cursor on the line of the settled orders; false where there is none.
    fn put_cursor_on_fold(&mut self) -> bool {
        if self.folded > 0 {
            self.cursor = self.shown.len();
        }
        self.folded > 0
    }

    /// Carries places and cursor over to a list whose entries changed: `new_place` says where an old entry went.
    pub(super) fn follow_entries(&mut self, entries: usize, new_place: impl Fn(usize) -> Option<usize>) {
        let cursor = self.line();
        let mut places = vec![None; entries];
        for (old, place) in self.places.iter().enumerate() {
            if let Some(slot) = new_place(old).and_then(|new| places.get_mut(new)) {
                *slot = *place;
            }
        }
        self.places = places;
        self.values.follow_entries(entries, &new_place);
        self.shown = self.shown.iter().filter_map(|old| new_place(*old)).collect();
        self.basis = None;
        self.cursor = match cursor {
            Some(Line::Order(old)) => new_place(old)
                .and_then(|new| self.shown.iter().position(|shown| *shown == new))
                .unwrap_or(self.cursor.min(self.shown.len().saturating_sub(1))),
            Some(Line::Fold) => self.shown.len(),
            None => self.cursor,
        };
    }

    /// True when something is known that the rows do not show yet.
    pub fn are_behind(&self, watch: &Watch, now: Now) -> bool {
        self.basis.as_ref().is_none_or(|basis| basis.news != News::of(watch, now))
    }

    /// When news may be shown at the earliest, for a long list that was arranged a moment ago.
    pub(super) fn earliest(&self) -> Moment {
        // Before the first order was read there is nothing to be calm about.
        let has_news = self.places.len() > LONG && self.places.iter().flatten().any(|place| place.was_read());
        let pause = if has_news { PAUSE } else { Duration::ZERO };
        self.basis.as_ref().map_or(Moment::START, |basis| basis.at.plus(pause))
    }
}

impl List {
    /// What is known of an entry.
    pub fn snapshot<'w>(&self, watch: &'w Watch, entry: usize) -> Option<&'w Snapshot> {
        let key = self.keys.get(entry)?.as_ref()?;
        watch.get(key)?.snapshot().map(AsRef::as_ref)
    }

    /// The key under the cursor; none on the fold, in an empty list, and while its region is not known.
    pub fn key_at_cursor(&self) -> Option<&OrderKey> {
        match self.rows.line()? {
            Line::Order(entry) => self.keys.get(entry)?.as_ref(),
            Line::Fold => None,
        }
    }

    /// The entry of an order.
    pub fn entry_of(&self, key: &OrderKey) -> Option<usize> {
        self.keys.iter().position(|known| known.as_ref() == Some(key))
    }
}

/// Brings the rows up to date, as far as `movement` lets them.
pub fn arrange(list: &mut List, watch: &Watch, now: Now, movement: Movement) {
    let news = News::of(watch, now);
    let rows = &list.rows;
    let is_as_asked = rows.basis.as_ref().is_some_and(|basis| {
        basis.filter == rows.filter && basis.fold == rows.fold && basis.sort == rows.sort
    });
    let may_move = match movement {
        Movement::Free => now.moment >= rows.earliest(),
        Movement::Held => false,
    };
    if is_as_asked && (!may_move || !rows.are_behind(watch, now)) {
        return;
    }
    let mut values = std::mem::take(&mut list.rows.values);
    let mut verdicts = std::mem::take(&mut list.rows.verdicts);
    // The engine is asked once for each entry.
    let seen: Vec<_> =
        (0..list.watchlist.entries.len()).map(|entry| lookup::entry(list, watch, entry)).collect();
    let places = places(list, &seen, watch.corrected(now), movement);
    sort_by(&mut values, list, &seen, movement);
    let query = Query::of(&list.rows.filter);
    let passes = verdicts.of((&query, &list.rows.filter), list, &seen, watch, now);
    let (shown, folded, hidden) = lines(list, &query, &passes, &places, &values);
    let rows = &mut list.rows;
    rows.verdicts = verdicts;
    let before = (rows.line(), rows.shown.len(), rows.basis.take());
    // Held rows still owe what came since: they stay behind the news they were last arranged by.
    let news = match (movement, &before.2) {
        (Movement::Held, Some(basis)) => basis.news,
        (Movement::Free, _) | (Movement::Held, None) => news,
    };
    let is_other_filter = before.2.is_none_or(|basis| basis.filter != rows.filter);
    rows.basis =
        Some(Basis { filter: rows.filter.clone(), fold: rows.fold, sort: rows.sort, news, at: now.moment });
    (rows.shown, rows.folded, rows.hidden) = (shown, folded, hidden);
    (rows.places, rows.values) = (places, values);
    match before.0 {
        Some(Line::Order(entry)) if !rows.put_cursor_on(entry) && is_other_filter => rows.cursor = 0,
        Some(Line::Order(_)) | None => {}
        // An opened fold leaves the cursor on the first order that it held.
        Some(Line::Fold) if rows.folded == 0 => rows.cursor = before.1,
        Some(Line::Fold) => rows.cursor = rows.shown.len(),
    }
    rows.cursor = rows.cursor.min(rows.lines().saturating_sub(1));
    take_aim(list);
}

/// Puts the cursor where it was in an earlier run, or at the top as long as that order has not come.
fn take_aim(list: &mut List) {
    let Some(Aim { cursor, above, meanwhile }) = list.rows.aim else { return };
    let is_there = match cursor {
        CursorPlace::Order(id) => {
            let entry = list.watchlist.entries.iter().position(|entry| entry.id == id);
            entry.is_some_and(|entry| list.rows.put_cursor_on(entry))
        }
        CursorPlace::Settled => list.rows.put_cursor_on_fold(),
    };
    match (meanwhile, is_there) {
        // What is on the screen stays where it is.
        (Meanwhile::There, _) => return,
        (Meanwhile::Top, false) => list.rows.cursor = 0,
        (Meanwhile::Top, true) => {}
    }
    list.rows.offset = list.rows.cursor.saturating_sub(above);
}

/// Where each entry stands: where it stood, unless its group changed and rows may move.
fn places(list: &List, seen: &[Option<Seen<'_>>], wall: Timestamp, movement: Movement) -> Vec<Option<Place>> {
    seen.iter()
        .enumerate()
        .map(|(entry, seen)| {
            let known = list.rows.places.get(entry).copied().flatten();
            match (known, movement) {
                (Some(place), Movement::Held) => Some(place),
                (Some(_) | None, Movement::Free) | (None, Movement::Held) => {
                    let place = Place::of(seen.as_ref().and_then(|seen| seen.snapshot), wall);
                    Some(
                        known.filter(|known| known.group == place.group && known.was_read()).unwrap_or(place),
                    )
                }
            }
        })
        .collect()
}

/// What each entry is sorted by: what it was sorted by, unless rows may move or are sorted by something else now.
fn sort_by(values: &mut Values, list: &List, seen: &[Option<Seen<'_>>], movement: Movement) {
    let SortBy::Column(column) = list.rows.sort.by else {
        *values = Values::default();
        return;
    };
    let is_as_asked = list.rows.basis.as_ref().is_none_or(|basis| basis.sort.by == list.rows.sort.by);
    let staying = match movement {
        Movement::Held if is_as_asked => Staying::Yes,
        Movement::Held | Movement::Free => Staying::No,
    };
    values.take(column, list.edition, seen, staying);
}

/// The entries that are shown, in their order; how many are folded; how many are hidden.
fn lines(
    list: &List,
    query: &Query,
    passes: &[bool],
    places: &[Option<Place>],
    values: &Values,
) -> (Vec<usize>, usize, usize) {
    let mut standing: Vec<Option<Place>> =
        places.iter().zip(passes).map(|(place, passes)| place.filter(|_| *passes)).collect();
    // What was shown comes first and in its order: where little has changed there is little to sort.
    let mut sorted: Vec<(Place, usize)> = (list.rows.shown.iter().copied().chain(0..places.len()))
        .filter_map(|entry| Some((standing.get_mut(entry)?.take()?, entry)))
        .collect();
    let hidden = places.len() - sorted.len();
    let Sort { by, direction } = list.rows.sort;
    match (by, direction) {
        (SortBy::Need, Direction::Ascending) => sorted.sort(),
        (SortBy::Need, Direction::Descending) => sorted.sort_by(|one, other| other.cmp(one)),
        (SortBy::Column(_), direction) => sorted.sort_by(|one, other| {
            // What is equal stands in the order in which it needs you.
            values.get(one.1).compare(values.get(other.1), direction).then_with(|| one.cmp(other))
        }),
    }
    let settled = sorted.iter().filter(|(place, _)| place.group == Group::Settled).count();
    let may_fold = list.rows.sort.is_default() && query.is_empty();
    let folds = may_fold && list.rows.fold == Fold::Folded && settled >= FOLD_FROM;
    if folds {
        sorted.truncate(sorted.len() - settled);
    }
    (sorted.into_iter().map(|(_, entry)| entry).collect(), if folds { settled } else { 0 }, hidden)
}

/// Where each order of `new` stood in `old`, by the old place.
pub(super) fn moved<T: Eq + std::hash::Hash>(
    old: impl Iterator<Item = T>,
    new: impl Iterator<Item = T>,
) -> Vec<Option<usize>> {
    let places: HashMap<T, usize> = new.enumerate().map(|(place, each)| (each, place)).collect();
    old.map(|each| places.get(&each).copied()).collect()
}

#[cfg(test)]
mod tests;
