//! The last line: what just happened, else what keys do; at its right end what is out of order.

use super::clock::Clock;
use super::line::{Line, Piece, Role, count, thousands};
use crate::app::action::{Action, Context};
use crate::app::card::{self, Cause};
use crate::app::filter::{Flaw, Query, Wrong, parse};
use crate::app::model::{ActivityScreen, Model, NumbersScreen, Overlay, Screen, Tone};
use crate::app::watch::{HeldBack, Saving};
use crate::domain::text::neutralise;
use crate::domain::{Alerts, Moment};
use jiff::SignedDuration;
use std::ops::Range;

/// The longest pause that is told in figures: no promise of AWS is kept for longer.
const LONGEST_TOLD: SignedDuration = SignedDuration::from_mins(2);

/// A key and what it does here.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Hint {
    /// What the key does.
    pub action: Action,
    /// The same in a word or two.
    pub words: &'static str,
    /// What has no room goes by this: the highest first.
    pub rank: u8,
}

/// The last line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Footer<'m> {
    /// What just happened.
    Notice {
        /// The sentence.
        text: &'m str,
        /// Whether something did not work.
        tone: Tone,
        /// What a key can do about it.
        offers: Option<Hint>,
    },
    /// What keys do here.
    Hints(&'static [Hint]),
}

const fn hint(action: Action, words: &'static str, rank: u8) -> Hint {
    Hint { action, words, rank }
}

const LIST: &[Hint] = &[
    hint(Action::Open, "open", 0),
    hint(Action::Numbers, "failed numbers", 2),
    hint(Action::NextNeed, "next that needs you", 3),
    hint(Action::Filter, "find", 5),
    hint(Action::Add, "add", 4),
    hint(Action::Copy, "copy", 6),
    hint(Action::Palette, "all actions", 7),
    hint(Action::Help, "help", 1),
];
const MARKED: &[Hint] = &[
    hint(Action::MarkOrder, "marks", 5),
    hint(Action::AskNow, "ask now", 3),
    hint(Action::Remove, "remove", 2),
    hint(Action::Describe, "label", 4),
    hint(Action::CopyAs, "copy as", 2),
    hint(Action::MoveOrders, "move", 4),
    hint(Action::Back, "none", 0),
    hint(Action::Help, "help", 6),
];
const ORDER: &[Hint] = &[
    hint(Action::Back, "back", 0),
    hint(Action::NextOrder, "next order", 2),
    hint(Action::NextNeed, "next failed", 3),
    hint(Action::Open, "open", 6),
    hint(Action::Numbers, "its numbers", 4),
    hint(Action::Copy, "copy", 5),
    hint(Action::Handled, "handled", 7),
    hint(Action::AskNow, "ask now", 8),
    hint(Action::Describe, "label", 9),
    hint(Action::Help, "help", 1),
];
const NUMBERS: &[Hint] = &[
    hint(Action::Back, "back", 0),
    hint(Action::Numbers, "failed, waiting, all", 2),
    hint(Action::Copy, "copy these", 3),
    hint(Action::Open, "open", 4),
    hint(Action::Filter, "find", 5),
    hint(Action::Help, "help", 1),
];
const NUMBER: &[Hint] = &[
    hint(Action::Back, "back", 0),
    hint(Action::Open, "its order", 2),
    hint(Action::NextOrder, "next number", 3),
    hint(Action::NextNeed, "next failed", 4),
    hint(Action::Copy, "copy", 5),
    hint(Action::AskNow, "ask now", 6),
    hint(Action::RawJson, "raw JSON", 7),
    hint(Action::Help, "help", 1),
];
const ACTIVITY: &[Hint] = &[
    hint(Action::Back, "back", 0),
    hint(Action::Open, "open its order", 2),
    hint(Action::Filter, "find", 3),
    hint(Action::Times, "times", 4),
    hint(Action::Help, "help", 1),
];
const EMPTY: &[Hint] = &[
    hint(Action::Add, "add", 0),
    hint(Action::Import, "import", 1),
    hint(Action::Help, "help", 2),
    hint(Action::BackOrQuit, "quit", 3),
];
const ELSEWHERE: &[Hint] = &[
    hint(Action::Open, "look there", 0),
    hint(Action::Palette, "all actions", 2),
    hint(Action::Add, "add", 3),
    hint(Action::Remove, "remove", 4),
    hint(Action::Help, "help", 1),
];
const JSON: &[Hint] = &[hint(Action::Back, "back", 0), hint(Action::Copy, "copy", 1)];
const NONE: &[Hint] = &[];

/// The footer; the notice goes before the hints.
pub fn footer(model: &Model) -> Footer<'_> {
    match &model.notice {
        Some(notice) => Footer::Notice {
            text: notice.text.shown(),
            tone: notice.tone,
            offers: notice.offers.map(|action| hint(action, action.spec().map_or("", |spec| spec.short), 0)),
        },
        None if is_empty(model) => Footer::Hints(EMPTY),
        None if looks_elsewhere(model) => Footer::Hints(ELSEWHERE),
        None if has_marks(model) => Footer::Hints(MARKED),
        None => Footer::Hints(hints(model.context())),
    }
}

