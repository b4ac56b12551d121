//! Marked orders of a list: what actions act on instead of the order under the cursor.
//!
//! Marks are kept by order, not by line: they stay over every refresh, sort, filter and size. A list has every order
//! once, so that its id is enough, and a mark outlives another profile or region of the list.

use super::model::List;
use super::rows::Line;
use crate::domain::PhoneNumberOrderId;
use std::collections::HashSet;
use std::sync::Arc;

/// Shared with what is kept for the next start: to copy and to compare ten thousand ids at every message takes too long.
type Orders = Arc<HashSet<PhoneNumberOrderId>>;

/// What is marked in a list.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Marks {
    orders: Orders,
    range: Option<Range>,
}

/// A range that grows and shrinks with the cursor.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Range {
    /// Where it began.
    from: PhoneNumberOrderId,
    /// Where the cursor was when it was last worked out.
    to: PhoneNumberOrderId,
    /// What was marked before it began.
    before: Orders,
}

/// How many orders are marked.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Marked {
    /// All of them.
    pub all: usize,
    /// Those of them that are not shown: the filter hides them, or the fold of settled orders.
    pub hidden: usize,
}

impl Marks {
    /// True where nothing is marked.
    pub fn is_empty(&self) -> bool {
        self.orders.is_empty()
    }

    /// True while moving marks.
    pub const fn has_range(&self) -> bool {
        self.range.is_some()
    }

    /// True for a marked order.
    pub fn contains(&self, order: &PhoneNumberOrderId) -> bool {
        self.orders.contains(order)
    }

    /// Moving marks no longer; what is marked stays so. True where it did.
    pub fn end_range(&mut self) -> bool {
        self.range.take().is_some()
    }

    /// Nothing is marked any more.
    pub fn clear(&mut self) {
        *self = Self::default();
    }

    /// The marked orders, for the next start.
    pub(super) fn orders(&self) -> Orders {
        Arc::clone(&self.orders)
    }

    fn toggle(&mut self, order: PhoneNumberOrderId) {
        let orders = Arc::make_mut(&mut self.orders);
        if !orders.remove(&order) {
            orders.insert(order);
        }
    }
}

impl List {
    /// How many orders are marked.
    pub fn marked(&self) -> Marked {
        let all = self.marks.orders.len();
        let is_marked = |entry: &&usize| self.is_marked(**entry);
        let hides = self.rows.hidden + self.rows.folded > 0;
        let shown = if all > 0 && hides { self.rows.shown.iter().filter(is_marked).count() } else { all };
        Marked { all, hidden: all - shown }
    }

    /// True for a marked entry.
    pub fn is_marked(&self, entry: usize) -> bool {
        self.order_at(entry).is_some_and(|order| self.marks.contains(&order))
    }

    /// The marked entries, in the order of the screen, those that are not shown last.
    pub fn marked_entries(&self) -> Vec<usize> {
        if self.marks.is_empty() {
            return Vec::new();
        }
        let shown = self.rows.shown.iter().copied().filter(|entry| self.is_marked(*entry));
        let mut marked: Vec<usize> = shown.collect();
        let known: HashSet<usize> = marked.iter().copied().collect();
        let others = (0..self.watchlist.entries.len()).filter(|entry| !known.contains(entry));
        marked.extend(others.filter(|entry| self.is_marked(*entry)));
        marked
    }

    /// Marks the order under the cursor, or no longer; false where there is none.
    pub fn toggle_mark(&mut self) -> bool {
        self.marks.end_range();
        let order = self.order_at_cursor();
        if let Some(order) = order {
            self.marks.toggle(order);
        }
        order.is_some()
    }

    /// Marks all orders that are shown; if all of them are, none of them.
    pub fn toggle_all_marks(&mut self) {
        self.marks.end_range();
        let shown: Vec<_> = self.rows.shown.iter().filter_map(|entry| self.order_at(*entry)).collect();
        let are_marked = shown.iter().all(|order| self.marks.contains(order));
        let orders = Arc::make_mut(&mut self.marks.orders);
        if are_marked {
            for order in &shown {
                orders.remove(order);
            }
        } else {
            orders.extend(shown);
        }
    }

    /// Begins a range at the order under the cursor; false where there is none.
    pub fn begin_range(&mut self) -> bool {
        let Some(from) = self.order_at_cursor() else { return false };
        self.marks.range = Some(Range { from, to: from, before: self.marks.orders() });
        Arc::make_mut(&mut self.marks.orders).insert(from);
        true
    }

    /// The range follows the cursor; it ends where its beginning is not shown any more.
    pub fn extend_range(&mut self) {
        let Some(range) = &self.marks.range else { return };
        let here = self.rows.cursor.min(self.rows.shown.len().saturating_sub(1));
        let Some(to) = self.rows.shown.get(here).and_then(|entry| self.order_at(*entry)) else { return };
        if to == range.to {
            return;
        }
        let line = |entry: &usize| self.order_at(*entry) == Some(range.from);
        let Some(from) = self.rows.shown.iter().position(line) else {
            self.marks.range = None;
            return;
        };
        let lines = self.rows.shown.get(from.min(here)..=from.max(here)).unwrap_or_default();
        let between: Vec<_> = lines.iter().filter_map(|entry| self.order_at(*entry)).collect();
        let mut range = range.clone();
        range.to = to;
        self.marks.orders.clone_from(&range.before);
        Arc::make_mut(&mut self.marks.orders).extend(between);
        self.marks.range = Some(range);
    }

    /// What is not in the list any more is marked no longer.
    pub fn forget_marks_of_what_is_gone(&mut self) {
        if self.marks.is_empty() {
            return;
        }
        let known: HashSet<_> = self.watchlist.entries.iter().map(|entry| entry.id).collect();
        if !self.marks.orders.is_subset(&known) {
            Arc::make_mut(&mut self.marks.orders).retain(|order| known.contains(order));
        }
    }

    /// Marks what was marked at the end of the last run, as far as the list still has it.
    pub(super) fn mark_again(&mut self, orders: &Orders) {
        self.marks.orders = Arc::clone(orders);
        self.forget_marks_of_what_is_gone();
    }

    fn order_at(&self, entry: usize) -> Option<PhoneNumberOrderId> {
        Some(self.watchlist.entries.get(entry)?.id)
    }

    fn order_at_cursor(&self) -> Option<PhoneNumberOrderId> {
        match self.rows.line()? {
            Line::Order(entry) => self.order_at(entry),
            Line::Fold => None,
        }
    }
}
