//! Writing the history.

use super::schema::Sync;
use super::{changes, millis, orders, rescue, schema};
use crate::domain::change::Observation;
use crate::domain::snapshot::Detail;
use crate::domain::{Change, Interval, NeedKind, OrderKey, Scope, Snapshot};
use crate::store::StoreError;
use jiff::Timestamp;
use rusqlite::{Connection, OptionalExtension, Transaction, TransactionBehavior};
use std::path::{Path, PathBuf};

/// The one writer of this process.
#[derive(Debug)]
pub struct History {
    connection: Connection,
    path: PathBuf,
}

/// A history that is ready, and what had to be done for it.
#[derive(Debug)]
pub struct OpenedHistory {
    /// The history.
    pub history: History,
    /// A sentence for the user where a damaged file was put aside.
    pub notice: Option<String>,
}

/// One thing to record. A batch of them is applied in its order, in one transaction.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Record {
    /// An answer that brought something new. One without changes about an order that the history knows otherwise is
    /// compared with the history, and the changes come back: what happened while nobody looked.
    Observed(Observation),
    /// An answer that said the same as before.
    LastSeen {
        /// Whose order it was.
        key: OrderKey,
        /// When the answer was received.
        read_at: Timestamp,
    },
    /// The user marked an order as handled, or no longer.
    Handled {
        /// Which order.
        key: OrderKey,
        /// What was handled.
        kind: Option<NeedKind>,
    },
}

impl History {
    /// Opens or creates the history; a file that is no database is put aside as `history.db.corrupt-NOW`.
    pub fn open(path: &Path, now: Timestamp) -> Result<OpenedHistory, StoreError> {
        match schema::connect(path) {
            Ok(connection) => {
                Ok(OpenedHistory { history: Self { connection, path: path.to_owned() }, notice: None })
            }
            Err(error) if error.is_damage() => Self::rescued(path, now),
            Err(error) => Err(error),
        }
    }

    /// Checks the whole file, which takes a moment for a large one; a damaged one is put aside, and what can be read
    /// of it is kept. To be called once, on the history's own thread, when nobody waits for it.
    pub fn check(self, now: Timestamp) -> Result<OpenedHistory, StoreError> {
        if schema::is_sound(&self.connection) {
            return Ok(OpenedHistory { history: self, notice: None });
        }
        let path = self.path;
        drop(self.connection);
        Self::rescued(&path, now)
    }

    fn rescued(path: &Path, now: Timestamp) -> Result<OpenedHistory, StoreError> {
        let (connection, notice) = rescue::start_anew(path, now)?;
        Ok(OpenedHistory { history: Self { connection, path: path.to_owned() }, notice })
    }

    /// Records a batch in one transaction. When this returns, it survives everything; a batch that says of orders only
    /// when they were last seen survives the end of the process, and a power cut from the next batch on.
    ///
    /// Returns the changes as recorded, with their sequence numbers: without those that another instance had recorded
    /// already, with those that are news against what the history knew.
    ///
    /// # Errors
    /// Nothing was recorded; the caller keeps the batch and hands it in again.
    pub fn record(&mut self, batch: &[Record]) -> Result<Vec<Change>, StoreError> {
        let mut record = || -> rusqlite::Result<_> {
            schema::sync(&self.connection, if is_age_only(batch) { Sync::Later } else { Sync::AtOnce })?;
            let transaction = self.connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
            let mut recorded = Vec::new();
            for record in batch {
                match record {
                    Record::Observed(observation) => observe(&transaction, observation, &mut recorded)?,
                    Record::LastSeen { key, read_at } => renew(&transaction, key, *read_at)?,
                    Record::Handled { key, kind } => mark(&transaction, key, *kind)?,
                }
            }
            transaction.commit()?;
            Ok(recorded)
        };
        record().map_err(|error| StoreError::database("record changes in", &self.path, error))
    }
}

/// Whether a batch holds nothing that somebody would miss.
fn is_age_only(batch: &[Record]) -> bool {
    batch.iter().all(|record| match record {
        Record::LastSeen { .. } => true,
        Record::Observed(_) | Record::Handled { .. } => false,
    })
}

/// Records one observation against what the file says now, which another instance may have written.
fn observe(
    transaction: &Transaction<'_>,
    observation: &Observation,
    recorded: &mut Vec<Change>,
) -> rusqlite::Result<()> {
    let Observation { key, snapshot, changes } = observation;
    let scope = scope_id(transaction, &key.scope)?;
    let stored_at: Option<i64> = transaction
        .prepare_cached("SELECT read_at FROM orders WHERE scope = ?1 AND id = ?2")?
        .query_row((scope, key.id.as_str()), |row| row.get(0))
        .optional()?;
    let base = changes.first().and_then(|change| change.seen.after).map(millis);
    match stored_at {
        Some(stored_at) if stored_at >= millis(snapshot.read_at) => {
            append_late(transaction, scope, observation, recorded)
        }
        Some(stored_at) if base.is_none_or(|base| base < stored_at) && snapshot.detail == Detail::Whole => {
            compare_again(transaction, scope, key, snapshot, recorded)
        }
        Some(_) | None => {
            let serial = orders::write(transaction, scope, snapshot)?;
            for change in changes {
                recorded.push(changes::append(transaction, serial, key, change.kind.clone(), change.seen)?);
            }
            Ok(())
        }
    }
}

