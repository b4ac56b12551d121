//! The pictures of the README, drawn from the program's own frames: the demo's story, half a minute in.
//!
//! `CHIMEWATCH_DRAW=1 cargo test --test pictures` draws them anew; without it the test says when they are out of date.

#![expect(clippy::unwrap_used, clippy::expect_used, reason = "a picture that cannot be drawn fails its test")]

#[path = "pictures/story.rs"]
mod story;
#[path = "pictures/svg.rs"]
mod svg;

use chimewatch::app::Action;
use std::path::Path;

#[expect(clippy::disallowed_methods, reason = "the one switch of this test, not of the program")]
fn is_drawing() -> bool {
    std::env::var_os("CHIMEWATCH_DRAW").is_some()
}

/// Compares a picture with its file, or writes it.
fn keep(name: &str, picture: &str) {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("assets").join(name);
    if is_drawing() {
        std::fs::write(&file, picture).unwrap();
    }
    let kept = std::fs::read_to_string(&file).unwrap_or_default();
    assert!(
        kept == picture,
        "assets/{name} is out of date: CHIMEWATCH_DRAW=1 cargo test --test pictures draws it anew"
    );
}

/// Half a minute into the demo: something needs you, something failed, something moves.
const THEN: i64 = 28;

fn story(width: u16, height: u16, keys: &[Action]) -> story::Story {
    let mut story = story::Story::new(width, height);
    story.run_to(THEN);
    for key in keys {
        story.press(*key);
    }
    story
}

#[test]
fn the_dashboard() {
    let frame = story(110, 28, &[]).frame();
    keep("dashboard.svg", &svg::draw(&frame, &svg::DARK));
    keep("dashboard-light.svg", &svg::draw(&frame, &svg::LIGHT));
}

#[test]
fn an_order() {
    let keys = [Action::Top, Action::Open];
    keep("order.svg", &svg::draw(&story(110, 24, &keys).frame(), &svg::DARK));
}

#[test]
fn a_number() {
    let mut story = story::Story::new(110, 14);
    story.run_to(THEN + 8);
    for key in [Action::Top, Action::Open, Action::NextNeed, Action::NextNeed, Action::Open] {
        story.press(key);
    }
    keep("number.svg", &svg::draw(&story.frame(), &svg::DARK));
}

#[test]
fn the_numbers_that_failed() {
    keep("numbers.svg", &svg::draw(&story(110, 12, &[Action::Numbers]).frame(), &svg::DARK));
}

#[test]
fn a_small_terminal() {
    keep("small.svg", &svg::draw(&story(80, 24, &[]).frame(), &svg::DARK));
}
