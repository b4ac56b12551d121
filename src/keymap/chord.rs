//! One key with its modifiers, and how people write it: `j`, `ctrl-c`, `shift-tab`, `f5`, `g g`.

use crate::domain::near::near;
use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};
use std::fmt;
use std::str::FromStr;

/// A key with its modifiers, in one form only: a capital letter carries no Shift, Shift-Tab is `BackTab`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct KeyChord {
    code: KeyCode,
    modifiers: KeyModifiers,
}

/// One chord, or two that are pressed one after the other.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Keys {
    /// The first, mostly the only one.
    pub first: KeyChord,
    /// The second of a sequence.
    pub second: Option<KeyChord>,
}

/// A text that names no key.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NotAKey {
    /// Nothing was given.
    #[error("a key is missing")]
    Empty,
    /// No key has this name, but one that is near.
    #[error("there is no key '{0}': {1}")]
    Near(String, String),
    /// No key has this name.
    #[error("there is no key '{0}'; keys are written as j, J, ctrl-c, shift-tab, f5, enter or \"g g\"")]
    Unknown(String),
    /// More than two keys in a row.
    #[error("'{0}' is more than two keys in a row")]
    TooMany(String),
}

/// Names of keys that are no characters.
const NAMED: &[(&str, KeyCode)] = &[
    ("enter", KeyCode::Enter),
    ("esc", KeyCode::Esc),
    ("tab", KeyCode::Tab),
    ("backspace", KeyCode::Backspace),
    ("delete", KeyCode::Delete),
    ("insert", KeyCode::Insert),
    ("up", KeyCode::Up),
    ("down", KeyCode::Down),
    ("left", KeyCode::Left),
    ("right", KeyCode::Right),
    ("home", KeyCode::Home),
    ("end", KeyCode::End),
    ("pageup", KeyCode::PageUp),
    ("pagedown", KeyCode::PageDown),
    ("space", KeyCode::Char(' ')),
];

const MODIFIERS: &[(&str, KeyModifiers)] =
    &[("ctrl-", KeyModifiers::CONTROL), ("alt-", KeyModifiers::ALT), ("shift-", KeyModifiers::SHIFT)];

impl KeyChord {
    /// A key in its one form.
    pub fn new(code: KeyCode, modifiers: KeyModifiers) -> Self {
        let modifiers = modifiers & (KeyModifiers::CONTROL | KeyModifiers::ALT | KeyModifiers::SHIFT);
        let is_shifted = modifiers.contains(KeyModifiers::SHIFT);
        let is_controlled = modifiers.contains(KeyModifiers::CONTROL);
        let (code, without) = match code {
            KeyCode::BackTab => (KeyCode::BackTab, KeyModifiers::SHIFT),
            KeyCode::Tab if is_shifted => (KeyCode::BackTab, KeyModifiers::SHIFT),
            // Terminals do not tell Ctrl-c from Ctrl-C.
            KeyCode::Char(character) if is_controlled => {
                (KeyCode::Char(character.to_ascii_lowercase()), KeyModifiers::SHIFT)
            }
            KeyCode::Char(character) if is_shifted => {
                (KeyCode::Char(character.to_ascii_uppercase()), KeyModifiers::SHIFT)
            }
            other => (other, KeyModifiers::NONE),
        };
        Self { code, modifiers: modifiers - without }
    }

    /// The key without its modifiers.
    pub fn code(self) -> KeyCode {
        self.code
    }

    /// The modifiers that are left in the one form.
    pub fn modifiers(self) -> KeyModifiers {
        self.modifiers
    }

    /// The character that the key writes in a text field. Alt with Ctrl is how some layouts type `@`.
    pub fn printable(self) -> Option<char> {
        let writes = self.modifiers.is_empty() || self.modifiers == KeyModifiers::CONTROL | KeyModifiers::ALT;
        match self.code {
            KeyCode::Char(character) if writes => Some(character),
            _ => None,
        }
    }
}

impl From<KeyEvent> for KeyChord {
    fn from(event: KeyEvent) -> Self {
        Self::new(event.code, event.modifiers)
    }
}

impl FromStr for KeyChord {
    type Err = NotAKey;

    fn from_str(text: &str) -> Result<Self, NotAKey> {
        if text.is_empty() {
            return Err(NotAKey::Empty);
        }
        let mut modifiers = KeyModifiers::NONE;
        let mut rest = text;
        while let Some((tail, modifier)) = strip_modifier(rest) {
            rest = tail;
            modifiers |= modifier;
        }
        let code = code_named(rest).ok_or_else(|| unknown(text))?;
        Ok(Self::new(code, modifiers))
    }
}

/// That there is no such key, and which one was meant.
fn unknown(text: &str) -> NotAKey {
    let key = text.rsplit_once('-').map_or(text, |(_, key)| key);
    let modified = MODIFIERS.iter().map(|(modifier, _)| format!("{modifier}{key}"));
    let modified = modified.filter(|_| code_named(key).is_some());
    let names: Vec<String> = NAMED.iter().map(|(name, _)| (*name).to_owned()).chain(modified).collect();
    match near(text, &names).first() {
        Some(meant) => NotAKey::Near(text.to_owned(), (*meant).to_owned()),
        None => NotAKey::Unknown(text.to_owned()),
    }
}

