//! Watchlists as files: `watchlists/NAME.toml` in the data directory, any path, or the list `unsaved`.
//!
//! A file belongs to the person who edits it. One that does not parse is never written or renamed: its last good copy
//! opens read-only, and edits resume when the file parses again. Every edit is applied to the file as it is at that
//! moment, under its lock, so that two instances and an editor keep each other's changes.

mod copies;
mod document;
mod edit;
mod head;
mod listing;
mod place;
mod trace;
mod transfer;
mod whole;

use super::atomic::{self, Locked, Target};
use super::{Places, Problem, StoreError, View};
use crate::domain::Text;
use crate::domain::near::near;
use crate::domain::watchlist::{Access, Edit, Edited, Entry, Watchlist};
use document::Document;
use listing::Listing;
use std::path::{Path, PathBuf};

pub use place::{NotAName, Place, check_name};
pub use trace::{Trace, Written};
pub use whole::Deleted;

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

    /// The file of a list.
    pub fn path(&self, place: &Place) -> PathBuf {
        match place {
            Place::Unsaved => self.places.unsaved(),
            Place::Named(name) => self.places.watchlists().join(format!("{name}.toml")),
            Place::Path(path) => path.clone(),
        }
    }

    /// The names that there are, sorted, without `unsaved`.
    pub fn names(&self) -> Result<Vec<String>, StoreError> {
        let directory = self.places.watchlists();
        let entries = match std::fs::read_dir(&directory) {
            Ok(entries) => entries,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(Vec::new()),
            Err(error) => return Err(StoreError::system("read", &directory, error)),
        };
        let mut names: Vec<String> = entries
            .filter_map(|entry| entry.ok()?.file_name().into_string().ok())
            .filter_map(|file| file.strip_suffix(".toml").map(str::to_owned))
            .filter(|name| check_name(name).is_ok())
            .collect();
        names.sort_unstable();
        Ok(names)
    }

    /// The lists to show as tabs: those that the view knows and that are still there, in its order, then the other
    /// names.
    pub fn tabs(&self, view: &View) -> Result<Vec<Place>, StoreError> {
        let mut tabs: Vec<Place> =
            view.tabs.iter().filter(|place| self.path(place).exists()).cloned().collect();
        for name in self.names()? {
            let place = Place::Named(name);
            if !tabs.contains(&place) {
                tabs.push(place);
            }
        }
        Ok(tabs)
    }

    /// Reads a list and writes nothing: fit for the first frame. The list `unsaved` is empty where it has no file.
    ///
    /// # Errors
    /// [`Problem::NotThere`] with near names, or what the system refused. A file that does not parse is no error, see
    /// [`Access::Broken`].
    pub fn open(&self, place: &Place) -> Result<Opened, StoreError> {
        let path = self.path(place);
        let bytes = match (atomic::read(&path)?, place) {
            (Some(bytes), _) => bytes,
            (None, Place::Unsaved) => Vec::new(),
            (None, Place::Named(_) | Place::Path(_)) => return Err(self.not_there(place)),
        };
        if let Some(listing) = std::str::from_utf8(&bytes).ok().and_then(listing::read) {
            return Ok(listed(place, listing));
        }
        match parse(bytes, &path) {
            Ok(document) => Ok(opened(place, &path, document, Access::Writable)),
            Err(broken) => {
                let access = Access::Broken(broken.0.as_str().into());
                let copy = self.last_good(&path).unwrap_or_else(Document::empty);
                Ok(Opened { warnings: Vec::new(), ..opened(place, &path, copy, access) })
            }
        }
    }

    /// Applies an edit to the file as it is now, under its lock. Adding and restoring create a file that is not there.
    pub fn edit(&self, place: &Place, edit: &Edit) -> Result<Edited, StoreError> {
        let target = Target::of(&self.path(place), &self.places)?;
        self.edit_locked(place, (&target, &target.lock()?), edit)
    }

    fn edit_locked(
        &self,
        place: &Place,
        (target, locked): (&Target, &Locked<'_>),
        edit: &Edit,
    ) -> Result<Edited, StoreError> {
        let path = self.path(place);
        let document = match (target.read()?, edit) {
            (Some(bytes), _) => parse(bytes, &path).map_err(Broken::into_error)?,
            (
                None,
                Edit::Add(_) | Edit::Restore(_) | Edit::SetProfile(_) | Edit::SetRegion(_) | Edit::Follow(_),
            ) => Document::empty(),
            (None, Edit::Remove(_) | Edit::Describe(_) | Edit::Move { .. }) => match place {
                Place::Unsaved => Document::empty(),
                Place::Named(_) | Place::Path(_) => return Err(self.not_there(place)),
            },
        };
        let applied = edit::apply(&document, edit);
        let document = parse(applied.text.into_bytes(), &path).map_err(Broken::into_error)?;
        locked.replace(document.text.as_bytes())?;
        // The copy is a comfort: that it failed must not make an edit that succeeded look lost.
        let _ = self.keep_good(target, &document.text);
        let list = opened(place, &path, document, Access::Writable).list;
        Ok(Edited { list, removed: applied.removed })
    }

    /// Replaces the list `unsaved` by these orders.
    pub fn set_unsaved(
        &self,
        entries: &[Entry],
        profile: Option<&str>,
        region: Option<&str>,
    ) -> Result<Watchlist, StoreError> {
        let path = self.places.unsaved();
        let empty = parse(edit::empty(profile, region).into_bytes(), &path).map_err(Broken::into_error)?;
        let text = edit::apply(&empty, &Edit::Add(entries.to_vec())).text;
        let document = parse(text.into_bytes(), &path).map_err(Broken::into_error)?;
        Target::of(&path, &self.places)?.lock()?.replace(document.text.as_bytes())?;
        Ok(opened(&Place::Unsaved, &path, document, Access::Writable).list)
    }

    /// Gives the list `unsaved` a name; afterwards `unsaved` is empty.
    pub fn save_unsaved(&self, name: &str, clash: Clash) -> Result<Watchlist, StoreError> {
        let path = self.places.unsaved();
        let target = Target::of(&path, &self.places)?;
        let locked = target.lock()?;
        let document = parse(target.read()?.unwrap_or_default(), &path).map_err(Broken::into_error)?;
        let place = Place::Named(name.to_owned());
        let list = if clash == Clash::Append && self.path(&place).exists() {
            self.edit(&place, &Edit::Add(document.entries().cloned().collect()))?.list
        } else {
            self.create_with(name, document.text)?
        };
        // Only now: a crash in between leaves the orders in both lists, never in none.
        locked.replace(b"")?;
        Ok(list)
    }

    fn not_there(&self, place: &Place) -> StoreError {
        let Place::Named(name) = place else {
            let what = format!("There is no file {place}");
            return StoreError::new(Problem::NotThere, what, "Check the path, or create the file.");
        };
        let names = self.names().unwrap_or_default();
        let near = near(name, &names);
        let next_step = match (near.as_slice(), names.as_slice()) {
            ([], []) => "There is none yet; chimewatch ORDER_ID starts one.".to_owned(),
            ([], all) => format!("There are: {}.", all.join(", ")),
            (near, _) => format!("Did you mean {}?", near.join(" or ")),
        };
        StoreError::new(Problem::NotThere, format!("No watchlist is called '{name}'"), next_step)
    }
}

