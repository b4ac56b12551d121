//! Whole lists: made, copied, renamed, deleted and brought back. A name that is taken is never written over, and a
//! list that is deleted is only moved aside.

use super::{Broken, Place, Watchlists, check_name, edit, opened, parse};
use crate::domain::watchlist::{Access, Watchlist};
use crate::store::atomic::{self, Locked, Target};
use crate::store::{Problem, StoreError};
use jiff::Timestamp;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

/// Deleted lists that are kept, the latest ones: five times what one run can undo.
const KEPT: usize = 100;

/// A list that was moved aside, and where it is now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Deleted {
    /// What it was called.
    pub name: String,
    /// The file that holds it.
    pub file: PathBuf,
}

impl Watchlists {
    /// A new, empty list of that name.
    pub fn create(
        &self,
        name: &str,
        profile: Option<&str>,
        region: Option<&str>,
    ) -> Result<Watchlist, StoreError> {
        self.create_with(name, edit::empty(profile, region))
    }

    /// A copy of a list under a new name, with its comments; of a broken one, or one that is gone, its last good copy.
    pub fn copy(&self, place: &Place, name: &str) -> Result<Watchlist, StoreError> {
        let path = self.path(place);
        let document = match atomic::read(&path)? {
            Some(bytes) => parse(bytes, &path).or_else(|broken| self.last_good(&path).ok_or(broken)),
            None => Ok(self.last_good(&path).ok_or_else(|| self.not_there(place))?),
        };
        self.create_with(name, document.map_err(Broken::into_error)?.text)
    }

    /// Renames a list, with its comments.
    pub fn rename(&self, from: &str, to: &str) -> Result<Watchlist, StoreError> {
        let (from, to) = (Place::Named(from.to_owned()), Place::Named(to.to_owned()));
        let (old, new) = (self.path(&from), self.path(&to));
        self.check_free_for(&to, Some(&from))?;
        if fs::symlink_metadata(&old).is_err() {
            return Err(self.not_there(&from));
        }
        let (old_target, new_target) = (Target::beside(&old), Target::beside(&new));
        let copy = self.copy_of(&old);
        let _locks = locked(&old_target, &new_target)?;
        self.check_free_for(&to, Some(&from))?;
        if differ_in_case(&old, &new) {
            fs::rename(&old, &new).map_err(|error| StoreError::system("rename", &old, error))?;
        } else {
            moved(&old, &new, "rename", &old)?;
        }
        // Comforts both: the list itself has its new name.
        let _ = fs::rename(old_target.backup(), new_target.backup());
        forget(copy);
        let list = self.open(&to)?.list;
        self.renew_copy(&new);
        Ok(list)
    }

    /// Moves a list aside, into the directory of the deleted ones; of those the latest hundred are kept. A link goes
    /// without the file that it points to; of a file that is gone already its last good copy is kept.
    pub fn delete(&self, name: &str, now: Timestamp) -> Result<Deleted, StoreError> {
        let place = Place::Named(name.to_owned());
        let path = self.path(&place);
        let held = match fs::symlink_metadata(&path) {
            Ok(_) => None,
            // Another hand took the file; what it held is what is deleted, and can come back.
            Err(_) => Some(self.last_good(&path).ok_or_else(|| self.not_there(&place))?),
        };
        let trash = self.places.trash();
        atomic::create_directory(&trash)?;
        let target = Target::beside(&path);
        let _lock = target.lock()?;
        let copy = self.copy_of(&path);
        let file = trash.join(format!("{name}.{}.toml", stamp(now)));
        match held {
            Some(held) => Target::of(&file, &self.places)?.lock()?.replace(held.text.as_bytes())?,
            None => moved(&path, &file, "delete", &path)?,
        }
        forget(copy);
        prune(&trash);
        Ok(Deleted { name: name.to_owned(), file })
    }

    /// Puts a deleted list back where it was, as it was.
    ///
    /// # Errors
    /// [`Problem::Taken`] where another list has its name by now; the deleted one stays where it is.
    pub fn put_back(&self, deleted: &Deleted) -> Result<Watchlist, StoreError> {
        let place = Place::Named(deleted.name.clone());
        let path = self.path(&place);
        self.check_free(&place)?;
        let target = Target::beside(&path);
        let _lock = target.lock()?;
        self.check_free(&place)?;
        moved(&deleted.file, &path, "bring back", &deleted.file)?;
        let list = self.open(&place)?.list;
        self.renew_copy(&path);
        Ok(list)
    }

