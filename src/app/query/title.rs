//! The title of the terminal's window: what a glance at a taskbar should tell.

use super::line::{count, thousands};
use super::summary::Summary;
use crate::app::model::Model;

/// `chimewatch: 7/10 acquired, 1 failed`, of the list on the screen. Made of numbers only: no text from outside.
pub fn title(model: &Model) -> String {
    let summary = model.current_list().map(|list| list.summary(&model.watch, model.now));
    summary.map_or_else(|| NAME.to_owned(), |summary| of(&summary))
}

const NAME: &str = "chimewatch";

fn of(summary: &Summary) -> String {
    if summary.total == 0 {
        return NAME.to_owned();
    }
    let (acquired, total) = (thousands(summary.acquired), thousands(summary.total));
    let parts = [
        Some(format!("{acquired}/{total} acquired")),
        (summary.failed > 0).then(|| format!("{} failed", thousands(summary.failed))),
        (summary.needs > 0).then(|| count(summary.needs, "needs you", "need you")),
        (summary.settled == summary.orders).then(|| "all settled".to_owned()),
    ];
    format!("{NAME}: {}", parts.into_iter().flatten().collect::<Vec<_>>().join(", "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_title_tells_how_far_the_list_has_come() {
        let summary = |acquired, failed, needs, settled| Summary {
            orders: 2,
            total: 10,
            acquired,
            failed,
            needs,
            settled,
            ..Summary::default()
        };
        let cases = [
            (Summary { orders: 2, ..Summary::default() }, "chimewatch"),
            (summary(0, 0, 0, 0), "chimewatch: 0/10 acquired"),
            (summary(7, 1, 0, 1), "chimewatch: 7/10 acquired, 1 failed"),
            (summary(7, 1, 1, 1), "chimewatch: 7/10 acquired, 1 failed, 1 needs you"),
            (summary(8, 2, 2, 2), "chimewatch: 8/10 acquired, 2 failed, 2 need you, all settled"),
        ];
        for (summary, expected) in cases {
            assert_eq!(of(&summary), expected);
        }
    }
}
