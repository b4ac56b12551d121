//! The orders of an account, to be added to a list: all of them, or those that pass a filter of the dashboard.

use crate::app::filter::{self, Eye, Query};
use crate::app::message::WatchMessage;
use crate::app::query::lookup::Seen;
use crate::app::watch::{Directory, Reading, Sweeps};
use crate::command::patience::Patience;
use crate::command::report::{Report, Stop};
use crate::command::{Exit, orders};
use crate::domain::text::neutralise;
use crate::domain::{Entry, Now, OrderKey, Snapshot, Watchlist};
use crate::fetch::FetchOptions;
use crate::runtime::clock::Clock;
use crate::runtime::headless::{Happened, Headless, HeadlessOptions, Listener, Recording};
use crate::runtime::net::Bodies;
use crate::settings::Settings;
use std::collections::HashSet;
use std::sync::Arc;

/// The orders of the account that a list is of. The list is read to its end before anything is added.
pub(super) fn orders(
    list: &Watchlist,
    filter: Option<&str>,
    settings: &Settings,
    clock: Clock,
    report: &mut Report<'_>,
) -> Result<Vec<Entry>, Stop> {
    let query = match filter.map(filter::parse).transpose() {
        Ok(query) => query.unwrap_or_default(),
        Err(wrong) => {
            let filter = neutralise(filter.unwrap_or_default());
            report.usage(format_args!("'{filter}' is no filter: {}. Nothing was sent.", wrong.why))?
        }
    };
    let options = HeadlessOptions {
        sweeps: Sweeps::Never,
        bodies: Bodies::OfNone,
        recording: Recording::None,
        listener: Listener::ToAnswers,
    };
    let mut engine = Headless::start(settings, FetchOptions::from(settings), options, clock)?;
    let started = engine.now();
    engine.sleeper().block_on(async {
        let own = Watchlist { entries: Vec::new(), ..list.clone() };
        let scope = orders::resolved(&own, &mut engine, report).await?.scope;
        engine.step(WatchMessage::ReadList(scope));
        read(&mut engine, report).await?;
        let directory = engine.watch().directory();
        Ok(directory.map(|directory| passing(directory, &query, started, engine.now())).unwrap_or_default())
    })
}

/// Reads the account's list to its end.
async fn read(engine: &mut Headless, report: &mut Report<'_>) -> Result<(), Stop> {
    let mut patience = Patience::default();
    loop {
        match engine.watch().directory().map(|directory| &directory.reading) {
            Some(Reading::Underway) => {}
            Some(Reading::Failed(failure)) => {
                report.failure(failure);
                report.note("nothing was added: the account's list could not be read to its end");
                let is_refused = failure.kind.rests_the_account();
                return Err(Stop::Said(if is_refused { Exit::Credentials } else { Exit::Failure }));
            }
            Some(Reading::Whole { .. }) | None => return Ok(()),
        }
        match engine.next(patience.next()).await {
            Happened::Engine(message) => {
                if let WatchMessage::Listed(listed) = &message {
                    patience.page(&listed.result, engine.now().moment, report);
                }
                engine.step(message);
            }
            Happened::Ended(code) => return Err(Stop::Said(Exit::BySignal(code))),
            Happened::Warned(what) => report.note(what),
            Happened::Deadline => patience.tell(engine.now().moment, report),
            Happened::Came { .. } => {}
        }
    }
}

/// The orders that pass, in the order of the account's list.
fn passing(directory: &Directory, query: &Query, started: Now, now: Now) -> Vec<Entry> {
    let eye = Eye { now: now.wall, started: started.wall };
    let mut known = HashSet::new();
    directory
        .orders
        .iter()
        .filter(|order| known.insert(order.id))
        .filter_map(|order| {
            let entry = Entry::new(order.id);
            let key = OrderKey { scope: Arc::clone(&directory.scope), id: order.id };
            let snapshot = Snapshot::first(order.clone(), now.wall);
            query.passes(&Seen::of(&entry, Some(&key), Some(&snapshot)), &eye).then_some(entry)
        })
        .collect()
}
