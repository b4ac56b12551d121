//! The keys as they are bound, each with what it does, what a filter can ask for, and what the symbols mean. Choosing a
//! line does it.

use super::{Choice, Detail, Item, State};
use crate::app::action::{Action, Context};
use crate::app::filter::{KEYS, KeySpec};
use crate::app::key_names::KeyLine;
use crate::app::model::Model;
use crate::app::query::Mark;

/// Where there is less room than this, one key stands for all of an action's.
const ALL_KEYS_FROM: u16 = 60;

/// Every line of the help.
pub fn items(model: &Model) -> Vec<Item> {
    let keys = model.keys.lines().iter().map(|line| key_item(model, line));
    let filters = KEYS.iter().map(filter_item);
    let symbols = (0..).zip(Mark::ALL).filter_map(|(place, mark)| symbol_item(place, mark));
    let others = [("!", "needs you"), ("bold", "changed a moment ago")];
    let others =
        (100..).zip(others).map(|(place, (name, words))| Item::new(Choice::Symbol(place), name, words));
    let all = keys.chain(filters).chain(symbols).chain(others);
    (0..).zip(all).map(|(rank, item)| Item { rank: (0, rank), ..item }).collect()
}

/// The keys of a line on a screen of this width.
pub fn name(item: &Item, width: u16) -> &str {
    let first = item.name.split(", ").next().filter(|_| matches!(item.choice, Choice::Act(_)));
    first.filter(|_| width < ALL_KEYS_FROM).unwrap_or(&item.name)
}

fn key_item(model: &Model, line: &KeyLine) -> Item {
    let (works, why) = match line.action.spec() {
        Some(spec) if !spec.works_in(model.screen_context()) => (false, elsewhere(line.action, spec.name)),
        Some(_) | None => (true, String::new()),
    };
    let state = if works { State::Plain } else { State::Disabled("", why.into()) };
    Item { state, ..Item::new(Choice::Act(line.action), line.keys.as_str(), line.summary) }
}

/// Where an action works that does nothing here.
pub(super) fn elsewhere(action: Action, name: &str) -> String {
    let works_in = |context| action.spec().is_some_and(|spec| spec.works_in(context));
    let places = [
        (Context::List, "the list"),
        (Context::Order, "an order"),
        (Context::Numbers, "the numbers"),
        (Context::Number, "a number"),
        (Context::Activity, "the activity"),
        (Context::Picker, "a list to choose several from"),
    ];
    let places: Vec<&str> =
        places.into_iter().filter(|(context, _)| works_in(*context)).map(|(_, place)| place).collect();
    let places = match places.as_slice() {
        [places @ .., before, last] => [places, &[&format!("{before} and {last}")]].concat().join(", "),
        one_or_none => one_or_none.concat(),
    };
    format!("Here {name} does nothing: it is for {places}.")
}

fn filter_item(spec: &'static KeySpec) -> Item {
    Item::new(Choice::Filter(spec.example), spec.example, format!("filter: {}", spec.summary))
}

fn symbol_item(place: u8, mark: Mark) -> Option<Item> {
    let words = match mark {
        Mark::Processing => "Processing; of a number: waiting",
        Mark::Submitted => "Submitted",
        Mark::Foc => "FOC: a date is agreed",
        Mark::PendingDocuments => "PendingDocuments",
        Mark::ChangeRequested => "ChangeRequested",
        Mark::Exception => "Exception",
        Mark::CancelRequested => "CancelRequested",
        Mark::Successful => "Successful; of a number: Acquired",
        Mark::Partial => "Partial",
        Mark::Failed => "Failed",
        Mark::Cancelled => "Cancelled",
        Mark::Unknown => "a state that this program does not know",
        Mark::Unread => return None,
    };
    Some(Item { detail: Detail::Symbol(mark), ..Item::new(Choice::Symbol(place), words, "") })
}
