//! What is different between two answers about the same order: the only history there is.

use super::snapshot::Interval;
use super::{FocDate, NumberStatus, NumberText, OrderKey, OrderStatus, PhoneNumberOrder, Text};
use std::collections::HashMap;
use std::sync::Arc;

/// One observed change of one order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// Counts up over the life of the history; activity is sorted by it, because wall clocks go back.
    pub sequence: u64,
    /// Whose order changed.
    pub key: OrderKey,
    /// What changed.
    pub kind: ChangeKind,
    /// When it happened, as exactly as two answers can tell.
    pub seen: Interval,
}

/// What can change in an order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ChangeKind {
    /// The state of the order.
    Order {
        /// The state before.
        from: OrderStatus,
        /// The state since.
        to: OrderStatus,
    },
    /// The state of one number.
    Number {
        /// The number as the API writes it.
        number: Text,
        /// The state before.
        from: NumberStatus,
        /// The state since.
        to: NumberStatus,
    },
    /// A number that the earlier answer did not carry.
    NumberAppeared {
        /// The number as the API writes it.
        number: Text,
        /// Its state.
        status: NumberStatus,
    },
    /// A number that the later answer does not carry.
    NumberGone {
        /// The number as the API writes it.
        number: Text,
        /// Its last state.
        status: NumberStatus,
    },
    /// The FOC date appeared, moved or went.
    FocDate {
        /// The date before.
        from: Option<FocDate>,
        /// The date since.
        to: Option<FocDate>,
    },
}

/// The changes from `before` to `after`: the order's state first, then its FOC date, then its numbers in the
/// order of the later answer, those that are gone last.
///
/// A number that stands in an order twice is compared occurrence by occurrence.
pub fn diff(before: &PhoneNumberOrder, after: &PhoneNumberOrder) -> Vec<ChangeKind> {
    let mut changes = Vec::new();
    if before.status != after.status {
        changes.push(ChangeKind::Order { from: before.status.clone(), to: after.status.clone() });
    }
    if before.foc_date != after.foc_date {
        changes.push(ChangeKind::FocDate { from: before.foc_date.clone(), to: after.foc_date.clone() });
    }
    if before.numbers != after.numbers {
        changes.extend(number_changes(before, after));
    }
    changes
}

fn number_changes(before: &PhoneNumberOrder, after: &PhoneNumberOrder) -> Vec<ChangeKind> {
    let mut known: HashMap<(NumberText<'_>, u32), (usize, NumberStatus)> = occurrences(before)
        .enumerate()
        .map(|(index, (occurrence, status))| (occurrence, (index, status)))
        .collect();
    let mut changes = Vec::new();
    for (occurrence, status) in occurrences(after) {
        let number = || Text::new(&occurrence.0.raw());
        match known.remove(&occurrence) {
            Some((_, from)) if from != status => {
                changes.push(ChangeKind::Number { number: number(), from, to: status });
            }
            Some(_) => {}
            None => changes.push(ChangeKind::NumberAppeared { number: number(), status }),
        }
    }
    let mut gone: Vec<_> = known.into_iter().collect();
    gone.sort_by_key(|(_, (index, _))| *index);
    changes.extend(gone.into_iter().map(|((number, _), (_, status))| ChangeKind::NumberGone {
        number: Text::new(&number.raw()),
        status,
    }));
    changes
}

/// Every number with how often it stood in the order before.
fn occurrences(order: &PhoneNumberOrder) -> impl Iterator<Item = ((NumberText<'_>, u32), NumberStatus)> {
    let mut seen: HashMap<NumberText<'_>, u32> = HashMap::new();
    order.numbers.iter().map(move |each| {
        let count = seen.entry(each.number).or_default();
        *count += 1;
        ((each.number, *count), each.status)
    })
}

/// Changes that one answer brought, ready to be recorded together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Observation {
    /// Whose order was answered.
    pub key: OrderKey,
    /// The order as it is now known.
    pub snapshot: Arc<super::Snapshot>,
    /// What changed; empty at the first look and where only times were renewed.
    pub changes: Vec<Change>,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{Numbers, PhoneNumberOrderId};

    fn order(status: &str, foc: Option<&str>, numbers: &[(&str, &str)]) -> PhoneNumberOrder {
        PhoneNumberOrder {
            id: PhoneNumberOrderId::parse("3f2a91c0-77aa-4e0b-9a55-0d1f5e2bc01d").unwrap(),
            product_type: None,
            status: OrderStatus::parse(status),
            order_type: None,
            numbers: Numbers::new(numbers.iter().copied()),
            created: None,
            updated: None,
            foc_date: foc.map(FocDate::new),
        }
    }

    #[test]
    fn the_same_order_twice_is_no_change() {
        let same = order("Processing", Some("2026-11-28"), &[("+15035550107", "Processing")]);
        assert_eq!(diff(&same, &same), []);
    }

    #[test]
    fn every_kind_of_change_is_told_in_a_fixed_order() {
        let before = order(
            "Processing",
            None,
            &[("+15035550101", "Processing"), ("+15035550102", "Processing"), ("+15035550103", "Failed")],
        );
        let after = order(
            "Partial",
            Some("2026-11-28"),
            &[("+15035550102", "Failed"), ("+15035550101", "Processing"), ("+15035550104", "Acquired")],
        );
        assert_eq!(
            diff(&before, &after),
            [
                ChangeKind::Order { from: OrderStatus::Processing, to: OrderStatus::Partial },
                ChangeKind::FocDate { from: None, to: Some(FocDate::new("2026-11-28")) },
                ChangeKind::Number {
                    number: "+15035550102".into(),
                    from: NumberStatus::Processing,
                    to: NumberStatus::Failed
                },
                ChangeKind::NumberAppeared { number: "+15035550104".into(), status: NumberStatus::Acquired },
                ChangeKind::NumberGone { number: "+15035550103".into(), status: NumberStatus::Failed },
            ]
        );
    }

    #[test]
    fn a_number_that_stands_twice_is_compared_occurrence_by_occurrence() {
        let before =
            order("Processing", None, &[("+15035550101", "Processing"), ("+15035550101", "Processing")]);
        let after =
            order("Processing", None, &[("+15035550101", "Processing"), ("+15035550101", "Acquired")]);
        assert_eq!(
            diff(&before, &after),
            [ChangeKind::Number {
                number: "+15035550101".into(),
                from: NumberStatus::Processing,
                to: NumberStatus::Acquired
            }]
        );
    }
}
