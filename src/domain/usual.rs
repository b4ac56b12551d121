//! How long orders like one took, by what was observed. AWS promises nothing, and tells nobody how others fared.

use super::moment::elapsed;
use super::{Interval, OrderKey, OrderStatus, OrderType, PhoneNumberOrder, ProductType};
use jiff::Timestamp;
use std::ops::RangeInclusive;
use std::sync::Arc;
use std::time::Duration;

/// Numbers of orders that are taken for alike in size.
const SIZES: [RangeInclusive<u32>; 3] = [1..=10, 11..=100, 101..=u32::MAX];
/// Fewer orders than this say nothing.
const FEWEST: usize = 5;

/// Orders that may be expected to take alike long: at one service, of one kind and for one use, alike in size.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Alike {
    /// Where they were asked for; none for AWS.
    pub endpoint: Option<Arc<str>>,
    /// What their numbers are for.
    pub product_type: Option<ProductType>,
    /// New numbers; of numbers ported in a carrier decides.
    pub order_type: Option<OrderType>,
    /// How many numbers they have.
    pub numbers: RangeInclusive<u32>,
}

impl Alike {
    /// Orders like this one, which has `total` numbers. None for an order that is not at work, has no age or waits for
    /// a carrier.
    pub fn of(key: &OrderKey, order: &PhoneNumberOrder, total: u32) -> Option<Self> {
        let is_at_work = order.status == OrderStatus::Processing && !order.is_porting();
        let size = SIZES.into_iter().find(|size| size.contains(&total));
        Some(Self {
            endpoint: key.scope.endpoint.clone(),
            product_type: order.product_type.clone(),
            order_type: order.order_type.clone(),
            numbers: size.filter(|_| is_at_work && order.created.is_some())?,
        })
    }
}

/// How long orders took from their creation to their end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Usual {
    /// How many were observed.
    pub orders: usize,
    /// Half of them had ended after this time.
    pub half: Duration,
    /// Nine of ten had.
    pub nine_of_ten: Duration,
}

impl Usual {
    /// What orders say together of which each was created at the one time and ended within the other. An end that is
    /// known to no better than half of the time before it is left out; below five orders there is nothing usual.
    pub fn of(orders: impl IntoIterator<Item = (Timestamp, Interval)>) -> Option<Self> {
        let mut took: Vec<Duration> = orders.into_iter().filter_map(took).collect();
        took.sort_unstable();
        // The smallest that so many are not above.
        let within = |tenths: usize| took.get((took.len() * tenths).div_ceil(10).checked_sub(1)?).copied();
        (took.len() >= FEWEST).then_some(())?;
        Some(Self { orders: took.len(), half: within(5)?, nine_of_ten: within(9)? })
    }
}

/// How long an order took at most, where that is known well enough.
fn took((created, ended): (Timestamp, Interval)) -> Option<Duration> {
    let (least, most) = (elapsed(created, ended.after?), elapsed(created, ended.by));
    (most.saturating_sub(least) <= most / 2 && !most.is_zero()).then_some(most)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{Numbers, PhoneNumberOrderId, Scope};

    fn at(second: i64) -> Timestamp {
        Timestamp::from_second(1_795_960_800 + second).unwrap()
    }

    /// An order that was created at 0 and ended between these seconds.
    fn ended(after: i64, by: i64) -> (Timestamp, Interval) {
        (at(0), Interval { after: Some(at(after)), by: at(by) })
    }

    #[test]
    fn half_and_nine_of_ten_are_orders_that_were_observed() {
        let orders = |count: i64| (1..=count).map(|minute| ended(minute * 60 - 5, minute * 60));
        let usual = |orders, half: u64, most: u64| {
            Some(Usual { orders, half: Duration::from_mins(half), nine_of_ten: Duration::from_mins(most) })
        };
        assert_eq!(Usual::of(orders(10)), usual(10, 5, 9));
        assert_eq!(Usual::of(orders(20)), usual(20, 10, 18));
        assert_eq!(Usual::of(orders(5)), usual(5, 3, 5));
        assert_eq!(Usual::of(orders(4)), None, "too few");
    }

    #[test]
    fn an_end_that_nobody_saw_is_none() {
        let first_look = (at(0), Interval { after: None, by: at(60) });
        let over_a_weekend = ended(60, 200_000);
        let before_its_creation = ended(-60, 0);
        let known = (1..=4).map(|minute| ended(minute * 60 - 5, minute * 60));
        assert_eq!(Usual::of(known.chain([first_look, over_a_weekend, before_its_creation])), None);
    }

    #[test]
    fn orders_are_alike_in_kind_use_and_size() {
        let order = |status: &str, order_type: &str| PhoneNumberOrder {
            id: PhoneNumberOrderId::parse("3f2a91c0-77aa-4e0b-9a55-0d1f5e2bc01d").unwrap(),
            product_type: Some(ProductType::VoiceConnector),
            status: OrderStatus::parse(status),
            order_type: Some(OrderType::parse(order_type)),
            numbers: Numbers::default(),
            created: Some(at(0)),
            updated: None,
            foc_date: None,
        };
        let new = order("Processing", "New");
        let scope = Scope { profile: None, region: "us-east-1".into(), endpoint: None };
        let key = OrderKey { scope: Arc::new(scope), id: new.id };
        let sizes = [0, 1, 10, 11, 100, 101, 5_000].map(|total| {
            Alike::of(&key, &new, total).map(|alike| (*alike.numbers.start(), *alike.numbers.end()))
        });
        let (small, middle, large) = (Some((1, 10)), Some((11, 100)), Some((101, u32::MAX)));
        assert_eq!(sizes, [None, small, small, middle, middle, large, large]);
        assert_eq!(Alike::of(&key, &order("Processing", "Porting"), 5), None);
        assert_eq!(Alike::of(&key, &order("Successful", "New"), 5), None);
        assert_eq!(Alike::of(&key, &PhoneNumberOrder { created: None, ..new }, 5), None);
    }
}
