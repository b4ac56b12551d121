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
    /// The keys.
    Help,
    /// Ask for this order now.
    AskNow,
    /// Ask for all that are not settled now.
    AskAll,
    /// Add orders.
    Add,
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
    /// The next pane.
    NextPane,
}

/// Where keys have their own meaning.
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
    /// A question that Enter or Esc answers.
    Question,
}
