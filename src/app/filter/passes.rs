//! What passes a filter. An order is looked at as a whole; on lines of numbers, terms about the order are asked of the
//! number's order, and terms about numbers of the number.

use super::needle::Needle;
use super::{Comparison, Key, Query, Sign, Term, Test};
use crate::app::query::lookup::Seen;
use crate::domain::snapshot::Detail;
use crate::domain::{NumberStatus, OrderStatus, OrderType, OrderedPhoneNumber, Snapshot, attention};
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};

/// When it is looked.
#[derive(Clone, Copy, Debug)]
pub struct Eye {
    /// The time, corrected.
    pub now: Timestamp,
    /// When the program started: what was read before is stale.
    pub started: Timestamp,
}

/// What is still asked of the numbers of an order that passes by itself.
#[derive(Debug)]
pub struct Rest<'q> {
    terms: Vec<&'q Term>,
}

impl Query {
    /// True for an order for which all terms hold; one about numbers holds if it does for any of its numbers.
    pub fn passes(&self, seen: &Seen<'_>, eye: &Eye) -> bool {
        self.terms.iter().all(|term| term.holds(term.test.of_order(seen, eye)))
    }

    /// True for a change of this order that is told in these words: a text may stand in them, all else is asked of the
    /// order.
    pub fn passes_change(&self, seen: &Seen<'_>, eye: &Eye, said: &str) -> bool {
        let is_so = |test: &Test| match test {
            Test::Text(needle) => needle.is_in(said) || test.of_order_alone(seen, eye) == Some(true),
            Test::One(..) | Test::Compare(..) => test.of_order(seen, eye),
        };
        self.terms.iter().all(|term| term.holds(is_so(&term.test)))
    }

    /// What is asked of the numbers of this order; none where the order itself does not pass. Digits are asked of each
    /// number: the name of an order has those of several areas, and its id has any.
    pub fn rest(&self, seen: &Seen<'_>, eye: &Eye) -> Option<Rest<'_>> {
        let mut terms = Vec::new();
        for term in &self.terms {
            let of_order = if term.test.is_digits() { None } else { term.test.of_order_alone(seen, eye) };
            match of_order {
                Some(is_so) if !term.holds(is_so) => return None,
                Some(_) => {}
                None => terms.push(term),
            }
        }
        Some(Rest { terms })
    }
}

impl Rest<'_> {
    /// True where every number of the order passes.
    pub const fn is_empty(&self) -> bool {
        self.terms.is_empty()
    }

    /// True for a number of the order that passes.
    pub fn passes(&self, number: &OrderedPhoneNumber<'_>) -> bool {
        self.terms.iter().all(|term| term.holds(term.test.of_number(number)))
    }
}

impl Term {
    const fn holds(&self, is_so: bool) -> bool {
        match self.sign {
            Sign::Wanted => is_so,
            Sign::Unwanted => !is_so,
        }
    }
}

impl Test {
    /// True for a word of digits.
    const fn is_digits(&self) -> bool {
        match self {
            Self::Text(needle) => needle.is_digits(),
            Self::One(..) | Self::Compare(..) => false,
        }
    }

    /// What it comes to for an order and its numbers together.
    fn of_order(&self, seen: &Seen<'_>, eye: &Eye) -> bool {
        if let Some(is_so) = self.of_order_alone(seen, eye) {
            return is_so;
        }
        let Some(snapshot) = seen.snapshot else { return false };
        match self {
            Self::Text(needle) => is_status(needle, &snapshot.order.status) || has_number(needle, snapshot),
            Self::One(Key::Number, needles) => needles.iter().any(|needle| has_number(needle, snapshot)),
            Self::One(Key::Status, needles) => needles.iter().any(|needle| {
                is_status(needle, &snapshot.order.status)
                    || (is_acquired(needle) && snapshot.counts.acquired > 0)
            }),
            Self::One(..) | Self::Compare(..) => false,
        }
    }

    /// What it comes to for an order whatever its numbers are; none where they decide.
    fn of_order_alone(&self, seen: &Seen<'_>, eye: &Eye) -> Option<bool> {
        match self {
            Self::Text(needle) => {
                let is_named = needle.is_in(seen.entry.id.as_str()) || is_named(needle, seen);
                is_named.then_some(true)
            }
            Self::One(Key::Number, _) => None,
            Self::One(Key::Status, needles) => {
                let (of_numbers, of_orders): (Vec<_>, Vec<_>) =
                    needles.iter().partition(|needle| is_about_numbers(needle));
                let is_so = seen.snapshot.is_some_and(|snapshot| {
                    of_orders.iter().any(|needle| is_status(needle, &snapshot.order.status))
                });
                if is_so || of_numbers.is_empty() { Some(is_so) } else { None }
            }
            Self::One(key, needles) => Some(needles.iter().any(|needle| is_one(*key, needle, seen, eye))),
            Self::Compare(key, comparison, with) => {
                let measured = seen.snapshot.and_then(|snapshot| measured(*key, snapshot, eye.now));
                Some(measured.is_some_and(|measured| comparison.holds(measured, *with)))
            }
        }
    }

    /// What it comes to for a number, where its order does not decide.
    fn of_number(&self, number: &OrderedPhoneNumber<'_>) -> bool {
        let is_so = |needle: &Needle| needle.is_in_number(number.number);
        match self {
            Self::Text(needle) => is_so(needle) || needle.is_in(number.status.raw()),
            Self::One(Key::Number, needles) => needles.iter().any(is_so),
            Self::One(Key::Status, needles) => needles.iter().any(|needle| match &number.status {
                NumberStatus::Unknown(text) => needle.as_str() == UNKNOWN || needle.begins(text.shown()),
                known => needle.begins(known.raw()),
            }),
            Self::One(..) | Self::Compare(..) => false,
        }
    }
}

