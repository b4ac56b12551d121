//! One thing that can be chosen: what it is called, what else there is to say of it, what choosing it does.

use crate::app::action::Action;
use crate::app::columns::Column;
use crate::app::effect::ListId;
use crate::app::presets::Origin;
use crate::app::query::Mark;
use crate::app::rows::SortBy;
use crate::app::written::Form;
use crate::domain::{OrderStatus, PhoneNumberOrderId, Text};
use jiff::Timestamp;
use std::sync::Arc;

/// One thing that can be chosen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Item {
    /// What choosing it does; no two items of a picker have the same.
    pub choice: Choice,
    /// What it is called; typed letters are looked for here first.
    pub name: String,
    /// What else there is to say.
    pub detail: Detail,
    /// The action whose key does the same.
    pub key: Option<Action>,
    /// Whether it can be chosen.
    pub state: State,
    /// When it is shown.
    pub shows: Shows,
    /// Where it stands without a filter, and among equals with one: the least first.
    pub rank: (u8, i64),
}

/// What choosing does.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Choice {
    /// What a key does.
    Act(Action),
    /// Opens a list.
    Open(ListId),
    /// Asks the list as this profile; none for the one that nobody names.
    Profile(Option<Arc<str>>),
    /// Asks the list in this region; none for the one that nobody names.
    Region(Option<Arc<str>>),
    /// Copies in this form.
    Copy(Form),
    /// Moves orders to this list.
    MoveTo(ListId),
    /// Moves orders to a new list of this name.
    MoveToNew(Text),
    /// Sorts the rows by this.
    Sort(SortBy),
    /// Shows or hides this column.
    Column(Column),
    /// Draws the screen in this theme.
    Theme(Arc<str>),
    /// Filters by the one of this name.
    Preset(Origin, Text),
    /// Deletes the saved filter of this name.
    DeletePreset(Text),
    /// Adds this order.
    Order(PhoneNumberOrderId),
    /// Shows the settled orders.
    ShowSettled,
    /// Copies the command that mends the account.
    CopyCommand,
    /// Reads the account's orders once more.
    ReadAgain,
    /// Writes this into the filter, after what stands there.
    Filter(&'static str),
    /// Nothing: a symbol is explained, by its place.
    Symbol(u8),
}

/// What there is to say about an item beside its name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Detail {
    /// In words.
    Words(String),
    /// What a watchlist has to tell.
    List {
        /// Its orders.
        orders: usize,
        /// Those that need you.
        needing: usize,
        /// When one of them last changed, as far as is known.
        changed: Option<Timestamp>,
    },
    /// The text of a filter.
    Filter(Text),
    /// The symbol that it is about.
    Symbol(Mark),
    /// An order's state and numbers.
    Order {
        /// Its state.
        status: OrderStatus,
        /// When it was created.
        created: Option<Timestamp>,
        /// Numbers acquired of all; none where the account's list does not carry them.
        done: Option<(u32, u32)>,
    },
}

/// Whether an item can be chosen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum State {
    /// It can.
    Plain,
    /// It is what holds now, in a word.
    Present(&'static str),
    /// It cannot: a word for it, and a sentence that says why.
    Disabled(&'static str, Text),
}

/// When an item is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shows {
    /// Whenever it passes the filter.
    Always,
    /// Only if it passes a filter: without one it is folded away.
    Filtered,
    /// Only without a filter: it stands for what is folded away.
    Unfiltered,
}

impl Choice {
    /// The theme that it draws the screen in.
    pub const fn theme(&self) -> Option<&Arc<str>> {
        if let Self::Theme(name) = self { Some(name) } else { None }
    }

    /// The order that it adds.
    pub const fn order(&self) -> Option<PhoneNumberOrderId> {
        if let Self::Order(id) = self { Some(*id) } else { None }
    }
}

impl Item {
    /// What can be chosen, and is always shown.
    pub fn new(choice: Choice, name: impl Into<String>, detail: impl Into<String>) -> Self {
        Self {
            choice,
            name: name.into(),
            detail: Detail::Words(detail.into()),
            key: None,
            state: State::Plain,
            shows: Shows::Always,
            rank: (0, 0),
        }
    }

    /// True for one that stands for something to count: not for a line like `31 settled`.
    pub(super) fn counts(&self) -> bool {
        self.shows != Shows::Unfiltered
    }

    /// True where several can be chosen at once, and this is one of them.
    pub fn can_be_marked(&self) -> bool {
        matches!(self.choice, Choice::Order(_)) && !matches!(self.state, State::Disabled(..))
    }
}
