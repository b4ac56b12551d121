//! The order service's own clock, the only one of this room: everything else takes time as an argument.
//!
//! It has two hands. The *wall* dates answers and judges signatures; a clock offset shifts it, which is how
//! tests and the demo make clock skew. *Elapsed* is the age of the world since the service started; it runs
//! at a chosen speed or only moves when a test steps it.

use std::sync::atomic::{AtomicI64, Ordering};
use std::time::Instant;

use jiff::{SignedDuration, Timestamp};

/// How the time of the simulated world passes.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum WorldTime {
    /// With the machine's clock, `speed` times as fast. Positive and finite.
    Running {
        /// 1.0 is real time.
        speed: f64,
    },
    /// Only by [`OrderService::advance`](super::OrderService::advance).
    Stepped,
}

#[derive(Debug)]
pub(super) struct Clock {
    started: Instant,
    offset: SignedDuration,
    time: WorldTime,
    stepped_milliseconds: AtomicI64,
}

impl Clock {
    #[expect(
        clippy::disallowed_methods,
        reason = "the order service is a machine of its own: this is its clock"
    )]
    pub(super) fn start(time: WorldTime, offset: SignedDuration) -> Self {
        Self { started: Instant::now(), offset, time, stepped_milliseconds: AtomicI64::new(0) }
    }

    /// What the service believes the time of day to be.
    #[expect(
        clippy::disallowed_methods,
        reason = "the order service is a machine of its own: this is its clock"
    )]
    pub(super) fn wall(&self) -> Timestamp {
        let now = Timestamp::now();
        now.checked_add(self.offset).unwrap_or(now)
    }

    /// Time of the world since the start.
    pub(super) fn elapsed(&self) -> SignedDuration {
        let stepped = SignedDuration::from_millis(self.stepped_milliseconds.load(Ordering::SeqCst));
        match self.time {
            WorldTime::Running { speed } => {
                let real = SignedDuration::try_from(self.started.elapsed()).unwrap_or(SignedDuration::MAX);
                SignedDuration::try_from_secs_f64(real.as_secs_f64() * speed)
                    .unwrap_or(SignedDuration::MAX)
                    .saturating_add(stepped)
            }
            WorldTime::Stepped => stepped,
        }
    }

    /// Moves the world forward at once.
    pub(super) fn advance(&self, by: SignedDuration) {
        let milliseconds = i64::try_from(by.as_millis()).unwrap_or(i64::MAX);
        self.stepped_milliseconds.fetch_add(milliseconds, Ordering::SeqCst);
    }
}