    pub(super) fn create_with(&self, name: &str, text: String) -> Result<Watchlist, StoreError> {
        let place = Place::Named(name.to_owned());
        let path = self.path(&place);
        self.check_free(&place)?;
        let document = parse(text.into_bytes(), &path).map_err(Broken::into_error)?;
        let target = Target::of(&path, &self.places)?;
        let locked = target.lock()?;
        self.check_free(&place)?;
        locked.replace(document.text.as_bytes())?;
        // The copy is a comfort, but one of an earlier list of that name would be none.
        let _ = self.keep_good(&target, &document.text);
        Ok(opened(&place, &path, document, Access::Writable).list)
    }

    fn check_free(&self, place: &Place) -> Result<(), StoreError> {
        self.check_free_for(place, None)
    }

    /// That a list of this name can be and is not there yet, in any case of its letters; `but` is the list that gets
    /// the name, which may differ from its own in their case only.
    fn check_free_for(&self, place: &Place, but: Option<&Place>) -> Result<(), StoreError> {
        let name = place.name();
        check_name(&name).map_err(|reason| {
            let what = format!("'{name}' is no name for a list: {reason}");
            StoreError::new(Problem::BadName, what, "Choose another name.")
        })?;
        let but = but.map(Place::name).filter(|but| *but != name);
        let is_taken = |known: &String| known.eq_ignore_ascii_case(&name) && Some(known) != but.as_ref();
        if self.names()?.iter().any(is_taken) {
            return Err(taken(&name));
        }
        Ok(())
    }
}

/// Both locks, in the order of their names, so that two instances that rename across each other do not wait for each
/// other. Names that differ in their case may have the same lock.
fn locked<'a>(old: &'a Target, new: &'a Target) -> Result<(Locked<'a>, Option<Locked<'a>>), StoreError> {
    if differ_in_case(old.file(), new.file()) {
        return Ok((old.lock()?, None));
    }
    let (first, second) = if old.file() < new.file() { (old, new) } else { (new, old) };
    Ok((first.lock()?, Some(second.lock()?)))
}

fn differ_in_case(one: &Path, other: &Path) -> bool {
    one.as_os_str().eq_ignore_ascii_case(other)
}

/// A copy of a list that is gone would be a wrong one for the next list of its name.
fn forget(copy: Option<PathBuf>) {
    let _ = copy.map(fs::remove_file);
}

fn moved(from: &Path, to: &Path, action: &str, subject: &Path) -> Result<(), StoreError> {
    atomic::move_file(from, to).map_err(|error| match error.kind() {
        io::ErrorKind::AlreadyExists => taken(&to.file_stem().unwrap_or_default().to_string_lossy()),
        _ => StoreError::system(action, subject, error),
    })
}

fn taken(name: &str) -> StoreError {
    let what = format!("A watchlist called '{name}' exists");
    StoreError::new(Problem::Taken, what, "Choose another name.")
}

/// A time as part of a file's name that sorts by it: `20261128T080512123Z`.
fn stamp(now: Timestamp) -> String {
    format!("{}{:03}Z", now.strftime("%Y%m%dT%H%M%S"), now.subsec_millisecond())
}

/// Lets go of the oldest of more than are kept. What cannot be let go of stays.
fn prune(trash: &Path) {
    let Ok(entries) = fs::read_dir(trash) else { return };
    let mut files: Vec<(String, PathBuf)> = entries
        .flatten()
        .filter_map(|entry| {
            let name = entry.file_name().into_string().ok()?;
            let (_, stamp) = name.strip_suffix(".toml")?.rsplit_once('.')?;
            Some((stamp.to_owned(), entry.path()))
        })
        .collect();
    files.sort_unstable();
    let surplus = files.len().saturating_sub(KEPT);
    for (_, file) in files.into_iter().take(surplus) {
        let _ = fs::remove_file(file);
    }
}
