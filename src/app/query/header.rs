//! The first line: the lists, whether orders are asked, where, and the time.

use super::clock::Clock;
use super::line::Line;
use super::summary::Summary;
use crate::app::model::{List, Model, Opened, Screen};
use crate::app::regions;
use crate::app::watch::Asking;
use crate::domain::scope::DEFAULT_REGION;
use crate::domain::text::neutralise;
use crate::domain::{ProfileConfig, Scope};
use std::borrow::Cow;
use std::sync::Arc;

/// A tab.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tab<'m> {
    /// The key that opens it, where one does.
    pub number: Option<u8>,
    /// The list's name.
    pub name: &'m str,
    /// Orders of it that need you.
    pub needs: usize,
    /// Whether it is on the screen.
    pub place: TabPlace,
}

/// Which of the lists a tab is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TabPlace {
    /// The one on the screen.
    Current,
    /// One that is polled.
    Opened,
    /// One with last known counts only.
    Unopened,
}

/// The first line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Header<'m> {
    /// The lists; on the other screens none.
    pub tabs: Vec<Tab<'m>>,
    /// On the other screens: the way back to the list.
    pub path: Line<'m>,
    /// Whether orders are asked.
    pub state: State,
    /// `prod · us-east-1`, with the endpoint where it is not AWS's own.
    pub scope: String,
    /// The region, or the endpoint where it is not AWS's own.
    pub place: String,
    /// `14:03 UTC`.
    pub clock: String,
}

/// Whether orders are asked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum State {
    /// They are.
    Live,
    /// The user stopped it, at this time.
    Paused(String),
    /// The account rests until its credentials are mended.
    Resting,
    /// No account can be reached; one request at a time finds out when the network is back.
    Offline,
}

impl State {
    /// The words for it.
    pub fn words(&self) -> Cow<'static, str> {
        match self {
            Self::Live => Cow::Borrowed("live"),
            Self::Paused(since) => Cow::Owned(format!("PAUSED {since}, p resumes")),
            Self::Resting => Cow::Borrowed("resting"),
            Self::Offline => Cow::Borrowed("offline"),
        }
    }

    /// One word for it.
    pub const fn word(&self) -> &'static str {
        match self {
            Self::Live => "live",
            Self::Paused(_) => "PAUSED",
            Self::Resting => "resting",
            Self::Offline => "offline",
        }
    }
}

/// The header of the screen that is shown.
pub fn header<'m>(model: &'m Model, summaries: &[Arc<Summary>], clock: &Clock<'_>) -> Header<'m> {
    let (tabs, path) = match &model.screen {
        Screen::List => (tabs(model, summaries), Line::default()),
        Screen::Order(_) | Screen::Numbers(_) => (Vec::new(), super::path::line(model)),
    };
    Header {
        tabs,
        path,
        state: state(model, clock),
        scope: model.current_list().map_or_else(String::new, |list| scope(model, list)),
        place: model.current_list().map_or_else(String::new, |list| place(model, list)),
        clock: clock.header(),
    }
}

fn tabs<'m>(model: &'m Model, summaries: &[Arc<Summary>]) -> Vec<Tab<'m>> {
    model
        .lists
        .iter()
        .enumerate()
        // Without orders `unsaved` has nothing to tell; its key opens it all the same.
        .filter(|(place, list)| {
            !list.is_unsaved() || !list.watchlist.entries.is_empty() || model.current == Some(*place)
        })
        .map(|(place, list)| Tab {
            number: model.list_number(place),
            name: list.watchlist.name.shown(),
            needs: match list.opened {
                Opened::Yes => summaries.get(place).map_or(0, |summary| summary.needs),
                Opened::No => list.last_needing.len(),
            },
            place: match list.opened {
                _ if model.current == Some(place) => TabPlace::Current,
                Opened::Yes => TabPlace::Opened,
                Opened::No => TabPlace::Unopened,
            },
        })
        .collect()
}

fn state(model: &Model, clock: &Clock<'_>) -> State {
    match model.watch.asking() {
        Asking::Paused { since } => State::Paused(clock.minute(since)),
        Asking::On if model.watch.resting().is_some() => State::Resting,
        Asking::On if is_offline(model) => State::Offline,
        Asking::On => State::Live,
    }
}

fn is_offline(model: &Model) -> bool {
    let mut scopes = model.watch.scopes().peekable();
    scopes.peek().is_some() && scopes.all(|scope| !model.watch.can_ask(scope))
}

/// As whom and where a list is asked: `prod · us-east-1`. `…` while the profile's region is being read, `(default)`
/// when nothing named one.
pub fn scope(model: &Model, list: &List) -> String {
    let profile = profile(model, list).map_or("default", AsRef::as_ref);
    let region = region(model, list);
    neutralise(&match regions::endpoint(model, list) {
        Some(endpoint) => {
            format!("{profile} · {region} · {}{}", bare(&endpoint), other_endpoints(model, list))
        }
        None => format!("{profile} · {region}{}", other_endpoints(model, list)),
    })
}

/// The same in short: an endpoint of the user's own is never left out.
fn place(model: &Model, list: &List) -> String {
    let own = match regions::endpoint(model, list) {
        Some(endpoint) => bare(&endpoint).to_owned(),
        None => region(model, list),
    };
    neutralise(&format!("{own}{}", other_endpoints(model, list)))
}

/// The custom endpoints that only entries of a list have, by their own profiles: the first, and how many more.
fn other_endpoints(model: &Model, list: &List) -> String {
    let own = regions::endpoint(model, list);
    let mut others: Vec<&Arc<str>> = Vec::new();
    let mut last: Option<&Arc<Scope>> = None;
    for scope in list.keys.iter().flatten().map(|key| &key.scope) {
        // Neighbours mostly share their scope.
        if last.is_some_and(|last| Arc::ptr_eq(last, scope)) {
            continue;
        }
        last = Some(scope);
        if let Some(endpoint) = &scope.endpoint
            && own.as_ref() != Some(endpoint)
            && !others.contains(&endpoint)
        {
            others.push(endpoint);
        }
    }
    match others.as_slice() {
        [] => String::new(),
        [only] => format!(", {}", bare(only)),
        [first, more @ ..] => format!(", {} +{}", bare(first), more.len()),
    }
}

fn profile<'m>(model: &'m Model, list: &'m List) -> Option<&'m Arc<str>> {
    model.defaults.profile_over([list.watchlist.profile.as_ref()])
}

fn region(model: &Model, list: &List) -> String {
    let profile = profile(model, list).cloned();
    let named = list
        .session_regions
        .last()
        .or(model.defaults.typed_region.as_ref())
        .or(list.watchlist.region.as_ref())
        .or(model.defaults.environment_region.as_ref());
    if let Some(region) = named {
        return region.to_string();
    }
    match model.profiles.get(&profile).or_else(|| model.defaults.remembered.get(&profile)) {
        Some(ProfileConfig { region: Some(region), .. }) => region.to_string(),
        Some(ProfileConfig { region: None, .. }) => format!("{DEFAULT_REGION} (default)"),
        None => "…".to_owned(),
    }
}

/// An endpoint without its scheme: any but a loopback address has the same one.
fn bare(endpoint: &str) -> &str {
    let endpoint = endpoint.trim_end_matches('/');
    endpoint.split_once("://").map_or(endpoint, |(_, bare)| bare)
}

/// A title of the way back: the list's name.
pub fn list_name(model: &Model) -> &str {
    model.current_list().map_or("", |list| list.watchlist.name.shown())
}
