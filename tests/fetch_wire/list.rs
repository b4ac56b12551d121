//! Pages of an account's orders over the real wire: all of them, and every way in which one does not come.

use crate::{ERRORS, PORTLAND, broken, fetcher, key, keys, patient, service, start};
use chimewatch::domain::{Failure, FailureKind, NetworkStage, OrderPage, PageToken, Scope};
use chimewatch::fetch::{Answer, FetchOptions, Fetcher};
use chimewatch::order_service::{
    ErrorCode, Fault, Lasts, ListDetail, Options, OrderService, RetryHint, Scenario, Target, VerbatimAnswer,
    WorldTime,
};
use chimewatch::settings::Api;
use jiff::SignedDuration;
use std::collections::HashSet;
use std::sync::Arc;
use std::time::Duration;

fn scope(service: &OrderService) -> Arc<Scope> {
    key(service, PORTLAND).scope
}

async fn list(service: &OrderService) -> Answer<OrderPage> {
    fetcher(service).list(&scope(service), None).await
}

async fn failure(service: &OrderService) -> Failure {
    let failure = list(service).await.result.unwrap_err();
    assert_eq!(failure.order, None);
    failure
}

fn of_orders(orders: u32) -> OrderService {
    let options = Options { time: WorldTime::Stepped, ..Options::default() };
    OrderService::start(&Scenario::plain(orders, 2).unwrap(), options).unwrap()
}

/// Reads all pages; how many orders each of them has, and how many there are in all.
async fn all(fetcher: &Fetcher, scope: &Arc<Scope>) -> (Vec<usize>, usize) {
    let (mut pages, mut ids) = (Vec::new(), HashSet::new());
    let mut next: Option<PageToken> = None;
    loop {
        let page = fetcher.list(scope, next.as_ref()).await.result.unwrap();
        pages.push(page.orders.len());
        ids.extend(page.orders.into_iter().map(|order| order.id));
        next = page.next;
        if next.is_none() {
            return (pages, ids.len());
        }
    }
}

fn targets(service: &OrderService) -> Vec<String> {
    service.requests().into_iter().map(|request| request.target).collect()
}

#[tokio::test]
async fn the_pages_of_an_account_hold_every_order_once() {
    let service = of_orders(250);
    let pages = all(&fetcher(&service), &scope(&service)).await;
    assert_eq!(pages, (vec![100, 100, 50], 250));
    assert_eq!(
        targets(&service),
        [
            "/phone-number-orders?max-results=100",
            "/phone-number-orders?max-results=100&next-token=us-east-1%2F%2B00000064%3D%3D",
            "/phone-number-orders?max-results=100&next-token=us-east-1%2F%2B000000c8%3D%3D",
        ]
    );
}

#[tokio::test]
async fn the_list_says_what_a_get_says() {
    let service = service();
    let answer = list(&service).await;
    assert_eq!((answer.attempts, answer.identity.is_some()), (1, true));
    let listed = answer.result.unwrap().orders.into_iter().find(|order| order.id.as_str() == PORTLAND);
    let got = fetcher(&service).get(&key(&service, PORTLAND)).await.result.unwrap();
    assert_eq!(listed.as_ref(), Some(&got));
    service.set_list_detail(ListDetail::WithoutNumbers);
    let page = list(&service).await.result.unwrap();
    assert!(page.orders.iter().all(|order| order.numbers.is_empty()));
}

#[tokio::test]
async fn the_legacy_api_gets_pages_of_99() {
    let service = of_orders(120);
    let options = FetchOptions { api: Api::Chime, ..FetchOptions::with_keys(keys(service.credentials())) };
    let pages = all(&Fetcher::new(options, crate::now), &scope(&service)).await;
    assert_eq!(pages, (vec![99, 21], 120));
    // A custom endpoint is signed for the scope's region, which the service checks.
    assert_eq!(service.counters().failed, 0);
}

