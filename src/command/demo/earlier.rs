//! What an earlier run of the dashboard would have seen of the demo's orders.

use crate::domain::change::Observation;
use crate::domain::{Change, Interval, OrderKey, Snapshot};
use crate::fetch::wire;
use crate::order_service::World;
use jiff::SignedDuration;
use std::error::Error;
use std::sync::Arc;

/// When it looked before it looked last, in minutes before the start.
const LOOKS: [i64; 8] = [4_320, 1_440, 480, 235, 120, 60, 30, 15];

/// What the looks at one order saw, decoded as answers are; none where it did not exist yet. The changes have no
/// sequence numbers yet: the history gives them theirs.
///
/// # Errors
/// The world answers something that is no order.
pub fn observe(world: &World, key: &OrderKey) -> Result<Option<Observation>, Box<dyn Error>> {
    let last = world.earlier();
    let looks = LOOKS.iter().map(|minutes| SignedDuration::from_mins(-minutes)).filter(|look| *look < last);
    let mut known: Option<Snapshot> = None;
    let mut changes = Vec::new();
    for look in looks.chain([last]) {
        let Some(answer) = world.order_json(key.id.as_str(), look) else { continue };
        let order = wire::order(&serde_json::to_vec(&answer)?, key.id)?;
        let at = world.dated(look);
        let Some(before) = known else {
            known = Some(Snapshot::first(order, at));
            continue;
        };
        let renewal = before.renewed(order, at);
        let seen = Interval { after: Some(before.read_at), by: at };
        changes.extend(renewal.changes.into_iter().map(|kind| Change {
            sequence: 0,
            key: key.clone(),
            kind,
            seen,
        }));
        known = Some(renewal.snapshot);
    }
    Ok(known.map(|snapshot| Observation { key: key.clone(), snapshot: Arc::new(snapshot), changes }))
}
