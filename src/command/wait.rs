//! `chimewatch wait`: the waiter that the AWS CLI does not have for orders.
//!
//! The schedule is the dashboard's, and so is the history that it writes. What is unknown or unreachable never counts
//! as done: it is waited for until the time is up.

mod bodies;
mod body;
mod progress;
mod verdict;

use super::orders::Labels;
use super::report::{Report, Stop, reported};
use super::standing::{Heard, Standing};
use super::tally::Tally;
use super::{Exit, orders};
use crate::app::message::WatchMessage;
use crate::app::query::clock::Clock as Words;
use crate::app::query::line::{count, thousands};
use crate::app::query::sentence;
use crate::app::watch::Sweeps;
use crate::cli::Wait;
use crate::domain::{Moment, OrderKey, Times, duration, name};
use crate::fetch::FetchOptions;
use crate::runtime::clock::Clock;
use crate::runtime::headless::{Happened, Headless, HeadlessOptions, Listener, Recording};
use crate::runtime::signals::NOBODY_READS;
use crate::settings::{self, Settings};
use bodies::Bodies;
use jiff::tz::TimeZone;
pub use progress::Audience;
use progress::{Progress, Sums};
use std::io::Write;
use std::time::Duration;
use verdict::{End, Goal};

/// How long is waited where nothing else was typed.
const TIMEOUT: Duration = Duration::from_mins(15);

/// Waits until every order is settled, says on `err` how far they are, and prints them at the end.
pub fn run(
    wait: &Wait,
    settings: &Settings,
    audience: Audience,
    clock: Clock,
    out: &mut dyn Write,
    err: &mut dyn Write,
) -> Exit {
    reported(settings.output, out, err, |report| all(wait, settings, audience, clock, report))
}

fn all(
    wait: &Wait,
    settings: &Settings,
    audience: Audience,
    clock: Clock,
    report: &mut Report<'_>,
) -> Result<Exit, Stop> {
    let typed = wait.timeout.as_deref().filter(|text| *text != "0");
    let typed = typed.map(|text| settings::duration("--timeout", text)).transpose();
    let typed = typed.or_else(|why| report.usage(why))?.filter(|typed| !typed.is_zero());
    let timeout = if wait.timeout.is_some() { typed } else { Some(TIMEOUT) };
    report.go_on_unread();
    let list = orders::listed(&wait.orders, settings, report)?;
    let options = HeadlessOptions {
        sweeps: Sweeps::Allowed,
        bodies: report.bodies(),
        recording: Recording::Kept,
        listener: Listener::ToEither,
    };
    let mut engine = Headless::start(settings, FetchOptions::from(settings), options, clock)?;
    let outcome = engine.sleeper().block_on(async {
        let keys = orders::resolved(&list, &mut engine, report).await?.keys;
        let goal = Goal { until: wait.until, fail_fast: wait.fail_fast };
        let began = engine.now().moment;
        let progress = Progress::new(audience, settings.output, timeout, began);
        if wait.timeout.is_none() {
            let orders = keys.len();
            let orders = count(orders, "order", "orders");
            report.note(format_args!("waiting for {orders}, at most 15m (--timeout says otherwise)"));
        }
        let end = timeout.map(|timeout| began.plus(timeout));
        let labels = orders::labels(&list);
        report.call(orders::owned(&labels), orders::owned(&orders::notes(&list)));
        let (heard, bodies) = (Heard::default(), Bodies::default());
        Waiting { labels, keys, goal, end, heard, bodies, progress }.until_the_end(&mut engine, report).await
    });
    engine.finish(|what| report.note(what));
    outcome
}

/// What is waited for.
#[derive(Debug)]
struct Waiting<'a> {
    labels: Labels<'a>,
    keys: Vec<OrderKey>,
    goal: Goal,
    /// When the time is up.
    end: Option<Moment>,
    heard: Heard,
    bodies: Bodies,
    progress: Progress,
}

