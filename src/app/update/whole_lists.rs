//! Whole lists: made, renamed, copied, deleted and brought back. Like edits they go to the files first: the tabs
//! change when the files have changed.

use super::{edit, lists, notice, presets, watch};
use crate::app::action::Action;
use crate::app::effect::{Effect, FilesWork, ListId, ListOutcome, ListWork, Purpose};
use crate::app::field::Wish;
use crate::app::message::{Keystroke, WatchMessage};
use crate::app::model::{
    Back, DeletedList, Field, List, Model, NameForm, Naming, Opened, Overlay, PendingWork, UNDO_DEPTH, Undo,
};
use crate::domain::watchlist::Edit;
use crate::domain::{OrderKey, Text, Watchlist};
use std::collections::HashSet;

/// Opens the field for the name of `unsaved`.
pub(super) fn save_as(model: &mut Model) -> Vec<Effect> {
    let Some(list) = model.current_list() else { return Vec::new() };
    if !list.is_unsaved() {
        let text = format!("{} is a file already: every change is saved at once.", list.watchlist.name);
        notice::say(model, text);
    } else if list.watchlist.entries.is_empty() {
        notice::say(model, "There is nothing to save yet.");
    } else {
        let naming = Naming::Saved(list.id);
        ask(model, naming, "");
    }
    Vec::new()
}

/// Opens the field for the name of a new list.
pub(super) fn new(model: &mut Model) -> Vec<Effect> {
    ask(model, Naming::New, "");
    Vec::new()
}

/// Opens the field for another name of the list. A file that does not parse keeps its name, `unsaved` gets its first.
pub(super) fn rename(model: &mut Model) -> Vec<Effect> {
    if model.current_list().is_some_and(List::is_unsaved) {
        return save_as(model);
    }
    if let Err(effects) = edit::editable(model) {
        return effects;
    }
    let Some(list) = model.current_list() else { return Vec::new() };
    let (naming, name) = (Naming::Renamed(list.id), list.watchlist.name.raw().to_owned());
    ask(model, naming, &name);
    Vec::new()
}

/// Opens the field for the name of a copy.
pub(super) fn duplicate(model: &mut Model) -> Vec<Effect> {
    let Some(list) = model.current_list() else { return Vec::new() };
    let (naming, name) = (Naming::Copy(list.id), format!("{}-copy", list.watchlist.name.raw()));
    ask(model, naming, &name);
    Vec::new()
}

/// Deletes the list. No question: undo brings it back. `unsaved` is always there, and only emptied.
pub(super) fn delete(model: &mut Model) -> Vec<Effect> {
    let Some((place, list)) = model.current.zip(model.current_list()) else { return Vec::new() };
    let ids: Vec<_> = list.watchlist.entries.iter().map(|entry| entry.id).collect();
    match (list.is_unsaved(), ids.is_empty()) {
        (false, _) => {
            let work = ListWork::Delete { list: list.id };
            send(model, work, None)
        }
        (true, true) => {
            notice::say(model, "unsaved is empty; it takes orders that no list has.");
            Vec::new()
        }
        (true, false) => match edit::editable(model) {
            Ok(_) => edit::send(model, place, Edit::Remove(ids), Purpose::Edit, None),
            Err(effects) => effects,
        },
    }
}

fn ask(model: &mut Model, naming: Naming, name: &str) {
    model.overlay = Some(Overlay::Name(NameForm { field: Field::holding(name), naming }));
}

/// A key in the field for a name. The field stays until the files have taken it.
pub(super) fn typed_name(model: &mut Model, mut form: NameForm, keystroke: Keystroke) -> Vec<Effect> {
    let mut effects = Vec::new();
    match form.field.edit(keystroke) {
        Wish::Cancel => return effects,
        Wish::Submit => {
            let name = Text::new(form.field.text.trim());
            if !name.is_empty() {
                effects = submit(model, &mut form, name);
            }
        }
        Wish::Edited | Wish::OtherField | Wish::Recall => {}
    }
    model.overlay = Some(Overlay::Name(form));
    effects
}

fn submit(model: &mut Model, form: &mut NameForm, name: Text) -> Vec<Effect> {
    match form.naming.clone() {
        Naming::Saved(list) => vec![Effect::Files(FilesWork::SaveAs { list, name })],
        Naming::New => send(model, ListWork::New { name }, None),
        Naming::Renamed(list) => send(model, ListWork::Rename { list, name }, None),
        Naming::Copy(list) => send(model, ListWork::Duplicate { list, name }, None),
        Naming::Filter(filter) => presets::save(model, &mut form.field, name, filter),
    }
}

