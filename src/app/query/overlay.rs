//! What lies over the screen: fields.

use super::line::{count, thousands};
use crate::app::model::{Describe, DescribeField, ExportForm, Exported, Field, Model, NameForm, Naming};
use crate::app::past::Reach;
use crate::app::presets::{Origin, Preset};
use crate::domain::Privacy;
use std::borrow::Cow;

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
pub fn export_title(model: &Model, form: &ExportForm) -> String {
    let title = match &form.what {
        Exported::Orders(orders) => format!("Export {}", count(orders.len(), "order", "orders")),
        Exported::Numbers(numbers) => format!("Export {}", count(*numbers, "number", "numbers")),
        Exported::Changes(changes) => {
            let changes = count(*changes, "change", "changes");
            match model.past.list.reach {
                Reach::Whole => format!("Export {changes}"),
                // They are read as far as somebody scrolls back.
                Reach::Some | Reach::Asked | Reach::Refused => format!("Export the latest {changes}"),
            }
        }
    };
    // A file is worked with: what only the screen masks is said before it is written.
    match model.preferences.privacy {
        Privacy::Shown => title,
        Privacy::Masked => format!("{title}, phone numbers not masked"),
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

/// What the field for a name says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NameSaid {
    /// Its title.
    pub title: String,
    /// What to type, and what the keys do.
    pub hint: Cow<'static, str>,
    /// Lines of its frame.
    pub height: u16,
}

/// Lines of a frame around a field with a line of words, and with two.
const ONE_LINE: u16 = 5;
const TWO_LINES: u16 = 7;

/// What the field for a name says.
pub fn name(model: &Model, form: &NameForm) -> NameSaid {
    let called = |list| model.place_of(list).and_then(|place| model.lists.get(place));
    let called = |list| called(list).map_or("", |list| list.watchlist.name.shown());
    let (title, hint) = match &form.naming {
        Naming::Saved(_) => (
            "Save unsaved as a watchlist".to_owned(),
            "letters, digits, - and _   enter saves   esc leaves it",
        ),
        Naming::New => {
            ("New watchlist".to_owned(), "letters, digits, - and _   enter makes it   esc leaves it")
        }
        Naming::Renamed(list) => {
            (format!("Rename {}", called(*list)), "letters, digits, - and _   enter renames   esc leaves it")
        }
        Naming::Copy(list) => {
            (format!("Copy {}", called(*list)), "letters, digits, - and _   enter copies   esc leaves it")
        }
        Naming::Filter(filter) => {
            let hint = filter_hint(model, form.field.text.trim());
            return NameSaid { title: format!("Save {filter}"), hint: hint.into(), height: TWO_LINES };
        }
    };
    NameSaid { title, hint: hint.into(), height: ONE_LINE }
}

/// What becomes of the filters that there are, where this one gets the name.
fn filter_hint(model: &Model, name: &str) -> String {
    const KEYS: &str = "enter saves   esc leaves it";
    let has_name = |preset: &Preset| preset.name.raw() == name;
    let Some(Preset { name, filter, origin }) = model.presets.all().find(has_name) else {
        return format!("a name, to find it by   {KEYS}");
    };
    match (origin, filter) {
        (Origin::Kept, Some(filter)) => {
            format!("{name} is {filter} now   enter replaces it   esc leaves it")
        }
        (Origin::Kept, None) => format!("{name} is no text in the state file: choose another name"),
        (Origin::Configured, _) => {
            let place = model.presets.configured(name.raw()).map_or("", |each| each.place.shown());
            format!("{name} is set in {place}: choose another name")
        }
        (Origin::BuiltIn, _) => format!("takes the place of the one that is built in   {KEYS}"),
    }
}
