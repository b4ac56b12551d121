//! Completing what is typed: keys, and the words that can stand after them.

use super::keys::{KEYS, KeySpec};

/// The text and its cursor, in characters, with the word before the cursor completed as far as only one way leads on;
/// none where nothing can be added.
pub fn complete(text: &str, cursor: usize) -> Option<(String, usize)> {
    let at = text.char_indices().nth(cursor).map_or(text.len(), |(byte, _)| byte);
    let (before, after) = text.split_at_checked(at)?;
    let word = before.rsplit(char::is_whitespace).next()?;
    let word = word.strip_prefix('!').unwrap_or(word);
    let (typed, candidates) = match word.split_once([':', '=']) {
        Some((name, values)) => {
            let typed = values.rsplit(',').next().unwrap_or_default();
            (typed, KeySpec::named(name)?.words().iter().map(|word| (*word).to_owned()).collect::<Vec<_>>())
        }
        None => (word, KEYS.iter().map(key).collect()),
    };
    if typed.is_empty() {
        return None;
    }
    let folded = typed.to_ascii_lowercase();
    let candidates: Vec<String> = candidates.into_iter().filter(|each| each.starts_with(&folded)).collect();
    let shared = shared(&candidates)?;
    let added = shared.get(typed.len()..).filter(|added| !added.is_empty())?;
    Some((format!("{before}{added}{after}"), cursor + added.chars().count()))
}

/// A key with what comes after it.
fn key(spec: &KeySpec) -> String {
    let operator = match (spec.compares(), spec.example.contains('<')) {
        (false, _) => ':',
        (true, true) => '<',
        (true, false) => '>',
    };
    format!("{}{operator}", spec.name)
}

/// What all of these begin with.
fn shared(candidates: &[String]) -> Option<&str> {
    let (first, others) = candidates.split_first()?;
    let common = |other: &String| first.bytes().zip(other.bytes()).take_while(|(a, b)| a == b).count();
    let length = others.iter().map(common).min().unwrap_or(first.len());
    first.get(..length)
}
