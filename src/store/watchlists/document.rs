//! The text of a watchlist file and where in it each order stands.
//!
//! The text is the truth and is edited by the piece: `toml_edit` says where the tables are, so that what an edit does
//! not mean to change keeps every byte, comments, blank lines and unknown keys included.

use crate::domain::watchlist::Following;
use crate::domain::{Entry, PhoneNumberOrderId, Text};
use std::collections::HashSet;
use std::ops::Range;
use std::sync::Arc;
use toml_edit::{Item, Table, TableLike};

/// A file that parses.
#[derive(Clone, Debug)]
pub(super) struct Document {
    /// All of it.
    pub(super) text: String,
    /// The profile of the list.
    pub(super) profile: Option<Arc<str>>,
    /// The region of the list.
    pub(super) region: Option<Arc<str>>,
    /// Whether it takes in the new orders of its account.
    pub(super) following: Following,
    /// Orders that it does not take in.
    pub(super) except: Vec<PhoneNumberOrderId>,
    /// Where the line of the first table's header begins: what stands above it are the keys of the list.
    pub(super) head: usize,
    /// Its `[[order]]` tables, in the order of the file; they do not overlap.
    pub(super) blocks: Vec<Block>,
    /// What is wrong with single values.
    pub(super) warnings: Vec<Flaw>,
}

/// One `[[order]]` table.
#[derive(Clone, Debug)]
pub(super) struct Block {
    /// Its bytes, with the comment right above it and the blank lines above that.
    pub(super) range: Range<usize>,
    /// Where the line of its `[[order]]` begins.
    pub(super) header: usize,
    /// What it says; none where its id is no order id or stands further up already.
    pub(super) entry: Option<Entry>,
}

/// What is wrong in which line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Flaw {
    /// Counted from 1.
    pub(super) line: usize,
    /// What is wrong, without a full stop.
    pub(super) what: String,
}

/// A header of any table: where the blank lines and comments above it begin, and where its line does.
struct Header {
    above: usize,
    line: usize,
    order: Option<usize>,
}

impl Document {
    /// A file that is not there yet.
    pub(super) fn empty() -> Self {
        Self {
            text: String::new(),
            profile: None,
            region: None,
            following: Following::Nothing,
            except: Vec::new(),
            head: 0,
            blocks: Vec::new(),
            warnings: Vec::new(),
        }
    }

    /// Reads a file.
    ///
    /// # Errors
    /// What does not parse, or is no list of orders, and the line of it.
    pub(super) fn parse(text: String) -> Result<Self, Flaw> {
        let parsed = toml_edit::Document::parse(text.as_str()).map_err(|error| Flaw {
            line: line_of(&text, error.span().map_or(0, |span| span.start)),
            what: error.message().to_owned(),
        })?;
        let mut flaws = Flaws { text: &text, found: Vec::new() };
        let root = parsed.as_table();
        let profile = flaws.name(root, "profile");
        let region = flaws.name(root, "region");
        let following = flaws.following(root);
        let except = flaws.except(root);
        let headers = headers(&text, root);
        let head = headers.first().map_or(text.len(), |first| first.line);
        let mut blocks = Vec::new();
        if let Some(item) = root.get("order") {
            let Item::ArrayOfTables(orders) = item else {
                let at = item.span().map_or(0, |span| span.start);
                let what = "'order' has to be [[order]] tables".to_owned();
                return Err(Flaw { line: line_of(&text, at), what });
            };
            let end = parsed.trailing().span().map_or(text.len(), |span| span.start);
            let ranges = ranges(&text, &headers, line_after(&text, end));
            let mut known = HashSet::new();
            for (order, (range, header)) in orders.iter().zip(ranges) {
                let entry = flaws.entry(order, header).filter(|entry| {
                    let is_new = known.insert(entry.id);
                    if !is_new {
                        flaws.add(header, format!("{} is in the list already; left out", entry.id));
                    }
                    is_new
                });
                blocks.push(Block { range, header, entry });
            }
        }
        let warnings = flaws.in_lines();
        Ok(Self { text, profile, region, following, except, head, blocks, warnings })
    }

    /// What its orders are, in the order of the file.
    pub(super) fn entries(&self) -> impl Iterator<Item = &Entry> {
        self.blocks.iter().filter_map(|block| block.entry.as_ref())
    }

    /// The end of a line as this file has it.
    pub(super) fn newline(&self) -> &'static str {
        if self.text.contains("\r\n") { "\r\n" } else { "\n" }
    }
}

/// The headers of all tables, in the order of the text; tables within an order belong to it and have none.
fn headers(text: &str, root: &Table) -> Vec<Header> {
    let mut found = Vec::new();
    let mut waiting: Vec<&Table> = Vec::new();
    for (key, item) in root {
        match item {
            Item::ArrayOfTables(orders) if key == "order" => {
                found
                    .extend(orders.iter().enumerate().map(|(index, order)| header(text, order, Some(index))));
            }
            Item::ArrayOfTables(tables) => waiting.extend(tables),
            Item::Table(table) => waiting.push(table),
            Item::None | Item::Value(_) => {}
        }
    }
    while let Some(table) = waiting.pop() {
        if !table.is_implicit() && !table.is_dotted() {
            found.push(header(text, table, None));
        }
        for (_, item) in table {
            match item {
                Item::ArrayOfTables(tables) => waiting.extend(tables),
                Item::Table(table) => waiting.push(table),
                Item::None | Item::Value(_) => {}
            }
        }
    }
    found.sort_by_key(|header| header.line);
    found
}

