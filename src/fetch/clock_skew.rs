//! How far the service's clock is ahead of ours, learnt from its answers.
//!
//! A signature with a time more than five minutes off is refused. Every answer with a `Date` tells the difference,
//! so a wrong clock costs one request, once: what starts together with it waits for its answer ([`super::first_answer`]).
//!
//! A clock that is set during a run costs one request more where the event loop sees it: it compares the clocks, drops
//! the connections when the wall has run ahead, and then one request goes first again. A clock that is set back is not
//! seen: each request that is under way or starts before the next answer is refused once and signed again.

use super::error_code;
use http::HeaderMap;
use http::header::{AGE, DATE};
use jiff::{SignedDuration, Timestamp};
use std::sync::Mutex;

/// An answer that took longer tells too little about the moment at which it was dated.
const TRUSTED_ROUND_TRIP: SignedDuration = SignedDuration::from_mins(15);
/// A smaller difference does not make a service refuse a signature.
const SIGNIFICANT: SignedDuration = SignedDuration::from_mins(4);

/// The difference that the last telling answer taught.
#[derive(Debug, Default)]
pub(super) struct ClockSkew(Mutex<Option<SignedDuration>>);

impl ClockSkew {
    /// The difference, once an answer has told it.
    pub(super) fn get(&self) -> Option<SignedDuration> {
        *self.0.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
    }

    pub(super) fn set(&self, skew: SignedDuration) {
        *self.0.lock().unwrap_or_else(std::sync::PoisonError::into_inner) = Some(skew);
    }

    /// Our time `at` as the service would say it.
    pub(super) fn corrected(&self, at: Timestamp) -> Timestamp {
        at.saturating_add(self.get().unwrap_or_default()).unwrap_or(at)
    }
}

/// What an answer tells: its `Date` less the middle between sending and receiving. A cached answer tells nothing.
pub(super) fn candidate(headers: &HeaderMap, sent: Timestamp, received: Timestamp) -> Option<SignedDuration> {
    let round_trip = received.duration_since(sent);
    if headers.contains_key(AGE) || round_trip > TRUSTED_ROUND_TRIP || round_trip.is_negative() {
        return None;
    }
    let date = headers.get(DATE).and_then(|date| date.to_str().ok()).and_then(error_code::http_date)?;
    Some(date.duration_since(sent) - round_trip / 2)
}

/// True where a request signed with the correction `corrected_by` was signed with a time far from the service's.
pub(super) fn is_worth_another_attempt(candidate: SignedDuration, corrected_by: SignedDuration) -> bool {
    (candidate - corrected_by).abs() > SIGNIFICANT
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(second: i64) -> Timestamp {
        // 2026-01-01T00:00:00Z
        Timestamp::from_second(1_767_225_600 + second).unwrap()
    }

    fn headers(pairs: &[(&'static str, &'static str)]) -> HeaderMap {
        pairs.iter().map(|(name, value)| (name.parse().unwrap(), value.parse().unwrap())).collect()
    }

    /// The cases of the AWS SDKs' shared clock-skew vectors, as far as one answer is concerned.
    #[test]
    fn the_skew_is_the_date_less_the_middle_of_the_round_trip() {
        const ONE: (&str, &str) = ("date", "Thu, 01 Jan 2026 00:00:01 GMT");
        const FIVE_MINUTES: (&str, &str) = ("date", "Thu, 01 Jan 2026 00:05:01 GMT");
        let cases = [
            (vec![ONE], 2, Some(0)),
            (vec![FIVE_MINUTES], 2, Some(300)),
            (vec![("date", "Thu, 01 Jan 2026 00:02:01 GMT")], 2, Some(120)),
            (vec![("date", "Wed, 31 Dec 2025 23:00:01 GMT")], 2, Some(-3600)),
            (vec![FIVE_MINUTES], 900, Some(301 - 450)),
            (vec![("date", "Thu, 01 Jan 2026 00:10:00 GMT")], 960, None),
            (vec![FIVE_MINUTES, ("age", "17280")], 2, None),
            (vec![], 2, None),
            (vec![("date", "yesterday")], 2, None),
            (vec![FIVE_MINUTES], -1, None),
        ];
        for (pairs, received, expected) in cases {
            let skew = candidate(&headers(&pairs), at(0), at(received));
            assert_eq!(skew, expected.map(SignedDuration::from_secs), "{pairs:?} {received}");
        }
    }

    #[test]
    fn only_a_difference_of_more_than_four_minutes_is_worth_another_attempt() {
        let minutes = SignedDuration::from_mins;
        let cases = [
            (0, 0, false),
            (4, 0, false),
            (5, 0, true),
            (-5, 0, true),
            // Signed with the right time already: it is refused for another reason.
            (60, 60, false),
            // Our clock was put right since.
            (0, 60, true),
        ];
        for (candidate, corrected_by, expected) in cases {
            let worth = is_worth_another_attempt(minutes(candidate), minutes(corrected_by));
            assert_eq!(worth, expected, "{candidate} {corrected_by}");
        }
    }

    #[test]
    fn a_time_is_corrected_once_an_answer_has_told_by_how_much() {
        let skew = ClockSkew::default();
        assert_eq!((skew.get(), skew.corrected(at(0))), (None, at(0)));
        skew.set(SignedDuration::from_secs(300));
        assert_eq!(skew.corrected(at(0)), at(300));
    }
}
