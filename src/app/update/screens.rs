//! From one screen to another and back.

use super::movement::{self, Toward};
use super::{hold, lists, notice, number, shown, watch};
use crate::app::Effect;
use crate::app::card::{self, Cause};
use crate::app::message::WatchMessage;
use crate::app::model::{
    ActivityScreen, Fold, Model, NumbersScreen, OrderScreen, Overlay, Pane, Screen, WhichNumbers,
};
use crate::app::rows::Line;
use crate::domain::OrderKey;

impl OrderScreen {
    /// The screen of an order as it opens.
    pub fn new(key: OrderKey) -> Self {
        Self { key, offset: 0, cursor: 0, fold: Fold::Folded, filter: String::new(), back: None }
    }
}

impl NumbersScreen {
    /// The numbers of an order, or of the whole list, as the screen opens.
    pub fn new(order: Option<OrderScreen>, which: WhichNumbers) -> Self {
        Self { order, which, filter: String::new(), cursor: 0, offset: 0 }
    }
}

/// Opens what is under the cursor.
pub(super) fn open(model: &mut Model) -> Vec<Effect> {
    if let Some(Overlay::Paste(_)) = &model.overlay {
        return super::paste::confirm(model);
    }
    match &model.screen {
        Screen::List => open_in_list(model),
        Screen::Order(screen) => open_in_order(model, &screen.clone()),
        Screen::Numbers(screen) => number::open_in_numbers(model, screen.clone()),
        Screen::Number(screen) => number::open_order(model, screen.clone()),
        Screen::Activity(screen) => open_change(model, screen.clone()),
    }
}

/// Shows a screen, and tells the engine which order is looked at now.
pub(super) fn go_to(model: &mut Model, screen: Screen) -> Vec<Effect> {
    let before = model.screen.order().cloned();
    let after = screen.order().cloned();
    model.screen = screen;
    if before == after { Vec::new() } else { watch(model, WatchMessage::Opened(after)) }
}

/// Opens the number under the cursor; on another line folds or unfolds the numbers.
fn open_in_order(model: &mut Model, screen: &OrderScreen) -> Vec<Effect> {
    if let Some(effects) = number::open_in_order(model, screen) {
        return effects;
    }
    model.screen = Screen::Order(refolded(model, screen));
    Vec::new()
}

/// Folds or unfolds the numbers of an order; the cursor stays with what it is on.
fn refolded(model: &Model, screen: &OrderScreen) -> OrderScreen {
    let fold = match screen.fold {
        Fold::Folded => Fold::Open,
        Fold::Open => Fold::Folded,
    };
    let refolded = OrderScreen { fold, ..screen.clone() };
    let cursor = shown::line_like(model, screen, &refolded).unwrap_or(screen.cursor);
    let offset = (screen.offset + cursor).saturating_sub(screen.cursor);
    OrderScreen { offset, cursor, ..refolded }
}

/// Opens the order of the change under the cursor.
fn open_change(model: &mut Model, screen: ActivityScreen) -> Vec<Effect> {
    let Some(key) = shown::order_of_change(model, &screen) else { return Vec::new() };
    let effects = show(model, key.clone());
    let back = Some(Box::new(Screen::Activity(screen)));
    model.screen = Screen::Order(OrderScreen { back, ..OrderScreen::new(key) });
    effects
}

/// Shows what changed in the list.
pub(super) fn activity(model: &mut Model) -> Vec<Effect> {
    let was_open = model.screen != Screen::List;
    model.screen = Screen::Activity(ActivityScreen::default());
    if was_open { watch(model, WatchMessage::Opened(None)) } else { Vec::new() }
}

fn open_in_list(model: &mut Model) -> Vec<Effect> {
    if let Some(Cause::NotFound { look_in: Some(region) }) = card::card(model).map(|card| card.cause) {
        return lists::look_in(model, region);
    }
    if let Pane::Activity { .. } = model.pane {
        return match movement::order_at_cursor(model) {
            Some(key) => show(model, key),
            None => Vec::new(),
        };
    }
    let Some(list) = model.current.and_then(|place| model.lists.get_mut(place)) else { return Vec::new() };
    match list.rows.line() {
        Some(Line::Fold) => {
            list.rows.fold = Fold::Open;
            Vec::new()
        }
        Some(Line::Order(entry)) => {
            if let Some(key) = list.keys.get(entry).cloned().flatten() {
                return show(model, key);
            }
            notice::say(model, "The region of its profile is being read.");
            Vec::new()
        }
        None => Vec::new(),
    }
}

/// Shows an order.
pub(super) fn show(model: &mut Model, key: OrderKey) -> Vec<Effect> {
    if let Some(list) = model.current.and_then(|place| model.lists.get_mut(place))
        && let Some(entry) = list.entry_of(&key)
    {
        list.rows.put_cursor_on(entry);
    }
    model.screen = Screen::Order(OrderScreen::new(key.clone()));
    watch(model, WatchMessage::Opened(Some(key)))
}

