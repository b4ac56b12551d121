//! The environment as an argument: built once in `main`, made up in tests.

use std::collections::HashMap;
use std::ffi::{OsStr, OsString};
use std::path::PathBuf;

/// The environment variables of the process, and what its standard output is.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Environment {
    variables: HashMap<OsString, OsString>,
    standing: Standing,
}

/// What standard output is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Standing {
    /// A file, a pipe, nothing.
    #[default]
    Elsewhere,
    /// A terminal.
    Terminal,
}

impl Environment {
    /// An environment of these variables.
    pub fn new(variables: impl IntoIterator<Item = (OsString, OsString)>, standing: Standing) -> Self {
        Self { variables: variables.into_iter().collect(), standing }
    }

    /// What standard output is.
    pub const fn standing(&self) -> Standing {
        self.standing
    }

    /// The value of a variable; an empty one counts as unset, and so does one that is no Unicode.
    pub fn text(&self, name: &str) -> Option<&str> {
        self.value(name).and_then(OsStr::to_str)
    }

    /// The value of a variable as a path, whatever its bytes; `~/` at its start is the home directory.
    pub fn path(&self, name: &str) -> Option<PathBuf> {
        let value = self.value(name)?;
        let below_home = value.to_str().and_then(|text| text.strip_prefix("~/"));
        match (below_home, self.home()) {
            (Some(below), Some(home)) => Some(home.join(below)),
            _ => Some(PathBuf::from(value)),
        }
    }

    /// True for `true` in any case.
    pub fn is_true(&self, name: &str) -> bool {
        self.text(name).is_some_and(|value| value.eq_ignore_ascii_case("true"))
    }

    /// The home directory: `HOME`, else what the system says.
    pub fn home(&self) -> Option<PathBuf> {
        let of_system = || directories::BaseDirs::new().map(|directories| directories.home_dir().to_owned());
        self.value("HOME").map(PathBuf::from).or_else(of_system)
    }

    fn value(&self, name: &str) -> Option<&OsStr> {
        self.variables.get(OsStr::new(name)).map(OsString::as_os_str).filter(|value| !value.is_empty())
    }
}

#[cfg(test)]
impl<const N: usize> From<[(&str, &str); N]> for Environment {
    fn from(variables: [(&str, &str); N]) -> Self {
        Self::new(variables.map(|(name, value)| (name.into(), value.into())), Standing::Terminal)
    }
}
