//! What a first frame knows of its orders: their rows without the numbers, read ahead of the word which of them are
//! wanted. While ten thousand entries of a list are read, so are the rows of their orders.

use super::{orders, reader};
use crate::domain::{OrderKey, PhoneNumberOrderId, Scope, Snapshot};
use rusqlite::{Connection, Row, Rows};
use std::collections::HashMap;
use std::hint::black_box;
use std::sync::Arc;

/// More than the rows between two questions take, less than what glibc gives back when it is freed.
const ROOM: usize = 60 << 10;
/// Rows between two questions to the [`Demand`]; a row takes two microseconds.
const ROWS_A_GLANCE: usize = 64;
/// From so many of the file's orders on (one in this many) reading all rows is faster than looking each up.
const SCAN_FROM: i64 = 4;
/// The most rows that are read before it is said which are wanted: some 10 MiB.
const AHEAD: usize = 20_000;

/// Whoever wants to know.
pub trait Demand {
    /// Which orders are wanted, once that is known.
    fn named(&mut self) -> Option<Vec<OrderKey>>;

    /// The same, waited for; none where nobody will say.
    fn wait(&mut self) -> Option<Vec<OrderKey>>;

    /// Takes orders that are wanted and known, in no certain order: first those that were read ahead, then the rest.
    fn take(&mut self, found: Vec<Outline>);

    /// Whether what has been read by now has to do.
    fn is_late(&mut self) -> bool;
}

/// An order that is known, without its numbers.
pub type Outline = (OrderKey, Arc<Snapshot>);

/// Reads the orders that are wanted and known.
pub(super) fn read(connection: &Connection, demand: &mut impl Demand) -> rusqlite::Result<()> {
    let mut statement = connection.prepare(&format!("SELECT {}, o.scope FROM orders o", orders::OUTLINE))?;
    let mut rows = statement.query(())?;
    let (ahead, named) = read_ahead(&mut rows, demand)?;
    let Some(keys) = named.or_else(|| demand.wait()) else { return Ok(()) };
    let scopes = reader::scope_ids(connection)?;
    if !is_worth_scanning(connection, keys.len())? {
        return look_up(connection, &scopes, keys, demand);
    }
    let wanted = places(&keys, &scopes);
    let mut keys: Vec<_> = keys.into_iter().map(Some).collect();
    let mut take = |scope, id| keys.get_mut(*wanted.get(&(scope, id))?)?.take();
    let found = ahead.into_iter().filter_map(|(scope, each)| Some((take(scope, each.order.id)?, each)));
    demand.take(found.collect());
    let mut found = Vec::new();
    let mut count = 0;
    while let Some(row) = rows.next()? {
        let id = orders::id(row, 0)?;
        if let Some(key) = take(row.get(20)?, id) {
            found.push((key, outline(row, id)?));
        }
        count += 1;
        if count % ROWS_A_GLANCE == 0 {
            if demand.is_late() {
                break;
            }
            make_room();
        }
    }
    demand.take(found);
    Ok(())
}

/// Rows with the numbers of their scopes, and the orders that are wanted if somebody has said so meanwhile.
type Ahead = (Vec<(i64, Arc<Snapshot>)>, Option<Vec<OrderKey>>);

/// Reads rows until it is said which are wanted.
fn read_ahead(rows: &mut Rows<'_>, demand: &mut impl Demand) -> rusqlite::Result<Ahead> {
    let mut ahead = Vec::new();
    let mut named = demand.named();
    while named.is_none()
        && ahead.len() < AHEAD
        && let Some(row) = rows.next()?
    {
        let id = orders::id(row, 0)?;
        ahead.push((row.get(20)?, outline(row, id)?));
        if ahead.len() % ROWS_A_GLANCE == 0 {
            named = demand.named();
            make_room();
        }
    }
    Ok((ahead, named))
}

/// The place of each key by what its row says.
fn places(keys: &[OrderKey], scopes: &HashMap<Scope, i64>) -> HashMap<(i64, PhoneNumberOrderId), usize> {
    let mut places = HashMap::with_capacity(keys.len());
    // Nearly every order lives where the one before it does: the texts of a scope are looked up once.
    let mut before: Option<(&Arc<Scope>, Option<i64>)> = None;
    for (place, key) in keys.iter().enumerate() {
        let scope = match before {
            Some((scope, id)) if Arc::ptr_eq(scope, &key.scope) => id,
            Some(_) | None => scopes.get(&*key.scope).copied(),
        };
        before = Some((&key.scope, scope));
        if let Some(scope) = scope {
            places.insert((scope, key.id), place);
        }
    }
    places
}

fn is_worth_scanning(connection: &Connection, wanted: usize) -> rusqlite::Result<bool> {
    // Orders are never deleted, so that the last row's number is their count.
    let known: i64 =
        connection.query_row("SELECT coalesce(max(serial), 0) FROM orders", (), |row| row.get(0))?;
    Ok(i64::try_from(wanted).unwrap_or(i64::MAX).saturating_mul(SCAN_FROM) > known)
}

/// Looks every order up.
fn look_up(
    connection: &Connection,
    scopes: &HashMap<Scope, i64>,
    keys: Vec<OrderKey>,
    demand: &mut impl Demand,
) -> rusqlite::Result<()> {
    let select = format!("SELECT {} FROM orders o WHERE o.scope = ?1 AND o.id = ?2", orders::OUTLINE);
    let mut statement = connection.prepare(&select)?;
    let mut found = Vec::with_capacity(keys.len());
    for (place, key) in keys.into_iter().enumerate() {
        if place % ROWS_A_GLANCE == ROWS_A_GLANCE - 1 && demand.is_late() {
            break;
        }
        let Some(scope) = scopes.get(&*key.scope) else { continue };
        if let Some(row) = statement.query((scope, key.id.as_str()))?.next()? {
            let outline = outline(row, orders::id(row, 0)?)?;
            found.push((key, outline));
        }
    }
    demand.take(found);
    Ok(())
}

/// Has the heap of this thread grow by the rows of a glance at once. glibc grows one that is not the main thread's by
/// the page, with a system call for each, which is half of what a row takes.
fn make_room() {
    drop(black_box(Vec::<u8>::with_capacity(ROOM)));
}

/// Made where it is kept: ten thousand of them are five megabytes.
fn outline(row: &Row<'_>, id: PhoneNumberOrderId) -> rusqlite::Result<Arc<Snapshot>> {
    orders::outline(row, id).map(Arc::new)
}
