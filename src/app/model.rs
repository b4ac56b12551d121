//! Everything that the program knows while it runs.

mod list;
mod overlay;
mod screen;

pub use list::{Fold, List, Opened, Pick, Picked};
pub use overlay::{
    Describe, DescribeField, ExportForm, Exported, Field, Json, NameForm, Naming, Overlay, Preview,
};
pub use screen::{
    ActivityScreen, NumberFrom, NumberScreen, NumbersScreen, OrderScreen, Pane, Screen, WhichNumbers,
};

use super::action::{Action, Context};
use super::alarm::Alarm;
use super::effect::{ListId, ListWork, PresetEdit, Purpose};
pub use super::elsewhere::Search;
pub use super::follow::{Follow, Intake};
use super::key_names::KeyNames;
use super::looks::Looks;
use super::past::Pasts;
use super::presets::Presets;
use super::regions::ScopeDefaults;
pub use super::rows::Rows;
pub use super::update::hold::Held;
use super::views::Kept;
pub use super::watch::Away;
use super::watch::Watch;
pub use crate::domain::Times;
use crate::domain::watchlist::Edit;
use crate::domain::{
    Fixed, Moment, Now, OrderKey, PhoneNumberOrderId, Preferences, ProfileConfig, Scope, Text,
};
use jiff::tz::TimeZone;
use std::collections::{BTreeMap, BTreeSet, HashMap, VecDeque};
use std::sync::Arc;

/// The state of the whole program. `update` changes it, `ui` draws it.
#[derive(Debug)]
pub struct Model {
    /// What the clocks said with the last message.
    pub now: Now,
    /// The size of the terminal.
    pub size: Size,
    /// The engine: orders, schedule, requests in flight, changes.
    pub watch: Watch,
    /// The watchlists in the order of their creation: the tabs.
    pub lists: Vec<List>,
    /// The list on the screen, a place in `lists`; none before there is a list.
    pub current: Option<usize>,
    /// Which screen is shown over the list.
    pub screen: Screen,
    /// What lies over the screen and takes the keys.
    pub overlay: Option<Overlay>,
    /// Which pane of the list screen takes the movement keys.
    pub pane: Pane,
    /// The line at the bottom that says what just happened.
    pub notice: Option<Notice>,
    /// Edits that can be taken back, the latest last, at most [`UNDO_DEPTH`].
    pub undo: Vec<Undo>,
    /// Which theme the screen is drawn in.
    pub looks: Looks,
    /// The local time zone, read once at the start.
    pub zone: TimeZone,
    /// What fills in where a list and its entries name no profile, region or endpoint.
    pub defaults: ScopeDefaults,
    /// What was read from the shared config, by profile.
    pub profiles: BTreeMap<Option<Arc<str>>, ProfileConfig>,
    /// Profiles that have been asked for.
    pub profiles_asked: BTreeSet<Option<Arc<str>>>,
    /// The profiles of the shared config, by name; none until somebody chooses from them.
    pub profile_names: Option<Vec<Arc<str>>>,
    /// What changed while the program did not run; none until all orders have been asked.
    pub away: Option<Away>,
    /// What the keys are called.
    pub keys: KeyNames,
    /// The demo's lessons; none outside the demo.
    pub lesson: Option<Lesson>,
    /// When the user last pressed a key: rows keep their places for a while after it.
    pub last_key: Option<Moment>,
    /// Edits that the files thread has been given and has not answered yet, the oldest first: it answers in order.
    pub edits: VecDeque<PendingEdit>,
    /// Work on whole lists that has not ended yet, the oldest first.
    pub list_works: VecDeque<PendingWork>,
    /// Lists that can be brought back, the latest last.
    pub deleted: Vec<DeletedList>,
    /// The text of the last paste, to which its next part belongs.
    pub pasted: String,
    /// Bytes of that paste that were too many to be kept.
    pub paste_unread: usize,
    /// The length of the pasted text that another thread looks through; none while it does not.
    pub looking_through: Option<usize>,
    /// The last filter that was kept, for `up` in the next one.
    pub last_filter: String,
    /// Every scope in use, each once, so that keys share them.
    pub scopes: Vec<Arc<Scope>>,
    /// The accounts whose new orders are wanted.
    pub follow: Follow,
    /// Whose answers the net thread hands over as they come.
    pub kept_body: Option<OrderKey>,
    /// Whether the user was told that this machine's clock is wrong.
    pub clock_told: ClockTold,
    /// What the user chose for the whole program.
    pub preferences: Preferences,
    /// What of it the config file chooses.
    pub fixed: Vec<Fixed>,
    /// When the user is called.
    pub alarm: Alarm,
    /// What orders were called that are in no list any more, as far as a change of this run tells of them.
    pub left: HashMap<OrderKey, String>,
    /// Changes of earlier runs, as far as they were read.
    pub past: Pasts,
    /// What the cursor of an order, of numbers or of changes is on.
    pub held: Option<Held>,
    /// How lists are looked at, as far as the state file knows it.
    pub kept: Kept,
    /// What the last key copied; none where it did something else.
    pub copied: Option<Copied>,
    /// The filters that have a name.
    pub presets: Presets,
}

/// A text that was given to the clipboard.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Copied {
    /// The text.
    pub text: String,
    /// What it is, as `3 numbers`.
    pub what: String,
}

