//! Where files live: the XDG directories on every Unix, macOS included, and the system's own on Windows.

use super::Environment;
use std::path::PathBuf;

/// The name of our directories.
const NAME: &str = "chimewatch";

/// The directories of the program. None of them need exist.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Places {
    /// The config file, keys, themes: written by people, never by us.
    pub config: PathBuf,
    /// Watchlists and the history.
    pub data: PathBuf,
    /// Locks, backups and view state.
    pub state: PathBuf,
}

impl Places {
    /// The places as the environment and the system have them; none without a home directory.
    pub fn find(environment: &Environment) -> Option<Self> {
        if cfg!(windows) {
            let directories = directories::ProjectDirs::from("", "", NAME)?;
            let data = directories.data_local_dir().to_owned();
            return Some(Self {
                config: directories.config_dir().to_owned(),
                state: data.join("state"),
                data,
            });
        }
        Some(Self {
            config: xdg(environment, "XDG_CONFIG_HOME", ".config")?,
            data: xdg(environment, "XDG_DATA_HOME", ".local/share")?,
            state: xdg(environment, "XDG_STATE_HOME", ".local/state")?,
        })
    }

    /// All of it below one directory: the demo's, and a test's.
    pub fn below(directory: impl Into<PathBuf>) -> Self {
        let directory = directory.into();
        Self {
            config: directory.join("config"),
            data: directory.join("data"),
            state: directory.join("state"),
        }
    }
}

/// A relative path in an XDG variable is to be ignored, says the XDG Base Directory Specification.
fn xdg(environment: &Environment, variable: &str, default: &str) -> Option<PathBuf> {
    let named = environment.path(variable).filter(|path| path.is_absolute());
    let base = named.or_else(|| Some(environment.home()?.join(default)))?;
    Some(base.join(NAME))
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;

    #[test]
    fn files_live_where_xdg_says_or_in_its_defaults_below_home() {
        let defaults = Places {
            config: "/home/me/.config/chimewatch".into(),
            data: "/home/me/.local/share/chimewatch".into(),
            state: "/home/me/.local/state/chimewatch".into(),
        };
        assert_eq!(Places::find(&[("HOME", "/home/me")].into()), Some(defaults.clone()));
        let relative = [("HOME", "/home/me"), ("XDG_DATA_HOME", "data"), ("XDG_STATE_HOME", "")];
        assert_eq!(Places::find(&relative.into()), Some(defaults.clone()));
        let named = [("HOME", "/home/me"), ("XDG_DATA_HOME", "/srv/data")];
        let expected = Places { data: "/srv/data/chimewatch".into(), ..defaults };
        assert_eq!(Places::find(&named.into()), Some(expected));
    }
}
