//! One round through the engine: every order is asked once, at the pace of its account.

use crate::app::message::WatchMessage;
use crate::app::watch::Watched;
use crate::command::Exit;
use crate::command::report::{Report, Stop};
use crate::domain::{Failure, OrderKey, PhoneNumberOrder, Scope};
use crate::runtime::headless::{Happened, Headless};
use jiff::Timestamp;
use std::collections::{HashMap, HashSet};
use std::sync::Arc;

/// How asking for an order ended.
#[derive(Debug)]
pub(super) enum Outcome {
    /// With an answer, and an order as it came, where that was asked for.
    Answered { result: Result<Box<PhoneNumberOrder>, Box<Failure>>, received: Timestamp, body: String },
    /// Its task ended without one.
    Lost,
    /// It was not asked: an answer before said that nobody would be answered.
    NotAsked,
}

/// Asks for `keys`, which are all different, at most `in_flight` at a time, and tells each outcome in their order, as
/// soon as it is there.
///
/// # Errors
/// The first of `tell`; nothing is asked after it.
pub(super) async fn ask<'a>(
    engine: &mut Headless,
    keys: &[OrderKey],
    in_flight: usize,
    report: &mut Report<'a>,
    mut tell: impl FnMut(&mut Report<'a>, &OrderKey, Outcome) -> Result<(), Stop>,
) -> Result<(), Stop> {
    let (mut unasked, mut untold) = (keys.iter(), keys.iter());
    let mut bodies: HashMap<OrderKey, String> = HashMap::new();
    let mut outcomes: HashMap<OrderKey, Outcome> = HashMap::new();
    while !untold.as_slice().is_empty() {
        let room = in_flight.saturating_sub(engine.watch().len());
        let next: Vec<_> = unasked.by_ref().take(room).cloned().collect();
        if !next.is_empty() {
            engine.add_unknown(next);
        }
        let hopeless = hopeless(engine);
        if !hopeless.is_empty() {
            outcomes.extend(hopeless.iter().map(|key| (key.clone(), Outcome::NotAsked)));
            engine.step(WatchMessage::Remove(hopeless));
            tell_first(&mut untold, &mut outcomes, report, &mut tell)?;
            continue;
        }
        report.flush()?;
        match engine.next(None).await {
            Happened::Came { key, body, .. } => {
                bodies.insert(key, body);
            }
            Happened::Engine(message) => {
                if let Some((key, outcome)) = outcome_of(&message, engine, &mut bodies) {
                    outcomes.insert(key.clone(), outcome);
                    engine.step(message);
                    // Once is enough.
                    engine.step(WatchMessage::Remove(vec![key]));
                } else {
                    engine.step(message);
                }
            }
            Happened::Ended(code) => return Err(Stop::Said(Exit::BySignal(code))),
            Happened::Warned(what) => report.note(what),
            Happened::Deadline => {}
        }
        tell_first(&mut untold, &mut outcomes, report, &mut tell)?;
    }
    Ok(())
}

/// Tells the outcomes that no other one has to come before.
fn tell_first<'a>(
    untold: &mut std::slice::Iter<'_, OrderKey>,
    outcomes: &mut HashMap<OrderKey, Outcome>,
    report: &mut Report<'a>,
    tell: &mut impl FnMut(&mut Report<'a>, &OrderKey, Outcome) -> Result<(), Stop>,
) -> Result<(), Stop> {
    while let Some(key) = untold.as_slice().first()
        && let Some(outcome) = outcomes.remove(key)
    {
        tell(report, key, outcome)?;
        untold.next();
    }
    Ok(())
}

/// The orders of accounts that cannot be asked, where no request is under way that could change that. Those of other
/// accounts go on.
fn hopeless(engine: &Headless) -> Vec<OrderKey> {
    let watch = engine.watch();
    let is_shut = |scope: &&Arc<Scope>| !watch.can_ask(scope);
    let mut shut: HashSet<_> = watch.scopes().filter(is_shut).cloned().collect();
    if shut.is_empty() {
        return Vec::new();
    }
    for order in watch.iter().filter(|order| order.poll().request().is_some()) {
        shut.remove(&order.key().scope);
    }
    let keys = watch.iter().map(Watched::key);
    keys.filter(|key| shut.contains(&key.scope)).cloned().collect()
}

/// How asking for an order ended, where this message says so. A request that was given up is not the one that counts.
fn outcome_of(
    message: &WatchMessage,
    engine: &Headless,
    bodies: &mut HashMap<OrderKey, String>,
) -> Option<(OrderKey, Outcome)> {
    let counts = |key, request| engine.watch().get(key)?.poll().request().filter(|counts| *counts == request);
    match message {
        WatchMessage::Answered(answered) => {
            counts(&answered.key, answered.request)?;
            let body = bodies.remove(&answered.key).unwrap_or_default();
            let (result, received) = (answered.result.clone(), answered.received);
            let result = result.map(Box::new).map_err(Box::new);
            Some((answered.key.clone(), Outcome::Answered { result, received, body }))
        }
        WatchMessage::Lost { key, request } => {
            counts(key, *request)?;
            Some((key.clone(), Outcome::Lost))
        }
        _of_other_things => None,
    }
}
