//! What can stand where: profiles, regions, watchlists, order IDs, themes, as they are at this moment.

use crate::cli::{Global, Shell};
use crate::command::watchlist;
use crate::domain::scope::{NUMBER_REGIONS, VOICE_REGIONS};
use crate::domain::text::neutralise;
use crate::fetch::{FetchOptions, Fetcher};
use crate::runtime::clock::Clock;
use crate::settings::{Environment, Settings};
use crate::store::Watchlists;
use crate::ui::theme::BUILT_IN;
use clap::{Arg, Command};
use clap_complete::engine::{ArgValueCompleter, CompletionCandidate, PathCompleter, ValueCompleter};
use std::collections::HashSet;
use std::ffi::OsStr;
use std::sync::Arc;

/// The most order IDs that are offered: a shell that has ten thousand asks whether to show them.
const MOST: usize = 500;

/// Where candidates come from.
#[derive(Debug)]
pub(super) struct Candidates {
    environment: Environment,
    shell: Shell,
}

/// What an argument takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Profile,
    Region,
    Watchlist,
    Order,
    Theme,
}

/// What can be offered, with what it is.
type Offers = Vec<(String, String)>;

/// The command with everything that can be completed in it.
pub(super) fn with(command: Command, candidates: &Arc<Candidates>) -> Command {
    command
        .mut_args(|argument| match kind(&argument) {
            Some(kind) => {
                argument.add(ArgValueCompleter::new(Completer { candidates: Arc::clone(candidates), kind }))
            }
            None => argument,
        })
        .mut_subcommands(|command| with(command, candidates))
}

/// What an argument takes, by its id and by what its help calls its value.
fn kind(argument: &Arg) -> Option<Kind> {
    let is_called =
        |name: &str| argument.get_value_names().is_some_and(|names| names.iter().any(|each| each == name));
    match argument.get_id().as_str() {
        "profile" => Some(Kind::Profile),
        "region" => Some(Kind::Region),
        "watchlist" => Some(Kind::Watchlist),
        "theme" => Some(Kind::Theme),
        _ if is_called("ORDER_ID") => Some(Kind::Order),
        _ => None,
    }
}

struct Completer {
    candidates: Arc<Candidates>,
    kind: Kind,
}

impl ValueCompleter for Completer {
    fn complete(&self, current: &OsStr) -> Vec<CompletionCandidate> {
        let typed = current.to_string_lossy();
        let is_path = self.kind == Kind::Watchlist && typed.contains(['/', '.']);
        let mut found: Vec<_> = self
            .candidates
            .of(self.kind)
            .into_iter()
            .filter(|(value, _)| value.starts_with(&*typed))
            .take(MOST)
            .map(|(value, help)| {
                let help = (!help.is_empty()).then(|| neutralise(&help).into());
                CompletionCandidate::new(self.candidates.shell_word(&value)).help(help)
            })
            .collect();
        if is_path {
            found.extend(PathCompleter::file().complete(current));
        }
        found
    }
}

impl Candidates {
    pub(super) const fn new(environment: Environment, shell: Shell) -> Self {
        Self { environment, shell }
    }

    fn of(&self, kind: Kind) -> Offers {
        match kind {
            Kind::Region => regions(),
            Kind::Profile => self.settings().map(|settings| profiles(&settings)).unwrap_or_default(),
            Kind::Watchlist => self.settings().map(|settings| watchlists(&settings)).unwrap_or_default(),
            Kind::Order => self.settings().map(|settings| orders(&settings)).unwrap_or_default(),
            Kind::Theme => {
                let own = self.settings().map(|settings| settings.themes).unwrap_or_default();
                let own = own.into_iter().map(|theme| (theme.name, theme.path));
                BUILT_IN.iter().map(|theme| (theme.name.to_owned(), String::new())).chain(own).collect()
            }
        }
    }

    /// What the environment says without the line that is being typed; none where it makes no sense.
    fn settings(&self) -> Option<Settings> {
        Settings::resolve(&Global::default(), &self.environment).ok()
    }

    /// A value as the shell wants it inserted: zsh and fish quote what they insert, the others do not.
    fn shell_word(&self, value: &str) -> String {
        let is_plain = |c: char| c.is_alphanumeric() || "-_./+:@%=,".contains(c);
        match self.shell {
            Shell::Zsh | Shell::Fish => value.to_owned(),
            _ if value.chars().all(is_plain) => value.to_owned(),
            Shell::Bash => {
                value.chars().flat_map(|c| (!is_plain(c)).then_some('\\').into_iter().chain([c])).collect()
            }
            Shell::Powershell => format!("'{}'", value.replace('\'', "''")),
        }
    }
}

fn regions() -> Offers {
    let help = |region: &str| if NUMBER_REGIONS.contains(&region) { "numbers are ordered here" } else { "" };
    VOICE_REGIONS.iter().map(|region| ((*region).to_owned(), help(region).to_owned())).collect()
}

/// Those of the shared config files.
fn profiles(settings: &Settings) -> Offers {
    let clock = Clock::start();
    let fetcher = Fetcher::new(FetchOptions::from(settings), move || clock.now().wall);
    let runtime = tokio::runtime::Builder::new_current_thread().build();
    let Ok(runtime) = runtime else { return Vec::new() };
    let names = runtime.block_on(fetcher.profiles());
    names.iter().map(|name| (name.to_string(), String::new())).collect()
}

fn watchlists(settings: &Settings) -> Offers {
    let lists = Watchlists::new(settings.places.clone());
    let places = watchlist::all(&lists, settings).into_iter();
    places
        .map(|place| {
            let count = lists.open(&place).map_or(0, |opened| opened.list.entries.len());
            let orders = if count == 1 { "order" } else { "orders" };
            (place.to_string(), format!("{count} {orders}"))
        })
        .collect()
}

/// Those of all watchlists, with what they are called.
fn orders(settings: &Settings) -> Offers {
    let lists = Watchlists::new(settings.places.clone());
    let mut known = HashSet::new();
    let mut offers = Vec::new();
    for place in watchlist::all(&lists, settings) {
        let Ok(opened) = lists.open(&place) else { continue };
        for entry in opened.list.entries.into_iter().filter(|entry| known.insert(entry.id)) {
            let label = entry.label.map(|label| label.to_string());
            offers.push((entry.id.to_string(), label.unwrap_or_else(|| place.to_string())));
        }
    }
    offers
}
