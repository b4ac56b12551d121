//! Orders and numbers as rows of a Markdown table.

use super::Subject;
use crate::domain::NumberText;
use crate::domain::number::Counts;
use std::fmt::Write as _;

/// The head of a table of orders.
const ORDERS: &str = "| Order | Status | Done | Failed | FOC | ID |\n|---|---|--:|--:|---|---|\n";
/// The head of a table of numbers.
pub const NUMBERS: &str = "| Number | Status | Order |\n|---|---|---|\n";

/// An order as one row.
pub fn row(order: &Subject) -> String {
    let snapshot = order.snapshot.as_deref();
    let status = snapshot.map_or_else(|| "not read yet".to_owned(), |known| known.order.status.to_string());
    let (done, failed) = match snapshot.map(|known| known.counts) {
        Some(Counts { acquired, failed, total, .. }) => (format!("{acquired}/{total}"), failed.to_string()),
        None => Default::default(),
    };
    let foc = snapshot.and_then(|known| known.order.foc_date.as_ref()).map(ToString::to_string);
    let cells = [order.name(), status, done, failed, foc.unwrap_or_default(), order.entry.id.to_string()];
    cells.iter().fold("|".to_owned(), |mut row, text| {
        // Writing into a String cannot fail.
        let _ = write!(row, " {} |", cell(text));
        row
    })
}

/// Orders as a table, with its head.
pub fn table(orders: &[Subject]) -> String {
    ORDERS.to_owned() + &super::lines(orders.iter().map(row))
}

/// A number with its order as one row.
pub fn number(number: NumberText<'_>, status: &str, order: &str) -> String {
    format!("| {} | {} | {} |", cell(&number.grouped()), cell(status), cell(order))
}

/// A text as a cell shows it: what Markdown or HTML would take for its own is escaped.
pub fn cell(text: &str) -> String {
    let mut cell = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '\\' | '|' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '&' | '~' | '#' | '!' => {
                cell.extend(['\\', character]);
            }
            '\n' | '\r' => cell.push(' '),
            other => cell.push(other),
        }
    }
    cell
}
