//! Everything that can happen, as one enum: keys, answers, outcomes of effects, time.

use super::Action;
use super::columns::Column;
use super::effect::{ListId, ListOutcome, ListWork, PresetEdit, PresetEdited, Purpose, RequestId};
use super::past::PastOf;
use crate::domain::found::Found;
use crate::domain::usual::{Alike, Usual};
use crate::domain::watchlist::{Edited, Transferred};
use crate::domain::{
    Change, Failure, Identity, KeptFilters, OrderKey, OrderPage, PhoneNumberOrder, ProfileConfig, Scope,
    Snapshot, Text, Watchlist,
};
use jiff::{SignedDuration, Timestamp};
use std::sync::Arc;

/// Something that happened.
#[derive(Clone, Debug, PartialEq)]
pub enum Message {
    /// A key that is bound in the present context.
    Action(Action),
    /// A key in a text field.
    Typed(Keystroke),
    /// Text that was pasted, bracketed or recognised by its speed.
    Pasted(String),
    /// The next part of that text, where a terminal sends it in parts.
    PasteGoesOn(String),
    /// The wheel of the mouse was turned by a notch.
    Scrolled(Wheel),
    /// Something was clicked.
    Clicked(Target),
    /// The terminal has another size, in cells.
    Resized {
        /// Columns.
        width: u16,
        /// Rows.
        height: u16,
    },
    /// A deadline of the model has passed, or a label on the screen has changed.
    Tick,
    /// Something about the orders.
    Watch(WatchMessage),
    /// A watchlist as its file says: at the start, or because the file was changed by another hand.
    ListRead {
        /// The list.
        list: ListId,
        /// What its file says.
        watchlist: Watchlist,
    },
    /// The order ids in a long text that was pasted.
    OrdersFound(Found),
    /// Something was written where watchlists are.
    FilesTouched,
    /// A watchlist's file was changed by another hand: an editor, another instance.
    FileChanged {
        /// The list; an unknown one is new.
        list: ListId,
        /// What there is now.
        now: FileNow,
    },
    /// An edit of a list ended.
    Edited {
        /// The list.
        list: ListId,
        /// Why it was edited.
        purpose: Purpose,
        /// The list as it now is, or why it was not edited: one sentence with the file in it.
        result: Result<Edited, Text>,
    },
    /// Orders were put into another list.
    Transferred {
        /// The list that had them.
        from: ListId,
        /// The list that has them now, both lists as they are, and what went over; or why not: one sentence.
        result: Result<(ListId, Transferred), Text>,
    },
    /// An export ended.
    Exported {
        /// What it was, as `6 orders`.
        what: String,
        /// The file, or why not: one sentence.
        result: Result<Text, Text>,
    },
    /// What the service sent for an order, as it came.
    Came {
        /// The order.
        key: OrderKey,
        /// When.
        received: Timestamp,
        /// All of it.
        body: String,
    },
    /// A list was written under a new name.
    Saved {
        /// The list that was to be saved.
        list: ListId,
        /// The new list and its name, or why not.
        result: Result<(ListId, Watchlist), Text>,
    },
    /// Work on a whole list ended.
    ListsChanged {
        /// What was to be done.
        work: ListWork,
        /// Why.
        purpose: Purpose,
        /// What came of it, or why not: one sentence with the list or the file in it.
        result: Result<ListOutcome, Text>,
    },
    /// A filter was kept under a name or deleted, or not.
    PresetEdited {
        /// What was asked for.
        edit: PresetEdit,
        /// What came of it, or why not: one sentence with the file in it.
        result: Result<PresetEdited, Text>,
    },
    /// The filters that are kept.
    PresetsRead(KeptFilters),
    /// The shared config was read for one profile.
    ProfileRead {
        /// The profile; none for the default one.
        profile: Option<Arc<str>>,
        /// Where it asks.
        config: ProfileConfig,
    },
    /// The profiles of the shared config, by name.
    ProfilesRead(Vec<Arc<str>>),
    /// Changes were read from the history.
    ChangesRead {
        /// For what.
        of: PastOf,
        /// The oldest first; none where the history could not be read.
        changes: Option<Vec<Change>>,
    },
    /// How long orders took was read from the history.
    UsualRead {
        /// Which orders.
        of: Alike,
        /// What is usual; none where too few were seen.
        usual: Option<Usual>,
    },
    /// A text is on the clipboard, or not.
    Copied {
        /// What it was.
        what: String,
        /// By which way, or why not.
        result: Result<String, Text>,
    },
    /// The program was stopped and goes on, or the machine slept.
    Resumed,
    /// Something outside the core that the user should read once: a state file that was set aside, an old library.
    Warned(Text),
}

/// Which way the wheel was turned.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wheel {
    /// Towards the first line.
    Up,
    /// Towards the last line.
    Down,
}

