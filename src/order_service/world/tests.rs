use serde_json::Value;

use super::*;

const SECOND: SignedDuration = SignedDuration::from_secs(1);

fn started() -> Timestamp {
    "2026-11-23T14:00:00Z".parse().unwrap()
}

fn world(name: &str, seed: u64) -> World {
    World::new(&Scenario::named(name).unwrap(), seed, started(), 1.0).unwrap()
}

fn at(world: &World, elapsed: SignedDuration) -> Vec<PhoneNumberOrder> {
    world.orders.iter().filter_map(|order| world.order(&order.id, elapsed)).collect()
}

/// The whole account without what every answer shares.
fn account(world: &World, seconds: i64) -> Vec<PhoneNumberOrder> {
    at(world, SECOND * i32::try_from(seconds).unwrap())
}

fn labelled(world: &World, label: &str, seconds: i64) -> PhoneNumberOrder {
    let lists = Scenario::named("demo").unwrap().watchlists();
    let mut orders = lists.iter().flat_map(|list| &list.orders);
    let id = &orders.find(|order| order.label.as_deref() == Some(label)).unwrap().id;
    world.order(id, SECOND * i32::try_from(seconds).unwrap()).unwrap()
}

fn count(order: &PhoneNumberOrder, status: OrderedPhoneNumberStatus) -> usize {
    order.ordered_phone_numbers.iter().filter(|number| number.status == status).count()
}

#[test]
fn the_same_scenario_seed_and_time_give_the_same_world() {
    for seconds in [-600, 0, 30, 3_000] {
        assert_eq!(account(&world("demo", 7), seconds), account(&world("demo", 7), seconds));
    }
    assert_ne!(account(&world("demo", 7), 30), account(&world("demo", 8), 30));
}

#[test]
fn an_order_has_the_members_that_the_api_documents() {
    let world = world("quiet", 1);
    let order = world.order_json("58E2C9B4-0f73-4a1d-b6c8-d914a05e7f32", SignedDuration::ZERO).unwrap();
    let mut order = order["PhoneNumberOrder"].clone();
    let numbers = order.as_object_mut().unwrap().remove("OrderedPhoneNumbers").unwrap();
    assert_eq!(
        order,
        serde_json::json!({
            "PhoneNumberOrderId": "58e2c9b4-0f73-4a1d-b6c8-d914a05e7f32",
            "ProductType": "VoiceConnector",
            "Status": "Partial",
            "OrderType": "New",
            "CreatedTimestamp": "2026-11-22T10:00:00.000Z",
            "UpdatedTimestamp": "2026-11-22T10:00:00.000Z",
            "FocDate": Value::Null,
        })
    );
    let failed: Vec<_> =
        numbers.as_array().unwrap().iter().filter(|number| number["Status"] == "Failed").collect();
    assert_eq!((numbers.as_array().unwrap().len(), failed.len()), (9, 1));
    assert!(failed[0]["E164PhoneNumber"].as_str().unwrap().starts_with("+1833555010"));
}

#[test]
fn half_a_minute_of_the_demo_shows_all_that_it_promises() {
    use OrderedPhoneNumberStatus::{Acquired, Failed};
    let world = world("demo", 1);
    let acquired = |label, seconds| count(&labelled(&world, label, seconds), Acquired);
    let failed = |label, seconds| count(&labelled(&world, label, seconds), Failed);
    let status = |label, seconds| labelled(&world, label, seconds).status;
    let foc = |label, seconds| labelled(&world, label, seconds).foc_date;

    assert_eq!(acquired("Seattle launch", 9) - acquired("Seattle launch", 8), 43);
    for (from, to) in [(0, 10), (10, 20), (20, 30)] {
        assert!(
            acquired("National rollout", from) < acquired("National rollout", to),
            "bars move until {to} s"
        );
    }
    assert_eq!(
        (status("Portland", 19), status("Portland", 20)),
        ("Processing".to_owned(), "Successful".to_owned())
    );
    assert_eq!(acquired("Portland", 20), 50);
    assert_eq!((failed("Seattle launch", 23), failed("Seattle launch", 24)), (1, 2));
    assert_eq!(
        (status("Boise port-in", 13), status("Boise port-in", 14)),
        ("Submitted".to_owned(), "PendingDocuments".to_owned())
    );
    assert_ne!(foc("Reno port-in", 16), foc("Reno port-in", 17));
    assert!(foc("Reno port-in", 17).is_some());
}

#[test]
fn the_porting_list_starts_with_all_seven_porting_states() {
    let world = world("demo", 1);
    for state in [
        "Submitted",
        "PendingDocuments",
        "FOC",
        "ChangeRequested",
        "Exception",
        "CancelRequested",
        "Cancelled",
    ] {
        assert!(account(&world, 0).iter().any(|order| order.status == state), "{state}");
    }
}

