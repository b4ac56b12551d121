//! Moving orders to another watchlist. They are added there before they are removed here, so that no failure between
//! the two files loses one; one undo takes both back, in the same care.

use super::{copy, edit, lists, notice, picker, whole_lists};
use crate::app::action::Action;
use crate::app::effect::{Destination, FilesWork, ListId, ListWork, Purpose};
use crate::app::model::{Back, List, Model, Overlay, Then, Undo};
use crate::app::picker::Kind;
use crate::app::{Effect, regions};
use crate::domain::watchlist::{Carried, Edit, Removed, Transferred};
use crate::domain::{Entry, PhoneNumberOrderId, Scope, Text, name};
use std::collections::HashSet;

/// Opens the lists to choose from, for the marked orders or the one under the cursor.
pub(super) fn open(model: &mut Model) -> Vec<Effect> {
    if let Err(effects) = edit::editable(model) {
        return effects;
    }
    let orders = copy::targets(model);
    if !orders.is_empty() {
        picker::open(model, Kind::MoveTo(orders));
    }
    Vec::new()
}

/// Moves what the picker was opened for.
pub(super) fn chosen(model: &mut Model, to: Destination) -> Vec<Effect> {
    let Some(Overlay::Picker(picker)) = model.overlay.take() else { return Vec::new() };
    let Kind::MoveTo(orders) = picker.kind else { return Vec::new() };
    let Some(from) = model.current_list() else { return Vec::new() };
    let orders = carried(model, from, &to, &orders);
    vec![Effect::Files(FilesWork::Transfer { from: from.id, to, orders })]
}

/// What each order has to name in the other list so that it is asked as it is asked here.
fn carried(model: &Model, from: &List, to: &Destination, orders: &[PhoneNumberOrderId]) -> Vec<Carried> {
    // A new list begins with the profile and the region of this one.
    let target = match to {
        Destination::List(id) => model.place_of(*id).and_then(|place| model.lists.get(place)),
        Destination::New(_) => Some(from),
    };
    let there = target.and_then(|list| regions::scope(model, list));
    let moved: HashSet<_> = orders.iter().collect();
    let entries =
        from.watchlist.entries.iter().zip(&from.keys).filter(|(entry, _)| moved.contains(&entry.id));
    entries
        .map(|(entry, key)| {
            let here = key.as_ref().map(|key| &*key.scope);
            let differs = |of: fn(&Scope) -> Option<&std::sync::Arc<str>>| {
                let (here, there) = (here.and_then(of), there.as_deref().and_then(of));
                here.filter(|_| here != there).cloned()
            };
            Carried {
                id: entry.id,
                profile: differs(|scope| scope.profile.as_ref()),
                region: differs(|scope| Some(&scope.region)),
            }
        })
        .collect()
}

/// Orders were moved, or not.
pub(super) fn ended(
    model: &mut Model,
    from: ListId,
    result: Result<(ListId, Transferred), Text>,
) -> Vec<Effect> {
    let (to, Transferred { target, source, removed, added }) = match result {
        Ok(moved) => moved,
        Err(why) => {
            notice::warn(model, why);
            return Vec::new();
        }
    };
    let subject = subject(model, from, &removed);
    let is = if removed.len() == 1 { "is" } else { "are" };
    let name = target.name.clone();
    let source_name = source.name.clone();
    let known = match removed.len() - added.len().min(removed.len()) {
        0 => String::new(),
        _ if removed.len() == 1 => ", as it was before".to_owned(),
        known => format!(", {known} of them as before"),
    };
    // First where they are now, so that what is watched there is not dropped and watched anew.
    let is_new = model.place_of(to).is_none();
    let mut effects = lists::read(model, to, target);
    if let Some(list) = model.place_of(to).and_then(|place| model.lists.get_mut(place)).filter(|_| is_new) {
        list.made_on = Some(from);
    }
    if let Some(place) = model.place_of(from) {
        effects.extend(lists::install(model, place, source));
    }
    // A list that is not opened tells at its tab what the history knows of what it got.
    effects.extend(lists::load_others(model));
    if removed.is_empty() {
        notice::say(model, "Nothing was moved: the list has them no longer.");
        return effects;
    }
    let what = format!("{subject} {is} back in {source_name}.");
    let then = match (added.is_empty(), is_new) {
        (true, _) => None,
        (false, true) => Some(Then::Unmake { list: to, orders: added }),
        (false, false) => Some(Then::TakeOut { of: to, orders: added }),
    };
    let back = Back::Edit(from, Edit::Restore(removed));
    edit::remember(model, Some(Undo { back, what, picked: None, then }));
    notice::offer(model, format!("{subject} {is} in {name} now{known}."), Action::Undo);
    effects
}

/// Orders that were moved are back: what is done to the list that they were moved to. `what` says that they are back.
pub(super) fn taken_back(model: &mut Model, then: &Then, what: &str) -> Vec<Effect> {
    let (Then::TakeOut { of: id, orders } | Then::Unmake { list: id, orders }) = then;
    let Some(place) = model.place_of(*id) else { return Vec::new() };
    let holds_only_them = |list: &List| list.watchlist.entries.iter().all(|entry| orders.contains(&entry.id));
    match (then, model.lists.get(place)) {
        (Then::Unmake { .. }, Some(list)) if holds_only_them(list) => {
            let work = ListWork::Delete { list: *id };
            let what = format!("{} {} is deleted again.", what, list.watchlist.name);
            let undo = Undo { back: Back::List(work.clone()), what, picked: None, then: None };
            whole_lists::send(model, work, Some(undo))
        }
        (Then::TakeOut { .. } | Then::Unmake { .. }, _) => {
            edit::send(model, place, Edit::Remove(orders.clone()), Purpose::Undo, None)
        }
    }
}

/// `Toll-free`, `3 orders`.
fn subject(model: &Model, from: ListId, removed: &[Removed]) -> String {
    let entries: Vec<Entry> = removed.iter().map(|removed| removed.entry.clone()).collect();
    let list = model.place_of(from).and_then(|place| model.lists.get(place));
    edit::subject(&entries, |entry| {
        let place =
            list.and_then(|list| list.watchlist.entries.iter().position(|known| known.id == entry.id));
        let snapshot = list.zip(place).and_then(|(list, place)| list.snapshot(&model.watch, place));
        name::of(&entry.id, entry.label.as_ref(), snapshot)
    })
}
