//! The demo's lesson at hand.

use crate::app::action::{Action, Context};
use crate::app::lesson::{LESSONS, LessonStep};
use crate::app::model::Model;

/// A lesson and its place among them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LessonView {
    /// The lesson.
    pub step: LessonStep,
    /// Which it is, counted from 1.
    pub number: usize,
    /// How many there are.
    pub of: usize,
    /// What ends them from here; empty where it would do something else.
    pub end: String,
}

/// The lesson at hand; none outside the demo.
pub fn lesson(model: &Model) -> Option<LessonView> {
    let lesson = model.lesson?;
    let context = model.context();
    let ends = || format!("{} ends the lessons", model.keys.of(Action::Back));
    let end = if context == Context::List { ends() } else { String::new() };
    let at_hand = lesson.at_hand()?;
    let step = match context {
        // Who left the order before its key was pressed is told how to come back.
        Context::List if !at_hand.action.spec()?.works_in(context) => *LESSONS.first()?,
        // No lesson is about a number: the way on leads back.
        Context::Number => LESSONS.into_iter().find(|step| step.action == Action::Back)?,
        Context::List
        | Context::Order
        | Context::Numbers
        | Context::Activity
        | Context::Json
        | Context::Text
        | Context::Picker
        | Context::Question => at_hand,
    };
    Some(LessonView { step, number: lesson.step + 1, of: LESSONS.len(), end })
}
