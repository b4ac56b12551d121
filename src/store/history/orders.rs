//! The row of an order.

use super::{millis, numbers, time};
use crate::domain::number::Counts;
use crate::domain::snapshot::Detail;
use crate::domain::{
    FocDate, Interval, NeedKind, Numbers, OrderStatus, OrderType, PhoneNumberOrder, PhoneNumberOrderId,
    ProductType, Snapshot,
};
use rusqlite::{Connection, OptionalExtension, Row, named_params};

/// The columns that [`outline`] reads, in its order.
pub(super) const OUTLINE: &str = "o.id, o.status, o.product_type, o.order_type, o.total, o.acquired, o.failed, \
     o.processing, o.created, o.updated, o.foc_date, o.first_seen, o.read_at, o.state_after, o.state_by, \
     o.same_since, o.foc_moved_after, o.foc_moved_by, o.pattern, o.handled";

const UPSERT: &str = "
    INSERT INTO orders (scope, id, status, product_type, order_type, total, acquired, failed, processing, created,
        updated, foc_date, first_seen, read_at, state_after, state_by, same_since, foc_moved_after, foc_moved_by,
        pattern, handled)
    VALUES (:scope, :id, :status, :product_type, :order_type, :total, :acquired, :failed, :processing, :created,
        :updated, :foc_date, :first_seen, :read_at, :state_after, :state_by, :same_since, :foc_moved_after,
        :foc_moved_by, :pattern, :handled)
    ON CONFLICT (scope, id) DO UPDATE SET
        status = excluded.status, product_type = excluded.product_type, order_type = excluded.order_type,
        total = excluded.total, acquired = excluded.acquired, failed = excluded.failed,
        processing = excluded.processing, created = excluded.created, updated = excluded.updated,
        foc_date = excluded.foc_date, first_seen = min(first_seen, excluded.first_seen),
        read_at = excluded.read_at, state_after = excluded.state_after, state_by = excluded.state_by,
        same_since = excluded.same_since, foc_moved_after = excluded.foc_moved_after,
        foc_moved_by = excluded.foc_moved_by, pattern = excluded.pattern, handled = excluded.handled
    RETURNING serial";

/// The snapshot of order `id`, without its numbers, from a row of [`OUTLINE`].
pub(super) fn outline(row: &Row<'_>, id: PhoneNumberOrderId) -> rusqlite::Result<Snapshot> {
    let text = |column: usize| row.get_ref(column)?.as_str_or_null().map_err(rusqlite::Error::from);
    let maybe_time = |column: usize| Ok::<_, rusqlite::Error>(row.get::<_, Option<i64>>(column)?.map(time));
    let foc_moved =
        maybe_time(17)?.map(|by| Ok::<_, rusqlite::Error>(Interval { after: maybe_time(16)?, by }));
    let order = PhoneNumberOrder {
        id,
        product_type: text(2)?.map(ProductType::parse),
        status: OrderStatus::parse(text(1)?.unwrap_or_default()),
        order_type: text(3)?.map(OrderType::parse),
        numbers: Numbers::default(),
        created: maybe_time(8)?,
        updated: maybe_time(9)?,
        foc_date: text(10)?.map(FocDate::new),
    };
    Ok(Snapshot {
        order,
        detail: Detail::Outline,
        counts: Counts {
            total: row.get(4)?,
            acquired: row.get(5)?,
            failed: row.get(6)?,
            processing: row.get(7)?,
        },
        pattern: text(18)?.unwrap_or_default().into(),
        first_seen: time(row.get(11)?),
        read_at: time(row.get(12)?),
        state_since: Interval { after: maybe_time(13)?, by: time(row.get(14)?) },
        numbers_since: Box::default(),
        same_since: time(row.get(15)?),
        foc_moved: foc_moved.transpose()?,
        handled: text(19)?.and_then(need_kind),
    })
}

/// The order id in a column.
pub(super) fn id(row: &Row<'_>, column: usize) -> rusqlite::Result<PhoneNumberOrderId> {
    let text = row.get_ref(column)?.as_str()?;
    PhoneNumberOrderId::parse(text).map_err(|reason| {
        rusqlite::Error::FromSqlConversionFailure(column, rusqlite::types::Type::Text, Box::new(reason))
    })
}