/// The file is newer than what the observation was compared with: what changed is what differs from the file.
fn compare_again(
    transaction: &Transaction<'_>,
    scope: i64,
    key: &OrderKey,
    snapshot: &Snapshot,
    recorded: &mut Vec<Change>,
) -> rusqlite::Result<()> {
    let Some((_, stored)) = orders::whole(transaction, scope, &key.id)? else { return Ok(()) };
    let renewal = stored.renewed(snapshot.order.clone(), snapshot.read_at);
    let serial = orders::write(transaction, scope, &renewal.snapshot)?;
    let seen = Interval { after: Some(stored.read_at), by: snapshot.read_at };
    for kind in renewal.changes {
        recorded.push(changes::append(transaction, serial, key, kind, seen)?);
    }
    Ok(())
}

/// The file has a newer answer than the observation: its row stays, and only what it cannot know is added.
fn append_late(
    transaction: &Transaction<'_>,
    scope: i64,
    observation: &Observation,
    recorded: &mut Vec<Change>,
) -> rusqlite::Result<()> {
    let Observation { key, changes, .. } = observation;
    if changes.is_empty() {
        return Ok(());
    }
    let Some((serial, stored)) = orders::whole(transaction, scope, &key.id)? else { return Ok(()) };
    for change in changes {
        if !changes::is_shown(&stored, &change.kind) && !changes::is_recorded(transaction, serial, change)? {
            recorded.push(changes::append(transaction, serial, key, change.kind.clone(), change.seen)?);
        }
    }
    Ok(())
}

fn renew(transaction: &Transaction<'_>, key: &OrderKey, read_at: Timestamp) -> rusqlite::Result<()> {
    let scope = scope_id(transaction, &key.scope)?;
    transaction
        .prepare_cached("UPDATE orders SET read_at = ?3 WHERE scope = ?1 AND id = ?2 AND read_at < ?3")?
        .execute((scope, key.id.as_str(), millis(read_at)))?;
    Ok(())
}

fn mark(transaction: &Transaction<'_>, key: &OrderKey, kind: Option<NeedKind>) -> rusqlite::Result<()> {
    let scope = scope_id(transaction, &key.scope)?;
    transaction.prepare_cached("UPDATE orders SET handled = ?3 WHERE scope = ?1 AND id = ?2")?.execute((
        scope,
        key.id.as_str(),
        kind.map(orders::need_name),
    ))?;
    Ok(())
}

/// The row of a scope, made where it is new.
fn scope_id(transaction: &Transaction<'_>, scope: &Scope) -> rusqlite::Result<i64> {
    let parts = (
        scope.profile.as_deref().unwrap_or_default(),
        &*scope.region,
        scope.endpoint.as_deref().unwrap_or_default(),
    );
    let known = transaction
        .prepare_cached("SELECT id FROM scope WHERE profile = ?1 AND region = ?2 AND endpoint = ?3")?
        .query_row(parts, |row| row.get(0))
        .optional()?;
    match known {
        Some(id) => Ok(id),
        None => transaction
            .prepare_cached("INSERT INTO scope (profile, region, endpoint) VALUES (?1, ?2, ?3) RETURNING id")?
            .query_row(parts, |row| row.get(0)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{Numbers, OrderStatus, PhoneNumberOrder, PhoneNumberOrderId};
    use crate::store::{Problem, Reader};
    use std::sync::Arc;

    #[test]
    fn a_full_disk_records_nothing_and_a_later_try_records_all() {
        let directory = tempfile::tempdir().unwrap();
        let path = directory.path().join("history.db");
        let mut history = History::open(&path, Timestamp::UNIX_EPOCH).unwrap().history;
        // SQLite answers a database that may not grow with the very code of a full disk.
        history.connection.pragma_update(None, "max_page_count", 20).unwrap();
        let batch: Vec<_> = (0..2000).map(first_look).collect();
        let keys: Vec<_> = batch.iter().map(key_of).collect();
        let error = history.record(&batch).unwrap_err();
        assert_eq!(
            (error.problem, error.to_string()),
            (
                Problem::DiskFull,
                format!(
                    "Cannot record changes in {}: no space is left on the disk. Free some space, then try again; \
                     nothing was changed.",
                    path.display()
                )
            )
        );
        let known = || Reader::open(&path).unwrap().unwrap().whole(&keys, &mut || false).unwrap().len();
        assert_eq!(known(), 0);
        history.connection.pragma_update(None, "max_page_count", 1_000_000).unwrap();
        history.record(&batch).unwrap();
        assert_eq!(known(), batch.len());
    }

    fn first_look(number: u32) -> Record {
        let order = PhoneNumberOrder {
            id: PhoneNumberOrderId::parse(&format!("{number:08x}-77aa-4e0b-9a55-0d1f5e2bc01d")).unwrap(),
            product_type: None,
            status: OrderStatus::Processing,
            order_type: None,
            numbers: Numbers::new([("+15035550107", "Processing")]),
            created: None,
            updated: None,
            foc_date: None,
        };
        let scope = Arc::new(Scope { profile: None, region: "us-east-1".into(), endpoint: None });
        Record::Observed(Observation {
            key: OrderKey { scope, id: order.id },
            snapshot: Arc::new(Snapshot::first(order, Timestamp::UNIX_EPOCH)),
            changes: Vec::new(),
        })
    }

    fn key_of(record: &Record) -> OrderKey {
        match record {
            Record::Observed(Observation { key, .. })
            | Record::LastSeen { key, .. }
            | Record::Handled { key, .. } => key.clone(),
        }
    }
}
