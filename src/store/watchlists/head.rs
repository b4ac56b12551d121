//! The keys of a list itself, above its first table: profile, region, whether it follows its account, what it does
//! not take in. A key is changed in its own bytes; one that is new stands after the others.

use super::document::Document;
use super::edit::with_newlines;
use crate::domain::PhoneNumberOrderId;
use crate::domain::watchlist::{Following, Replaced};
use std::collections::HashSet;
use std::ops::Range;
use toml_edit::{Array, DocumentMut, Item, RawString, Value};

/// A key in the text.
struct Setting {
    /// Its lines, with the comment behind it.
    lines: Range<usize>,
    /// Its value.
    value: Range<usize>,
}

/// The text with another profile or region; none takes the key out.
pub(super) fn name(document: &Document, key: &str, name: Option<&str>) -> String {
    let known = match key {
        "profile" => document.profile.as_deref(),
        _ => document.region.as_deref(),
    };
    let name = name.filter(|name| !name.is_empty());
    if known == name {
        return document.text.clone();
    }
    changed(document, key, name.map(|name| Value::from(name).to_string()))
}

/// The text of a list that follows its account, or does not.
pub(super) fn follow(document: &Document, following: Following) -> String {
    if document.following == following {
        return document.text.clone();
    }
    let value = match following {
        Following::Nothing => None,
        Following::Account => Some("true".to_owned()),
    };
    changed(document, "follow_account", value)
}

fn changed(document: &Document, key: &str, value: Option<String>) -> String {
    match replacing(document, key, value) {
        Some(Replaced { at, before, after }) => replaced(&document.text, at..at + before.len(), &after),
        None => document.text.clone(),
    }
}

/// What keeps a list that follows its account from taking in those of its orders that are removed; none where it
/// follows nobody.
pub(super) fn except(document: &Document, ids: &HashSet<&PhoneNumberOrderId>) -> Option<Replaced> {
    if document.following == Following::Nothing {
        return None;
    }
    let excepted: HashSet<_> = document.except.iter().collect();
    let removed = document.entries().map(|entry| &entry.id).filter(|id| ids.contains(id));
    let new: Vec<_> = removed.filter(|id| !excepted.contains(id)).collect();
    if new.is_empty() {
        return None;
    }
    let mut list = array(document)?;
    for id in new {
        push(&mut list, id);
    }
    replacing(document, "except", Some(list.to_string()))
}

/// Adds an order at the end. A list with a line for each has one for the new one too, and the comment behind the last
/// one stays behind it.
fn push(list: &mut Array, id: &PhoneNumberOrderId) {
    let text = |raw: Option<&RawString>| raw.and_then(RawString::as_str).unwrap_or_default().to_owned();
    let before_last = text(list.iter().last().and_then(|last| last.decor().prefix()));
    let Some((_, indent)) = before_last.rsplit_once('\n') else {
        list.push(id.as_str());
        return;
    };
    let has_comma = list.trailing_comma();
    let place = list.len().saturating_sub(1);
    let behind = match list.get_mut(place) {
        Some(value) if !has_comma => {
            let behind = text(value.decor().suffix());
            value.decor_mut().set_suffix("");
            behind
        }
        Some(_) | None => text(Some(list.trailing())),
    };
    let (comment, rest) = behind.split_once('\n').unwrap_or_default();
    let rest = format!("\n{rest}");
    let (suffix, trailing) = if has_comma { ("", rest.as_str()) } else { (rest.as_str(), "") };
    list.push_formatted(Value::from(id.as_str()).decorated(format!("{comment}\n{indent}"), suffix));
    list.set_trailing(trailing);
}

/// The list without an exception for these orders; none where it has none.
pub(super) fn admit(document: &Document, ids: &[PhoneNumberOrderId]) -> Option<Document> {
    let ids: HashSet<_> = ids.iter().collect();
    if !document.except.iter().any(|id| ids.contains(id)) {
        return None;
    }
    let mut list = array(document)?;
    let is_meant = |value: &Value| {
        value.as_str().and_then(|id| PhoneNumberOrderId::parse(id).ok()).is_some_and(|id| ids.contains(&id))
    };
    list.retain(|value| !is_meant(value));
    let value = (!list.is_empty()).then(|| list.to_string());
    Document::parse(changed(document, "except", value)).ok()
}

