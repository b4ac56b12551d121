//! The screen in its themes: what looks how, and that no state is told by its colour alone.

use crate::scenes::SCENES;
use crate::stage::{Look, lines, text};
use crate::{COLOUR, scenes};
use chimewatch::ui::Glyphs;
use ratatui::buffer::{Buffer, Cell};
use ratatui::style::{Color, Modifier};
use std::collections::BTreeSet;
use std::fmt::Write;

const THEMES: [&str; 6] = ["auto", "dark", "light", "high-contrast", "colour-blind", "mono"];

fn style(cell: &Cell) -> String {
    let colour = |what: &str, colour: Color| match colour {
        Color::Reset => None,
        Color::Indexed(index) => Some(format!("{what} {index}")),
        named => Some(format!("{what} {named}")),
    };
    let modifiers = (!cell.modifier.is_empty()).then(|| format!("{:?}", cell.modifier).to_lowercase());
    let parts = [colour("on", cell.bg), colour("in", cell.fg), modifiers];
    parts.into_iter().flatten().collect::<Vec<_>>().join(" ")
}

/// What the cells look like: a letter for each look, and what the letters mean. A blank cell without a look of its
/// own is a blank.
fn styles(buffer: &Buffer) -> String {
    let is_seen = |cell: &Cell| cell.symbol() != " " || cell.modifier.contains(Modifier::REVERSED);
    let mut known: Vec<String> = Vec::new();
    for style in buffer.content.iter().filter(|cell| is_seen(cell)).map(style) {
        if !style.is_empty() && !known.contains(&style) {
            known.push(style);
        }
    }
    let mut shown = lines(buffer, |cell| {
        let place = is_seen(cell).then(|| known.iter().position(|known| *known == style(cell))).flatten();
        place.and_then(|place| ('a'..).nth(place)).unwrap_or(' ').to_string()
    });
    for (letter, style) in ('a'..).zip(known) {
        writeln!(shown, "{letter} {style}").unwrap();
    }
    shown
}

#[test]
fn every_region_looks_as_it_should_in_four_themes() {
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path("snapshots/themes");
    settings.set_prepend_module_to_snapshot(false);
    settings.bind(|| {
        for theme in ["dark", "light", "high-contrast", "colour-blind"] {
            for name in [
                "list", "order", "numbers", "number", "activity", "card", "palette", "marks", "chips",
                "theme",
            ] {
                let (_, scene) = SCENES.into_iter().find(|(scene, _)| *scene == name).unwrap();
                let mut stage = scene();
                let (buffer, _) = stage.draw(110, 30, Look { theme, ..COLOUR });
                insta::assert_snapshot!(format!("{theme}-{name}"), styles(&buffer));
            }
        }
    });
}

#[test]
fn a_theme_changes_no_text() {
    for (name, scene) in SCENES {
        let mut stage = scene();
        let (auto, _) = stage.draw(110, 30, COLOUR);
        for theme in THEMES {
            let (buffer, _) = stage.draw(110, 30, Look { theme, ..COLOUR });
            assert_eq!(text(&buffer), text(&auto), "{name} in {theme}");
        }
    }
}

/// Nobody who sees no colours, or does not know what they mean, is left without: the symbol differs, and the word.
#[test]
fn every_state_differs_by_its_symbol_and_by_its_word_in_every_theme_and_with_all_symbols() {
    for theme in THEMES {
        for glyphs in [Glyphs::Unicode, Glyphs::Narrow, Glyphs::Ascii] {
            let mut stage = scenes::launch();
            let (buffer, _) = stage.draw(80, 40, Look { theme, glyphs });
            let drawn = text(&buffer);
            let mut seen = BTreeSet::new();
            for word in [
                "Processing",
                "Submitted",
                "FOC",
                "PendingDocuments",
                "ChangeRequested",
                "Exception",
                "CancelRequested",
                "Partial",
                "Failed",
                "Cancelled",
            ] {
                let at = |line: &&str| line.split_whitespace().any(|found| found == word);
                let line = drawn.lines().skip(3).find(at);
                let line = line.unwrap_or_else(|| panic!("no {word} in {theme}:\n{drawn}"));
                let symbol: String = line.chars().skip(3).take(1).collect();
                assert!(!symbol.trim().is_empty() && seen.insert(symbol), "{word} in {theme}:\n{drawn}");
            }
        }
    }
}

#[test]
fn a_background_of_the_themes_own_fills_every_cell() {
    let look = Look { theme: "high-contrast", ..COLOUR };
    for (name, scene) in SCENES {
        let mut stage = scene();
        for (width, height) in [(19, 4), (40, 12), (80, 24), (120, 40)] {
            let (buffer, _) = stage.draw(width, height, look);
            let is_painted = |cell: &Cell| cell.bg != Color::Reset && cell.fg != Color::Reset;
            assert!(buffer.content.iter().all(is_painted), "{name} {width}x{height}");
        }
    }
}

#[test]
fn symbols_for_east_asian_terminals_are_one_cell_wide_there_and_letters_are_kept() {
    use unicode_width::UnicodeWidthStr as _;
    let look = Look { glyphs: Glyphs::Narrow, ..COLOUR };
    for (name, scene) in SCENES {
        let mut stage = scene();
        for (width, height) in [(40, 12), (110, 30), (160, 50)] {
            let (buffer, _) = stage.draw(width, height, look);
            let is_certain = |cell: &Cell| cell.symbol().width() == cell.symbol().width_cjk();
            let doubtful = buffer.content.iter().find(|cell| !is_certain(cell));
            assert!(doubtful.is_none(), "{name} {width}x{height}: {doubtful:?}");
        }
    }
    let mut stage = crate::stage::Stage::new(&[("launch", vec![crate::stage::entry(1, "東京 ｱ Wien")])]);
    let (buffer, _) = stage.draw(80, 24, look);
    assert!(text(&buffer).contains("東京 ｱ Wien"), "{}", text(&buffer));
}
