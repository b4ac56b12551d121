//! A watchlist with what belongs to its view.

use super::{Intake, Rows, Search, UNSAVED};
use crate::app::columns::Choices;
use crate::app::effect::ListId;
use crate::app::marks::Marks;
use crate::domain::{OrderKey, PhoneNumberOrderId, Watchlist};
use jiff::Timestamp;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// A watchlist with what belongs to its view.
#[derive(Clone, Debug)]
pub struct List {
    /// Its name for the runtime.
    pub id: ListId,
    /// What its file says.
    pub watchlist: Watchlist,
    /// The key of each entry, in the entries' order; none while its region is not known.
    pub keys: Vec<Option<OrderKey>>,
    /// Which columns were chosen.
    pub columns: Choices,
    /// Whether this list is polled: it was opened in this session.
    pub opened: Opened,
    /// Counts up whenever the entries or their keys change.
    pub edition: u64,
    /// The rows as they are shown.
    pub rows: Rows,
    /// What of it is marked.
    pub marks: Marks,
    /// The regions that were looked in because the list's own, the first of them, knew none of its orders. The last
    /// one counts for the rest of this session; empty as long as the list's own does.
    pub session_regions: Vec<Arc<str>>,
    /// Orders that were looked for in another region because theirs does not know them.
    pub searches: BTreeMap<PhoneNumberOrderId, Search>,
    /// How far it has taken in what the accounts that are followed have shown.
    pub intake: Intake,
    /// Orders that needed you when the history last saw them: what the tab of a list tells that is not opened.
    pub last_needing: BTreeSet<OrderKey>,
    /// When an order of it last changed, as the history last saw them: told of a list that is not opened.
    pub last_changed: Option<Timestamp>,
    /// What was chosen for it in this run.
    pub picked: Picked,
    /// The list that was on the screen when this one was made, in this run.
    pub made_on: Option<ListId>,
    /// The sums over it, see [`List::summary`].
    pub memo: crate::app::query::summary::Memo,
}

/// What was chosen for a list in this run: it comes before what was typed and what the list's file says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Picked {
    /// Whom its orders are asked as, where they name no profile of their own.
    pub profile: Pick,
    /// In which region, where they name none of their own.
    pub region: Pick,
}

/// A choice.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Pick {
    /// Nothing was chosen.
    #[default]
    Nothing,
    /// That the list is to name none: the environment's counts, then the default.
    Unnamed,
    /// This.
    Named(Arc<str>),
}

impl Pick {
    /// The choice of a name, or of none.
    pub fn of(name: Option<Arc<str>>) -> Self {
        name.map_or(Self::Unnamed, Self::Named)
    }
}

/// Whether a list was opened in this session.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Opened {
    /// Not yet: last known counts only.
    No,
    /// It is polled.
    Yes,
}

/// Whether settled orders are folded into one line.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Fold {
    /// One line for all of them.
    #[default]
    Folded,
    /// A line each.
    Open,
}
impl List {
    /// True for the list of orders that were given without one.
    pub fn is_unsaved(&self) -> bool {
        self.watchlist.name.raw() == UNSAVED
    }
}
