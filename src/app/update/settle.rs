//! What has to hold after every message: rows up to date, cursors within their lines and on the screen.

use super::{movement, notice};
use crate::app::model::{Screen, Times};
use crate::app::rows::{self, Movement};
use crate::app::watch::Poll;
use crate::app::{Action, Model, alarm};
use crate::domain::Moment;
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};
use std::time::Duration;

/// After a key no row moves for so long: what the user aims at stays where it is.
pub(super) const STILL: Duration = Duration::from_secs(5);
/// After so short a pause it is no news that nothing changed.
const SHORT_PAUSE: SignedDuration = SignedDuration::from_hours(1);

/// Brings everything in line that follows from the rest.
pub(in crate::app) fn settle(model: &mut Model) {
    tell_what_happened_while_away(model);
    close_what_is_gone(model);
    arrange(model);
    movement::keep_cursors_in_sight(model);
    if let Some(list) = model.current.and_then(|place| model.lists.get_mut(place)) {
        list.extend_range();
    }
}

impl Model {
    /// When the model wants a `Tick` even if nothing else happens: the engine's next request, the end of a notice,
    /// rows that may move again, a view that is to be kept.
    pub fn next_deadline(&self) -> Option<Moment> {
        self.watch.next_deadline().into_iter().chain(self.next_change()).chain(self.kept.due()).min()
    }

    /// When a `Tick` will change what the screen says although the engine has no news: the end of a notice, rows that
    /// may move again, a call that waits.
    pub fn next_change(&self) -> Option<Moment> {
        let notice = self.notice.as_ref().map(|notice| notice.until);
        notice.into_iter().chain(self.rows_move_at()).chain(alarm::deadline(self)).min()
    }

    /// When the rows may show what they do not show yet.
    fn rows_move_at(&self) -> Option<Moment> {
        let rows = &self.current_list()?.rows;
        let is_behind = rows.are_behind(&self.watch, self.now);
        is_behind.then(|| self.last_key.map_or(Moment::START, |key| key.plus(STILL)).max(rows.earliest()))
    }

    fn movement(&self) -> Movement {
        match self.last_key {
            Some(key) if self.now.moment < key.plus(STILL) => Movement::Held,
            Some(_) | None => Movement::Free,
        }
    }
}

fn arrange(model: &mut Model) {
    let movement = model.movement();
    let Some(list) = model.current.and_then(|place| model.lists.get_mut(place)) else { return };
    rows::arrange(list, &model.watch, model.now, movement);
    if model.last_key.is_none() && list.rows.aim.is_none() {
        // Nobody has chosen an order yet: the cursor stays at the top, where what needs you arrives.
        list.rows.cursor = 0;
    }
}

/// The screen of an order that is watched no longer closes.
fn close_what_is_gone(model: &mut Model) {
    let is_gone = model.screen.order().is_some_and(|key| model.watch.get(key).is_none());
    if is_gone {
        model.screen = Screen::List;
    }
}

/// Once, when every order that was known before this run has been asked again.
fn tell_what_happened_while_away(model: &mut Model) {
    if model.away.is_some() {
        return;
    }
    let Some(away) = model.watch.away() else { return };
    if away.outstanding > 0 || model.watch.iter().any(|order| order.poll() == Poll::Unread) {
        return;
    }
    model.away = Some(away);
    let since = past_minute(model, away.since);
    match away.changes {
        0 if model.watch.started().duration_since(away.since) < SHORT_PAUSE => {}
        0 => notice::tell(model, format!("While you were away (since {since}): no changes.")),
        changes => {
            let changes = notice::count(changes, "change", "changes");
            let text = format!("While you were away (since {since}): {changes}.");
            notice::call(model, text, Some(Action::Activity));
        }
    }
}

/// `17:10` today, `Fri 17:10` within a week, else `3 Nov 17:10`.
fn past_minute(model: &Model, at: Timestamp) -> String {
    let zone = match model.preferences.times {
        Times::Relative | Times::Local => model.zone.clone(),
        Times::Utc => TimeZone::UTC,
    };
    let (then, today) = (at.to_zoned(zone.clone()), model.watch.corrected(model.now).to_zoned(zone).date());
    let days = then.date().until(today).map_or(i32::MAX, |span| span.get_days());
    let format = match days {
        0 => "%H:%M",
        1..=6 => "%a %H:%M",
        _ => "%-d %b %H:%M",
    };
    then.strftime(format).to_string()
}
