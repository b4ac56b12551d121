//! What is looked for in a text or among the digits of a number, without regard to case.

use crate::domain::NumberText;

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
    /// As they were typed.
    text: String,
    /// The number that they are.
    value: u64,
    /// The least number with one digit more: ten to the power of how many there are. None where no number has so many.
    beyond: Option<u64>,
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
        let digits = is_part_of_number(typed).then(|| Digits::of(typed));
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

    /// True for what can be part of a number.
    pub(super) const fn is_digits(&self) -> bool {
        self.digits.is_some()
    }

    /// True where numbers of which only this pattern is known, `+1 206 555 01xx ×50`, may have its digits.
    pub(super) fn may_be_in_pattern(&self, pattern: &str) -> bool {
        let Some(wanted) = &self.digits else { return false };
        let known: String = pattern
            .chars()
            .take_while(|character| character.is_ascii_digit() || " +".contains(*character))
            .filter(char::is_ascii_digit)
            .collect();
        let wanted = &wanted.text;
        !known.is_empty() && (known.starts_with(wanted) || wanted.starts_with(&known))
    }
}

impl Digits {
    fn of(typed: &str) -> Self {
        let text: String = typed.chars().filter(char::is_ascii_digit).collect();
        let count = u32::try_from(text.len()).unwrap_or(u32::MAX);
        Self {
            value: text.parse().unwrap_or(u64::MAX),
            beyond: 10_u64.checked_pow(count),
            place: if typed.starts_with('+') { Place::Start } else { Place::Within },
            text,
        }
    }

    /// True when a number has these digits. It is reckoned, not written out: half a million numbers are looked through
    /// at a key.
    fn are_in(&self, number: u64) -> bool {
        let Some(beyond) = self.beyond.filter(|beyond| number >= beyond / 10) else { return false };
        match self.place {
            Place::Within => self.are_within(number, beyond),
            Place::Start => {
                let mut start = number;
                while start >= beyond {
                    start /= 10;
                }
                start == self.value
            }
        }
    }

    /// Moves a window of as many digits over the number, from its end.
    const fn are_within(&self, number: u64, beyond: u64) -> bool {
        let (mut window, mut rest) = (number % beyond, number / beyond);
        while window != self.value {
            if rest == 0 {
                return false;
            }
            window = window / 10 + rest % 10 * (beyond / 10);
            rest /= 10;
        }
        true
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn digits_are_found_where_a_look_at_the_text_finds_them(
            number in 1_u64..=999_999_999_999_999,
            wanted in "[0-9]{1,22}",
            (from, length) in (0_usize..15, 1_usize..6),
        ) {
            let text = number.to_string();
            let part = text.get(from..(from + length).min(text.len())).filter(|part| !part.is_empty());
            for wanted in [Some(wanted.as_str()), part].into_iter().flatten() {
                prop_assert_eq!(Digits::of(wanted).are_in(number), text.contains(wanted));
                let start = Digits::of(&format!("+{wanted}"));
                prop_assert_eq!(start.are_in(number), text.starts_with(wanted));
            }
        }
    }
}
