//! Which orders a command is about, from its arguments, a watchlist or standard input, and where they live.

use super::report::{Report, Stop};
use super::{Exit, refusal, row};
use crate::app::regions::{self, Resolved};
use crate::cli;
use crate::domain::scope::unlisted_region;
use crate::domain::{Entry, PhoneNumberOrderId, Text, Watchlist};
use crate::runtime::opening::NoOrders;
use crate::runtime::{Headless, Opening};
use crate::settings::{self, STANDARD_INPUT, Settings, UsageError};
use crate::store::{Place, Watchlists};
use std::collections::{BTreeSet, HashMap, HashSet};
use std::io::{self, IsTerminal};

/// What is said where neither an order was named nor anything is piped.
const NOTHING: &str =
    "no order to ask for: name order IDs, or a watchlist with -w, or pipe text that holds IDs";

/// Why arguments or standard input name no order; all of it is wrong usage. The texts follow `chimewatch: `.
#[derive(Debug, thiserror::Error)]
pub(super) enum NoneNamed {
    #[error(transparent)]
    Usage(#[from] UsageError),
    #[error(transparent)]
    Input(#[from] NoOrders),
}

/// The orders as a list: that of `-w`, else one without a name. What is odd about it is noted.
pub(super) fn listed(
    orders: &cli::Orders,
    settings: &Settings,
    report: &mut Report<'_>,
) -> Result<Watchlist, Stop> {
    for warning in &settings.warnings {
        report.note(warning);
    }
    let list = match &orders.watchlist {
        Some(name) => opened(name, settings, report)?,
        None => match named(&orders.ids).or_else(|why| report.usage(why))? {
            Some(entries) => Watchlist { entries, ..Watchlist::new(Text::default()) },
            None => return report.usage(NOTHING),
        },
    };
    for entry in list.entries.iter().filter(|entry| !entry.id.is_documented_hex()) {
        let note = "has letters beyond f, which the API does not document; it is asked all the same";
        report.note(format_args!("{} {note}", entry.id));
    }
    Ok(list)
}

fn opened(name: &str, settings: &Settings, report: &mut Report<'_>) -> Result<Watchlist, Stop> {
    let opened = Watchlists::new(settings.places.clone()).open(&Place::parse(name));
    let opened = opened.or_else(|why| refusal::refused(report, &why))?;
    if opened.list.entries.is_empty() {
        return report.usage(format_args!("watchlist {} holds no orders", opened.list.name));
    }
    for warning in &opened.warnings {
        report.note(warning);
    }
    Ok(opened.list)
}

/// The orders that were typed, else those in the text on standard input, with the labels beside them; none where
/// nothing was typed and a person would have to.
pub(super) fn named(ids: &[String]) -> Result<Option<Vec<Entry>>, NoneNamed> {
    let opening = match ids {
        [] if io::stdin().is_terminal() => return Ok(None),
        [] => Opening::found_in(io::stdin().lock())?,
        [only] if only == STANDARD_INPUT => Opening::found_in(io::stdin().lock())?,
        ids => Opening::of(settings::order_ids(ids)?),
    };
    match opening {
        Opening::Orders(entries) => Ok(Some(entries)),
        Opening::LastUsed | Opening::List(_) => Ok(None),
    }
}

/// What the user calls the orders of a list.
pub(super) type Labels<'a> = HashMap<PhoneNumberOrderId, &'a Text>;

/// The labels of a list; of an order that stands in it twice the first.
pub(super) fn labels(list: &Watchlist) -> Labels<'_> {
    let labels = list.entries.iter().rev().filter_map(|entry| Some((entry.id, entry.label.as_ref()?)));
    labels.collect()
}

/// The notes of a list; of an order that stands in it twice the first.
pub(super) fn notes(list: &Watchlist) -> Labels<'_> {
    let notes = list.entries.iter().rev().filter_map(|entry| Some((entry.id, entry.note.as_ref()?)));
    notes.collect()
}

/// The same for what is printed, which outlives the list.
pub(super) fn owned(labels: &Labels<'_>) -> row::Labels {
    labels.iter().map(|(id, label)| (*id, (*label).clone())).collect()
}

/// Reads where a list lives.
pub(super) async fn resolved(
    list: &Watchlist,
    engine: &mut Headless,
    report: &mut Report<'_>,
) -> Result<Resolved, Stop> {
    let profiles = regions::profiles_of(list, engine.defaults());
    let read = engine.read_profiles(profiles).await.map_err(|code| Stop::Said(Exit::BySignal(code)))?;
    let mut resolved = regions::resolved(list, engine.defaults(), &read);
    let mut known = HashSet::new();
    resolved.keys.retain(|key| known.insert(key.clone()));
    let scopes = resolved.keys.iter().map(|key| &key.scope).chain(&resolved.scope);
    for warning in scopes.collect::<BTreeSet<_>>().into_iter().filter_map(|scope| unlisted_region(scope)) {
        report.note(warning);
    }
    Ok(resolved)
}
