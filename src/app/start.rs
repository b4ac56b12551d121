//! The model before the first frame: what the runtime knows without having asked anybody.

use super::alarm::Alarm;
use super::columns::Choices;
use super::effect::{Effect, ListId};
use super::follow;
use super::key_names::KeyNames;
use super::looks::Looks;
use super::marks::Marks;
use super::model::{ClockTold, Follow, Intake, Lesson, List, Model, Opened, Pane, Picked, Screen, Size};
use super::past::Pasts;
use super::picker;
use super::presets::Presets;
use super::query::summary::Memo;
use super::regions::ScopeDefaults;
use super::rows::Rows;
use super::update;
use super::views::Kept;
use super::watch::Watch;
use crate::domain::{Fixed, ListView, Now, OrderKey, Preferences, Snapshot, Watchlist};
use jiff::tz::TimeZone;
use std::collections::{BTreeMap, BTreeSet, HashMap, VecDeque};
use std::sync::Arc;

/// What the runtime knows before the first frame.
#[derive(Debug)]
pub struct Start {
    /// What the clocks say.
    pub now: Now,
    /// The size of the terminal.
    pub size: Size,
    /// The local time zone.
    pub zone: TimeZone,
    /// Every watchlist in the order of the tabs. There is always one to add to: `unsaved` at least.
    pub lists: Vec<(ListId, Watchlist)>,
    /// The list to open; the first one where this is none.
    pub current: Option<ListId>,
    /// What fills in where lists and entries name no profile, region or endpoint.
    pub defaults: ScopeDefaults,
    /// The engine, with its options and without orders.
    pub watch: Watch,
    /// What the keys are called.
    pub keys: KeyNames,
    /// How the lists were looked at last.
    pub views: BTreeMap<ListId, ListView>,
    /// Which theme the screen is drawn in.
    pub looks: Looks,
    /// The first lesson in the demo; none elsewhere.
    pub lesson: Option<Lesson>,
    /// What was chosen in an earlier run.
    pub preferences: Preferences,
    /// What the config file chooses instead.
    pub fixed: Vec<Fixed>,
    /// The filters that have a name.
    pub presets: Presets,
}

/// What the history knows about orders.
pub type Known = Vec<(OrderKey, Option<Arc<Snapshot>>)>;

impl Model {
    /// The model before the first frame. Nothing is watched before [`start`].
    pub fn new(start: Start) -> Self {
        let lists: Vec<_> = start
            .lists
            .into_iter()
            .map(|(id, watchlist)| {
                let mut list = List::new(id, watchlist);
                if let Some(view) = start.views.get(&id) {
                    list.restore(view);
                }
                list
            })
            .collect();
        let mut preferences = start.preferences;
        start.fixed.iter().for_each(|fixed| preferences.set(fixed.choice));
        let chosen = start.current.and_then(|id| lists.iter().position(|list| list.id == id));
        Self {
            now: start.now,
            size: start.size,
            watch: start.watch,
            current: chosen.or(if lists.is_empty() { None } else { Some(0) }),
            lists,
            screen: Screen::List,
            overlay: None,
            pane: Pane::Rows,
            notice: None,
            undo: Vec::new(),
            looks: start.looks,
            zone: start.zone,
            defaults: start.defaults,
            profiles: BTreeMap::new(),
            profiles_asked: BTreeSet::new(),
            profile_names: None,
            away: None,
            keys: start.keys,
            lesson: start.lesson,
            last_key: None,
            edits: VecDeque::new(),
            list_works: VecDeque::new(),
            deleted: Vec::new(),
            pasted: String::new(),
            paste_unread: 0,
            looking_through: None,
            last_filter: String::new(),
            scopes: Vec::new(),
            follow: Follow::default(),
            kept_body: None,
            clock_told: ClockTold::default(),
            preferences,
            fixed: start.fixed,
            presets: start.presets,
            alarm: Alarm::default(),
            left: HashMap::new(),
            past: Pasts::default(),
            held: None,
            kept: Kept::new(start.views),
            copied: None,
        }
    }
}

impl List {
    /// A list that has not been opened.
    pub fn new(id: ListId, watchlist: Watchlist) -> Self {
        Self {
            id,
            keys: vec![None; watchlist.entries.len()],
            watchlist,
            opened: Opened::No,
            edition: 0,
            columns: Choices::default(),
            rows: Rows::default(),
            marks: Marks::default(),
            session_regions: Vec::new(),
            searches: BTreeMap::new(),
            intake: Intake::default(),
            last_needing: BTreeSet::new(),
            last_changed: None,
            picked: Picked::default(),
            made_on: None,
            memo: Memo::default(),
        }
    }
}

/// Asks which list is meant, where the one that was used last is settled and old. To be called when what the history
/// knows has come.
pub fn offer_lists(model: &mut Model) {
    if picker::lists::are_offered(model) {
        update::lists::choose(model);
        update::settle(model);
    }
}

/// The start where nothing is known before the first frame.
pub fn start(model: &mut Model) -> Vec<Effect> {
    let mut effects = key(model);
    effects.extend(open(model, Vec::new));
    effects
}

/// Finds out where all orders live, as far as that is known: what has to be read for the rest.
pub fn key(model: &mut Model) -> Vec<Effect> {
    let mut effects = update::lists::read_profiles(model);
    effects.extend(update::lists::key_all(model));
    effects
}

/// The orders that the history is asked about by [`open`].
pub fn wanted(model: &Model) -> Vec<OrderKey> {
    let is_opened = |place: usize| model.lesson.is_some() || model.current == Some(place);
    let lists = model.lists.iter().enumerate();
    let wanted = lists.filter(|(place, list)| is_opened(*place) || update::lists::is_counted(list));
    wanted.flat_map(|(_, list)| list.keys.iter().flatten()).cloned().collect()
}

/// Opens the current list: what has to be read and loaded before anything is asked.
///
/// The orders themselves are asked once the history's `Known` has come for them. Until then the first frame shows
/// their `outlines`, as far as the runtime could read them: it is asked for them as late as possible, and what has come
/// is taken in while the rest is read.
pub fn open<I: IntoIterator<Item = Known>>(model: &mut Model, outlines: impl FnOnce() -> I) -> Vec<Effect> {
    // The demo's story goes on in all of its lists: what happens in the others is seen at their tabs.
    let others = if model.lesson.is_some() { 0..model.lists.len() } else { 0..0 };
    let mut effects = Vec::new();
    for place in others.chain(model.current) {
        effects.extend(update::lists::open(model, place));
    }
    effects.extend(update::lists::load_others(model));
    for known in outlines() {
        effects.extend(update::lists::know(model, known));
    }
    effects.extend(follow::keep_up(model));
    update::settle(model);
    effects
}
