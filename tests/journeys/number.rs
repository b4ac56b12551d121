//! One number: to it, on to the next, and back; and what is told of it.

use crate::world::{FRIDAY, World, key, order_of, world};
use chimewatch::app::action::{Action, Context};
use chimewatch::app::effect::{Effect, HistoryWork};
use chimewatch::app::message::{Keystroke, Message, WatchMessage};
use chimewatch::app::model::{Screen, Times};
use chimewatch::app::past::{PAGE, PastOf};
use chimewatch::app::query::{Clock, Line, Mark, Piece, number, path};
use chimewatch::domain::{Change, ChangeKind, FocDate, Interval, NumberStatus, Numbers, OrderStatus};
use jiff::Timestamp;

fn three() -> World {
    let mut world = world(1..=3);
    world.read(&[
        (1, "Processing", &["Failed", "Processing", "Failed"]),
        (2, "Processing", &["Processing"]),
        (3, "Submitted", &["Failed"]),
    ]);
    world
}

/// Opens the order in the list's row, and the number on its last line but its changes.
fn open_first_number(world: &mut World) {
    world.acts(&[Action::Open, Action::NextNeed, Action::Open]);
}

fn plain(line: &Line<'_>) -> String {
    let words = |piece: &Piece<'_>| match piece {
        Piece::Text(text, _) => text.to_string(),
        Piece::Symbol(Mark::Processing) => "…".to_owned(),
        Piece::Symbol(Mark::Failed) => "✗".to_owned(),
        Piece::Symbol(Mark::Successful) => "✓".to_owned(),
        Piece::Symbol(_) => "·".to_owned(),
    };
    line.pieces.iter().chain(&line.right).map(words).collect()
}

/// What the screen of the open number says.
fn said(world: &World, width: u16) -> Vec<String> {
    let Screen::Number(screen) = &world.model.screen else { panic!("no number is open") };
    let view = number::view(&world.model, screen, (width, 40), &Clock::new(&world.model));
    view.lines.iter().map(|line| plain(&line.line).trim_end().to_owned()).collect()
}

/// What stands below the heading of the timeline, to the blank line after it.
fn timeline(world: &World, width: u16) -> Vec<String> {
    let below = said(world, width).into_iter().skip_while(|line| !line.starts_with(" Timeline")).skip(1);
    below.take_while(|line| !line.is_empty()).collect()
}

/// The way back and the number's place among the others.
fn crumbs(world: &World) -> String {
    plain(&path::line(&world.model)).trim().to_owned()
}

/// The history has nothing more of this order.
fn nothing_earlier(world: &mut World, order: u32) {
    world.send(Message::ChangesRead { of: PastOf::Order(key(order)), changes: Vec::new() });
}

#[test]
fn enter_on_a_number_of_an_order_opens_it_and_esc_goes_back_to_its_line() {
    let mut world = three();
    world.acts(&[Action::Open, Action::NextNeed, Action::NextNeed]);
    let order = world.model.screen.clone();
    world.act(Action::Open);
    assert_eq!(world.model.context(), Context::Number);
    assert_eq!(crumbs(&world), "launch › order 1 › +1 503 555 0102number 2 of 3");
    world.act(Action::Back);
    assert_eq!(world.model.screen, order);
    world.acts(&[Action::Open, Action::Open]);
    assert_eq!(world.model.screen, order, "its order is one key away");
}

#[test]
fn a_number_of_the_whole_list_has_its_order_one_key_away_and_every_esc_leads_back_a_step() {
    let mut world = three();
    world.acts(&[Action::Numbers, Action::Bottom]);
    let mut steps = vec![world.model.screen.clone()];
    world.act(Action::Open);
    assert_eq!(crumbs(&world), "launch › order 3 › +1 503 555 0300failed number 3 of 3");
    steps.push(world.model.screen.clone());
    world.act(Action::Open);
    assert_eq!(world.open_order(), Some(key(3)));
    while let Some(step) = steps.pop() {
        world.act(Action::Back);
        assert_eq!(world.model.screen, step);
    }
}

