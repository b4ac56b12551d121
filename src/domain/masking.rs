//! Phone numbers that others may not read: `+1 206 *** **12`.
//!
//! Any text can be masked, because numbers stand in names, notes and filters too. Every character stays one
//! character, so that nothing moves; what is masked already stays as it is.

use super::number::country_code_length;
use std::borrow::Cow;

/// What stands for a digit.
const MASK: char = '*';
/// Digits of a number in zone 1, its country code included, and the most that any number has.
const ZONE_1: usize = 11;
const MOST: usize = 15;
/// With fewer digits a number is not whole, or there is no telling.
const WHOLE: usize = 10;
/// Digits at the end that stay, so that two numbers can be told apart.
const LAST: usize = 2;

/// `1234…9012`: enough to know an account by.
pub fn account(id: &str) -> String {
    match (id.get(..4), id.len().checked_sub(4).and_then(|start| id.get(start..))) {
        (Some(first), Some(last)) if id.len() > 8 => format!("{first}…{last}"),
        _ => "…".to_owned(),
    }
}

/// The text with every phone number in it masked: with a plus in any grouping, or ten digits and more in a row.
pub fn masked(text: &str) -> Cow<'_, str> {
    let mut characters: Vec<char> = text.chars().collect();
    let mut is_changed = false;
    let mut at = 0;
    while let Some(character) = characters.get(at) {
        let run = match character {
            '+' => with_plus(&characters, at),
            '0'..='9' => in_a_row(&characters, at),
            _ => Run { digits: Vec::new(), end: at + 1 },
        };
        for place in hidden(&characters, &run) {
            if let Some(digit) = characters.get_mut(place) {
                *digit = MASK;
                is_changed = true;
            }
        }
        at = run.end;
    }
    if is_changed { Cow::Owned(characters.into_iter().collect()) } else { Cow::Borrowed(text) }
}

/// Digits that belong together: their places, and where the search goes on.
struct Run {
    digits: Vec<usize>,
    end: usize,
}

/// The digits after a plus; single separators, and `x` for digits that differ, may stand among them.
fn with_plus(characters: &[char], plus: usize) -> Run {
    let mut digits = Vec::new();
    let most = if characters.get(plus + 1) == Some(&'1') { ZONE_1 } else { MOST };
    let mut at = plus + 1;
    while digits.len() < most {
        match characters.get(at) {
            Some('0'..='9') => digits.push(at),
            Some('x') if !digits.is_empty() && !is_in_a_word(characters, at) => digits.push(at),
            Some(' ' | '-' | '.' | '(' | ')') if is_between_groups(characters, at) => {}
            Some(_) | None => break,
        }
        at += 1;
    }
    Run { digits, end: at.max(plus + 1) }
}

fn is_in_a_word(characters: &[char], at: usize) -> bool {
    characters.get(at + 1).is_some_and(|next| next.is_alphabetic() && *next != 'x')
}

/// True for a separator that a digit follows, at most behind a bracket: two blanks end a column.
fn is_between_groups(characters: &[char], at: usize) -> bool {
    let is_digit = |next: &char| next.is_ascii_digit() || *next == 'x';
    match (characters.get(at + 1), characters.get(at + 2)) {
        (Some(next), _) if is_digit(next) => true,
        (Some(next), Some(second)) => {
            *next != ' ' && "(-.".contains(*next) && is_digit(second)
                || *next == ' ' && characters.get(at) == Some(&')') && is_digit(second)
        }
        _ => false,
    }
}

/// Digits in a row without a plus. Those of an order ID stand beside letters or dashes.
fn in_a_row(characters: &[char], start: usize) -> Run {
    let length = characters.iter().skip(start).take_while(|each| each.is_ascii_digit()).count();
    let end = start + length;
    let belongs = |each: &char| each.is_alphanumeric() || "-_.:".contains(*each);
    let before = start.checked_sub(1).and_then(|at| characters.get(at));
    let stands_alone = !before.is_some_and(|each| belongs(each) || *each == MASK)
        && !characters.get(end).is_some_and(belongs);
    let is_number = stands_alone && (WHOLE..=MOST).contains(&length);
    Run { digits: if is_number { (start..end).collect() } else { Vec::new() }, end }
}

/// The places of the digits to be masked: all but the country, the area, and the last two of a whole number.
fn hidden(characters: &[char], run: &Run) -> Vec<usize> {
    let digits: String = run.digits.iter().filter_map(|place| characters.get(*place)).collect();
    let country = country_code_length(&digits);
    let kept = country + if country == 1 { 3 } else { 2 };
    let is_cut = characters.get(run.end).is_some_and(|next| "…~".contains(*next));
    let whole = if digits.starts_with('1') { ZONE_1 } else { WHOLE };
    let shown = if is_cut || digits.len() < whole { 0 } else { LAST };
    let end = run.digits.len().saturating_sub(shown);
    run.digits
        .get(kept.min(end)..end)
        .unwrap_or_default()
        .iter()
        .copied()
        .filter(|place| characters.get(*place).is_some_and(char::is_ascii_digit))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn country_area_and_the_last_two_digits_stay() {
        let cases = [
            ("+1 206 555 0112", "+1 206 *** **12"),
            ("+12065550112", "+1206*****12"),
            ("+1 (206) 555-0112", "+1 (206) ***-**12"),
            ("call +1.206.555.0112 now", "call +1.206.***.**12 now"),
            ("+44 20 7946 0123", "+44 20 **** **23"),
            ("12065550112", "1206*****12"),
            ("/2065550112", "/2065****12"),
            ("+1 503 555 01xx ×50", "+1 503 *** **xx ×50"),
            ("+1 503 555 xxxx ×50", "+1 503 *** xxxx ×50"),
            ("+1 206 555 0112  8/9", "+1 206 *** **12  8/9"),
            ("+1 206 555 0112, +1 206 555 0113", "+1 206 *** **12, +1 206 *** **13"),
        ];
        for (text, expected) in cases {
            assert_eq!(masked(text), expected);
            assert_eq!(masked(expected), expected, "twice is once");
        }
    }

    #[test]
    fn a_number_that_is_cut_keeps_no_digit_of_its_middle() {
        for (text, expected) in [
            ("+1 206 555 0…", "+1 206 *** *…"),
            ("+1 206 55", "+1 206 **"),
            ("+44 20 7946 01…", "+44 20 **** **…"),
        ] {
            assert_eq!(masked(text), expected);
        }
    }

    #[test]
    fn what_is_no_number_stays() {
        for text in [
            "+1 503, +1 971 ×50",
            "+1 206, +1 503, +3 more areas ×120",
            "58e2c9b4-0f73-4a1d-b6c8-491405070032",
            "2026-11-23T14:03:00Z 14:03:05 12/50",
            "12,345 numbers, 1,234,567 orders",
            "++ + x +x",
        ] {
            assert_eq!(masked(text), text);
        }
    }
}
