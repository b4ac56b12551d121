//! What the dashboard opens: which lists there are, which of them is shown, what is known about its orders.

use super::files::DEFAULT_PROFILE;
use crate::app::effect::ListId;
use crate::app::query::line::thousands;
use crate::app::regions::{EndpointChoice, ScopeDefaults};
use crate::domain::redact::redact;
use crate::domain::text::neutralise;
use crate::domain::{
    Entry, KeptFilters, ListView, PhoneNumberOrderId, Preferences, ProfileConfig, Text, Watchlist, found,
};
use crate::settings::{self, ProfileChoice, RegionChoice, Settings};
use crate::store::{Place, Places, StoreError, View, Watchlists};
use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::io::{self, Read};
use std::sync::Arc;

/// The most that is read from standard input.
const MOST: u64 = 10 * 1024 * 1024;

/// The most characters that are shown of a text without orders.
const SHOWN: usize = 60;

/// What the user asked to see.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Opening {
    /// The list that was used last.
    LastUsed,
    /// These orders, in the list `unsaved`.
    Orders(Vec<Entry>),
    /// A list by its name, or a file.
    List(Place),
}

/// Why standard input gives no orders.
#[derive(Debug, thiserror::Error)]
pub enum NoOrders {
    /// It cannot be read.
    #[error("standard input cannot be read: {0}")]
    Unreadable(#[from] io::Error),
    /// It does not end soon enough.
    #[error("standard input is longer than {} MB. Send the part that holds the order IDs.", MOST >> 20)]
    TooLong,
    /// It holds more than a list is started with.
    #[error("standard input holds {} order IDs, and {} are read at once. Send them in parts.", thousands(*.0), thousands(found::MOST))]
    TooMany(usize),
    /// It holds nothing.
    #[error("standard input is empty: name order IDs, or pipe text that holds some.")]
    Empty,
    /// It holds none.
    #[error("No order ID in those {} characters: '{beginning}'. One looks like 3f2a91c0-77aa-4e0b-9a55-0d1f5e2bc01d.", thousands(*.characters))]
    None {
        /// How many characters it holds.
        characters: usize,
        /// With which of them it begins, on one line, secrets removed.
        beginning: String,
    },
}

impl Opening {
    /// These orders, each once.
    pub fn of(ids: impl IntoIterator<Item = PhoneNumberOrderId>) -> Self {
        let mut known = HashSet::new();
        Self::Orders(ids.into_iter().filter(|id| known.insert(*id)).map(Entry::new).collect())
    }

