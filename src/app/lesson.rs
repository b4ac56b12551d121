//! The demo's lessons: six keys, each told until it is done.

use super::action::Action;
use super::model::Lesson;

/// One lesson: a key, and what it does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LessonStep {
    /// The action that ends it.
    pub action: Action,
    /// What must be on the screen for it to have ended.
    pub leads_to: Sight,
    /// What the key does, after its name: `enter  opens the order under the cursor`.
    pub does: &'static str,
}

/// What can be on the screen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sight {
    /// The list of orders.
    List,
    /// One order.
    Order,
    /// Numbers.
    Numbers,
    /// The field for the filter.
    FilterField,
    /// What no lesson leads to.
    Elsewhere,
}

/// The six lessons, each possible where the one before it ends.
pub const LESSONS: [LessonStep; 6] = [
    LessonStep { action: Action::Open, leads_to: Sight::Order, does: "opens the order under the cursor" },
    LessonStep {
        action: Action::NextOrder,
        leads_to: Sight::Order,
        does: "reads the next order of the list",
    },
    LessonStep {
        action: Action::Numbers,
        leads_to: Sight::Numbers,
        does: "shows its numbers: failed, waiting, all",
    },
    LessonStep {
        action: Action::Back,
        leads_to: Sight::List,
        does: "goes one step back, until you are at the list",
    },
    LessonStep {
        action: Action::NextNeed,
        leads_to: Sight::List,
        does: "jumps to the next order that needs you",
    },
    LessonStep {
        action: Action::Filter,
        leads_to: Sight::FilterField,
        does: "finds by name, number or state",
    },
];

impl Lesson {
    /// The lesson at hand.
    pub fn at_hand(self) -> Option<LessonStep> {
        LESSONS.get(self.step).copied()
    }
}
