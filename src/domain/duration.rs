//! Times as people type them: how long (`15m`), and since when (`2d`, `2026-11-20`).

use jiff::civil::DateTime;
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};
use std::time::Duration;

/// The units and their seconds, the longest first.
const UNITS: [(char, u64); 5] = [('w', 604_800), ('d', 86_400), ('h', 3_600), ('m', 60), ('s', 1)];

/// Why a text is no length of time: only what it has to look like helps.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("write it as 90s, 15m, 1h30m, 2d or 1w")]
pub struct NotADuration;

/// Why a text is no point in time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("write it as 2d (ago), 2026-11-20, 2026-11-20T14:00 (both in UTC) or 2026-11-20T14:00:00+01:00")]
pub struct NotAPoint;

/// Reads a length of time in whole seconds, as `90s`, `15m`, `1h30m`, `2d` or `1w`: numbers with their units, in any
/// case, spaces between them or not. A number without a unit is none: it could be seconds or minutes.
///
/// ```
/// use chimewatch::domain::duration;
/// use std::time::Duration;
///
/// assert_eq!(duration::parse("1h30m"), Ok(Duration::from_secs(5_400)));
/// assert_eq!(duration::parse("15").unwrap_err().to_string(), "write it as 90s, 15m, 1h30m, 2d or 1w");
/// ```
///
/// # Errors
/// [`NotADuration`] shows the forms.
pub fn parse(text: &str) -> Result<Duration, NotADuration> {
    let mut rest = text.trim();
    let mut seconds: u64 = 0;
    loop {
        let digits = rest.trim_start_matches(|c: char| c.is_ascii_digit());
        let number = rest.strip_suffix(digits).and_then(|number| number.parse::<u64>().ok());
        let mut after = digits.chars();
        let unit = after.next().map(|unit| unit.to_ascii_lowercase());
        let factor = UNITS.iter().find(|(name, _)| Some(*name) == unit).map(|(_, factor)| *factor);
        let part = number.zip(factor).and_then(|(number, factor)| number.checked_mul(factor));
        seconds = part.and_then(|part| seconds.checked_add(part)).ok_or(NotADuration)?;
        rest = after.as_str().trim_start();
        if rest.is_empty() {
            return Ok(Duration::from_secs(seconds));
        }
    }
}

/// A length of time as [`parse`] reads it, in its two largest units: `15m`, `1h30m`, `2d`.
pub fn written(duration: Duration) -> String {
    let mut rest = duration.as_secs();
    let mut text = String::new();
    let mut parts = 0;
    for (name, factor) in UNITS {
        if parts < 2 && rest >= factor {
            text.push_str(&(rest / factor).to_string());
            text.push(name);
            rest %= factor;
            parts += 1;
        } else if parts == 1 {
            // Neighbours only: `1w3s` says more than is meant.
            break;
        }
    }
    if text.is_empty() { "0s".to_owned() } else { text }
}

/// Reads a point in time: so long before `now` (`2d`), a day or a time of day in UTC (`2026-11-20`,
/// `2026-11-20T14:00`), or a time with its offset (RFC 3339).
///
/// # Errors
/// [`NotAPoint`] shows the forms.
pub fn point(text: &str, now: Timestamp) -> Result<Timestamp, NotAPoint> {
    if let Ok(ago) = parse(text) {
        let ago = SignedDuration::try_from(ago).ok();
        return ago.and_then(|ago| now.checked_sub(ago).ok()).ok_or(NotAPoint);
    }
    let text = text.trim();
    let with_offset = || text.parse::<Timestamp>().ok();
    let in_utc = || text.parse::<DateTime>().ok()?.to_zoned(TimeZone::UTC).ok().map(|at| at.timestamp());
    with_offset().or_else(in_utc).ok_or(NotAPoint)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_length_of_time_is_numbers_with_their_units() {
        let cases = [
            ("90s", 90),
            ("15m", 900),
            ("1h30m", 5_400),
            ("1h 30m", 5_400),
            (" 2D ", 172_800),
            ("1w", 604_800),
            ("0s", 0),
        ];
        for (text, seconds) in cases {
            assert_eq!(parse(text), Ok(Duration::from_secs(seconds)), "{text}");
        }
        for text in ["", "15", "m", "1.5h", "-1m", "1h30", "15min", "1y", "99999999999999w", "１m", "1é"] {
            assert_eq!(parse(text), Err(NotADuration), "{text}");
        }
    }

    #[test]
    fn what_is_written_is_read_back() {
        for text in ["0s", "90s", "15m", "1h30m", "2d", "1w", "1w3d"] {
            let length = parse(text).unwrap();
            assert_eq!(parse(&written(length)), Ok(length), "{text}");
        }
        let written: Vec<_> =
            [90, 900, 5_400, 7_203, 172_800].map(|seconds| written(Duration::from_secs(seconds))).into();
        assert_eq!(written, ["1m30s", "15m", "1h30m", "2h", "2d"]);
    }

    #[test]
    fn a_point_in_time_is_so_long_ago_a_day_or_a_time() {
        let now = "2026-11-28T12:00:00Z".parse().unwrap();
        let cases = [
            ("2d", "2026-11-26T12:00:00Z"),
            ("2026-11-20", "2026-11-20T00:00:00Z"),
            ("2026-11-20T14:00", "2026-11-20T14:00:00Z"),
            ("2026-11-20 14:00:05", "2026-11-20T14:00:05Z"),
            ("2026-11-20T14:00:05+01:00", "2026-11-20T13:00:05Z"),
            ("2026-11-20T14:00:05Z", "2026-11-20T14:00:05Z"),
        ];
        for (text, expected) in cases {
            assert_eq!(point(text, now), Ok(expected.parse().unwrap()), "{text}");
        }
        for text in ["", "yesterday", "20.11.2026", "2026-13-01", "99999999w"] {
            assert_eq!(point(text, now), Err(NotAPoint), "{text}");
        }
    }
}
