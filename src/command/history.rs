//! `chimewatch history`: what was observed, the oldest first. Asks nobody and writes nothing.

mod row;

use super::report::{Report, Stop, reported};
use super::{Exit, refusal, watchlist};
use crate::app::written::changes;
use crate::cli::{ChangesOf, History, Output};
use crate::domain::{Change, PhoneNumberOrderId, Text, name};
use crate::runtime::clock::Clock;
use crate::settings::{self, ProfileChoice, RegionChoice, Settings};
use crate::store::{self, Place, Reader, StoreError, Stretch, Watchlists};
use jiff::Timestamp;
use std::collections::HashMap;
use std::io::Write;

/// Orders without a change of which it is said what they are; of more it is said once.
const TOLD: usize = 5;

/// Prints the changes that were asked for, as they are read.
pub fn run(
    typed: &History,
    settings: &Settings,
    clock: Clock,
    out: &mut dyn Write,
    err: &mut dyn Write,
) -> Exit {
    reported(settings.output, out, err, |report| told(typed, settings, clock.now().wall, report))
}

/// Why no more is told.
enum NoMore {
    Stopped(Stop),
    Refused(StoreError),
}

impl From<StoreError> for NoMore {
    fn from(error: StoreError) -> Self {
        Self::Refused(error)
    }
}

fn told(typed: &History, settings: &Settings, now: Timestamp, report: &mut Report<'_>) -> Result<Exit, Stop> {
    for warning in &settings.warnings {
        report.note(warning);
    }
    let lists = Watchlists::new(settings.places.clone());
    let mut labels = HashMap::new();
    let stretch = stretch(typed, settings, now, &lists, &mut labels, report)?;
    let path = settings.places.history();
    let shown = crate::domain::text::neutralise(&path.display().to_string());
    let Some(reader) = Reader::open_in_time(&path).or_else(|error| refusal::refused(report, &error))? else {
        report.note(format_args!(
            "nothing is recorded in {shown} yet: the dashboard, wait and follow write there what they see"
        ));
        return Ok(Exit::Success);
    };
    for entry in watchlist::entries(&lists, settings) {
        if let Some(label) = entry.label {
            labels.entry(entry.id).or_insert(label);
        }
    }
    let patterns = reader.patterns().or_else(|error| refusal::refused(report, &error))?;
    let name = |id: &PhoneNumberOrderId| {
        name::of_known(id, labels.get(id), patterns.get(id).map(|pattern| &**pattern))
    };
    let mut count = 0_u64;
    let tell = |change: Change| -> Result<(), NoMore> {
        count += 1;
        print(&change, &name(&change.key.id), count == 1, report).map_err(NoMore::Stopped)
    };
    match reader.tell(&stretch, tell) {
        Ok(()) => {}
        Err(NoMore::Stopped(stop)) => return Err(stop),
        Err(NoMore::Refused(error)) => return refusal::refused(report, &error),
    }
    report.flush()?;
    if count == 0 {
        nothing(&stretch, &reader, &shown, report)?;
    }
    Ok(Exit::Success)
}

fn print(change: &Change, name: &str, is_first: bool, report: &mut Report<'_>) -> Result<(), Stop> {
    match report.output() {
        Output::Table => {
            if is_first {
                report.line(row::heading())?;
            }
            report.line(row::row(change, name))?;
        }
        Output::Json => report.line(changes::json(change, name))?,
    }
    Ok(())
}

/// What was asked for, checked. Labels of the list that was named go before those of others.
fn stretch(
    typed: &History,
    settings: &Settings,
    now: Timestamp,
    lists: &Watchlists,
    labels: &mut HashMap<PhoneNumberOrderId, Text>,
    report: &mut Report<'_>,
) -> Result<Stretch, Stop> {
    let mut point = |option: &'static str, text: &Option<String>| {
        let point = text.as_deref().map(|text| settings::point(option, text, now)).transpose();
        point.or_else(|why| report.usage(why))
    };
    let (since, until) = (point("--since", &typed.since)?, point("--until", &typed.until)?);
    if let (Some(since), Some(until)) = (since, until)
        && until <= since
    {
        return report.usage("--until is not after --since: nothing lies between them. Nothing was read.");
    }
    let ids = match (&typed.watchlist, typed.orders.as_slice()) {
        (Some(name), _) => {
            let list = watchlist::opened(&Place::parse(name), lists, report)?.list;
            labels.extend(list.entries.iter().filter_map(|entry| Some((entry.id, entry.label.clone()?))));
            Some(list.entries.iter().map(|entry| entry.id).collect())
        }
        (None, []) => None,
        (None, orders) => Some(settings::order_ids(orders).or_else(|why| report.usage(why))?),
    };
    Ok(Stretch {
        ids,
        since,
        until,
        kind: typed.kind.map(|kind| match kind {
            ChangesOf::Order => store::ChangesOf::Order,
            ChangesOf::Number => store::ChangesOf::Number,
            ChangesOf::Foc => store::ChangesOf::Foc,
        }),
        profile: match &settings.profile {
            ProfileChoice::Typed(profile) => Some(profile.to_string()),
            ProfileChoice::Environment(_) | ProfileChoice::Unnamed => None,
        },
        region: match &settings.region {
            RegionChoice::Typed(region) => Some(region.to_string()),
            RegionChoice::Environment(_) | RegionChoice::OfProfile => None,
        },
        limit: typed.limit,
    })
}

/// Says why there is no line: an order that never changed is known all the same.
fn nothing(stretch: &Stretch, reader: &Reader, path: &str, report: &mut Report<'_>) -> Result<(), Stop> {
    let ids = stretch.ids.as_deref().unwrap_or_default();
    if ids.is_empty() || ids.len() > TOLD {
        report.note(format_args!("no such change was seen; looked in {path}"));
        return Ok(());
    }
    let known = reader.outlines_of(ids).or_else(|error| refusal::refused(report, &error))?;
    for id in ids {
        match known.iter().rev().find(|(key, _)| key.id == *id) {
            Some((_, known)) => {
                let (status, since) = (&known.order.status, known.state_since);
                let seen = if since.after.is_some() { "seen " } else { "" };
                let when = row::when(since);
                report.note(format_args!("{id}: no such change was seen. It is {status}: {seen}{when}"));
            }
            None => report.note(format_args!("{id} was never read; looked in {path}")),
        }
    }
    Ok(())
}
