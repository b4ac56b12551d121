//! The numbers screen: every number of a list or of an order, the failed ones first. Only visible lines are made;
//! an order without a number of the kind that is shown costs a look at its counts.

use super::clock::Clock;
use super::line::{Mark, count, thousands};
use super::lookup::{self, Seen};
use super::order::spots::Class;
use super::order::told_since;
use super::rows::{Cursor, first_line, place_in};
use super::summary::Summary;
use crate::app::action::Action;
use crate::app::filter::{Eye, Query, Rest};
use crate::app::model::{Model, NumbersScreen, WhichNumbers};
use crate::app::written::Subject;
use crate::domain::text::neutralise;
use crate::domain::{OrderKey, Snapshot};
use std::collections::HashMap;

/// One number.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NumberRow {
    /// Whether the cursor is on it.
    pub cursor: Cursor,
    /// The symbol of its state.
    pub mark: Mark,
    /// The number as people read it.
    pub number: String,
    /// Its state as AWS spells it.
    pub status: String,
    /// What its order is called; empty inside one order.
    pub order: String,
    /// When it came into its state, as exactly as that is known.
    pub seen: String,
}

/// The numbers that are visible.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NumbersView {
    /// The lines.
    pub rows: Vec<NumberRow>,
    /// Numbers that are shown in all.
    pub total: usize,
    /// `12 of 40`, where not all of them are visible.
    pub place: Option<String>,
    /// Orders whose numbers are not known yet.
    pub unread: usize,
    /// Why there is no line.
    pub nothing: Option<String>,
}

/// A number and its order.
type Found<'m> = (Seen<'m>, &'m Snapshot, usize);

/// The classes that a screen shows, in their order.
const fn classes(which: WhichNumbers) -> &'static [Class] {
    match which {
        WhichNumbers::Failed => &[Class::Failed],
        WhichNumbers::Waiting => &[Class::Unknown, Class::Waiting],
        WhichNumbers::All => &Class::ALL,
    }
}

/// What the screen is to show.
struct Wanted<'m> {
    orders: Vec<Seen<'m>>,
    classes: &'static [Class],
    query: Query,
    eye: Eye,
}

impl<'m> Wanted<'m> {
    fn by(model: &'m Model, screen: &NumbersScreen) -> Self {
        let orders = match &screen.order {
            Some(order) => lookup::by_key(model, &order.key).into_iter().collect(),
            None => model.current_list().map_or_else(Vec::new, |list| {
                let entries = 0..list.watchlist.entries.len();
                entries.filter_map(|index| lookup::entry(list, &model.watch, index)).collect()
            }),
        };
        let (query, eye) = (Query::of(&screen.filter), super::order::eye(model));
        Self { orders, classes: classes(screen.which), query, eye }
    }

    fn count(&self) -> usize {
        if !self.query.is_empty() {
            return self.found().count();
        }
        let snapshots = self.orders.iter().filter(|seen| !is_unread(seen)).filter_map(|seen| seen.snapshot);
        let count = |snapshot| self.classes.iter().map(|class| class.count(snapshot) as usize).sum::<usize>();
        snapshots.map(count).sum()
    }

    /// The line of a number: of the other orders only the counts are looked at, unless a filter looks at numbers.
    fn line_of(&self, key: &OrderKey, number: usize) -> Option<usize> {
        let mut lines_above = 0;
        for class in self.classes {
            for (seen, snapshot) in self.orders.iter().filter_map(|seen| Some((seen, seen.snapshot?))) {
                let is_here = seen.key == Some(key);
                if class.count(snapshot) == 0 || is_unread(seen) {
                    continue;
                }
                if self.query.is_empty() && !is_here {
                    lines_above += class.count(snapshot) as usize;
                    continue;
                }
                let Some(rest) = self.query.rest(seen, &self.eye) else { continue };
                for index in class.numbers(snapshot).filter(|index| passes(&rest, snapshot, *index)) {
                    if is_here && index == number {
                        return Some(lines_above);
                    }
                    lines_above += 1;
                }
            }
        }
        None
    }

    /// The numbers of the screen in their order.
    fn found(&self) -> impl Iterator<Item = Found<'m>> {
        let of_class = move |class: &'static Class| {
            self.orders
                .iter()
                .filter_map(|seen| Some((*seen, seen.snapshot?)))
                .filter(|(_, snapshot)| class.count(snapshot) > 0)
                .filter_map(|(seen, snapshot)| Some((seen, snapshot, self.query.rest(&seen, &self.eye)?)))
                .flat_map(move |(seen, snapshot, rest)| {
                    class
                        .numbers(snapshot)
                        .filter(move |index| passes(&rest, snapshot, *index))
                        .map(move |index| (seen, snapshot, index))
                })
        };
        self.classes.iter().flat_map(of_class)
    }
}

