//! Points in time in every form that AWS's own clients accept.

use jiff::civil::DateTime;
use jiff::fmt::rfc2822;
use jiff::tz::Offset;
use jiff::{SignedDuration, Timestamp, Unit};
use serde::Deserialize;

/// A member that is a timestamp by the model: text, or seconds since 1970. The model has both at one time or another.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(untagged)]
pub(super) enum Moment {
    Text(String),
    Seconds(f64),
}

impl Moment {
    /// The point in time; none where it cannot be read, since a state without its time is better than no state.
    pub(super) fn timestamp(&self) -> Option<Timestamp> {
        match self {
            Self::Text(text) => parse(text),
            Self::Seconds(seconds) => of_seconds(*seconds),
        }
    }

    /// The text that came; RFC 3339 for seconds.
    pub(super) fn text(&self) -> String {
        match self {
            Self::Text(text) => text.clone(),
            Self::Seconds(seconds) => {
                of_seconds(*seconds).map_or_else(|| seconds.to_string(), |at| at.to_string())
            }
        }
    }
}

/// ISO 8601 with `Z`, an offset or neither (then it is UTC), RFC 822, or seconds since 1970 as text.
pub(super) fn parse(text: &str) -> Option<Timestamp> {
    let text = text.trim();
    let with_offset = || text.parse::<Timestamp>().ok();
    let without = || Offset::UTC.to_timestamp(text.parse::<DateTime>().ok()?).ok();
    let rfc822 = || rfc2822::parse(text).ok().map(|zoned| zoned.timestamp());
    let seconds = || of_seconds(text.parse().ok()?);
    with_offset().or_else(seconds).or_else(without).or_else(rfc822)
}

/// Seconds since 1970, to the millisecond; none beyond the year 9999, where milliseconds since 1970 end up.
fn of_seconds(seconds: f64) -> Option<Timestamp> {
    let since = SignedDuration::try_from_secs_f64(seconds).ok()?;
    Timestamp::from_duration(since).ok()?.round(Unit::Millisecond).ok()
}
