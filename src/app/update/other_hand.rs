//! Files that another hand has changed: an editor, another instance. What the list shows follows; cursor, filter and
//! marks stay, and one notice says what is different.

use super::{lists, notice};
use crate::app::Effect;
use crate::app::action::Action;
use crate::app::effect::ListId;
use crate::app::message::FileNow;
use crate::app::model::Model;
use crate::domain::watchlist::Access;
use crate::domain::{Entry, PhoneNumberOrderId, Text, Watchlist};
use std::collections::HashMap;

/// A file was changed.
pub(super) fn changed(model: &mut Model, list: ListId, now: FileNow) -> Vec<Effect> {
    let place = model.place_of(list);
    match (now, place) {
        (FileNow::Says { watchlist, warnings }, Some(place)) => edited(model, place, watchlist, &warnings),
        (FileNow::Says { watchlist, warnings }, None) => appeared(model, list, watchlist, &warnings),
        (FileNow::Called(watchlist), Some(place)) => renamed(model, place, watchlist),
        (FileNow::Gone(file), Some(place)) => gone(model, place, &file),
        (FileNow::Called(_) | FileNow::Gone(_), None) => Vec::new(),
    }
}

fn edited(model: &mut Model, place: usize, watchlist: Watchlist, warnings: &[Text]) -> Vec<Effect> {
    let Some(known) = model.lists.get(place).map(|list| &list.watchlist) else { return Vec::new() };
    if *known == watchlist {
        return Vec::new();
    }
    let name = watchlist.name.clone();
    let difference = difference(&known.entries, &watchlist.entries);
    let said = match (&known.access, &watchlist.access) {
        (_, Access::Broken(why) | Access::Gone(why)) => Err(why.clone()),
        (Access::Broken(_) | Access::Gone(_), Access::Writable) => {
            Ok(format!("{name} can be edited again{difference}."))
        }
        (Access::Writable, Access::Writable) => Ok(format!("{name} was edited by another hand{difference}.")),
    };
    let before = model.notice.take();
    let effects = lists::install(model, place, watchlist);
    // What installing it has to say, as about an odd region, matters more.
    if model.notice.is_none() {
        model.notice = before;
        match (said, left_out(warnings)) {
            (Err(why), _) => notice::warn(model, why),
            (Ok(_), Some(warning)) => notice::warn(model, warning),
            (Ok(said), None) => notice::tell(model, said),
        }
    }
    effects
}

fn appeared(model: &mut Model, id: ListId, watchlist: Watchlist, warnings: &[Text]) -> Vec<Effect> {
    let orders = notice::count(watchlist.entries.len(), "order", "orders");
    let said = format!("{} is new, with {orders}: another hand made it.", watchlist.name);
    let effects = lists::read(model, id, watchlist);
    match left_out(warnings) {
        Some(warning) => notice::warn(model, warning),
        None => notice::tell(model, said),
    }
    effects
}

fn renamed(model: &mut Model, place: usize, watchlist: Watchlist) -> Vec<Effect> {
    let Some(known) = model.lists.get(place) else { return Vec::new() };
    let said = format!("{} is called {} now: its file was renamed.", known.watchlist.name, watchlist.name);
    let mut effects = lists::install(model, place, watchlist);
    notice::tell(model, said);
    effects.push(lists::save_view(model));
    effects
}

/// What it held is shown on, and cannot be edited; a copy saves it, and nothing is lost.
fn gone(model: &mut Model, place: usize, file: &Text) -> Vec<Effect> {
    let Some(list) = model.lists.get_mut(place) else { return Vec::new() };
    let why = Text::from(format!("{file} is gone"));
    if list.watchlist.access != Access::Gone(why.clone()) {
        list.watchlist.access = Access::Gone(why.clone());
        let copies = model.keys.of(Action::ListDuplicate);
        notice::warn(model, format!("{why}. What it held is shown on; {copies} saves a copy."));
    }
    Vec::new()
}

/// `: 2 orders more, 1 less, 1 described anew`; empty where the orders are the same.
fn difference(before: &[Entry], after: &[Entry]) -> String {
    let known: HashMap<PhoneNumberOrderId, &Entry> = before.iter().map(|entry| (entry.id, entry)).collect();
    let (mut more, mut kept, mut anew) = (0, 0, 0);
    for entry in after {
        match known.get(&entry.id) {
            None => more += 1,
            Some(same) if *same == entry => kept += 1,
            Some(_) => anew += 1,
        }
    }
    let less = known.len().saturating_sub(kept + anew);
    let mut parts = Vec::new();
    for (count, what) in [(more, "more"), (less, "less"), (anew, "described anew")] {
        match (count, parts.is_empty()) {
            (0, _) => {}
            (count, true) => parts.push(format!("{} {what}", notice::count(count, "order", "orders"))),
            (count, false) => parts.push(format!("{count} {what}")),
        }
    }
    if parts.is_empty() { String::new() } else { format!(": {}", parts.join(", ")) }
}

/// The first of what was left out of a file, and how much more there is.
fn left_out(warnings: &[Text]) -> Option<String> {
    match warnings {
        [] => None,
        [only] => Some(format!("{only}.")),
        [first, rest @ ..] => Some(format!("{first}; and {} more.", rest.len())),
    }
}
