//! A list without orders: what to do first.

use super::header;
use super::line::{Line, Role, wrap};
use crate::app::action::Action;
use crate::app::model::Model;
use crate::app::regions;
use crate::domain::watchlist::{Access, Following};

/// What stands in the middle of a list without orders, on a terminal of `width` columns.
pub fn lines(model: &Model, width: u16) -> Vec<Line<'static>> {
    let access = model.current_list().map(|list| &list.watchlist.access);
    if let Some(Access::Broken(_) | Access::Gone(_)) = access {
        // What to do first is on its card, and it is not to add orders.
        return Vec::new();
    }
    let mut lines = vec![Line::default(), Line::of("   Nothing watched yet.", Role::Strong), Line::default()];
    lines.extend(following(model, width));
    let place = model.current_list().map(|list| header::scope(model, list)).filter(|scope| !scope.is_empty());
    let pick = place
        .map_or_else(|| "pick from your orders".to_owned(), |at| format!("pick from the orders of {at}"));
    for (action, words) in [
        (Action::Add, "paste order IDs, or any text that holds them"),
        (Action::Import, pick.as_str()),
        (Action::Help, "keys"),
    ] {
        lines.extend(key(&model.keys.of(action), words, width));
    }
    if !has_endpoint(model) {
        lines.push(Line::default());
        let demo = "No account at hand? Quit and run: chimewatch demo";
        lines.extend(
            wrapped(demo, width.saturating_sub(4)).map(|text| Line::of(format!("   {text}"), Role::Dim)),
        );
    }
    lines
}

/// Who named another endpoint than AWS's has something to ask: the demo itself, a service of their own.
fn has_endpoint(model: &Model) -> bool {
    let scope = model.current_list().and_then(|list| regions::scope(model, list));
    scope.is_some_and(|scope| scope.endpoint.is_some())
}

/// That a list takes in orders by itself, where it does.
fn following(model: &Model, width: u16) -> Vec<Line<'static>> {
    let following = model.current_list().filter(|list| list.watchlist.following == Following::Account);
    let Some(list) = following else { return Vec::new() };
    let refusal = regions::scope(model, list).and_then(|scope| model.watch.list_refusal(&scope).cloned());
    let text = match refusal {
        None => format!("This list takes in new orders of {} by itself.", header::scope(model, list)),
        Some(failure) => format!("This list cannot take in new orders by itself. {failure}."),
    };
    let lines =
        wrapped(&text, width.saturating_sub(4)).map(|text| Line::of(format!("   {text}"), Role::Plain));
    lines.chain([Line::default()]).collect()
}

fn key(key: &str, words: &str, width: u16) -> impl Iterator<Item = Line<'static>> {
    let key = key.to_owned();
    wrapped(words, width.saturating_sub(8)).enumerate().map(move |(index, text)| {
        let key = if index == 0 { key.as_str() } else { "" };
        Line::of(format!("   {key:<4}"), Role::Key).then(text, Role::Plain)
    })
}

fn wrapped(text: &str, width: u16) -> impl Iterator<Item = String> + use<> {
    wrap(text, usize::from(width)).into_iter()
}
