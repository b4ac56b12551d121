//! The engine, its clock and its requests; what was asked when, and how old each order's answer became.

use super::account::{Listing, Service, failure, healthy, id, order, scope, wall};
use chimewatch::app::Effect;
use chimewatch::app::effect::{HistoryWork, RequestId};
use chimewatch::app::message::{Answered, Listed, WatchMessage};
use chimewatch::app::watch::{Sweeps, Watch, WatchOptions};
use chimewatch::domain::{FailureKind, Moment, Now, OrderKey};
use chimewatch::poll::{Intervals, Rate};
use std::cmp::Reverse;
use std::collections::{BinaryHeap, HashMap};
use std::time::Duration;

pub(crate) const ORDERS: usize = 1_000;
pub(crate) const MINUTE: u64 = 60_000;
/// Processing for more than two hours: every order is asked every two minutes.
pub(crate) const INTERVAL: u64 = 120_000;
/// What the orders add up to where they are asked one by one, in requests a second.
pub(crate) const PACE: f64 = 1_000.0 / 120.0;
const LATENCY: u64 = 80;

/// What is simulated.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Setup {
    pub(crate) seed: u64,
    pub(crate) rate: Rate,
    /// Orders that are watched.
    pub(crate) orders: usize,
    /// How often each is asked, in milliseconds; at most every two minutes.
    pub(crate) interval: u64,
    /// The account's list; none where it is not swept.
    pub(crate) list: Option<Listing>,
}

impl Setup {
    /// A thousand orders asked one by one.
    pub(crate) fn singly(seed: u64, rate: Rate) -> Self {
        Self { seed, rate, orders: ORDERS, interval: INTERVAL, list: None }
    }

    /// A thousand orders, which are all that their account has.
    pub(crate) fn swept(seed: u64, rate: Rate) -> Self {
        Self { list: Some(Listing::Of(ORDERS)), ..Self::singly(seed, rate) }
    }
}

/// What is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) enum Subject {
    Order(usize),
    Page(usize),
}

/// A request and how it was answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Asked {
    pub(crate) sent: u64,
    pub(crate) subject: Subject,
    pub(crate) failure: Option<FailureKind>,
}

pub(crate) struct Simulation {
    pub(crate) setup: Setup,
    pub(crate) watch: Watch,
    pub(crate) service: Service,
    pub(crate) list: Listing,
    random: fastrand::Rng,
    pub(crate) now: u64,
    keys: Vec<OrderKey>,
    numbers: HashMap<OrderKey, usize>,
    answers: BinaryHeap<Reverse<(u64, RequestId, Subject)>>,
    outcomes: HashMap<RequestId, Asked>,
    pub(crate) trace: Vec<Asked>,
    /// When each order was last answered well.
    pub(crate) fresh: Vec<u64>,
    /// The longest that each order went without a good answer since this was last cleared.
    stalest: Vec<u64>,
    pub(crate) steps: u64,
}

fn clocks(milliseconds: u64) -> Now {
    Now { wall: wall(milliseconds), moment: Moment::from_millis(milliseconds) }
}

impl Simulation {
    pub(crate) fn new(setup: Setup, service: Service) -> Self {
        let keys: Vec<_> =
            (0..setup.orders).map(|number| OrderKey { scope: scope(), id: id(number) }).collect();
        let options = WatchOptions {
            rate: setup.rate,
            intervals: Intervals::default().at_most(Duration::from_millis(setup.interval)),
            sweeps: if setup.list.is_some() { Sweeps::Allowed } else { Sweeps::Never },
            seed: setup.seed,
            started: clocks(0),
            first_sequence: 1,
        };
        let mut simulation = Self {
            setup,
            watch: Watch::new(options),
            service,
            list: setup.list.unwrap_or(Listing::Refused),
            random: fastrand::Rng::with_seed(setup.seed),
            now: 0,
            numbers: keys.iter().cloned().enumerate().map(|(number, key)| (key, number)).collect(),
            answers: BinaryHeap::new(),
            outcomes: HashMap::new(),
            trace: Vec::new(),
            fresh: vec![0; setup.orders],
            stalest: vec![0; setup.orders],
            steps: 0,
            keys: keys.clone(),
        };
        simulation.step(WatchMessage::Add(keys.clone()));
        simulation.step(WatchMessage::Known(keys.into_iter().map(|key| (key, None)).collect()));
        simulation
    }

    /// A service that was healthy for ten minutes, with the counting begun afresh.
    pub(crate) fn warm(setup: Setup) -> Self {
        let mut simulation = Self::new(setup, healthy());
        simulation.run(10 * MINUTE);
        simulation.count_afresh();
        simulation
    }

