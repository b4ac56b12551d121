//! Values that stand beside the name of a secret: headers, members of JSON, environment variables, queries.

use super::{Cut, HIDDEN, end_of_run};

/// How such a name ends, in lower case and without `-` and `_`.
const ENDINGS: [&str; 16] = [
    "authorization",
    "secretaccesskey",
    "secretkey",
    "securitytoken",
    "sessiontoken",
    "accesstoken",
    "refreshtoken",
    "idtoken",
    "bearertoken",
    "metadatatoken",
    "clientsecret",
    "devicecode",
    "privatekey",
    "password",
    "passwd",
    "signature",
];
/// Names that are words of prose too: only `NAME=` makes them one.
const BEFORE_AN_EQUALS_SIGN: [&str; 3] = ["credential", "secret", "token"];

/// True for a name beside which a secret stands: `X-Amz-Security-Token`, `aws_secret_access_key`, `SessionToken`.
pub fn is_name_of_a_secret(name: &str) -> bool {
    ends_like_one(&plain(name))
}

fn ends_like_one(plain: &str) -> bool {
    ENDINGS.iter().any(|ending| plain.ends_with(ending))
}

fn plain(name: &str) -> String {
    name.chars().filter(|character| !"-_".contains(*character)).collect::<String>().to_ascii_lowercase()
}

/// The first value beside such a name.
pub(super) fn value_of_a_name(text: &str, from: usize) -> Option<Cut> {
    let is_of_a_name = |byte: u8| byte.is_ascii_alphanumeric() || b"-_".contains(&byte);
    let mut at = from;
    while at < text.len() {
        let start = end_of_run(text, at, |byte| !is_of_a_name(byte));
        let end = end_of_run(text, start, is_of_a_name);
        let name = text.get(start..end).unwrap_or_default();
        if let Some((start, end)) = value_after(text, name, end) {
            return Some(Cut { start, end, instead: HIDDEN.to_owned() });
        }
        at = end.max(at + 1);
    }
    None
}

/// Where the value stands that follows `name`, if that is the name of a secret.
fn value_after(text: &str, name: &str, end_of_name: usize) -> Option<(usize, usize)> {
    // No name is longer, and a text may be one long word.
    if name.len() > 64 {
        return None;
    }
    let name = plain(name);
    let byte = |at: usize| text.as_bytes().get(at).copied();
    let after_quote = end_of_run(text, end_of_name, |byte| b"\\\"'".contains(&byte));
    let separator = end_of_run(text, after_quote, |byte| byte == b' ');
    let follows = match byte(separator)? {
        b'=' => ends_like_one(&name) || BEFORE_AN_EQUALS_SIGN.contains(&name.as_str()),
        b':' => ends_like_one(&name),
        // A pair: ("authorization", "...").
        b',' => after_quote > end_of_name && ends_like_one(&name),
        _ => false,
    };
    if !follows {
        return None;
    }
    let before = end_of_run(text, separator + 1, |byte| byte == b' ');
    let is_bytes = byte(before) == Some(b'b') && matches!(byte(before + 1), Some(b'"' | b'\\'));
    let quoted = end_of_run(text, before + usize::from(is_bytes), |byte| byte == b'\\');
    let (start, end) = match byte(quoted) {
        Some(quote @ (b'"' | b'\'')) => {
            (quoted + 1, end_of_run(text, quoted + 1, |byte| byte != quote && byte != b'\\' && byte != b'\n'))
        }
        // A scheme, a credential and a signature, with blanks and commas between them.
        _ if name.ends_with("authorization") => {
            (before, end_of_run(text, before, |byte| !b"\"'\r\n\\".contains(&byte)))
        }
        _ => (
            before,
            end_of_run(text, before, |byte| {
                !byte.is_ascii_whitespace() && !b",;&\"'(){}<>\\".contains(&byte)
            }),
        ),
    };
    (end > start && text.get(start..end) != Some(HIDDEN)).then_some((start, end))
}
