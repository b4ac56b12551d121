//! What the mouse does: the wheel scrolls, a click puts the cursor somewhere, a click on the cursor opens, one on the
//! head of a column sorts.

use super::{arrangement, lists, movement, picker, screens, shown};
use crate::app::Effect;
use crate::app::message::{Target, Wheel};
use crate::app::model::{Model, Overlay, Pane, Screen};
use crate::app::rows::SortBy;

/// Lines that a notch of the wheel scrolls.
const NOTCH: usize = 3;

/// The wheel was turned.
pub(super) fn scrolled(model: &mut Model, wheel: Wheel) -> Vec<Effect> {
    match &mut model.overlay {
        Some(Overlay::Picker(_)) => {
            let step = match wheel {
                Wheel::Up => movement::Step::Up,
                Wheel::Down => movement::Step::Down,
            };
            (0..NOTCH).for_each(|_| drop(movement::step(model, step)));
            return Vec::new();
        }
        // What lies below a field or a question rests.
        Some(_) => return Vec::new(),
        None => {}
    }
    if model.screen == Screen::List {
        model.pane = Pane::Rows;
    }
    let (lines, page) = (movement::lines(model), shown::page(model));
    let scrolled = |offset: usize| match wheel {
        Wheel::Up => offset.saturating_sub(NOTCH),
        Wheel::Down => (offset + NOTCH).min(lines.saturating_sub(page)),
    };
    if let Screen::Number(screen) = &mut model.screen {
        screen.offset = scrolled(screen.offset);
    }
    if let Some((offset, cursor)) = movement::view(model) {
        *offset = scrolled(*offset);
        *cursor = (*cursor).clamp(*offset, *offset + page.saturating_sub(1));
    }
    Vec::new()
}

/// Something was clicked.
pub(super) fn clicked(model: &mut Model, target: &Target) -> Vec<Effect> {
    match (target, &mut model.overlay) {
        (Target::Hint(action), _) => super::act(model, *action),
        (Target::Choice(line), Some(Overlay::Picker(open))) => {
            if open.cursor() == *line {
                return picker::choose(model);
            }
            open.go_to(*line);
            Vec::new()
        }
        (_, Some(_)) | (Target::Choice(_), None) => Vec::new(),
        (Target::Tab(list), None) => match model.place_of(*list) {
            Some(place) => lists::open_and_remember(model, place),
            None => Vec::new(),
        },
        (Target::Head(column), None) => arrangement::sort_by(model, SortBy::Column(*column)),
        (Target::Change(line), None) => {
            let pane = Pane::Activity { cursor: *line };
            if std::mem::replace(&mut model.pane, pane) == pane { screens::open(model) } else { Vec::new() }
        }
        (Target::Line(line), None) => {
            let had_the_keys = model.screen != Screen::List || model.pane == Pane::Rows;
            model.pane = Pane::Rows;
            let lines = movement::lines(model);
            match movement::view(model) {
                Some((_, cursor)) if *cursor == *line && had_the_keys => screens::open(model),
                Some((_, cursor)) if *line < lines => {
                    *cursor = *line;
                    Vec::new()
                }
                Some(_) | None => Vec::new(),
            }
        }
    }
}
