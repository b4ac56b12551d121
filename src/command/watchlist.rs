//! `chimewatch watchlist`: the lists as files, read and edited as the dashboard does it.

mod account;
mod add;
mod show;

use super::columns::{Column, table};
use super::report::{Report, Stop, reported};
use super::{Exit, refusal};
use crate::cli::{Output, Watchlist, WatchlistCommand};
use crate::domain::Entry;
use crate::domain::json::quoted;
use crate::domain::watchlist::{Access, Edit};
use crate::runtime::clock::Clock;
use crate::settings::{self, Settings};
use crate::store::{Clash, Opened, Place, View, Watchlists};
use std::collections::HashSet;
use std::io::Write;
use std::path::Path;

/// Does what was asked for.
pub fn run(
    typed: &Watchlist,
    settings: &Settings,
    clock: Clock,
    out: &mut dyn Write,
    err: &mut dyn Write,
) -> Exit {
    reported(settings.output, out, err, |report| done(&typed.command, settings, clock, report))
}

fn done(
    command: &WatchlistCommand,
    settings: &Settings,
    clock: Clock,
    report: &mut Report<'_>,
) -> Result<Exit, Stop> {
    for warning in &settings.warnings {
        report.note(warning);
    }
    let lists = Watchlists::new(settings.places.clone());
    match command {
        WatchlistCommand::List => list(&lists, settings, report),
        WatchlistCommand::Show { watchlist } => show::show(watchlist, &lists, settings, report),
        WatchlistCommand::Add(add) => add::add(add, &lists, settings, clock, report),
        WatchlistCommand::Remove { watchlist, orders } => remove(watchlist, orders, &lists, report),
        WatchlistCommand::Rename { watchlist, name } => rename(watchlist, name, &lists, settings, report),
        WatchlistCommand::Delete { watchlist } => delete(watchlist, &lists, clock, report),
        WatchlistCommand::Path { watchlist } => path(watchlist.as_deref(), &lists, settings, report),
    }
}

/// A list as its file says it; what is odd about it is noted.
pub(super) fn opened(place: &Place, lists: &Watchlists, report: &mut Report<'_>) -> Result<Opened, Stop> {
    let opened = lists.open(place).or_else(|error| refusal::refused(report, &error))?;
    for warning in &opened.warnings {
        report.note(warning);
    }
    match &opened.list.access {
        Access::Writable => {}
        Access::Broken(why) | Access::Gone(why) => {
            report.note(format_args!("{why}. What it last held is shown"));
        }
    }
    Ok(opened)
}

/// Every list that the dashboard has a tab for; `unsaved` where it holds something.
pub(super) fn all(lists: &Watchlists, settings: &Settings) -> Vec<Place> {
    let (view, _) = View::load(&settings.places);
    let mut places = lists.tabs(&view).unwrap_or_default();
    let is_empty = |opened: &Opened| opened.list.entries.is_empty();
    let has_unsaved = lists.open(&Place::Unsaved).is_ok_and(|opened| !is_empty(&opened));
    places.retain(|place| *place != Place::Unsaved);
    if has_unsaved {
        places.push(Place::Unsaved);
    }
    places
}

/// The entries of all lists, one list after the other. One that cannot be read has none.
pub(super) fn entries(lists: &Watchlists, settings: &Settings) -> impl Iterator<Item = Entry> {
    let entries = |place| lists.open(&place).map(|opened| opened.list.entries).unwrap_or_default();
    all(lists, settings).into_iter().flat_map(entries)
}

fn list(lists: &Watchlists, settings: &Settings, report: &mut Report<'_>) -> Result<Exit, Stop> {
    let mut rows = Vec::new();
    for place in all(lists, settings) {
        let opened = match lists.open(&place) {
            Ok(opened) => opened,
            Err(error) => {
                report.note(&error);
                continue;
            }
        };
        let list = opened.list;
        let flaw = match &list.access {
            Access::Writable => None,
            Access::Broken(why) | Access::Gone(why) => Some(why),
        };
        if let Some(why) = flaw {
            report.note(format_args!("{why}. What it last held is counted"));
        }
        let path = lists.path(&place).display().to_string();
        let (name, count) = (place.to_string(), list.entries.len());
        if report.output() == Output::Json {
            let texts = [
                ("Path", Some(path.as_str())),
                ("Profile", list.profile.as_deref()),
                ("Region", list.region.as_deref()),
                ("Flaw", flaw.map(crate::domain::Text::raw)),
            ];
            let texts = texts.into_iter().filter_map(|(member, text)| Some(member_of(member, text?)));
            let texts: String = texts.collect();
            report.line(format_args!("{{\"Watchlist\":{},\"Orders\":{count}{texts}}}", quoted(&name)))?;
        } else {
            let text = |text: Option<&str>| neutral(text.unwrap_or_default());
            let (profile, region) = (text(list.profile.as_deref()), text(list.region.as_deref()));
            rows.push([neutral(&name), count.to_string(), profile, region, neutral(&path)]);
        }
    }
    if report.output() == Output::Table && !rows.is_empty() {
        let columns = [
            Column::Words("NAME"),
            Column::Number("ORDERS"),
            Column::Words("PROFILE"),
            Column::Words("REGION"),
            Column::Words("PATH"),
        ];
        for line in table(columns, &rows) {
            report.line(line)?;
        }
    } else if report.output() == Output::Table {
        let directory = settings.places.watchlists();
        report.note(format_args!(
            "there is no watchlist in {}. Make one: chimewatch watchlist add NAME ORDER_ID",
            neutral(&directory.display().to_string())
        ));
    }
    Ok(Exit::Success)
}