/// The whole snapshot of an order with its row's number; none where it is not known.
pub(super) fn whole(
    connection: &Connection,
    scope: i64,
    id: &PhoneNumberOrderId,
) -> rusqlite::Result<Option<(i64, Snapshot)>> {
    let mut statement = connection.prepare_cached(&format!(
        "SELECT {OUTLINE}, n.list, o.serial FROM orders o LEFT JOIN numbers n USING (serial)
         WHERE o.scope = ?1 AND o.id = ?2"
    ))?;
    let with_numbers = |row: &Row<'_>| {
        let mut snapshot = outline(row, self::id(row, 0)?)?;
        let list = row.get_ref(20)?.as_str_or_null()?;
        (snapshot.order.numbers, snapshot.numbers_since) = numbers::decode(list.unwrap_or("[]"));
        snapshot.detail = Detail::Whole;
        Ok((row.get(21)?, snapshot))
    };
    statement.query_row((scope, id.as_str()), with_numbers).optional()
}

/// Writes the row of an order, and its numbers where the snapshot has them; returns its number.
pub(super) fn write(connection: &Connection, scope: i64, snapshot: &Snapshot) -> rusqlite::Result<i64> {
    let order = &snapshot.order;
    let Counts { total, acquired, failed, processing } = snapshot.counts;
    let serial = connection.prepare_cached(UPSERT)?.query_row(
        named_params! {
            ":scope": scope,
            ":id": order.id.as_str(),
            ":status": order.status.raw(),
            ":product_type": order.product_type.as_ref().map(ProductType::raw),
            ":order_type": order.order_type.as_ref().map(OrderType::raw),
            ":total": total,
            ":acquired": acquired,
            ":failed": failed,
            ":processing": processing,
            ":created": order.created.map(millis),
            ":updated": order.updated.map(millis),
            ":foc_date": order.foc_date.as_ref().map(FocDate::raw),
            ":first_seen": millis(snapshot.first_seen),
            ":read_at": millis(snapshot.read_at),
            ":state_after": snapshot.state_since.after.map(millis),
            ":state_by": millis(snapshot.state_since.by),
            ":same_since": millis(snapshot.same_since),
            ":foc_moved_after": snapshot.foc_moved.and_then(|moved| moved.after).map(millis),
            ":foc_moved_by": snapshot.foc_moved.map(|moved| millis(moved.by)),
            ":pattern": &*snapshot.pattern,
            ":handled": snapshot.handled.map(need_name),
        },
        |row| row.get(0),
    )?;
    match snapshot.detail {
        Detail::Whole => {
            connection
                .prepare_cached(
                    "INSERT INTO numbers (serial, list) VALUES (?1, ?2)
                     ON CONFLICT (serial) DO UPDATE SET list = excluded.list",
                )?
                .execute((serial, numbers::encode(snapshot)))?;
        }
        Detail::Outline => {}
    }
    Ok(serial)
}

fn need_kind(name: &str) -> Option<NeedKind> {
    NeedKind::ALL.into_iter().find(|kind| need_name(*kind) == name)
}

/// The name of a need in the file.
pub(super) const fn need_name(kind: NeedKind) -> &'static str {
    match kind {
        NeedKind::Documents => "documents",
        NeedKind::Exception => "exception",
        NeedKind::FocOverdue => "foc_overdue",
        NeedKind::FocMoved => "foc_moved",
        NeedKind::FocNear => "foc_near",
        NeedKind::FocSet => "foc_set",
        NeedKind::Failed => "failed",
        NeedKind::NumbersFailed => "numbers_failed",
        NeedKind::Cancelled => "cancelled",
        NeedKind::CancelRequested => "cancel_requested",
        NeedKind::UnknownState => "unknown_state",
        NeedKind::SlowProcessing => "slow_processing",
        NeedKind::ChangeUnanswered => "change_unanswered",
        NeedKind::SubmittedLong => "submitted_long",
    }
}
