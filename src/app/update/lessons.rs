//! The demo's lessons go on when their key was pressed and did what it says.

use super::notice;
use crate::app::action::Action;
use crate::app::lesson::{LESSONS, Sight};
use crate::app::model::{Lesson, Model, Overlay, Screen};

/// Goes on to the next lesson if `action` ends the one at hand.
pub(super) fn done(model: &mut Model, action: Action) {
    let Some(lesson) = model.lesson else { return };
    let is_done = lesson.at_hand().is_some_and(|step| step.action == action && step.leads_to == sight(model));
    if !is_done {
        return;
    }
    let step = lesson.step + 1;
    model.lesson = (step < LESSONS.len()).then_some(Lesson { step });
    if model.lesson.is_none() {
        notice::offer(model, "These six carry far. The rest:", Action::Help);
    }
}

fn sight(model: &Model) -> Sight {
    match (&model.overlay, &model.screen) {
        (Some(Overlay::Filter { .. }), _) => Sight::FilterField,
        (_, Screen::List) => Sight::List,
        (_, Screen::Order(_)) => Sight::Order,
        (_, Screen::Numbers(_)) => Sight::Numbers,
        (_, Screen::Number(_) | Screen::Activity(_)) => Sight::Elsewhere,
    }
}