    /// The orders in any text, with the labels beside them.
    ///
    /// # Errors
    /// [`NoOrders`] says why there are none.
    pub fn found_in(input: impl Read) -> Result<Self, NoOrders> {
        let mut bytes = Vec::new();
        input.take(MOST + 1).read_to_end(&mut bytes)?;
        if bytes.len() as u64 > MOST {
            return Err(NoOrders::TooLong);
        }
        let text = String::from_utf8_lossy(&bytes);
        let found::Found { entries, beyond, .. } = found::in_text(&text);
        if beyond > 0 {
            return Err(NoOrders::TooMany(entries.len() + beyond));
        }
        match entries.is_empty() {
            true if text.trim().is_empty() => Err(NoOrders::Empty),
            true => Err(NoOrders::None { characters: text.chars().count(), beginning: beginning(&text) }),
            false => Ok(Self::Orders(entries)),
        }
    }
}

/// What a text begins with, to tell what it is.
fn beginning(text: &str) -> String {
    // What is cut away may be what makes a secret look like one.
    let start: String = text.chars().take(10 * SHOWN).collect();
    let words: Vec<_> = start.split_whitespace().collect();
    let line = redact(&words.join(" "));
    let shown: String = line.chars().take(SHOWN).collect();
    let is_whole = shown.len() == line.len() && start.len() == text.len();
    neutralise(&if is_whole { shown } else { format!("{}…", shown.trim_end()) })
}

/// The lists as the first frame shows them.
#[derive(Debug)]
pub struct Opened {
    /// Every list, in the order of the tabs.
    pub lists: Vec<(ListId, Place, Watchlist)>,
    /// The one to show.
    pub current: ListId,
    /// What fills in where lists name nothing.
    pub defaults: ScopeDefaults,
    /// What was chosen in an earlier run.
    pub preferences: Preferences,
    /// How the lists were looked at last.
    pub views: BTreeMap<ListId, ListView>,
    /// The theme that was chosen last.
    pub theme: Option<String>,
    /// The filters that were saved.
    pub filters: KeptFilters,
    /// What the user should read once.
    pub warnings: Vec<Text>,
}

/// Reads the lists. Writes nothing: the first frame waits for no disk.
///
/// # Errors
/// The list that was asked for is not there, with the near names, or cannot be read.
pub fn open(settings: &Settings, places: &Places, opening: &Opening) -> Result<Opened, StoreError> {
    let files = Watchlists::new(places.clone());
    let (mut view, warning) = View::load(places);
    let defaults = defaults(settings, &view);
    let mut warnings = settings.warnings.clone();
    warnings.extend(warning.map(Text::from));
    let mut tabs = files.tabs(&view).unwrap_or_else(|error| {
        warnings.push(error.to_string().into());
        Vec::new()
    });
    let wanted = match opening {
        Opening::LastUsed => view.last_used.filter(|place| tabs.contains(place)),
        Opening::Orders(_) => Some(Place::Unsaved),
        Opening::List(place) => Some(place.clone()),
    };
    for place in wanted.iter().chain([&Place::Unsaved]) {
        if !tabs.contains(place) {
            tabs.push(place.clone());
        }
    }
    let mut lists = Vec::new();
    for place in tabs {
        let watchlist = match opening {
            Opening::Orders(entries) if place == Place::Unsaved => unsaved(entries, &defaults),
            Opening::LastUsed | Opening::Orders(_) | Opening::List(_) => match files.open(&place) {
                Ok(opened) => {
                    warnings.extend(opened.warnings);
                    opened.list
                }
                Err(error) if wanted.as_ref() == Some(&place) => return Err(error),
                Err(error) => {
                    warnings.push(error.to_string().into());
                    continue;
                }
            },
        };
        lists.push((place, watchlist));
    }
    let lists: Vec<_> = (0..).map(ListId).zip(lists).map(|(id, (place, list))| (id, place, list)).collect();
    let current = lists.iter().find(|(_, place, _)| wanted.as_ref().is_none_or(|wanted| wanted == place));
    let current = current.map_or(ListId(0), |(id, ..)| *id);
    let mut views: BTreeMap<_, _> =
        lists.iter().filter_map(|(id, place, _)| Some((*id, view.looks.remove(place)?))).collect();
    if let (Opening::Orders(_), Some(looked)) = (opening, views.get_mut(&current)) {
        // A filter that was for other orders would hide those that were just named.
        looked.filter.clear();
    }
    let (theme, filters) = (view.theme.take(), view.filters);
    Ok(Opened { lists, current, defaults, preferences: view.preferences, views, theme, filters, warnings })
}

/// The orders of the command line, with whom and where to ask about them next time.
fn unsaved(entries: &[Entry], defaults: &ScopeDefaults) -> Watchlist {
    Watchlist {
        profile: defaults.profile_over([]).cloned(),
        region: defaults.typed_region.clone(),
        entries: entries.to_vec(),
        ..Watchlist::new(Place::Unsaved.name().into())
    }
}

pub(super) fn defaults(settings: &Settings, view: &View) -> ScopeDefaults {
    let (typed_region, environment_region) = match &settings.region {
        RegionChoice::Typed(region) => (Some(Arc::clone(region)), None),
        RegionChoice::Environment(region) => (None, Some(Arc::clone(region))),
        RegionChoice::OfProfile => (None, None),
    };
    let (typed_profile, environment_profile) = match &settings.profile {
        ProfileChoice::Typed(name) => (Some(Arc::clone(name)), None),
        ProfileChoice::Environment(name) => (None, Some(Arc::clone(name))),
        ProfileChoice::Unnamed => (None, None),
    };
    ScopeDefaults {
        typed_profile,
        environment_profile,
        typed_region,
        environment_region,
        endpoint: match &settings.endpoint {
            settings::EndpointChoice::Named(endpoint) => EndpointChoice::Named(endpoint.as_str().into()),
            settings::EndpointChoice::OfProfile => EndpointChoice::OfProfile,
            settings::EndpointChoice::Aws => EndpointChoice::Aws,
        },
        remembered: remembered(view),
    }
}

fn remembered(view: &View) -> BTreeMap<Option<Arc<str>>, ProfileConfig> {
    let names: BTreeSet<&String> = view.regions.keys().chain(view.endpoints.keys()).collect();
    let value = |text: &String| Arc::from(text.as_str());
    let config = |name: &String| ProfileConfig {
        region: view.regions.get(name).map(value),
        endpoint: view.endpoints.get(name).map(value),
    };
    let profile = |name: &String| (name != DEFAULT_PROFILE).then(|| Arc::from(name.as_str()));
    names.into_iter().map(|name| (profile(name), config(name))).collect()
}

#[cfg(test)]
mod tests;
