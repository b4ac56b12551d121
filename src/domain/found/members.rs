//! The labels that JSON proposes: an order's id and a member that names it, in one object.

use super::label::LABEL;
use crate::domain::{PhoneNumberOrderId, Text};
use std::collections::HashMap;

/// Members that name an order, in lower case.
const NAMING: [&str; 2] = ["name", "label"];

/// Objects within each other beyond which nothing is looked for.
const DEEPEST: usize = 64;

/// An object that is not closed yet.
#[derive(Default)]
struct Object<'t> {
    key: Option<&'t str>,
    label: Option<&'t str>,
    ids: Ids,
}

/// The orders that an object holds, as far as it matters.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Ids {
    #[default]
    None,
    One(PhoneNumberOrderId),
    Several,
}

impl Ids {
    fn and(self, other: Self) -> Self {
        match (self, other) {
            (Self::None, ids) | (ids, Self::None) => ids,
            (Self::One(one), Self::One(same)) if one == same => self,
            (Self::One(_) | Self::Several, Self::One(_) | Self::Several) => Self::Several,
        }
    }
}

/// The labels of orders in a text that is JSON, one value or one a line: `"Name"` or `"label"` beside the id, or in an
/// object around it that holds no other order. Any other text has none.
pub(super) fn labels(text: &str) -> HashMap<PhoneNumberOrderId, Text> {
    let mut labels = HashMap::new();
    if !text.trim_start().starts_with(['{', '[']) {
        return labels;
    }
    let mut open: Vec<Object<'_>> = Vec::new();
    let mut rest = text;
    while let Some(at) = rest.find(['"', '{', '[', '}', ']']) {
        let (mark, after) = rest.split_at(at).1.split_at(1);
        rest = after;
        match mark {
            "{" | "[" if open.len() == DEEPEST => return labels,
            "{" | "[" => open.push(Object::default()),
            "}" | "]" => close(&mut open, &mut labels),
            _ => {
                let (string, after) = string(rest);
                rest = after;
                if let Some(object) = open.last_mut() {
                    take(object, string, rest);
                }
            }
        }
    }
    labels
}

/// The string that begins here, as it is written, and what follows its end.
fn string(text: &str) -> (&str, &str) {
    let mut is_escaped = false;
    for (at, byte) in text.bytes().enumerate() {
        match byte {
            b'"' if !is_escaped => {
                let (string, rest) = text.split_at(at);
                return (string, rest.get(1..).unwrap_or_default());
            }
            _ => is_escaped = byte == b'\\' && !is_escaped,
        }
    }
    (text, "")
}

/// Takes a string of an object: the key of a member, or its value.
fn take<'t>(object: &mut Object<'t>, string: &'t str, rest: &str) {
    if rest.trim_start().starts_with(':') {
        object.key = Some(string);
        return;
    }
    let key = object.key.take();
    if let Ok(id) = PhoneNumberOrderId::parse(string) {
        object.ids = object.ids.and(Ids::One(id));
    } else if key.is_some_and(|key| NAMING.iter().any(|name| key.eq_ignore_ascii_case(name))) {
        object.label = Some(string);
    }
}

/// The innermost object is complete: it names its order, or leaves it to the one around it.
fn close(open: &mut Vec<Object<'_>>, labels: &mut HashMap<PhoneNumberOrderId, Text>) {
    let Some(object) = open.pop() else { return };
    let named = object.label.filter(|label| label.chars().any(char::is_alphabetic) && !label.contains('\\'));
    match (object.ids, named) {
        (Ids::One(id), Some(label)) => {
            let label: String = label.trim().chars().take(LABEL).collect();
            labels.entry(id).or_insert_with(|| Text::from(label));
        }
        (ids, _) => {
            if let Some(around) = open.last_mut() {
                around.ids = around.ids.and(ids);
            }
        }
    }
}
