//! Where the orders of a list live: profile, region and endpoint of each, from what was typed, the list, the
//! environment and the shared configuration.

use super::effect::ListId;
use super::follow;
use super::model::{List, Model, Pick};
use crate::domain::scope::DEFAULT_REGION;
use crate::domain::{Entry, OrderKey, ProfileConfig, Scope, Watchlist};
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
    /// Where to ask, whatever the profile says, or that the profile decides.
    pub endpoint: EndpointChoice,
    /// What the shared config said of profiles in the last run: it counts until they are read again.
    pub remembered: BTreeMap<Option<Arc<str>>, ProfileConfig>,
}

/// Which endpoint is asked.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum EndpointChoice {
    /// AWS's own, whatever the shared config says: `AWS_IGNORE_CONFIGURED_ENDPOINT_URLS`.
    #[default]
    Aws,
    /// `--endpoint-url` or its variables.
    Named(Arc<str>),
    /// What the shared config says of the profile, else AWS's own.
    OfProfile,
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

/// What is known of a region or an endpoint.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Known<T> {
    /// It is named, or was read.
    Now(T),
    /// The profile decides, and the shared config has not been read in this run; what it said in the last one, if
    /// anything.
    Unread(Option<T>),
}

impl<T> Known<T> {
    fn best(self) -> Option<T> {
        match self {
            Self::Now(value) => Some(value),
            Self::Unread(remembered) => remembered,
        }
    }
}

/// What regions are taken from.
#[derive(Clone, Copy, Debug)]
struct Sources<'m> {
    defaults: &'m ScopeDefaults,
    read: &'m BTreeMap<Profile, ProfileConfig>,
}

impl<'m> Sources<'m> {
    const fn of(model: &'m Model) -> Self {
        Self { defaults: &model.defaults, read: &model.profiles }
    }

    /// Whom an entry of a list is asked as, or, without one, an entry that names nothing itself. Typed, the entry's,
    /// the list's, the environment's; where one was picked, the entry's comes before it and what was typed and the
    /// list's no longer count.
    fn profile<'s>(self, list: &'s List, entry: Option<&'s Entry>) -> Option<&'s Arc<str>>
    where
        'm: 's,
    {
        let own = entry.and_then(|entry| entry.profile.as_ref());
        let environment = self.defaults.environment_profile.as_ref();
        match &list.picked.profile {
            Pick::Nothing => self.defaults.profile_over([own, list.watchlist.profile.as_ref()]),
            Pick::Unnamed => own.or(environment),
            Pick::Named(profile) => own.or(Some(profile)),
        }
    }

    /// The region that something names for an entry, or for one that names nothing itself: looked in this session,
    /// typed, the entry's, the list's, the environment's. A pick counts as it does for the profile.
    fn named_region<'s>(self, list: &'s List, entry: Option<&'s Entry>) -> Option<&'s Arc<str>>
    where
        'm: 's,
    {
        let own = entry.and_then(|entry| entry.region.as_ref());
        let environment = self.defaults.environment_region.as_ref();
        let search = entry.and_then(|entry| list.searches.get(&entry.id)?.region());
        let looked_in = search.or(list.session_regions.last());
        looked_in.or_else(|| match &list.picked.region {
            Pick::Nothing => {
                let typed = self.defaults.typed_region.as_ref();
                typed.or(own).or(list.watchlist.region.as_ref()).or(environment)
            }
            Pick::Unnamed => own.or(environment),
            Pick::Named(region) => own.or(Some(region)),
        })
    }

    /// The region that is named, else the profile's, else the default.
    fn region(self, list: &List, entry: Option<&Entry>) -> Known<Arc<str>> {
        if let Some(region) = self.named_region(list, entry) {
            return Known::Now(region.clone());
        }
        let profile = self.profile(list, entry).cloned();
        self.of_config(&profile, |config| config.region.clone().unwrap_or_else(|| DEFAULT_REGION.into()))
    }

    fn endpoint(self, profile: &Profile) -> Known<Option<Arc<str>>> {
        match &self.defaults.endpoint {
            EndpointChoice::Aws => Known::Now(None),
            EndpointChoice::Named(endpoint) => Known::Now(Some(endpoint.clone())),
            EndpointChoice::OfProfile => self.of_config(profile, |config| config.endpoint.clone()),
        }
    }

    fn of_config<T>(self, profile: &Profile, value: impl Fn(&ProfileConfig) -> T) -> Known<T> {
        match self.read.get(profile) {
            Some(config) => Known::Now(value(config)),
            None => Known::Unread(self.defaults.remembered.get(profile).map(value)),
        }
    }

    /// Whether where an entry lives hangs on what has not been read.
    fn is_unread(self, list: &List, entry: Option<&Entry>) -> bool {
        let profile = self.profile(list, entry).cloned();
        matches!(self.region(list, entry), Known::Unread(_))
            || matches!(self.endpoint(&profile), Known::Unread(_))
    }

    /// Where an entry lives, as far as that is known.
    fn scope(self, list: &List, entry: Option<&Entry>) -> Option<Scope> {
        let profile = self.profile(list, entry).cloned();
        let region = self.region(list, entry).best()?;
        let endpoint = self.endpoint(&profile).best()?;
        Some(Scope { profile, region, endpoint })
    }
}

/// The endpoint of a list's own orders, as far as it is known; none for AWS's own.
pub fn endpoint(model: &Model, list: &List) -> Option<Arc<str>> {
    let sources = Sources::of(model);
    sources.endpoint(&sources.profile(list, None).cloned()).best().flatten()
}

