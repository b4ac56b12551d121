//! Copies of a list for bad days: as it last could be read, and as it was when nobody could read it.

use super::document::Document;
use super::{Place, Watchlists, listing, parse};
use crate::store::StoreError;
use crate::store::atomic::{self, Target};
use jiff::Timestamp;
use std::path::{Path, PathBuf};

impl Watchlists {
    /// Keeps a copy of the list for the day on which its file does not parse. Bytes that are no text are copied to
    /// `NAME.toml.corrupt-NOW`, because no editor will show them. To be called after a list was opened.
    pub fn keep_copy(&self, place: &Place, now: Timestamp) -> Result<(), StoreError> {
        let path = self.path(place);
        let target = Target::of(&path, &self.places)?;
        let Some(bytes) = target.read()? else { return Ok(()) };
        match String::from_utf8(bytes) {
            Ok(text) => sound(text, &path).map_or(Ok(()), |text| self.keep_good(&target, &text)),
            Err(corrupt) => self.keep_corrupt(&target, corrupt.as_bytes(), now),
        }
    }

    /// Copies unreadable bytes aside, once for each content.
    fn keep_corrupt(&self, target: &Target, bytes: &[u8], now: Timestamp) -> Result<(), StoreError> {
        let copy = target.backup().with_extension(format!("corrupt-{}", now.strftime("%Y%m%dT%H%M%SZ")));
        let earlier = copy.parent().and_then(|directory| std::fs::read_dir(directory).ok());
        let is_kept = earlier.into_iter().flatten().flatten().any(|entry| {
            let path = entry.path();
            path.file_stem() == copy.file_stem()
                && std::fs::read(path).is_ok_and(|known| known == bytes)
                && entry.path() != target.file()
        });
        if is_kept { Ok(()) } else { Target::of(&copy, &self.places)?.lock()?.replace(bytes) }
    }

    pub(super) fn keep_good(&self, target: &Target, text: &str) -> Result<(), StoreError> {
        let copy = self.good_copy(target);
        Target::of(&copy, &self.places)?.lock()?.replace(text.as_bytes())
    }

    /// Where the copy of a list is.
    pub(super) fn copy_of(&self, path: &Path) -> Option<PathBuf> {
        Target::of(path, &self.places).ok().map(|target| self.good_copy(&target))
    }

    /// Keeps a copy of a list that has another place now. That it fails must not make what was done look undone.
    pub(super) fn renew_copy(&self, path: &Path) {
        let target = Target::of(path, &self.places).ok();
        let text = target.as_ref().and_then(|target| String::from_utf8(target.read().ok()??).ok());
        if let Some((target, text)) = target.zip(text.and_then(|text| sound(text, path))) {
            let _ = self.keep_good(&target, &text);
        }
    }

    fn good_copy(&self, target: &Target) -> PathBuf {
        self.places.good_copies().join(atomic::key_of(target.file()))
    }

    /// The newest content that parses: our copy, else the backup.
    pub(super) fn last_good(&self, path: &Path) -> Option<Document> {
        let target = Target::of(path, &self.places).ok()?;
        [&self.good_copy(&target), target.backup()]
            .into_iter()
            .find_map(|copy| parse(atomic::read(copy).ok()??, copy).ok())
    }
}

/// A file's text where it parses. The short way tells it in a small part of the time, for nearly every file.
fn sound(text: String, path: &Path) -> Option<String> {
    if listing::read(&text).is_some() {
        return Some(text);
    }
    parse(text.into_bytes(), path).ok().map(|document| document.text)
}
