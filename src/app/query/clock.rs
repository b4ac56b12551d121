//! Times as the screen writes them. Ages are worked out from the wall clock cut down to the minute, or to ten
//! seconds under a minute, so that all labels change in one tick.

use crate::app::model::{Model, Times};
use crate::domain::{Interval, Moment, Now};
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp, Zoned};
use std::cell::Cell;
use std::time::Duration;

const MINUTE: i64 = 60;
const HOUR: i64 = 60 * MINUTE;
const DAY: i64 = 24 * HOUR;

/// How often a label changes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Grain {
    TenSeconds,
    Minute,
}

impl Grain {
    const fn seconds(self) -> i64 {
        match self {
            Self::TenSeconds => 10,
            Self::Minute => MINUTE,
        }
    }
}

/// Writes times, and remembers how soon one of those it wrote will read differently.
#[derive(Debug)]
pub struct Clock<'m> {
    now: Now,
    zone: &'m TimeZone,
    times: Times,
    started: Timestamp,
    finest: Cell<Option<Grain>>,
    soonest: Cell<Option<Moment>>,
}

impl<'m> Clock<'m> {
    /// The clock of a model, its wall corrected by what the answers told.
    pub fn new(model: &'m Model) -> Self {
        let now = Now { wall: model.watch.corrected(model.now), ..model.now };
        Self { started: model.watch.started(), ..Self::at(now, &model.zone, model.preferences.times) }
    }

    /// A clock that says `now`, of a program that has just started.
    pub const fn at(now: Now, zone: &'m TimeZone, times: Times) -> Self {
        let (finest, soonest) = (Cell::new(None), Cell::new(None));
        Self { now, zone, times, started: now.wall, finest, soonest }
    }

    /// When the program started, by the same clock.
    pub const fn started(&self) -> Timestamp {
        self.started
    }

    /// True before `end`, which counts as a change of a label.
    pub fn is_before(&self, end: Moment) -> bool {
        let is_before = self.now.moment < end;
        if is_before {
            let soonest = self.soonest.get().map_or(end, |known| known.min(end));
            self.soonest.set(Some(soonest));
        }
        is_before
    }

    /// The wall clock.
    pub const fn wall(&self) -> Timestamp {
        self.now.wall
    }

    /// When the first of the labels that were written reads differently.
    pub fn next_change(&self) -> Option<Moment> {
        self.next_tick().into_iter().chain(self.soonest.get()).min()
    }

    fn next_tick(&self) -> Option<Moment> {
        let step = self.finest.get()?.seconds();
        let next = (self.now.wall.as_second().div_euclid(step) + 1) * step;
        let next = Timestamp::from_second(next).ok()?;
        let left = next.duration_since(self.now.wall).unsigned_abs();
        // Rounded up: a tick that comes a moment early would draw the same again.
        Some(self.now.moment.plus(left + Duration::from_millis(1)))
    }

    /// How long ago: `20 s`, `4 m`, `3 h`, `12 d`, `15 w`; never below 0.
    pub fn age(&self, since: Timestamp) -> String {
        let cut = |step: i64| self.now.wall.as_second().div_euclid(step) * step - since.as_second();
        let fine = cut(Grain::TenSeconds.seconds()).max(0);
        if fine < MINUTE {
            self.note(Grain::TenSeconds);
            return format!("{} s", fine / 10 * 10);
        }
        self.note(Grain::Minute);
        match cut(MINUTE).max(MINUTE) {
            seconds if seconds < HOUR => format!("{} m", seconds / MINUTE),
            seconds if seconds < DAY => format!("{} h", seconds / HOUR),
            seconds if seconds < 100 * DAY => format!("{} d", seconds / DAY),
            seconds => format!("{} w", seconds / (7 * DAY)),
        }
    }

    /// The same from ten seconds on: a younger answer is as good as new.
    pub fn told_age(&self, since: Timestamp) -> Option<String> {
        Some(self.age(since)).filter(|age| age != "0 s")
    }

    /// How long until `end`: `12 m`, in the last minute `40 s`. It changes with the ages and never says more than is
    /// left. None before the last `within`, and from `end` on.
    pub fn left(&self, end: Timestamp, within: SignedDuration) -> Option<String> {
        let left = |grain: Grain| {
            let step = grain.seconds();
            let next = (self.now.wall.as_second().div_euclid(step) + 1) * step;
            (end.as_second() - next).max(0)
        };
        let minutes = left(Grain::Minute) / MINUTE;
        if end <= self.now.wall || minutes * MINUTE >= within.as_secs() {
            self.note(Grain::Minute);
            return None;
        }
        if minutes > 0 {
            self.note(Grain::Minute);
            return Some(format!("{minutes} m"));
        }
        self.note(Grain::TenSeconds);
        match left(Grain::TenSeconds) {
            seconds if seconds < MINUTE => Some(format!("{} s", seconds / 10 * 10)),
            _ => Some("1 m".to_owned()),
        }
    }

    /// How long something is still to be waited for: `50 s`, `2 m`. It changes with the ages, and until it does it is
    /// never less than is left. None where that is more than `most`, and from `end` on.
    pub fn wait(&self, end: Timestamp, most: SignedDuration) -> Option<String> {
        let left = |grain: Grain| {
            let step = grain.seconds();
            // From the last change of the labels on; what is begun counts as whole.
            let left = end.as_second() + i64::from(end.subsec_nanosecond() > 0)
                - self.now.wall.as_second().div_euclid(step) * step;
            (left + step - 1).div_euclid(step) * step
        };
        if end <= self.now.wall {
            return None;
        }
        self.note(Grain::TenSeconds);
        match (left(Grain::TenSeconds), left(Grain::Minute)) {
            (seconds, _) if seconds > most.as_secs() => None,
            (seconds, _) if seconds < MINUTE => Some(format!("{seconds} s")),
            (MINUTE, _) => Some("1 m".to_owned()),
            (_, seconds) => Some(format!("{} m", seconds / MINUTE)),
        }
    }

