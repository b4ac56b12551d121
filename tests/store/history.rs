//! The history read back, and two instances that see the same.

use super::{at, first, id, key, order, places, renewed};
use chimewatch::domain::snapshot::{Detail, Since};
use chimewatch::domain::{
    Change, ChangeKind, FocDate, Interval, NeedKind, NumberStatus, Numbers, OrderKey, OrderStatus, OrderType,
    PhoneNumberOrder, PhoneNumberOrderId, ProductType, Scope, Snapshot,
};
use chimewatch::store::{ChangeFilter, Demand, History, Outline, Reader, Record};
use std::path::Path;
use std::sync::Arc;

pub(crate) fn open(path: &Path) -> History {
    let opened = History::open(path, at(0)).unwrap();
    assert_eq!(opened.notice, None);
    opened.history
}

pub(crate) fn reader(path: &Path) -> Reader {
    Reader::open(path).unwrap().unwrap()
}

pub(crate) fn whole(path: &Path, key: &OrderKey) -> Snapshot {
    reader(path).whole(std::slice::from_ref(key), &mut || false).unwrap().remove(0).1
}

fn all(path: &Path) -> Vec<Change> {
    reader(path).changes(ChangeFilter::default()).unwrap()
}

fn rich() -> Snapshot {
    let order = PhoneNumberOrder {
        id: PhoneNumberOrderId::parse("ABC12345-de67-89f0-123g-h45i678j9012").unwrap(),
        product_type: Some(ProductType::VoiceConnector),
        status: OrderStatus::parse("Teleported\u{1b}\"'"),
        order_type: Some(OrderType::Porting),
        numbers: Numbers::new([
            ("+15035550107", "Acquired"),
            ("odd \"\u{202e}\n", "Processing"),
            ("+15035550107", "Unheard"),
            ("15035550108", "Failed"),
        ]),
        created: Some(at(-5000)),
        updated: Some(at(-50)),
        foc_date: Some(FocDate::new("2026-11-28 or so")),
    };
    let mut snapshot = Snapshot::first(order, at(0));
    snapshot.read_at = at(9);
    snapshot.state_since = Interval { after: Some(at(3)), by: at(5) };
    snapshot.same_since = at(5);
    snapshot.foc_moved = Some(Interval { after: Some(at(1)), by: at(2) });
    snapshot.handled = Some(NeedKind::FocMoved);
    snapshot.numbers_since[1] = Since::new(Interval { after: Some(at(4)), by: at(5) });
    snapshot
}

#[test]
fn a_snapshot_comes_back_whole_and_its_outline_without_the_numbers() {
    let directory = tempfile::tempdir().unwrap();
    let path = places(directory.path()).history();
    assert!(Reader::open(&path).unwrap().is_none(), "nothing was recorded yet");
    let bare = OrderKey {
        scope: Arc::new(Scope {
            profile: None,
            region: "eu-west-1".into(),
            endpoint: Some("http://127.0.0.1:1".into()),
        }),
        id: rich().order.id,
    };
    let other = OrderKey { scope: super::scope(), id: bare.id };
    let plain = Snapshot::first(order(1, "Processing", &[]), at(1));
    let mut history = open(&path);
    history.record(&[first(&bare, &rich()), first(&key(1), &plain)]).unwrap();

    let lower = PhoneNumberOrderId::parse("abc12345-de67-89f0-123g-h45i678j9012").unwrap();
    let asked = [key(1), other, OrderKey { id: lower, ..bare.clone() }, key(2)];
    let reader = reader(&path);
    let expected = vec![(key(1), plain.clone()), (bare.clone(), rich())];
    let found = reader.whole(&asked, &mut || false).unwrap();
    assert_eq!(found, expected);
    assert_eq!(found[1].1.order.id.to_string(), "ABC12345-de67-89f0-123g-h45i678j9012");

    let outline = |snapshot: Snapshot| Snapshot {
        detail: Detail::Outline,
        numbers_since: Box::default(),
        order: PhoneNumberOrder { numbers: Numbers::default(), ..snapshot.order },
        ..snapshot
    };
    let outlines = vec![(key(1), outline(plain)), (asked[2].clone(), outline(rich()))];
    let read = |named| {
        let mut found = Asked { keys: asked.to_vec(), named, late: false, found: Vec::new() }.read(&reader);
        found.sort_unstable_by_key(|(key, _)| asked.iter().position(|each| each == key));
        found.into_iter().map(|(key, outline)| (key, Arc::unwrap_or_clone(outline))).collect::<Vec<_>>()
    };
    assert_eq!([read(Named::Before), read(Named::After)], [outlines.clone(), outlines.clone()]);
    let many = (10..40).map(|number| first(&key(number), &Snapshot::first(order(number, "FOC", &[]), at(3))));
    history.record(&many.collect::<Vec<_>>()).unwrap();
    assert_eq!(
        [read(Named::Before), read(Named::After)],
        [outlines.clone(), outlines],
        "looked up one by one"
    );
    assert_eq!(reader.last_seen().unwrap(), Some(at(9)));
}

