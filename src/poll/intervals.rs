//! How often an order is asked, by what is known of it: the figures of the table "When to ask", which can be set.

use std::time::Duration;

/// What an interval is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Interval {
    /// Processing, younger than two minutes.
    New,
    /// Processing, younger than a quarter of an hour.
    Young,
    /// Processing, younger than two hours.
    Grown,
    /// Processing, older.
    Old,
    /// Something changed in the last 30 seconds.
    Changed,
    /// Open on the screen.
    Opened,
    /// Open on the screen, and waiting for people.
    OpenedPorting,
    /// A carrier or a person works on it.
    Porting,
    /// The same, from 24 h before to 24 h after the FOC date.
    PortingNearFoc,
    /// It cannot be answered as it is asked.
    Refused,
    /// An unknown state, or a final state with a number still in Processing: for an hour.
    Doubtful,
    /// The same, later.
    DoubtfulOld,
}

/// What there is to know about an interval.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct IntervalSpec {
    /// The interval.
    pub interval: Interval,
    /// Its name in the config file.
    pub name: &'static str,
    /// How long it is where nobody says otherwise.
    pub default: Duration,
}

const fn spec(interval: Interval, name: &'static str, default: Duration) -> IntervalSpec {
    IntervalSpec { interval, name, default }
}

/// Every interval.
pub const INTERVALS: [IntervalSpec; 12] = [
    spec(Interval::New, "new", Duration::from_secs(2)),
    spec(Interval::Young, "young", Duration::from_secs(5)),
    spec(Interval::Grown, "grown", Duration::from_secs(30)),
    spec(Interval::Old, "old", Duration::from_mins(2)),
    spec(Interval::Changed, "changed", Duration::from_secs(2)),
    spec(Interval::Opened, "opened", Duration::from_secs(5)),
    spec(Interval::OpenedPorting, "opened_porting", Duration::from_mins(1)),
    spec(Interval::Porting, "porting", Duration::from_mins(15)),
    spec(Interval::PortingNearFoc, "porting_near_foc", Duration::from_mins(1)),
    spec(Interval::Refused, "refused", Duration::from_mins(5)),
    spec(Interval::Doubtful, "doubtful", Duration::from_secs(30)),
    spec(Interval::DoubtfulOld, "doubtful_old", Duration::from_mins(15)),
];

/// How long each interval is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Intervals {
    each: [Duration; INTERVALS.len()],
    longest: Duration,
}

impl Intervals {
    /// How long an interval is.
    pub fn of(&self, interval: Interval) -> Duration {
        self.each[interval as usize]
    }

    /// Sets an interval.
    pub const fn set(&mut self, interval: Interval, every: Duration) {
        self.each[interval as usize] = every;
    }

    /// The same, but none of them longer than this: for an account whose time passes faster than ours.
    #[must_use]
    pub const fn at_most(self, longest: Duration) -> Self {
        Self { longest, ..self }
    }

    /// No interval is longer: [`Duration::MAX`], but for an account whose time passes faster than ours.
    pub const fn longest(&self) -> Duration {
        self.longest
    }
}

impl Default for Intervals {
    fn default() -> Self {
        Self { each: INTERVALS.map(|spec| spec.default), longest: Duration::MAX }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_interval_has_its_own_place_and_name() {
        let mut intervals = Intervals::default();
        for (place, spec) in INTERVALS.iter().enumerate() {
            assert_eq!(intervals.of(spec.interval), spec.default, "{}", spec.name);
            assert_eq!(spec.interval as usize, place);
            assert_eq!(INTERVALS.iter().filter(|other| other.name == spec.name).count(), 1);
            intervals.set(spec.interval, Duration::from_secs(7));
            assert_eq!(intervals.of(spec.interval), Duration::from_secs(7));
        }
    }
}
