//! What the last line says while AWS throttles.

use crate::world::{World, failure, key, world};
use chimewatch::app::message::{Message, WatchMessage};
use chimewatch::app::query::footer::exceptions;
use chimewatch::app::query::{Clock, Line, Piece};
use chimewatch::domain::{Failure, FailureKind};
use std::time::Duration;

fn text(line: &Line<'_>) -> String {
    let texts = line.pieces.iter().filter_map(|piece| match piece {
        Piece::Text(text, _) => Some(text.as_ref()),
        Piece::Symbol(_) => None,
    });
    texts.collect()
}

/// What is out of order, the longest form first.
fn said(world: &World) -> [String; 4] {
    exceptions(&world.model, &Clock::new(&world.model)).forms.each_ref().map(text)
}

#[test]
fn orders_that_throttles_hold_back_take_a_status_line_and_no_error() {
    let mut world = world(1..=25);
    let known = (1..=25).map(|number| (key(number), None)).collect();
    world.send(Message::Watch(WatchMessage::Known(known)));
    for number in 1..=20 {
        world.fails(number, FailureKind::Throttled);
    }
    let forms = [
        "AWS asks us to slow down: 25 orders wait, none of them read yet. Nothing is lost.",
        "AWS asks us to slow down: 25 orders wait, none of them read yet",
        "slowed by AWS: 25 orders wait",
        "25 slowed",
    ];
    assert_eq!(said(&world), forms);
    world.becomes(1, "Processing", &["Processing"]);
    world.pass(40_000);
    world.fails(1, FailureKind::Throttled);
    assert_eq!(said(&world)[1], "AWS asks us to slow down: 25 orders wait, 24 not read yet");
    for number in 2..=25 {
        world.pass(30_000);
        world.becomes(number, "Successful", &["Acquired"]);
    }
    assert_eq!(
        said(&world)[0],
        "AWS asks us to slow down: 1 order waits, oldest answer 12 m. Nothing is lost."
    );
    world.pass(30_000);
    world.becomes(1, "Successful", &["Acquired"]);
    assert!(!said(&world)[0].contains("AWS"), "{:?}", said(&world));
}

#[test]
fn a_pause_that_aws_asks_for_is_told_in_figures_as_long_as_it_lasts() {
    let mut world = world([1]);
    let throttle =
        Failure { retry_after: Some(Duration::from_secs(50)), ..failure(&key(1), FailureKind::Throttled) };
    world.ends(&key(1), Err(throttle));
    let forms = [
        "AWS asks us to wait 50 s: 1 order waits, not read yet. Nothing is lost.",
        "AWS asks us to wait 50 s: 1 order waits, not read yet",
        "held by AWS 50 s: 1 order waits",
        "1 slowed",
    ];
    assert_eq!(said(&world), forms);
    // 27 s are no 20 s: whoever waits for the end of it would be told that it is overdue.
    world.pass(23_000);
    assert_eq!(said(&world)[2], "held by AWS 30 s: 1 order waits");
    world.pass(22_000);
    assert_eq!(said(&world)[2], "held by AWS 10 s: 1 order waits");
    world.pass(5_000);
    world.becomes(1, "Processing", &["Processing"]);
    assert!(!said(&world)[0].contains("AWS"), "{:?}", said(&world));
}
