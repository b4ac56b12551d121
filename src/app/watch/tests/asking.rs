use super::*;

const SECOND: Duration = Duration::from_secs(1);

#[test]
fn an_order_is_asked_once_what_the_history_knows_has_been_read() {
    let mut bench = bench();
    assert_eq!(
        bench.say(WatchMessage::Add(vec![key(1), key(1)])),
        [Effect::History(HistoryWork::Load(vec![key(1)]))]
    );
    assert_eq!((bench.poll(&key(1)), bench.watch.next_deadline()), (Poll::Unread, None));
    assert_eq!(bench.say(WatchMessage::Known(vec![(key(1), None)])), [fetch(1, &key(1))]);
    assert_eq!(bench.say(WatchMessage::Add(vec![key(1)])), []);
}

#[test]
fn an_outline_is_shown_and_waits_for_the_whole() {
    let mut bench = bench();
    let whole = Arc::new(Snapshot::first(processing(&key(1)), wall(-5_000)));
    let mut outline = (*whole).clone();
    outline.detail = crate::domain::snapshot::Detail::Outline;
    bench.say(WatchMessage::Add(vec![key(1)]));
    assert_eq!(bench.say(WatchMessage::Known(vec![(key(1), Some(Arc::new(outline.clone())))])), []);
    assert_eq!(bench.watch.get(&key(1)).unwrap().snapshot().map(|known| &**known), Some(&outline));
    assert_eq!(bench.say(WatchMessage::Known(vec![(key(1), Some(whole.clone()))])), [fetch(1, &key(1))]);
    bench.say(WatchMessage::Known(vec![(key(1), Some(Arc::new(outline)))]));
    assert_eq!(
        bench.watch.get(&key(1)).unwrap().snapshot(),
        Some(&whole),
        "an outline replaces nothing whole"
    );
}

#[test]
fn two_ticks_while_a_request_is_in_flight_ask_nothing() {
    let mut bench = bench();
    assert_eq!(bench.watch(&[key(1)]), [fetch(1, &key(1))]);
    assert_eq!(bench.tick_after(SECOND), []);
    assert_eq!(bench.tick_after(60 * SECOND), []);
    assert_eq!(bench.watch.next_deadline(), None);
}

#[test]
fn an_answer_schedules_the_next_request_within_a_tenth_of_the_interval() {
    let mut bench = bench();
    bench.watch(&[key(1)]);
    bench.answer(1, &key(1), Ok(processing(&key(1))));
    let deadline = bench.watch.next_deadline().unwrap().as_millis();
    assert!((2_000..=2_200).contains(&deadline), "{deadline}");
    assert_eq!(bench.tick_after(Duration::from_millis(deadline - 1)), []);
    assert_eq!(bench.tick_after(Duration::from_millis(1)), [fetch(2, &key(1))]);
}

#[test]
fn only_the_answer_to_the_request_in_flight_counts() {
    let mut bench = bench();
    bench.watch(&[key(1)]);
    let version = bench.watch.version();
    assert_eq!(bench.answer(99, &key(1), Ok(successful(&key(1)))), []);
    assert_eq!(bench.answer(1, &key(2), Ok(successful(&key(2)))), []);
    assert_eq!(bench.watch.version(), version);
    assert!(matches!(bench.poll(&key(1)), Poll::InFlight { request: RequestId(1), .. }));
    bench.answer(1, &key(1), Ok(processing(&key(1))));
    assert_eq!(bench.answer(1, &key(1), Ok(successful(&key(1)))), [], "the second answer to one request");
    assert_eq!(bench.watch.get(&key(1)).unwrap().snapshot().unwrap().order.status, OrderStatus::Processing);
}

#[test]
fn a_lost_request_is_asked_again_after_the_orders_own_interval() {
    let mut bench = bench();
    bench.watch(&[key(1)]);
    assert_eq!(bench.say(WatchMessage::Lost { request: RequestId(1), key: key(1) }), []);
    assert_eq!(bench.say(WatchMessage::Lost { request: RequestId(1), key: key(1) }), []);
    let deadline = bench.watch.next_deadline().unwrap().as_millis();
    assert!((2_000..=2_200).contains(&deadline), "{deadline}");
    assert_eq!(bench.tick_at_deadline(), [fetch(2, &key(1))]);
}

