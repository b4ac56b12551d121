//! The last good answer about an order, and what our own looking adds to it.

use super::number::Counts;
use super::{ChangeKind, NeedKind, OrderStatus, PhoneNumberOrder, diff, name};
use jiff::Timestamp;
use std::time::Duration;

/// When something happened, as exactly as two answers can tell: after the one that did not have it, by the one
/// that did. Without `after` it was so at the first look.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Interval {
    /// When the last answer without it was received.
    pub after: Option<Timestamp>,
    /// When the first answer with it was received.
    pub by: Timestamp,
}

/// An [`Interval`] in eight bytes, one for each number: its end to the second, its width to the second up to 9 hours,
/// to the minute up to 11 days, else to the hour up to 22 months.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Since {
    by: u32,
    width: Width,
}

/// How wide an interval is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
struct Width(u16);

impl Width {
    /// That of an interval that is open, or wider than can be told.
    const OPEN: Self = Self(u16::MAX);
    /// Where each unit begins, and its seconds.
    const UNITS: [(u16, i64); 3] = [(0, 1), (0x8000, 60), (0xc000, 3600)];

    /// Rounded up: an interval is never told narrower than it was.
    fn new(seconds: i64) -> Self {
        let ends = Self::UNITS.iter().skip(1).map(|(first, _)| *first).chain([u16::MAX]);
        let mut packed = Self::UNITS.iter().zip(ends).filter_map(|((first, unit), end)| {
            let count = u16::try_from((seconds.max(0) + unit - 1) / unit).ok()?;
            first.checked_add(count).filter(|packed| *packed < end)
        });
        packed.next().map_or(Self::OPEN, Self)
    }

    fn seconds(self) -> Option<i64> {
        let (first, unit) = Self::UNITS.into_iter().rfind(|(first, _)| self.0 >= *first)?;
        (self != Self::OPEN).then(|| i64::from(self.0 - first) * unit)
    }
}

impl Since {
    /// Packs an interval, cutting to whole units outwards.
    pub fn new(interval: Interval) -> Self {
        let by = interval.by.as_second() + i64::from(interval.by.subsec_nanosecond() > 0);
        let width = interval.after.map_or(Width::OPEN, |after| Width::new(by - after.as_second()));
        Self { by: u32::try_from(by.max(0)).unwrap_or(u32::MAX), width }
    }

    /// The interval again, in whole seconds.
    pub fn interval(self) -> Interval {
        let second = |second: i64| Timestamp::from_second(second).unwrap_or_default();
        let by = i64::from(self.by);
        Interval { after: self.width.seconds().map(|width| second(by - width)), by: second(by) }
    }
}

/// How long a `Partial` must stay the same before it counts as settled: the API does not say that it is final.
const PARTIAL_AGREES: Duration = Duration::from_mins(1);

/// The last good answer about an order with what we observed around it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Snapshot {
    /// The order as AWS last described it; without its numbers in an outline.
    pub order: PhoneNumberOrder,
    /// Whether the numbers are here.
    pub detail: Detail,
    /// How many numbers are in which state, known in an outline too.
    pub counts: Counts,
    /// What its numbers have in common, as `+1 503 555 01xx ×50`: the name of an order without a label.
    pub pattern: Box<str>,
    /// When we first read this order.
    pub first_seen: Timestamp,
    /// When an answer last confirmed what is known.
    pub read_at: Timestamp,
    /// When the present state of the order began.
    pub state_since: Interval,
    /// When each number came into its present state, in the order of the numbers.
    pub numbers_since: Box<[Since]>,
    /// When the first answer with exactly this content was received.
    pub same_since: Timestamp,
    /// When the FOC date last moved, if we saw it move.
    pub foc_moved: Option<Interval>,
    /// What the user marked as handled; gone when the order changes.
    pub handled: Option<NeedKind>,
}

/// How much of a snapshot is in memory.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Detail {
    /// All of it.
    Whole,
    /// All but the numbers, which the history still holds: what a first frame needs.
    Outline,
}

/// What an answer did to what was known.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Renewal {
    /// The snapshot after the answer.
    pub snapshot: Snapshot,
    /// What changed; empty at the first look.
    pub changes: Vec<ChangeKind>,
}

