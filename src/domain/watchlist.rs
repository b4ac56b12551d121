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
    /// The orders, in the file's order.
    pub entries: Vec<Entry>,
    /// Whether it can be edited.
    pub access: Access,
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
}

/// A change of a watchlist, small enough to be applied to a file that somebody else has edited since.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Edit {
    /// Puts orders at the end; those that are there already are left alone.
    Add(Vec<Entry>),
    /// Takes orders out.
    Remove(Vec<PhoneNumberOrderId>),
    /// Puts back what a removal took, where it stood.
    Restore(Vec<Removed>),
    /// Sets the label and the note of an order; empty ones go.
    Describe {
        /// Which order.
        id: PhoneNumberOrderId,
        /// Its label.
        label: Option<Text>,
        /// Its note.
        note: Option<Text>,
    },
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
}

/// What an edit did.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Edited {
    /// The list as its file now says.
    pub list: Watchlist,
    /// What was taken out.
    pub removed: Vec<Removed>,
}
