//! What to type for the same answer with the AWS CLI, and where the AWS console is.

use crate::domain::text::neutralise_within;
use crate::domain::{OrderKey, Scope};

/// `aws chime-sdk-voice get-phone-number-order ...` as a POSIX shell reads it.
pub fn get(key: &OrderKey) -> String {
    let Scope { profile, region, endpoint } = &*key.scope;
    let mut command = format!(
        "aws chime-sdk-voice get-phone-number-order --phone-number-order-id {} --region {}",
        quoted(key.id.as_str()),
        quoted(region)
    );
    for (option, value) in [("--profile", profile), ("--endpoint-url", endpoint)] {
        if let Some(value) = value {
            command.extend([" ", option, " ", &quoted(value)]);
        }
    }
    command
}

/// The page of the AWS console for a region. No page of a single order is documented.
///
/// Source: [Amazon Chime SDK administrator guide](https://docs.aws.amazon.com/chime-sdk/latest/ag/phone-inventory.html).
pub fn console(scope: &Scope) -> String {
    let region: String = scope
        .region
        .chars()
        .filter(|character| character.is_ascii_alphanumeric() || *character == '-')
        .collect();
    format!("https://console.aws.amazon.com/chime-sdk/home?region={region}")
}

/// A word as a POSIX shell reads it. What a terminal would obey is not in it: it would be obeyed when it is pasted.
pub fn quoted(word: &str) -> String {
    let word = neutralise_within(word, usize::MAX);
    let is_plain = |character: char| character.is_ascii_alphanumeric() || "_-./:@%+=,".contains(character);
    if !word.is_empty() && word.chars().all(is_plain) {
        word
    } else {
        format!("'{}'", word.replace('\'', r"'\''"))
    }
}
