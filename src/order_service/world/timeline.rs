//! One order's life as a list of dated events, folded up to the time asked for.
//!
//! Numbers change in an order of fate, a seeded shuffle made once; so the same number fails whenever one asks.
//! The endless acts are a cycle that leads back to where it began (checked when the world is made), therefore
//! folding the last two rounds is the same as folding all.

use jiff::SignedDuration;

use super::ledger::{Dated, Event, Ledger};
use crate::order_service::scenario::{Change, EndlessPlan, OrderPlan, Plan, ScenarioError};

/// When the endless acts begin, and after how long they come round again.
#[derive(Debug, Clone, Copy)]
pub(super) struct Cycle {
    from: SignedDuration,
    round: SignedDuration,
}

impl Cycle {
    pub(super) fn of(endless: &EndlessPlan) -> Self {
        let acts = i32::try_from(endless.acts.len()).unwrap_or(i32::MAX);
        Self { from: endless.from, round: endless.every.saturating_mul(acts) }
    }

    fn start_of(&self, round: i64) -> SignedDuration {
        let milliseconds = i64::try_from(self.round.as_millis()).unwrap_or(i64::MAX);
        self.from.saturating_add(SignedDuration::from_millis(milliseconds.saturating_mul(round)))
    }

    /// Negative before the first round.
    fn round_at(&self, elapsed: SignedDuration) -> i64 {
        let since = (elapsed - self.from).as_millis();
        i64::try_from(since.div_euclid(self.round.as_millis().max(1))).unwrap_or(i64::MAX)
    }
}

#[derive(Debug, Clone)]
pub(super) struct Timeline {
    pub(super) created: SignedDuration,
    pub(super) status: String,
    pub(super) foc: Option<i64>,
    pub(super) acquired: u32,
    pub(super) failed: u32,
    /// Numbers in the order from its creation; the spare ones follow them.
    pub(super) visible: usize,
    /// Positions of numbers, in the sequence in which they change. Spare numbers come last.
    pub(super) fate: Vec<u32>,
    events: Vec<Dated>,
    /// From the start of a round.
    acts: Vec<Dated>,
}

impl Timeline {
    pub(super) fn of(order: &OrderPlan, plan: &Plan, seed: u64) -> Result<Self, ScenarioError> {
        let mut random = fastrand::Rng::with_seed(seed ^ fingerprint(&order.id));
        let count = |blocks: &[crate::order_service::scenario::NumberBlock]| {
            blocks.iter().map(|block| block.count).sum::<u32>()
        };
        let first = count(&order.numbers);
        let mut fate: Vec<u32> = (0..first).collect();
        random.shuffle(&mut fate);
        fate.extend(first..first + count(&order.spare));
        let mut events = Vec::new();
        for step in &order.steps {
            expand(step.at, &step.change, &mut random, &mut events);
        }
        let mut timeline = Self {
            created: -order.created,
            status: order.status.clone(),
            foc: order.foc,
            acquired: order.acquired,
            failed: order.failed,
            visible: usize::try_from(first).unwrap_or(usize::MAX),
            fate,
            events,
            acts: Vec::new(),
        };
        timeline.events.sort_by_key(|dated| dated.at);
        if let Some(endless) = &plan.endless {
            timeline.acts = acts(order, plan, endless, &mut random);
            timeline.check_closed(&order.id, Cycle::of(endless))?;
        }
        Ok(timeline)
    }

    /// The order's state after everything that has happened until `elapsed`.
    pub(super) fn at(&self, elapsed: SignedDuration, cycle: Option<&Cycle>) -> Ledger<'_> {
        let mut ledger = Ledger::of(self);
        for dated in self.events.iter().take_while(|dated| dated.at <= elapsed) {
            ledger.apply(dated.at, &dated.event);
        }
        let Some(cycle) = cycle.filter(|_| !self.acts.is_empty()) else {
            return ledger;
        };
        let round = cycle.round_at(elapsed);
        for round in (round - 1).max(0)..=round {
            let start = cycle.start_of(round);
            for act in self.acts.iter().take_while(|act| start + act.at <= elapsed) {
                ledger.apply(start + act.at, &act.event);
            }
        }
        ledger
    }

    /// Two rounds must end as one does; only then may rounds be skipped.
    fn check_closed(&self, id: &str, cycle: Cycle) -> Result<(), ScenarioError> {
        let mut ledger = Ledger::of(self);
        ledger.apply_all(&self.events);
        let once = ledger.apply_all(&self.acts);
        let twice = ledger.apply_all(&self.acts);
        if once == twice {
            Ok(())
        } else {
            Err(ScenarioError::Story {
                place: id.to_owned(),
                problem: format!(
                    "a round of the endless acts ({:#}) does not lead back to where it began",
                    cycle.round
                ),
            })
        }
    }
}

fn acts(order: &OrderPlan, plan: &Plan, endless: &EndlessPlan, random: &mut fastrand::Rng) -> Vec<Dated> {
    let mut dated = Vec::new();
    for (turn, act) in (0..).zip(&endless.acts) {
        if plan.order_named(&act.order).is_some_and(|named| named.id == order.id) {
            expand(endless.every.saturating_mul(turn), &act.change, random, &mut dated);
        }
    }
    dated.sort_by_key(|dated| dated.at);
    dated
}

type NumberEvent = fn(u32) -> Event;

/// Turns a change into events: number changes one by one with some jitter if it lasts, the rest at its end.
fn expand(at: SignedDuration, change: &Change, random: &mut fastrand::Rng, events: &mut Vec<Dated>) {
    let over = change.over.unwrap_or_default();
    let numbers: [(u32, NumberEvent); 6] = [
        (change.acquire, Event::Acquire),
        (change.fail, Event::Fail),
        (change.retry, Event::Retry),
        (change.reopen, Event::Reopen),
        (change.add, Event::Add),
        (change.remove, Event::Remove),
    ];
    for (count, event) in numbers.into_iter().filter(|(count, _)| *count > 0) {
        if over.is_zero() {
            events.push(Dated { at, event: event(count) });
            continue;
        }
        for turn in 0..count {
            // The first comes at once: a change that has begun is to be seen.
            let jitter = if turn == 0 { 0.0 } else { random.f64() };
            let share = (f64::from(turn) + jitter) / f64::from(count);
            let delay = SignedDuration::try_from_secs_f64(over.as_secs_f64() * share).unwrap_or(over);
            events.push(Dated { at: at + delay, event: event(1) });
        }
    }
    let end = at + over;
    events.extend(change.status.iter().map(|status| Dated { at: end, event: Event::Status(status.clone()) }));
    events.extend(change.foc.iter().map(|days| Dated { at: end, event: Event::Foc(*days) }));
}

/// FNV-1a: tells orders apart under one seed.
fn fingerprint(text: &str) -> u64 {
    text.bytes()
        .fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3))
}