/// The exceptions as the file has them; none where the key holds something else.
fn array(document: &Document) -> Option<Array> {
    let parsed: DocumentMut = document.text.get(..document.head)?.parse().ok()?;
    match parsed.get("except") {
        None => Some(Array::new()),
        Some(item) => item.as_array().cloned().map(|mut array| {
            array.decor_mut().clear();
            array
        }),
    }
}

/// What gives a key of the head this value; none where there is nothing to do.
fn replacing(document: &Document, key: &str, value: Option<String>) -> Option<Replaced> {
    let text = &document.text;
    let newline = document.newline();
    let value = value.map(|value| with_newlines(value.trim(), newline));
    let (at, after) = match (setting(document, key), value) {
        (None, None) => return None,
        (Some(known), Some(value)) => (known.value, value),
        (Some(known), None) => (known.lines, String::new()),
        (None, Some(value)) => {
            let at = place_for_new(document);
            let before = text.get(..at).unwrap_or_default();
            let rest = text.get(at..document.head).unwrap_or_default();
            let mut line = String::new();
            if !before.is_empty() && !before.ends_with('\n') {
                line.push_str(newline);
            }
            // Below a heading there is a blank line, and above what follows.
            if !before.is_empty()
                && before.lines().last().is_some_and(|line| line.trim_start().starts_with('#'))
            {
                line.push_str(newline);
            }
            line.extend([key, " = ", value.as_str(), newline]);
            let is_set_apart = rest.lines().next().is_some_and(|line| line.trim().is_empty());
            if at < text.len() && !is_set_apart {
                line.push_str(newline);
            }
            (at..at, line)
        }
    };
    let before = text.get(at.clone())?.to_owned();
    (before != after).then_some(Replaced { at: at.start, before, after })
}

fn setting(document: &Document, key: &str) -> Option<Setting> {
    let head = document.text.get(..document.head)?;
    let parsed = toml_edit::Document::parse(head).ok()?;
    let (key, item) = parsed.as_table().get_key_value(key)?;
    let start = key.span()?.start;
    let value = item.span()?;
    Some(Setting { lines: line_start(head, start)..line_end(head, value.end), value })
}

/// After the last key of the head; where it has none, below the comment that heads the file.
fn place_for_new(document: &Document) -> usize {
    if let Some(end) = end_of_keys(document) {
        return end;
    }
    let head = document.text.get(..document.head).unwrap_or_default();
    let comment: usize =
        head.split_inclusive('\n').take_while(|line| line.starts_with('#')).map(str::len).sum();
    let below = head.get(comment..).and_then(|rest| rest.lines().next());
    if below.is_some_and(|line| line.trim().is_empty()) { comment } else { 0 }
}

/// Where the line after the last key of the head begins; none where it has no key.
pub(super) fn end_of_keys(document: &Document) -> Option<usize> {
    let head = document.text.get(..document.head)?;
    let parsed = toml_edit::Document::parse(head).ok()?;
    let end = parsed.as_table().iter().filter_map(|(_, item)| end_of(item)).max()?;
    Some(line_end(head, end))
}

/// Where an item of the head ends: keys with dots are tables here.
fn end_of(item: &Item) -> Option<usize> {
    match item {
        Item::Table(table) => table.iter().filter_map(|(_, item)| end_of(item)).max(),
        Item::Value(Value::InlineTable(table)) if table.is_dotted() => {
            table.iter().filter_map(|(_, value)| value.span()).map(|span| span.end).max()
        }
        Item::None | Item::Value(_) | Item::ArrayOfTables(_) => item.span().map(|span| span.end),
    }
}

fn line_start(text: &str, at: usize) -> usize {
    text.get(..at).and_then(|before| before.rfind('\n')).map_or(0, |newline| newline + 1)
}

fn line_end(text: &str, at: usize) -> usize {
    text.get(at..).and_then(|rest| rest.find('\n')).map_or(text.len(), |newline| at + newline + 1)
}

/// A text with another piece in the place of `range`.
pub(super) fn replaced(text: &str, range: Range<usize>, piece: &str) -> String {
    let (before, after) =
        (text.get(..range.start).unwrap_or_default(), text.get(range.end..).unwrap_or_default());
    [before, piece, after].concat()
}

#[cfg(test)]
mod tests;
