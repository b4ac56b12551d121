//! Which theme was asked for, and those of the user: the files below `themes/` beside the config file.

use super::Places;
use crate::domain::Text;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

/// Longer than any theme is.
const MOST: u64 = 64 * 1024;

/// The theme that was asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ThemeChoice {
    /// `--theme`: for this run.
    Typed(String),
    /// The config file's: at every start.
    Configured {
        /// Its name.
        name: String,
        /// Where it is named, as `theme = "light" in FILE`.
        said: Text,
    },
    /// None: the one that was chosen last.
    Unnamed,
}

/// A theme of the user's own, for `ui` to read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ThemeFile {
    /// What it is called: its file's name without `.toml`.
    pub name: String,
    /// Where it is, for what is said about it.
    pub path: String,
    /// What it says.
    pub text: String,
}

impl ThemeChoice {
    pub(super) fn of(typed: Option<&str>, configured: Option<String>, file: &str) -> Self {
        match (typed, configured) {
            (Some(typed), _) => Self::Typed(typed.to_owned()),
            (None, Some(name)) => {
                let said = format!("theme = \"{name}\" in {file}").into();
                Self::Configured { name, said }
            }
            (None, None) => Self::Unnamed,
        }
    }

    /// The theme that is named.
    pub fn name(&self) -> Option<&str> {
        match self {
            Self::Typed(name) | Self::Configured { name, .. } => Some(name),
            Self::Unnamed => None,
        }
    }
}

/// The user's themes by their names. What cannot be read is told.
pub(super) fn files(places: &Places, warnings: &mut Vec<Text>) -> Vec<ThemeFile> {
    let directory = places.config.join("themes");
    let Ok(entries) = std::fs::read_dir(&directory) else { return Vec::new() };
    let mut paths: Vec<PathBuf> = entries.flatten().map(|entry| entry.path()).collect();
    paths.retain(|path| path.extension().is_some_and(|extension| extension == "toml"));
    paths.sort();
    let mut files = Vec::new();
    for path in paths {
        let Some(name) = path.file_stem().and_then(|name| name.to_str()) else { continue };
        match read(&path) {
            Ok(text) => {
                files.push(ThemeFile { name: name.to_owned(), path: path.display().to_string(), text });
            }
            Err(error) => {
                warnings.push(format!("{} cannot be read: {error}. It is left out.", path.display()).into());
            }
        }
    }
    files
}

fn read(path: &Path) -> io::Result<String> {
    let mut text = String::new();
    std::fs::File::open(path)?.take(MOST).read_to_string(&mut text)?;
    Ok(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_argument_wins_over_the_config_file() {
        let configured = || Some("light".to_owned());
        assert_eq!(ThemeChoice::of(Some("dark"), configured(), "f").name(), Some("dark"));
        let expected =
            ThemeChoice::Configured { name: "light".into(), said: "theme = \"light\" in f".into() };
        assert_eq!(ThemeChoice::of(None, configured(), "f"), expected);
        assert_eq!(ThemeChoice::of(None, None, "f").name(), None);
    }

    #[test]
    fn a_theme_is_a_toml_file_below_themes_and_what_cannot_be_read_is_told() {
        let directory = tempfile::tempdir().unwrap();
        let places = Places::below(directory.path());
        let themes = places.config.join("themes");
        assert_eq!(files(&places, &mut Vec::new()), []);
        std::fs::create_dir_all(themes.join("folder.toml")).unwrap();
        std::fs::write(themes.join("mine.toml"), "need = {}\n").unwrap();
        std::fs::write(themes.join("notes.txt"), "").unwrap();
        let mut warnings = Vec::new();
        let path = themes.join("mine.toml").display().to_string();
        let expected = ThemeFile { name: "mine".into(), path, text: "need = {}\n".into() };
        assert_eq!(files(&places, &mut warnings), [expected]);
        assert_eq!(warnings.len(), 1, "{warnings:?}");
        assert!(warnings[0].raw().contains("folder.toml cannot be read"));
    }
}