#[test]
fn every_order_of_the_demo_is_in_the_earlier_look_and_some_have_changed_since() {
    let world = world("demo", 1);
    let earlier = world.earlier();
    assert_eq!(world.dated(earlier), "2026-11-23T13:51:00Z".parse().unwrap());
    let answer = |order: &PlannedOrder, elapsed| world.order_json(&order.id, elapsed);
    assert!(world.orders.iter().all(|order| answer(order, earlier).is_some()));
    let changed =
        world.orders.iter().filter(|order| answer(order, earlier) != answer(order, SignedDuration::ZERO));
    assert!(changed.count() >= 4);
}

#[test]
fn something_new_happens_in_every_twenty_seconds_for_ever() {
    let world = world("demo", 1);
    let day = 24 * 3_600;
    for start in (0..3_600).step_by(20).chain((30 * day..30 * day + 3_600).step_by(20)) {
        // Not the big order's slow drip: something that a person would turn the head for.
        let notable = |seconds| {
            let mut orders = account(&world, seconds);
            orders.retain(|order| order.ordered_phone_numbers.len() < 500);
            orders
        };
        assert!(notable(start) != notable(start + 20), "between {start} s and {} s", start + 20);
    }
}

#[test]
fn an_update_never_goes_back_and_a_settled_order_never_changes() {
    let world = world("demo", 1);
    for (before, after) in (0..3_600).map(|second| (account(&world, second), account(&world, second + 1))) {
        for (before, after) in before.iter().zip(&after) {
            assert!(before.updated_timestamp <= after.updated_timestamp, "{before:?} {after:?}");
            if ["Successful", "Partial", "Failed", "Cancelled"].contains(&before.status.as_str()) {
                assert_eq!(before, after);
                assert_eq!(count(after, OrderedPhoneNumberStatus::Processing), 0);
            }
        }
    }
}

#[test]
fn an_order_does_not_exist_before_it_is_created() {
    let world = world("quiet", 1);
    let id = "c07d31f8-5e2a-4b96-9f14-7a83e6d0b25c";
    assert!(world.order(id, SignedDuration::from_hours(-30)).is_some());
    assert_eq!(world.order(id, SignedDuration::from_hours(-31)), None);
}

#[test]
fn a_hastened_world_is_dated_by_the_wall() {
    let scenario = Scenario::named("demo").unwrap();
    let world = World::new(&scenario, 1, started(), 10.0).unwrap();
    assert_eq!(world.dated(SECOND * 100), started() + SECOND * 10);
    assert_eq!(world.dated(SECOND * -100), started() - SECOND * 100);
}

#[test]
fn endless_acts_that_do_not_lead_back_are_refused() {
    let text = r#"
        about = "a dead end"
        earlier = "1m"
        [[watchlist]]
        name = "all"
        region = "us-east-1"
        [[watchlist.order]]
        id = "3f2a91c0-7d1e-4b52-8d60-5a1be77c0b1c"
        created = "1h"
        numbers = ["+12065550100 x9"]
        status = "Processing"
        [endless]
        from = "10s"
        every = "20s"
        acts = [{ order = "3f2a91c0-7d1e-4b52-8d60-5a1be77c0b1c", change = { acquire = 1 } }]
    "#;
    let scenario = Scenario::from_toml(text).unwrap();
    assert_eq!(
        World::new(&scenario, 1, started(), 1.0).unwrap_err().to_string(),
        "the scenario's 3f2a91c0-7d1e-4b52-8d60-5a1be77c0b1c: a round of the endless acts (20s) does not lead back to \
         where it began"
    );
}

#[test]
fn port_ins_made_to_measure_begin_in_every_state_with_something_to_come() {
    let states = |scenario: Scenario, seconds| {
        let world = World::new(&scenario, 1, started(), 1.0).unwrap();
        account(&world, seconds).iter().map(|order| order.status.clone()).collect::<Vec<_>>()
    };
    let all = states(Scenario::named("porting").unwrap(), 0);
    assert_eq!(all.len(), 40);
    for state in "Submitted PendingDocuments FOC ChangeRequested Exception CancelRequested Cancelled Successful Partial"
        .split(' ')
    {
        assert!(all.iter().any(|of_order| of_order == state), "{state}");
    }
    assert_ne!(states(Scenario::named("porting").unwrap(), 60), all);
    for orders in [7, 500] {
        assert_eq!(states(Scenario::porting(Some(orders), Some(3)).unwrap(), 0).len(), orders as usize);
    }
}
