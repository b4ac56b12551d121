//! A stretch of the history, told from its oldest change on.

use super::history::{open, reader};
use super::{at, first, id, key, order, places, renewed};
use chimewatch::domain::{Change, FocDate, OrderKey, Scope, Snapshot};
use chimewatch::store::{ChangesOf, Reader, StoreError, Stretch};
use std::path::Path;
use std::sync::Arc;

/// Order 1 in us-east-1 as `prod`, order 2 in us-west-2 as nobody in particular; seven changes.
fn recorded(path: &Path) {
    let elsewhere = Arc::new(Scope { profile: None, region: "us-west-2".into(), endpoint: None });
    let other = OrderKey { scope: elsewhere, id: id(2) };
    let mut history = open(path);
    let one = Snapshot::first(order(1, "Processing", &["Processing"]), at(0));
    let two = Snapshot::first(order(2, "Submitted", &[]), at(0));
    history.record(&[first(&key(1), &one), first(&other, &two)]).unwrap();
    let (_, seen) = renewed(&key(1), &one, order(1, "Successful", &["Acquired", "Failed"]), at(5));
    history.record(&[seen]).unwrap();
    let mut moved = order(2, "FOC", &[]);
    moved.foc_date = Some(FocDate::new("2026-11-28"));
    let (two, seen) = renewed(&other, &two, moved, at(9));
    history.record(&[seen]).unwrap();
    let (_, seen) = renewed(&other, &two, order(2, "Successful", &[]), at(20));
    history.record(&[seen]).unwrap();
}

fn told(reader: &Reader, stretch: &Stretch) -> Vec<u64> {
    let mut told = Vec::new();
    let tell = |change: Change| -> Result<(), StoreError> {
        told.push(change.sequence);
        Ok(())
    };
    reader.tell(stretch, tell).unwrap();
    told
}

#[test]
fn a_stretch_has_the_changes_that_were_asked_for_from_the_oldest_on() {
    let directory = tempfile::tempdir().unwrap();
    let path = places(directory.path()).history();
    recorded(&path);
    let reader = reader(&path);
    let all = Stretch::default();
    let cases = [
        (all.clone(), vec![1, 2, 3, 4, 5, 6, 7]),
        (Stretch { ids: Some(vec![id(1)]), ..all.clone() }, vec![1, 2, 3]),
        (Stretch { ids: Some(vec![id(2), id(3)]), ..all.clone() }, vec![4, 5, 6, 7]),
        (Stretch { ids: Some(vec![]), ..all.clone() }, vec![]),
        (Stretch { since: Some(at(9)), ..all.clone() }, vec![4, 5, 6, 7]),
        (Stretch { since: Some(at(6)), until: Some(at(20)), ..all.clone() }, vec![4, 5]),
        (Stretch { kind: Some(ChangesOf::Order), ..all.clone() }, vec![1, 4, 6]),
        (Stretch { kind: Some(ChangesOf::Number), ..all.clone() }, vec![2, 3]),
        (Stretch { kind: Some(ChangesOf::Foc), ..all.clone() }, vec![5, 7]),
        (Stretch { profile: Some("prod".to_owned()), ..all.clone() }, vec![1, 2, 3]),
        (Stretch { region: Some("us-west-2".to_owned()), ..all.clone() }, vec![4, 5, 6, 7]),
        (Stretch { limit: Some(2), ..all.clone() }, vec![6, 7]),
        (Stretch { limit: Some(0), ..all.clone() }, vec![]),
        (Stretch { limit: Some(2), kind: Some(ChangesOf::Number), ..all.clone() }, vec![2, 3]),
        (Stretch { limit: Some(9), ids: Some(vec![id(1)]), ..all }, vec![1, 2, 3]),
    ];
    for (stretch, expected) in cases {
        assert_eq!(told(&reader, &stretch), expected, "{stretch:?}");
    }
}

#[test]
fn more_changes_than_are_read_at_a_time_are_all_told_until_nobody_takes_them() {
    let directory = tempfile::tempdir().unwrap();
    let path = places(directory.path()).history();
    let numbers = |state: &'static str| vec![state; 1_500];
    let known = Snapshot::first(order(1, "Processing", &numbers("Processing")), at(0));
    let mut history = open(&path);
    history.record(&[first(&key(1), &known)]).unwrap();
    let (_, seen) = renewed(&key(1), &known, order(1, "Successful", &numbers("Acquired")), at(5));
    history.record(&[seen]).unwrap();
    let reader = reader(&path);
    assert_eq!(told(&reader, &Stretch::default()), (1..=1_501).collect::<Vec<_>>());
    assert_eq!(
        told(&reader, &Stretch { limit: Some(600), ..Stretch::default() }),
        (902..=1_501).collect::<Vec<_>>()
    );

    let mut taken = 0;
    let enough = |_: Change| -> Result<(), StoreError> {
        taken += 1;
        if taken < 700 { Ok(()) } else { Reader::open(directory.path()).map(|_| ()) }
    };
    assert!(reader.tell(&Stretch::default(), enough).is_err());
    assert_eq!(taken, 700);
}
