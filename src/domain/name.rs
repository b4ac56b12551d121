//! What an order is called: its label, else what its numbers have in common.

use super::number::group_digits;
use super::{E164, NumberText, Numbers, PhoneNumberOrderId, Snapshot, Text};
use std::borrow::Cow;
use std::collections::BTreeMap;

/// Digits that may differ at the end of a number before a common prefix says too little.
const DIFFERING: usize = 4;
/// Area prefixes that are spelt out where the numbers have little in common.
const AREAS: usize = 2;

/// The name of an order: the label, else the pattern of its numbers, else the id and that it was not read yet.
pub fn of(id: &PhoneNumberOrderId, label: Option<&Text>, snapshot: Option<&Snapshot>) -> String {
    of_known(id, label, snapshot.map(|snapshot| &*snapshot.pattern))
}

/// The name of an order that was asked for and refused: the same, but that it was not read yet is no news any more.
pub fn of_refused(id: &PhoneNumberOrderId, label: Option<&Text>) -> String {
    match label {
        Some(label) if !label.is_empty() => label.shown().to_owned(),
        Some(_) | None => id.short().to_owned(),
    }
}

/// The same where only the pattern of its numbers is at hand.
pub fn of_known(id: &PhoneNumberOrderId, label: Option<&Text>, pattern: Option<&str>) -> String {
    borrowed(id, label, pattern).into_owned()
}

/// The same as a piece of what it is taken from, for whoever looks at the names of a whole list.
pub fn borrowed<'t>(
    id: &PhoneNumberOrderId,
    label: Option<&'t Text>,
    pattern: Option<&'t str>,
) -> Cow<'t, str> {
    match (label, pattern) {
        (Some(label), _) if !label.is_empty() => label.shown().into(),
        (_, Some(pattern)) if !pattern.is_empty() => pattern.into(),
        (_, Some(_)) => format!("{} (no numbers)", id.short()).into(),
        (_, None) => format!("{} (not read yet)", id.short()).into(),
    }
}

/// What numbers have in common and how many there are: `+1 503 555 01xx ×50`, mixed `+1 503, +1 971 ×50`;
/// empty without numbers.
pub fn pattern(numbers: &Numbers) -> String {
    let Some(first) = numbers.get(0) else { return String::new() };
    let count = numbers.len();
    let well_formed: Vec<E164> = numbers
        .iter()
        .filter_map(|each| match each.number {
            NumberText::E164(number) => Some(number),
            NumberText::Other(_) => None,
        })
        .collect();
    if well_formed.len() < count {
        return times(&first.number.grouped(), count);
    }
    match shared(&well_formed) {
        Some(pattern) => times(&pattern, count),
        None => times(&areas(&well_formed), count),
    }
}

fn times(pattern: &str, count: usize) -> String {
    if count == 1 { pattern.to_owned() } else { format!("{pattern} ×{count}") }
}

/// The common prefix with `x` for what differs, where only the last few digits differ.
fn shared(numbers: &[E164]) -> Option<String> {
    let first = numbers.first()?.digits().to_string();
    let mut common = first.len();
    for number in numbers {
        let digits = number.digits().to_string();
        if digits.len() != first.len() {
            return None;
        }
        common = digits.bytes().zip(first.bytes()).take(common).take_while(|(a, b)| a == b).count();
    }
    let differing = first.len() - common;
    (differing <= DIFFERING).then(|| {
        let prefix: String = first.chars().take(common).chain(std::iter::repeat_n('x', differing)).collect();
        group_digits(&prefix)
    })
}

/// The areas of the numbers, the most frequent first.
fn areas(numbers: &[E164]) -> String {
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    for number in numbers {
        *counts.entry(area(*number)).or_default() += 1;
    }
    let mut areas: Vec<_> = counts.into_iter().collect();
    areas.sort_by(|(area_a, count_a), (area_b, count_b)| count_b.cmp(count_a).then(area_a.cmp(area_b)));
    let rest = areas.len().saturating_sub(AREAS);
    let mut named: Vec<_> = areas.into_iter().take(AREAS).map(|(area, _)| area).collect();
    if rest > 0 {
        named.push(format!("+{rest} more areas"));
    }
    named.join(", ")
}

/// Country code and first group: `+1 503`.
pub fn area(number: E164) -> String {
    number.grouped().split(' ').take(2).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pattern_of(numbers: &[&str]) -> String {
        pattern(&Numbers::new(numbers.iter().map(|number| (*number, "Processing"))))
    }

    #[test]
    fn the_pattern_says_what_the_numbers_have_in_common() {
        let cases: [(&[&str], &str); 9] = [
            (&[], ""),
            (&["+15035550107"], "+1 503 555 0107"),
            (&["+15035550107", "+15035550199"], "+1 503 555 01xx ×2"),
            (&["+15035550107", "+15035550108"], "+1 503 555 010x ×2"),
            (&["+15035550107", "+15035551108"], "+1 503 555 xxxx ×2"),
            (&["+15035550107", "+19715550107", "+19715550108"], "+1 971, +1 503 ×3"),
            (&["+15035550107", "+19715550107", "+12065550108"], "+1 206, +1 503, +1 more areas ×3"),
            (&["+442079460123", "+442079460999"], "+44 20 7946 0xxx ×2"),
            (&["odd\u{1b}", "+15035550107"], r"odd\u{1b} ×2"),
        ];
        for (numbers, expected) in cases {
            assert_eq!(pattern_of(numbers), expected);
        }
    }

    #[test]
    fn a_label_wins_and_an_unread_order_is_named_by_its_id() {
        let id = PhoneNumberOrderId::parse("3f2a91c0-77aa-4e0b-9a55-0d1f5e2bc01d").unwrap();
        assert_eq!(of(&id, Some(&"Toll-free".into()), None), "Toll-free");
        assert_eq!(of(&id, Some(&"".into()), None), "3f2a91c0 (not read yet)");
    }

    #[test]
    fn a_number_belongs_to_its_area() {
        assert_eq!(area(E164::parse("+12065550142").unwrap()), "+1 206");
    }
}
