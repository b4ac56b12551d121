//! Reading the history through a connection that never writes.

use super::outlines::{self, Demand};
use super::{changes, orders, schema, time};
use crate::domain::{Change, OrderKey, Scope, Snapshot};
use crate::store::StoreError;
use jiff::Timestamp;
use rusqlite::{Connection, Row};
use std::collections::{HashMap, HashSet};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

/// Orders between two questions whether it is to end.
const ORDERS_A_GLANCE: usize = 64;
/// Of more orders than this their changes are not looked up one by one.
const MANY: usize = 64;
/// How long another process is waited for by whoever can wait: while a file is made nobody else can read it.
const PATIENCE: Duration = Duration::from_secs(1);

/// A read-only connection. Beside a writer it sees the last commit.
#[derive(Debug)]
pub struct Reader {
    pub(super) connection: Connection,
    path: PathBuf,
}

/// Which changes are wanted.
#[derive(Clone, Copy, Debug, Default)]
pub struct ChangeFilter<'a> {
    /// Those of these orders; of all without it.
    pub keys: Option<&'a [OrderKey]>,
    /// Those that were seen at this time or later.
    pub since: Option<Timestamp>,
    /// Those with a lower sequence number than this.
    pub before: Option<u64>,
    /// At most so many, the newest.
    pub limit: Option<usize>,
}

impl Reader {
    /// Opens the history for reading; none where nothing was recorded yet. Waits for nobody: a first frame does not.
    ///
    /// # Errors
    /// It cannot be read, or another process holds it, as for a moment while it is made.
    pub fn open(path: &Path) -> Result<Option<Self>, StoreError> {
        Self::open_within(path, Duration::ZERO)
    }

    /// The same for whoever can wait a second for another process.
    ///
    /// # Errors
    /// It cannot be read.
    pub fn open_in_time(path: &Path) -> Result<Option<Self>, StoreError> {
        Self::open_within(path, PATIENCE)
    }

    fn open_within(path: &Path, patience: Duration) -> Result<Option<Self>, StoreError> {
        let connection = schema::connect_to_read(path, patience)?;
        Ok(connection.map(|connection| Self { connection, path: path.to_owned() }))
    }

    /// Gives a demand those of its orders that are known, without their numbers.
    ///
    /// Begins to read before it is said which are wanted, and stops with what it has when it is late: a first frame
    /// waits for nothing.
    pub fn outlines(&self, demand: &mut impl Demand) -> Result<(), StoreError> {
        // One transaction is one lock and one state of the file for all the rows.
        let mut read = || outlines::read(&*self.connection.unchecked_transaction()?, demand);
        read().map_err(|error| self.refused(error))
    }

    /// The orders among `keys` that are known, with their numbers, in the order of `keys`.
    ///
    /// Asks `is_to_end` now and then and stops with what it has when that is so: nobody waits for the rest.
    pub fn whole(
        &self,
        keys: &[OrderKey],
        is_to_end: &mut dyn FnMut() -> bool,
    ) -> Result<Vec<(OrderKey, Snapshot)>, StoreError> {
        let mut find = || -> rusqlite::Result<_> {
            let transaction = self.connection.unchecked_transaction()?;
            let scopes = scope_ids(&transaction)?;
            let mut found = Vec::with_capacity(keys.len());
            for (count, key) in keys.iter().enumerate() {
                if count % ORDERS_A_GLANCE == ORDERS_A_GLANCE - 1 && is_to_end() {
                    break;
                }
                let Some(scope) = scopes.get(&*key.scope) else { continue };
                if let Some((_, snapshot)) = orders::whole(&transaction, *scope, &key.id)? {
                    found.push((key.clone(), snapshot));
                }
            }
            Ok(found)
        };
        find().map_err(|error| self.refused(error))
    }

    /// The changes that `filter` lets through, the oldest first.
    pub fn changes(&self, filter: ChangeFilter<'_>) -> Result<Vec<Change>, StoreError> {
        self.find_changes(filter).map_err(|error| self.refused(error))
    }

