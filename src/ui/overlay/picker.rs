//! A picker: the field on top, the lines to choose from, what else there is to know, its keys.

use super::Frame;
use crate::app::action::Context;
use crate::app::layout::Furniture;
use crate::app::model::Field;
use crate::app::query::line::thousands;
use crate::app::query::overlay::Focus;
use crate::app::query::picker::{HintKey, KeyHint, Marked, Row, RowDetail, View};
use crate::app::query::rows::Cursor;
use crate::app::query::{Mark, Role};
use crate::keymap::Keymap;
use crate::ui::pen::{Pen, rect};
use crate::ui::theme::Theme;
use crate::ui::{field, fit, symbols};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

/// Cells between hints, and between columns.
const GAP: u16 = 3;
const COLUMN_GAP: u16 = 2;
/// Cells before a line's words: the cursor's bar, the mark, air.
const GUTTER: u16 = 3;
/// Fewer cells than this say nothing of what stands beside a name.
const WORDS: u16 = 10;
/// The longest state that AWS spells.
const STATUS: u16 = 16;
const SHORT_STATUS: u16 = 4;
/// Cells for `12,345/50,000` would be many: nearly all orders have up to three digits.
const DONE: u16 = 7;
const CREATED: u16 = 5;
/// Cells for a list's key, for `12,345 orders`, `!123`, `100 d ago`, `here`.
const LIST_KEY: u16 = 1;
const ORDERS: u16 = 13;
/// Cells for `12,345`.
const COUNT: u16 = 6;
const NEEDING: u16 = 4;
const AGE: u16 = 9;
const WORD: u16 = 4;
/// From these widths on an order's state is a whole word, four letters of it, a symbol; its age is said.
const WHOLE_STATUS_FROM: u16 = 60;
const SHORT_STATUS_FROM: u16 = 44;
const CREATED_FROM: u16 = 34;

/// A picker.
#[derive(Debug)]
pub struct Picker<'m> {
    /// What it says.
    pub said: View<'m>,
    /// Its field.
    pub field: &'m Field,
    /// The keys, and those of the screen below.
    pub keymap: &'m Keymap,
    /// Which keys the screen below has.
    pub below: Context,
    /// The look.
    pub theme: Theme,
}

