//! Watchlists: opening one, and keeping the engine in line with what the files say.

use super::{notice, watch};
use crate::app::effect::{FilesWork, HistoryWork, ListId, ViewState};
use crate::app::message::WatchMessage;
use crate::app::model::{List, Model, Opened, Pane, Screen, UNSAVED};
use crate::app::picker::Kind;
use crate::app::rows::{self, Group};
use crate::app::start::Known;
use crate::app::{Action, Effect, elsewhere, regions};
use crate::domain::scope::is_unlisted_region;
use crate::domain::text::neutralise;
use crate::domain::watchlist::Access;
use crate::domain::{OrderKey, PhoneNumberOrderId, ProfileConfig, Watchlist};
use std::collections::HashSet;
use std::sync::Arc;

/// Longer lists are not read for the sake of a count on their tab.
const TAB_COUNT: usize = 2_000;

/// Opens the picker of the lists.
pub(in crate::app) fn choose(model: &mut Model) {
    super::picker::open(model, Kind::Lists);
}

/// Opens the list of a number key: 0 for `unsaved`.
pub(super) fn open_number(model: &mut Model, number: u8) -> Vec<Effect> {
    match (0..model.lists.len()).find(|place| model.list_number(*place) == Some(number)) {
        Some(place) => open_and_remember(model, place),
        None if number == 0 => {
            notice::say(model, format!("Nothing is in {UNSAVED}."));
            Vec::new()
        }
        None => {
            notice::say(model, format!("There is no list {number}."));
            Vec::new()
        }
    }
}

/// Opens a list, and opens it again at the next start.
pub(super) fn open_and_remember(model: &mut Model, place: usize) -> Vec<Effect> {
    let mut effects = open(model, place);
    effects.push(save_view(model));
    effects
}

/// Puts a list on the screen; from now on it is polled.
pub(in crate::app) fn open(model: &mut Model, place: usize) -> Vec<Effect> {
    let was_open = model.screen != Screen::List;
    model.current = Some(place);
    model.screen = Screen::List;
    model.pane = Pane::Rows;
    let mut effects = if was_open { watch(model, WatchMessage::Opened(None)) } else { Vec::new() };
    let Some(list) = model.lists.get_mut(place) else { return effects };
    if let Access::Broken(why) | Access::Gone(why) = &list.watchlist.access {
        let (list, why) = (list.id, why.clone());
        notice::warn(model, why);
        // It may have been mended since it was read.
        effects.push(Effect::Files(FilesWork::Read { list }));
    }
    let Some(list) = model.lists.get_mut(place) else { return effects };
    if list.opened == Opened::No {
        list.opened = Opened::Yes;
        let keys: Vec<OrderKey> = list.keys.iter().flatten().cloned().collect();
        note_odd_ids(model, &keys);
        effects.extend(add(model, keys));
    }
    // An empty list has nothing to ask for, and its header still says where it would.
    effects.extend(read_profiles(model));
    effects
}

fn add(model: &mut Model, keys: Vec<OrderKey>) -> Vec<Effect> {
    if keys.is_empty() { Vec::new() } else { watch(model, WatchMessage::Add(keys)) }
}

/// What the next start needs to know.
pub(super) fn save_view(model: &Model) -> Effect {
    let profiles = model.profiles.iter().map(|(profile, config)| (profile.clone(), config.clone())).collect();
    let last_used = model.current_list().map(|list| list.watchlist.name.clone());
    let state = ViewState { last_used, profiles, ..ViewState::default() };
    Effect::Files(FilesWork::SaveView(state))
}

/// Gives every list its keys, before anything is watched.
pub(in crate::app) fn key_all(model: &mut Model) -> Vec<Effect> {
    (0..model.lists.len()).flat_map(|place| rekey(model, place)).collect()
}

