//! JSON as text: strings for what we write, and line breaks for what we were sent.

use super::text::neutralise_within;
use std::fmt::Write as _;

/// Spaces that a level is indented by, as the AWS CLI does.
const INDENT: usize = 4;
/// The most characters of a line that are shown: a string in an answer may be a megabyte.
const SHOWN: usize = 4096;

/// A string as JSON writes it, with its quotes. What a terminal would obey is escaped, so that it reads the same.
pub fn quoted(text: &str) -> String {
    let mut quoted = String::with_capacity(text.len() + 2);
    quoted.push('"');
    for character in text.chars() {
        let mut bytes = [0; 4];
        let itself = character.encode_utf8(&mut bytes);
        match character {
            '"' | '\\' => quoted.extend(['\\', character]),
            '\n' => quoted.push_str("\\n"),
            '\r' => quoted.push_str("\\r"),
            '\t' => quoted.push_str("\\t"),
            ' '..='~' => quoted.push(character),
            _ if super::text::neutralise(itself) == *itself => quoted.push(character),
            _ => {
                let mut units = [0; 2];
                for unit in character.encode_utf16(&mut units) {
                    // Writing into a String cannot fail.
                    let _ = write!(quoted, "\\u{unit:04x}");
                }
            }
        }
    }
    quoted.push('"');
    quoted
}

/// The same JSON with a member or an element a line: members in their order, numbers and strings as they came. What
/// is no JSON comes out with line breaks in odd places, and with every character that it has.
pub fn pretty(text: &str) -> String {
    let mut pretty = String::with_capacity(text.len() * 2);
    let (mut depth, mut is_in_string, mut is_escaped) = (0_usize, false, false);
    let mut characters = text.trim().chars().peekable();
    while let Some(character) = characters.next() {
        if is_in_string {
            pretty.push(character);
            is_in_string = character != '"' || is_escaped;
            is_escaped = character == '\\' && !is_escaped;
            continue;
        }
        match character {
            '"' => {
                is_in_string = true;
                pretty.push('"');
            }
            '{' | '[' => {
                pretty.push(character);
                while characters.next_if(char::is_ascii_whitespace).is_some() {}
                if let Some(end) = characters.next_if(|next| matches!(next, '}' | ']')) {
                    pretty.push(end);
                } else {
                    depth += 1;
                    break_line(&mut pretty, depth);
                }
            }
            '}' | ']' => {
                depth = depth.saturating_sub(1);
                break_line(&mut pretty, depth);
                pretty.push(character);
            }
            ',' => {
                pretty.push(',');
                break_line(&mut pretty, depth);
            }
            ':' => pretty.push_str(": "),
            space if space.is_ascii_whitespace() => {}
            other => pretty.push(other),
        }
    }
    pretty
}

/// The lines of [`pretty`] as they may be shown.
pub fn shown_lines(text: &str) -> Vec<String> {
    pretty(text).lines().map(|line| neutralise_within(line, SHOWN)).collect()
}

fn break_line(text: &mut String, depth: usize) {
    text.push('\n');
    text.extend(std::iter::repeat_n(' ', depth.min(SHOWN) * INDENT));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_string_reads_the_same_and_holds_nothing_that_a_terminal_obeys() {
        let cases = [
            ("Toll-free", r#""Toll-free""#),
            ("a\"b\\c", r#""a\"b\\c""#),
            ("two\r\n\tlines", r#""two\r\n\tlines""#),
            ("\u{1b}[2J\u{9b}", r#""\u001b[2J\u009b""#),
            ("Köln ✓ \u{202e}", r#""Köln ✓ \u202e""#),
            ("\u{e0041}", r#""\udb40\udc41""#),
        ];
        for (text, expected) in cases {
            assert_eq!(quoted(text), expected);
            assert_eq!(serde_json::from_str::<String>(&quoted(text)).unwrap(), text);
        }
    }

    #[test]
    fn members_keep_their_order_and_values_their_form() {
        let came =
            r#"{"b":1568829456.280, "a":{"New, {member}":[ ],"x":{}},"numbers":["+1","\"]\\"],"n":null}"#;
        let expected = r#"{
    "b": 1568829456.280,
    "a": {
        "New, {member}": [],
        "x": {}
    },
    "numbers": [
        "+1",
        "\"]\\"
    ],
    "n": null
}"#;
        assert_eq!(pretty(came), expected);
        assert_eq!(pretty(expected), expected);
    }

    #[test]
    fn what_is_no_json_keeps_its_characters_and_is_harmless_on_the_screen() {
        assert_eq!(pretty("<html>proxy</html>"), "<html>proxy</html>");
        assert_eq!(pretty("}}]"), "\n}\n}\n]");
        assert_eq!(shown_lines("{\"a\":\"\u{9b}2J\"}"), ["{", r#"    "a": "\u{9b}2J""#, "}"]);
        assert_eq!(pretty(""), "");
    }
}
