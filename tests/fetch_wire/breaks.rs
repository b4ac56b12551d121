//! What comes back when something breaks: each failure is named, and told apart from the others.

use crate::{ERRORS, PORTLAND, ask, broken, failure, fetcher, key, key_at, patient, service, start};
use chimewatch::domain::{Failure, FailureKind, NetworkStage};
use chimewatch::fetch::{FetchOptions, Fetcher};
use chimewatch::order_service::{
    ErrorCode, Fault, Lasts, Options, OrderService, Target, VerbatimAnswer, WorldTime,
};
use jiff::SignedDuration;
use std::time::Duration;

#[tokio::test]
async fn each_error_of_the_api_has_its_kind_and_its_request_id() {
    let service = service();
    let fetcher = fetcher(&service);
    for (code, kind) in ERRORS {
        service.set_fault(Target::Every, Lasts::Requests(1), Fault::Error(code));
        let answer = fetcher.get(&key(&service, PORTLAND)).await;
        let failure = answer.result.unwrap_err();
        assert_eq!((failure.kind, answer.attempts), (kind, 1), "{code:?}");
        assert_eq!(failure.order, Some(key(&service, PORTLAND).id));
        assert!(failure.request_id.is_some(), "{code:?}");
    }
}

#[tokio::test]
async fn a_status_without_a_code_speaks_for_itself() {
    let cases = [
        (429, FailureKind::Throttled),
        (500, FailureKind::Service),
        (502, FailureKind::Service),
        (504, FailureKind::Service),
        (403, FailureKind::Forbidden),
        (404, FailureKind::NotFound),
        (401, FailureKind::Unauthorized),
        (400, FailureKind::BadRequest),
    ];
    let service = service();
    let fetcher = fetcher(&service);
    for (status, kind) in cases {
        service.set_fault(Target::Every, Lasts::Requests(1), Fault::Status(status));
        let failure = fetcher.get(&key(&service, PORTLAND)).await.result.unwrap_err();
        assert_eq!(failure.kind, kind, "{status}");
    }
}

#[tokio::test]
async fn an_answer_that_never_comes_ends_the_attempt() {
    let service = broken(Fault::Hang);
    let fetcher = patient(&service, Duration::from_millis(100));
    let failure = fetcher.get(&key(&service, PORTLAND)).await.result.unwrap_err();
    assert_eq!(failure.kind, FailureKind::Timeout);
    assert_eq!(failure.to_string(), "Order 1b6e0a52: no answer in us-east-1 as default within 0.1 s");
}

#[tokio::test]
async fn a_hung_request_holds_up_no_other() {
    let service = service();
    service.set_fault(Target::Every, Lasts::Requests(1), Fault::Hang);
    let fetcher = fetcher(&service);
    let key = key(&service, PORTLAND);
    let hung = tokio::spawn({
        let (fetcher, key) = (fetcher.clone(), key.clone());
        async move { fetcher.get(&key).await }
    });
    while service.counters().unanswered == 0 {
        tokio::task::yield_now().await;
    }
    assert!(fetcher.get(&key).await.result.is_ok());
    hung.abort();
}

#[tokio::test]
async fn what_is_no_order_cannot_be_read() {
    let cases = [
        (Fault::Garbage, "cannot be read"),
        (Fault::EmptyObject, "it holds no PhoneNumberOrder"),
        (Fault::EmptyBody, "it is empty"),
        (Fault::Oversized(1024 * 1024 + 1), "is longer than 1024 KiB"),
        (
            Fault::Redirect("https://example.com/elsewhere".to_owned()),
            "points to https://example.com/elsewhere",
        ),
        (Fault::Status(204), "is no order (204)"),
        (
            Fault::Verbatim(VerbatimAnswer::ok(
                r#"{"PhoneNumberOrder":{"PhoneNumberOrderId":"9ae4f377-0c1e-4b52-8d60-5a1be77c0b1c"}}"#,
            )),
            "it is about order 9ae4f377-0c1e-4b52-8d60-5a1be77c0b1c",
        ),
        (Fault::Verbatim(VerbatimAnswer::ok(*b"{\"PhoneNumberOrder\":\"\xff\"}")), "cannot be read"),
    ];
    for (fault, words) in cases {
        let service = broken(fault);
        let failure = failure(&service).await;
        assert_eq!(failure.kind, FailureKind::Undecodable, "{failure}");
        assert!(failure.what.raw().contains(words), "{failure}");
        assert_eq!(service.counters().requests, 1);
    }
}

