//! What is said while a page of an account's list does not come: one that is throttled, or that fails in passing, is asked
//! for again for minutes, and nobody should take that for a command that hangs.

use super::report::Report;
use crate::domain::{Failure, Moment, OrderPage, Text, duration};
use std::time::Duration;

/// How long a page may fail before that is told: most of them come a moment later.
const SOON: Duration = Duration::from_secs(2);
/// How often it is told after that.
const EVERY: Duration = Duration::from_mins(1);

/// How long a page has been waited for.
#[derive(Debug, Default)]
pub(super) struct Patience(Option<Waiting>);

#[derive(Debug)]
struct Waiting {
    since: Moment,
    /// Why it did not come the last time.
    why: Text,
    /// When it was last told.
    told: Option<Moment>,
}

impl Patience {
    /// Notes what asking for a page came to.
    pub(super) fn page(&mut self, came: &Result<OrderPage, Failure>, now: Moment, report: &mut Report<'_>) {
        match (came, self.0.as_mut()) {
            (Ok(_), _) => {
                if self.0.take().is_some_and(|waiting| waiting.told.is_some()) {
                    report.note("the list of orders goes on");
                }
            }
            (Err(failure), Some(waiting)) => waiting.why = failure.what.clone(),
            (Err(failure), None) => {
                self.0 = Some(Waiting { since: now, why: failure.what.clone(), told: None });
            }
        }
    }

    /// When something is to be said; none while pages come.
    pub(super) fn next(&self) -> Option<Moment> {
        let Waiting { since, told, .. } = self.0.as_ref()?;
        Some(told.map_or_else(|| since.plus(SOON), |told| told.plus(EVERY)))
    }

    /// Says it, if it is time to.
    pub(super) fn tell(&mut self, now: Moment, report: &mut Report<'_>) {
        let is_due = self.next().is_some_and(|next| next <= now);
        let Some(Waiting { since, why, told }) = self.0.as_mut().filter(|_| is_due) else { return };
        let waited = told.map(|_| duration::written(Duration::from_secs(now.since(*since).as_secs())));
        let waited = waited.map(|waited| format!(", for {waited} now")).unwrap_or_default();
        report.note(format_args!("{why}. It is asked for again by itself{waited}"));
        *told = Some(now);
    }
}
