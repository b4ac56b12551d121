//! The rows of the list, laid into cells by hand: only those that are visible, and a few short texts for each.

use super::bar::Bar;
use super::fit;
use super::pen::Pen;
use super::symbols;
use super::theme::{Part, Theme};
use crate::app::layout::columns::{Columns, Span, Wording};
use crate::app::query::line::wrap;
use crate::app::query::lookup::{Freshness, Recency};
use crate::app::query::rows::{Cursor, Foc, FoldLine, Marked, Row, Rows as Said, Tail};
use crate::app::query::{Mark, Role};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::widgets::Widget;

/// The rows.
#[derive(Debug)]
pub struct Rows<'m> {
    /// What they say.
    pub said: Said<'m>,
    /// Where the columns stand.
    pub columns: &'m Columns,
    /// The look.
    pub theme: Theme,
}

impl Widget for Rows<'_> {
    fn render(self, area: Rect, buffer: &mut Buffer) {
        let mut pen = Pen::new(buffer, self.theme);
        let mut y = area.y;
        for row in self.said.rows.iter().take(usize::from(area.height)) {
            RowPen { pen: &mut pen, area: Rect { y, height: 1, ..area }, columns: self.columns }.draw(row);
            y += 1;
        }
        if let Some(fold) = &self.said.fold
            && y < area.bottom()
        {
            fold_line(&mut pen, Rect { y, height: 1, ..area }, self.columns, fold);
        }
        if let Some(nothing) = &self.said.nothing {
            let width = area.width.saturating_sub(4);
            for (y, text) in (area.y..area.bottom()).zip(wrap(nothing, usize::from(width))) {
                pen.text(area.x + 3, y, width, &text, Role::Plain);
            }
        }
    }
}

fn fold_line(pen: &mut Pen<'_>, line: Rect, columns: &Columns, fold: &FoldLine) {
    let x = line.x + columns.status.x;
    pen.symbol(x, line.y, Mark::Successful);
    begin(pen, line, columns, fold.cursor);
    pen.text(x + 2, line.y, line.right().saturating_sub(x + 2), &fold.text, Role::Dim);
    pen.only(None);
}

/// Puts the cursor's bar before its line and shades what follows the symbol: what needs you and the state keep
/// their colours.
fn begin(pen: &mut Pen<'_>, line: Rect, columns: &Columns, cursor: Cursor) {
    if cursor == Cursor::Here {
        pen.text(line.x, line.y, 1, symbols::CURSOR, Role::Plain);
        let selected = pen.theme().selected();
        let after_symbol = columns.status.x + 1;
        let shaded = line.width.saturating_sub(after_symbol);
        pen.shade(Rect { x: line.x + after_symbol, width: shaded, ..line }, selected);
        pen.only(Some(selected));
    }
}

struct RowPen<'p, 'b> {
    pen: &'p mut Pen<'b>,
    area: Rect,
    columns: &'p Columns,
}

impl RowPen<'_, '_> {
    fn draw(&mut self, row: &Row<'_>) {
        self.pen.patch(match (row.freshness, row.recency) {
            (Freshness::Stale, _) => self.pen.theme().part(Part::Stale),
            (Freshness::Fresh, Recency::JustChanged) => self.pen.theme().part(Part::Changed),
            (Freshness::Fresh, Recency::Resting) => Style::new(),
        });
        self.gutter(row);
        begin(self.pen, self.area, self.columns, row.cursor);
        self.status(row);
        let tail = self.tail(row);
        self.name(row, tail);
        self.numbers(row, tail);
        self.pen.patch(Style::new());
        self.pen.only(None);
    }

    fn gutter(&mut self, row: &Row<'_>) {
        let (x, y) = (self.area.x + self.columns.gutter.x, self.area.y);
        if let Some(need) = row.need {
            let role = if need.is_urgent { Role::Urgent } else { Role::Need };
            self.pen.text(x + 1, y, 1, symbols::NEED, role);
        }
        if row.marked == Marked::Yes {
            self.pen.text(x + 2, y, 1, symbols::MARKED, Role::Key);
        }
        self.pen.symbol(self.area.x + self.columns.status.x, y, row.mark);
    }

    fn status(&mut self, row: &Row<'_>) {
        let (span, y) = (self.columns.status, self.area.y);
        let x = self.area.x + span.x;
        let role = Role::State(row.mark);
        match self.columns.wording {
            Wording::Symbol => {}
            Wording::Short => {
                let word: String = row.status.chars().take(4).collect();
                self.pen.text(x + 2, y, span.width.saturating_sub(2), &word, role);
            }
            Wording::Whole => {
                self.pen.text(x + 2, y, span.width.saturating_sub(2), &row.status, role);
            }
        }
    }

