//! One order: its head, its numbers with the failed ones first, its changes. As a screen of its own and beside the
//! rows.

pub mod advice;
pub mod head;
pub mod missed;
mod next_look;
pub mod side;
pub mod spots;
mod usual;

use super::activity;
use super::clock::Clock;
use super::line::{Line, Mark, Role, thousands};
use super::lookup::{self, Seen};
use super::numbers;
use super::rows::{Cursor, first_line};
use crate::app::action::Action;
use crate::app::filter::{Eye, Query};
use crate::app::model::{Fold, Model, OrderScreen};
use crate::domain::text::neutralise;
use crate::domain::{Interval, NumberText, OrderKey, Snapshot};
pub use spots::{Anchor, Spot, Spots};

/// A visible line of the order screen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OrderLine<'m> {
    /// Whether the cursor is on it.
    pub cursor: Cursor,
    /// What it says.
    pub line: Line<'m>,
}

/// What is visible of an order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct OrderView<'m> {
    /// The visible lines.
    pub lines: Vec<OrderLine<'m>>,
    /// How many follow below.
    pub below: usize,
}

impl<'m> OrderLine<'m> {
    /// A line that the cursor is not on.
    pub const fn still(line: Line<'m>) -> Self {
        Self { cursor: Cursor::Elsewhere, line }
    }
}

/// All lines of an order as places, so that the cursor can move over them without any text being made.
pub fn spots(model: &Model, screen: &OrderScreen, width: u16) -> Spots {
    let clock = Clock::new(model);
    match lookup::by_key(model, &screen.key) {
        Some(seen) => spots_of(model, &seen, screen, width, &clock).1,
        None => Spots::default(),
    }
}

fn spots_of<'m>(
    model: &'m Model,
    seen: &Seen<'m>,
    screen: &OrderScreen,
    width: u16,
    clock: &Clock<'_>,
) -> (Vec<Line<'m>>, Spots) {
    let head = head::lines(model, seen, screen, width, clock);
    let changes = activity::of_order(model, &screen.key).len();
    let folded_from = match screen.fold {
        Fold::Folded => spots::FOLDED_FROM,
        Fold::Open => usize::MAX,
    };
    let query = Query::of(&screen.filter);
    let rest = query.rest(seen, &eye(model));
    let passes = |snapshot: &Snapshot, number| {
        rest.as_ref().is_some_and(|rest| numbers::passes(rest, snapshot, number))
    };
    let spots = Spots::new(head.len(), seen.snapshot, folded_from, changes, passes);
    (head, spots)
}

/// The lines of the order screen that are visible in `height` lines of `width` cells.
pub fn view<'m>(
    model: &'m Model,
    screen: &OrderScreen,
    width: u16,
    height: usize,
    clock: &Clock<'_>,
) -> OrderView<'m> {
    let Some(seen) = lookup::by_key(model, &screen.key) else {
        let line = Line::of("This order is watched no longer.", Role::Plain);
        return OrderView { lines: vec![OrderLine::still(line)], below: 0 };
    };
    let (head, spots) = spots_of(model, &seen, screen, width, clock);
    let changes = activity::of_order(model, &screen.key);
    let total = spots.len();
    let cursor = screen.cursor.min(total.saturating_sub(1));
    let first = first_line(screen.offset, cursor, total, height);
    let lines = spots
        .iter()
        .enumerate()
        .skip(first)
        .take(height)
        .map(|(index, spot)| OrderLine {
            cursor: Cursor::at(index, cursor),
            line: match spot {
                Spot::Head(line) => head.get(line).cloned().unwrap_or_default(),
                Spot::Blank => Line::default(),
                Spot::Section { mark, word, count } => section(mark, word, count),
                Spot::Number(number) => number_line(seen.snapshot, number, clock),
                Spot::Folded { hundred, count } => folded_line(hundred, count),
                Spot::NonePasses(hidden) => none_passes(model, screen, hidden),
                Spot::Changes => Line::default().then(" Changes", Role::Strong),
                Spot::Change(change) => {
                    changes.get(change).map(|change| activity::order_line(change, clock)).unwrap_or_default()
                }
            },
        })
        .collect();
    OrderView { lines, below: total.saturating_sub(first + height) }
}

