//! One answer as it came, kept small: those of ten thousand orders of fifty numbers take thirty megabytes as they are.

use crate::domain::json::quoted;
use crate::domain::{OrderedPhoneNumber, Snapshot};
use crate::fetch::wire;
use serde::Deserialize;
use serde_json::value::RawValue;
use std::sync::Arc;

/// Where the number and its state stand in the form of an element. JSON on one line has no such characters.
const NUMBER: char = '\u{1}';
const STATE: char = '\u{2}';

/// What was said of an order, on one line.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Body {
    /// All of it.
    Whole(Box<str>),
    /// The numbers are those of the snapshot, every one in the same form.
    Formed { before: Box<str>, form: Box<str>, after: Box<str>, snapshot: Arc<Snapshot> },
}

impl Body {
    /// Keeps an answer that says what the snapshot says; none where it holds no order.
    pub(super) fn of(answer: &str, snapshot: &Arc<Snapshot>) -> Option<Self> {
        let line = wire::compact(answer.as_bytes())?;
        let formed = formed(&line, snapshot);
        Some(formed.unwrap_or_else(|| Self::Whole(line.into_boxed_str())))
    }

    /// `{"PhoneNumberOrder":...}` as it came, on one line.
    pub(super) fn answer(&self) -> String {
        match self {
            Self::Whole(line) => format!("{{\"PhoneNumberOrder\":{line}}}"),
            Self::Formed { before, form, after, snapshot } => {
                format!("{{\"PhoneNumberOrder\":{before}{}{after}}}", elements(form, snapshot))
            }
        }
    }
}

/// The line without its numbers, where they can be written again exactly as they came.
fn formed(line: &str, snapshot: &Arc<Snapshot>) -> Option<Body> {
    #[derive(Deserialize)]
    #[serde(rename_all = "PascalCase")]
    struct AsItCame<'a> {
        #[serde(borrow)]
        ordered_phone_numbers: Vec<&'a RawValue>,
    }
    let came: AsItCame<'_> = serde_json::from_str(line).ok()?;
    let first = came.ordered_phone_numbers.first()?.get();
    let (number, state) = words(&snapshot.order.numbers.get(0)?);
    let form = first.replacen(&number, &NUMBER.to_string(), 1).replacen(&state, &STATE.to_string(), 1);
    let (before, after) = line.split_once(&elements(&form, snapshot))?;
    let [before, form, after] = [before, &form, after].map(Into::into);
    Some(Body::Formed { before, form, after, snapshot: Arc::clone(snapshot) })
}

/// The numbers of a snapshot in this form, as the elements of an array.
fn elements(form: &str, snapshot: &Snapshot) -> String {
    let mut elements = String::new();
    for each in snapshot.order.numbers.iter() {
        let (number, state) = words(&each);
        if !elements.is_empty() {
            elements.push(',');
        }
        elements.push_str(&form.replace(NUMBER, &number).replace(STATE, &state));
    }
    elements
}

/// A number and its state as JSON has them.
fn words(number: &OrderedPhoneNumber<'_>) -> (String, String) {
    (quoted(&number.number.raw()), quoted(number.status.raw()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::PhoneNumberOrderId;
    use jiff::Timestamp;

    /// How an answer is kept; it comes back as it came, on one line.
    fn kept(numbers: &str) -> Body {
        let answer = format!(
            r#"{{"PhoneNumberOrder": {{"Status": "Partial", "OrderedPhoneNumbers": {numbers}, "New": [1, 2.50]}}}}"#
        );
        let id = PhoneNumberOrderId::parse("3f2a91c0-77aa-4e0b-9a55-0d1f5e2bc01d").unwrap();
        let order = wire::order(answer.as_bytes(), id).unwrap();
        let snapshot = Arc::new(Snapshot::first(order, Timestamp::UNIX_EPOCH));
        let body = Body::of(&answer, &snapshot).unwrap();
        let line = wire::compact(answer.as_bytes()).unwrap();
        assert_eq!(body.answer(), format!("{{\"PhoneNumberOrder\":{line}}}"));
        body
    }

    #[test]
    fn numbers_of_one_form_are_written_again_as_they_came() {
        let forms = [
            r#"[{"E164PhoneNumber": "+12065550100", "Status": "Acquired"}, {"E164PhoneNumber":"+12065550101","Status":"Failed"}]"#,
            r#"[{"Status": "Acquired", "New": null, "E164PhoneNumber": "+12065550100"}]"#,
            r#"[{"E164PhoneNumber": "odd \"\u0007", "Status": "Teleported"}]"#,
        ];
        for numbers in forms {
            let body = kept(numbers);
            assert!(
                matches!(&body, Body::Formed { after, .. } if &**after == "],\"New\":[1,2.50]}"),
                "{body:?}"
            );
        }
    }

    #[test]
    fn numbers_of_several_forms_and_no_numbers_are_kept_whole() {
        let forms = [
            r#"[{"E164PhoneNumber": "+12065550100", "Status": "Acquired"}, {"Status": "Failed", "E164PhoneNumber": "+12065550101"}]"#,
            r#"[{"E164PhoneNumber": "\u002b12065550100", "Status": "Acquired"}, {"E164PhoneNumber": "+12065550101", "Status": "Acquired"}]"#,
            r#"[{}, {"Status": "Failed"}]"#,
            "[]",
            "null",
        ];
        for numbers in forms {
            let body = kept(numbers);
            assert!(matches!(body, Body::Whole(_)), "{body:?}");
        }
    }
}