fn header(text: &str, table: &Table, order: Option<usize>) -> Header {
    let start = table.span().map_or(0, |span| span.start);
    let line = text.get(..start).and_then(|before| before.rfind('\n')).map_or(0, |newline| newline + 1);
    let above = table.decor().prefix().and_then(toml_edit::RawString::span).map_or(line, |span| span.start);
    Header { above: line_after(text, above).min(line), line, order }
}

/// The range and the header line of each order. An order ends where what stands above the next header begins.
fn ranges(text: &str, headers: &[Header], end: usize) -> Vec<(Range<usize>, usize)> {
    let mut ranges = Vec::new();
    let mut following = headers.iter().skip(1).map(|next| next.above).chain([end]);
    for header in headers {
        let end = following.next().unwrap_or(end);
        if header.order.is_some() {
            let above = text.get(header.above..header.line).unwrap_or_default();
            ranges.push((header.line - own_part(above)..end, header.line));
        }
    }
    ranges
}

/// How many bytes of what stands above a header belong to it: the comment that touches it and the blank lines above
/// that. A comment set apart by a blank line is a heading for what follows and stays when one order goes.
fn own_part(above: &str) -> usize {
    let mut lines = above.split_inclusive('\n').rev().peekable();
    let mut length = 0;
    while let Some(line) = lines.next_if(|line| line.trim_start().starts_with('#')) {
        length += line.len();
    }
    while let Some(line) = lines.next_if(|line| line.trim().is_empty()) {
        length += line.len();
    }
    length
}

/// `at` where a line begins there, else the beginning of the next line.
fn line_after(text: &str, at: usize) -> usize {
    let begins = at == 0 || text.as_bytes().get(at - 1) == Some(&b'\n');
    if begins {
        return at;
    }
    text.get(at..).and_then(|rest| rest.find('\n')).map_or(text.len(), |newline| at + newline + 1)
}

/// The line in which byte `at` stands, counted from 1.
fn line_of(text: &str, at: usize) -> usize {
    1 + text.get(..at).unwrap_or_default().matches('\n').count()
}

/// Collects what is wrong with single values.
struct Flaws<'a> {
    text: &'a str,
    found: Vec<(usize, String)>,
}

impl Flaws<'_> {
    fn add(&mut self, at: usize, what: String) {
        self.found.push((at, what));
    }

    /// The order of a table, where its id is one.
    fn entry(&mut self, order: &Table, header: usize) -> Option<Entry> {
        let Some(id) = self.string(order, "id") else {
            if !order.contains_key("id") {
                self.add(header, "this order has no id; left out".to_owned());
            }
            return None;
        };
        let id = match PhoneNumberOrderId::parse(id) {
            Ok(id) => id,
            Err(reason) => {
                let at = order.get("id").and_then(Item::span).map_or(header, |span| span.start);
                self.add(at, format!("'{id}' is no order ID: {reason}; left out"));
                return None;
            }
        };
        let mut text = |key| self.string(order, key).filter(|text| !text.is_empty()).map(Text::new);
        let (label, note) = (text("label"), text("note"));
        Some(Entry {
            id,
            label,
            note,
            profile: self.name(order, "profile"),
            region: self.name(order, "region"),
        })
    }

    fn following(&mut self, root: &Table) -> Following {
        let Some(item) = root.get("follow_account") else { return Following::Nothing };
        if item.as_bool().is_none() {
            let what = "follow_account has to be true or false; left out".to_owned();
            self.add(item.span().map_or(0, |span| span.start), what);
        }
        if item.as_bool() == Some(true) { Following::Account } else { Following::Nothing }
    }

    fn except(&mut self, root: &Table) -> Vec<PhoneNumberOrderId> {
        let Some(item) = root.get("except") else { return Vec::new() };
        let Some(excepted) = item.as_array() else {
            let what = "except has to be a list of order IDs, as except = [\"...\"]; left out".to_owned();
            self.add(item.span().map_or(0, |span| span.start), what);
            return Vec::new();
        };
        let mut ids = Vec::with_capacity(excepted.len());
        for value in excepted {
            let at = value.span().map_or(0, |span| span.start);
            match value.as_str().map(|id| (id, PhoneNumberOrderId::parse(id))) {
                Some((_, Ok(id))) => ids.push(id),
                Some((id, Err(reason))) => {
                    self.add(at, format!("'{id}' is no order ID: {reason}; left out"));
                }
                None => self.add(at, "except holds order IDs only; left out".to_owned()),
            }
        }
        ids
    }

    fn name(&mut self, table: &dyn TableLike, key: &str) -> Option<Arc<str>> {
        self.string(table, key).filter(|name| !name.is_empty()).map(Arc::from)
    }

    fn string<'t>(&mut self, table: &'t dyn TableLike, key: &str) -> Option<&'t str> {
        let item = table.get(key)?;
        if item.as_str().is_none() {
            let what = format!("{key} has to be a text, as {key} = \"...\"; left out");
            self.add(item.span().map_or(0, |span| span.start), what);
        }
        item.as_str()
    }

    /// The flaws in the order of the file, with their lines.
    fn in_lines(self) -> Vec<Flaw> {
        let mut found = self.found;
        found.sort_by_key(|(at, _)| *at);
        let (mut line, mut passed) = (1, 0);
        found
            .into_iter()
            .map(|(at, what)| {
                line += self.text.get(passed..at).unwrap_or_default().matches('\n').count();
                passed = passed.max(at);
                Flaw { line, what }
            })
            .collect()
    }
}

#[cfg(test)]
mod tests;