/// The profile that a list's own orders are asked as; none for the default one.
pub fn profile<'m>(model: &'m Model, list: &'m List) -> Option<&'m Arc<str>> {
    Sources::of(model).profile(list, None)
}

/// The region that is named for a list's own orders; none where the profile decides.
pub fn named_region<'m>(model: &'m Model, list: &'m List) -> Option<&'m Arc<str>> {
    Sources::of(model).named_region(list, None)
}

/// Where a list's own orders live; none while that has to be read first.
pub fn scope(model: &Model, list: &List) -> Option<Arc<Scope>> {
    let scope = Sources::of(model).scope(list, None)?;
    Some(model.scopes.iter().find(|known| ***known == scope).cloned().unwrap_or_else(|| Arc::new(scope)))
}

/// The profile that has to be read before it is known where a list's own orders live.
pub fn unread_profile(model: &Model, list: &List) -> Option<Profile> {
    let sources = Sources::of(model);
    sources.is_unread(list, None).then(|| sources.profile(list, None).cloned())
}

/// The accounts that a list hangs on, each once: those of its orders, and its own where it has none or follows it.
pub fn scopes(model: &Model, list: &List) -> Vec<Arc<Scope>> {
    let mut scopes = list.scopes().to_vec();
    if scopes.is_empty() || follow::follows(list) {
        scopes.extend(scope(model, list).filter(|own| !scopes.contains(own)));
    }
    scopes
}

/// The key of each entry of a list; none where its region has to be read first. Scopes are shared by all keys.
pub fn keys(model: &mut Model, place: usize) -> Vec<Option<OrderKey>> {
    let Some(list) = model.lists.get(place) else { return Vec::new() };
    let sources = Sources { defaults: &model.defaults, read: &model.profiles };
    let scopes = &mut model.scopes;
    // Nearly every entry names nothing itself: they live where the first of them does.
    let mut own: Option<Option<Arc<Scope>>> = None;
    list.watchlist
        .entries
        .iter()
        .map(|entry| {
            let mut scope = || Some(shared(scopes, sources.scope(list, Some(entry))?));
            let scope =
                if names_nothing(list, entry) { own.get_or_insert_with(scope).clone()? } else { scope()? };
            Some(OrderKey { scope, id: entry.id })
        })
        .collect()
}

/// Whether an entry lives where its list says, and not where it says itself or is looked for.
fn names_nothing(list: &List, entry: &Entry) -> bool {
    entry.profile.is_none() && entry.region.is_none() && !list.searches.contains_key(&entry.id)
}

/// The profiles that have to be read, over all lists.
pub fn unread_profiles(model: &Model) -> BTreeSet<Profile> {
    let sources = Sources::of(model);
    let entries = model.lists.iter().flat_map(|list| {
        // Nearly every entry names nothing itself: the first of them speaks for all.
        let mut is_spoken_for = false;
        let speaks =
            move |entry: &&Entry| !names_nothing(list, entry) || !std::mem::replace(&mut is_spoken_for, true);
        list.watchlist.entries.iter().filter(speaks).map(move |entry| (list, entry))
    });
    let mut profiles: BTreeSet<_> = entries
        .filter(|(list, entry)| sources.is_unread(list, Some(entry)))
        .map(|(list, entry)| sources.profile(list, Some(entry)).cloned())
        .collect();
    // An empty list asks nobody, and the header still says where it would; one that follows its account asks for it.
    let empty = model.current_list().filter(|list| list.watchlist.entries.is_empty());
    let following = model.lists.iter().filter(|list| follow::follows(list));
    let own = empty.into_iter().chain(following).filter(|list| sources.is_unread(list, None));
    profiles.extend(own.map(|list| sources.profile(list, None).cloned()));
    profiles
}

/// The profiles that have to be read before it is known where the orders of a list live, and the list's own.
pub fn profiles_of(list: &Watchlist, defaults: &ScopeDefaults) -> BTreeSet<Profile> {
    let list = List::new(ListId(0), list.clone());
    let sources = Sources { defaults, read: &BTreeMap::new() };
    let entries = list.watchlist.entries.iter().map(Some).chain([None]);
    entries
        .filter(|entry| sources.is_unread(&list, *entry))
        .map(|entry| sources.profile(&list, entry).cloned())
        .collect()
}

/// Where the orders of a list live, and the list itself, once its profiles were read. Scopes are shared.
pub fn resolved(
    list: &Watchlist,
    defaults: &ScopeDefaults,
    read: &BTreeMap<Profile, ProfileConfig>,
) -> Resolved {
    let list = List::new(ListId(0), list.clone());
    let sources = Sources { defaults, read };
    let mut scopes = Vec::new();
    let mut scope = |entry| sources.scope(&list, entry).map(|scope| shared(&mut scopes, scope));
    let own = scope(None);
    let keys = list.watchlist.entries.iter();
    let keys = keys.filter_map(|entry| Some(OrderKey { scope: scope(Some(entry))?, id: entry.id }));
    Resolved { keys: keys.collect(), scope: own }
}

/// Where a list lives, for whoever has no model.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Resolved {
    /// The keys of its entries whose profile was read.
    pub keys: Vec<OrderKey>,
    /// Where its own orders live; none where its profile was not read.
    pub scope: Option<Arc<Scope>>,
}

fn shared(scopes: &mut Vec<Arc<Scope>>, scope: Scope) -> Arc<Scope> {
    if let Some(known) = scopes.iter().find(|known| ***known == scope) {
        return known.clone();
    }
    let scope = Arc::new(scope);
    scopes.push(scope.clone());
    scope
}

#[cfg(test)]
mod tests;
