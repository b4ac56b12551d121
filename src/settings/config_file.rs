//! The config file: written by people, only read by us. What it does not know is said, not fatal.

mod table;
mod value;

use super::terminal::{Ascii, Presentation, Title};
use super::{ClipboardChoice, Places};
use crate::cli::Color;
use crate::domain::near::near;
use crate::domain::text::line_at;
use crate::domain::{ConfiguredFilter, Fixed, Preference, Text};
use crate::poll::Intervals;
use std::io;
use std::path::{Path, PathBuf};
use table::{FILTERS, INTERVALS, SETTINGS};
use toml::Spanned;
use toml::de::{DeTable, DeValue};

/// What the config file says.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct ConfigFile {
    pub(super) rate: Option<f64>,
    pub(super) intervals: Intervals,
    pub(super) color: Option<Color>,
    pub(super) theme: Option<String>,
    pub(super) ascii: Ascii,
    /// Filters under a name, in the order of the file.
    pub(super) filters: Vec<ConfiguredFilter>,
    /// What it chooses for every start.
    choices: Vec<Preference>,
    pub(super) clipboard: ClipboardChoice,
    pub(super) title: Title,
    pub(super) presentation: Presentation,
    pub(super) log_file: Option<PathBuf>,
    /// Where it is, as the user may write it.
    pub(super) path: String,
    /// Each as `FILE:LINE what`.
    pub(super) warnings: Vec<Text>,
}

impl ConfigFile {
    /// Reads `named`, which must exist, or `config.toml` in its place, which need not.
    ///
    /// The error says what is wrong, as `FILE:LINE what` where it is a line.
    pub(super) fn read(named: Option<&Path>, places: &Places) -> Result<Self, Text> {
        let default = places.config.join("config.toml");
        let path = named.unwrap_or(&default);
        match std::fs::read_to_string(path) {
            Ok(text) => Self::parse(&text, &path.display().to_string()),
            Err(error) if named.is_none() && error.kind() == io::ErrorKind::NotFound => Ok(Self::default()),
            Err(error) => Err(format!("the config file {} cannot be read: {error}", path.display()).into()),
        }
    }

    /// What it chooses for every start, and where.
    pub(super) fn fixed(&self) -> Vec<Fixed> {
        let fixed = |choice: &Preference| {
            let said = format!("{} in {}", table::setting_of(*choice)?, self.path).into();
            Some(Fixed { choice: *choice, said })
        };
        self.choices.iter().filter_map(fixed).collect()
    }

    fn parse(text: &str, file: &str) -> Result<Self, Text> {
        let table = DeTable::parse(text).map_err(|error| {
            let line = line_at(text, error.span().map_or(0, |span| span.start));
            Text::from(format!("{file}:{line} {}", error.message()))
        })?;
        let mut config = Self { path: file.to_owned(), ..Self::default() };
        let mut wrong = Vec::new();
        for (key, value) in table.get_ref() {
            match (key.get_ref().as_ref(), value.get_ref().as_table()) {
                (INTERVALS, Some(intervals)) => {
                    let taken = intervals.iter().map(|(key, value)| (key, config.set_interval(key, value)));
                    wrong.extend(taken.filter_map(|(key, taken)| Some((key.span().start, taken.err()?))));
                }
                (FILTERS, Some(filters)) => wrong.extend(config.take_filters(filters, text)),
                (name, _) => wrong.extend(config.set(name, value).err().map(|what| (key.span().start, what))),
            }
        }
        wrong.sort();
        let warnings = wrong.into_iter().map(|(at, what)| format!("{file}:{} {what}", line_at(text, at)));
        config.warnings = warnings.map(Text::from).collect();
        Ok(config)
    }

    /// The error says what is wrong with the value, or that there is no such key.
    fn set(&mut self, key: &str, value: &Spanned<DeValue<'_>>) -> Result<(), String> {
        let names = || SETTINGS.iter().map(|setting| setting.name).chain([INTERVALS, FILTERS]);
        match SETTINGS.iter().find(|setting| setting.name == key) {
            Some(setting) => {
                (setting.take)(self, value.get_ref()).map_err(|expected| format!("{key} is {expected}"))
            }
            None if key == INTERVALS || key == FILTERS => Err(format!("{key} is a table: [{key}]")),
            None => Err(no_such("key", key, &names().collect::<Vec<_>>())),
        }
    }

    /// Takes filters under their names; what they ask for is not for the settings to know. Returns what is none, each
    /// with its place in the text.
    fn take_filters(&mut self, filters: &DeTable<'_>, text: &str) -> Vec<(usize, String)> {
        let mut filters: Vec<_> = filters.iter().collect();
        filters.sort_by_key(|(key, _)| key.span().start);
        let mut wrong = Vec::new();
        for (key, value) in filters {
            let (at, name) = (key.span().start, key.get_ref().as_ref());
            match value::filter(value.get_ref()) {
                Ok(filter) => {
                    let place = format!("{}:{}", self.path, line_at(text, at)).into();
                    self.filters.push(ConfiguredFilter { name: name.into(), filter, place });
                }
                Err(expected) => wrong.push((at, format!("{name} is {expected}"))),
            }
        }
        wrong
    }

    fn set_interval(
        &mut self,
        key: &Spanned<impl AsRef<str>>,
        value: &Spanned<DeValue<'_>>,
    ) -> Result<(), String> {
        let key = key.get_ref().as_ref();
        let Some(interval) = table::interval(key) else {
            return Err(no_such("interval", key, &table::interval_names()));
        };
        let every = value::interval(value.get_ref()).map_err(|expected| format!("{key} is {expected}"))?;
        self.intervals.set(interval, every);
        Ok(())
    }
}

/// That there is no such name, and which one was meant; all of them where none is near.
fn no_such(what: &str, name: &str, names: &[&str]) -> String {
    let meant = near(name, names);
    let meant = if meant.is_empty() { names.join(", ") } else { meant.join(", ") };
    format!("there is no {what} '{name}': {meant}")
}

#[cfg(test)]
mod tests;
