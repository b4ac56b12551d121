//! `chimewatch get`: one answer for each order, and out.

mod round;

use super::report::{Report, Stop, reported};
use super::tally::Tally;
use super::{Exit, orders};
use crate::app::watch::Sweeps;
use crate::cli::Get;
use crate::domain::OrderKey;
use crate::fetch::FetchOptions;
use crate::runtime::clock::Clock;
use crate::runtime::headless::{Headless, HeadlessOptions, Listener, Recording};
use crate::settings::Settings;
use round::Outcome;
use std::io::Write;

/// Asks for every order once, within the pace, and prints each answer in the order of the arguments.
///
/// A pending order is an answer like any other. Whoever stops reading `out` ends it without a word.
pub fn run(get: &Get, settings: &Settings, clock: Clock, out: &mut dyn Write, err: &mut dyn Write) -> Exit {
    reported(settings.output, out, err, |report| all(get, settings, clock, report))
}

fn all(get: &Get, settings: &Settings, clock: Clock, report: &mut Report<'_>) -> Result<Exit, Stop> {
    let list = orders::listed(&get.orders, settings, report)?;
    report.call(orders::owned(&orders::labels(&list)), orders::owned(&orders::notes(&list)));
    let options = HeadlessOptions {
        // What is printed is the body of each order's own answer.
        sweeps: Sweeps::Never,
        bodies: report.bodies(),
        recording: Recording::None,
        listener: Listener::ToAnswers,
    };
    let mut engine = Headless::start(settings, FetchOptions::from(settings), options, clock)?;
    engine.sleeper().block_on(async {
        let keys = orders::resolved(&list, &mut engine, report).await?.keys;
        let mut tally = Tally::default();
        round::ask(&mut engine, &keys, get.in_flight.into(), report, |report, key, outcome| {
            print(report, &mut tally, key, outcome)
        })
        .await?;
        report.flush()?;
        if tally.orders > 1 && tally.unanswered > 0 {
            report.note(format_args!("{} of {} orders have no answer", tally.unanswered, tally.orders));
        }
        Ok(tally.exit())
    })
}

fn print(report: &mut Report<'_>, tally: &mut Tally, key: &OrderKey, outcome: Outcome) -> Result<(), Stop> {
    match outcome {
        Outcome::Answered { result: Ok(order), received, body } => {
            tally.count(&order.status, order.counts());
            report.order(&order, &body, received)?;
        }
        Outcome::Answered { result: Err(failure), .. } => {
            tally.count_unanswered(Some(failure.kind));
            report.failure(&failure);
        }
        Outcome::Lost => {
            tally.count_unanswered(None);
            report.note(format_args!("order {} was lost: ask for it again", key.id));
        }
        Outcome::NotAsked => tally.count_unanswered(None),
    }
    Ok(())
}
