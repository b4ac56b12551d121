//! The order as it came, on one line, for people who script.

use crate::domain::text;
use std::fmt::Write as _;

/// The object of the member `PhoneNumberOrder` without white space between its members, in the order and the forms in
/// which they came. What a terminal would obey is escaped as JSON escapes it, so that it reads the same.
///
/// None where `body` holds no order.
pub fn compact(body: &[u8]) -> Option<String> {
    let order = super::order_text(body).ok()?;
    let mut line = String::with_capacity(order.len());
    let (mut is_in_string, mut is_escaped) = (false, false);
    for character in order.chars() {
        if !is_in_string && character.is_ascii_whitespace() {
            continue;
        }
        if character == '"' && !is_escaped {
            is_in_string = !is_in_string;
        }
        is_escaped = character == '\\' && !is_escaped;
        push(&mut line, character);
    }
    Some(line)
}

/// Valid JSON has control characters below U+0020 only in escaped form, but it has all others.
fn push(line: &mut String, character: char) {
    let is_plain = (' '..='~').contains(&character);
    let mut bytes = [0; 4];
    let itself = character.encode_utf8(&mut bytes);
    if is_plain || text::neutralise(itself) == *itself {
        line.push(character);
    } else {
        let mut units = [0; 2];
        for unit in character.encode_utf16(&mut units) {
            // Writing into a String cannot fail.
            let _ = write!(line, "\\u{unit:04x}");
        }
    }
}
