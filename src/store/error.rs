//! Why something could not be saved or read, in words that say what to do next.

use crate::domain::text::neutralise;
use std::error::Error;
use std::io;
use std::path::Path;

/// One thing that the store could not do. `Display` is one line, fit for a terminal whatever the file's name is: what
/// happened, then what to do.
#[derive(Debug, thiserror::Error)]
#[error("{}. {}", neutralise(what), neutralise(next_step))]
pub struct StoreError {
    /// What kind of problem it is, where that makes a difference to the caller.
    pub problem: Problem,
    /// What happened and to which file, one sentence without its full stop.
    pub what: String,
    /// What to do about it, one sentence with its full stop.
    pub next_step: String,
    /// What the system said.
    #[source]
    pub source: Option<Box<dyn Error + Send + Sync>>,
}

/// The kinds of problem.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Problem {
    /// No space left, or a quota reached: trying again later may succeed.
    DiskFull,
    /// The file system is mounted read-only.
    ReadOnly,
    /// This user may not.
    Denied,
    /// Another process holds the file: trying again may succeed.
    Busy,
    /// The file is there and cannot be understood; it is left as it is.
    Broken,
    /// Nothing has that name.
    NotThere,
    /// Something has that name already.
    Taken,
    /// No list can have that name.
    BadName,
    /// Anything else that the system reported.
    System,
}

impl StoreError {
    /// An error without a cause in the system.
    pub(super) fn new(problem: Problem, what: impl Into<String>, next_step: impl Into<String>) -> Self {
        Self { problem, what: what.into(), next_step: next_step.into(), source: None }
    }

    /// What the system refused, as `Cannot ACTION PATH: cause`.
    pub(super) fn system(action: &str, path: &Path, error: io::Error) -> Self {
        let problem = problem_of(error.kind());
        let shown = path.display();
        let cause = match problem {
            Problem::DiskFull => "no space is left on the disk".to_owned(),
            Problem::ReadOnly => "the file system is read-only".to_owned(),
            Problem::Denied => "permission is denied".to_owned(),
            Problem::NotThere => "it is not there".to_owned(),
            Problem::Busy | Problem::Broken | Problem::Taken | Problem::BadName | Problem::System => {
                error.to_string()
            }
        };
        Self {
            problem,
            what: format!("Cannot {action} {shown}: {cause}"),
            next_step: next_step(problem, path),
            source: Some(Box::new(error)),
        }
    }

    /// What the database refused, as `Cannot ACTION PATH: cause`.
    pub(super) fn database(action: &str, path: &Path, error: rusqlite::Error) -> Self {
        use rusqlite::ErrorCode;
        let problem = match error.sqlite_error_code() {
            Some(ErrorCode::DiskFull) => Problem::DiskFull,
            Some(ErrorCode::ReadOnly) => Problem::ReadOnly,
            Some(ErrorCode::PermissionDenied | ErrorCode::AuthorizationForStatementDenied) => Problem::Denied,
            Some(
                ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked | ErrorCode::FileLockingProtocolFailed,
            ) => Problem::Busy,
            Some(ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase) => Problem::Broken,
            _ => Problem::System,
        };
        let cause = match problem {
            Problem::DiskFull => "no space is left on the disk".to_owned(),
            Problem::ReadOnly => "it cannot be written".to_owned(),
            Problem::Denied => "permission is denied".to_owned(),
            Problem::Busy => "another process holds it".to_owned(),
            Problem::Broken => "it is damaged".to_owned(),
            Problem::NotThere | Problem::Taken | Problem::BadName | Problem::System => error.to_string(),
        };
        Self {
            problem,
            what: format!("Cannot {action} {}: {cause}", path.display()),
            next_step: next_step(problem, path),
            source: Some(Box::new(error)),
        }
    }

    /// True where SQLite says that its file is damaged or is none of its own.
    pub(super) fn is_damage(&self) -> bool {
        let code = self.source.as_deref().and_then(|source| source.downcast_ref::<rusqlite::Error>());
        self.problem == Problem::Broken && code.is_some()
    }
}

fn problem_of(kind: io::ErrorKind) -> Problem {
    match kind {
        io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => Problem::DiskFull,
        io::ErrorKind::ReadOnlyFilesystem => Problem::ReadOnly,
        io::ErrorKind::PermissionDenied => Problem::Denied,
        io::ErrorKind::NotFound => Problem::NotThere,
        io::ErrorKind::WouldBlock | io::ErrorKind::ResourceBusy => Problem::Busy,
        _ => Problem::System,
    }
}

/// What to do about a problem with the file at `path`.
fn next_step(problem: Problem, path: &Path) -> String {
    match problem {
        Problem::DiskFull => "Free some space, then try again; nothing was changed.".to_owned(),
        Problem::ReadOnly => {
            "Set XDG_DATA_HOME and XDG_STATE_HOME to directories that can be written.".to_owned()
        }
        Problem::Denied => {
            // What is not there yet tells nobody who may make it.
            let existing = path.ancestors().find(|path| path.exists()).unwrap_or(path);
            format!("See who may write it: ls -ld '{}'", existing.display())
        }
        Problem::Busy => "Another chimewatch is writing it; try again.".to_owned(),
        Problem::Broken => "Mend it in an editor; nothing was changed.".to_owned(),
        Problem::NotThere => "Check its name.".to_owned(),
        Problem::Taken => "Choose another name.".to_owned(),
        Problem::BadName => "Choose a name of letters, digits, dots, spaces and hyphens.".to_owned(),
        Problem::System => "Try again; nothing was changed.".to_owned(),
    }
}
