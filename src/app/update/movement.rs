//! Moving over lines: of the rows, the activity, an order, numbers, the help.

use super::{notice, number, shown};
use crate::app::Effect;
use crate::app::model::{Model, NumbersScreen, Overlay, Pane, Screen};
use crate::app::picker::Leaving;
use crate::app::query::rows::first_line;
use crate::app::rows::{self, Group, Line};
use crate::domain::OrderKey;
use std::ops::Range;

/// How far to move.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Step {
    /// A line up.
    Up,
    /// A line down.
    Down,
    /// To the first line.
    Top,
    /// To the last line.
    Bottom,
    /// A page up.
    PageUp,
    /// A page down.
    PageDown,
    /// Half a page up.
    HalfPageUp,
    /// Half a page down.
    HalfPageDown,
}

/// Which way to look.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Toward {
    /// Down.
    Next,
    /// Up.
    Previous,
}

/// Moves the cursor of whatever has the keys.
pub(super) fn step(model: &mut Model, step: Step) -> Vec<Effect> {
    let (page, lines) = (shown::page(model), lines(model));
    let (overlay_page, picker_page) = (shown::overlay_page(model), shown::picker_page(model));
    let preview_page = shown::preview_page(model);
    match &mut model.overlay {
        Some(Overlay::Paste(preview)) => {
            preview.cursor = moved(step, preview.cursor, lines, preview_page);
            return keep_preview_in_sight(model);
        }
        Some(Overlay::Json(json)) => {
            json.offset = moved(step, json.offset, (lines + 1).saturating_sub(overlay_page), overlay_page);
            return Vec::new();
        }
        Some(Overlay::Picker(picker)) => {
            picker.leaving = Leaving::Unasked;
            picker.go_to(moved(step, picker.cursor(), lines, picker_page));
            return Vec::new();
        }
        Some(_) | None => {}
    }
    match &mut model.screen {
        Screen::Order(screen) => screen.cursor = moved(step, screen.cursor, lines, page),
        Screen::Numbers(screen) => screen.cursor = moved(step, screen.cursor, lines, page),
        Screen::Activity(screen) => screen.cursor = moved(step, screen.cursor, lines, page),
        Screen::Number(screen) => {
            screen.offset = moved(step, screen.offset, (lines + 1).saturating_sub(page), page);
        }
        Screen::List => match &mut model.pane {
            Pane::Activity { cursor } => *cursor = moved(step, *cursor, lines, lines.max(1)),
            Pane::Rows | Pane::Order => {
                if let Some(list) = model.current.and_then(|place| model.lists.get_mut(place)) {
                    list.rows.cursor = moved(step, list.rows.cursor, lines, page);
                }
            }
        },
    }
    Vec::new()
}

/// Scrolls the preview of a paste as little as its cursor asks for.
pub(super) fn keep_preview_in_sight(model: &mut Model) -> Vec<Effect> {
    let page = shown::preview_page(model);
    if let Some(Overlay::Paste(preview)) = &mut model.overlay {
        preview.offset = first_line(preview.offset, preview.cursor, preview.new.len(), page);
    }
    Vec::new()
}

/// Lines that the cursor can stand on.
pub(super) fn lines(model: &Model) -> usize {
    match (&model.overlay, &model.screen, model.pane) {
        (Some(Overlay::Json(json)), ..) => json.lines.len(),
        (Some(Overlay::Paste(preview)), ..) => preview.new.len(),
        (Some(Overlay::Picker(picker)), ..) => picker.lines(),
        (_, Screen::Order(screen), _) => shown::order_lines(model, screen),
        (_, Screen::Numbers(screen), _) => shown::number_lines(model, screen),
        (_, Screen::Activity(screen), _) => shown::change_lines(model, screen),
        (_, Screen::Number(screen), _) => shown::lines_of_number(model, screen),
        (_, Screen::List, Pane::Activity { .. }) => shown::activity(model).len(),
        (_, Screen::List, Pane::Rows | Pane::Order) => {
            model.current_list().map_or(0, |list| list.rows.lines())
        }
    }
}

/// The first visible line of the screen and the line of its cursor; none where it has no cursor.
pub(super) fn view(model: &mut Model) -> Option<(&mut usize, &mut usize)> {
    match &mut model.screen {
        Screen::Order(screen) => Some((&mut screen.offset, &mut screen.cursor)),
        Screen::Numbers(screen) => Some((&mut screen.offset, &mut screen.cursor)),
        Screen::Activity(screen) => Some((&mut screen.offset, &mut screen.cursor)),
        Screen::Number(_) => None,
        Screen::List => {
            let rows = &mut model.lists.get_mut(model.current?)?.rows;
            Some((&mut rows.offset, &mut rows.cursor))
        }
    }
}

fn moved(step: Step, cursor: usize, lines: usize, page: usize) -> usize {
    let last = lines.saturating_sub(1);
    let half = (page / 2).max(1);
    let to = match step {
        Step::Up => cursor.saturating_sub(1),
        Step::Down => cursor + 1,
        Step::Top => 0,
        Step::Bottom => last,
        Step::PageUp => cursor.saturating_sub(page),
        Step::PageDown => cursor + page,
        Step::HalfPageUp => cursor.saturating_sub(half),
        Step::HalfPageDown => cursor + half,
    };
    to.min(last)
}

/// The next or previous order that needs you; in an order and among numbers the failed number.
pub(super) fn need(model: &mut Model, toward: Toward) -> Vec<Effect> {
    match &model.screen {
        Screen::List => need_in_list(model, toward),
        Screen::Activity(_) => {}
        Screen::Number(screen) => return number::failed(model, &screen.clone(), toward),
        Screen::Order(screen) => {
            let to = next_in(shown::failed_lines(model, screen), screen.cursor, toward);
            put_cursor(model, to, "No number of this order failed.");
        }
        Screen::Numbers(screen) => {
            let failed = 0..shown::failed_numbers(model, screen);
            put_cursor(model, next_in(failed, screen.cursor, toward), "No failed number is shown.");
        }
    }
    Vec::new()
}