/// Somebody who waits for these orders.
struct Asked {
    keys: Vec<OrderKey>,
    named: Named,
    late: bool,
    found: Vec<Outline>,
}

impl Asked {
    fn read(mut self, reader: &Reader) -> Vec<Outline> {
        reader.outlines(&mut self).unwrap();
        self.found
    }
}

/// When it is said which orders are wanted.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Named {
    /// Before the first row is read.
    Before,
    /// When there is nothing more to read ahead.
    After,
}

impl Demand for Asked {
    fn named(&mut self) -> Option<Vec<OrderKey>> {
        (self.named == Named::Before).then(|| self.keys.clone())
    }

    fn wait(&mut self) -> Option<Vec<OrderKey>> {
        Some(self.keys.clone())
    }

    fn take(&mut self, found: Vec<Outline>) {
        self.found.extend(found);
    }

    fn is_late(&mut self) -> bool {
        self.late
    }
}

#[test]
fn reading_stops_when_it_is_late_or_nobody_waits() {
    let directory = tempfile::tempdir().unwrap();
    let path = places(directory.path()).history();
    let keys: Vec<_> = (0..200).map(key).collect();
    let records: Vec<_> = (0..200)
        .map(|number| first(&key(number), &Snapshot::first(order(number, "FOC", &[]), at(3))))
        .collect();
    open(&path).record(&records).unwrap();
    let reader = reader(&path);
    let late = |named| Asked { keys: keys.clone(), named, late: true, found: Vec::new() };
    let (outlines, whole) = (late(Named::Before).read(&reader), reader.whole(&keys, &mut || true));
    for found in [outlines.len(), whole.unwrap().len()] {
        assert!((1..200).contains(&found), "{found}");
    }
    // What was read before anybody said what is wanted is there already.
    assert_eq!(late(Named::After).read(&reader).len(), 200);
}

