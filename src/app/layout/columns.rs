//! The columns of the list: which of them stand at which width, and where. What was chosen by hand goes before what
//! stands by itself, as far as a name keeps its least room.

use crate::app::columns::{COLUMNS, Choice, Choices, Column};

/// The widest that the rows ever need; what is left over goes to the order beside them.
pub const WIDEST: u16 = 160;

/// From this width of the terminal on the progress bar and the id have columns.
const BAR_FROM: u16 = 160;
/// From this width on the status is a whole word.
const WORDS_FROM: u16 = 80;
/// From this width on all columns of numbers stand.
const NUMBERS_FROM: u16 = 60;
/// Cells of the progress bar and of the id, each with the gap before it.
const BAR: u16 = 12;
const ID: u16 = 10;
/// Cells of what stands only when it is asked for, each with the gap before it.
const NOTE: u16 = 25;
const KIND: u16 = 8;
const PRODUCT: u16 = 15;
const WHEN: u16 = 10;
/// Cells of a place where all live in one.
const PLACE: u16 = 14;
/// The least room for a name beside a column that says where the order lives.
const LEAST_NAME: u16 = 15;
const WIDEST_NAME: u16 = 48;

/// Cells of a line: from `x`, counted from the start of the line; absent with no width.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Span {
    /// The first cell.
    pub x: u16,
    /// Cells.
    pub width: u16,
}

impl Span {
    /// True for a column that does not stand.
    pub const fn is_empty(self) -> bool {
        self.width == 0
    }

    /// The cell after the last one.
    pub const fn end(self) -> u16 {
        self.x + self.width
    }
}

/// How the state of an order is written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Wording {
    /// The symbol alone.
    #[default]
    Symbol,
    /// The symbol and four letters.
    Short,
    /// The symbol and the word as AWS spells it.
    Whole,
}

/// The columns of the list from left to right.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Columns {
    /// How the state is written.
    pub wording: Wording,
    /// The cursor's bar, the mark of what needs you, a space.
    pub gutter: Span,
    /// The state: symbol, space, word.
    pub status: Span,
    /// What the order is called.
    pub name: Span,
    /// Where it lives, when orders differ in it.
    pub place: Span,
    /// What the user wants to remember.
    pub note: Span,
    /// New numbers or ported ones.
    pub kind: Span,
    /// What the numbers are for.
    pub product: Span,
    /// Numbers acquired of all.
    pub done: Span,
    /// The same as a bar.
    pub bar: Span,
    /// Numbers that failed.
    pub failed: Span,
    /// The FOC date.
    pub foc: Span,
    /// The time in this state.
    pub since: Span,
    /// When it was created.
    pub created: Span,
    /// When AWS last changed it.
    pub updated: Span,
    /// The first eight characters of the id.
    pub id: Span,
}

impl Columns {
    /// The columns of rows `width` wide on a terminal of `terminal` columns; `place` is what the place asks for, `chosen`
    /// what the user did.
    pub fn new(width: u16, terminal: u16, place: u16, chosen: &Choices) -> Self {
        let wording = match terminal {
            WORDS_FROM.. => Wording::Whole,
            NUMBERS_FROM.. => Wording::Short,
            _ => Wording::Symbol,
        };
        // Widths with the gap before each column.
        let status = match wording {
            Wording::Whole => 18,
            Wording::Short => 6,
            Wording::Symbol => 1,
        };
        let mut room = Room::new(width, terminal, place, chosen, 3 + status + 1);
        for spec in &COLUMNS {
            room.take_by_itself(spec.column);
        }
        // Where an order lives is worth more than what its numbers and the order beside the rows say too.
        room.take_if_roomy(Column::Place);
        for spec in &COLUMNS {
            if chosen.of(spec.column) == Choice::Shown {
                room.take_if_roomy(spec.column);
            }
        }
        if terminal >= BAR_FROM {
            room.take_if_roomy(Column::Bar);
            room.take_if_roomy(Column::Id);
        }
        room.placed(wording, status)
    }

    /// Where a column stands.
    pub const fn of(&self, column: Column) -> Span {
        match column {
            Column::Status => self.status,
            Column::Name => self.name,
            Column::Place => self.place,
            Column::Note => self.note,
            Column::Kind => self.kind,
            Column::Product => self.product,
            Column::Done => self.done,
            Column::Bar => self.bar,
            Column::Failed => self.failed,
            Column::Foc => self.foc,
            Column::Since => self.since,
            Column::Created => self.created,
            Column::Updated => self.updated,
            Column::Id => self.id,
        }
    }
}

/// What is left of a line while columns take their cells.
struct Room<'c> {
    width: u16,
    terminal: u16,
    place: u16,
    chosen: &'c Choices,
    /// Cells that the name has so far.
    left: u16,
    taken: [u16; COLUMNS.len()],
}

impl<'c> Room<'c> {
    fn new(width: u16, terminal: u16, place: u16, chosen: &'c Choices, fixed: u16) -> Self {
        let left = width.saturating_sub(fixed);
        Self { width, terminal, place, chosen, left, taken: [0; COLUMNS.len()] }
    }

