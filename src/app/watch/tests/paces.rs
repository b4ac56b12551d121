use super::*;

const SECOND: Duration = Duration::from_secs(1);

fn identity(account: &str) -> Identity {
    Identity { account: Some(account.into()), expires: None }
}

impl Bench {
    fn signed(&mut self, request: u64, key: &OrderKey, account: &str) -> Vec<Effect> {
        self.say(WatchMessage::Answered(Box::new(Answered {
            request: RequestId(request),
            key: key.clone(),
            attempts: 1,
            received: self.now.wall,
            skew: None,
            identity: Some(identity(account)),
            result: Ok(processing(key)),
        })))
    }
}

#[test]
fn profiles_of_one_account_share_its_pace_and_the_oldest_due_of_both_is_first() {
    let mut bench = bench();
    let (dev, prod): (Vec<_>, Vec<_>) = (0..30).map(|n| (key_of("dev", n), key_of("prod", n))).unzip();
    bench.watch(&dev[..1]);
    bench.watch(&prod[..1]);
    bench.signed(1, &dev[0], "111122223333");
    let version = bench.watch.version();
    bench.signed(2, &prod[0], "111122223333");
    assert!(bench.watch.version() > version);
    assert_eq!(bench.watch.identity(&scope("prod")), Some(&identity("111122223333")));
    bench.pass(SECOND);
    let dev_burst = fetched(&bench.watch(&dev[1..]));
    assert_eq!(dev_burst.len(), 19, "what the start had left");
    bench.pass(SECOND / 10);
    assert_eq!(fetched(&bench.watch(&prod[1..])), [], "not another twenty");
    let mut rest = Vec::new();
    while rest.len() < 14 {
        rest.extend(fetched(&bench.tick_at_deadline()));
    }
    let of_prod = rest.iter().position(|key| key.scope == scope("prod")).unwrap();
    assert_eq!(rest[..of_prod], dev[20..20 + of_prod], "dev waits longer: {rest:?}");
    let (ours, theirs) = (scope("dev"), scope("prod"));
    let pace = |scope: &Scope| bench.watch.pace(scope, bench.now).unwrap();
    assert_eq!(pace(&ours).sent_last_minute, pace(&theirs).sent_last_minute);
    assert_eq!(pace(&ours).sent_last_minute, 1 + 19 + 14);
}

#[test]
fn profiles_that_share_a_pace_do_not_wait_for_each_other_s_whole_lists() {
    let mut bench = bench();
    let first = [key_of("dev", 0), key_of("prod", 0)];
    bench.watch(&first);
    bench.signed(1, &first[0], "111122223333");
    bench.signed(2, &first[1], "111122223333");
    let both: Vec<_> = (1..=30).flat_map(|number| [key_of("dev", number), key_of("prod", number)]).collect();
    let mut asked = fetched(&bench.watch(&both));
    while asked.len() < 30 {
        asked.extend(fetched(&bench.tick_at_deadline()));
    }
    asked.retain(|key| !first.contains(key));
    assert_eq!(asked, both[..asked.len()]);
}

#[test]
fn another_account_or_region_keeps_a_pace_of_its_own() {
    let mut west = key_of("dev", 2);
    west.scope = Arc::new(Scope { region: "us-west-2".into(), ..(*west.scope).clone() });
    let keys = [key_of("dev", 0), key_of("prod", 1), west, key_of("test", 3)];
    let mut bench = bench();
    bench.watch(&keys);
    for (request, account) in [(1, "111122223333"), (2, "444455556666"), (3, "111122223333")] {
        bench.signed(request, &keys[usize::try_from(request - 1).unwrap()], account);
    }
    let throttle = Failure { retry_after: Some(50 * SECOND), ..failure(&keys[0], FailureKind::Throttled) };
    bench.pass(3 * SECOND);
    bench.say(WatchMessage::Tick);
    let request = bench.in_flight(&keys[0]);
    bench.answer(request, &keys[0], Err(throttle));
    let flows =
        |bench: &Bench| keys.each_ref().map(|key| bench.watch.pace(&key.scope, bench.now).unwrap().flow);
    let held = Flow::Held { until: Moment::from_millis(53_000) };
    assert_eq!(flows(&bench), [held, Flow::Free, Flow::Free, Flow::Free]);
    bench.signed(4, &keys[3], "111122223333");
    assert_eq!(flows(&bench), [held, Flow::Free, Flow::Free, held], "the fourth is the first one's account");
    bench.tick_after(60 * SECOND);
    bench.say(WatchMessage::AskNow(vec![keys[3].clone()]));
    let request = bench.in_flight(&keys[3]);
    bench.signed(request, &keys[3], "777788889999");
    bench.say(WatchMessage::AskNow(vec![keys[0].clone()]));
    let request = bench.in_flight(&keys[0]);
    let throttle = Failure { retry_after: Some(50 * SECOND), ..failure(&keys[0], FailureKind::Throttled) };
    bench.answer(request, &keys[0], Err(throttle));
    let held = Flow::Held { until: Moment::from_millis(113_000) };
    assert_eq!(flows(&bench), [held, Flow::Free, Flow::Free, Flow::Free], "they part again");
}

