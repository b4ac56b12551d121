use super::*;
use crate::domain::NetworkStage;

const SECOND: Duration = Duration::from_secs(1);

fn ten() -> Vec<OrderKey> {
    (0..10).map(key).collect()
}

fn orders(keys: &[OrderKey]) -> Vec<PhoneNumberOrder> {
    keys.iter().map(processing).collect()
}

/// An order as a list without numbers has it.
fn bare(key: &OrderKey) -> PhoneNumberOrder {
    order(key, "Processing", &[])
}

/// Ten orders of a small account, read once by one page.
fn swept_once() -> Bench {
    let mut bench = sweeping();
    assert_eq!(bench.watch(&ten()), [list(1, "dev", None)]);
    bench.listed(1, "dev", Ok(page(orders(&ten()), None)));
    bench.say(WatchMessage::Recorded { up_to: 0 });
    bench
}

#[test]
fn ten_orders_of_a_small_account_cost_one_request_a_round() {
    let mut bench = swept_once();
    assert!(bench.watch.iter().all(|order| order.snapshot().is_some()));
    let pace = bench.watch.pace(&key(1).scope, bench.now).unwrap();
    assert_eq!((pace.demand_per_minute, pace.swept_pages, pace.sent_last_minute), (30.0, Some(1), 1));
    for request in 2..20 {
        let before = bench.now.moment;
        assert_eq!(bench.tick_until_asked(), [list(request, "dev", None)]);
        assert!((2_000..=2_200).contains(&bench.now.moment.since(before).as_millis()));
        bench.listed(request, "dev", Ok(page(orders(&ten()), None)));
    }
}

#[test]
fn an_answer_of_a_page_is_an_answer_like_any_other() {
    let mut bench = swept_once();
    bench.tick_until_asked();
    let mut done = orders(&ten());
    done[3] = successful(&key(3));
    let effects = bench.listed(2, "dev", Ok(page(done, None)));
    assert!(matches!(&effects[..], [Effect::History(HistoryWork::Record(batch))] if batch[0].key == key(3)));
    assert_eq!(bench.poll(&key(3)), Poll::Settled);
    assert_eq!(bench.watch.activity().len(), 2, "the order and its number");
}

#[test]
fn what_the_list_does_not_carry_or_carries_without_numbers_is_asked_singly_and_not_swept_for() {
    let mut bench = sweeping();
    bench.watch(&ten());
    let mut listed = orders(&ten()[..9]);
    listed[0] = bare(&key(0));
    let effects = bench.listed(1, "dev", Ok(page(listed, None)));
    let mut singly = fetched(&effects);
    singly.sort();
    assert_eq!(singly, [key(0), key(9)]);
    bench.answer(2, &key(0), Ok(processing(&key(0))));
    bench.answer(3, &key(9), Ok(processing(&key(9))));
    bench.say(WatchMessage::Recorded { up_to: 0 });
    bench.pass(2 * SECOND + SECOND / 4);
    let round = requests(bench.say(WatchMessage::Tick));
    assert_eq!(round.len(), 3, "one page and two orders: {round:?}");
}

#[test]
fn a_list_without_any_numbers_is_useless_for_an_hour() {
    let mut bench = sweeping();
    bench.watch(&ten());
    let effects = bench.listed(1, "dev", Ok(page(ten().iter().map(bare), Some("2"))));
    assert_eq!(fetched(&effects).len(), 10);
    for (index, key) in ten().iter().enumerate() {
        bench.answer(index as u64 + 2, key, Ok(order(key, "Submitted", &[("+15035550107", "Processing")])));
    }
    bench.say(WatchMessage::AskAll);
    while bench.now.moment < Moment::from_millis(2_600_000) {
        for effect in bench.tick_until_asked() {
            let Effect::Fetch { request, key } = effect else { panic!("{effect:?}") };
            let answer = order(&key, "Submitted", &[("+15035550107", "Processing")]);
            bench.answer(request.0, &key, Ok(answer));
        }
    }
}

#[test]
fn an_account_whose_list_is_longer_than_what_is_due_is_not_swept() {
    let mut bench = sweeping();
    bench.watch(&ten()[..2]);
    let others = (100..200).map(|number| processing(&key(number)));
    let effects = bench.listed(1, "dev", Ok(page(others, Some("2"))));
    assert_eq!(fetched(&effects), ten()[..2]);
    bench.answer(2, &key(0), Ok(processing(&key(0))));
    bench.answer(3, &key(1), Ok(processing(&key(1))));
    assert_eq!(fetched(&bench.tick_until_asked()).len(), 1);
    assert_eq!(bench.watch.pace(&key(1).scope, bench.now).unwrap().swept_pages, None);
}

