//! Lines one below the other: an order, the activity, a card.

use super::pen::Pen;
use super::theme::Theme;
use crate::app::query::order::OrderLine;
use crate::app::query::rows::Cursor;
use crate::app::query::{Line, Role};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::widgets::Widget;

/// Lines without a cursor.
#[derive(Debug)]
pub struct Lines<'m> {
    /// The lines.
    pub lines: Vec<Line<'m>>,
    /// The look.
    pub theme: Theme,
}

impl Widget for Lines<'_> {
    fn render(self, area: Rect, buffer: &mut Buffer) {
        let mut pen = Pen::new(buffer, self.theme);
        for (y, line) in (area.y..area.bottom()).zip(&self.lines) {
            pen.line(area.x, y, area.width, line);
        }
    }
}

/// Lines that the cursor moves over.
#[derive(Debug)]
pub struct CursorLines<'m> {
    /// The lines.
    pub lines: Vec<OrderLine<'m>>,
    /// The look.
    pub theme: Theme,
}

impl Widget for CursorLines<'_> {
    fn render(self, area: Rect, buffer: &mut Buffer) {
        let mut pen = Pen::new(buffer, self.theme);
        for (y, OrderLine { cursor, line }) in (area.y..area.bottom()).zip(&self.lines) {
            if *cursor == Cursor::Here {
                let selected = pen.theme().selected();
                pen.shade(Rect { y, height: 1, ..area }, selected);
                pen.only(Some(selected));
            }
            pen.line(area.x, y, area.width, line);
            pen.only(None);
            if *cursor == Cursor::Here {
                let selected = pen.theme().selected();
                pen.styled_text(area.x, y, 1, super::symbols::CURSOR, selected);
            }
        }
    }
}

/// The line between the rows and the order beside them, and the line over the activity.
#[derive(Debug)]
pub struct Rules {
    /// Between rows and side; empty without one.
    pub divider: Rect,
    /// Over the activity; empty without one.
    pub rule: Rect,
    /// The look.
    pub theme: Theme,
}

impl Widget for Rules {
    fn render(self, _area: Rect, buffer: &mut Buffer) {
        let mut pen = Pen::new(buffer, self.theme);
        if !self.divider.is_empty() {
            for y in self.divider.top()..self.divider.bottom() {
                pen.text(self.divider.x, y, 1, super::symbols::VERTICAL, Role::Dim);
            }
        }
        if !self.rule.is_empty() {
            for x in self.rule.left()..self.rule.right() {
                pen.text(x, self.rule.y, 1, super::symbols::HORIZONTAL, Role::Dim);
            }
            if !self.divider.is_empty() {
                pen.text(self.divider.x, self.rule.y, 1, super::symbols::JOINT, Role::Dim);
            }
        }
    }
}