/// Whether the user was told that this machine's clock is wrong.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ClockTold {
    /// It is right as far as is known.
    #[default]
    NotYet,
    /// Once is enough.
    Once,
}

/// How many edits can be taken back.
pub const UNDO_DEPTH: usize = 20;

/// The name of the list that holds orders given without one.
pub const UNSAVED: &str = "unsaved";

/// A size in cells.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Size {
    /// Columns.
    pub width: u16,
    /// Rows.
    pub height: u16,
}

/// The line that says what just happened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Notice {
    /// What happened.
    pub text: Text,
    /// How much it matters.
    pub tone: Tone,
    /// When it goes.
    pub until: Moment,
    /// Before this moment no call takes its place: it has to be read first.
    pub unread_until: Moment,
    /// From this moment on it gives way to the next key.
    pub seen_at: Moment,
    /// What a key can do about it, to be shown with that key: `u undo`.
    pub offers: Option<Action>,
}

/// How much a notice matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tone {
    /// Done, by the way.
    Plain,
    /// Something did not work.
    Warning,
}

/// An edit that can be taken back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Undo {
    /// What takes it back.
    pub back: Back,
    /// What came back, as the notice says it: `Toll-free is watched again`.
    pub what: String,
    /// What had been chosen for the list in this run, where that comes back too.
    pub picked: Option<Picked>,
    /// What is done to another list once that has succeeded.
    pub then: Option<Then>,
}

/// What becomes of the list that orders were moved to, once they are back where they were.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Then {
    /// It was there before: they are taken out of it.
    TakeOut {
        /// The list.
        of: ListId,
        /// The orders that came to it.
        orders: Vec<PhoneNumberOrderId>,
    },
    /// It was made for them: it goes, unless it has got others since.
    Unmake {
        /// The list.
        list: ListId,
        /// The orders that it was made for.
        orders: Vec<PhoneNumberOrderId>,
    },
}

/// What takes something back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Back {
    /// An edit of this list.
    Edit(ListId, Edit),
    /// Work on a list as a whole.
    List(ListWork),
    /// An edit of a saved filter.
    Preset(PresetEdit),
}

impl Back {
    /// The edit, where it is one.
    pub const fn edit(&self) -> Option<&Edit> {
        match self {
            Self::Edit(_, edit) => Some(edit),
            Self::List(_) | Self::Preset(_) => None,
        }
    }
}

/// Work on a whole list that has not ended yet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PendingWork {
    /// What was asked for.
    pub work: ListWork,
    /// The undo that was taken for it, to be put back if it fails.
    pub undo: Option<Undo>,
}

/// A list that was deleted in this run, and where it stood among the tabs.
#[derive(Clone, Debug)]
pub struct DeletedList {
    /// Its place in `lists`.
    pub place: usize,
    /// The list, with its view.
    pub list: List,
}

/// An edit on its way to the file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PendingEdit {
    /// Which list.
    pub list: ListId,
    /// What was asked for.
    pub edit: Edit,
    /// Why.
    pub purpose: Purpose,
    /// The undo that was taken for it, to be put back if it fails.
    pub undo: Option<Undo>,
    /// What was chosen and is to be kept by it.
    pub chosen: Option<Chosen>,
}

/// A profile or a region that was chosen for a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Chosen {
    /// How its orders are asked from now on: `launch is asked as prod`.
    pub how: String,
    /// What takes it back.
    pub back: Undo,
}

/// The demo's lessons: six keys, each done once.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Lesson {
    /// The lesson at hand, counted from 0.
    pub step: usize,
}

impl Model {
    /// Which keys count: those of the overlay, else of the screen.
    pub fn context(&self) -> Context {
        match &self.overlay {
            Some(Overlay::Paste(_)) => Context::Question,
            Some(
                Overlay::Filter { .. }
                | Overlay::Add(_)
                | Overlay::Describe(_)
                | Overlay::Name(_)
                | Overlay::Export(_),
            ) => Context::Text,
            Some(Overlay::Json(_)) => Context::Json,
            Some(Overlay::Picker(_)) => Context::Picker,
            None => self.screen_context(),
        }
    }

    /// Which keys count on the screen, whatever lies over it.
    pub const fn screen_context(&self) -> Context {
        match &self.screen {
            Screen::List => Context::List,
            Screen::Order(_) => Context::Order,
            Screen::Numbers(_) => Context::Numbers,
            Screen::Number(_) => Context::Number,
            Screen::Activity(_) => Context::Activity,
        }
    }

    /// The list on the screen.
    pub fn current_list(&self) -> Option<&List> {
        self.lists.get(self.current?)
    }

    /// The key that opens a list: 0 for `unsaved`, 1 to 9 for the others by their creation, none beyond.
    pub fn list_number(&self, place: usize) -> Option<u8> {
        if self.lists.get(place)?.is_unsaved() {
            return Some(0);
        }
        let before = self.lists.iter().take(place).filter(|list| !list.is_unsaved()).count();
        u8::try_from(before + 1).ok().filter(|number| *number <= 9)
    }

    /// The place of a list in `lists`.
    pub fn place_of(&self, id: ListId) -> Option<usize> {
        self.lists.iter().position(|list| list.id == id)
    }
}
