//! Asking by hand, pausing, and marking what an order needs as handled.

use super::{movement, notice, watch};
use crate::app::Effect;
use crate::app::message::WatchMessage;
use crate::app::model::Model;
use crate::app::watch::Asking;
use crate::domain::attention;

/// Asks for the order under the cursor now, settled or not.
pub(super) fn now(model: &mut Model) -> Vec<Effect> {
    let Some(key) = movement::order_at_cursor(model) else { return Vec::new() };
    let name = model.name_of(&key);
    notice::say(model, format!("Asking for {name}."));
    watch(model, WatchMessage::AskNow(vec![key]))
}

/// Asks for all that are not settled now; not while asking is paused, which is what stops many requests.
pub(super) fn all(model: &mut Model) -> Vec<Effect> {
    match model.watch.asking() {
        Asking::On => {
            notice::say(model, "Asking for all that are not settled.");
            watch(model, WatchMessage::AskAll)
        }
        Asking::Paused { .. } => {
            notice::say(model, "Asking is paused. Single orders can be asked for.");
            Vec::new()
        }
    }
}

/// Stops asking, or goes on.
pub(super) fn pause(model: &mut Model) -> Vec<Effect> {
    let pauses = match model.watch.asking() {
        Asking::On => true,
        Asking::Paused { .. } => false,
    };
    watch(model, WatchMessage::SetPaused(pauses))
}

/// Marks what the order under the cursor needs as handled, or no longer.
pub(super) fn handled(model: &mut Model) -> Vec<Effect> {
    let Some(key) = movement::order_at_cursor(model) else { return Vec::new() };
    let now = model.watch.corrected(model.now);
    let snapshot = model.watch.get(&key).and_then(|order| order.snapshot());
    let need = snapshot.and_then(|snapshot| attention::need_unhandled(snapshot, now));
    let was_handled = need.is_some_and(|need| snapshot.is_some_and(|known| known.handled == Some(need.kind)));
    let name = model.name_of(&key);
    if need.is_none() {
        notice::say(model, format!("{name} needs nothing of you."));
        return Vec::new();
    }
    let said = if was_handled { "needs you again" } else { "is handled until it changes again" };
    notice::say(model, format!("{name} {said}."));
    watch(model, WatchMessage::ToggleHandled(key))
}
