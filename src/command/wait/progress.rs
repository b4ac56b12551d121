//! How far it is, on standard error: one line that is written over on a terminal, a line a minute elsewhere, so that
//! nobody takes a silent job for a dead one.

use crate::app::query::line::{count, thousands};
use crate::app::watch::Watch;
use crate::cli::Output;
use crate::command::report::Report;
use crate::command::standing::Standing;
use crate::domain::number::Counts;
use crate::domain::{Moment, duration};
use std::time::Duration;

/// A line on a terminal is written over when it says something else, and this often for the time in it.
const ON_A_TERMINAL: Duration = Duration::from_secs(10);
/// A line elsewhere.
const ELSEWHERE: Duration = Duration::from_mins(1);

/// Who reads standard error.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Audience {
    /// Somebody at a terminal that can take back a line.
    Terminal,
    /// A log.
    Elsewhere,
}

/// Says how far it is.
#[derive(Debug)]
pub(super) struct Progress {
    audience: Audience,
    output: Output,
    timeout: Option<Duration>,
    began: Moment,
    said: Option<(Moment, String)>,
}

/// The sums over the orders.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Sums {
    pub(super) orders: usize,
    over: usize,
    numbers: Counts,
    /// Orders that do not answer.
    silent: usize,
}

impl Sums {
    pub(super) fn of(standings: &[Standing<'_>], watch: &Watch) -> Self {
        let mut sums = Self { orders: standings.len(), silent: watch.health().silent, ..Self::default() };
        for standing in standings {
            sums.over += usize::from(standing.is_over());
            match standing {
                Standing::Unread | Standing::Refused(_) => {}
                Standing::Pending(snapshot)
                | Standing::WaitsForAPerson(snapshot)
                | Standing::Settled(snapshot) => {
                    sums.numbers.total += snapshot.counts.total;
                    sums.numbers.acquired += snapshot.counts.acquired;
                    sums.numbers.failed += snapshot.counts.failed;
                }
            }
        }
        sums
    }

    /// Orders of which more is expected.
    pub(super) const fn pending(&self) -> usize {
        self.orders - self.over
    }
}

impl Progress {
    pub(super) const fn new(
        audience: Audience,
        output: Output,
        timeout: Option<Duration>,
        began: Moment,
    ) -> Self {
        Self { audience, output, timeout, began, said: None }
    }

    pub(super) fn elapsed(&self, now: Moment) -> Duration {
        now.since(self.began)
    }

    /// When something is to be said although nothing happens.
    pub(super) fn next(&self) -> Moment {
        match (self.audience, &self.said) {
            (Audience::Terminal, None) => self.began,
            (Audience::Terminal, Some((at, _))) => at.plus(ON_A_TERMINAL),
            (Audience::Elsewhere, said) => said.as_ref().map_or(self.began, |(at, _)| *at).plus(ELSEWHERE),
        }
    }

    /// Says how far it is, if it is time to.
    pub(super) fn show(&mut self, sums: Sums, now: Moment, report: &mut Report<'_>) {
        let is_due = self.next() <= now;
        let line = match (self.output, self.audience) {
            (Output::Table, Audience::Terminal) => self.words(sums, now, ON_A_TERMINAL),
            (Output::Table, Audience::Elsewhere) => self.words(sums, now, Duration::from_secs(1)),
            (Output::Json, _) => self.members(sums, now),
        };
        match (self.output, self.audience) {
            (Output::Table, Audience::Terminal) => {
                let is_new = self.said.as_ref().is_none_or(|(_, said)| *said != line);
                if !is_due && !is_new {
                    return;
                }
                report.status(&line);
            }
            (Output::Table, Audience::Elsewhere) if is_due => report.note(&line),
            (Output::Json, _) if is_due => report.below(&line),
            (Output::Table | Output::Json, _) => return,
        }
        self.said = Some((now, line));
    }

    /// `3 of 5 orders settled, 115 of 211 numbers acquired, 2 failed; 2m10s of 15m`, the time in whole `steps`.
    fn words(&self, sums: Sums, now: Moment, step: Duration) -> String {
        let Sums { orders, over, numbers, silent } = sums;
        let steps = self.elapsed(now).as_secs() / step.as_secs();
        let elapsed = duration::written(Duration::from_secs(steps * step.as_secs()));
        let parts = [
            Some(format!("{} of {} settled", thousands(over), count(orders, "order", "orders"))),
            (numbers.total > 0).then(|| {
                let total = count(numbers.total as usize, "number", "numbers");
                format!("{} of {total} acquired", thousands(numbers.acquired as usize))
            }),
            (numbers.failed > 0).then(|| format!("{} failed", thousands(numbers.failed as usize))),
            (silent > 0).then(|| format!("{} not answering", thousands(silent))),
        ];
        let parts = parts.into_iter().flatten().collect::<Vec<_>>().join(", ");
        match self.timeout {
            Some(timeout) => format!("{parts}; {elapsed} of {}", duration::written(timeout)),
            None => format!("{parts}; {elapsed}"),
        }
    }

    fn members(&self, sums: Sums, now: Moment) -> String {
        let Sums { orders, over, numbers, silent } = sums;
        let timeout = self.timeout.map_or_else(|| "null".to_owned(), |timeout| timeout.as_secs().to_string());
        format!(
            "{{\"Progress\":{{\"Orders\":{orders},\"Settled\":{over},\"Numbers\":{},\"Acquired\":{},\"Failed\":{},\
             \"NotAnswering\":{silent},\"ElapsedSeconds\":{},\"TimeoutSeconds\":{timeout}}}}}",
            numbers.total,
            numbers.acquired,
            numbers.failed,
            self.elapsed(now).as_secs(),
        )
    }
}