impl Comparison {
    const fn holds(self, left: i64, right: i64) -> bool {
        match self {
            Self::Below => left < right,
            Self::AtMost => left <= right,
            Self::Above => left > right,
            Self::AtLeast => left >= right,
            Self::Equal => left == right,
        }
    }
}

/// The word for every state that we do not know.
const UNKNOWN: &str = "unknown";

fn is_status(needle: &Needle, status: &OrderStatus) -> bool {
    match status {
        OrderStatus::Unknown(text) => needle.as_str() == UNKNOWN || needle.begins(text.shown()),
        known => needle.begins(known.raw()),
    }
}

/// True for a state that numbers can have: one that we do not know can be that of an order too.
fn is_about_numbers(needle: &Needle) -> bool {
    NumberStatus::KNOWN.iter().any(|known| needle.begins(known.raw()))
        || !OrderStatus::KNOWN.iter().any(|known| needle.begins(known.raw()))
}

fn is_acquired(needle: &Needle) -> bool {
    needle.begins(NumberStatus::Acquired.raw())
}

/// True where what the order is called has it: its label, else what its numbers have in common.
fn is_named(needle: &Needle, seen: &Seen<'_>) -> bool {
    match (&seen.entry.label, seen.snapshot) {
        (Some(label), _) if !label.is_empty() => needle.is_in(label.shown()),
        (_, Some(snapshot)) => needle.is_in(&snapshot.pattern),
        (_, None) => false,
    }
}

fn has_number(needle: &Needle, snapshot: &Snapshot) -> bool {
    match snapshot.detail {
        Detail::Whole => snapshot.order.numbers.iter().any(|each| needle.is_in_number(each.number)),
        // Until they are here, what they have in common has to do.
        Detail::Outline => needle.may_be_in_pattern(&snapshot.pattern),
    }
}

fn is_one(key: Key, needle: &Needle, seen: &Seen<'_>, eye: &Eye) -> bool {
    let snapshot = seen.snapshot;
    let scope = seen.key.map(|key| &key.scope);
    match key {
        Key::Label => seen.entry.label.as_ref().is_some_and(|label| needle.is_in(label.shown())),
        Key::Note => seen.entry.note.as_ref().is_some_and(|note| needle.is_in(note.shown())),
        Key::Id => needle.begins(seen.entry.id.as_str()),
        Key::Region => scope.is_some_and(|scope| needle.begins(&scope.region)),
        Key::Profile => scope.is_some_and(|scope| needle.begins(scope.profile_name())),
        Key::Needs => snapshot.is_some_and(|snapshot| attention::need(snapshot, eye.now).is_some()),
        Key::Is => super::keys::STANDINGS.iter().any(|word| needle.begins(word) && stands(word, seen, eye)),
        Key::Type => snapshot.is_some_and(|snapshot| match &snapshot.order.order_type {
            Some(kind) => needle.begins(kind.raw()),
            None => snapshot.order.is_porting() && needle.begins(OrderType::Porting.raw()),
        }),
        Key::Product => {
            let product = snapshot.and_then(|snapshot| snapshot.order.product_type.as_ref());
            product.is_some_and(|product| needle.begins(product.raw()))
        }
        Key::Status
        | Key::Number
        | Key::Age
        | Key::For
        | Key::Foc
        | Key::Done
        | Key::Failed
        | Key::Numbers => false,
    }
}

/// What `is:` and a word come to.
fn stands(word: &str, seen: &Seen<'_>, eye: &Eye) -> bool {
    let Some(snapshot) = seen.snapshot else {
        return word == "unread" || (word == "silent" && seen.missed.is_some());
    };
    match word {
        "settled" => snapshot.is_settled(),
        "handled" => {
            let need = attention::need_unhandled(snapshot, eye.now);
            need.is_some_and(|need| snapshot.handled == Some(need.kind))
        }
        "stale" => snapshot.read_at < eye.started && !snapshot.is_settled(),
        "silent" => seen.missed.is_some(),
        _ => false,
    }
}

/// What a key measures, in seconds, percent or as a count; none where there is nothing to measure.
fn measured(key: Key, snapshot: &Snapshot, now: Timestamp) -> Option<i64> {
    let counts = snapshot.counts;
    match key {
        Key::Age => Some(now.duration_since(snapshot.order.created.unwrap_or(snapshot.first_seen)).as_secs()),
        Key::For => Some(now.duration_since(snapshot.state_since.by).as_secs()),
        Key::Foc => until_foc(snapshot, now).map(|left| left.as_secs()),
        Key::Done => {
            let (acquired, total) = (i64::from(counts.acquired), i64::from(counts.total));
            (acquired * 100).checked_div(total)
        }
        Key::Failed => Some(i64::from(counts.failed)),
        Key::Numbers => Some(i64::from(counts.total)),
        Key::Status
        | Key::Label
        | Key::Note
        | Key::Id
        | Key::Number
        | Key::Needs
        | Key::Is
        | Key::Type
        | Key::Product
        | Key::Region
        | Key::Profile => None,
    }
}

/// Whole days from today to the FOC date, as long as it is waited for; negative when it is past.
fn until_foc(snapshot: &Snapshot, now: Timestamp) -> Option<SignedDuration> {
    let date = snapshot.order.foc_date.as_ref().filter(|_| !snapshot.order.status.is_final())?.date()?;
    let days = now.to_zoned(TimeZone::UTC).date().until(date).ok()?.get_days();
    Some(SignedDuration::from_hours(24 * i64::from(days)))
}
