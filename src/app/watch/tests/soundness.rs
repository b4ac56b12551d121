//! Thousands of random messages: the engine's books agree with each other after every one, and once everything answers
//! again every order that is not settled is asked.

use super::*;
use crate::domain::NetworkStage;
use std::collections::{BTreeMap, HashSet};

const SECOND: Duration = Duration::from_secs(1);
const PROFILES: [&str; 3] = ["dev", "prod", "test"];
const MESSAGES: usize = 1_500;

const FAILURES: [FailureKind; 9] = [
    FailureKind::Throttled,
    FailureKind::Service,
    FailureKind::Timeout,
    FailureKind::Network(NetworkStage::Connect),
    FailureKind::Network(NetworkStage::Body),
    FailureKind::Forbidden,
    FailureKind::Undecodable,
    FailureKind::Credentials,
    FailureKind::Unauthorized,
];

#[test]
fn whatever_happens_the_books_agree_and_no_order_is_forgotten() {
    for seed in 0..12 {
        let rate = if seed % 3 == 0 { Rate::Unlimited } else { Rate::default() };
        let mut outside = Outside {
            bench: bench_with(rate, Sweeps::Allowed),
            random: fastrand::Rng::with_seed(seed),
            fetches: BTreeMap::new(),
            pages: BTreeMap::new(),
            last: String::new(),
        };
        outside.add(60);
        for _ in 0..MESSAGES {
            outside.happens();
            outside.bench.pass(Duration::from_millis(outside.random.u64(0..2_000)));
            outside.say(WatchMessage::Tick);
        }
        outside.everything_answers();
    }
}

struct Outside {
    bench: Bench,
    random: fastrand::Rng,
    fetches: BTreeMap<u64, OrderKey>,
    pages: BTreeMap<u64, (Arc<Scope>, Option<PageToken>)>,
    /// What happened last, for the message of a failure.
    last: String,
}

impl Outside {
    fn say(&mut self, message: WatchMessage) {
        self.last = format!("{message:?}");
        let effects = self.bench.say(message);
        let mut unknown = Vec::new();
        for effect in effects {
            match effect {
                Effect::Fetch { request, key } => {
                    assert!(self.fetches.values().all(|asked| *asked != key), "{key:?} is being asked");
                    self.fetches.insert(request.0, key);
                }
                Effect::List { request, scope, page } => {
                    self.pages.insert(request.0, (scope, page));
                }
                Effect::Abort(requests) => {
                    for request in requests {
                        let (fetch, page) = (self.fetches.remove(&request.0), self.pages.remove(&request.0));
                        assert!(fetch.is_some() != page.is_some(), "{request:?} is not in flight");
                    }
                }
                Effect::History(HistoryWork::Load(keys)) => unknown.extend(keys),
                _ => {}
            }
        }
        check(&self.bench.watch, &self.last);
        if !unknown.is_empty() {
            self.say(WatchMessage::Known(unknown.into_iter().map(|key| (key, None)).collect()));
        }
    }

    fn add(&mut self, most: usize) {
        let keys = (0..self.random.usize(1..=most)).map(|_| self.any_key()).collect();
        self.say(WatchMessage::Add(keys));
    }

    fn any_key(&mut self) -> OrderKey {
        let profile = self.random.choice(PROFILES).unwrap();
        key_of(profile, self.random.u32(0..60))
    }

    fn happens(&mut self) {
        let any = self.any_key();
        match self.random.u8(0..40) {
            0 => self.add(40),
            1 => {
                let all: Vec<_> = self.bench.watch.iter().map(|order| order.key().clone()).collect();
                let gone = all.into_iter().filter(|_| self.random.bool()).collect();
                self.say(WatchMessage::Remove(gone));
            }
            2 => self.say(WatchMessage::Resumed),
            3 => {
                let paused = self.random.bool();
                self.say(WatchMessage::SetPaused(paused));
            }
            4 => self.say(WatchMessage::Browse(Some(any.scope))),
            5 => self.say(WatchMessage::Browse(None)),
            6 => self.say(WatchMessage::Follow(vec![any.scope])),
            7 => self.say(WatchMessage::Follow(Vec::new())),
            8 => self.say(WatchMessage::AskAll),
            9 | 10 => self.say(WatchMessage::AskNow(vec![any])),
            11 => self.say(WatchMessage::Opened(Some(any))),
            12 => self.say(WatchMessage::Opened(None)),
            13 => self.say(WatchMessage::CredentialsChanged),
            14..24 => self.page_comes(),
            _ => self.answer_comes(),
        }
    }

    fn answer_comes(&mut self) {
        let Some(request) = self.random.choice(self.fetches.keys()).copied() else { return };
        let Some(key) = self.fetches.remove(&request) else { return };
        let result = match self.random.u8(0..10) {
            0 => return self.say(WatchMessage::Lost { request: RequestId(request), key }),
            1..4 => Err(failure(&key, *self.random.choice(&FAILURES).unwrap())),
            4 => Ok(successful(&key)),
            _ => Ok(processing(&key)),
        };
        self.answered(request, key, result);
    }

