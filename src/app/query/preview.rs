//! The preview of a paste: what was found, what of it would be added, what keys do about it.

use super::line::{Line, Role, count, flow, thousands, wrap};
use super::order::OrderLine;
use super::rows::{Cursor, first_line};
use crate::app::action::Action;
use crate::app::key_names::KeyNames;
use crate::app::model::Preview;
use crate::domain::{Entry, found, name};

/// Cells of text that it is never wider than.
pub const WIDTH: u16 = 72;

impl Preview {
    /// `12 IDs found: 9 new, 2 watched already, 1 twice.`
    pub fn sentence(&self) -> String {
        let found = self.new.len() + self.watched + self.repeated + self.beyond;
        let parts = [
            (self.new.len(), "new"),
            (self.watched, "watched already"),
            (self.repeated, "twice"),
            (self.beyond, "beyond the limit"),
        ];
        let parts: Vec<_> = parts
            .into_iter()
            .filter(|(count, _)| *count > 0)
            .map(|(count, what)| format!("{} {what}", thousands(count)))
            .collect();
        format!("{} found: {}.", count(found, "ID", "IDs"), parts.join(", "))
    }

    /// Those that enter adds: the new ones without those that were left out.
    pub fn added(&self) -> Vec<Entry> {
        self.new.iter().filter(|entry| !self.left_out.contains(&entry.id)).cloned().collect()
    }
}

/// What the keys do: `enter adds 9`, `space leaves one out`, `esc none`.
fn answers(preview: &Preview, keys: &KeyNames) -> Vec<String> {
    let [adds, marks, none] = [Action::Open, Action::MarkOrder, Action::Back].map(|action| keys.of(action));
    let (new, left_out) = (preview.new.len(), preview.left_out.len());
    let none = format!("{none} none");
    match (new, left_out) {
        (1, 0) => vec![format!("{adds} adds 1"), none],
        (new, 0) => {
            vec![format!("{adds} adds {}", thousands(new)), format!("{marks} leaves one out"), none]
        }
        (new, left_out) => {
            vec![format!("{adds} adds {} of {}", thousands(new - left_out), thousands(new)), none]
        }
    }
}

/// `12 IDs found: 9 new, 2 watched already, 1 twice.  enter adds 9   space leaves one out   esc none`, in lines that
/// break no hint.
fn said(preview: &Preview, keys: &KeyNames, width: usize) -> Vec<String> {
    let (sentence, answers) = (preview.sentence(), answers(preview, keys));
    let line = format!("{sentence}  {}", answers.join("   "));
    if line.chars().count() <= width {
        return vec![line];
    }
    let mut lines = wrap(&sentence, width);
    lines.extend(flow(&answers, width));
    lines
}

/// `1 looks like an ID but is none: 3f2a91c0-77aa has 2 groups instead of 5 (8-4-4-4-12).`, and what was not read.
pub fn warnings(preview: &Preview) -> Vec<String> {
    let miss = preview.miss.as_ref().map(|miss| match preview.missed {
        1 => format!("1 looks like an ID but is none: {}: {}.", miss.word, miss.why),
        more => {
            format!("{} look like IDs but are none, the first: {}: {}.", thousands(more), miss.word, miss.why)
        }
    });
    let beyond = (preview.beyond > 0).then(|| {
        format!("One text adds {} orders at most. Paste the others after these.", thousands(found::MOST))
    });
    let unread = (preview.unread > 0).then(|| {
        let kib = preview.unread.div_ceil(1024);
        format!(
            "The last {} KiB were not read: a paste is read up to 1 MiB, standard input to 10.",
            thousands(kib)
        )
    });
    miss.into_iter().chain(beyond).chain(unread).collect()
}

/// What it says above the orders, in lines as wide as it is.
pub fn text(preview: &Preview, keys: &KeyNames, width: u16) -> Vec<(String, Role)> {
    let width = usize::from(width.saturating_sub(2).max(1));
    let said = said(preview, keys, width).into_iter().map(|line| (line, Role::Plain));
    let warned = warnings(preview).into_iter().flat_map(|text| wrap(&text, width));
    said.chain(warned.map(|line| (line, Role::Need))).collect()
}

/// A line of air above what it says, where there is room.
pub const fn air(height: usize) -> usize {
    if height > 4 { 1 } else { 0 }
}

/// How many of the orders are visible below the text, in an area of that size.
pub fn page(preview: &Preview, keys: &KeyNames, width: u16, height: usize) -> usize {
    let above = air(height) + text(preview, keys, width).len() + 1;
    height.saturating_sub(above).max(1)
}

/// The new orders that are visible, so that one sees what would be added, and how many follow below.
pub fn lines(preview: &Preview, page: usize) -> (Vec<OrderLine<'_>>, usize) {
    let total = preview.new.len();
    let first = first_line(preview.offset, preview.cursor, total, page);
    let visible = preview.new.iter().enumerate().skip(first).take(page);
    let lines = visible
        .map(|(at, entry)| OrderLine { cursor: Cursor::at(at, preview.cursor), line: line(preview, entry) });
    (lines.collect(), total.saturating_sub(first + page))
}

/// One that is added carries a mark, as orders of a list do.
fn line<'m>(preview: &Preview, entry: &Entry) -> Line<'m> {
    let (mark, role) =
        if preview.left_out.contains(&entry.id) { (" ", Role::Dim) } else { ("*", Role::Plain) };
    let line = Line::of(" ", Role::Plain).then(mark, Role::Need).then(format!(" {}", entry.id), role);
    match (&entry.label, role) {
        (None, _) => line,
        (Some(_), role) => {
            let role = if role == Role::Dim { Role::Dim } else { Role::Strong };
            line.then(format!("  {}", name::of(&entry.id, entry.label.as_ref(), None)), role)
        }
    }
}
