use super::*;

fn at(seconds: u64) -> Moment {
    Moment::from_millis(seconds * 1_000)
}

fn length(pages: usize, orders: usize) -> Length {
    Length { pages, orders }
}

#[test]
fn a_walk_needs_more_due_orders_than_pages_and_a_tenth_of_the_list() {
    let cases = [
        (length(1, 10), 10, true),
        (length(1, 10), 2, true),
        (length(1, 10), 1, false),
        (length(1, 100), 10, true),
        (length(1, 100), 9, false),
        (length(10, 1_000), 1_000, true),
        (length(10, 1_000), 100, true),
        (length(10, 1_000), 99, false),
        (length(12, 110), 11, false),
        (length(12, 110), 12, false),
        (length(12, 110), 13, true),
        (length(1_000, 100_000), 1_000, false),
        (length(0, 0), 1, true),
    ];
    for (whole, due, walks) in cases {
        let mut list = List::default();
        list.is_read(whole, at(0));
        assert_eq!(list.plan(due, at(1)) != Plan::Singly, walks, "{whole:?} {due}");
        assert_eq!(due >= list.least_due(at(1)).unwrap(), walks, "{whole:?} {due}");
    }
}

#[test]
fn an_unknown_list_is_walked_for_at_most_half_as_many_pages_as_orders_are_due() {
    let list = List::default();
    assert_eq!(list.plan(1, at(0)), Plan::Singly);
    assert_eq!(list.plan(2, at(0)), Plan::Walk(length(1, 20)));
    assert_eq!(list.plan(1_000, at(0)), Plan::Walk(length(500, 10_000)));
    assert_eq!(list.least_due(at(0)), None);
}

#[test]
fn a_list_that_proved_too_long_is_tried_again_only_for_more_orders_or_after_an_hour() {
    let mut list = List::default();
    list.goes_on(length(5, 500), at(0));
    assert_eq!(list.plan(10, at(1)), Plan::Singly);
    assert_eq!(list.plan(50, at(1)), Plan::Singly, "a tenth of at least 501");
    assert_eq!(list.plan(51, at(1)), Plan::Walk(length(25, 510)));
    assert_eq!(list.plan(10, at(3_601)), Plan::Walk(length(5, 100)));
}

#[test]
fn a_refused_list_is_left_alone_for_an_hour_and_a_silent_one_ever_longer() {
    let mut list = List::default();
    list.is_read(length(1, 10), at(0));
    list.bar(at(0));
    assert_eq!((list.plan(10, at(3_599)), list.length(at(3_599))), (Plan::Singly, None));
    list.is_read(length(1, 10), at(3_600));
    assert_ne!(list.plan(10, at(3_600)), Plan::Singly);
    for (failed, until) in [(4_000, 4_060), (5_000, 5_120), (6_000, 6_240)] {
        list.fails(at(failed));
        assert_eq!(list.plan(10, at(until - 1)), Plan::Singly);
        assert_ne!(list.plan(10, at(until)), Plan::Singly);
    }
}

#[test]
fn a_thousand_fresh_orders_ask_for_ten_requests_a_round_and_ten_of_a_small_account_for_one() {
    let second = Duration::from_secs(1);
    let per_second = |intervals: &[(Duration, u32)], walk| {
        demand(intervals.iter().map(|(each, count)| (each, count)), walk)
    };
    let thousand = Some((length(10, 1_000), 100));
    let cases = [
        (vec![(2 * second, 1_000)], None, 500.0),
        (vec![(2 * second, 1_000)], thousand, 5.0),
        (vec![(2 * second, 10)], Some((length(1, 10), 2)), 0.5),
        (vec![(2 * second, 1)], Some((length(1, 10), 2)), 0.5),
        // Ten are too few for a walk: it is the others that bring it about.
        (vec![(2 * second, 10), (120 * second, 990)], thousand, 5.0 + 10.0 / 120.0),
        // A walk every two seconds would cost more than asking singly.
        (vec![(900 * second, 110)], Some((length(109, 900), 110)), 109.0 / 900.0),
    ];
    for (intervals, walk, expected) in cases {
        let told = per_second(&intervals, walk);
        assert!((told - expected).abs() < 1e-9, "{intervals:?} {walk:?}: {told}");
    }
}
