//! How far an account is slowed while the service throttles: additive increase, multiplicative decrease, and an end
//! to it where slowing does not help.
//!
//! Answers are counted in epochs of at least five seconds. After an epoch with too many throttles the pace is cut. If
//! the next epochs show that the share of throttles does not fall as it would if our load caused it, the throttles have
//! another cause: the pace goes back to where it was, and cutting is not tried again for a while.

use crate::domain::Moment;
use std::time::Duration;

/// The shortest epoch: between two cuts lies at least this.
const EPOCH: Duration = Duration::from_secs(5);
/// The fewest answers that a share is told from.
const ANSWERS: u32 = 12;
/// An epoch that is older tells nothing any more.
const STALE: Duration = Duration::from_mins(1);
/// The share of throttles, in percent, above which the pace is cut.
const TOLERATED: u32 = 20;
/// What is left of the pace after a cut.
const CUT: f64 = 0.7;
/// The pace is never cut below this part of the whole.
const FLOOR: f64 = 0.25;
/// What the pace wins back with each second.
const RECOVERY: f64 = 0.005;
/// Cutting is judged once the pace is at most this part of what it was before the first cut.
const JUDGED: f64 = 0.5;
/// How long cutting is not tried again after it did not help; doubled each time, at most [`FUTILE_MOST`].
const FUTILE: Duration = Duration::from_mins(1);
const FUTILE_MOST: Duration = Duration::from_mins(15);

/// The slowing of one account.
#[derive(Clone, Debug, PartialEq)]
pub struct Slowdown {
    factor: f64,
    epoch: Epoch,
    trial: Trial,
    last_throttle: Option<Moment>,
    futile: Duration,
}

#[derive(Clone, Copy, Debug, PartialEq)]
struct Epoch {
    since: Moment,
    answers: u32,
    throttles: u32,
}

/// What is being found out.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Trial {
    /// Nothing: the pace was not cut.
    None,
    /// Whether cutting helps; how it was before the first cut.
    Cutting { share: f64, factor: f64 },
    /// It did not help: nothing is cut before this moment.
    Futile { until: Moment },
}

impl Slowdown {
    /// Not slowed.
    pub const fn new(now: Moment) -> Self {
        Self {
            factor: 1.0,
            epoch: Epoch { since: now, answers: 0, throttles: 0 },
            trial: Trial::None,
            last_throttle: None,
            futile: FUTILE,
        }
    }

    /// The part of the pace that is left, from a quarter to 1.
    pub const fn factor(&self) -> f64 {
        self.factor
    }

    /// Forgets throttles that are too long ago to matter.
    pub fn refresh(&mut self, now: Moment) {
        if self.last_throttle.is_some_and(|last| now.since(last) > STALE) {
            *self = Self::new(now);
        }
    }

    /// Counts an answer of the service, throttled or not.
    pub fn count(&mut self, now: Moment, throttled: bool) {
        if throttled {
            self.last_throttle = Some(now);
            self.epoch.throttles += 1;
        }
        self.epoch.answers += 1;
        let lasted = now.since(self.epoch.since);
        if lasted >= EPOCH && self.epoch.answers >= ANSWERS {
            self.judge(now, lasted);
            self.epoch = Epoch { since: now, answers: 0, throttles: 0 };
        } else if lasted > STALE {
            self.epoch = Epoch { since: now, answers: 1, throttles: u32::from(throttled) };
        }
    }

    fn judge(&mut self, now: Moment, lasted: Duration) {
        let share = f64::from(self.epoch.throttles) / f64::from(self.epoch.answers);
        if self.epoch.throttles * 100 <= TOLERATED * self.epoch.answers {
            self.factor = (self.factor + RECOVERY * lasted.as_secs_f64()).min(1.0);
            if !matches!(self.trial, Trial::Futile { until } if now < until) {
                self.trial = Trial::None;
            }
            return;
        }
        match self.trial {
            Trial::Futile { until } if now < until => {}
            Trial::Cutting { share: before, factor } if self.is_futile(share, before, factor) => {
                self.factor = factor;
                self.trial = Trial::Futile { until: now.plus(self.futile) };
                self.futile = (self.futile * 2).min(FUTILE_MOST);
            }
            Trial::Cutting { .. } => self.cut(),
            Trial::None | Trial::Futile { .. } => {
                self.trial = Trial::Cutting { share, factor: self.factor };
                self.cut();
            }
        }
    }

    fn cut(&mut self) {
        self.factor = (self.factor * CUT).max(FLOOR);
    }

    /// Whether the share of throttles stayed nearer to what it was than to what a limit on our load would have made
    /// of it.
    fn is_futile(&self, share: f64, before: f64, factor: f64) -> bool {
        let left = self.factor / factor;
        if left > JUDGED && self.factor > FLOOR {
            return false;
        }
        let limited = (1.0 - (1.0 - before) / left).max(0.0);
        share > f64::midpoint(before, limited)
    }
}

#[cfg(test)]
mod tests;
