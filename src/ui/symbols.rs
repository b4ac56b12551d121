//! One table of what a state looks like: a symbol of one cell, the same in ASCII, a colour by what it means. Every
//! state is told by symbol and word too, never by colour alone.

use super::theme::Tint;
use crate::app::query::Mark;

/// What a mark looks like.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Symbol {
    /// One cell wide in every terminal that is not set to wide ambiguous characters.
    pub unicode: &'static str,
    /// The same in ASCII.
    pub ascii: &'static str,
    /// Its colour by what it means.
    pub tint: Tint,
}

const fn symbol(unicode: &'static str, ascii: &'static str, tint: Tint) -> Symbol {
    Symbol { unicode, ascii, tint }
}

/// What a mark looks like.
pub const fn of(mark: Mark) -> Symbol {
    match mark {
        Mark::Processing => symbol("…", "~", Tint::Working),
        Mark::Submitted => symbol("↑", "^", Tint::Working),
        Mark::Foc => symbol("◷", "@", Tint::Dated),
        Mark::PendingDocuments => symbol("☐", "!", Tint::WaitsForYou),
        Mark::ChangeRequested => symbol("↻", "?", Tint::Asked),
        Mark::Exception => symbol("⊘", "#", Tint::Wrong),
        Mark::CancelRequested => symbol("↓", "v", Tint::Ending),
        Mark::Successful => symbol("✓", "+", Tint::Done),
        Mark::Partial => symbol("◐", "%", Tint::Asked),
        Mark::Failed => symbol("✗", "x", Tint::Failed),
        Mark::Cancelled => symbol("−", "-", Tint::Ended),
        Mark::Unknown => symbol("·", ".", Tint::Plain),
        Mark::Unread => symbol(" ", " ", Tint::Ended),
    }
}

/// The mark of what needs you.
pub const NEED: &str = "!";
/// The mark of what is to be chosen with others.
pub const MARKED: &str = "*";
/// The bar beside the cursor's line.
pub const CURSOR: &str = "▌";
/// A column of line.
pub const VERTICAL: &str = "│";
/// A cell of line.
pub const HORIZONTAL: &str = "─";
/// Where a column of line ends on a line.
pub const JOINT: &str = "┴";
/// What stands over what is sorted: the least first, the most first.
pub const UP: &str = "↑";
/// The same the other way.
pub const DOWN: &str = "↓";
/// What stands for text that had no room.
pub const ELLIPSIS: &str = "…";
/// A bar's empty cell.
pub const EMPTY: &str = "·";
/// A bar's cells by how many eighths of them are full.
pub const EIGHTHS: [&str; 9] = [EMPTY, "▏", "▎", "▍", "▌", "▋", "▊", "▉", "█"];
/// The corners of a box: top left, top right, bottom left, bottom right.
pub const CORNERS: [&str; 4] = ["┌", "┐", "└", "┘"];

/// What stands for a symbol of ours in ASCII, in as many cells; `?` for any other text.
pub fn ascii(grapheme: &str) -> &'static str {
    if let Some(symbol) = Mark::ALL.into_iter().map(of).find(|symbol| symbol.unicode == grapheme) {
        return symbol.ascii;
    }
    match grapheme {
        "×" => "x",
        "→" | "›" => ">",
        "—" | "–" | "─" => "-",
        "│" | "▌" => "|",
        "┌" | "┐" | "└" | "┘" | "┴" => "+",
        "’" => "'",
        _ => "?",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ui::fit;
    use std::collections::BTreeSet;

    #[test]
    fn every_state_has_a_symbol_of_its_own_one_cell_wide_in_unicode_and_in_ascii() {
        let symbols: Vec<_> = Mark::ALL.into_iter().map(of).collect();
        let unicode: BTreeSet<_> = symbols.iter().map(|symbol| symbol.unicode).collect();
        let ascii: BTreeSet<_> = symbols.iter().map(|symbol| symbol.ascii).collect();
        assert_eq!((unicode.len(), ascii.len()), (Mark::ALL.len(), Mark::ALL.len()));
        for symbol in symbols {
            assert_eq!((fit::width(symbol.unicode), fit::width(symbol.ascii)), (1, 1), "{symbol:?}");
            assert!(symbol.ascii.is_ascii());
        }
    }

    #[test]
    fn whatever_is_drawn_in_ascii_keeps_its_width() {
        for grapheme in ["…", "×", "→", "é", "│", "█", "◷"] {
            let replacement = ascii(grapheme);
            assert!(replacement.is_ascii());
            assert_eq!(fit::width(grapheme), fit::width(replacement), "{grapheme}");
        }
    }
}
