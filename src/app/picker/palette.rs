//! Everything that can be done, by name: the actions that mean something on the screen, then the watchlists; with a
//! filter every profile, region, theme and filter too.

use super::help::elsewhere;
use super::{Choice, Detail, Item, Shows, State, arrangement, places, presets, themes};
use crate::app::action::{ACTIONS, Action, Context, InPalette};
use crate::app::model::{List, Model};

/// The items of the palette over the screen that is shown.
pub fn items(model: &Model) -> Vec<Item> {
    let context = model.screen_context();
    let actions =
        ACTIONS.iter().filter(|spec| spec.palette == InPalette::Yes && spec.works_in(context)).map(|spec| {
            Item { key: Some(spec.action), ..Item::new(Choice::Act(spec.action), spec.name, spec.words()) }
        });
    // What does nothing here is found too, and says where it works: a letter more or less is no other action then.
    let others = ACTIONS.iter().filter(|spec| spec.palette == InPalette::Yes && !spec.works_in(context));
    let others = others.map(|spec| Item {
        key: Some(spec.action),
        shows: Shows::Filtered,
        state: State::Disabled("not here", elsewhere(spec.action, spec.name).into()),
        ..Item::new(Choice::Act(spec.action), spec.name, spec.words())
    });
    let lists = model.lists.iter().enumerate().map(|(place, list)| list_item(model, place, list));
    let by_name = |word: &'static str, items: Vec<Item>| {
        items.into_iter().map(move |item| Item {
            name: format!("{word} {}", item.name),
            shows: Shows::Filtered,
            ..item
        })
    };
    let profiles = by_name("profile", places::profiles(model));
    let regions = by_name("region", places::regions(model));
    let is_list = context == Context::List;
    let on_list = |items: fn(&Model) -> Vec<Item>| if is_list { items(model) } else { Vec::new() };
    let sorts = by_name("sort", on_list(arrangement::sorts));
    let columns = by_name("column", on_list(arrangement::columns));
    let themes = by_name("theme", themes::items(model));
    let filters = on_lines_to_filter(context, model);
    let filters = in_words(by_name("filter", filters));
    let deletable = presets::deletable(model).into_iter().filter(|item| item.state == State::Plain).collect();
    let deletable = in_words(by_name("delete-filter", deletable));
    let by_name =
        sorts.chain(columns).chain(profiles).chain(regions).chain(themes).chain(filters).chain(deletable);
    let all = actions.chain(lists).chain(by_name).chain(others);
    (0..).zip(all).map(|(rank, item)| Item { rank: (0, rank), ..item }).collect()
}

/// The filters to choose from, where lines can be filtered.
fn on_lines_to_filter(context: Context, model: &Model) -> Vec<Item> {
    if !Action::Filters.spec().is_some_and(|spec| spec.works_in(context)) {
        return Vec::new();
    }
    presets::items(model).into_iter().filter(|item| item.shows == Shows::Always).collect()
}

/// Filters with their texts alone: nothing is counted for who looks for something else.
fn in_words(items: impl Iterator<Item = Item>) -> impl Iterator<Item = Item> {
    items.map(|item| match &item.detail {
        Detail::Filter(text) => Item { detail: Detail::Words(text.shown().to_owned()), ..item },
        Detail::Words(_) | Detail::List { .. } | Detail::Symbol(_) | Detail::Order { .. } => item,
    })
}

fn list_item(model: &Model, place: usize, list: &List) -> Item {
    let orders = match list.watchlist.entries.len() {
        0 => "no orders".to_owned(),
        1 => "1 order".to_owned(),
        many => format!("{many} orders"),
    };
    let key = match model.list_number(place) {
        Some(0) => Some(Action::Unsaved),
        Some(number) => Some(Action::List(number)),
        None => None,
    };
    let state = if model.current == Some(place) { State::Present("here") } else { State::Plain };
    Item { key, state, ..Item::new(Choice::Open(list.id), format!("list {}", list.watchlist.name), orders) }
}
