//! Edits of a watchlist's text, piece by piece.

use super::document::Document;
use super::head;
use crate::domain::watchlist::{Description, Edit, Entry, Removed};
use crate::domain::{PhoneNumberOrderId, Text};
use std::collections::{HashMap, HashSet};
use toml_edit::{ArrayOfTables, DocumentMut, Item, Table, Value};

/// A text after an edit, and what the edit took out of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Applied {
    pub(super) text: String,
    pub(super) removed: Vec<Removed>,
}

/// Applies an edit. What it does not mean to change keeps every byte.
pub(super) fn apply(document: &Document, edit: &Edit) -> Applied {
    let unremoved = |text| Applied { text, removed: Vec::new() };
    match edit {
        Edit::Add(entries) => {
            let ids: Vec<_> = entries.iter().map(|entry| entry.id).collect();
            unremoved(
                head::admit(document, &ids)
                    .map_or_else(|| add(document, entries), |admitting| add(&admitting, entries)),
            )
        }
        Edit::Remove(ids) => remove(document, ids),
        Edit::Restore(removed) => unremoved(restore(document, removed)),
        Edit::Describe(descriptions) => unremoved(describe(document, descriptions)),
        Edit::Move { id, region } => unremoved(relocate(document, id, region.as_deref())),
        Edit::SetProfile(profile) => unremoved(head::name(document, "profile", profile.as_deref())),
        Edit::SetRegion(region) => unremoved(head::name(document, "region", region.as_deref())),
        Edit::Follow(following) => unremoved(head::follow(document, *following)),
    }
}

/// A list's text with nothing but its profile and its region.
pub(super) fn empty(profile: Option<&str>, region: Option<&str>) -> String {
    let mut document = DocumentMut::new();
    set(&mut document, "profile", profile);
    set(&mut document, "region", region);
    document.to_string()
}

fn add(document: &Document, entries: &[Entry]) -> String {
    let mut known: HashSet<_> = document.entries().map(|entry| entry.id).collect();
    let mut text = document.text.clone();
    let newline = document.newline();
    for entry in entries.iter().filter(|entry| known.insert(entry.id)) {
        if !text.is_empty() {
            if !text.ends_with('\n') {
                text.push_str(newline);
            }
            text.push_str(newline);
        }
        text.push_str(&with_newlines(&block(entry), newline));
    }
    text
}

/// The `[[order]]` table of an entry.
fn block(entry: &Entry) -> String {
    let mut table = Table::new();
    set(&mut table, "id", Some(entry.id.as_str()));
    set(&mut table, "label", entry.label.as_ref().map(Text::raw));
    set(&mut table, "note", entry.note.as_ref().map(Text::raw));
    set(&mut table, "profile", entry.profile.as_deref());
    set(&mut table, "region", entry.region.as_deref());
    let mut document = DocumentMut::new();
    document.insert("order", Item::ArrayOfTables(ArrayOfTables::from_iter([table])));
    document.to_string()
}

/// Sets a text; an empty one, or none, takes the key out.
pub(super) fn set(table: &mut Table, key: &str, text: Option<&str>) {
    let Some(text) = text.filter(|text| !text.is_empty()) else {
        table.remove(key);
        return;
    };
    match table.get_mut(key).and_then(Item::as_value_mut) {
        Some(known) if known.as_str() == Some(text) => {}
        // The comment behind it stays.
        Some(known) => {
            let decor = known.decor().clone();
            *known = Value::from(text);
            *known.decor_mut() = decor;
        }
        None => {
            table.insert(key, toml_edit::value(text));
        }
    }
}

fn remove(document: &Document, ids: &[PhoneNumberOrderId]) -> Applied {
    let ids: HashSet<_> = ids.iter().collect();
    let mut applied = Applied { text: String::with_capacity(document.text.len()), removed: Vec::new() };
    let (mut copied, mut place) = (0, 0);
    let mut excepted = head::except(document, &ids);
    if let Some(piece) = &excepted {
        applied.text.push_str(document.text.get(..piece.at).unwrap_or_default());
        applied.text.push_str(&piece.after);
        copied = piece.at + piece.before.len();
    }
    for block in &document.blocks {
        let Some(entry) = &block.entry else { continue };
        if ids.contains(&entry.id) {
            applied.text.push_str(document.text.get(copied..block.range.start).unwrap_or_default());
            copied = block.range.end;
            applied.removed.push(Removed {
                entry: entry.clone(),
                place,
                offset: block.range.start,
                text: document.text.get(block.range.clone()).unwrap_or_default().to_owned(),
                excepted: excepted.take(),
            });
        }
        place += 1;
    }
    applied.text.push_str(document.text.get(copied..).unwrap_or_default());
    applied
}

/// Admits the orders again that the removal excepted, then puts them back.
fn restore(document: &Document, removed: &[Removed]) -> String {
    let as_it_was = removed.iter().find_map(|piece| piece.excepted.as_ref()).and_then(|piece| {
        let end = piece.at.checked_add(piece.after.len())?;
        let is_there = document.text.get(piece.at..end)? == piece.after;
        let text = is_there.then(|| head::replaced(&document.text, piece.at..end, &piece.before))?;
        Document::parse(text).ok()
    });
    let ids: Vec<_> = removed.iter().map(|piece| piece.entry.id).collect();
    match as_it_was.or_else(|| head::admit(document, &ids)) {
        Some(admitting) => put_back(&admitting, removed),
        None => put_back(document, removed),
    }
}