/// Works out the keys of a list anew, and watches what is new and no other list's, no longer what is gone. The screen
/// of an order stays with that order, wherever it lives now.
pub(in crate::app) fn rekey(model: &mut Model, place: usize) -> Vec<Effect> {
    let known = model.scopes.len();
    let keys = regions::keys(model, place);
    note_odd_regions(model, known);
    let Some(list) = model.lists.get_mut(place) else { return Vec::new() };
    list.edition += 1;
    let before = std::mem::replace(&mut list.keys, keys);
    if list.opened == Opened::No {
        if !list.last_needing.is_empty() {
            let keys: HashSet<&OrderKey> = list.keys.iter().flatten().collect();
            list.last_needing.retain(|key| keys.contains(key));
        }
        return Vec::new();
    }
    let watched: HashSet<&OrderKey> = opened_keys(model).collect();
    let gone: Vec<OrderKey> = before.iter().flatten().filter(|key| !watched.contains(key)).cloned().collect();
    let new: Vec<OrderKey> = model
        .lists
        .get(place)
        .into_iter()
        .flat_map(|list| list.keys.iter().flatten())
        .filter(|key| model.watch.get(key).is_none())
        .cloned()
        .collect();
    note_odd_ids(model, &new);
    let mut effects = if gone.is_empty() { Vec::new() } else { watch(model, WatchMessage::Remove(gone)) };
    effects.extend(add(model, new));
    effects.extend(follow_open_order(model, place, &before));
    effects
}

/// The order on the screen was one of the list's, and lives elsewhere now: it is shown there.
fn follow_open_order(model: &mut Model, place: usize, before: &[Option<OrderKey>]) -> Vec<Effect> {
    let Some(list) = model.lists.get(place).filter(|_| model.current == Some(place)) else {
        return Vec::new();
    };
    let Some(open) = model.screen.order().cloned() else { return Vec::new() };
    let was_here = before.iter().flatten().any(|key| *key == open);
    if !was_here || list.entry_of(&open).is_some() {
        return Vec::new();
    }
    let mut keys = list.keys.iter().flatten();
    let Some(moved) = keys.find(|key| key.id == open.id).cloned() else { return Vec::new() };
    model.screen.follow(&open, &moved);
    watch(model, WatchMessage::Opened(Some(moved)))
}

pub(super) fn opened_keys(model: &Model) -> impl Iterator<Item = &OrderKey> {
    let opened = model.lists.iter().filter(|list| list.opened == Opened::Yes);
    opened.flat_map(|list| list.keys.iter().flatten())
}

/// Says once of every scope after the first `known` that AWS does not list its region.
fn note_odd_regions(model: &mut Model, known: usize) {
    if let Some(odd) = model.scopes.iter().skip(known).find(|scope| is_unlisted_region(scope)) {
        // One line has no room for the ten: the picker names them.
        let (region, picker) = (neutralise(&odd.region), model.keys.of(Action::Region));
        let text = format!(
            "{region} is none of the API's ten regions, {picker} names them. It is asked all the same."
        );
        notice::warn(model, text);
    }
}

/// The API documents hex digits, yet its own sample has other letters: such an id is asked all the same.
fn note_odd_ids(model: &mut Model, keys: &[OrderKey]) {
    let mut odd = keys.iter().map(|key| key.id).filter(|id| !id.is_documented_hex());
    if let Some(first) = odd.next() {
        let more = match odd.count() {
            0 => String::new(),
            more => format!(" and {more} more"),
        };
        let text = format!("AWS documents hex digits only; {first}{more} is asked all the same.");
        notice::say(model, text);
    }
}

/// Puts what a file says in the place of what was known of it.
pub(super) fn install(model: &mut Model, place: usize, watchlist: Watchlist) -> Vec<Effect> {
    let staying: HashSet<PhoneNumberOrderId> = watchlist.entries.iter().map(|entry| entry.id).collect();
    model.note_names(place, |entry| staying.contains(&entry.id));
    let Some(list) = model.lists.get_mut(place) else { return Vec::new() };
    let places = rows::moved(
        list.watchlist.entries.iter().map(|entry| entry.id),
        watchlist.entries.iter().map(|entry| entry.id),
    );
    list.rows.follow_entries(watchlist.entries.len(), |old| places.get(old).copied().flatten());
    list.watchlist = watchlist;
    list.forget_marks_of_what_is_gone();
    elsewhere::heed_file(list);
    let mut effects = rekey(model, place);
    effects.extend(read_profiles(model));
    effects
}

