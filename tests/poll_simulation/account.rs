//! The other end: an account with its list, and how its service answers.

use chimewatch::domain::{
    Failure, FailureKind, Lasts, Numbers, OrderKey, OrderPage, OrderStatus, PageToken, PhoneNumberOrder,
    PhoneNumberOrderId, Scope, Text,
};
use jiff::{SignedDuration, Timestamp};
use std::sync::Arc;

/// Orders a page.
const PAGE: usize = 100;

/// How the service answers a request that reaches it at a moment, in milliseconds.
pub(crate) type Service = Box<dyn FnMut(u64, &mut fastrand::Rng) -> Option<FailureKind>>;

/// What the account's list is like.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Listing {
    /// It has this many orders, with their numbers; the watched ones come first.
    Of(usize),
    /// The same without any numbers.
    Bare(usize),
    /// It has only this many of the watched orders.
    Some(usize),
    /// 403.
    Refused,
}

pub(crate) fn wall(milliseconds: u64) -> Timestamp {
    Timestamp::UNIX_EPOCH + SignedDuration::from_millis(1_800_000_000_000 + milliseconds.cast_signed())
}

pub(crate) fn scope() -> Arc<Scope> {
    Arc::new(Scope { profile: None, region: "us-east-1".into(), endpoint: None })
}

pub(crate) fn id(number: usize) -> PhoneNumberOrderId {
    PhoneNumberOrderId::parse(&format!("{number:08x}-77aa-4e0b-9a55-0d1f5e2bc01d")).unwrap()
}

/// An order that has been Processing for more than two hours: it is asked every two minutes.
pub(crate) fn order(number: usize) -> PhoneNumberOrder {
    PhoneNumberOrder {
        id: id(number),
        product_type: None,
        status: OrderStatus::Processing,
        order_type: None,
        numbers: Numbers::new([("+15035550107", "Processing")]),
        created: Some(wall(0) - SignedDuration::from_hours(3)),
        updated: None,
        foc_date: None,
    }
}

impl Listing {
    fn len(self) -> usize {
        match self {
            Self::Of(orders) | Self::Bare(orders) | Self::Some(orders) => orders,
            Self::Refused => 0,
        }
    }

    /// A page of it, counted from 0.
    pub(crate) fn page(self, page: usize) -> OrderPage {
        let (from, to) = (page * PAGE, self.len().min((page + 1) * PAGE));
        let orders = (from..to).map(|number| match self {
            Self::Bare(_) => PhoneNumberOrder { numbers: Numbers::default(), ..order(number) },
            Self::Of(_) | Self::Some(_) | Self::Refused => order(number),
        });
        let next = (to < self.len()).then(|| PageToken::new(&(page + 1).to_string()));
        OrderPage { orders: orders.collect(), undecodable: 0, next }
    }

    /// The orders whose state a page of it tells.
    pub(crate) fn tells(self, page: usize) -> std::ops::Range<usize> {
        match self {
            Self::Of(orders) | Self::Some(orders) => page * PAGE..orders.min((page + 1) * PAGE),
            Self::Bare(_) | Self::Refused => 0..0,
        }
    }
}

pub(crate) fn failure(key: Option<&OrderKey>, kind: FailureKind) -> Failure {
    Failure {
        kind,
        order: key.map(|key| key.id),
        scope: scope(),
        what: "it did not work".into(),
        next_step: Text::default(),
        command: None,
        retry_after: None,
        request_id: None,
        lasts: Lasts::default(),
    }
}

/// A service that throttles every other request, whatever the load.
pub(crate) fn random_throttles() -> Service {
    Box::new(|_, random| random.bool().then_some(FailureKind::Throttled))
}

/// A service that throttles so many of a hundred requests, whatever the load.
pub(crate) fn some_throttles(percent: u8) -> Service {
    Box::new(move |_, random| (random.u8(0..100) < percent).then_some(FailureKind::Throttled))
}

/// A service that lets so many requests a second pass and saves up a second of them, at least one.
pub(crate) fn limited(per_second: f64) -> Service {
    saving(per_second, per_second.max(1.0))
}

/// The same that saves up so many.
pub(crate) fn saving(per_second: f64, most: f64) -> Service {
    let (mut tokens, mut last) = (most, 0);
    Box::new(move |now, _| {
        let passed = f64::from(u32::try_from(now - last).unwrap()) / 1_000.0;
        tokens = (tokens + per_second * passed).min(most);
        last = now;
        if tokens < 1.0 {
            return Some(FailureKind::Throttled);
        }
        tokens -= 1.0;
        None
    })
}

pub(crate) fn failing(kind: FailureKind) -> Service {
    Box::new(move |_, _| Some(kind))
}

pub(crate) fn healthy() -> Service {
    Box::new(|_, _| None)
}
