use super::*;

fn at(milliseconds: u64) -> Moment {
    Moment::from_millis(milliseconds)
}

/// The moments at which `count` requests could be sent, each as early as it goes.
fn sent(pacer: &mut Pacer, from: Moment, count: usize) -> Vec<u64> {
    let mut now = from;
    (0..count)
        .map(|_| {
            now = pacer.ready_at(Urgency::First, now);
            pacer.spend(now);
            now.as_millis()
        })
        .collect()
}

#[test]
fn twenty_are_sent_at_once_and_then_two_a_second() {
    let mut pacer = Pacer::new(Rate::default(), at(0));
    let moments = sent(&mut pacer, at(0), 24);
    assert_eq!(moments[..20], [0; 20]);
    assert_eq!(moments[20..], [500, 1_000, 1_500, 2_000]);
}

#[test]
fn after_the_start_a_rest_saves_four() {
    let mut pacer = Pacer::new(Rate::default(), at(0));
    sent(&mut pacer, at(0), 20);
    assert_eq!(sent(&mut pacer, at(60_000), 6), [60_000, 60_000, 60_000, 60_000, 60_500, 61_000]);
}

#[test]
fn without_a_limit_everything_is_sent_at_once() {
    let mut pacer = Pacer::new(Rate::Unlimited, at(0));
    assert_eq!(sent(&mut pacer, at(0), 100), [0; 100]);
}

#[test]
fn nothing_is_sent_before_the_moment_that_the_service_named() {
    for (retry_after, expected) in [(5, 15_000), (60, 70_000), (1_000_000_000, 70_000)] {
        let mut pacer = Pacer::new(Rate::default(), at(0));
        pacer.hold(Duration::from_secs(retry_after), at(10_000));
        for urgency in [Urgency::Schedule, Urgency::Person] {
            assert_eq!(pacer.ready_at(urgency, at(10_000)), at(expected), "{retry_after} s");
        }
        assert_eq!(pacer.held_until(at(10_000)), Some(at(expected)));
        assert_eq!(sent(&mut pacer, at(expected), 2), [expected, expected + 500], "no burst afterwards");
    }
}

#[test]
fn a_shorter_promise_does_not_undo_a_longer_one() {
    let mut pacer = Pacer::new(Rate::default(), at(0));
    pacer.hold(Duration::from_secs(30), at(0));
    pacer.hold(Duration::from_secs(1), at(0));
    assert_eq!(pacer.held_until(at(0)), Some(at(30_000)));
    assert_eq!(pacer.held_until(at(30_000)), None);
}

#[test]
fn while_a_throttled_order_waits_the_account_is_asked_as_its_orders_add_up_to() {
    let mut pacer = Pacer::new(Rate::default(), at(0));
    pacer.refresh(Load { demand: 0.1, throttled: 0, ..Load::default() }, at(0));
    assert_eq!(sent(&mut pacer, at(0), 1), [0]);
    pacer.refresh(Load { demand: 0.1, throttled: 1, ..Load::default() }, at(0));
    assert_eq!(sent(&mut pacer, at(0), 3), [10_000, 20_000, 30_000]);
    pacer.refresh(Load { demand: 0.1, throttled: 0, ..Load::default() }, at(30_000));
    assert_eq!(sent(&mut pacer, at(30_000), 2), [30_000, 30_500]);
}

#[test]
fn what_was_sent_faster_before_a_throttle_is_paid_back_for_at_most_a_minute() {
    for (before, expected) in [(3, 30_000), (20, 70_000)] {
        let mut pacer = Pacer::new(Rate::default(), at(0));
        pacer.refresh(Load { demand: 0.1, throttled: 0, ..Load::default() }, at(0));
        assert_eq!(sent(&mut pacer, at(0), before), vec![0; before]);
        pacer.refresh(Load { demand: 0.1, throttled: 1, ..Load::default() }, at(0));
        assert_eq!(pacer.ready_at(Urgency::Schedule, at(0)), at(expected), "{before}");
        assert_eq!(pacer.ready_at(Urgency::Person, at(0)), at(0), "a person does not wait for it");
    }
}

#[test]
fn a_person_borrows_four_and_the_schedule_pays_them_back() {
    let mut pacer = Pacer::new(Rate::default(), at(0));
    sent(&mut pacer, at(0), 20);
    for _ in 0..4 {
        assert_eq!(pacer.ready_at(Urgency::Person, at(0)), at(0));
        pacer.spend(at(0));
    }
    assert_eq!(pacer.ready_at(Urgency::Person, at(0)), at(500));
    assert_eq!(pacer.ready_at(Urgency::Schedule, at(0)), at(2_500));
}

#[test]
fn a_rate_is_a_number_from_nought() {
    assert_eq!(Rate::new(0.0), Some(Rate::Unlimited));
    assert_eq!(Rate::new(0.5), Some(Rate::PerSecond(0.5)));
    for no_rate in [-1.0, f64::NAN, f64::INFINITY] {
        assert_eq!(Rate::new(no_rate), None);
    }
}

#[test]
fn the_schedule_keeps_close_to_what_the_orders_ask_for_and_first_looks_go_as_fast_as_the_rate() {
    for rate in [Rate::PerSecond(100.0), Rate::Unlimited] {
        let mut pacer = Pacer::new(rate, at(0));
        pacer.refresh(Load { demand: 8.0, throttled: 0, ..Load::default() }, at(0));
        let mut now = at(0);
        for _ in 0..100 {
            now = pacer.ready_at(Urgency::Schedule, now);
            pacer.spend(now);
        }
        assert_eq!(now, at(10_000), "{rate:?}: a fifth more than 8 a second, after the 4 that were saved");
        assert!(pacer.ready_at(Urgency::First, now) <= at(10_000), "{rate:?}");
    }
}

#[test]
fn a_joined_pacer_knows_what_either_knew() {
    let (mut one, mut other) = (Pacer::new(Rate::default(), at(0)), Pacer::new(Rate::default(), at(0)));
    sent(&mut other, at(0), 20);
    other.hold(Duration::from_secs(3), at(0));
    one.join(&other, at(0));
    assert_eq!(sent(&mut one, at(0), 2), [3_000, 4_000]);
}

#[test]
fn the_only_order_of_a_slowed_account_is_asked_again_within_half_a_minute() {
    let mut pacer = Pacer::new(Rate::default(), at(0));
    pacer.refresh(Load { demand: 1.0 / 900.0, beyond: 0.0, throttled: 1 }, at(0));
    pacer.spend(at(0));
    assert_eq!(pacer.ready_at(Urgency::Schedule, at(0)), at(30_000));
}
