//! The first line: the lists, whether orders are asked, where, and the time.

use super::clock::Clock;
use super::line::Line;
use super::summary::Summary;
use crate::app::action::Action;
use crate::app::effect::ListId;
use crate::app::model::{List, Model, Opened, Screen};
use crate::app::regions;
use crate::app::watch::Asking;
use crate::domain::scope::DEFAULT_REGION;
use crate::domain::text::neutralise;
use crate::domain::watchlist::Following;
use crate::domain::{Privacy, ProfileConfig, Scope};
use jiff::SignedDuration;
use std::borrow::Cow;
use std::sync::Arc;

/// A tab.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tab<'m> {
    /// Which list it is.
    pub list: ListId,
    /// The key that opens it, where one does.
    pub number: Option<u8>,
    /// The list's name.
    pub name: &'m str,
    /// Orders of it that need you.
    pub needs: usize,
    /// Whether it is on the screen.
    pub place: TabPlace,
    /// Whether its accounts are asked.
    pub accounts: Accounts,
}

/// Whether the accounts of a list are asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Accounts {
    /// They are, as far as the tab has to tell: of the accounts of the list on the screen its card does.
    Asked,
    /// One of them rests until its credentials are mended.
    Rest,
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
    /// `credentials end in 12 m`, in the last quarter of an hour.
    pub ending: Option<Ending>,
    /// The region, or the endpoint where it is not AWS's own.
    pub place: String,
    /// `14:03 UTC`.
    pub clock: String,
}

/// That credentials come to their end.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ending {
    /// `credentials end in 12 m`.
    pub whole: String,
    /// `ends 12 m`.
    pub short: String,
}

/// Credentials tell their end from so long before it on.
const ENDING: SignedDuration = SignedDuration::from_mins(15);

/// Whether orders are asked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum State {
    /// They are.
    Live,
    /// The user stopped it, at this time.
    Paused {
        /// Since when.
        since: String,
        /// The key that goes on.
        key: String,
    },
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
            Self::Paused { since, key } => Cow::Owned(format!("PAUSED {since}, {key} resumes")),
            Self::Resting => Cow::Borrowed("resting"),
            Self::Offline => Cow::Borrowed("offline"),
        }
    }

    /// One word for it.
    pub const fn word(&self) -> &'static str {
        match self {
            Self::Live => "live",
            Self::Paused { .. } => "PAUSED",
            Self::Resting => "resting",
            Self::Offline => "offline",
        }
    }
}

/// A region that has to be read first, and what stands behind the one that nothing named.
const UNREAD: &str = "…";
const DEFAULT_NOTE: &str = " (default)";

/// The header of the screen that is shown.
pub fn header<'m>(model: &'m Model, summaries: &[Arc<Summary>], clock: &Clock<'_>) -> Header<'m> {
    let (tabs, path) = match &model.screen {
        Screen::List => (tabs(model, summaries), Line::default()),
        Screen::Order(_) | Screen::Numbers(_) | Screen::Number(_) | Screen::Activity(_) => {
            (Vec::new(), super::path::line(model))
        }
    };
    Header {
        tabs,
        path,
        state: state(model, clock),
        scope: model.current_list().map_or_else(String::new, |list| match list.watchlist.following {
            Following::Nothing => told_masked(model, scope(model, list)),
            Following::Account => told_masked(model, format!("follows {}", scope(model, list))),
        }),
        ending: model.current_list().and_then(|list| ending(model, list, clock)),
        place: model.current_list().map_or_else(String::new, |list| told_masked(model, place(model, list))),
        clock: clock.header(),
    }
}

/// That numbers are masked goes with where orders live, as far as that is told.
fn told_masked(model: &Model, place: String) -> String {
    match model.preferences.privacy {
        Privacy::Shown => place,
        Privacy::Masked => format!("numbers masked · {place}"),
    }
}

fn tabs<'m>(model: &'m Model, summaries: &[Arc<Summary>]) -> Vec<Tab<'m>> {
    let on_screen = model.current_list().map(|list| regions::scopes(model, list)).unwrap_or_default();
    model
        .lists
        .iter()
        .enumerate()
        // Without orders `unsaved` has nothing to tell; its key opens it all the same.
        .filter(|(place, list)| {
            !list.is_unsaved() || !list.watchlist.entries.is_empty() || model.current == Some(*place)
        })
        .map(|(place, list)| Tab {
            list: list.id,
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
            accounts: match list.opened {
                Opened::Yes if rests(model, list, &on_screen) => Accounts::Rest,
                Opened::Yes | Opened::No => Accounts::Asked,
            },
        })
        .collect()
}

fn state(model: &Model, clock: &Clock<'_>) -> State {
    match model.watch.asking() {
        Asking::Paused { since } => {
            State::Paused { since: clock.minute(since), key: model.keys.of(Action::Pause) }
        }
        Asking::On => match model.current_list() {
            Some(list) => standing(model, list),
            None => State::Live,
        },
    }
}

/// Whether an account of a list rests that is none of the list on the screen: of those its card tells.
fn rests(model: &Model, list: &List, on_screen: &[Arc<Scope>]) -> bool {
    let scopes = regions::scopes(model, list);
    let mut others = scopes.iter().filter(|scope| !on_screen.contains(scope));
    others.any(|scope| model.watch.resting_in(scope).is_some())
}

