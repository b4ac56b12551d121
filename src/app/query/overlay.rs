//! What lies over the screen: fields, the preview of a paste.

use super::line::{Line, Role, count, thousands, wrap};
use crate::app::action::Action;
use crate::app::key_names::KeyNames;
use crate::app::model::{
    Describe, DescribeField, ExportForm, Exported, Field, Model, NameForm, Naming, Preview,
};
use crate::domain::{Entry, found, name};

/// Cells of text that the preview of a paste is never wider than.
pub const PREVIEW_WIDTH: u16 = 72;

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

/// What the form exports.
pub fn export_title(form: &ExportForm) -> String {
    match &form.what {
        Exported::Orders(orders) => format!("Export {}", count(orders.len(), "order", "orders")),
        Exported::Numbers(numbers) => format!("Export {}", count(*numbers, "number", "numbers")),
    }
}

/// Whose label and note the form sets.
pub fn describe_title(form: &Describe) -> String {
    match form.orders.len() {
        1 => "Label and note".to_owned(),
        several => format!("Label and note of {} orders", thousands(several)),
    }
}

/// What a form says of its keys.
pub const fn describe_hint(form: &Describe) -> &'static str {
    if form.orders.len() == 1 {
        "enter saves   tab the other field   esc leaves it as it was"
    } else {
        "enter saves   tab the other field   esc leaves all as they were; what you do not change stays as each has it"
    }
}

/// What the field for a list's name says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NameSaid {
    /// Its title.
    pub title: String,
    /// What to type, and what the keys do.
    pub hint: &'static str,
}

/// What the field for a list's name says.
pub fn name(model: &Model, form: &NameForm) -> NameSaid {
    let called = |list| model.place_of(list).and_then(|place| model.lists.get(place));
    let called = |list| called(list).map_or("", |list| list.watchlist.name.shown());
    let (title, hint) = match form.naming {
        Naming::Saved(_) => (
            "Save unsaved as a watchlist".to_owned(),
            "letters, digits, - and _   enter saves   esc leaves it",
        ),
        Naming::New => {
            ("New watchlist".to_owned(), "letters, digits, - and _   enter makes it   esc leaves it")
        }
        Naming::Renamed(list) => {
            (format!("Rename {}", called(list)), "letters, digits, - and _   enter renames   esc leaves it")
        }
        Naming::Copy(list) => {
            (format!("Copy {}", called(list)), "letters, digits, - and _   enter copies   esc leaves it")
        }
    };
    NameSaid { title, hint }
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

/// `1 looks like an ID but is none: 3f2a91c0-77aa has 2 groups instead of 5 (8-4-4-4-12).`, and what was not read.
pub fn preview_warnings(preview: &Preview) -> Vec<String> {
    let miss = preview.miss.as_ref().map(|miss| match preview.missed {
        1 => format!("1 looks like an ID but is none: {}: {}.", miss.word, miss.why),
        more => {
            format!("{} look like IDs but are none, the first: {}: {}.", thousands(more), miss.word, miss.why)
        }
    });
    let beyond = (preview.beyond > 0).then(|| {
        format!("One text adds {} orders at most. Paste the others after these.", thousands(found::MOST))
    });
    let unread = (preview.unread > 0).then(|| {
        let kib = preview.unread.div_ceil(1024);
        format!(
            "The last {} KiB were not read: a paste is read up to 1 MiB, standard input to 10.",
            thousands(kib)
        )
    });
    miss.into_iter().chain(beyond).chain(unread).collect()
}

/// What a preview says above the orders, in lines as wide as it is.
pub fn preview_text(preview: &Preview, keys: &KeyNames, width: u16) -> Vec<(String, Role)> {
    let width = usize::from(width.saturating_sub(2).max(1));
    let said = std::iter::once((self::preview(preview, keys), Role::Plain));
    let warned = preview_warnings(preview).into_iter().map(|text| (text, Role::Need));
    let wrapped = |(text, role): (String, Role)| wrap(&text, width).into_iter().map(move |line| (line, role));
    said.chain(warned).flat_map(wrapped).collect()
}

/// A line of air above what a preview says, where there is room.
pub const fn preview_air(height: usize) -> usize {
    if height > 4 { 1 } else { 0 }
}

/// How many of the orders are visible below the text, in an area of that size.
pub fn preview_page(preview: &Preview, keys: &KeyNames, width: u16, height: usize) -> usize {
    let above = preview_air(height) + preview_text(preview, keys, width).len() + 1;
    height.saturating_sub(above).max(1)
}

/// The new orders that are visible, so that one sees what would be added, and how many follow below.
pub fn preview_entries(preview: &Preview, page: usize) -> (Vec<Line<'_>>, usize) {
    let first = preview.offset.min(preview.new.len().saturating_sub(page));
    let line = |entry: &Entry| {
        let line = Line::of(format!(" {}", entry.id), Role::Plain);
        match &entry.label {
            Some(_) => {
                line.then(format!("  {}", name::of(&entry.id, entry.label.as_ref(), None)), Role::Strong)
            }
            None => line,
        }
    };
    let lines = preview.new.iter().skip(first).take(page).map(line).collect();
    (lines, preview.new.len().saturating_sub(first + page))
}
