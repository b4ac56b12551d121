//! Which file a watchlist is, from what a user types after `-w`.

use std::fmt;
use std::path::{MAIN_SEPARATOR, Path, PathBuf};

/// The name of the list of orders that were given as arguments.
const UNSAVED: &str = "unsaved";
/// The longest name, in bytes: with its endings it must fit a file name everywhere.
const LONGEST: usize = 200;

/// Which file a list is.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Place {
    /// The list of orders that were given as arguments.
    Unsaved,
    /// A list of the data directory.
    Named(String),
    /// A file anywhere.
    Path(PathBuf),
}

impl Place {
    /// What `-w TEXT` means: a path where it has a separator or ends in `.toml`, else a name.
    pub fn parse(text: &str) -> Self {
        let is_toml = Path::new(text).extension().is_some_and(|ending| ending.eq_ignore_ascii_case("toml"));
        if is_toml || text.contains(['/', MAIN_SEPARATOR]) {
            Self::Path(PathBuf::from(text))
        } else if text == UNSAVED {
            Self::Unsaved
        } else {
            Self::Named(text.to_owned())
        }
    }

    /// The name of the tab: the list's name, or the file's without `.toml`.
    pub fn name(&self) -> String {
        match self {
            Self::Unsaved => UNSAVED.to_owned(),
            Self::Named(name) => name.clone(),
            Self::Path(path) => path.file_stem().unwrap_or_default().to_string_lossy().into_owned(),
        }
    }
}

impl fmt::Display for Place {
    /// What [`Place::parse`] reads back.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unsaved => f.write_str(UNSAVED),
            Self::Named(name) => f.write_str(name),
            Self::Path(path) => path.display().fmt(f),
        }
    }
}

/// Why a text can be no name of a list; completes the sentence "'…' is no name for a list: …".
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NotAName {
    /// Nothing but spaces.
    #[error("it is empty")]
    Empty,
    /// The list of orders that were given as arguments.
    #[error("'unsaved' is the list of the orders given as arguments")]
    Reserved,
    /// A character that would make it a path, a hidden file or unreadable.
    #[error("it has a character that a file name cannot have")]
    Character,
    /// A space at either end, a dot before or after, or the ending `.toml`.
    #[error("it starts or ends like no name: a space, a dot or '.toml'")]
    Ends,
    /// Too long for a file name.
    #[error("it is longer than {LONGEST} bytes")]
    Long,
}

/// Checks that `name` can be the name of a list on every system.
pub fn check_name(name: &str) -> Result<(), NotAName> {
    if name.trim().is_empty() {
        return Err(NotAName::Empty);
    }
    if name.eq_ignore_ascii_case(UNSAVED) {
        return Err(NotAName::Reserved);
    }
    if name.chars().any(|c| c.is_control() || "/\\:*?\"<>|".contains(c)) {
        return Err(NotAName::Character);
    }
    let ends = [' ', '.'];
    if name.starts_with(ends) || name.ends_with(ends) || name.to_ascii_lowercase().ends_with(".toml") {
        return Err(NotAName::Ends);
    }
    if name.len() > LONGEST {
        return Err(NotAName::Long);
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_stands_after_w_is_a_name_or_a_path() {
        let path = |text: &str| Place::Path(PathBuf::from(text));
        let cases = [
            ("launch", Place::Named("launch".into()), "launch"),
            ("port ins 2026.1", Place::Named("port ins 2026.1".into()), "port ins 2026.1"),
            ("unsaved", Place::Unsaved, "unsaved"),
            ("team.toml", path("team.toml"), "team"),
            ("./team", path("./team"), "team"),
            ("/srv/team/emea.toml", path("/srv/team/emea.toml"), "emea"),
        ];
        for (text, place, name) in cases {
            assert_eq!(Place::parse(text), place);
            assert_eq!((place.name().as_str(), place.to_string().as_str()), (name, text));
        }
    }

    #[test]
    fn a_name_is_a_file_name_on_every_system() {
        let long = "x".repeat(201);
        let cases = [
            ("launch", Ok(())),
            ("Port-ins é 2", Ok(())),
            ("", Err(NotAName::Empty)),
            ("  ", Err(NotAName::Empty)),
            ("Unsaved", Err(NotAName::Reserved)),
            ("a/b", Err(NotAName::Character)),
            ("a\\b", Err(NotAName::Character)),
            ("a\nb", Err(NotAName::Character)),
            ("..", Err(NotAName::Ends)),
            (".hidden", Err(NotAName::Ends)),
            ("a ", Err(NotAName::Ends)),
            ("a.TOML", Err(NotAName::Ends)),
            (long.as_str(), Err(NotAName::Long)),
        ];
        for (name, expected) in cases {
            assert_eq!(check_name(name), expected, "{name:?}");
        }
    }
}
