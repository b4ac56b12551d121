//! How many requests were sent in the last minute, counted by second.

use crate::domain::Moment;

const SECONDS: usize = 60;

/// A minute of counts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Meter {
    counts: [u32; SECONDS],
    /// The latest second that was counted.
    latest: u64,
}

impl Default for Meter {
    fn default() -> Self {
        Self { counts: [0; SECONDS], latest: 0 }
    }
}

impl Meter {
    /// Counts a request.
    pub fn count(&mut self, now: Moment) {
        let second = now.as_millis() / 1_000;
        let passed = usize::try_from(second.saturating_sub(self.latest)).unwrap_or(SECONDS);
        for forgotten in 0..passed.min(SECONDS) {
            let forgotten = u64::try_from(forgotten).unwrap_or_default();
            if let Some(count) = self.counts.get_mut(place(second - forgotten)) {
                *count = 0;
            }
        }
        self.latest = self.latest.max(second);
        if let Some(count) = self.counts.get_mut(place(self.latest)) {
            *count += 1;
        }
    }

    /// Requests of the last sixty seconds, this one included.
    pub fn last_minute(&self, now: Moment) -> u32 {
        let second = now.as_millis() / 1_000;
        let (from, to) = (second.saturating_sub(59), self.latest.min(second));
        // What is older than the latest minute was written over.
        let from = from.max(self.latest.saturating_sub(59));
        (from..=to).filter_map(|second| self.counts.get(place(second))).sum()
    }
}

fn place(second: u64) -> usize {
    usize::try_from(second % 60).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_minute_is_counted_and_what_is_older_is_not() {
        let at = |seconds: u64| Moment::from_millis(seconds * 1_000);
        let mut meter = Meter::default();
        assert_eq!(meter.last_minute(at(0)), 0);
        for second in [0, 0, 30, 59] {
            meter.count(at(second));
        }
        for (second, expected) in [(59, 4), (60, 2), (89, 2), (90, 1), (118, 1), (119, 0), (10_000, 0)] {
            assert_eq!(meter.last_minute(at(second)), expected, "{second}");
        }
        meter.count(at(100));
        assert_eq!(meter.last_minute(at(100)), 2);
        meter.count(at(100_000));
        assert_eq!(meter.last_minute(at(100_000)), 1);
    }
}
