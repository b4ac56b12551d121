//! What rows are sorted by, where the user chose something else than who needs whom.

use crate::app::columns::{Column, Direction};
use crate::app::query::lookup::Seen;
use crate::app::query::rows::status_word;
use crate::domain::Snapshot;
use jiff::tz::TimeZone;
use std::cmp::Ordering;

/// What rows are sorted by, and which way. As long as nobody chose, who needs you comes first, in groups.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Sort {
    /// By what.
    pub by: SortBy,
    /// Which way.
    pub direction: Direction,
}

/// What rows are sorted by.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum SortBy {
    /// By who needs you, what moves, what waits, what is settled.
    #[default]
    Need,
    /// By what a column shows.
    Column(Column),
}

/// The name of the order in which orders need you.
pub const NEED: &str = "need";

impl SortBy {
    /// Its name in the palette and in the state file.
    pub fn name(self) -> &'static str {
        match self {
            Self::Need => NEED,
            Self::Column(column) => column.spec().name,
        }
    }

    /// What has this name and can be sorted by.
    pub fn named(name: &str) -> Option<Self> {
        if name == NEED {
            return Some(Self::Need);
        }
        Column::named(name).filter(|column| column.spec().first.is_some()).map(Self::Column)
    }
}

impl Sort {
    /// By this, in the direction that is asked for most.
    pub fn by(by: SortBy) -> Self {
        let first = match by {
            SortBy::Need => None,
            SortBy::Column(column) => column.spec().first,
        };
        Self { by, direction: first.unwrap_or_default() }
    }

    /// The other way round.
    #[must_use]
    pub const fn reversed(self) -> Self {
        Self { by: self.by, direction: self.direction.reversed() }
    }

    /// True for the order in which nobody sorted: in groups, settled orders folded.
    pub fn is_default(self) -> bool {
        self == Self::default()
    }

    /// What comes first, in words.
    pub fn words(self) -> &'static str {
        match (self.by, self.direction) {
            (SortBy::Need, Direction::Ascending) => "who needs you first",
            (SortBy::Need, Direction::Descending) => "settled first",
            (SortBy::Column(column), direction) => column.spec().end(direction),
        }
    }
}

/// What a row is sorted by. What has nothing comes last, whichever way.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Value {
    Nothing,
    Number(i64),
    /// In lower case.
    Text(Box<str>),
}

impl Value {
    /// What a column shows of an order.
    pub(super) fn of(column: Column, seen: &Seen<'_>) -> Self {
        let known = |value: fn(&Snapshot) -> Option<i64>| {
            seen.snapshot.and_then(value).map_or(Self::Nothing, Self::Number)
        };
        match column {
            Column::Name => Self::text(&seen.name()),
            Column::Id => Self::text(seen.entry.id.as_str()),
            Column::Note => seen.entry.note.as_ref().map_or(Self::Nothing, |note| Self::text(note.shown())),
            Column::Place => seen.key.map_or(Self::Nothing, |key| {
                Self::text(&format!("{} {}", key.scope.profile_name(), key.scope.region))
            }),
            Column::Status => seen.snapshot.map_or(Self::Nothing, |known| Self::text(&status_word(known))),
            Column::Kind => {
                let kind = seen.snapshot.and_then(|known| known.order.order_type.as_ref());
                kind.map_or(Self::Nothing, |kind| Self::text(kind.raw()))
            }
            Column::Product => {
                let product = seen.snapshot.and_then(|known| known.order.product_type.as_ref());
                product.map_or(Self::Nothing, |product| Self::text(product.raw()))
            }
            Column::Done | Column::Bar => known(|known| {
                let (acquired, total) = (i64::from(known.counts.acquired), i64::from(known.counts.total));
                (acquired * 1_000_000).checked_div(total)
            }),
            Column::Failed => known(|known| Some(i64::from(known.counts.failed))),
            Column::Foc => known(|known| {
                let date =
                    known.order.foc_date.as_ref().filter(|_| !known.order.status.is_final())?.date()?;
                Some(date.to_zoned(TimeZone::UTC).ok()?.timestamp().as_second())
            }),
            // The earlier it began the longer it lasts.
            Column::Since => known(|known| Some(-known.state_since.by.as_second())),
            Column::Created => known(|known| Some(known.order.created?.as_second())),
            Column::Updated => known(|known| Some(known.order.updated?.as_second())),
        }
    }

