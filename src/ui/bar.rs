//! A progress bar: whole cells and one of eighths, `████████▏······`; in ASCII `[#####-----]`.

use super::pen::Pen;
use super::symbols::{EIGHTHS, EMPTY};
use super::theme::{Glyphs, Part};

/// How much of something is done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Bar {
    /// What is done.
    pub done: usize,
    /// All there is.
    pub total: usize,
}

impl Bar {
    /// Hundredths, rounded down, so that 100 means all.
    pub const fn percent(self) -> usize {
        match self.total {
            0 => 0,
            total => self.done.saturating_mul(100) / total,
        }
    }

    /// How many of `parts` are done, rounded down.
    const fn of(self, parts: usize) -> usize {
        match self.total {
            0 => 0,
            total => self.done.saturating_mul(parts) / total,
        }
    }

    /// Draws it in `width` cells.
    pub fn draw(self, pen: &mut Pen<'_>, x: u16, y: u16, width: u16) {
        match pen.theme().glyphs {
            Glyphs::Unicode => self.draw_blocks(pen, x, y, width),
            Glyphs::Narrow | Glyphs::Ascii => self.draw_ascii(pen, x, y, width),
        }
    }

    fn draw_blocks(self, pen: &mut Pen<'_>, x: u16, y: u16, width: u16) {
        let mut eighths = self.of(usize::from(width) * 8);
        for cell in 0..width {
            let full = eighths.min(8);
            eighths -= full;
            let part = if full == 0 { Part::BarRest } else { Part::Bar };
            pen.part(x + cell, y, 1, EIGHTHS.get(full).unwrap_or(&EMPTY), part);
        }
    }

    fn draw_ascii(self, pen: &mut Pen<'_>, x: u16, y: u16, width: u16) {
        let inner = usize::from(width.saturating_sub(2));
        let full = self.of(inner);
        let text = format!("[{}{}]", "#".repeat(full), "-".repeat(inner - full));
        pen.part(x, y, width, &text, Part::Bar);
    }
}
