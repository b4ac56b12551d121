//! The config file: written by people, only read by us. What it does not know is said, not fatal.

use super::Places;
use crate::cli::Color;
use crate::domain::Text;
use std::io;
use std::path::Path;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

/// What the config file says.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct ConfigFile {
    pub(super) rate: Option<f64>,
    pub(super) color: Option<Color>,
    pub(super) ascii: Option<bool>,
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

    fn parse(text: &str, file: &str) -> Result<Self, Text> {
        let table = DeTable::parse(text).map_err(|error| {
            let line = line_of(text, error.span().map_or(0, |span| span.start));
            Text::from(format!("{file}:{line} {}", error.message()))
        })?;
        let mut config = Self::default();
        for (key, value) in table.get_ref() {
            if let Err(what) = config.set(key.get_ref(), value) {
                let line = line_of(text, key.span().start);
                config.warnings.push(format!("{file}:{line} {what}").into());
            }
        }
        Ok(config)
    }

    /// The error says what is wrong with the value, or that there is no such key.
    fn set(&mut self, key: &str, value: &Spanned<DeValue<'_>>) -> Result<(), String> {
        let value = value.get_ref();
        match key {
            "rate" => self.rate = Some(rate(value)?),
            "color" => self.color = Some(color(value)?),
            "ascii" => self.ascii = Some(value.as_bool().ok_or("ascii is true or false")?),
            unknown => return Err(format!("there is no key '{unknown}': rate, color, ascii")),
        }
        Ok(())
    }
}

fn rate(value: &DeValue<'_>) -> Result<f64, String> {
    let text =
        value.as_integer().map(ToString::to_string).or_else(|| value.as_float().map(ToString::to_string));
    text.and_then(|text| text.parse::<f64>().ok())
        .filter(|rate| rate.is_finite() && *rate >= 0.0)
        .ok_or_else(|| "rate is a number of requests a second, 0 for no limit".to_owned())
}

fn color(value: &DeValue<'_>) -> Result<Color, String> {
    match value.as_str() {
        Some("auto") => Ok(Color::Auto),
        Some("always") => Ok(Color::Always),
        Some("never") => Ok(Color::Never),
        _ => Err("color is \"auto\", \"always\" or \"never\"".to_owned()),
    }
}

/// The line of a byte, counted from 1.
fn line_of(text: &str, byte: usize) -> usize {
    text.bytes().take(byte).filter(|byte| *byte == b'\n').count() + 1
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_known_is_taken_and_the_rest_is_named_with_its_line() {
        let text = "rate = 0.5\ncolor = \"never\"\n\nascii = true\nrates = 3\n[colour]\nx = 1\n";
        let expected = ConfigFile {
            rate: Some(0.5),
            color: Some(Color::Never),
            ascii: Some(true),
            warnings: vec![
                "config.toml:6 there is no key 'colour': rate, color, ascii".into(),
                "config.toml:5 there is no key 'rates': rate, color, ascii".into(),
            ],
        };
        assert_eq!(ConfigFile::parse(text, "config.toml"), Ok(expected));
    }

    #[test]
    fn a_wrong_value_is_named_and_left_out() {
        let cases = [
            ("rate = -1", "f:1 rate is a number of requests a second, 0 for no limit"),
            ("rate = \"2\"", "f:1 rate is a number of requests a second, 0 for no limit"),
            ("rate = inf", "f:1 rate is a number of requests a second, 0 for no limit"),
            ("color = true", "f:1 color is \"auto\", \"always\" or \"never\""),
            ("ascii = 1", "f:1 ascii is true or false"),
        ];
        for (text, warning) in cases {
            let expected = ConfigFile { warnings: vec![warning.into()], ..ConfigFile::default() };
            assert_eq!(ConfigFile::parse(text, "f"), Ok(expected));
        }
        assert_eq!(ConfigFile::parse("rate = 3", "f").unwrap().rate, Some(3.0));
    }

    #[test]
    fn what_is_no_toml_is_named_with_its_line() {
        let error = ConfigFile::parse("rate = 2\ncolor = \n", "config.toml").unwrap_err();
        assert!(error.raw().starts_with("config.toml:2 "), "{error}");
    }

    #[test]
    fn the_file_need_not_exist_unless_it_was_named() {
        let directory = tempfile::tempdir().unwrap();
        let places = Places::below(directory.path());
        assert_eq!(ConfigFile::read(None, &places), Ok(ConfigFile::default()));
        assert!(ConfigFile::read(Some(&directory.path().join("mine.toml")), &places).is_err());
    }
}
