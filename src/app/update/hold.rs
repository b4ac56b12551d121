//! What the cursor is on: where news come above it, it follows the number or the change, and the screen with it.

use super::{movement, number, shown};
use crate::app::Model;
use crate::app::model::Screen;
use crate::app::query::order::Anchor;
use crate::app::query::{changes, numbers, order};
use crate::domain::OrderKey;

/// What the cursor of a screen is on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Held {
    /// A line of an order.
    Line(OrderKey, Anchor),
    /// A number, by its place in its order.
    Number(OrderKey, usize),
    /// A change, by its sequence number.
    Change(u64),
}

/// Notes what the cursor is on.
pub(super) fn note(model: &mut Model) {
    model.held = match &model.screen {
        Screen::List | Screen::Number(_) => None,
        Screen::Order(screen) => shown::spots(model, screen)
            .anchor(screen.cursor, |change| order::sequence_of(model, &screen.key, change))
            .map(|anchor| Held::Line(screen.key.clone(), anchor)),
        Screen::Numbers(screen) => {
            shown::number_at_cursor(model, screen).map(|(key, number)| Held::Number(key, number))
        }
        // At the top it stays at the top, where what happens arrives.
        Screen::Activity(screen) if screen.cursor == 0 => None,
        Screen::Activity(screen) => changes::sequence_at(model, screen, screen.cursor).map(Held::Change),
    };
}

/// Puts the cursor where that now stands; it stays on its line where that is gone.
pub(super) fn follow(model: &mut Model) {
    number::follow(model);
    let to = match (&model.screen, &model.held) {
        (Screen::Order(screen), Some(Held::Line(key, anchor))) if screen.key == *key => {
            shown::spots(model, screen)
                .line_of(anchor, |sequence| order::place_of_change(model, key, sequence))
        }
        (Screen::Numbers(screen), Some(Held::Number(key, number))) => {
            numbers::line_of(model, screen, key, *number)
        }
        (Screen::Activity(screen), Some(Held::Change(sequence))) => {
            changes::line_of(model, screen, *sequence)
        }
        _ => None,
    };
    let Some(to) = to else { return };
    if let Some((offset, cursor)) = movement::view(model) {
        *offset = (*offset + to).saturating_sub(*cursor);
        *cursor = to;
    }
}
