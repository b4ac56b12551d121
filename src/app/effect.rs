//! What `update` wants done. The runtime performs it and answers with a message.

use super::past::PastOf;
use super::written::export::Export;
use crate::domain::change::Observation;
use crate::domain::usual::Alike;
use crate::domain::watchlist::{Carried, Edit};
use crate::domain::{
    KeptFilters, ListView, NeedKind, OrderKey, PageToken, Preference, ProfileConfig, Scope, Text, Watchlist,
};
use jiff::Timestamp;
use std::collections::BTreeMap;
use std::sync::Arc;

/// Names one request for as long as the program runs. An answer counts only if its request is the one in flight.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct RequestId(pub u64);

/// Names a watchlist for as long as the program runs, across renames.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct ListId(pub u32);

/// Something to be done outside the core.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Effect {
    /// Ask for an order. Exactly one `Answered` or `Lost` comes back.
    Fetch {
        /// The request.
        request: RequestId,
        /// What is asked for.
        key: OrderKey,
    },
    /// Ask for a page of an account's orders. Exactly one `Listed` or `ListLost` comes back.
    List {
        /// The request.
        request: RequestId,
        /// Whose orders, where.
        scope: Arc<Scope>,
        /// Which page; none for the first.
        page: Option<PageToken>,
    },
    /// Stop requests that nobody waits for any more.
    Abort(Vec<RequestId>),
    /// Close the connections that are kept: they may be dead after a suspension or a network failure.
    DropConnections,
    /// Read credentials afresh before the next request.
    ForgetCredentials,
    /// Look whether the files that credentials come from have changed; answered by `CredentialsChanged` if they have.
    LookForCredentials,
    /// Read which profiles the shared config has; answered by `ProfilesRead`.
    ReadProfiles,
    /// Read where a profile asks; answered by `ProfileRead`.
    ReadProfile {
        /// The profile; none for the default one.
        profile: Option<Arc<str>>,
    },
    /// Hand over the answers of this order as they come too, by `Came`; of none any more.
    KeepBody(Option<OrderKey>),
    /// Work for the history.
    History(HistoryWork),
    /// Work for the watchlist files and the view state.
    Files(FilesWork),
    /// Put a text on the clipboard; answered by `Copied`.
    Copy {
        /// The text.
        text: String,
        /// What it is, as `3 numbers`.
        what: String,
    },
    /// Give the terminal back and print a text on it, until somebody comes back to the dashboard.
    Print {
        /// The text, as a terminal may be given it.
        text: String,
        /// What it is.
        what: String,
    },
    /// Call the user.
    Ring,
    /// Give the terminal back and stop until `fg`.
    Suspend,
    /// Leave.
    Quit,
}

/// What the history thread does.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum HistoryWork {
    /// Record observations in one transaction; answered by `Recorded`.
    Record(Vec<Observation>),
    /// Renew the last-seen times of unchanged orders with the next commit.
    Touch(Vec<(OrderKey, Timestamp)>),
    /// Keep what the user marked as handled, or no longer.
    SetHandled(OrderKey, Option<NeedKind>),
    /// Read whole snapshots; answered by `Known`.
    Load(Vec<OrderKey>),
    /// Read changes, the newest first; answered by `ChangesRead`.
    ReadChanges {
        /// For what.
        of: PastOf,
        /// Of these orders.
        keys: Vec<OrderKey>,
        /// Those with a lower sequence number than this.
        before: u64,
        /// At most so many.
        limit: usize,
    },
    /// Read how long orders like these took; answered by `UsualRead`.
    ReadUsual(Alike),
}

/// What the files thread does.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FilesWork {
    /// Apply an edit to a list's file; answered by `Edited`.
    Edit {
        /// The list.
        list: ListId,
        /// The edit.
        edit: Edit,
        /// Why, so that the answer can be told and undone.
        purpose: Purpose,
    },
    /// Put orders of one list into another: answered by `Transferred`.
    Transfer {
        /// The list that has them.
        from: ListId,
        /// The list that gets them.
        to: Destination,
        /// The orders, and what their tables have to name so that they are asked as before.
        orders: Vec<Carried>,
    },
    /// Write orders or numbers to a new file; answered by `Exported`.
    Export(Box<Export>),
    /// Read a list's file again, because it did not parse; answered by `ListRead`.
    Read {
        /// The list.
        list: ListId,
    },
    /// Find the order ids in a long text; answered by `OrdersFound`.
    Find(Arc<str>),
    /// Look which lists were changed by another hand; each is told by `FileChanged`.
    Look,
    /// Write a list's orders under a new name; answered by `Saved`.
    SaveAs {
        /// The list.
        list: ListId,
        /// The new name.
        name: Text,
    },
    /// Make, rename, copy, delete or bring back a list; answered by `ListsChanged`.
    Lists {
        /// What to do.
        work: ListWork,
        /// Why, so that the answer can be told and undone.
        purpose: Purpose,
    },
    /// Keep which list was used last and what else outlives a run.
    SaveView(ViewState),
    /// Keep which theme was chosen.
    KeepTheme(Text),
    /// Keep a filter under a name, or no longer; answered by `PresetEdited`.
    KeepFilter(PresetEdit),
    /// Read which filters are kept: another program may have saved some. Answered by `PresetsRead`.
    ReadFilters,
}

/// A filter is kept under a name, or no longer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PresetEdit {
    /// The name.
    pub name: Text,
    /// The filter's text; none to delete it.
    pub filter: Option<Text>,
}

/// What came of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PresetEdited {
    /// All filters that are kept now.
    pub kept: KeptFilters,
    /// What was kept under the name before.
    pub before: Option<Text>,
}

/// Where orders are moved to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Destination {
    /// A list that there is.
    List(ListId),
    /// A new list of this name.
    New(Text),
}

/// Work on a whole list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ListWork {
    /// Make an empty one.
    New {
        /// Its name.
        name: Text,
    },
    /// Give one another name; it stays the same list.
    Rename {
        /// The list.
        list: ListId,
        /// Its new name.
        name: Text,
    },
    /// Make a copy of one.
    Duplicate {
        /// The list.
        list: ListId,
        /// The name of the copy.
        name: Text,
    },
    /// Move one aside; of a file elsewhere only the tab goes.
    Delete {
        /// The list.
        list: ListId,
    },
    /// Bring back one that was deleted in this run.
    PutBack {
        /// The list.
        list: ListId,
    },
}

/// What came of work on a whole list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ListOutcome {
    /// There is a new list.
    Made(ListId, Watchlist),
    /// It has its new name.
    Renamed(Watchlist),
    /// Its file was moved aside.
    Deleted,
    /// It is a file elsewhere, which stays.
    Closed {
        /// The file.
        file: Text,
    },
    /// It is where it was.
    Back(Watchlist),
}

/// Why a list is edited.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purpose {
    /// The user added, removed or described.
    Edit,
    /// The user took an edit back.
    Undo,
    /// The list follows its account, which has new orders.
    Intake,
}

/// What outlives a run beside lists and history.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ViewState {
    /// The list to open next time; none for the one that is known.
    pub last_used: Option<Text>,
    /// Where profiles were last read to ask: a first frame needs it before any file is read.
    pub profiles: Vec<(Option<Arc<str>>, ProfileConfig)>,
    /// What the user chose for the whole program; none where that is not what is to be kept.
    pub preference: Option<Preference>,
    /// How lists were looked at, as far as that has changed.
    pub looks: BTreeMap<ListId, ListView>,
}