    fn find_changes(&self, filter: ChangeFilter<'_>) -> rusqlite::Result<Vec<Change>> {
        let transaction = self.connection.unchecked_transaction()?;
        let since = filter.since.map_or(i64::MIN, super::millis);
        let limit = filter.limit.unwrap_or(usize::MAX);
        let before = filter.before.map_or(i64::MAX, |before| i64::try_from(before).unwrap_or(i64::MAX));
        let scopes = scopes(&transaction)?;
        let ids: HashMap<&Scope, i64> = scopes.iter().map(|(id, scope)| (&**scope, *id)).collect();
        let mut found = Vec::new();
        let select = format!(
            "SELECT {}, o.scope, o.id FROM changes c JOIN orders o USING (serial) WHERE c.by >= ?1 AND c.sequence < ?2",
            changes::COLUMNS
        );
        let mut read =
            |rows: &mut rusqlite::Rows<'_>, wanted: Option<&HashSet<&OrderKey>>| -> rusqlite::Result<()> {
                let mut taken = 0;
                while taken < limit
                    && let Some(row) = rows.next()?
                {
                    let change = change(row, &scopes)?
                        .filter(|change| wanted.is_none_or(|wanted| wanted.contains(&change.key)));
                    taken += usize::from(change.is_some());
                    found.extend(change);
                }
                Ok(())
            };
        match filter.keys {
            None => {
                let mut statement = transaction.prepare(&format!("{select} ORDER BY c.sequence DESC"))?;
                read(&mut statement.query((since, before))?, None)?;
            }
            // The newest of many orders stand together at the end.
            Some(keys) if keys.len() > MANY && filter.limit.is_some() => {
                let wanted = keys.iter().collect();
                let mut statement = transaction.prepare(&format!("{select} ORDER BY c.sequence DESC"))?;
                read(&mut statement.query((since, before))?, Some(&wanted))?;
            }
            Some(keys) => {
                let of_one = format!("{select} AND o.scope = ?3 AND o.id = ?4 ORDER BY c.sequence DESC");
                let mut statement = transaction.prepare(&of_one)?;
                for key in keys {
                    let Some(scope) = ids.get(&*key.scope) else { continue };
                    read(&mut statement.query((since, before, scope, key.id.as_str()))?, None)?;
                }
            }
        }
        found.sort_unstable_by_key(|change| change.sequence);
        found.drain(..found.len().saturating_sub(limit));
        Ok(found)
    }

    /// When any order was last read: the end of the last run.
    pub fn last_seen(&self) -> Result<Option<Timestamp>, StoreError> {
        self.connection
            .query_row("SELECT max(read_at) FROM orders", (), |row| row.get::<_, Option<i64>>(0))
            .map(|last| last.map(time))
            .map_err(|error| self.refused(error))
    }

    /// The sequence number of the newest change, 0 without one.
    pub fn last_sequence(&self) -> Result<u64, StoreError> {
        self.connection
            .query_row("SELECT coalesce(max(sequence), 0) FROM changes", (), |row| row.get(0))
            .map(i64::unsigned_abs)
            .map_err(|error| self.refused(error))
    }

    pub(super) fn refused(&self, error: rusqlite::Error) -> StoreError {
        StoreError::database("read", &self.path, error)
    }
}

pub(super) fn change(row: &Row<'_>, scopes: &HashMap<i64, Arc<Scope>>) -> rusqlite::Result<Option<Change>> {
    let Some(scope) = scopes.get(&row.get(7)?) else { return Ok(None) };
    changes::read(row, OrderKey { scope: Arc::clone(scope), id: orders::id(row, 8)? })
}

pub(super) fn scopes(connection: &Connection) -> rusqlite::Result<HashMap<i64, Arc<Scope>>> {
    let mut statement = connection.prepare("SELECT id, profile, region, endpoint FROM scope")?;
    let some = |text: &str| (!text.is_empty()).then(|| Arc::from(text));
    let scopes = statement.query_map((), |row| {
        let scope = Scope {
            profile: some(row.get_ref(1)?.as_str()?),
            region: row.get_ref(2)?.as_str()?.into(),
            endpoint: some(row.get_ref(3)?.as_str()?),
        };
        Ok((row.get(0)?, Arc::new(scope)))
    })?;
    scopes.collect()
}

pub(super) fn scope_ids(connection: &Connection) -> rusqlite::Result<HashMap<Scope, i64>> {
    Ok(scopes(connection)?.into_iter().map(|(id, scope)| (Arc::unwrap_or_clone(scope), id)).collect())
}
