//! The activity screen: every change of the list, the newest first, back to the first that was ever seen.

use super::activity::{self, Event};
use super::clock::Clock;
use super::line::{Line, Role, count};
use super::lookup;
use super::order::OrderLine;
use super::rows::{Cursor, first_line, place_in};
use super::sentence;
use crate::app::filter::Query;
use crate::app::model::{ActivityScreen, Model};
use crate::app::past::{PastOf, Reach};
use crate::app::written::changes::ToldChange;
use crate::domain::{Change, OrderKey};

/// The columns: the time as exactly as it is known, or to the minute where there is no room; the order.
const EXACT: usize = 33;
const EXACT_FROM: u16 = 100;
const BRIEF: usize = 11;
const NAME: usize = 28;
const SHORT_NAME: usize = 18;
/// A name takes more where it is longer and this much is left for what happened.
const LEFT_FOR_WHAT: usize = 28;
const LONG_NAME: usize = 40;
/// Before the time, after it and after the name.
const GAPS: usize = 7;
/// Below this width both are narrower still.
const NARROW_BELOW: u16 = 60;
const NARROW_BRIEF: usize = 9;
const NARROW_NAME: usize = 12;

/// What is visible of the changes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChangesView<'m> {
    /// The lines.
    pub lines: Vec<OrderLine<'m>>,
    /// What stands over them.
    pub heading: String,
    /// Why there is no line.
    pub nothing: Option<String>,
}

/// The changes of the list, those of one order that came with one answer and went the same way as one.
pub fn events<'m>(model: &'m Model, screen: &ActivityScreen) -> Vec<Event<'m>> {
    activity::coalesced(changes(model, screen).into_iter(), usize::MAX)
}

/// The changes of the list, as far as they were read and pass the filter, the newest first.
pub fn changes<'m>(model: &'m Model, screen: &ActivityScreen) -> Vec<&'m Change> {
    let Some(list) = model.current_list() else { return Vec::new() };
    if model.past.list.of != Some(PastOf::List(list.id, list.edition)) {
        return Vec::new();
    }
    let entries = &model.past.entries;
    let (query, eye) = (Query::of(&screen.filter), super::order::eye(model));
    let passes = |change: &&Change| {
        let Some(entry) = entries.get(&change.key) else { return false };
        if query.is_empty() {
            return true;
        }
        lookup::entry(list, &model.watch, *entry)
            .is_some_and(|seen| query.passes_change(&seen, &eye, &sentence::what(change, 1)))
    };
    let kept = model.watch.oldest_kept();
    // What has been kept in this run is not told again.
    let past = model.past.list.changes.iter().filter(move |change| change.sequence < kept);
    lookup::changes(model).chain(past).filter(passes).collect()
}

/// The same, each with what its order is called and what happened in words.
pub fn told(model: &Model, screen: &ActivityScreen) -> Vec<ToldChange> {
    let told = |change: &Change| ToldChange {
        change: change.clone(),
        order: model.name_of(&change.key),
        words: sentence::what(change, 1),
    };
    changes(model, screen).into_iter().map(told).collect()
}

/// How many lines there are.
pub fn line_count(model: &Model, screen: &ActivityScreen) -> usize {
    events(model, screen).len()
}

/// Whose order a line tells of.
pub fn order_at(model: &Model, screen: &ActivityScreen, line: usize) -> Option<OrderKey> {
    events(model, screen).get(line).map(|event| event.change.key.clone())
}

/// The first change of a line, which names it for as long as it is shown.
pub fn sequence_at(model: &Model, screen: &ActivityScreen, line: usize) -> Option<u64> {
    events(model, screen).get(line).map(|event| event.change.sequence)
}

/// The line that begins with a change.
pub fn line_of(model: &Model, screen: &ActivityScreen, sequence: u64) -> Option<usize> {
    events(model, screen).iter().position(|event| event.change.sequence == sequence)
}

/// The lines that are visible in `height` lines of `width` cells.
pub fn view<'m>(
    model: &'m Model,
    screen: &ActivityScreen,
    (width, height): (u16, usize),
    clock: &Clock<'_>,
) -> ChangesView<'m> {
    let events = events(model, screen);
    let total = events.len();
    let cursor = screen.cursor.min(total.saturating_sub(1));
    let first = first_line(screen.offset, cursor, total, height);
    let visible: Vec<_> = events
        .iter()
        .enumerate()
        .skip(first)
        .take(height)
        .map(|(line, event)| (line, event, model.name_of(&event.change.key)))
        .collect();
    let longest = visible.iter().map(|(.., name)| name.chars().count()).max().unwrap_or(0);
    let columns = Columns::of(width, longest);
    let lines = visible
        .into_iter()
        .map(|(line, event, name)| OrderLine {
            cursor: Cursor::at(line, cursor),
            line: self::line(event, &name, columns, clock),
        })
        .collect();
    let changes = match place_in(cursor, total, height) {
        Some(place) => format!("change {place}"),
        None => count(total, "change", "changes"),
    };
    let reach = match model.past.list.reach {
        Reach::Asked => ", reading earlier ones",
        Reach::Some => ", and earlier ones",
        Reach::Whole => "",
        Reach::Refused => ", earlier ones could not be read",
    };
    ChangesView {
        lines,
        heading: format!("{changes}{reach}"),
        nothing: (total == 0).then(|| nothing(model, screen)),
    }
}

/// How wide the columns are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Columns {
    time: usize,
    name: usize,
}

impl Columns {
    /// Those of lines of `width` cells with names of up to `longest` characters.
    fn of(width: u16, longest: usize) -> Self {
        let (time, name) = match width {
            EXACT_FROM.. => (EXACT, NAME),
            NARROW_BELOW.. => (BRIEF, SHORT_NAME),
            _ => (NARROW_BRIEF, NARROW_NAME),
        };
        let room = usize::from(width).saturating_sub(GAPS + time + LEFT_FOR_WHAT);
        Self { time, name: longest.min(LONG_NAME).min(room).max(name) }
    }
}

fn line<'m>(event: &Event<'m>, name: &str, columns: Columns, clock: &Clock<'_>) -> Line<'m> {
    let (seen, Columns { time: time_width, name: name_width }) = (event.change.seen, columns);
    let time = if time_width == EXACT { clock.seen(seen) } else { clock.minute(seen.by) };
    let name = cut(name, name_width);
    let line = Line::of(format!("   {time:<time_width$}  "), Role::Dim)
        .then(format!("{name:<name_width$}  "), Role::Plain);
    activity::what(line, event)
}

fn cut(name: &str, width: usize) -> String {
    if name.chars().count() <= width {
        return name.to_owned();
    }
    name.chars().take(width.saturating_sub(1)).chain(['…']).collect()
}

fn nothing(model: &Model, screen: &ActivityScreen) -> String {
    let back = model.keys.of(crate::app::Action::Back);
    match model.past.list.reach {
        _ if !screen.filter.is_empty() => format!("No change matches {}. {back} shows all.", screen.filter),
        Reach::Asked => "Reading the history.".to_owned(),
        Reach::Refused => "The history could not be read.".to_owned(),
        Reach::Some | Reach::Whole => {
            "No change seen yet. What the first answer says is no change.".to_owned()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_name_takes_what_room_there_is_beside_what_happened() {
        let name_widths = |longest| [50, 60, 80, 110, 200].map(|width| Columns::of(width, longest).name);
        assert_eq!(name_widths(12), [12, 18, 18, 28, 28]);
        assert_eq!(name_widths(34), [12, 18, 34, 34, 34]);
        assert_eq!(name_widths(90), [12, 18, 34, 40, 40]);
    }
}
