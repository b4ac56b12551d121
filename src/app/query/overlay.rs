//! What lies over the screen: fields, the preview of a paste.

use super::line::{Line, Role, count, thousands};
use crate::app::action::Action;
use crate::app::key_names::KeyNames;
use crate::app::model::{Describe, DescribeField, Field, Preview};
use crate::domain::name;

/// Entries that a preview names one by one.
const NAMED: usize = 8;

/// A field with what stands before it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LabelledField<'m> {
    /// What it is for.
    pub label: &'static str,
    /// The field.
    pub field: &'m Field,
    /// Whether it takes the keys.
    pub focus: Focus,
}

/// Whether a field takes the keys.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Focus {
    /// It does.
    Here,
    /// It does not.
    Elsewhere,
}

/// The fields of the form for label and note.
pub fn describe(form: &Describe) -> [LabelledField<'_>; 2] {
    let focus = |field| if form.focus == field { Focus::Here } else { Focus::Elsewhere };
    [
        LabelledField { label: "Label  ", field: &form.label, focus: focus(DescribeField::Label) },
        LabelledField { label: "Note   ", field: &form.note, focus: focus(DescribeField::Note) },
    ]
}

/// `12 IDs found: 9 new, 2 watched already, 1 twice.  enter adds 9   esc none`
pub fn preview(preview: &Preview, keys: &KeyNames) -> String {
    let found = preview.new.len() + preview.watched + preview.repeated + preview.beyond;
    if found == 0 {
        return format!(
            "No order ID in those {} characters. One looks like 3f2a91c0-77aa-4e0b-9a55-0d1f5e2bc01d.",
            thousands(preview.characters)
        );
    }
    let mut parts = vec![format!("{} new", thousands(preview.new.len()))];
    if preview.watched > 0 {
        parts.push(format!("{} watched already", thousands(preview.watched)));
    }
    if preview.repeated > 0 {
        parts.push(format!("{} twice", thousands(preview.repeated)));
    }
    if preview.beyond > 0 {
        parts.push(format!("{} beyond the limit", thousands(preview.beyond)));
    }
    let answer = match preview.new.len() {
        0 => format!("{} goes back", keys.of(Action::Back)),
        new => {
            let [adds, none] = [Action::Open, Action::Back].map(|action| keys.of(action));
            format!("{adds} adds {}   {none} none", thousands(new))
        }
    };
    format!("{} found: {}.  {answer}", count(found, "ID", "IDs"), parts.join(", "))
}

/// The first of the new orders, so that one sees what would be added.
pub fn preview_entries(preview: &Preview) -> Vec<Line<'_>> {
    let mut lines: Vec<_> = preview
        .new
        .iter()
        .take(NAMED)
        .map(|entry| {
            let line = Line::of(format!(" {}", entry.id), Role::Plain);
            match &entry.label {
                Some(_) => {
                    line.then(format!("  {}", name::of(&entry.id, entry.label.as_ref(), None)), Role::Strong)
                }
                None => line,
            }
        })
        .collect();
    if preview.new.len() > NAMED {
        lines.push(Line::of(format!(" and {} more", thousands(preview.new.len() - NAMED)), Role::Dim));
    }
    lines
}