/// `,"NAME":"TEXT"`.
fn member_of(name: &str, text: &str) -> String {
    format!(",{}:{}", quoted(name), quoted(text))
}

fn neutral(text: &str) -> String {
    crate::domain::text::neutralise(text)
}

fn remove(
    watchlist: &str,
    orders: &[String],
    lists: &Watchlists,
    report: &mut Report<'_>,
) -> Result<Exit, Stop> {
    let ids = settings::order_ids(orders).or_else(|why| report.usage(why))?;
    let place = Place::parse(watchlist);
    opened(&place, lists, report)?;
    let edited = lists.edit(&place, &Edit::Remove(ids.clone()));
    let edited = edited.or_else(|error| refusal::refused(report, &error))?;
    let removed: HashSet<_> = edited.removed.iter().map(|removed| removed.entry.id).collect();
    for id in removed_in_order(&ids, &removed) {
        say_id(report, "Removed", &id.to_string(), &place)?;
    }
    for id in ids.iter().filter(|id| !removed.contains(*id)) {
        report.note(format_args!("{id} is not in {place}"));
    }
    Ok(Exit::Success)
}

fn removed_in_order<T: Copy + Eq + std::hash::Hash>(ids: &[T], removed: &HashSet<T>) -> Vec<T> {
    let mut told = HashSet::new();
    ids.iter().copied().filter(|id| removed.contains(id) && told.insert(*id)).collect()
}

/// An ID as data: itself, or what was done to it as an object.
fn say_id(report: &mut Report<'_>, done: &str, id: &str, place: &Place) -> Result<(), Stop> {
    match report.output() {
        Output::Table => report.line(id)?,
        Output::Json => {
            let list = member_of("Watchlist", &place.to_string());
            report.line(format_args!("{{{}:{}{list}}}", quoted(done), quoted(id)))?;
        }
    }
    Ok(())
}

fn rename(
    watchlist: &str,
    name: &str,
    lists: &Watchlists,
    settings: &Settings,
    report: &mut Report<'_>,
) -> Result<Exit, Stop> {
    let (was, is) = (Place::parse(watchlist), Place::parse(name));
    if matches!(is, Place::Path(_)) {
        report.usage(format_args!("'{}' is a path: a list gets a name, without .toml", neutral(name)))?;
    }
    let renamed = match &was {
        Place::Named(was) => lists.rename(was, name),
        Place::Unsaved => lists.save_unsaved(name, Clash::Refuse),
        Place::Path(_) => report.usage(format_args!("{was} is a file given by its path: move it with mv"))?,
    };
    renamed.or_else(|error| refusal::refused(report, &error))?;
    if matches!(was, Place::Named(_)) {
        // Where the cursor stood is a comfort.
        let _ = View::update(&settings.places, |view| view.rename(&was, &is));
    }
    say_path(report, &is, &lists.path(&is))?;
    report.note(format_args!("{was} is called {is} now"));
    Ok(Exit::Success)
}

fn delete(watchlist: &str, lists: &Watchlists, clock: Clock, report: &mut Report<'_>) -> Result<Exit, Stop> {
    let place = Place::parse(watchlist);
    let name = match &place {
        Place::Named(name) => name,
        Place::Unsaved => {
            report.usage("unsaved is emptied by saving it: chimewatch watchlist rename unsaved NAME")?
        }
        Place::Path(_) => {
            report.usage(format_args!("{place} is a file given by its path: it is yours to delete"))?
        }
    };
    let deleted = lists.delete(name, clock.now().wall).or_else(|error| refusal::refused(report, &error))?;
    say_path(report, &place, &deleted.file)?;
    let back = lists.path(&place).display().to_string();
    report.note(format_args!("{place} was moved there; moved back to {} it is a list again", neutral(&back)));
    Ok(Exit::Success)
}

fn path(
    watchlist: Option<&str>,
    lists: &Watchlists,
    settings: &Settings,
    report: &mut Report<'_>,
) -> Result<Exit, Stop> {
    let Some(watchlist) = watchlist else {
        let directory = settings.places.watchlists().display().to_string();
        match report.output() {
            Output::Table => report.line(directory)?,
            Output::Json => report.line(format_args!("{{\"Path\":{}}}", quoted(&directory)))?,
        }
        return Ok(Exit::Success);
    };
    let place = Place::parse(watchlist);
    let file = lists.path(&place);
    if place != Place::Unsaved && !file.exists() {
        lists.open(&place).or_else(|error| refusal::refused(report, &error))?;
    }
    say_path(report, &place, &file)?;
    Ok(Exit::Success)
}

/// A file as data. It is written as it is: a script opens it.
fn say_path(report: &mut Report<'_>, place: &Place, path: &Path) -> Result<(), Stop> {
    let path = path.display().to_string();
    match report.output() {
        Output::Table => report.line(neutral(&path))?,
        Output::Json => {
            let path = member_of("Path", &path);
            report.line(format_args!("{{\"Watchlist\":{}{path}}}", quoted(&place.to_string())))?;
        }
    }
    Ok(())
}
