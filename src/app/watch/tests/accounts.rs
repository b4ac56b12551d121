use super::*;
use crate::domain::NetworkStage;

const SECOND: Duration = Duration::from_secs(1);

#[test]
fn a_throttled_order_keeps_its_place_and_is_asked_as_often_as_before() {
    let mut bench = bench();
    bench.watch(&[key(1)]);
    assert_eq!(bench.answer(1, &key(1), Err(failure(&key(1), FailureKind::Throttled))), []);
    assert_eq!(bench.watch.health(), Health::default(), "a throttle is a status line and no error");
    let pace = bench.watch.pace(&key(1).scope, bench.now).unwrap();
    assert_eq!((pace.flow, pace.waiting), (Flow::Slowed, 1));
    assert_eq!(bench.watch.next_deadline(), Some(Moment::from_millis(2_000)));
    assert_eq!(bench.tick_at_deadline(), [fetch(2, &key(1))]);
    bench.answer(2, &key(1), Ok(processing(&key(1))));
    bench.tick_after(Duration::ZERO);
    assert_eq!(bench.watch.pace(&key(1).scope, bench.now).unwrap().flow, Flow::Free);
}

#[test]
fn retry_after_closes_the_account_and_no_other() {
    let mut bench = bench();
    let other = key_of("prod", 3);
    bench.watch(&[key(1), key(2)]);
    let throttle = Failure { retry_after: Some(10 * SECOND), ..failure(&key(1), FailureKind::Throttled) };
    bench.answer(1, &key(1), Err(throttle));
    assert_eq!(bench.watch(std::slice::from_ref(&other)), [fetch(3, &other)]);
    assert_eq!(bench.say(WatchMessage::AskNow(vec![key(1)])), []);
    assert_eq!(
        bench.watch.pace(&key(1).scope, bench.now).unwrap().flow,
        Flow::Held { until: Moment::from_millis(10_000) }
    );
    assert_eq!(bench.watch.next_deadline(), Some(Moment::from_millis(10_000)));
    assert_eq!(bench.tick_at_deadline(), [fetch(4, &key(1))]);
}

#[test]
fn refused_credentials_rest_the_account_and_one_request_probes_it() {
    let mut bench = bench();
    bench.watch(&[key(1), key(2)]);
    let denied = failure(&key(1), FailureKind::Credentials);
    bench.answer(1, &key(1), Err(denied.clone()));
    assert_eq!(bench.watch.resting(), Some(&denied));
    bench.answer(2, &key(2), Err(failure(&key(2), FailureKind::Credentials)));
    let probe = bench.tick_until_asked();
    assert_eq!((probe.len(), bench.now.moment.as_millis()), (1, 30_000), "{probe:?}");
    assert_eq!(requests(bench.tick_after(30 * SECOND)), [], "one at a time");
    let probed = fetched(&probe)[0].clone();
    bench.answer(3, &probed, Err(failure(&probed, FailureKind::Credentials)));
    bench.tick_until_asked();
    assert_eq!(bench.now.moment.as_millis(), 90_000);
    let probed = bench.watch.iter().find(|order| matches!(order.poll(), Poll::InFlight { .. })).unwrap();
    let probed = probed.key().clone();
    bench.answer(4, &probed, Ok(processing(&probed)));
    assert_eq!(bench.watch.resting(), None);
}

#[test]
fn credentials_that_were_lacking_are_there_once_a_request_was_sent_whatever_came_of_it() {
    let denied = failure(&key(1), FailureKind::Credentials);
    let body = FailureKind::Network(NetworkStage::Body);
    let name = FailureKind::Network(NetworkStage::Name);
    let cases = [
        (FailureKind::Credentials, FailureKind::Throttled, None),
        (FailureKind::Credentials, FailureKind::Service, None),
        (FailureKind::Credentials, FailureKind::Timeout, None),
        (FailureKind::Credentials, body, None),
        (FailureKind::Credentials, name, None),
        (FailureKind::Credentials, FailureKind::Refused, Some(FailureKind::Credentials)),
        (FailureKind::Unauthorized, FailureKind::Throttled, Some(FailureKind::Unauthorized)),
        (FailureKind::Unauthorized, name, Some(FailureKind::Unauthorized)),
    ];
    for (before, after, resting) in cases {
        let mut bench = bench();
        bench.watch(&[key(1)]);
        bench.answer(1, &key(1), Err(Failure { kind: before, ..denied.clone() }));
        assert_eq!(fetched(&bench.tick_until_asked()), [key(1)]);
        bench.answer(2, &key(1), Err(failure(&key(1), after)));
        assert_eq!(bench.watch.resting().map(|why| why.kind), resting, "{before:?}, then {after:?}");
    }
}

