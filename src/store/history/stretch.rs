//! A stretch of the history, the oldest change first and so many at a time: what is read takes the same memory
//! however long the history is, and nobody who reads slowly keeps a writer from tidying up.

use super::reader::{self, Reader};
use super::{changes, millis, orders};
use crate::domain::json::quoted;
use crate::domain::{Change, OrderKey, PhoneNumberOrderId, Snapshot};
use crate::store::StoreError;
use jiff::Timestamp;
use rusqlite::{Row, named_params};
use std::collections::HashMap;
use std::sync::Arc;

/// Changes that are read at a time.
const AT_A_TIME: i64 = 512;

/// Which changes a stretch has; all of them, unless something is named.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Stretch {
    /// Those of these orders, wherever they live.
    pub ids: Option<Vec<PhoneNumberOrderId>>,
    /// Those that were seen at this time or later.
    pub since: Option<Timestamp>,
    /// Those that were seen before this time.
    pub until: Option<Timestamp>,
    /// Those of one kind.
    pub kind: Option<ChangesOf>,
    /// Those of orders that were asked for as this profile.
    pub profile: Option<String>,
    /// Those of orders in this region.
    pub region: Option<String>,
    /// At most so many, the newest.
    pub limit: Option<u64>,
}

/// What can change.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ChangesOf {
    /// The state of an order.
    Order,
    /// Its numbers.
    Number,
    /// Its FOC date.
    Foc,
}

impl ChangesOf {
    /// What the names of its kinds look like in the file.
    const fn pattern(self) -> &'static str {
        match self {
            Self::Order => "order",
            Self::Number => "number*",
            Self::Foc => "foc_date",
        }
    }
}

/// The conditions that a stretch sets.
const WHERE: &str = "
    FROM changes c JOIN orders o USING (serial) JOIN scope s ON s.id = o.scope
    WHERE c.sequence > :after AND c.by >= :since AND c.by < :until AND c.kind GLOB :kind
        AND (:ids IS NULL OR o.id IN (SELECT value FROM json_each(:ids)))
        AND (:profile IS NULL OR s.profile = :profile) AND (:region IS NULL OR s.region = :region)";

impl Reader {
    /// Tells every change of a stretch, the oldest first, as long as `tell` takes them.
    ///
    /// # Errors
    /// The first of `tell`, or what the file refuses.
    pub fn tell<E: From<StoreError>>(
        &self,
        stretch: &Stretch,
        mut tell: impl FnMut(Change) -> Result<(), E>,
    ) -> Result<(), E> {
        let mut after = self.start_of(stretch).map_err(|error| self.refused(error))?;
        loop {
            let (changes, last) = self.some(stretch, after).map_err(|error| self.refused(error))?;
            changes.into_iter().try_for_each(&mut tell)?;
            match last {
                Some(last) => after = last,
                None => return Ok(()),
            }
        }
    }

    /// These orders as far as they are known, wherever they live, without their numbers, those that were read last at
    /// the end.
    pub fn outlines_of(&self, ids: &[PhoneNumberOrderId]) -> Result<Vec<(OrderKey, Snapshot)>, StoreError> {
        let find = || {
            let scopes = reader::scopes(&self.connection)?;
            let select = format!(
                "SELECT {}, o.scope FROM orders o WHERE o.id IN (SELECT value FROM json_each(?1)) ORDER BY o.read_at",
                orders::OUTLINE
            );
            let mut statement = self.connection.prepare(&select)?;
            let mut rows = statement.query((listed(ids),))?;
            let mut found = Vec::new();
            while let Some(row) = rows.next()? {
                let id = orders::id(row, 0)?;
                if let Some(scope) = scopes.get(&row.get(20)?) {
                    found.push((OrderKey { scope: Arc::clone(scope), id }, orders::outline(row, id)?));
                }
            }
            Ok(found)
        };
        find().map_err(|error| self.refused(error))
    }

    /// What the numbers of each order have in common, as its name; empty for one without numbers.
    pub fn patterns(&self) -> Result<HashMap<PhoneNumberOrderId, Box<str>>, StoreError> {
        let find = || {
            let mut statement = self.connection.prepare("SELECT id, pattern FROM orders")?;
            let rows = statement.query_map((), |row| Ok((orders::id(row, 0)?, row.get(1)?)))?;
            rows.collect::<rusqlite::Result<_>>()
        };
        find().map_err(|error: rusqlite::Error| self.refused(error))
    }

    /// The number of the change behind which a stretch begins.
    fn start_of(&self, stretch: &Stretch) -> rusqlite::Result<i64> {
        let Some(limit) = stretch.limit else { return Ok(0) };
        let newest = format!("SELECT c.sequence {WHERE} ORDER BY c.sequence DESC LIMIT :most");
        let oldest_of_them = format!("SELECT min(sequence) FROM ({newest})");
        let most = i64::try_from(limit).unwrap_or(i64::MAX);
        let read = |row: &Row<'_>| row.get::<_, Option<i64>>(0);
        let found = self.query(&oldest_of_them, stretch, 0, most, read)?;
        // Behind the last there is nothing.
        Ok(found.into_iter().flatten().next().map_or(i64::MAX, |oldest| oldest - 1))
    }

    /// The next changes, and the number of the last row that was read; none where that was all.
    fn some(&self, stretch: &Stretch, after: i64) -> rusqlite::Result<(Vec<Change>, Option<i64>)> {
        let scopes = reader::scopes(&self.connection)?;
        let select =
            format!("SELECT {}, o.scope, o.id {WHERE} ORDER BY c.sequence LIMIT :most", changes::COLUMNS);
        let rows = self.query(&select, stretch, after, AT_A_TIME, |row| {
            Ok((row.get::<_, i64>(0)?, reader::change(row, &scopes)?))
        })?;
        let last = rows.last().map(|(sequence, _)| *sequence);
        Ok((rows.into_iter().filter_map(|(_, change)| change).collect(), last))
    }

    fn query<T>(
        &self,
        select: &str,
        stretch: &Stretch,
        after: i64,
        most: i64,
        read: impl FnMut(&Row<'_>) -> rusqlite::Result<T>,
    ) -> rusqlite::Result<Vec<T>> {
        let Stretch { ids, since, until, kind, profile, region, limit: _ } = stretch;
        let mut statement = self.connection.prepare_cached(select)?;
        let rows = statement.query_map(
            named_params! {
                ":after": after,
                ":since": since.map_or(i64::MIN, millis),
                ":until": until.map_or(i64::MAX, millis),
                ":kind": kind.map_or("*", ChangesOf::pattern),
                ":ids": ids.as_deref().map(listed),
                ":profile": profile,
                ":region": region,
                ":most": most,
            },
            read,
        )?;
        rows.collect()
    }
}

/// Ids as a JSON array: what a statement takes as one parameter.
fn listed(ids: &[PhoneNumberOrderId]) -> String {
    let ids: Vec<_> = ids.iter().map(|id| quoted(id.as_str())).collect();
    format!("[{}]", ids.join(","))
}
