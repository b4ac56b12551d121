use super::*;

const SECOND: Duration = Duration::from_secs(1);

/// What is told at a moment, in seconds.
type Told = (u64, Option<HeldBack>);

impl Bench {
    fn held_back(&self) -> Option<HeldBack> {
        self.watch.held_back(&[scope("dev")], self.now)
    }

    /// Answers every request at once for so long, throttled as `throttle` says of its number; gives what is told
    /// whenever a version of the engine tells something else.
    fn run(&mut self, time: Duration, throttle: impl Fn(u64) -> bool) -> Vec<Told> {
        let end = self.now.moment.plus(time);
        let mut told = vec![(self.now.moment.as_millis() / 1_000, self.held_back())];
        let mut version = self.watch.version();
        while let Some(deadline) = self.watch.next_deadline().filter(|deadline| *deadline <= end) {
            self.pass(deadline.since(self.now.moment));
            let mut sent = requests(self.say(WatchMessage::Tick));
            while let Some(Effect::Fetch { request, key }) = sent.pop() {
                let result = if throttle(request.0) {
                    Err(failure(&key, FailureKind::Throttled))
                } else {
                    Ok(processing(&key))
                };
                sent.extend(requests(self.answer(request.0, &key, result)));
            }
            self.say(WatchMessage::Recorded { up_to: u64::MAX });
            let now = self.held_back();
            if now != told.last().and_then(|last| last.1) && self.watch.version() != version {
                told.push((self.now.moment.as_millis() / 1_000, now));
                version = self.watch.version();
            }
        }
        told
    }
}

/// How often it began to be told, and when first and last.
fn spells(told: &[Told]) -> (usize, Option<u64>, Option<u64>) {
    let begins = told.windows(2).filter(|pair| pair[0].1.is_none() && pair[1].1.is_some()).count();
    let first = told.iter().find(|told| told.1.is_some()).map(|told| told.0);
    let end = told.windows(2).rfind(|pair| pair[0].1.is_some() && pair[1].1.is_none());
    (begins, first, end.map(|pair| pair[1].0))
}

#[test]
fn orders_that_throttles_keep_from_being_read_are_told_in_the_first_seconds_and_until_all_are_read() {
    let mut bench = bench();
    let keys: Vec<_> = (0..100).map(key).collect();
    let first = fetched(&bench.watch(&keys));
    for (request, key) in (1..).zip(&first) {
        let result =
            if request % 2 == 0 { Err(failure(key, FailureKind::Throttled)) } else { Ok(successful(key)) };
        bench.answer(request, key, result);
    }
    assert_eq!(bench.held_back(), Some(HeldBack { waiting: 90, unread: 90, oldest: None, until: None }));
    bench.say(WatchMessage::Recorded { up_to: u64::MAX });
    let told = bench.run(600 * SECOND, |request| request % 2 == 0 && request < 300);
    let waiting: Vec<_> = told.iter().filter_map(|told| told.1).map(|held| held.waiting).collect();
    assert!(waiting.iter().all(|waiting| *waiting > 0), "{waiting:?}");
    let (begins, _, end) = spells(&told);
    assert_eq!((begins, told.last().unwrap().1), (0, None), "told once, and no more: {told:?}");
    assert!(end.is_some_and(|end| end < 400), "{end:?}");
}

#[test]
fn a_few_throttles_of_a_busy_account_are_not_what_lets_its_orders_wait() {
    let mut bench = bench();
    let keys: Vec<_> = (0..40).map(key).collect();
    bench.watch(&keys);
    for (request, key) in (1..).zip(&keys[..20]) {
        bench.answer(request, key, Ok(processing(key)));
    }
    let told = bench.run(600 * SECOND, |request| request % 50 == 0);
    let (begins, first, end) = spells(&told);
    assert!(begins <= 1 && told.last().unwrap().1.is_none(), "{begins} from {first:?}");
    // The first of them closes the account for what was sent at once at the start.
    assert!(first.zip(end).is_none_or(|(first, end)| end - first <= 12), "{first:?} to {end:?}");
}

#[test]
fn the_only_order_is_told_while_it_waits_for_a_pace_that_throttles_made_slow() {
    let mut bench = bench();
    bench.watch(&[key(1)]);
    bench.answer(1, &key(1), Ok(order(&key(1), "Submitted", &[])));
    bench.say(WatchMessage::Recorded { up_to: u64::MAX });
    let read_at = bench.now.wall;
    bench.tick_until_asked();
    bench.answer(2, &key(1), Err(failure(&key(1), FailureKind::Throttled)));
    let told = HeldBack { waiting: 1, unread: 0, oldest: Some(read_at), until: None };
    assert_eq!(bench.held_back(), Some(told));
    bench.tick_until_asked();
    assert_eq!(bench.held_back(), Some(told), "it still waits while it is asked for");
    let version = bench.watch.version();
    bench.answer(3, &key(1), Ok(order(&key(1), "Submitted", &[])));
    assert_eq!(bench.held_back(), None);
    assert!(bench.watch.version() > version);
}

#[test]
fn a_pause_that_the_service_asked_for_is_told_at_once_and_ends_with_it() {
    let mut bench = bench();
    bench.watch(&[key(1), key(2)]);
    let throttle = Failure { retry_after: Some(40 * SECOND), ..failure(&key(1), FailureKind::Throttled) };
    bench.answer(1, &key(1), Err(throttle));
    let until = Some(Moment::from_millis(40_000));
    assert_eq!(bench.held_back(), Some(HeldBack { waiting: 1, unread: 1, oldest: None, until }));
    assert_eq!(bench.watch.held_back(&[scope("prod")], bench.now), None, "of no other account");
    bench.answer(2, &key(2), Ok(successful(&key(2))));
    assert_eq!(bench.tick_until_asked(), [fetch(3, &key(1))]);
    bench.answer(3, &key(1), Ok(successful(&key(1))));
    assert_eq!(bench.held_back(), None);
}

#[test]
fn what_is_told_does_not_blink_while_half_of_all_requests_are_throttled() {
    for orders in [1, 3, 10, 40] {
        let mut bench = bench();
        let keys: Vec<_> = (0..orders).map(key).collect();
        let first = fetched(&bench.watch(&keys));
        for (request, key) in (1..).zip(&first) {
            bench.answer(request, key, Ok(processing(key)));
        }
        let told = bench.run(600 * SECOND, |request| request.wrapping_mul(0x9E37_79B9_7F4A_7C15) >> 63 == 1);
        let changes: Vec<_> = told
            .windows(2)
            .filter(|pair| pair[0].1.is_some() != pair[1].1.is_some())
            .map(|pair| (pair[1].0, pair[1].1.is_some()))
            .collect();
        let begins: Vec<_> = changes.iter().filter(|change| change.1).map(|change| change.0).collect();
        assert!(!begins.is_empty(), "{orders} orders: never told");
        assert!(begins.windows(2).all(|pair| pair[1] - pair[0] >= 60), "{orders} orders: {changes:?}");
    }
}
