//! A keymap file: `action = "key"` or `action = ["key", "two keys"]`, each line taken or told by itself.

use super::Keys;
use crate::app::Action;
use crate::app::action::ACTIONS;
use crate::domain::near::near;
use crate::domain::text::line_at;
use std::fmt;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

/// What a keymap file says wrongly, as `FILE:LINE what`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    path: String,
    line: usize,
    what: String,
}

/// One action and the keys that a file gives it; none to leave it without.
#[derive(Clone, Debug)]
pub(super) struct Setting {
    pub(super) action: Action,
    pub(super) keys: Vec<Keys>,
    pub(super) line: usize,
}

impl Problem {
    /// The line, counted from 1.
    pub fn line(&self) -> usize {
        self.line
    }

    /// An action that nothing leads to any more.
    pub(super) fn unreachable(path: &str, line: usize, action: &str) -> Self {
        let what = format!("{action} is left without a key, and the palette does not offer it");
        Self { path: path.to_owned(), line, what }
    }

    /// A key that can do only one thing.
    pub(super) fn fixed(path: &str, line: usize, action: &str) -> Self {
        let what = format!("ctrl-c always quits; {action} goes without it");
        Self { path: path.to_owned(), line, what }
    }

    /// Two actions want one key where both can be used.
    pub(super) fn conflict(
        path: &str,
        line: usize,
        (keys, action): (Keys, &str),
        (earlier_keys, earlier_action, earlier_line): (Keys, &str, usize),
    ) -> Self {
        let what = if keys == earlier_keys {
            format!(
                "{keys} does {earlier_action} already, since line {earlier_line}; {action} goes without it"
            )
        } else {
            format!(
                "{keys} cannot be told from {earlier_keys}, which does {earlier_action} since line \
                 {earlier_line}; {action} goes without it"
            )
        };
        Self { path: path.to_owned(), line, what }
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{} {}", self.path, self.line, self.what)
    }
}

/// Reads what can be read, in the file's order.
pub(super) fn read(path: &str, text: &str) -> (Vec<Setting>, Vec<Problem>) {
    let problem = |at: usize, what: String| Problem { path: path.to_owned(), line: line_at(text, at), what };
    let (table, errors) = DeTable::parse_recoverable(text);
    let mut problems: Vec<_> = errors
        .iter()
        .map(|error| problem(error.span().map_or(0, |span| span.start), error.message().to_owned()))
        .collect();
    let broken: Vec<_> = errors.iter().filter_map(toml::de::Error::span).map(|span| span.start).collect();
    let mut settings = Vec::new();
    for (name, value) in table.get_ref() {
        let start = name.span().start;
        // What the parser guessed around an error was not said.
        if broken.iter().any(|error| (start..=value.span().end).contains(error)) {
            continue;
        }
        let Some(action) = Action::named(name.get_ref()) else {
            problems.push(problem(start, no_such_action(name.get_ref())));
            continue;
        };
        match keys_in(value) {
            Ok(keys) => settings.push((start, Setting { action, keys, line: line_at(text, start) })),
            Err((at, what)) => problems.push(problem(at, what)),
        }
    }
    settings.sort_by_key(|(start, _)| *start);
    (settings.into_iter().map(|(_, setting)| setting).collect(), problems)
}

/// The keys of a value, or where it goes wrong and why.
fn keys_in(value: &Spanned<DeValue<'_>>) -> Result<Vec<Keys>, (usize, String)> {
    let wrong = |at: &Spanned<DeValue<'_>>| {
        let what = "a key is a text, as \"j\", or several of them, as [\"j\", \"down\"]";
        (at.span().start, what.to_owned())
    };
    let one = |value: &Spanned<DeValue<'_>>| match value.get_ref() {
        DeValue::String(keys) => {
            keys.parse::<Keys>().map_err(|error| (value.span().start, error.to_string()))
        }
        _ => Err(wrong(value)),
    };
    match value.get_ref() {
        DeValue::Array(values) => values.iter().map(one).collect(),
        DeValue::String(_) => one(value).map(|keys| vec![keys]),
        _ => Err(wrong(value)),
    }
}

/// That there is no such action, and which one was meant.
fn no_such_action(name: &str) -> String {
    let names: Vec<&str> = ACTIONS.iter().map(|spec| spec.name).collect();
    match near(name, &names).first() {
        Some(meant) => format!("there is no action '{name}': {meant}"),
        None => format!("there is no action '{name}'; chimewatch config keymap names them all"),
    }
}
