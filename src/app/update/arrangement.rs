//! What rows are sorted by, and which columns stand. Both are the list's own and survive the end of the program.

use super::notice;
use crate::app::Effect;
use crate::app::action::Action;
use crate::app::columns::{Choice, Column};
use crate::app::model::{List, Model};
use crate::app::picker::arrangement::stands;
use crate::app::rows::{Sort, SortBy};

/// Sorts the rows by this; by what they are sorted by already, the other way round.
pub(super) fn sort_by(model: &mut Model, by: SortBy) -> Vec<Effect> {
    sort(model, |sort| if sort.by == by { sort.reversed() } else { Sort::by(by) })
}

/// Sorts the rows the other way round.
pub(super) fn reverse(model: &mut Model) -> Vec<Effect> {
    sort(model, Sort::reversed)
}

fn sort(model: &mut Model, change: impl FnOnce(Sort) -> Sort) -> Vec<Effect> {
    let Some(list) = current(model) else { return Vec::new() };
    list.rows.sort = change(list.rows.sort);
    let sort = list.rows.sort;
    let said = if sort.is_default() {
        "Sorted by need again: who needs you first.".to_owned()
    } else {
        format!("Sorted by {}: {}.", sort.by.name(), sort.words())
    };
    notice::say(model, said);
    Vec::new()
}

/// Hides a column that stands, shows one that does not.
pub(super) fn toggle(model: &mut Model, column: Column) -> Vec<Effect> {
    let choice = if stands(model, column) { Choice::Hidden } else { Choice::Shown };
    let Some(list) = current(model) else { return Vec::new() };
    list.columns.set(column, choice);
    let name = column.spec().name;
    let said = match choice {
        Choice::Shown if !stands(model, column) => {
            format!("The column {name} stands as soon as there is room for it.")
        }
        Choice::Shown => format!("The column {name} is shown."),
        Choice::Hidden | Choice::Unchosen => {
            format!("The column {name} is hidden; {} brings it back.", model.keys.of(Action::Columns))
        }
    };
    notice::say(model, said);
    Vec::new()
}

fn current(model: &mut Model) -> Option<&mut List> {
    model.lists.get_mut(model.current?)
}
