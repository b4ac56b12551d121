use super::*;
use crate::domain::Lasts;
use crate::domain::NetworkStage;

const SECOND: Duration = Duration::from_secs(1);

fn ids(bench: &Bench) -> Vec<PhoneNumberOrderId> {
    bench.watch.directory().unwrap().orders.iter().map(|order| order.id).collect()
}

fn newcomer(number: u32, is_settled: bool) -> Newcomer {
    let key = key(number);
    Newcomer { scope: key.scope, id: key.id, created: None, is_settled }
}

#[test]
fn an_account_of_which_nothing_is_watched_is_browsed_page_by_page() {
    let mut bench = bench();
    assert_eq!(bench.say(WatchMessage::Browse(Some(scope("prod")))), [list(1, "prod", None)]);
    let first: Vec<_> = (0..3).map(|number| processing(&key_of("prod", number))).collect();
    let version = bench.watch.version();
    assert_eq!(bench.listed(1, "prod", Ok(page(first, Some("2")))), [list(2, "prod", Some("2"))]);
    assert!(bench.watch.version() > version);
    assert_eq!((ids(&bench).len(), &bench.watch.directory().unwrap().reading), (3, &Reading::Underway));
    let second = [2, 3].map(|number| successful(&key_of("prod", number)));
    assert_eq!(bench.listed(2, "prod", Ok(page(second, None))), []);
    assert_eq!(ids(&bench), [0, 1, 2, 3].map(|number| key(number).id), "each once");
    assert_eq!(bench.watch.directory().unwrap().reading, Reading::Whole { at: wall(0) });
    assert_eq!((bench.watch.next_deadline(), bench.watch.scopes().count()), (None, 0));
    bench.say(WatchMessage::Browse(None));
    assert_eq!(bench.watch.directory(), None);
}

#[test]
fn browsing_answers_the_watched_orders_and_goes_on_while_paused() {
    let mut bench = bench();
    bench.watch(&[key(1)]);
    bench.answer(1, &key(1), Ok(processing(&key(1))));
    bench.say(WatchMessage::Recorded { up_to: 0 });
    bench.say(WatchMessage::SetPaused(true));
    bench.pass(SECOND);
    assert_eq!(bench.say(WatchMessage::Browse(Some(scope("dev")))), [list(2, "dev", None)]);
    bench.listed(2, "dev", Ok(page([successful(&key(1))], None)));
    assert_eq!(bench.poll(&key(1)), Poll::Settled);
}

#[test]
fn a_list_that_may_not_be_browsed_says_why_and_its_orders_are_asked_as_before() {
    let mut bench = bench();
    bench.watch(&[key(1)]);
    bench.say(WatchMessage::Browse(Some(scope("dev"))));
    let refused = account_failure("dev", FailureKind::Forbidden);
    bench.listed(2, "dev", Err(refused.clone()));
    assert_eq!(bench.watch.directory().unwrap().reading, Reading::Failed(Box::new(refused)));
    bench.answer(1, &key(1), Ok(processing(&key(1))));
    assert_eq!(fetched(&bench.tick_until_asked()), [key(1)]);
    assert_eq!(bench.watch.take_list_refusals(), [], "it is told where it was asked for");
}

#[test]
fn a_page_that_is_too_long_to_be_read_is_asked_for_again_and_may_be_shorter_then() {
    let mut bench = bench();
    let unreadable = || account_failure("prod", FailureKind::Undecodable);
    assert_eq!(bench.say(WatchMessage::Browse(Some(scope("prod")))), [list(1, "prod", None)]);
    assert_eq!(bench.listed(1, "prod", Err(unreadable())), [list(2, "prod", None)]);
    let first = [successful(&key_of("prod", 1))];
    assert_eq!(bench.listed(2, "prod", Ok(page(first, Some("2")))), [list(3, "prod", Some("2"))]);
    for request in 3..10 {
        assert_eq!(bench.listed(request, "prod", Err(unreadable())), [list(request + 1, "prod", Some("2"))]);
    }
    assert_eq!(bench.listed(10, "prod", Err(unreadable())), [], "it is no page at any length");
    assert!(matches!(bench.watch.directory().unwrap().reading, Reading::Failed(_)));
}

#[test]
fn browsing_something_else_aborts_the_page_in_flight() {
    let mut bench = bench();
    bench.say(WatchMessage::Browse(Some(scope("dev"))));
    let effects = bench.say(WatchMessage::Browse(Some(scope("prod"))));
    assert_eq!(effects, [Effect::Abort(vec![RequestId(1)]), list(2, "prod", None)]);
    assert_eq!(bench.listed(1, "dev", Ok(page([processing(&key(1))], None))), []);
    assert_eq!(bench.watch.directory().unwrap().orders, []);
    assert_eq!(bench.say(WatchMessage::Browse(None)), [Effect::Abort(vec![RequestId(2)])]);
}

#[test]
fn a_lost_page_is_asked_for_once_more_and_then_told() {
    let mut bench = bench();
    bench.say(WatchMessage::Browse(Some(scope("dev"))));
    bench.say(WatchMessage::ListLost { request: RequestId(1), scope: scope("dev") });
    assert_eq!(bench.tick_until_asked(), [list(2, "dev", None)]);
    bench.say(WatchMessage::ListLost { request: RequestId(2), scope: scope("dev") });
    assert!(matches!(bench.watch.directory().unwrap().reading, Reading::Failed(_)));
}

