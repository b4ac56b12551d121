//! Orders and numbers as CSV (RFC 4180), safe to open in a spreadsheet.
//!
//! A cell that begins with `=`, `+`, `-` or `@` is a formula to a spreadsheet: it gets an apostrophe before it, which
//! a spreadsheet hides. A telephone number is left as it is: `+` and digits come to no more than a number, and the
//! scripts that read these files want E.164.

use super::Subject;
use crate::domain::number::Counts;
use crate::domain::{E164, NumberText};

const ORDERS: &str = "order_id,label,status,order_type,product_type,acquired,failed,waiting,total,created,updated,\
                      foc_date,read_at,profile,region,note";
const NUMBERS: &str = "number,status,order_id,order";

/// Orders, one a line, below the names of the columns.
pub fn orders(orders: &[Subject]) -> String {
    written(ORDERS, orders.iter().map(order))
}

/// Numbers with their orders, one a line, below the names of the columns.
pub fn numbers<'n>(numbers: impl IntoIterator<Item = (NumberText<'n>, String, &'n Subject)>) -> String {
    let line = |(number, status, order): (NumberText<'n>, String, &'n Subject)| {
        row([number.raw(), status, order.entry.id.to_string(), order.name()])
    };
    written(NUMBERS, numbers.into_iter().map(line))
}

pub(super) fn written(head: &str, rows: impl Iterator<Item = String>) -> String {
    let mut text = head.to_owned();
    text.push_str("\r\n");
    for row in rows {
        text.push_str(&row);
        text.push_str("\r\n");
    }
    text
}

fn order(subject: &Subject) -> String {
    let Subject { entry, key, snapshot } = subject;
    let text =
        |text: &Option<crate::domain::Text>| text.as_ref().map(ToString::to_string).unwrap_or_default();
    let known = snapshot.as_deref();
    let order = known.map(|known| &known.order);
    let at = |at: Option<jiff::Timestamp>| at.map(|at| at.to_string()).unwrap_or_default();
    let counts = known.map(|known| known.counts);
    let count = |of: fn(Counts) -> u32| counts.map(|counts| of(counts).to_string()).unwrap_or_default();
    let waiting = |counts: Counts| counts.total.saturating_sub(counts.acquired + counts.failed);
    row([
        entry.id.to_string(),
        text(&entry.label),
        order.map(|order| order.status.to_string()).unwrap_or_default(),
        order.and_then(|order| order.order_type.as_ref()).map(ToString::to_string).unwrap_or_default(),
        order.and_then(|order| order.product_type.as_ref()).map(ToString::to_string).unwrap_or_default(),
        count(|counts| counts.acquired),
        count(|counts| counts.failed),
        count(waiting),
        count(|counts| counts.total),
        at(order.and_then(|order| order.created)),
        at(order.and_then(|order| order.updated)),
        order.and_then(|order| order.foc_date.as_ref()).map(|date| date.raw().to_owned()).unwrap_or_default(),
        known.map(|known| known.read_at.strftime("%Y-%m-%dT%H:%M:%SZ").to_string()).unwrap_or_default(),
        key.as_ref().map(|key| key.scope.profile_name().to_owned()).unwrap_or_default(),
        key.as_ref().map(|key| key.scope.region.to_string()).unwrap_or_default(),
        text(&entry.note),
    ])
}

pub(super) fn row<const N: usize>(cells: [String; N]) -> String {
    cells.map(|text| cell(&text)).join(",")
}

/// A text as a cell.
pub fn cell(text: &str) -> String {
    let is_formula = text.starts_with(['=', '+', '-', '@', '\t', '\r']) && E164::parse(text).is_none();
    let guarded = if is_formula { format!("'{text}") } else { text.to_owned() };
    if guarded.contains(['"', ',', '\n', '\r']) {
        format!("\"{}\"", guarded.replace('"', "\"\""))
    } else {
        guarded
    }
}
