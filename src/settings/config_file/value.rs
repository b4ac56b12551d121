//! Values of settings. Each error says what the setting has to be, to follow `NAME is `.

use crate::domain::{Text, duration};
use std::path::PathBuf;
use std::time::Duration;
use toml::de::DeValue;

/// The least and the longest interval: less would be a load, more would be no watching.
const INTERVALS: [Duration; 2] = [Duration::from_secs(1), Duration::from_hours(24)];

pub(super) fn rate(value: &DeValue<'_>) -> Result<f64, String> {
    let text =
        value.as_integer().map(ToString::to_string).or_else(|| value.as_float().map(ToString::to_string));
    text.and_then(|text| text.parse::<f64>().ok())
        .filter(|rate| rate.is_finite() && *rate >= 0.0)
        .ok_or_else(|| "a number of requests a second, 0 for no limit".to_owned())
}

pub(super) fn name(value: &DeValue<'_>) -> Result<String, String> {
    let name = value.as_str().filter(|name| !name.is_empty());
    name.map(str::to_owned).ok_or_else(|| "a name, as \"auto\"".to_owned())
}

/// A filter; whether it is one is not for the settings to know.
pub(super) fn filter(value: &DeValue<'_>) -> Result<Text, String> {
    value.as_str().map(Text::new).ok_or_else(|| "a filter, as \"status:failed\"".to_owned())
}

/// A path, or none for an empty one.
pub(super) fn path(value: &DeValue<'_>) -> Result<Option<PathBuf>, String> {
    let path = value.as_str().ok_or_else(|| "a path, \"\" for none".to_owned())?;
    Ok((!path.is_empty()).then(|| PathBuf::from(path)))
}

/// One of these words; `true` and `false` stand without quotes.
pub(super) fn one_of<T: Copy>(value: &DeValue<'_>, words: &[(&str, T)]) -> Result<T, String> {
    let said = value.as_bool().map(|is| if is { "true" } else { "false" });
    let is_meant = |word: &str| match said {
        Some(said) => said == word,
        None => value.as_str() == Some(word) && !is_bare(word),
    };
    words.iter().find(|(word, _)| is_meant(word)).map(|(_, meant)| *meant).ok_or_else(|| {
        let mut words: Vec<String> = words.iter().map(|(word, _)| quoted(word)).collect();
        let last = words.pop().unwrap_or_default();
        format!("{} or {last}", words.join(", "))
    })
}

/// A word as the file has it.
pub(super) fn quoted(word: &str) -> String {
    if is_bare(word) { word.to_owned() } else { format!("\"{word}\"") }
}

fn is_bare(word: &str) -> bool {
    word == "true" || word == "false"
}

/// `30s`, `5m`, `1h30m`.
pub(super) fn interval(value: &DeValue<'_>) -> Result<Duration, String> {
    let [least, most] = INTERVALS;
    let duration = value.as_str().and_then(|text| duration::parse(text).ok());
    match duration {
        Some(duration) if duration < least => Err("at least \"1s\"".to_owned()),
        Some(duration) if duration > most => Err("at most \"24h\"".to_owned()),
        Some(duration) => Ok(duration),
        None => Err("a time, as \"30s\", \"5m\" or \"1h30m\"".to_owned()),
    }
}
