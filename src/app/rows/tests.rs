use super::*;
use crate::domain::{Numbers, OrderStatus, OrderType, PhoneNumberOrder, PhoneNumberOrderId, Snapshot};
use jiff::Timestamp;

fn at(second: i64) -> Timestamp {
    Timestamp::from_second(1_800_000_000 + second).unwrap()
}

fn snapshot(status: &str, order_type: OrderType, numbers: &[&str]) -> Snapshot {
    let order = PhoneNumberOrder {
        id: PhoneNumberOrderId::parse("3f2a91c0-77aa-4e0b-9a55-0d1f5e2bc01d").unwrap(),
        product_type: None,
        status: OrderStatus::parse(status),
        order_type: Some(order_type),
        numbers: Numbers::new(numbers.iter().map(|status| ("+15035550107", *status))),
        created: None,
        updated: None,
        foc_date: None,
    };
    Snapshot::first(order, at(0))
}

#[test]
fn every_state_has_its_group_and_what_is_handled_leaves_the_first() {
    use Group::{FailedNumbers, Moving, NeedsYou, Settled, Waiting};
    let cases = [
        ("Processing", "Processing", Moving, Moving),
        ("Processing", "Failed", NeedsYou, FailedNumbers),
        ("Successful", "Acquired", Settled, Settled),
        ("Successful", "Processing", Moving, Moving),
        ("Partial", "Failed", NeedsYou, FailedNumbers),
        ("Failed", "Failed", NeedsYou, Settled),
        ("Cancelled", "Failed", NeedsYou, Settled),
        ("PendingDocuments", "Processing", NeedsYou, Waiting),
        ("Submitted", "Processing", Waiting, Waiting),
        ("FOC", "Processing", NeedsYou, Waiting),
        ("ChangeRequested", "Processing", Waiting, Waiting),
        ("Exception", "Processing", NeedsYou, Waiting),
        ("CancelRequested", "Processing", NeedsYou, Waiting),
        ("Teleported", "Processing", NeedsYou, Waiting),
    ];
    for (status, number, expected, handled) in cases {
        let mut known = snapshot(status, OrderType::Porting, &[number]);
        assert_eq!(group(Some(&known), at(1)), expected, "{status} {number}");
        known.handled = crate::domain::attention::need(&known, at(1)).map(|need| need.kind);
        assert_eq!(group(Some(&known), at(1)), handled, "{status} {number} handled");
    }
    assert_eq!(group(None, at(1)), Waiting);
}

#[test]
fn within_a_group_the_newest_change_comes_first_and_what_was_never_read_last() {
    let older = snapshot("Processing", OrderType::New, &["Processing"]);
    let mut newer = older.clone();
    newer.same_since = at(60);
    let told_by_aws = Snapshot {
        order: PhoneNumberOrder { updated: Some(at(30)), ..older.order.clone() },
        ..older.clone()
    };
    let unread = Place::of(None, at(60));
    let mut places = [unread, Place::of(Some(&older), at(60)), Place::of(Some(&newer), at(60))];
    places.sort_unstable();
    assert_eq!(places, [Place::of(Some(&newer), at(60)), Place::of(Some(&older), at(60)), unread]);
    assert!(Place::of(Some(&told_by_aws), at(60)) < Place::of(Some(&older), at(60)));
    assert!(Place::of(Some(&newer), at(60)) < Place::of(Some(&told_by_aws), at(60)));
}

#[test]
fn rows_follow_entries_that_were_removed_added_and_moved() {
    let mut rows = Rows {
        shown: vec![2, 0, 1],
        cursor: 1,
        places: vec![Some(Place::of(None, at(0))); 3],
        ..Rows::default()
    };
    let moves = moved(["a", "b", "c"].into_iter(), ["c", "new", "a"].into_iter());
    assert_eq!(moves, [Some(2), None, Some(0)]);
    rows.follow_entries(3, |old| moves[old]);
    assert_eq!((rows.shown.as_slice(), rows.cursor), (&[0, 2][..], 1));
    assert_eq!(rows.places.iter().map(Option::is_some).collect::<Vec<_>>(), [true, false, true]);
    rows.follow_entries(2, |old| (old == 0).then_some(0));
    assert_eq!((rows.shown.as_slice(), rows.cursor), (&[0][..], 0));
}
