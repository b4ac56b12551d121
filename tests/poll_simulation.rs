//! The engine against a simulated service, hours in seconds: what the account is asked and how old answers get while
//! the service throttles, fails or is not there. Driven by a seed alone, so that every run is the same run.

#![expect(clippy::unwrap_used, reason = "a simulation that cannot be set up fails its test")]

use chimewatch::app::Effect;
use chimewatch::app::effect::{HistoryWork, RequestId};
use chimewatch::app::message::{Answered, WatchMessage};
use chimewatch::app::watch::{Sweeps, Watch, WatchOptions};
use chimewatch::domain::{
    Failure, FailureKind, Moment, NetworkStage, Now, Numbers, OrderKey, OrderStatus, PhoneNumberOrder,
    PhoneNumberOrderId, Scope, Text,
};
use chimewatch::poll::Rate;
use jiff::{SignedDuration, Timestamp};
use std::cmp::Reverse;
use std::collections::{BinaryHeap, HashMap};
use std::sync::Arc;
use std::time::Duration;

const ORDERS: usize = 1_000;
/// Processing for more than two hours: every order is asked every two minutes.
const INTERVAL: u64 = 120_000;
const MINUTE: u64 = 60_000;
/// What the orders add up to, in requests a second.
const PACE: f64 = 1_000.0 / 120.0;
const LATENCY: u64 = 80;

/// How the service answers a request that reaches it at a moment, in milliseconds.
type Service = Box<dyn FnMut(u64, &mut fastrand::Rng) -> Option<FailureKind>>;

/// A request and how it was answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Asked {
    sent: u64,
    order: usize,
    failure: Option<FailureKind>,
}

struct Simulation {
    watch: Watch,
    service: Service,
    random: fastrand::Rng,
    now: u64,
    keys: Vec<OrderKey>,
    numbers: HashMap<OrderKey, usize>,
    answers: BinaryHeap<Reverse<(u64, RequestId, usize)>>,
    outcomes: HashMap<RequestId, Asked>,
    trace: Vec<Asked>,
    /// When each order was last answered well.
    fresh: Vec<u64>,
    /// The longest that each order went without a good answer since this was last cleared.
    stalest: Vec<u64>,
    steps: u64,
}

fn wall(milliseconds: u64) -> Timestamp {
    Timestamp::UNIX_EPOCH + SignedDuration::from_millis(1_800_000_000_000 + milliseconds.cast_signed())
}

fn clocks(milliseconds: u64) -> Now {
    Now { wall: wall(milliseconds), moment: Moment::from_millis(milliseconds) }
}

impl Simulation {
    fn new(seed: u64, rate: Rate) -> Self {
        let scope = Arc::new(Scope { profile: None, region: "us-east-1".into(), endpoint: None });
        let keys: Vec<_> = (0..ORDERS)
            .map(|number| {
                let id = format!("{number:08x}-77aa-4e0b-9a55-0d1f5e2bc01d");
                OrderKey { scope: scope.clone(), id: PhoneNumberOrderId::parse(&id).unwrap() }
            })
            .collect();
        let options = WatchOptions {
            rate,
            longest_interval: Duration::MAX,
            seed,
            started: clocks(0),
            first_sequence: 1,
            sweeps: Sweeps::Never,
        };
        let mut simulation = Self {
            watch: Watch::new(options),
            service: Box::new(|_, _| None),
            random: fastrand::Rng::with_seed(seed),
            now: 0,
            numbers: keys.iter().cloned().enumerate().map(|(number, key)| (key, number)).collect(),
            answers: BinaryHeap::new(),
            outcomes: HashMap::new(),
            trace: Vec::new(),
            fresh: vec![0; ORDERS],
            stalest: vec![0; ORDERS],
            steps: 0,
            keys: keys.clone(),
        };
        simulation.step(WatchMessage::Add(keys.clone()));
        simulation.step(WatchMessage::Known(keys.into_iter().map(|key| (key, None)).collect()));
        simulation
    }

