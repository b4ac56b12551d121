//! The order service over its own wire: what a client sees that knows nothing of this program.

#![expect(clippy::unwrap_used, reason = "a client that cannot connect fails its test")]

#[path = "order_service/client.rs"]
mod client;
#[path = "order_service/faults.rs"]
mod faults;

use std::io::Write as _;

use chimewatch::order_service::{
    Credentials, Operation, Options, OrderService, ReceivedRequest, Scenario, StartError, WorldTime,
};
use client::{Signer, get, send};
use jiff::SignedDuration;

/// Portland, in `quiet` and us-east-1.
const PORTLAND: &str = "1b6e0a52-94c7-4d0f-8a3e-20d5f7b91c04";
const UNKNOWN: &str = "00000000-0000-4000-8000-000000000000";

fn start(scenario: &str, options: Options) -> OrderService {
    OrderService::start(&Scenario::named(scenario).unwrap(), options).unwrap()
}

fn quiet() -> OrderService {
    start("quiet", Options { time: WorldTime::Stepped, ..Options::default() })
}

fn order_target(id: &str) -> String {
    format!("/phone-number-orders/{id}")
}

#[test]
fn a_rightly_signed_request_gets_its_order_as_the_api_sends_it() {
    let service = quiet();
    let reply = get(&service, &order_target(PORTLAND));
    assert_eq!(reply.status, 200);
    assert_eq!(Some(reply.json()), service.world().order_json(PORTLAND, service.elapsed()));
    assert_eq!(reply.header("content-type"), Some("application/json"));
    assert!(reply.header("x-amzn-requestid").is_some_and(|id| id.len() == 36));
    assert!(reply.header("date").is_some_and(|date| date.ends_with(" GMT")));
    assert_eq!(
        service.requests(),
        [ReceivedRequest {
            sequence: 0,
            method: "GET".to_owned(),
            target: order_target(PORTLAND),
            operation: Operation::GetPhoneNumberOrder(PORTLAND.to_owned()),
            region: Some("us-east-1".to_owned()),
            status: Some(200),
        }]
    );
}

#[test]
fn one_connection_carries_many_requests() {
    let service = quiet();
    let mut stream = client::connect(&service);
    let head = Signer::of(&service).head("GET", &client::host(&service), &order_target(PORTLAND));
    for _ in 0..3 {
        stream.write_all(head.as_bytes()).unwrap();
        assert_eq!(client::read_reply(&mut stream).status, 200);
    }
    let counters = service.counters();
    assert_eq!((counters.connections, counters.requests, counters.ok, counters.unanswered), (1, 3, 3, 0));
}

#[test]
fn a_wrong_key_secret_clock_or_path_is_refused_with_403() {
    let service = quiet();
    let right = Signer::of(&service);
    let target = order_target(PORTLAND);
    let credentials = |key: &str, secret: &str| Signer {
        credentials: Credentials {
            access_key_id: key.to_owned(),
            secret_access_key: secret.to_owned(),
            session_token: None,
        },
        ..right.clone()
    };
    let secret = right.credentials.secret_access_key.as_str();
    let late = Signer { skew: SignedDuration::from_mins(-6), ..right.clone() };
    let early = Signer { skew: SignedDuration::from_mins(6), ..right.clone() };
    for (signer, code) in [
        (&credentials("AKIDOTHER", secret), "UnrecognizedClientException"),
        (&credentials("AKIDEXAMPLE", "wrong"), "InvalidSignatureException"),
        (&late, "InvalidSignatureException"),
        (&early, "InvalidSignatureException"),
    ] {
        let reply = send(&service, signer, "GET", &target);
        assert_eq!((reply.status, reply.header("x-amzn-errortype")), (403, Some(code)));
        assert!(reply.json()["message"].is_string());
    }

    let head = right.head("GET", &client::host(&service), &target).replace(PORTLAND, UNKNOWN);
    let mut stream = client::connect(&service);
    stream.write_all(head.as_bytes()).unwrap();
    let reply = client::read_reply(&mut stream);
    assert_eq!((reply.status, reply.header("x-amzn-errortype")), (403, Some("InvalidSignatureException")));
    assert_eq!(service.requests().last().unwrap().region, None);
}

#[test]
fn an_unsigned_request_is_told_that_its_token_is_missing() {
    let service = quiet();
    let mut stream = client::connect(&service);
    write!(stream, "GET {} HTTP/1.1\r\nhost: {}\r\n\r\n", order_target(PORTLAND), client::host(&service))
        .unwrap();
    let reply = client::read_reply(&mut stream);
    assert_eq!(
        (reply.status, reply.header("x-amzn-errortype")),
        (403, Some("MissingAuthenticationTokenException"))
    );
}

#[test]
fn a_shifted_clock_refuses_the_right_time_and_dates_its_answer_by_itself() {
    let ahead = SignedDuration::from_hours(1);
    let service = start("quiet", Options { clock_offset: ahead, ..Options::default() });
    let refused = get(&service, &order_target(PORTLAND));
    assert_eq!(
        (refused.status, refused.header("x-amzn-errortype")),
        (403, Some("InvalidSignatureException"))
    );
    let signer = Signer { skew: ahead, ..Signer::of(&service) };
    assert_eq!(send(&service, &signer, "GET", &order_target(PORTLAND)).status, 200);
}

