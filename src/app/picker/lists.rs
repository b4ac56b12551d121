//! The watchlists, with what each has to tell; and when they are offered at a start.

use super::{Choice, Detail, Item, Shows, State};
use crate::app::action::Action;
use crate::app::model::{List, Model, Opened};
use crate::app::query;
use crate::app::rows::last_change;
use jiff::{SignedDuration, Timestamp};

/// A list on which nothing has happened for so long is hardly the one that somebody comes for.
const OLD: SignedDuration = SignedDuration::from_hours(24);

/// The lists in the order of their tabs, then a new one.
pub fn items(model: &Model) -> Vec<Item> {
    let summaries = query::summaries(model);
    let lists = model.lists.iter().enumerate().filter(|(place, list)| {
        !list.is_unsaved() || !list.watchlist.entries.is_empty() || model.current == Some(*place)
    });
    let lists = lists.map(|(place, list)| {
        let needing = match list.opened {
            Opened::Yes => summaries.get(place).map_or(0, |summary| summary.needs),
            Opened::No => list.last_needing.len(),
        };
        let detail =
            Detail::List { orders: list.watchlist.entries.len(), needing, changed: changed(model, list) };
        let key = match model.list_number(place) {
            Some(0) => Some(Action::Unsaved),
            Some(number) => Some(Action::List(number)),
            None => None,
        };
        let state = if model.current == Some(place) { State::Present("here") } else { State::Plain };
        let item = Item::new(Choice::Open(list.id), list.watchlist.name.shown(), "");
        Item { detail, key, state, ..item }
    });
    let new = Item { shows: Shows::Unfiltered, ..Item::new(Choice::Act(Action::ListNew), "+ new list", "") };
    (0..).zip(lists.chain([new])).map(|(rank, item)| Item { rank: (0, rank), ..item }).collect()
}

/// When an order of the list last changed, as far as is known.
fn changed(model: &Model, list: &List) -> Option<Timestamp> {
    match list.opened {
        Opened::No => list.last_changed,
        Opened::Yes => {
            let places = 0..list.watchlist.entries.len();
            places.filter_map(|place| list.snapshot(&model.watch, place)).map(last_change).max()
        }
    }
}

/// Whether somebody who starts the program is asked which list: the one that was used last is settled, nothing on it
/// has changed for a day, and there are others.
pub fn are_offered(model: &Model) -> bool {
    let Some(list) = model.current_list() else { return false };
    let has_others = model
        .lists
        .iter()
        .any(|other| other.id != list.id && (!other.is_unsaved() || !other.watchlist.entries.is_empty()));
    let mut snapshots = (0..list.watchlist.entries.len()).map(|place| list.snapshot(&model.watch, place));
    let all_settled = !list.watchlist.entries.is_empty()
        && snapshots.all(|snapshot| snapshot.is_some_and(crate::domain::Snapshot::is_settled));
    let now = model.watch.corrected(model.now);
    let is_old = changed(model, list).is_some_and(|changed| now.duration_since(changed) > OLD);
    has_others && all_settled && is_old
}
