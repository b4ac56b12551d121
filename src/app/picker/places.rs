//! Whom the current list can be asked as, and where: the profiles of the shared config, the regions of the voice API.

use super::{Choice, Item, State};
use crate::app::model::{List, Model, Pick};
use crate::app::regions;
use crate::domain::scope::{DEFAULT_REGION, NUMBER_REGIONS, VOICE_REGIONS};
use crate::domain::text::neutralise;
use std::collections::BTreeSet;
use std::sync::Arc;

/// The word for what holds now.
pub(super) const NOW: &str = "now";
/// The name of the profile that nobody has to name.
const DEFAULT_PROFILE: &str = "default";

/// The profiles: first the one that counts where none is named, then those of the shared config by name.
pub fn profiles(model: &Model) -> Vec<Item> {
    let Some(list) = model.current_list() else { return Vec::new() };
    let environment = model.defaults.environment_profile.as_ref();
    let present = regions::profile(model, list);
    let is_unnamed = present == environment && names_no_profile(model, list);
    let unnamed = match environment {
        Some(profile) => ("environment", format!("{}, as AWS_PROFILE says", neutralise(profile))),
        None => (DEFAULT_PROFILE, "where no profile is named".to_owned()),
    };
    let first = Item::new(Choice::Profile(None), unnamed.0, unnamed.1);
    let known = model.profile_names.iter().flatten();
    // Without the environment's word `default` is the first line already.
    let named = known.filter(|name| environment.is_some() || ***name != *DEFAULT_PROFILE).map(|name| {
        let item = Item::new(Choice::Profile(Some(name.clone())), neutralise(name), "");
        mark(item, !is_unnamed && present == Some(name))
    });
    ranked(std::iter::once(mark(first, is_unnamed)).chain(named))
}

/// True where neither a pick nor the command line nor the file names a profile.
fn names_no_profile(model: &Model, list: &List) -> bool {
    match &list.picked.profile {
        Pick::Nothing => model.defaults.typed_profile.is_none() && list.watchlist.profile.is_none(),
        Pick::Unnamed => true,
        Pick::Named(_) => false,
    }
}

/// The regions: first the one that counts where none is named, then those of the voice API, then others in use.
pub fn regions(model: &Model) -> Vec<Item> {
    let Some(list) = model.current_list() else { return Vec::new() };
    let is_unnamed = names_no_region(model, list);
    let present = regions::scope(model, list).map(|scope| scope.region.clone());
    let first = Item::new(Choice::Region(None), "default", unnamed_region(model, list));
    let used = model.scopes.iter().map(|scope| scope.region.clone());
    let others: BTreeSet<Arc<str>> = used.filter(|region| !VOICE_REGIONS.contains(&&**region)).collect();
    let named = VOICE_REGIONS.into_iter().map(Arc::from).chain(others).map(|region: Arc<str>| {
        let detail = if NUMBER_REGIONS.contains(&&*region) {
            "numbers are ordered here"
        } else if VOICE_REGIONS.contains(&&*region) {
            ""
        } else {
            "in use"
        };
        let is_present = !is_unnamed && present.as_ref() == Some(&region);
        mark(Item::new(Choice::Region(Some(region.clone())), neutralise(&region), detail), is_present)
    });
    ranked(std::iter::once(mark(first, is_unnamed)).chain(named))
}

fn names_no_region(model: &Model, list: &List) -> bool {
    let is_looked_in = !list.session_regions.is_empty();
    match &list.picked.region {
        _ if is_looked_in => false,
        Pick::Nothing => model.defaults.typed_region.is_none() && list.watchlist.region.is_none(),
        Pick::Unnamed => true,
        Pick::Named(_) => false,
    }
}

/// Which region counts where none is named.
fn unnamed_region(model: &Model, list: &List) -> String {
    if let Some(region) = &model.defaults.environment_region {
        return format!("{}, as AWS_REGION says", neutralise(region));
    }
    let profile = regions::profile(model, list).cloned();
    match model.profiles.get(&profile).map(|config| &config.region) {
        Some(Some(region)) => format!("{}, as the profile says", neutralise(region)),
        Some(None) => format!("{DEFAULT_REGION}, as nothing names another"),
        None => "what the profile says".to_owned(),
    }
}

fn mark(item: Item, is_present: bool) -> Item {
    if is_present { Item { state: State::Present(NOW), ..item } } else { item }
}

fn ranked(items: impl Iterator<Item = Item>) -> Vec<Item> {
    (0..).zip(items).map(|(rank, item)| Item { rank: (0, rank), ..item }).collect()
}