    /// Draws the end of the row; returns the cells that it takes from the columns before its own.
    fn tail(&mut self, row: &Row<'_>) -> u16 {
        let since = self.columns.since;
        let has_columns = !since.is_empty();
        match &row.tail {
            Tail::Held(held) if has_columns => {
                self.foc(row);
                self.right(since, held, Role::Plain);
                0
            }
            Tail::Read(age) if has_columns => {
                let text = format!("read {age} ago");
                let (span, taken) = self.tail_span(&text);
                self.right(span, &text, Role::Plain);
                taken
            }
            Tail::Missed { why, age, role } if has_columns => {
                let text = format!("{why} {age}");
                let (span, taken) = self.tail_span(&text);
                self.loud(row, span, &text, *role);
                taken
            }
            Tail::Missed { why, age: _, role } => {
                let done = self.columns.done;
                let width = fit::width(why).min(done.end());
                self.loud(row, Span { x: done.end() - width, width }, why, *role);
                width + 1
            }
            Tail::Held(_) | Tail::Read(_) => 0,
            Tail::Nothing => {
                self.foc(row);
                0
            }
        }
    }

    /// Where a text stands that needs the FOC column too, and what it takes from the columns before that where this one
    /// is hidden.
    fn tail_span(&self, text: &str) -> (Span, u16) {
        let Columns { foc, since, done, .. } = *self.columns;
        let x = since.end().saturating_sub(fit::width(text)).min(foc.x);
        let taken = if x <= done.end() { (done.end() + 1).saturating_sub(x) } else { 0 };
        (Span { x, width: since.end() - x }, taken)
    }

    fn foc(&mut self, row: &Row<'_>) {
        match &row.foc {
            Foc::None => {}
            Foc::Open => self.right(self.columns.foc, "—", Role::Dim),
            Foc::Day(day) => self.right(self.columns.foc, day, Role::Plain),
        }
    }

    fn name(&mut self, row: &Row<'_>, taken: u16) {
        let Columns { name, place, note, kind, product, .. } = *self.columns;
        let width = match row.done {
            // Nothing stands in the columns of numbers before the first answer.
            None if place.is_empty() && note.is_empty() && kind.is_empty() && product.is_empty() => {
                self.columns.foc.x.max(name.end()) - name.x
            }
            None => name.width,
            Some(_) if taken == 0 => name.width,
            Some(_) => self.columns.done.end().saturating_sub(taken).saturating_sub(name.x).min(name.width),
        };
        let x = self.area.x + name.x;
        // What tells the order from another is worth more than the end of its name.
        let apart = fit::width(&row.told_apart).min(width / 3 * 2);
        let used = self.pen.text(x, self.area.y, width - apart, &row.name, Role::Plain);
        self.pen.text(x + used, self.area.y, apart, &row.told_apart, Role::Dim);
        let texts = [
            (place, row.place.as_str(), Role::Dim),
            (note, row.note, Role::Plain),
            (kind, row.kind, Role::Plain),
            (product, &row.product, Role::Plain),
        ];
        for (span, text, role) in texts.into_iter().filter(|(span, ..)| !span.is_empty()) {
            self.pen.text(self.area.x + span.x, self.area.y, span.width, text, role);
        }
    }

    fn numbers(&mut self, row: &Row<'_>, taken: u16) {
        let Some((done, total)) = row.done else { return };
        let columns = self.columns;
        if taken == 0 {
            let bar = Bar { done: done as usize, total: total as usize };
            let counted = format!("{done}/{total}");
            // Half a number would be a wrong one.
            let has_room = fit::width(&counted) <= columns.done.width;
            let text = if has_room { counted } else { format!("{} %", bar.percent()) };
            self.right(columns.done, &text, Role::Plain);
        }
        if !columns.bar.is_empty() {
            let bar = Bar { done: done as usize, total: total as usize };
            bar.draw(self.pen, self.area.x + columns.bar.x, self.area.y, columns.bar.width);
        }
        if row.failed > 0 && !columns.failed.is_empty() {
            self.loud(row, columns.failed, &row.failed.to_string(), Role::State(Mark::Failed));
        }
        self.right(columns.id, row.id, Role::Dim);
        for (span, date) in [columns.created, columns.updated].into_iter().zip(&row.dates) {
            self.right(span, date, Role::Plain);
        }
    }

    /// What failed keeps its colour on the line of the cursor too.
    fn loud(&mut self, row: &Row<'_>, span: Span, text: &str, role: Role) {
        let theme = *self.pen.theme();
        if row.cursor == Cursor::Here {
            self.pen.only(Some(theme.style(role).patch(theme.selected())));
            self.right(span, text, role);
            self.pen.only(Some(theme.selected()));
        } else {
            self.right(span, text, role);
        }
    }

    fn right(&mut self, span: Span, text: &str, role: Role) {
        self.pen.right(self.area.x + span.end(), self.area.y, span.width, text, role);
    }
}
