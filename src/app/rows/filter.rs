//! The filter of rows and numbers: a plain substring, without regard to case, of name, id, number or state.

use crate::domain::{Entry, NumberStatus, NumberText, OrderedPhoneNumber, Snapshot, name};

/// The most digits of an E.164 number, and then some: what a `u64` can have.
const DIGITS: usize = 20;

/// What the lines must contain.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Filter {
    /// In lower case, without spaces around it; empty for all.
    needle: String,
    /// Its digits, where it can be part of a number: digits, and what people write between them.
    digits: Option<Vec<u8>>,
}

impl Filter {
    /// A filter as it was typed.
    pub fn new(typed: &str) -> Self {
        let needle = typed.trim().to_lowercase();
        let digits: Vec<u8> = needle.bytes().filter(u8::is_ascii_digit).collect();
        let is_number = needle.chars().all(|c| c.is_ascii_digit() || " +-()./".contains(c));
        Self { digits: (is_number && !digits.is_empty()).then_some(digits), needle }
    }

    /// True when everything passes.
    pub fn is_empty(&self) -> bool {
        self.needle.is_empty()
    }

    /// True for an order whose name, id, state or one of whose numbers contains it.
    pub fn passes_order(&self, entry: &Entry, snapshot: Option<&Snapshot>) -> bool {
        if self.is_empty() || self.is_in(entry.id.as_str()) || self.passes_name(entry, snapshot) {
            return true;
        }
        snapshot.is_some_and(|snapshot| {
            self.is_in(&snapshot.order.status.to_string())
                || self.is_in(&snapshot.pattern)
                || snapshot.order.numbers.iter().any(|each| self.passes_text(each.number))
        })
    }

    /// True for an order whose name contains it: then all its numbers pass too.
    pub fn passes_name(&self, entry: &Entry, snapshot: Option<&Snapshot>) -> bool {
        self.is_empty() || self.is_in(&name::of(&entry.id, entry.label.as_ref(), snapshot))
    }

    /// True for a number that contains it, or whose state does.
    pub fn passes_number(&self, number: &OrderedPhoneNumber<'_>) -> bool {
        self.is_empty() || self.passes_text(number.number) || self.passes_status(&number.status)
    }

    fn passes_status(&self, status: &NumberStatus) -> bool {
        self.is_in(&status.to_string())
    }

    fn passes_text(&self, number: NumberText<'_>) -> bool {
        match (number, &self.digits) {
            (NumberText::E164(number), Some(wanted)) => has_digits(number.digits(), wanted),
            (NumberText::E164(_), None) => false,
            (NumberText::Other(text), _) => self.is_in(text.shown()),
        }
    }

    fn is_in(&self, text: &str) -> bool {
        let needle = self.needle.as_bytes();
        if text.is_ascii() && !needle.is_empty() {
            text.as_bytes().windows(needle.len()).any(|window| window.eq_ignore_ascii_case(needle))
        } else {
            text.to_lowercase().contains(&self.needle)
        }
    }
}

/// True when the digits of `number` contain `wanted`. Without an allocation: half a million numbers are looked
/// through at a key.
fn has_digits(mut number: u64, wanted: &[u8]) -> bool {
    let mut digits = [0; DIGITS];
    let mut start = DIGITS;
    while number > 0 && start > 0 {
        start -= 1;
        digits[start] = b'0' + u8::try_from(number % 10).unwrap_or_default();
        number /= 10;
    }
    digits.get(start..).is_some_and(|digits| digits.windows(wanted.len()).any(|window| window == wanted))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{Numbers, PhoneNumberOrderId};

    const ID: &str = "3f2a91c0-77aa-4e0b-9a55-0d1f5e2bc01d";

    #[test]
    fn an_order_passes_by_name_id_and_state_without_regard_to_case() {
        let entry = Entry {
            label: Some("Seattle launch".into()),
            ..Entry::new(PhoneNumberOrderId::parse(ID).unwrap())
        };
        let cases = [
            ("", true),
            ("  ", true),
            ("LAUNCH", true),
            (" seattle ", true),
            ("91C0-77", true),
            ("boise", false),
            ("503", false),
        ];
        for (typed, passes) in cases {
            assert_eq!(Filter::new(typed).passes_order(&entry, None), passes, "{typed}");
        }
    }

    #[test]
    fn a_number_passes_however_its_digits_are_written() {
        let numbers = Numbers::new([("+15035550107", "Acquired"), ("ext 12", "Teleported")]);
        let passing = |typed: &str| {
            let filter = Filter::new(typed);
            numbers.iter().map(|number| filter.passes_number(&number)).collect::<Vec<_>>()
        };
        let cases = [
            ("+1 503 555", [true, false]),
            ("(503) 555-01", [true, false]),
            ("0107", [true, false]),
            ("01070", [false, false]),
            ("acq", [true, false]),
            ("TELE", [false, true]),
            ("ext 12", [false, true]),
            ("+", [false, false]),
        ];
        for (typed, expected) in cases {
            assert_eq!(passing(typed), expected, "{typed}");
        }
    }
}
