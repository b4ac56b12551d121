//! What changed, the newest first. Numbers of one order that went the same way are one line: in the order's own
//! screen those of one answer, where times are told to the minute those of one minute. Such a line keeps its place
//! while it counts up, so that a busy order neither fills the screen nor shuffles it.

use super::clock::Clock;
use super::line::{Line, Mark, Role, thousands};
use super::lookup;
use crate::app::model::Model;
use crate::domain::{Change, ChangeKind, FocDate, NumberStatus, NumberText, OrderKey, OrderStatus, Text};

/// Most lines of an order's changes.
const OF_ORDER: usize = 100;

/// Changes that are told in one line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Event<'m> {
    /// The first of them.
    pub change: &'m Change,
    /// How many.
    pub count: usize,
}

/// The newest `lines` events of this run, to the minute.
pub fn newest(model: &Model, lines: usize) -> Vec<Event<'_>> {
    by_minute(lookup::changes(model), lines)
}

/// The newest `lines` events of one order, to the minute.
pub fn newest_of_order<'m>(model: &'m Model, key: &OrderKey, lines: usize) -> Vec<Event<'m>> {
    by_minute(lookup::changes(model).filter(|change| change.key == *key), lines)
}

/// The newest events of one order.
pub fn of_order<'m>(model: &'m Model, key: &OrderKey) -> Vec<Event<'m>> {
    coalesced(lookup::changes_of(model, key), OF_ORDER)
}

/// Changes in their order, those of one order that came with one answer and went the same way as one; at most so
/// many.
pub fn coalesced<'m>(changes: impl Iterator<Item = &'m Change>, lines: usize) -> Vec<Event<'m>> {
    let mut events: Vec<Event<'m>> = Vec::new();
    for change in changes {
        // One answer brings its changes one after the other; its numbers may alternate between states.
        if let Some(event) = events.iter_mut().rev().take(4).find(|event| is_same(event.change, change)) {
            event.count += 1;
        } else if events.len() == lines {
            break;
        } else {
            events.push(Event { change, count: 1 });
        }
    }
    events
}

fn by_minute<'m>(changes: impl Iterator<Item = &'m Change>, lines: usize) -> Vec<Event<'m>> {
    // Each event with where it began: the later one changes counts up what stands there already.
    let mut events: Vec<(usize, Event<'m>)> = Vec::new();
    for (age, change) in changes.enumerate() {
        let is_of_minute = |event: &Event<'_>| minute(event.change) == minute(change);
        let of_minute = events.iter_mut().rev().take_while(|(_, event)| is_of_minute(event));
        let same = of_minute.into_iter().find(|(_, event)| is_same_way(event.change, change));
        if let Some((began, event)) = same {
            (*began, event.count) = (age, event.count + 1);
        } else if events.len() >= lines && events.last().is_none_or(|(_, event)| !is_of_minute(event)) {
            break;
        } else {
            events.push((age, Event { change, count: 1 }));
        }
    }
    events.sort_by_key(|(began, _)| *began);
    events.truncate(lines);
    events.into_iter().map(|(_, event)| event).collect()
}

fn minute(change: &Change) -> i64 {
    change.seen.by.as_second().div_euclid(60)
}

/// The way a number went.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Way<'m> {
    Changed(&'m NumberStatus, &'m NumberStatus),
    Appeared(&'m NumberStatus),
    Gone(&'m NumberStatus),
}

/// The way a number went; none for what changed in the order itself.
fn way(kind: &ChangeKind) -> Option<Way<'_>> {
    match kind {
        ChangeKind::Number { from, to, .. } => Some(Way::Changed(from, to)),
        ChangeKind::NumberAppeared { status, .. } => Some(Way::Appeared(status)),
        ChangeKind::NumberGone { status, .. } => Some(Way::Gone(status)),
        ChangeKind::Order { .. } | ChangeKind::FocDate { .. } => None,
    }
}

/// True for changes of numbers that went the same way in the same answer about the same order.
fn is_same(one: &Change, other: &Change) -> bool {
    one.seen == other.seen && is_same_way(one, other)
}

/// True for changes of numbers of the same order that went the same way.
fn is_same_way(one: &Change, other: &Change) -> bool {
    one.key == other.key && way(&one.kind).is_some_and(|one| Some(one) == way(&other.kind))
}

/// A name as far as its column goes.
fn cut(name: &str, width: usize) -> String {
    if name.chars().count() <= width {
        return name.to_owned();
    }
    name.chars().take(width.saturating_sub(1)).chain(['…']).collect()
}

/// The widest that names are, so that what happened stands in a column.
const NAME: usize = 28;
/// The least, so that the column does not move with every name.
const LEAST_NAME: usize = 19;
/// A name is never cut shorter than this.
const SHORTEST: usize = 8;

