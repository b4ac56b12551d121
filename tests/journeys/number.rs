//! One number: to it, on to the next, and back.

use crate::world::{World, key, order_of, world};
use chimewatch::app::action::{Action, Context};
use chimewatch::app::effect::Effect;
use chimewatch::app::message::{Keystroke, Message, WatchMessage, Wheel};
use chimewatch::app::model::Screen;
use chimewatch::app::past::PastOf;
use chimewatch::app::query::{Clock, Line, Mark, Piece, number, path};
use chimewatch::domain::Numbers;

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
pub(crate) fn said(world: &World, width: u16) -> Vec<String> {
    let Screen::Number(screen) = &world.model.screen else { panic!("no number is open") };
    let view = number::view(&world.model, screen, (width, 40), &Clock::new(&world.model));
    view.lines.iter().map(|line| plain(&line.line).trim_end().to_owned()).collect()
}

/// What stands below the heading of the timeline, to the blank line after it.
pub(crate) fn timeline(world: &World, width: u16) -> Vec<String> {
    let below = said(world, width).into_iter().skip_while(|line| !line.starts_with(" Timeline")).skip(1);
    below.take_while(|line| !line.is_empty()).collect()
}

/// The way back and the number's place among the others.
pub(crate) fn crumbs(world: &World) -> String {
    plain(&path::line(&world.model)).trim().to_owned()
}

/// The history has nothing more of this order.
pub(crate) fn nothing_earlier(world: &mut World, order: u32) {
    world.send(Message::ChangesRead { of: PastOf::Order(key(order)), changes: Some(Vec::new()) });
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
fn the_number_that_a_filter_found_stays_under_the_cursor_when_esc_shows_the_others() {
    let mut world = three();
    world.acts(&[Action::Numbers, Action::Numbers, Action::Numbers, Action::Filter]);
    world.type_text("0101");
    world.press(Keystroke::Submit);
    world.acts(&[Action::Back, Action::Open]);
    assert!(crumbs(&world).ends_with("0101number 4 of 5"), "{}", crumbs(&world));
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

#[test]
fn on_a_low_screen_keys_and_the_wheel_scroll_it_and_a_new_size_keeps_it_in_sight() {
    let mut world = three();
    world.acts(&[Action::Numbers, Action::Open]);
    world.send(Message::Resized { width: 40, height: 12 });
    let offset = |world: &World| match &world.model.screen {
        Screen::Number(screen) => screen.offset,
        Screen::List | Screen::Order(_) | Screen::Numbers(_) | Screen::Activity(_) => usize::MAX,
    };
    let last = said(&world, 40).len() - 10;
    let mut offsets = Vec::new();
    for action in [Action::Down, Action::Bottom, Action::Up, Action::Top] {
        world.act(action);
        offsets.push(offset(&world));
    }
    assert_eq!(offsets, [1, last, last - 1, 0]);
    world.send(Message::Scrolled(Wheel::Down));
    assert_eq!(offset(&world), last.min(3));
    world.send(Message::Resized { width: 100, height: 30 });
    assert_eq!(offset(&world), 0);
}

#[test]
fn a_filter_that_is_chosen_from_the_help_says_that_there_is_nothing_to_filter() {
    let mut world = three();
    world.acts(&[Action::Numbers, Action::Open, Action::Help]);
    world.type_text("status:failed");
    world.press(Keystroke::Submit);
    assert_eq!(world.model.context(), Context::Number);
    assert_eq!(world.notice(), "Here is nothing to filter. esc leads back to where there is.");
}
