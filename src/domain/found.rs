//! Order ids in any text: a mail, a CSV, JSON, a URL, an AWS CLI answer.

mod label;
mod members;

use super::order_id::{LENGTH, NotAnOrderId};
use super::{Entry, PhoneNumberOrderId};
use std::collections::HashSet;

/// The most ids that one text may bring.
pub const MOST: usize = 10_000;
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
                let beside = || if places.len() == 1 { label::of(line, start) } else { None };
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

    /// A text, and the ids in it with their labels.
    type Case = (String, Vec<(&'static str, Option<&'static str>)>);

    #[track_caller]
    fn assert_seen(cases: impl IntoIterator<Item = Case>) {
        for (text, expected) in cases {
            let owned = |(id, label): (&str, Option<&str>)| (id.to_owned(), label.map(ToOwned::to_owned));
            assert_eq!(seen(&text), expected.into_iter().map(owned).collect::<Vec<_>>(), "{text}");
        }
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
            (format!("Boise port-in: {A}"), vec![(A, Some("Boise port-in"))]),
            (format!("IT rollout {A}"), vec![(A, Some("IT rollout"))]),
            (format!("Could you check {A}?"), vec![(A, None)]),
            (format!("Order {A} has not moved since Friday."), vec![(A, None)]),
            (format!("Hi Ana, could you look at {A}, it is stuck"), vec![(A, None)]),
            (format!("the order that was placed on Monday by the team in Reno {A}"), vec![(A, None)]),
            (format!("{A},Reno,It has waited for a week."), vec![(A, Some("Reno"))]),
            (format!("x{A}"), vec![]),
            (format!("{A}-9"), vec![]),
            (SAMPLE.to_owned(), vec![(SAMPLE, None)]),
            (format!("see {SAMPLE}"), vec![]),
            ("no id here".to_owned(), vec![]),
            (format!("aws chime get --phone-number-order-id {A}"), vec![(A, None)]),
        ];
        assert_seen(cases);
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
        assert_seen(cases);
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
