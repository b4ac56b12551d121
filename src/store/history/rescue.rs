//! What to do with a damaged file: put it aside whole, start a new one, keep what can be read.

use super::schema;
use crate::store::StoreError;
use crate::store::atomic::{self, Target};
use jiff::Timestamp;
use rusqlite::types::Value;
use rusqlite::{Connection, OpenFlags, params_from_iter};
use std::ffi::OsString;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

/// The tables in the order in which they refer to each other, with the columns that number their rows.
const TABLES: [(&str, &str); 4] =
    [("scope", "id"), ("orders", "serial"), ("numbers", "serial"), ("changes", "sequence")];

/// Puts the file aside, together with what SQLite keeps beside it, and starts a new one with what can be read of it.
/// Where another instance was faster its new file is opened, and there is no notice.
pub(super) fn start_anew(path: &Path, now: Timestamp) -> Result<(Connection, Option<String>), StoreError> {
    let target = Target::beside(path);
    let _lock = target.lock()?;
    if let Ok(connection) = schema::connect_locked(path)
        && schema::is_sound(&connection)
    {
        return Ok((connection, None));
    }
    let aside = put_aside(path, now).map_err(|error| StoreError::system("put aside", path, error))?;
    let mut connection = schema::connect_locked(path)?;
    let kept = copy(&aside, &mut connection).map_err(|error| StoreError::database("rescue", path, error))?;
    let [_, orders, _, changes] = kept;
    let notice = format!(
        "The history was damaged. Kept are {orders} orders and {changes} changes; the damaged file is {}.",
        aside.display()
    );
    Ok((connection, Some(notice)))
}

/// Renames the file and its companions together: without its log a database loses its newest changes.
fn put_aside(path: &Path, now: Timestamp) -> io::Result<PathBuf> {
    let named = |path: &Path, ending: &str| {
        let mut name = OsString::from(path);
        name.push(ending);
        PathBuf::from(name)
    };
    let aside = named(path, &format!(".corrupt-{}", now.strftime("%Y%m%dT%H%M%S%.3fZ")));
    for ending in ["-wal", "-shm", "-journal", ""] {
        match fs::rename(named(path, ending), named(&aside, ending)) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
            _ => {}
        }
    }
    atomic::sync_directory(path.parent().unwrap_or(Path::new(".")))?;
    Ok(aside)
}

/// Copies row by row, from the front to the first row that cannot be read, then from the back; how many of each table.
fn copy(aside: &Path, into: &mut Connection) -> rusqlite::Result<[usize; TABLES.len()]> {
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let Ok(from) = Connection::open_with_flags(aside, flags) else { return Ok([0; TABLES.len()]) };
    let transaction = into.transaction()?;
    let mut kept = [0; TABLES.len()];
    for ((table, number), kept) in TABLES.into_iter().zip(&mut kept) {
        for direction in ["ASC", "DESC"] {
            let select = format!("SELECT * FROM {table} ORDER BY {number} {direction}");
            *kept += copy_rows(&from, &select, &transaction, table).unwrap_or(0);
        }
    }
    transaction.commit()?;
    Ok(kept)
}

/// Copies until a row cannot be read or is there already; a row that its table refuses is left out.
fn copy_rows(from: &Connection, select: &str, into: &Connection, table: &str) -> rusqlite::Result<usize> {
    let mut statement = from.prepare(select)?;
    let width = statement.column_count();
    let columns = statement.column_names().collect::<Vec<_>>().join(", ");
    let marks = vec!["?"; width].join(", ");
    let mut insert = into.prepare(&format!("INSERT OR IGNORE INTO {table} ({columns}) VALUES ({marks})"))?;
    let mut rows = statement.query(())?;
    let mut kept = 0;
    while let Ok(Some(row)) = rows.next() {
        let Ok(values) = (0..width).map(|column| row.get(column)).collect::<Result<Vec<Value>, _>>() else {
            continue;
        };
        match insert.execute(params_from_iter(values)) {
            Ok(0) => break,
            Ok(_) => kept += 1,
            Err(_) => {}
        }
    }
    Ok(kept)
}