/// What can be clicked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Target {
    /// A line of the screen, counted from its first.
    Line(usize),
    /// The head of a column of the list.
    Head(Column),
    /// A line of the activity below the rows, the newest first.
    Change(usize),
    /// A line of the open picker.
    Choice(usize),
    /// The tab of a list.
    Tab(ListId),
    /// A key in the last line, for what it does.
    Hint(Action),
}

/// What another hand made of a file.
#[derive(Clone, Debug, PartialEq)]
pub enum FileNow {
    /// It says something else.
    Says {
        /// What it says.
        watchlist: Watchlist,
        /// What was left out of it, as `FILE:LINE what`.
        warnings: Vec<Text>,
    },
    /// It has another name.
    Called(Watchlist),
    /// It is not there any more: which file.
    Gone(Text),
}

/// A key in a text field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Keystroke {
    /// A character.
    Character(char),
    /// Takes away the character before the cursor.
    Backspace,
    /// Takes away the character under the cursor.
    Delete,
    /// Takes away the word before the cursor.
    DeleteWord,
    /// Takes away all before the cursor.
    DeleteToStart,
    /// One to the left.
    Left,
    /// One to the right.
    Right,
    /// To the start.
    Home,
    /// To the end.
    End,
    /// To the next field.
    NextField,
    /// To the field before.
    PreviousField,
    /// What this field held last time; in a form the field before.
    Recall,
    /// Done.
    Submit,
    /// Never mind.
    Cancel,
}

/// What the engine works on.
#[derive(Clone, Debug, PartialEq)]
pub enum WatchMessage {
    /// Watch orders; those that are watched already are left alone. They are asked once `Known` has come for them.
    Add(Vec<OrderKey>),
    /// Watch them no longer, and drop what is in flight for them.
    Remove(Vec<OrderKey>),
    /// What the history knows about orders, whole or in outline; orders it does not know come with none. Never
    /// replaces what an answer of this run has said.
    Known(Vec<(OrderKey, Option<Arc<Snapshot>>)>),
    /// A request was answered.
    Answered(Box<Answered>),
    /// A request ended without an answer: its task panicked or was aborted.
    Lost {
        /// The request.
        request: RequestId,
        /// What was asked for.
        key: OrderKey,
    },
    /// A page of an account's orders was asked for, and this came.
    Listed(Box<Listed>),
    /// Such a request ended without an answer.
    ListLost {
        /// The request.
        request: RequestId,
        /// Whose orders were asked for.
        scope: Arc<Scope>,
    },
    /// The account whose orders somebody chooses from: all of its pages are read now. None when nobody does any more.
    Browse(Option<Arc<Scope>>),
    /// The same where nobody looks on who could have it read again: a page that fails is asked for again for minutes.
    ReadList(Option<Arc<Scope>>),
    /// The accounts whose new orders are wanted, all of them.
    Follow(Vec<Arc<Scope>>),
    /// The files that credentials come from have changed: an account that rests tries again.
    CredentialsChanged,
    /// A deadline has passed.
    Tick,
    /// Ask these now, settled or not.
    AskNow(Vec<OrderKey>),
    /// Ask all that are not settled now.
    AskAll,
    /// The order that is open on the screen.
    Opened(Option<OrderKey>),
    /// Stop asking but by hand, or go on.
    SetPaused(bool),
    /// The program was stopped or the machine slept: what is in flight is dead, what is due is spread.
    Resumed,
    /// Mark what an order needs as handled, or no longer.
    ToggleHandled(OrderKey),
    /// The history has recorded every change up to this sequence number.
    Recorded {
        /// The highest sequence number.
        up_to: u64,
    },
    /// The history could not record; the changes are still pending.
    NotRecorded {
        /// Why: one sentence with the file in it.
        why: Text,
    },
}

/// The one answer to a request.
#[derive(Clone, Debug, PartialEq)]
pub struct Answered {
    /// The request.
    pub request: RequestId,
    /// What was asked for.
    pub key: OrderKey,
    /// Requests that were sent for it: one, or more where the clock was learnt or a kept connection had ended.
    pub attempts: u8,
    /// When it was answered, by the wall clock.
    pub received: Timestamp,
    /// How far the service's clock is ahead of ours, where the answer told.
    pub skew: Option<SignedDuration>,
    /// As whom it was signed; none where nothing was sent.
    pub identity: Option<Identity>,
    /// The order, or why not.
    pub result: Result<PhoneNumberOrder, Failure>,
}

/// The one answer to a request for a page.
#[derive(Clone, Debug, PartialEq)]
pub struct Listed {
    /// The request.
    pub request: RequestId,
    /// Whose orders were asked for.
    pub scope: Arc<Scope>,
    /// Requests that were sent for it: one, or more where the clock was learnt or a kept connection had ended.
    pub attempts: u8,
    /// When it was answered, by the wall clock.
    pub received: Timestamp,
    /// How far the service's clock is ahead of ours, where the answer told.
    pub skew: Option<SignedDuration>,
    /// As whom it was signed; none where nothing was sent.
    pub identity: Option<Identity>,
    /// The page, or why not.
    pub result: Result<OrderPage, Failure>,
}
