//! Order ids in any text: a mail, a CSV, JSON, a URL, an AWS CLI answer.

use super::order_id::LENGTH;
use super::{Entry, PhoneNumberOrderId, Text};
use std::collections::HashSet;

/// The most ids that one text may bring.
pub const MOST: usize = 10_000;
/// The longest label that is proposed, in characters.
const LABEL: usize = 60;

/// What a text holds.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Found {
    /// The orders, in the order of the text, each once, with the label that their line proposes.
    pub entries: Vec<Entry>,
    /// How often an id came again.
    pub repeated: usize,
    /// Ids beyond [`MOST`], which are left out.
    pub beyond: usize,
}

/// Finds every order id in `text`; what stands beside it on its line is proposed as its label.
///
/// Within other text an id is hex only: with letters beyond `f` any slug of that shape would become an order. Alone
/// on its line any letters do, because the API's own sample has them.
pub fn in_text(text: &str) -> Found {
    let mut found = Found::default();
    let mut known = HashSet::new();
    for line in text.lines() {
        let places = places_in(line);
        for &(start, id) in &places {
            if !known.insert(id) {
                found.repeated += 1;
            } else if found.entries.len() == MOST {
                found.beyond += 1;
            } else {
                let label = if places.len() == 1 { label_beside(line, start) } else { None };
                found.entries.push(Entry { label, ..Entry::new(id) });
            }
        }
    }
    found
}

fn places_in(line: &str) -> Vec<(usize, PhoneNumberOrderId)> {
    let alone = line.trim();
    if let Ok(id) = PhoneNumberOrderId::parse(alone) {
        return vec![(line.len() - line.trim_start().len(), id)];
    }
    let bytes = line.as_bytes();
    let mut places = Vec::new();
    let mut start = 0;
    while start + LENGTH <= bytes.len() {
        let is_inside_a_word = start > 0 && is_part_of_an_id(bytes[start - 1]);
        let ends = bytes.get(start + LENGTH).is_none_or(|byte| !is_part_of_an_id(*byte));
        let candidate = (!is_inside_a_word && ends).then(|| line.get(start..start + LENGTH)).flatten();
        match candidate.and_then(|candidate| PhoneNumberOrderId::parse(candidate).ok()) {
            Some(id) if id.is_documented_hex() => {
                places.push((start, id));
                start += LENGTH;
            }
            _ => start += 1,
        }
    }
    places
}

fn is_part_of_an_id(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'-'
}

/// The longer of the texts before and after the id, without quotes, separators and what is no word.
fn label_beside(line: &str, start: usize) -> Option<Text> {
    let before = line.get(..start).map(clean).unwrap_or_default();
    let after = line.get(start + LENGTH..).map(clean).unwrap_or_default();
    let label = if after.chars().count() >= before.chars().count() { after } else { before };
    let is_a_word = label.chars().any(char::is_alphabetic) && !is_markup(label);
    is_a_word.then(|| Text::from(label.chars().take(LABEL).collect::<String>()))
}

fn clean(text: &str) -> &str {
    text.trim_matches(|character: char| {
        character.is_whitespace()
            || matches!(character, ',' | ';' | ':' | '"' | '\'' | '|' | '#' | '-' | '–' | '(' | ')')
    })
}

/// JSON members, URLs and shell commands name no order.
fn is_markup(text: &str) -> bool {
    text.contains(['{', '}', '<', '>', '=', '"', '\\'])
        || text.contains("://")
        || text.contains("PhoneNumberOrderId")
        || text.contains("--")
}

#[cfg(test)]
mod tests {
    use super::*;

    const A: &str = "3f2a91c0-77aa-4e0b-9a55-0d1f5e2bc01d";
    const B: &str = "9ae4f377-0c1e-4b52-8d60-5a1be77c0b1c";
    const SAMPLE: &str = "abc12345-de67-89f0-123g-h45i678j9012";

    fn seen(text: &str) -> Vec<(String, Option<String>)> {
        in_text(text)
            .entries
            .into_iter()
            .map(|entry| (entry.id.to_string(), entry.label.map(|label| label.to_string())))
            .collect()
    }

    #[test]
    fn ids_are_found_in_any_text_with_the_label_beside_them() {
        let cases = [
            (A.to_owned(), vec![(A, None)]),
            (format!("Seattle launch, {A}"), vec![(A, Some("Seattle launch"))]),
            (format!("{A}  # Boise port-in"), vec![(A, Some("Boise port-in"))]),
            (format!("\"PhoneNumberOrderId\": \"{A}\","), vec![(A, None)]),
            (format!("https://example.com/orders/{A}?x=1"), vec![(A, None)]),
            (format!("{A} {B}"), vec![(A, None), (B, None)]),
            (format!("x{A}"), vec![]),
            (format!("{A}-9"), vec![]),
            (SAMPLE.to_owned(), vec![(SAMPLE, None)]),
            (format!("see {SAMPLE}"), vec![]),
            ("no id here".to_owned(), vec![]),
            (format!("aws chime get --phone-number-order-id {A}"), vec![(A, None)]),
        ];
        for (text, expected) in cases {
            let expected: Vec<_> = expected
                .into_iter()
                .map(|(id, label): (&str, Option<&str>)| (id.to_owned(), label.map(ToOwned::to_owned)))
                .collect();
            assert_eq!(seen(&text), expected, "{text}");
        }
    }

    #[test]
    fn an_id_that_comes_again_is_counted_and_added_once() {
        let found = in_text(&format!("{A}\n{}\n{B}\n{A}", A.to_uppercase()));
        assert_eq!((found.entries.len(), found.repeated), (2, 2));
    }
}
