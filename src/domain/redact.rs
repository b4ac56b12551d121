//! Secrets are taken out of whatever is shown or logged, by their looks and, where they are known, by themselves.
//!
//! - A value that stands beside the name of a secret, `"SessionToken": "..."`, `Signature=...`, is hidden.
//! - So is a user and password before the host of a URL, and any run of characters that looks like a key or a token:
//!   a credential process can print anything, and a service can send back what it was sent.
//! - Of an access key id both ends stay, `AKIA…MPLE`: enough to tell one from another.
//! - What a program holds itself it tells [`Secrets`]: a secret that looks like none is then hidden as well.
//!
//! Phone numbers are no secrets on the screen of who ordered them. A log travels: [`phone_numbers`] masks them there.

mod named;
mod runs;

pub use named::is_name_of_a_secret;

use std::fmt;
use std::sync::{Arc, PoisonError, RwLock};

/// What stands where a secret was.
pub const HIDDEN: &str = "[hidden]";

/// Fewer characters than this occur in harmless words too: they are not searched for.
const SHORTEST: usize = 8;
/// How long an access key id of AWS is at least.
const SHORTEST_KEY_ID: usize = 16;
/// The most secrets that are remembered; the oldest goes. Sessions are renewed by the hour.
const MOST: usize = 64;

/// The secrets that this process is known to hold. A clone shares them. `Debug` shows how many.
#[derive(Clone, Default)]
pub struct Secrets(Arc<RwLock<Vec<Box<str>>>>);

impl Secrets {
    /// Remembers a secret, so that it is hidden wherever it turns up; false where it was known, or is too short to be
    /// told from harmless words.
    pub fn learn(&self, secret: &str) -> bool {
        if secret.len() < SHORTEST || self.known().iter().any(|known| **known == *secret) {
            return false;
        }
        let mut known = self.0.write().unwrap_or_else(PoisonError::into_inner);
        if known.len() == MOST {
            known.remove(0);
        }
        known.push(secret.into());
        true
    }

    /// `text` without the secrets that are known, and without what looks like one.
    pub fn redact(&self, text: &str) -> String {
        let mut clean = text.to_owned();
        for secret in self.known().iter().filter(|secret| text.contains(&***secret)) {
            clean = clean.replace(&**secret, HIDDEN);
        }
        redact(&clean)
    }

    fn known(&self) -> std::sync::RwLockReadGuard<'_, Vec<Box<str>>> {
        self.0.read().unwrap_or_else(PoisonError::into_inner)
    }
}

impl fmt::Debug for Secrets {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Secrets({})", self.known().len())
    }
}

/// Equal where one is a clone of the other.
impl PartialEq for Secrets {
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.0, &other.0)
    }
}

impl Eq for Secrets {}

/// `text` without what looks like a secret. Line ends stay.
pub fn redact(text: &str) -> String {
    let without_users = rewrite(text, user_of_a_url);
    let without_named = rewrite(&without_users, named::value_of_a_name);
    let without_key_ids = rewrite(&without_named, runs::access_key_id);
    rewrite(&without_key_ids, runs::long_and_mixed)
}

/// `text` with its phone numbers masked: `+1206…07`.
pub fn phone_numbers(text: &str) -> String {
    rewrite(text, runs::phone_number)
}

/// `AKIA…MPLE`: eight characters are shown, and at least as many are hidden.
///
/// A text that is shorter than any access key id of AWS is hidden whole: its ends would be most of it, and what stands
/// in the place of an id may be something else that was put there by mistake.
pub fn masked_key_id(id: &str) -> String {
    let last = id.len().checked_sub(4).and_then(|start| id.get(start..));
    match (id.get(..4), last) {
        (Some(first), Some(last)) if id.len() >= SHORTEST_KEY_ID => format!("{first}…{last}"),
        _ => HIDDEN.to_owned(),
    }
}

/// What is replaced, and by what. Both ends are ends of characters.
struct Cut {
    start: usize,
    end: usize,
    instead: String,
}

/// Replaces what `find` finds, which is asked for the first cut from a place on.
fn rewrite(text: &str, find: impl Fn(&str, usize) -> Option<Cut>) -> String {
    let mut clean = String::with_capacity(text.len());
    let mut from = 0;
    while let Some(Cut { start, end, instead }) = find(text, from) {
        clean.push_str(text.get(from..start).unwrap_or_default());
        clean.push_str(&instead);
        from = end;
    }
    clean.push_str(text.get(from..).unwrap_or_default());
    clean
}

/// Where the run of bytes that are `of` it ends, from `start` on.
fn end_of_run(text: &str, start: usize, of: impl Fn(u8) -> bool) -> usize {
    let rest = text.as_bytes().get(start..).unwrap_or_default();
    start + rest.iter().position(|byte| !of(*byte)).unwrap_or(rest.len())
}

/// What stands before an `@` and is or may be a name and a password: `https://me:word@host`, `me:word@host`.
fn user_of_a_url(text: &str, from: usize) -> Option<Cut> {
    let is_of_a_url = |byte: u8| byte.is_ascii_graphic() && !b"\"'<>`".contains(&byte) || !byte.is_ascii();
    let bytes = text.as_bytes();
    let mut at = from;
    while at < bytes.len() {
        let end = end_of_run(text, at, is_of_a_url);
        let run = text.get(at..end).unwrap_or_default();
        if let Some((start, length)) = user_in(run) {
            return Some(Cut { start: at + start, end: at + start + length, instead: HIDDEN.to_owned() });
        }
        at = end_of_run(text, end + 1, |byte| !is_of_a_url(byte)).max(end + 1);
    }
    None
}

/// The place and length of a name and a password in something without blanks.
fn user_in(run: &str) -> Option<(usize, usize)> {
    let (start, has_scheme) = match run.find("://") {
        Some(colon) => (colon + 3, true),
        None => (run.rfind(['=', '(', '[', '{']).map_or(0, |before| before + 1), false),
    };
    let rest = run.get(start..)?;
    let user = rest.get(..rest.rfind('@')?)?;
    let authority = rest.get(..rest.find(['/', '?', '#']).unwrap_or(rest.len()))?;
    // A password with a slash in it ends no authority: what follows the colon is no port.
    let is_user = if authority.contains('@') {
        has_scheme || user.contains(':')
    } else {
        let port = authority.split_once(':').map(|(_, port)| port).filter(|_| !authority.starts_with('['));
        port.is_some_and(|port| !port.bytes().all(|byte| byte.is_ascii_digit()))
    };
    let length = match authority.rfind('@') {
        Some(end) if has_scheme => end,
        _ => user.len(),
    };
    (is_user && length > 0 && user != HIDDEN).then_some((start, length))
}

#[cfg(test)]
mod tests;
