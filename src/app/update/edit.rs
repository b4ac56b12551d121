//! Edits of watchlists. They go to the file first: the model changes when the file has changed, so nothing is shown
//! that is not kept.

use super::{marks, notice, presets, whole_lists};
use crate::app::Effect;
use crate::app::effect::{FilesWork, Purpose};
use crate::app::field::Wish;
use crate::app::message::Keystroke;
use crate::app::model::{Back, Field, Model, Overlay, PendingEdit, UNDO_DEPTH, Undo};
use crate::domain::watchlist::{Access, Edit, Following};
use crate::domain::{Entry, PhoneNumberOrderId, found};
use std::collections::HashSet;

/// The current list, if it can be edited. Else the user is told why not, and what is returned finds out whether its
/// file has been mended.
pub(super) fn editable(model: &mut Model) -> Result<usize, Vec<Effect>> {
    let place = model.current.ok_or_else(Vec::new)?;
    let list = model.lists.get(place).ok_or_else(Vec::new)?;
    match &list.watchlist.access {
        Access::Writable => Ok(place),
        access @ (Access::Broken(why) | Access::Gone(why)) => {
            let list = list.id;
            let why = match access {
                Access::Gone(_) => format!("{why}. This list can be edited when its file is back."),
                Access::Broken(_) | Access::Writable => {
                    format!("{why}. This list can be edited when its file is mended.")
                }
            };
            notice::warn(model, why);
            Err(vec![Effect::Files(FilesWork::Read { list })])
        }
    }
}

/// Sends an edit to the file.
pub(in crate::app) fn send(
    model: &mut Model,
    place: usize,
    edit: Edit,
    purpose: Purpose,
    undo: Option<Undo>,
) -> Vec<Effect> {
    let Some(list) = model.lists.get(place).map(|list| list.id) else { return Vec::new() };
    send_pending(model, PendingEdit { list, edit, purpose, undo, chosen: None })
}

/// Sends an edit to the file with all that is to be remembered until it ends.
pub(super) fn send_pending(model: &mut Model, pending: PendingEdit) -> Vec<Effect> {
    let PendingEdit { list, ref edit, purpose, .. } = pending;
    let work = FilesWork::Edit { list, edit: edit.clone(), purpose };
    model.edits.push_back(pending);
    vec![Effect::Files(work)]
}

/// True while an edit of the current list is on its way.
pub(super) fn is_on_its_way(model: &Model, wanted: impl Fn(&Edit) -> bool) -> bool {
    let list = model.current_list().map(|list| list.id);
    model.edits.iter().any(|pending| Some(pending.list) == list && wanted(&pending.edit))
}

/// The orders of the current list whose removal is on its way.
fn on_their_way_out(model: &Model) -> HashSet<PhoneNumberOrderId> {
    let list = model.current_list().map(|list| list.id);
    let edits = model.edits.iter().filter(|pending| Some(pending.list) == list);
    let ids = edits.filter_map(|pending| match &pending.edit {
        Edit::Remove(ids) => Some(ids),
        Edit::Add(_)
        | Edit::Restore(_)
        | Edit::Describe(_)
        | Edit::Move { .. }
        | Edit::SetProfile(_)
        | Edit::SetRegion(_)
        | Edit::Follow(_) => None,
    });
    ids.flatten().copied().collect()
}

/// Opens the field for order ids.
pub(super) fn add(model: &mut Model) -> Vec<Effect> {
    if let Err(effects) = editable(model) {
        return effects;
    }
    model.overlay = Some(Overlay::Add(Field::default()));
    Vec::new()
}

/// A key in the field for order ids.
pub(super) fn typed_id(model: &mut Model, mut field: Field, keystroke: Keystroke) -> Vec<Effect> {
    match field.edit(keystroke) {
        Wish::Cancel => return Vec::new(),
        Wish::Submit => return submit_ids(model, field),
        Wish::Edited | Wish::OtherField | Wish::Recall => {}
    }
    model.overlay = Some(Overlay::Add(field));
    Vec::new()
}

/// One new id is added at once, several are shown first.
fn submit_ids(model: &mut Model, mut field: Field) -> Vec<Effect> {
    let preview = super::paste::preview(model, found::in_text(&field.text), &field.text);
    let text = field.text.trim();
    let error = match (preview.new.as_slice(), preview.watched) {
        _ if text.is_empty() => return Vec::new(),
        ([], 0) => super::paste::no_id_in(text),
        ([], _) => preview.sentence(),
        ([_], 0) if preview.repeated == 0 => {
            let effects = super::paste::add_entries(model, preview.new);
            model.overlay = Some(Overlay::Add(field));
            return effects;
        }
        (_, _) => {
            model.overlay = Some(Overlay::Paste(preview));
            return Vec::new();
        }
    };
    field.error = Some(error.into());
    model.overlay = Some(Overlay::Add(field));
    Vec::new()
}

/// Stops watching the marked orders, or the one under the cursor. No question: one undo brings all of them back.
pub(super) fn remove(model: &mut Model) -> Vec<Effect> {
    let place = match editable(model) {
        Ok(place) => place,
        Err(effects) => return effects,
    };
    let entries = marks::entries(model);
    let id = |at: usize| Some(model.lists.get(place)?.watchlist.entries.get(at)?.id);
    let mut ids: Vec<_> = entries.into_iter().filter_map(id).collect();
    let gone = on_their_way_out(model);
    ids.retain(|id| !gone.contains(id));
    if ids.is_empty() {
        return Vec::new();
    }
    send(model, place, Edit::Remove(ids), Purpose::Edit, None)
}

/// Takes in the new orders of the list's account from now on, or no longer.
pub(super) fn follow(model: &mut Model) -> Vec<Effect> {
    let place = match editable(model) {
        Ok(place) => place,
        Err(effects) => return effects,
    };
    if is_on_its_way(model, |edit| matches!(edit, Edit::Follow(_))) {
        return Vec::new();
    }
    let following = match model.lists.get(place).map(|list| list.watchlist.following) {
        Some(Following::Nothing) => Following::Account,
        Some(Following::Account) | None => Following::Nothing,
    };
    send(model, place, Edit::Follow(following), Purpose::Edit, None)
}

/// Takes the last edit back.
pub(super) fn undo(model: &mut Model) -> Vec<Effect> {
    let Some(undo) = model.undo.pop() else {
        notice::say(model, "Nothing to undo.");
        return Vec::new();
    };
    match undo.back.clone() {
        Back::Edit(list, edit) => {
            let Some(place) = model.place_of(list) else {
                notice::say(model, "The list of the last edit is closed: nothing was undone.");
                return Vec::new();
            };
            send(model, place, edit, Purpose::Undo, Some(undo))
        }
        Back::List(work) => whole_lists::send(model, work, Some(undo)),
        Back::Preset(edit) => presets::send(model, edit, Some(undo)),
    }
}

/// Remembers how to take something back, and forgets what lies too deep.
pub(super) fn remember(model: &mut Model, undo: Option<Undo>) {
    model.undo.extend(undo);
    let surplus = model.undo.len().saturating_sub(UNDO_DEPTH);
    model.undo.drain(..surplus);
}

/// What an edit does to people: `Toll-free`, `3 orders`.
pub(super) fn subject(entries: &[Entry], name: impl Fn(&Entry) -> String) -> String {
    match entries {
        [only] => name(only),
        many => notice::count(many.len(), "order", "orders"),
    }
}
