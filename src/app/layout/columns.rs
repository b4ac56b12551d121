//! The columns of the list: which of them stand at which width, and where.

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
    /// The first eight characters of the id.
    pub id: Span,
}

impl Columns {
    /// The columns of rows `width` wide on a terminal of `terminal` columns; `place` is what the place asks for.
    pub fn new(width: u16, terminal: u16, place: u16) -> Self {
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
        let has_numbers = terminal >= NUMBERS_FROM;
        let done = if width < 30 { 6 } else { 8 };
        let failed = if has_numbers { 4 } else { 0 };
        let foc = if has_numbers { 7 } else { 0 };
        let since = if has_numbers { 8 } else { 0 };
        let fixed = 3 + status + 1 + done + failed + foc + since;
        let room = width.saturating_sub(fixed);
        // Where an order lives is worth more than what its numbers and the order beside the rows say too.
        let place = if has_numbers && place > 0 && room > LEAST_NAME + place { place + 1 } else { 0 };
        let has_room = |extra: u16| room > LEAST_NAME + place + extra;
        let (bar, id) = match terminal {
            BAR_FROM.. if has_room(BAR + ID) => (BAR, ID),
            BAR_FROM.. if has_room(BAR) => (BAR, 0),
            _ => (0, 0),
        };
        let room = room.saturating_sub(bar + id);
        let name = room.saturating_sub(place).min(WIDEST_NAME);

        let mut place_next = Placer { x: 0, end: width };
        let gutter = place_next.next(0, 3);
        let status = place_next.next(0, status);
        let name = place_next.next(1, name);
        Self {
            wording,
            gutter,
            status,
            name,
            place: place_next.column(place),
            done: place_next.column(done),
            bar: place_next.column(bar),
            failed: place_next.column(failed),
            foc: place_next.column(foc),
            since: place_next.column(since),
            id: place_next.column(id),
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
            let columns = Columns::new(width, BAR_FROM, place);
            [columns.place, columns.bar, columns.id].map(|span| !span.is_empty())
        };
        assert_eq!(stand(100, 0), [false, true, true]);
        assert_eq!(stand(100, 17), [true, true, false]);
        assert_eq!(stand(90, 17), [true, false, false]);
        assert_eq!(stand(80, 17), [false, true, false]);
        assert_eq!(stand(120, 17), [true, true, true]);
    }
}
