//! What orders are called, those too that have left the lists while the activity still tells of them.

use super::model::{List, Model};
use super::query::lookup;
use super::watch::Watch;
use crate::domain::{Entry, OrderKey};
use std::collections::HashSet;

impl List {
    /// What an order is called.
    pub fn name(&self, watch: &Watch, entry: usize) -> Option<String> {
        Some(lookup::entry(self, watch, entry)?.name())
    }
}

impl Model {
    /// What an order is called in the current list, else in any, else what it was called before it left the last.
    pub fn name_of(&self, key: &OrderKey) -> String {
        let mut lists = self.current_list().into_iter().chain(&self.lists);
        let named = lists.find_map(|list| {
            let entry = list.entry_of(key)?;
            let has_label =
                list.watchlist.entries.get(entry)?.label.as_ref().is_some_and(|label| !label.is_empty());
            Some((list.name(&self.watch, entry)?, has_label || list.snapshot(&self.watch, entry).is_some()))
        });
        // In a list that was not opened yet nothing is known of it.
        let left = || self.left.get(key).cloned();
        match named {
            Some((name, true)) => name,
            Some((name, false)) => left().unwrap_or(name),
            None => left().unwrap_or_else(|| key.id.short().to_owned()),
        }
    }

    /// Remembers what orders are called that are about to leave a list, as far as a change of this run tells of them.
    pub(in crate::app) fn note_names(&mut self, place: usize, stays: impl Fn(&Entry) -> bool) {
        let Some(list) = self.lists.get(place) else { return };
        let leaving = list.watchlist.entries.iter().enumerate().filter(|(_, entry)| !stays(entry));
        let mut leaving = leaving.map(|(entry, _)| entry).peekable();
        if leaving.peek().is_none() {
            return;
        }
        let told: HashSet<&OrderKey> = self.watch.activity().iter().map(|change| &change.key).collect();
        let named = leaving.filter_map(|entry| {
            let key = list.keys.get(entry)?.as_ref().filter(|key| told.contains(key))?;
            Some((key.clone(), list.name(&self.watch, entry)?))
        });
        let named: Vec<(OrderKey, String)> = named.collect();
        self.left.retain(|key, _| told.contains(key));
        self.left.extend(named);
    }
}