/// Reads the profiles that nobody has read yet.
pub(in crate::app) fn read_profiles(model: &mut Model) -> Vec<Effect> {
    let profiles = regions::unread_profiles(model);
    let new: Vec<_> =
        profiles.into_iter().filter(|profile| !model.profiles_asked.contains(profile)).collect();
    model.profiles_asked.extend(new.iter().cloned());
    new.into_iter().map(|profile| Effect::ReadProfile { profile }).collect()
}

/// A file was read: at the start, or because another hand changed it.
pub(super) fn read(model: &mut Model, id: ListId, watchlist: Watchlist) -> Vec<Effect> {
    let Some(place) = model.place_of(id) else {
        model.lists.push(List::new(id, Watchlist { entries: Vec::new(), ..watchlist.clone() }));
        let place = model.lists.len() - 1;
        model.current.get_or_insert(place);
        return install(model, place, watchlist);
    };
    let was = model.lists.get(place).map(|list| list.watchlist.access.clone());
    match (&watchlist.access, was) {
        (Access::Broken(why) | Access::Gone(why), Some(Access::Writable)) => notice::warn(model, why.clone()),
        (Access::Writable, Some(Access::Broken(_) | Access::Gone(_))) => {
            notice::say(model, format!("{} can be edited again.", watchlist.name));
        }
        (Access::Broken(_) | Access::Gone(_) | Access::Writable, _) => {}
    }
    install(model, place, watchlist)
}

/// A profile was read: what was keyed by a guess, or could not be keyed, is keyed now.
pub(super) fn profile_read(
    model: &mut Model,
    profile: Option<Arc<str>>,
    config: ProfileConfig,
) -> Vec<Effect> {
    let is_news = model.defaults.remembered.get(&profile) != Some(&config);
    model.profiles.insert(profile, config);
    let mut effects = key_all(model);
    effects.extend(load_others(model));
    if is_news {
        effects.push(save_view(model));
    }
    effects
}

/// Looks for the orders of the current list in another region, for this session.
pub(super) fn look_in(model: &mut Model, region: Arc<str>) -> Vec<Effect> {
    let Some(place) = model.current else { return Vec::new() };
    let Some(list) = model.lists.get_mut(place) else { return Vec::new() };
    if list.session_regions.is_empty() {
        let own = list.keys.iter().flatten().map(|key| key.scope.region.clone()).next();
        list.session_regions.extend(own);
    }
    notice::say(model, format!("Looking in {region} for the rest of this session."));
    let Some(list) = model.lists.get_mut(place) else { return Vec::new() };
    list.session_regions.push(region);
    rekey(model, place)
}

/// Asks the history for the lists that are not opened: their tabs tell what was last known.
pub(in crate::app) fn load_others(model: &Model) -> Vec<Effect> {
    let others = model.lists.iter().filter(|list| list.opened == Opened::No);
    others
        .filter(|list| is_counted(list))
        .map(|list| list.keys.iter().flatten().cloned().collect::<Vec<_>>())
        .filter(|keys| !keys.is_empty())
        .map(|keys| Effect::History(HistoryWork::Load(keys)))
        .collect()
}

/// Whether what needs you is counted at the tab of a list that is not opened.
pub(in crate::app) fn is_counted(list: &List) -> bool {
    list.keys.len() <= TAB_COUNT
}

/// Takes what the history knows before the first frame.
pub(in crate::app) fn know(model: &mut Model, known: Known) -> Vec<Effect> {
    if known.is_empty() {
        return Vec::new();
    }
    let known = WatchMessage::Known(known);
    note_known(model, &known);
    watch(model, known)
}

/// Counts what needs you in lists that are not opened, as the history last saw them.
pub(super) fn note_known(model: &mut Model, message: &WatchMessage) {
    let WatchMessage::Known(known) = message else { return };
    let now = model.watch.corrected(model.now);
    for list in model.lists.iter_mut().filter(|list| list.opened == Opened::No) {
        let keys: HashSet<&OrderKey> = list.keys.iter().flatten().collect();
        for (key, snapshot) in known.iter().filter(|(key, _)| keys.contains(key)) {
            if rows::group(snapshot.as_deref(), now) == Group::NeedsYou {
                list.last_needing.insert(key.clone());
            } else {
                list.last_needing.remove(key);
            }
            let changed = snapshot.as_deref().map(rows::last_change);
            list.last_changed = list.last_changed.max(changed);
        }
    }
}