/// The list on the screen has no order.
fn is_empty(model: &Model) -> bool {
    let has_no_order = model.current_list().is_none_or(|list| list.watchlist.entries.is_empty());
    has_no_order && model.context() == Context::List
}

/// A card stands over the rows that takes the key which opens an order.
fn looks_elsewhere(model: &Model) -> bool {
    model.context() == Context::List
        && card::card(model).is_some_and(|card| matches!(card.cause, Cause::NotFound { look_in: Some(_) }))
}

/// Orders of the list on the screen are marked.
fn has_marks(model: &Model) -> bool {
    model.context() == Context::List && model.current_list().is_some_and(|list| !list.marks.is_empty())
}

const fn hints(context: Context) -> &'static [Hint] {
    match context {
        Context::List => LIST,
        Context::Order => ORDER,
        Context::Numbers => NUMBERS,
        Context::Number => NUMBER,
        Context::Activity => ACTIVITY,
        Context::Json => JSON,
        Context::Text | Context::Picker | Context::Question => NONE,
    }
}

/// In how many lengths what is out of order can be said.
pub const FORMS: usize = 4;

/// What is out of order; nothing when all is well.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Exceptions {
    /// From `2 not answering, oldest 6 m   3 unsaved` to `2 silent   3 unsaved`, the longest first.
    pub forms: [Line<'static>; FORMS],
}

/// What is out of order.
pub fn exceptions(model: &Model, clock: &Clock<'_>) -> Exceptions {
    let mut exceptions = Exceptions::default();
    let health = model.watch.health();
    // One request that failed a moment ago is no silence yet.
    if let Some(oldest) = health.oldest.and_then(|oldest| clock.told_age(oldest)) {
        let silent = thousands(health.silent);
        let forms = [format!("{silent} not answering, oldest {oldest}"), format!("{silent} silent")];
        exceptions.add(&forms, Role::Need);
    }
    let held_back = model.current_list().and_then(|list| model.watch.held_back(&list.scopes(), model.now));
    if let Some(held_back) = held_back {
        exceptions.add(&throttled(held_back, model.now.moment, clock), Role::Need);
    }
    match model.preferences.alerts {
        Alerts::On => {}
        Alerts::Muted => exceptions.add(&["muted".to_owned()], Role::Dim),
    }
    match model.watch.forgotten() {
        0 => {}
        forgotten => {
            let lost =
                format!("{} changes lost", thousands(usize::try_from(forgotten).unwrap_or(usize::MAX)));
            exceptions.add(&[lost], Role::Error);
        }
    }
    match model.watch.unsaved() {
        0 => {}
        unsaved => {
            let unsaved = format!("{} unsaved", thousands(unsaved));
            // On its way it is no exception yet.
            let role = match model.watch.saving() {
                Saving::Idle | Saving::Sent => Role::Dim,
                Saving::Failed { .. } => Role::Need,
            };
            exceptions.add(&[unsaved], role);
        }
    }
    exceptions
}

/// That throttles hold orders back, from what everybody understands to what has room on a narrow screen.
fn throttled(held_back: HeldBack, now: Moment, clock: &Clock<'_>) -> [String; FORMS] {
    let HeldBack { waiting, unread, oldest, until } = held_back;
    let orders = count(waiting, "order waits", "orders wait");
    let how_long = match (unread, oldest) {
        (0, Some(oldest)) => format!(", oldest answer {}", clock.age(oldest)),
        (0, None) => String::new(),
        (1, None) => ", not read yet".to_owned(),
        (_, None) => ", none of them read yet".to_owned(),
        (unread, Some(_)) => format!(", {} not read yet", thousands(unread)),
    };
    // Whoever reads it wants to know when it goes on.
    let end = until.and_then(|until| clock.wall().checked_add(until.since(now)).ok());
    let left = end.and_then(|end| clock.wait(end, LONGEST_TOLD));
    let (asks, briefly) = match left {
        Some(left) => (format!("wait {left}"), format!("held by AWS {left}")),
        None => ("slow down".to_owned(), "slowed by AWS".to_owned()),
    };
    [
        format!("AWS asks us to {asks}: {orders}{how_long}. Nothing is lost."),
        format!("AWS asks us to {asks}: {orders}{how_long}"),
        format!("{briefly}: {orders}"),
        format!("{} slowed", thousands(waiting)),
    ]
}

impl Exceptions {
    /// Adds what is said in these words, the longest first, repeated where there are fewer than forms.
    fn add(&mut self, words: &[String], role: Role) {
        for (form, line) in self.forms.iter_mut().enumerate() {
            let Some(text) = words.get(form * words.len() / FORMS) else { continue };
            if !line.is_blank() {
                line.pieces.push(Piece::Text("   ".into(), Role::Plain));
            }
            line.pieces.push(Piece::Text(text.clone().into(), role));
        }
    }
}

