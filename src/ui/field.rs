//! A text field on one line, scrolled so that its cursor is visible.

use super::fit;
use super::pen::Pen;
use crate::app::model::Field;
use crate::app::query::Role;
use crate::app::query::overlay::Focus;
use crate::domain::text::neutralise;
use ratatui::style::Modifier;
use std::ops::Range;

/// The most characters before the cursor that are looked at.
const LOOKED_AT: usize = 200;

/// Draws `label` and the field after it.
pub fn draw(pen: &mut Pen<'_>, x: u16, y: u16, width: u16, label: &str, field: &Field, focus: Focus) {
    draw_marked(pen, (x, y, width), label, field, focus, 0..0);
}

/// The same with the characters from `wrong` marked as such.
pub fn draw_marked(
    pen: &mut Pen<'_>,
    (x, y, width): (u16, u16, u16),
    label: &str,
    field: &Field,
    focus: Focus,
    wrong: Range<usize>,
) {
    let used = pen.text(x, y, width, label, Role::Key);
    let (x, width) = (x + used, width.saturating_sub(used));
    if width == 0 {
        return;
    }
    let skipped = field.cursor.saturating_sub(LOOKED_AT);
    let before = pieces(&field.text, skipped..field.cursor, &wrong);
    let after = pieces(&field.text, field.cursor..usize::MAX, &wrong);
    match focus {
        Focus::Elsewhere => {
            draw_pieces(pen, x, y, width, before.iter().chain(&after));
        }
        Focus::Here => {
            let before = ends_of(before, width.saturating_sub(1));
            let at = x + draw_pieces(pen, x, y, width, &before);
            let text = after.first().map_or("", |(text, _)| text.as_str());
            let under = fit::graphemes(text).next().map_or(" ", |(grapheme, _)| grapheme).to_owned();
            let selected = pen.theme().selected();
            let left = (x + width).saturating_sub(at);
            let taken = pen.styled_text(at, y, left, &under, selected);
            let mut after = after;
            if let Some((text, _)) = after.first_mut() {
                *text = text.strip_prefix(&under).unwrap_or_default().to_owned();
            }
            draw_pieces(pen, at + taken, y, left.saturating_sub(taken), &after);
        }
    }
}

/// A run of characters as they are shown, and whether they are wrong.
type Piece = (String, bool);

/// The characters in `range`, what is wrong apart from the rest. What is typed or pasted is no safer than what comes
/// over the wire.
fn pieces(text: &str, range: Range<usize>, wrong: &Range<usize>) -> Vec<Piece> {
    let edges =
        [range.start, wrong.start.clamp(range.start, range.end), wrong.end.clamp(range.start, range.end)];
    let ends = [edges[1], edges[2], range.end];
    let piece = |(start, end): (usize, usize)| {
        let shown = neutralise(&text.chars().take(end).skip(start).collect::<String>());
        (shown, wrong.contains(&start))
    };
    edges.into_iter().zip(ends).map(piece).filter(|(text, _)| !text.is_empty()).collect()
}

/// Draws pieces one after the other; returns the cells they took.
fn draw_pieces<'p>(
    pen: &mut Pen<'_>,
    x: u16,
    y: u16,
    width: u16,
    pieces: impl IntoIterator<Item = &'p Piece>,
) -> u16 {
    let mut used = 0;
    for (text, is_wrong) in pieces {
        let style = match is_wrong {
            true => pen.theme().style(Role::Error).add_modifier(Modifier::UNDERLINED),
            false => pen.theme().style(Role::Plain),
        };
        used += pen.styled_text(x + used, y, width.saturating_sub(used), text, style);
    }
    used
}

/// The ends of pieces that take at most `cells` together.
fn ends_of(pieces: Vec<Piece>, cells: u16) -> Vec<Piece> {
    let mut left = cells;
    let mut kept: Vec<Piece> = Vec::new();
    for (text, is_wrong) in pieces.into_iter().rev() {
        let end = end_of(&text, left).to_owned();
        left -= fit::width(&end);
        kept.insert(0, (end, is_wrong));
    }
    kept
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