    /// How soon something is due, for a label that changes with the minute and no sooner: `in 4 m`, `in <1 m`,
    /// `in <10 s`. None once it is ten seconds overdue.
    pub fn due(&self, due: Moment) -> Option<String> {
        self.note(Grain::Minute);
        let left = due.since(self.now.moment);
        if self.now.moment.since(due) >= Duration::from_secs(10) {
            return None;
        }
        if left <= Duration::from_secs(10) {
            return Some("in <10 s".to_owned());
        }
        if left < Duration::from_mins(1) {
            return Some("in <1 m".to_owned());
        }
        // Once the label changes a minute less is left: it says what will be true until then.
        let passed = u64::try_from(self.now.wall.as_second().rem_euclid(MINUTE)).unwrap_or_default();
        let minutes = (left.as_secs() + passed) / 60;
        Some(format!("in {} m", minutes.saturating_sub(1).max(1)))
    }

    /// How long something has been so, or since when: `4 m`, `>3 d` where it began before the first look.
    pub fn held(&self, since: Interval) -> String {
        match (self.times, since.after) {
            (Times::Relative, Some(_)) => self.age(since.by),
            (Times::Relative, None) => format!(">{}", self.age(since.by)),
            (Times::Local | Times::Utc, Some(_)) => self.day_or_minute(since.by),
            (Times::Local | Times::Utc, None) => format!("<{}", self.day_or_minute(since.by)),
        }
    }

    /// When something was first so, as exactly as two answers can tell: `seen 14:02:05-14:02:10`,
    /// `by 10:02 (first look)`.
    pub fn seen(&self, interval: Interval) -> String {
        let Some(after) = interval.after else {
            return format!("by {} (first look)", self.minute(interval.by));
        };
        // Cut outwards: an interval is never told narrower than it was.
        let up = SignedDuration::from_nanos(999_999_999);
        let end = interval.by.checked_add(up).unwrap_or(interval.by);
        let (from, to) = (self.zoned(after), self.zoned(end));
        if interval.by.duration_since(after) > SignedDuration::from_hours(1) {
            format!("seen {}-{}", self.minute(after), self.minute(interval.by))
        } else if from.date() == to.date() && to.date() == self.today() {
            format!("seen {}-{}", from.strftime("%H:%M:%S"), to.strftime("%H:%M:%S"))
        } else {
            format!("seen {} {}-{}", self.day(&from), from.strftime("%H:%M:%S"), to.strftime("%H:%M:%S"))
        }
    }

    /// The same in short, to the minute: `14:02`, `by 10:02`.
    pub fn seen_briefly(&self, interval: Interval) -> String {
        match interval.after {
            Some(_) => self.minute(interval.by),
            None => format!("by {}", self.minute(interval.by)),
        }
    }

    /// To the minute: `14:02`, `Fri 17:10`, `3 Nov 17:10`, with the year where it is another.
    pub fn minute(&self, at: Timestamp) -> String {
        let zoned = self.zoned(at);
        if zoned.date() == self.today() {
            zoned.strftime("%H:%M").to_string()
        } else {
            format!("{} {}", self.day(&zoned), zoned.strftime("%H:%M"))
        }
    }

    /// To the second: `14:02:05`, with the day where it is not today.
    pub fn second(&self, at: Timestamp) -> String {
        let zoned = self.zoned(at);
        if zoned.date() == self.today() {
            zoned.strftime("%H:%M:%S").to_string()
        } else {
            format!("{} {}", self.day(&zoned), zoned.strftime("%H:%M:%S"))
        }
    }

    /// The clock of the header: `14:03 UTC`. Without seconds, so that it changes once a minute.
    pub fn header(&self) -> String {
        self.note(Grain::Minute);
        format!("{} {}", self.zoned(self.now.wall).strftime("%H:%M"), self.zone_name())
    }

    /// What the zone is called at this time: `UTC`, `CET`, `+03`.
    pub fn zone_name(&self) -> String {
        self.zoned(self.now.wall).strftime("%Z").to_string()
    }

    /// Today's time, or the day: what has room in a column.
    pub fn day_or_minute(&self, at: Timestamp) -> String {
        let zoned = self.zoned(at);
        let format = if zoned.date() == self.today() { "%H:%M" } else { "%-d %b" };
        zoned.strftime(format).to_string()
    }

    /// Days until a date, below 0 when it has passed. Dates have no zone; today is the zone's.
    pub fn days_until(&self, date: jiff::civil::Date) -> i32 {
        self.note(Grain::Minute);
        self.today().until(date).map_or(0, |span| span.get_days())
    }

    fn day(&self, zoned: &Zoned) -> String {
        let days = zoned.date().until(self.today()).map_or(i32::MAX, |span| span.get_days());
        let format = match days {
            0..=6 => "%a",
            _ if zoned.year() == self.zoned(self.now.wall).year() => "%-d %b",
            _ => "%-d %b %Y",
        };
        zoned.strftime(format).to_string()
    }

    fn today(&self) -> jiff::civil::Date {
        self.zoned(self.now.wall).date()
    }

    fn zoned(&self, at: Timestamp) -> Zoned {
        match self.times {
            Times::Relative | Times::Local => at.to_zoned(self.zone.clone()),
            Times::Utc => at.to_zoned(TimeZone::UTC),
        }
    }

    fn note(&self, grain: Grain) {
        let finest = self.finest.get().map_or(grain, |known| known.min(grain));
        self.finest.set(Some(finest));
    }
}

#[cfg(test)]
mod tests;
