//! The numbers screen: a line each, in columns where there is room.

use super::fit;
use super::pen::Pen;
use super::symbols;
use super::theme::Theme;
use crate::app::query::Role;
use crate::app::query::line::wrap;
use crate::app::query::numbers::{NumberRow, NumbersView};
use crate::app::query::rows::Cursor;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::widgets::Widget;

/// The columns: number, state, order, when.
const NUMBER: u16 = 16;
const STATUS: u16 = 10;
/// From this width on the state stands as a word too.
const STATUS_FROM: u16 = 60;
const ORDER: u16 = 40;
/// From this width on the time stands, from the other one on with the day.
const SEEN_FROM: u16 = 76;
const SEEN: u16 = 23;
const LONG_SEEN_FROM: u16 = 100;
const LONG_SEEN: u16 = 34;

/// The numbers.
#[derive(Debug)]
pub struct Numbers {
    /// What they say.
    pub said: NumbersView,
    /// The line over them.
    pub heading: Rect,
    /// The look.
    pub theme: Theme,
}

impl Widget for Numbers {
    fn render(self, area: Rect, buffer: &mut Buffer) {
        let mut pen = Pen::new(buffer, self.theme);
        if !self.heading.is_empty() {
            let title = crate::app::query::numbers::title(&self.said);
            pen.text(
                self.heading.x + 3,
                self.heading.y,
                self.heading.width.saturating_sub(3),
                &title,
                Role::Dim,
            );
        }
        for (y, row) in (area.y..area.bottom()).zip(&self.said.rows) {
            line(&mut pen, Rect { y, height: 1, ..area }, row);
        }
        if let Some(nothing) = &self.said.nothing {
            let width = area.width.saturating_sub(4);
            for (y, text) in (area.y..area.bottom()).zip(wrap(nothing, usize::from(width))) {
                pen.text(area.x + 3, y, width, &text, Role::Plain);
            }
        }
    }
}

fn line(pen: &mut Pen<'_>, area: Rect, row: &NumberRow) {
    let end = area.right();
    let mut x = area.x + 3;
    pen.symbol(x, area.y, row.mark);
    if row.cursor == Cursor::Here {
        let selected = pen.theme().selected();
        pen.text(area.x, area.y, 1, symbols::CURSOR, Role::Plain);
        pen.shade(Rect { x: x + 1, width: end.saturating_sub(x + 1), ..area }, selected);
        pen.only(Some(selected));
    }
    x += 2;
    let number = fit::width(&row.number).max(NUMBER);
    pen.text(x, area.y, end.saturating_sub(x), &row.number, Role::Plain);
    x += number + 2;
    if area.width >= STATUS_FROM {
        pen.text(x, area.y, end.saturating_sub(x).min(STATUS), &row.status, Role::State(row.mark));
        x += STATUS + 2;
    }
    let seen = match area.width {
        LONG_SEEN_FROM.. => LONG_SEEN,
        SEEN_FROM.. => SEEN,
        _ => 0,
    };
    let order_end = end.saturating_sub(if seen > 0 { seen + 2 } else { 0 });
    let order = order_end.saturating_sub(x).min(ORDER);
    pen.text(x, area.y, order, &row.order, Role::Plain);
    if seen > 0 {
        let x = if row.order.is_empty() { x } else { x + order + 2 };
        pen.text(x, area.y, end.saturating_sub(x), &row.seen, Role::Dim);
    }
    pen.only(None);
}
