//! The orders of an account, to be added to a list: those that are not settled first, the newest first, then those
//! that are watched already, settled ones folded away until somebody asks for them or looks for one.

use super::{Choice, Detail, Item, Shows, State};
use crate::app::action::Action;
use crate::app::effect::ListId;
use crate::app::model::{Fold, List, Model};
use crate::app::rows::FOLD_FROM;
use crate::app::watch::{Directory, Reading};
use crate::domain::{
    Failure, FailureKind, OrderKey, OrderStatus, PhoneNumberOrder, PhoneNumberOrderId, Scope, Text, name,
};
use std::collections::{HashMap, HashSet};
use std::sync::Arc;

/// Ranks of what stands in the list, the first first.
const UNSETTLED: u8 = 0;
const WATCHED: u8 = 1;
const FOLD: u8 = 2;
const SETTLED: u8 = 3;
const WAYS_ON: u8 = 4;

/// What an import is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Import {
    /// The list that takes the orders.
    pub list: ListId,
    /// Whose orders, where; none while that has to be read first.
    pub scope: Option<Arc<Scope>>,
    /// Whether settled orders are shown without a filter.
    pub fold: Fold,
    /// What the items were made from; none before the first time.
    basis: Option<Basis>,
}

/// As long as it is the same the items are up to date. The engine only ever adds to what it has read.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Basis {
    orders: usize,
    reading: Option<Progress>,
    edition: u64,
    fold: Fold,
}

/// How far reading is, as far as the items say so.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Progress {
    Underway,
    Whole,
    Failed,
}

impl Import {
    /// An import into a list, before anything is read.
    pub const fn new(list: ListId) -> Self {
        Self { list, scope: None, fold: Fold::Folded, basis: None }
    }

    /// True when the items no longer say what is known; from now on they do.
    pub fn takes_news(&mut self, model: &Model) -> bool {
        let directory = directory(model, self);
        let basis = Basis {
            orders: directory.map_or(0, |directory| directory.orders.len()),
            reading: directory.map(|directory| match &directory.reading {
                Reading::Underway => Progress::Underway,
                Reading::Whole { .. } => Progress::Whole,
                Reading::Failed(_) => Progress::Failed,
            }),
            edition: list(model, self).map_or(0, |list| list.edition),
            fold: self.fold,
        };
        let is_news = self.basis.as_ref() != Some(&basis);
        self.basis = Some(basis);
        is_news
    }
}

/// What was read of the account; none before the engine was told to.
pub fn directory<'m>(model: &'m Model, import: &Import) -> Option<&'m Directory> {
    let scope = import.scope.as_ref()?;
    model.watch.directory().filter(|directory| directory.scope == *scope)
}

/// The list that takes the orders.
pub fn list<'m>(model: &'m Model, import: &Import) -> Option<&'m List> {
    model.lists.get(model.place_of(import.list)?)
}

/// The orders that were read, in the order in which they came, and what else can be done. Names are worked out once:
/// `before` are the items as they were.
pub fn items(model: &Model, import: &Import, before: &[Item]) -> Vec<Item> {
    let Some(directory) = directory(model, import) else { return Vec::new() };
    let list = list(model, import);
    let entries = list.map_or(&[][..], |list| &list.watchlist.entries);
    let labels: HashMap<PhoneNumberOrderId, Option<&Text>> =
        entries.iter().map(|entry| (entry.id, entry.label.as_ref())).collect();
    let list_name = list.map_or("", |list| list.watchlist.name.shown());
    let settled = directory.orders.iter().filter(|order| is_settled(order)).count();
    let folds = import.fold == Fold::Folded && settled >= FOLD_FROM;
    let mut items: Vec<Item> = Vec::with_capacity(directory.orders.len() + 2);
    let mut seen = HashSet::new();
    // An account that gets orders while its pages are read may show one on two of them.
    for order in directory.orders.iter().filter(|order| seen.insert(order.id)) {
        // A label may have come or gone: what is watched is called anew.
        let is_known = |item: &&Item| item.choice == Choice::Order(order.id) && item.state == State::Plain;
        let known = before.get(items.len()).filter(is_known).cloned();
        let item = known.unwrap_or_else(|| order_item(model, directory, order));
        let is_folded = folds && item.rank.0 == SETTLED;
        let shows = if is_folded { Shows::Filtered } else { Shows::Always };
        let item = Item { shows, ..item };
        items.push(match labels.get(&order.id) {
            Some(label) => watched(item, *label, list_name),
            None => item,
        });
    }
    if folds {
        let fold = Item::new(Choice::ShowSettled, format!("{settled} settled"), "enter shows them");
        items.push(Item { shows: Shows::Unfiltered, rank: (FOLD, 0), ..fold });
    }
    items.extend(ways_on(directory));
    items
}

