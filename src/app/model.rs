//! Everything that the program knows while it runs.

use super::effect::ListId;
pub use super::watch::Away;
use super::watch::Watch;
use crate::domain::watchlist::{Edit, Removed};
use crate::domain::{Entry, Now, OrderKey, Text, Watchlist};
use jiff::Timestamp;
use jiff::tz::TimeZone;
use std::collections::BTreeMap;
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
    /// Regions that were read from the shared configuration, by profile; none inside for a profile without one.
    pub regions: BTreeMap<Option<Arc<str>>, Option<Arc<str>>>,
    /// What changed while the program did not run.
    pub away: Option<Away>,
    /// The demo's lessons; none outside the demo.
    pub lesson: Option<Lesson>,
    /// When the user last pressed a key: rows keep their places for a while after it.
    pub last_key: Option<crate::domain::Moment>,
}

/// How many edits can be taken back.
pub const UNDO_DEPTH: usize = 20;

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
    /// The rows as they are shown.
    pub rows: Rows,
}

/// Whether a list was opened in this session.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Opened {
    /// Not yet: last known counts only.
    No,
    /// It is polled.
    Yes,
}

/// The rows of a list: which entries, in which order, where the cursor is.
#[derive(Clone, Debug, Default)]
pub struct Rows {
    /// Places in the watchlist's entries, in the order of the screen; settled orders that are folded are not in it.
    pub shown: Vec<usize>,
    /// Settled orders that are folded away.
    pub folded: usize,
    /// Entries that the filter hides.
    pub hidden: usize,
    /// Whether settled orders are shown.
    pub fold: Fold,
    /// What the lines must contain; empty for all.
    pub filter: String,
    /// The line of the cursor in `shown`; one past the end is the fold line.
    pub cursor: usize,
    /// The first line on the screen.
    pub offset: usize,
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
    /// Whether the acquired numbers are folded by their hundreds.
    pub fold: Fold,
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

/// What lies over the screen and takes the keys.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Overlay {
    /// The keys.
    Help {
        /// The first line on the screen.
        offset: usize,
    },
    /// The field for the filter; what it held before, for Esc.
    Filter {
        /// The field.
        field: Field,
        /// What the filter was.
        before: String,
    },
    /// The field for order ids.
    Add(Field),
    /// What a pasted text would add.
    Paste(Preview),
    /// Label and note.
    Describe(Describe),
    /// The field for the name of `unsaved`.
    SaveAs(Field),
}

/// A text field.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Field {
    /// Its text.
    pub text: String,
    /// The cursor, in characters from the start.
    pub cursor: usize,
    /// Why what it holds cannot be taken; gone with the next key.
    pub error: Option<Text>,
}

/// What a pasted text would add.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Preview {
    /// Those that are new, with the labels that are proposed.
    pub new: Vec<Entry>,
    /// Those that the list has already.
    pub watched: usize,
    /// Those that stood in the text more than once.
    pub repeated: usize,
    /// Those beyond the limit, left out.
    pub beyond: usize,
    /// Characters of the text.
    pub characters: usize,
}

/// The form for label and note.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Describe {
    /// Which order.
    pub key: OrderKey,
    /// The label.
    pub label: Field,
    /// The note.
    pub note: Field,
    /// Which of the two takes the keys.
    pub focus: DescribeField,
}

/// A field of the form.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DescribeField {
    /// The label.
    Label,
    /// The note.
    Note,
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
    pub until: crate::domain::Moment,
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

/// What fills in where a list and its entries name nothing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ScopeDefaults {
    /// `--profile` or `AWS_PROFILE`.
    pub profile: Option<Arc<str>>,
    /// `--region`: before the list's own.
    pub typed_region: Option<Arc<str>>,
    /// `AWS_REGION` or `AWS_DEFAULT_REGION`: after the list's own.
    pub environment_region: Option<Arc<str>>,
    /// `--endpoint-url` or its variables.
    pub endpoint: Option<Arc<str>>,
    /// Regions that profiles had in the last run, shown until they are read again.
    pub remembered: BTreeMap<Option<Arc<str>>, Arc<str>>,
}

/// An entry of `removed` put back by undo.
impl From<Vec<Removed>> for Edit {
    fn from(removed: Vec<Removed>) -> Self {
        Self::Restore(removed)
    }
}
