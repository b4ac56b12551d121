//! Copying: the obvious thing at once, anything else from a menu that says how much it would copy.

use super::{marks, notice, picker, shown};
use crate::app::Effect;
use crate::app::action::Action;
use crate::app::card::{self, Card, Cause};
use crate::app::model::{Copied, Model, NumbersScreen, Overlay, Screen, WhichNumbers};
use crate::app::picker::{Kind, copies};
use crate::app::query::line;
use crate::app::written::Form;
use crate::domain::failure::POLICY;
use crate::domain::masking::masked;
use crate::domain::text::neutralise_within;
use crate::domain::{PhoneNumberOrderId, Privacy};

/// Copies the obvious thing: a card's command, the numbers shown, the open number, the failed numbers of an order as far as
/// its filter shows them, the ids of the marked orders or of the one under the cursor.
pub(super) fn copy(model: &mut Model) -> Vec<Effect> {
    let Some((text, what)) = obvious(model) else {
        notice::say(model, "Nothing to copy here.");
        return Vec::new();
    };
    vec![Effect::Copy { text, what }]
}

/// Prints what was copied by the last key, else the obvious thing: some terminals take no text, and most do not say so.
/// A terminal is a screen: what it must not obey is written out, and privacy masks numbers here too.
pub(super) fn print(model: &mut Model) -> Vec<Effect> {
    let copied = model.copied.clone().map(|copied| (copied.text, copied.what));
    let Some((text, what)) = copied.or_else(|| obvious(model)) else {
        notice::say(model, "Nothing to print here.");
        return Vec::new();
    };
    let lines: Vec<_> = text.lines().map(|line| neutralise_within(line, usize::MAX)).collect();
    let text = lines.join("\n");
    vec![match model.preferences.privacy {
        Privacy::Shown => Effect::Print { text, what },
        Privacy::Masked => {
            Effect::Print { text: masked(&text).into_owned(), what: format!("{what}, masked") }
        }
    }]
}

/// Remembers what a key has copied, until the next one that does not print it.
pub(super) fn note(model: &mut Model, effects: &[Effect]) {
    if effects.iter().any(|effect| matches!(effect, Effect::Print { .. })) {
        return;
    }
    model.copied = effects.iter().find_map(|effect| {
        let Effect::Copy { text, what } = effect else { return None };
        Some(Copied { text: text.clone(), what: what.clone() })
    });
}

/// Copies the policy that is enough, whether it is missing or not.
pub(super) fn policy() -> Vec<Effect> {
    let what = "the policy of two read actions".to_owned();
    vec![Effect::Copy { text: POLICY.to_owned(), what }]
}

fn obvious(model: &Model) -> Option<(String, String)> {
    if let Some(Overlay::Json(json)) = &model.overlay {
        let text = json.came.clone()?;
        let what = format!("the answer ({})", line::count(text.chars().count(), "character", "characters"));
        return Some((text, what));
    }
    if let Some(of_card) = card::card(model).and_then(of_card) {
        return Some(of_card);
    }
    match &model.screen {
        Screen::Numbers(screen) => numbers(&shown::numbers(model, screen)),
        Screen::Order(screen) => {
            let of = |which| NumbersScreen {
                filter: screen.filter.clone(),
                ..NumbersScreen::new(Some(screen.clone()), which)
            };
            let shown = |which| numbers(&shown::numbers(model, &of(which)));
            let filtered = || (!screen.filter.is_empty()).then(|| shown(WhichNumbers::All)).flatten();
            shown(WhichNumbers::Failed).or_else(filtered).or_else(|| ids(model))
        }
        Screen::Number(screen) => numbers(&[screen.number.raw().to_owned()]),
        Screen::List | Screen::Activity(_) => ids(model),
    }
}

/// What mends what a card tells, else what it says where it offers that.
fn of_card(card: Card) -> Option<(String, String)> {
    let what = match (&card.command, card.cause) {
        (Some(_), Cause::Forbidden) => "the policy",
        (
            Some(_),
            Cause::Empty
            | Cause::Resting
            | Cause::SomeWait { .. }
            | Cause::Unreachable { .. }
            | Cause::Broken
            | Cause::NotFound { .. },
        ) => "the command",
        (None, _any_cause) if card.offers.iter().any(|offer| offer.action == Action::Copy) => {
            "what the card says"
        }
        (None, _any_cause) => return None,
    };
    Some((card.command.unwrap_or(card.text).raw().to_owned(), what.to_owned()))
}

/// One E.164 number a line.
fn numbers(numbers: &[String]) -> Option<(String, String)> {
    let what = notice::count(numbers.len(), "number", "numbers");
    (!numbers.is_empty()).then(|| (numbers.join("\n"), what))
}

fn ids(model: &Model) -> Option<(String, String)> {
    let orders = targets(model);
    if orders.is_empty() { None } else { Some(written(model, Form::Ids, &orders)) }
}

/// The orders that copying is about.
pub(super) fn targets(model: &Model) -> Vec<PhoneNumberOrderId> {
    let Some(list) = model.current_list() else { return Vec::new() };
    let entries = marks::entries(model);
    entries.into_iter().filter_map(|at| Some(list.watchlist.entries.get(at)?.id)).collect()
}

/// Orders in a form, and what that is.
fn written(model: &Model, form: Form, orders: &[PhoneNumberOrderId]) -> (String, String) {
    let subjects = copies::subjects(model, orders);
    let text = form.text(&subjects);
    // A row is what the screen shows; numbers and orders are what somebody works with.
    let text = match (form, model.preferences.privacy) {
        (Form::Markdown, Privacy::Masked) => masked_row(&text),
        (_, Privacy::Shown | Privacy::Masked) => text,
    };
    let what = copies::told(form, subjects.len(), &text);
    (text, what)
}

/// Rows with their phone numbers masked, by stars that Markdown takes for stars.
fn masked_row(text: &str) -> String {
    let star = |(before, after): (char, char)| if before == after { vec![after] } else { vec!['\\', after] };
    text.chars().zip(masked(text).chars()).flat_map(star).collect()
}

/// Opens the menu.
pub(super) fn menu(model: &mut Model) -> Vec<Effect> {
    let orders = targets(model);
    let subjects = copies::subjects(model, &orders);
    if subjects.is_empty() {
        notice::say(model, "Nothing to copy here.");
        return Vec::new();
    }
    let items = copies::items(&subjects);
    picker::open_with(model, Kind::Copy(orders), items);
    Vec::new()
}

/// Copies what the menu was opened for.
pub(super) fn chosen(model: &mut Model, form: Form) -> Vec<Effect> {
    let Some(Overlay::Picker(picker)) = model.overlay.take() else { return Vec::new() };
    let Kind::Copy(orders) = picker.kind else { return Vec::new() };
    copy_as(model, form, &orders)
}

/// Copies the link to the AWS console.
pub(super) fn console(model: &mut Model) -> Vec<Effect> {
    let orders = targets(model);
    copy_as(model, Form::Console, &orders)
}

fn copy_as(model: &mut Model, form: Form, orders: &[PhoneNumberOrderId]) -> Vec<Effect> {
    let (text, what) = written(model, form, orders);
    if text.is_empty() {
        notice::say(model, "Nothing to copy here.");
        return Vec::new();
    }
    vec![Effect::Copy { text, what }]
}