/// Whether a list is asked: as long as one of its accounts is, its rows live.
fn standing(model: &Model, list: &List) -> State {
    let scopes = regions::scopes(model, list);
    if scopes.is_empty() || scopes.iter().any(|scope| model.watch.can_ask(scope)) {
        State::Live
    } else if scopes.iter().all(|scope| model.watch.resting_in(scope).is_some()) {
        State::Resting
    } else {
        State::Offline
    }
}

/// The first end of credentials that a list is asked with, when it is near; with the profile where there are several.
fn ending(model: &Model, list: &List, clock: &Clock<'_>) -> Option<Ending> {
    let scopes = regions::scopes(model, list);
    let ends = scopes.iter().filter_map(|scope| Some((model.watch.identity(scope)?.expires?, scope)));
    let (end, scope) = ends.filter(|(end, _)| *end > clock.wall()).min_by_key(|(end, _)| *end)?;
    let left = clock.left(end, ENDING)?;
    let is_one_of_several = scopes.iter().any(|other| other.profile != scope.profile);
    let of =
        if is_one_of_several { format!(" of {}", neutralise(scope.profile_name())) } else { String::new() };
    Some(Ending { whole: format!("credentials{of} end in {left}"), short: format!("ends {left}") })
}

/// As whom and where a list is asked: `prod · us-east-1`, `prod + 1 more · us-east-1` where its orders differ. `…`
/// while the profile's region is being read, `(default)` when nothing named one.
pub fn scope(model: &Model, list: &List) -> String {
    let scopes = list.scopes();
    let own = regions::profile(model, list).map_or("default", AsRef::as_ref);
    let profiles = several(own, own, scopes.iter().map(|scope| scope.profile_name()));
    let regions = regions_in(model, list);
    let Endpoints { first, others } = endpoints(model, list);
    let first = first.map(|first| format!(" · {first}")).unwrap_or_default();
    neutralise(&format!("{profiles} · {regions}{first}{others}"))
}

/// The same in short: an endpoint of the user's own is never left out.
fn place(model: &Model, list: &List) -> String {
    let Endpoints { first, others } = endpoints(model, list);
    let first = first.unwrap_or_else(|| regions_in(model, list));
    neutralise(&format!("{first}{others}"))
}

fn regions_in(model: &Model, list: &List) -> String {
    let own = region(model, list);
    let name = own.trim_end_matches(DEFAULT_NOTE);
    several(&own, name, list.scopes().iter().map(|scope| &*scope.region))
}

/// The endpoints that a list is asked at.
struct Endpoints {
    /// The list's own, where an order has it; none for AWS's.
    first: Option<String>,
    /// `, gateway.example.com`, and how many more.
    others: String,
}

fn endpoints(model: &Model, list: &List) -> Endpoints {
    let own = regions::endpoint(model, list);
    let scopes = list.scopes();
    let mut distinct: Vec<Option<&str>> = Vec::new();
    for scope in &*scopes {
        let endpoint = scope.endpoint.as_deref();
        if !distinct.contains(&endpoint) {
            distinct.push(endpoint);
        }
    }
    // The list's own stands first.
    distinct.sort_by_key(|endpoint| *endpoint != own.as_deref());
    let shown = |endpoint: &str| bare(endpoint).to_owned();
    let Some((first, others)) = distinct.split_first() else {
        return Endpoints { first: own.as_deref().map(shown), others: String::new() };
    };
    let others = match others {
        [] => String::new(),
        [one, more @ ..] => {
            let more = if more.is_empty() { String::new() } else { format!(" + {} more", more.len()) };
            format!(", {}{more}", one.map_or("AWS's own", bare))
        }
    };
    Endpoints { first: first.map(shown), others }
}

/// One of these names and how many more there are: the list's own, as `shown`, where an order has it or none has any.
fn several<'n>(shown: &str, own: &str, names: impl Iterator<Item = &'n str>) -> String {
    let mut distinct: Vec<&str> = Vec::new();
    for name in names {
        if !distinct.contains(&name) {
            distinct.push(name);
        }
    }
    let is_unread = own == UNREAD && !distinct.is_empty();
    let first = match distinct.first() {
        Some(first) if !distinct.contains(&own) && !is_unread => first,
        Some(_) | None => shown,
    };
    match (distinct.len() + usize::from(is_unread)).saturating_sub(1) {
        0 => first.to_owned(),
        more => format!("{first} + {more} more"),
    }
}

fn region(model: &Model, list: &List) -> String {
    if let Some(region) = regions::named_region(model, list) {
        return region.to_string();
    }
    let profile = regions::profile(model, list).cloned();
    match model.profiles.get(&profile).or_else(|| model.defaults.remembered.get(&profile)) {
        Some(ProfileConfig { region: Some(region), .. }) => region.to_string(),
        Some(ProfileConfig { region: None, .. }) => format!("{DEFAULT_REGION}{DEFAULT_NOTE}"),
        None => UNREAD.to_owned(),
    }
}

/// An endpoint without its scheme: any but a loopback address has the same one.
pub(in crate::app) fn bare(endpoint: &str) -> &str {
    let endpoint = endpoint.trim_end_matches('/');
    endpoint.split_once("://").map_or(endpoint, |(_, bare)| bare)
}

/// A title of the way back: the list's name.
pub fn list_name(model: &Model) -> &str {
    model.current_list().map_or("", |list| list.watchlist.name.shown())
}
