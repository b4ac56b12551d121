//! What a picker says: the lines that are visible, why there are no others, and its keys.

mod counts;
mod hints;

use super::clock::Clock;
use super::header::bare;
use super::line::{Mark, Role, count, thousands, wrap};
use super::rows::Cursor;
pub use super::rows::Marked;
use crate::app::action::Action;
use crate::app::layout::{Layout, PickerAreas, PickerNeeds};
use crate::app::looks::Colours;
use crate::app::model::Model;
use crate::app::picker::{
    Choice, Detail, Import, Item, Kind, Leaving, Picker, Shows, State, Width, help, import,
};
use crate::app::presets::Origin;
use crate::app::watch::Reading;
use crate::domain::text::neutralise;
use crate::domain::{PhoneNumberOrderId, Scope, Text};
pub use counts::Counts;
use counts::{Count, Orders};
pub use hints::{HintKey, KeyHint};
use std::borrow::Cow;
use std::time::Duration;

/// Cells that a palette, and one of orders, is never wider than; and the others.
const WIDE: u16 = 92;
const NARROW: u16 = 64;
/// Lines below which a box does not shrink when there is little in it.
const LEAST_LINES: usize = 6;
/// When the frame comes that says what this one has not counted.
const SOON: Duration = Duration::from_millis(1);
/// The widest column of names that have words beside them.
const NAMES: usize = 24;

/// One line to choose from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row<'m> {
    /// Whether the cursor is on it.
    pub cursor: Cursor,
    /// Whether it is marked.
    pub marked: Marked,
    /// What it is called.
    pub name: &'m str,
    /// What else there is to say.
    pub detail: RowDetail<'m>,
    /// Why it is not like the others, in a word.
    pub word: Option<&'static str>,
    /// The action whose key does the same.
    pub key: Option<Action>,
    /// How it looks.
    pub role: Role,
}

/// What there is to say beside a name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RowDetail<'m> {
    /// In words.
    Words(&'m str),
    /// What a watchlist has to tell.
    List {
        /// `12 orders`.
        orders: String,
        /// `!3`; empty where no order needs you.
        needing: String,
        /// `3 d ago`: when an order last changed; empty where nobody knows.
        changed: String,
    },
    /// The text of a filter, and how many orders it would show.
    Filter {
        /// The text.
        text: &'m str,
        /// `12 orders`; empty where nothing can be counted.
        orders: String,
        /// `12`.
        count: String,
    },
    /// The symbol that it is about.
    Symbol(Mark),
    /// An order's state, its numbers, its age.
    Order {
        /// The symbol of its state.
        mark: Mark,
        /// Its state as AWS spells it.
        status: Cow<'m, str>,
        /// `12/50`; empty where the account's list does not say.
        done: String,
        /// `3 d ago`.
        created: String,
    },
}

/// What a picker says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct View<'m> {
    /// Where its parts stand.
    pub areas: PickerAreas,
    /// Its title.
    pub title: String,
    /// What stands before the field: the key that people know for it.
    pub prompt: &'static str,
    /// `12/43`; empty where there is nothing to count.
    pub count: String,
    /// Why there is less to choose from.
    pub message: Vec<String>,
    /// The lines that are visible.
    pub rows: Vec<Row<'m>>,
    /// Cells of the column of names, where words stand beside them.
    pub names: usize,
    /// Why there is no line.
    pub nothing: Option<String>,
    /// What else there is to know.
    pub note: Option<(String, Role)>,
    /// Its keys.
    pub keys: Vec<KeyHint>,
    /// Lines that follow below.
    pub below: usize,
}

/// Where the parts of a picker stand over a screen that is laid out.
pub fn areas(model: &Model, picker: &Picker, layout: &Layout) -> PickerAreas {
    let unfiltered = picker.items().iter().filter(|item| item.shows != Shows::Filtered).count();
    let lines = u16::try_from(unfiltered.max(LEAST_LINES)).unwrap_or(u16::MAX);
    let width = match picker.kind.spec().width {
        Width::Wide => WIDE,
        Width::Narrow => NARROW,
    };
    // Pages come: a box that grows with each would be restless.
    let lines = picker.kind.import().map_or(lines, |_| u16::MAX);
    let message = u16::try_from(message(model, picker).len()).unwrap_or(u16::MAX);
    layout.picker(model.size, PickerNeeds { width, lines, message })
}