impl Waiting<'_> {
    async fn until_the_end(mut self, engine: &mut Headless, report: &mut Report<'_>) -> Result<Exit, Stop> {
        engine.add(self.keys.clone());
        let end = loop {
            let standings = self.heard.standings(&self.keys, engine.watch());
            let now = engine.now().moment;
            self.heard.tell(&standings, engine.watch(), now, report);
            if let Some(end) = self.goal.reached(&standings) {
                break end;
            }
            if self.end.is_some_and(|end| end <= now) {
                break End::TimedOut;
            }
            self.progress.show(Sums::of(&standings, engine.watch()), now, report);
            let wake = self.end.into_iter().chain([self.progress.next()]).min();
            if let Some(code) = self.take(wake, engine, report).await {
                break End::BySignal(code);
            }
        };
        report.clear_status();
        self.print(end, engine, report)
    }

    /// Takes what has happened until there is no more of it or it is `wake`; the exit code where the process is to end.
    async fn take(
        &mut self,
        wake: Option<Moment>,
        engine: &mut Headless,
        report: &mut Report<'_>,
    ) -> Option<u8> {
        loop {
            match engine.next(wake).await {
                Happened::Came { key, received, body } => self.bodies.came(key, body, received),
                Happened::Engine(message) => {
                    // What came belongs to the answer that follows it; a deadline may pass between them.
                    let is_answer = matches!(message, WatchMessage::Answered(_) | WatchMessage::Listed(_));
                    self.heard.step(message, &self.keys, engine);
                    if is_answer {
                        self.bodies.keep(engine.watch());
                    }
                }
                Happened::Warned(what) => report.note(what),
                Happened::Deadline => return None,
                Happened::Ended(code) => return Some(code),
            }
            if !engine.has_more() {
                return None;
            }
        }
    }

    /// The orders as they are now, and what that comes to.
    fn print(&mut self, end: End, engine: &Headless, report: &mut Report<'_>) -> Result<Exit, Stop> {
        let watch = engine.watch();
        let took = duration::written(self.progress.elapsed(engine.now().moment));
        let utc = TimeZone::UTC;
        let words = Words::at(engine.now(), &utc, Times::Relative);
        let standings = self.heard.standings(&self.keys, watch);
        let mut tally = Tally::default();
        let mut waiting = Vec::new();
        for (key, standing) in self.keys.iter().zip(&standings) {
            if end.counts(standing) {
                standing.count(&mut tally);
            }
            // What is refused by now may have answered before.
            let Some(known) = watch.get(key).and_then(|order| self.heard.last(order)) else { continue };
            let (body, received) = self.bodies.take(key).unwrap_or((String::new(), known.read_at));
            report.order(&known.order, &body, received)?;
            if let Standing::WaitsForAPerson(_) = standing {
                let label = self.labels.get(&key.id).copied();
                let (name, status) = (name::of(&key.id, label, Some(known)), &known.order.status);
                waiting.push(format!("{name} is {status}.{}", sentence::advice(known, &words)));
            }
        }
        report.flush()?;
        for unanswered in self.keys.iter().filter_map(|key| watch.get(key)) {
            if let Some((failure, _)) = unanswered.failure() {
                report.failure(failure);
            }
        }
        let sums = Sums::of(&standings, watch);
        let pending = match (sums.pending(), sums.orders) {
            (1, 1) => "the order is not settled".to_owned(),
            (1, orders) => format!("1 of {} orders is not settled", thousands(orders)),
            (pending, orders) => {
                format!("{} of {} orders are not settled", thousands(pending), thousands(orders))
            }
        };
        match end {
            End::Reached | End::FailedFast | End::BySignal(NOBODY_READS) => {}
            End::WaitsForAPerson => {
                for order in waiting {
                    report.note(order);
                }
            }
            End::TimedOut => {
                report.note(format_args!("the time is up after {took}: {pending}"));
            }
            End::BySignal(_) => {
                report.note(format_args!("ended after {took}: {pending}"));
            }
        }
        Ok(end.exit(tally.exit()))
    }
}