/// True for a number of an order that passes.
pub(super) fn passes(rest: &Rest<'_>, snapshot: &Snapshot, index: usize) -> bool {
    rest.is_empty() || snapshot.order.numbers.get(index).is_some_and(|number| rest.passes(&number))
}

/// How many lines the screen has.
pub fn line_count(model: &Model, screen: &NumbersScreen) -> usize {
    Wanted::by(model, screen).count()
}

/// Every number that the screen shows as AWS writes it, in the order of the screen: what `c` copies.
pub fn raw(model: &Model, screen: &NumbersScreen) -> Vec<String> {
    Wanted::by(model, screen)
        .found()
        .filter_map(|(_, snapshot, index)| snapshot.order.numbers.get(index).map(|each| each.number.raw()))
        .collect()
}

/// The orders of the numbers that the screen shows, and each number as a place among them and its place in its order.
pub fn places(model: &Model, screen: &NumbersScreen) -> (Vec<Subject>, Vec<(u32, u32)>) {
    let wanted = Wanted::by(model, screen);
    let orders = wanted.orders.iter().map(|seen| Subject {
        entry: seen.entry.clone(),
        key: seen.key.cloned(),
        snapshot: seen.key.and_then(|key| model.watch.get(key)?.snapshot().cloned()),
    });
    let places: HashMap<_, u32> = wanted.orders.iter().map(|seen| seen.entry.id).zip(0..).collect();
    let place =
        |(seen, _, index): Found<'_>| Some((*places.get(&seen.entry.id)?, u32::try_from(index).ok()?));
    let numbers = wanted.found().filter_map(place).collect();
    (orders.collect(), numbers)
}

/// The order of a line and the place of its number.
pub fn at<'m>(model: &'m Model, screen: &NumbersScreen, line: usize) -> Option<(Seen<'m>, usize)> {
    Wanted::by(model, screen).found().nth(line).map(|(seen, _, index)| (seen, index))
}

/// The line of a number; none where it is not shown.
pub fn line_of(model: &Model, screen: &NumbersScreen, key: &OrderKey, number: usize) -> Option<usize> {
    Wanted::by(model, screen).line_of(key, number)
}

/// The lines that are visible in `height` lines.
pub fn view(
    model: &Model,
    screen: &NumbersScreen,
    summary: &Summary,
    height: usize,
    clock: &Clock<'_>,
) -> NumbersView {
    let wanted = Wanted::by(model, screen);
    let total = wanted.count();
    let cursor = screen.cursor.min(total.saturating_sub(1));
    let first = first_line(screen.offset, cursor, total, height);
    let rows = wanted
        .found()
        .enumerate()
        .skip(first)
        .take(height)
        .filter_map(|(line, (seen, snapshot, index))| {
            let number = snapshot.order.numbers.get(index)?;
            let mark = Mark::from(&number.status);
            Some(NumberRow {
                cursor: Cursor::at(line, cursor),
                mark,
                number: number.number.grouped(),
                status: number.status.to_string(),
                order: match screen.order {
                    Some(_) => String::new(),
                    None => super::rows::name(&seen, summary, clock),
                },
                seen: told_since(snapshot, index, mark).map(|since| clock.seen(since)).unwrap_or_default(),
            })
        })
        .collect();
    let unread = wanted.orders.iter().filter(|seen| is_unread(seen)).count();
    let place = place_in(cursor, total, height);
    NumbersView { rows, total, place, unread, nothing: (total == 0).then(|| nothing(model, screen, unread)) }
}

/// Nothing is known of it, or its counts alone.
fn is_unread(seen: &Seen<'_>) -> bool {
    seen.snapshot.is_none_or(|snapshot| snapshot.order.numbers.is_empty() && snapshot.counts.total > 0)
}

fn nothing(model: &Model, screen: &NumbersScreen, unread: usize) -> String {
    let hidden = line_count(model, &NumbersScreen { filter: String::new(), ..screen.clone() });
    let what = match screen.which {
        _ if hidden > 0 => {
            let (filter, key) = (neutralise(&screen.filter), model.keys.of(Action::Back));
            return format!("No number matches {filter}; {} hidden. {key} shows them.", thousands(hidden));
        }
        WhichNumbers::Failed => "No number failed.",
        WhichNumbers::Waiting => "No number is waiting.",
        WhichNumbers::All => "No numbers.",
    };
    match unread {
        0 => format!("{what} {} shows others.", model.keys.of(Action::Numbers)),
        unread => format!("{what} {} not read yet.", count(unread, "order", "orders")),
    }
}

/// `3 numbers`, `number 12 of 40`, and how many orders were not read.
pub fn title(view: &NumbersView) -> String {
    let numbers = match &view.place {
        Some(place) => format!("number {place}"),
        None => count(view.total, "number", "numbers"),
    };
    match view.unread {
        0 => numbers,
        unread => format!("{numbers}, {} not read yet", count(unread, "order", "orders")),
    }
}
