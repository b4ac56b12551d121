//! The orders of a list, with what the history last knew of them. Nobody is asked.

use super::{member_of, neutral, opened};
use crate::cli::Output;
use crate::command::columns::{Column, table};
use crate::command::report::{Report, Stop};
use crate::command::{Exit, refusal};
use crate::domain::json::quoted;
use crate::domain::watchlist::Access;
use crate::domain::{Entry, OrderKey, PhoneNumberOrderId, Snapshot, Text, Watchlist};
use crate::settings::Settings;
use crate::store::{Place, Reader, Watchlists};
use std::collections::HashMap;

/// Prints the orders in the list's order.
pub(super) fn show(
    watchlist: &str,
    lists: &Watchlists,
    settings: &Settings,
    report: &mut Report<'_>,
) -> Result<Exit, Stop> {
    let list = opened(&Place::parse(watchlist), lists, report)?.list;
    let known = known(&list, settings).or_else(|error| refusal::refused(report, &error))?;
    let lines: Vec<String> = match report.output() {
        Output::Table if list.entries.is_empty() => {
            report.note(format_args!("{watchlist} holds no orders"));
            Vec::new()
        }
        Output::Table => rows(&list, &known),
        Output::Json => list.entries.iter().map(|entry| json(entry, &list, known.get(&entry.id))).collect(),
    };
    for line in lines {
        report.line(line)?;
    }
    Ok(match list.access {
        Access::Writable => Exit::Success,
        Access::Broken(_) | Access::Gone(_) => Exit::Failure,
    })
}

/// What the history knows of the orders, where they may live.
fn known(
    list: &Watchlist,
    settings: &Settings,
) -> Result<HashMap<PhoneNumberOrderId, Snapshot>, crate::store::StoreError> {
    let Some(reader) = Reader::open_in_time(&settings.places.history())? else { return Ok(HashMap::new()) };
    let entries: HashMap<_, _> = list.entries.iter().map(|entry| (entry.id, entry)).collect();
    let ids: Vec<_> = entries.keys().copied().collect();
    let fits = |key: &OrderKey| {
        let entry = entries.get(&key.id).copied();
        let (profile, region) = place(entry, list);
        profile.is_none_or(|profile| key.scope.profile_name() == profile)
            && region.is_none_or(|region| *key.scope.region == *region)
    };
    // Of the same order in two places that fit, the one that was read last counts.
    Ok(reader
        .outlines_of(&ids)?
        .into_iter()
        .filter(|(key, _)| fits(key))
        .map(|(key, known)| (key.id, known))
        .collect())
}

/// The profile and the region that the file names for an order.
fn place<'l>(entry: Option<&'l Entry>, list: &'l Watchlist) -> (Option<&'l str>, Option<&'l str>) {
    let profile = entry.and_then(|entry| entry.profile.as_deref()).or(list.profile.as_deref());
    let region = entry.and_then(|entry| entry.region.as_deref()).or(list.region.as_deref());
    (profile, region)
}

fn rows(list: &Watchlist, known: &HashMap<PhoneNumberOrderId, Snapshot>) -> Vec<String> {
    let text = |text: &Option<Text>| text.as_ref().map(ToString::to_string).unwrap_or_default();
    let row = |entry: &Entry| {
        let known = known.get(&entry.id);
        let counts = known.map(|known| known.counts);
        let (profile, region) = place(Some(entry), list);
        [
            known.map_or_else(|| "not read yet".to_owned(), |known| known.order.status.to_string()),
            entry.id.to_string(),
            counts.map(|counts| format!("{}/{}", counts.acquired, counts.total)).unwrap_or_default(),
            counts.map(|counts| counts.failed.to_string()).unwrap_or_default(),
            known.map(read_at).unwrap_or_default(),
            text(&entry.label),
            neutral(profile.unwrap_or_default()),
            neutral(region.unwrap_or_default()),
            text(&entry.note),
        ]
    };
    let columns = [
        Column::Words("STATUS"),
        Column::Words("ORDER ID"),
        Column::Number("DONE"),
        Column::Number("FAILED"),
        Column::Words("READ"),
        Column::Words("LABEL"),
        Column::Words("PROFILE"),
        Column::Words("REGION"),
        Column::Words("NOTE"),
    ];
    table(columns, &list.entries.iter().map(row).collect::<Vec<_>>())
}

fn read_at(known: &Snapshot) -> String {
    known.read_at.strftime("%Y-%m-%dT%H:%M:%SZ").to_string()
}

fn json(entry: &Entry, list: &Watchlist, known: Option<&Snapshot>) -> String {
    let (profile, region) = place(Some(entry), list);
    let texts = [
        ("Label", entry.label.as_ref().map(Text::raw)),
        ("Note", entry.note.as_ref().map(Text::raw)),
        ("Profile", profile),
        ("Region", region),
        ("Status", known.map(|known| known.order.status.raw())),
        ("Bucket", known.map(|known| known.order.status.bucket().name())),
    ];
    let texts: String = texts.into_iter().filter_map(|(name, text)| Some(member_of(name, text?))).collect();
    let counted = known.map(|known| {
        let counts = known.counts;
        let read_at = member_of("ObservedAt", &read_at(known));
        format!(
            ",\"Acquired\":{},\"Failed\":{},\"Total\":{}{read_at}",
            counts.acquired, counts.failed, counts.total
        )
    });
    let id = quoted(entry.id.as_str());
    format!("{{\"PhoneNumberOrderId\":{id}{texts}{}}}", counted.unwrap_or_default())
}
