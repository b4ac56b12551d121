//! Random keys, each through the keymap as if it had been pressed: no panic, and whatever the screen, every cursor
//! stays within its lines and a frame can be drawn. A run of the same seed presses the same keys.
//!
//! The million takes some minutes without optimisation: `cargo test --test journeys -- --ignored`.

use crate::random::check;
use crate::world::{LAUNCH, PORTING, UNSAVED, World, defaults, key, list, order_of, world_of};
use chimewatch::app::Message;
use chimewatch::app::effect::{Effect, FilesWork, HistoryWork};
use chimewatch::app::message::WatchMessage;
use chimewatch::domain::{NumberStatus, OrderStatus};
use chimewatch::keymap::{Keymap, Spacing, Translator};
use chimewatch::ui::{self, Depth, Glyphs, Themes};
use crossterm::event::{Event, KeyCode, KeyEvent, KeyModifiers};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use std::thread;

const SEEDS: u64 = 4;
/// Keys between two answers, and between two frames.
const ANSWER_EVERY: usize = 50;
const FRAME_EVERY: usize = 2_000;

/// Keys that are no characters.
const NAMED: [KeyCode; 16] = [
    KeyCode::Enter,
    KeyCode::Esc,
    KeyCode::Tab,
    KeyCode::BackTab,
    KeyCode::Backspace,
    KeyCode::Delete,
    KeyCode::Up,
    KeyCode::Down,
    KeyCode::Left,
    KeyCode::Right,
    KeyCode::Home,
    KeyCode::End,
    KeyCode::PageUp,
    KeyCode::PageDown,
    KeyCode::F(1),
    KeyCode::F(5),
];

#[test]
fn random_keys_leave_the_program_sound() {
    press(0, 60_000);
}

#[test]
#[ignore = "a hundred seconds on two cores: CI runs it"]
fn a_million_random_keys_leave_the_program_sound() {
    press(SEEDS, 1_000_000);
}

/// Presses so many keys in all, as monkeys with seeds of their own, at once.
fn press(first_seed: u64, keys: usize) {
    thread::scope(|scope| {
        for seed in first_seed..first_seed + SEEDS {
            scope.spawn(move || Monkey::new(seed).press(keys / usize::try_from(SEEDS).unwrap()));
        }
    });
}

struct Monkey {
    world: World,
    keymap: Keymap,
    translator: Translator,
    random: fastrand::Rng,
}

impl Monkey {
    fn new(seed: u64) -> Self {
        let lists = vec![
            (LAUNCH, list("launch", 1..=30)),
            (PORTING, list("porting", 25..=40)),
            (UNSAVED, list("unsaved", [])),
        ];
        let mut monkey = Self {
            world: world_of(lists, defaults()),
            keymap: Keymap::default(),
            translator: Translator::default(),
            random: fastrand::Rng::with_seed(seed),
        };
        for effect in std::mem::take(&mut monkey.world.started) {
            monkey.perform(effect);
        }
        monkey
    }

    fn press(&mut self, keys: usize) {
        for count in 1..=keys {
            self.world.wait(self.random.u64(0..100));
            self.send(Message::Tick);
            let event = self.key();
            for step in self.translator.steps([event], Spacing::Apart) {
                let context = self.world.model.context();
                if let Some(message) = self.translator.message(&self.keymap, context, step) {
                    self.send(message);
                }
            }
            if count % ANSWER_EVERY == 0 {
                self.answer();
                check(&self.world, &Message::Tick);
            }
            if count % FRAME_EVERY == 0 {
                self.draw();
            }
        }
    }

    /// A key: mostly one that is bound somewhere, so that few are pressed for nothing.
    fn key(&mut self) -> Event {
        let code = match self.random.u8(0..10) {
            0..6 => KeyCode::Char(char::from(self.random.u8(0x20..0x7f))),
            _ => *self.random.choice(&NAMED).unwrap(),
        };
        let modifiers = match self.random.u8(0..20) {
            0..2 => KeyModifiers::CONTROL,
            2 => KeyModifiers::ALT,
            _ => KeyModifiers::NONE,
        };
        Event::Key(KeyEvent::new(code, modifiers))
    }

    fn send(&mut self, message: Message) {
        for effect in self.world.send(message) {
            self.perform(effect);
        }
    }

    fn perform(&mut self, effect: Effect) {
        match effect {
            Effect::Files(FilesWork::Edit { .. }) => {
                for effect in self.world.keep(&[effect]) {
                    self.perform(effect);
                }
            }
            Effect::Files(FilesWork::Transfer { from, to, orders }) => {
                if let Some(moved) = self.world.transferred(from, &to, &orders) {
                    self.send(moved);
                }
            }
            Effect::KeepBody(Some(key)) => {
                let received = self.world.now.wall;
                self.send(Message::Came { key, received, body: "{\"PhoneNumberOrder\":{}}".to_owned() });
            }
            Effect::History(HistoryWork::Record(batch)) => {
                let sequences = batch.iter().flat_map(|each| &each.changes).map(|change| change.sequence);
                let up_to = sequences.max().unwrap_or_default();
                self.send(Message::Watch(WatchMessage::Recorded { up_to }));
            }
            Effect::History(HistoryWork::Load(keys)) => {
                let known = keys.into_iter().map(|key| (key, None)).collect();
                self.send(Message::Watch(WatchMessage::Known(known)));
            }
            Effect::ReadProfiles => self.send(Message::ProfilesRead(vec!["staging".into(), "prod".into()])),
            _ => {}
        }
    }

    /// Some order has changed.
    fn answer(&mut self) {
        let key = key(self.random.u32(1..=40));
        if self.world.model.watch.get(&key).is_none() {
            return;
        }
        let status = self.random.choice(OrderStatus::KNOWN).unwrap().to_string();
        let numbers: Vec<String> = (0..self.random.u8(0..30))
            .map(|_| self.random.choice(NumberStatus::KNOWN).unwrap().to_string())
            .collect();
        let numbers: Vec<&str> = numbers.iter().map(String::as_str).collect();
        let order = order_of(&key, &status, &numbers);
        self.send(Message::Watch(WatchMessage::Known(vec![(key.clone(), None)])));
        // Whoever asks for all that is marked makes others wait.
        if !self.world.asks(&key) {
            return;
        }
        for effect in self.world.ends(&key, Ok(order)) {
            self.perform(effect);
        }
    }

    /// A frame at any size.
    fn draw(&mut self) {
        let (width, height) = (self.random.u16(1..250), self.random.u16(1..80));
        self.send(Message::Resized { width, height });
        let mut buffer = Buffer::empty(Rect::new(0, 0, width, height));
        let theme = Themes::load(&[], Depth::Indexed, Glyphs::Unicode).named("auto");
        ui::render(&mut buffer, &self.world.model, &theme, &self.keymap);
    }
}
