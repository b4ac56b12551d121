//! The line that says what just happened, and for how long it stands.

use crate::app::action::Action;
use crate::app::model::{Model, Notice, Tone};
pub(in crate::app) use crate::app::query::line::count;
use crate::domain::Text;
use std::time::Duration;

const PLAIN: Duration = Duration::from_secs(5);
/// With something to do about it: time to read and to reach for the key.
const OFFER: Duration = Duration::from_secs(8);
/// What must not be missed.
const LONG: Duration = Duration::from_secs(12);
/// Time to read it, before what nobody asked for takes its place.
const UNREAD: Duration = Duration::from_secs(4);

/// Says something by the way.
pub(in crate::app) fn say(model: &mut Model, text: impl Into<Text>) {
    set(model, text.into(), Tone::Plain, PLAIN, None);
}

/// Says what the user comes back for: it stands longer.
pub(in crate::app) fn tell(model: &mut Model, text: impl Into<Text>) {
    set(model, text.into(), Tone::Plain, LONG, None);
}

/// Says what was done, and which action does something about it.
pub(in crate::app) fn offer(model: &mut Model, text: impl Into<Text>, action: Action) {
    set(model, text.into(), Tone::Plain, OFFER, Some(action));
}

/// Says what nobody asked for but should know, and which action goes there.
pub(in crate::app) fn call(model: &mut Model, text: impl Into<Text>, action: Option<Action>) {
    set(model, text.into(), Tone::Plain, LONG, action);
}

/// Says what did not work.
pub(in crate::app) fn warn(model: &mut Model, text: impl Into<Text>) {
    set(model, text.into(), Tone::Warning, LONG, None);
}

fn set(model: &mut Model, text: Text, tone: Tone, stands: Duration, offers: Option<Action>) {
    let now = model.now.moment;
    let (until, unread_until) = (now.plus(stands), now.plus(UNREAD));
    model.notice = Some(Notice { text, tone, until, unread_until, offers });
}
