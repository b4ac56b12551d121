//! What lies over the screen: a box where boxes are drawn, else all of the middle.

pub mod picker;

use super::field;
use super::lines::CursorLines;
use super::pen::{Pen, rect};
use super::symbols;
use super::theme::{Part, Theme};
use crate::app::KeyNames;
use crate::app::layout::{Area, Furniture};
use crate::app::model::{Describe, Field, Preview};
use crate::app::query::Role;
use crate::app::query::line::wrap;
use crate::app::query::overlay::{self as said, Focus};
use crate::app::query::preview;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::widgets::Widget;

/// An empty frame with a title; what stands in it is drawn into the area that [`Frame::draw`] returns.
#[derive(Clone, Copy, Debug)]
pub struct Frame<'m> {
    /// The title.
    pub title: &'m str,
    /// Whether it has a border.
    pub furniture: Furniture,
    /// The look.
    pub theme: Theme,
}

impl Frame<'_> {
    /// Clears the area, draws border and title, returns what is left inside.
    pub fn draw(self, area: Area, buffer: &mut Buffer) -> Rect {
        let area = rect(area).intersection(buffer.area);
        let mut pen = Pen::new(buffer, self.theme);
        pen.clear(area);
        if self.furniture != Furniture::Boxes || area.width < 4 || area.height < 2 {
            pen.text(area.x + 1, area.y, area.width.saturating_sub(2), self.title, Role::Strong);
            return Rect { y: area.y + area.height.min(1), height: area.height.saturating_sub(1), ..area };
        }
        let [top_left, top_right, bottom_left, bottom_right] = symbols::CORNERS;
        let (last_x, last_y) = (area.right() - 1, area.bottom() - 1);
        for x in area.left()..area.right() {
            pen.part(x, area.y, 1, symbols::HORIZONTAL, Part::Border);
            pen.part(x, last_y, 1, symbols::HORIZONTAL, Part::Border);
        }
        for y in area.top()..area.bottom() {
            pen.part(area.x, y, 1, symbols::VERTICAL, Part::Border);
            pen.part(last_x, y, 1, symbols::VERTICAL, Part::Border);
        }
        pen.part(area.x, area.y, 1, top_left, Part::Border);
        pen.part(last_x, area.y, 1, top_right, Part::Border);
        pen.part(area.x, last_y, 1, bottom_left, Part::Border);
        pen.part(last_x, last_y, 1, bottom_right, Part::Border);
        let title = format!(" {} ", self.title);
        pen.text(area.x + 2, area.y, area.width.saturating_sub(4), &title, Role::Strong);
        Rect { x: area.x + 1, y: area.y + 1, width: area.width - 2, height: area.height - 2 }
    }
}

/// One field with a word of help below it, or why it cannot be taken.
#[derive(Debug)]
pub struct OneField<'m> {
    /// What stands before the field.
    pub label: &'static str,
    /// The field.
    pub field: &'m Field,
    /// What to type.
    pub hint: &'m str,
    /// The look.
    pub theme: Theme,
}

impl Widget for OneField<'_> {
    fn render(self, area: Rect, buffer: &mut Buffer) {
        let mut pen = Pen::new(buffer, self.theme);
        let width = area.width.saturating_sub(2);
        let mut y = area.y;
        if area.height > 3 {
            y += 1;
        }
        if y < area.bottom() {
            field::draw(&mut pen, area.x + 1, y, width, self.label, self.field, Focus::Here);
        }
        below(&mut pen, area, y + 2, self.field, self.hint);
    }
}

/// Why a field cannot be taken, else what to type.
fn below(pen: &mut Pen<'_>, area: Rect, y: u16, field: &Field, hint: &str) {
    let (text, role) = match &field.error {
        Some(error) => (error.shown(), Role::Error),
        None => (hint, Role::Dim),
    };
    let width = area.width.saturating_sub(2);
    for (y, line) in (y..area.bottom()).zip(wrap(text, usize::from(width.max(1)))) {
        pen.text(area.x + 1, y, width, &line, role);
    }
}

/// The form for label and note.
#[derive(Debug)]
pub struct DescribeForm<'m> {
    /// The form.
    pub form: &'m Describe,
    /// The look.
    pub theme: Theme,
}

impl Widget for DescribeForm<'_> {
    fn render(self, area: Rect, buffer: &mut Buffer) {
        let mut pen = Pen::new(buffer, self.theme);
        let width = area.width.saturating_sub(2);
        let mut y = area.y + u16::from(area.height > 4);
        let mut error = &self.form.label;
        for each in said::describe(self.form) {
            if y < area.bottom() {
                field::draw(&mut pen, area.x + 1, y, width, each.label, each.field, each.focus);
            }
            if each.field.error.is_some() {
                error = each.field;
            }
            y += 1;
        }
        below(&mut pen, area, y + 1, error, said::describe_hint(self.form));
    }
}

/// What a pasted text would add.
#[derive(Debug)]
pub struct PastePreview<'m> {
    /// What was found.
    pub preview: &'m Preview,
    /// What keys are called.
    pub keys: &'m KeyNames,
    /// The look.
    pub theme: Theme,
}

impl Widget for PastePreview<'_> {
    fn render(self, area: Rect, buffer: &mut Buffer) {
        let mut pen = Pen::new(buffer, self.theme);
        let height = usize::from(area.height);
        let text = preview::text(self.preview, self.keys, area.width);
        let mut y = area.y + u16::from(preview::air(height) > 0);
        for (text, role) in text {
            if y < area.bottom() {
                pen.text(area.x + 1, y, area.width.saturating_sub(2), &text, role);
            }
            y += 1;
        }
        let top = (y + 1).min(area.bottom());
        let rest = Rect { y: top, height: area.bottom() - top, ..area };
        let (lines, below) = preview::lines(self.preview, usize::from(rest.height));
        CursorLines { lines, below, theme: self.theme }.render(rest, buffer);
    }
}
