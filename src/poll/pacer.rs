//! How fast an account may be asked: a token bucket that `Retry-After` closes and throttles slow.
//!
//! A throttle slows the account, never an order: the throttled order keeps its place, and as long as one waits the
//! account is asked no faster than its orders' own intervals add up to, what was sent faster just before included. So
//! the load stays what it is without throttles, and the oldest due is always asked first.
//!
//! A rate above what the orders ask for is for first looks and for people. The schedule keeps close to what the orders'
//! intervals add up to: thousands of orders that were first read within seconds would else come due within seconds for
//! ever, and the last of them would be the one that a service under pressure lets starve.

use super::slowdown::Slowdown;
use crate::domain::Moment;
use crate::domain::failure::LONGEST_RETRY_AFTER;
use std::fmt;
use std::time::Duration;

/// Tokens at the start, so that a first list is read at once.
const START: f64 = 20.0;
/// Tokens that are saved up afterwards.
const HOLDS: f64 = 4.0;
/// What a pause that nobody planned leaves of what was saved.
const HOLDS_CALM: f64 = 1.0;
/// The share that is saved up for a slowed account.
const HOLDS_SHARE: f64 = 1.0;
/// The schedule is asked at most so much faster than its orders' intervals add up to...
const EASE: f64 = 1.2;
/// ... and is not slowed below so many requests a second, which nobody minds.
const EASED_LEAST: f64 = 2.0;
/// The longest time that a slowed account is asked nothing, to pay back what was sent before.
const DEBT: Duration = Duration::from_mins(1);
/// The slowest that an account is asked, in requests a second, however seldom its orders wish to be: after a throttle
/// the few that a person waits for come back within half a minute.
const LEAST: f64 = 1.0 / 30.0;
/// A cut leaves at least so many requests a second. No service takes less, and so few answers tell only by luck whether
/// cutting helps: a walk through a list would come to its end too late for nothing.
const CUT_LEAST: f64 = 0.4;
/// What a token may lack for rounding.
const ROUNDING: f64 = 1e-6;

/// How many requests an account may be sent.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Rate {
    /// As many as are due.
    Unlimited,
    /// So many a second.
    PerSecond(f64),
}

impl Default for Rate {
    /// No rate is documented, and the account's other scripts share the limit.
    fn default() -> Self {
        Self::PerSecond(2.0)
    }
}

impl Rate {
    /// `--rate`: requests a second, 0 for no limit; none for what is no rate.
    pub fn new(per_second: f64) -> Option<Self> {
        match per_second {
            0.0 => Some(Self::Unlimited),
            rate if rate.is_finite() && rate > 0.0 => Some(Self::PerSecond(rate)),
            _no_rate => None,
        }
    }
}

impl fmt::Display for Rate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unlimited => f.write_str("no limit"),
            Self::PerSecond(rate) => write!(f, "{rate} a second"),
        }
    }
}

/// What the orders of an account ask of it.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Load {
    /// What their own intervals add up to, in requests a second.
    pub demand: f64,
    /// What a slowed account may be asked beyond that, in requests a second: for pages of a list, which come in spells,
    /// so that a minute of it still has fewer requests than that of a healthy spell.
    pub beyond: f64,
    /// Orders that were throttled and keep their place.
    pub throttled: usize,
}

/// The pace of one account.
#[derive(Clone, Debug, PartialEq)]
pub struct Pacer {
    rate: Rate,
    load: Load,
    slowdown: Slowdown,
    tokens: f64,
    /// A second bucket, filled by what the orders' own intervals add up to: only a slowed account has to keep to it.
    share: f64,
    /// A third one, which the schedule keeps to while nothing slows it.
    ease: f64,
    counted: Moment,
    held_until: Option<Moment>,
}

impl Pacer {
    /// A full bucket.
    pub const fn new(rate: Rate, now: Moment) -> Self {
        Self {
            rate,
            load: Load { demand: 0.0, beyond: 0.0, throttled: 0 },
            slowdown: Slowdown::new(now),
            tokens: START,
            share: HOLDS_SHARE,
            ease: HOLDS,
            counted: now,
            held_until: None,
        }
    }

    /// Counts what time has brought and takes the load that holds from now on.
    pub fn refresh(&mut self, load: Load, now: Moment) {
        self.fill(now);
        let before = self.is_slowed();
        self.slowdown.refresh(now);
        self.load = load;
        if before && !self.is_slowed() {
            self.calm(now);
        }
    }

    /// The earliest moment at which a request may be sent, `now` if one may be sent at once.
    pub fn ready_at(&self, urgency: Urgency, now: Moment) -> Moment {
        let held = self.held_until.map_or(now, |until| until.max(now));
        let Levels { tokens, share, ease } = self.filled(now);
        let by_rate = match self.rate {
            Rate::Unlimited => now,
            Rate::PerSecond(rate) => reached(urgency.needs() - tokens, rate, now),
        };
        let by_share = match urgency {
            Urgency::First | Urgency::Schedule if self.is_slowed() => {
                reached(1.0 - share, self.share_pace(), now)
            }
            Urgency::Schedule => reached(1.0 - ease, self.eased_pace(), now),
            Urgency::First | Urgency::Person => now,
        };
        held.max(by_rate).max(by_share)
    }

