//! The help: every key from the live keymap, and what the symbols mean.

use crate::app::query::overlay::{ALL_KEYS_FROM, help_keys, help_summary};
use crate::app::query::{Line, Mark, Role};
use crate::keymap::Keymap;
use crate::ui::{fit, symbols};

/// Lines of the help for `width` cells.
pub fn lines(keymap: &Keymap, width: u16) -> Vec<Line<'static>> {
    let keys_width = help_keys(width);
    let mut lines = Vec::new();
    for row in keymap.rows(None) {
        let first = row.keys.split(", ").next().unwrap_or_default();
        let keys = if width < ALL_KEYS_FROM { first } else { &row.keys };
        let keys = fit::fit(keys, keys_width);
        let padding = " ".repeat(usize::from(keys_width.saturating_sub(fit::width(&keys))));
        let mut line = Line::of(format!(" {keys}{padding}"), Role::Key);
        for words in help_summary(row.summary, width) {
            lines.push(line.then(format!("  {words}"), Role::Plain));
            line = Line::of(" ".repeat(usize::from(keys_width) + 1), Role::Key);
        }
    }
    lines.push(Line::default());
    lines.push(Line::of(" Symbols", Role::Strong));
    lines.extend(Mark::ALL.into_iter().filter_map(legend));
    lines.push(Line::of(format!(" {}", symbols::NEED), Role::Need).then("  needs you", Role::Plain));
    lines.push(
        Line::of(format!(" {}", symbols::MARKED), Role::Key).then("  marked: keys act on it", Role::Plain),
    );
    lines.push(Line::of(" bold", Role::Strong).then("  changed a moment ago", Role::Plain));
    lines
}

fn legend(mark: Mark) -> Option<Line<'static>> {
    let words = match mark {
        Mark::Processing => "Processing; of a number: waiting",
        Mark::Submitted => "Submitted",
        Mark::Foc => "FOC: a date is agreed",
        Mark::PendingDocuments => "PendingDocuments",
        Mark::ChangeRequested => "ChangeRequested",
        Mark::Exception => "Exception",
        Mark::CancelRequested => "CancelRequested",
        Mark::Successful => "Successful; of a number: Acquired",
        Mark::Partial => "Partial",
        Mark::Failed => "Failed",
        Mark::Cancelled => "Cancelled",
        Mark::Unknown => "a state that this program does not know",
        Mark::Unread => return None,
    };
    Some(Line::of(" ", Role::Plain).symbol(mark).then(format!("  {words}"), Role::Plain))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::query::overlay::help_lines;

    #[test]
    fn scrolling_reckons_with_as_many_lines_as_are_drawn() {
        for width in [40, 50, 60, 80, 84, 100, 200] {
            assert_eq!(lines(&Keymap::default(), width).len(), help_lines(width), "{width}");
        }
    }
}
