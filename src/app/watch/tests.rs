//! Journeys through the engine: messages in, whole effects out.

mod accounts;
mod asking;
mod backlog;
mod browsing;
mod history;
mod paces;
mod soundness;
mod sweeping;

use super::*;
use crate::app::effect::HistoryWork;
use crate::app::message::{Answered, Listed};
use crate::domain::{
    Failure, FailureKind, Identity, Lasts, NumberStatus, Numbers, OrderPage, OrderStatus, PageToken,
    PhoneNumberOrder, PhoneNumberOrderId, Scope, Snapshot, Text,
};
use std::sync::Arc;
use std::time::Duration;

/// An engine and its clocks.
struct Bench {
    watch: Watch,
    now: Now,
}

fn bench() -> Bench {
    bench_at(Rate::default())
}

fn bench_at(rate: Rate) -> Bench {
    bench_with(rate, Sweeps::Never)
}

fn sweeping() -> Bench {
    bench_with(Rate::default(), Sweeps::Allowed)
}

fn bench_with(rate: Rate, sweeps: Sweeps) -> Bench {
    let now = Now { wall: wall(0), moment: Moment::START };
    let options = WatchOptions {
        rate,
        intervals: Intervals::default(),
        sweeps,
        seed: 7,
        started: now,
        first_sequence: 1,
    };
    Bench { watch: Watch::new(options), now }
}

/// The wall clock, so many milliseconds after the start.
fn wall(milliseconds: i64) -> Timestamp {
    Timestamp::from_millisecond(1_800_000_000_000 + milliseconds).unwrap()
}

fn scope(profile: &str) -> Arc<Scope> {
    Arc::new(Scope { profile: Some(profile.into()), region: "us-east-1".into(), endpoint: None })
}

fn key_of(profile: &str, number: u32) -> OrderKey {
    let id = PhoneNumberOrderId::parse(&format!("{number:08x}-77aa-4e0b-9a55-0d1f5e2bc01d")).unwrap();
    OrderKey { scope: scope(profile), id }
}

fn key(number: u32) -> OrderKey {
    key_of("dev", number)
}

fn order(key: &OrderKey, status: &str, numbers: &[(&str, &str)]) -> PhoneNumberOrder {
    PhoneNumberOrder {
        id: key.id,
        product_type: None,
        status: OrderStatus::parse(status),
        order_type: None,
        numbers: Numbers::new(numbers.iter().copied()),
        created: None,
        updated: None,
        foc_date: None,
    }
}

fn processing(key: &OrderKey) -> PhoneNumberOrder {
    order(key, "Processing", &[("+15035550107", "Processing")])
}

fn successful(key: &OrderKey) -> PhoneNumberOrder {
    order(key, "Successful", &[("+15035550107", "Acquired")])
}

fn failure(key: &OrderKey, kind: FailureKind) -> Failure {
    Failure {
        kind,
        order: Some(key.id),
        scope: key.scope.clone(),
        what: "it did not work".into(),
        next_step: Text::default(),
        command: None,
        retry_after: None,
        request_id: None,
        lasts: Lasts::default(),
    }
}

fn fetch(request: u64, key: &OrderKey) -> Effect {
    Effect::Fetch { request: RequestId(request), key: key.clone() }
}

fn list(request: u64, profile: &str, page: Option<&str>) -> Effect {
    Effect::List { request: RequestId(request), scope: scope(profile), page: page.map(PageToken::new) }
}

fn page(orders: impl IntoIterator<Item = PhoneNumberOrder>, next: Option<&str>) -> OrderPage {
    OrderPage { orders: orders.into_iter().collect(), undecodable: 0, next: next.map(PageToken::new) }
}

fn account_failure(profile: &str, kind: FailureKind) -> Failure {
    Failure { order: None, ..failure(&key_of(profile, 0), kind) }
}

/// What is asked of a service, without anything else.
fn requests(effects: Vec<Effect>) -> Vec<Effect> {
    let is_request = |effect: &Effect| matches!(effect, Effect::Fetch { .. } | Effect::List { .. });
    effects.into_iter().filter(is_request).collect()
}

/// The orders that are fetched, without anything else.
fn fetched(effects: &[Effect]) -> Vec<OrderKey> {
    effects
        .iter()
        .filter_map(|effect| match effect {
            Effect::Fetch { key, .. } => Some(key.clone()),
            _ => None,
        })
        .collect()
}

impl Bench {
    fn say(&mut self, message: WatchMessage) -> Vec<Effect> {
        self.watch.step(message, self.now)
    }

    fn pass(&mut self, duration: Duration) {
        self.now.moment = self.now.moment.plus(duration);
        self.now.wall += duration;
    }

    fn tick_after(&mut self, duration: Duration) -> Vec<Effect> {
        self.pass(duration);
        self.say(WatchMessage::Tick)
    }

    /// Ticks at the engine's own deadline.
    fn tick_at_deadline(&mut self) -> Vec<Effect> {
        let deadline = self.watch.next_deadline().expect("something is waited for");
        self.tick_after(deadline.since(self.now.moment))
    }

    /// Ticks at the engine's deadlines until something is asked.
    fn tick_until_asked(&mut self) -> Vec<Effect> {
        loop {
            let asked = requests(self.tick_at_deadline());
            if !asked.is_empty() {
                return asked;
            }
        }
    }

    /// Watches orders of which the history knows nothing; gives what the second of the two messages brings.
    fn watch(&mut self, keys: &[OrderKey]) -> Vec<Effect> {
        self.say(WatchMessage::Add(keys.to_vec()));
        self.say(WatchMessage::Known(keys.iter().map(|key| (key.clone(), None)).collect()))
    }

    fn answer(
        &mut self,
        request: u64,
        key: &OrderKey,
        result: Result<PhoneNumberOrder, Failure>,
    ) -> Vec<Effect> {
        self.say(WatchMessage::Answered(Box::new(Answered {
            request: RequestId(request),
            key: key.clone(),
            attempts: 1,
            received: self.now.wall,
            skew: None,
            identity: None,
            result,
        })))
    }

    fn listed(&mut self, request: u64, profile: &str, result: Result<OrderPage, Failure>) -> Vec<Effect> {
        self.signed_list(request, profile, None, result)
    }

    fn signed_list(
        &mut self,
        request: u64,
        profile: &str,
        identity: Option<Identity>,
        result: Result<OrderPage, Failure>,
    ) -> Vec<Effect> {
        self.say(WatchMessage::Listed(Box::new(Listed {
            request: RequestId(request),
            scope: scope(profile),
            attempts: 1,
            received: self.now.wall,
            skew: None,
            identity,
            result,
        })))
    }

    /// The request in flight for an order.
    fn in_flight(&self, key: &OrderKey) -> u64 {
        let Poll::InFlight { request, .. } = self.poll(key) else { panic!("{:?}", self.poll(key)) };
        request.0
    }

    /// How long an order waits for its moment.
    fn seconds_until_due(&self, key: &OrderKey) -> u64 {
        let Poll::Waiting(place) = self.poll(key) else { panic!("{:?}", self.poll(key)) };
        place.due.since(self.now.moment).as_secs()
    }

    fn poll(&self, key: &OrderKey) -> Poll {
        self.watch.get(key).expect("it is watched").poll()
    }
}
