//! What rows can be sorted by, and which columns can stand.

use super::{Choice, Item, State};
use crate::app::columns::{self, COLUMNS, ColumnSpec, Stands};
use crate::app::model::{List, Model};
use crate::app::query;
use crate::app::rows::{Sort, SortBy};

/// What the rows of the current list can be sorted by: first the order in which they need you.
pub fn sorts(model: &Model) -> Vec<Item> {
    let Some(list) = model.current_list() else { return Vec::new() };
    let need = sort(list, SortBy::Need, "in groups, settled orders folded");
    let sortable = COLUMNS.iter().filter(|spec| spec.first.is_some());
    let columns = sortable.map(|spec| sort(list, SortBy::Column(spec.column), spec.summary));
    ranked(std::iter::once(need).chain(columns))
}

fn sort(list: &List, by: SortBy, summary: &str) -> Item {
    let present = list.rows.sort;
    let is_present = present.by == by;
    let sort = if is_present { present } else { Sort::by(by) };
    let item = Item::new(Choice::Sort(by), by.name(), format!("{summary}; {}", sort.words()));
    if is_present { Item { state: State::Present("now"), ..item } } else { item }
}

/// The columns that can be shown and hidden.
pub fn columns(model: &Model) -> Vec<Item> {
    let Some(list) = model.current_list() else { return Vec::new() };
    let can_be_chosen = COLUMNS.iter().filter(|spec| spec.stands != Stands::Always);
    ranked(can_be_chosen.map(|spec| column(model, list, spec)))
}

fn column(model: &Model, list: &List, spec: &ColumnSpec) -> Item {
    let stands = stands(model, spec.column);
    let lacks_room = !stands && list.columns.of(spec.column) == columns::Choice::Shown;
    let detail =
        if lacks_room { format!("{}; no room for it here", spec.summary) } else { spec.summary.to_owned() };
    let item = Item::new(Choice::Column(spec.column), spec.name, detail);
    if stands { Item { state: State::Present("on"), ..item } } else { item }
}

/// True for a column that stands on the list as it is.
pub fn stands(model: &Model, column: columns::Column) -> bool {
    !query::list_layout(model).columns.of(column).is_empty()
}

fn ranked(items: impl Iterator<Item = Item>) -> Vec<Item> {
    (0..).zip(items).map(|(rank, item)| Item { rank: (0, rank), ..item }).collect()
}