/// Puts each piece back at its byte, or, where the file was edited since so that the byte is no place for it, before
/// the order that now has its place.
fn put_back(document: &Document, removed: &[Removed]) -> String {
    let mut known: HashSet<_> = document.entries().map(|entry| entry.id).collect();
    let mut pieces: Vec<&Removed> = removed.iter().filter(|piece| known.insert(piece.entry.id)).collect();
    pieces.sort_by_key(|piece| (piece.offset, piece.place));
    exactly(document, &pieces)
        .filter(|text| holds(text, &pieces))
        .unwrap_or_else(|| by_place(document, &pieces))
}

fn holds(text: &str, pieces: &[&Removed]) -> bool {
    Document::parse(text.to_owned()).is_ok_and(|document| {
        let ids: HashSet<_> = document.entries().map(|entry| entry.id).collect();
        pieces.iter().all(|piece| ids.contains(&piece.entry.id))
    })
}

/// The text with the pieces at their bytes; none where one of them would tear something apart.
fn exactly(document: &Document, pieces: &[&Removed]) -> Option<String> {
    let mut text = String::with_capacity(document.text.len());
    let (mut copied, mut restored) = (0, 0);
    let keys = head::end_of_keys(document).unwrap_or(0);
    for piece in pieces {
        // Offsets are of the text before the removal: what is restored before a piece moves it to its place.
        let at = piece
            .offset
            .checked_sub(restored)
            .filter(|at| keys <= *at && is_between_orders(document, *at))?;
        text.push_str(document.text.get(copied..at)?);
        text.push_str(&piece.text);
        copied = at;
        restored += piece.text.len();
    }
    text.push_str(document.text.get(copied..)?);
    Some(text)
}

fn is_between_orders(document: &Document, at: usize) -> bool {
    let after = document.blocks.partition_point(|block| block.range.end <= at);
    let is_free = document.blocks.get(after).is_none_or(|block| at <= block.range.start);
    is_free && (at == 0 || document.text.as_bytes().get(at - 1) == Some(&b'\n'))
}

fn by_place(document: &Document, pieces: &[&Removed]) -> String {
    let starts: Vec<usize> =
        document.blocks.iter().filter(|block| block.entry.is_some()).map(|block| block.range.start).collect();
    let newline = document.newline();
    let mut text = String::with_capacity(document.text.len());
    let mut copied = 0;
    for (restored, piece) in pieces.iter().enumerate() {
        let at = piece.place.checked_sub(restored).and_then(|place| starts.get(place).copied());
        let at = at.unwrap_or(document.text.len()).max(copied);
        text.push_str(document.text.get(copied..at).unwrap_or_default());
        if !text.is_empty() && !text.ends_with('\n') {
            text.push_str(newline);
        }
        text.push_str(&piece.text);
        if !text.ends_with('\n') {
            text.push_str(newline);
        }
        copied = at;
    }
    text.push_str(document.text.get(copied..).unwrap_or_default());
    text
}

fn describe(document: &Document, descriptions: &[Description]) -> String {
    let descriptions: HashMap<_, _> = descriptions.iter().map(|each| (each.id, each)).collect();
    with_tables(document, |id, table| {
        let description = descriptions.get(id)?;
        set(table, "label", description.label.as_ref().map(Text::raw));
        set(table, "note", description.note.as_ref().map(Text::raw));
        Some(())
    })
}

fn relocate(document: &Document, id: &PhoneNumberOrderId, region: Option<&str>) -> String {
    with_tables(document, |other, table| (other == id).then(|| set(table, "region", region)))
}

/// The text with the tables changed in which `change` finds something to change; what it leaves alone keeps every
/// byte.
fn with_tables(
    document: &Document,
    change: impl Fn(&PhoneNumberOrderId, &mut Table) -> Option<()>,
) -> String {
    let whole = &document.text;
    let mut text = String::with_capacity(whole.len());
    let mut copied = 0;
    for block in &document.blocks {
        let Some(entry) = &block.entry else { continue };
        let changed = whole.get(block.header..block.range.end).and_then(|piece| {
            let mut piece: DocumentMut = piece.parse().ok()?;
            change(&entry.id, piece.get_mut("order")?.as_array_of_tables_mut()?.get_mut(0)?)?;
            Some(with_newlines(&piece.to_string(), document.newline()))
        });
        if let Some(changed) = changed {
            text.push_str(whole.get(copied..block.header).unwrap_or_default());
            text.push_str(&changed);
            copied = block.range.end;
        }
    }
    text.push_str(whole.get(copied..).unwrap_or_default());
    text
}

/// `toml_edit` writes `\n`; a file with `\r\n` keeps its own.
pub(super) fn with_newlines(text: &str, newline: &str) -> String {
    if newline == "\n" { text.to_owned() } else { text.replace("\r\n", "\n").replace('\n', newline) }
}

#[cfg(test)]
mod tests;
