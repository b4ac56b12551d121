//! `chimewatch follow`: a line for every change, until every order is settled or somebody ends it.
//!
//! What it sees joins the history that the dashboard keeps.

use super::orders::Labels;
use super::report::{Report, Stop, reported};
use super::standing::{Heard, Standing};
use super::tally::Tally;
use super::{Exit, orders};
use crate::app::message::WatchMessage;
use crate::app::query::activity;
use crate::app::watch::Sweeps;
use crate::app::written::changes;
use crate::cli::{Follow, Output};
use crate::domain::{Change, OrderKey, name};
use crate::fetch::FetchOptions;
use crate::runtime::clock::Clock;
use crate::runtime::headless::{Happened, Headless, HeadlessOptions, Listener, Recording};
use crate::runtime::net::Bodies;
use crate::settings::{self, Settings};
use crate::store::{ChangeFilter, Reader, StoreError};
use jiff::Timestamp;
use std::io::Write;

/// Changes of one order that are told in one line come with one answer; so many lines of it at most.
const LINES: usize = usize::MAX;

/// Prints every change of the orders as it is seen.
pub fn run(
    follow: &Follow,
    settings: &Settings,
    clock: Clock,
    out: &mut dyn Write,
    err: &mut dyn Write,
) -> Exit {
    reported(settings.output, out, err, |report| all(follow, settings, clock, report))
}

fn all(follow: &Follow, settings: &Settings, clock: Clock, report: &mut Report<'_>) -> Result<Exit, Stop> {
    let since = follow.since.as_deref().map(|text| settings::point("--since", text, clock.now().wall));
    let since = since.transpose().or_else(|why| report.usage(why))?;
    let list = orders::listed(&follow.orders, settings, report)?;
    let options = HeadlessOptions {
        sweeps: Sweeps::Allowed,
        bodies: Bodies::OfNone,
        recording: Recording::Kept,
        listener: Listener::ToAnswers,
    };
    let mut engine = Headless::start(settings, FetchOptions::from(settings), options, clock)?;
    let outcome = engine.sleeper().block_on(async {
        let keys = orders::resolved(&list, &mut engine, report).await?.keys;
        let recorded = since.map(|since| Recorded { settings, since });
        let labels = orders::labels(&list);
        let following = Following { keys, labels, heard: Heard::default(), recorded, told: 0 };
        following.until_the_end(&mut engine, report).await
    });
    engine.finish(|what| report.note(what));
    outcome
}

/// What the history has seen since then.
#[derive(Clone, Copy, Debug)]
struct Recorded<'a> {
    settings: &'a Settings,
    since: Timestamp,
}

impl Recorded<'_> {
    /// The changes of these orders, the oldest first.
    fn of(self, keys: &[OrderKey]) -> Result<Vec<Change>, StoreError> {
        let filter = ChangeFilter { keys: Some(keys), since: Some(self.since), before: None, limit: None };
        match Reader::open_in_time(&self.settings.places.history())? {
            Some(reader) => reader.changes(filter),
            None => Ok(Vec::new()),
        }
    }
}

/// What is followed.
#[derive(Debug)]
struct Following<'a> {
    keys: Vec<OrderKey>,
    labels: Labels<'a>,
    heard: Heard,
    /// What is told as soon as it is known what the orders are called.
    recorded: Option<Recorded<'a>>,
    /// Changes with a lower sequence number have been told.
    told: u64,
}

impl Following<'_> {
    async fn until_the_end(mut self, engine: &mut Headless, report: &mut Report<'_>) -> Result<Exit, Stop> {
        engine.add(self.keys.clone());
        self.told = engine.watch().oldest_kept();
        loop {
            report.flush()?;
            let watch = engine.watch();
            let standings = self.heard.standings(&self.keys, watch);
            self.heard.tell(&standings, watch, engine.now().moment, report);
            if standings.iter().all(Standing::is_over) {
                let mut tally = Tally::default();
                for standing in &standings {
                    standing.count(&mut tally);
                }
                return Ok(tally.exit());
            }
            if let Some(code) = self.take(engine, report).await? {
                return Ok(Exit::BySignal(code));
            }
        }
    }

    /// Takes and tells what has happened until there is no more of it; the exit code where the process is to end.
    async fn take(&mut self, engine: &mut Headless, report: &mut Report<'_>) -> Result<Option<u8>, Stop> {
        loop {
            match engine.next(None).await {
                Happened::Engine(message) => {
                    let is_known = matches!(message, WatchMessage::Known(_));
                    self.heard.step(message, &self.keys, engine);
                    if let Some(recorded) = self.recorded.take_if(|_| is_known) {
                        match recorded.of(&self.keys) {
                            Ok(changes) => self.print(changes.iter(), engine, report)?,
                            Err(why) => report.note(why),
                        }
                    }
                    self.tell(engine, report)?;
                }
                Happened::Warned(what) => report.note(what),
                Happened::Ended(code) => return Ok(Some(code)),
                Happened::Came { .. } | Happened::Deadline => {}
            }
            if !engine.has_more() {
                return Ok(None);
            }
        }
    }

    /// Tells the changes since the last time.
    fn tell(&mut self, engine: &Headless, report: &mut Report<'_>) -> Result<(), Stop> {
        let activity = engine.watch().activity();
        let new = activity.iter().filter(|change| change.sequence >= self.told);
        self.print(new, engine, report)?;
        self.told = activity.back().map_or(self.told, |last| last.sequence + 1);
        Ok(())
    }

    fn print<'c>(
        &self,
        new: impl Iterator<Item = &'c Change>,
        engine: &Headless,
        report: &mut Report<'_>,
    ) -> Result<(), Stop> {
        let name = |key: &OrderKey| {
            let label = self.labels.get(&key.id).copied();
            let snapshot = engine.watch().get(key).and_then(|order| order.snapshot());
            name::of(&key.id, label, snapshot.map(|snapshot| &**snapshot))
        };
        match report.output() {
            Output::Json => {
                for each in new {
                    report.line(changes::json(each, &name(&each.key)))?;
                }
            }
            Output::Table => {
                for event in activity::coalesced(new, LINES) {
                    report.line(changes::line(event.change, &name(&event.change.key), event.count))?;
                }
            }
        }
        Ok(())
    }
}
