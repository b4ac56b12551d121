//! Faults on demand: what goes wrong, for whom, and for how long. The scenario scripts them by time, tests set
//! them through the service's handle. A fault strikes only requests that are rightly signed.

mod choice;
#[cfg(test)]
mod tests;

use std::time::Duration;

use jiff::SignedDuration;
use serde::Deserialize;

use super::error_code::ErrorCode;
use super::scenario::Plan;
use choice::Choice;

/// What goes wrong with an answer. In a scenario file written as `"hang"` or `{ status = 502 }`.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Fault {
    /// One of the API's errors, with header and body as it sends them.
    Error(ErrorCode),
    /// 429 with a hint when to come again.
    Throttle(RetryHint),
    /// This status with an empty body and no error header, as a proxy or balancer sends it.
    Status(u16),
    /// No answer ever; the connection stays open until the client gives up.
    Hang,
    /// The right answer, this much later.
    #[serde(deserialize_with = "friendly")]
    Delay(Duration),
    /// The connection ends without a byte.
    Close,
    /// Half of the right body, then the connection ends.
    HalfBody,
    /// 200 with a body that is no JSON.
    Garbage,
    /// 200 with `{}`.
    EmptyObject,
    /// 200 without a body.
    EmptyBody,
    /// 302 to this location.
    Redirect(String),
    /// The right JSON, padded to this many bytes and sent without a length.
    Oversized(usize),
    /// The right answer, piece by piece over this long.
    #[serde(deserialize_with = "friendly")]
    Drip(Duration),
    /// Exactly this.
    Verbatim(VerbatimAnswer),
}

/// The header that tells a throttled client when to come again.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum RetryHint {
    /// `Retry-After`, in seconds or as a date, sent as given.
    RetryAfter(String),
    /// `x-amz-retry-after`, in milliseconds.
    AmzRetryAfter(u64),
}

/// An answer byte for byte. `Date`, `x-amzn-RequestId` and `Content-Type` are added unless named here.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct VerbatimAnswer {
    /// 200 to 599.
    pub status: u16,
    /// An invalid name or value is left out.
    #[serde(default)]
    pub headers: Vec<(String, String)>,
    /// Sent with its length.
    #[serde(deserialize_with = "text")]
    pub body: Vec<u8>,
}

impl VerbatimAnswer {
    /// 200 with this body.
    pub fn ok(body: impl Into<Vec<u8>>) -> Self {
        Self { status: 200, headers: Vec::new(), body: body.into() }
    }
}

fn text<'de, D: serde::Deserializer<'de>>(from: D) -> Result<Vec<u8>, D::Error> {
    String::deserialize(from).map(String::into_bytes)
}

fn friendly<'de, D: serde::Deserializer<'de>>(from: D) -> Result<Duration, D::Error> {
    let signed = SignedDuration::deserialize(from)?;
    Duration::try_from(signed).map_err(serde::de::Error::custom)
}

/// Whose requests a fault strikes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Target {
    /// All of them.
    Every,
    /// `GetPhoneNumberOrder` of this order.
    Order(String),
    /// `ListPhoneNumberOrders`.
    List,
    /// So many of a hundred requests, drawn by lot; the same seed draws the same.
    Share {
        /// 0 to 100.
        percent: u8,
        /// What the lots are made from.
        seed: u64,
    },
    /// Each request that comes faster than this in the world's time; a second of it is saved up, at least five.
    Beyond {
        /// Requests a minute that are spared.
        per_minute: u32,
    },
}

/// How long a fault lasts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Lasts {
    /// Until [`OrderService::clear_faults`](super::OrderService::clear_faults).
    UntilCleared,
    /// So many requests.
    Requests(u32),
    /// So long in the world's time, from now.
    For(SignedDuration),
}

/// The operation that a request asks for, as far as faults care.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Asked<'a> {
    Order(&'a str),
    List,
}

