//! Looking for an order in another region because its own does not know it.

use super::{edit, movement, notice};
use crate::app::query::header::bare;
use crate::app::{Effect, Model, elsewhere};
use crate::domain::FailureKind;
use crate::domain::text::neutralise;

/// Looks for the order under the cursor in the next region in which numbers are ordered.
pub(super) fn look(model: &mut Model) -> Vec<Effect> {
    let Some(key) = movement::order_at_cursor(model) else { return Vec::new() };
    let name = model.name_of(&key);
    if let Some(region) = elsewhere::next_region(model, &key) {
        // Where it is found there, the file is to say so.
        if let Err(effects) = edit::editable(model) {
            return effects;
        }
        notice::say(model, format!("Looking for {name} in {region}."));
        return elsewhere::look(model, &key, region);
    }
    let failure = model.watch.get(&key).and_then(|order| order.failure());
    let is_missing = failure.is_some_and(|(failure, _)| failure.kind == FailureKind::NotFound);
    let said = match &key.scope.endpoint {
        Some(endpoint) if is_missing => {
            let place = neutralise(bare(endpoint));
            format!(
                "{place} is an endpoint of your own: one place, with no other region to look for {name} in."
            )
        }
        None if is_missing => format!("There is no other region to look for {name} in."),
        Some(_) | None => format!("{name} is not missing in {}.", key.scope.region),
    };
    notice::say(model, said);
    Vec::new()
}
