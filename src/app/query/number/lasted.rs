//! How long a state lasted, as far as the answers around its beginning and its end can tell.

use crate::domain::Interval;
use std::fmt;

const MINUTE: i64 = 60;
const HOUR: i64 = 60 * MINUTE;
const DAY: i64 = 24 * HOUR;

/// Bounds in whole seconds, cut outwards.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Lasted {
    least: i64,
    /// None where it began before the first look.
    most: Option<i64>,
}

impl Lasted {
    /// From the end of one interval to the beginning of another at the least, from beginning to end at the most. None
    /// where that tells nothing.
    pub(super) fn between(entered: Interval, left: Interval) -> Option<Self> {
        let least = left.after.map_or(0, |after| after.duration_since(entered.by).as_secs().max(0));
        let most = entered.after.map(|after| {
            let most = left.by.duration_since(after);
            (most.as_secs() + i64::from(most.subsec_nanos() > 0)).max(least)
        });
        (least > 0 || most.is_some()).then_some(Self { least, most })
    }
}

impl fmt::Display for Lasted {
    /// `8 to 13 s`, `50 s to 6 m`, `up to 5 s`, `>8 s`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (seconds, sign) = unit(self.least);
        let least = self.least / seconds;
        let Some(most) = self.most else { return write!(f, ">{least} {sign}") };
        let (seconds, most_sign) = unit(most);
        let most = (most + seconds - 1) / seconds;
        if self.least == 0 {
            write!(f, "up to {most} {most_sign}")
        } else if (least, sign) == (most, most_sign) {
            write!(f, "{most} {most_sign}")
        } else if sign == most_sign {
            write!(f, "{least} to {most} {sign}")
        } else {
            write!(f, "{least} {sign} to {most} {most_sign}")
        }
    }
}

/// The unit in which a duration has two or three digits, in seconds, and its sign.
const fn unit(seconds: i64) -> (i64, &'static str) {
    match seconds {
        ..300 => (1, "s"),
        300..10_800 => (MINUTE, "m"),
        10_800..259_200 => (HOUR, "h"),
        _ => (DAY, "d"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::Timestamp;

    fn at(milliseconds: i64) -> Timestamp {
        Timestamp::from_millisecond(1_800_000_000_000 + milliseconds).unwrap()
    }

    #[test]
    fn bounds_are_as_wide_as_the_answers_leave_them() {
        let cases = [
            // After, by; after, by.
            (Some(0), 5_000, 13_000, 13_000, "8 to 13 s"),
            (Some(0), 5_400, 13_900, 14_100, "8 to 15 s"),
            (Some(0), 5_000, 5_000, 10_000, "up to 10 s"),
            (None, 5_000, 13_500, 18_000, ">8 s"),
            (Some(0), 250_000, 300_000, 310_000, "50 s to 6 m"),
            (Some(0), 60_000, 7_260_000, 7_260_000, "120 to 121 m"),
            (Some(0), 0, 3_600_000, 3_600_000, "60 m"),
            (Some(0), 0, 300_000_000, 400_000_000, "3 to 5 d"),
            (None, 0, 90_000_000, 90_000_000, ">25 h"),
        ];
        for (after, by, left_after, left_by, said) in cases {
            let entered = Interval { after: after.map(at), by: at(by) };
            let left = Interval { after: Some(at(left_after)), by: at(left_by) };
            assert_eq!(Lasted::between(entered, left).unwrap().to_string(), said);
        }
    }

    #[test]
    fn what_was_so_at_the_first_look_only_lasted_nobody_knows_how_long() {
        let entered = Interval { after: None, by: at(5_000) };
        let left = Interval { after: Some(at(5_000)), by: at(10_000) };
        assert_eq!(Lasted::between(entered, left), None);
    }
}
