//! What is looked for in a text or among the digits of a number, without regard to case.

use crate::domain::NumberText;

/// The most digits of an E.164 number, and then some: what a `u64` can have.
const DIGITS: usize = 20;

/// What is looked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Needle {
    /// In lower case.
    text: String,
    /// Its digits, where it can be part of a number: digits, and what people write between them.
    digits: Option<Digits>,
}

/// Digits of a number.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Digits {
    digits: Vec<u8>,
    place: Place,
}

/// Where they stand in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Place {
    /// Anywhere.
    Within,
    /// At its start: they were typed with a plus.
    Start,
}

/// True for a word that can be part of a telephone number.
pub(super) fn is_part_of_number(word: &str) -> bool {
    word.chars().any(|c| c.is_ascii_digit())
        && word.chars().all(|c| c.is_ascii_digit() || " +-()./".contains(c))
}

impl Needle {
    /// What is looked for, as it was typed: a number where it can be one.
    pub(super) fn new(typed: &str) -> Self {
        let digits = is_part_of_number(typed).then(|| Digits {
            digits: typed.bytes().filter(u8::is_ascii_digit).collect(),
            place: if typed.starts_with('+') { Place::Start } else { Place::Within },
        });
        Self { text: typed.to_lowercase(), digits }
    }

    /// The same, and never a number: it stood in quotes.
    pub(super) fn quoted(typed: &str) -> Self {
        Self { text: typed.to_lowercase(), digits: None }
    }

    /// The text in lower case.
    pub(super) fn as_str(&self) -> &str {
        &self.text
    }

    /// True for a text that has it.
    pub(super) fn is_in(&self, text: &str) -> bool {
        let needle = self.text.as_bytes();
        if text.is_ascii() && !needle.is_empty() {
            text.as_bytes().windows(needle.len()).any(|window| window.eq_ignore_ascii_case(needle))
        } else {
            text.to_lowercase().contains(&self.text)
        }
    }

    /// True for a text that begins with it.
    pub(super) fn begins(&self, text: &str) -> bool {
        match text.as_bytes().get(..self.text.len()) {
            Some(start) if start.is_ascii() => start.eq_ignore_ascii_case(self.text.as_bytes()),
            Some(_) | None => text.to_lowercase().starts_with(&self.text),
        }
    }

    /// True for a number that has its digits, or whose text has it where it is no E.164 number.
    pub(super) fn is_in_number(&self, number: NumberText<'_>) -> bool {
        match (number, &self.digits) {
            (NumberText::E164(number), Some(wanted)) => wanted.are_in(number.digits()),
            (NumberText::E164(_), None) => false,
            (NumberText::Other(text), _) => self.is_in(text.shown()),
        }
    }

    /// True where numbers of which only this pattern is known, `+1 206 555 01xx ×50`, may have its digits.
    pub(super) fn may_be_in_pattern(&self, pattern: &str) -> bool {
        let Some(wanted) = &self.digits else { return false };
        let known: Vec<u8> = pattern
            .bytes()
            .take_while(|byte| byte.is_ascii_digit() || b" +".contains(byte))
            .filter(u8::is_ascii_digit)
            .collect();
        let wanted = &wanted.digits;
        !known.is_empty() && (known.starts_with(wanted) || wanted.starts_with(&known))
    }
}

impl Digits {
    /// True when a number has these digits. Without an allocation: half a million numbers are looked through at a key.
    fn are_in(&self, mut number: u64) -> bool {
        let mut digits = [0; DIGITS];
        let mut start = DIGITS;
        while number > 0 && start > 0 {
            start -= 1;
            digits[start] = b'0' + u8::try_from(number % 10).unwrap_or_default();
            number /= 10;
        }
        let digits = digits.get(start..).unwrap_or_default();
        match self.place {
            Place::Within => digits.windows(self.digits.len()).any(|window| window == self.digits),
            Place::Start => digits.starts_with(&self.digits),
        }
    }
}
