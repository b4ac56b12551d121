//! How many orders of the list each filter of a picker would show: worked out for the lines that are visible, and
//! remembered as long as nothing new is known of an order.

use crate::app::filter::parse;
use crate::app::model::{List, Model};
use crate::app::query::lookup::{self, Seen};
use crate::app::rows::Verdicts;
use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

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

/// The orders of the current list, each looked up once for all lines.
#[derive(Debug)]
pub(super) struct Orders<'m> {
    model: &'m Model,
    list: &'m List,
    seen: Vec<Option<Seen<'m>>>,
}

impl<'m> Orders<'m> {
    /// None where there is no list.
    pub(super) fn of(model: &'m Model) -> Option<Self> {
        let list = model.current_list()?;
        let entries = 0..list.watchlist.entries.len();
        Some(Self { model, list, seen: entries.map(|at| lookup::entry(list, &model.watch, at)).collect() })
    }

    /// How many of them a filter would show; none where it is none.
    pub(super) fn passing(&self, counts: &Counts, text: &str) -> Option<usize> {
        let query = parse(text).ok().filter(|query| !query.is_empty())?;
        let mut known = counts.0.lock().unwrap_or_else(PoisonError::into_inner);
        let verdicts = known.entry(text.to_owned()).or_default();
        let (watch, now) = (&self.model.watch, self.model.now);
        let passes = verdicts.of((&query, text), self.list, &self.seen, watch, now);
        Some(passes.into_iter().filter(|passes| *passes).count())
    }
}
