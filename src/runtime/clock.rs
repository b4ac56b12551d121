//! The only clock of the program. Everywhere else the time is an argument.

use crate::domain::{Moment, Now};
use jiff::Timestamp;
use std::time::{Duration, Instant};

/// How far the wall clock may run ahead of the waiting clock between two looks. Beyond it the machine slept, or
/// somebody set the clock; either way nothing that was in flight can be trusted.
const AHEAD: Duration = Duration::from_secs(5);

/// How often the two clocks are compared at least, while there is something to do.
pub const COMPARED_EVERY: Duration = Duration::from_mins(1);

/// Both clocks, read together. A copy may be read on any thread.
#[derive(Clone, Copy, Debug)]
pub struct Clock {
    start: Instant,
}

impl Clock {
    /// Starts the clock for waiting at [`Moment::START`].
    #[expect(clippy::disallowed_methods, reason = "this is the one clock")]
    pub fn start() -> Self {
        Self { start: Instant::now() }
    }

    /// What the clocks say.
    #[expect(clippy::disallowed_methods, reason = "this is the one clock")]
    pub fn now(self) -> Now {
        let elapsed = u64::try_from(self.start.elapsed().as_millis()).unwrap_or(u64::MAX);
        Now { wall: Timestamp::now(), moment: Moment::from_millis(elapsed) }
    }
}

/// Compares the two clocks from one look to the next.
#[derive(Clone, Copy, Debug)]
pub struct Comparison {
    last: Now,
}

impl Comparison {
    /// Starts comparing at `now`.
    pub const fn starting(now: Now) -> Self {
        Self { last: now }
    }

    /// True when the wall clock has run ahead of the waiting clock since the last look: the machine slept, because
    /// the clock for waiting stands still meanwhile, or the wall clock was set forward.
    pub fn has_jumped(&mut self, now: Now) -> bool {
        let waited = now.moment.since(self.last.moment);
        let passed = now.wall.duration_since(self.last.wall);
        self.last = now;
        Duration::try_from(passed).is_ok_and(|passed| passed > waited + AHEAD)
    }

    /// When the clocks are to be compared next at the latest.
    pub fn due(&self) -> Moment {
        self.last.moment.plus(COMPARED_EVERY)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::ToSpan;

    #[test]
    fn only_a_wall_clock_that_runs_ahead_is_a_jump() {
        let start = Now { wall: "2026-11-20T14:00:00Z".parse().unwrap(), moment: Moment::from_millis(1_000) };
        let later = |wall: i64, moment: u64| Now {
            wall: start.wall.checked_add(wall.milliseconds()).unwrap(),
            moment: Moment::from_millis(1_000 + moment),
        };
        let cases = [
            ("both went on", later(60_000, 60_000), false),
            ("a correction of a few seconds", later(65_000, 60_000), false),
            ("the machine slept", later(28_800_000, 10), true),
            ("the clock was set forward", later(65_001, 60_000), true),
            ("the clock was set back", later(-3_600_000, 60_000), false),
        ];
        for (what, now, expected) in cases {
            assert_eq!(Comparison::starting(start).has_jumped(now), expected, "{what}");
        }
    }

    #[test]
    fn a_jump_is_told_once() {
        let start = Now { wall: "2026-11-20T14:00:00Z".parse().unwrap(), moment: Moment::START };
        let mut comparison = Comparison::starting(start);
        let woken = Now { wall: "2026-11-20T22:00:00Z".parse().unwrap(), moment: Moment::from_millis(20) };
        assert_eq!((comparison.has_jumped(woken), comparison.has_jumped(woken)), (true, false));
    }
}
