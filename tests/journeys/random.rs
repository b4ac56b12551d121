//! Ten thousand random keys, whatever the screen is: no panic, and every cursor within its lines.

use crate::world::{LAUNCH, PORTING, UNSAVED, World, defaults, list, world_of};
use chimewatch::app::action::ACTIONS;
use chimewatch::app::effect::{Effect, FilesWork};
use chimewatch::app::message::{Keystroke, Message};
use chimewatch::app::model::Overlay;
use chimewatch::app::rows::Line;
use chimewatch::domain::{NumberStatus, OrderStatus};

const KEYS: usize = 10_000;

const KEYSTROKES: [Keystroke; 14] = [
    Keystroke::Character('e'),
    Keystroke::Character('\u{301}'),
    Keystroke::Character('5'),
    Keystroke::Backspace,
    Keystroke::Delete,
    Keystroke::DeleteWord,
    Keystroke::DeleteToStart,
    Keystroke::Left,
    Keystroke::Right,
    Keystroke::NextField,
    Keystroke::PreviousField,
    Keystroke::Recall,
    Keystroke::Submit,
    Keystroke::Cancel,
];

#[test]
fn random_keys_never_panic_and_the_cursor_stays_within_its_lines() {
    for seed in 0..4 {
        let mut random = fastrand::Rng::with_seed(seed);
        let lists = vec![
            (LAUNCH, list("launch", 1..=40)),
            (PORTING, list("porting", 30..=50)),
            (UNSAVED, list("unsaved", [])),
        ];
        let mut world = world_of(lists, defaults());
        for _ in 0..KEYS / 4 {
            let message = message(&mut random);
            let effects = world.send(message.clone());
            keep(&mut world, &effects, &mut random);
            world.wait(random.u64(0..2_000));
            check(&world, &message);
        }
    }
}

fn message(random: &mut fastrand::Rng) -> Message {
    match random.u8(0..20) {
        0..12 => Message::Action(random.choice(ACTIONS).unwrap().action),
        12..17 => Message::Typed(*random.choice(&KEYSTROKES).unwrap()),
        17 => Message::Resized { width: random.u16(0..200), height: random.u16(0..60) },
        18 => Message::Pasted(format!("{:08x}-77aa-4e0b-9a55-0d1f5e2bc01d x", random.u32(0..60))),
        _ => Message::Tick,
    }
}

/// The outside world: files that sometimes refuse, orders that change as they like.
fn keep(world: &mut World, effects: &[Effect], random: &mut fastrand::Rng) {
    for effect in effects {
        if let Effect::Files(FilesWork::Edit { list, purpose, .. }) = effect
            && random.u8(0..5) == 0
        {
            let refusal = Message::Edited { list: *list, purpose: *purpose, result: Err("locked".into()) };
            world.send(refusal);
        } else {
            world.keep(std::slice::from_ref(effect));
        }
    }
    let number = random.u32(1..=50);
    let status = random.choice(OrderStatus::KNOWN).unwrap().to_string();
    let numbers: Vec<String> =
        (0..random.u8(0..30)).map(|_| random.choice(NumberStatus::KNOWN).unwrap().to_string()).collect();
    let numbers: Vec<&str> = numbers.iter().map(String::as_str).collect();
    world.read(&[(number, &status, &numbers)]);
}

fn check(world: &World, message: &Message) {
    let list = world.model.current_list().unwrap();
    let rows = &list.rows;
    assert!(rows.cursor < rows.lines().max(1), "{message:?}");
    assert!(rows.offset <= rows.cursor, "{message:?}");
    assert_eq!(rows.line().is_some(), rows.lines() > 0, "{message:?}");
    assert_eq!(list.keys.len(), list.watchlist.entries.len());
    assert_eq!(rows.shown.len() + rows.folded + rows.hidden, list.keys.len(), "{message:?}");
    if let Some(Line::Order(entry)) = rows.line() {
        assert!(entry < list.keys.len());
    }
    if let Some(Overlay::Add(field)) = &world.model.overlay {
        assert!(field.cursor <= field.text.chars().count());
    }
}
