//! How far an account is slowed while the service throttles: down to what the service lets pass, slowly up again to
//! find out whether it lets more pass, and an end to it where slowing does not help.
//!
//! Answers are counted in epochs of at least five seconds. After an epoch with too many throttles the pace is cut to a
//! little less than what passed: where our load is what is limited, that is the limit. The answers that follow show
//! whether it was. If the share of throttles does not fall as it would then, they have another cause: the pace goes
//! back to where it was, and cutting is not tried again for a while. If it falls, a limit is known: the pace creeps up
//! to it and beyond, and is cut again long before many are throttled.

use crate::domain::Moment;
use std::time::Duration;

/// The shortest epoch: between two cuts lies at least this.
const EPOCH: Duration = Duration::from_secs(5);
/// The fewest answers that a share is told from, and those that a limit is known from.
const ANSWERS: u32 = 12;
const ENOUGH: u32 = 24;
const FEW: u32 = 8;
/// So many throttles below a known limit say early that the service has spent what it saved.
const SPENT: u32 = 3;
/// An epoch that is older tells nothing any more, and without a throttle for so long the pace is let go.
const STALE: Duration = Duration::from_mins(1);
/// The share of throttles above which the pace is cut.
const TOLERATED: f64 = 0.2;
/// The same once it is known that our load is limited.
const TOLERATED_LIMITED: f64 = 0.1;
/// What is left after a cut of what passed, and of the pace at most and at least.
const BELOW_PASSED: f64 = 0.95;
const LEFT_LEAST: f64 = 0.4;
const LEFT_MOST: f64 = 0.7;
/// The pace is never cut below this part of the whole.
const FLOOR: f64 = 0.25;
/// What the pace wins back with each second: of the whole, of itself where a limit is known, and of the whole once
/// nothing is throttled any more.
const RECOVERY: f64 = 0.005;
const CREEP: f64 = 0.0015;
const LET_GO: f64 = 0.005;
/// The pace goes back to so much of what is known to pass at the first throttle after it was let go.
const OVERSHOT: f64 = 1.1;
/// Cutting did not help where so much is left of the throttles that it should have spared, soon and in the end.
const FUTILE_SOON: f64 = 0.75;
const FUTILE_AT_LAST: f64 = 0.5;
/// More than so much of the share was no share to compare with: the service had saved something up.
const MISTAKEN: f64 = 1.2;
/// A limit is none where throttles go on below so much of it.
const DOUBTED: f64 = 0.7;
/// How long cutting is not tried again after it did not help; doubled each time, at most [`FUTILE_MOST`].
const FUTILE: Duration = Duration::from_mins(2);
const FUTILE_MOST: Duration = Duration::from_mins(15);

/// The slowing of one account.
#[derive(Clone, Debug, PartialEq)]
pub struct Slowdown {
    factor: f64,
    epoch: Epoch,
    trial: Trial,
    last_throttle: Option<Moment>,
    /// Until when the pace was last let go.
    let_go: Moment,
    futile: Duration,
}

/// Answers that are counted together.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Epoch {
    since: Moment,
    answers: u32,
    throttles: u32,
}

impl Epoch {
    const fn new(since: Moment) -> Self {
        Self { since, answers: 0, throttles: 0 }
    }

    fn share(&self) -> f64 {
        f64::from(self.throttles) / f64::from(self.answers.max(1))
    }

    fn and(&self, later: &Self) -> Self {
        Self {
            since: self.since,
            answers: self.answers + later.answers,
            throttles: self.throttles + later.throttles,
        }
    }
}

/// What is being found out.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Trial {
    /// Nothing: the pace was not cut.
    None,
    /// Too many were throttled. How many it really is the next epoch tells, when the service has spent what it saved.
    Suspected,
    /// Whether cutting helps: how it was before, and what was answered since.
    Cutting { share: f64, factor: f64, since: Epoch },
    /// Our load is limited: the pace before the first cut, and the highest one known to pass.
    Limited { factor: f64, passes: f64 },
    /// It did not help: nothing is cut before this moment.
    Futile { until: Moment },
}

impl Slowdown {
    /// Not slowed.
    pub const fn new(now: Moment) -> Self {
        Self {
            factor: 1.0,
            epoch: Epoch::new(now),
            trial: Trial::None,
            last_throttle: None,
            let_go: now,
            futile: FUTILE,
        }
    }

    /// The part of the pace that is left, from a quarter to 1.
    pub const fn factor(&self) -> f64 {
        self.factor
    }

    /// Lets the pace go, ever more of it, once throttles are too long ago to matter.
    pub fn refresh(&mut self, now: Moment) {
        let Some(last) = self.last_throttle.filter(|last| now.since(*last) > STALE) else { return };
        let since = self.let_go.max(last.plus(STALE));
        self.factor += LET_GO * now.since(since).as_secs_f64();
        self.let_go = now;
        if self.factor >= 1.0 {
            *self = Self::new(now);
        }
    }

