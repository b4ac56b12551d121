//! The filter of rows and numbers: it works while it is typed. What does not parse leaves the last that did in force.

use super::{notice, picker, screens, shown};
use crate::app::Effect;
use crate::app::action::Action;
use crate::app::field::Wish;
use crate::app::filter::{complete, in_force, parse};
use crate::app::message::Keystroke;
use crate::app::model::{Field, Model, Overlay, Pane, Screen};
use crate::app::picker::Kind;

/// Opens the field empty, for another filter than the one that is set: esc brings that back, up puts it into the field.
pub(super) fn open(model: &mut Model) -> Vec<Effect> {
    let effects = open_set(model);
    if let Some(Overlay::Filter { before, from, .. }) = model.overlay.take() {
        if !before.is_empty() {
            before.clone_into(&mut model.last_filter);
        }
        keep_typing(model, Field::default(), before, from);
    }
    effects
}

/// Opens the field, with the filter that is set.
fn open_set(model: &mut Model) -> Vec<Effect> {
    model.pane = Pane::Rows;
    let Some((filter, cursor)) = parts(model) else { return say_that_nothing_is_filtered(model) };
    let (before, from) = (filter.clone(), *cursor);
    model.overlay = Some(Overlay::Filter { field: Field::holding(&before), before, from });
    Vec::new()
}

/// Opens the field with one more term in it.
pub(super) fn open_with(model: &mut Model, term: &str) -> Vec<Effect> {
    let effects = open_set(model);
    if let Some(Overlay::Filter { field, before, from }) = model.overlay.take() {
        let text = format!("{} {term}", field.text);
        keep_typing(model, Field::holding(text.trim_start()), before, from);
    }
    effects
}

/// Opens the field where a filter is set; else one step back.
pub(super) fn reopen(model: &mut Model) -> Vec<Effect> {
    if parts(model).is_some_and(|(filter, _)| !filter.is_empty()) {
        open_set(model)
    } else {
        screens::back(model)
    }
}

/// Filters by a text that parses, as if it had been typed.
pub(super) fn choose(model: &mut Model, text: &str) {
    model.pane = Pane::Rows;
    if parts(model).is_none() {
        say_that_nothing_is_filtered(model);
        return;
    }
    set(model, text);
    text.clone_into(&mut model.last_filter);
}

/// The help and the palette offer filters on every screen.
fn say_that_nothing_is_filtered(model: &mut Model) -> Vec<Effect> {
    let back = model.keys.of(Action::Back);
    notice::say(model, format!("Here is nothing to filter. {back} leads back to where there is."));
    Vec::new()
}

/// A key in the field. Where nothing is typed yet, the key that opens it opens the filters that have a name.
pub(super) fn typed(model: &mut Model, keystroke: Keystroke) -> Vec<Effect> {
    let Some(Overlay::Filter { mut field, before, from }) = model.overlay.take() else { return Vec::new() };
    if field.text.is_empty() && picker::is_key_of(model, Action::Filter, keystroke) {
        put_back(model, &before, from);
        return picker::open(model, Kind::Filters);
    }
    // On an empty field there is nothing left to take away but the field.
    let closes = keystroke == Keystroke::Backspace && field.text.is_empty();
    match field.edit(keystroke) {
        Wish::Submit if parse(&field.text).is_err() => keep_typing(model, field, before, from),
        Wish::Submit => field.text.trim().clone_into(&mut model.last_filter),
        Wish::Edited if closes => {}
        Wish::OtherField => {
            if let Some((text, cursor)) =
                complete(&field.text, field.cursor).filter(|_| keystroke == Keystroke::NextField)
            {
                (field.text, field.cursor) = (text, cursor);
            }
            keep_typing(model, field, before, from);
        }
        Wish::Edited => keep_typing(model, field, before, from),
        Wish::Recall => {
            let last = Field::holding(&model.last_filter);
            keep_typing(model, last, before, from);
        }
        Wish::Cancel => put_back(model, &before, from),
    }
    Vec::new()
}

/// Filters as before the field was opened.
fn put_back(model: &mut Model, before: &str, from: usize) {
    set(model, before);
    super::settle(model);
    if let Some((_, cursor)) = parts(model) {
        *cursor = from;
    }
}

/// A text pasted into the field.
pub(super) fn pasted(model: &mut Model, text: &str) {
    if let Some(Overlay::Filter { mut field, before, from }) = model.overlay.take() {
        field.insert(text);
        keep_typing(model, field, before, from);
    }
}

fn keep_typing(model: &mut Model, field: Field, before: String, from: usize) {
    if let Some(text) = in_force(&field.text) {
        set(model, text);
    }
    model.overlay = Some(Overlay::Filter { field, before, from });
}

fn set(model: &mut Model, text: &str) {
    if let Some((filter, _)) = parts(model)
        && filter != text
    {
        text.clone_into(filter);
        if let Screen::Order(screen) = &model.screen
            && let Some(line) = shown::first_number(model, screen)
            && let Screen::Order(screen) = &mut model.screen
        {
            // The numbers stand below a head that may fill the screen.
            screen.cursor = line;
        }
    }
}

/// The filter and the cursor of the screen that is filtered.
fn parts(model: &mut Model) -> Option<(&mut String, &mut usize)> {
    match &mut model.screen {
        Screen::Numbers(screen) => Some((&mut screen.filter, &mut screen.cursor)),
        Screen::Activity(screen) => Some((&mut screen.filter, &mut screen.cursor)),
        Screen::List => {
            let rows = &mut model.lists.get_mut(model.current?)?.rows;
            Some((&mut rows.filter, &mut rows.cursor))
        }
        Screen::Order(screen) => Some((&mut screen.filter, &mut screen.cursor)),
        Screen::Number(_) => None,
    }
}
