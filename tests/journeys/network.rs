//! The network goes down and comes back: a card says what is so, and the rows stay.

use crate::world::{
    LAUNCH, World, defaults, entry, failure, id, key, key_in, list, order_of, world, world_of,
};
use chimewatch::app::action::Action;
use chimewatch::app::card::{Cause, card};
use chimewatch::app::effect::Effect;
use chimewatch::app::message::{Message, WatchMessage};
use chimewatch::app::query::card::{self as card_lines, Form};
use chimewatch::app::query::footer::exceptions;
use chimewatch::app::query::{Clock, Piece, Role};
use chimewatch::app::spoken::{self, Request};
use chimewatch::domain::{Entry, Failure, FailureKind, NetworkStage, OrderKey};

const NAME: &str = "No connection: the name voice-chime.us-east-1.amazonaws.com does not resolve";

fn no_name(key: &OrderKey) -> Failure {
    Failure {
        what: NAME.into(),
        next_step: "".into(),
        command: None,
        ..failure(key, FailureKind::Network(NetworkStage::Name))
    }
}

/// An order that was read, then the network goes down: the request fails, and so does the probe after it.
fn down() -> World {
    let mut world = world([1, 2]);
    world.read(&[(1, "Processing", &["Processing"]), (2, "Successful", &["Acquired"])]);
    world.ends(&key(1), Err(no_name(&key(1))));
    assert_eq!(card(&world.model), None, "what breaks for a moment is no outage");
    world.pass(1_000);
    world.ends(&key(1), Err(no_name(&key(1))));
    world
}

#[test]
fn a_network_that_is_down_has_a_card_that_does_not_tick_and_goes_by_itself() {
    let mut world = down();
    let said = card(&world.model).unwrap();
    assert_eq!(
        said.text.raw(),
        format!("{NAME}. Next try within 15 s, one request. Answers shown are from 08:00.")
    );
    assert!(matches!(said.cause, Cause::Unreachable { .. }), "{:?}", said.cause);
    assert_eq!(world.rows(), "[1] 2");

    // Nothing in it counts down, whatever the probes do meanwhile.
    for _ in 0..20 {
        world.pass(3_000);
        if world.asks(&key(1)) {
            world.ends(&key(1), Err(no_name(&key(1))));
        }
        assert_eq!(card(&world.model).as_ref(), Some(&said));
    }

    // There is no command for this: `c` copies what it says, and on an order what it copies there.
    let copied = |effects: Vec<Effect>| match effects.as_slice() {
        [Effect::Copy { text, .. }] => text.clone(),
        others => panic!("{others:?}"),
    };
    assert_eq!(copied(world.act(Action::Copy)), said.text.raw());
    world.act(Action::Open);
    assert_eq!(copied(world.act(Action::Copy)), id(1).to_string());
    assert_eq!(card(&world.model).unwrap().offers.len(), 1, "and does not say otherwise");
    world.act(Action::Back);

    world.act(Action::Pause);
    let paused = format!("{NAME}. Asking is paused, p goes on. Answers shown are from 08:00.");
    assert_eq!(card(&world.model).unwrap().text.raw(), paused);
    world.act(Action::Pause);

    world.act(Action::AskAll);
    assert_eq!(card(&world.model).as_ref(), Some(&said), "a try is no success");
    world.ends(&key(1), Ok(order_of(&key(1), "Processing", &["Processing"])));
    assert_eq!(card(&world.model), None);
}

#[test]
fn on_a_low_screen_the_card_takes_one_line() {
    let mut world = down();
    let form = |world: &World| card_lines::card(&world.model, 100).map(|card| (card.form, card.rows()));
    assert_eq!(form(&world), Some((Form::Whole, 3)));
    world.model.size.height = 12;
    assert_eq!(form(&world), Some((Form::Line, 1)));
}

#[test]
fn one_region_that_is_not_reached_takes_a_line_and_leaves_the_orders_of_the_others() {
    let mut launch = list("launch", [1]);
    launch.entries.push(Entry { region: Some("eu-west-1".into()), ..entry(2) });
    let mut world = world_of(vec![(LAUNCH, launch)], defaults());
    let away = key_in("eu-west-1", 2);
    world.read(&[(1, "Processing", &["Processing"])]);
    world.ends(&away, Err(no_name(&away)));
    world.pass(1_000);
    world.ends(&away, Err(no_name(&away)));
    let said = card(&world.model).unwrap();
    assert_eq!(said.text.raw(), format!("1 of 2 orders wait. {NAME}. Next try within 15 s, one request"));
    assert_eq!(card_lines::card(&world.model, 100).unwrap().rows(), 1);
}

#[test]
fn an_order_is_said_not_to_answer_once_that_lasts_and_not_when_one_request_fails() {
    let mut world = world([1, 2]);
    world.read(&[(1, "Processing", &["Processing"]), (2, "Successful", &["Acquired"])]);
    let told = |world: &World| {
        let clock = Clock::new(&world.model);
        let [whole, ..] = exceptions(&world.model, &clock).forms;
        whole
            .pieces
            .into_iter()
            .filter_map(|piece| match piece {
                Piece::Text(text, Role::Need) => Some(text.into_owned()),
                Piece::Text(..) | Piece::Symbol(_) => None,
            })
            .collect::<String>()
    };
    world.fails(1, FailureKind::Timeout);
    assert_eq!(told(&world), "");
    world.pass(9_000);
    assert_eq!(told(&world), "", "its answer is nine seconds old");
    world.pass(11_000);
    assert_eq!(told(&world), "1 not answering, oldest 20 s");
    world.becomes(1, "Processing", &["Processing"]);
    assert_eq!(told(&world), "");
}

#[test]
fn an_order_that_was_refused_is_not_said_to_be_unread() {
    let mut bare = list("launch", []);
    bare.entries = vec![Entry::new(id(1)), Entry { label: Some("Boise".into()), ..Entry::new(id(2)) }];
    let mut world = world_of(vec![(LAUNCH, bare)], defaults());
    let names = |world: &World| [1, 2].map(|number| world.model.name_of(&key(number)));
    assert_eq!(names(&world), ["00000001 (not read yet)", "Boise"]);
    let known = [1, 2].map(|number| (key(number), None)).into();
    world.send(Message::Watch(WatchMessage::Known(known)));
    for kind in [FailureKind::NotFound, FailureKind::Forbidden, FailureKind::BadRequest] {
        world.fails(1, kind);
        world.fails(2, kind);
        assert_eq!(names(&world), ["00000001", "Boise"], "{kind:?}");
        let said = spoken::answer(&world.model, &Request::List(1));
        assert!(said.iter().all(|line| !line.contains("not read yet")), "{said:?}");
    }
    world.fails(1, FailureKind::Timeout);
    assert_eq!(names(&world), ["00000001 (not read yet)", "Boise"]);
}