#[test]
fn a_refused_list_means_single_gets_and_is_told_once() {
    let mut bench = sweeping();
    bench.watch(&ten());
    let forbidden = account_failure("dev", FailureKind::Forbidden);
    assert_eq!(fetched(&bench.listed(1, "dev", Err(forbidden.clone()))), ten());
    assert_eq!(bench.watch.take_list_refusals(), [forbidden]);
    assert_eq!((bench.watch.take_list_refusals(), bench.watch.resting()), (Vec::new(), None));
}

#[test]
fn an_account_that_rests_because_of_its_list_is_news_to_the_screen() {
    let mut bench = sweeping();
    bench.watch(&ten());
    let before = bench.watch.version();
    let denied = account_failure("dev", FailureKind::Credentials);
    bench.listed(1, "dev", Err(denied.clone()));
    assert_eq!(bench.watch.resting_in(&scope("dev")), Some(&denied));
    assert_ne!(bench.watch.version(), before);
}

#[test]
fn a_throttled_page_is_asked_for_again_and_no_order_meanwhile() {
    let mut bench = swept_once();
    bench.tick_until_asked();
    bench.listed(2, "dev", Err(account_failure("dev", FailureKind::Throttled)));
    assert_eq!(bench.watch.pace(&key(1).scope, bench.now).unwrap().flow, Flow::Slowed);
    assert_eq!(bench.tick_until_asked(), [list(3, "dev", None)]);
    bench.listed(3, "dev", Ok(page(orders(&ten()), None)));
    bench.tick_after(Duration::ZERO);
    assert_eq!(bench.watch.pace(&key(1).scope, bench.now).unwrap().flow, Flow::Free);
}

#[test]
fn a_list_that_does_not_answer_while_an_order_does_is_given_up_and_its_orders_asked_within_their_interval() {
    let mut bench = swept_once();
    bench.tick_until_asked();
    let lost = WatchMessage::ListLost { request: RequestId(2), scope: scope("dev") };
    let released = fetched(&bench.say(lost));
    assert_eq!(released.len(), 1, "one finds out whether anything answers");
    bench.answer(3, &released[0], Ok(processing(&released[0])));
    assert_eq!(bench.tick_until_asked(), [list(4, "dev", None)]);
    let failed = bench.now.moment;
    bench.listed(4, "dev", Err(account_failure("dev", FailureKind::Service)));
    let mut asked = Vec::new();
    while asked.len() < 10 {
        asked.extend(fetched(&bench.tick_until_asked()));
    }
    asked.sort();
    assert_eq!(asked, ten());
    assert!(bench.now.moment.since(failed) <= 5 * SECOND, "by the pace");
}

#[test]
fn a_service_that_answers_nobody_is_asked_for_the_page_ever_more_rarely() {
    let mut bench = swept_once();
    let mut pages = Vec::new();
    let mut asked = bench.tick_until_asked();
    let began = bench.now.moment;
    while bench.now.moment.since(began) < 300 * SECOND {
        for effect in std::mem::take(&mut asked) {
            asked.extend(requests(match effect {
                Effect::Fetch { request, key } => {
                    bench.answer(request.0, &key, Err(failure(&key, FailureKind::Service)))
                }
                Effect::List { request, .. } => {
                    pages.push(bench.now.moment.since(began).as_secs());
                    bench.listed(request.0, "dev", Err(account_failure("dev", FailureKind::Service)))
                }
                other => panic!("{other:?}"),
            }));
        }
        if asked.is_empty() {
            asked = bench.tick_until_asked();
        }
    }
    assert_eq!(pages[..7], [0, 1, 3, 7, 15, 31, 61]);
}

#[test]
fn a_page_that_finds_no_network_leaves_one_probe() {
    let mut bench = swept_once();
    bench.tick_until_asked();
    let down = account_failure("dev", FailureKind::Network(NetworkStage::Name));
    assert_eq!(bench.listed(2, "dev", Err(down)), [Effect::DropConnections]);
    assert_eq!(fetched(&bench.tick_until_asked()).len(), 1);
    assert_eq!(bench.watch.next_deadline(), None);
}

#[test]
fn the_opened_order_and_what_is_asked_by_hand_have_a_request_of_their_own() {
    let mut bench = swept_once();
    bench.tick_until_asked();
    bench.say(WatchMessage::Opened(Some(key(4))));
    assert_eq!(fetched(&bench.tick_after(SECOND / 5)), [key(4)]);
    assert_eq!(fetched(&bench.say(WatchMessage::AskNow(vec![key(5)]))), [key(5)]);
    let mut done = orders(&ten());
    done[5] = successful(&key(5));
    bench.listed(2, "dev", Ok(page(done, None)));
    assert!(matches!(bench.poll(&key(5)), Poll::InFlight { .. }), "left to its own request");
}

