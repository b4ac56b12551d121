//! The help: every key from the live keymap, and what the symbols mean.

use crate::app::query::{Line, Mark, Role};
use crate::keymap::Keymap;
use crate::ui::{fit, symbols};

/// Where there is less room than this, one key stands for all of an action's.
const ALL_KEYS_FROM: u16 = 60;

/// Lines of the help for `width` cells.
pub fn lines(keymap: &Keymap, width: u16) -> Vec<Line<'static>> {
    let rows: Vec<_> = keymap
        .rows(None)
        .into_iter()
        .map(|row| {
            let first = row.keys.split(", ").next().unwrap_or_default();
            let keys = if width < ALL_KEYS_FROM { first.to_owned() } else { row.keys };
            (keys, row.summary)
        })
        .collect();
    let widest = rows.iter().map(|(keys, _)| fit::width(keys)).max().unwrap_or(0);
    let mut lines: Vec<_> = rows
        .into_iter()
        .map(|(keys, summary)| {
            let padding = " ".repeat(usize::from(widest.saturating_sub(fit::width(&keys))));
            Line::of(format!(" {keys}{padding}"), Role::Key).then(format!("  {summary}"), Role::Plain)
        })
        .collect();
    lines.push(Line::default());
    lines.push(Line::of(" Symbols", Role::Strong));
    lines.extend(Mark::ALL.into_iter().filter_map(legend));
    lines.push(Line::of(format!(" {}", symbols::NEED), Role::Need).then("  needs you", Role::Plain));
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
        assert_eq!(lines(&Keymap::default(), 80).len(), help_lines());
    }
}