#[test]
fn a_removal_aborts_what_is_in_flight_and_its_answer_is_ignored() {
    let mut bench = bench();
    bench.watch(&[key(1), key(2)]);
    assert_eq!(bench.say(WatchMessage::Remove(vec![key(1), key(3)])), [Effect::Abort(vec![RequestId(1)])]);
    assert_eq!((bench.watch.gone(), bench.watch.touched().count()), (&[key(1)][..], 0));
    assert_eq!(bench.say(WatchMessage::Lost { request: RequestId(1), key: key(1) }), []);
    assert_eq!(bench.answer(1, &key(1), Ok(processing(&key(1)))), []);
    assert_eq!((bench.watch.len(), bench.watch.get(&key(1)).is_none()), (1, true));
    assert_eq!(bench.watch(&[key(1)]), [fetch(3, &key(1))], "watched again, it has a request of its own");
    assert_eq!(bench.answer(1, &key(1), Ok(processing(&key(1)))), []);
}

#[test]
fn when_all_is_settled_the_engine_sleeps() {
    let mut bench = bench();
    bench.watch(&[key(1)]);
    bench.answer(1, &key(1), Ok(successful(&key(1))));
    bench.say(WatchMessage::Recorded { up_to: 0 });
    assert_eq!((bench.poll(&key(1)), bench.watch.next_deadline()), (Poll::Settled, None));
    assert_eq!(bench.tick_after(3_600 * SECOND), []);
    assert_eq!(bench.say(WatchMessage::AskAll), []);
    assert_eq!(bench.say(WatchMessage::AskNow(vec![key(1)])), [fetch(2, &key(1))]);
    bench.answer(2, &key(1), Ok(successful(&key(1))));
    assert_eq!(bench.poll(&key(1)), Poll::Settled);
}

#[test]
fn the_oldest_due_is_asked_first_and_what_a_person_asks_before_it() {
    let mut bench = bench();
    let keys: Vec<_> = (0..30).map(key).collect();
    let first = bench.watch(&keys);
    assert_eq!(fetched(&first), keys[..20]);
    assert_eq!(bench.say(WatchMessage::AskNow(vec![key(29)])), [fetch(21, &key(29))]);
    let mut rest = Vec::new();
    while rest.len() < 9 {
        rest.extend(fetched(&bench.tick_at_deadline()));
    }
    assert_eq!(rest, keys[20..29]);
}

#[test]
fn while_paused_nothing_is_asked_but_by_hand_and_what_is_in_flight_may_answer() {
    let mut bench = bench();
    bench.watch(&[key(1)]);
    let since = bench.now.wall;
    assert_eq!(bench.say(WatchMessage::SetPaused(true)), []);
    bench.answer(1, &key(1), Ok(processing(&key(1))));
    bench.say(WatchMessage::Recorded { up_to: 0 });
    assert!(bench.watch.get(&key(1)).unwrap().snapshot().is_some());
    assert_eq!((bench.watch.next_deadline(), bench.watch.asking()), (None, Asking::Paused { since }));
    assert_eq!(bench.tick_after(60 * SECOND), []);
    assert_eq!(bench.say(WatchMessage::AskNow(vec![key(1)])), [fetch(2, &key(1))]);
    bench.answer(2, &key(1), Ok(processing(&key(1))));
    assert_eq!(fetched(&bench.tick_after(60 * SECOND)), []);
    assert_eq!(bench.say(WatchMessage::SetPaused(false)), [fetch(3, &key(1))]);
}

#[test]
fn an_opened_order_is_asked_at_the_pace_of_the_table_and_back_when_it_is_closed() {
    let mut bench = bench();
    bench.watch(&[key(1)]);
    bench.answer(1, &key(1), Ok(order(&key(1), "Submitted", &[])));
    assert!((900..=990).contains(&bench.seconds_until_due(&key(1))));
    bench.say(WatchMessage::Opened(Some(key(1))));
    assert!((60..=66).contains(&bench.seconds_until_due(&key(1))));
    bench.say(WatchMessage::Opened(None));
    assert!((900..=990).contains(&bench.seconds_until_due(&key(1))));
}

#[test]
fn an_order_that_is_removed_while_it_is_open_comes_back_as_one_of_the_list() {
    let mut bench = bench();
    bench.watch(&[key(1)]);
    bench.say(WatchMessage::Opened(Some(key(1))));
    bench.say(WatchMessage::Remove(vec![key(1)]));
    bench.watch(&[key(1)]);
    bench.answer(2, &key(1), Ok(order(&key(1), "Submitted", &[])));
    let next = bench.seconds_until_due(&key(1));
    assert!((900..=990).contains(&next), "{next}");
}