impl Picker<'_> {
    /// Draws all of it.
    pub fn draw(&self, buffer: &mut Buffer) {
        let areas = self.said.areas;
        let frame = Frame { title: "", furniture: Furniture::Bare, theme: self.theme };
        if areas.furniture == Furniture::Boxes {
            Frame { title: &self.said.title, furniture: areas.furniture, ..frame }.draw(areas.frame, buffer);
        } else {
            frame.draw(areas.frame, buffer);
        }
        let mut pen = Pen::new(buffer, self.theme);
        let title = rect(areas.title);
        if !title.is_empty() {
            pen.text(title.x + 1, title.y, title.width.saturating_sub(2), &self.said.title, Role::Strong);
        }
        self.draw_field(&mut pen, rect(areas.field));
        let message = rect(areas.message);
        for (y, line) in (message.top()..message.bottom()).zip(&self.said.message) {
            pen.text(message.x + 1, y, message.width.saturating_sub(2), line, Role::Need);
        }
        self.draw_rows(&mut pen, rect(areas.rows));
        let note = rect(areas.note);
        if let Some((text, role)) = self.said.note.as_ref().filter(|_| !note.is_empty()) {
            pen.text(note.x + 1, note.y, note.width.saturating_sub(2), text, *role);
        }
        self.draw_keys(&mut pen, rect(areas.help));
    }

    fn draw_field(&self, pen: &mut Pen<'_>, area: Rect) {
        let count = &self.said.count;
        let taken = fit::width(count) + 2;
        let room = area.width.saturating_sub(taken + 1);
        field::draw(pen, area.x + 1, area.y, room, self.said.prompt, self.field, Focus::Here);
        pen.right(area.right().saturating_sub(1), area.y, taken, count, Role::Dim);
    }

    fn draw_rows(&self, pen: &mut Pen<'_>, area: Rect) {
        if let Some(nothing) = &self.said.nothing {
            pen.text(area.x + GUTTER, area.y, area.width.saturating_sub(GUTTER + 1), nothing, Role::Plain);
        }
        for (y, row) in (area.top()..area.bottom()).zip(&self.said.rows) {
            let line = Rect { y, height: 1, width: area.width.saturating_sub(1), ..area };
            self.draw_row(pen, line, row);
        }
    }

    fn draw_row(&self, pen: &mut Pen<'_>, line: Rect, row: &Row<'_>) {
        let end = line.right();
        let mut x = line.x + GUTTER;
        let is_here = row.cursor == Cursor::Here;
        if row.marked == Marked::Yes {
            pen.text(line.x + 1, line.y, 1, symbols::MARKED, Role::Key);
        }
        if let RowDetail::Order { mark, .. } | RowDetail::Symbol(mark) = &row.detail {
            pen.symbol(x, line.y, *mark);
            x += COLUMN_GAP;
        }
        if is_here {
            pen.text(line.x, line.y, 1, symbols::CURSOR, Role::Plain);
            let selected = pen.theme().selected();
            pen.shade(Rect { x, width: end.saturating_sub(x), ..line }, selected);
            pen.only(Some(selected));
        }
        let left = Rect { x, width: end.saturating_sub(x), ..line };
        match &row.detail {
            RowDetail::Words(words) => self.draw_words(pen, left, row, words),
            RowDetail::Filter { text, orders, count } => {
                self.draw_filter(pen, left, row, (text, [orders, count]));
            }
            RowDetail::List { orders, needing, changed } => {
                self.draw_list(pen, left, row, [orders, needing, changed]);
            }
            RowDetail::Symbol(_) => {
                pen.text(x, line.y, left.width, row.name, row.role);
            }
            RowDetail::Order { mark, status, done, created } => {
                draw_order(pen, left, row, (*mark, status), (done, created));
            }
        }
        pen.only(None);
    }

    /// The name, the filter's text, at the right end how many orders it would show, before that the word for what it is.
    fn draw_filter(
        &self,
        pen: &mut Pen<'_>,
        line: Rect,
        row: &Row<'_>,
        (text, [orders, count]): (&str, [&str; 2]),
    ) {
        let (much, cells) = if line.width >= WHOLE_STATUS_FROM { (orders, ORDERS) } else { (count, COUNT) };
        pen.right(line.right(), line.y, cells, much, Role::Dim);
        let mut end = line.right().saturating_sub(cells + COLUMN_GAP);
        let word = row.word.unwrap_or_default();
        if !word.is_empty() && end.saturating_sub(line.x) > fit::width(word) + COLUMN_GAP + WORDS {
            pen.right(end, line.y, fit::width(word), word, Role::Dim);
            end -= fit::width(word) + COLUMN_GAP;
        }
        let names = u16::try_from(self.said.names).unwrap_or(u16::MAX);
        let room = end.saturating_sub(line.x);
        let has_text = room >= names + COLUMN_GAP + WORDS;
        pen.text(line.x, line.y, if has_text { names } else { room }, row.name, row.role);
        if has_text {
            let x = line.x + names + COLUMN_GAP;
            pen.text(x, line.y, end - x, text, Role::Dim);
        }
    }

    /// The name, the words beside it, at the right end the key or the word for what it is.
    fn draw_words(&self, pen: &mut Pen<'_>, line: Rect, row: &Row<'_>, words: &str) {
        let key = row.key.and_then(|action| self.keymap.first_chord(action, self.below));
        let ends = row.word.map(str::to_owned).into_iter().chain(key.map(|keys| keys.to_string()));
        let mut end = line.right();
        for (index, text) in ends.collect::<Vec<_>>().into_iter().rev().enumerate() {
            let is_key = index == 0 && key.is_some();
            let width = fit::width(&text);
            if line.x + width + COLUMN_GAP < end {
                pen.text(end - width, line.y, width, &text, if is_key { Role::Key } else { Role::Dim });
                end -= width + COLUMN_GAP;
            }
        }
        let names = u16::try_from(self.said.names).unwrap_or(u16::MAX);
        let room = end.saturating_sub(line.x);
        let has_words = !words.is_empty() && room >= names + COLUMN_GAP + WORDS;
        let cells = if has_words { names } else { room };
        pen.text(line.x, line.y, cells, row.name, row.role);
        if has_words {
            let x = line.x + names + COLUMN_GAP;
            pen.text(x, line.y, end - x, words, Role::Dim);
        }
    }

    /// The key, the name, at the right end what the list has to tell; what has no room goes from the left.
    fn draw_list(&self, pen: &mut Pen<'_>, line: Rect, row: &Row<'_>, [orders, needing, changed]: [&str; 3]) {
        let key = row.key.and_then(|action| self.keymap.first_chord(action, self.below));
        let key = key.map(|keys| keys.to_string()).unwrap_or_default();
        pen.text(line.x, line.y, LIST_KEY, &key, Role::Key);
        let start = line.x + LIST_KEY + 1;
        let mut end = line.right();
        let columns = [
            (changed, AGE, Role::Dim),
            (needing, NEEDING, Role::Need),
            (orders, ORDERS, Role::Dim),
            (row.word.unwrap_or_default(), WORD, Role::Dim),
        ];
        for (text, width, role) in columns {
            if end.saturating_sub(start) < width + COLUMN_GAP + WORDS {
                break;
            }
            pen.right(end, line.y, width, text, role);
            end -= width + COLUMN_GAP;
        }
        pen.text(start, line.y, end.saturating_sub(start), row.name, row.role);
    }

    /// Those that have room, by their rank.
    fn draw_keys(&self, pen: &mut Pen<'_>, area: Rect) {
        if area.is_empty() {
            return;
        }
        let mut hints: Vec<(String, &KeyHint)> =
            self.said.keys.iter().filter_map(|hint| Some((self.key(hint.key)?, hint))).collect();
        let width =
            |hints: &[(String, &KeyHint)]| -> u16 { hints.iter().map(|(key, hint)| cells(key, hint)).sum() };
        let below = match self.said.below {
            0 => String::new(),
            below => format!("{} more", thousands(below)),
        };
        let room = area.width.saturating_sub(2);
        while width(&hints) > room + GAP {
            let Some(last) = hints.iter().map(|(_, hint)| hint.rank).max() else { break };
            hints.retain(|(_, hint)| hint.rank != last);
        }
        let mut x = area.x + 1;
        for (key, hint) in &hints {
            let start = x + pen.text(x, area.y, area.right().saturating_sub(x + 1), key, Role::Key) + 1;
            pen.text(start, area.y, area.right().saturating_sub(start + 1), &hint.words, Role::Dim);
            x += cells(key, hint);
        }
        if fit::width(&below) + GAP <= area.right().saturating_sub(x + 1) {
            pen.right(area.right() - 1, area.y, area.width, &below, Role::Dim);
        }
    }

    fn key(&self, key: HintKey) -> Option<String> {
        match key {
            HintKey::Fixed(name) => Some(name.to_owned()),
            HintKey::Of(action) => {
                self.keymap.first_chord(action, Context::Picker).map(|keys| keys.to_string())
            }
        }
    }
}