    fn answered(&mut self, request: u64, key: OrderKey, result: Result<PhoneNumberOrder, Failure>) {
        let account = self.random.choice(["111122223333", "444455556666"]).unwrap();
        let identity = self.random.bool().then(|| Identity { account: Some(account.into()), expires: None });
        let received = self.bench.now.wall;
        let answered = Answered {
            request: RequestId(request),
            key,
            attempts: 1,
            received,
            skew: None,
            identity,
            result,
        };
        self.say(WatchMessage::Answered(Box::new(answered)));
    }

    fn page_comes(&mut self) {
        let Some(request) = self.random.choice(self.pages.keys()).copied() else { return };
        let Some((scope, _)) = self.pages.remove(&request) else { return };
        let result = match self.random.u8(0..10) {
            0 => {
                return self.say(WatchMessage::ListLost { request: RequestId(request), scope });
            }
            1..4 => Err(Failure {
                scope: scope.clone(),
                ..account_failure("dev", *self.random.choice(&FAILURES).unwrap())
            }),
            last => {
                let first = self.random.u32(0..60);
                let orders: Vec<_> = (first..first + 20)
                    .map(|number| key_of(scope.profile.as_deref().unwrap_or_default(), number))
                    .map(|key| {
                        if self.random.u8(0..8) == 0 {
                            order(&key, "Processing", &[])
                        } else {
                            processing(&key)
                        }
                    })
                    .collect();
                let token = format!("{request}");
                Ok(page(orders, (last > 6).then_some(token.as_str())))
            }
        };
        self.listed(request, scope, result);
    }

    fn listed(&mut self, request: u64, scope: Arc<Scope>, result: Result<OrderPage, Failure>) {
        let received = self.bench.now.wall;
        let listed = Listed {
            request: RequestId(request),
            scope,
            attempts: 1,
            received,
            skew: None,
            identity: None,
            result,
        };
        self.say(WatchMessage::Listed(Box::new(listed)));
    }

    /// From now on all requests are answered well: each order that is not settled is answered before long.
    fn everything_answers(&mut self) {
        self.say(WatchMessage::SetPaused(false));
        self.say(WatchMessage::Browse(None));
        let from = self.bench.now.moment;
        let mut answered: HashSet<OrderKey> = HashSet::new();
        while self.bench.now.moment.since(from) < 3_600 * SECOND {
            while let Some((request, key)) = self.fetches.pop_first() {
                answered.insert(key.clone());
                self.answered(request, key.clone(), Ok(processing(&key)));
            }
            while let Some((request, (scope, token))) = self.pages.pop_first() {
                let profile = scope.profile.as_deref().unwrap_or_default().to_owned();
                let half = if token.is_none() { 0..30 } else { 30..60 };
                let keys: Vec<_> = half.map(|number| key_of(&profile, number)).collect();
                answered.extend(keys.iter().cloned());
                let next = if token.is_none() { Some("2") } else { None };
                self.listed(request, scope, Ok(page(keys.iter().map(processing), next)));
            }
            if self
                .bench
                .watch
                .iter()
                .all(|order| order.poll == Poll::Settled || answered.contains(order.key()))
            {
                return;
            }
            let deadline = self.bench.watch.next_deadline().expect("an order waits");
            self.bench.pass(deadline.since(self.bench.now.moment));
            self.say(WatchMessage::Tick);
        }
        let forgotten = self.bench.watch.iter().filter(|order| !answered.contains(order.key()));
        panic!("{:?}", forgotten.map(|order| (order.key(), order.poll)).collect::<Vec<_>>());
    }
}

fn check(watch: &Watch, last: &str) {
    for (index, account) in watch.accounts.iter().enumerate() {
        let orders: Vec<_> = watch.iter().filter(|order| order.account.0 == index).collect();
        let count = |is_so: fn(&Poll) -> bool| orders.iter().filter(|order| is_so(&order.poll)).count();
        let pages = account.walks.values().filter(|walk| walk.request().is_some()).count();
        let in_flight = count(|poll| matches!(poll, Poll::InFlight { .. })) + pages;
        assert_eq!(account.in_flight, in_flight, "in flight after {last}");
        assert_eq!(account.orders, orders.len(), "orders after {last}");
        assert_eq!(
            account.queued().count(),
            count(|poll| matches!(poll, Poll::Waiting(_))),
            "queued after {last}"
        );
        assert_eq!(account.swept.len(), count(|poll| matches!(poll, Poll::Swept(_))), "swept after {last}");
        let is_walked = account.walks.contains_key(&walk::Goal::Sweep);
        assert!(account.swept.is_empty() || is_walked, "nobody brings what is swept after {last}");
    }
    let deadline = watch.next_deadline();
    assert!(deadline.is_none_or(|deadline| deadline > watch.stepped), "the loop would spin after {last}");
}
