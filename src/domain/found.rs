//! Order ids in any text: a mail, a CSV, JSON, a URL, an AWS CLI answer.

mod members;

use super::order_id::{LENGTH, NotAnOrderId};
use super::scope::VOICE_REGIONS;
use super::{Entry, OrderStatus, PhoneNumberOrderId, Text};
use std::collections::HashSet;
use std::ops::Range;

/// The most ids that one text may bring.
pub const MOST: usize = 10_000;
/// What stands beside an order in the answers of the AWS CLI and is no state.
const OF_AWS: [&str; 6] = [
    "PHONENUMBERORDERS",
    "PHONENUMBERORDER",
    "New",
    "Porting",
    "VoiceConnector",
    "SipMediaApplicationDialIn",
];
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
    /// How many words look like an id and are none.
    pub missed: usize,
    /// The first of these, and why it is none.
    pub miss: Option<Miss>,
}

/// A word that looks like an order id and is none.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Miss {
    /// The word.
    pub word: String,
    /// What is wrong with it.
    pub why: NotAnOrderId,
}

/// Finds every order id in `text`; what stands beside it on its line is proposed as its label.
///
/// Within other text an id is hex only: with letters beyond `f` any slug of that shape would become an order. Alone
/// on its line any letters do, because the API's own sample has them.
pub fn in_text(text: &str) -> Found {
    let mut found = Found::default();
    let mut known = HashSet::new();
    let named = members::labels(text);
    for line in text.lines() {
        // A mail that is quoted.
        let line = line.trim_start_matches(['>', ' ']);
        let places = places_in(line);
        note_misses(&mut found, line);
        for &(start, id) in &places {
            if !known.insert(id) {
                found.repeated += 1;
            } else if found.entries.len() == MOST {
                found.beyond += 1;
            } else {
                let beside = || if places.len() == 1 { label_of(line, start) } else { None };
                let label = named.get(&id).cloned().or_else(beside);
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

/// Notes the words of a line that look like an id and are none: groups of hex digits, the first of them as long as an
/// id's, or five of them. A date, a phone number or a slug looks otherwise.
fn note_misses(found: &mut Found, line: &str) {
    let words = line.split(|character: char| !character.is_ascii_alphanumeric() && character != '-');
    for word in words.filter(|word| (10..=64).contains(&word.len()) && word.contains('-')) {
        let groups: Vec<&str> = word.split('-').collect();
        let are_hex = groups
            .iter()
            .all(|group| !group.is_empty() && group.bytes().all(|byte| byte.is_ascii_hexdigit()));
        let first = groups.first().copied().unwrap_or_default();
        let has_letter = first.bytes().any(|byte| byte.is_ascii_alphabetic());
        let begins_like_one = first.len() == 8 && (has_letter || groups.len() > 2);
        let is_like_one = begins_like_one || (groups.len() == 5 && (28..=44).contains(&word.len()));
        if let Err(why) = PhoneNumberOrderId::parse(word)
            && are_hex
            && is_like_one
        {
            found.missed += 1;
            found.miss.get_or_insert_with(|| Miss { word: word.to_owned(), why });
        }
    }
}

fn is_part_of_an_id(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'-'
}

/// The label that a line proposes for its order. A line of cells proposes the rest of the order's own cell, else the
/// first cell behind it that is words, else the last such cell before it; any other line the text beside the id.
fn label_of(line: &str, start: usize) -> Option<Text> {
    let Some(delimiter) = ['\t', '|', ';', ','].into_iter().find(|delimiter| line.contains(*delimiter))
    else {
        return label_beside(line, start);
    };
    let cells = cells(line, delimiter);
    let own = cells.iter().position(|cell| cell.contains(&start))?;
    let (before, cell, behind) = (cells.get(..own)?, cells.get(own)?, cells.get(own + 1..)?);
    label_beside(line.get(cell.clone())?, start - cell.start).or_else(|| {
        let words = |cell: &Range<usize>| line.get(cell.clone()).map(clean).filter(|cell| is_words(cell));
        let cell = behind.iter().find_map(words).or_else(|| before.iter().rev().find_map(words))?;
        Some(Text::from(cell.chars().take(LABEL).collect::<String>()))
    })
}

/// Where the cells of a line stand. Between quotes a delimiter is text, unless a quote has no other.
fn cells(line: &str, delimiter: char) -> Vec<Range<usize>> {
    let has_pairs = line.matches('"').count().is_multiple_of(2);
    let (mut cells, mut start, mut is_quoted) = (Vec::new(), 0, false);
    for (at, character) in line.char_indices() {
        if character == '"' {
            is_quoted = has_pairs && !is_quoted;
        } else if character == delimiter && !is_quoted {
            cells.push(start..at);
            start = at + delimiter.len_utf8();
        }
    }
    cells.push(start..line.len());
    cells
}

/// True for what somebody may have called an order: mostly letters, and no word that AWS puts into such a line.
fn is_words(cell: &str) -> bool {
    let letters = cell.chars().filter(|character| character.is_alphabetic()).count();
    let is_of_aws = !matches!(OrderStatus::parse(cell), OrderStatus::Unknown(_))
        || VOICE_REGIONS.contains(&cell)
        || OF_AWS.contains(&cell);
    letters * 2 >= cell.chars().count() && letters > 0 && !is_of_aws && !is_markup(cell)
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
            (format!("{A},Seattle launch,us-east-1,2026-11-01"), vec![(A, Some("Seattle launch"))]),
            (format!("2026-11-23T10:01:00Z;Boise;{A};Processing"), vec![(A, Some("Boise"))]),
            (
                format!("PHONENUMBERORDERS\t2026-11-23T10:01:00Z\tNew\t{A}\tVoiceConnector\tSuccessful"),
                vec![(A, None)],
            ),
            (format!("Reno: {A}, by Ana"), vec![(A, Some("Reno"))]),
            (format!("{A},\"Seattle, launch\",us-east-1"), vec![(A, Some("Seattle, launch"))]),
            (format!("12\" rack, {A}, Reno"), vec![(A, Some("Reno"))]),
            (format!("> Seattle: {A}, please"), vec![(A, Some("Seattle"))]),
            (format!("> > {SAMPLE}"), vec![(SAMPLE, None)]),
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
    fn json_proposes_the_name_that_stands_in_the_object_of_an_id() {
        let id = |id: &str, name: &str| format!("{{\"id\": \"{id}\", {name}}}");
        let (name, label) = ("\"Name\": \"Boise, 2\"", "\"label\":\n \"Reno\"");
        let cases = [
            (format!("[{},{}]", id(A, name), id(B, label)), vec![(A, Some("Boise, 2")), (B, Some("Reno"))]),
            (format!("{}\n{}", id(A, label), id(B, name)), vec![(A, Some("Reno")), (B, Some("Boise, 2"))]),
            (
                format!("{{{name}, \"Order\": {{\"PhoneNumberOrderId\": \"{A}\"}}}}"),
                vec![(A, Some("Boise, 2"))],
            ),
            (format!("{{{name}, \"Orders\": [\"{A}\", \"{B}\"]}}"), vec![(A, None), (B, None)]),
            (format!("{{\"Name\": \"\\u001b[1m\", \"id\":\n\"{A}\"}}"), vec![(A, None)]),
            (format!("{{\"Name\": \"Boise\", \"id\":\n\"{A}\""), vec![(A, None)]),
        ];
        for (text, expected) in cases {
            let expected: Vec<_> = expected
                .into_iter()
                .map(|(id, label): (&str, Option<&str>)| (id.to_owned(), label.map(ToOwned::to_owned)))
                .collect();
            assert_eq!(seen(&text), expected, "{text}");
        }
        assert_eq!(seen(&"[{".repeat(100_000)), []);
    }

    #[test]
    fn what_looks_like_an_id_and_is_none_is_counted_and_the_first_named() {
        let text = format!(
            "{A}\n3f2a91c0-77aa, 9ae4f377-0c1e-4b52-8d60-5a1be77c0b1\n2026-11-28 1-503-555-0107 a-b-c"
        );
        let found = in_text(&text);
        let miss = Miss { word: "3f2a91c0-77aa".to_owned(), why: NotAnOrderId::Groups(2) };
        assert_eq!((found.entries.len(), found.missed, found.miss), (1, 2, Some(miss)));
    }

    #[test]
    fn an_id_that_comes_again_is_counted_and_added_once() {
        let found = in_text(&format!("{A}\n{}\n{B}\n{A}", A.to_uppercase()));
        assert_eq!((found.entries.len(), found.repeated), (2, 2));
    }
}
