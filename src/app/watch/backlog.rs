//! Orders that throttles hold back: told once that is noticeable, and until none of them waits any more.
//!
//! Whether it is told hangs on the pace and not on a single answer, so that the screen does not blink with each of
//! them.

use super::account::Standing;
use super::pace::PaceIndex;
use super::{Poll, Watch, Watched};
use crate::domain::{Moment, Now, Scope};
use jiff::Timestamp;
use std::sync::Arc;
use std::time::Duration;

/// How late an order is, or will be when its turn comes, before that is worth a word.
const NOTICED: Duration = Duration::from_secs(6);
/// The same within this time after it was last told: then it would come and go with every other answer.
const NOTICED_AGAIN: Duration = Duration::from_secs(30);
const CALM: Duration = Duration::from_mins(1);
/// An order that was sent so late has waited, and goes on waiting for its answer.
const LATE: Duration = Duration::from_secs(1);
/// One in so many requests has to be throttled, or it is our own pace that lets orders wait.
const SHARE: u32 = 20;
/// Once it is told, one in so many keeps it told.
const FORGOTTEN: u32 = 40;

/// Orders that wait because the service throttles.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct HeldBack {
    /// How many.
    pub waiting: usize,
    /// How many of them have never been read.
    pub unread: usize,
    /// The oldest answer among them; none where none of them was read.
    pub oldest: Option<Timestamp>,
    /// The moment that the service named, before which none of them is asked for; none where it named none.
    pub until: Option<Moment>,
}

/// Whether orders that keep to a pace are told to be held back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Backlog {
    /// They are not.
    Quiet {
        /// Until when they have to wait longer to be told, because they were told a moment ago.
        calm_until: Moment,
    },
    /// They are, since throttles let one wait noticeably.
    Told,
}

impl Default for Backlog {
    fn default() -> Self {
        Self::Quiet { calm_until: Moment::START }
    }
}

impl Watch {
    /// The orders of these places that throttles hold back, and those that share their pace; none where it is not
    /// worth a word.
    pub fn held_back(&self, scopes: &[Arc<Scope>], now: Now) -> Option<HeldBack> {
        let told = self.account_indices().filter(|index| {
            let account = &self.accounts[index.0];
            account.standing == Standing::Open
                && self.paces[account.pace.0].backlog == Backlog::Told
                && scopes.contains(&account.scope)
        });
        let told: Vec<_> = told.collect();
        if told.is_empty() {
            return None;
        }
        let mut held = HeldBack { waiting: 0, unread: 0, oldest: None, until: None };
        let waiting = |order: &&Watched| told.contains(&order.account) && waits(order, now.moment);
        for order in self.orders.iter().filter(waiting) {
            held.waiting += 1;
            match order.snapshot() {
                Some(snapshot) => {
                    let oldest = held.oldest.map_or(snapshot.read_at, |oldest| oldest.min(snapshot.read_at));
                    held.oldest = Some(oldest);
                }
                None => held.unread += 1,
            }
        }
        let mut ends = told.iter().map(|index| {
            let pace = self.accounts[index.0].pace;
            self.paces[pace.0].pacer.held_until(now.moment)
        });
        // Where only some of the accounts are closed, the others go on.
        held.until = ends.try_fold(Moment::START, |last, end| Some(last.max(end?)));
        (held.waiting > 0).then_some(held)
    }

    /// Finds out whether orders that keep to this pace are held back, once what can be sent is sent.
    pub(super) fn review_backlog(&mut self, pace: PaceIndex, now: Moment) {
        let after = match self.paces[pace.0].backlog {
            Backlog::Quiet { calm_until } if self.is_noticeable(pace, calm_until, now) => Backlog::Told,
            Backlog::Told if !self.still_waits(pace, now) => Backlog::Quiet { calm_until: now.plus(CALM) },
            same @ (Backlog::Quiet { .. } | Backlog::Told) => same,
        };
        if self.paces[pace.0].backlog != after {
            self.paces[pace.0].backlog = after;
            self.version += 1;
        }
    }

    /// True where throttles let an order wait so long that somebody wonders.
    fn is_noticeable(&self, pace: PaceIndex, calm_until: Moment, now: Moment) -> bool {
        let shared = &self.paces[pace.0];
        if !shared.pacer.is_slowed() {
            return false;
        }
        let Some((due, at)) = self.longest_due(pace, now) else { return false };
        let noticed = if now < calm_until { NOTICED_AGAIN } else { NOTICED };
        let is_closed = at.since(now) >= noticed;
        let is_late = at.since(due) >= noticed;
        let (throttles, sent) = (shared.throttles.last_minute(now), shared.meter.last_minute(now));
        is_closed || (is_late && throttles.saturating_mul(SHARE) >= sent)
    }

    /// True while throttles are not forgotten and something waits, for its turn or for its answer.
    fn still_waits(&self, pace: PaceIndex, now: Moment) -> bool {
        let shared = &self.paces[pace.0];
        let (throttles, sent) = (shared.throttles.last_minute(now), shared.meter.last_minute(now));
        let is_throttled = shared.pacer.is_slowed() || throttles.saturating_mul(FORGOTTEN) >= sent.max(1);
        let is_asking = self.sharing(pace).any(|index| self.accounts[index.0].in_flight > 0);
        is_throttled && (is_asking || self.longest_due(pace, now).is_some())
    }

    /// Since when what comes next has been due, and when its turn comes; none where nothing is due.
    fn longest_due(&self, pace: PaceIndex, now: Moment) -> Option<(Moment, Moment)> {
        let (first, turn, _) = self.next_place(pace, now)?;
        (first.due <= now).then_some((first.due, turn))
    }
}

/// True for an order that is due, and for one that was sent late.
fn waits(order: &Watched, now: Moment) -> bool {
    match order.poll {
        Poll::Waiting(place) | Poll::Swept(place) => place.due <= now,
        Poll::InFlight { since, place, .. } => since.since(place.due) >= LATE,
        Poll::Unread | Poll::Settled => false,
    }
}
