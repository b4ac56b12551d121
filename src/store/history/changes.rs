//! The rows of changes.

use super::{millis, time};
use crate::domain::{
    Change, ChangeKind, FocDate, Interval, NumberStatus, OrderKey, OrderStatus, Snapshot, Text,
};
use rusqlite::{Connection, OptionalExtension, Row};

/// A change as its row holds it.
struct Columns<'a> {
    kind: &'static str,
    number: Option<&'a str>,
    was: Option<&'a str>,
    became: Option<&'a str>,
}

fn columns(kind: &ChangeKind) -> Columns<'_> {
    match kind {
        ChangeKind::Order { from, to } => {
            Columns { kind: "order", number: None, was: Some(from.raw()), became: Some(to.raw()) }
        }
        ChangeKind::Number { number, from, to } => Columns {
            kind: "number",
            number: Some(number.raw()),
            was: Some(from.raw()),
            became: Some(to.raw()),
        },
        ChangeKind::NumberAppeared { number, status } => Columns {
            kind: "number_appeared",
            number: Some(number.raw()),
            was: None,
            became: Some(status.raw()),
        },
        ChangeKind::NumberGone { number, status } => {
            Columns { kind: "number_gone", number: Some(number.raw()), was: Some(status.raw()), became: None }
        }
        ChangeKind::FocDate { from, to } => Columns {
            kind: "foc_date",
            number: None,
            was: from.as_ref().map(FocDate::raw),
            became: to.as_ref().map(FocDate::raw),
        },
    }
}

/// Appends a change to the order in row `serial`; the change as it was recorded.
pub(super) fn append(
    connection: &Connection,
    serial: i64,
    key: &OrderKey,
    kind: ChangeKind,
    seen: Interval,
) -> rusqlite::Result<Change> {
    let Columns { kind: name, number, was, became } = columns(&kind);
    connection
        .prepare_cached(
            "INSERT INTO changes (serial, kind, number, was, became, after, by) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
        )?
        .execute((serial, name, number, was, became, seen.after.map(millis), millis(seen.by)))?;
    let sequence = connection.last_insert_rowid().unsigned_abs();
    Ok(Change { sequence, key: key.clone(), kind, seen })
}

/// True where this very change is there already: handed in again after a commit whose answer got lost.
pub(super) fn is_recorded(connection: &Connection, serial: i64, change: &Change) -> rusqlite::Result<bool> {
    let Columns { kind, number, was, became } = columns(&change.kind);
    connection
        .prepare_cached(
            "SELECT 1 FROM changes WHERE serial = ?1 AND kind = ?2 AND number IS ?3 AND was IS ?4 AND became IS ?5
             AND after IS ?6 AND by = ?7",
        )?
        .query_row(
            (serial, kind, number, was, became, change.seen.after.map(millis), millis(change.seen.by)),
            |_| Ok(()),
        )
        .optional()
        .map(|found| found.is_some())
}

/// True where `snapshot` already is as the change made it.
pub(super) fn is_shown(snapshot: &Snapshot, kind: &ChangeKind) -> bool {
    let order = &snapshot.order;
    let has = |number: &Text, status: &NumberStatus| {
        order.numbers.iter().any(|each| each.status == *status && each.number.raw() == number.raw())
    };
    match kind {
        ChangeKind::Order { to, .. } => order.status == *to,
        ChangeKind::FocDate { to, .. } => order.foc_date == *to,
        ChangeKind::Number { number, to, .. } => has(number, to),
        ChangeKind::NumberAppeared { number, status } => has(number, status),
        ChangeKind::NumberGone { number, .. } => {
            !order.numbers.iter().any(|each| each.number.raw() == number.raw())
        }
    }
}

/// The columns that [`read`] reads, in its order.
pub(super) const COLUMNS: &str = "c.sequence, c.kind, c.number, c.was, c.became, c.after, c.by";

/// A change of the order `key`; none of a kind that a newer release wrote.
pub(super) fn read(row: &Row<'_>, key: OrderKey) -> rusqlite::Result<Option<Change>> {
    let text = |column: usize| row.get_ref(column)?.as_str_or_null().map_err(rusqlite::Error::from);
    let number = || Ok::<_, rusqlite::Error>(Text::new(text(2)?.unwrap_or_default()));
    let state =
        |column: usize| Ok::<_, rusqlite::Error>(NumberStatus::parse(text(column)?.unwrap_or_default()));
    let kind = match text(1)?.unwrap_or_default() {
        "order" => ChangeKind::Order {
            from: OrderStatus::parse(text(3)?.unwrap_or_default()),
            to: OrderStatus::parse(text(4)?.unwrap_or_default()),
        },
        "number" => ChangeKind::Number { number: number()?, from: state(3)?, to: state(4)? },
        "number_appeared" => ChangeKind::NumberAppeared { number: number()?, status: state(4)? },
        "number_gone" => ChangeKind::NumberGone { number: number()?, status: state(3)? },
        "foc_date" => {
            ChangeKind::FocDate { from: text(3)?.map(FocDate::new), to: text(4)?.map(FocDate::new) }
        }
        _ => return Ok(None),
    };
    let seen = Interval { after: row.get::<_, Option<i64>>(5)?.map(time), by: time(row.get(6)?) };
    Ok(Some(Change { sequence: row.get::<_, i64>(0)?.unsigned_abs(), key, kind, seen }))
}
