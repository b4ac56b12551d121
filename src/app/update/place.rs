//! Choosing whom a list is asked as and where. It counts at once, before what was typed and what the file says, and
//! is kept in the file; taken back, all is as it was.

use super::{edit, lists, notice};
use crate::app::Effect;
use crate::app::effect::Purpose;
use crate::app::model::{Back, Chosen, List, Model, PendingEdit, Pick, Picked, Undo};
use crate::app::regions;
use crate::domain::text::neutralise;
use crate::domain::watchlist::{Access, Edit};
use std::sync::Arc;

/// What is chosen, for the words about it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Subject {
    Profile,
    Region,
}

/// Asks the current list as a profile; none for the one that nobody names.
pub(super) fn pick_profile(model: &mut Model, profile: Option<Arc<str>>) -> Vec<Effect> {
    let Some(list) = model.current_list() else { return Vec::new() };
    let edits = (Edit::SetProfile(profile.clone()), Edit::SetProfile(list.watchlist.profile.clone()));
    let picked = Picked { profile: Pick::of(profile), ..list.picked.clone() };
    pick(model, Subject::Profile, picked, edits)
}

/// Asks the current list in a region; none for the one that nobody names.
pub(super) fn pick_region(model: &mut Model, region: Option<Arc<str>>) -> Vec<Effect> {
    let Some(list) = model.current_list() else { return Vec::new() };
    let edits = (Edit::SetRegion(region.clone()), Edit::SetRegion(list.watchlist.region.clone()));
    let picked = Picked { region: Pick::of(region), ..list.picked.clone() };
    pick(model, Subject::Region, picked, edits)
}

fn pick(model: &mut Model, subject: Subject, picked: Picked, (edit, back): (Edit, Edit)) -> Vec<Effect> {
    let Some(place) = model.current else { return Vec::new() };
    let Some(list) = model.lists.get(place) else { return Vec::new() };
    let (id, before, was) = (list.id, list.picked.clone(), how(model, list, subject));
    let is_kept = edit == back;
    let Some(list) = model.lists.get_mut(place) else { return Vec::new() };
    list.picked = picked;
    // What was looked for elsewhere was not found as it was asked before.
    list.searches.clear();
    if subject == Subject::Region {
        // Who names a region looks there, wherever was looked before.
        list.session_regions.clear();
    }
    let mut effects = lists::rekey(model, place);
    effects.extend(lists::read_profiles(model));
    let Some(list) = model.lists.get(place) else { return effects };
    let how = how(model, list, subject);
    match &list.watchlist.access {
        Access::Broken(_) | Access::Gone(_) => {
            let said = format!("{how} for this run; its file cannot be edited.");
            notice::say(model, said);
        }
        Access::Writable if is_kept && how == was => notice::say(model, format!("{how} already.")),
        Access::Writable => {
            let what = format!("{was} again.");
            let back = Undo { back: Back::Edit(id, back), what, picked: Some(before), then: None };
            let chosen = Some(Chosen { how, back });
            let pending = PendingEdit { list: id, edit, purpose: Purpose::Edit, undo: None, chosen };
            effects.extend(edit::send_pending(model, pending));
        }
    }
    effects
}

/// How a list is asked: `launch is asked as prod`, `launch is asked in us-west-2`.
fn how(model: &Model, list: &List, subject: Subject) -> String {
    let name = &list.watchlist.name;
    match subject {
        Subject::Profile => match regions::profile(model, list) {
            Some(profile) => format!("{name} is asked as {}", neutralise(profile)),
            None => format!("{name} is asked as the default profile"),
        },
        Subject::Region => match regions::scope(model, list) {
            Some(scope) => format!("{name} is asked in {}", neutralise(&scope.region)),
            None => format!("{name} is asked where its profile says"),
        },
    }
}
