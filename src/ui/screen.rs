//! Puts the regions of a screen together: each gets what it says and where it stands.

use super::overlay::{DescribeForm, Frame, OneField, PastePreview};
use super::pen::{Pen, rect};
use super::theme::{Part, Theme};
use super::{activity, card, field, footer, header, heading, lines, numbers, overlay, rows, totals};
use crate::app::layout::{Area, Furniture, Layout};
use crate::app::model::{
    ActivityScreen, Field, Json, List, Model, NumberScreen, NumbersScreen, OrderScreen, Overlay, Pane,
    Screen, Times,
};
use crate::app::picker::{Kind, Picker};
use crate::app::query::order::OrderLine;
use crate::app::query::overlay::Focus;
use crate::app::query::{self, Clock, Role, Summary};
use crate::keymap::Keymap;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::widgets::Widget;
use std::sync::Arc;

/// The least room for a filter beside words about it.
const LEAST_FIELD: u16 = 16;

/// One frame in the making.
#[derive(Debug)]
pub(super) struct Drawing<'d> {
    pub(super) buffer: &'d mut Buffer,
    pub(super) model: &'d Model,
    pub(super) theme: Theme,
    pub(super) keymap: &'d Keymap,
    pub(super) layout: Layout,
    pub(super) clock: &'d Clock<'d>,
}

impl<'d> Drawing<'d> {
    /// Draws all regions, then what lies over them.
    pub(super) fn draw(mut self) {
        let model = self.model;
        let summaries = query::summaries(model);
        let current = model.current.and_then(|place| Some((model.lists.get(place)?, summaries.get(place)?)));
        self.header(&summaries);
        self.card();
        match (&model.screen, current) {
            (Screen::List, Some((list, summary))) => self.list(list, summary),
            (Screen::List, None) => self.empty(),
            (Screen::Order(screen), _) => self.order(screen),
            (Screen::Activity(screen), _) => self.changes(screen),
            (Screen::Number(screen), _) => self.number(screen),
            (Screen::Numbers(screen), current) => {
                self.numbers(screen, current.map_or(&Summary::default(), |(_, summary)| summary));
            }
        }
        self.lesson();
        self.footer();
        if let Some(overlay) = &model.overlay {
            self.overlay(overlay);
        }
    }

    fn header(&mut self, summaries: &[Arc<Summary>]) {
        if self.layout.tabs.is_empty() {
            return;
        }
        let said = query::header::header(self.model, summaries, self.clock);
        header::Header { said, theme: self.theme }.render(rect(self.layout.tabs), self.buffer);
    }

    fn card(&mut self) {
        if let Some(said) = query::card::card(self.model, self.model.size.width) {
            card::Card { said, keymap: self.keymap, theme: self.theme }
                .render(rect(self.layout.card), self.buffer);
        }
    }

    fn list(&mut self, list: &'d List, summary: &Summary) {
        let layout = self.layout;
        if list.watchlist.entries.is_empty() {
            return self.empty();
        }
        if !layout.totals.is_empty() {
            totals::Totals { summary, theme: self.theme }.render(rect(layout.totals), self.buffer);
        }
        let since = match self.model.preferences.times {
            Times::Relative => "For",
            Times::Local | Times::Utc => "Since",
        };
        let columns = &layout.columns;
        let said = query::rows::rows(
            list,
            &self.model.watch,
            summary,
            layout.page_height(),
            &self.model.keys,
            self.clock,
        );
        let (porting, place, theme) = (summary.porting, said.place.as_deref(), self.theme);
        heading::Heading {
            columns,
            porting,
            since,
            place,
            sorted: query::rows::sorted(list, self.model.preferences.times),
            theme,
        }
        .render(rect(layout.heading), self.buffer);
        rows::Rows { said, columns, theme: self.theme }.render(rect(layout.rows), self.buffer);
        self.side(list, summary);
        self.activity();
        lines::Rules { divider: rect(layout.divider), rule: rect(layout.rule), theme: self.theme }
            .render(self.buffer.area, self.buffer);
    }

