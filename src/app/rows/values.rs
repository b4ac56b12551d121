//! What entries are sorted by, remembered as long as it is the same: an answer about one order has that one looked at
//! again, not ten thousand.

use super::sort::Value;
use crate::app::columns::Column;
use crate::app::query::lookup::Seen;

/// What each entry is sorted by; empty where nobody sorted by a column.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Values {
    column: Option<Column>,
    /// The list's, when they were last looked at.
    edition: u64,
    /// By entry; none where it has not been looked at.
    found: Vec<Option<Found>>,
}

/// A value, and the order's news when it was taken; none for one that is to be taken again.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Found {
    news: Option<u64>,
    value: Value,
}

/// Whether rows stay where they are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Staying {
    /// They do: a value that is known counts on.
    Yes,
    /// They go where they belong.
    No,
}

impl Values {
    /// Takes those of `column` that are not known, and those that news have come of where rows do not stay.
    pub(super) fn take(&mut self, column: Column, edition: u64, seen: &[Option<Seen<'_>>], staying: Staying) {
        if self.column != Some(column) {
            *self = Self { column: Some(column), edition, found: Vec::new() };
        }
        if self.edition != edition {
            self.edition = edition;
            self.found.iter_mut().flatten().for_each(|found| found.news = None);
        }
        self.found.resize(seen.len(), None);
        for (found, seen) in self.found.iter_mut().zip(seen) {
            let news = seen.as_ref().and_then(Seen::news);
            let counts_on = found.as_ref().is_some_and(|found| match staying {
                Staying::Yes => true,
                Staying::No => found.news.is_some() && found.news == news,
            });
            if !counts_on {
                *found = seen.as_ref().map(|seen| Found { news, value: Value::of(column, seen) });
            }
        }
    }

    /// What an entry is sorted by.
    pub(super) fn get(&self, entry: usize) -> &Value {
        self.found.get(entry).and_then(Option::as_ref).map_or(&Value::Nothing, |found| &found.value)
    }

    /// Carries them over to a list whose entries changed.
    pub(super) fn follow_entries(&mut self, entries: usize, new_place: impl Fn(usize) -> Option<usize>) {
        let mut found = vec![None; entries];
        for (old, value) in self.found.drain(..).enumerate() {
            if let Some(slot) = new_place(old).and_then(|new| found.get_mut(new)) {
                *slot = value;
            }
        }
        self.found = found;
    }
}