/// All faults that are set. The newest one set by hand wins, then the scenario's in their order.
#[derive(Debug, Default)]
pub(super) struct Faults {
    by_hand: Vec<Rule>,
    scripted: Vec<Script>,
}

#[derive(Debug)]
struct Rule {
    target: Target,
    choice: Choice,
    fault: Fault,
    requests_left: Option<u32>,
    until: Option<SignedDuration>,
}

/// A fault of the scenario, with its budget for the current round.
#[derive(Debug)]
struct Script {
    rule: Rule,
    at: SignedDuration,
    every: Option<SignedDuration>,
    requests: Option<u32>,
    lasting: Option<SignedDuration>,
    round: i128,
}

impl Faults {
    pub(super) fn scripted(plan: &Plan) -> Self {
        let scripted = plan.faults.iter().map(|fault| {
            let order = fault.order.as_deref().and_then(|name| plan.order_named(name));
            Script {
                rule: Rule {
                    target: order.map_or(Target::Every, |order| Target::Order(order.id.clone())),
                    choice: Choice::All,
                    fault: fault.answer.clone(),
                    requests_left: fault.requests,
                    until: None,
                },
                at: fault.at,
                every: fault.every,
                requests: fault.requests,
                lasting: fault.lasting,
                round: 0,
            }
        });
        Self { by_hand: Vec::new(), scripted: scripted.collect() }
    }

    pub(super) fn set(&mut self, target: Target, lasts: Lasts, fault: Fault, elapsed: SignedDuration) {
        let (requests_left, until) = match lasts {
            Lasts::UntilCleared => (None, None),
            Lasts::Requests(count) => (Some(count), None),
            Lasts::For(time) => (None, Some(elapsed.saturating_add(time))),
        };
        let choice = Choice::of(&target, elapsed);
        self.by_hand.push(Rule { target, choice, fault, requests_left, until });
    }

    pub(super) fn clear(&mut self) {
        *self = Self::default();
    }

    /// The fault that strikes this request, whose budget it uses up by one.
    pub(super) fn strike(&mut self, asked: Asked<'_>, elapsed: SignedDuration) -> Option<Fault> {
        self.by_hand.retain(|rule| !rule.is_over(elapsed));
        let by_hand = self.by_hand.iter_mut().rev().find_map(|rule| rule.strike(asked, elapsed));
        by_hand.or_else(|| self.scripted.iter_mut().find_map(|script| script.strike(asked, elapsed)))
    }
}

impl Rule {
    fn is_over(&self, elapsed: SignedDuration) -> bool {
        self.requests_left == Some(0) || self.until.is_some_and(|until| until <= elapsed)
    }

    fn strike(&mut self, asked: Asked<'_>, elapsed: SignedDuration) -> Option<Fault> {
        let hits = match (&self.target, asked) {
            (Target::Every | Target::Share { .. } | Target::Beyond { .. }, _)
            | (Target::List, Asked::List) => true,
            (Target::Order(id), Asked::Order(asked)) => id.eq_ignore_ascii_case(asked),
            (Target::Order(_), Asked::List) | (Target::List, Asked::Order(_)) => false,
        };
        if !hits || self.is_over(elapsed) || !self.choice.strikes(elapsed) {
            return None;
        }
        self.requests_left = self.requests_left.map(|left| left - 1);
        Some(self.fault.clone())
    }
}

impl Script {
    fn strike(&mut self, asked: Asked<'_>, elapsed: SignedDuration) -> Option<Fault> {
        let since = (elapsed - self.at).as_millis();
        if since < 0 {
            return None;
        }
        let round = self.every.map_or(0, |every| since / every.as_millis().max(1));
        if round != self.round {
            self.round = round;
            self.rule.requests_left = self.requests;
        }
        let round_started = self.every.map_or(0, |every| every.as_millis() * round);
        let in_round = since - round_started;
        if self.lasting.is_some_and(|lasting| in_round >= lasting.as_millis()) {
            return None;
        }
        self.rule.strike(asked, elapsed)
    }
}