#[tokio::test]
async fn a_page_that_is_too_long_is_a_failure_and_the_next_is_half_as_long() {
    let service = of_orders(60);
    let fetcher = fetcher(&service);
    let scope = scope(&service);
    let too_long = Fault::Oversized(8 * 1024 * 1024 + 1);
    service.set_fault(Target::List, Lasts::Requests(2), too_long);
    let failure = fetcher.list(&scope, None).await.result.unwrap_err();
    assert_eq!(failure.kind, FailureKind::Undecodable);
    assert_eq!(
        failure.to_string(),
        "The list of orders: the answer in us-east-1 as default is longer than 8192 KiB. \
         The next time it is asked for in pages of half as many"
    );
    assert!(fetcher.list(&scope, None).await.result.is_err());
    assert_eq!(all(&fetcher, &scope).await, (vec![25, 25, 10], 60));
    let sizes: Vec<_> =
        targets(&service).iter().map(|target| target.split(['=', '&']).nth(1).unwrap().to_owned()).collect();
    assert_eq!(sizes, ["100", "50", "25", "25", "25"]);
    // Another region has not said that its pages are long.
    let elsewhere = Arc::new(Scope { region: "us-west-2".into(), ..(*scope).clone() });
    assert!(fetcher.list(&elsewhere, None).await.result.is_ok());
    assert!(targets(&service).last().unwrap().contains("max-results=100"));
}

#[tokio::test]
async fn each_error_of_the_api_has_its_kind_and_its_request_id() {
    for (code, kind) in ERRORS {
        let failure = failure(&broken(Fault::Error(code))).await;
        assert_eq!((failure.kind, failure.request_id.is_some()), (kind, true), "{code:?}");
    }
}

#[tokio::test]
async fn who_may_not_list_is_told_the_action_and_the_policy() {
    let failure = failure(&broken(Fault::Error(ErrorCode::AccessDenied))).await;
    assert_eq!(
        failure.to_string(),
        "Profile default may not list the orders in us-east-1: chime:ListPhoneNumberOrders is missing. \
         Give your administrator this policy"
    );
    assert!(failure.command.unwrap().raw().contains(r#""chime:ListPhoneNumberOrders""#));
}

#[tokio::test]
async fn what_is_no_list_cannot_be_read() {
    let verbatim = |body: &str| Fault::Verbatim(VerbatimAnswer::ok(body));
    let cases = [
        (
            Fault::Garbage,
            "The list of orders: the answer in us-east-1 as default cannot be read: it is no JSON (expected value",
        ),
        (Fault::EmptyObject, "it holds no PhoneNumberOrders"),
        (Fault::EmptyBody, "it is empty"),
        (Fault::Status(204), "The list of orders: the answer in us-east-1 as default is no list (204)"),
        (Fault::Redirect("https://example.com/".to_owned()), "points to https://example.com/"),
        (verbatim(r#"{"PhoneNumberOrders":[{"#), "EOF while parsing"),
        (verbatim(r#"{"PhoneNumberOrders":{}}"#), "expected a list of orders"),
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
async fn where_no_answer_comes_the_stage_is_told() {
    let cases = [
        (Fault::Close, FailureKind::Network(NetworkStage::Exchange)),
        (Fault::HalfBody, FailureKind::Network(NetworkStage::Body)),
        (Fault::Status(502), FailureKind::Service),
        (Fault::Throttle(RetryHint::AmzRetryAfter(1500)), FailureKind::Throttled),
    ];
    for (fault, kind) in cases {
        let failure = failure(&broken(fault)).await;
        assert_eq!(failure.kind, kind, "{failure}");
        let pause = (kind == FailureKind::Throttled).then_some(Duration::from_millis(1500));
        assert_eq!(failure.retry_after, pause);
    }
    let service = broken(Fault::Hang);
    let answer = patient(&service, Duration::from_millis(100)).list(&scope(&service), None).await;
    assert_eq!(
        answer.result.unwrap_err().to_string(),
        "The list of orders: no answer in us-east-1 as default within 0.1 s"
    );
}

#[tokio::test]
async fn a_token_of_another_region_is_refused_without_advice_about_an_order() {
    let service = service();
    let token = PageToken::new("us-west-2/+00000064==");
    let failure = fetcher(&service).list(&scope(&service), Some(&token)).await.result.unwrap_err();
    assert_eq!(failure.kind, FailureKind::BadRequest);
    assert_eq!(
        failure.to_string(),
        "The list of orders: the service refuses the request in us-east-1 as default \
         (400 BadRequestException: The next-token is not valid)"
    );
}

#[tokio::test]
async fn a_wrong_clock_is_learnt_from_a_list_too() {
    let offset = SignedDuration::from_hours(1);
    let service = start(Options { clock_offset: offset, time: WorldTime::Stepped, ..Options::default() });
    let fetcher = fetcher(&service);
    let first = fetcher.list(&scope(&service), None).await;
    assert_eq!((first.result.is_ok(), first.attempts), (true, 2));
    assert_eq!(fetcher.get(&key(&service, PORTLAND)).await.attempts, 1);
}