/// Reads a list of which a page fails until it is given up: how often the page was asked for, and for how long.
fn given_up(pages: u64, kind: FailureKind) -> (u64, u64) {
    let mut bench = bench();
    let mut asked = bench.say(WatchMessage::ReadList(Some(scope("dev"))));
    for request in 1..=pages {
        let order = processing(&key(u32::try_from(request).unwrap()));
        asked = bench.listed(request, "dev", Ok(page([order], Some(&request.to_string()))));
    }
    let (token, began) = (pages.checked_sub(1).map(|_| pages.to_string()), bench.now.moment);
    let mut request = pages;
    loop {
        request += 1;
        assert_eq!(asked, [list(request, "dev", token.as_deref())]);
        bench.listed(request, "dev", Err(account_failure("dev", kind)));
        if let Reading::Failed(_) = bench.watch.directory().unwrap().reading {
            return (request - pages, bench.now.moment.since(began).as_secs());
        }
        asked = bench.tick_until_asked();
    }
}

#[test]
fn a_page_of_a_list_that_is_read_to_its_end_is_asked_for_again_for_as_long_as_it_is_worth() {
    const CONNECT: FailureKind = FailureKind::Network(NetworkStage::Connect);
    let given_up = |pages| {
        [
            FailureKind::Service,
            FailureKind::Timeout,
            CONNECT,
            FailureKind::Credentials,
            FailureKind::Forbidden,
        ]
        .map(|kind| given_up(pages, kind))
    };
    assert_eq!(given_up(0), [(3, 3), (3, 3), (1, 0), (1, 0), (1, 0)]);
    assert_eq!(given_up(16), [(9, 121), (9, 121), (9, 121), (5, 120), (1, 0)]);
}

#[test]
fn keys_of_the_environment_that_have_ended_end_a_list_at_once() {
    let mut bench = bench();
    bench.say(WatchMessage::ReadList(Some(scope("dev"))));
    bench.listed(1, "dev", Ok(page([processing(&key(1))], Some("2"))));
    let ended = Failure { lasts: Lasts::UntilRestart, ..account_failure("dev", FailureKind::Unauthorized) };
    bench.listed(2, "dev", Err(ended.clone()));
    assert_eq!(bench.watch.directory().unwrap().reading, Reading::Failed(Box::new(ended)));
}

#[test]
fn a_followed_account_is_walked_a_minute_a_page_and_shows_each_order_once() {
    let mut bench = bench();
    assert_eq!(bench.say(WatchMessage::Follow(vec![scope("dev")])), [list(1, "dev", None)]);
    bench.listed(1, "dev", Ok(page([processing(&key(1))], Some("2"))));
    bench.listed(2, "dev", Ok(page([successful(&key(2))], None)));
    assert_eq!(bench.watch.take_newcomers(), [newcomer(1, false), newcomer(2, true)]);
    let read = bench.now.moment;
    assert_eq!(bench.tick_at_deadline(), [list(3, "dev", None)]);
    assert!((120..=132).contains(&bench.now.moment.since(read).as_secs()), "two pages, two minutes");
    bench.listed(3, "dev", Ok(page([1, 2, 3].map(|number| processing(&key(number))), None)));
    assert_eq!(bench.watch.take_newcomers(), [newcomer(3, false)]);
    assert_eq!(bench.say(WatchMessage::Follow(Vec::new())), []);
    assert_eq!(bench.watch.next_deadline(), None);
}

#[test]
fn a_sweep_feeds_whoever_follows_and_takes_the_place_of_its_walk() {
    let mut bench = sweeping();
    let keys: Vec<_> = (0..10).map(key).collect();
    bench.watch(&keys);
    bench.say(WatchMessage::Follow(vec![scope("dev")]));
    let orders = (0..11).map(|number| processing(&key(number)));
    bench.listed(1, "dev", Ok(page(orders, None)));
    assert_eq!(bench.watch.take_newcomers().len(), 11);
}

#[test]
fn a_followed_account_that_fails_is_tried_again_and_one_that_refuses_after_an_hour() {
    for (kind, wait) in [(FailureKind::Undecodable, 60), (FailureKind::Forbidden, 3_600)] {
        let mut bench = bench();
        bench.say(WatchMessage::Follow(vec![scope("dev")]));
        bench.listed(1, "dev", Err(account_failure("dev", kind)));
        assert_eq!(bench.tick_until_asked(), [list(2, "dev", None)]);
        assert_eq!(bench.now.moment.as_millis(), wait * 1_000, "{kind:?}");
    }
    let mut bench = bench();
    bench.say(WatchMessage::Follow(vec![scope("dev")]));
    bench.listed(1, "dev", Err(account_failure("dev", FailureKind::Credentials)));
    assert!(bench.watch.resting().is_some());
    assert_eq!(bench.tick_until_asked(), [list(2, "dev", None)]);
    assert_eq!(bench.now.moment.as_millis(), 60_000);
}
