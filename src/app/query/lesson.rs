//! The demo's lesson at hand.

use crate::app::action::Context;
use crate::app::lesson::{LESSONS, LessonStep};
use crate::app::model::Model;

/// A lesson and its place among them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LessonView {
    /// The lesson.
    pub step: LessonStep,
    /// Which it is, counted from 1.
    pub number: usize,
    /// How many there are.
    pub of: usize,
    /// What ends them from here; empty where it would do something else.
    pub end: &'static str,
}

/// The lesson at hand; none outside the demo.
pub fn lesson(model: &Model) -> Option<LessonView> {
    let lesson = model.lesson?;
    let end = if model.context() == Context::List { "esc ends the lessons" } else { "" };
    Some(LessonView { step: lesson.at_hand()?, number: lesson.step + 1, of: LESSONS.len(), end })
}
