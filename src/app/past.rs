//! Changes of earlier runs, and of this one where it has had too many to keep: the history has them, and they are
//! read as far as somebody scrolls back.

use super::effect::{Effect, HistoryWork, ListId};
use super::model::{Model, Screen};
use super::update::shown_changes;
use crate::domain::usual::{Alike, Usual};
use crate::domain::{Change, OrderKey};
use std::cmp::Reverse;
use std::collections::HashMap;

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
    /// How far it was read before more was asked for.
    reached: Reach,
    /// From this sequence number on this run had kept the changes itself when they were last asked for.
    kept_from: u64,
    /// What was asked for has this sequence number and higher ones: the rest of what comes is known.
    from: u64,
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
    /// As far as could be: the history was not to be read.
    Refused,
}

impl Past {
    /// How far back the changes of `of` were read. What is on its way because this run has dropped it meanwhile counts
    /// as read.
    pub fn reach_of(&self, of: &PastOf) -> Reach {
        match self.reach {
            _ if self.of.as_ref() != Some(of) => Reach::Some,
            Reach::Asked if self.reached == Reach::Whole => Reach::Whole,
            reach => reach,
        }
    }

    /// Takes that the history could not be read: it is not asked again before somebody looks at something else.
    fn refuse(&mut self, of: &PastOf) {
        if self.of.as_ref() == Some(of) && self.reach == Reach::Asked {
            self.reach = Reach::Refused;
        }
    }

    /// Takes what the history has answered.
    fn take(&mut self, of: &PastOf, changes: &[Change]) {
        if self.of.as_ref() != Some(of) || self.reach != Reach::Asked {
            return;
        }
        let from = self.from;
        let is_cut = changes.len() >= PAGE && changes.first().is_some_and(|oldest| oldest.sequence > from);
        if from > 0 && is_cut {
            // More than a page lies between it and what was read before, which is read again in its turn.
            self.changes.clear();
            self.reached = Reach::Some;
        }
        let is_whole = self.reached == Reach::Whole || from == 0 && changes.len() < PAGE;
        self.reach = if is_whole { Reach::Whole } else { Reach::Some };
        self.changes.extend(changes.iter().rev().filter(|change| change.sequence >= from).cloned());
        // What this run has dropped meanwhile comes last and is newer.
        self.changes.sort_by_key(|change| Reverse(change.sequence));
    }

    /// Asks for more: first for what this run has dropped since, then backwards.
    fn ask(&mut self, of: PastOf, oldest_kept: u64, keys: Vec<OrderKey>) -> Option<Effect> {
        if self.of.as_ref() != Some(&of) {
            *self = Self { of: Some(of.clone()), kept_from: oldest_kept, ..Self::default() };
        }
        let has_dropped = self.kept_from < oldest_kept;
        let before = match self.reach {
            Reach::Some | Reach::Whole if has_dropped => oldest_kept,
            Reach::Some => self.changes.last().map_or(self.kept_from, |oldest| oldest.sequence),
            Reach::Asked | Reach::Whole | Reach::Refused => return None,
        };
        self.from = if has_dropped { self.kept_from } else { 0 };
        self.kept_from = oldest_kept;
        self.reached = std::mem::replace(&mut self.reach, Reach::Asked);
        Some(Effect::History(HistoryWork::ReadChanges { of, keys, before, limit: PAGE }))
    }
}

/// How long orders like the one on the screen took.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Precedents {
    /// Which orders; none where the order on the screen is not at work.
    of: Option<Alike>,
    /// What is usual, once it was read.
    usual: Option<Usual>,
}

impl Precedents {
    /// What is usual for orders like these.
    pub fn usual(&self, of: &Alike) -> Option<Usual> {
        self.usual.filter(|_| self.of.as_ref() == Some(of))
    }

    /// Asks where other orders are on the screen than before.
    fn ask(&mut self, of: Option<Alike>) -> Option<Effect> {
        if self.of == of {
            return None;
        }
        *self = Self { of: of.clone(), usual: None };
        of.map(|of| Effect::History(HistoryWork::ReadUsual(of)))
    }
}

/// Takes how long orders took.
pub(super) fn usual_read(model: &mut Model, of: &Alike, usual: Option<Usual>) {
    let precedents = &mut model.past.precedents;
    if precedents.of.as_ref() == Some(of) {
        precedents.usual = usual;
    }
}

/// Orders like this one, as far as it is known.
pub fn alike(model: &Model, key: &OrderKey) -> Option<Alike> {
    let snapshot = model.watch.get(key)?.snapshot()?;
    Alike::of(key, &snapshot.order, snapshot.counts.total)
}

/// Takes what the history has answered; none where it could not be read.
pub(super) fn read(model: &mut Model, of: &PastOf, changes: Option<&[Change]>) {
    for past in [&mut model.past.list, &mut model.past.order] {
        match changes {
            Some(changes) => past.take(of, changes),
            None => past.refuse(of),
        }
    }
}

/// The two that can be on the screen, one over the other.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Pasts {
    /// That of the list, for the activity screen.
    pub list: Past,
    /// That of the order that is open.
    pub order: Past,
    /// How long others took like the order that is open.
    pub precedents: Precedents,
    /// Where the orders of that list stand in it: worked out once for an edition, not for each line.
    pub entries: HashMap<OrderKey, usize>,
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
        Screen::Number(screen) => {
            let of = PastOf::Order(screen.key.clone());
            let past = &model.past.order;
            // One answer may have changed more numbers than a page has: all of them are read, a page after the other.
            if past.of.as_ref() != Some(&of) || past.reach == Reach::Some || past.kept_from < oldest {
                let keys = vec![screen.key.clone()];
                effects.extend(model.past.order.ask(of, oldest, keys));
            }
        }
        Screen::Activity(screen) => {
            let Some(list) = model.current_list() else { return effects };
            let of = PastOf::List(list.id, list.edition);
            let is_other = model.past.list.of.as_ref() != Some(&of);
            let is_wanted =
                || model.past.list.reach == Reach::Some && shown_changes::is_near_the_end(model, screen);
            if is_other || model.past.list.kept_from < oldest || is_wanted() {
                let entries = list.keys.iter().enumerate();
                let entries = entries.filter_map(|(entry, key)| Some((key.clone()?, entry)));
                let (keys, entries) = (list.keys.iter().flatten().cloned().collect(), entries.collect());
                model.past.entries = entries;
                effects.extend(model.past.list.ask(of, oldest, keys));
            }
        }
        Screen::List | Screen::Numbers(_) => {}
    }
    // What happened to the order itself comes first: among many orders this takes its time.
    let open = model.screen.order().and_then(|key| alike(model, key));
    effects.extend(model.past.precedents.ask(open));
    effects
}