    /// Spends a token.
    pub fn spend(&mut self, now: Moment) {
        self.fill(now);
        self.tokens -= 1.0;
        self.share = (self.share - 1.0).max(-self.share_pace() * DEBT.as_secs_f64());
        self.ease = (self.ease - 1.0).max(0.0);
    }

    /// Counts an answer of the service that was no throttle.
    pub fn answered(&mut self, now: Moment) {
        self.slowdown.count(now, false);
    }

    /// Counts a throttle.
    pub fn throttled(&mut self, now: Moment) {
        self.slowdown.count(now, true);
    }

    /// Sends nothing for as long as the service asked for, at most [`LONGEST_RETRY_AFTER`], and no burst afterwards.
    pub fn hold(&mut self, retry_after: Duration, now: Moment) {
        let until = now.plus(retry_after.min(LONGEST_RETRY_AFTER));
        self.held_until = self.held_until.max(Some(until));
        self.calm(now);
        // What would be saved up meanwhile would be that burst.
        self.counted = self.counted.max(until);
    }

    /// Gives up what was saved: after a pause that nobody planned there shall be no burst.
    pub fn calm(&mut self, now: Moment) {
        self.fill(now);
        self.tokens = self.tokens.min(HOLDS_CALM);
        self.ease = self.ease.min(HOLDS_CALM);
    }

    /// Takes over what another pacer has learnt that was found to be of the same account.
    pub fn join(&mut self, other: &Self, now: Moment) {
        self.fill(now);
        let theirs = other.filled(now);
        self.tokens = self.tokens.min(theirs.tokens);
        self.share = self.share.min(theirs.share);
        self.ease = self.ease.min(theirs.ease);
        self.held_until = self.held_until.max(other.held_until);
        self.counted = self.counted.max(other.counted);
        if other.slowdown.factor() < self.slowdown.factor() {
            self.slowdown = other.slowdown.clone();
        }
    }

    /// Until when `Retry-After` closes the account, if it does.
    pub fn held_until(&self, now: Moment) -> Option<Moment> {
        self.held_until.filter(|until| *until > now)
    }

    /// True while throttles slow the account.
    pub fn is_slowed(&self) -> bool {
        self.load.throttled > 0 || self.slowdown.factor() < 1.0
    }

    /// Requests a second that may be sent now; none for no limit.
    pub fn pace(&self) -> Option<f64> {
        match self.rate {
            Rate::Unlimited | Rate::PerSecond(_) if self.is_slowed() => Some(self.share_pace()),
            Rate::Unlimited => None,
            Rate::PerSecond(rate) => Some(rate),
        }
    }

    /// What a slowed account keeps to, in requests a second.
    fn share_pace(&self) -> f64 {
        let demand = (self.load.demand + self.load.beyond).max(LEAST);
        let most = match self.rate {
            Rate::Unlimited => demand,
            Rate::PerSecond(rate) => rate.min(demand),
        };
        (self.slowdown.factor() * most).max(most.min(CUT_LEAST))
    }

    /// What the schedule keeps to while nothing slows it, in requests a second.
    fn eased_pace(&self) -> f64 {
        (EASE * self.load.demand).max(EASED_LEAST)
    }

    fn fill(&mut self, now: Moment) {
        let Levels { tokens, share, ease } = self.filled(now);
        (self.tokens, self.share, self.ease) = (tokens, share, ease);
        self.counted = self.counted.max(now);
    }

    /// The buckets as they are at `now`.
    fn filled(&self, now: Moment) -> Levels {
        let passed = now.since(self.counted).as_secs_f64();
        Levels {
            share: (self.share + self.share_pace() * passed).min(HOLDS_SHARE),
            ease: (self.ease + self.eased_pace() * passed).min(HOLDS),
            tokens: match self.rate {
                // What is over the brim was there at the start: it may be spent, but nothing is added to it.
                Rate::PerSecond(rate) => self.tokens.max((self.tokens + rate * passed).min(HOLDS)),
                Rate::Unlimited => HOLDS,
            },
        }
    }
}

/// What is in the buckets.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Levels {
    tokens: f64,
    share: f64,
    ease: f64,
}

/// When a bucket that lacks so much has it, rounded up to the next millisecond: a moment earlier nothing could be done.
fn reached(lacking: f64, pace: f64, now: Moment) -> Moment {
    if lacking <= ROUNDING {
        return now;
    }
    let wait = Duration::try_from_secs_f64(lacking / pace).unwrap_or(Duration::MAX);
    now.plus(wait.saturating_add(Duration::from_micros(999)))
}

/// Who asks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Urgency {
    /// The schedule, which waits for a token and keeps close to what the orders ask for.
    Schedule,
    /// A first look in this run: as fast as the rate goes.
    First,
    /// A person who pressed a key: may borrow what the bucket holds, slowed or not, and the schedule pays it back.
    Person,
}

impl Urgency {
    /// Tokens that have to be there.
    const fn needs(self) -> f64 {
        match self {
            Self::Schedule | Self::First => 1.0,
            Self::Person => 1.0 - HOLDS,
        }
    }
}

#[cfg(test)]
mod tests;