    /// The cells of a column with the gap before it.
    const fn cells(&self, column: Column) -> u16 {
        match column {
            Column::Done if self.width < 30 => 6,
            Column::Done | Column::Since => 8,
            Column::Failed => 4,
            Column::Foc => 7,
            Column::Bar => BAR,
            Column::Id => ID,
            Column::Note => NOTE,
            Column::Kind => KIND,
            Column::Product => PRODUCT,
            Column::Created | Column::Updated => WHEN,
            Column::Place if self.place > 0 => self.place + 1,
            Column::Place => PLACE,
            Column::Status | Column::Name => 0,
        }
    }

    fn has(&self, column: Column) -> bool {
        self.taken.get(column as usize).is_some_and(|cells| *cells > 0)
    }

    fn take(&mut self, column: Column) {
        let cells = self.cells(column);
        if let Some(slot) = self.taken.get_mut(column as usize) {
            *slot = cells;
            self.left = self.left.saturating_sub(cells);
        }
    }

    /// What stands at its width of the terminal unless it was hidden.
    fn take_by_itself(&mut self, column: Column) {
        let stands = match column {
            Column::Done => true,
            Column::Failed | Column::Foc | Column::Since => self.terminal >= NUMBERS_FROM,
            Column::Status
            | Column::Name
            | Column::Place
            | Column::Note
            | Column::Kind
            | Column::Product
            | Column::Bar
            | Column::Created
            | Column::Updated
            | Column::Id => false,
        };
        if stands && self.chosen.wants(column) {
            self.take(column);
        }
    }

    /// What stands only where the name keeps its least room.
    fn take_if_roomy(&mut self, column: Column) {
        let is_pointless = column == Column::Place
            && self.chosen.of(column) != Choice::Shown
            && (self.place == 0 || self.terminal < NUMBERS_FROM);
        // Where an order lives may take the last cell that the others leave to the name.
        let spare = u16::from(column == Column::Place);
        let has_room = self.left + spare > LEAST_NAME + self.cells(column);
        if has_room && !is_pointless && self.chosen.wants(column) && !self.has(column) {
            self.take(column);
        }
    }

    fn placed(&self, wording: Wording, status: u16) -> Columns {
        let mut place_next = Placer { x: 0, end: self.width };
        let gutter = place_next.next(0, 3);
        let status = place_next.next(0, status);
        let name = place_next.next(1, self.left.min(WIDEST_NAME));
        let mut column =
            |column: Column| place_next.column(self.taken.get(column as usize).copied().unwrap_or_default());
        Columns {
            wording,
            gutter,
            status,
            name,
            place: column(Column::Place),
            note: column(Column::Note),
            kind: column(Column::Kind),
            product: column(Column::Product),
            done: column(Column::Done),
            bar: column(Column::Bar),
            failed: column(Column::Failed),
            foc: column(Column::Foc),
            since: column(Column::Since),
            created: column(Column::Created),
            updated: column(Column::Updated),
            id: column(Column::Id),
        }
    }
}

/// Puts one column after the other, and none beyond the end of the line.
struct Placer {
    x: u16,
    end: u16,
}

impl Placer {
    fn next(&mut self, gap: u16, width: u16) -> Span {
        let x = (self.x + gap).min(self.end);
        let span = Span { x, width: width.min(self.end - x) };
        self.x = span.end();
        span
    }

    /// A column whose `width` includes one cell of gap before it.
    fn column(&mut self, width: u16) -> Span {
        if width == 0 { Span { x: self.x, width: 0 } } else { self.next(1, width - 1) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn where_orders_live_goes_before_the_id_and_the_bar() {
        let stand = |width, place| {
            let columns = Columns::new(width, BAR_FROM, place, &Choices::default());
            [columns.place, columns.bar, columns.id].map(|span| !span.is_empty())
        };
        assert_eq!(stand(100, 0), [false, true, true]);
        assert_eq!(stand(100, 17), [true, true, false]);
        assert_eq!(stand(90, 17), [true, false, false]);
        assert_eq!(stand(80, 17), [false, true, false]);
        assert_eq!(stand(120, 17), [true, true, true]);
    }

    #[test]
    fn what_is_hidden_gives_its_room_to_the_name_and_what_is_shown_takes_it_from_there() {
        let with = |chosen: &[(Column, Choice)]| {
            let mut choices = Choices::default();
            for (column, choice) in chosen {
                choices.set(*column, *choice);
            }
            Columns::new(79, 80, 0, &choices)
        };
        let plain = with(&[]);
        let hidden = with(&[(Column::Foc, Choice::Hidden), (Column::Failed, Choice::Hidden)]);
        assert_eq!((hidden.foc.width, hidden.failed.width), (0, 0));
        assert_eq!(hidden.name.width, plain.name.width + 11);
        let shown = with(&[(Column::Created, Choice::Shown)]);
        assert_eq!(shown.name.width, plain.name.width - WHEN);
        assert_eq!((shown.created.width, shown.created.end()), (WHEN - 1, 79));
        // A name is worth more than a note.
        assert_eq!(with(&[(Column::Note, Choice::Shown)]), plain);
    }
}