/// `FILE:LINE what`.
struct Broken(String);

impl Broken {
    fn into_error(self) -> StoreError {
        let next_step = "Mend it in an editor; nothing was changed.";
        StoreError::new(Problem::Broken, self.0, next_step)
    }
}

fn parse(bytes: Vec<u8>, path: &Path) -> Result<Document, Broken> {
    let shown = path.display();
    let text = String::from_utf8(bytes).map_err(|error| {
        let sound = error.as_bytes().get(..error.utf8_error().valid_up_to()).unwrap_or_default();
        let line = sound.split(|byte| *byte == b'\n').count();
        Broken(format!("{shown}:{line} it is no UTF-8 text"))
    })?;
    Document::parse(text).map_err(|flaw| Broken(format!("{shown}:{} {}", flaw.line, flaw.what)))
}

fn opened(place: &Place, path: &Path, document: Document, access: Access) -> Opened {
    let warning = |flaw: &document::Flaw| format!("{}:{} {}", path.display(), flaw.line, flaw.what).into();
    Opened {
        warnings: document.warnings.iter().map(warning).collect(),
        list: Watchlist {
            profile: document.profile,
            region: document.region,
            following: document.following,
            except: document.except,
            entries: document.blocks.into_iter().filter_map(|block| block.entry).collect(),
            access,
            name: place.name().into(),
        },
    }
}

fn listed(place: &Place, listing: Listing) -> Opened {
    let Listing { profile, region, following, except, entries } = listing;
    let name = place.name().into();
    let list = Watchlist { name, profile, region, following, except, entries, access: Access::Writable };
    Opened { list, warnings: Vec::new() }
}
