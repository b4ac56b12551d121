//! Watchlists as files: `watchlists/NAME.toml` in the data directory, any path, or the list `unsaved`.

mod document;
mod place;

use super::{Places, StoreError};
use crate::domain::Text;
use crate::domain::watchlist::{Edit, Edited, Entry, Watchlist};
use jiff::Timestamp;
use std::path::PathBuf;
use std::sync::Arc;

pub use place::Place;

/// A watchlist as it was read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Opened {
    /// The list; its access says whether it is the file or the last good copy.
    pub list: Watchlist,
    /// What was left out of it, as `FILE:LINE what`.
    pub warnings: Vec<Text>,
}

/// What to do when a list of that name exists.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Clash {
    /// Say so and change nothing.
    Refuse,
    /// Put the orders that it does not have at its end.
    Append,
}

/// The files of the watchlists. Cheap to make; every call reads afresh.
#[derive(Clone, Debug)]
pub struct Watchlists {
    places: Places,
}

impl Watchlists {
    /// The watchlists below `places`.
    pub const fn new(places: Places) -> Self {
        Self { places }
    }

    /// The names that there are, sorted, without `unsaved`.
    pub fn names(&self) -> Result<Vec<String>, StoreError> {
        todo!()
    }

    /// Reads a list and writes nothing: fit for the first frame. The list `unsaved` is empty where it has no file.
    ///
    /// # Errors
    /// [`super::Problem::NotThere`] with near names; a file that does not parse is no error, see
    /// [`crate::domain::watchlist::Access::Broken`].
    pub fn open(&self, place: &Place) -> Result<Opened, StoreError> {
        todo!()
    }

    /// Keeps a copy of the list for the day on which its file does not parse; bytes that are no text are copied to
    /// `.corrupt-NOW`. To be called on the files thread after a list was opened.
    pub fn keep_copy(&self, place: &Place, now: Timestamp) -> Result<(), StoreError> {
        todo!()
    }

    /// Applies an edit to the file as it is now, under its lock.
    pub fn edit(&self, place: &Place, edit: &Edit) -> Result<Edited, StoreError> {
        todo!()
    }

    /// A new, empty list of that name.
    pub fn create(
        &self,
        name: &str,
        profile: Option<Arc<str>>,
        region: Option<Arc<str>>,
    ) -> Result<Watchlist, StoreError> {
        todo!()
    }

    /// `wish` made a valid name, with a number behind it where it is taken.
    pub fn free_name(&self, wish: &str) -> Result<String, StoreError> {
        todo!()
    }

    /// Replaces the list `unsaved`.
    pub fn set_unsaved(
        &self,
        entries: &[Entry],
        profile: Option<Arc<str>>,
        region: Option<Arc<str>>,
    ) -> Result<Watchlist, StoreError> {
        todo!()
    }

    /// Gives the list `unsaved` a name; afterwards `unsaved` is empty.
    pub fn save_unsaved(&self, name: &str, clash: Clash) -> Result<Watchlist, StoreError> {
        todo!()
    }

    /// Renames a list, with its comments.
    pub fn rename(&self, from: &str, to: &str) -> Result<Watchlist, StoreError> {
        todo!()
    }

    /// Deletes a list; its backup stays.
    pub fn delete(&self, name: &str) -> Result<(), StoreError> {
        todo!()
    }

    /// The file of a list.
    pub fn path(&self, place: &Place) -> PathBuf {
        match place {
            Place::Unsaved => self.places.unsaved(),
            Place::Named(name) => self.places.watchlists().join(format!("{name}.toml")),
            Place::Path(path) => path.clone(),
        }
    }
}
