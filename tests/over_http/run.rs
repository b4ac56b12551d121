//! The engine and the fetcher, driven as the program drives them, against an order service.

use chimewatch::app::effect::{HistoryWork, RequestId};
use chimewatch::app::message::WatchMessage;
use chimewatch::app::watch::{Sweeps, Watch, WatchOptions};
use chimewatch::app::{Effect, Message};
use chimewatch::domain::{FailureKind, Moment, OrderKey, PhoneNumberOrderId, Scope};
use chimewatch::fetch::{FetchOptions, Keys};
use chimewatch::order_service::{Fault, Lasts, Options, OrderService, Scenario, Target};
use chimewatch::poll::{Intervals, Rate};
use chimewatch::runtime::clock::Clock;
use chimewatch::runtime::net::{Errand, Net};
use std::collections::HashMap;
use std::net::SocketAddr;
use std::time::Duration;
use tokio::sync::mpsc::{UnboundedReceiver, unbounded_channel};
use tokio::time::timeout;

/// A request and what came of it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Asked {
    pub(crate) sent: Moment,
    pub(crate) order: usize,
    /// None while it is under way.
    pub(crate) outcome: Option<Result<(), FailureKind>>,
}

/// Orders that are asked for over the wire.
pub(crate) struct Run {
    watch: Watch,
    net: Net,
    messages: UnboundedReceiver<Message>,
    clock: Clock,
    orders: HashMap<OrderKey, usize>,
    requests: HashMap<RequestId, usize>,
    pub(crate) trace: Vec<Asked>,
}

fn id(number: usize) -> String {
    format!("{number:08x}-77aa-4e0b-9a55-0d1f5e2bc01d")
}

/// A service with so many orders in Processing, created long ago, which stay as they are.
pub(crate) fn service(orders: usize, listen: SocketAddr) -> OrderService {
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
    /// Starts asking for the orders of `service`, each as often as `interval` says.
    pub(crate) fn new(service: &OrderService, orders: usize, interval: Duration, rate: f64) -> Self {
        let keys = service.credentials().clone();
        let options = FetchOptions::with_keys(Keys {
            access_key_id: keys.access_key_id,
            secret_access_key: keys.secret_access_key,
            session_token: keys.session_token,
        });
        let clock = Clock::start();
        let (sender, messages) = unbounded_channel();
        let net = Net::start(options, clock, sender).unwrap();
        let endpoint = Some(service.endpoint().into());
        let scope = std::sync::Arc::new(Scope { profile: None, region: "us-east-1".into(), endpoint });
        let key =
            |number| OrderKey { scope: scope.clone(), id: PhoneNumberOrderId::parse(&id(number)).unwrap() };
        let keys: Vec<_> = (0..orders).map(key).collect();
        let watch = Watch::new(WatchOptions {
            rate: Rate::PerSecond(rate),
            intervals: Intervals::default().at_most(interval),
            sweeps: Sweeps::Never,
            seed: 1,
            started: clock.now(),
            first_sequence: 1,
        });
        let orders = keys.iter().cloned().enumerate().map(|(number, key)| (key, number)).collect();
        let mut run =
            Self { watch, net, messages, clock, orders, requests: HashMap::new(), trace: Vec::new() };
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
        if let WatchMessage::Answered(answered) = &message {
            let asked = &mut self.trace[self.requests[&answered.request]];
            asked.outcome = Some(answered.result.as_ref().map(|_| ()).map_err(|failure| failure.kind));
        }
        let now = self.clock.now();
        for effect in self.watch.step(message, now) {
            match effect {
                Effect::Fetch { request, key } => {
                    self.requests.insert(request, self.trace.len());
                    let order = self.orders[&key];
                    self.trace.push(Asked { sent: now.moment, order, outcome: None });
                    self.net.send(Errand::Fetch { request, key });
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

    /// What was sent from `from` on.
    pub(crate) fn since(&self, from: Moment) -> &[Asked] {
        let begin = self.trace.partition_point(|asked| asked.sent < from);
        &self.trace[begin..]
    }

    /// Orders without a good answer to what was sent from `from` on.
    pub(crate) fn stale_since(&self, from: Moment) -> usize {
        let mut fresh = vec![false; self.orders.len()];
        for asked in self.since(from).iter().filter(|asked| asked.outcome == Some(Ok(()))) {
            fresh[asked.order] = true;
        }
        fresh.iter().filter(|fresh| !**fresh).count()
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
    for (number, asked) in asked.iter().enumerate().filter(|(_, asked)| asked.outcome == Some(Ok(()))) {
        longest = longest.max(number - last[asked.order]);
        last[asked.order] = number;
    }
    last.into_iter().fold(longest, |longest, last| longest.max(asked.len() - last))
}

/// The longest that an order went without a good answer.
pub(crate) fn longest_silence(asked: &[Asked], orders: usize) -> Duration {
    let (Some(first), Some(last)) = (asked.first(), asked.last()) else { return Duration::MAX };
    let mut answered = vec![first.sent; orders];
    let mut longest = Duration::ZERO;
    for asked in asked.iter().filter(|asked| asked.outcome == Some(Ok(()))) {
        longest = longest.max(asked.sent.since(answered[asked.order]));
        answered[asked.order] = asked.sent;
    }
    answered.into_iter().fold(longest, |longest, answered| longest.max(last.sent.since(answered)))
}

/// Tells a figure; `cargo test --test over_http -- --nocapture` shows it.
#[expect(clippy::print_stdout, reason = "shown on demand only")]
pub(crate) fn figure(what: &str, value: impl std::fmt::Display) {
    println!("{what}: {value}");
}