#[test]
fn every_kind_of_change_comes_back_in_its_order() {
    let directory = tempfile::tempdir().unwrap();
    let path = places(directory.path()).history();
    let mut history = open(&path);
    let known = Snapshot::first(order(1, "Processing", &["Processing", "Processing"]), at(0));
    assert_eq!(history.record(&[first(&key(1), &known)]).unwrap(), []);
    let mut next = order(1, "FOC", &["Acquired"]);
    next.foc_date = Some(FocDate::new("2026-11-28"));
    let (known, record) = renewed(&key(1), &known, next, at(5));
    let recorded = history.record(&[record]).unwrap();
    let (_, record) = renewed(&key(1), &known, order(1, "Successful", &["Acquired", "Failed"]), at(9));
    let later = history.record(&[record]).unwrap();
    let number = |text: &str| text.into();
    let (by_5, by_9) =
        (Interval { after: Some(at(0)), by: at(5) }, Interval { after: Some(at(5)), by: at(9) });
    let change = |sequence, kind, seen| Change { sequence, key: key(1), kind, seen };
    let foc = Some(FocDate::new("2026-11-28"));
    let (processing, acquired) = (NumberStatus::Processing, NumberStatus::Acquired);
    let expected = vec![
        change(1, ChangeKind::Order { from: OrderStatus::Processing, to: OrderStatus::Foc }, by_5),
        change(2, ChangeKind::FocDate { from: None, to: foc.clone() }, by_5),
        change(
            3,
            ChangeKind::Number { number: number("+15035550100"), from: processing.clone(), to: acquired },
            by_5,
        ),
        change(4, ChangeKind::NumberGone { number: number("+15035550101"), status: processing }, by_5),
        change(5, ChangeKind::Order { from: OrderStatus::Foc, to: OrderStatus::Successful }, by_9),
        change(6, ChangeKind::FocDate { from: foc, to: None }, by_9),
        change(
            7,
            ChangeKind::NumberAppeared { number: number("+15035550101"), status: NumberStatus::Failed },
            by_9,
        ),
    ];
    assert_eq!([recorded, later].concat(), expected);
    assert_eq!(all(&path), expected);
    let reader = reader(&path);
    let filtered = |filter: ChangeFilter<'_>| reader.changes(filter).unwrap();
    assert_eq!(filtered(ChangeFilter { limit: Some(2), ..ChangeFilter::default() }), expected[5..]);
    assert_eq!(filtered(ChangeFilter { since: Some(at(6)), ..ChangeFilter::default() }), expected[4..]);
    let (one, two) = ([key(1)], [key(2)]);
    assert_eq!(filtered(ChangeFilter { keys: Some(&two), ..ChangeFilter::default() }), []);
    assert_eq!(
        filtered(ChangeFilter { keys: Some(&one), limit: Some(1), ..ChangeFilter::default() }),
        expected[6..]
    );
    // However many orders are asked about, a page ends where the one before it began.
    let many: Vec<_> = (1..200).map(key).collect();
    for keys in [one.as_slice(), &many] {
        let page = ChangeFilter { keys: Some(keys), before: Some(6), limit: Some(3), since: None };
        assert_eq!(filtered(page), expected[2..5]);
    }
    let others = ChangeFilter { keys: Some(&many[1..]), limit: Some(3), ..ChangeFilter::default() };
    assert_eq!(filtered(others), []);
    assert_eq!(reader.last_sequence().unwrap(), 7);
}

#[test]
fn two_instances_that_see_the_same_change_record_it_once() {
    let directory = tempfile::tempdir().unwrap();
    let path = places(directory.path()).history();
    let (mut one, mut two) = (open(&path), open(&path));
    let known = Snapshot::first(order(1, "Processing", &["Processing"]), at(0));
    one.record(&[first(&key(1), &known)]).unwrap();
    let done = || order(1, "Successful", &["Acquired"]);
    let (_, seen_by_one) = renewed(&key(1), &known, done(), at(5));
    let (_, seen_by_two) = renewed(&key(1), &known, done(), at(6));
    let (_, seen_late) = renewed(&key(1), &known, done(), at(4));
    let recorded = one.record(std::slice::from_ref(&seen_by_one)).unwrap();
    assert_eq!(recorded.len(), 2);
    for again in [seen_by_two, seen_late, seen_by_one] {
        assert_eq!(two.record(&[again]).unwrap(), []);
    }
    assert_eq!(all(&path), recorded);
    let stored = whole(&path, &key(1));
    assert_eq!((stored.read_at, stored.state_since), (at(6), Interval { after: Some(at(0)), by: at(5) }));
}

