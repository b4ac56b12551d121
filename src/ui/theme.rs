//! What things look like, by what they mean: on the terminal's own sixteen colours and its own background, or
//! without any colour.

use super::symbols;
use crate::app::query::Role;
use ratatui::style::{Color, Modifier, Style};

/// Whether colour may be used.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Palette {
    /// The terminal's own sixteen colours on its own background.
    Auto,
    /// Modifiers only: no colour command ever reaches the terminal.
    Mono,
}

/// Which symbols may be used.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Glyphs {
    /// Symbols of one cell, blocks and lines.
    Unicode,
    /// Nothing beyond ASCII, in names and labels neither.
    Ascii,
}

/// The look of the screen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Theme {
    /// Whether colour may be used.
    pub palette: Palette,
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
    pub const fn style(self, role: Role) -> Style {
        let style = Style::new();
        match role {
            Role::Plain => style,
            Role::Dim => style.add_modifier(Modifier::DIM),
            Role::Strong | Role::Key => style.add_modifier(Modifier::BOLD),
            Role::Need => self.colour(Color::Yellow).add_modifier(Modifier::BOLD),
            Role::Urgent => self.colour(Color::Red).add_modifier(Modifier::BOLD),
            Role::Error => self.colour(Color::Red),
            Role::Chip => self.selected(),
            Role::State(mark) => self.tint(symbols::of(mark).tint),
        }
    }

    /// How a state looks.
    pub const fn tint(self, tint: Tint) -> Style {
        let bold = Modifier::BOLD;
        match tint {
            Tint::Plain => Style::new(),
            Tint::Working => self.colour(Color::Cyan),
            // The dark blue of many terminals cannot be read on black.
            Tint::Dated => self.colour(Color::LightBlue),
            Tint::WaitsForYou => self.colour(Color::Yellow).add_modifier(bold),
            Tint::Asked => self.colour(Color::Yellow),
            Tint::Wrong => self.colour(Color::Red),
            Tint::Ending => self.colour(Color::Magenta),
            Tint::Done => self.colour(Color::Green),
            Tint::Failed => self.colour(Color::Red).add_modifier(bold),
            Tint::Ended => Style::new().add_modifier(Modifier::DIM),
        }
    }

    /// How the line under the cursor looks: one style for its text, whatever its colours are elsewhere.
    pub const fn selected(self) -> Style {
        Style::new().add_modifier(Modifier::REVERSED)
    }

    const fn colour(self, colour: Color) -> Style {
        match self.palette {
            Palette::Auto => Style::new().fg(colour),
            Palette::Mono => Style::new(),
        }
    }
}
