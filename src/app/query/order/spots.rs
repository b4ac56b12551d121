//! The lines of an order as places: what the cursor can stand on, without a text being made for any of them.

use crate::app::query::line::Mark;
use crate::domain::number::group_digits;
use crate::domain::snapshot::Detail;
use crate::domain::{NumberStatus, NumberText, Snapshot};
use std::collections::BTreeMap;
use std::fmt;
use std::ops::Range;

/// More numbers of one state than this are folded by their hundreds.
pub const FOLDED_FROM: usize = 20;

/// A line of an order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Spot {
    /// A line of the head.
    Head(usize),
    /// Nothing.
    Blank,
    /// The heading of the numbers in one state.
    Section {
        /// The state's symbol.
        mark: Mark,
        /// Its word.
        word: &'static str,
        /// How many numbers.
        count: usize,
    },
    /// A number, by its place in the order.
    Number(usize),
    /// Numbers that differ in their last two digits only; Enter shows them.
    Folded {
        /// What they have in common.
        hundred: Hundred,
        /// How many.
        count: usize,
    },
    /// That none of so many numbers passes the filter.
    NonePasses(usize),
    /// The heading of the changes.
    Changes,
    /// A change, by its place among those of the order, the newest first.
    Change(usize),
}

/// A number without its last two digits; 0 for what is no E.164 number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Hundred(u64);

impl Hundred {
    fn of(number: NumberText<'_>) -> Self {
        match number {
            NumberText::E164(number) => Self(number.digits() / 100),
            NumberText::Other(_) => Self(0),
        }
    }
}

impl fmt::Display for Hundred {
    /// `+1 206 555 01xx`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            0 => f.pad("other"),
            digits => f.pad(&group_digits(&format!("{digits}xx"))),
        }
    }
}

/// What names a line of an order whatever comes above it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Anchor {
    /// A number, by its place in the order.
    Number(usize),
    /// Numbers that are folded, under a heading.
    Folded(Mark, Hundred),
    /// A heading of numbers.
    Section(Mark),
    /// The heading of the changes.
    Changes,
    /// A change, by its sequence number.
    Change(u64),
}

/// All lines of an order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Spots {
    spots: Vec<Spot>,
    failed: Range<usize>,
}

impl Spots {
    /// The lines of an order with a head of `head` lines and `changes` changes. More numbers of a state than
    /// `folded_from` are folded by their hundreds; the failed ones never are. Only numbers that pass are shown.
    pub fn new(
        head: usize,
        snapshot: Option<&Snapshot>,
        folded_from: usize,
        changes: usize,
        passes: impl Fn(&Snapshot, usize) -> bool,
    ) -> Self {
        let mut spots: Vec<_> = (0..head).map(Spot::Head).collect();
        let mut failed = 0..0;
        if let Some(snapshot) = snapshot.filter(|snapshot| snapshot.detail == Detail::Whole) {
            for class in Class::ALL {
                let numbers: Vec<usize> =
                    class.numbers(snapshot).filter(|number| passes(snapshot, *number)).collect();
                if numbers.is_empty() {
                    continue;
                }
                let (mark, word) = class.heading();
                spots.push(Spot::Section { mark, word, count: numbers.len() });
                let start = spots.len();
                if class != Class::Failed && numbers.len() > folded_from {
                    spots.extend(folded(snapshot, &numbers));
                } else {
                    spots.extend(numbers.into_iter().map(Spot::Number));
                }
                if class == Class::Failed {
                    failed = start..spots.len();
                }
            }
        }
        let numbers = snapshot.map_or(0, |snapshot| snapshot.order.numbers.len());
        if spots.len() == head && numbers > 0 {
            spots.push(Spot::NonePasses(numbers));
        }
        if changes > 0 {
            spots.extend([Spot::Blank, Spot::Changes]);
            spots.extend((0..changes).map(Spot::Change));
        }
        Self { spots, failed }
    }

    /// How many lines there are.
    pub fn len(&self) -> usize {
        self.spots.len()
    }

    /// True when nothing is known at all.
    pub fn is_empty(&self) -> bool {
        self.spots.is_empty()
    }

    /// The lines of the failed numbers.
    pub fn failed(&self) -> Range<usize> {
        self.failed.clone()
    }

    /// What stands on a line.
    pub fn get(&self, line: usize) -> Option<Spot> {
        self.spots.get(line).copied()
    }

    /// The line that shows what line `line` of `before` shows, after numbers were folded or unfolded: a hundred and
    /// the first of its numbers, a number and its hundred.
    pub fn line_like(&self, before: &Self, line: usize, snapshot: Option<&Snapshot>) -> Option<usize> {
        let spot = before.get(line)?;
        let hundred_of = |spot: Spot| match spot {
            Spot::Folded { hundred, .. } => Some(hundred),
            Spot::Number(index) => Some(Hundred::of(snapshot?.order.numbers.get(index)?.number)),
            Spot::Head(_)
            | Spot::Blank
            | Spot::Section { .. }
            | Spot::NonePasses(_)
            | Spot::Changes
            | Spot::Change(_) => None,
        };
        let same = self.spots.iter().position(|each| *each == spot);
        same.or_else(|| {
            let hundred = hundred_of(spot)?;
            let class =
                before.spots.get(..line)?.iter().rfind(|spot| matches!(spot, Spot::Section { .. }))?;
            let start = self.spots.iter().position(|spot| spot == class)? + 1;
            let same = self.spots.iter().skip(start).position(|spot| hundred_of(*spot) == Some(hundred))?;
            Some(start + same)
        })
    }

