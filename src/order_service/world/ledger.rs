//! Keeps the books of one order while its events are applied: which number is in which state, and what the
//! order says of itself. Numbers change in the order of fate, so the same one fails whenever one asks.

use jiff::SignedDuration;

use super::timeline::Timeline;
use crate::order_service::wire::OrderedPhoneNumberStatus::{self, Acquired, Failed, Processing};

#[derive(Debug, Clone)]
pub(super) enum Event {
    Acquire(u32),
    Fail(u32),
    Retry(u32),
    Reopen(u32),
    Add(u32),
    Remove(u32),
    Status(String),
    Foc(i64),
}

#[derive(Debug, Clone)]
pub(super) struct Dated {
    pub(super) at: SignedDuration,
    pub(super) event: Event,
}

/// Status, visible numbers, and days to the FOC date from when it was set.
pub(super) type Outcome<'a> = (&'a str, Vec<OrderedPhoneNumberStatus>, Option<i64>);

/// The state of an order while its events are applied.
#[derive(Debug)]
pub(super) struct Ledger<'a> {
    pub(super) status: &'a str,
    pub(super) updated: SignedDuration,
    /// When the date was set, and how many days from then it lies.
    pub(super) foc: Option<(SignedDuration, i64)>,
    fate: &'a [u32],
    numbers: Vec<OrderedPhoneNumberStatus>,
    visible: usize,
    /// No number before this place of `fate` is in Processing.
    cursor: usize,
}

impl<'a> Ledger<'a> {
    pub(super) fn of(timeline: &'a Timeline) -> Self {
        let mut ledger = Self {
            status: &timeline.status,
            updated: timeline.created,
            foc: timeline.foc.map(|days| (timeline.created, days)),
            fate: &timeline.fate,
            numbers: vec![Processing; timeline.fate.len()],
            visible: timeline.visible,
            cursor: 0,
        };
        ledger.turn(timeline.acquired, Processing, Acquired);
        ledger.turn(timeline.failed, Processing, Failed);
        ledger
    }

    /// The states of the numbers that are in the order now.
    pub(super) fn visible(&self) -> impl Iterator<Item = &OrderedPhoneNumberStatus> {
        self.numbers.iter().take(self.visible)
    }

    /// Applies events as if at one moment; tells the state that they lead to.
    pub(super) fn apply_all(&mut self, events: &'a [Dated]) -> Outcome<'a> {
        for dated in events {
            self.apply(SignedDuration::ZERO, &dated.event);
        }
        (self.status, self.visible().copied().collect(), self.foc.map(|(_, days)| days))
    }

    pub(super) fn apply(&mut self, at: SignedDuration, event: &'a Event) {
        match event {
            Event::Acquire(count) => self.turn(*count, Processing, Acquired),
            Event::Fail(count) => self.turn(*count, Processing, Failed),
            Event::Retry(count) => self.turn(*count, Failed, Processing),
            Event::Reopen(count) => self.turn(*count, Acquired, Processing),
            Event::Add(count) => {
                let more = usize::try_from(*count).unwrap_or(usize::MAX);
                self.visible = self.visible.saturating_add(more).min(self.numbers.len());
                self.cursor = 0;
            }
            Event::Remove(count) => {
                let fewer = usize::try_from(*count).unwrap_or(usize::MAX);
                self.visible = self.visible.saturating_sub(fewer);
            }
            Event::Status(status) => self.status = status,
            Event::Foc(days) => self.foc = Some((at, *days)),
        }
        self.updated = at;
    }

    /// The next `count` numbers in state `from` come to state `to`, in the order of fate.
    fn turn(&mut self, count: u32, from: OrderedPhoneNumberStatus, to: OrderedPhoneNumberStatus) {
        let mut left = count;
        let start = if from == Processing { self.cursor } else { 0 };
        let mut place = start;
        while let Some(position) = self.fate.get(place).filter(|_| left > 0) {
            let position = usize::try_from(*position).unwrap_or(usize::MAX);
            if let Some(status) = self.numbers.get_mut(position).filter(|status| **status == from)
                && position < self.visible
            {
                *status = to;
                left -= 1;
            }
            place += 1;
        }
        self.cursor = if from == Processing { place } else { 0 };
    }
}