    pub(crate) fn count_afresh(&mut self) {
        self.stalest.fill(0);
    }

    pub(crate) fn step(&mut self, message: WatchMessage) {
        self.steps += 1;
        for effect in self.watch.step(message, clocks(self.now)) {
            match effect {
                Effect::Fetch { request, key } => self.send(request, Subject::Order(self.numbers[&key])),
                Effect::List { request, page, .. } => {
                    let page = page.map_or(0, |token| token.raw().parse().unwrap());
                    self.send(request, Subject::Page(page));
                }
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

    fn send(&mut self, request: RequestId, subject: Subject) {
        let failure = match ((self.service)(self.now, &mut self.random), subject) {
            (None, Subject::Page(_)) if self.list == Listing::Refused => Some(FailureKind::Forbidden),
            (failure, _) => failure,
        };
        let asked = Asked { sent: self.now, subject, failure };
        self.trace.push(asked);
        self.outcomes.insert(request, asked);
        let latency = LATENCY + self.random.u64(0..LATENCY);
        self.answers.push(Reverse((self.now + latency, request, subject)));
    }

    /// Lets so many milliseconds pass.
    pub(crate) fn run(&mut self, duration: u64) {
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
        let Some(Reverse((_, request, subject))) = self.answers.pop() else { return };
        let asked = self.outcomes.remove(&request);
        if asked.is_some_and(|asked| asked.failure.is_none()) {
            let told = match subject {
                Subject::Order(order) => order..order + 1,
                Subject::Page(page) => self.list.tells(page),
            };
            for order in told.start..told.end.min(self.setup.orders) {
                self.stalest[order] = self.stalest[order].max(self.now - self.fresh[order]);
                self.fresh[order] = self.now;
            }
        }
        let message = match subject {
            Subject::Order(number) => self.answer(request, number, asked),
            Subject::Page(page) => self.listed(request, page, asked),
        };
        self.step(message);
    }

    fn answer(&self, request: RequestId, number: usize, asked: Option<Asked>) -> WatchMessage {
        let key = self.keys[number].clone();
        let Some(asked) = asked else { return WatchMessage::Lost { request, key } };
        let result = match asked.failure {
            None => Ok(order(number)),
            Some(kind) => Err(failure(Some(&key), kind)),
        };
        let received = wall(self.now);
        let answered = Answered { request, key, attempts: 1, received, skew: None, identity: None, result };
        WatchMessage::Answered(Box::new(answered))
    }

    fn listed(&self, request: RequestId, page: usize, asked: Option<Asked>) -> WatchMessage {
        let scope = scope();
        let Some(asked) = asked else { return WatchMessage::ListLost { request, scope } };
        let result = match asked.failure {
            None => Ok(self.list.page(page)),
            Some(kind) => Err(failure(None, kind)),
        };
        let received = wall(self.now);
        let listed = Listed { request, scope, attempts: 1, received, skew: None, identity: None, result };
        WatchMessage::Listed(Box::new(listed))
    }

    /// Requests sent in a span of time.
    pub(crate) fn asked(&self, from: u64, to: u64) -> impl Iterator<Item = &Asked> {
        let start = self.trace.partition_point(|asked| asked.sent < from);
        self.trace[start..].iter().take_while(move |asked| asked.sent < to)
    }

    /// Requests a second sent in a span of time.
    pub(crate) fn load(&self, from: u64, to: u64) -> f64 {
        share(self.asked(from, to).count(), usize::try_from(to - from).unwrap()) * 1_000.0
    }

    /// The highest load of any `window` in a span of time.
    pub(crate) fn peak(&self, from: u64, to: u64, window: u64) -> f64 {
        (from..=to.saturating_sub(window))
            .step_by(1_000)
            .map(|start| self.load(start, start + window))
            .fold(0.0, f64::max)
    }

    /// The share of throttles in a span of time.
    pub(crate) fn throttled(&self, from: u64, to: u64) -> f64 {
        let throttles = self.asked(from, to).filter(|asked| asked.failure.is_some()).count();
        share(throttles, self.asked(from, to).count().max(1))
    }

    /// The greatest staleness and the median one, in intervals.
    pub(crate) fn staleness(&self) -> (f64, f64) {
        let mut stalest = self.stalest.clone();
        stalest.sort_unstable();
        let intervals = |milliseconds: u64| {
            share(usize::try_from(milliseconds).unwrap(), usize::try_from(self.setup.interval).unwrap())
        };
        (intervals(stalest[stalest.len() - 1]), intervals(stalest[stalest.len() / 2]))
    }
}

pub(crate) fn share(part: usize, whole: usize) -> f64 {
    f64::from(u32::try_from(part).unwrap()) / f64::from(u32::try_from(whole).unwrap())
}
