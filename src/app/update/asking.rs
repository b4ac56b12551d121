//! Asking by hand, pausing, and marking what an order needs as handled.

use super::{marks, notice, watch};
use crate::app::Effect;
use crate::app::message::WatchMessage;
use crate::app::model::Model;
use crate::app::watch::Asking;
use crate::domain::{OrderKey, attention};

/// Asks for the marked orders or the one under the cursor now, settled or not.
pub(super) fn now(model: &mut Model) -> Vec<Effect> {
    let orders = marks::orders(model);
    if orders.is_empty() {
        return Vec::new();
    }
    let said = format!("Asking for {}.", marks::subject(model, &orders));
    notice::say(model, said);
    watch(model, WatchMessage::AskNow(orders))
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

/// Marks what the marked orders or the one under the cursor need as handled. If all of it is, they need you again.
pub(super) fn handled(model: &mut Model) -> Vec<Effect> {
    let orders = marks::orders(model);
    if orders.is_empty() {
        return Vec::new();
    }
    let (handled, open): (Vec<_>, Vec<_>) = orders
        .iter()
        .filter_map(|key| Some((key, need(model, key)?)))
        .partition(|(_, need)| *need == Need::Handled);
    let (toggled, said) = match (open.as_slice(), handled.as_slice()) {
        ([], []) => {
            let needs = if orders.len() == 1 { "needs" } else { "need" };
            let said = format!("{} {needs} nothing of you.", marks::subject(model, &orders));
            notice::say(model, said);
            return Vec::new();
        }
        ([], handled) => (handled, ["needs you again", "need you again"]),
        (open, _) => (open, ["is handled until it changes again", "are handled until they change again"]),
    };
    let toggled: Vec<OrderKey> = toggled.iter().map(|(key, _)| (*key).clone()).collect();
    let [one, many] = said;
    let said = if toggled.len() == 1 { one } else { many };
    let said = format!("{} {said}.", marks::subject(model, &toggled));
    notice::say(model, said);
    toggled.into_iter().flat_map(|key| watch(model, WatchMessage::ToggleHandled(key))).collect()
}

/// Whether what an order needs of you is handled.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Need {
    Open,
    Handled,
}

/// What an order needs of you; none where it needs nothing.
fn need(model: &Model, key: &OrderKey) -> Option<Need> {
    let now = model.watch.corrected(model.now);
    let snapshot = model.watch.get(key)?.snapshot()?;
    let need = attention::need_unhandled(snapshot, now)?;
    Some(if snapshot.handled == Some(need.kind) { Need::Handled } else { Need::Open })
}
