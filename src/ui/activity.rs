//! What changed, the newest first: a line each, or two beside each other where there is little height and much
//! width.

use super::lines::CursorLines;
use super::theme::Theme;
use crate::app::query::Line;
use crate::app::query::order::OrderLine;
use crate::app::query::rows::Cursor;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::widgets::Widget;

/// What changed.
#[derive(Debug)]
pub struct Activity<'m> {
    /// The lines, the newest first.
    pub lines: Vec<Line<'m>>,
    /// The line of the cursor, when the activity has the keys.
    pub cursor: Option<usize>,
    /// Columns beside each other: 1 or 2.
    pub columns: u16,
    /// The look.
    pub theme: Theme,
}

impl Widget for Activity<'_> {
    fn render(self, area: Rect, buffer: &mut Buffer) {
        let lines: Vec<_> = self
            .lines
            .into_iter()
            .enumerate()
            .map(|(index, line)| OrderLine {
                cursor: self.cursor.map_or(Cursor::Elsewhere, |cursor| Cursor::at(index, cursor)),
                line,
            })
            .collect();
        let theme = self.theme;
        if self.columns < 2 {
            return CursorLines { lines, below: 0, theme }.render(area, buffer);
        }
        let mut left = lines;
        let right = left.split_off(left.len().min(usize::from(area.height)));
        let half = area.width / 2;
        CursorLines { lines: left, below: 0, theme }.render(Rect { width: half - 1, ..area }, buffer);
        let area = Rect { x: area.x + half, width: area.width - half, ..area };
        CursorLines { lines: right, below: 0, theme }.render(area, buffer);
    }
}