#[test]
fn after_a_suspension_what_was_in_flight_is_dead_and_all_is_spread() {
    let mut bench = bench();
    let keys: Vec<_> = (0..10).map(key).collect();
    bench.watch(&keys);
    for (index, key) in keys.iter().enumerate().take(8) {
        bench.answer(index as u64 + 1, key, Ok(order(key, "Submitted", &[])));
        bench.say(WatchMessage::Recorded { up_to: 0 });
    }
    bench.pass(10 * SECOND);
    let effects = bench.say(WatchMessage::Resumed);
    assert_eq!(effects[..2], [Effect::Abort(vec![RequestId(9), RequestId(10)]), Effect::DropConnections]);
    assert_eq!(effects.len(), 2, "no burst: {effects:?}");
    let mut asked = Vec::new();
    let resumed = bench.now.moment;
    while asked.len() < 10 {
        asked.extend(fetched(&bench.tick_at_deadline()));
    }
    asked.sort();
    assert_eq!(asked, keys);
    assert!(bench.now.moment.since(resumed) <= 60 * SECOND, "within a minute, though asked every 15");
    assert_eq!(bench.answer(9, &keys[8], Ok(successful(&keys[8]))), [], "an answer from before");
}

#[test]
fn ages_are_counted_by_the_clock_of_the_service() {
    let mut bench = bench();
    bench.watch(&[key(1)]);
    let skew = SignedDuration::from_hours(-1);
    bench.say(WatchMessage::Answered(Box::new(Answered {
        request: RequestId(1),
        key: key(1),
        attempts: 1,
        received: bench.now.wall,
        identity: None,
        skew: Some(skew),
        result: Ok(processing(&key(1))),
    })));
    assert_eq!((bench.watch.skew(), bench.watch.corrected(bench.now)), (skew, wall(-3_600_000)));
    assert_eq!(bench.watch.get(&key(1)).unwrap().snapshot().unwrap().read_at, wall(-3_600_000));
}

#[test]
fn ten_thousand_orders_that_wait_are_not_looked_at() {
    let mut bench = bench();
    let keys: Vec<_> = (0..10_000).map(key).collect();
    bench.watch(&keys);
    for _ in 0..100_000 {
        assert_eq!(bench.say(WatchMessage::Tick), []);
    }
}

#[test]
fn without_a_rate_as_many_requests_are_in_flight_as_there_may_be_connections() {
    let mut bench = bench_at(Rate::Unlimited);
    let keys: Vec<_> = (0..200).map(key).collect();
    assert_eq!(fetched(&bench.watch(&keys)), keys[..128]);
    assert_eq!(bench.watch.next_deadline(), None, "only an answer makes room");
    assert_eq!(fetched(&bench.answer(1, &keys[0], Ok(successful(&keys[0])))), keys[128..129]);
    let removed = WatchMessage::Remove(keys[1..3].to_vec());
    assert_eq!(fetched(&bench.say(removed)), keys[129..131], "who is no longer waited for makes room");
}

#[test]
fn an_answer_that_says_what_was_known_is_no_news_unless_its_age_is_shown() {
    let mut bench = bench();
    bench.watch(&[key(1)]);
    let version = |bench: &Bench| bench.watch.version();
    let unseen = version(&bench);
    bench.answer(1, &key(1), Ok(processing(&key(1))));
    let first = version(&bench);
    assert!(first > unseen, "the first answer is news");
    bench.tick_at_deadline();
    bench.answer(2, &key(1), Ok(processing(&key(1))));
    assert_eq!(version(&bench), first);
    bench.tick_at_deadline();
    bench.answer(3, &key(1), Err(failure(&key(1), FailureKind::Timeout)));
    let failed = version(&bench);
    assert!(failed > first);
    bench.tick_at_deadline();
    bench.answer(4, &key(1), Ok(processing(&key(1))));
    let mended = version(&bench);
    assert!(mended > failed, "it answers again");
    bench.say(WatchMessage::Opened(Some(key(1))));
    bench.tick_at_deadline();
    bench.answer(5, &key(1), Ok(processing(&key(1))));
    assert!(version(&bench) > mended, "the order screen says when it was read");
}
