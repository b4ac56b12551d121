//! An order that its region does not know while others of the list answer: the other region in which numbers are
//! ordered is asked first, and only when that one knows it does the list's file say so.

use super::Effect;
use super::action::Action;
use super::card::{self, Cause};
use super::effect::Purpose;
use super::model::{List, Model};
use super::update::{edit, lists, notice};
use crate::domain::scope::NUMBER_REGIONS;
use crate::domain::watchlist::Edit;
use crate::domain::{FailureKind, OrderKey, PhoneNumberOrderId};
use std::sync::Arc;

/// The search for one order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Search {
    /// Where it was looked for, its own region first.
    looked_in: Vec<Arc<str>>,
    stage: Stage,
}

/// How far a search has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Stage {
    /// The last region was asked and has not answered.
    Asked,
    /// It knows the order, and the file is to say so.
    Found,
    /// The file says so.
    Kept,
    /// No region knows the order: it is asked in its own again.
    GivenUp,
}

impl Search {
    /// Where the order is asked meanwhile; none for where its list says.
    pub fn region(&self) -> Option<&Arc<str>> {
        match self.stage {
            Stage::Asked | Stage::Found | Stage::Kept => self.looked_in.last(),
            Stage::GivenUp => None,
        }
    }
}

/// What can be done about an order that was not found, one sentence without its full stop. None where another answer
/// is to be awaited, or where no order of the list is found: that is for the card to say.
pub fn next_step(model: &Model, key: &OrderKey) -> Option<String> {
    if let Some(region) = next_region(model, key) {
        return Some(format!("{} looks in {region}", model.keys.of(Action::LookElsewhere)));
    }
    let list = model.current_list()?;
    let search = list.searches.get(&key.id).filter(|search| search.stage == Stage::GivenUp)?;
    let others = search.looked_in.get(1..).unwrap_or_default().join(" and ");
    let profile = model.keys.of(Action::Profile);
    Some(format!(
        "Nor does {others} know it. Another profile may: {profile} chooses it; else the order ID is not right"
    ))
}

/// The region to look in next; none where the order is known, and at an endpoint of the user's own.
pub(super) fn next_region(model: &Model, key: &OrderKey) -> Option<Arc<str>> {
    let list = model.current_list()?;
    let (failure, _) = model.watch.get(key)?.failure()?;
    let is_alone = failure.kind == FailureKind::NotFound && key.scope.endpoint.is_none();
    let is_told = || card::card(model).is_some_and(|card| matches!(card.cause, Cause::NotFound { .. }));
    if !is_alone || is_told() {
        return None;
    }
    let looked_in = list.searches.get(&key.id).map(|search| search.looked_in.as_slice()).unwrap_or_default();
    let is_new =
        |region: &&str| *key.scope.region != **region && !looked_in.iter().any(|looked| **looked == **region);
    NUMBER_REGIONS.into_iter().find(is_new).map(Arc::from)
}

/// Looks for an order of the current list in another region.
pub(super) fn look(model: &mut Model, key: &OrderKey, region: Arc<str>) -> Vec<Effect> {
    let Some(place) = model.current else { return Vec::new() };
    let Some(list) = model.lists.get_mut(place) else { return Vec::new() };
    let search = list
        .searches
        .entry(key.id)
        .or_insert_with(|| Search { looked_in: vec![key.scope.region.clone()], stage: Stage::Asked });
    search.looked_in.push(region);
    search.stage = Stage::Asked;
    lists::rekey(model, place)
}

fn key_of(list: &List, id: PhoneNumberOrderId) -> Option<&OrderKey> {
    list.keys.iter().flatten().find(|key| key.id == id)
}

/// Looks whether a region has answered for an order that was not found in its own. To be called after every message.
pub(super) fn keep_up(model: &mut Model) -> Vec<Effect> {
    let mut effects = Vec::new();
    for place in 0..model.lists.len() {
        let asked = model.lists.get(place).into_iter().flat_map(|list| {
            let asked = list.searches.iter().filter(|(_, search)| search.stage == Stage::Asked);
            asked.filter_map(|(id, _)| key_of(list, *id)).cloned()
        });
        for key in asked.collect::<Vec<_>>() {
            effects.extend(settle(model, place, &key));
        }
    }
    effects
}

fn settle(model: &mut Model, place: usize, key: &OrderKey) -> Vec<Effect> {
    let Some(order) = model.watch.get(key) else { return Vec::new() };
    let stage = match order.failure() {
        Some((failure, _)) if failure.kind == FailureKind::NotFound => Stage::GivenUp,
        None if order.snapshot().is_some() => Stage::Found,
        Some(_) | None => return Vec::new(),
    };
    if let Some(search) = model.lists.get_mut(place).and_then(|list| list.searches.get_mut(&key.id)) {
        search.stage = stage;
    }
    if stage == Stage::Found {
        let edit = Edit::Move { id: key.id, region: Some(key.scope.region.clone()) };
        return edit::send(model, place, edit, Purpose::Edit, None);
    }
    let region = key.scope.region.clone();
    let effects = lists::rekey(model, place);
    let name = model.lists.get(place).and_then(|list| key_of(list, key.id)).map(|key| model.name_of(key));
    notice::say(model, format!("{region} does not know {} either.", name.unwrap_or_default()));
    effects
}

/// Brings the searches in line with what the file now says: an edit that was taken back is looked for no longer.
pub(super) fn heed_file(list: &mut List) {
    let entries = &list.watchlist.entries;
    list.searches.retain(|id, search| {
        let Some(entry) = entries.iter().find(|entry| entry.id == *id) else { return false };
        let is_in_file = entry.region.as_ref() == search.looked_in.last();
        match search.stage {
            Stage::Found if is_in_file => search.stage = Stage::Kept,
            Stage::Kept => return is_in_file,
            Stage::Asked | Stage::Found | Stage::GivenUp => {}
        }
        true
    });
}
