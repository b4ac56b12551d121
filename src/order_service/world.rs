//! The simulated account: the state of every order at any time, a pure function of scenario, seed and elapsed
//! time. Elapsed time counts from the service's start and is negative before it.

mod ledger;
#[cfg(test)]
mod tests;
mod timeline;

use std::collections::HashMap;

use jiff::{SignedDuration, Timestamp, tz::TimeZone};

use super::scenario::{OrderPlan, Plan, Scenario, ScenarioError};
use super::wire::{self, OrderedPhoneNumber, OrderedPhoneNumberStatus, PhoneNumberOrder};
use ledger::Ledger;
use timeline::{Cycle, Timeline};

/// A scenario set in time.
#[derive(Debug, Clone)]
pub struct World {
    started: Timestamp,
    speed: f64,
    earlier: SignedDuration,
    cycle: Option<Cycle>,
    /// Newest first, as the list answers.
    orders: Vec<PlannedOrder>,
    positions: HashMap<String, usize>,
}

#[derive(Debug, Clone)]
struct PlannedOrder {
    region: String,
    id: String,
    product_type: String,
    order_type: String,
    created: SignedDuration,
    numbers: Vec<u64>,
    timeline: Timeline,
}

impl World {
    /// Sets a scenario in time. `started` is the wall time of elapsed 0; `hastened` 10 times, an event of minute
    /// 10 is dated one minute after it.
    ///
    /// # Errors
    /// The endless acts of the scenario do not lead back to where they began.
    pub fn new(
        scenario: &Scenario,
        seed: u64,
        started: Timestamp,
        hastened: f64,
    ) -> Result<Self, ScenarioError> {
        let plan = &scenario.plan;
        let cycle = plan.endless.as_ref().map(Cycle::of);
        let mut orders = plan
            .orders()
            .map(|(list, order)| PlannedOrder::of(&list.region, order, plan, seed))
            .collect::<Result<Vec<_>, _>>()?;
        orders.sort_by(|one, other| other.created.cmp(&one.created).then_with(|| one.id.cmp(&other.id)));
        let positions = orders
            .iter()
            .enumerate()
            .map(|(position, order)| (order.id.to_ascii_lowercase(), position))
            .collect();
        Ok(Self { started, speed: hastened, earlier: -plan.earlier, cycle, orders, positions })
    }

    /// The wall time at which an event of the world is dated. What lies before the start is never hastened.
    pub fn dated(&self, elapsed: SignedDuration) -> Timestamp {
        let real = if elapsed.is_positive() {
            SignedDuration::try_from_secs_f64(elapsed.as_secs_f64() / self.speed).unwrap_or(elapsed)
        } else {
            elapsed
        };
        self.started.checked_add(real).unwrap_or(self.started)
    }

    /// `{"PhoneNumberOrder": {...}}` as `GetPhoneNumberOrder` answers, or nothing if there is no such order yet.
    pub fn order_json(&self, id: &str, elapsed: SignedDuration) -> Option<serde_json::Value> {
        let order = serde_json::to_value(self.order(id, elapsed)?).ok()?;
        Some(serde_json::json!({ "PhoneNumberOrder": order }))
    }

    /// When an earlier run of the dashboard asked last, before the start: the demo's first frame shows what it saw.
    pub fn earlier(&self) -> SignedDuration {
        self.earlier
    }

    pub(super) fn order(&self, id: &str, elapsed: SignedDuration) -> Option<PhoneNumberOrder> {
        let position = self.positions.get(&id.to_ascii_lowercase())?;
        self.answer(self.orders.get(*position)?, elapsed)
    }

    pub(super) fn region(&self, id: &str) -> Option<&str> {
        let position = self.positions.get(&id.to_ascii_lowercase())?;
        self.orders.get(*position).map(|order| order.region.as_str())
    }

    pub(super) fn exists(&self, id: &str, elapsed: SignedDuration) -> bool {
        let position = self.positions.get(&id.to_ascii_lowercase());
        position.and_then(|position| self.orders.get(*position)).is_some_and(|order| order.created <= elapsed)
    }

    /// The ids of a region's orders, newest first.
    pub(super) fn ids_in<'a>(&'a self, region: &'a str) -> impl Iterator<Item = &'a str> {
        self.orders.iter().filter(move |order| order.region == region).map(|order| order.id.as_str())
    }

    fn answer(&self, order: &PlannedOrder, elapsed: SignedDuration) -> Option<PhoneNumberOrder> {
        if elapsed < order.created {
            return None;
        }
        let ledger = order.timeline.at(elapsed, self.cycle.as_ref());
        let date = |moment: SignedDuration, days: i64| {
            let day = self.dated(moment).to_zoned(TimeZone::UTC).date();
            day.checked_add(jiff::Span::new().days(days)).ok()
        };
        Some(PhoneNumberOrder {
            phone_number_order_id: order.id.clone(),
            product_type: order.product_type.clone(),
            status: ledger.status.to_owned(),
            order_type: order.order_type.clone(),
            ordered_phone_numbers: order.ordered_phone_numbers(&ledger),
            created_timestamp: wire::timestamp(self.dated(order.created)),
            updated_timestamp: wire::timestamp(self.dated(ledger.updated)),
            foc_date: ledger.foc.and_then(|(moment, days)| date(moment, days)).map(wire::foc_date),
        })
    }
}

impl PlannedOrder {
    fn of(region: &str, order: &OrderPlan, plan: &Plan, seed: u64) -> Result<Self, ScenarioError> {
        Ok(Self {
            region: region.to_owned(),
            id: order.id.clone(),
            product_type: order.product_type.clone(),
            order_type: order.order_type.clone(),
            created: -order.created,
            numbers: order.numbers.iter().chain(&order.spare).flat_map(|block| block.numbers()).collect(),
            timeline: Timeline::of(order, plan, seed)?,
        })
    }

    fn ordered_phone_numbers(&self, ledger: &Ledger<'_>) -> Vec<OrderedPhoneNumber> {
        let number = |(number, status): (&u64, &OrderedPhoneNumberStatus)| OrderedPhoneNumber {
            e164_phone_number: format!("+{number}"),
            status: *status,
        };
        self.numbers.iter().zip(ledger.visible()).map(number).collect()
    }
}
