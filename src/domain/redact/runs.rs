//! Runs of characters that look like what they are: keys, tokens, access key ids, phone numbers.

use super::{Cut, HIDDEN, SHORTEST_KEY_ID, end_of_run, masked_key_id};

/// A run of letters and digits of both cases that is this long may be a secret or a token.
const SECRET: usize = 32;
/// The same where a hyphen belongs to it: an order ID has 36.
const WITH_HYPHENS: usize = 40;
/// The parts of a JSON Web Token begin with `{"` in base64, and are this long at least.
const TOKEN: usize = 16;
/// How an access key id begins.
const KEY_IDS: [&str; 2] = ["AKIA", "ASIA"];
/// A path begins with one of these. Its names are judged each for itself.
const ROOTS: [&str; 13] = [
    "/home/",
    "/Users/",
    "/etc/",
    "/tmp/",
    "/var/",
    "/usr/",
    "/opt/",
    "/private/",
    "/mnt/",
    "/srv/",
    "/run/",
    "/nix/",
    "/Volumes/",
];

/// The first run that may be a secret or a token.
pub(super) fn long_and_mixed(text: &str, from: usize) -> Option<Cut> {
    let is_of_one = |byte: u8| byte.is_ascii_alphanumeric() || b"+/_%-".contains(&byte);
    let mut at = from;
    while at < text.len() {
        let start = end_of_run(text, at, |byte| !is_of_one(byte));
        let end = end_of_run(text, start, is_of_one);
        if let Some((from, length)) = secret_in(text.get(start..end).unwrap_or_default()) {
            let start = start + from;
            return Some(Cut { start, end: start + length, instead: HIDDEN.to_owned() });
        }
        at = end.max(at + 1);
    }
    None
}

/// The place and length of the first part of `word` that looks like one, in base64 or in base64 for URLs.
fn secret_in(word: &str) -> Option<(usize, usize)> {
    let is_path = ROOTS.iter().any(|root| word.starts_with(root));
    let between: &[char] = if is_path { &['-', '/'] } else { &['-'] };
    let plain = parts(word, between).find(|(_, part)| is_secret(part));
    let found = plain.or_else(|| {
        parts(word, &['+', '/', '%']).find(|(_, part)| part.len() >= WITH_HYPHENS && is_mixed(part))
    });
    found.map(|(start, part)| (start, part.len()))
}

/// The parts of `word` and where each begins.
fn parts<'a>(word: &'a str, between: &'a [char]) -> impl Iterator<Item = (usize, &'a str)> {
    let mut next = 0;
    word.split(between).map(move |part| {
        let start = next;
        next += part.len() + 1;
        (start, part)
    })
}

/// Long enough for a secret, or a part of a JSON Web Token.
fn is_secret(run: &str) -> bool {
    run.len() >= SECRET && is_mixed(run) || run.len() >= TOKEN && run.starts_with("eyJ")
}

fn is_mixed(run: &str) -> bool {
    let has = |wanted: fn(&u8) -> bool| run.as_bytes().iter().any(wanted);
    has(u8::is_ascii_uppercase) && has(u8::is_ascii_lowercase) && has(u8::is_ascii_digit)
}

/// The first access key id.
pub(super) fn access_key_id(text: &str, from: usize) -> Option<Cut> {
    let is_of_one = |byte: u8| byte.is_ascii_uppercase() || byte.is_ascii_digit();
    let mut at = from;
    while at < text.len() {
        let start = end_of_run(text, at, |byte| !byte.is_ascii_alphanumeric());
        let end = end_of_run(text, start, is_of_one);
        let run = text.get(start..end).unwrap_or_default();
        if run.len() >= SHORTEST_KEY_ID && KEY_IDS.iter().any(|prefix| run.starts_with(prefix)) {
            return Some(Cut { start, end, instead: masked_key_id(run) });
        }
        at = end_of_run(text, start, |byte| byte.is_ascii_alphanumeric()).max(at + 1);
    }
    None
}

/// The first phone number with its country code, as it is or grouped: eight to fifteen digits after a `+`.
pub(super) fn phone_number(text: &str, from: usize) -> Option<Cut> {
    let bytes = text.as_bytes();
    let mut at = from;
    loop {
        let plus = at + text.get(at..)?.find(['+', '%'])?;
        let first = match bytes.get(plus..plus + 3) {
            Some(b"%2B" | b"%2b") => plus + 3,
            _ if bytes.get(plus) == Some(&b'+') => plus + 1,
            _ => {
                at = plus + 1;
                continue;
            }
        };
        let (digits, end) = digits(bytes, first);
        if (8..=15).contains(&digits.len()) {
            let (begins, ends) = (digits.get(..4)?, digits.get(digits.len() - 2..)?);
            return Some(Cut { start: plus, end, instead: format!("+{begins}…{ends}") });
        }
        at = first;
    }
}

/// The digits from `at` on and where they end; one blank, hyphen or dot may stand between two of them.
fn digits(bytes: &[u8], mut at: usize) -> (String, usize) {
    let mut digits = String::new();
    let mut end = at;
    while digits.len() <= 15 {
        match (bytes.get(at), bytes.get(at + 1)) {
            (Some(digit), _) if digit.is_ascii_digit() => {
                digits.push(char::from(*digit));
                at += 1;
                end = at;
            }
            (Some(b' ' | b'-' | b'.'), Some(next)) if !digits.is_empty() && next.is_ascii_digit() => at += 1,
            _ => break,
        }
    }
    (digits, end)
}