#[test]
fn asking_a_resting_account_reads_credentials_afresh_and_probes_at_once() {
    let mut bench = bench();
    bench.watch(&[key(1), key(2)]);
    bench.answer(1, &key(1), Err(failure(&key(1), FailureKind::Unauthorized)));
    bench.answer(2, &key(2), Err(failure(&key(2), FailureKind::Unauthorized)));
    bench.pass(SECOND);
    assert_eq!(bench.say(WatchMessage::AskNow(vec![key(2)])), [Effect::ForgetCredentials, fetch(3, &key(2))]);
    assert!(bench.watch.resting().is_some(), "until an answer says otherwise");
    bench.answer(3, &key(2), Ok(processing(&key(2))));
    assert_eq!(bench.watch.resting(), None);
}

#[test]
fn an_answer_to_a_request_from_before_does_not_end_the_rest() {
    let mut bench = bench();
    bench.watch(&[key(1), key(2)]);
    bench.pass(SECOND);
    bench.answer(1, &key(1), Err(failure(&key(1), FailureKind::Unauthorized)));
    bench.answer(2, &key(2), Ok(processing(&key(2))));
    assert!(bench.watch.resting().is_some());
    bench.say(WatchMessage::Remove(vec![key(1), key(2)]));
    assert_eq!(bench.watch.resting(), None, "an account without orders has no card");
}

#[test]
fn a_failed_network_is_probed_by_one_request_at_a_time_ever_more_rarely() {
    let mut bench = bench();
    let keys: Vec<_> = (0..3).map(key).collect();
    bench.watch(&keys);
    let down = FailureKind::Network(NetworkStage::Name);
    bench.pass(SECOND);
    assert_eq!(bench.answer(1, &keys[0], Err(failure(&keys[0], down))), [Effect::DropConnections]);
    bench.answer(2, &keys[1], Err(failure(&keys[1], down)));
    bench.answer(3, &keys[2], Err(failure(&keys[2], down)));
    assert_eq!(bench.watch.health(), Health { silent: 3, oldest: Some(wall(0)) });
    let mut probes = Vec::new();
    let mut failed = bench.now.moment;
    for request in 4..12 {
        let probe = fetched(&bench.tick_at_deadline());
        assert_eq!((probe.len(), bench.watch.next_deadline()), (1, None));
        probes.push(bench.now.moment.since(failed).as_secs());
        failed = bench.now.moment;
        bench.answer(request, &probe[0], Err(failure(&probe[0], down)));
    }
    assert_eq!(probes[2..], [2, 4, 8, 15, 15, 15]);
    let probe = fetched(&bench.tick_at_deadline());
    let effects = bench.answer(12, &probe[0], Ok(processing(&probe[0])));
    assert!(fetched(&effects).len() <= 1, "no burst: {effects:?}");
    assert_eq!(bench.watch.health().silent, 2);
}

#[test]
fn a_broken_body_or_a_timeout_is_the_orders_own_affair() {
    for kind in [FailureKind::Timeout, FailureKind::Network(NetworkStage::Body), FailureKind::Undecodable] {
        let mut bench = bench();
        bench.watch(&[key(1)]);
        assert_eq!(bench.answer(1, &key(1), Err(failure(&key(1), kind))), []);
        assert_eq!(bench.watch(&[key(2)]), [fetch(2, &key(2))], "{kind:?}");
        assert_eq!(bench.watch.get(&key(1)).unwrap().failure(), Some(&(failure(&key(1), kind), wall(0))));
    }
}

#[test]
fn an_order_fails_since_it_first_failed_in_that_way() {
    let mut bench = bench();
    bench.watch(&[key(1)]);
    let mut since = Vec::new();
    for (request, kind) in
        [(1, FailureKind::NotFound), (2, FailureKind::NotFound), (3, FailureKind::Forbidden)]
    {
        bench.answer(request, &key(1), Err(failure(&key(1), kind)));
        since.push((bench.watch.get(&key(1)).unwrap().failure().unwrap().1, bench.now.wall));
        bench.tick_at_deadline();
    }
    let [(first, asked), (second, _), (other, asked_last)] = since.as_slice() else { panic!("{since:?}") };
    assert_eq!((first, second, other), (asked, asked, asked_last));
}

#[test]
fn the_failure_of_an_order_goes_with_its_next_good_answer() {
    let mut bench = bench();
    bench.watch(&[key(1)]);
    bench.answer(1, &key(1), Err(failure(&key(1), FailureKind::NotFound)));
    assert_eq!(bench.watch.health(), Health { silent: 0, oldest: None }, "a refusal is an answer");
    let deadline = bench.watch.next_deadline().unwrap().as_millis();
    assert!((300_000..=330_000).contains(&deadline), "{deadline}");
    bench.tick_at_deadline();
    bench.answer(2, &key(1), Ok(processing(&key(1))));
    assert_eq!((bench.watch.get(&key(1)).unwrap().failure(), bench.watch.health().silent), (None, 0));
}
