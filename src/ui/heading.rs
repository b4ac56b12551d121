//! The heads of the columns: what stands over them, what the rows are sorted by, which of them can be clicked.

use super::fit;
use super::pen::Pen;
use super::symbols;
use super::theme::{Part, Theme};
use crate::app::columns::{COLUMNS, Column, ColumnSpec, Direction};
use crate::app::layout::columns::{Columns, Wording};
use crate::app::query::{Mark, Role};
use crate::app::rows::{Sort, SortBy};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::widgets::Widget;

/// Where the place in the list stands, after the head of the names.
const PLACE: u16 = 8;

/// The heads of the columns.
#[derive(Debug)]
pub struct Heading<'m> {
    /// Where the columns stand.
    pub columns: &'m Columns,
    /// Whether some order is ported in.
    pub porting: usize,
    /// What stands over the time column.
    pub since: &'static str,
    /// `12 of 40`, where not all lines are visible.
    pub place: Option<&'m str>,
    /// What the rows are sorted by; none in the order in which they need you.
    pub sorted: Option<Sort>,
    /// The look.
    pub theme: Theme,
}

impl Widget for Heading<'_> {
    fn render(self, area: Rect, buffer: &mut Buffer) {
        if area.is_empty() {
            return;
        }
        let mut pen = Pen::new(buffer, self.theme);
        for spec in &COLUMNS {
            if has_head(self.columns, self.porting, spec.column) {
                self.head(&mut pen, area, spec);
            }
        }
        self.beside_name(&mut pen, area);
    }
}

impl Heading<'_> {
    fn head(&self, pen: &mut Pen<'_>, area: Rect, spec: &ColumnSpec) {
        let span = self.columns.of(spec.column);
        let (title, part) = match self.sorted {
            Some(Sort { by, direction }) if by == SortBy::Column(spec.column) => {
                (format!("{} {}", self.title(spec), arrow(direction)), Part::Strong)
            }
            Some(_) | None => (self.title(spec).to_owned(), Part::Heading),
        };
        let left = |indent: u16| (area.x + span.x + indent, span.width.saturating_sub(indent));
        let (x, width) = match spec.column {
            Column::Status if self.columns.wording == Wording::Whole => left(2),
            Column::Id => left(span.width.saturating_sub(8)),
            Column::Status | Column::Name | Column::Place | Column::Note | Column::Kind | Column::Product => {
                left(0)
            }
            Column::Done
            | Column::Bar
            | Column::Failed
            | Column::Foc
            | Column::Since
            | Column::Created
            | Column::Updated => {
                let cells = fit::width(&title).min(span.width);
                (area.x + span.end() - cells, cells)
            }
        };
        pen.part(x, area.y, width, &title, part);
    }

    const fn title(&self, spec: &ColumnSpec) -> &'static str {
        match spec.column {
            Column::Since => self.since,
            Column::Failed => symbols::of(Mark::Failed).unicode,
            Column::Status
            | Column::Name
            | Column::Place
            | Column::Note
            | Column::Kind
            | Column::Product
            | Column::Done
            | Column::Bar
            | Column::Foc
            | Column::Created
            | Column::Updated
            | Column::Id => spec.title,
        }
    }

    /// Which line the cursor is on, and what the rows are sorted by where no head says so.
    fn beside_name(&self, pen: &mut Pen<'_>, area: Rect) {
        let name = self.columns.name;
        let unsaid = self.sorted.filter(|sort| match sort.by {
            SortBy::Need => true,
            SortBy::Column(column) => !has_head(self.columns, self.porting, column),
        });
        let by = unsaid.map(|sort| format!("by {} {}", sort.by.name(), arrow(sort.direction)));
        let mut x = PLACE;
        for (text, role) in [(self.place, Role::Dim), (by.as_deref(), Role::Strong)] {
            let Some(text) = text else { continue };
            if x + fit::width(text) <= name.width {
                x += pen.text(area.x + name.x + x, area.y, name.width - x, text, role) + 2;
            }
        }
    }
}

/// True for a column that stands and has a head.
fn has_head(columns: &Columns, porting: usize, column: Column) -> bool {
    let stands = !columns.of(column).is_empty();
    match column {
        Column::Status => columns.wording != Wording::Symbol,
        Column::Foc => stands && porting > 0,
        Column::Bar => false,
        Column::Name
        | Column::Place
        | Column::Note
        | Column::Kind
        | Column::Product
        | Column::Done
        | Column::Failed
        | Column::Since
        | Column::Created
        | Column::Updated
        | Column::Id => stands,
    }
}

/// The column whose head stands in cell `x` of the line, the gap before it included.
pub fn column_at(columns: &Columns, porting: usize, x: u16) -> Option<Column> {
    let mut standing =
        COLUMNS.iter().map(|spec| spec.column).filter(|column| !columns.of(*column).is_empty());
    // From left to right: the first that ends beyond the cell has it, or the gap before it.
    let column = standing.find(|column| x < columns.of(*column).end())?;
    (x >= columns.gutter.end() && has_head(columns, porting, column)).then_some(column)
}

const fn arrow(direction: Direction) -> &'static str {
    match direction {
        Direction::Ascending => symbols::UP,
        Direction::Descending => symbols::DOWN,
    }
}