    fn empty(&mut self) {
        let Layout { heading, rows, .. } = self.layout;
        // No order stands beside these lines: they have the whole width.
        let rows = Area { width: self.model.size.width, ..rows };
        let area = Area { y: heading.y, height: heading.height + rows.height, ..rows };
        let area = if heading.is_empty() { rows } else { area };
        lines::Lines { lines: query::empty::lines(self.model, self.model.size.width), theme: self.theme }
            .render(rect(area), self.buffer);
    }

    fn side(&mut self, list: &'d List, summary: &Summary) {
        let area = self.layout.side;
        if area.is_empty() {
            return;
        }
        if let Some(lines) = query::side(self.model, list, summary, area, self.clock) {
            let area = Rect { width: area.width - 1, ..rect(area) };
            lines::Lines { lines, theme: self.theme }.render(area, self.buffer);
        }
    }

    fn activity(&mut self) {
        let area = rect(self.layout.activity);
        if area.is_empty() {
            return;
        }
        let columns = self.layout.activity_columns();
        // A margin at the right, and another one between two columns.
        let room = usize::from((area.width / columns).saturating_sub(columns));
        let lines = query::activity::lines(self.model, self.layout.activity_lines(), room, self.clock);
        let cursor = match self.model.pane {
            Pane::Activity { cursor } => Some(cursor.min(lines.len().saturating_sub(1))),
            Pane::Rows | Pane::Order => None,
        };
        activity::Activity { lines, cursor, columns, theme: self.theme }.render(area, self.buffer);
    }

    fn order(&mut self, screen: &OrderScreen) {
        let area = self.layout.rows;
        let said = query::order::view(self.model, screen, area.width, usize::from(area.height), self.clock);
        lines::CursorLines { lines: said.lines, below: said.below, theme: self.theme }
            .render(rect(area), self.buffer);
    }

    fn changes(&mut self, screen: &ActivityScreen) {
        let (heading, area) = (rect(self.layout.heading), rect(self.layout.rows));
        let size = (area.width, usize::from(area.height));
        let said = query::changes::view(self.model, screen, size, self.clock);
        let mut pen = Pen::new(self.buffer, self.theme);
        let room = heading.width.saturating_sub(4);
        pen.text(heading.x + 3, heading.y, room, &said.heading, crate::app::query::Role::Dim);
        if let Some(nothing) = &said.nothing {
            let room = area.width.saturating_sub(4);
            pen.text(area.x + 3, area.y, room, nothing, crate::app::query::Role::Plain);
        }
        lines::CursorLines { lines: said.lines, below: 0, theme: self.theme }.render(area, self.buffer);
    }

    fn numbers(&mut self, screen: &NumbersScreen, summary: &Summary) {
        let area = self.layout.rows;
        let said = query::numbers::view(self.model, screen, summary, usize::from(area.height), self.clock);
        numbers::Numbers { said, heading: rect(self.layout.heading), theme: self.theme }
            .render(rect(area), self.buffer);
    }

    fn number(&mut self, screen: &NumberScreen) {
        let area = self.layout.rows;
        let said =
            query::number::view(self.model, screen, (area.width, usize::from(area.height)), self.clock);
        lines::CursorLines { lines: said.lines, below: said.below, theme: self.theme }
            .render(rect(area), self.buffer);
    }

    fn lesson(&mut self) {
        if let Some(said) = query::lesson::lesson(self.model) {
            card::Lesson { said, keymap: self.keymap, theme: self.theme }
                .render(rect(self.layout.lesson), self.buffer);
        }
    }

    fn footer(&mut self) {
        if self.layout.footer.is_empty() {
            return;
        }
        footer::Footer::of(self.model, self.keymap, self.theme, self.clock)
            .render(rect(self.layout.footer), self.buffer);
    }

