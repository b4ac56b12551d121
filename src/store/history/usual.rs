//! How long orders took that have ended.

use super::{Reader, time};
use crate::domain::usual::Alike;
use crate::domain::{Interval, OrderStatus, OrderType, ProductType};
use crate::store::StoreError;
use jiff::Timestamp;

/// So many of the newest are enough, and what was usual years ago is not.
const MOST: i64 = 1_000;

/// The three states in which an order for new numbers ends.
const ENDED: [OrderStatus; 3] = [OrderStatus::Successful, OrderStatus::Partial, OrderStatus::Failed];

impl Reader {
    /// Orders like these that were seen to end: when each was created, and when it ended. The latest first, a thousand
    /// at most.
    ///
    /// # Errors
    /// The file cannot be read.
    pub fn ended(&self, alike: &Alike) -> Result<Vec<(Timestamp, Interval)>, StoreError> {
        self.find_ended(alike).map_err(|error| self.refused(error))
    }

    fn find_ended(&self, alike: &Alike) -> rusqlite::Result<Vec<(Timestamp, Interval)>> {
        let [successful, partial, failed] = ENDED;
        let mut statement = self.connection.prepare(
            "SELECT o.created, o.state_after, o.state_by FROM orders o JOIN scope s ON s.id = o.scope
             WHERE s.endpoint = ?1 AND o.product_type IS ?2 AND o.order_type IS ?3 AND o.total BETWEEN ?4 AND ?5
               AND o.status IN (?6, ?7, ?8) AND o.created NOT NULL AND o.state_after NOT NULL
             ORDER BY o.state_by DESC LIMIT ?9",
        )?;
        let rows = statement.query_map(
            (
                alike.endpoint.as_deref().unwrap_or_default(),
                alike.product_type.as_ref().map(ProductType::raw),
                alike.order_type.as_ref().map(OrderType::raw),
                alike.numbers.start(),
                alike.numbers.end(),
                successful.raw(),
                partial.raw(),
                failed.raw(),
                MOST,
            ),
            |row| Ok((time(row.get(0)?), Interval { after: Some(time(row.get(1)?)), by: time(row.get(2)?) })),
        )?;
        rows.collect()
    }
}