fn put_cursor(model: &mut Model, line: Option<usize>, otherwise: &str) {
    match (&mut model.screen, line) {
        (Screen::Order(screen), Some(line)) => screen.cursor = line,
        (Screen::Numbers(screen), Some(line)) => screen.cursor = line,
        (Screen::Order(_) | Screen::Numbers(_), None) => notice::say(model, otherwise),
        (Screen::List | Screen::Number(_) | Screen::Activity(_), _) => {}
    }
}

fn need_in_list(model: &mut Model, toward: Toward) {
    model.pane = Pane::Rows;
    let Some(list) = model.current.and_then(|place| model.lists.get_mut(place)) else { return };
    let now = model.watch.corrected(model.now);
    let needing: Vec<usize> = list
        .rows
        .shown
        .iter()
        .enumerate()
        .filter(|(_, entry)| rows::group(list.snapshot(&model.watch, **entry), now) == Group::NeedsYou)
        .map(|(line, _)| line)
        .collect();
    let cursor = list.rows.cursor;
    let to = match toward {
        Toward::Next => needing.iter().find(|line| **line > cursor).or(needing.first()),
        Toward::Previous => needing.iter().rfind(|line| **line < cursor).or(needing.last()),
    };
    match to {
        Some(line) => list.rows.cursor = *line,
        None => notice::say(model, "No order needs you."),
    }
}

/// The line after or before the cursor in a run of lines, round its ends.
pub(super) fn next_in(lines: Range<usize>, cursor: usize, toward: Toward) -> Option<usize> {
    let last = lines.end.checked_sub(1).filter(|last| *last >= lines.start)?;
    Some(match toward {
        Toward::Next if cursor >= last || cursor < lines.start => lines.start,
        Toward::Next => cursor + 1,
        Toward::Previous if cursor <= lines.start || cursor > last => last,
        Toward::Previous => cursor - 1,
    })
}

/// Cursors within their lines, and within what is visible.
pub(super) fn keep_cursors_in_sight(model: &mut Model) {
    let (page, lines) = (shown::page(model), lines(model));
    let last = lines.saturating_sub(1);
    let picker_page = shown::picker_page(model);
    if let Some(Overlay::Picker(picker)) = &mut model.overlay {
        picker.keep_in_sight(picker_page);
    }
    match (&model.overlay, &mut model.screen) {
        (Some(Overlay::Picker(_) | Overlay::Json(_) | Overlay::Paste(_)), _) | (_, Screen::List) => {}
        (_, Screen::Order(screen)) => {
            screen.cursor = screen.cursor.min(last);
            screen.offset = in_sight(screen.offset, screen.cursor, lines, page);
        }
        (_, Screen::Numbers(screen)) => {
            screen.cursor = screen.cursor.min(last);
            screen.offset = in_sight(screen.offset, screen.cursor, lines, page);
        }
        (_, Screen::Activity(screen)) => {
            screen.cursor = screen.cursor.min(last);
            screen.offset = in_sight(screen.offset, screen.cursor, lines, page);
        }
        (_, Screen::Number(screen)) => screen.offset = screen.offset.min(lines.saturating_sub(page)),
    }
    if let Pane::Activity { cursor } = model.pane {
        let lines = shown::activity(model).len();
        model.pane = if lines == 0 { Pane::Rows } else { Pane::Activity { cursor: cursor.min(lines - 1) } };
    }
    if model.pane == Pane::Order && !shown::has_side(model) {
        model.pane = Pane::Rows;
    }
    if let Some(list) = model.current.and_then(|place| model.lists.get_mut(place)) {
        let rows = &mut list.rows;
        rows.cursor = rows.cursor.min(rows.lines().saturating_sub(1));
        rows.offset = in_sight(rows.offset, rows.cursor, rows.lines(), page);
    }
}

/// The first visible line, moved as little as the cursor asks for; no blank lines at the end of a long list.
fn in_sight(offset: usize, cursor: usize, lines: usize, page: usize) -> usize {
    let lowest = (cursor + 1).saturating_sub(page);
    offset.max(lowest).min(cursor).min(lines.saturating_sub(page))
}

/// The order under the cursor of the list or of the open screen.
pub(super) fn order_at_cursor(model: &Model) -> Option<OrderKey> {
    match &model.screen {
        Screen::Numbers(screen @ NumbersScreen { order: None, .. }) => shown::order_of_number(model, screen),
        Screen::Order(_) | Screen::Numbers(_) | Screen::Number(_) => model.screen.order().cloned(),
        Screen::Activity(screen) => shown::order_of_change(model, screen),
        Screen::List => match model.pane {
            Pane::Activity { cursor } => shown::activity(model).get(cursor).cloned(),
            Pane::Rows | Pane::Order => model.current_list()?.key_at_cursor().cloned(),
        },
    }
}

/// The entry under the cursor, or of the open order.
pub(super) fn entry_at_cursor(model: &Model) -> Option<usize> {
    let list = model.current_list()?;
    match (&model.screen, model.pane) {
        (Screen::List, Pane::Rows | Pane::Order) => match list.rows.line()? {
            Line::Order(entry) => Some(entry),
            Line::Fold => None,
        },
        (Screen::Order(_) | Screen::Numbers(_) | Screen::Number(_) | Screen::Activity(_), _)
        | (Screen::List, Pane::Activity { .. }) => list.entry_of(&order_at_cursor(model)?),
    }
}
