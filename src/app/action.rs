//! Everything a key can do, in one table: the keymap, the footer, the help and the README are made from it.

/// What a key can do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Action {
    /// One line up.
    Up,
    /// One line down.
    Down,
    /// To the first line.
    Top,
    /// To the last line.
    Bottom,
    /// A screen up.
    PageUp,
    /// A screen down.
    PageDown,
    /// Half a screen up.
    HalfPageUp,
    /// Half a screen down.
    HalfPageDown,
    /// Open what is under the cursor.
    Open,
    /// One step back; never quits.
    Back,
    /// Back, at the root quits.
    BackOrQuit,
    /// Quit at once.
    Quit,
    /// Stop until `fg`.
    Suspend,
    /// The next order of the list it came from.
    NextOrder,
    /// The previous order of the list it came from.
    PreviousOrder,
    /// The next order that needs you; in an order the next failed number.
    NextNeed,
    /// The previous order that needs you; in an order the previous failed number.
    PreviousNeed,
    /// Handled until it changes again.
    Handled,
    /// The numbers screen: failed, waiting, all.
    Numbers,
    /// Filter the lines.
    Filter,
    /// Change the filter that is set; without one a step back.
    Refilter,
    /// Everything that can be done, by its name.
    Palette,
    /// Choose as which profile the list is asked.
    Profile,
    /// Choose in which region the list is asked.
    Region,
    /// The keys.
    Help,
    /// Ask for this order now.
    AskNow,
    /// Ask for all that are not settled now.
    AskAll,
    /// Add orders.
    Add,
    /// Choose from the orders of the account.
    Import,
    /// Label and note.
    Describe,
    /// Stop watching.
    Remove,
    /// Take back.
    Undo,
    /// Copy the obvious thing.
    Copy,
    /// Times relative, local, UTC.
    Times,
    /// Stop asking, or go on.
    Pause,
    /// A watchlist by its number, 1 to 9.
    List(u8),
    /// The list `unsaved`.
    Unsaved,
    /// Save `unsaved` under a name.
    SaveAs,
    /// Take in the account's new orders, or no longer.
    Follow,
    /// Look for an order that was not found in the other region.
    LookElsewhere,
    /// The next pane.
    NextPane,
    /// Mark what is under the cursor, or no longer.
    Mark,
    /// Mark all that is shown, or none of it.
    MarkAll,
}

/// Where keys have their own meaning: what is on the screen, or lies over it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Context {
    /// The list of orders.
    List,
    /// One order.
    Order,
    /// The numbers screen.
    Numbers,
    /// The help.
    Help,
    /// A text field: every printable key is text.
    Text,
    /// A list to choose from with a field to filter it: printable keys are text, others move.
    Picker,
    /// A question that Enter or Esc answers.
    Question,
}

impl Context {
    /// Every context.
    pub const ALL: [Self; 7] =
        [Self::List, Self::Order, Self::Numbers, Self::Help, Self::Text, Self::Picker, Self::Question];

    /// True where a printable key is text, whatever else it does elsewhere.
    pub const fn takes_text(self) -> bool {
        matches!(self, Self::Text | Self::Picker)
    }
}

/// What there is to know about an action.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ActionSpec {
    /// The action.
    pub action: Action,
    /// Its name in the keymap file.
    pub name: &'static str,
    /// What it does, for the help and the README. Neighbours with the same words are shown as one line.
    pub summary: &'static str,
    /// What the footer says beside its key; empty where the footer leaves it out.
    pub short: &'static str,
    /// Where it can be used.
    pub contexts: &'static [Context],
}

use Context::{Help, List, Numbers, Order, Picker, Question};

const EVERYWHERE: &[Context] = &Context::ALL;
const LINES: &[Context] = &[List, Order, Numbers, Help];
const LINES_AND_PICKER: &[Context] = &[List, Order, Numbers, Help, Picker];
const SCREENS: &[Context] = &[List, Order, Numbers];
const ROWS: &[Context] = &[List, Order];

const fn spec(
    action: Action,
    name: &'static str,
    summary: &'static str,
    short: &'static str,
    contexts: &'static [Context],
) -> ActionSpec {
    ActionSpec { action, name, summary, short, contexts }
}

