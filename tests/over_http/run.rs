//! The engine and the fetcher, driven as the program drives them, against an order service.

use chimewatch::app::effect::{HistoryWork, RequestId};
use chimewatch::app::message::WatchMessage;
use chimewatch::app::watch::{Sweeps, Watch, WatchOptions};
use chimewatch::app::{Effect, Message};
use chimewatch::domain::{Failure, FailureKind, Moment, OrderKey, OrderPage, PhoneNumberOrderId, Scope};
use chimewatch::fetch::{FetchOptions, Keys};
use chimewatch::order_service::{Fault, Lasts, Options, OrderService, Scenario, Target};
use chimewatch::poll::{Intervals, Rate};
use chimewatch::runtime::clock::Clock;
use chimewatch::runtime::net::{Errand, Net};
use std::collections::HashMap;
use std::net::{Ipv4Addr, SocketAddr};
use std::ops::Range;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::mpsc::{UnboundedReceiver, unbounded_channel};
use tokio::time::timeout;

/// What is asked for, and how.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Setup {
    pub(crate) orders: usize,
    pub(crate) interval: Duration,
    pub(crate) rate: f64,
    pub(crate) sweeps: Sweeps,
}

/// A request and what came of it.
#[derive(Clone, Debug)]
pub(crate) struct Asked {
    pub(crate) sent: Moment,
    /// The orders whose state the answer tells: one, or those of a page.
    pub(crate) told: Range<usize>,
    /// None while it is under way.
    pub(crate) outcome: Option<Result<(), FailureKind>>,
}

impl Asked {
    pub(crate) fn is_well(&self) -> bool {
        self.outcome == Some(Ok(()))
    }
}

/// Orders that are asked for over the wire.
pub(crate) struct Run {
    watch: Watch,
    net: Net,
    messages: UnboundedReceiver<Message>,
    clock: Clock,
    setup: Setup,
    orders: HashMap<PhoneNumberOrderId, usize>,
    requests: HashMap<RequestId, usize>,
    pub(crate) trace: Vec<Asked>,
}

fn id(number: usize) -> String {
    format!("{number:08x}-77aa-4e0b-9a55-0d1f5e2bc01d")
}

/// A service with so many orders in Processing, created long ago, which stay as they are.
pub(crate) fn service(orders: usize) -> OrderService {
    service_at((Ipv4Addr::LOCALHOST, 0).into(), orders)
}

/// The same at this address.
pub(crate) fn service_at(listen: SocketAddr, orders: usize) -> OrderService {
    let service =
        OrderService::start(&Scenario::named("quiet").unwrap(), Options { listen, ..Options::default() })
            .unwrap();
    for number in 0..orders {
        let order = serde_json::json!({
            "PhoneNumberOrderId": id(number),
            "Status": "Processing",
            "CreatedTimestamp": "2020-01-01T00:00:00Z",
            "OrderedPhoneNumbers": [{ "E164PhoneNumber": "+15035550107", "Status": "Processing" }],
        });
        service.set_order(&id(number), order);
    }
    service
}

/// Sets a fault that stays until another one is set.
pub(crate) fn suffers(service: &OrderService, target: Target, fault: Fault) {
    service.clear_faults();
    service.set_fault(target, Lasts::UntilCleared, fault);
}

impl Run {
    /// Starts asking for the orders of `service`.
    pub(crate) fn new(service: &OrderService, setup: Setup) -> Self {
        let keys = service.credentials().clone();
        let options = FetchOptions::with_keys(Keys {
            access_key_id: keys.access_key_id,
            secret_access_key: keys.secret_access_key,
            session_token: keys.session_token,
        });
        Self::of_profiles(service, setup, options, &[None])
    }

    /// Starts asking for them as these profiles in turn.
    pub(crate) fn of_profiles(
        service: &OrderService,
        setup: Setup,
        options: FetchOptions,
        profiles: &[Option<&str>],
    ) -> Self {
        let clock = Clock::start();
        let (sender, messages) = unbounded_channel();
        let net = Net::start(options, clock, sender).unwrap();
        let scopes = profiles.iter().map(|profile| {
            let (profile, endpoint) = (profile.map(Into::into), Some(service.endpoint().into()));
            Arc::new(Scope { profile, region: "us-east-1".into(), endpoint })
        });
        let scopes: Vec<_> = scopes.collect();
        let ids = (0..setup.orders).map(|number| PhoneNumberOrderId::parse(&id(number)).unwrap());
        let orders: HashMap<_, _> = ids.clone().zip(0..).collect();
        let keys: Vec<_> =
            ids.zip(scopes.iter().cycle()).map(|(id, scope)| OrderKey { scope: scope.clone(), id }).collect();
        let watch = Watch::new(WatchOptions {
            rate: Rate::PerSecond(setup.rate),
            intervals: Intervals::default().at_most(setup.interval),
            sweeps: setup.sweeps,
            seed: 1,
            started: clock.now(),
            first_sequence: 1,
        });
        let mut run =
            Self { watch, net, messages, clock, setup, orders, requests: HashMap::new(), trace: Vec::new() };
        run.step(WatchMessage::Add(keys.clone()));
        run.step(WatchMessage::Known(keys.into_iter().map(|key| (key, None)).collect()));
        run
    }

    pub(crate) fn now(&self) -> Moment {
        self.clock.now().moment
    }

    /// Lets so much time pass.
    pub(crate) async fn run(&mut self, time: Duration) {
        let end = self.now().plus(time);
        while self.now() < end {
            self.turn(end).await;
        }
    }

    /// Goes on until it holds, at most so long.
    pub(crate) async fn run_until(&mut self, at_most: Duration, holds: impl Fn(&Self) -> bool) {
        let end = self.now().plus(at_most);
        while !holds(self) {
            assert!(self.now() < end, "not within {at_most:?}");
            self.turn(end).await;
        }
    }

