//! The network goes down and comes back: a card says what is so, and the rows stay.

use crate::world::{
    LAUNCH, World, defaults, entry, failure, id, key, key_in, list, order_of, world, world_of,
};
use chimewatch::app::action::Action;
use chimewatch::app::card::{Cause, card};
use chimewatch::app::effect::Effect;
use chimewatch::app::query::card::{self as card_lines, Form};
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

    // `c` copies what it copies anywhere: there is no command for this.
    let copied = world.act(Action::Copy);
    assert!(matches!(&copied[..], [Effect::Copy { text, .. }] if *text == id(1).to_string()), "{copied:?}");

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