    /// Counts an answer of the service, throttled or not.
    pub fn count(&mut self, now: Moment, throttled: bool) {
        if throttled {
            if let Trial::Limited { passes, .. } = self.trial
                && self.last_throttle.is_some_and(|last| now.since(last) > STALE)
            {
                self.factor = self.factor.min(OVERSHOT * passes);
            }
            self.last_throttle = Some(now);
            self.epoch.throttles += 1;
        }
        self.epoch.answers += 1;
        let lasted = now.since(self.epoch.since);
        let enough = match self.trial {
            Trial::Limited { .. } if self.epoch.throttles >= SPENT => FEW,
            Trial::Limited { .. } => ENOUGH,
            Trial::Cutting { .. } => FEW,
            Trial::None | Trial::Suspected | Trial::Futile { .. } => ANSWERS,
        };
        if lasted >= EPOCH && self.epoch.answers >= enough {
            let epoch = std::mem::replace(&mut self.epoch, Epoch::new(now));
            self.judge(epoch, now, lasted);
        } else if lasted > STALE && self.epoch.answers < ANSWERS {
            self.epoch = Epoch { since: now, answers: 1, throttles: u32::from(throttled) };
        }
    }

    fn judge(&mut self, epoch: Epoch, now: Moment, lasted: Duration) {
        let share = epoch.share();
        match self.trial {
            Trial::Futile { until } if now < until => self.grow(RECOVERY * lasted.as_secs_f64()),
            Trial::None | Trial::Suspected | Trial::Futile { .. } if share <= TOLERATED => {
                self.trial = Trial::None;
                self.grow(RECOVERY * lasted.as_secs_f64());
            }
            Trial::None | Trial::Futile { .. } => self.trial = Trial::Suspected,
            Trial::Suspected => self.tries(share, self.factor, now),
            Trial::Cutting { share: before, factor, since } => {
                self.learns(before, factor, since.and(&epoch), now);
            }
            Trial::Limited { factor, .. } if share > TOLERATED => self.tries(share, factor, now),
            Trial::Limited { factor, passes } if share > TOLERATED_LIMITED => {
                self.cut(share);
                if self.factor < DOUBTED * passes {
                    self.gives_up(factor, now);
                }
            }
            // It has just enough.
            Trial::Limited { .. } if epoch.throttles > 0 => {}
            Trial::Limited { factor, passes } => {
                self.trial = Trial::Limited { factor, passes: passes.max(self.factor) };
                self.grow(CREEP * self.factor * lasted.as_secs_f64());
            }
        }
    }

    /// Cuts the pace, to find out whether that helps.
    fn tries(&mut self, share: f64, factor: f64, now: Moment) {
        self.trial = Trial::Cutting { share, factor, since: Epoch::new(now) };
        self.cut(share);
    }

    /// Compares what was answered since a cut with what was before it.
    fn learns(&mut self, before: f64, factor: f64, since: Epoch, now: Moment) {
        let share = since.share();
        // What a limit on our load would have made of it.
        let limited = (1.0 - (1.0 - before) * factor / self.factor).max(0.0);
        let spared = before - limited;
        let is_left = |part: f64| spared > 0.0 && share - limited >= part * spared;
        if share > MISTAKEN * before && self.factor > FLOOR {
            self.tries(share, factor, now);
        } else if is_left(FUTILE_SOON) || (since.answers >= ENOUGH && is_left(FUTILE_AT_LAST)) {
            self.gives_up(factor, now);
        } else if since.answers >= ENOUGH {
            if share > TOLERATED_LIMITED {
                self.cut(share);
            }
            self.trial = Trial::Limited { factor, passes: self.factor };
        } else {
            self.trial = Trial::Cutting { share: before, factor, since };
        }
    }

    /// Goes back to the pace before the cuts.
    fn gives_up(&mut self, factor: f64, now: Moment) {
        self.factor = factor;
        self.trial = Trial::Futile { until: now.plus(self.futile) };
        self.futile = (self.futile * 2).min(FUTILE_MOST);
    }

    fn grow(&mut self, by: f64) {
        self.factor = (self.factor + by).min(1.0);
    }

    fn cut(&mut self, share: f64) {
        let left = BELOW_PASSED * (1.0 - share);
        let left = match self.trial {
            Trial::Limited { .. } => left,
            Trial::None | Trial::Suspected | Trial::Cutting { .. } | Trial::Futile { .. } => {
                left.clamp(LEFT_LEAST, LEFT_MOST)
            }
        };
        self.factor = (self.factor * left).max(FLOOR);
    }
}

#[cfg(test)]
mod tests;
