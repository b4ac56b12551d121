//! Which entries pass the filter, remembered as long as nothing they were judged by has changed: an answer about one
//! order has that one looked at again, not ten thousand.

use crate::app::filter::{Eye, Query};
use crate::app::model::List;
use crate::app::query::lookup::Seen;
use crate::app::watch::Watch;
use crate::domain::Now;

/// What was found, and what it was found by.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(in crate::app) struct Verdicts {
    grounds: Grounds,
    /// By entry; none where it has not been judged.
    found: Vec<Option<Verdict>>,
}

/// What all verdicts depend on.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Grounds {
    filter: String,
    /// The list's.
    edition: u64,
    /// The minute, where what is asked for comes with time alone.
    minute: Option<i64>,
}

/// Whether an order passes, and its news when it was judged.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Verdict {
    news: u64,
    passes: bool,
}

impl Verdicts {
    /// Which entries of `list`, `seen` as they are, pass a filter: what it asks for, and its text.
    pub(in crate::app) fn of(
        &mut self,
        (query, filter): (&Query, &str),
        list: &List,
        seen: &[Option<Seen<'_>>],
        watch: &Watch,
        now: Now,
    ) -> Vec<bool> {
        let wall = watch.corrected(now);
        if query.is_empty() {
            *self = Self::default();
            return vec![true; seen.len()];
        }
        let grounds = Grounds {
            filter: filter.to_owned(),
            edition: list.edition,
            minute: query.changes_with_time().then(|| wall.as_second().div_euclid(60)),
        };
        if self.grounds != grounds {
            *self = Self { grounds, found: Vec::new() };
        }
        self.found.resize(seen.len(), None);
        let eye = Eye { now: wall, started: watch.started() };
        let judged = self.found.iter_mut().zip(seen).map(|(found, seen)| {
            let Some(seen) = seen else { return false };
            let news = seen.news();
            let known = found.filter(|verdict| news == Some(verdict.news));
            let passes = known.map_or_else(|| query.passes(seen, &eye), |verdict| verdict.passes);
            *found = news.map(|news| Verdict { news, passes });
            passes
        });
        judged.collect()
    }
}
