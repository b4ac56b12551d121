//! What is told of one number, and what is read for it.

use crate::number::{crumbs, nothing_earlier, said, timeline};
use crate::world::{FRIDAY, World, key, order_of, world};
use chimewatch::app::action::Action;
use chimewatch::app::effect::{Effect, HistoryWork};
use chimewatch::app::message::Message;
use chimewatch::app::model::{Screen, Times};
use chimewatch::app::past::{PAGE, PastOf, Reach};
use chimewatch::domain::{
    Change, ChangeKind, FocDate, Interval, NumberStatus, OrderStatus, PhoneNumberOrder,
};
use jiff::Timestamp;

#[test]
fn every_change_of_the_number_stands_with_its_bracket_between_those_of_its_order() {
    let mut world = world(1..=1);
    world.read(&[(1, "Processing", &["Processing", "Processing"])]);
    let mut answer = |second: i64, status: &str, states: &[&str]| {
        let now = world.now.wall.as_second() - FRIDAY;
        world.wait(u64::try_from(second - now).unwrap() * 1_000);
        world.becomes(1, status, states);
    };
    answer(60, "Processing", &["Processing", "Processing"]);
    answer(65, "Processing", &["Reviewing\u{1b}[2J", "Processing"]);
    answer(70, "Partial", &["Reviewing\u{1b}[2J", "Failed"]);
    answer(73, "Partial", &["Reviewing\u{1b}[2J", "Failed"]);
    answer(78, "Partial", &["Acquired", "Failed"]);
    world.wait(120_000);
    world.acts(&[Action::Open, Action::Bottom]);
    while !matches!(world.model.screen, Screen::Number(_)) {
        world.acts(&[Action::Up, Action::Open]);
    }
    while !crumbs(&world).contains("0100") {
        world.act(Action::NextOrder);
    }
    nothing_earlier(&mut world, 1);
    assert_eq!(
        said(&world, 100)[..3],
        [
            " ✓ Acquired for 1 mseen 08:01:13-08:01:18",
            " +1 503 555 0100",
            " order order 1   · Partial for 1 m",
        ]
    );
    let wide = [
        "   08:01:13-08:01:18      · Reviewing\\u{1b}[2J → ✓ Acquired   Reviewing\\u{1b}[2J for 8 to 18 s",
        "   08:01:05-08:01:10      order Processing → Partial",
        "   08:01:00-08:01:05      … → · Reviewing\\u{1b}[2J            Processing for >60 s",
        "   by 08:00 (first look)  … Processing",
    ];
    assert_eq!(timeline(&world, 100), wide);
    assert_eq!(
        timeline(&world, 36),
        [
            "   08:01:13-08:01:18",
            "     · Reviewing\\u{1b}[2J → ✓ Acquired",
            "     Reviewing\\u{1b}[2J for 8 to 18 s",
            "   08:01:05-08:01:10",
            "     order Processing → Partial",
            "   08:01:00-08:01:05",
            "     … → · Reviewing\\u{1b}[2J",
            "     Processing for >60 s",
            "   by 08:00 (first look)",
            "     … Processing",
        ]
    );
    world.model.preferences.times = Times::Utc;
    assert!(said(&world, 100)[0].starts_with(" ✓ Acquired since 08:01"), "{:?}", said(&world, 100)[0]);
}

#[test]
fn a_date_that_moved_and_the_order_s_beginning_explain_the_wait() {
    let mut world = world(1..=1);
    let created = Timestamp::from_second(FRIDAY - 3_600).ok();
    let ask = |world: &mut World, foc: &str| {
        let order = PhoneNumberOrder {
            created,
            foc_date: Some(FocDate::new(foc)),
            ..order_of(&key(1), "FOC", &["Processing"])
        };
        world.ends(&key(1), Ok(order));
    };
    ask(&mut world, "2027-01-20");
    world.wait(10_000);
    ask(&mut world, "2027-01-28");
    world.acts(&[Action::Open, Action::Bottom, Action::Open]);
    while !matches!(world.model.screen, Screen::Number(_)) {
        world.acts(&[Action::Up, Action::Open]);
    }
    nothing_earlier(&mut world, 1);
    assert_eq!(
        timeline(&world, 100),
        [
            "   08:00:00-08:00:10      FOC 20 Jan → 28 Jan",
            "   by 08:00 (first look)  … Processing",
            "   07:00:00               order created",
        ]
    );
    let advice = said(&world, 100).into_iter().find(|line| line.starts_with(" ! ")).unwrap();
    assert_eq!(advice, " ! The FOC date moved, seen 08:00. Plan the cut-over anew.");
}

/// What the history is asked for.
fn asked(effects: &[Effect]) -> Vec<(PastOf, u64)> {
    let asked = |effect: &Effect| match effect {
        Effect::History(HistoryWork::ReadChanges { of, before, .. }) => Some((of.clone(), *before)),
        _ => None,
    };
    effects.iter().filter_map(asked).collect()
}

