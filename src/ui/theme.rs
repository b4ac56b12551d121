//! What things look like, by what they mean. A theme gives each meaning a look; the one that is built in as `auto`
//! uses the terminal's own sixteen colours on its own background, `mono` no colour at all.

mod color;
mod file;
mod look;
mod set;

pub use color::Depth;
pub use file::Problem;
pub use look::{Look, PARTS, Palette, Part};
pub use set::{AUTO, BUILT_IN, BuiltIn, DARK, LIGHT, Loaded, ThemeFile, Themes};

use super::symbols;
use crate::app::query::Role;
use ratatui::style::Style;

/// Which symbols may be used.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Glyphs {
    /// Symbols of one cell, blocks and lines.
    Unicode,
    /// The same without those that a terminal set to an East Asian language draws two cells wide.
    Narrow,
    /// Nothing beyond ASCII, in names and labels neither.
    Ascii,
}

/// The look of the screen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Theme {
    palette: Palette,
    /// Which symbols may be used.
    pub glyphs: Glyphs,
}

/// What a colour means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tint {
    /// Nothing.
    Plain,
    /// AWS or a carrier works on it.
    Working,
    /// A date is agreed.
    Dated,
    /// It waits for you.
    WaitsForYou,
    /// Something was asked for, or some of it is missing.
    Asked,
    /// Something is wrong with it.
    Wrong,
    /// It is about to end.
    Ending,
    /// All of it is done.
    Done,
    /// It failed.
    Failed,
    /// It ended, or there is nothing yet.
    Ended,
}

impl Theme {
    /// A theme.
    pub const fn new(palette: Palette, glyphs: Glyphs) -> Self {
        Self { palette, glyphs }
    }

    /// How a piece of text looks.
    pub fn style(&self, role: Role) -> Style {
        match role {
            Role::Plain => Style::new(),
            Role::Dim => self.part(Part::Dim),
            Role::Strong => self.part(Part::Strong),
            Role::Key => self.part(Part::Key),
            Role::Need => self.part(Part::Need),
            Role::Urgent => self.part(Part::Urgent),
            Role::Error => self.part(Part::Error),
            Role::Chip => self.selected(),
            Role::State(mark) => self.tint(symbols::of(mark).tint),
        }
    }

    /// How a state looks.
    pub fn tint(&self, tint: Tint) -> Style {
        match tint {
            Tint::Plain => Style::new(),
            Tint::Working => self.part(Part::Working),
            Tint::Dated => self.part(Part::Dated),
            Tint::WaitsForYou => self.part(Part::WaitsForYou),
            Tint::Asked => self.part(Part::Asked),
            Tint::Wrong => self.part(Part::Wrong),
            Tint::Ending => self.part(Part::Ending),
            Tint::Done => self.part(Part::Done),
            Tint::Failed => self.part(Part::Failed),
            Tint::Ended => self.part(Part::Ended),
        }
    }

    /// How the line under the cursor looks: one style for its text, whatever its colours are elsewhere.
    pub fn selected(&self) -> Style {
        self.part(Part::Cursor)
    }

    /// How another part of the screen looks.
    pub fn part(&self, part: Part) -> Style {
        self.palette.look(part).style()
    }
}
