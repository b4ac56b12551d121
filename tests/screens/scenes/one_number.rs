//! One number: it failed while it was watched, it waits for a date that moved, its order has it no longer.

use super::orders::launch;
use super::{press, typed};
use crate::stage::{Stage, entry, numbers, order};
use chimewatch::app::message::Keystroke;
use chimewatch::app::past::PastOf;
use chimewatch::app::{Action, Message};

/// The history has nothing earlier of the order.
fn whole(mut stage: Stage, index: u32) -> Stage {
    let of = PastOf::Order(stage.key(index));
    stage.tell(Message::ChangesRead { of, changes: Some(Vec::new()) });
    stage
}

/// An order of nine, of which one number has failed a moment ago.
fn toll_free() -> Stage {
    let mut stage = Stage::new(&[("launch", vec![entry(1, "Toll-free")])]);
    for (at, status, states) in [
        ("14:01:55", "Processing", "PPPPPPPPP"),
        ("14:02:05", "Processing", "AAAPPPPPP"),
        ("14:02:10", "Partial", "AAAAAAAFA"),
    ] {
        stage.answer(at, Ok(order(1, status, &numbers(18_335_550_100, states))));
    }
    stage.at("14:03:07");
    stage
}

pub(crate) fn failed() -> Stage {
    whole(press(toll_free(), &[Action::Top, Action::Open, Action::NextNeed, Action::Open]), 1)
}

pub(crate) fn masked() -> Stage {
    press(failed(), &[Action::Privacy, Action::Mute])
}

/// A number of a port-in, from all numbers of the list.
pub(crate) fn waiting() -> Stage {
    let mut stage = typed(press(launch(), &[Action::Numbers, Action::Numbers, Action::Filter]), "reno");
    stage.tell(Message::Typed(Keystroke::Submit));
    whole(press(stage, &[Action::Down, Action::Open]), 3)
}

pub(crate) fn gone() -> Stage {
    let mut stage = failed();
    stage.answer("14:03:15", Ok(order(1, "Partial", &numbers(18_335_550_100, "AAAAAAA"))));
    stage.at("14:03:30");
    stage
}
