//! Pasted text: order ids are found in it and shown before they are added; in a field it is text.

use super::{edit, filter, notice, picker};
use crate::app::Effect;
use crate::app::effect::{FilesWork, Purpose};
use crate::app::model::{Model, Overlay, Preview};
use crate::app::query::line::thousands;
use crate::domain::found::{self, Found};
use crate::domain::watchlist::Edit;
use crate::domain::{Entry, PhoneNumberOrderId};
use std::collections::HashSet;

/// The most bytes of a paste that are looked through.
const MOST: usize = 1 << 20;
/// A text up to this length is looked through without a frame being late.
const AT_ONCE: usize = 64 << 10;

/// A text was pasted.
pub(super) fn pasted(model: &mut Model, text: &str) -> Vec<Effect> {
    // Terminals send a line's end as the enter key would.
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    model.pasted.clear();
    model.paste_unread = 0;
    goes_on(model, &text)
}

/// The next part of it came. A part alone may end within an id: what is shown is what the whole text holds.
pub(super) fn goes_on(model: &mut Model, part: &str) -> Vec<Effect> {
    let room = part.floor_char_boundary(MOST.saturating_sub(model.pasted.len()));
    let (kept, rest) = part.split_at(room);
    model.pasted.push_str(kept);
    model.paste_unread += rest.len();
    match model.overlay.take() {
        Some(overlay @ Overlay::Filter { .. }) => {
            model.overlay = Some(overlay);
            filter::pasted(model, part);
        }
        Some(Overlay::Describe(mut form)) => {
            form.field_mut().insert(part);
            model.overlay = Some(Overlay::Describe(form));
        }
        Some(Overlay::Name(mut form)) => {
            form.field.insert(part);
            model.overlay = Some(Overlay::Name(form));
        }
        Some(Overlay::Export(mut form)) => {
            form.path.insert(part);
            model.overlay = Some(Overlay::Export(form));
        }
        Some(Overlay::Picker(mut picker)) => {
            picker::pasted(&mut picker, part);
            model.overlay = Some(Overlay::Picker(picker));
        }
        // In the field for ids one line is text that can go on, more are shown like any other paste.
        Some(Overlay::Add(mut field)) if model.pasted.trim().lines().count() <= 1 => {
            field.insert(part);
            model.overlay = Some(Overlay::Add(field));
        }
        Some(Overlay::Add(_) | Overlay::Paste(_) | Overlay::Json(_)) | None => {
            return look_through(model);
        }
    }
    Vec::new()
}

/// Finds the ids in what was pasted: here where it is short, else on a thread that keeps no frame waiting. Of a text
/// that comes in parts the whole is looked through again when the part before has been.
fn look_through(model: &mut Model) -> Vec<Effect> {
    if model.pasted.len() <= AT_ONCE {
        let found = found::in_text(&model.pasted);
        return show(model, found);
    }
    if model.looking_through.is_some() {
        return Vec::new();
    }
    model.looking_through = Some(model.pasted.len());
    let text = format!("Looking for order IDs in {} KiB of text.", model.pasted.len() >> 10);
    notice::say(model, text);
    vec![Effect::Files(FilesWork::Find(model.pasted.as_str().into()))]
}

/// The ids in a long text were found. Who has gone on to something else meanwhile is left alone.
pub(super) fn found(model: &mut Model, found: Found) -> Vec<Effect> {
    let Some(length) = model.looking_through.take() else { return Vec::new() };
    match &model.overlay {
        _ if model.pasted.len() != length => look_through(model),
        Some(Overlay::Paste(_)) | None => show(model, found),
        Some(_) => Vec::new(),
    }
}

/// Shows what would be added; says so where there is nothing to add.
fn show(model: &mut Model, found: Found) -> Vec<Effect> {
    if let Err(effects) = edit::editable(model) {
        return effects;
    }
    let preview = Preview { unread: model.paste_unread, ..preview(model, found, &model.pasted) };
    if preview.new.is_empty() {
        let sentence = if preview.watched == 0 { no_id_in(&model.pasted) } else { preview.sentence() };
        notice::warn(model, sentence);
    } else {
        model.overlay = Some(Overlay::Paste(preview));
    }
    Vec::new()
}

/// What a text would add to the current list.
pub(super) fn preview(model: &Model, found: Found, text: &str) -> Preview {
    let entries = model.current_list().map_or(&[][..], |list| &list.watchlist.entries);
    let watched: HashSet<PhoneNumberOrderId> = entries.iter().map(|entry| entry.id).collect();
    let (known, new): (Vec<Entry>, Vec<Entry>) =
        found.entries.into_iter().partition(|entry| watched.contains(&entry.id));
    Preview {
        new,
        watched: known.len(),
        repeated: found.repeated,
        beyond: found.beyond,
        missed: found.missed,
        miss: found.miss,
        characters: text.chars().count(),
        ..Preview::default()
    }
}

/// Why a text without an order id is none: what is wrong with the one word it holds, else what one looks like.
pub(super) fn no_id_in(text: &str) -> String {
    let word = text.trim();
    let is_an_attempt = word.contains('-') && word.len() <= 64 && !word.contains(char::is_whitespace);
    match PhoneNumberOrderId::parse(word) {
        Err(why) if is_an_attempt => {
            format!("'{}' is no order ID: {why}. Nothing was sent.", crate::domain::text::neutralise(word))
        }
        Err(_) | Ok(_) => format!(
            "No order ID in those {} characters. One looks like 3f2a91c0-77aa-4e0b-9a55-0d1f5e2bc01d.",
            thousands(text.chars().count())
        ),
    }
}

/// Adds what the preview shows and nobody left out. It stays until the file has taken them.
pub(super) fn confirm(model: &mut Model) -> Vec<Effect> {
    let Some(Overlay::Paste(preview)) = &model.overlay else { return Vec::new() };
    let entries = preview.added();
    if entries.is_empty() {
        model.overlay = None;
        notice::say(model, "Nothing was added: all of it was left out.");
        return Vec::new();
    }
    add_entries(model, entries)
}

/// Leaves out the order under the cursor, or adds it after all, and goes on to the next.
pub(super) fn leave_out(preview: &mut Preview) {
    let Some(id) = preview.new.get(preview.cursor).map(|entry| entry.id) else { return };
    if !preview.left_out.remove(&id) {
        preview.left_out.insert(id);
    }
    preview.cursor = (preview.cursor + 1).min(preview.new.len().saturating_sub(1));
}

/// Leaves out all of it; where all of it is left out, nothing.
pub(super) fn leave_out_all(preview: &mut Preview) {
    if preview.left_out.len() == preview.new.len() {
        preview.left_out.clear();
    } else {
        preview.left_out = preview.new.iter().map(|entry| entry.id).collect();
    }
}

/// Adds orders to the current list.
pub(super) fn add_entries(model: &mut Model, entries: Vec<Entry>) -> Vec<Effect> {
    let place = match edit::editable(model) {
        Ok(place) => place,
        Err(effects) => return effects,
    };
    let edit = Edit::Add(entries);
    if model.edits.iter().any(|pending| pending.edit == edit) {
        return Vec::new();
    }
    edit::send(model, place, edit, Purpose::Edit, None)
}