#[test]
fn a_removal_ends_the_sweep_with_its_last_order_and_a_pause_holds_its_next_page() {
    let mut bench = swept_once();
    bench.tick_until_asked();
    assert_eq!(bench.say(WatchMessage::Remove(ten()[1..].to_vec())), []);
    assert_eq!(bench.say(WatchMessage::Remove(vec![key(0)])), [Effect::Abort(vec![RequestId(2)])]);
    assert_eq!(bench.listed(2, "dev", Ok(page(orders(&ten()), None))), []);

    let mut bench = sweeping();
    bench.watch(&ten());
    bench.say(WatchMessage::SetPaused(true));
    bench.listed(1, "dev", Ok(page(orders(&ten()[..5]), Some("2"))));
    bench.say(WatchMessage::Recorded { up_to: 0 });
    assert_eq!(bench.watch.next_deadline(), None);
    assert_eq!(bench.say(WatchMessage::SetPaused(false)), [list(2, "dev", Some("2"))]);
}

#[test]
fn after_a_suspension_a_sweep_is_dead_and_its_orders_are_spread() {
    let mut bench = swept_once();
    bench.tick_until_asked();
    let effects = bench.say(WatchMessage::Resumed);
    assert_eq!(effects, [Effect::Abort(vec![RequestId(2)]), Effect::DropConnections]);
    assert_eq!(bench.listed(2, "dev", Ok(page(orders(&ten()), None))), []);
    assert_eq!(bench.tick_until_asked(), [list(3, "dev", None)]);
}

#[test]
fn a_single_answer_that_came_after_the_page_was_asked_for_is_newer() {
    let mut bench = sweeping();
    bench.watch(&ten());
    bench.pass(SECOND / 10);
    assert_eq!(fetched(&bench.say(WatchMessage::AskNow(vec![key(5)]))), [key(5)]);
    bench.answer(2, &key(5), Ok(order(&key(5), "Partial", &[("+15035550107", "Acquired")])));
    bench.listed(1, "dev", Ok(page(orders(&ten()), None)));
    assert_eq!(bench.watch.activity().len(), 0, "it did not go back");
}

#[test]
fn a_list_that_leads_back_to_itself_ends() {
    let mut bench = sweeping();
    bench.watch(&ten());
    bench.listed(1, "dev", Ok(page(orders(&ten()), Some("2"))));
    bench.listed(2, "dev", Ok(page(orders(&ten()), Some("3"))));
    assert_eq!(bench.watch.pace(&key(1).scope, bench.now).unwrap().swept_pages, Some(2));
}

/// The page of ten orders has gone unanswered so often that it waits half a minute.
fn page_that_waits() -> Bench {
    let mut bench = swept_once();
    let mut asked = bench.tick_until_asked();
    for _ in 0..6 {
        while let [Effect::Fetch { request, key }] = &asked[..] {
            bench.answer(request.0, key, Err(failure(key, FailureKind::Service)));
            asked = bench.tick_until_asked();
        }
        let [Effect::List { request, .. }] = asked[..] else { panic!("{asked:?}") };
        asked = requests(bench.listed(request.0, "dev", Err(account_failure("dev", FailureKind::Service))));
    }
    if let [Effect::Fetch { request, key }] = &asked[..] {
        bench.answer(request.0, key, Err(failure(key, FailureKind::Service)));
    }
    bench
}

#[test]
fn a_page_that_waits_is_asked_for_at_once_when_somebody_wants_all() {
    let mut bench = page_that_waits();
    bench.pass(SECOND);
    let asked = requests(bench.say(WatchMessage::AskAll));
    assert!(asked.iter().any(|effect| matches!(effect, Effect::List { .. })), "{asked:?}");
}

#[test]
fn a_page_in_flight_keeps_no_order_from_finding_out_when_the_network_is_back() {
    let mut bench = swept_once();
    bench.tick_until_asked();
    assert_eq!(fetched(&bench.say(WatchMessage::AskNow(vec![key(3)]))), [key(3)]);
    let down = failure(&key(3), FailureKind::Network(NetworkStage::Name));
    bench.answer(3, &key(3), Err(down));
    assert_eq!(fetched(&bench.tick_until_asked()), [key(3)], "the page may hang for as long as it likes");
}

#[test]
fn a_page_that_cannot_be_read_is_asked_for_again_after_a_minute_as_it_may_be_shorter_then() {
    let mut bench = swept_once();
    bench.tick_until_asked();
    let failed = bench.now.moment;
    let mut asked = requests(bench.listed(2, "dev", Err(account_failure("dev", FailureKind::Undecodable))));
    loop {
        for effect in asked {
            match effect {
                Effect::Fetch { request, key } => {
                    bench.answer(request.0, &key, Ok(processing(&key)));
                }
                Effect::List { .. } => {
                    assert_eq!(bench.now.moment.since(failed).as_secs(), 60);
                    return;
                }
                other => panic!("{other:?}"),
            }
        }
        asked = bench.tick_until_asked();
    }
}