#[test]
fn the_numbers_of_an_order_lead_to_one_of_them_and_to_the_order() {
    let mut world = three();
    world.acts(&[Action::Open, Action::Numbers, Action::Down]);
    let numbers = world.model.screen.clone();
    world.acts(&[Action::Open, Action::Back]);
    assert_eq!(world.model.screen, numbers);
    world.acts(&[Action::Open, Action::Open]);
    assert_eq!(world.open_order(), Some(key(1)));
    world.act(Action::Back);
    assert_eq!(world.model.screen, Screen::List);
}

#[test]
fn the_numbers_of_an_order_are_read_one_after_the_other_and_the_cursor_goes_along() {
    let mut world = three();
    // Here what to do takes two lines on the screen of the order.
    world.send(Message::Resized { width: 80, height: 24 });
    open_first_number(&mut world);
    let mut read = vec![crumbs(&world)];
    for action in [Action::NextOrder, Action::NextOrder, Action::NextOrder, Action::PreviousOrder] {
        world.act(action);
        read.push(crumbs(&world));
    }
    let crumb = |last: &str, place: u32| format!("launch › order 1 › +1 503 555 {last}number {place} of 3");
    assert_eq!(
        read,
        [crumb("0100", 1), crumb("0102", 2), crumb("0101", 3), crumb("0101", 3), crumb("0102", 2)]
    );
    assert_eq!(world.notice(), "This is the last number of the list.");
    world.acts(&[Action::Back, Action::Open]);
    assert_eq!(crumbs(&world), crumb("0102", 2), "the cursor was on it");
}

