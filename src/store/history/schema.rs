//! The tables, how a connection is opened, and how an older file becomes a newer one.

use crate::store::atomic::{self, Target};
use crate::store::{Problem, StoreError};
use rusqlite::config::DbConfig;
use rusqlite::{Connection, OpenFlags, TransactionBehavior};
use std::fs::OpenOptions;
use std::path::Path;
use std::time::Duration;

/// How long a writer waits for another one.
const PATIENCE: Duration = Duration::from_secs(5);

/// What makes version n+1 of version n. Released steps are never changed, only followed by others.
///
/// An order has one narrow row, because the first frame reads the rows of a whole watchlist and nothing else. Its
/// numbers are one JSON text in another table: they are read and written all together, an order at a time, and a row
/// for each would make half a million rows of 10,000 orders, ten times the writes, for queries that nobody asks. JSON
/// holds any text that the API may send, and `json_each` reads it without us.
const STEPS: [&str; 1] = ["
    CREATE TABLE scope (
        id INTEGER PRIMARY KEY,
        -- The empty text for none: UNIQUE takes two NULLs for different.
        profile TEXT NOT NULL,
        region TEXT NOT NULL,
        endpoint TEXT NOT NULL,
        UNIQUE (profile, region, endpoint)
    ) STRICT;

    -- Times are milliseconds since 1970.
    CREATE TABLE orders (
        serial INTEGER PRIMARY KEY,
        scope INTEGER NOT NULL REFERENCES scope (id),
        id TEXT NOT NULL COLLATE NOCASE,
        status TEXT NOT NULL,
        product_type TEXT,
        order_type TEXT,
        total INTEGER NOT NULL,
        acquired INTEGER NOT NULL,
        failed INTEGER NOT NULL,
        processing INTEGER NOT NULL,
        created INTEGER,
        updated INTEGER,
        foc_date TEXT,
        first_seen INTEGER NOT NULL,
        read_at INTEGER NOT NULL,
        state_after INTEGER,
        state_by INTEGER NOT NULL,
        same_since INTEGER NOT NULL,
        foc_moved_after INTEGER,
        foc_moved_by INTEGER,
        pattern TEXT NOT NULL,
        handled TEXT,
        UNIQUE (scope, id)
    ) STRICT;

    -- [[state, second by which they had it, seconds since the answer without it or null, [number, ...]], ...]
    CREATE TABLE numbers (
        serial INTEGER PRIMARY KEY REFERENCES orders (serial),
        list TEXT NOT NULL
    ) STRICT;

    CREATE TABLE changes (
        sequence INTEGER PRIMARY KEY,
        serial INTEGER NOT NULL REFERENCES orders (serial),
        kind TEXT NOT NULL,
        number TEXT,
        was TEXT,
        became TEXT,
        after INTEGER,
        by INTEGER NOT NULL
    ) STRICT;
    CREATE INDEX changes_of_an_order ON changes (serial, sequence);
"];

/// Whether a file can be read by this release.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Version {
    /// It has no tables yet.
    Empty,
    /// It is of this release.
    Current,
    /// It is of an older release: a writer brings it up to date.
    Older,
}

/// Opens a file for writing, creates or renews its tables.
///
/// Under a lock, because changing the journal mode of a new file does not wait for another process that does it too.
pub(super) fn connect(path: &Path) -> Result<Connection, StoreError> {
    let guarded = Target::beside(path);
    let _lock = guarded.lock()?;
    connect_locked(path)
}

/// The same where the lock is held already.
pub(super) fn connect_locked(path: &Path) -> Result<Connection, StoreError> {
    // SQLite would create it for everybody whom the umask lets in.
    atomic::private(OpenOptions::new().create(true).truncate(false).write(true))
        .open(path)
        .map_err(|error| StoreError::system("open", path, error))?;
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let refused = |error| StoreError::database("open", path, error);
    let mut connection = Connection::open_with_flags(path, flags).map_err(refused)?;
    prepare(&connection).map_err(refused)?;
    if version(&connection, path)? != Version::Current {
        migrate(&mut connection).map_err(|error| StoreError::database("renew", path, error))?;
    }
    Ok(connection)
}

fn prepare(connection: &Connection) -> rusqlite::Result<()> {
    connection.busy_timeout(PATIENCE)?;
    let mode: String = connection.pragma_update_and_check(None, "journal_mode", "wal", |row| row.get(0))?;
    if !mode.eq_ignore_ascii_case("wal") {
        // Network file systems cannot share the memory that WAL needs.
        connection.pragma_update_and_check(None, "journal_mode", "delete", |_| Ok(()))?;
    }
    keep_plans(connection)?;
    sync(connection, Sync::AtOnce)?;
    connection.pragma_update(None, "foreign_keys", true)?;
    connection.pragma_update(None, "trusted_schema", false)
}

/// When a transaction has to be on the disk.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Sync {
    /// When it is committed.
    AtOnce,
    /// With the next one that is. Where there is no WAL that would put the whole file at risk: there it is at once too.
    Later,
}

