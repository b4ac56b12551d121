//! Lists that follow their account: its new orders are watched without anybody adding them.
//!
//! The engine reads the accounts and tells each order once a run; which list takes it in is decided here. What must
//! hold: an order goes into a list once and through its file, like any edit, and what was taken out of a list is not
//! taken in again.

use super::effect::{ListId, Purpose};
use super::message::WatchMessage;
use super::model::{List, Model, Opened};
use super::update::edit;
use super::watch::Newcomer;
use super::{Effect, regions};
use crate::domain::watchlist::{Access, Edit, Following};
use crate::domain::{Entry, Moment, PhoneNumberOrderId, Scope};
use jiff::Timestamp;
use std::collections::HashSet;
use std::sync::Arc;
use std::time::Duration;

/// The accounts whose new orders are wanted, and what they have shown.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Follow {
    /// What the engine was told to follow.
    scopes: Vec<Arc<Scope>>,
    /// The orders that a list may take in. They are kept for the run: the engine tells each once, and a list may
    /// begin to follow their account at any time. Settled orders of before this run are not among them, so there are
    /// few.
    newcomers: Vec<Newcomer>,
}

/// How far a list has taken in what its account has shown.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Intake {
    /// The account; none before the list followed any.
    pub scope: Option<Arc<Scope>>,
    /// How many of the newcomers it has looked at.
    looked_at: usize,
    /// When it may try again, after its file could not be written.
    not_before: Option<Moment>,
}

/// How long a list waits whose file could not be written.
const AGAIN: Duration = Duration::from_mins(1);

/// True for a list whose account is to be followed: it was opened in this session.
pub fn follows(list: &List) -> bool {
    list.watchlist.following == Following::Account && list.opened == Opened::Yes
}

/// Tells the engine whom to follow, and takes in what it has found. To be called after every message.
pub(super) fn keep_up(model: &mut Model) -> Vec<Effect> {
    let mut effects = Vec::new();
    let mut scopes: Vec<Arc<Scope>> = Vec::new();
    for scope in
        model.lists.iter().filter(|list| follows(list)).filter_map(|list| regions::scope(model, list))
    {
        if !scopes.contains(&scope) {
            scopes.push(scope);
        }
    }
    if scopes != model.follow.scopes {
        model.follow.scopes.clone_from(&scopes);
        effects.extend(model.watch.step(WatchMessage::Follow(scopes), model.now));
    }
    let newcomers = model.watch.take_newcomers();
    note(model, newcomers);
    for place in 0..model.lists.len() {
        effects.extend(take_in(model, place));
    }
    effects
}

/// Keeps what accounts have shown, as far as anybody wants to watch it.
fn note(model: &mut Model, newcomers: Vec<Newcomer>) {
    let started = model.watch.started();
    let wanted = newcomers.into_iter().filter(|newcomer| is_worth_watching(newcomer, started));
    model.follow.newcomers.extend(wanted);
}

fn is_worth_watching(newcomer: &Newcomer, started: Timestamp) -> bool {
    !newcomer.is_settled || newcomer.created.is_some_and(|created| created > started)
}

/// Adds to a list the orders of its account that it has not looked at yet.
fn take_in(model: &mut Model, place: usize) -> Vec<Effect> {
    let known = model.follow.newcomers.len();
    let Some(list) = model.lists.get(place).filter(|list| follows(list)) else { return Vec::new() };
    let Some(scope) = regions::scope(model, list) else { return Vec::new() };
    let has_looked = list.intake.scope.as_ref() == Some(&scope) && list.intake.looked_at == known;
    let has_to_wait = list.intake.not_before.is_some_and(|moment| model.now.moment < moment);
    if has_looked || has_to_wait || list.watchlist.access != Access::Writable {
        return Vec::new();
    }
    let entries = new_to(list, &scope, &model.follow.newcomers);
    if let Some(list) = model.lists.get_mut(place) {
        list.intake = Intake { scope: Some(scope), looked_at: known, not_before: None };
    }
    if entries.is_empty() {
        return Vec::new();
    }
    edit::send(model, place, Edit::Add(entries), Purpose::Intake, None)
}

/// A list's file could not be written: what it should have taken in is offered to it again, after a while.
pub(super) fn failed(model: &mut Model, list: ListId) {
    let not_before = Some(model.now.moment.plus(AGAIN));
    if let Some(list) = model.place_of(list).and_then(|place| model.lists.get_mut(place)) {
        list.intake = Intake { looked_at: 0, not_before, ..list.intake.clone() };
    }
}

fn new_to(list: &List, scope: &Arc<Scope>, newcomers: &[Newcomer]) -> Vec<Entry> {
    let looked_at = if list.intake.scope.as_ref() == Some(scope) { list.intake.looked_at } else { 0 };
    let unseen = newcomers.get(looked_at..).unwrap_or_default();
    let mut known: HashSet<PhoneNumberOrderId> = list.watchlist.except.iter().copied().collect();
    known.extend(list.watchlist.entries.iter().map(|entry| entry.id));
    unseen
        .iter()
        .filter(|newcomer| newcomer.scope == *scope && known.insert(newcomer.id))
        .map(|newcomer| Entry::new(newcomer.id))
        .collect()
}

#[cfg(test)]
mod tests;