#[test]
fn a_session_token_must_be_the_one_configured() {
    let credentials = Credentials { session_token: Some("a/token+==".to_owned()), ..Credentials::default() };
    let service = start("quiet", Options { credentials, ..Options::default() });
    assert_eq!(get(&service, &order_target(PORTLAND)).status, 200);
    let without = Signer { credentials: Credentials::default(), ..Signer::of(&service) };
    let reply = send(&service, &without, "GET", &order_target(PORTLAND));
    assert_eq!((reply.status, reply.header("x-amzn-errortype")), (403, Some("UnrecognizedClientException")));
}

#[test]
fn an_unknown_order_and_an_order_of_another_region_are_not_found() {
    let service = quiet();
    let elsewhere = Signer::of(&service).in_region("us-west-2");
    for reply in [
        get(&service, &order_target(UNKNOWN)),
        get(&service, &order_target("a%20b%2Fc%C3%A9")),
        send(&service, &elsewhere, "GET", &order_target(PORTLAND)),
    ] {
        assert_eq!((reply.status, reply.header("x-amzn-errortype")), (404, Some("NotFoundException")));
        assert_eq!(reply.json()["Code"], "NotFound");
    }
}

#[test]
fn nothing_but_the_two_reading_operations_exists() {
    let service = quiet();
    let signer = Signer::of(&service);
    for (method, target) in
        [("POST", "/phone-number-orders"), ("GET", "/phone-numbers"), ("GET", "/phone-number-orders/")]
    {
        let reply = send(&service, &signer, method, target);
        assert_eq!(
            (reply.status, reply.header("x-amzn-errortype")),
            (404, Some("UnknownOperationException"))
        );
    }
}

#[test]
fn the_list_is_read_page_by_page_to_its_end() {
    let scenario = Scenario::plain(250, 2).unwrap();
    let service = OrderService::start(&scenario, Options::default()).unwrap();
    let mut target = "/phone-number-orders?max-results=100".to_owned();
    let mut sizes = Vec::new();
    loop {
        let page = get(&service, &target).json();
        sizes.push(page["PhoneNumberOrders"].as_array().unwrap().len());
        let Some(token) = page["NextToken"].as_str() else { break };
        let token = token.replace('/', "%2F").replace('+', "%2B").replace('=', "%3D");
        target = format!("/phone-number-orders?next-token={token}&max-results=100");
    }
    assert_eq!(sizes, [100, 100, 50]);
    let refused = get(&service, "/phone-number-orders?max-results=101");
    assert_eq!((refused.status, refused.header("x-amzn-errortype")), (400, Some("BadRequestException")));
    assert!(service.requests().iter().all(|request| request.operation == Operation::ListPhoneNumberOrders));
}

#[test]
fn a_stepped_world_moves_only_by_hand() {
    let service = start("demo", Options { time: WorldTime::Stepped, ..Options::default() });
    service.clear_faults();
    let portland = Scenario::named("demo").unwrap().watchlists()[0].orders[4].clone();
    assert_eq!(portland.label.as_deref(), Some("Portland"));
    let status = || get(&service, &order_target(&portland.id)).json()["PhoneNumberOrder"]["Status"].clone();
    assert_eq!(status(), "Processing");
    service.advance(SignedDuration::from_secs(20));
    assert_eq!((status(), service.elapsed()), ("Successful".into(), SignedDuration::from_secs(20)));
}

#[test]
fn an_order_set_by_hand_is_answered_member_for_member() {
    let service = quiet();
    let order =
        serde_json::json!({ "PhoneNumberOrderId": PORTLAND, "Status": "Teleporting", "Extra": [1, null] });
    service.set_order(PORTLAND, order.clone());
    let reply = get(&service, &order_target(&PORTLAND.to_uppercase()));
    assert_eq!(reply.json(), serde_json::json!({ "PhoneNumberOrder": order }));
}

#[test]
fn only_loopback_and_a_moving_clock_are_accepted() {
    let scenario = Scenario::named("quiet").unwrap();
    let refusal = |options: Options| OrderService::start(&scenario, options).unwrap_err().to_string();
    let public = Options { listen: "0.0.0.0:0".parse().unwrap(), ..Options::default() };
    assert_eq!(
        refusal(public),
        "0.0.0.0:0 is not a loopback address; listen on 127.0.0.1:PORT or [::1]:PORT"
    );
    let still = Options { time: WorldTime::Running { speed: 0.0 }, ..Options::default() };
    assert_eq!(refusal(still), "a speed of 0 does not move; use a number above 0, such as 1 or 10");
    let first = quiet();
    let listen = client::host(&first).parse().unwrap();
    let taken = OrderService::start(&scenario, Options { listen, ..Options::default() });
    assert!(matches!(taken, Err(StartError::Listen { address, .. }) if address == listen));
}

#[test]
fn dropping_the_service_closes_its_port_and_its_connections() {
    let service = quiet();
    let host = client::host(&service);
    let mut stream = client::connect(&service);
    drop(service);
    assert!(std::net::TcpStream::connect(host).is_err());
    assert_eq!(client::read_reply(&mut stream).status, 0);
}