#[test]
fn the_history_of_its_order_is_read_page_by_page_until_the_first_change() {
    let mut world = world(1..=1);
    world.read(&[(1, "Partial", &["Failed", "Acquired"])]);
    let effects = world.act(Action::Open);
    let of = PastOf::Order(key(1));
    assert_eq!(asked(&effects), [(of.clone(), 1)]);
    // One answer has changed more numbers than a page has.
    let at = |sequence: u64| Timestamp::from_second(FRIDAY - 7_200 + i64::try_from(sequence).unwrap()).ok();
    let change = |sequence: u64, number: String, from: NumberStatus| Change {
        sequence,
        key: key(1),
        kind: ChangeKind::Number { number: number.as_str().into(), from, to: NumberStatus::Failed },
        seen: Interval { after: at(0), by: at(5).unwrap() },
    };
    let page = |sequences: std::ops::Range<u64>| {
        sequences.map(|each| change(each, format!("+1206555{each:04}"), NumberStatus::Processing)).collect()
    };
    let full = u64::try_from(PAGE).unwrap();
    let effects = world.send(Message::ChangesRead { of: of.clone(), changes: Some(page(1..full + 1)) });
    assert_eq!(asked(&effects), [], "the screen of an order has enough");
    let effects = [world.act(Action::NextNeed), world.act(Action::Open)].concat();
    assert_eq!(asked(&effects), [(of.clone(), 1)]);
    assert!(said(&world, 100).contains(&" Timeline   reading earlier changes".to_owned()));
    let mut last = vec![change(0, "+15035550100".to_owned(), NumberStatus::Processing)];
    last.push(Change {
        kind: ChangeKind::Order { from: OrderStatus::Processing, to: OrderStatus::Partial },
        ..last[0].clone()
    });
    let effects = world.send(Message::ChangesRead { of, changes: Some(last) });
    assert_eq!(asked(&effects), []);
    let lines = timeline(&world, 100);
    assert_eq!(lines.iter().filter(|line| line.contains("… → ✗ Failed")).count(), 1, "{lines:?}");
    assert!(said(&world, 100).contains(&" Timeline".to_owned()));
}

#[test]
fn a_history_that_cannot_be_read_is_no_whole_one_and_not_asked_over_and_over() {
    let mut world = world(1..=1);
    world.read(&[(1, "Processing", &["Processing"])]);
    world.wait(5_000);
    world.becomes(1, "Partial", &["Failed"]);
    world.act(Action::Numbers);
    assert_eq!(asked(&world.act(Action::Open)).len(), 1);
    let effects = world.send(Message::ChangesRead { of: PastOf::Order(key(1)), changes: None });
    assert_eq!(asked(&effects), []);
    assert_eq!(asked(&world.pass(60_000)), []);
    assert!(said(&world, 100).contains(&" Timeline   earlier changes could not be read".to_owned()));
    let lines = timeline(&world, 100);
    assert!(!lines.iter().any(|line| line.contains("first look")), "{lines:?}");
}

#[test]
fn what_a_busy_list_drops_from_memory_is_read_again_while_the_timeline_rests() {
    let mut world = world(1..=2);
    world.read(&[(1, "Processing", &["Processing"]), (2, "Processing", &["Processing"])]);
    world.wait(5_000);
    world.becomes(1, "Partial", &["Failed"]);
    world.acts(&[Action::Numbers, Action::Open]);
    nothing_earlier(&mut world, 1);
    let before = timeline(&world, 100);
    assert_eq!(before.len(), 3, "{before:?}");
    let mut effects = Vec::new();
    for round in 0..1_010 {
        world.pass(1_000);
        effects.extend(world.becomes(2, ["Submitted", "Processing"][round % 2], &["Processing"]));
    }
    assert_eq!(asked(&effects).len(), 1, "one page at a time");
    assert!(said(&world, 100).contains(&" Timeline".to_owned()));
    let seen = |after: i64, by: i64| Interval {
        after: Timestamp::from_second(FRIDAY + after).ok(),
        by: Timestamp::from_second(FRIDAY + by).unwrap(),
    };
    let kinds = [
        ChangeKind::Order { from: OrderStatus::Processing, to: OrderStatus::Partial },
        ChangeKind::Number {
            number: "+15035550100".into(),
            from: NumberStatus::Processing,
            to: NumberStatus::Failed,
        },
    ];
    let dropped =
        (1..).zip(kinds).map(|(sequence, kind)| Change { sequence, key: key(1), kind, seen: seen(0, 5) });
    world.send(Message::ChangesRead { of: PastOf::Order(key(1)), changes: Some(dropped.collect()) });
    assert_eq!(timeline(&world, 100), before);
}

#[test]
fn more_than_a_page_that_was_dropped_meanwhile_leaves_no_gap() {
    let mut world = world(1..=1);
    world.read(&[(1, "Processing", &["Processing"])]);
    world.acts(&[Action::Numbers, Action::Numbers, Action::Open]);
    nothing_earlier(&mut world, 1);
    world.acts(&[Action::Back, Action::Back]);
    for round in 0..2_200 {
        world.pass(1_000);
        world.becomes(1, ["Submitted", "Processing"][round % 2], &["Processing"]);
    }
    world.acts(&[Action::Numbers, Action::Numbers]);
    let mut effects = world.act(Action::Open);
    let oldest = world.model.watch.oldest_kept();
    let seen = Interval { after: None, by: Timestamp::from_second(FRIDAY).unwrap() };
    let kind = ChangeKind::Order { from: OrderStatus::Submitted, to: OrderStatus::Processing };
    let change = |sequence| Change { sequence, key: key(1), kind: kind.clone(), seen };
    while let Some((of, before)) = asked(&effects).pop() {
        let page = before.saturating_sub(u64::try_from(PAGE).unwrap()).max(1)..before;
        effects = world.send(Message::ChangesRead { of, changes: Some(page.map(change).collect()) });
    }
    let past = &world.model.past.order;
    let sequences: Vec<u64> = past.changes.iter().map(|change| change.sequence).collect();
    assert!(oldest > 1_000, "{oldest}");
    assert_eq!(sequences, (1..oldest).rev().collect::<Vec<_>>());
    assert_eq!(past.reach, Reach::Whole);
}