#[test]
fn the_next_number_is_the_next_that_the_filter_shows_and_n_goes_round_the_failed_ones() {
    let mut world = three();
    world.acts(&[Action::Open, Action::Filter]);
    world.type_text("status:failed");
    world.press(Keystroke::Submit);
    world.act(Action::Open);
    assert!(crumbs(&world).ends_with("0100number 1 of 2"), "{}", crumbs(&world));
    world.acts(&[Action::NextOrder, Action::NextOrder]);
    assert!(crumbs(&world).ends_with("0102number 2 of 2"), "{}", crumbs(&world));
    let mut world = three();
    world.acts(&[Action::Numbers, Action::Numbers, Action::Numbers, Action::Bottom, Action::Open]);
    let mut read = vec![crumbs(&world)];
    for action in [Action::NextNeed, Action::PreviousNeed, Action::PreviousNeed] {
        world.act(action);
        read.push(crumbs(&world));
    }
    let ends: Vec<_> = read.iter().map(|crumbs| crumbs.rsplit_once("555 ").unwrap().1).collect();
    assert_eq!(ends, ["0200number 5 of 5", "0100number 1 of 5", "0300number 3 of 5", "0102number 2 of 5"]);
    world.act(Action::Back);
    let Screen::Numbers(numbers) = &world.model.screen else { panic!("no numbers") };
    assert_eq!(numbers.cursor, 1);
}

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
        let order = chimewatch::domain::PhoneNumberOrder {
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

#[test]
fn answers_that_come_while_it_is_open_are_told_and_the_next_number_is_the_one_after_it() {
    let mut world = world(1..=1);
    world.read(&[(1, "Processing", &["Processing", "Processing", "Processing"])]);
    world.acts(&[Action::Numbers, Action::Down, Action::Open]);
    assert!(crumbs(&world).ends_with("0101waiting number 2 of 3"), "{}", crumbs(&world));
    world.wait(5_000);
    world.becomes(1, "Processing", &["Acquired", "Processing", "Processing"]);
    assert!(crumbs(&world).ends_with("0101waiting number 1 of 2"), "{}", crumbs(&world));
    world.wait(5_000);
    world.becomes(1, "Processing", &["Acquired", "Failed", "Processing"]);
    assert_eq!(said(&world, 100)[0], " ✗ Failed for 0 sseen 08:00:05-08:00:10");
    assert!(crumbs(&world).ends_with("0101"), "it waits no longer: {}", crumbs(&world));
    world.act(Action::NextOrder);
    assert!(crumbs(&world).ends_with("0102waiting number 1 of 1"), "{}", crumbs(&world));
    world.act(Action::PreviousOrder);
    assert_eq!(world.notice(), "This is the first number of the list.");
}

#[test]
fn a_number_that_its_order_has_no_longer_keeps_what_was_seen_of_it_and_leads_on() {
    let mut world = three();
    open_first_number(&mut world);
    world.wait(5_000);
    let mut order = order_of(&key(1), "Processing", &["Failed", "Processing", "Failed"]);
    order.numbers = Numbers::new([("+15035550101", "Processing"), ("+15035550102", "Failed")]);
    world.ends(&key(1), Ok(order));
    nothing_earlier(&mut world, 1);
    assert_eq!(said(&world, 100)[0], " · gone for 0 s, was ✗ Failedseen 08:00:00-08:00:05");
    let text = said(&world, 100).join("\n");
    assert!(text.contains("The last answer about its order does not have this number."), "{text}");
    assert_eq!(
        timeline(&world, 100),
        ["   08:00:00-08:00:05      gone, was ✗ Failed", "   by 08:00 (first look)  ✗ Failed"]
    );
    let copied = world.act(Action::Copy);
    assert!(matches!(copied.as_slice(), [Effect::Copy { text, .. }] if text == "+15035550100"), "{copied:?}");
    world.act(Action::NextOrder);
    assert!(crumbs(&world).ends_with("0102number 1 of 2"), "{}", crumbs(&world));
    world.act(Action::Back);
    assert_eq!(world.open_order(), Some(key(1)));
}

#[test]
fn a_number_whose_order_is_watched_no_longer_leads_back_to_the_list() {
    let mut world = three();
    open_first_number(&mut world);
    world.send(Message::Watch(WatchMessage::Remove(vec![key(1)])));
    assert_eq!(world.model.screen, Screen::List);
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
    let effects = world.send(Message::ChangesRead { of: of.clone(), changes: page(1..full + 1) });
    assert_eq!(asked(&effects), [], "the screen of an order has enough");
    let effects = [world.act(Action::NextNeed), world.act(Action::Open)].concat();
    assert_eq!(asked(&effects), [(of.clone(), 1)]);
    assert!(said(&world, 100).contains(&" Timeline   reading earlier changes".to_owned()));
    let mut last = vec![change(0, "+15035550100".to_owned(), NumberStatus::Processing)];
    last.push(Change {
        kind: ChangeKind::Order { from: OrderStatus::Processing, to: OrderStatus::Partial },
        ..last[0].clone()
    });
    let effects = world.send(Message::ChangesRead { of, changes: last });
    assert_eq!(asked(&effects), []);
    let lines = timeline(&world, 100);
    assert_eq!(lines.iter().filter(|line| line.contains("… → ✗ Failed")).count(), 1, "{lines:?}");
    assert!(said(&world, 100).contains(&" Timeline".to_owned()));
}

#[test]
fn keys_that_are_about_orders_are_about_the_number_s_order() {
    let mut world = three();
    world.acts(&[Action::Numbers, Action::Bottom, Action::Open]);
    world.wait(1_000);
    let effects = world.act(Action::AskNow);
    assert!(
        matches!(effects.as_slice(), [Effect::Fetch { key: asked, .. }] if *asked == key(3)),
        "{effects:?}"
    );
    world.act(Action::RawJson);
    assert_eq!(world.model.kept_body, Some(key(3)));
    world.act(Action::Back);
    assert_eq!(world.model.context(), Context::Number);
    assert_eq!(world.act(Action::Filter), []);
    assert_eq!(world.model.context(), Context::Number, "there is nothing to filter");
}
