//! The line that says what just happened, and for how long it stands.

use crate::app::action::Action;
use crate::app::model::{Model, Notice, Tone};
pub(in crate::app) use crate::app::query::line::count;
use crate::domain::Text;
use std::time::Duration;

const PLAIN: Stands = Stands { alone: Duration::from_secs(5), seen: Duration::from_secs(2) };
/// With something to do about it: time to read and to reach for the key.
const OFFER: Stands = Stands { alone: Duration::from_secs(8), seen: Duration::from_secs(4) };
/// What has to be read in whole.
const LONG: Stands = Stands { alone: Duration::from_secs(12), seen: Duration::from_secs(4) };
/// What must not be missed.
const WARNING: Stands = Stands { alone: Duration::from_secs(12), seen: Duration::from_secs(6) };

/// Time to read it, before what nobody asked for takes its place.
const UNREAD: Duration = Duration::from_secs(4);

/// How long a notice stands.
#[derive(Clone, Copy, Debug)]
struct Stands {
    /// While nothing else happens.
    alone: Duration,
    /// Until it has been seen: from then on the next key sends it away.
    seen: Duration,
}

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
    set(model, text.into(), Tone::Warning, WARNING, None);
}

/// A key was pressed: who goes on has read what stands there, once there was time to. What the key does is said in its
/// place, or seen where it stood.
pub(in crate::app) fn give_way(model: &mut Model) {
    if let Some(notice) = &mut model.notice {
        notice.until = notice.until.min(notice.seen_at);
    }
    end(model);
}

/// Takes away what has stood long enough.
pub(in crate::app) fn end(model: &mut Model) {
    let now = model.now.moment;
    model.notice.take_if(|notice| notice.until <= now);
}

/// Says what did not work, and which action does it otherwise.
pub(in crate::app) fn warn_and_offer(model: &mut Model, text: impl Into<Text>, action: Action) {
    set(model, text.into(), Tone::Warning, WARNING, Some(action));
}

fn set(model: &mut Model, text: Text, tone: Tone, stands: Stands, offers: Option<Action>) {
    let now = model.now.moment;
    model.notice = Some(Notice {
        text,
        tone,
        until: now.plus(stands.alone),
        unread_until: now.plus(UNREAD),
        seen_at: now.plus(stands.seen),
        offers,
    });
}