    /// What names a line; none for one of the head. `sequence_of` tells the sequence number of a change.
    pub fn anchor(&self, line: usize, sequence_of: impl FnOnce(usize) -> Option<u64>) -> Option<Anchor> {
        match self.get(line)? {
            Spot::Head(_) | Spot::Blank | Spot::NonePasses(_) => None,
            Spot::Section { mark, .. } => Some(Anchor::Section(mark)),
            Spot::Number(number) => Some(Anchor::Number(number)),
            Spot::Folded { hundred, .. } => Some(Anchor::Folded(self.section_of(line)?, hundred)),
            Spot::Changes => Some(Anchor::Changes),
            Spot::Change(change) => sequence_of(change).map(Anchor::Change),
        }
    }

    /// Where that stands. `place_of` tells the place of a change by its sequence number.
    pub fn line_of(&self, anchor: &Anchor, place_of: impl FnOnce(u64) -> Option<usize>) -> Option<usize> {
        let position = |wanted: &dyn Fn(&Spot) -> bool| self.spots.iter().position(wanted);
        match *anchor {
            Anchor::Number(number) => self.line_of_number(number),
            Anchor::Section(mark) => {
                position(&|spot| matches!(spot, Spot::Section { mark: here, .. } if *here == mark))
            }
            Anchor::Folded(section, wanted) => (0..self.spots.len()).find(|line| {
                matches!(self.get(*line), Some(Spot::Folded { hundred, .. }) if hundred == wanted)
                    && self.section_of(*line) == Some(section)
            }),
            Anchor::Changes => position(&|spot| *spot == Spot::Changes),
            Anchor::Change(sequence) => {
                let change = place_of(sequence)?;
                position(&|spot| *spot == Spot::Change(change))
            }
        }
    }

    /// The mark of the heading over a line.
    fn section_of(&self, line: usize) -> Option<Mark> {
        self.spots.get(..line)?.iter().rev().find_map(|spot| match spot {
            Spot::Section { mark, .. } => Some(*mark),
            Spot::Head(_)
            | Spot::Blank
            | Spot::Number(_)
            | Spot::Folded { .. }
            | Spot::NonePasses(_)
            | Spot::Changes
            | Spot::Change(_) => None,
        })
    }

    /// The line of a number that is shown on its own.
    pub fn line_of_number(&self, number: usize) -> Option<usize> {
        self.spots.iter().position(|spot| *spot == Spot::Number(number))
    }

    /// The line that shows a number: its own, else that of the numbers that it is folded with.
    pub fn line_showing(&self, number: usize, snapshot: &Snapshot) -> Option<usize> {
        self.line_of_number(number).or_else(|| {
            let each = snapshot.order.numbers.get(number)?;
            let (section, _) = Class::of(&each.status).heading();
            self.line_of(&Anchor::Folded(section, Hundred::of(each.number)), |_| None)
        })
    }

    /// The first line of numbers, or the one that says why there is none.
    pub fn first_number(&self) -> Option<usize> {
        let is_number = |spot: &Spot| match spot {
            Spot::Number(_) | Spot::Folded { .. } | Spot::NonePasses(_) => true,
            Spot::Head(_) | Spot::Blank | Spot::Section { .. } | Spot::Changes | Spot::Change(_) => false,
        };
        self.spots.iter().position(is_number)
    }

    /// All lines.
    pub fn iter(&self) -> impl Iterator<Item = Spot> + '_ {
        self.spots.iter().copied()
    }
}

fn folded(snapshot: &Snapshot, numbers: &[usize]) -> Vec<Spot> {
    let mut hundreds: BTreeMap<Hundred, usize> = BTreeMap::new();
    for number in numbers.iter().filter_map(|&index| snapshot.order.numbers.get(index)) {
        *hundreds.entry(Hundred::of(number.number)).or_default() += 1;
    }
    hundreds.into_iter().map(|(hundred, count)| Spot::Folded { hundred, count }).collect()
}

/// The states of numbers in the order in which they are shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Class {
    /// Failed: what the eye must find first.
    Failed,
    /// In a state that we do not know.
    Unknown,
    /// Neither acquired nor failed.
    Waiting,
    /// Acquired.
    Acquired,
}

impl Class {
    /// All classes in the order in which they are shown.
    pub const ALL: [Self; 4] = [Self::Failed, Self::Unknown, Self::Waiting, Self::Acquired];

    /// The class of a state.
    pub const fn of(status: &NumberStatus) -> Self {
        match status {
            NumberStatus::Failed => Self::Failed,
            NumberStatus::Unknown(_) => Self::Unknown,
            NumberStatus::Processing => Self::Waiting,
            NumberStatus::Acquired => Self::Acquired,
        }
    }

    /// How many numbers of an order belong to it, known in an outline too.
    pub const fn count(self, snapshot: &Snapshot) -> u32 {
        let counts = snapshot.counts;
        match self {
            Self::Failed => counts.failed,
            Self::Unknown => counts.unknown(),
            Self::Waiting => counts.processing,
            Self::Acquired => counts.acquired,
        }
    }

    /// The places of its numbers in an order.
    pub fn numbers(self, snapshot: &Snapshot) -> impl Iterator<Item = usize> + '_ {
        snapshot
            .order
            .numbers
            .iter()
            .enumerate()
            .filter(move |(_, number)| Self::of(&number.status) == self)
            .map(|(index, _)| index)
    }

    /// The symbol and the word over its numbers.
    pub const fn heading(self) -> (Mark, &'static str) {
        match self {
            Self::Failed => (Mark::Failed, "Failed"),
            Self::Unknown => (Mark::Unknown, "In a state unknown to us"),
            Self::Waiting => (Mark::Processing, "Waiting"),
            Self::Acquired => (Mark::Successful, "Acquired"),
        }
    }
}
