//! Everything a key can do, in one table: the keymap, the footer, the help, the palette and the README are made from it.

mod table;

pub use table::ACTIONS;

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
    /// The next order or number of the list it came from.
    NextOrder,
    /// The previous order or number of the list it came from.
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
    /// Choose from the filters that have a name.
    Filters,
    /// Save the filter that is set under a name.
    SaveFilter,
    /// Delete a saved filter.
    DeleteFilter,
    /// Choose what the rows are sorted by.
    Sort,
    /// Sort the other way round.
    ReverseSort,
    /// Choose which columns stand.
    Columns,
    /// Everything that can be done, by its name.
    Palette,
    /// Choose as which profile the list is asked.
    Profile,
    /// Choose in which region the list is asked.
    Region,
    /// Choose what the screen looks like.
    Theme,
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
    /// Copy in a form that is chosen.
    CopyAs,
    /// Print what copying copies, for where no clipboard takes it.
    Print,
    /// Copy the link to the AWS console.
    ConsolePage,
    /// The last answer as it came.
    RawJson,
    /// Write what is shown to a file.
    Export,
    /// Put orders into another watchlist.
    MoveOrders,
    /// What changed, back to the first that was seen.
    Activity,
    /// Copy the policy of the two IAM actions.
    Policy,
    /// Times relative, local, UTC.
    Times,
    /// Stop asking, or go on.
    Pause,
    /// No bell, or again.
    Mute,
    /// Mask phone numbers on the screen, or no longer.
    Privacy,
    /// Take the mouse from the terminal, or give it back.
    Mouse,
    /// A watchlist by its number, 1 to 9.
    List(u8),
    /// The list `unsaved`.
    Unsaved,
    /// Save `unsaved` under a name.
    SaveAs,
    /// Choose from the watchlists.
    Lists,
    /// Make a new watchlist.
    ListNew,
    /// Give the watchlist another name.
    ListRename,
    /// Copy the watchlist.
    ListDuplicate,
    /// Delete the watchlist.
    ListDelete,
    /// Take in the account's new orders, or no longer.
    Follow,
    /// Look for an order that was not found in the other region.
    LookElsewhere,
    /// The next pane.
    NextPane,
    /// Mark what is under the cursor of a list to choose from, or no longer.
    Mark,
    /// Mark the order under the cursor, or no longer.
    MarkOrder,
    /// Mark as far as the cursor goes from here, or no further.
    MarkRange,
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
    /// One number.
    Number,
    /// The activity screen.
    Activity,
    /// An answer as it came.
    Json,
    /// A text field: every printable key is text.
    Text,
    /// A list to choose from with a field to filter it: printable keys are text, others move.
    Picker,
    /// A question that Enter or Esc answers.
    Question,
}

impl Context {
    /// Every context.
    pub const ALL: [Self; 9] = [
        Self::List,
        Self::Order,
        Self::Numbers,
        Self::Number,
        Self::Activity,
        Self::Json,
        Self::Text,
        Self::Picker,
        Self::Question,
    ];

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
    /// Whether the palette offers it.
    pub palette: InPalette,
}

/// Whether the palette offers an action.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum InPalette {
    /// It does something by itself.
    Yes,
    /// It only moves, or stands there by another name: a watchlist by its own.
    No,
}

impl Action {
    /// What there is to know about it.
    pub fn spec(self) -> Option<&'static ActionSpec> {
        ACTIONS.iter().find(|spec| spec.action == self)
    }

    /// True for what the palette offers.
    pub fn stands_in_palette(self) -> bool {
        self.spec().is_some_and(|spec| spec.palette == InPalette::Yes)
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

    /// What it does, for what stands beside its name: without the name where the summary begins with it.
    pub fn words(&self) -> &'static str {
        let rest = self.summary.strip_prefix(self.name).and_then(|rest| rest.strip_prefix(": "));
        rest.unwrap_or(self.summary)
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
