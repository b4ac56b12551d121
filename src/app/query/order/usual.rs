//! How long orders like the one that is open took.

use crate::app::model::Model;
use crate::app::past;
use crate::app::query::clock::Clock;
use crate::app::query::line::thousands;
use crate::domain::moment::elapsed;
use crate::domain::usual::Usual;
use crate::domain::{OrderKey, Snapshot};
use std::time::Duration;

const MINUTE: u64 = 60;
const HOUR: u64 = 60 * MINUTE;
const DAY: u64 = 24 * HOUR;

/// On a lower screen the numbers are worth more.
const SHOWN_FROM: u16 = 20;

/// `23 orders like it: half done within 4 m, 9 in 10 within 9 m`; none where too few were seen to end. Nothing is
/// foretold: it says how others fared, and when this order takes longer than nearly all of them.
pub(super) fn words(model: &Model, key: &OrderKey, snapshot: &Snapshot, clock: &Clock<'_>) -> Option<String> {
    let usual = model.past.precedents.usual(&past::alike(model, key)?)?;
    (model.size.height >= SHOWN_FROM).then_some(())?;
    let Usual { orders, half, nine_of_ten } = usual;
    let (half, nine_of_ten) = (Told::of(half), Told::of(nine_of_ten));
    let is_slower = elapsed(snapshot.order.created?, clock.wall()) > nine_of_ten.time;
    let slower = if is_slower { "; this one takes longer" } else { "" };
    let how = if half == nine_of_ten {
        format!("9 in 10 done within {}", nine_of_ten.words)
    } else {
        format!("half done within {}, 9 in 10 within {}", half.words, nine_of_ten.words)
    };
    Some(format!("{} orders like it: {how}{slower}", thousands(orders)))
}

/// A time in one unit, rounded up: within it it was so.
#[derive(Debug, PartialEq, Eq)]
struct Told {
    time: Duration,
    words: String,
}

impl Told {
    fn of(time: Duration) -> Self {
        let seconds = time.as_secs() + u64::from(time.subsec_nanos() > 0);
        let (step, unit, name) = match seconds {
            ..=90 => (10, 1, 's'),
            91..=5_400 => (MINUTE, MINUTE, 'm'),
            5_401..=172_800 => (HOUR, HOUR, 'h'),
            _ => (DAY, DAY, 'd'),
        };
        let seconds = seconds.div_ceil(step) * step;
        Self { time: Duration::from_secs(seconds), words: format!("{} {name}", seconds / unit) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_time_is_told_in_one_unit_and_never_shorter_than_it_was() {
        let cases = [
            (1, "10 s"),
            (90, "90 s"),
            (91, "2 m"),
            (240, "4 m"),
            (241, "5 m"),
            (5_400, "90 m"),
            (5_401, "2 h"),
            (172_801, "3 d"),
        ];
        let told = cases.map(|(seconds, _)| Told::of(Duration::from_secs(seconds)));
        assert_eq!(told.each_ref().map(|told| told.words.as_str()), cases.map(|(_, words)| words));
        assert!(told.iter().zip(cases).all(|(told, (seconds, _))| told.time.as_secs() >= seconds));
    }
}
