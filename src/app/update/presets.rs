//! Filters under a name: chosen, saved, deleted and brought back. Like edits of lists they go to the file first.

use super::{edit, filter, notice, picker};
use crate::app::Effect;
use crate::app::action::Action;
use crate::app::effect::{FilesWork, PresetEdit, PresetEdited};
use crate::app::model::{Back, Field, Model, NameForm, Naming, Overlay, Undo};
use crate::app::picker::Kind;
use crate::app::presets::{LONGEST_NAME, Origin, PendingPreset, Preset};
use crate::app::query::filter_text;
use crate::domain::Text;

/// Filters by the one that goes by this name where it comes from.
pub(super) fn choose(model: &mut Model, origin: Origin, name: &Text) -> Vec<Effect> {
    if let Some(Preset { filter: Some(text), .. }) = model.presets.find(origin, name) {
        filter::choose(model, text.raw());
    }
    Vec::new()
}

/// Opens the field for the name of the filter that is set.
pub(super) fn ask_name(model: &mut Model) -> Vec<Effect> {
    let text = filter_text(model).unwrap_or_default().trim().to_owned();
    if text.is_empty() {
        let key = model.keys.of(Action::Filter);
        notice::say(model, format!("No filter is set here: {key} sets one."));
    } else {
        let naming = Naming::Filter(text.as_str().into());
        model.overlay = Some(Overlay::Name(NameForm { field: Field::default(), naming }));
    }
    Vec::new()
}

/// Opens the filters that can be deleted.
pub(super) fn choose_to_delete(model: &mut Model) -> Vec<Effect> {
    if model.presets.kept.is_empty() {
        let key = model.keys.of(Action::SaveFilter);
        notice::say(model, format!("No filter is saved yet: {key} saves the one that is set."));
        return Vec::new();
    }
    picker::open(model, Kind::DeleteFilter)
}

/// Saves a filter under a name. One that is saved under it already is replaced: the field has said so.
pub(super) fn save(model: &mut Model, field: &mut Field, name: Text, filter: Text) -> Vec<Effect> {
    let configured = model.presets.configured(name.raw());
    let refusal = match configured {
        Some(configured) => Some(format!("{name} is set in {}. Choose another name.", configured.place)),
        None if name.raw().chars().count() > LONGEST_NAME => {
            Some(format!("A name has at most {LONGEST_NAME} characters."))
        }
        None => None,
    };
    if let Some(why) = refusal {
        field.error = Some(why.into());
        return Vec::new();
    }
    send(model, PresetEdit { name, filter: Some(filter) }, None)
}

/// Deletes a saved filter. No question: undo brings it back.
pub(super) fn delete(model: &mut Model, name: Text) -> Vec<Effect> {
    send(model, PresetEdit { name, filter: None }, None)
}

/// Hands an edit to the state file; to take something back where there is an undo for it.
pub(super) fn send(model: &mut Model, edit: PresetEdit, undo: Option<Undo>) -> Vec<Effect> {
    let pending = &mut model.presets.pending;
    let last = pending.iter().rev().find(|pending| pending.edit.name == edit.name);
    if last.is_some_and(|last| last.edit == edit) && undo.is_none() {
        // A key was pressed twice.
        return Vec::new();
    }
    pending.push_back(PendingPreset { edit: edit.clone(), undo });
    vec![Effect::Files(FilesWork::KeepFilter(edit))]
}

/// An edit ended.
pub(super) fn edited(model: &mut Model, edit: &PresetEdit, result: Result<PresetEdited, Text>) {
    let pending = &mut model.presets.pending;
    let at = pending.iter().position(|pending| pending.edit == *edit);
    let undo = at.and_then(|at| pending.remove(at)).and_then(|pending| pending.undo);
    let PresetEdited { kept, before } = match result {
        Ok(edited) => edited,
        Err(why) => {
            if let Some(form) = form_of(model, edit) {
                form.field.error = Some(why.clone());
            }
            model.undo.extend(undo);
            notice::warn(model, why);
            return;
        }
    };
    model.presets.kept = kept;
    if form_of(model, edit).is_some() {
        model.overlay = None;
    }
    match (undo, told(edit, before)) {
        (Some(undo), _) => notice::say(model, undo.what),
        (None, (said, Some(back))) => {
            edit::remember(model, Some(back));
            notice::offer(model, said, Action::Undo);
        }
        (None, (said, None)) => notice::say(model, said),
    }
}

/// What is said of an edit, and what takes it back where it changed something.
fn told(edit: &PresetEdit, before: Option<Text>) -> (String, Option<Undo>) {
    let name = &edit.name;
    let (said, what) = match (&before, &edit.filter) {
        (Some(before), Some(filter)) if before == filter => {
            return (format!("The filter {name} was saved so already."), None);
        }
        (Some(_), Some(_)) => {
            (format!("The filter {name} is replaced."), format!("The filter {name} is as it was."))
        }
        (None, Some(_)) => {
            (format!("The filter is saved as {name}."), format!("The filter {name} is deleted again."))
        }
        (Some(_), None) => (format!("The filter {name} is deleted."), format!("The filter {name} is back.")),
        (None, None) => return (format!("The filter {name} was deleted already."), None),
    };
    let back = Back::Preset(PresetEdit { name: name.clone(), filter: before });
    (said, Some(Undo { back, what, picked: None, then: None }))
}

/// The field that asked for an edit.
fn form_of<'m>(model: &'m mut Model, edit: &PresetEdit) -> Option<&'m mut NameForm> {
    let Some(Overlay::Name(form)) = &mut model.overlay else { return None };
    let is_it = matches!(&form.naming, Naming::Filter(filter) if edit.filter.as_ref() == Some(filter));
    is_it.then_some(form)
}