/// The newest lines of this run, in a column `room` wide: `14:03  Seattle launch   43 numbers … → ✓`.
pub fn lines<'m>(model: &'m Model, capacity: usize, room: usize, clock: &Clock<'_>) -> Vec<Line<'m>> {
    let events: Vec<_> = newest(model, capacity)
        .into_iter()
        .map(|event| {
            let order = model.name_of(&event.change.key);
            (clock.minute(event.change.seen.by), order, what(Line::default(), &event))
        })
        .collect();
    if events.is_empty() && capacity > 0 {
        return vec![Line::of(" no change seen yet", Role::Dim)];
    }
    let width = |text: &str| text.chars().count();
    let time_width = events.iter().map(|(time, ..)| width(time)).max().unwrap_or(0);
    let longest = events.iter().map(|(_, order, _)| width(order)).max().unwrap_or(0).clamp(LEAST_NAME, NAME);
    // What happened is worth more than air after a name.
    let left = |happened: &Line<'_>| room.saturating_sub(time_width + 6 + happened.characters());
    let name_width = events.iter().map(|(.., happened)| left(happened)).min().unwrap_or(0).min(longest);
    events
        .into_iter()
        .map(|(time, order, happened)| {
            let order = cut(&order, name_width.max(SHORTEST));
            let mut line = Line::of(format!(" {time:>time_width$}  "), Role::Dim)
                .then(format!("{order:<name_width$}   "), Role::Plain);
            line.pieces.extend(happened.pieces);
            line
        })
        .collect()
}

/// The same in the order's own screen, with the whole interval and without the name.
pub fn order_line<'m>(event: &Event<'m>, clock: &Clock<'_>) -> Line<'m> {
    let seen = clock.seen(event.change.seen);
    let seen = seen.strip_prefix("seen ").unwrap_or(&seen);
    what(Line::of(format!("   {seen:<19}  "), Role::Dim), event)
}

/// The same beside the rows, to the minute.
pub fn brief_line<'m>(event: &Event<'m>, clock: &Clock<'_>) -> Line<'m> {
    what(Line::of(format!(" {}  ", clock.minute(event.change.seen.by)), Role::Dim), event)
}

pub(super) fn what<'m>(line: Line<'m>, event: &Event<'m>) -> Line<'m> {
    match &event.change.kind {
        ChangeKind::Order { from, to } => order_state(line, from, to),
        ChangeKind::Number { number, from, to } => {
            let line = numbers(line, event.count, number);
            number_state(number_state(line, from).then(" → ", Role::Dim), to)
        }
        ChangeKind::NumberAppeared { number, status } => {
            let mark = Mark::from(status);
            let line = numbers(line, event.count, number).then("new, ", Role::Plain);
            line.symbol(mark).then(" ", Role::Plain).then(status.to_string(), Role::State(mark))
        }
        ChangeKind::NumberGone { number, status } => {
            let mark = Mark::from(status);
            let line = numbers(line, event.count, number).then("gone, was ", Role::Plain);
            // A symbol alone would end a sentence: that of Processing reads as an ellipsis.
            line.symbol(mark).then(" ", Role::Plain).then(status.to_string(), Role::State(mark))
        }
        ChangeKind::FocDate { from, to } => line.then(foc(from.as_ref(), to.as_ref()), Role::Plain),
    }
}

fn order_state<'m>(line: Line<'m>, from: &'m OrderStatus, to: &'m OrderStatus) -> Line<'m> {
    let (before, after) = (Mark::from(from), Mark::from(to));
    line.symbol(before)
        .then(" → ", Role::Dim)
        .symbol(after)
        .then(" ", Role::Plain)
        .then(to.to_string(), Role::State(after))
}

fn numbers<'m>(line: Line<'m>, count: usize, number: &Text) -> Line<'m> {
    let text = match (count, crate::domain::E164::parse(number.raw())) {
        (1, Some(number)) => NumberText::E164(number).grouped(),
        (1, None) => number.to_string(),
        _ => format!("{} numbers", thousands(count)),
    };
    line.then(text, Role::Plain).then(" ", Role::Plain)
}

pub(super) fn number_state<'m>(line: Line<'m>, status: &NumberStatus) -> Line<'m> {
    let mark = Mark::from(status);
    match status {
        NumberStatus::Processing | NumberStatus::Acquired | NumberStatus::Failed => line.symbol(mark),
        NumberStatus::Unknown(word) => line.symbol(mark).then(format!(" {word}"), Role::State(mark)),
    }
}

/// `FOC 26 Nov → 28 Nov`
pub(super) fn foc(from: Option<&FocDate>, to: Option<&FocDate>) -> String {
    match (from, to) {
        (Some(from), Some(to)) => format!("FOC {} → {}", short(from), short(to)),
        (None, Some(to)) => format!("FOC set to {}", short(to)),
        (Some(from), None) => format!("FOC {} taken back", short(from)),
        (None, None) => String::new(),
    }
}

fn short(date: &FocDate) -> String {
    date.date().map_or_else(|| date.to_string(), |day| day.strftime("%-d %b").to_string())
}
