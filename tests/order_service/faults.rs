//! Each fault as it looks to a client.

use std::io::Write as _;
use std::time::Duration;

use chimewatch::order_service::{ErrorCode, Fault, Lasts, OrderService, RetryHint, Target, VerbatimAnswer};

use super::client::{self, Ending, PATIENCE, Reply, Signer, get};
use super::{PORTLAND, order_target, quiet};

/// The same path on every fresh service: one request, struck by this fault.
fn struck_by(fault: Fault) -> (OrderService, Reply) {
    let service = quiet();
    service.set_fault(Target::Every, Lasts::Requests(1), fault);
    let reply = get(&service, &order_target(PORTLAND));
    (service, reply)
}

#[test]
fn each_of_the_seven_errors_comes_as_the_api_sends_it() {
    for (code, status, name, body_code) in [
        (ErrorCode::BadRequest, 400, "BadRequestException", "BadRequest"),
        (ErrorCode::UnauthorizedClient, 401, "UnauthorizedClientException", "Unauthorized"),
        (ErrorCode::Forbidden, 403, "ForbiddenException", "Forbidden"),
        (ErrorCode::NotFound, 404, "NotFoundException", "NotFound"),
        (ErrorCode::ThrottledClient, 429, "ThrottledClientException", "Throttled"),
        (ErrorCode::ServiceFailure, 500, "ServiceFailureException", "ServiceFailure"),
        (ErrorCode::ServiceUnavailable, 503, "ServiceUnavailableException", "ServiceUnavailable"),
    ] {
        let (service, reply) = struck_by(Fault::Error(code));
        assert_eq!((reply.status, reply.header("x-amzn-errortype")), (status, Some(name)));
        assert_eq!(reply.json()["Code"], body_code);
        assert_eq!(get(&service, &order_target(PORTLAND)).status, 200, "the fault was for one request");
        assert_eq!(service.counters().failed, 1);
    }
}

#[test]
fn a_throttle_can_say_when_to_come_again() {
    let (_service, reply) = struck_by(Fault::Throttle(RetryHint::RetryAfter("7".to_owned())));
    assert_eq!((reply.status, reply.header("retry-after")), (429, Some("7")));
    let (_service, reply) = struck_by(Fault::Throttle(RetryHint::AmzRetryAfter(1_500)));
    assert_eq!((reply.status, reply.header("x-amz-retry-after")), (429, Some("1500")));
}

#[test]
fn a_bare_status_has_neither_body_nor_error_header() {
    for status in [500, 501, 502, 503, 504, 509] {
        let (_service, reply) = struck_by(Fault::Status(status));
        assert_eq!((reply.status, reply.header("x-amzn-errortype"), reply.body.len()), (status, None, 0));
    }
}

#[test]
fn a_hanging_request_holds_up_nobody_else() {
    let service = quiet();
    service.set_fault(Target::Order(PORTLAND.to_owned()), Lasts::Requests(1), Fault::Hang);
    let mut stream = client::connect(&service);
    let head = Signer::of(&service).head("GET", &client::host(&service), &order_target(PORTLAND));
    stream.write_all(head.as_bytes()).unwrap();
    let received = service.wait_for(PATIENCE, |requests| requests.len() == 1).unwrap();
    assert_eq!((received[0].order_id(), received[0].status), (Some(PORTLAND), None));
    assert_eq!(get(&service, &order_target(PORTLAND)).status, 200);
    assert_eq!((service.requests()[0].status, service.counters().unanswered), (None, 1));
}

#[test]
fn a_delayed_and_a_dripping_answer_come_whole_in_the_end() {
    for fault in [Fault::Delay(Duration::from_millis(20)), Fault::Drip(Duration::from_millis(50))] {
        let (service, reply) = struck_by(fault);
        assert_eq!((reply.status, reply.ending), (200, Ending::Whole));
        assert_eq!(Some(reply.json()), service.world().order_json(PORTLAND, service.elapsed()));
    }
}

#[test]
fn half_a_body_is_cut_off_in_the_middle() {
    let (service, reply) = struck_by(Fault::HalfBody);
    let whole = service.world().order_json(PORTLAND, service.elapsed()).unwrap().to_string();
    assert_eq!((reply.status, reply.ending), (200, Ending::CutOff));
    assert_eq!(reply.body, whole.as_bytes()[..whole.len() / 2]);
}

#[test]
fn a_closed_connection_gives_no_answer() {
    let (_service, reply) = struck_by(Fault::Close);
    assert_eq!((reply.status, reply.body.len()), (0, 0));
}

#[test]
fn a_successful_status_may_carry_no_order_at_all() {
    let (_service, garbage) = struck_by(Fault::Garbage);
    assert!(garbage.status == 200 && serde_json::from_slice::<serde_json::Value>(&garbage.body).is_err());
    let (_service, object) = struck_by(Fault::EmptyObject);
    assert_eq!((object.status, object.body.as_slice()), (200, b"{}".as_slice()));
    let (_service, nothing) = struck_by(Fault::EmptyBody);
    assert_eq!((nothing.status, nothing.body.len()), (200, 0));
}

#[test]
fn a_redirect_names_its_location() {
    let (_service, reply) = struck_by(Fault::Redirect("/elsewhere".to_owned()));
    assert_eq!((reply.status, reply.header("location")), (302, Some("/elsewhere")));
}

#[test]
fn an_oversized_body_comes_without_a_length_and_is_the_same_json() {
    let (service, reply) = struck_by(Fault::Oversized(200_000));
    assert_eq!((reply.header("content-length"), reply.body.len()), (None, 200_000));
    assert_eq!(Some(reply.json()), service.world().order_json(PORTLAND, service.elapsed()));
}

#[test]
fn a_verbatim_answer_is_sent_byte_for_byte() {
    let body = b"{\"PhoneNumberOrder\":{\"Status\":\"\x1b[31m\xe2\x80\xae\"}}".to_vec();
    let (_service, reply) = struck_by(Fault::Verbatim(VerbatimAnswer {
        status: 418,
        headers: vec![("X-Amzn-ErrorType".to_owned(), "Odd#Teapot:http://x".to_owned())],
        body: body.clone(),
    }));
    assert_eq!((reply.status, reply.header("x-amzn-errortype")), (418, Some("Odd#Teapot:http://x")));
    assert_eq!(reply.body, body);
    let (_service, plain) = struck_by(Fault::Verbatim(VerbatimAnswer::ok("{}")));
    assert_eq!((plain.status, plain.header("content-type")), (200, Some("application/json")));
}