    /// Waits for the next message or deadline, at most until `end`, and works on it.
    async fn turn(&mut self, end: Moment) {
        let due = self.watch.next_deadline().map_or(end, |deadline| deadline.min(end));
        match timeout(due.since(self.now()), self.messages.recv()).await {
            Ok(Some(Message::Watch(message))) => self.step(message),
            Ok(_) => {}
            Err(_) => self.step(WatchMessage::Tick),
        }
    }

    fn step(&mut self, message: WatchMessage) {
        match &message {
            WatchMessage::Answered(answered) => {
                self.ends(answered.request, answered.result.as_ref().map(|_| ()));
            }
            WatchMessage::Listed(listed) => {
                let told = listed.result.as_ref().map(|page| self.told(page));
                if let Ok(told) = &told {
                    self.trace[self.requests[&listed.request]].told = told.clone();
                }
                self.ends(listed.request, told.map(|_| ()));
            }
            _ => {}
        }
        let now = self.clock.now();
        for effect in self.watch.step(message, now) {
            match effect {
                Effect::Fetch { request, key } => {
                    let order = self.orders[&key.id];
                    self.begins(request, order..order + 1, now.moment);
                    self.net.send(Errand::Fetch { request, key });
                }
                Effect::List { request, scope, page } => {
                    self.begins(request, 0..0, now.moment);
                    self.net.send(Errand::List { request, scope, page });
                }
                Effect::Abort(requests) => self.net.send(Errand::Abort(requests)),
                Effect::DropConnections => self.net.send(Errand::DropConnections),
                Effect::History(HistoryWork::Record(batch)) => {
                    let false_change = batch.iter().any(|observation| !observation.changes.is_empty());
                    assert!(!false_change, "nothing changes");
                    self.step(WatchMessage::Recorded { up_to: 0 });
                }
                _ => {}
            }
        }
    }

    fn begins(&mut self, request: RequestId, told: Range<usize>, sent: Moment) {
        self.requests.insert(request, self.trace.len());
        self.trace.push(Asked { sent, told, outcome: None });
    }

    fn ends(&mut self, request: RequestId, result: Result<(), &Failure>) {
        self.trace[self.requests[&request]].outcome = Some(result.map_err(|failure| failure.kind));
    }

    /// Those of our orders that a page tells: the service gives them in the order of their ids.
    fn told(&self, page: &OrderPage) -> Range<usize> {
        let ours: Vec<_> = page.orders.iter().filter_map(|order| self.orders.get(&order.id)).collect();
        let (first, end) =
            (ours.first().map_or(0, |first| **first), ours.last().map_or(0, |last| **last + 1));
        first..end
    }

    /// What was sent from `from` on.
    pub(crate) fn since(&self, from: Moment) -> &[Asked] {
        let begin = self.trace.partition_point(|asked| asked.sent < from);
        &self.trace[begin..]
    }

    /// Orders without a good answer to what was sent from `from` on.
    pub(crate) fn stale_since(&self, from: Moment) -> usize {
        let mut fresh = vec![false; self.setup.orders];
        for asked in self.since(from).iter().filter(|asked| asked.is_well()) {
            fresh[asked.told.clone()].fill(true);
        }
        fresh.iter().filter(|fresh| !**fresh).count()
    }

    /// So much time, in intervals.
    pub(crate) fn intervals(&self, time: Duration) -> f64 {
        time.as_secs_f64() / self.setup.interval.as_secs_f64()
    }
}

/// The most requests in any span of this length.
pub(crate) fn peak(asked: &[Asked], span: Duration) -> usize {
    let within = |first: usize| {
        let end = asked[first].sent.plus(span);
        asked[first..].iter().take_while(|later| later.sent < end).count()
    };
    (0..asked.len()).map(within).max().unwrap_or_default()
}

/// How many of a hundred answers were throttles.
pub(crate) fn throttled(asked: &[Asked]) -> usize {
    let count = |kind| asked.iter().filter(|asked| asked.outcome == Some(Err(kind))).count();
    100 * count(FailureKind::Throttled) / asked.len().max(1)
}

/// The most requests for others that passed from one good answer of an order to its next.
pub(crate) fn longest_wait(asked: &[Asked], orders: usize) -> usize {
    let mut last = vec![0; orders];
    let mut longest = 0;
    for (number, asked) in asked.iter().enumerate().filter(|(_, asked)| asked.is_well()) {
        for last in &mut last[asked.told.clone()] {
            longest = longest.max(number - *last);
            *last = number;
        }
    }
    last.into_iter().fold(longest, |longest, last| longest.max(asked.len() - last))
}

/// The longest that each order went without a good answer, from `from` to `to`, shortest first.
pub(crate) fn silences(asked: &[Asked], orders: usize, from: Moment, to: Moment) -> Vec<Duration> {
    let mut answered = vec![(from, Duration::ZERO); orders];
    let answers = asked.iter().filter(|asked| asked.is_well());
    for (told, sent) in answers.map(|asked| (asked.told.clone(), asked.sent)).chain([(0..orders, to)]) {
        for (last, longest) in &mut answered[told] {
            *longest = (*longest).max(sent.since(*last));
            *last = sent;
        }
    }
    let mut silences: Vec<_> = answered.into_iter().map(|(_, longest)| longest).collect();
    silences.sort_unstable();
    silences
}

/// Tells a figure; `cargo test --test over_http -- --nocapture` shows it.
#[expect(clippy::print_stdout, reason = "shown on demand only")]
pub(crate) fn figure(what: &str, value: impl std::fmt::Display) {
    println!("{what}: {value}");
}
