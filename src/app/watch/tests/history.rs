use super::*;
use crate::domain::change::Observation;
use crate::domain::snapshot::Interval;
use crate::domain::{ChangeKind, NeedKind};

const SECOND: Duration = Duration::from_secs(1);

fn change(sequence: u64, key: &OrderKey, after: i64, by: i64, kind: ChangeKind) -> Change {
    Change { sequence, key: key.clone(), kind, seen: Interval { after: Some(wall(after)), by: wall(by) } }
}

fn number_acquired() -> ChangeKind {
    ChangeKind::Number {
        number: "+15035550107".into(),
        from: NumberStatus::Processing,
        to: NumberStatus::Acquired,
    }
}

/// An order that was read once and whose second request is in flight after two seconds and a bit.
fn in_flight_again(bench: &mut Bench) -> i64 {
    bench.watch(&[key(1)]);
    bench.answer(1, &key(1), Ok(processing(&key(1))));
    bench.say(WatchMessage::Recorded { up_to: 0 });
    bench.tick_at_deadline();
    i64::try_from(bench.now.moment.as_millis()).unwrap()
}

#[test]
fn a_first_look_is_recorded_without_changes() {
    let mut bench = bench();
    bench.watch(&[key(1)]);
    let snapshot = Arc::new(Snapshot::first(processing(&key(1)), wall(0)));
    assert_eq!(
        bench.answer(1, &key(1), Ok(processing(&key(1)))),
        [Effect::History(HistoryWork::Record(vec![Observation {
            key: key(1),
            snapshot,
            changes: Vec::new()
        }]))]
    );
    assert_eq!((bench.watch.unsaved(), bench.watch.activity().len()), (0, 0));
}

#[test]
fn a_change_is_shown_at_once_and_unsaved_until_it_is_recorded() {
    let mut bench = bench();
    let by = in_flight_again(&mut bench);
    let effects = bench.answer(2, &key(1), Ok(successful(&key(1))));
    let changes = vec![
        change(
            1,
            &key(1),
            0,
            by,
            ChangeKind::Order { from: OrderStatus::Processing, to: OrderStatus::Successful },
        ),
        change(2, &key(1), 0, by, number_acquired()),
    ];
    let snapshot = bench.watch.get(&key(1)).unwrap().snapshot().unwrap().clone();
    let observation = Observation { key: key(1), snapshot, changes: changes.clone() };
    assert_eq!(effects, [Effect::History(HistoryWork::Record(vec![observation]))]);
    assert_eq!(bench.watch.activity(), &changes);
    assert_eq!((bench.watch.unsaved(), bench.watch.saving()), (2, Saving::Sent));
    assert_eq!(bench.say(WatchMessage::Recorded { up_to: 2 }), []);
    assert_eq!((bench.watch.unsaved(), bench.watch.saving()), (0, Saving::Idle));
}

#[test]
fn what_could_not_be_recorded_is_kept_and_tried_again_with_what_came_since() {
    let mut bench = bench();
    in_flight_again(&mut bench);
    let failed = bench.answer(2, &key(1), Ok(successful(&key(1))));
    let why = Text::from("history.db: no space left on the device");
    bench.say(WatchMessage::NotRecorded { why: why.clone() });
    let retry = bench.now.moment.plus(5 * SECOND);
    assert_eq!(
        (bench.watch.unsaved(), bench.watch.saving(), bench.watch.trouble()),
        (2, Saving::Failed { retry }, Some(&why))
    );
    assert_eq!(bench.watch(&[key(2)]), [fetch(3, &key(2))]);
    assert_eq!(bench.answer(3, &key(2), Ok(successful(&key(2)))), [], "not before the retry");
    assert_eq!(bench.watch.next_deadline(), Some(retry));
    let again = bench.tick_at_deadline();
    let (Effect::History(HistoryWork::Record(first)), [Effect::History(HistoryWork::Record(batch))]) =
        (&failed[0], again.as_slice())
    else {
        panic!("{failed:?} {again:?}")
    };
    assert_eq!((&batch[0], &batch[1].key, batch.len()), (&first[0], &key(2), 2));
    bench.say(WatchMessage::Recorded { up_to: 2 });
    assert_eq!((bench.watch.unsaved(), bench.watch.next_deadline(), bench.watch.trouble()), (0, None, None));
}

