//! The meanings that a theme gives a look to, as one table, and the looks themselves.

use ratatui::style::{Color, Modifier, Style};

/// What a theme can give a look to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// All of the screen, and what has no look of its own.
    Ground,
    /// What the eye may skip.
    Dim,
    /// A title.
    Strong,
    /// A key in a hint.
    Key,
    /// It needs you.
    Need,
    /// It needs you, and waiting costs something.
    Urgent,
    /// It did not work.
    Error,
    /// Processing, Submitted.
    Working,
    /// FOC.
    Dated,
    /// `PendingDocuments`.
    WaitsForYou,
    /// `ChangeRequested`, Partial.
    Asked,
    /// Exception.
    Wrong,
    /// `CancelRequested`.
    Ending,
    /// Successful, Acquired.
    Done,
    /// Failed.
    Failed,
    /// Cancelled.
    Ended,
    /// The line under the cursor.
    Cursor,
    /// The tab of the list that is shown.
    Tab,
    /// The headings of columns.
    Heading,
    /// Lines between regions, and around boxes.
    Border,
    /// What is done, in a bar.
    Bar,
    /// What is not.
    BarRest,
    /// Added to a row that changed a moment ago.
    Changed,
    /// Added to a row whose last answer is old.
    Stale,
    /// Added to what lies below a box.
    Below,
}

/// Every part with its name in a theme file.
pub const PARTS: &[(Part, &str)] = &[
    (Part::Ground, "ground"),
    (Part::Dim, "dim"),
    (Part::Strong, "strong"),
    (Part::Key, "key"),
    (Part::Need, "need"),
    (Part::Urgent, "urgent"),
    (Part::Error, "error"),
    (Part::Working, "working"),
    (Part::Dated, "dated"),
    (Part::WaitsForYou, "waits-for-you"),
    (Part::Asked, "asked"),
    (Part::Wrong, "wrong"),
    (Part::Ending, "ending"),
    (Part::Done, "done"),
    (Part::Failed, "failed"),
    (Part::Ended, "ended"),
    (Part::Cursor, "cursor"),
    (Part::Tab, "tab"),
    (Part::Heading, "heading"),
    (Part::Border, "border"),
    (Part::Bar, "bar"),
    (Part::BarRest, "bar-rest"),
    (Part::Changed, "changed"),
    (Part::Stale, "stale"),
    (Part::Below, "below"),
];

/// How a part looks. Smaller than a [`Style`], because every region has a copy of all of them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Look {
    /// The colour of the text; none for the one that is there.
    pub fg: Option<Color>,
    /// The colour behind it; none for the one that is there.
    pub bg: Option<Color>,
    /// Bold, dim, italic, underlined, reversed.
    pub modifiers: Modifier,
}

impl Look {
    /// The same for the screen.
    pub fn style(self) -> Style {
        Style { fg: self.fg, bg: self.bg, ..Style::new().add_modifier(self.modifiers) }
    }
}

/// The looks of all parts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Palette([Look; PARTS.len()]);

impl Palette {
    /// How a part looks.
    pub const fn look(&self, part: Part) -> Look {
        self.0[part as usize]
    }

    /// Gives a part another look.
    pub(super) const fn set(&mut self, part: Part, look: Look) {
        self.0[part as usize] = look;
    }

    /// True where no part has a colour.
    pub fn is_without_colour(&self) -> bool {
        self.0.iter().all(|look| look.fg.is_none() && look.bg.is_none())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_part_has_its_own_place_and_name() {
        for (place, (part, name)) in PARTS.iter().enumerate() {
            assert_eq!(*part as usize, place, "{name}");
            assert_eq!(PARTS.iter().filter(|(_, other)| other == name).count(), 1, "{name}");
        }
    }
}
