//! The environment as an argument: built once in `main`, made up in tests.

use crate::domain::redact::Secrets;
use std::collections::HashMap;
use std::ffi::{OsStr, OsString};
use std::fmt;
use std::path::PathBuf;

/// Variables that are secrets.
const SECRETS: [&str; 3] =
    ["AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN", "AWS_CONTAINER_AUTHORIZATION_TOKEN"];
/// Variables that name a proxy, whose password can stand in them.
const PROXIES: [&str; 6] =
    ["HTTPS_PROXY", "https_proxy", "HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"];

/// The environment variables of the process, and what its standard output is. `Debug` shows their names.
#[derive(Clone, Default, PartialEq, Eq)]
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
        Some(self.below_home(PathBuf::from(self.value(name)?)))
    }

    /// A path as somebody wrote it; `~/` at its start is the home directory.
    pub fn below_home(&self, path: PathBuf) -> PathBuf {
        match (path.strip_prefix("~"), self.home()) {
            (Ok(below), Some(home)) => home.join(below),
            (Ok(_) | Err(_), _) => path,
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

    /// The secrets that it holds.
    pub fn secrets(&self) -> Secrets {
        let secrets = Secrets::default();
        let of_proxies = PROXIES.iter().filter_map(|name| self.text(name)).filter_map(password);
        for secret in SECRETS.iter().filter_map(|name| self.text(name)).chain(of_proxies) {
            secrets.learn(secret);
        }
        secrets
    }

    fn value(&self, name: &str) -> Option<&OsStr> {
        self.variables.get(OsStr::new(name)).map(OsString::as_os_str).filter(|value| !value.is_empty())
    }
}

impl fmt::Debug for Environment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let names = self.variables.keys().collect::<std::collections::BTreeSet<_>>();
        f.debug_struct("Environment").field("variables", &names).field("standing", &self.standing).finish()
    }
}

/// The password of a proxy's URL.
fn password(url: &str) -> Option<&str> {
    let (user, _) = url.rsplit_once('@')?;
    let user = user.split_once("://").map_or(user, |(_, user)| user);
    user.split_once(':').map(|(_, password)| password)
}

#[cfg(test)]
impl<const N: usize> From<[(&str, &str); N]> for Environment {
    fn from(variables: [(&str, &str); N]) -> Self {
        Self::new(variables.map(|(name, value)| (name.into(), value.into())), Standing::Terminal)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_secrets_of_the_environment_are_known_and_not_shown() {
        let environment = Environment::from([
            ("AWS_SECRET_ACCESS_KEY", "first words"),
            ("HTTPS_PROXY", "http://me:second words@proxy:3128"),
            ("http_proxy", "me:third words@proxy"),
        ]);
        let clean = environment.secrets().redact("first words, second words, third words, proxy");
        assert_eq!(clean, "[hidden], [hidden], [hidden], proxy");
        let shown = format!("{environment:?}");
        assert!(shown.contains("AWS_SECRET_ACCESS_KEY") && !shown.contains("words"), "{shown}");
    }
}
