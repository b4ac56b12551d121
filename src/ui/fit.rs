//! Text to cells: how wide it is, and how much of it fits. A grapheme is never split.

use ratatui::buffer::CellWidth;
use std::borrow::Cow;
use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

/// The most bytes that one cell may hold: a letter with its marks, not a flood of them.
pub const CELL_BYTES: usize = 40;

/// The cells that a text takes.
pub fn width(text: &str) -> u16 {
    if is_plain(text) {
        return u16::try_from(text.len()).unwrap_or(u16::MAX);
    }
    graphemes(text).fold(0, |sum, (_, width)| sum.saturating_add(width))
}

/// True for one byte a cell: what nearly every text is.
pub fn is_plain(text: &str) -> bool {
    text.bytes().all(|byte| (0x20..0x7f).contains(&byte))
}

/// True for what a terminal draws two cells wide if it is set to an East Asian language, and one if not.
pub fn is_ambiguous(grapheme: &str) -> bool {
    grapheme.width() != grapheme.width_cjk()
}

/// The graphemes that can be drawn, each with its cells.
pub fn graphemes(text: &str) -> impl Iterator<Item = (&str, u16)> {
    text.graphemes(true)
        .filter(|grapheme| !grapheme.contains(char::is_control))
        .map(|grapheme| {
            let grapheme = short(grapheme);
            (grapheme, grapheme.cell_width())
        })
        .filter(|(_, width)| *width > 0)
}

/// As many of a grapheme's characters as a cell may hold.
fn short(grapheme: &str) -> &str {
    if grapheme.len() <= CELL_BYTES {
        return grapheme;
    }
    let end = grapheme.char_indices().map(|(start, _)| start).take_while(|start| *start <= CELL_BYTES).last();
    end.and_then(|end| grapheme.get(..end)).unwrap_or_default()
}

/// A text that takes at most `cells`: itself, or its start and an ellipsis.
pub fn fit(text: &str, cells: u16) -> Cow<'_, str> {
    if width(text) <= cells {
        return Cow::Borrowed(text);
    }
    let Some(room) = cells.checked_sub(1) else { return Cow::Borrowed("") };
    let mut fitted = String::with_capacity(text.len().min(4 * usize::from(cells)));
    let mut used = 0;
    for (grapheme, width) in graphemes(text) {
        if used + width > room {
            break;
        }
        used += width;
        fitted.push_str(grapheme);
    }
    let kept = fitted.trim_end().len();
    fitted.truncate(kept);
    fitted.push_str(super::symbols::ELLIPSIS);
    Cow::Owned(fitted)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_is_cut_between_graphemes_and_says_so() {
        let cases = [
            ("Toll-free", 9, "Toll-free"),
            ("Toll-free", 8, "Toll-fr…"),
            ("Toll free", 6, "Toll…"),
            ("Toll-free", 1, "…"),
            ("Toll-free", 0, ""),
            ("", 0, ""),
            ("東京タワー", 10, "東京タワー"),
            ("東京タワー", 9, "東京タワ…"),
            ("東京タワー", 8, "東京タ…"),
            ("e\u{301}e\u{301}e\u{301}", 3, "e\u{301}e\u{301}e\u{301}"),
            ("e\u{301}e\u{301}e\u{301}", 2, "e\u{301}…"),
            ("👩‍👩‍👧 family", 4, "👩‍👩‍👧…"),
        ];
        for (text, cells, expected) in cases {
            let fitted = fit(text, cells);
            assert_eq!(fitted, expected, "{text} in {cells}");
            assert!(width(&fitted) <= cells, "{text} in {cells}");
        }
    }

    #[test]
    fn a_cell_holds_forty_bytes_at_most() {
        let flood = format!("a{}", "\u{301}".repeat(100));
        let (grapheme, width) = graphemes(&flood).next().unwrap();
        assert!(grapheme.len() <= CELL_BYTES && width == 1);
    }
}