impl Snapshot {
    /// The first look at an order: all that is so was so by now.
    pub fn first(order: PhoneNumberOrder, received: Timestamp) -> Self {
        let seen = Interval { after: None, by: received };
        Self {
            numbers_since: vec![Since::new(seen); order.numbers.len()].into_boxed_slice(),
            detail: Detail::Whole,
            counts: order.counts(),
            pattern: name::pattern(&order.numbers).into(),
            order,
            first_seen: received,
            read_at: received,
            state_since: seen,
            same_since: received,
            foc_moved: None,
            handled: None,
        }
    }

    /// What is known after an answer, and what it changed.
    ///
    /// An answer with an older `UpdatedTimestamp` than the one that is known renews the age, never the state:
    /// it comes from a replica that lags. An outline has nothing to compare numbers with: the caller completes it
    /// first.
    pub fn renewed(&self, order: PhoneNumberOrder, received: Timestamp) -> Renewal {
        let lags = matches!((order.updated, self.order.updated), (Some(new), Some(known)) if new < known);
        if lags {
            let mut snapshot = self.clone();
            snapshot.read_at = received.max(self.read_at);
            return Renewal { snapshot, changes: Vec::new() };
        }
        let changes = diff(&self.order, &order);
        let seen = Interval { after: Some(self.read_at), by: received.max(self.read_at) };
        let is_same = changes.is_empty();
        let has = |wanted: fn(&ChangeKind) -> bool| changes.iter().any(wanted);
        let snapshot = Self {
            numbers_since: self.numbers_since_of(&order, seen),
            detail: Detail::Whole,
            counts: order.counts(),
            pattern: if order.numbers == self.order.numbers {
                self.pattern.clone()
            } else {
                name::pattern(&order.numbers).into()
            },
            first_seen: self.first_seen,
            read_at: seen.by,
            state_since: if has(|kind| matches!(kind, ChangeKind::Order { .. })) {
                seen
            } else {
                self.state_since
            },
            same_since: if is_same { self.same_since } else { seen.by },
            foc_moved: if has(|kind| matches!(kind, ChangeKind::FocDate { from: Some(_), .. })) {
                Some(seen)
            } else {
                self.foc_moved
            },
            handled: if is_same { self.handled } else { None },
            order,
        };
        Renewal { snapshot, changes }
    }

    /// The number's own interval where its state stayed, `seen` where it is new.
    fn numbers_since_of(&self, order: &PhoneNumberOrder, seen: Interval) -> Box<[Since]> {
        let seen = Since::new(seen);
        if order.numbers == self.order.numbers {
            return self.numbers_since.clone();
        }
        let mut known: std::collections::HashMap<_, Vec<Since>> = std::collections::HashMap::new();
        for (each, since) in self.order.numbers.iter().zip(&self.numbers_since).rev() {
            known.entry((each.number, each.status)).or_default().push(*since);
        }
        order
            .numbers
            .iter()
            .map(|each| known.get_mut(&(each.number, each.status)).and_then(Vec::pop).unwrap_or(seen))
            .collect()
    }

