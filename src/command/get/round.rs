//! One round through the engine: every order is asked once, at the pace of its account.
//!
//! It is the engine that says when; what it would record, or ask for again, is let go.

use crate::app::Effect;
use crate::app::effect::RequestId;
use crate::app::message::{Answered, WatchMessage};
use crate::app::watch::{Sweeps, Watch, WatchOptions};
use crate::domain::{Moment, Now, OrderKey};
use crate::fetch::{Answer, Fetcher};
use crate::poll::{Intervals, Rate};
use std::collections::HashMap;
use std::future::pending;
use tokio::sync::mpsc::{UnboundedSender, unbounded_channel};
use tokio::task::JoinError;

/// How asking for an order ended.
#[derive(Debug)]
pub(super) enum Outcome {
    /// With an answer, and the bytes in which an order came.
    Answered(Box<Answer>, Option<Vec<u8>>),
    /// Its task ended without one.
    Lost(JoinError),
    /// It was not asked: an answer before said that nobody would be answered.
    NotAsked,
}

/// An outcome on its way.
type Ended = (RequestId, OrderKey, Outcome);

/// Asks for `keys`, which are all different, and tells each outcome in their order, as soon as it is there.
///
/// # Errors
/// The first of `tell`; nothing is asked after it.
pub(super) async fn ask<E>(
    keys: &[OrderKey],
    rate: Rate,
    fetcher: &Fetcher,
    clock: &impl Fn() -> Now,
    mut tell: impl FnMut(&OrderKey, Outcome) -> Result<(), E>,
) -> Result<(), E> {
    let started = clock();
    let options = WatchOptions {
        rate,
        intervals: Intervals::default(),
        // What is printed is the body of each order's own answer.
        sweeps: Sweeps::Never,
        seed: 0,
        started,
        first_sequence: 1,
    };
    let mut watch = Watch::new(options);
    let (sender, mut ended) = unbounded_channel::<Ended>();
    let mut outcomes: HashMap<OrderKey, Outcome> = HashMap::new();
    let mut untold = keys.iter();
    let mut in_flight = 0;
    // No history is read: what is printed is what is so now.
    let unknown = keys.iter().map(|key| (key.clone(), None)).collect();
    let mut messages = vec![WatchMessage::Add(keys.to_vec()), WatchMessage::Known(unknown)];
    loop {
        for (request, key) in fetches(&mut watch, messages, clock()) {
            in_flight += 1;
            tokio::spawn(fetch(fetcher.clone(), request, key, sender.clone()));
        }
        if in_flight == 0 && !keys.iter().all(|key| watch.can_ask(&key.scope)) {
            break;
        }
        while let Some(key) = untold.as_slice().first()
            && let Some(outcome) = outcomes.remove(key)
        {
            tell(key, outcome)?;
            untold.next();
        }
        if untold.as_slice().is_empty() {
            return Ok(());
        }
        messages = tokio::select! {
            Some((request, key, outcome)) = ended.recv() => {
                in_flight -= 1;
                let heard = message(request, key.clone(), &outcome);
                outcomes.insert(key.clone(), outcome);
                vec![heard, WatchMessage::Remove(vec![key])]
            }
            () = at(watch.next_deadline(), clock) => vec![WatchMessage::Tick],
        };
    }
    untold.try_for_each(|key| tell(key, outcomes.remove(key).unwrap_or(Outcome::NotAsked)))
}

/// What the engine wants asked after these messages, and did not take back within them.
fn fetches(watch: &mut Watch, messages: Vec<WatchMessage>, now: Now) -> Vec<(RequestId, OrderKey)> {
    let mut fetches = Vec::new();
    for effect in messages.into_iter().flat_map(|message| watch.step(message, now)) {
        match effect {
            Effect::Fetch { request, key } => fetches.push((request, key)),
            Effect::Abort(dead) => fetches.retain(|(request, _)| !dead.contains(request)),
            Effect::KeepBody(_)
            | Effect::DropConnections
            | Effect::ForgetCredentials
            | Effect::List { .. }
            | Effect::LookForCredentials
            | Effect::ReadProfiles
            | Effect::ReadProfile { .. }
            | Effect::History(_)
            | Effect::Files(_)
            | Effect::Copy { .. }
            | Effect::Ring
            | Effect::Suspend
            | Effect::Quit => {}
        }
    }
    fetches
}

async fn fetch(fetcher: Fetcher, request: RequestId, key: OrderKey, ended: UnboundedSender<Ended>) {
    let asked = key.clone();
    let outcome = match tokio::spawn(async move { fetcher.get_with_body(&asked).await }).await {
        Ok((answer, body)) => Outcome::Answered(Box::new(answer), body),
        Err(error) => Outcome::Lost(error),
    };
    // The round may have ended.
    let _ = ended.send((request, key, outcome));
}

fn message(request: RequestId, key: OrderKey, outcome: &Outcome) -> WatchMessage {
    match outcome {
        Outcome::Answered(answer, _) => WatchMessage::Answered(Box::new(Answered {
            request,
            key,
            attempts: answer.attempts,
            received: answer.received,
            skew: answer.server_skew,
            identity: answer.identity.clone(),
            result: answer.result.clone(),
        })),
        Outcome::Lost(_) | Outcome::NotAsked => WatchMessage::Lost { request, key },
    }
}

/// At `deadline`, or never.
async fn at(deadline: Option<Moment>, clock: &impl Fn() -> Now) {
    match deadline {
        Some(deadline) => tokio::time::sleep(deadline.since(clock().moment)).await,
        None => pending().await,
    }
}
