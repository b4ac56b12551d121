//! What became of effects: edits, saving under a name, recording, copying. An error loses nothing that was typed.

use super::edit::subject;
use super::{edit, lists, notice, transfer};
use crate::app::action::Action;
use crate::app::effect::{ListId, Purpose};
use crate::app::model::{Back, Chosen, ClockTold, List, Model, Naming, Overlay, PendingEdit, Undo};
use crate::app::query::header;
use crate::app::{Effect, follow};
use crate::domain::watchlist::{Description, Edit, Edited, Following, Removed};
use crate::domain::{Entry, Text, Watchlist, name};
use jiff::SignedDuration;
use std::collections::HashSet;

/// A clock that is off by more is told: less is no harm, and two machines hardly agree better.
const SKEW_TOLD: SignedDuration = SignedDuration::from_mins(1);

/// An edit ended.
pub(super) fn edited(
    model: &mut Model,
    list: ListId,
    purpose: Purpose,
    result: Result<Edited, Text>,
) -> Vec<Effect> {
    let is_it = |pending: &PendingEdit| pending.list == list && pending.purpose == purpose;
    let pending = model.edits.iter().position(is_it).and_then(|at| model.edits.remove(at));
    match (result, model.place_of(list)) {
        (Ok(edited), Some(place)) => succeeded(model, place, edited, pending.as_ref()),
        (Err(why), _) => {
            failed(model, why, pending);
            Vec::new()
        }
        (Ok(_), None) => Vec::new(),
    }
}

fn succeeded(model: &mut Model, place: usize, edited: Edited, pending: Option<&PendingEdit>) -> Vec<Effect> {
    let undone = pending.and_then(|pending| pending.undo.as_ref());
    let taken_back = undone.map(|undo| undo.what.clone());
    let picked = undone.and_then(|undo| undo.picked.clone());
    if let Some((list, picked)) = model.lists.get_mut(place).zip(picked) {
        list.picked = picked;
    }
    let then = undone.and_then(|undo| Some((undo.then.clone()?, undo.what.clone())));
    let told = match (taken_back, pending) {
        (Some(what), _) => Some((what, None)),
        // What follows from an undo was told with it.
        (None, Some(pending)) if pending.purpose != Purpose::Undo => told(model, place, &edited, pending),
        (None, Some(_) | None) => None,
    };
    if let Some(pending) = pending {
        close_overlay_of(model, pending);
    }
    // What installing the list has to say, as about an odd id, matters more than that it was done.
    let before = model.notice.take();
    let mut effects = lists::install(model, place, edited.list);
    if let Some(Edit::Restore(removed)) = undone.map(|undo| &undo.back).and_then(Back::edit) {
        aim_at_first(model, place, removed);
    }
    effects.extend(then.into_iter().flat_map(|(then, what)| transfer::taken_back(model, &then, &what)));
    let Some((said, undo)) = told else {
        model.notice = model.notice.take().or(before);
        return effects;
    };
    let offers = undo.is_some();
    edit::remember(model, undo);
    match &model.notice {
        Some(_) => {}
        None if offers => notice::offer(model, said, Action::Undo),
        None => notice::say(model, said),
    }
    effects
}

/// What came back is what the next key is about.
fn aim_at_first(model: &mut Model, place: usize, removed: &[Removed]) {
    if let Some((list, first)) = model.lists.get_mut(place).zip(removed.first()) {
        list.rows.aim_at(first.entry.id);
    }
}