/// Hands work to the files; to take something back where there is an undo for it.
pub(super) fn send(model: &mut Model, work: ListWork, undo: Option<Undo>) -> Vec<Effect> {
    if model.list_works.iter().any(|pending| pending.work == work) {
        return Vec::new();
    }
    let purpose = if undo.is_some() { Purpose::Undo } else { Purpose::Edit };
    model.list_works.push_back(PendingWork { work: work.clone(), undo });
    vec![Effect::Files(FilesWork::Lists { work, purpose })]
}

/// Work on a whole list ended.
pub(super) fn changed(
    model: &mut Model,
    work: &ListWork,
    purpose: Purpose,
    result: Result<ListOutcome, Text>,
) -> Vec<Effect> {
    let pending = model.list_works.iter().position(|pending| pending.work == *work);
    let undo = pending.and_then(|at| model.list_works.remove(at)).and_then(|pending| pending.undo);
    let outcome = match result {
        Ok(outcome) => outcome,
        Err(why) => {
            failed(model, work, why, undo);
            return Vec::new();
        }
    };
    close_form_of(model, work);
    let Some(Done { said, back, mut effects }) = apply(model, work, purpose, outcome) else {
        return Vec::new();
    };
    let said = undo.map_or(said, |undo| undo.what);
    match back.filter(|_| purpose == Purpose::Edit) {
        Some(back) => {
            edit::remember(model, Some(back));
            notice::offer(model, said, Action::Undo);
        }
        None => notice::say(model, said),
    }
    effects.push(lists::save_view(model));
    effects
}

/// What is said about work that was done, and what takes it back.
struct Done {
    said: String,
    back: Option<Undo>,
    effects: Vec<Effect>,
}

fn apply(model: &mut Model, work: &ListWork, purpose: Purpose, outcome: ListOutcome) -> Option<Done> {
    let undo = |work, what| Some(Undo { back: Back::List(work), what, picked: None, then: None });
    Some(match outcome {
        ListOutcome::Made(id, watchlist) => {
            let name = watchlist.name.clone();
            let said = match work {
                ListWork::Duplicate { list, .. } => {
                    let original = model.place_of(*list).and_then(|place| model.lists.get(place));
                    let original = original.map_or("a list", |list| list.watchlist.name.shown());
                    format!("{name} is a copy of {original}.")
                }
                ListWork::New { .. }
                | ListWork::Rename { .. }
                | ListWork::Delete { .. }
                | ListWork::PutBack { .. } => format!("{name} is a new list."),
            };
            let before = model.current_list().map(|list| list.id);
            let mut effects = lists::read(model, id, watchlist);
            if let Some(list) = model.place_of(id).and_then(|place| model.lists.get_mut(place)) {
                list.made_on = before;
            }
            effects.extend(shown(model, id));
            let back = undo(ListWork::Delete { list: id }, format!("{name} is deleted again."));
            Done { said, back, effects }
        }
        ListOutcome::Renamed(watchlist) => {
            let ListWork::Rename { list, .. } = *work else { return None };
            let place = model.place_of(list)?;
            let before = model.lists.get(place)?.watchlist.name.clone();
            let said = format!("{before} is called {} now.", watchlist.name);
            let what = format!("{} is called {before} again.", watchlist.name);
            let back = undo(ListWork::Rename { list, name: before }, what);
            Done { said, back, effects: lists::install(model, place, watchlist) }
        }
        ListOutcome::Deleted => {
            let (list, orders) = with_orders(model, work)?;
            let name = &model.lists.get(model.place_of(list)?)?.watchlist.name;
            let said = format!("{name} is deleted, with {orders}.");
            let back = undo(ListWork::PutBack { list }, format!("{name} is back, with {orders}."));
            Done { said, back, effects: take_away(model, list, purpose) }
        }
        ListOutcome::Closed { file } => {
            let (list, _) = with_orders(model, work)?;
            let name = &model.lists.get(model.place_of(list)?)?.watchlist.name;
            let said = format!("{name} is closed; {file} stays as it is.");
            let back = undo(ListWork::PutBack { list }, format!("{name} is open again."));
            Done { said, back, effects: take_away(model, list, purpose) }
        }
        ListOutcome::Back(watchlist) => {
            let ListWork::PutBack { list } = *work else { return None };
            let said = format!("{} is back.", watchlist.name);
            Done { said, back: None, effects: bring_back(model, list, watchlist) }
        }
    })
}