/// How many orders of the list are marked: `3 marked, 1 not shown`. None where none is, and on other screens.
pub fn marks(model: &Model) -> Option<Line<'static>> {
    let list = model.current_list().filter(|_| model.screen == Screen::List)?;
    let marked = list.marked();
    let hidden = match marked.hidden {
        0 => String::new(),
        hidden => format!(", {} not shown", thousands(hidden)),
    };
    (marked.all > 0).then(|| Line::of(format!(" {} marked{hidden}", thousands(marked.all)), Role::Key))
}

/// The filter in force on the screen: how many pass, then its terms as chips: `2/6  status:failed  !label:test`. None
/// without a filter, while it is typed, and over a list that has no order.
pub fn filter(model: &Model) -> Option<Line<'static>> {
    if matches!(model.overlay, Some(Overlay::Filter { .. })) || is_empty(model) {
        return None;
    }
    let text = filter_text(model)?.trim();
    if text.is_empty() {
        return None;
    }
    let Passing { shown, total, .. } = passing(model)?;
    let mut line = Line::of(format!(" {}/{}", thousands(shown), thousands(total)), Role::Strong);
    for chip in Query::of(text).chips(text) {
        line = line.then(" ", Role::Plain).then(format!(" {} ", neutralise(chip)), Role::Chip);
    }
    Some(line)
}

/// The text of the filter that is set on the screen; none where nothing can be filtered.
pub fn filter_text(model: &Model) -> Option<&str> {
    Some(match &model.screen {
        Screen::List => &model.current_list()?.rows.filter,
        Screen::Numbers(screen) => &screen.filter,
        Screen::Order(screen) => &screen.filter,
        Screen::Activity(screen) => &screen.filter,
        Screen::Number(_) => return None,
    })
}

/// How much of the screen passes its filter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Passing {
    shown: usize,
    total: usize,
    /// What is counted: one, and more.
    nouns: (&'static str, &'static str),
}

fn passing(model: &Model) -> Option<Passing> {
    let numbers = |(shown, total)| Passing { shown, total, nouns: ("number", "numbers") };
    Some(match &model.screen {
        Screen::List => {
            let rows = &model.current_list()?.rows;
            let shown = rows.shown.len() + rows.folded;
            Passing { shown, total: shown + rows.hidden, nouns: ("order", "orders") }
        }
        Screen::Numbers(screen) => {
            let unfiltered = NumbersScreen { filter: String::new(), ..screen.clone() };
            let lines = |screen| super::numbers::line_count(model, screen);
            numbers((lines(screen), lines(&unfiltered)))
        }
        Screen::Order(screen) => numbers(super::order::passing(model, screen)),
        Screen::Number(_) => return None,
        Screen::Activity(screen) => {
            let unfiltered = ActivityScreen { filter: String::new(), ..screen.clone() };
            let lines = |screen| super::changes::line_count(model, screen);
            Passing { shown: lines(screen), total: lines(&unfiltered), nouns: ("change", "changes") }
        }
    })
}

/// What stands beside the field in which a filter is typed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Typing {
    /// What is wrong, or how many pass and what ends it.
    pub words: String,
    /// The same with what else a key does here, where there is room for it.
    pub longer: Option<String>,
    /// How they look.
    pub role: Role,
    /// What of the field is wrong, in characters.
    pub wrong: Option<Range<usize>>,
}

/// What stands beside the field in which a filter is typed, where `before` was in force.
pub fn typing(model: &Model, text: &str, before: &str) -> Typing {
    match parse(text) {
        Ok(_) => {
            let counted = passing(model).map(|Passing { shown, total, nouns: (one, many) }| {
                format!("{} of {}   ", thousands(shown), count(total, one, many))
            });
            let esc = if before.is_empty() { "all" } else { "as before" };
            let words = format!("{}enter keeps   esc {esc}", counted.unwrap_or_default());
            let longer = named_filters(model, text).map(|hint| format!("{hint}   {words}"));
            Typing { words, longer, role: Role::Dim, wrong: None }
        }
        Err(Wrong { why, flaw: Flaw::Unfinished, .. }) => {
            Typing { words: why, longer: None, role: Role::Dim, wrong: None }
        }
        Err(Wrong { why, flaw: Flaw::Mistaken | Flaw::AtKey, span }) => {
            let characters = |end: usize| text.get(..end).map_or(0, |start| start.chars().count());
            let wrong = Some(characters(span.start)..characters(span.end));
            Typing { words: why, longer: None, role: Role::Error, wrong }
        }
    }
}

/// That the key of the filter, pressed once more in its empty field, opens the filters that have a name.
fn named_filters(model: &Model, text: &str) -> Option<String> {
    let key = model.keys.of(Action::Filter);
    let is_character = key.chars().count() == 1;
    (text.is_empty() && is_character).then(|| format!("{key} filters by name"))
}
