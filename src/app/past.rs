//! Changes of earlier runs, and of this one where it has had too many to keep: the history has them, and they are
//! read as far as somebody scrolls back.

use super::effect::{Effect, HistoryWork, ListId};
use super::model::{Model, Screen};
use super::update::shown_changes;
use crate::domain::{Change, OrderKey};

/// Changes that are read at once: several screens of them.
pub const PAGE: usize = 500;

/// What was read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Past {
    /// Of which orders; none before anybody looked.
    pub of: Option<PastOf>,
    /// The newest first.
    pub changes: Vec<Change>,
    /// How far it was read.
    pub reach: Reach,
    /// The newest of them has a lower sequence number than this.
    before: u64,
}

/// Whose changes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PastOf {
    /// Those of a list, as its entries were in this edition.
    List(ListId, u64),
    /// Those of an order.
    Order(OrderKey),
}

/// How far back was read.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Reach {
    /// As far as was asked for.
    #[default]
    Some,
    /// More is on its way.
    Asked,
    /// To the first change that was ever seen.
    Whole,
}

impl Past {
    /// Takes what the history has answered.
    fn take(&mut self, of: &PastOf, changes: Vec<Change>) {
        if self.of.as_ref() != Some(of) || self.reach != Reach::Asked {
            return;
        }
        self.reach = if changes.len() < PAGE { Reach::Whole } else { Reach::Some };
        self.changes.extend(changes.into_iter().rev());
    }

    /// Asks for more, from what this run has kept backwards.
    fn ask(&mut self, of: PastOf, oldest_kept: u64, keys: Vec<OrderKey>) -> Option<Effect> {
        // What this run has dropped meanwhile lies between the two: it is read again.
        if self.of.as_ref() != Some(&of) || self.before < oldest_kept {
            *self = Self { of: Some(of.clone()), before: oldest_kept, ..Self::default() };
        }
        if self.reach != Reach::Some {
            return None;
        }
        self.reach = Reach::Asked;
        let before = self.changes.last().map_or(self.before, |oldest| oldest.sequence);
        Some(Effect::History(HistoryWork::ReadChanges { of, keys, before, limit: PAGE }))
    }
}

/// Takes what the history has answered.
pub(super) fn read(model: &mut Model, of: &PastOf, changes: Vec<Change>) {
    model.past.list.take(of, changes.clone());
    model.past.order.take(of, changes);
}

/// The two that can be on the screen, one over the other.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Pasts {
    /// That of the list, for the activity screen.
    pub list: Past,
    /// That of the order that is open.
    pub order: Past,
}

/// Asks for what the screen shows and does not have.
pub(super) fn keep_up(model: &mut Model) -> Vec<Effect> {
    let oldest = model.watch.oldest_kept();
    let mut effects = Vec::new();
    match &model.screen {
        Screen::Order(screen) => {
            let of = PastOf::Order(screen.key.clone());
            // One page of an order is more than its screen shows.
            if model.past.order.of.as_ref() != Some(&of) {
                let keys = vec![screen.key.clone()];
                effects.extend(model.past.order.ask(of, oldest, keys));
            }
        }
        Screen::Activity(screen) => {
            let Some(list) = model.current_list() else { return effects };
            let of = PastOf::List(list.id, list.edition);
            let is_near_the_end = shown_changes::is_near_the_end(model, screen);
            if model.past.list.of.as_ref() != Some(&of) || is_near_the_end {
                let keys = list.keys.iter().flatten().cloned().collect();
                effects.extend(model.past.list.ask(of, oldest, keys));
            }
        }
        Screen::List | Screen::Numbers(_) => {}
    }
    effects
}