/// What to say about an edit, and what takes it back; none where it changed nothing.
fn told(
    model: &Model,
    place: usize,
    edited: &Edited,
    pending: &PendingEdit,
) -> Option<(String, Option<Undo>)> {
    let list = model.lists.get(place)?;
    let called = |entry: &Entry| called(model, list, entry);
    let undo = |edit, what| Some(Undo { back: Back::Edit(list.id, edit), what, picked: None, then: None });
    match &pending.edit {
        Edit::Add(entries) => {
            // Ten thousand may be added to ten thousand.
            let known: HashSet<_> = list.watchlist.entries.iter().map(|entry| entry.id).collect();
            let was_there = |entry: &Entry| known.contains(&entry.id);
            let added: Vec<Entry> = entries.iter().filter(|entry| !was_there(entry)).cloned().collect();
            let ids: Vec<_> = added.iter().map(|entry| entry.id).collect();
            let is = if ids.len() == 1 { "is" } else { "are" };
            let (subject, of) = match pending.purpose {
                Purpose::Edit | Purpose::Undo => (subject(&added, called), String::new()),
                Purpose::Intake => {
                    let scope = list.intake.scope.as_ref();
                    let of = scope.map(|scope| format!(" of {scope}")).unwrap_or_default();
                    (notice::count(ids.len(), "new order", "new orders"), of)
                }
            };
            (!ids.is_empty()).then(|| {
                let undo = undo(Edit::Remove(ids), format!("{subject} {is} watched no longer."));
                (format!("{subject}{of} {is} watched now."), undo)
            })
        }
        Edit::Remove(_) => {
            let entries: Vec<Entry> = edited.removed.iter().map(|removed| removed.entry.clone()).collect();
            let subject = subject(&entries, called);
            let is = if entries.len() == 1 { "is" } else { "are" };
            (!entries.is_empty()).then(|| {
                let undo =
                    undo(Edit::Restore(edited.removed.clone()), format!("{subject} {is} watched again."));
                (format!("{subject} {is} watched no longer."), undo)
            })
        }
        Edit::Describe(descriptions) => {
            let ids: HashSet<_> = descriptions.iter().map(|each| each.id).collect();
            let those = |entries: &[Entry]| -> Vec<Entry> {
                entries.iter().filter(|entry| ids.contains(&entry.id)).cloned().collect()
            };
            let (before, after) = (those(&list.watchlist.entries), those(&edited.list.entries));
            let is = if before.len() == 1 { "is" } else { "are" };
            (!before.is_empty()).then(|| {
                let what = format!("{} {is} described as before.", subject(&before, called));
                let undo = undo(Edit::Describe(before.into_iter().map(Description::from).collect()), what);
                (format!("{} {is} described.", subject(&after, called)), undo)
            })
        }
        Edit::Move { id, region } => {
            let before = list.watchlist.entries.iter().find(|entry| entry.id == *id)?;
            let edit = Edit::Move { id: *id, region: before.region.clone() };
            let name = called(before);
            let undo = undo(edit, format!("{name} is asked where it was before."));
            let region = region.as_deref().unwrap_or("the region of its list");
            Some((format!("{name} is known in {region} and asked there from now on."), undo))
        }
        Edit::Follow(following) => Some(told_following(model, list, *following)),
        Edit::SetProfile(_) | Edit::SetRegion(_) => {
            let Chosen { how, back } = pending.chosen.clone()?;
            Some((format!("{how} now."), Some(back)))
        }
        Edit::Restore(_) => None,
    }
}

/// What to say of a list that follows its account, or does no longer, and what takes that back.
fn told_following(model: &Model, list: &List, following: Following) -> (String, Option<Undo>) {
    let (name, scope) = (&list.watchlist.name, header::scope(model, list));
    let on = format!("{name} takes in new orders of {scope} by itself.");
    let off = format!("{name} takes in no orders by itself.");
    let (said, edit, what) = match following {
        Following::Account => (on, Edit::Follow(Following::Nothing), off),
        Following::Nothing => (off, Edit::Follow(Following::Account), on),
    };
    (said, Some(Undo { back: Back::Edit(list.id, edit), what, picked: None, then: None }))
}

fn called(model: &Model, list: &List, entry: &Entry) -> String {
    let place = list.watchlist.entries.iter().position(|known| known.id == entry.id);
    let snapshot = place.and_then(|place| list.snapshot(&model.watch, place));
    match snapshot {
        // What was chosen from the account's list was read there.
        None if entry.label.as_ref().is_none_or(Text::is_empty) => {
            let mut listed = model.watch.directory().into_iter().flat_map(|directory| &directory.orders);
            let pattern =
                listed.find(|order| order.id == entry.id).map(|order| name::pattern(&order.numbers));
            pattern.filter(|pattern| !pattern.is_empty()).unwrap_or_else(|| entry.id.short().to_owned())
        }
        known => name::of(&entry.id, entry.label.as_ref(), known),
    }
}

/// The field or the question that asked for the edit has done its work.
fn close_overlay_of(model: &mut Model, pending: &PendingEdit) {
    if asked_for(model.overlay.as_ref(), pending) {
        model.overlay = None;
    }
}

/// Whether an overlay is the one that asked for an edit.
fn asked_for(overlay: Option<&Overlay>, pending: &PendingEdit) -> bool {
    if pending.purpose != Purpose::Edit {
        return false;
    }
    match (overlay, &pending.edit) {
        (Some(Overlay::Add(_) | Overlay::Paste(_)), Edit::Add(_)) => true,
        (Some(Overlay::Picker(picker)), Edit::Add(_)) => picker.kind.takes_several(),
        (Some(Overlay::Describe(form)), Edit::Describe(descriptions)) => {
            descriptions.iter().map(|each| each.id).eq(form.orders.iter().copied())
        }
        (
            _,
            Edit::Add(_)
            | Edit::Describe(_)
            | Edit::Remove(_)
            | Edit::Restore(_)
            | Edit::Move { .. }
            | Edit::SetProfile(_)
            | Edit::SetRegion(_)
            | Edit::Follow(_),
        ) => false,
    }
}