    /// A service that was healthy for ten minutes, with the counting begun afresh.
    fn warm(seed: u64, rate: Rate) -> Self {
        let mut simulation = Self::new(seed, rate);
        simulation.run(10 * MINUTE);
        simulation.stalest.fill(0);
        simulation
    }

    fn step(&mut self, message: WatchMessage) {
        self.steps += 1;
        for effect in self.watch.step(message, clocks(self.now)) {
            match effect {
                Effect::Fetch { request, key } => self.send(request, self.numbers[&key]),
                Effect::History(HistoryWork::Record(batch)) => {
                    assert!(
                        batch.iter().all(|observation| observation.changes.is_empty()),
                        "no false change"
                    );
                    self.step(WatchMessage::Recorded { up_to: 0 });
                }
                Effect::Abort(requests) => {
                    for request in requests {
                        self.outcomes.remove(&request);
                    }
                }
                _ => {}
            }
        }
    }

    fn send(&mut self, request: RequestId, order: usize) {
        let failure = (self.service)(self.now, &mut self.random);
        let asked = Asked { sent: self.now, order, failure };
        self.trace.push(asked);
        self.outcomes.insert(request, asked);
        let latency = LATENCY + self.random.u64(0..LATENCY);
        self.answers.push(Reverse((self.now + latency, request, order)));
    }

    /// Lets so many milliseconds pass.
    fn run(&mut self, duration: u64) {
        let end = self.now + duration;
        loop {
            let answer = self.answers.peek().map(|Reverse((at, ..))| *at);
            let deadline = self.watch.next_deadline().map(|moment| moment.as_millis().max(self.now));
            let Some(next) = answer.into_iter().chain(deadline).min().filter(|next| *next <= end) else {
                break;
            };
            self.now = next;
            if answer == Some(next) {
                self.deliver();
            } else {
                self.step(WatchMessage::Tick);
                let later = self.watch.next_deadline().is_none_or(|moment| moment.as_millis() > self.now);
                assert!(later, "a tick at its deadline left it standing at {next}");
            }
        }
        self.now = end;
        for (stalest, fresh) in self.stalest.iter_mut().zip(&self.fresh) {
            *stalest = (*stalest).max(end - fresh);
        }
    }

    fn deliver(&mut self) {
        let Some(Reverse((_, request, order))) = self.answers.pop() else { return };
        let key = self.keys[order].clone();
        let Some(asked) = self.outcomes.remove(&request) else {
            return self.step(WatchMessage::Lost { request, key });
        };
        if asked.failure.is_none() {
            self.stalest[order] = self.stalest[order].max(self.now - self.fresh[order]);
            self.fresh[order] = self.now;
        }
        let result = match asked.failure {
            None => Ok(still_processing(&key)),
            Some(kind) => Err(failure(&key, kind)),
        };
        let (sent, received) = (wall(asked.sent), wall(self.now));
        let answered = Answered { request, key, sent, received, skew: None, identity: None, result };
        self.step(WatchMessage::Answered(Box::new(answered)));
    }

    /// Requests sent in a span of time.
    fn asked(&self, from: u64, to: u64) -> impl Iterator<Item = &Asked> {
        self.trace.iter().filter(move |asked| (from..to).contains(&asked.sent))
    }

    /// Requests sent in a span of time, in parts of what the orders add up to.
    fn load(&self, from: u64, to: u64) -> f64 {
        per_second(self.asked(from, to).count(), to - from) / PACE
    }

    /// The highest load of any `window` in a span of time.
    fn peak(&self, from: u64, to: u64, window: u64) -> f64 {
        (from..=to.saturating_sub(window))
            .step_by(1_000)
            .map(|start| self.load(start, start + window))
            .fold(0.0, f64::max)
    }

    /// The greatest staleness and the median one, in intervals.
    fn staleness(&self) -> (f64, f64) {
        let mut stalest = self.stalest.clone();
        stalest.sort_unstable();
        let intervals = |milliseconds: u64| {
            f64::from(u32::try_from(milliseconds).unwrap()) / f64::from(u32::try_from(INTERVAL).unwrap())
        };
        (intervals(stalest[ORDERS - 1]), intervals(stalest[ORDERS / 2]))
    }
}