#[test]
fn a_change_that_is_not_recorded_yet_is_not_seen_again_when_its_order_comes_back() {
    let mut bench = bench();
    in_flight_again(&mut bench);
    let recorded = bench.watch.get(&key(1)).unwrap().snapshot().cloned();
    bench.answer(2, &key(1), Ok(order(&key(1), "Partial", &[("+15035550107", "Failed")])));
    bench.say(WatchMessage::NotRecorded { why: "no space".into() });
    bench.say(WatchMessage::Remove(vec![key(1)]));
    bench.say(WatchMessage::Add(vec![key(1)]));
    assert_eq!(bench.say(WatchMessage::Known(vec![(key(1), recorded)])), [fetch(3, &key(1))]);
    bench.answer(3, &key(1), Ok(order(&key(1), "Partial", &[("+15035550107", "Failed")])));
    assert_eq!((bench.watch.unsaved(), bench.watch.activity().len()), (2, 2));
}

#[test]
fn what_is_observed_while_a_batch_is_on_its_way_joins_the_next() {
    let mut bench = bench();
    bench.watch(&[key(1), key(2)]);
    assert_eq!(bench.answer(1, &key(1), Ok(successful(&key(1)))).len(), 1);
    assert_eq!(bench.answer(2, &key(2), Ok(successful(&key(2)))), []);
    let next = bench.say(WatchMessage::Recorded { up_to: 0 });
    let snapshot = Arc::new(Snapshot::first(successful(&key(2)), wall(0)));
    let observation = Observation { key: key(2), snapshot, changes: Vec::new() };
    assert_eq!(next, [Effect::History(HistoryWork::Record(vec![observation]))]);
}

#[test]
fn at_the_end_the_history_gets_what_no_batch_holds_and_the_last_seen_times() {
    let mut bench = bench();
    in_flight_again(&mut bench);
    bench.answer(2, &key(1), Ok(processing(&key(1))));
    let read = bench.now.wall;
    bench.watch(&[key(2), key(3)]);
    bench.answer(3, &key(2), Ok(successful(&key(2))));
    bench.answer(4, &key(3), Ok(successful(&key(3))));
    let snapshot = bench.watch.get(&key(3)).unwrap().snapshot().unwrap().clone();
    assert_eq!(
        bench.watch.finish(),
        [
            Effect::History(HistoryWork::Record(vec![Observation {
                key: key(3),
                snapshot,
                changes: Vec::new()
            }])),
            Effect::History(HistoryWork::Touch(vec![(key(1), read)])),
        ]
    );
}

#[test]
fn unchanged_answers_are_kept_together_once_a_minute() {
    let mut bench = bench();
    let keys = [key(1), key(2)];
    bench.watch(&keys);
    for (request, key) in [(1, &keys[0]), (2, &keys[1])] {
        bench.answer(request, key, Ok(order(key, "Submitted", &[])));
        bench.say(WatchMessage::Recorded { up_to: 0 });
    }
    assert_eq!(bench.say(WatchMessage::AskNow(keys.to_vec())), [fetch(3, &keys[0]), fetch(4, &keys[1])]);
    bench.pass(SECOND);
    assert_eq!(bench.answer(3, &keys[0], Ok(order(&keys[0], "Submitted", &[]))), []);
    bench.pass(SECOND);
    assert_eq!(bench.answer(4, &keys[1], Ok(order(&keys[1], "Submitted", &[]))), []);
    let touched = vec![(keys[0].clone(), wall(1_000)), (keys[1].clone(), wall(2_000))];
    assert_eq!(bench.tick_at_deadline(), [Effect::History(HistoryWork::Touch(touched))]);
    assert_eq!(bench.now.moment, Moment::from_millis(61_000));
}

