//! What changed, in words alone: for whoever hears the screen, and for lines in a log. No symbol, no table.

use super::clock::Clock;
use super::line::count;
use super::order::advice;
use crate::domain::{Change, ChangeKind, E164, NumberStatus, NumberText, Snapshot, Text, attention};

/// What happened, without whose order it is and when: `went from Processing to Partial`. `numbers` of them went the
/// same way with one answer.
pub fn what(change: &Change, numbers: usize) -> String {
    match &change.kind {
        ChangeKind::Order { from, to } => format!("went from {from} to {to}"),
        ChangeKind::Number { number, from, to } => {
            format!("{} went from {from} to {to}", numbered(number, numbers))
        }
        ChangeKind::NumberAppeared { number, status } => {
            format!("{} new, {status}", numbered(number, numbers))
        }
        ChangeKind::NumberGone { number, status } => {
            format!("{} gone, last {status}", numbered(number, numbers))
        }
        ChangeKind::FocDate { from: Some(from), to: Some(to) } => {
            format!("the FOC date moved from {from} to {to}")
        }
        ChangeKind::FocDate { from: None, to: Some(to) } => format!("the FOC date was set to {to}"),
        ChangeKind::FocDate { from: Some(from), to: None } => format!("the FOC date {from} was taken back"),
        ChangeKind::FocDate { from: None, to: None } => String::new(),
    }
}

fn numbered(number: &Text, numbers: usize) -> String {
    match (numbers, E164::parse(number.raw())) {
        (1, Some(number)) => NumberText::E164(number).grouped(),
        (1, None) => number.to_string(),
        _ => count(numbers, "number", "numbers"),
    }
}

/// `45 of 50 acquired, 2 failed, 3 waiting.`
pub fn counts(snapshot: &Snapshot) -> String {
    let counts = snapshot.counts;
    if counts.total == 0 {
        return "No numbers.".to_owned();
    }
    let parts = [
        Some(format!("{} of {} acquired", counts.acquired, counts.total)),
        (counts.failed > 0).then(|| format!("{} failed", counts.failed)),
        (counts.waiting() > 0).then(|| format!("{} waiting", counts.waiting())),
    ];
    format!("{}.", parts.into_iter().flatten().collect::<Vec<_>>().join(", "))
}

/// What to do about an order that needs you, with a blank before it; nothing where it does not.
pub fn advice(snapshot: &Snapshot, clock: &Clock<'_>) -> String {
    attention::need(snapshot, clock.wall())
        .map(|need| format!(" {}", advice::what_to_do(need, snapshot, clock)))
        .unwrap_or_default()
}

/// What to do about one number in this state; none where nothing is.
pub fn advice_of_number(status: &NumberStatus, snapshot: &Snapshot, clock: &Clock<'_>) -> Option<String> {
    advice::of_number(status, attention::need(snapshot, clock.wall()), snapshot, clock)
}