fn per_second(count: usize, milliseconds: u64) -> f64 {
    share(count, usize::try_from(milliseconds).unwrap()) * 1_000.0
}

fn share(part: usize, whole: usize) -> f64 {
    f64::from(u32::try_from(part).unwrap()) / f64::from(u32::try_from(whole).unwrap())
}

fn still_processing(key: &OrderKey) -> PhoneNumberOrder {
    PhoneNumberOrder {
        id: key.id,
        product_type: None,
        status: OrderStatus::Processing,
        order_type: None,
        numbers: Numbers::new([("+15035550107", "Processing")]),
        created: Some(wall(0) - SignedDuration::from_hours(3)),
        updated: None,
        foc_date: None,
    }
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
    }
}

#[test]
fn a_healthy_account_is_asked_evenly_and_every_answer_is_fresh() {
    let mut simulation = Simulation::warm(1, Rate::PerSecond(2.0 * PACE));
    let from = simulation.now;
    simulation.run(30 * MINUTE);
    let load = simulation.load(from, simulation.now);
    assert!((0.9..=1.0).contains(&load), "{load}");
    assert!(simulation.staleness().0 <= 1.15, "{:?}", simulation.staleness());
}

#[test]
fn random_throttles_of_half_the_requests_add_no_load_and_starve_nobody() {
    for (seed, rate) in [(2, Rate::PerSecond(PACE)), (3, Rate::PerSecond(4.0 * PACE)), (4, Rate::Unlimited)] {
        let mut simulation = Simulation::warm(seed, rate);
        let from = simulation.now;
        let healthy = simulation.peak(from - 2 * INTERVAL, from, MINUTE);
        simulation.service = Box::new(|_, random| random.bool().then_some(FailureKind::Throttled));
        simulation.run(30 * MINUTE);
        let load = simulation.load(from, simulation.now);
        assert!(load <= 1.1, "{rate:?}: {load}");
        let peak = simulation.peak(from, simulation.now, MINUTE);
        assert!(
            rate == Rate::Unlimited || peak <= 1.1 * healthy,
            "{rate:?}: {peak} and {healthy} when healthy"
        );
        let (most, median) = simulation.staleness();
        assert!(most <= 5.0 && most <= 2.0 * median, "{rate:?}: {most} {median}");
    }
}

#[test]
fn from_the_start_under_random_throttles_all_are_read_within_four_intervals() {
    let mut simulation = Simulation::new(5, Rate::PerSecond(PACE));
    simulation.service = Box::new(|_, random| random.bool().then_some(FailureKind::Throttled));
    simulation.run(4 * INTERVAL);
    let unread = simulation.watch.iter().filter(|order| order.snapshot().is_none()).count();
    assert_eq!(unread, 0);
}

/// A service that lets so many requests a second pass and saves up a second of them.
fn limited(per_second: f64) -> Service {
    let (mut tokens, mut last) = (per_second, 0);
    Box::new(move |now, _| {
        let passed = f64::from(u32::try_from(now - last).unwrap()) / 1_000.0;
        tokens = (tokens + per_second * passed).min(per_second);
        last = now;
        if tokens < 1.0 {
            return Some(FailureKind::Throttled);
        }
        tokens -= 1.0;
        None
    })
}

#[test]
fn under_a_limit_of_half_the_pace_few_requests_are_throttled_and_nobody_starves() {
    // The faster the first round, the closer the orders' turns: the last of them waits for all others at the limit.
    let cases =
        [(6, Rate::PerSecond(PACE), 2.5), (7, Rate::PerSecond(4.0 * PACE), 3.0), (8, Rate::Unlimited, 3.0)];
    for (seed, rate, stalest) in cases {
        let mut simulation = Simulation::warm(seed, rate);
        simulation.service = limited(PACE / 2.0);
        let after = simulation.now + 2 * MINUTE;
        simulation.run(30 * MINUTE);
        let asked = simulation.asked(after, simulation.now).count();
        let throttled =
            simulation.asked(after, simulation.now).filter(|asked| asked.failure.is_some()).count();
        assert!(share(throttled, asked) <= 0.1, "{rate:?}: {throttled} of {asked}");
        let (most, median) = simulation.staleness();
        assert!(most <= stalest && most <= 2.0 * median, "{rate:?}: {most} {median}");
    }
}