    fn overlay(&mut self, overlay: &Overlay) {
        let theme = self.theme;
        match overlay {
            Overlay::Filter { field, before, .. } => self.filter(field, before),
            Overlay::Picker(open) => self.picker(open),
            Overlay::Add(field) => {
                let inner = self.frame("Add orders", 80, 5);
                let hint = "type or paste order IDs, or any text that holds them   enter adds   esc none";
                OneField { label: "", field, hint, theme }.render(inner, self.buffer);
            }
            Overlay::Name(form) => {
                let said = query::overlay::name(self.model, form);
                let inner = self.frame(&said.title, 64, said.height);
                OneField { label: "Name   ", field: &form.field, hint: &said.hint, theme }
                    .render(inner, self.buffer);
            }
            Overlay::Export(form) => {
                let title = query::overlay::export_title(self.model, form);
                let inner = self.frame(&title, 72, 5);
                let hint = "the ending says the form: .csv .json .md   enter writes   esc leaves it";
                OneField { label: "File   ", field: &form.path, hint, theme }.render(inner, self.buffer);
            }
            Overlay::Json(json) => self.json(json),
            Overlay::Describe(form) => {
                let inner = self.frame(&query::overlay::describe_title(form), 64, 6);
                DescribeForm { form, theme }.render(inner, self.buffer);
            }
            Overlay::Paste(preview) => {
                let (width, tallest) = self.layout.overlay_inside(self.model.size, query::preview::WIDTH);
                let text = query::preview::text(preview, &self.model.keys, width);
                let lines = u16::try_from(text.len() + preview.new.len().min(tallest)).unwrap_or(u16::MAX);
                let inner = self.frame("Paste", query::preview::WIDTH, lines.saturating_add(3));
                PastePreview { preview, keys: &self.model.keys, theme }.render(inner, self.buffer);
            }
        }
    }

    fn json(&mut self, json: &Json) {
        let view = query::json::view(self.model, json, self.clock);
        let inner = self.frame(&view.title, query::json::WIDTH, u16::MAX);
        let height = usize::from(inner.height);
        let first = json.offset.min(view.lines.len().saturating_sub(height));
        let below = view.lines.len() - view.lines.len().min(first + height);
        let lines = view.lines.into_iter().skip(first).take(height).map(OrderLine::still).collect();
        lines::CursorLines { lines, below, theme: self.theme }.render(inner, self.buffer);
    }

    fn picker(&mut self, open: &Picker) {
        let said = query::picker::view(self.model, open, &self.layout, self.clock);
        // A theme is tried out on what lies below.
        if open.kind != Kind::Themes {
            self.rest_below(said.areas.furniture);
        }
        let (field, below) = (&open.field, self.model.screen_context());
        overlay::picker::Picker { said, field, keymap: self.keymap, below, theme: self.theme }
            .draw(self.buffer);
    }

    /// What lies below rests while a box has the keys.
    fn rest_below(&mut self, furniture: Furniture) {
        if furniture == Furniture::Boxes {
            self.buffer.set_style(self.buffer.area, self.theme.part(Part::Below));
        }
    }

    fn frame(&mut self, title: &str, width: u16, height: u16) -> Rect {
        let area = self.layout.overlay(self.model.size, width, height);
        self.rest_below(self.layout.furniture);
        Frame { title, furniture: self.layout.furniture, theme: self.theme }.draw(area, self.buffer)
    }

    /// The filter is typed where it is shown afterwards: in the last line.
    fn filter(&mut self, typed: &Field, before: &str) {
        let Layout { footer, rows, .. } = self.layout;
        let line = if footer.is_empty() {
            Area { y: rows.bottom().saturating_sub(1), height: 1, ..rows }
        } else {
            footer
        };
        let mut pen = Pen::new(self.buffer, self.theme);
        pen.clear(rect(line));
        let said = query::footer::typing(self.model, &typed.text, before);
        let fits = |words: &&String| line.width > super::fit::width(words) + 1 + LEAST_FIELD;
        let words = said.longer.as_ref().filter(fits).unwrap_or(&said.words);
        let cells = super::fit::width(words) + 1;
        let has_room = fits(&words);
        let taken = if has_room { cells } else { 0 };
        let width = line.width.saturating_sub(taken + 2);
        let wrong = said.wrong.unwrap_or_default();
        field::draw_marked(&mut pen, (line.x + 1, line.y, width), "/", typed, Focus::Here, wrong);
        if has_room {
            pen.right(line.right() - 1, line.y, cells, words, said.role);
        } else if said.role == Role::Error && line.y > 0 {
            // Why it is wrong is worth more than the line above.
            let above = Area { y: line.y - 1, ..line };
            pen.clear(rect(above));
            pen.text(above.x + 2, above.y, above.width.saturating_sub(3), &said.words, said.role);
        }
    }
}
