//! What the screen says, as plain values worked out from the model: only what is visible, and no colour.

pub mod activity;
pub mod card;
pub mod changes;
pub mod clock;
pub mod empty;
pub mod footer;
pub mod header;
pub mod json;
pub mod lesson;
pub mod line;
pub mod lookup;
pub mod number;
pub mod numbers;
pub mod order;
pub mod overlay;
pub mod pace;
pub mod path;
pub mod picker;
pub mod preview;
pub mod rows;
pub mod sentence;
pub mod summary;
pub mod title;

use super::columns::Choices;
use super::layout::{Area, Kind, Layout, Needs};
use super::model::{List, Model, Screen};
pub use clock::Clock;
pub use footer::filter_text;
pub use line::{Line, Mark, Piece, Role};
use std::sync::Arc;
pub use summary::Summary;

/// Where everything of the screen that is shown stands.
pub fn layout(model: &Model) -> Layout {
    let list = match &model.screen {
        Screen::List => model.current_list(),
        Screen::Order(_) | Screen::Numbers(_) | Screen::Number(_) | Screen::Activity(_) => None,
    };
    super::layout::layout(model.size, Kind::from(&model.screen), needs(model, list))
}

/// What the screen asks room for; `list` is the one whose columns stand on it.
fn needs(model: &Model, list: Option<&List>) -> Needs {
    let card = card::card(model, model.size.width).map_or(0, |card| card.rows());
    Needs {
        card,
        lesson: u16::from(model.lesson.is_some()),
        place: list.map_or(0, |list| list.summary(&model.watch, model.now).place),
        chosen: list.map_or_else(Choices::default, |list| list.columns),
    }
}

/// Where everything of the list stands, whatever screen is shown over it.
pub fn list_layout(model: &Model) -> Layout {
    let needs = needs(model, model.current_list());
    super::layout::layout(model.size, Kind::List, needs)
}

/// The sums over every list, in the order of the tabs.
pub fn summaries(model: &Model) -> Vec<Arc<Summary>> {
    model.lists.iter().map(|list| list.summary(&model.watch, model.now)).collect()
}

/// The order under the cursor, as it stands beside the rows; none on the fold line and in an empty list.
pub fn side<'m>(
    model: &'m Model,
    list: &'m List,
    summary: &Summary,
    area: Area,
    clock: &Clock<'_>,
) -> Option<Vec<Line<'m>>> {
    let cursor = list.rows.cursor;
    let seen = lookup::entry(list, &model.watch, *list.rows.shown.get(cursor)?)?;
    let title = rows::name(&seen, summary, clock);
    let position = rows::position(cursor, list.rows.shown.len());
    let size = (area.width, usize::from(area.height));
    let place = seen.key.map(|key| summary::place(key, summary.differs)).filter(|place| !place.is_empty());
    Some(order::side::lines(model, &seen, (title, position), place, size, clock))
}