/// What the open picker says.
pub fn view<'m>(model: &'m Model, picker: &'m Picker, layout: &Layout, clock: &Clock<'_>) -> View<'m> {
    let areas = areas(model, picker, layout);
    let page = areas.page_height();
    let tally = picker.tally();
    let counts_orders = picker.shown().any(|item| matches!(item.detail, Detail::Filter(_)));
    let orders = if counts_orders { Orders::of(model) } else { None };
    let passing = |text: &Text| {
        let passing = orders.as_ref().map_or(Count::Nothing, |all| all.passing(&picker.counts, text.raw()));
        if passing == Count::Later {
            clock.is_before(model.now.moment.plus(SOON));
        }
        passing
    };
    let rows: Vec<Row<'m>> = picker
        .shown()
        .enumerate()
        .skip(picker.offset())
        .take(page)
        .map(|(line, item)| {
            let passing =
                if let Detail::Filter(text) = &item.detail { passing(text) } else { Count::Nothing };
            row(model, picker, (item, passing), (Cursor::at(line, picker.cursor()), clock))
        })
        .collect();
    View {
        title: title(model, picker),
        prompt: if picker.kind == Kind::Palette { ":" } else { "> " },
        count: match tally.total {
            0 => String::new(),
            total => format!("{}/{}", thousands(tally.shown), thousands(total)),
        },
        message: message(model, picker),
        names: names(model, picker),
        nothing: rows.is_empty().then(|| nothing(model, picker)).flatten(),
        below: picker.lines().saturating_sub(picker.offset() + page),
        note: note(model, picker, &areas),
        keys: hints::keys(picker),
        rows,
        areas,
    }
}

fn row<'m>(
    model: &Model,
    picker: &Picker,
    (item, passing): (&'m Item, Count),
    (cursor, clock): (Cursor, &Clock<'_>),
) -> Row<'m> {
    let (word, role) = match &item.state {
        State::Plain => (None, Role::Plain),
        State::Present(word) => (Some(*word), Role::Strong),
        State::Disabled("", _) => (None, Role::Dim),
        State::Disabled(word, _) => (Some(*word), Role::Dim),
    };
    let detail = match &item.detail {
        Detail::Words(words) => RowDetail::Words(words),
        Detail::List { orders, needing, changed } => RowDetail::List {
            orders: count(*orders, "order", "orders"),
            needing: match needing {
                0 => String::new(),
                needing => format!("!{}", thousands(*needing)),
            },
            changed: changed.map(|at| format!("{} ago", clock.age(at))).unwrap_or_default(),
        },
        Detail::Filter(text) => {
            let (orders, count) = match passing {
                Count::Of(passing) => (count(passing, "order", "orders"), thousands(passing)),
                Count::Later => ("…".to_owned(), "…".to_owned()),
                Count::Nothing => (String::new(), String::new()),
            };
            RowDetail::Filter { text: text.shown(), orders, count }
        }
        Detail::Symbol(mark) => RowDetail::Symbol(*mark),
        Detail::Order { status, created, done } => RowDetail::Order {
            mark: status.into(),
            status: Cow::Owned(status.to_string()),
            done: done.map(|(acquired, all)| format!("{acquired}/{all}")).unwrap_or_default(),
            created: created.map(|at| clock.age(at)).unwrap_or_default(),
        },
    };
    let marked = if picker.is_marked(item) { Marked::Yes } else { Marked::No };
    Row { cursor, marked, name: called(model, picker, item), detail, word, key: item.key, role }
}

/// What an item is called on a screen of this width.
fn called<'m>(model: &Model, picker: &Picker, item: &'m Item) -> &'m str {
    if picker.kind == Kind::Help { help::name(item, model.size.width) } else { &item.name }
}

fn names(model: &Model, picker: &Picker) -> usize {
    let has_words = |item: &&Item| match &item.detail {
        // The line that saves a filter has nothing beside it.
        Detail::Words(_) => picker.kind != Kind::Filters,
        Detail::Filter(_) => true,
        Detail::List { .. } | Detail::Symbol(_) | Detail::Order { .. } => false,
    };
    let names = picker.items().iter().filter(has_words);
    names.map(|item| called(model, picker, item).chars().count()).max().unwrap_or(0).min(NAMES)
}

fn title(model: &Model, picker: &Picker) -> String {
    let title = picker.kind.spec().title;
    if let Some(import) = picker.kind.import() {
        return match &import.scope {
            Some(scope) => format!("{title} · {} · {}", progress(model, import), place(scope)),
            None => title.to_owned(),
        };
    }
    let list = model.current_list().map_or("", |list| list.watchlist.name.shown());
    title.replace("{list}", list).replace("{orders}", &of_orders(model, picker.kind.orders()))
}

/// `Toll-free`, `3 orders`.
fn of_orders(model: &Model, orders: &[PhoneNumberOrderId]) -> String {
    let list = model.current_list();
    let name = |id: PhoneNumberOrderId| {
        let list = list?;
        list.name(&model.watch, list.watchlist.entries.iter().position(|entry| entry.id == id)?)
    };
    match orders {
        [only] => name(*only).unwrap_or_else(|| only.short().to_owned()),
        several => count(several.len(), "order", "orders"),
    }
}

/// `prod · us-east-1`, with the endpoint where it is not AWS's own.
fn place(scope: &Scope) -> String {
    let endpoint = scope.endpoint.as_deref().map(|url| format!(" · {}", bare(url))).unwrap_or_default();
    neutralise(&format!("{} · {}{endpoint}", scope.profile_name(), scope.region))
}

