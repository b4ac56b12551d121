//! A text field on one line, scrolled so that its cursor is visible.

use super::fit;
use super::pen::Pen;
use crate::app::model::Field;
use crate::app::query::Role;
use crate::app::query::overlay::Focus;
use crate::domain::text::neutralise;

/// The most characters before the cursor that are looked at.
const LOOKED_AT: usize = 200;

/// Draws `label` and the field after it; returns the cells it took.
pub fn draw(pen: &mut Pen<'_>, x: u16, y: u16, width: u16, label: &str, field: &Field, focus: Focus) {
    let used = pen.text(x, y, width, label, Role::Key);
    let (x, width) = (x + used, width.saturating_sub(used));
    if width == 0 {
        return;
    }
    // What is typed or pasted is no safer than what comes over the wire.
    let before: String = {
        let skipped = field.cursor.saturating_sub(LOOKED_AT);
        neutralise(&field.text.chars().take(field.cursor).skip(skipped).collect::<String>())
    };
    let after = neutralise(&field.text.chars().skip(field.cursor).collect::<String>());
    match focus {
        Focus::Elsewhere => {
            pen.text(x, y, width, &format!("{before}{after}"), Role::Plain);
        }
        Focus::Here => {
            let before = end_of(&before, width.saturating_sub(1));
            let at = x + pen.text(x, y, width, before, Role::Plain);
            let under = fit::graphemes(&after).next().map_or(" ", |(grapheme, _)| grapheme);
            let selected = pen.theme().selected();
            let left = (x + width).saturating_sub(at);
            let taken = pen.styled_text(at, y, left, under, selected);
            let rest = after.strip_prefix(under).unwrap_or_default();
            pen.text(at + taken, y, left.saturating_sub(taken), rest, Role::Plain);
        }
    }
}

/// The end of a text that takes at most `cells`.
fn end_of(text: &str, cells: u16) -> &str {
    let mut rest = text;
    while fit::width(rest) > cells {
        let mut characters = rest.chars();
        characters.next();
        rest = characters.as_str();
    }
    rest
}
