use super::*;
use crate::domain::change::Observation;
use crate::domain::{
    Change, ChangeKind, Interval, NeedKind, Numbers, OrderStatus, PhoneNumberOrder, PhoneNumberOrderId,
    Scope, Snapshot,
};
use crate::runtime::outlines::Outlines;
use jiff::Timestamp;
use std::path::Path;
use std::time::Duration;
use tokio::sync::mpsc::{UnboundedReceiver, unbounded_channel};

fn key() -> OrderKey {
    OrderKey {
        scope: Arc::new(Scope { profile: None, region: "us-east-1".into(), endpoint: None }),
        id: "3f2a91c0-77aa-4e0b-9a55-0d1f5e2bc01d".parse().unwrap(),
    }
}

fn at(text: &str) -> Timestamp {
    text.parse().unwrap()
}

/// The order as it was first seen, and the change that made it so.
fn observation() -> Observation {
    let order = PhoneNumberOrder {
        id: key().id,
        product_type: None,
        status: OrderStatus::parse("Successful"),
        order_type: None,
        numbers: Numbers::new([("+12065550100", "Acquired")]),
        created: None,
        updated: None,
        foc_date: None,
    };
    let seen = Interval { after: Some(at("2026-11-20T14:00:00Z")), by: at("2026-11-20T14:00:05Z") };
    let kind =
        ChangeKind::Order { from: OrderStatus::parse("Processing"), to: OrderStatus::parse("Successful") };
    Observation {
        key: key(),
        snapshot: Arc::new(Snapshot::first(order, seen.by)),
        changes: vec![Change { sequence: 7, key: key(), kind, seen }],
    }
}

/// What the thread tells of `works`: so many messages before it gets no more work, and the rest.
fn told(path: &Path, works: Vec<HistoryWork>, answers: usize) -> Vec<Message> {
    let (messages, mut told) = unbounded_channel();
    let workers = Workers::new();
    let worker = start(&workers, path.to_owned(), Clock::start(), messages).unwrap();
    for work in works {
        worker.give(work);
    }
    let mut all: Vec<_> = (0..answers).map_while(|_| told.blocking_recv()).collect();
    drop(worker);
    assert!(workers.finish().wait(Duration::from_secs(20)));
    all.extend(rest(&mut told));
    all
}

fn rest(told: &mut UnboundedReceiver<Message>) -> Vec<Message> {
    std::iter::from_fn(|| told.try_recv().ok()).collect()
}

fn recorded() -> Message {
    Message::Watch(WatchMessage::Recorded { up_to: 7 })
}

fn known(snapshot: Option<Arc<Snapshot>>) -> Message {
    Message::Watch(WatchMessage::Known(vec![(key(), snapshot)]))
}

#[test]
fn what_is_recorded_is_known_the_next_time() {
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("history.db");
    assert_eq!(told(&path, vec![HistoryWork::Record(vec![observation()])], 1), [recorded()]);
    let load = HistoryWork::Load(vec![key()]);
    assert_eq!(told(&path, vec![load], 1), [known(Some(observation().snapshot))]);
    let outlines = Outlines::open(path, Clock::start());
    assert_eq!(outlines.last_sequence(), 1);
    let other =
        OrderKey { id: PhoneNumberOrderId::parse("3f2a91c0-0000-4e0b-9a55-0d1f5e2bc01d").unwrap(), ..key() };
    outlines.ask(vec![other, key()]);
    let known = outlines.take().flatten();
    let names: Vec<_> = known.map(|(key, outline)| (key, outline.is_some())).collect();
    assert_eq!(names, [(key(), true)]);
}

#[test]
fn orders_that_the_history_does_not_know_are_told_as_unknown() {
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("history.db");
    assert_eq!(told(&path, vec![HistoryWork::Load(vec![key()])], 1), [known(None)]);
    assert!(!path.exists(), "reading creates nothing");
    let outlines = Outlines::open(path, Clock::start());
    outlines.ask(vec![key()]);
    assert_eq!((outlines.last_sequence(), outlines.take().count()), (0, 0));
}

#[test]
fn what_cannot_be_recorded_is_told_and_the_users_marks_are_tried_again_at_the_end() {
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("a directory");
    std::fs::create_dir(&path).unwrap();
    let works = vec![HistoryWork::SetHandled(key(), None), HistoryWork::Record(vec![observation()])];
    let messages = told(&path, works, 1);
    let is_refused = |message: &&Message| matches!(message, Message::Watch(WatchMessage::NotRecorded { .. }));
    assert_eq!(messages.iter().filter(is_refused).count(), 1, "{messages:?}");
    assert!(matches!(messages.last(), Some(Message::Warned(_))), "{messages:?}");
}

#[test]
fn what_is_known_counts_all_that_was_recorded_before_it_was_asked_for() {
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("history.db");
    let works = vec![HistoryWork::Record(vec![observation()]), HistoryWork::Load(vec![key()])];
    assert_eq!(told(&path, works, 2), [recorded(), known(Some(observation().snapshot))]);
}

#[test]
fn at_the_end_what_waits_is_recorded_and_nothing_is_read() {
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("history.db");
    let (give, works) = std::sync::mpsc::channel();
    let load = HistoryWork::Load(vec![key()]);
    let read =
        HistoryWork::ReadChanges { of: PastOf::Order(key()), keys: vec![key()], before: u64::MAX, limit: 1 };
    for work in [load.clone(), read, HistoryWork::Record(vec![observation()]), load] {
        give.send(work).unwrap();
    }
    drop(give);
    let (messages, mut told) = unbounded_channel();
    let state = State::Closed;
    Ledger { path, clock: Clock::start(), messages, state, pending: Vec::new() }.keep(Works::of(&works));
    assert_eq!(rest(&mut told), [recorded()]);
}

#[test]
fn of_what_could_not_be_written_the_latest_of_each_order_is_kept() {
    let seen = |time| Record::LastSeen { key: key(), read_at: at(time) };
    let handled = |kind| Record::Handled { key: key(), kind };
    let records = vec![
        handled(None),
        Record::Observed(observation()),
        seen("2026-11-20T14:01:00Z"),
        handled(Some(NeedKind::Failed)),
        seen("2026-11-20T14:02:00Z"),
    ];
    let kept = [handled(Some(NeedKind::Failed)), seen("2026-11-20T14:02:00Z")];
    assert_eq!(unwritten(records), kept);
}