#[test]
fn an_observation_on_an_older_row_is_compared_with_the_file_again() {
    let directory = tempfile::tempdir().unwrap();
    let path = places(directory.path()).history();
    let (mut one, mut two) = (open(&path), open(&path));
    let known = Snapshot::first(order(1, "Processing", &["Processing"]), at(0));
    one.record(&[first(&key(1), &known)]).unwrap();
    let (_, partial) = renewed(&key(1), &known, order(1, "Partial", &["Failed"]), at(5));
    one.record(&[partial]).unwrap();
    let (_, acquired) = renewed(&key(1), &known, order(1, "Successful", &["Failed"]), at(9));
    let recorded = two.record(&[acquired]).unwrap();
    let seen = Interval { after: Some(at(5)), by: at(9) };
    let kind = ChangeKind::Order { from: OrderStatus::Partial, to: OrderStatus::Successful };
    assert_eq!(recorded, [Change { sequence: 3, key: key(1), kind, seen }]);
}

#[test]
fn what_happened_while_nobody_looked_comes_back_as_changes() {
    let directory = tempfile::tempdir().unwrap();
    let path = places(directory.path()).history();
    let known = Snapshot::first(order(1, "Processing", &[]), at(0));
    open(&path).record(&[first(&key(1), &known)]).unwrap();
    let unaware = Snapshot::first(order(1, "Successful", &[]), at(900));
    let recorded = open(&path).record(&[first(&key(1), &unaware)]).unwrap();
    let seen = Interval { after: Some(at(0)), by: at(900) };
    let kind = ChangeKind::Order { from: OrderStatus::Processing, to: OrderStatus::Successful };
    assert_eq!(recorded, [Change { sequence: 1, key: key(1), kind, seen }]);
    let stored = whole(&path, &key(1));
    assert_eq!((stored.first_seen, stored.state_since), (at(0), seen));
}

#[test]
fn a_batch_is_applied_in_its_order() {
    let directory = tempfile::tempdir().unwrap();
    let path = places(directory.path()).history();
    let mut history = open(&path);
    let known = Snapshot::first(order(1, "Failed", &["Failed"]), at(0));
    let handled = |number, kind| Record::Handled { key: key(number), kind };
    let last_seen = |second| Record::LastSeen { key: key(1), read_at: at(second) };
    let failed = Some(NeedKind::Failed);
    history
        .record(&[first(&key(1), &known), handled(1, failed), handled(2, failed), last_seen(7), last_seen(3)])
        .unwrap();
    let expected = Snapshot { handled: failed, read_at: at(7), ..known };
    assert_eq!(whole(&path, &key(1)), expected);
    let (changed, record) = renewed(&key(1), &expected, order(1, "Partial", &["Failed"]), at(8));
    history.record(&[handled(1, None), handled(1, failed), record]).unwrap();
    assert_eq!(whole(&path, &key(1)), changed);
    assert_eq!(changed.handled, None);
    assert_eq!(id(1), changed.order.id);
}

#[test]
fn every_need_can_be_marked_as_handled() {
    let directory = tempfile::tempdir().unwrap();
    let path = places(directory.path()).history();
    let mut history = open(&path);
    history.record(&[first(&key(1), &Snapshot::first(order(1, "Failed", &[]), at(0)))]).unwrap();
    for kind in NeedKind::ALL {
        history.record(&[Record::Handled { key: key(1), kind: Some(kind) }]).unwrap();
        assert_eq!(whole(&path, &key(1)).handled, Some(kind));
    }
}

#[test]
fn instances_that_start_together_share_one_new_file() {
    for round in 0..10 {
        let directory = tempfile::tempdir().unwrap();
        let path = places(directory.path()).history();
        let barrier = std::sync::Barrier::new(8);
        std::thread::scope(|threads| {
            for number in 0..8 {
                let (path, barrier) = (&path, &barrier);
                threads.spawn(move || {
                    barrier.wait();
                    let known = Snapshot::first(order(number, "FOC", &["Acquired"]), at(round));
                    open(path).record(&[first(&key(number), &known)]).unwrap();
                });
            }
        });
        assert_eq!(
            reader(&path).whole(&(0..8).map(key).collect::<Vec<_>>(), &mut || false).unwrap().len(),
            8
        );
    }
}
