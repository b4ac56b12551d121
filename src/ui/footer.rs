//! The last line: what just happened or what keys do, and at its right end what is out of order.

use super::fit;
use super::pen::{Pen, width_of};
use super::theme::Theme;
use crate::app::action::Context;
use crate::app::model::Tone;
use crate::app::query::footer::{Exceptions, Footer as Said, Hint};
use crate::app::query::{Line, Role};
use crate::keymap::Keymap;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::widgets::Widget;

/// Cells between hints.
const GAP: u16 = 3;
/// What the exceptions at length leave to the hints.
const LEFT_TO_HINTS: u16 = 44;

/// The last line.
#[derive(Debug)]
pub struct Footer<'m> {
    /// What it says.
    pub said: Said<'m>,
    /// What the filter hides; it goes before the hints.
    pub filter: Option<Line<'m>>,
    /// What is out of order.
    pub exceptions: Exceptions,
    /// Which keys count.
    pub context: Context,
    /// The keys.
    pub keymap: &'m Keymap,
    /// The look.
    pub theme: Theme,
}

impl Widget for Footer<'_> {
    fn render(self, area: Rect, buffer: &mut Buffer) {
        if area.is_empty() {
            return;
        }
        let mut pen = Pen::new(buffer, self.theme);
        let mut end = area.right();
        let exceptions = self.exceptions(area.width);
        let width = width_of(&exceptions.pieces).min(area.width.saturating_sub(2));
        if width > 0 {
            end = area.right().saturating_sub(width + 1);
            pen.line(end, area.y, width, exceptions);
            end = end.saturating_sub(2);
        }
        let mut x = area.x + 1;
        if let Some(filter) = &self.filter {
            x = area.x + pen.line(area.x, area.y, end.saturating_sub(area.x), filter) + GAP;
        }
        let room = end.saturating_sub(x);
        match &self.said {
            Said::Notice { text, tone, offers } => {
                let role = match tone {
                    Tone::Plain => Role::Plain,
                    Tone::Warning => Role::Need,
                };
                let used = pen.text(x, area.y, room, text, role);
                let offer = offers.and_then(|hint| self.key(hint).map(|key| (key, hint)));
                if let Some((key, hint)) = offer {
                    draw_hint(&mut pen, x + used + GAP, area.y, end, &key, hint.words);
                }
            }
            Said::Hints(hints) => self.hints(&mut pen, x, area.y, end, hints),
        }
    }
}

impl Footer<'_> {
    /// What is out of order, as far as it leaves room for what just happened or for hints.
    fn exceptions(&self, width: u16) -> &Line<'static> {
        const NONE: &Line<'static> = &Line { pieces: Vec::new(), right: Vec::new() };
        let Exceptions { whole, short } = &self.exceptions;
        let (others, least) = match &self.said {
            Said::Notice { text, .. } => (fit::width(text).saturating_add(GAP), NONE),
            Said::Hints(_) => (LEFT_TO_HINTS, short),
        };
        let has_room = |line: &&Line<'static>| width_of(&line.pieces).saturating_add(others) <= width;
        [whole, short].into_iter().find(has_room).unwrap_or(least)
    }

    fn key(&self, hint: Hint) -> Option<String> {
        self.keymap.first_chord(hint.action, self.context).map(|keys| keys.to_string())
    }

    /// Those that have room, by their rank; shown in their order.
    fn hints(&self, pen: &mut Pen<'_>, x: u16, y: u16, end: u16, hints: &[Hint]) {
        let mut named: Vec<(String, Hint)> =
            hints.iter().filter_map(|hint| self.key(*hint).map(|key| (key, *hint))).collect();
        let width = |named: &[(String, Hint)]| -> u16 {
            named.iter().map(|(key, hint)| fit::width(key) + fit::width(hint.words) + 1 + GAP).sum()
        };
        while width(&named) > end.saturating_sub(x) + GAP {
            let Some(last) = named.iter().map(|(_, hint)| hint.rank).max() else { break };
            named.retain(|(_, hint)| hint.rank != last);
        }
        let mut x = x;
        for (key, hint) in &named {
            x = draw_hint(pen, x, y, end, key, hint.words) + GAP;
        }
    }
}

fn draw_hint(pen: &mut Pen<'_>, x: u16, y: u16, end: u16, key: &str, words: &str) -> u16 {
    let x = x + pen.text(x, y, end.saturating_sub(x), key, Role::Key) + 1;
    x + pen.text(x, y, end.saturating_sub(x), words, Role::Dim)
}
