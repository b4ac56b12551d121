//! What stands where the mouse points: worked out from the same rectangles as the frame, and only when it is asked.

use super::pen::rect;
use super::{footer, header, heading};
use crate::app::Model;
use crate::app::layout::{Area, Layout};
use crate::app::message::Target;
use crate::app::model::{Overlay, Screen};
use crate::app::query::rows::first_line;
use crate::app::query::{self, Clock};
use crate::keymap::Keymap;
use crate::ui::Theme;

/// What can be clicked in column `x` of line `y`; none where there is nothing.
pub fn target(model: &Model, theme: &Theme, keymap: &Keymap, x: u16, y: u16) -> Option<Target> {
    let layout = query::layout(model);
    let clock = Clock::new(model);
    let is_in = |area: Area| rect(area).contains((x, y).into());
    match &model.overlay {
        Some(Overlay::Picker(picker)) => {
            let rows = query::picker::areas(model, picker, &layout).rows;
            let line = picker.offset() + usize::from(y.checked_sub(rows.y)?);
            return (is_in(rows) && line < picker.lines()).then_some(Target::Choice(line));
        }
        Some(_) => return None,
        None => {}
    }
    if is_in(layout.rows) {
        return line(model, &layout, y).map(Target::Line);
    }
    if is_in(layout.heading) && model.screen == Screen::List {
        let list = model.current_list().filter(|list| !list.watchlist.entries.is_empty())?;
        let porting = list.summary(&model.watch, model.now).porting;
        return heading::column_at(&layout.columns, porting, x - layout.heading.x).map(Target::Head);
    }
    if is_in(layout.activity) {
        return change(model, &layout, x, y).map(Target::Change);
    }
    if is_in(layout.tabs) {
        let said = query::header::header(model, &query::summaries(model), &clock);
        return header::Header { said, theme: *theme }.tab_at(rect(layout.tabs), x).map(Target::Tab);
    }
    if is_in(layout.footer) {
        let footer = footer::Footer::of(model, keymap, *theme, &clock);
        return footer.hint_at(rect(layout.footer), x).map(Target::Hint);
    }
    None
}

/// The line of the screen that is shown in line `y` of the terminal; none where lines have no cursor.
fn line(model: &Model, layout: &Layout, y: u16) -> Option<usize> {
    let (offset, cursor, lines) = match &model.screen {
        Screen::List => {
            let rows = &model.current_list()?.rows;
            (rows.offset, rows.cursor, rows.lines())
        }
        Screen::Order(screen) => {
            let lines = query::order::spots(model, screen, layout.rows.width).len();
            (screen.offset, screen.cursor, lines)
        }
        Screen::Activity(screen) => (screen.offset, screen.cursor, query::changes::line_count(model, screen)),
        Screen::Numbers(screen) => (screen.offset, screen.cursor, query::numbers::line_count(model, screen)),
        Screen::Number(_) => return None,
    };
    let first = first_line(offset, cursor, lines, usize::from(layout.rows.height));
    let line = first + usize::from(y.checked_sub(layout.rows.y)?);
    (line < lines).then_some(line)
}

/// The event of the activity there: two columns where there is little height.
fn change(model: &Model, layout: &Layout, x: u16, y: u16) -> Option<usize> {
    let area = layout.activity;
    let column = (x - area.x) / (area.width / layout.activity_columns()).max(1);
    let line = usize::from(column.min(1)) * usize::from(area.height) + usize::from(y - area.y);
    let events = query::activity::newest(model, layout.activity_lines()).len();
    (line < events).then_some(line)
}