/// An order that the list has already, by the name that it has there.
fn watched(item: Item, label: Option<&Text>, list: &str) -> Item {
    let name = label.filter(|label| !label.is_empty()).map_or(item.name, ToString::to_string);
    let why = format!("{name} is watched in {list} already.");
    let (group, created) = item.rank;
    let rank = (group.max(WATCHED), created);
    Item { state: State::Disabled("watched", why.into()), name, rank, ..item }
}

fn order_item(model: &Model, directory: &Directory, order: &PhoneNumberOrder) -> Item {
    let key = OrderKey { scope: directory.scope.clone(), id: order.id };
    let snapshot = model.watch.get(&key).and_then(|watched| watched.snapshot());
    let pattern = match snapshot {
        // The account's list may not carry numbers.
        Some(snapshot) if order.numbers.is_empty() => snapshot.pattern.to_string(),
        Some(_) | None => name::pattern(&order.numbers),
    };
    let counts = match snapshot {
        Some(snapshot) if order.numbers.is_empty() => snapshot.counts,
        Some(_) | None => order.counts(),
    };
    let name = if pattern.is_empty() { order.id.short().to_owned() } else { pattern };
    let group = if is_settled(order) { SETTLED } else { UNSETTLED };
    let newest_first = order.created.map_or(i64::MAX, |created| -created.as_second());
    Item {
        choice: Choice::Order(order.id),
        name,
        detail: Detail::Order {
            status: order.status.clone(),
            created: order.created,
            done: (counts.total > 0).then_some((counts.acquired, counts.total)),
        },
        key: None,
        state: State::Plain,
        shows: Shows::Always,
        rank: (group, newest_first),
    }
}

/// True when nothing more is expected, as far as one look can tell.
fn is_settled(order: &PhoneNumberOrder) -> bool {
    let is_final = order.status.is_final() || order.status == OrderStatus::Partial;
    is_final && order.counts().processing == 0
}

/// What can be done where the account has no orders, or does not tell them.
fn ways_on(directory: &Directory) -> Vec<Item> {
    let elsewhere = || {
        [
            Item::new(Choice::Act(Action::Region), "another region", "choose where the list is asked"),
            Item::new(Choice::Act(Action::Profile), "another profile", "choose whom it is asked as"),
        ]
    };
    let ways: Vec<Item> = match &directory.reading {
        Reading::Underway => Vec::new(),
        Reading::Whole { .. } if !directory.orders.is_empty() => Vec::new(),
        Reading::Whole { .. } => elsewhere().into(),
        Reading::Failed(failure) => {
            let again = Item::new(Choice::ReadAgain, "read again", "");
            copy_item(failure).into_iter().chain([again]).chain(elsewhere()).collect()
        }
    };
    (0..)
        .zip(ways)
        .map(|(rank, way)| Item { shows: Shows::Unfiltered, rank: (WAYS_ON, rank), ..way })
        .collect()
}

fn copy_item(failure: &Failure) -> Option<Item> {
    let command = failure.command.as_ref()?;
    let (name, detail) = if failure.kind == FailureKind::Forbidden {
        ("copy the policy", "for your administrator")
    } else {
        ("copy the command", command.shown())
    };
    Some(Item::new(Choice::CopyCommand, name, detail))
}