fn strip_modifier(text: &str) -> Option<(&str, KeyModifiers)> {
    MODIFIERS.iter().find_map(|(name, modifier)| {
        let tail = text.get(name.len()..).filter(|tail| !tail.is_empty())?;
        text.get(..name.len())?.eq_ignore_ascii_case(name).then_some((tail, *modifier))
    })
}

fn code_named(name: &str) -> Option<KeyCode> {
    let mut characters = name.chars();
    if let (Some(only), None) = (characters.next(), characters.next()) {
        return (!only.is_control()).then_some(KeyCode::Char(only));
    }
    let lower = name.to_ascii_lowercase();
    if let Some(number) = lower.strip_prefix('f').and_then(|number| number.parse::<u8>().ok()) {
        return (1..=24).contains(&number).then_some(KeyCode::F(number));
    }
    NAMED.iter().find(|(known, _)| *known == lower).map(|(_, code)| *code)
}

impl fmt::Display for KeyChord {
    /// As it is written in the keymap file.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (name, modifier) in MODIFIERS {
            if self.modifiers.contains(*modifier) {
                f.write_str(name)?;
            }
        }
        match self.code {
            KeyCode::BackTab => f.write_str("shift-tab"),
            KeyCode::F(number) => write!(f, "f{number}"),
            code => match NAMED.iter().find(|(_, known)| *known == code) {
                Some((name, _)) => f.write_str(name),
                None => write!(f, "{code}"),
            },
        }
    }
}

impl FromStr for Keys {
    type Err = NotAKey;

    /// One key, two with a space between them, or two characters: `g`, `g g`, `gg`.
    fn from_str(text: &str) -> Result<Self, NotAKey> {
        if let Ok(first) = text.parse() {
            return Ok(Self { first, second: None });
        }
        let mut parts = text.split_whitespace();
        match (parts.next(), parts.next(), parts.next()) {
            (None, ..) => Err(NotAKey::Empty),
            (Some(one), None, _) => two_characters(one),
            (Some(first), Some(second), None) => {
                Ok(Self { first: first.parse()?, second: Some(second.parse()?) })
            }
            (Some(_), Some(_), Some(_)) => Err(NotAKey::TooMany(text.to_owned())),
        }
    }
}

fn two_characters(text: &str) -> Result<Keys, NotAKey> {
    let mut characters = text.chars();
    let (Some(first), Some(second), None) = (characters.next(), characters.next(), characters.next()) else {
        return Err(unknown(text));
    };
    let chord = |character: char| KeyChord::new(KeyCode::Char(character), KeyModifiers::NONE);
    if first.is_control() || second.is_control() {
        return Err(unknown(text));
    }
    Ok(Keys { first: chord(first), second: Some(chord(second)) })
}

impl fmt::Display for Keys {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.second {
            Some(second) => write!(f, "{} {second}", self.first),
            None => self.first.fmt(f),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_reads_back_as_it_is_written() {
        let same = [
            "j",
            "J",
            "?",
            "-",
            "ctrl-c",
            "shift-tab",
            "f5",
            "F",
            "enter",
            "space",
            "alt-x",
            "ctrl-alt-x",
            "g g",
            "ctrl-x ctrl-s",
            "pageup",
            "ctrl--",
            "é",
        ];
        for text in same {
            assert_eq!(text.parse::<Keys>().map(|keys| keys.to_string()).as_deref(), Ok(text));
        }
        for (text, canonical) in
            [("gg", "g g"), ("Ctrl-C", "ctrl-c"), ("shift-j", "J"), ("F5", "f5"), ("ENTER", "enter")]
        {
            assert_eq!(text.parse::<Keys>().map(|keys| keys.to_string()).as_deref(), Ok(canonical));
        }
    }

    #[test]
    fn what_is_no_key_is_named() {
        for (text, meant) in
            [("ctl-c", "ctrl-c"), ("enterr", "enter"), ("pgdown", "pagedown"), ("shft-f5", "shift-f5")]
        {
            let near = NotAKey::Near(text.to_owned(), meant.to_owned());
            assert_eq!(text.parse::<Keys>(), Err(near), "{text}");
        }
        for text in ["f25", "hyper-q", "ctrl-"] {
            assert_eq!(text.parse::<Keys>(), Err(NotAKey::Unknown(text.to_owned())), "{text}");
        }
        assert_eq!("".parse::<Keys>(), Err(NotAKey::Empty));
        assert_eq!("a b c".parse::<Keys>(), Err(NotAKey::TooMany("a b c".to_owned())));
    }

    #[test]
    fn terminals_that_report_shift_beside_a_capital_mean_the_same_key() {
        let plain = KeyChord::new(KeyCode::Char('J'), KeyModifiers::NONE);
        assert_eq!(KeyChord::new(KeyCode::Char('J'), KeyModifiers::SHIFT), plain);
        assert_eq!(KeyChord::new(KeyCode::Char('j'), KeyModifiers::SHIFT), plain);
        let back_tab = KeyChord::new(KeyCode::BackTab, KeyModifiers::NONE);
        assert_eq!(KeyChord::new(KeyCode::BackTab, KeyModifiers::SHIFT), back_tab);
        assert_eq!(KeyChord::new(KeyCode::Tab, KeyModifiers::SHIFT), back_tab);
        assert_eq!(plain.printable(), Some('J'));
        assert_eq!(KeyChord::new(KeyCode::Char('c'), KeyModifiers::CONTROL).printable(), None);
    }
}
