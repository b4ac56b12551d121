//! What others took like the order that is open.

use crate::screens::plain;
use crate::world::{World, key, order_of, world};
use chimewatch::app::action::Action;
use chimewatch::app::effect::{Effect, HistoryWork};
use chimewatch::app::message::Message;
use chimewatch::app::model::Screen;
use chimewatch::app::query::{Clock, order};
use chimewatch::domain::usual::{Alike, Usual};
use chimewatch::domain::{OrderType, PhoneNumberOrder, ProductType};
use std::time::Duration;

/// Two orders for new numbers of the same kind, one for numbers ported in, all created now.
fn three() -> World {
    let mut world = world(1..=3);
    for (number, order_type) in [(1, OrderType::New), (2, OrderType::New), (3, OrderType::Porting)] {
        let order = PhoneNumberOrder {
            product_type: Some(ProductType::VoiceConnector),
            order_type: Some(order_type),
            created: Some(world.model.now.wall),
            ..order_of(&key(number), "Processing", &["Processing"])
        };
        world.ends(&key(number), Ok(order));
    }
    world.act(Action::Top);
    world
}

fn asked(effects: &[Effect]) -> Vec<Alike> {
    let usual = |effect: &Effect| match effect {
        Effect::History(HistoryWork::ReadUsual(of)) => Some(of.clone()),
        _ => None,
    };
    effects.iter().filter_map(usual).collect()
}

/// The line of the open order that tells of others.
fn told(world: &World) -> Option<String> {
    let Screen::Order(screen) = &world.model.screen else { panic!("no order is open") };
    let view = order::view(&world.model, screen, 100, 30, &Clock::new(&world.model));
    view.lines.iter().map(|line| plain(&line.line)).find(|line| line.contains("orders like it"))
}

#[test]
fn an_order_at_work_is_told_beside_those_that_were_like_it() {
    let mut world = three();
    let alike = Alike {
        endpoint: None,
        product_type: Some(ProductType::VoiceConnector),
        order_type: Some(OrderType::New),
        numbers: 1..=10,
    };
    assert_eq!(asked(&world.act(Action::Open)), std::slice::from_ref(&alike));
    assert_eq!(told(&world), None);
    let minutes = Duration::from_mins;
    let usual = Usual { orders: 23, half: minutes(4), nine_of_ten: minutes(9) };
    world.send(Message::UsualRead { of: alike.clone(), usual: Some(usual) });
    let expected = " 23 orders like it: half done within 4 m, 9 in 10 within 9 m";
    assert_eq!(told(&world).as_deref(), Some(expected));
    assert_eq!(asked(&world.act(Action::NextOrder)), [], "it is like the other");
    assert_eq!(told(&world).as_deref(), Some(expected));
    world.pass(10 * 60_000);
    assert_eq!(told(&world), Some(format!("{expected}; this one takes longer")));
    let even = Usual { half: minutes(9), ..usual };
    world.act(Action::Back);
    assert_eq!(asked(&world.act(Action::Open)), std::slice::from_ref(&alike), "it is read anew");
    world.send(Message::UsualRead { of: alike, usual: Some(even) });
    let expected = " 23 orders like it: 9 in 10 done within 9 m; this one takes longer";
    assert_eq!(told(&world).as_deref(), Some(expected));
}

#[test]
fn nothing_is_told_of_an_order_that_a_carrier_decides_or_that_has_ended() {
    let mut world = three();
    world.act(Action::Bottom);
    assert_eq!(asked(&world.act(Action::Open)), []);
    world.act(Action::Back);
    world.act(Action::Top);
    let [alike] = asked(&world.act(Action::Open)).try_into().unwrap();
    let usual = Usual { orders: 5, half: Duration::from_mins(1), nine_of_ten: Duration::from_mins(2) };
    world.send(Message::UsualRead { of: alike.clone(), usual: Some(usual) });
    assert!(told(&world).is_some());
    world.pass(30_000);
    world.becomes(1, "Successful", &["Acquired"]);
    assert_eq!(told(&world), None);
    world.send(Message::UsualRead { of: alike, usual: Some(usual) });
    assert_eq!(told(&world), None, "it comes too late");
}