const ONE_OF_NINE: &str = "a watchlist, by order of creation";

/// Every action, in the order of the help. The footer drops from the end what has no room.
pub const ACTIONS: &[ActionSpec] = &[
    spec(
        Action::Open,
        "open",
        "open: an order, a change's order, the fold of settled orders",
        "open",
        &[List, Order, Numbers, Question],
    ),
    spec(
        Action::Back,
        "back",
        "one step back: overlay, filter, screen; never quits",
        "back",
        &[List, Order, Numbers, Help, Question],
    ),
    spec(Action::Numbers, "numbers", "numbers: failed, waiting, all", "failed numbers", SCREENS),
    spec(
        Action::NextOrder,
        "next-order",
        "in an order: the next of its list",
        "next order",
        &[Order, Numbers],
    ),
    spec(Action::PreviousOrder, "previous-order", "in an order: the one before", "", &[Order, Numbers]),
    spec(
        Action::NextNeed,
        "next-need",
        "next that needs you; in an order: next failed number",
        "next that needs you",
        SCREENS,
    ),
    spec(Action::PreviousNeed, "previous-need", "the one before", "", SCREENS),
    spec(Action::Filter, "filter", "filter by name, id, number or state", "find", &[List, Numbers]),
    spec(Action::Refilter, "refilter", "change the filter that is set", "", &[List, Numbers]),
    spec(Action::Add, "add", "add orders by typing or pasting", "add", ROWS),
    spec(Action::Import, "import", "import orders from the account's list", "import", SCREENS),
    spec(Action::Copy, "copy", "copy the obvious: an id, the numbers shown, a command", "copy", SCREENS),
    spec(
        Action::Palette,
        "palette",
        "everything that can be done, by name; :q quits",
        "all actions",
        SCREENS,
    ),
    spec(Action::Profile, "profile", "choose the profile that the list is asked as", "", SCREENS),
    spec(Action::Region, "region", "choose the region that the list is asked in", "", SCREENS),
    spec(Action::Help, "help", "these keys", "help", &[List, Order, Numbers, Help]),
    spec(Action::Handled, "handled", "handled until it changes again", "handled", ROWS),
    spec(Action::AskNow, "ask-now", "ask for this order now, settled or not", "ask now", SCREENS),
    spec(Action::AskAll, "ask-all", "ask for all that are not settled", "", SCREENS),
    spec(Action::Describe, "describe", "label and note", "label", ROWS),
    spec(Action::Remove, "remove", "stop watching", "remove", ROWS),
    spec(Action::Undo, "undo", "take the last edit back, 20 deep", "undo", SCREENS),
    spec(Action::Follow, "follow", "follow the account: watch its new orders, or no longer", "", &[List]),
    spec(
        Action::LookElsewhere,
        "look-elsewhere",
        "look for an order that was not found in the other region",
        "",
        ROWS,
    ),
    spec(Action::Times, "times", "times: relative, local, UTC", "times", SCREENS),
    spec(Action::Pause, "pause", "pause, or go on", "pause", SCREENS),
    spec(Action::NextPane, "next-pane", "next pane", "", &[List]),
    spec(Action::Mark, "mark", "where several can be chosen: mark, or no longer", "mark", &[Picker]),
    spec(Action::MarkAll, "mark-all", "there: mark all that is shown, or none of it", "all", &[Picker]),
    spec(Action::Up, "up", "up", "", LINES_AND_PICKER),
    spec(Action::Down, "down", "down", "", LINES_AND_PICKER),
    spec(Action::Top, "top", "to the first line", "", LINES),
    spec(Action::Bottom, "bottom", "to the last line", "", LINES),
    spec(Action::PageUp, "page-up", "a page up", "", LINES_AND_PICKER),
    spec(Action::PageDown, "page-down", "a page down", "", LINES_AND_PICKER),
    spec(Action::HalfPageUp, "half-page-up", "half a page up", "", LINES),
    spec(Action::HalfPageDown, "half-page-down", "half a page down", "", LINES),
    spec(Action::List(1), "list-1", ONE_OF_NINE, "", SCREENS),
    spec(Action::List(2), "list-2", ONE_OF_NINE, "", SCREENS),
    spec(Action::List(3), "list-3", ONE_OF_NINE, "", SCREENS),
    spec(Action::List(4), "list-4", ONE_OF_NINE, "", SCREENS),
    spec(Action::List(5), "list-5", ONE_OF_NINE, "", SCREENS),
    spec(Action::List(6), "list-6", ONE_OF_NINE, "", SCREENS),
    spec(Action::List(7), "list-7", ONE_OF_NINE, "", SCREENS),
    spec(Action::List(8), "list-8", ONE_OF_NINE, "", SCREENS),
    spec(Action::List(9), "list-9", ONE_OF_NINE, "", SCREENS),
    spec(Action::Unsaved, "unsaved", "the list unsaved", "", SCREENS),
    spec(Action::SaveAs, "save-as", "save unsaved under a name", "", SCREENS),
    spec(
        Action::BackOrQuit,
        "back-or-quit",
        "back, at the root quits",
        "quit",
        &[List, Order, Numbers, Help, Question],
    ),
    spec(Action::Quit, "quit", "quit at once", "", EVERYWHERE),
    spec(Action::Suspend, "suspend", "suspend; fg goes on", "", EVERYWHERE),
];

