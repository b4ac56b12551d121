//! What must hold at every size and for whatever the service says.

use crate::scenes::SCENES;
use crate::stage::{Stage, entry, numbers, order, porting, text};
use crate::{ASCII, COLOUR, MONO, corpus};
use chimewatch::app::{Action, Message};
use chimewatch::domain::{OrderStatus, Text};
use proptest::prelude::*;
use ratatui::buffer::{Buffer, Cell, CellWidth};
use ratatui::style::Color;
use std::collections::BTreeSet;
use std::thread;

/// The most bytes that a cell may send to the terminal.
const CELL_BYTES: usize = 40;

fn cells(buffer: &Buffer) -> impl Iterator<Item = &str> {
    buffer.content.iter().map(Cell::symbol)
}

/// Scenes share the sizes between them, and threads the scenes.
const EVERY: usize = 3;

/// What no frame may do: hold a control character, a flood in one cell, or a row that is not as wide as the terminal.
fn assert_sound(buffer: &Buffer, what: &str) {
    let area = buffer.area;
    for y in 0..area.height {
        let mut x = 0;
        while x < area.width {
            let cell = buffer.cell((x, y)).unwrap().symbol();
            assert!(cell.len() <= CELL_BYTES, "{what} {}x{}: {cell:?}", area.width, area.height);
            assert!(!cell.contains(char::is_control), "{what} {}x{}: {cell:?}", area.width, area.height);
            x += cell.cell_width().max(1);
        }
        assert_eq!(x, area.width, "{what} {}x{}: row {y}", area.width, area.height);
    }
}

#[test]
fn every_small_size_and_some_larger_ones_are_drawn_soundly() {
    let small = (0..=40).flat_map(|width| (0..=20).map(move |height| (width, height)));
    let large = [59, 60, 79, 80, 99, 100, 109, 110, 160, 300]
        .into_iter()
        .flat_map(|width| [5, 7, 8, 11, 12, 19, 20, 24, 100].map(move |height| (width, height)));
    let sizes: Vec<(u16, u16)> = small.chain(large).collect();
    thread::scope(|scope| {
        for turn in 0..EVERY {
            let sizes = &sizes;
            scope.spawn(move || {
                for (place, (name, scene)) in SCENES.into_iter().enumerate().skip(turn).step_by(EVERY) {
                    let mut stage = scene();
                    // Each size is drawn by one scene of every three.
                    for (width, height) in sizes.iter().skip(place / EVERY % EVERY).step_by(EVERY) {
                        assert_sound(&stage.draw(*width, *height, COLOUR).0, name);
                    }
                }
            });
        }
    });
}

#[test]
fn five_hundred_hostile_texts_in_every_field_are_only_text() {
    let texts = corpus::texts();
    assert!(texts.len() >= 500, "{}", texts.len());
    for (turn, some) in (0..).zip(texts.chunks(8)) {
        let entries = (0..).zip(some).map(|(index, text)| entry(index, text)).collect();
        let mut stage = Stage::new(&[("launch", entries)]);
        for (index, text) in (0..).zip(some) {
            let numbers = [(text.clone(), "Failed"), ("+12065550100".to_owned(), "Processing")];
            stage.answer("14:02:00", Ok(porting(index, text, Some(text), &numbers)));
        }
        for action in [
            Action::Up,
            Action::Open,
            Action::NextNeed,
            Action::Open,
            Action::Back,
            Action::Numbers,
            Action::Open,
            Action::Back,
            Action::Back,
            Action::Help,
        ] {
            stage.tell(Message::Action(action));
            for (width, height) in [(40, 12), (120, 40)] {
                assert_sound(&stage.draw(width, height, COLOUR).0, &format!("turn {turn}"));
                let (ascii, _) = stage.draw(width, height, ASCII);
                assert!(cells(&ascii).all(str::is_ascii), "turn {turn}");
            }
        }
    }
}

#[test]
fn below_twenty_by_five_one_line_says_so() {
    let (buffer, next) = Stage::new(&[("launch", Vec::new())]).draw(19, 4, COLOUR);
    assert_eq!(text(&buffer), "20x5 at the least\n\n\n\n");
    assert_eq!(next.0, None);
}

#[test]
fn without_colour_no_cell_has_one() {
    for (name, scene) in SCENES {
        let (buffer, _) = scene().draw(120, 40, MONO);
        let is_plain = buffer.content.iter().all(|cell| cell.fg == Color::Reset && cell.bg == Color::Reset);
        assert!(is_plain, "{name}");
    }
}

#[test]
fn what_happened_is_whole_where_what_changed_stands_in_two_columns() {
    let all = 1..=6;
    let entries = all.clone().map(|index| entry(index, "A name that is as long")).collect();
    let mut stage = Stage::new(&[("launch", entries)]);
    for (at, states) in [("14:02:00", "PP"), ("14:02:10", "AP")] {
        for index in all.clone() {
            stage.answer(at, Ok(order(index, "Processing", &numbers(442_079_460_135, states))));
        }
    }
    let (buffer, _) = stage.draw(110, 30, COLOUR);
    let drawn = text(&buffer);
    let happened = "+44 20 7946 0135 … → ✓";
    assert_eq!(
        drawn.lines().skip(26).take(3).map(|line| line.matches(happened).count()).sum::<usize>(),
        6,
        "{drawn}"
    );
}

