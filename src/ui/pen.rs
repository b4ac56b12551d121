//! Text into cells. The one place that writes to the buffer: it clips, it never indexes, and in ASCII it lets no
//! other character through.

use super::fit;
use super::symbols;
use super::theme::{Glyphs, Part, Theme};
use crate::app::layout::Area;
use crate::app::query::{Line, Mark, Piece, Role};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;

/// The rectangle of an area.
pub const fn rect(area: Area) -> Rect {
    Rect { x: area.x, y: area.y, width: area.width, height: area.height }
}

/// Writes in one look into one buffer.
#[derive(Debug)]
pub struct Pen<'b> {
    buffer: &'b mut Buffer,
    theme: Theme,
    /// Drawn instead of every style: the line under the cursor.
    only: Option<Style>,
    /// Added to every style.
    patch: Style,
}

impl<'b> Pen<'b> {
    /// A pen for a buffer.
    pub const fn new(buffer: &'b mut Buffer, theme: Theme) -> Self {
        Self { buffer, theme, only: None, patch: Style::new() }
    }

    /// The look it writes in.
    pub const fn theme(&self) -> &Theme {
        &self.theme
    }

    /// From now on everything in one style, or again each in its own.
    pub const fn only(&mut self, style: Option<Style>) {
        self.only = style;
    }

    /// From now on with this in addition.
    pub const fn patch(&mut self, style: Style) {
        self.patch = style;
    }

    fn styled(&self, style: Style) -> Style {
        self.only.unwrap_or(style).patch(self.patch)
    }

    /// Sets the style of an area and keeps what stands in it.
    pub fn shade(&mut self, area: Rect, style: Style) {
        self.buffer.set_style(area, style);
    }

    /// Empties an area.
    pub fn clear(&mut self, area: Rect) {
        let area = area.intersection(self.buffer.area);
        let ground = self.theme.part(Part::Ground);
        for position in area.positions() {
            if let Some(cell) = self.buffer.cell_mut(position) {
                cell.reset();
                cell.set_style(ground);
            }
        }
    }

    /// Writes a text into at most `width` cells, cut with an ellipsis; returns the cells it took.
    pub fn text(&mut self, x: u16, y: u16, width: u16, text: &str, role: Role) -> u16 {
        let style = self.theme.style(role);
        self.styled_text(x, y, width, text, style)
    }

    /// The same in the look of a part of the screen.
    pub fn part(&mut self, x: u16, y: u16, width: u16, text: &str, part: Part) -> u16 {
        let style = self.theme.part(part);
        self.styled_text(x, y, width, text, style)
    }

    /// The same in a style that is already worked out.
    pub fn styled_text(&mut self, x: u16, y: u16, width: u16, text: &str, style: Style) -> u16 {
        let style = self.styled(style);
        let width = width.min(self.buffer.area.right().saturating_sub(x));
        if width == 0 || !self.buffer.area.contains((x, y).into()) {
            return 0;
        }
        let fitted = fit::fit(text, width);
        if fit::is_plain(&fitted) {
            return self.plain(x, y, &fitted, style);
        }
        let mut at = x;
        for (grapheme, cells) in fit::graphemes(&fitted) {
            self.cell(at, y, grapheme, cells, style);
            at += cells;
        }
        at - x
    }

    /// One byte a cell, without looking for graphemes.
    fn plain(&mut self, x: u16, y: u16, text: &str, style: Style) -> u16 {
        let mut at = x;
        for byte in text.bytes() {
            if let Some(cell) = self.buffer.cell_mut((at, y)) {
                cell.set_char(char::from(byte)).set_style(style);
            }
            at += 1;
        }
        at - x
    }

    /// Writes a text so that it ends before `end`.
    pub fn right(&mut self, end: u16, y: u16, width: u16, text: &str, role: Role) -> u16 {
        let cells = fit::width(text).min(width);
        self.text(end.saturating_sub(cells), y, cells, text, role)
    }

    /// Writes the symbol of a mark.
    pub fn symbol(&mut self, x: u16, y: u16, mark: Mark) {
        let symbol = symbols::of(mark);
        let style = self.theme.tint(symbol.tint);
        self.styled_text(x, y, 1, symbol.unicode, style);
    }

    /// Writes a line into at most `width` cells; what stands at its right end only where both have room.
    pub fn line(&mut self, x: u16, y: u16, width: u16, line: &Line<'_>) -> u16 {
        let left = width_of(&line.pieces);
        let right = width_of(&line.right);
        let used = self.pieces(x, y, width, &line.pieces);
        if right > 0 && left.saturating_add(right).saturating_add(2) <= width {
            self.pieces(x + width - right, y, right, &line.right);
            return width;
        }
        used
    }

    fn pieces(&mut self, x: u16, y: u16, width: u16, pieces: &[Piece<'_>]) -> u16 {
        let mut used = 0;
        for piece in pieces {
            let room = width.saturating_sub(used);
            used += match piece {
                Piece::Text(text, role) => self.text(x + used, y, room, text, *role),
                Piece::Symbol(mark) if room > 0 => {
                    self.symbol(x + used, y, *mark);
                    1
                }
                Piece::Symbol(_) => 0,
            };
            // What follows a text that was cut has no place.
            if matches!(piece, Piece::Text(text, _) if fit::width(text) > room) {
                break;
            }
        }
        used
    }

    fn cell(&mut self, x: u16, y: u16, grapheme: &str, cells: u16, style: Style) {
        let is_replaced = match self.theme.glyphs {
            Glyphs::Unicode => false,
            Glyphs::Narrow => fit::is_ambiguous(grapheme),
            Glyphs::Ascii => !grapheme.is_ascii(),
        };
        let ground = self.theme.part(Part::Ground);
        let symbol = if is_replaced { symbols::ascii(grapheme) } else { grapheme };
        if let Some(cell) = self.buffer.cell_mut((x, y)) {
            cell.set_symbol(symbol).set_style(style);
        }
        for covered in x + 1..x + cells {
            if let Some(cell) = self.buffer.cell_mut((covered, y)) {
                cell.reset();
                cell.set_style(ground).set_style(style);
                if is_replaced {
                    cell.set_symbol(symbol);
                }
            }
        }
    }
}

/// The cells that pieces take.
pub fn width_of(pieces: &[Piece<'_>]) -> u16 {
    pieces.iter().fold(0, |sum, piece| {
        sum.saturating_add(match piece {
            Piece::Text(text, _) => fit::width(text),
            Piece::Symbol(_) => 1,
        })
    })
}