/// The list that is deleted, and how many orders it has: `12 orders`.
fn with_orders(model: &Model, work: &ListWork) -> Option<(ListId, String)> {
    let ListWork::Delete { list } = *work else { return None };
    let orders = model.lists.get(model.place_of(list)?)?.watchlist.entries.len();
    Some((list, notice::count(orders, "order", "orders")))
}

/// Opens a list that has just come.
fn shown(model: &mut Model, list: ListId) -> Vec<Effect> {
    model.place_of(list).map_or_else(Vec::new, |place| lists::open(model, place))
}

/// Takes a list away from the tabs; the next one is shown, or the one that it was made on where that is taken back. What
/// no other list has is watched no longer.
fn take_away(model: &mut Model, id: ListId, purpose: Purpose) -> Vec<Effect> {
    let Some(place) = model.place_of(id) else { return Vec::new() };
    let current = model.current_list().map(|list| list.id).filter(|current| *current != id);
    model.note_names(place, |_| false);
    let list = model.lists.remove(place);
    let made_on = list.made_on.filter(|_| purpose == Purpose::Undo);
    let keys: Vec<OrderKey> = list.keys.iter().flatten().cloned().collect();
    let was_opened = list.opened == Opened::Yes;
    model.deleted.push(DeletedList { place, list });
    let surplus = model.deleted.len().saturating_sub(UNDO_DEPTH);
    model.deleted.drain(..surplus);
    let next = match current {
        Some(current) => model.place_of(current),
        None => made_on.and_then(|list| model.place_of(list)).or_else(|| next_to(model, place)),
    };
    model.current = next;
    let mut effects = Vec::new();
    if was_opened {
        let watched: HashSet<&OrderKey> = lists::opened_keys(model).collect();
        let gone: Vec<OrderKey> = keys.into_iter().filter(|key| !watched.contains(key)).collect();
        if !gone.is_empty() {
            effects.extend(watch(model, WatchMessage::Remove(gone)));
        }
    }
    if let Some(next) = next.filter(|_| current.is_none()) {
        effects.extend(lists::open(model, next));
    }
    effects
}

/// The list that is shown after the one at `place` has gone: the one that now stands there, else the one before it;
/// `unsaved` only where it has something or nothing else is left.
fn next_to(model: &Model, place: usize) -> Option<usize> {
    let (before, after) = (0..place.min(model.lists.len()), place..model.lists.len());
    let has_a_tab = |place: &usize| {
        model.lists.get(*place).is_some_and(|list| !list.is_unsaved() || !list.watchlist.entries.is_empty())
    };
    let next = after.chain(before.rev()).find(has_a_tab);
    next.or_else(|| (!model.lists.is_empty()).then_some(0))
}

/// Puts a list back where it stood, with its view.
fn bring_back(model: &mut Model, id: ListId, watchlist: Watchlist) -> Vec<Effect> {
    let known = model.deleted.iter().position(|deleted| deleted.list.id == id);
    let DeletedList { place, list } = match known {
        Some(at) => model.deleted.remove(at),
        None => DeletedList {
            place: model.lists.len(),
            list: List::new(id, Watchlist::new(watchlist.name.clone())),
        },
    };
    let current = model.current_list().map(|list| list.id);
    let place = place.min(model.lists.len());
    model.lists.insert(place, list);
    model.current = current.and_then(|current| model.place_of(current));
    let mut effects = lists::install(model, place, watchlist);
    effects.extend(lists::open(model, place));
    effects
}

/// The field that asked for the work has done its own.
fn close_form_of(model: &mut Model, work: &ListWork) {
    if form_of(model, work).is_some() {
        model.overlay = None;
    }
}

/// The field that asked for the work.
fn form_of<'m>(model: &'m mut Model, work: &ListWork) -> Option<&'m mut NameForm> {
    let Some(Overlay::Name(form)) = &mut model.overlay else { return None };
    let asked = match work {
        ListWork::New { .. } => form.naming == Naming::New,
        ListWork::Rename { list, .. } => form.naming == Naming::Renamed(*list),
        ListWork::Duplicate { list, .. } => form.naming == Naming::Copy(*list),
        ListWork::Delete { .. } | ListWork::PutBack { .. } => false,
    };
    asked.then_some(form)
}

/// What was typed stays in its field, what was to be undone can be undone again.
fn failed(model: &mut Model, work: &ListWork, why: Text, undo: Option<Undo>) {
    if let Some(form) = form_of(model, work) {
        form.field.error = Some(why.clone());
    }
    model.undo.extend(undo);
    notice::warn(model, why);
}