#[test]
fn an_older_updated_timestamp_renews_the_age_and_never_the_state() {
    let mut bench = bench();
    let newer = PhoneNumberOrder { updated: Some(wall(-1_000)), ..processing(&key(1)) };
    let older = PhoneNumberOrder { updated: Some(wall(-9_000)), ..successful(&key(1)) };
    bench.watch(&[key(1)]);
    bench.answer(1, &key(1), Ok(newer.clone()));
    bench.say(WatchMessage::Recorded { up_to: 0 });
    bench.tick_at_deadline();
    assert_eq!(bench.answer(2, &key(1), Ok(older)), []);
    let mut expected = Snapshot::first(newer, wall(0));
    expected.read_at = bench.now.wall;
    assert_eq!(**bench.watch.get(&key(1)).unwrap().snapshot().unwrap(), expected);
}

#[test]
fn what_happened_while_the_program_was_away_is_counted_from_the_first_answers() {
    let mut bench = bench();
    let keys = [key(1), key(2), key(3)];
    let known = |key: &OrderKey, order, at| (key.clone(), Some(Arc::new(Snapshot::first(order, wall(at)))));
    bench.say(WatchMessage::Add(keys.to_vec()));
    assert_eq!(bench.watch.away(), None);
    bench.say(WatchMessage::Known(vec![
        known(&keys[0], processing(&keys[0]), -90_000),
        known(&keys[1], processing(&keys[1]), -80_000),
        known(&keys[2], successful(&keys[2]), -99_000),
    ]));
    let away = |changes, outstanding| Some(Away { since: wall(-80_000), changes, outstanding });
    assert_eq!(bench.watch.away(), away(0, 2));
    bench.answer(1, &keys[0], Ok(successful(&keys[0])));
    assert_eq!(bench.watch.away(), away(2, 1));
    bench.say(WatchMessage::Remove(vec![keys[1].clone()]));
    assert_eq!(bench.watch.away(), away(2, 0));
    assert_eq!(bench.poll(&keys[2]), Poll::Settled, "what was settled is not asked");
}

#[test]
fn what_is_handled_is_kept_and_not_undone_by_what_still_waits_to_be_recorded() {
    let mut bench = bench();
    bench.watch(&[key(1), key(2)]);
    bench.answer(1, &key(1), Ok(successful(&key(1))));
    bench.answer(2, &key(2), Ok(order(&key(2), "Failed", &[])));
    assert_eq!(
        bench.say(WatchMessage::ToggleHandled(key(2))),
        [Effect::History(HistoryWork::SetHandled(key(2), Some(NeedKind::Failed)))]
    );
    let next = bench.say(WatchMessage::Recorded { up_to: 0 });
    let mut snapshot = Snapshot::first(order(&key(2), "Failed", &[]), wall(0));
    snapshot.handled = Some(NeedKind::Failed);
    let observation = Observation { key: key(2), snapshot: Arc::new(snapshot), changes: Vec::new() };
    assert_eq!(next, [Effect::History(HistoryWork::Record(vec![observation]))]);
    assert_eq!(
        bench.say(WatchMessage::ToggleHandled(key(2))),
        [Effect::History(HistoryWork::SetHandled(key(2), None))]
    );
    assert_eq!(bench.say(WatchMessage::ToggleHandled(key(1))), [], "it needs nobody");
}

#[test]
fn the_activity_of_a_run_keeps_the_latest_thousand() {
    let mut bench = bench();
    bench.watch(&[key(1)]);
    for request in 1..=600 {
        let state = if request % 2 == 0 { "Acquired" } else { "Processing" };
        let numbers: Vec<_> = ["+15035550101", "+15035550102"].map(|number| (number, state)).into();
        bench.answer(request, &key(1), Ok(order(&key(1), "Processing", &numbers)));
        bench.say(WatchMessage::Recorded { up_to: 2 * request });
        bench.tick_at_deadline();
    }
    let activity = bench.watch.activity();
    assert_eq!(activity.len(), ACTIVITY_KEPT);
    assert_eq!(activity.back().map(|change| change.sequence), Some(2 * 599));
    assert_eq!(bench.watch.unsaved(), 0);
}

