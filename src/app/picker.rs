//! One picker for everything that is chosen from a list: what stands in it, what of it is shown, where its cursor
//! is, what is marked.
//!
//! It filters and ranks only when the filter or the items change. The cursor follows its item when the list changes
//! under it; a new filter puts it on the best match.

pub mod arrangement;
pub mod copies;
pub mod destinations;
pub mod help;
pub mod import;
mod item;
mod kind;
pub mod lists;
pub mod palette;
pub mod places;
pub mod presets;
mod ranking;
pub mod themes;

use super::model::Field;
use super::query::picker::Counts;
pub use import::Import;
pub use item::{Choice, Detail, Item, Shows, State};
use kind::Opens;
pub use kind::{Kind, KindSpec, Source, Width};
use std::collections::HashSet;

/// A list to choose from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Picker {
    /// What is chosen.
    pub kind: Kind,
    /// What the items are filtered by.
    pub field: Field,
    items: Vec<Item>,
    /// Places in `items`, in the order of the screen.
    shown: Vec<usize>,
    /// The line of the cursor in `shown`.
    cursor: usize,
    /// What the cursor was put on; none while it rests at the top.
    held: Option<Choice>,
    /// The first line on the screen.
    offset: usize,
    marked: HashSet<Choice>,
    /// Whether the way out was shown to be one that drops marks.
    pub leaving: Leaving,
    /// How many orders each filter in it would show, as far as that was asked.
    pub counts: Counts,
}

/// Whether esc leaves although something is marked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Leaving {
    /// Not yet: it says first what would be dropped.
    Unasked,
    /// That was said: it does.
    Asked,
}

/// How many items there are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Tally {
    /// Those that are shown.
    pub shown: usize,
    /// All that there are, folded ones included.
    pub total: usize,
    /// Those that are marked, shown or not.
    pub marked: usize,
}

impl Picker {
    /// A picker as it opens: the cursor on what holds now, where that is one of the items.
    pub fn new(kind: Kind, items: Vec<Item>) -> Self {
        let held = items.iter().find(|item| matches!(item.state, State::Present(_)));
        let held = held.filter(|_| kind.spec().opens == Opens::AtPresent).map(|item| item.choice.clone());
        let mut picker = Self {
            kind,
            field: Field::default(),
            items,
            shown: Vec::new(),
            cursor: 0,
            held,
            offset: 0,
            marked: HashSet::new(),
            leaving: Leaving::Unasked,
            counts: Counts::default(),
        };
        picker.arrange();
        picker
    }

    /// All items, shown or not.
    pub fn items(&self) -> &[Item] {
        &self.items
    }

    /// The items that are shown, in their order.
    pub fn shown(&self) -> impl Iterator<Item = &Item> {
        self.shown.iter().filter_map(|place| self.items.get(*place))
    }

    /// The item under the cursor; none where nothing is shown.
    pub fn at_cursor(&self) -> Option<&Item> {
        self.items.get(*self.shown.get(self.cursor)?)
    }

    /// The line of the cursor, counted from 0.
    pub const fn cursor(&self) -> usize {
        self.cursor
    }

    /// The first line on the screen.
    pub const fn offset(&self) -> usize {
        self.offset
    }

    /// Lines that the cursor can stand on.
    pub fn lines(&self) -> usize {
        self.shown.len()
    }

    /// How many items there are.
    pub fn tally(&self) -> Tally {
        Tally {
            shown: self.shown().filter(|item| item.counts()).count(),
            total: self.items.iter().filter(|item| item.counts()).count(),
            marked: self.marked.len(),
        }
    }

    /// What is typed, without spaces around it.
    pub fn filter(&self) -> &str {
        self.field.text.trim()
    }

    /// True for what is marked.
    pub fn is_marked(&self, item: &Item) -> bool {
        self.marked.contains(&item.choice)
    }

    /// What is marked, in the order in which it stands without a filter.
    pub fn marked(&self) -> Vec<&Item> {
        let mut marked: Vec<&Item> = self.items.iter().filter(|item| self.is_marked(item)).collect();
        marked.sort_by_key(|item| item.rank);
        marked
    }

    /// Puts other items in the place of those that were there. What is gone is marked no longer.
    pub fn set_items(&mut self, items: Vec<Item>) {
        if items == self.items {
            return;
        }
        self.items = items;
        if !self.marked.is_empty() {
            let can: HashSet<&Choice> =
                self.items.iter().filter(|item| item.can_be_marked()).map(|item| &item.choice).collect();
            self.marked.retain(|choice| can.contains(choice));
        }
        self.arrange();
    }

    /// Filters by what is typed now: the cursor goes to the best match.
    pub fn filter_changed(&mut self) {
        self.held = None;
        self.cursor = 0;
        self.arrange();
    }

    /// Shows all again; the cursor stays on its item.
    pub fn clear_filter(&mut self) {
        self.held = self.at_cursor().map(|item| item.choice.clone());
        self.field = Field::default();
        self.arrange();
    }

    /// Puts the cursor on a line.
    pub fn go_to(&mut self, line: usize) {
        self.cursor = line.min(self.shown.len().saturating_sub(1));
        self.held = self.at_cursor().map(|item| item.choice.clone());
    }

    /// Scrolls as little as the cursor asks for, on a screen of so many lines.
    pub fn keep_in_sight(&mut self, page: usize) {
        let lowest = (self.cursor + 1).saturating_sub(page);
        self.offset = self.offset.max(lowest).min(self.cursor).min(self.shown.len().saturating_sub(page));
    }

    /// Marks what is under the cursor, or no longer; false where it cannot be marked.
    pub fn toggle_mark(&mut self) -> bool {
        let Some(item) = self.at_cursor().filter(|item| item.can_be_marked()) else { return false };
        let choice = item.choice.clone();
        if !self.marked.remove(&choice) {
            self.marked.insert(choice);
        }
        true
    }

    /// Marks all that is shown and can be marked; if all of it is, none of it.
    pub fn toggle_all(&mut self) {
        let shown: Vec<Choice> =
            self.shown().filter(|item| item.can_be_marked()).map(|item| item.choice.clone()).collect();
        if shown.iter().all(|choice| self.marked.contains(choice)) {
            for choice in &shown {
                self.marked.remove(choice);
            }
        } else {
            self.marked.extend(shown);
        }
    }

    /// Works out what is shown.
    fn arrange(&mut self) {
        self.shown = ranking::shown(&self.items, self.filter());
        let held = self.held.as_ref().and_then(|held| self.shown().position(|item| item.choice == *held));
        self.cursor = match (held, &self.held) {
            (Some(line), _) => line,
            (None, None) => 0,
            // What it was on is gone: it stays where it was.
            (None, Some(_)) => self.cursor.min(self.shown.len().saturating_sub(1)),
        };
    }
}

#[cfg(test)]
mod tests;
