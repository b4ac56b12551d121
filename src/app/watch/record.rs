//! What the history is given to keep.

use super::Watch;
use super::orders::Slot;
use crate::app::Effect;
use crate::app::effect::HistoryWork;
use crate::domain::attention::need_unhandled;
use crate::domain::{Moment, Now, OrderKey, Text};
use std::collections::BTreeSet;
use std::sync::Arc;
use std::time::Duration;

/// Unchanged answers are kept together, at most once in this time.
const TOUCH: Duration = Duration::from_mins(1);

/// Orders whose last answers changed nothing but their age.
#[derive(Debug, Default)]
pub(super) struct Unchanged {
    orders: BTreeSet<Slot>,
    /// When the first of them was noted, or the last ones were kept.
    since: Moment,
}

impl Unchanged {
    pub(super) fn note(&mut self, slot: Slot, now: Moment) {
        if self.orders.is_empty() {
            self.since = now;
        }
        self.orders.insert(slot);
    }

    pub(super) fn forget(&mut self, slot: Slot) {
        self.orders.remove(&slot);
    }

    pub(super) fn deadline(&self) -> Option<Moment> {
        (!self.orders.is_empty()).then(|| self.since.plus(TOUCH))
    }
}

impl Watch {
    /// Hands over what was observed since the last batch, and once a minute what was seen unchanged.
    pub(super) fn record(&mut self, now: Now, effects: &mut Vec<Effect>) {
        if let Some(batch) = self.saving.batch(now.moment) {
            effects.push(Effect::History(HistoryWork::Record(batch)));
        }
        if self.unchanged.deadline().is_some_and(|deadline| deadline <= now.moment) {
            effects.extend(self.touches(now.moment));
        }
    }

    pub(super) fn last_records(&mut self) -> Vec<Effect> {
        let rest = self.saving.rest().map(|rest| Effect::History(HistoryWork::Record(rest)));
        rest.into_iter().chain(self.touches(self.stepped)).collect()
    }

    pub(super) fn recorded(&mut self, up_to: u64) {
        self.saving.recorded(up_to);
        self.version += 1;
    }

    pub(super) fn not_recorded(&mut self, why: Text, now: Now) {
        self.saving.not_recorded(why, now.moment);
        self.version += 1;
    }

    pub(super) fn toggle_handled(&mut self, key: &OrderKey, now: Now, effects: &mut Vec<Effect>) {
        let wall = self.corrected(now);
        let Some(slot) = self.orders.place(key) else { return };
        let Some(snapshot) = self.orders.get_mut(slot).and_then(|order| order.snapshot.as_mut()) else {
            return;
        };
        let need = need_unhandled(snapshot, wall).map(|need| need.kind);
        let handled = if snapshot.handled.is_some() && snapshot.handled == need { None } else { need };
        if handled == snapshot.handled {
            return;
        }
        Arc::make_mut(snapshot).handled = handled;
        self.saving.set_handled(key, handled);
        effects.push(Effect::History(HistoryWork::SetHandled(key.clone(), handled)));
        self.touch(slot);
    }

    /// The last-seen times of unchanged orders. An order with an observation that is still pending waits: in the
    /// history its age must not run ahead of its state.
    fn touches(&mut self, now: Moment) -> Option<Effect> {
        let pending = self.saving.pending();
        let mut touches = Vec::new();
        self.unchanged.since = now;
        self.unchanged.orders.retain(|slot| {
            let Some(order) = self.orders.get(*slot) else { return false };
            let Some(snapshot) = order.snapshot.as_ref() else { return false };
            let waits = pending.contains(&order.key);
            if !waits {
                touches.push((order.key.clone(), snapshot.read_at));
            }
            waits
        });
        (!touches.is_empty()).then_some(Effect::History(HistoryWork::Touch(touches)))
    }
}