/// The cells of a hint and of the gap after it; one without words stands close to the next.
fn cells(key: &str, hint: &KeyHint) -> u16 {
    let words = fit::width(&hint.words);
    fit::width(key) + if words == 0 { 1 } else { words + 1 + GAP }
}

/// The state in as many letters as have room, the name, numbers and age at the right end.
fn draw_order(
    pen: &mut Pen<'_>,
    line: Rect,
    row: &Row<'_>,
    (mark, status): (Mark, &str),
    (done, created): (&str, &str),
) {
    let width = line.width;
    let mut x = line.x;
    let state = if row.role == Role::Dim { Role::Dim } else { Role::State(mark) };
    if width >= WHOLE_STATUS_FROM {
        pen.text(x, line.y, STATUS, status, state);
        x += STATUS + COLUMN_GAP;
    } else if width >= SHORT_STATUS_FROM {
        let letters: String = status.chars().take(usize::from(SHORT_STATUS)).collect();
        pen.text(x, line.y, SHORT_STATUS, &letters, state);
        x += SHORT_STATUS + COLUMN_GAP;
    }
    let mut end = line.right();
    if width >= CREATED_FROM {
        pen.right(end, line.y, CREATED, created, Role::Dim);
        end = end.saturating_sub(CREATED + COLUMN_GAP);
    }
    let (tail, role) = row.word.map_or((done, row.role), |word| (word, Role::Dim));
    let cells = fit::width(tail).max(DONE);
    pen.right(end, line.y, cells, tail, role);
    end = end.saturating_sub(cells + COLUMN_GAP);
    pen.text(x, line.y, end.saturating_sub(x), row.name, row.role);
}
