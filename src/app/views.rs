//! How lists are looked at, in the words of the state file, and what of it the file does not say yet.
//!
//! A restored cursor is aimed at until a key is pressed: the orders come to their places one after the other, and the
//! cursor goes with its own.

use super::columns::{Choice, Column, Direction};
use super::effect::{Effect, FilesWork, ListId, ViewState};
use super::filter::parse;
use super::model::{Fold, List, Model};
use super::rows::{Aim, Line, Meanwhile, Sort, SortBy};
use crate::domain::{CursorPlace, ListView, Moment};
use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

/// What was changed is written so long after the first change: not at every key, and soon enough for a second
/// instance and a power cut.
const PAUSE: Duration = Duration::from_secs(3);

/// What the state file says, and what it does not say yet.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Kept {
    /// What it says, or will say.
    views: BTreeMap<ListId, ListView>,
    /// Lists that were looked at otherwise since it was written.
    lists: BTreeSet<ListId>,
    /// When it is to be written; none where there is nothing to write.
    due: Option<Moment>,
}

/// A word of the state file and what it means.
type Words<T> = &'static [(&'static str, T)];

const DIRECTIONS: Words<Direction> =
    &[("ascending", Direction::Ascending), ("descending", Direction::Descending)];
const SETTLED: Words<Fold> = &[("folded", Fold::Folded), ("shown", Fold::Open)];

fn meaning<T: Copy>(words: Words<T>, word: Option<&String>) -> Option<T> {
    words.iter().find(|(known, _)| word.is_some_and(|word| word == known)).map(|(_, meaning)| *meaning)
}

fn word<T: PartialEq>(words: Words<T>, meaning: &T) -> Option<String> {
    words.iter().find(|(_, known)| known == meaning).map(|(word, _)| (*word).to_owned())
}

/// The same, and none for what holds without a word.
fn chosen<T: PartialEq + Default>(words: Words<T>, meaning: &T) -> Option<String> {
    if *meaning == T::default() { None } else { word(words, meaning) }
}

impl Kept {
    /// What the file said at the start.
    pub(super) fn new(views: BTreeMap<ListId, ListView>) -> Self {
        Self { views, ..Self::default() }
    }

    /// When there is something to write.
    pub(super) const fn due(&self) -> Option<Moment> {
        self.due
    }
}

impl List {
    /// Looks at the list as it was looked at last; a word that means nothing leaves what holds without it.
    pub(super) fn restore(&mut self, view: &ListView) {
        let rows = &mut self.rows;
        // A filter that says nothing any more hides nothing.
        rows.filter = if parse(&view.filter).is_ok() { view.filter.clone() } else { String::new() };
        rows.fold = meaning(SETTLED, view.settled.as_ref()).unwrap_or_default();
        let by = view.sort.as_ref().and_then(|name| SortBy::named(name));
        rows.sort = by.map(Sort::by).unwrap_or_default();
        if let Some(direction) = meaning(DIRECTIONS, view.direction.as_ref()).filter(|_| by.is_some()) {
            rows.sort.direction = direction;
        }
        for (name, shown) in &view.columns {
            if let Some(column) = Column::named(name) {
                self.columns.set(column, if *shown { Choice::Shown } else { Choice::Hidden });
            }
        }
        rows.aim = view.cursor.map(|cursor| Aim { cursor, above: view.above, meanwhile: Meanwhile::Top });
        self.mark_again(&view.marks);
    }

    /// How the list is looked at.
    fn view(&self) -> ListView {
        let rows = &self.rows;
        let aim = rows.aim.or_else(|| self.cursor_place());
        ListView {
            cursor: aim.map(|aim| aim.cursor),
            above: aim.map_or(0, |aim| aim.above),
            filter: rows.filter.clone(),
            sort: (!rows.sort.is_default()).then(|| rows.sort.by.name().to_owned()),
            direction: (!rows.sort.is_default()).then(|| word(DIRECTIONS, &rows.sort.direction)).flatten(),
            columns: self.columns.named().map(|(name, shown)| (name.to_owned(), shown)).collect(),
            settled: chosen(SETTLED, &rows.fold),
            marks: self.marks.orders(),
        }
    }

    /// Where the cursor is; none on the first line, where what needs you arrives.
    fn cursor_place(&self) -> Option<Aim> {
        let rows = &self.rows;
        let cursor = match rows.line().filter(|_| rows.cursor > 0)? {
            Line::Order(entry) => CursorPlace::Order(self.watchlist.entries.get(entry)?.id),
            Line::Fold => CursorPlace::Settled,
        };
        let above = rows.cursor.saturating_sub(rows.offset);
        Some(Aim { cursor, above, meanwhile: Meanwhile::Top })
    }
}

/// Notes what is looked at otherwise, and has it written when it is due.
pub(super) fn keep(model: &mut Model) -> Option<Effect> {
    note(model);
    let is_due = model.kept.due.is_some_and(|due| due <= model.now.moment);
    if is_due { write(model) } else { None }
}

/// Has the rest written, at the end.
pub fn finish(model: &mut Model) -> Option<Effect> {
    note(model);
    write(model)
}

fn note(model: &mut Model) {
    let Some((id, view)) = model.current_list().map(|list| (list.id, list.view())) else { return };
    let due = model.now.moment.plus(PAUSE);
    let kept = &mut model.kept;
    if *kept.views.entry(id).or_default() != view {
        kept.views.insert(id, view);
        kept.lists.insert(id);
        kept.due.get_or_insert(due);
    }
}

fn write(model: &mut Model) -> Option<Effect> {
    let kept = &mut model.kept;
    kept.due.take()?;
    let lists = std::mem::take(&mut kept.lists);
    let looks = lists.into_iter().filter_map(|id| Some((id, kept.views.get(&id)?.clone()))).collect();
    Some(Effect::Files(FilesWork::SaveView(ViewState { looks, ..ViewState::default() })))
}