#[test]
fn ten_minutes_of_500_bring_no_storm_and_no_burst_afterwards() {
    let mut simulation = Simulation::warm(9, Rate::PerSecond(2.0 * PACE));
    simulation.service = Box::new(|_, _| Some(FailureKind::Service));
    let begins = simulation.now;
    simulation.run(10 * MINUTE);
    let ends = simulation.now;
    let load = simulation.load(begins, ends);
    assert!(load <= 1.1, "{load}");
    assert!(simulation.peak(begins, begins + 5_000, 5_000) <= 2.0);
    simulation.service = Box::new(|_, _| None);
    simulation.run(INTERVAL * 3 / 2);
    assert!(simulation.fresh.iter().all(|fresh| *fresh >= ends), "all fresh within one and a half intervals");
    let peak = simulation.peak(ends, simulation.now, 10_000);
    assert!(peak <= 2.0 * 1.25, "{peak}");
}

#[test]
fn without_a_network_one_request_probes_and_its_return_is_no_burst() {
    let mut simulation = Simulation::warm(10, Rate::PerSecond(2.0 * PACE));
    simulation.service = Box::new(|_, _| Some(FailureKind::Network(NetworkStage::Name)));
    let begins = simulation.now;
    simulation.run(5 * MINUTE);
    let ends = simulation.now;
    let probes = simulation.asked(begins, ends).count();
    assert!(probes <= 30, "{probes}");
    simulation.service = Box::new(|_, _| None);
    simulation.run(INTERVAL + 10_000);
    assert!(
        simulation.fresh.iter().all(|fresh| *fresh >= ends),
        "all fresh after an interval and ten seconds"
    );
    let peak = simulation.peak(ends, simulation.now, 5_000);
    assert!(peak <= 2.0 * 1.25, "{peak}");
}

#[test]
fn after_a_suspension_all_is_read_within_an_interval_and_without_a_burst() {
    let mut simulation = Simulation::warm(11, Rate::PerSecond(2.0 * PACE));
    simulation.step(WatchMessage::Resumed);
    let resumed = simulation.now;
    simulation.run(INTERVAL + 10_000);
    assert!(simulation.fresh.iter().all(|fresh| *fresh >= resumed));
    let peak = simulation.peak(resumed, simulation.now, 5_000);
    assert!(peak <= 2.0 * 1.25, "{peak}");
}

#[test]
fn the_oldest_due_is_asked_first_when_the_pace_is_too_slow_for_all() {
    let mut simulation = Simulation::warm(12, Rate::PerSecond(PACE / 4.0));
    let from = simulation.now;
    simulation.run(60 * MINUTE);
    let mut last = vec![from; ORDERS];
    let mut longest = 0;
    for asked in simulation.asked(from, simulation.now) {
        longest = longest.max(asked.sent - last[asked.order]);
        last[asked.order] = asked.sent;
    }
    assert!(longest <= INTERVAL * 9 / 2, "a round takes four intervals, one order took {longest} ms");
}

#[test]
fn the_same_seed_gives_the_same_trace() {
    let run = |seed| {
        let mut simulation = Simulation::new(seed, Rate::PerSecond(PACE));
        simulation.service = Box::new(|_, random| match random.u8(0..10) {
            0 => Some(FailureKind::Throttled),
            1 => Some(FailureKind::Timeout),
            2 => Some(FailureKind::Network(NetworkStage::Connect)),
            3 => Some(FailureKind::NotFound),
            _ => None,
        });
        simulation.run(20 * MINUTE);
        (simulation.trace, simulation.steps)
    };
    let first = run(13);
    assert!(first.1 > 1_000, "{} steps", first.1);
    assert!(first == run(13));
    assert!(first.0 != run(14).0);
}