/// `212 orders`, `100 orders read…`.
fn progress(model: &Model, import: &Import) -> String {
    let Some(directory) = import::directory(model, import) else { return "reading…".to_owned() };
    let orders = count(directory.orders.len(), "order", "orders");
    match &directory.reading {
        Reading::Underway if directory.orders.is_empty() => "reading…".to_owned(),
        Reading::Underway => format!("{orders} read…"),
        Reading::Whole { .. } => orders,
        Reading::Failed(_) if directory.orders.is_empty() => "not read".to_owned(),
        Reading::Failed(_) => format!("{orders} read, not all"),
    }
}

/// Why there is less to choose from, in lines as wide as the screen lets them be.
fn message(model: &Model, picker: &Picker) -> Vec<String> {
    let width = usize::from(model.size.width.min(WIDE)).saturating_sub(6).max(10);
    let directory = picker.kind.import().and_then(|import| import::directory(model, import));
    let Some(directory) = directory else { return Vec::new() };
    match &directory.reading {
        Reading::Failed(failure) => wrap(&format!("{failure}."), width),
        Reading::Whole { .. } if directory.orders.is_empty() => {
            let profile = neutralise(directory.scope.profile_name());
            let region = neutralise(&directory.scope.region);
            wrap(&format!("{profile} has no phone-number orders in {region}."), width)
        }
        Reading::Underway | Reading::Whole { .. } => Vec::new(),
    }
}

/// Why there is no line to choose.
fn nothing(model: &Model, picker: &Picker) -> Option<String> {
    let filter = neutralise(picker.filter());
    match picker.kind.import() {
        Some(import) if filter.is_empty() => no_orders(model, import),
        Some(_) | None => Some(picker.kind.spec().nothing.replace("{filter}", &filter)),
    }
}

fn no_orders(model: &Model, import: &Import) -> Option<String> {
    let says = match import.scope {
        None => "The region of its profile is being read.",
        Some(_) => match &import::directory(model, import)?.reading {
            Reading::Underway => "The orders of the account are being read.",
            Reading::Whole { .. } | Reading::Failed(_) => return None,
        },
    };
    Some(says.to_owned())
}

/// What else there is to know; what just happened, where the last line of the screen is covered.
fn note(model: &Model, picker: &Picker, areas: &PickerAreas) -> Option<(String, Role)> {
    let covers_the_footer = areas.frame.bottom() >= model.size.height;
    if let Some(notice) = model.notice.as_ref().filter(|_| covers_the_footer) {
        return Some((notice.text.to_string(), Role::Need));
    }
    if picker.kind.takes_several() {
        return marks_note(picker);
    }
    let text = match &picker.kind {
        Kind::Palette => super::pace::line(model, usize::from(areas.note.width.saturating_sub(2)))?,
        Kind::Help => help_note(picker.at_cursor()?)?,
        Kind::Profiles if model.profile_names.is_none() => "The shared config is being read.".to_owned(),
        Kind::Themes => themes_note(model, &picker.kind),
        Kind::Filters => filters_note(model, picker.at_cursor()?)?,
        kind => kind.spec().note.to_owned(),
    };
    (!text.is_empty()).then_some((text, Role::Dim))
}

fn marks_note(picker: &Picker) -> Option<(String, Role)> {
    match (picker.tally().marked, picker.leaving) {
        (0, _) => None,
        (marked, Leaving::Asked) => {
            let text = format!("{} marked: enter adds, esc once more drops the marks", thousands(marked));
            Some((text, Role::Need))
        }
        (marked, Leaving::Unasked) => Some((format!("{} marked", thousands(marked)), Role::Strong)),
    }
}

/// What the line under the cursor does, where that is cut, and its name in a file of keys.
fn help_note(item: &Item) -> Option<String> {
    let Choice::Act(action) = &item.choice else { return None };
    let spec = action.spec()?;
    Some(format!("{}: {}", spec.name, spec.words()))
}

/// Where the filter under the cursor comes from, or what is wrong with it.
fn filters_note(model: &Model, item: &Item) -> Option<String> {
    let Choice::Preset(origin, name) = &item.choice else { return None };
    if let State::Disabled(_, why) = &item.state {
        return Some(why.shown().to_owned());
    }
    Some(match origin {
        Origin::Kept => format!("Saved here; {} deletes it.", model.keys.of(Action::DeleteFilter)),
        Origin::Configured => {
            let place = model.presets.configured(name.raw()).map_or("", |each| each.place.shown());
            format!("Set in {place}: it is changed there.")
        }
        Origin::BuiltIn => "Built in; a filter that is saved under its name takes its place.".to_owned(),
    })
}

fn themes_note(model: &Model, kind: &Kind) -> String {
    match (model.looks.colours, &model.looks.fixed) {
        (Colours::Off, _) => "Colours are off on this terminal: all themes look alike.".to_owned(),
        (Colours::Used, Some(fixed)) => format!("{fixed} counts at every start."),
        (Colours::Used, None) => kind.spec().note.to_owned(),
    }
}
