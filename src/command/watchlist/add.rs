//! Orders that are added to a list: those that were typed, those in a text, those of an account.

use super::{account, neutral, say_id};
use crate::cli::Add;
use crate::command::report::{Report, Stop};
use crate::command::{Exit, orders, refusal};
use crate::domain::watchlist::{Edit, Watchlist};
use crate::domain::{Entry, PhoneNumberOrderId, Text};
use crate::runtime::clock::Clock;
use crate::settings::{ProfileChoice, RegionChoice, Settings};
use crate::store::{Place, Problem, Watchlists};
use std::collections::HashSet;
use std::sync::Arc;

/// Orders that are named in a note; of more the number is told.
const NAMED: usize = 3;

/// What is said where neither an order was named nor anything is piped.
const NOTHING: &str = "no order to add: name order IDs, pipe text that holds some, or take --from-account";

/// Adds orders, and makes the list where it is not there.
pub(super) fn add(
    typed: &Add,
    lists: &Watchlists,
    settings: &Settings,
    clock: Clock,
    report: &mut Report<'_>,
) -> Result<Exit, Stop> {
    let place = Place::parse(&typed.watchlist);
    let entries = if typed.from_account {
        let list = match lists.open(&place) {
            Ok(opened) => opened.list,
            Err(error) if error.problem == Problem::NotThere => Watchlist::new(Text::default()),
            Err(error) => return refusal::refused(report, &error),
        };
        account::orders(&list, typed.filter.as_deref(), settings, clock, report)?
    } else {
        match orders::named(&typed.orders).or_else(|why| report.usage(why))? {
            Some(entries) => entries,
            None => return report.usage(NOTHING),
        }
    };
    if entries.is_empty() {
        report.note("the account has no such order; nothing was added");
        return Ok(Exit::Success);
    }
    put(entries, typed.label.as_deref(), &place, lists, settings, report)
}

/// Puts orders into the list and tells which of them are new.
fn put(
    mut entries: Vec<Entry>,
    label: Option<&str>,
    place: &Place,
    lists: &Watchlists,
    settings: &Settings,
    report: &mut Report<'_>,
) -> Result<Exit, Stop> {
    let list = found_or_made(place, lists, settings, report)?;
    let (profile, region) = typed_place(settings);
    for entry in &mut entries {
        // What was typed is said of an order only where the list says otherwise.
        entry.profile = profile.clone().filter(|profile| list.profile.as_ref() != Some(profile));
        entry.region = region.clone().filter(|region| list.region.as_ref() != Some(region));
        entry.label = label.map(Text::new).or(entry.label.take());
    }
    let known: HashSet<_> = list.entries.iter().map(|entry| entry.id).collect();
    let ids: Vec<_> = entries.iter().map(|entry| entry.id).collect();
    lists.edit(place, &Edit::Add(entries)).or_else(|error| refusal::refused(report, &error))?;
    let (there, added): (Vec<_>, Vec<_>) = ids.into_iter().partition(|id| known.contains(id));
    for id in &added {
        say_id(report, "Added", id.as_str(), place)?;
    }
    report.flush()?;
    let there = match there.as_slice() {
        [] => String::new(),
        there => format!(", in it already: {}", in_short(there)),
    };
    report.note(format_args!("{} added to {}{there}", added.len(), neutral(&place.to_string())));
    Ok(Exit::Success)
}

fn in_short(ids: &[PhoneNumberOrderId]) -> String {
    let named: Vec<_> = ids.iter().take(NAMED).map(PhoneNumberOrderId::short).collect();
    match ids.len().saturating_sub(NAMED) {
        0 => named.join(", "),
        more => format!("{} and {more} more", named.join(", ")),
    }
}

/// The list as it is. A new one names the profile and the region that were typed.
fn found_or_made(
    place: &Place,
    lists: &Watchlists,
    settings: &Settings,
    report: &mut Report<'_>,
) -> Result<Watchlist, Stop> {
    let made = match lists.open(place) {
        Ok(opened) => return Ok(opened.list),
        Err(error) if error.problem == Problem::NotThere => {
            let (profile, region) = typed_place(settings);
            match place {
                Place::Named(name) => lists.create(name, profile.as_deref(), region.as_deref()),
                Place::Path(_) | Place::Unsaved => lists
                    .edit(place, &Edit::SetProfile(profile))
                    .and_then(|_| lists.edit(place, &Edit::SetRegion(region)))
                    .map(|edited| edited.list),
            }
        }
        Err(error) => Err(error),
    };
    made.or_else(|error| refusal::refused(report, &error))
}

/// The profile and the region that were typed.
fn typed_place(settings: &Settings) -> (Option<Arc<str>>, Option<Arc<str>>) {
    let profile = match &settings.profile {
        ProfileChoice::Typed(name) => Some(Arc::clone(name)),
        ProfileChoice::Environment(_) | ProfileChoice::Unnamed => None,
    };
    let region = match &settings.region {
        RegionChoice::Typed(region) => Some(Arc::clone(region)),
        RegionChoice::Environment(_) | RegionChoice::OfProfile => None,
    };
    (profile, region)
}
