//! The last answer of an order as it came. Answers are not kept: the order is asked once more, and that one answer is
//! kept as long as it is looked at.

use super::{movement, notice, watch};
use crate::app::Effect;
use crate::app::message::WatchMessage;
use crate::app::model::{Json, Model, Overlay};
use crate::domain::{OrderKey, json};
use jiff::Timestamp;

/// Shows the answer of the order under the cursor, or of the open one; on it, asks once more.
pub(super) fn show(model: &mut Model) -> Vec<Effect> {
    let key = match &model.overlay {
        Some(Overlay::Json(json)) => Some(json.key.clone()),
        Some(_) | None => movement::order_at_cursor(model),
    };
    let Some(key) = key else {
        notice::say(model, "No order is under the cursor.");
        return Vec::new();
    };
    if !matches!(model.overlay, Some(Overlay::Json(_))) {
        let (came, received, lines) = (None, None, Vec::new());
        model.overlay = Some(Overlay::Json(Json { key: key.clone(), came, received, lines, offset: 0 }));
    }
    // A page of the account's list carries no answer of its own: an order that is looked at is asked singly.
    let mut effects = keep_up(model);
    effects.extend(watch(model, WatchMessage::AskNow(vec![key])));
    effects
}

/// What the service sent.
pub(super) fn came(model: &mut Model, key: &OrderKey, received: Timestamp, body: String) {
    if let Some(Overlay::Json(json)) = &mut model.overlay
        && json.key == *key
    {
        if json.came.as_ref() != Some(&body) {
            json.lines = json::shown_lines(&body);
        }
        json.came = Some(body);
        json.received = Some(received);
    }
}

/// Tells the net thread whose answers to hand over, and the engine that somebody looks at the order.
pub(super) fn keep_up(model: &mut Model) -> Vec<Effect> {
    let wanted = match &model.overlay {
        Some(Overlay::Json(json)) => Some(json.key.clone()),
        Some(_) | None => None,
    };
    if wanted == model.kept_body {
        return Vec::new();
    }
    model.kept_body.clone_from(&wanted);
    let open = model.screen.order().cloned();
    let mut effects = vec![Effect::KeepBody(wanted.clone())];
    effects.extend(watch(model, WatchMessage::Opened(wanted.or(open))));
    effects
}
