//! Label and note of an order, or of all that are marked, in one form.

use super::{edit, marks};
use crate::app::Effect;
use crate::app::effect::Purpose;
use crate::app::field::Wish;
use crate::app::message::Keystroke;
use crate::app::model::{Describe, DescribeField, Field, Model, Overlay};
use crate::domain::watchlist::{Description, Edit};
use crate::domain::{Entry, Text};
use std::collections::HashMap;

/// Opens the form for the marked orders, or for the one under the cursor.
pub(super) fn open(model: &mut Model) -> Vec<Effect> {
    let place = match edit::editable(model) {
        Ok(place) => place,
        Err(effects) => return effects,
    };
    let Some(list) = model.lists.get(place) else { return Vec::new() };
    let entries: Vec<&Entry> =
        marks::entries(model).into_iter().filter_map(|at| list.watchlist.entries.get(at)).collect();
    if entries.is_empty() {
        return Vec::new();
    }
    let before = [shared(&entries, |entry| &entry.label), shared(&entries, |entry| &entry.note)];
    let form = Describe {
        orders: entries.iter().map(|entry| entry.id).collect(),
        label: Field::holding(&before[0]),
        note: Field::holding(&before[1]),
        before,
        focus: DescribeField::Label,
    };
    model.overlay = Some(Overlay::Describe(form));
    Vec::new()
}

/// What all of them have; empty where they differ.
fn shared<'e>(entries: &[&'e Entry], text: impl Fn(&'e Entry) -> &'e Option<Text>) -> String {
    let shown = |entry: &&'e Entry| text(entry).as_ref().map_or("", Text::shown);
    let mut texts = entries.iter().map(shown);
    let first = texts.next().unwrap_or_default();
    if texts.all(|other| other == first) { first.to_owned() } else { String::new() }
}

/// A key in the form.
pub(super) fn typed(model: &mut Model, mut form: Describe, keystroke: Keystroke) -> Vec<Effect> {
    let mut effects = Vec::new();
    match form.field_mut().edit(keystroke) {
        Wish::Cancel => return effects,
        Wish::Submit => effects = submit(model, &form),
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

fn submit(model: &mut Model, form: &Describe) -> Vec<Effect> {
    let place = match edit::editable(model) {
        Ok(place) => place,
        Err(effects) => return effects,
    };
    let is_this = |edit: &Edit| matches!(edit, Edit::Describe(other) if other.iter().any(|each| form.orders.contains(&each.id)));
    if edit::is_on_its_way(model, is_this) {
        return Vec::new();
    }
    let Some(list) = model.lists.get(place) else { return Vec::new() };
    let is_one = form.orders.len() == 1;
    let kept = |field: &Field, before: &String, known: &Option<Text>| {
        if !is_one && field.text == *before {
            return known.clone();
        }
        Some(field.text.trim()).filter(|text| !text.is_empty()).map(Text::from)
    };
    let [label, note] = &form.before;
    let described = |entry: &Entry| Description {
        id: entry.id,
        label: kept(&form.label, label, &entry.label),
        note: kept(&form.note, note, &entry.note),
    };
    let known: HashMap<_, _> = list.watchlist.entries.iter().map(|entry| (entry.id, entry)).collect();
    let entries = form.orders.iter().filter_map(|id| known.get(id));
    let descriptions = entries.map(|entry| described(entry)).collect();
    edit::send(model, place, Edit::Describe(descriptions), Purpose::Edit, None)
}
