//! Writing what is shown to a file.

use super::{marks, notice, shown};
use crate::app::Effect;
use crate::app::effect::FilesWork;
use crate::app::field::Wish;
use crate::app::message::Keystroke;
use crate::app::model::{ExportForm, Exported, Field, List, Model, Overlay, Screen, Times};
use crate::app::picker::copies;
use crate::app::query::numbers as query_numbers;
use crate::app::query::{self, line};
use crate::app::written::export::{Contents, Export, Format};
use crate::domain::{PhoneNumberOrderId, Text};
use jiff::tz::TimeZone;

/// Opens the form: for the marked orders, else those that are shown; on the numbers screen for the numbers, on that
/// of the activity for the changes.
pub(super) fn open(model: &mut Model) -> Vec<Effect> {
    let what = match &model.screen {
        Screen::Numbers(screen) => Exported::Numbers(shown::number_lines(model, screen)),
        Screen::Activity(screen) => Exported::Changes(query::changes::changes(model, screen).len()),
        Screen::Order(_) | Screen::Number(_) => Exported::Orders(super::copy::targets(model)),
        Screen::List => Exported::Orders(orders(model)),
    };
    let (is_empty, name) = match &what {
        Exported::Orders(orders) => (orders.is_empty(), ""),
        Exported::Numbers(numbers) => (*numbers == 0, "-numbers"),
        Exported::Changes(changes) => (*changes == 0, "-changes"),
    };
    if is_empty {
        notice::say(model, "Nothing is shown that could be written.");
        return Vec::new();
    }
    let list = model.current_list().map_or("orders", |list| list.watchlist.name.shown());
    let path = format!("./{}{name}-{}.csv", file_name(list), today(model));
    let mut field = Field::holding(&path);
    // What is changed most is before the ending.
    field.cursor -= ".csv".len();
    model.overlay = Some(Overlay::Export(ExportForm { path: field, what }));
    Vec::new()
}

/// The marked orders of the list, else all that are shown, those among them that are folded into one line.
fn orders(model: &Model) -> Vec<PhoneNumberOrderId> {
    let Some(list) = model.current_list() else { return Vec::new() };
    let id = |at: usize| Some(list.watchlist.entries.get(at)?.id);
    if !list.marks.is_empty() {
        return marks::entries(model).into_iter().filter_map(id).collect();
    }
    let shown = list.rows.shown.iter().copied();
    shown.chain(folded(list)).filter_map(id).collect()
}

fn folded(list: &List) -> Vec<usize> {
    if list.rows.folded == 0 {
        return Vec::new();
    }
    let shown: std::collections::HashSet<_> = list.rows.shown.iter().collect();
    (0..list.watchlist.entries.len()).filter(|entry| !shown.contains(entry)).collect()
}

/// A list may be a path of a team's repository.
fn file_name(list: &str) -> String {
    let name = list.rsplit(['/', '\\']).next().unwrap_or_default().trim_end_matches(".toml");
    let is_plain = |character: char| character.is_alphanumeric() || "-_.".contains(character);
    name.chars().map(|character| if is_plain(character) { character } else { '-' }).collect()
}

fn today(model: &Model) -> String {
    let zone = match model.preferences.times {
        Times::Relative | Times::Local => model.zone.clone(),
        Times::Utc => TimeZone::UTC,
    };
    model.watch.corrected(model.now).to_zoned(zone).strftime("%Y-%m-%d").to_string()
}

/// A key in the form.
pub(super) fn typed(model: &mut Model, mut form: ExportForm, keystroke: Keystroke) -> Vec<Effect> {
    let mut effects = Vec::new();
    match form.path.edit(keystroke) {
        Wish::Cancel => return effects,
        Wish::Submit => effects = submit(model, &mut form),
        Wish::Edited | Wish::OtherField | Wish::Recall => {}
    }
    model.overlay = Some(Overlay::Export(form));
    effects
}

fn submit(model: &Model, form: &mut ExportForm) -> Vec<Effect> {
    let path = form.path.text.trim();
    let Some(format) = Format::of(path) else {
        let why = "The ending says the form: .csv, .json or .md.";
        form.path.error = Some(why.into());
        return Vec::new();
    };
    let (contents, what) = match &form.what {
        Exported::Orders(orders) => {
            let subjects = copies::subjects(model, orders);
            let what = line::count(subjects.len(), "order", "orders");
            (Contents::Orders(subjects), what)
        }
        Exported::Numbers(_) => {
            let Screen::Numbers(screen) = &model.screen else { return Vec::new() };
            let (orders, numbers) = query_numbers::places(model, screen);
            let what = line::count(numbers.len(), "number", "numbers");
            (Contents::Numbers { orders, numbers }, what)
        }
        Exported::Changes(_) => {
            let Screen::Activity(screen) = &model.screen else { return Vec::new() };
            let told = query::changes::told(model, screen);
            let what = line::count(told.len(), "change", "changes");
            (Contents::Changes(told), what)
        }
    };
    vec![Effect::Files(FilesWork::Export(Box::new(Export { path: path.into(), format, contents, what })))]
}

/// The file was written, or not: then what was typed stays.
pub(super) fn ended(model: &mut Model, what: &str, result: Result<Text, Text>) {
    match result {
        Ok(path) => {
            if matches!(model.overlay, Some(Overlay::Export(_))) {
                model.overlay = None;
            }
            notice::tell(model, format!("Wrote {what} to {path}."));
        }
        Err(why) => {
            if let Some(Overlay::Export(form)) = &mut model.overlay {
                form.path.error = Some(why.clone());
            }
            notice::warn(model, why);
        }
    }
}