#[tokio::test]
async fn a_redirect_is_not_followed_and_nothing_reaches_where_it_points() {
    let elsewhere = service();
    let target = format!("{}/phone-number-orders/{PORTLAND}", elsewhere.endpoint());
    let service = broken(Fault::Redirect(target));
    assert_eq!(failure(&service).await.kind, FailureKind::Undecodable);
    assert_eq!(elsewhere.counters().connections, 0);
}

#[tokio::test]
async fn a_body_that_breaks_off_is_told_from_a_connection_that_does() {
    let half = failure(&broken(Fault::HalfBody)).await;
    assert_eq!(half.kind, FailureKind::Network(NetworkStage::Body));
    let closed = failure(&broken(Fault::Close)).await;
    assert_eq!(closed.kind, FailureKind::Network(NetworkStage::Exchange));
}

#[tokio::test]
async fn nobody_listening_is_told_with_host_and_port() {
    let service = service();
    let (fetcher, key) = (fetcher(&service), key(&service, PORTLAND));
    let port = service.endpoint().rsplit(':').next().unwrap().to_owned();
    drop(service);
    let failure = fetcher.get(&key).await.result.unwrap_err();
    assert_eq!(failure.kind, FailureKind::Network(NetworkStage::Connect));
    assert_eq!(
        failure.to_string(),
        format!("No connection: 127.0.0.1 does not answer on port {port} (Connection refused)")
    );
}

#[tokio::test]
async fn plain_http_where_tls_is_spoken_is_told_as_a_lack_of_tls() {
    let service = service();
    let endpoint = service.endpoint().replace("http://", "https://");
    let answer = fetcher(&service).get(&key_at(&endpoint, None, PORTLAND)).await;
    let failure = answer.result.unwrap_err();
    assert_eq!(failure.kind, FailureKind::Network(NetworkStage::Tls), "{failure}");
}

#[tokio::test]
async fn an_endpoint_that_is_not_ours_to_trust_gets_no_byte() {
    let service = service();
    let fetcher = fetcher(&service);
    let port = service.endpoint().rsplit(':').next().unwrap().to_owned();
    for endpoint in [
        "http://example.com".to_owned(),
        format!("http://user:secret@127.0.0.1:{port}"),
        format!("http://127.0.0.1:{port}/?x=1"),
        format!("http://127.0.0.1:{port}/a/../b"),
        format!("http://127.1:{port}"),
    ] {
        let answer = fetcher.get(&key_at(&endpoint, None, PORTLAND)).await;
        let failure = answer.result.unwrap_err();
        assert_eq!((failure.kind, answer.attempts), (FailureKind::Refused, 0), "{failure}");
        assert!(!failure.to_string().contains("secret"), "{failure}");
    }
    assert_eq!(service.counters().connections, 0);
}

fn skewed(offset: SignedDuration) -> OrderService {
    start(Options { clock_offset: offset, time: WorldTime::Stepped, ..Options::default() })
}

#[tokio::test]
async fn a_wrong_clock_costs_one_request_once() {
    for minutes in [60, -60, 24 * 60] {
        let service = skewed(SignedDuration::from_mins(minutes));
        let fetcher = fetcher(&service);
        let first = fetcher.get(&key(&service, PORTLAND)).await;
        assert!(first.result.is_ok(), "{:?}", first.result);
        assert_eq!(first.attempts, 2);
        let off = first.server_skew.unwrap() - SignedDuration::from_mins(minutes);
        assert!(off.abs() < SignedDuration::from_secs(5), "{off:?}");
        let second = fetcher.get(&key(&service, PORTLAND)).await;
        assert!(second.result.is_ok());
        assert_eq!((second.attempts, service.counters().requests), (1, 3));
    }
}

#[tokio::test]
async fn a_wrong_clock_stays_wrong_where_its_correction_is_switched_off() {
    let service = skewed(SignedDuration::from_hours(1));
    let credentials = crate::keys(service.credentials());
    let options = FetchOptions { corrects_clock: false, ..FetchOptions::with_keys(credentials) };
    let answer = Fetcher::new(options, crate::now).get(&key(&service, PORTLAND)).await;
    assert_eq!((answer.result.unwrap_err().kind, answer.attempts), (FailureKind::Unauthorized, 1));
}

#[tokio::test]
async fn a_right_clock_is_not_taken_for_the_reason_of_a_refused_signature() {
    let service = broken(Fault::Error(ErrorCode::InvalidSignature));
    let answer = ask(&service).await;
    let Failure { kind, .. } = answer.result.unwrap_err();
    assert_eq!((kind, answer.attempts), (FailureKind::Unauthorized, 1));
}