/// What was typed stays in its field, what was to be undone can be undone again.
fn failed(model: &mut Model, why: Text, pending: Option<PendingEdit>) {
    if pending.as_ref().is_some_and(|pending| asked_for(model.overlay.as_ref(), pending)) {
        match &mut model.overlay {
            Some(Overlay::Add(field)) => field.error = Some(why.clone()),
            Some(Overlay::Describe(form)) => form.field_mut().error = Some(why.clone()),
            Some(
                Overlay::Filter { .. }
                | Overlay::Paste(_)
                | Overlay::Name(_)
                | Overlay::Export(_)
                | Overlay::Json(_)
                | Overlay::Picker(_),
            )
            | None => {}
        }
    }
    if let Some(pending) = &pending
        && pending.purpose == Purpose::Intake
    {
        follow::failed(model, pending.list);
    }
    let chosen = pending.as_ref().and_then(|pending| pending.chosen.as_ref());
    let why = match chosen {
        Some(Chosen { how, .. }) => Text::from(format!("{why}. {how} for this run.")),
        None => why,
    };
    model.undo.extend(pending.and_then(|pending| pending.undo));
    notice::warn(model, why);
}

/// `unsaved` was saved under a name, or not.
pub(super) fn saved(
    model: &mut Model,
    list: ListId,
    result: Result<(ListId, Watchlist), Text>,
) -> Vec<Effect> {
    match result {
        Ok((id, watchlist)) => {
            if is_asked_for_name(model, list) {
                model.overlay = None;
            }
            let said = format!("Saved as {}.", watchlist.name);
            let mut effects = lists::read(model, id, watchlist);
            let shows_it = model.current_list().is_some_and(|current| current.id == list);
            if let Some(place) = model.place_of(id).filter(|_| shows_it) {
                effects.extend(lists::open_and_remember(model, place));
            }
            notice::say(model, said);
            effects
        }
        Err(why) => {
            if let Some(Overlay::Name(form)) = &mut model.overlay {
                form.field.error = Some(why.clone());
            }
            notice::warn(model, why);
            Vec::new()
        }
    }
}

/// Whether the field is open in which `unsaved` gets its name.
fn is_asked_for_name(model: &Model, list: ListId) -> bool {
    matches!(&model.overlay, Some(Overlay::Name(form)) if form.naming == Naming::Saved(list))
}

/// Says why changes cannot be recorded: once, and not with every further try.
pub(super) fn tell_trouble(model: &mut Model, before: Option<&Text>) {
    if let Some(why) = model.watch.trouble().filter(|why| Some(*why) != before).cloned() {
        notice::warn(model, why);
    }
}

/// Says whose list of orders may not be read, once for each account.
pub(super) fn tell_refusals(model: &mut Model) {
    for failure in model.watch.take_list_refusals() {
        notice::warn(model, format!("{failure}; meanwhile orders are asked for one by one."));
    }
}

/// Says that this machine's clock is wrong, once a run: nothing fails for it, but whoever can should mend it.
pub(super) fn tell_clock(model: &mut Model) {
    let skew = model.watch.skew();
    if model.clock_told == ClockTold::Once || skew.abs() < SKEW_TOLD {
        return;
    }
    model.clock_told = ClockTold::Once;
    let side = if skew.is_positive() { "behind" } else { "ahead of" };
    let by = match (skew.abs() + SignedDuration::from_secs(30)).as_mins() {
        minutes @ ..120 => format!("{minutes} m"),
        minutes @ ..2_880 => format!("{} h", minutes / 60),
        minutes => format!("{} d", minutes / 1_440),
    };
    let text = format!(
        "This machine's clock is {by} {side} the service's; requests are signed with the service's time."
    );
    notice::warn(model, text);
}

/// A text is on the clipboard, or not.
pub(super) fn copied(model: &mut Model, what: &str, result: Result<String, Text>) -> Vec<Effect> {
    match result {
        Ok(way) => notice::say(model, format!("Copied {what} by {way}.")),
        Err(why) => notice::warn_and_offer(model, why, Action::Print),
    }
    Vec::new()
}
