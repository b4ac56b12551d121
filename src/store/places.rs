//! Which file lives where, below the directories that settings resolves.

pub use crate::settings::Places;
use std::path::PathBuf;

impl Places {
    /// The directory of the named watchlists.
    pub fn watchlists(&self) -> PathBuf {
        self.data.join("watchlists")
    }

    /// The database of the history.
    pub fn history(&self) -> PathBuf {
        self.data.join("history.db")
    }

    /// The list of orders given as arguments.
    pub fn unsaved(&self) -> PathBuf {
        self.state.join("unsaved.toml")
    }

    /// The state of the view.
    pub fn view(&self) -> PathBuf {
        self.state.join("view.toml")
    }

    /// Copies of watchlists as they last could be read.
    pub(super) fn good_copies(&self) -> PathBuf {
        self.state.join("last-good")
    }

    /// Watchlists that were deleted.
    pub fn trash(&self) -> PathBuf {
        self.state.join("trash")
    }

    /// Locks and backups of files that live outside these two directories.
    pub(super) fn elsewhere(&self) -> PathBuf {
        self.state.join("elsewhere")
    }
}
