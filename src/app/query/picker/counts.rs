//! How many orders of the list each filter of a picker would show: worked out for the lines that are visible, in a long
//! list for one of them with each frame, and remembered as long as nothing new is known of an order.

use crate::app::filter::parse;
use crate::app::model::{List, Model};
use crate::app::query::lookup::{self, Seen};
use crate::app::rows::Verdicts;
use std::cell::Cell;
use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

/// So many orders are looked at for one frame: a key waits no longer where there are ten times as many.
const AT_ONCE: usize = 10_000;

/// What was found for each text. Only a memory: a picker is the same with and without it.
#[derive(Debug, Default)]
pub struct Counts(Mutex<HashMap<String, Verdicts>>);

impl Clone for Counts {
    /// A copy starts without a memory.
    fn clone(&self) -> Self {
        Self::default()
    }
}

impl PartialEq for Counts {
    fn eq(&self, _other: &Self) -> bool {
        true
    }
}

impl Eq for Counts {}

/// How many orders a filter would show.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Count {
    /// So many.
    Of(usize),
    /// The next frame says it.
    Later,
    /// It is no filter.
    Nothing,
}

/// The orders of the current list, each looked up once for all lines.
#[derive(Debug)]
pub(super) struct Orders<'m> {
    model: &'m Model,
    list: &'m List,
    seen: Vec<Option<Seen<'m>>>,
    /// Orders that were looked at for filters that are new.
    looked_at: Cell<usize>,
}

impl<'m> Orders<'m> {
    /// None where there is no list.
    pub(super) fn of(model: &'m Model) -> Option<Self> {
        let list = model.current_list()?;
        let entries = 0..list.watchlist.entries.len();
        let seen = entries.map(|at| lookup::entry(list, &model.watch, at)).collect();
        Some(Self { model, list, seen, looked_at: Cell::new(0) })
    }

    /// How many of them a filter would show.
    pub(super) fn passing(&self, counts: &Counts, text: &str) -> Count {
        let Some(query) = parse(text).ok().filter(|query| !query.is_empty()) else { return Count::Nothing };
        let mut known = counts.0.lock().unwrap_or_else(PoisonError::into_inner);
        if !known.contains_key(text) {
            let looked_at = self.looked_at.get();
            if looked_at > 0 && looked_at + self.seen.len() > AT_ONCE {
                return Count::Later;
            }
            self.looked_at.set(looked_at + self.seen.len());
        }
        let verdicts = known.entry(text.to_owned()).or_default();
        let (watch, now) = (&self.model.watch, self.model.now);
        let passes = verdicts.of((&query, text), self.list, &self.seen, watch, now);
        Count::Of(passes.into_iter().filter(|passes| *passes).count())
    }
}
