//! The log that was asked for: without `--log-file` or `log_file` there is none, whatever `RUST_LOG` says.

use super::Environment;
use crate::cli::Global;
use std::path::PathBuf;

/// Where the log goes, and what of all that happens it takes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LogFile {
    /// The file; lines are appended.
    pub path: PathBuf,
    /// `RUST_LOG`, as it is written.
    pub filter: Option<String>,
}

impl LogFile {
    pub(super) fn asked_for(
        global: &Global,
        configured: Option<PathBuf>,
        environment: &Environment,
    ) -> Option<Self> {
        let filter = environment.text("RUST_LOG").map(ToOwned::to_owned);
        let configured = configured.map(|path| environment.below_home(path));
        global.log_file.clone().or(configured).map(|path| Self { path, filter })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn there_is_a_log_where_a_file_is_named_and_nowhere_else() {
        let environment = [("RUST_LOG", "debug"), ("HOME", "/home/me")].into();
        assert_eq!(LogFile::asked_for(&Global::default(), None, &environment), None);
        let global = Global { log_file: Some("a.log".into()), ..Global::default() };
        let expected = LogFile { path: "a.log".into(), filter: Some("debug".to_owned()) };
        assert_eq!(LogFile::asked_for(&global, Some("b.log".into()), &environment), Some(expected));
        let configured =
            LogFile::asked_for(&Global::default(), Some("~/b.log".into()), &environment).unwrap();
        assert_eq!(configured.path, PathBuf::from("/home/me/b.log"));
    }
}
