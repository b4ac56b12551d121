//! What comes back when all goes well.

use crate::{PORTLAND, ask, broken, fetcher, key, service};
use chimewatch::domain::number::Counts;
use chimewatch::domain::{Numbers, OrderStatus, PhoneNumberOrder, PhoneNumberOrderId, ProductType};
use chimewatch::order_service::{Fault, VerbatimAnswer};
use serde_json::json;

/// From the API's own page: an id with letters beyond `f`.
const SAMPLE: &str = "abc12345-de67-89f0-123g-h45i678j9012";
const SAMPLE_BODY: &str = r#"{"PhoneNumberOrder":{"CreatedTimestamp":"2019-09-18T17:57:36.280Z","OrderedPhoneNumbers":[{"E164PhoneNumber":"+12065550100","Status":"Acquired"},{"E164PhoneNumber":"+12065550101","Status":"Acquired"}],"PhoneNumberOrderId":"abc12345-de67-89f0-123g-h45i678j9012","ProductType":"BusinessCalling","Status":"Successful","UpdatedTimestamp":"2019-09-18T17:57:47.090Z"}}"#;

#[tokio::test]
async fn the_sample_of_the_api_s_own_page_works_end_to_end() {
    let answer = VerbatimAnswer {
        status: 200,
        headers: vec![
            ("x-amzn-RequestId".to_owned(), "2cac62a6-cdda-43fe-9053-d11f85cbc7e9".to_owned()),
            ("Content-Type".to_owned(), "application/json".to_owned()),
        ],
        body: SAMPLE_BODY.into(),
    };
    let service = broken(Fault::Verbatim(answer));
    let answer = fetcher(&service).get(&key(&service, SAMPLE)).await;
    let expected = PhoneNumberOrder {
        id: PhoneNumberOrderId::parse(SAMPLE).unwrap(),
        product_type: Some(ProductType::BusinessCalling),
        status: OrderStatus::Successful,
        order_type: None,
        numbers: Numbers::new([("+12065550100", "Acquired"), ("+12065550101", "Acquired")]),
        created: Some("2019-09-18T17:57:36.280Z".parse().unwrap()),
        updated: Some("2019-09-18T17:57:47.090Z".parse().unwrap()),
        foc_date: None,
    };
    assert_eq!((answer.result, answer.attempts), (Ok(expected), 1));
    let requests = service.requests();
    assert_eq!(requests.len(), 1);
    assert_eq!(requests[0].method, "GET");
    assert_eq!(requests[0].target, format!("/phone-number-orders/{SAMPLE}"));
}

#[tokio::test]
async fn an_order_of_the_service_is_read_as_it_is_and_its_body_is_at_hand() {
    let service = service();
    let (answer, body) = fetcher(&service).get_with_body(&key(&service, PORTLAND)).await;
    let told = service.world().order_json(PORTLAND, service.elapsed()).unwrap();
    let body: serde_json::Value = serde_json::from_slice(&body.unwrap()).unwrap();
    assert_eq!(body, told);
    let order = answer.result.unwrap();
    assert_eq!(order.status.raw(), told["PhoneNumberOrder"]["Status"].as_str().unwrap());
    let numbers = told["PhoneNumberOrder"]["OrderedPhoneNumbers"].as_array().unwrap();
    assert_eq!(order.numbers.len(), numbers.len());
    assert!(answer.sent <= answer.received);
    assert!(answer.server_skew.unwrap().abs() < jiff::SignedDuration::from_secs(5));
}

#[tokio::test]
async fn many_orders_are_asked_over_one_connection_one_after_the_other() {
    let service = service();
    let fetcher = fetcher(&service);
    for _ in 0..5 {
        assert!(fetcher.get(&key(&service, PORTLAND)).await.result.is_ok());
    }
    assert_eq!(service.counters().connections, 1);
    fetcher.drop_connections();
    assert!(fetcher.get(&key(&service, PORTLAND)).await.result.is_ok());
    assert_eq!(service.counters().connections, 2);
}

#[tokio::test]
async fn an_id_is_sent_as_it_was_written() {
    let service = service();
    let upper = PORTLAND.to_uppercase();
    let order = fetcher(&service).get(&key(&service, &upper)).await.result.unwrap();
    assert_eq!(order.id.as_str(), upper);
    assert_eq!(service.requests()[0].target, format!("/phone-number-orders/{upper}"));
}

#[tokio::test]
async fn a_timestamp_may_travel_in_every_form_that_aws_clients_accept() {
    let service = service();
    let forms = [
        json!("2019-09-18T17:57:36Z"),
        json!("2019-09-18T17:57:36.000Z"),
        json!("2019-09-18T19:57:36+02:00"),
        json!("2019-09-18T17:57:36"),
        json!("Wed, 18 Sep 2019 17:57:36 GMT"),
        json!(1_568_829_456),
        json!(1_568_829_456.0),
        json!("1568829456"),
    ];
    for form in forms {
        let order =
            json!({ "PhoneNumberOrderId": PORTLAND, "Status": "Processing", "CreatedTimestamp": form });
        service.set_order(PORTLAND, order);
        let order = ask(&service).await.result.unwrap();
        assert_eq!(order.created, Some("2019-09-18T17:57:36Z".parse().unwrap()), "{form}");
    }
}

#[tokio::test]
async fn control_characters_overrides_and_marks_are_neutral_before_anybody_sees_them() {
    let service = service();
    let marks = format!("e{}", "\u{301}".repeat(2000));
    service.set_order(
        PORTLAND,
        json!({
            "Status": "Suc\u{1b}[2Jcessful", "ProductType": "\u{202e}rotcennoC", "OrderType": marks,
            "FocDate": "soon\u{7}", "OrderedPhoneNumbers": [{ "E164PhoneNumber": "+1\u{9b}31m", "Status": "\u{0}" }],
        }),
    );
    let order = ask(&service).await.result.unwrap();
    let number = order.numbers.iter().next().unwrap();
    let shown = [
        order.status.to_string(),
        order.product_type.clone().unwrap().to_string(),
        order.order_type.clone().unwrap().to_string(),
        order.foc_date.clone().unwrap().to_string(),
        number.number.grouped(),
        number.status.to_string(),
    ];
    let expected = [
        r"Suc\u{1b}[2Jcessful".to_owned(),
        r"\u{202e}rotcennoC".to_owned(),
        format!("e{}…", "\u{301}".repeat(8)),
        r"soon\u{7}".to_owned(),
        r"+1\u{9b}31m".to_owned(),
        r"\u{0}".to_owned(),
    ];
    assert_eq!(shown, expected);
    assert_eq!(order.counts(), Counts { total: 1, acquired: 0, failed: 0, processing: 0 });
}