/// From now on transactions are on the disk by then.
pub(super) fn sync(connection: &Connection, sync: Sync) -> rusqlite::Result<()> {
    let mode = match sync {
        Sync::AtOnce => "full",
        Sync::Later => {
            let mode: String = connection.pragma_query_value(None, "journal_mode", |row| row.get(0))?;
            if mode.eq_ignore_ascii_case("wal") { "normal" } else { "full" }
        }
    };
    connection.pragma_update(None, "synchronous", mode)
}

/// Without this SQLite plans a join anew for every order that is looked up, which takes longer than the rest.
fn keep_plans(connection: &Connection) -> rusqlite::Result<()> {
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true).map(|_| ())
}

/// Opens a file for reading; none where there is none, or nothing in it. Who holds it is waited for so long.
pub(super) fn connect_to_read(path: &Path, patience: Duration) -> Result<Option<Connection>, StoreError> {
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let connection = match Connection::open_with_flags(path, flags) {
        Ok(connection) => connection,
        Err(_) if !path.exists() => return Ok(None),
        Err(error) => return Err(StoreError::database("open", path, error)),
    };
    let refused = |error| StoreError::database("read", path, error);
    connection.busy_timeout(patience).map_err(refused)?;
    keep_plans(&connection).map_err(refused)?;
    match version(&connection, path)? {
        Version::Current => Ok(Some(connection)),
        Version::Empty | Version::Older => Ok(None),
    }
}

fn version(connection: &Connection, path: &Path) -> Result<Version, StoreError> {
    let version = user_version(connection).map_err(|error| StoreError::database("read", path, error))?;
    match version.cmp(&STEPS.len()) {
        std::cmp::Ordering::Equal => Ok(Version::Current),
        std::cmp::Ordering::Less if version == 0 => Ok(Version::Empty),
        std::cmp::Ordering::Less => Ok(Version::Older),
        std::cmp::Ordering::Greater => {
            let what = format!("{} was written by a newer chimewatch", path.display());
            let next_step = "Install that release, or move the file away; nothing was changed.";
            Err(StoreError::new(Problem::Broken, what, next_step))
        }
    }
}

fn user_version(connection: &Connection) -> rusqlite::Result<usize> {
    let version = |row: &rusqlite::Row<'_>| row.get::<_, u32>(0);
    connection.pragma_query_value(None, "user_version", version).map(|version| version as usize)
}

fn migrate(connection: &mut Connection) -> rusqlite::Result<()> {
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    // Asked again: another process may have done it while this one waited.
    let done = user_version(&transaction)?;
    for step in STEPS.iter().skip(done) {
        transaction.execute_batch(step)?;
    }
    transaction.pragma_update(
        None,
        "user_version",
        i64::try_from(done.max(STEPS.len())).unwrap_or(i64::MAX),
    )?;
    transaction.commit()
}

/// True where SQLite finds nothing wrong with the file.
pub(super) fn is_sound(connection: &Connection) -> bool {
    connection
        .pragma_query_value(None, "quick_check", |row| row.get::<_, String>(0))
        .is_ok_and(|verdict| verdict == "ok")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_new_file_is_private_in_wal_mode_and_of_this_version() {
        let directory = tempfile::tempdir().unwrap();
        let path = directory.path().join("data").join("history.db");
        let connection = connect(&path).unwrap();
        let ask = |pragma: &str| -> String {
            connection
                .pragma_query_value(None, pragma, |row| {
                    Ok(format!("{:?}", row.get_ref(0)?).split_once('(').unwrap().1.to_owned())
                })
                .unwrap()
        };
        assert_eq!(ask("journal_mode"), format!("{:?})", b"wal"));
        assert_eq!((ask("synchronous"), ask("foreign_keys"), ask("trusted_schema")), {
            ("2)".to_owned(), "1)".to_owned(), "0)".to_owned())
        });
        assert_eq!(version(&connection, &path).unwrap(), Version::Current);
        #[cfg(unix)]
        for file in ["history.db", "history.db-wal", "history.db-shm"] {
            use std::os::unix::fs::PermissionsExt;
            let mode = path.with_file_name(file).metadata().unwrap().permissions().mode();
            assert_eq!(mode & 0o777, 0o600, "{file}");
        }
    }

    #[test]
    fn a_file_of_a_newer_release_is_left_alone() {
        let directory = tempfile::tempdir().unwrap();
        let path = directory.path().join("history.db");
        connect(&path).unwrap().pragma_update(None, "user_version", 99).unwrap();
        let error = connect(&path).unwrap_err();
        assert_eq!(
            error.to_string(),
            format!(
                "{} was written by a newer chimewatch. Install that release, or move the file away; nothing was \
                 changed.",
                path.display()
            )
        );
        assert!(connect_to_read(&path, Duration::ZERO).is_err());
    }

    /// <https://sqlite.org/wal.html#walresetbug>: two writing processes could corrupt the file before 3.51.3.
    #[test]
    fn the_bundled_sqlite_is_newer_than_the_wal_reset_bug() {
        assert!(rusqlite::version_number() >= 3_051_003, "{}", rusqlite::version());
    }
}
