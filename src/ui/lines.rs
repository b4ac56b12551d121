//! Lines one below the other: an order, the activity, a card.

use super::fit;
use super::pen::Pen;
use super::theme::{Part, Theme};
use crate::app::query::line::thousands;
use crate::app::query::order::OrderLine;
use crate::app::query::rows::Cursor;
use crate::app::query::{Line, Mark, Piece, Role};
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
    /// How many follow below: said at the end of the last line.
    pub below: usize,
    /// The look.
    pub theme: Theme,
}

impl Widget for CursorLines<'_> {
    fn render(self, area: Rect, buffer: &mut Buffer) {
        let mut pen = Pen::new(buffer, self.theme);
        for (y, OrderLine { cursor, line }) in (area.y..area.bottom()).zip(&self.lines) {
            let at = Rect { y, height: 1, ..area };
            let is_here = *cursor == Cursor::Here;
            let used = if is_here {
                line_of_cursor(&mut pen, at, line)
            } else {
                pen.line(at.x, y, at.width.saturating_sub(1), line)
            };
            if self.below > 0 && y + 1 == area.bottom() {
                let more = format!("{} more", thousands(self.below));
                let room = area.width.saturating_sub(used + 1);
                if fit::width(&more) + 2 <= room {
                    pen.only(is_here.then(|| pen.theme().selected()));
                    pen.right(area.right() - 1, y, room, &more, Role::Dim);
                    pen.only(None);
                }
            }
        }
    }
}

/// The line of the cursor: its bar, what the line is indented by and its symbol as they are, the rest shaded. Returns
/// the cells that it took.
fn line_of_cursor(pen: &mut Pen<'_>, area: Rect, line: &Line<'_>) -> u16 {
    let selected = pen.theme().selected();
    let Indent { cells, symbol } = Indent::of(&line.pieces);
    // A symbol beside the bar would run into it: it is shaded with the rest.
    let is_beside = symbol.is_some_and(|(x, _)| x <= 1);
    let start = if is_beside { 1 } else { cells.saturating_sub(1).max(1) }.min(area.width);
    pen.shade(area, selected);
    pen.only(Some(selected));
    let used = pen.line(area.x, area.y, area.width.saturating_sub(1), line);
    pen.only(None);
    pen.clear(Rect { width: start, ..area });
    if let Some((x, mark)) = symbol.filter(|(x, _)| *x < start) {
        pen.symbol(area.x + x, area.y, mark);
    }
    pen.text(area.x, area.y, 1, super::symbols::CURSOR, Role::Plain);
    used
}

/// What stands before a line's words.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Indent {
    /// Its blanks and its symbol.
    cells: u16,
    /// Where the symbol stands.
    symbol: Option<(u16, Mark)>,
}

impl Indent {
    fn of(pieces: &[Piece<'_>]) -> Self {
        let mut indent = Self::default();
        for piece in pieces {
            match piece {
                Piece::Symbol(_) if indent.symbol.is_some() => break,
                Piece::Symbol(mark) => {
                    indent.symbol = Some((indent.cells, *mark));
                    indent.cells += 1;
                }
                Piece::Text(text, _) => {
                    let words = text.trim_start_matches(' ');
                    indent.cells += fit::width(text) - fit::width(words);
                    if !words.is_empty() {
                        break;
                    }
                }
            }
        }
        indent
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
                pen.part(self.divider.x, y, 1, super::symbols::VERTICAL, Part::Border);
            }
        }
        if !self.rule.is_empty() {
            for x in self.rule.left()..self.rule.right() {
                pen.part(x, self.rule.y, 1, super::symbols::HORIZONTAL, Part::Border);
            }
            if !self.divider.is_empty() {
                pen.part(self.divider.x, self.rule.y, 1, super::symbols::JOINT, Part::Border);
            }
        }
    }
}