/// The sequence number of a change of the order, by its place among those that are shown.
pub fn sequence_of(model: &Model, key: &OrderKey, change: usize) -> Option<u64> {
    activity::of_order(model, key).get(change).map(|event| event.change.sequence)
}

/// The place of a change among those that are shown.
pub fn place_of_change(model: &Model, key: &OrderKey, sequence: u64) -> Option<usize> {
    activity::of_order(model, key).iter().position(|event| event.change.sequence == sequence)
}

/// When a filter looks.
pub(super) fn eye(model: &Model) -> Eye {
    Eye { now: model.watch.corrected(model.now), started: model.watch.started() }
}

/// How many numbers of an order pass its filter, of how many.
pub fn passing(model: &Model, screen: &OrderScreen) -> (usize, usize) {
    let seen = lookup::by_key(model, &screen.key);
    let Some((seen, snapshot)) = seen.and_then(|seen| Some((seen, seen.snapshot?))) else { return (0, 0) };
    let query = Query::of(&screen.filter);
    let total = snapshot.order.numbers.len();
    let rest = query.rest(&seen, &eye(model));
    let passing =
        rest.map_or(0, |rest| (0..total).filter(|at| numbers::passes(&rest, snapshot, *at)).count());
    (passing, total)
}

fn none_passes<'m>(model: &Model, screen: &OrderScreen, hidden: usize) -> Line<'m> {
    let (filter, key) = (neutralise(&screen.filter), model.keys.of(Action::Back));
    let text = format!("   No number matches {filter}; {} hidden. {key} shows them.", thousands(hidden));
    Line::of(text, Role::Plain)
}

fn section<'m>(mark: Mark, word: &'static str, count: usize) -> Line<'m> {
    Line::of(" ", Role::Plain).symbol(mark).then(format!(" {word} {}", thousands(count)), Role::State(mark))
}

/// The name of a number padded, so that what follows stands in a column.
pub fn padded(number: NumberText<'_>) -> String {
    format!("{:<17}", number.grouped())
}

fn number_line<'m>(snapshot: Option<&Snapshot>, index: usize, clock: &Clock<'_>) -> Line<'m> {
    let Some((snapshot, number)) =
        snapshot.and_then(|snapshot| Some((snapshot, snapshot.order.numbers.get(index)?)))
    else {
        return Line::default();
    };
    let mark = Mark::from(&number.status);
    let line = Line::of("   ", Role::Plain).symbol(mark).then(" ", Role::Plain);
    let line = line.then(padded(number.number), Role::Plain);
    let line = match &number.status {
        crate::domain::NumberStatus::Unknown(word) => line.then(format!("  {word}"), Role::State(mark)),
        crate::domain::NumberStatus::Processing
        | crate::domain::NumberStatus::Acquired
        | crate::domain::NumberStatus::Failed => line,
    };
    match told_since(snapshot, index, mark) {
        Some(since) => line.then(format!("  {}", clock.seen(since)), Role::Dim),
        None => line,
    }
}

/// When a number came into its state, where that tells something: that it waited at the first look does not.
pub fn told_since(snapshot: &Snapshot, index: usize, mark: Mark) -> Option<Interval> {
    let since = snapshot.numbers_since.get(index)?.interval();
    (mark != Mark::Processing || since.after.is_some()).then_some(since)
}

fn folded_line<'m>(hundred: spots::Hundred, count: usize) -> Line<'m> {
    Line::of(format!("     {:<17}", hundred.to_string()), Role::Plain)
        .then(format!(" {:>5}", thousands(count)), Role::Dim)
}
