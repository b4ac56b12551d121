use jiff::Timestamp;

use super::*;
use crate::order_service::scenario::Scenario;

const ID: &str = "1b6e0a52-94c7-4d0f-8a3e-20d5f7b91c04";

fn world() -> World {
    let started: Timestamp = "2026-11-23T14:00:00Z".parse().unwrap();
    World::new(&Scenario::named("quiet").unwrap(), 1, started, 1.0).unwrap()
}

fn body(answer: &Answer) -> Value {
    serde_json::from_slice(&answer.body).unwrap()
}

fn ask(target: &str, region: &str, overrides: &Overrides) -> Answer {
    let world = world();
    let view = View { world: &world, overrides, region, elapsed: SignedDuration::ZERO };
    answer(&Operation::of("GET", target), target, view)
}

#[test]
fn a_target_names_its_operation() {
    let get = |id: &str| Operation::GetPhoneNumberOrder(id.to_owned());
    for (method, target, operation) in [
        ("GET", "/phone-number-orders/abc", get("abc")),
        ("GET", "/phone-number-orders/a%20b?x=1", get("a b")),
        ("GET", "/phone-number-orders", Operation::ListPhoneNumberOrders),
        ("GET", "/phone-number-orders?max-results=1", Operation::ListPhoneNumberOrders),
        ("GET", "/phone-number-orders/", Operation::Other),
        ("GET", "/phone-number-orders/a/b", Operation::Other),
        ("GET", "/phone-number-ordersx", Operation::Other),
        ("POST", "/phone-number-orders", Operation::Other),
        ("DELETE", "/phone-number-orders/abc", Operation::Other),
    ] {
        assert_eq!(Operation::of(method, target), operation, "{method} {target}");
    }
}

#[test]
fn an_order_is_known_in_its_own_region_only() {
    let target = format!("/phone-number-orders/{ID}");
    let overrides = Overrides::default();
    let known = ask(&target, "us-east-1", &overrides);
    assert_eq!(
        (known.status, body(&known)["PhoneNumberOrder"]["PhoneNumberOrderId"].as_str()),
        (200, Some(ID))
    );
    assert_eq!(ask(&target, "us-west-2", &overrides), Answer::from(&Refusal::from(ErrorCode::NotFound)));
    assert_eq!(
        body(&ask("/phone-number-orders", "us-west-2", &overrides))["PhoneNumberOrders"],
        serde_json::json!([])
    );
}

#[test]
fn pages_hold_every_order_once_and_newest_first() {
    let overrides = Overrides::default();
    let mut seen = Vec::new();
    let mut target = "/phone-number-orders?max-results=3".to_owned();
    let mut pages = 0;
    loop {
        let page = body(&ask(&target, "us-east-1", &overrides));
        pages += 1;
        for order in page["PhoneNumberOrders"].as_array().unwrap() {
            seen.push(order["CreatedTimestamp"].as_str().unwrap().to_owned());
        }
        let Some(token) = page["NextToken"].as_str() else {
            break;
        };
        target =
            format!("/phone-number-orders?next-token={}&max-results=3", percent::encode(token.as_bytes()));
    }
    assert_eq!((pages, seen.len()), (2, 4));
    assert!(seen.is_sorted_by(|newer, older| newer > older));
}

#[test]
fn an_order_that_a_test_sets_is_answered_as_set_and_listed() {
    let order = serde_json::json!({ "PhoneNumberOrderId": "new", "Status": "Teleporting" });
    let mut overrides =
        Overrides { orders: [("new".to_owned(), order.clone())].into(), ..Overrides::default() };
    assert_eq!(
        body(&ask("/phone-number-orders/NEW", "eu-west-1", &overrides)),
        serde_json::json!({ "PhoneNumberOrder": order })
    );
    assert_eq!(
        body(&ask("/phone-number-orders", "eu-west-1", &overrides)),
        serde_json::json!({ "PhoneNumberOrders": [order] })
    );
    overrides.list_detail = ListDetail::WithoutNumbers;
    let listed = body(&ask("/phone-number-orders?max-results=1", "us-east-1", &overrides));
    assert_eq!(listed["PhoneNumberOrders"][0].get("OrderedPhoneNumbers"), None);
}
