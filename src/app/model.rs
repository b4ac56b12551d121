//! Everything that the program knows while it runs.

mod overlay;

pub use overlay::{Describe, DescribeField, Field, Overlay, Preview};

use super::action::{Action, Context};
use super::effect::{ListId, Purpose};
pub use super::elsewhere::Search;
pub use super::follow::{Follow, Intake};
use super::key_names::KeyNames;
use super::regions::ScopeDefaults;
pub use super::rows::Rows;
pub use super::watch::Away;
use super::watch::Watch;
use crate::domain::watchlist::Edit;
use crate::domain::{Moment, Now, OrderKey, PhoneNumberOrderId, ProfileConfig, Scope, Text, Watchlist};
use jiff::Timestamp;
use jiff::tz::TimeZone;
use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::sync::Arc;

/// The state of the whole program. `update` changes it, `ui` draws it.
#[derive(Debug)]
pub struct Model {
    /// What the clocks said with the last message.
    pub now: Now,
    /// When the program started, by the wall clock.
    pub started: Timestamp,
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
    /// How times are written.
    pub times: Times,
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
    /// The text of the last paste, to which its next part belongs.
    pub pasted: String,
    /// The last filter that was kept, for `up` in the next one.
    pub last_filter: String,
    /// Every scope in use, each once, so that keys share them.
    pub scopes: Vec<Arc<Scope>>,
    /// The accounts whose new orders are wanted.
    pub follow: Follow,
    /// Whether the user was told that this machine's clock is wrong.
    pub clock_told: ClockTold,
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

/// A watchlist with what belongs to its view.
#[derive(Clone, Debug)]
pub struct List {
    /// Its name for the runtime.
    pub id: ListId,
    /// What its file says.
    pub watchlist: Watchlist,
    /// The key of each entry, in the entries' order; none while its region is not known.
    pub keys: Vec<Option<OrderKey>>,
    /// Whether this list is polled: it was opened in this session.
    pub opened: Opened,
    /// Counts up whenever the entries or their keys change.
    pub edition: u64,
    /// The rows as they are shown.
    pub rows: Rows,
    /// The regions that were looked in because the list's own, the first of them, knew none of its orders. The last
    /// one counts for the rest of this session; empty as long as the list's own does.
    pub session_regions: Vec<Arc<str>>,
    /// Orders that were looked for in another region because theirs does not know them.
    pub searches: BTreeMap<PhoneNumberOrderId, Search>,
    /// How far it has taken in what the accounts that are followed have shown.
    pub intake: Intake,
    /// Orders that needed you when the history last saw them: what the tab of a list tells that is not opened.
    pub last_needing: BTreeSet<OrderKey>,
    /// What was chosen for it in this run.
    pub picked: Picked,
    /// The sums over it, see [`List::summary`].
    pub memo: super::query::summary::Memo,
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

/// Which screen is shown over the list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Screen {
    /// The list of orders.
    List,
    /// One order.
    Order(OrderScreen),
    /// Numbers of a list or of an order.
    Numbers(NumbersScreen),
}

/// The order screen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OrderScreen {
    /// Which order.
    pub key: OrderKey,
    /// The first line on the screen.
    pub offset: usize,
    /// The line of the cursor.
    pub cursor: usize,
    /// Whether many numbers of one state are folded by their hundreds.
    pub fold: Fold,
    /// The numbers of the list that it was opened from; none from the list itself.
    pub back: Option<Box<NumbersScreen>>,
}

/// The numbers screen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NumbersScreen {
    /// The numbers of one order, or of the whole list.
    pub order: Option<OrderScreen>,
    /// Which numbers are shown.
    pub which: WhichNumbers,
    /// What the lines must contain; empty for all.
    pub filter: String,
    /// The line of the cursor.
    pub cursor: usize,
    /// The first line on the screen.
    pub offset: usize,
}

/// Which numbers the numbers screen shows; `f` goes round.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WhichNumbers {
    /// Those that failed.
    Failed,
    /// Those that are neither acquired nor failed.
    Waiting,
    /// All, the failed ones first.
    All,
}

/// Panes of the list screen.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Pane {
    /// The rows.
    #[default]
    Rows,
    /// The order beside them.
    Order,
    /// The activity below them.
    Activity {
        /// The line of the cursor, counted from the newest.
        cursor: usize,
    },
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
    /// Whose edit.
    pub list: ListId,
    /// What takes it back.
    pub edit: Edit,
    /// What came back, as the notice says it: `Toll-free is watched again`.
    pub what: String,
    /// What had been chosen for the list in this run, where that comes back too.
    pub picked: Option<Picked>,
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

/// How times are written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Times {
    /// `4 m ago`.
    #[default]
    Relative,
    /// In the local time zone.
    Local,
    /// In UTC.
    Utc,
}

impl Model {
    /// Which keys count: those of the overlay, else of the screen.
    pub fn context(&self) -> Context {
        match &self.overlay {
            Some(Overlay::Help { .. }) => Context::Help,
            Some(Overlay::Paste(_)) => Context::Question,
            Some(Overlay::Filter { .. } | Overlay::Add(_) | Overlay::Describe(_) | Overlay::SaveAs(_)) => {
                Context::Text
            }
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

impl List {
    /// True for the list of orders that were given without one.
    pub fn is_unsaved(&self) -> bool {
        self.watchlist.name.raw() == UNSAVED
    }
}
