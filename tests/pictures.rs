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

#[test]
fn the_dashboard_half_a_minute_into_the_demo() {
    let mut story = story::Story::new(110, 28);
    story.run_to(28);
    keep("dashboard.svg", &svg::draw(&story.frame()));
}

#[test]
fn the_numbers_that_failed() {
    let mut story = story::Story::new(110, 12);
    story.run_to(28);
    story.press(Action::Numbers);
    keep("numbers.svg", &svg::draw(&story.frame()));
}