#[test]
fn in_ascii_no_other_byte_is_drawn_whatever_the_label() {
    let mut stage = Stage::new(&[("launch", vec![entry(1, "Köln 東京 ✓ 👩‍👩‍👧"), entry(2, "")])]);
    stage
        .answer("14:02:00", Ok(order(1, "Überraschung", &numbers(442_079_460_123, "AFP?"))))
        .answer("14:02:01", Ok(porting(2, "FOC", Some("nächste Woche"), &numbers(12_065_550_100, "PP"))));
    for (width, height) in [(40, 12), (80, 24), (120, 40), (200, 50)] {
        let (buffer, _) = stage.draw(width, height, ASCII);
        assert!(cells(&buffer).all(str::is_ascii), "{}", text(&buffer));
    }
}

#[test]
fn all_states_are_told_apart_without_colour_by_symbol_and_word() {
    let mut words: Vec<String> = OrderStatus::KNOWN.iter().map(ToString::to_string).collect();
    words.push("Teleported".to_owned());
    for theme in [MONO, ASCII] {
        let drawn = |width: u16| -> BTreeSet<String> {
            let mut lines = BTreeSet::new();
            for (index, word) in (0..).zip(&words) {
                let mut stage = Stage::new(&[("launch", vec![entry(index, "same")])]);
                stage.answer("14:02:00", Ok(order(index, word, &numbers(12_065_550_100, "P"))));
                let (buffer, _) = stage.draw(width, 12, theme);
                let line = text(&buffer).lines().nth(3).unwrap().to_owned();
                if width >= 80 {
                    assert!(line.contains(word.as_str()), "{line}");
                }
                // Beyond the gutter, which says something else.
                lines.insert(line.chars().skip(3).collect());
            }
            lines
        };
        for width in [40, 60, 80] {
            assert_eq!(drawn(width).len(), words.len(), "{width}");
        }
    }
}

#[test]
fn what_the_service_says_cannot_reach_the_terminal_as_a_command() {
    let hostile =
        "\u{1b}[2J\u{9b}31m\u{202e}\u{7}a\u{301}\u{301}\u{301}\u{301}\u{301}\u{301}\u{301}\u{301}\u{301}\n";
    let mut stage = Stage::new(&[("launch", vec![entry(1, hostile)])]);
    let mut answered = porting(1, hostile, Some(hostile), &[(hostile.to_owned(), "Failed")]);
    answered.id = crate::stage::id(1);
    stage.answer("14:02:00", Ok(answered));
    for actions in [
        &[][..],
        &[Action::Open],
        &[Action::NextNeed, Action::Open],
        &[Action::Back, Action::Numbers],
        &[Action::Open],
    ] {
        for action in actions {
            stage.tell(Message::Action(*action));
        }
        for (width, height) in [(40, 12), (120, 40)] {
            let (buffer, _) = stage.draw(width, height, COLOUR);
            let drawn = text(&buffer);
            let neutral = Text::new(hostile);
            assert!(!drawn.replace('\n', "").contains(char::is_control), "{drawn:?}");
            assert!(!drawn.contains('\u{202e}') && neutral.raw() == hostile);
        }
    }
}

fn any_word() -> impl Strategy<Value = String> {
    prop_oneof![
        proptest::sample::select(OrderStatus::KNOWN.to_vec()).prop_map(|status| status.to_string()),
        any::<String>(),
    ]
}

fn any_order() -> impl Strategy<Value = (String, String, String, bool, Option<String>)> {
    (any::<String>(), any_word(), "[PAF?]{0,60}", any::<bool>(), proptest::option::of(any::<String>()))
}

fn any_actions() -> impl Strategy<Value = Vec<Action>> {
    let actions = [
        Action::Down,
        Action::Bottom,
        Action::PageDown,
        Action::Open,
        Action::Back,
        Action::Numbers,
        Action::NextOrder,
        Action::NextNeed,
        Action::Help,
        Action::Add,
        Action::Describe,
        Action::Filter,
        Action::Times,
        Action::Pause,
        Action::NextPane,
        Action::Palette,
        Action::Profile,
        Action::Region,
        Action::Import,
        Action::Mark,
        Action::MarkAll,
    ];
    let any = proptest::collection::vec(proptest::sample::select(actions.to_vec()), 0..6);
    // To a number, which few find by chance.
    let begins = [
        &[][..],
        &[Action::Open, Action::Bottom, Action::Up, Action::Open],
        &[Action::Numbers, Action::Open],
    ];
    (proptest::sample::select(begins.to_vec()), any).prop_map(|(begin, rest)| [begin, &rest].concat())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_model_is_drawn_at_any_size(
        orders in proptest::collection::vec(any_order(), 0..12),
        actions in any_actions(),
        (width, height) in (1_u16..300, 1_u16..100),
        typed in any::<String>(),
    ) {
        let entries = (0..).zip(&orders).map(|(index, order)| entry(index, &order.0)).collect();
        let mut stage = Stage::new(&[("launch", entries)]);
        for (index, (_, status, states, is_porting, foc)) in (0..).zip(&orders) {
            let numbers = numbers(12_065_550_100, states);
            let answer = match is_porting {
                true => porting(index, status, foc.as_deref(), &numbers),
                false => order(index, status, &numbers),
            };
            stage.answer("14:02:00", Ok(answer));
        }
        for action in actions {
            stage.tell(Message::Action(action));
        }
        stage.tell(Message::Pasted(typed));
        for theme in [COLOUR, ASCII] {
            let (buffer, _) = stage.draw(width, height, theme);
            assert_sound(&buffer, "any model");
            if theme == ASCII {
                prop_assert!(cells(&buffer).all(str::is_ascii));
            }
        }
    }
}
