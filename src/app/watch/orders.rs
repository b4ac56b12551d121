//! The watched orders: found by key, named by slot.

use super::Watched;
use crate::domain::OrderKey;
use std::collections::HashMap;
use std::collections::hash_map::Entry;

/// A place in the engine's orders, taken again after a removal.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Slot(usize);

/// The watched orders in the order in which they came, apart from slots that are taken again.
#[derive(Debug, Default)]
pub(super) struct Orders {
    slots: Vec<Option<Watched>>,
    free: Vec<Slot>,
    places: HashMap<OrderKey, Slot>,
}

impl Orders {
    pub(super) fn place(&self, key: &OrderKey) -> Option<Slot> {
        self.places.get(key).copied()
    }

    pub(super) fn get(&self, slot: Slot) -> Option<&Watched> {
        self.slots.get(slot.0)?.as_ref()
    }

    pub(super) fn get_mut(&mut self, slot: Slot) -> Option<&mut Watched> {
        self.slots.get_mut(slot.0)?.as_mut()
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = &Watched> {
        self.slots.iter().flatten()
    }

    /// Every slot that is taken.
    pub(super) fn slots(&self) -> Vec<Slot> {
        (0..self.slots.len()).map(Slot).filter(|slot| self.get(*slot).is_some()).collect()
    }

    pub(super) fn len(&self) -> usize {
        self.places.len()
    }

    /// Makes room for so many more at once.
    pub(super) fn reserve(&mut self, more: usize) {
        let new = more.saturating_sub(self.free.len());
        self.slots.reserve(new);
        self.places.reserve(more);
    }

    /// Takes an order in; false where it is watched already.
    pub(super) fn insert(&mut self, order: Watched) -> bool {
        let Entry::Vacant(place) = self.places.entry(order.key.clone()) else { return false };
        let slot = *place.insert(self.free.pop().unwrap_or(Slot(self.slots.len())));
        match self.slots.get_mut(slot.0) {
            Some(free) => *free = Some(order),
            None => self.slots.push(Some(order)),
        }
        true
    }

    pub(super) fn remove(&mut self, key: &OrderKey) -> Option<(Slot, Watched)> {
        let slot = self.places.remove(key)?;
        self.free.push(slot);
        let order = self.slots.get_mut(slot.0)?.take()?;
        Some((slot, order))
    }
}