#[test]
fn while_an_account_rests_its_credentials_are_looked_for_every_two_seconds() {
    let mut bench = bench();
    bench.watch(&[key(1), key_of("prod", 2)]);
    bench.answer(1, &key(1), Err(failure(&key(1), FailureKind::Credentials)));
    bench.answer(2, &key_of("prod", 2), Err(failure(&key_of("prod", 2), FailureKind::Unauthorized)));
    for _ in 0..5 {
        assert_eq!(bench.tick_after(2 * SECOND), [Effect::LookForCredentials], "one for both");
    }
    bench.say(WatchMessage::SetPaused(true));
    assert_eq!(bench.tick_after(10 * SECOND), []);
    bench.say(WatchMessage::SetPaused(false));
    let effects = bench.say(WatchMessage::CredentialsChanged);
    assert_eq!(effects, [Effect::ForgetCredentials, fetch(3, &key(1)), fetch(4, &key_of("prod", 2))]);
    bench.answer(3, &key(1), Ok(successful(&key(1))));
    bench.answer(4, &key_of("prod", 2), Ok(successful(&key_of("prod", 2))));
    bench.say(WatchMessage::Recorded { up_to: 0 });
    assert_eq!((bench.watch.resting(), bench.watch.next_deadline()), (None, None));
    assert_eq!(bench.say(WatchMessage::CredentialsChanged), []);
}

#[test]
fn without_a_change_resting_credentials_are_tried_once_in_thirty_seconds() {
    let mut bench = bench();
    bench.watch(&[key(1)]);
    bench.answer(1, &key(1), Err(failure(&key(1), FailureKind::Credentials)));
    for request in 2..12 {
        let before = bench.now.moment;
        assert_eq!(bench.tick_until_asked(), [fetch(request, &key(1))]);
        assert_eq!(bench.now.moment.since(before), 30 * SECOND);
        bench.answer(request, &key(1), Err(failure(&key(1), FailureKind::Credentials)));
    }
}

#[test]
fn requests_of_the_last_minute_are_counted() {
    let mut bench = bench();
    bench.watch(&[key(1)]);
    let sent = |bench: &Bench| bench.watch.pace(&scope("dev"), bench.now).unwrap().sent_last_minute;
    bench.answer(1, &key(1), Ok(successful(&key(1))));
    assert_eq!(sent(&bench), 1);
    bench.pass(60 * SECOND);
    assert_eq!(sent(&bench), 0);
}

#[test]
fn a_request_that_had_to_be_sent_again_is_counted_and_paid_for() {
    let mut bench = bench();
    let keys: Vec<_> = (0..30).map(key).collect();
    bench.watch(&keys[..1]);
    bench.say(WatchMessage::Answered(Box::new(Answered {
        request: RequestId(1),
        key: key(0),
        attempts: 3,
        received: bench.now.wall,
        skew: None,
        identity: None,
        result: Ok(processing(&key(0))),
    })));
    assert_eq!(bench.watch.pace(&scope("dev"), bench.now).unwrap().sent_last_minute, 3);
    assert_eq!(fetched(&bench.watch(&keys[1..])).len(), 17, "of the twenty that a start has");
}
