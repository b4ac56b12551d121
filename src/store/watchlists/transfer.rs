//! Moving orders from one list to another: the text of their tables goes over, comments and unknown keys included.
//!
//! Both files are locked, the one whose path sorts first before the other, so that two instances that move in opposite
//! directions do not wait for each other. The orders are written there before they are taken out here: whatever
//! happens in between, they are in one of the files, or in both.

use super::edit::{set, with_newlines};
use super::{Broken, Document, Place, Watchlists, head, opened, parse};
use crate::domain::watchlist::{Access, Carried, Edit, Transferred};
use crate::domain::{PhoneNumberOrderId, Watchlist};
use crate::store::atomic::{Locked, Target};
use crate::store::{Problem, StoreError};
use std::collections::{HashMap, HashSet};
use toml_edit::{DocumentMut, Table};

/// The text of an order's table, on its way.
struct Piece {
    id: PhoneNumberOrderId,
    text: String,
}

impl Watchlists {
    /// Moves orders to another list. An order that is there already stays there as it is.
    ///
    /// # Errors
    /// Says whether the orders are still where they were, or in both lists.
    pub fn transfer(&self, from: &Place, to: &Place, orders: &[Carried]) -> Result<Transferred, StoreError> {
        let source = Target::of(&self.path(from), &self.places)?;
        let target = Target::of(&self.path(to), &self.places)?;
        if source.file() == target.file() {
            let what = format!("{to} is the list that they are in");
            return Err(StoreError::new(Problem::Taken, what, "Choose another list."));
        }
        let (from_lock, to_lock) = if source.file() < target.file() {
            let first = source.lock()?;
            (first, target.lock()?)
        } else {
            let first = target.lock()?;
            (source.lock()?, first)
        };
        let pieces = self.pieces(from, &source, orders)?;
        let (list, added) = self.adopt(to, (&target, &to_lock), &pieces)?;
        let ids: Vec<_> = pieces.iter().map(|piece| piece.id).collect();
        let removed = self.edit_locked(from, (&source, &from_lock), &Edit::Remove(ids));
        let removed = removed.map_err(|error| StoreError {
            what: format!("The orders are in {to} now and still in {from} too: {}", error.what),
            ..error
        })?;
        Ok(Transferred { target: list, source: removed.list, removed: removed.removed, added })
    }

    /// The same to a new list, which begins with the profile and the region of the old one.
    ///
    /// # Errors
    /// As [`Watchlists::transfer`]; the new list may be there, and empty.
    pub fn transfer_to_new(
        &self,
        from: &Place,
        name: &str,
        orders: &[Carried],
    ) -> Result<Transferred, StoreError> {
        let Watchlist { profile, region, .. } = self.open(from)?.list;
        self.create(name, profile.as_deref(), region.as_deref())?;
        self.transfer(from, &Place::Named(name.to_owned()), orders)
    }

    fn pieces(&self, from: &Place, source: &Target, orders: &[Carried]) -> Result<Vec<Piece>, StoreError> {
        let path = self.path(from);
        let document = parse(source.read()?.unwrap_or_default(), &path).map_err(Broken::into_error)?;
        let wanted: HashMap<_, _> = orders.iter().map(|order| (order.id, order)).collect();
        let piece = |block: &super::document::Block| {
            let carried = wanted.get(&block.entry.as_ref()?.id)?;
            let text = document.text.get(block.range.clone())?;
            Some(Piece { id: carried.id, text: named(text, carried).unwrap_or_else(|| text.to_owned()) })
        };
        Ok(document.blocks.iter().filter_map(piece).collect())
    }

    /// Puts the pieces at the end of a list; returns it, and those that it did not have.
    fn adopt(
        &self,
        to: &Place,
        (target, locked): (&Target, &Locked<'_>),
        pieces: &[Piece],
    ) -> Result<(Watchlist, Vec<PhoneNumberOrderId>), StoreError> {
        let path = self.path(to);
        let document = match (target.read()?, to) {
            (Some(bytes), _) => parse(bytes, &path).map_err(Broken::into_error)?,
            (None, Place::Unsaved) => Document::empty(),
            (None, Place::Named(_) | Place::Path(_)) => return Err(self.not_there(to)),
        };
        let known: HashSet<_> = document.entries().map(|entry| entry.id).collect();
        let new: Vec<&Piece> = pieces.iter().filter(|piece| !known.contains(&piece.id)).collect();
        let added: Vec<_> = new.iter().map(|piece| piece.id).collect();
        let document = head::admit(&document, &added).unwrap_or(document);
        let newline = document.newline();
        let mut text = document.text;
        for piece in new {
            let lines = piece.text.trim_matches(['\r', '\n']);
            if !text.is_empty() {
                if !text.ends_with('\n') {
                    text.push_str(newline);
                }
                text.push_str(newline);
            }
            text.push_str(&with_newlines(&lines.replace("\r\n", "\n"), newline));
            text.push_str(newline);
        }
        let document = parse(text.into_bytes(), &path).map_err(Broken::into_error)?;
        locked.replace(document.text.as_bytes())?;
        // As with every edit: the copy is a comfort.
        let _ = self.keep_good(target, &document.text);
        Ok((opened(to, &path, document, Access::Writable).list, added))
    }
}

/// The table with the profile and the region that it has to name from now on; none where it names them already.
fn named(text: &str, carried: &Carried) -> Option<String> {
    let mut piece: DocumentMut = text.parse().ok()?;
    let table: &mut Table = piece.get_mut("order")?.as_array_of_tables_mut()?.get_mut(0)?;
    for (key, value) in [("profile", &carried.profile), ("region", &carried.region)] {
        if let Some(value) = value {
            set(table, key, Some(value));
        }
    }
    Some(piece.to_string())
}
