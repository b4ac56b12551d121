//! Where the orders of a list live: profile, region and endpoint of each, from what was typed, the list, the
//! environment and the shared configuration.

use super::model::{List, Model};
use crate::domain::scope::DEFAULT_REGION;
use crate::domain::{Entry, OrderKey, Scope};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// A profile by its name; none for the default one.
pub type Profile = Option<Arc<str>>;

/// What fills in where a list and its entries name nothing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ScopeDefaults {
    /// `--profile`: before the list's own.
    pub typed_profile: Option<Arc<str>>,
    /// `AWS_PROFILE` or `AWS_DEFAULT_PROFILE`: after the list's own.
    pub environment_profile: Option<Arc<str>>,
    /// `--region`: before the list's own.
    pub typed_region: Option<Arc<str>>,
    /// `AWS_REGION` or `AWS_DEFAULT_REGION`: after the list's own.
    pub environment_region: Option<Arc<str>>,
    /// `--endpoint-url` or its variables.
    pub endpoint: Option<Arc<str>>,
    /// Regions that profiles had in the last run, shown until they are read again.
    pub remembered: BTreeMap<Option<Arc<str>>, Arc<str>>,
}

impl ScopeDefaults {
    /// The profile to ask as: the typed one, the first that `named` has, the environment's; none for the default.
    pub fn profile_over<'d>(
        &'d self,
        named: impl IntoIterator<Item = Option<&'d Arc<str>>>,
    ) -> Option<&'d Arc<str>> {
        let named = named.into_iter().flatten().next();
        self.typed_profile.as_ref().or(named).or(self.environment_profile.as_ref())
    }
}

/// What is known of a region.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Region {
    /// It is named, or was read.
    Known(Arc<str>),
    /// The profile decides, and the shared configuration has not been read in this run; what it said in the last
    /// one, if anything.
    Unread(Option<Arc<str>>),
}

/// What regions are taken from.
#[derive(Clone, Copy, Debug)]
struct Sources<'m> {
    defaults: &'m ScopeDefaults,
    read: &'m BTreeMap<Profile, Option<Arc<str>>>,
}

impl Sources<'_> {
    fn profile(self, list: &List, entry: &Entry) -> Profile {
        self.defaults.profile_over([entry.profile.as_ref(), list.watchlist.profile.as_ref()]).cloned()
    }

    /// Looked in this session, typed, the entry's, the list's, the environment's, the profile's, the default.
    fn region(self, list: &List, entry: &Entry) -> Region {
        let named = [
            list.session_regions.last(),
            self.defaults.typed_region.as_ref(),
            entry.region.as_ref(),
            list.watchlist.region.as_ref(),
            self.defaults.environment_region.as_ref(),
        ];
        if let Some(region) = named.into_iter().flatten().next() {
            return Region::Known(region.clone());
        }
        let profile = self.profile(list, entry);
        match self.read.get(&profile) {
            Some(Some(region)) => Region::Known(region.clone()),
            Some(None) => Region::Known(DEFAULT_REGION.into()),
            None => Region::Unread(self.defaults.remembered.get(&profile).cloned()),
        }
    }
}

/// The key of each entry of a list; none where its region has to be read first. Scopes are shared by all keys.
pub fn keys(model: &mut Model, place: usize) -> Vec<Option<OrderKey>> {
    let Some(list) = model.lists.get(place) else { return Vec::new() };
    let sources = Sources { defaults: &model.defaults, read: &model.regions };
    let scopes = &mut model.scopes;
    list.watchlist
        .entries
        .iter()
        .map(|entry| {
            let region = match sources.region(list, entry) {
                Region::Known(region) | Region::Unread(Some(region)) => region,
                Region::Unread(None) => return None,
            };
            let profile = sources.profile(list, entry);
            Some(OrderKey { scope: shared(scopes, profile, region, sources.defaults), id: entry.id })
        })
        .collect()
}

/// The profiles whose regions have to be read, over all lists.
pub fn unread_profiles(model: &Model) -> BTreeSet<Profile> {
    let sources = Sources { defaults: &model.defaults, read: &model.regions };
    let entries =
        model.lists.iter().flat_map(|list| list.watchlist.entries.iter().map(move |entry| (list, entry)));
    let mut profiles: BTreeSet<_> = entries
        .filter(|(list, entry)| matches!(sources.region(list, entry), Region::Unread(_)))
        .map(|(list, entry)| sources.profile(list, entry))
        .collect();
    if model.current_list().is_some_and(|list| list.watchlist.entries.is_empty()) {
        // An empty list asks nobody, and the header still says where it would.
        profiles.extend(unread_of_empty(model, sources));
    }
    profiles
}

fn unread_of_empty(model: &Model, sources: Sources<'_>) -> Option<Profile> {
    let list = model.current_list()?;
    let is_named = !list.session_regions.is_empty()
        || sources.defaults.typed_region.is_some()
        || list.watchlist.region.is_some()
        || sources.defaults.environment_region.is_some();
    let profile = sources.defaults.profile_over([list.watchlist.profile.as_ref()]).cloned();
    (!is_named && !sources.read.contains_key(&profile)).then_some(profile)
}

fn shared(
    scopes: &mut Vec<Arc<Scope>>,
    profile: Profile,
    region: Arc<str>,
    defaults: &ScopeDefaults,
) -> Arc<Scope> {
    let is_it = |scope: &&Arc<Scope>| {
        scope.profile == profile && scope.region == region && scope.endpoint == defaults.endpoint
    };
    if let Some(scope) = scopes.iter().find(is_it) {
        return scope.clone();
    }
    let scope = Arc::new(Scope { profile, region, endpoint: defaults.endpoint.clone() });
    scopes.push(scope.clone());
    scope
}

#[cfg(test)]
mod tests;
