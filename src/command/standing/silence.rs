//! When it is worth a line that orders do not answer: a request that fails in passing is none, hours without an answer are
//! more than one.

use crate::domain::{Failure, FailureKind, Moment, OrderKey};
use std::collections::HashMap;
use std::time::Duration;

/// How long an order fails that answered before, until that is told: most of them answer the next time.
const SOON: Duration = Duration::from_secs(15);
/// The same of one that waits because the service asks for less: that slows, and loses nothing.
const LATE: Duration = Duration::from_mins(1);
/// How often it is told as long as it lasts.
const EVERY: Duration = Duration::from_mins(5);

/// Which orders do not answer, and what was told of it.
#[derive(Debug, Default)]
pub(super) struct Silence {
    /// Since when they fail.
    failing: HashMap<OrderKey, Moment>,
    told: Option<Told>,
}

#[derive(Clone, Copy, Debug)]
struct Told {
    first: Moment,
    last: Moment,
}

/// An order whose last request failed.
#[derive(Clone, Copy, Debug)]
pub(super) struct Failing<'f> {
    pub(super) key: &'f OrderKey,
    pub(super) failure: &'f Failure,
    /// Whether it has answered in this run.
    pub(super) before: Before,
}

/// Whether an order has answered in this run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Before {
    Never,
    Answered,
}

/// What is to be told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum News<'f> {
    /// So many orders do not answer, one of them for this reason; after the first time with how long ago that was.
    DoNotAnswer { orders: usize, why: &'f Failure, lasts: Option<Duration> },
    /// All of them do again.
    Answer,
}

impl Silence {
    /// Notes which orders fail; what of it is news.
    pub(super) fn news<'f>(
        &mut self,
        orders: impl Iterator<Item = Failing<'f>>,
        now: Moment,
    ) -> Option<News<'f>> {
        let before = std::mem::take(&mut self.failing);
        let (mut first, mut lasting) = (None, None);
        for order in orders {
            let Some(patience) = patience(&order) else { continue };
            let since = before.get(order.key).copied().unwrap_or(now);
            self.failing.insert(order.key.clone(), since);
            first = first.or(Some(order.failure));
            lasting = lasting.or(Some(order.failure).filter(|_| now.since(since) >= patience));
        }
        let orders = self.failing.len();
        match (&mut self.told, first, lasting) {
            (None, _, Some(why)) => {
                self.told = Some(Told { first: now, last: now });
                Some(News::DoNotAnswer { orders, why, lasts: None })
            }
            (Some(told), Some(why), _) if now.since(told.last) >= EVERY => {
                told.last = now;
                Some(News::DoNotAnswer { orders, why, lasts: Some(now.since(told.first)) })
            }
            (Some(_), None, _) => {
                self.told = None;
                Some(News::Answer)
            }
            (None, _, None) | (Some(_), Some(_), _) => None,
        }
    }
}

/// How long it may fail like this before that is told; none where that is told in another way.
fn patience(order: &Failing<'_>) -> Option<Duration> {
    match order.failure.kind {
        FailureKind::Service | FailureKind::Timeout | FailureKind::Network(_) => {
            Some(if order.before == Before::Never { Duration::ZERO } else { SOON })
        }
        FailureKind::Throttled => Some(LATE),
        FailureKind::BadRequest
        | FailureKind::Forbidden
        | FailureKind::NotFound
        | FailureKind::Undecodable
        | FailureKind::Unauthorized
        | FailureKind::Credentials
        | FailureKind::Refused => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{Lasts, PhoneNumberOrderId, Scope, Text};
    use std::sync::Arc;

    fn key(number: u32) -> OrderKey {
        let scope = Arc::new(Scope { profile: None, region: "us-east-1".into(), endpoint: None });
        let id = PhoneNumberOrderId::parse(&format!("3f2a91c0-77aa-4e0b-9a55-{number:012}")).unwrap();
        OrderKey { scope, id }
    }

    fn failure(kind: FailureKind) -> Failure {
        Failure {
            kind,
            order: None,
            scope: key(0).scope,
            what: Text::default(),
            next_step: Text::default(),
            command: None,
            retry_after: None,
            request_id: None,
            lasts: Lasts::default(),
        }
    }

    /// At which seconds what is told, where these orders fail in these seconds.
    fn told(
        kind: FailureKind,
        before: Before,
        fails: impl Fn(u32, u64) -> bool,
        until: u64,
    ) -> Vec<(u64, String)> {
        let (failure, keys) = (failure(kind), [key(0), key(1)]);
        let mut silence = Silence::default();
        let mut told = Vec::new();
        for second in 0..until {
            let failing = (0..).zip(&keys).filter(|(number, _)| fails(*number, second));
            let failing = failing.map(|(_, key)| Failing { key, failure: &failure, before });
            let now = Moment::START.plus(Duration::from_secs(second));
            told.extend(silence.news(failing, now).map(|news| match news {
                News::DoNotAnswer { orders, lasts, .. } => {
                    (second, format!("{orders} {}", lasts.map_or(0, |lasts| lasts.as_secs())))
                }
                News::Answer => (second, "well".to_owned()),
            }));
        }
        told
    }

    fn lines(told: &[(u64, String)]) -> Vec<(u64, &str)> {
        told.iter().map(|(second, words)| (*second, words.as_str())).collect()
    }

    #[test]
    fn what_fails_in_passing_is_not_told() {
        let in_turn = |order: u32, second: u64| second / 5 % 2 == u64::from(order);
        assert_eq!(told(FailureKind::Service, Before::Answered, in_turn, 600), []);
        assert_eq!(told(FailureKind::Throttled, Before::Never, |_, second| second % 60 < 59, 600), []);
    }

    #[test]
    fn an_outage_is_told_soon_then_now_and_then_and_once_when_it_is_over() {
        let until_ten_minutes = |_: u32, second: u64| (10..620).contains(&second);
        let outage = told(FailureKind::Timeout, Before::Answered, until_ten_minutes, 700);
        assert_eq!(lines(&outage), [(25, "2 0"), (325, "2 300"), (620, "well")]);
        let throttled = told(FailureKind::Throttled, Before::Answered, until_ten_minutes, 700);
        assert_eq!(lines(&throttled), [(70, "2 0"), (370, "2 300"), (620, "well")]);
        let from_the_start =
            told(FailureKind::Timeout, Before::Never, |order, second| order == 1 && second < 9, 60);
        assert_eq!(lines(&from_the_start), [(0, "1 0"), (9, "well")]);
    }

    #[test]
    fn an_order_of_many_that_still_fails_keeps_it_an_outage() {
        let one_goes_on = |order: u32, second: u64| order == 0 || second % 10 < 8;
        assert_eq!(lines(&told(FailureKind::Service, Before::Answered, one_goes_on, 100)), [(15, "2 0")]);
    }
}