impl Action {
    /// What there is to know about it.
    pub fn spec(self) -> Option<&'static ActionSpec> {
        ACTIONS.iter().find(|spec| spec.action == self)
    }

    /// True for what the palette offers: what does something by itself. Watchlists stand in it by their names, and
    /// nobody looks there for a way to move.
    pub const fn stands_in_palette(self) -> bool {
        match self {
            Self::Open
            | Self::NextOrder
            | Self::PreviousOrder
            | Self::NextNeed
            | Self::PreviousNeed
            | Self::Handled
            | Self::Numbers
            | Self::Filter
            | Self::Profile
            | Self::Region
            | Self::Help
            | Self::AskNow
            | Self::AskAll
            | Self::Add
            | Self::Import
            | Self::Follow
            | Self::LookElsewhere
            | Self::Describe
            | Self::Remove
            | Self::Undo
            | Self::Copy
            | Self::Times
            | Self::Pause
            | Self::SaveAs
            | Self::NextPane
            | Self::Quit
            | Self::Suspend => true,
            Self::Up
            | Self::Down
            | Self::Top
            | Self::Bottom
            | Self::PageUp
            | Self::PageDown
            | Self::HalfPageUp
            | Self::HalfPageDown
            | Self::Back
            | Self::BackOrQuit
            | Self::Refilter
            | Self::Palette
            | Self::List(_)
            | Self::Unsaved
            | Self::Mark
            | Self::MarkAll => false,
        }
    }

    /// The action of a name in the keymap file.
    pub fn named(name: &str) -> Option<Self> {
        ACTIONS.iter().find(|spec| spec.name == name).map(|spec| spec.action)
    }
}

impl ActionSpec {
    /// True where the action can be used in `context`.
    pub fn works_in(&self, context: Context) -> bool {
        self.contexts.contains(&context)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn every_action_stands_once_under_one_kebab_case_name() {
        let actions: BTreeSet<_> = ACTIONS.iter().map(|spec| spec.action).collect();
        let names: BTreeSet<_> = ACTIONS.iter().map(|spec| spec.name).collect();
        assert_eq!((actions.len(), names.len()), (ACTIONS.len(), ACTIONS.len()));
        for spec in ACTIONS {
            assert!(spec.name.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-'));
            assert!(!spec.summary.is_empty() && !spec.contexts.is_empty(), "{}", spec.name);
            assert_eq!(Action::named(spec.name), Some(spec.action));
        }
    }

    #[test]
    fn quitting_and_suspending_work_everywhere_and_nothing_else_works_in_a_text_field() {
        let in_text: Vec<_> =
            ACTIONS.iter().filter(|spec| spec.works_in(Context::Text)).map(|spec| spec.action).collect();
        assert_eq!(in_text, [Action::Quit, Action::Suspend]);
        for context in Context::ALL {
            assert!(ACTIONS.iter().any(|spec| spec.action == Action::Quit && spec.works_in(context)));
        }
    }
}