#[test]
fn while_a_change_is_pending_the_orders_age_waits_and_each_observation_keeps_its_snapshot() {
    let mut bench = bench();
    in_flight_again(&mut bench);
    let failed = |bench: &mut Bench| bench.say(WatchMessage::NotRecorded { why: "no space".into() });
    bench.answer(2, &key(1), Ok(order(&key(1), "Teleported", &[])));
    let first = bench.watch.get(&key(1)).unwrap().snapshot().unwrap().clone();
    failed(&mut bench);
    bench.say(WatchMessage::AskNow(vec![key(1)]));
    bench.answer(3, &key(1), Ok(order(&key(1), "Processing", &[])));
    let second = bench.watch.get(&key(1)).unwrap().snapshot().unwrap().clone();
    let (mut batches, mut request) = (Vec::new(), 4);
    while bench.now.moment < Moment::from_millis(120_000) {
        for effect in bench.tick_at_deadline() {
            match effect {
                Effect::Fetch { .. } => {
                    bench.answer(request, &key(1), Ok(order(&key(1), "Processing", &[])));
                    request += 1;
                }
                Effect::History(HistoryWork::Record(batch)) => {
                    batches.push(batch);
                    failed(&mut bench);
                }
                other => panic!("{other:?}"),
            }
        }
    }
    for batch in &batches {
        let snapshots: Vec<_> = batch.iter().map(|observation| &observation.snapshot).collect();
        assert_eq!(snapshots, [&first, &second]);
    }
    assert!(batches.len() > 10, "tried every five seconds");
    assert!(matches!(bench.watch.finish().as_slice(), [Effect::History(HistoryWork::Record(_))]));
}

#[test]
fn a_settled_order_that_was_asked_for_is_asked_again_until_it_is_answered() {
    let kinds = [
        (FailureKind::Throttled, 30),
        (FailureKind::Service, 30),
        (FailureKind::Timeout, 30),
        (FailureKind::Undecodable, 300),
    ];
    for (kind, wait) in kinds {
        let mut bench = bench();
        let known = Snapshot::first(successful(&key(1)), wall(-60_000));
        bench.say(WatchMessage::Add(vec![key(1)]));
        bench.say(WatchMessage::Known(vec![(key(1), Some(Arc::new(known)))]));
        assert_eq!(bench.poll(&key(1)), Poll::Settled);
        assert_eq!(bench.say(WatchMessage::AskNow(vec![key(1)])), [fetch(1, &key(1))]);
        let again = bench.answer(1, &key(1), Err(failure(&key(1), kind)));
        let again = if requests(again.clone()).is_empty() { bench.tick_until_asked() } else { again };
        assert_eq!(again, [fetch(2, &key(1))], "{kind:?}");
        let waited = bench.now.moment.since(Moment::START).as_secs();
        assert!((wait..=wait + wait / 10).contains(&waited), "{kind:?}: {waited} s");
        bench.answer(2, &key(1), Ok(successful(&key(1))));
        assert_eq!(bench.poll(&key(1)), Poll::Settled);
    }
}

#[test]
fn all_changes_of_a_page_are_told_however_many_they_are() {
    let mut bench = bench();
    let numbers: Vec<_> = (0..50).map(|number| format!("+150355501{number:02}")).collect();
    let each = |status: &'static str| numbers.iter().map(move |number| (number.as_str(), status));
    let with = |number: u32, status: &str, numbers: Vec<(&str, &str)>| order(&key(number), status, &numbers);
    let keys: Vec<_> = (1..=40).map(key).collect();
    bench.say(WatchMessage::Add(keys));
    let known = |number| {
        let order = with(number, "Processing", each("Processing").collect());
        (key(number), Some(Arc::new(Snapshot::first(order, wall(-1_000)))))
    };
    bench.say(WatchMessage::SetPaused(true));
    bench.say(WatchMessage::Known((1..=40).map(known).collect()));
    let request = requests(bench.say(WatchMessage::Browse(Some(scope("dev")))));
    assert_eq!(request, [list(1, "dev", None)]);
    let orders = (1..=40).map(|number| with(number, "Successful", each("Acquired").collect()));
    bench.listed(1, "dev", Ok(page(orders, None)));
    assert_eq!((bench.watch.oldest_kept(), bench.watch.activity().len()), (1, 40 * 51));
}