    /// True when nothing more is expected: a final state with no number in Processing, or a `Partial` that two
    /// answers at least a minute apart agree on.
    pub fn is_settled(&self) -> bool {
        if self.counts.processing > 0 {
            return false;
        }
        match self.order.status {
            OrderStatus::Partial => {
                self.read_at.duration_since(self.same_since).unsigned_abs() >= PARTIAL_AGREES
            }
            ref status => status.is_final(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{FocDate, NumberStatus, Numbers, PhoneNumberOrderId};

    fn at(second: i64) -> Timestamp {
        Timestamp::from_second(1_800_000_000 + second).unwrap()
    }

    fn order(status: &str, numbers: &[(&str, &str)]) -> PhoneNumberOrder {
        PhoneNumberOrder {
            id: PhoneNumberOrderId::parse("3f2a91c0-77aa-4e0b-9a55-0d1f5e2bc01d").unwrap(),
            product_type: None,
            status: OrderStatus::parse(status),
            order_type: None,
            numbers: Numbers::new(numbers.iter().copied()),
            created: None,
            updated: None,
            foc_date: None,
        }
    }

    #[test]
    fn a_change_happened_between_two_answers_and_the_rest_keeps_its_time() {
        let first = Snapshot::first(
            order("Processing", &[("+15035550101", "Processing"), ("+15035550102", "Processing")]),
            at(0),
        );
        let renewal = first
            .renewed(order("Partial", &[("+15035550101", "Processing"), ("+15035550102", "Failed")]), at(5));
        let seen = Interval { after: Some(at(0)), by: at(5) };
        assert_eq!(
            renewal.changes,
            [
                ChangeKind::Order { from: OrderStatus::Processing, to: OrderStatus::Partial },
                ChangeKind::Number {
                    number: "+15035550102".into(),
                    from: NumberStatus::Processing,
                    to: NumberStatus::Failed
                }
            ]
        );
        let snapshot = renewal.snapshot;
        assert_eq!((snapshot.state_since, snapshot.read_at, snapshot.same_since), (seen, at(5), at(5)));
        let since: Vec<_> = snapshot.numbers_since.iter().map(|since| since.interval()).collect();
        assert_eq!(since, [Interval { after: None, by: at(0) }, seen]);
    }

    #[test]
    fn an_older_answer_renews_the_age_and_never_the_state() {
        let mut newer = order("Successful", &[]);
        newer.updated = Some(at(100));
        let mut older = order("Processing", &[]);
        older.updated = Some(at(50));
        let known = Snapshot::first(newer, at(101));
        let renewal = known.renewed(older, at(110));
        assert_eq!(renewal.changes, []);
        assert_eq!(renewal.snapshot, Snapshot { read_at: at(110), ..known });
    }

    #[test]
    fn an_order_is_settled_when_nothing_more_is_expected() {
        let cases = [
            ("Successful", "Acquired", 0, true),
            ("Successful", "Processing", 600, false),
            ("Failed", "Failed", 0, true),
            ("Cancelled", "Failed", 0, true),
            ("Cancelled", "Processing", 0, false),
            ("Partial", "Failed", 59, false),
            ("Partial", "Failed", 60, true),
            ("Partial", "Processing", 600, false),
            ("Processing", "Acquired", 600, false),
            ("FOC", "Processing", 600, false),
            ("Teleported", "Acquired", 600, false),
        ];
        for (status, number, later, settled) in cases {
            let first = Snapshot::first(order(status, &[("+15035550101", number)]), at(0));
            let again = first.renewed(first.order.clone(), at(later)).snapshot;
            assert_eq!(again.is_settled(), settled, "{status} {number} {later}");
        }
    }

    #[test]
    fn a_moved_foc_date_is_remembered_and_clears_what_was_handled() {
        let mut before = order("FOC", &[]);
        before.foc_date = Some(FocDate::new("2026-11-26"));
        let mut known = Snapshot::first(before.clone(), at(0));
        known.handled = Some(NeedKind::FocSet);
        let mut after = before;
        after.foc_date = Some(FocDate::new("2026-11-28"));
        let renewed = known.renewed(after, at(5)).snapshot;
        assert_eq!(renewed.foc_moved, Some(Interval { after: Some(at(0)), by: at(5) }));
        assert_eq!(renewed.handled, None);
    }

    #[test]
    fn an_interval_survives_packing_to_the_second() {
        for interval in [
            Interval { after: None, by: at(7) },
            Interval { after: Some(at(2)), by: at(7) },
            Interval { after: Some(at(7)), by: at(7) },
        ] {
            assert_eq!(Since::new(interval).interval(), interval);
        }
        assert_eq!(size_of::<Since>(), 8);
    }

    #[test]
    fn a_wide_interval_is_told_a_little_wider_and_never_as_a_first_look() {
        const DAY: i64 = 86_400;
        let told = |width: i64| {
            let packed = Since::new(Interval { after: Some(at(0)), by: at(width) }).interval();
            (packed.by, packed.after.map(|after| packed.by.duration_since(after).as_secs() - width))
        };
        let exact = |width| (at(width), Some(0));
        assert_eq!(
            [32_767, 32_768, 3 * DAY, 11 * DAY, 12 * DAY].map(told),
            [exact(32_767), (at(32_768), Some(52)), exact(3 * DAY), exact(11 * DAY), exact(12 * DAY),]
        );
        assert_eq!(told(12 * DAY + 1), (at(12 * DAY + 1), Some(3_599)));
        assert_eq!(told(680 * DAY).1, Some(0));
        assert_eq!(told(700 * DAY).1, None);
    }
}
