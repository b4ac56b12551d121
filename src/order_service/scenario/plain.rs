//! A list of any size without a story, for `demo --orders N --numbers N`, benches and scale tests.

use jiff::SignedDuration;

use super::ScenarioError;
use super::plan::{Change, NumberBlock, OrderPlan, Plan, StepPlan, WatchlistPlan};

/// Area codes 200 to 999, 100 fictitious numbers in each.
const AREA_CODES: u64 = 800;
const NUMBERS_AN_AREA: u64 = 100;
const MOST_ORDERS: u32 = 100_000;

pub(super) fn plan(orders: u32, numbers: u32) -> Result<Plan, ScenarioError> {
    checked(orders, numbers)?;
    Ok(Plan {
        about: format!("{orders} orders of {numbers} numbers each"),
        earlier: SignedDuration::from_mins(5),
        watchlists: vec![WatchlistPlan {
            name: "orders".to_owned(),
            region: "us-east-1".to_owned(),
            orders: (0..orders).map(|index| order(index, numbers)).collect(),
        }],
        faults: Vec::new(),
        endless: None,
    })
}

/// Refuses counts that cannot be made.
pub(super) fn checked(orders: u32, numbers: u32) -> Result<(), ScenarioError> {
    let most_numbers = AREA_CODES * NUMBERS_AN_AREA;
    if orders == 0 || orders > MOST_ORDERS {
        return Err(ScenarioError::story(
            "orders",
            format!("{orders} asked for; between 1 and {MOST_ORDERS} can be made"),
        ));
    }
    if numbers == 0 || u64::from(numbers) > most_numbers {
        return Err(ScenarioError::story(
            "numbers",
            format!("{numbers} asked for; between 1 and {most_numbers} can be made"),
        ));
    }
    Ok(())
}

/// Every ninth order loses a number; an order takes between one and ten minutes.
fn order(index: u32, numbers: u32) -> OrderPlan {
    let failed = u32::from(index % 9 == 8);
    let over = SignedDuration::from_mins(1 + i64::from(index % 10));
    let started = numbers / 5;
    let last = Change {
        over: Some(over),
        acquire: numbers - started - failed,
        fail: failed,
        status: Some(if failed == 0 { "Successful" } else { "Partial" }.to_owned()),
        ..Change::default()
    };
    OrderPlan {
        id: id(index),
        label: None,
        note: None,
        product_type: "VoiceConnector".to_owned(),
        order_type: "New".to_owned(),
        created: SignedDuration::from_mins(10) + SignedDuration::from_millis(i64::from(index)),
        numbers: blocks(index, numbers),
        spare: Vec::new(),
        status: "Processing".to_owned(),
        acquired: started,
        failed: 0,
        foc: None,
        steps: vec![StepPlan { at: SignedDuration::from_secs(1), change: last }],
    }
}

/// A GUID that looks like one and never changes for its index.
pub(super) fn id(index: u32) -> String {
    let mut random = fastrand::Rng::with_seed(u64::from(index));
    format!(
        "{:08x}-{:04x}-4{:03x}-8{:03x}-{:04x}{index:08x}",
        random.u32(..),
        random.u16(..),
        random.u16(..0x1000),
        random.u16(..0x1000),
        random.u16(..)
    )
}

pub(super) fn blocks(index: u32, numbers: u32) -> Vec<NumberBlock> {
    let areas = u64::from(numbers).div_ceil(NUMBERS_AN_AREA);
    (0..areas)
        .map(|area| {
            let code = 200 + (u64::from(index) * areas + area) % AREA_CODES;
            let left = u64::from(numbers) - area * NUMBERS_AN_AREA;
            let count = u32::try_from(left.min(NUMBERS_AN_AREA)).unwrap_or(0);
            NumberBlock { first: 10_000_000_000 + code * 10_000_000 + 5_550_100, count }
        })
        .collect()
}