    fn text(text: &str) -> Self {
        if text.is_empty() { Self::Nothing } else { Self::Text(text.to_lowercase().into()) }
    }

    /// How two rows stand to each other.
    pub(super) fn compare(&self, other: &Self, direction: Direction) -> Ordering {
        let order = match (self, other) {
            (Self::Nothing, Self::Nothing) => return Ordering::Equal,
            (Self::Nothing, _) => return Ordering::Greater,
            (_, Self::Nothing) => return Ordering::Less,
            (Self::Number(left), Self::Number(right)) => left.cmp(right),
            (Self::Text(left), Self::Text(right)) => natural(left, right),
            (Self::Number(_), Self::Text(_)) => Ordering::Less,
            (Self::Text(_), Self::Number(_)) => Ordering::Greater,
        };
        match direction {
            Direction::Ascending => order,
            Direction::Descending => order.reverse(),
        }
    }
}

/// What stands before the count in the name of an order.
const TIMES: char = '×';

/// As people sort: `order 2` before `order 10`, and phone numbers as such: `+1 503 555 002x` before `+1 503 555 01xx`.
fn natural(left: &str, right: &str) -> Ordering {
    if let (Some(one), Some(other)) = (left.strip_prefix('+'), right.strip_prefix('+')) {
        let [(one, count), (other, other_count)] =
            [one, other].map(|name| name.split_once(TIMES).unwrap_or((name, "")));
        return one.cmp(other).then_with(|| natural(count, other_count));
    }
    let (mut left, mut right) = (left.as_bytes(), right.as_bytes());
    loop {
        match (left, right) {
            ([], []) => return Ordering::Equal,
            ([], _) => return Ordering::Less,
            (_, []) => return Ordering::Greater,
            ([a, ..], [b, ..]) if a.is_ascii_digit() && b.is_ascii_digit() => {
                let (one, other) = (number(&mut left), number(&mut right));
                let order = one.len().cmp(&other.len()).then_with(|| one.cmp(other));
                if order != Ordering::Equal {
                    return order;
                }
            }
            ([a, rest_left @ ..], [b, rest_right @ ..]) => {
                if a != b {
                    return a.cmp(b);
                }
                (left, right) = (rest_left, rest_right);
            }
        }
    }
}

/// Takes the digits that a text begins with, without the zeros before them.
fn number<'t>(text: &mut &'t [u8]) -> &'t [u8] {
    let end = text.iter().position(|byte| !byte.is_ascii_digit()).unwrap_or(text.len());
    let (digits, rest) = text.split_at(end);
    *text = rest;
    let zeros = digits.iter().take_while(|digit| **digit == b'0').count();
    digits.get(zeros..).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_sorted_as_people_do_and_what_has_nothing_comes_last_both_ways() {
        let text = |text: &str| Value::text(text);
        let mut values = [text("Order 10"), text(""), text("order 2"), text("order"), text("Order 02 b")];
        values.sort_by(|a, b| a.compare(b, Direction::Ascending));
        let up = [text("order"), text("order 2"), text("order 02 b"), text("order 10"), Value::Nothing];
        assert_eq!(values, up);
        values.sort_by(|a, b| a.compare(b, Direction::Descending));
        assert_eq!(values.last(), Some(&Value::Nothing));
        assert_eq!(values.first(), Some(&text("order 10")));
    }

    #[test]
    fn names_of_orders_are_sorted_by_their_numbers() {
        let names = [
            "+1 206 555 0100",
            "+1 503 555 002x ×9",
            "+1 503 555 01xx ×9",
            "+1 503 555 01xx ×50",
            "+1 503 555 10xx ×2",
            "+1 503, +1 971 ×50",
            "+44 20 7946 0xxx ×5",
            "Boise 2",
            "Boise 10",
        ];
        let mut values = names.map(Value::text);
        values.reverse();
        values.sort_by(|one, other| one.compare(other, Direction::Ascending));
        assert_eq!(values, names.map(Value::text));
    }

    #[test]
    fn every_sort_has_a_name_and_words() {
        let all = crate::app::columns::COLUMNS.iter().filter(|spec| spec.first.is_some());
        for by in all.map(|spec| SortBy::Column(spec.column)).chain([SortBy::Need]) {
            assert_eq!(SortBy::named(by.name()), Some(by));
            assert_ne!(Sort::by(by).words(), Sort::by(by).reversed().words());
        }
        assert_eq!(SortBy::named("bar"), None);
    }
}
