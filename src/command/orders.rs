//! Which orders a command is about, from its arguments, a watchlist or standard input, and where they live.

use super::Exit;
use super::report::{Report, Stop};
use crate::app::regions::{self, Resolved};
use crate::cli;
use crate::domain::scope::unlisted_region;
use crate::domain::{Text, Watchlist};
use crate::runtime::opening::NoOrders;
use crate::runtime::{Headless, Opening};
use crate::settings::{self, STANDARD_INPUT, Settings, UsageError};
use crate::store::{Place, StoreError, Watchlists};
use std::collections::{BTreeSet, HashSet};
use std::io::{self, IsTerminal};

/// Why no order is asked; all of it is wrong usage. The texts follow `chimewatch: `.
#[derive(Debug, thiserror::Error)]
enum NothingToAsk {
    #[error(transparent)]
    Usage(#[from] UsageError),
    #[error(transparent)]
    Input(#[from] NoOrders),
    #[error(transparent)]
    Watchlist(#[from] StoreError),
    #[error("no order to ask for: name order IDs, or a watchlist with -w, or pipe text that holds IDs")]
    Nothing,
    #[error("watchlist {0} holds no orders")]
    Empty(Text),
}

/// The orders as a list: that of `-w`, else one without a name. What is odd about it is noted.
pub(super) fn listed(
    orders: &cli::Orders,
    settings: &Settings,
    report: &mut Report<'_>,
) -> Result<Watchlist, Stop> {
    for warning in &settings.warnings {
        report.note(warning)?;
    }
    let list = match &orders.watchlist {
        Some(name) => opened(name, settings, report)?,
        None => typed(&orders.ids).or_else(|why| report.usage(why))?,
    };
    for entry in list.entries.iter().filter(|entry| !entry.id.is_documented_hex()) {
        let note = "has letters beyond f, which the API does not document; it is asked all the same";
        report.note(format_args!("{} {note}", entry.id))?;
    }
    Ok(list)
}

fn opened(name: &str, settings: &Settings, report: &mut Report<'_>) -> Result<Watchlist, Stop> {
    let opened = Watchlists::new(settings.places.clone()).open(&Place::parse(name));
    let opened = opened.map_err(NothingToAsk::from).or_else(|why| report.usage(why))?;
    if opened.list.entries.is_empty() {
        return report.usage(NothingToAsk::Empty(opened.list.name));
    }
    for warning in &opened.warnings {
        report.note(warning)?;
    }
    Ok(opened.list)
}

fn typed(ids: &[String]) -> Result<Watchlist, NothingToAsk> {
    let opening = match ids {
        [] if io::stdin().is_terminal() => return Err(NothingToAsk::Nothing),
        [] => Opening::found_in(io::stdin().lock())?,
        [only] if only == STANDARD_INPUT => Opening::found_in(io::stdin().lock())?,
        ids => Opening::of(settings::order_ids(ids)?),
    };
    match opening {
        Opening::Orders(entries) => Ok(Watchlist { entries, ..Watchlist::new(Text::default()) }),
        Opening::LastUsed | Opening::List(_) => Err(NothingToAsk::Nothing),
    }
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
        report.note(warning)?;
    }
    Ok(resolved)
}
