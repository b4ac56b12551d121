//! A list of orders that somebody watches: a file of their own, so every edit is small and can be undone.

use super::{PhoneNumberOrderId, Text};
use std::sync::Arc;

/// A named list of orders, as its file says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Watchlist {
    /// Its name: the file's name without `.toml`, or `unsaved`.
    pub name: Text,
    /// The profile of its orders, unless an entry names one.
    pub profile: Option<Arc<str>>,
    /// The region of its orders, unless an entry names one.
    pub region: Option<Arc<str>>,
    /// Whether it takes in the new orders of its account by itself.
    pub following: Following,
    /// Orders that were taken out of a list that follows its account: they are not taken in again.
    pub except: Vec<PhoneNumberOrderId>,
    /// The orders, in the file's order.
    pub entries: Vec<Entry>,
    /// Whether it can be edited.
    pub access: Access,
}

impl Watchlist {
    /// A list without orders.
    pub fn new(name: Text) -> Self {
        Self {
            name,
            profile: None,
            region: None,
            following: Following::Nothing,
            except: Vec::new(),
            entries: Vec::new(),
            access: Access::Writable,
        }
    }
}

/// Whether a list takes in the new orders of its account by itself: `follow_account` in its file.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Following {
    /// Only what somebody adds is watched.
    #[default]
    Nothing,
    /// `follow_account = true`.
    Account,
}

/// One order of a watchlist.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// Which order.
    pub id: PhoneNumberOrderId,
    /// What the user calls it.
    pub label: Option<Text>,
    /// What the user wants to remember about it.
    pub note: Option<Text>,
    /// The profile to ask as, where it is not the list's.
    pub profile: Option<Arc<str>>,
    /// The region to ask in, where it is not the list's.
    pub region: Option<Arc<str>>,
}

impl Entry {
    /// An order without label or note.
    pub const fn new(id: PhoneNumberOrderId) -> Self {
        Self { id, label: None, note: None, profile: None, region: None }
    }
}

/// Whether a list can be edited.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Access {
    /// It can.
    Writable,
    /// Its file does not parse: `FILE:LINE what`. What is shown is the last good copy.
    Broken(Text),
    /// Its file is not there any more: `FILE is gone`. What is shown is what it held.
    Gone(Text),
}

/// A change of a watchlist, small enough to be applied to a file that somebody else has edited since.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Edit {
    /// Puts orders at the end; those that are there already are left alone.
    Add(Vec<Entry>),
    /// Takes orders out; a list that follows its account does not take them in again.
    Remove(Vec<PhoneNumberOrderId>),
    /// Puts back what a removal took, where it stood; what the removal excepted is so no longer.
    Restore(Vec<Removed>),
    /// Sets the label and the note of orders; empty ones go.
    Describe(Vec<Description>),
    /// Sets the region of one order; none takes it out.
    Move {
        /// Which order.
        id: PhoneNumberOrderId,
        /// Where to ask for it.
        region: Option<Arc<str>>,
    },
    /// Sets the profile of the list; none takes it out.
    SetProfile(Option<Arc<str>>),
    /// Sets the region of the list; none takes it out.
    SetRegion(Option<Arc<str>>),
    /// Takes in the account's new orders from now on, or no longer.
    Follow(Following),
}

/// What an order is to be called, and what is to be remembered about it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Description {
    /// Which order.
    pub id: PhoneNumberOrderId,
    /// Its label.
    pub label: Option<Text>,
    /// Its note.
    pub note: Option<Text>,
}

impl From<Entry> for Description {
    /// The order as it is described.
    fn from(Entry { id, label, note, .. }: Entry) -> Self {
        Self { id, label, note }
    }
}

/// An entry that was taken out, with all that its file said about it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Removed {
    /// The entry.
    pub entry: Entry,
    /// Its place among the entries, counted from 0.
    pub place: usize,
    /// Its place in the file, in bytes: with it an undo is exact, comments and blank lines included.
    pub offset: usize,
    /// The text of its table in the file, comments included.
    pub text: String,
    /// What the removal wrote so that a list that follows its account does not take its orders in again; the first
    /// of several has it.
    pub excepted: Option<Replaced>,
}

/// A piece of a file's text that an edit put in the place of another.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Replaced {
    /// Where it begins, in bytes.
    pub at: usize,
    /// What stood there.
    pub before: String,
    /// What stands there now.
    pub after: String,
}

/// An order that goes from one list to another.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Carried {
    /// Which order.
    pub id: PhoneNumberOrderId,
    /// The profile that its table has to name there so that it is asked as before.
    pub profile: Option<Arc<str>>,
    /// The region that it has to name there.
    pub region: Option<Arc<str>>,
}

/// What moving orders from one list to another did.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Transferred {
    /// The list that they went to, as its file now says.
    pub target: Watchlist,
    /// The list that they came from.
    pub source: Watchlist,
    /// What was taken out of it.
    pub removed: Vec<Removed>,
    /// Those that the other list did not have yet.
    pub added: Vec<PhoneNumberOrderId>,
}

/// What an edit did.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Edited {
    /// The list as its file now says.
    pub list: Watchlist,
    /// What was taken out.
    pub removed: Vec<Removed>,
}