/// In an order or a number, the one after or before it in the order and the filter of its list.
pub(super) fn neighbour(model: &mut Model, toward: Toward) -> Vec<Effect> {
    let (open, which) = match &model.screen {
        Screen::Number(open) => return number::neighbour(model, &open.clone(), toward),
        Screen::Order(screen) => (screen.clone(), None),
        Screen::Numbers(NumbersScreen { order: Some(order), which, .. }) => (order.clone(), Some(*which)),
        Screen::List | Screen::Activity(_) | Screen::Numbers(NumbersScreen { order: None, .. }) => {
            return Vec::new();
        }
    };
    let Some(key) = neighbour_of(model, &open.key, toward) else {
        let end = if toward == Toward::Next { "last" } else { "first" };
        notice::say(model, format!("This is the {end} order of the list."));
        return Vec::new();
    };
    let effects = show(model, key.clone());
    let order = OrderScreen { back: open.back, ..OrderScreen::new(key) };
    model.screen = match which {
        Some(which) => Screen::Numbers(NumbersScreen::new(Some(order), which)),
        None => Screen::Order(order),
    };
    effects
}

fn neighbour_of(model: &Model, open: &OrderKey, toward: Toward) -> Option<OrderKey> {
    let list = model.current_list()?;
    let shown = &list.rows.shown;
    let place = list.entry_of(open).and_then(|entry| shown.iter().position(|shown| *shown == entry));
    let to = match (place, toward) {
        (Some(place), Toward::Next) => place + 1,
        (Some(place), Toward::Previous) => place.checked_sub(1)?,
        // It has been folded away meanwhile: all that are shown stand above it.
        (None, Toward::Next) => return None,
        (None, Toward::Previous) => shown.len().checked_sub(1)?,
    };
    list.keys.get(*shown.get(to)?)?.clone()
}

/// One step back: overlay, range, pane, filter, marks, screen. None at the root.
fn step_back(model: &mut Model) -> Option<Vec<Effect>> {
    if model.overlay.take().is_some() {
        return Some(Vec::new());
    }
    if let (Screen::List, Some(list)) =
        (&model.screen, model.current.and_then(|place| model.lists.get_mut(place)))
        && list.marks.end_range()
    {
        return Some(Vec::new());
    }
    match &mut model.screen {
        Screen::Numbers(NumbersScreen { filter, .. })
        | Screen::Activity(ActivityScreen { filter, .. })
        | Screen::Order(OrderScreen { filter, .. })
            if !filter.is_empty() =>
        {
            filter.clear();
            // What was found stays under the cursor among all that is shown again.
            hold::follow(model);
        }
        Screen::Activity(_) => model.screen = Screen::List,
        Screen::Numbers(screen) => {
            model.screen = screen.order.take().map_or(Screen::List, Screen::Order);
        }
        Screen::Order(screen) => {
            let back = screen.back.take().map_or(Screen::List, |back| *back);
            return Some(go_to(model, back));
        }
        Screen::Number(screen) => {
            let screen = screen.clone();
            return Some(number::back(model, &screen));
        }
        Screen::List if model.pane != Pane::Rows => model.pane = Pane::Rows,
        Screen::List => {
            let list = model.current.and_then(|place| model.lists.get_mut(place))?;
            if !list.rows.filter.is_empty() {
                list.rows.filter.clear();
            } else if !list.marks.is_empty() {
                list.marks.clear();
            } else {
                return None;
            }
        }
    }
    Some(Vec::new())
}

/// One step back, at the root out of the demo's lesson and of the opened fold. Never quits.
pub(super) fn back(model: &mut Model) -> Vec<Effect> {
    model.notice = None;
    if let Some(effects) = step_back(model) {
        return effects;
    }
    if model.lesson.take().is_none()
        && let Some(list) = model.current.and_then(|place| model.lists.get_mut(place))
    {
        list.rows.fold = Fold::Folded;
    }
    Vec::new()
}

/// One step back, at the root out.
pub(super) fn back_or_quit(model: &mut Model) -> Vec<Effect> {
    step_back(model).unwrap_or_else(|| vec![Effect::Quit])
}

/// The numbers of the list or of the open order, and on their screen the next kind of them.
pub(super) fn numbers(model: &mut Model) -> Vec<Effect> {
    let order = match &mut model.screen {
        Screen::Numbers(screen) => {
            screen.which = match screen.which {
                WhichNumbers::Failed => WhichNumbers::Waiting,
                WhichNumbers::Waiting => WhichNumbers::All,
                WhichNumbers::All => WhichNumbers::Failed,
            };
            (screen.cursor, screen.offset) = (0, 0);
            return Vec::new();
        }
        Screen::Order(order) => Some(order.clone()),
        Screen::List | Screen::Number(_) | Screen::Activity(_) => None,
    };
    let mut screen = NumbersScreen::new(order, WhichNumbers::Failed);
    // Where nothing failed, what is still outstanding is what people look for.
    for which in [WhichNumbers::Failed, WhichNumbers::Waiting, WhichNumbers::All] {
        screen.which = which;
        if shown::number_lines(model, &screen) > 0 {
            break;
        }
    }
    model.screen = Screen::Numbers(screen);
    Vec::new()
}

/// The next pane that is on the screen.
pub(super) fn next_pane(model: &mut Model) -> Vec<Effect> {
    let activity = (!shown::activity(model).is_empty()).then_some(Pane::Activity { cursor: 0 });
    let side = shown::has_side(model).then_some(Pane::Order);
    model.pane = match model.pane {
        Pane::Rows => side.or(activity).unwrap_or_default(),
        Pane::Order => activity.unwrap_or_default(),
        Pane::Activity { .. } => Pane::Rows,
    };
    Vec::new()
}
