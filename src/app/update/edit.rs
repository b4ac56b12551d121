//! Edits of watchlists. They go to the file first: the model changes when the file has changed, so nothing is shown
//! that is not kept.

use super::{movement, notice, whole_lists};
use crate::app::Effect;
use crate::app::effect::{FilesWork, Purpose};
use crate::app::field::Wish;
use crate::app::message::Keystroke;
use crate::app::model::{
    Back, Describe, DescribeField, Field, Model, Overlay, PendingEdit, UNDO_DEPTH, Undo,
};
use crate::domain::watchlist::{Access, Edit, Following};
use crate::domain::{Entry, Text, found};

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
fn is_on_its_way(model: &Model, wanted: impl Fn(&Edit) -> bool) -> bool {
    let list = model.current_list().map(|list| list.id);
    model.edits.iter().any(|pending| Some(pending.list) == list && wanted(&pending.edit))
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

/// Opens the form for label and note of the order under the cursor.
pub(super) fn describe(model: &mut Model) -> Vec<Effect> {
    let place = match editable(model) {
        Ok(place) => place,
        Err(effects) => return effects,
    };
    let entry = movement::entry_at_cursor(model);
    let list = model.lists.get(place);
    let Some((entry, key)) = entry
        .zip(list)
        .and_then(|(at, list)| Some((list.watchlist.entries.get(at)?, list.keys.get(at)?.clone()?)))
    else {
        return Vec::new();
    };
    let field = |text: &Option<Text>| Field::holding(text.as_ref().map_or("", Text::shown));
    let form =
        Describe { key, label: field(&entry.label), note: field(&entry.note), focus: DescribeField::Label };
    model.overlay = Some(Overlay::Describe(form));
    Vec::new()
}

/// A key in the form.
pub(super) fn typed_description(model: &mut Model, mut form: Describe, keystroke: Keystroke) -> Vec<Effect> {
    let mut effects = Vec::new();
    match form.field_mut().edit(keystroke) {
        Wish::Cancel => return effects,
        Wish::Submit => effects = submit_description(model, &form),
        Wish::Edited => {}
        Wish::OtherField | Wish::Recall => {
            form.focus = match form.focus {
                DescribeField::Label => DescribeField::Note,
                DescribeField::Note => DescribeField::Label,
            };
        }
    }
    model.overlay = Some(Overlay::Describe(form));
    effects
}

impl Describe {
    /// The field that takes the keys.
    pub(super) fn field_mut(&mut self) -> &mut Field {
        match self.focus {
            DescribeField::Label => &mut self.label,
            DescribeField::Note => &mut self.note,
        }
    }
}

fn submit_description(model: &mut Model, form: &Describe) -> Vec<Effect> {
    let place = match editable(model) {
        Ok(place) => place,
        Err(effects) => return effects,
    };
    let id = form.key.id;
    if is_on_its_way(model, |edit| matches!(edit, Edit::Describe { id: other, .. } if *other == id)) {
        return Vec::new();
    }
    let kept = |field: &Field| Some(field.text.trim()).filter(|text| !text.is_empty()).map(Text::from);
    let edit = Edit::Describe { id, label: kept(&form.label), note: kept(&form.note) };
    send(model, place, edit, Purpose::Edit, None)
}

/// Stops watching the order under the cursor. No question: undo brings it back.
pub(super) fn remove(model: &mut Model) -> Vec<Effect> {
    let place = match editable(model) {
        Ok(place) => place,
        Err(effects) => return effects,
    };
    let entry = movement::entry_at_cursor(model);
    let Some(id) = entry.and_then(|at| Some(model.lists.get(place)?.watchlist.entries.get(at)?.id)) else {
        return Vec::new();
    };
    if is_on_its_way(model, |edit| matches!(edit, Edit::Remove(ids) if ids.contains(&id))) {
        return Vec::new();
    }
    send(model, place, Edit::Remove(vec![id]), Purpose::Edit, None)
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
    match (undo.back.clone(), model.place_of(undo.list)) {
        (Back::Edit(edit), Some(place)) => send(model, place, edit, Purpose::Undo, Some(undo)),
        (Back::List(work), _) => whole_lists::send(model, work, Some(undo)),
        (Back::Edit(_), None) => {
            notice::say(model, "The list of the last edit is closed: nothing was undone.");
            Vec::new()
        }
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
