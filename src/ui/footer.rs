//! The last line: what just happened or what keys do, and at its right end what is out of order. What just happened
//! takes lines above it where it is long.

use super::fit;
use super::pen::{Pen, width_of};
use super::theme::Theme;
use crate::app::Model;
use crate::app::action::{Action, Context};
use crate::app::layout::Span;
use crate::app::model::Tone;
use crate::app::query::footer::{Exceptions, Footer as Said, Hint};
use crate::app::query::line::wrap;
use crate::app::query::{self, Clock, Line, Role};
use crate::keymap::Keymap;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::widgets::Widget;

/// Cells between hints.
const GAP: u16 = 3;
/// What the exceptions at length leave to the hints.
const LEFT_TO_HINTS: u16 = 44;

/// Lines that a long notice takes above the last one at most, and lines of the screen that there must be.
const MOST_ABOVE: usize = 3;
const LEAST_ABOVE: u16 = 9;

/// The last line.
#[derive(Debug)]
pub struct Footer<'m> {
    /// What it says.
    pub said: Said<'m>,
    /// How many orders are marked; it goes before all else.
    pub marks: Option<Line<'m>>,
    /// What the filter hides; it goes before the hints.
    pub filter: Option<Line<'static>>,
    /// What is out of order.
    pub exceptions: Exceptions,
    /// Which keys count.
    pub context: Context,
    /// The keys.
    pub keymap: &'m Keymap,
    /// The look.
    pub theme: Theme,
}

impl<'m> Footer<'m> {
    /// The last line of a model.
    pub fn of(model: &'m Model, keymap: &'m Keymap, theme: Theme, clock: &Clock<'_>) -> Self {
        Self {
            said: query::footer::footer(model),
            marks: query::footer::marks(model),
            filter: query::footer::filter(model),
            exceptions: query::footer::exceptions(model, clock),
            context: model.context(),
            keymap,
            theme,
        }
    }
}

impl Widget for Footer<'_> {
    fn render(self, area: Rect, buffer: &mut Buffer) {
        if area.is_empty() {
            return;
        }
        let mut pen = Pen::new(buffer, self.theme);
        let exceptions = self.exceptions(area.width);
        let Span { x, width } = self.room(area);
        let end = x + width;
        let taken = self.exceptions_width(area.width);
        if taken > 0 {
            pen.line(area.right().saturating_sub(taken + 1), area.y, taken, exceptions);
        }
        let mut at = area.x;
        for line in self.before_hints() {
            at += pen.line(at, area.y, end.saturating_sub(at), line) + GAP - 1;
        }
        let room = end.saturating_sub(x);
        match &self.said {
            Said::Notice { text, tone, offers } => {
                let role = match tone {
                    Tone::Plain => Role::Plain,
                    Tone::Warning => Role::Need,
                };
                let Told { above, last } = self.told(text, area, room);
                for (line, text) in above.iter().enumerate() {
                    let height = u16::try_from(above.len() - line).unwrap_or(u16::MAX);
                    let y = area.y.saturating_sub(height);
                    pen.clear(Rect { y, height: 1, ..area });
                    pen.text(area.x + 1, y, area.width.saturating_sub(2), text, role);
                }
                let used = pen.text(x, area.y, room, &last, role);
                let offer = offers.and_then(|hint| self.key(hint).map(|key| (key, hint)));
                if let Some((key, hint)) = offer {
                    draw_hint(&mut pen, x + used + GAP, area.y, end, &key, hint.words);
                }
            }
            Said::Hints(hints) => {
                for (hint, key, x) in self.placed(x, end, hints) {
                    draw_hint(&mut pen, x, area.y, end, &key, hint.words);
                }
            }
        }
    }
}

impl Footer<'_> {
    /// What is out of order, as far as it leaves room for what just happened or for hints.
    fn exceptions(&self, width: u16) -> &Line<'static> {
        const NONE: &Line<'static> = &Line { pieces: Vec::new(), right: Vec::new() };
        let forms = &self.exceptions.forms;
        let (others, least) = match &self.said {
            Said::Notice { text, .. } => (fit::width(text).saturating_add(GAP), NONE),
            Said::Hints(_) => (LEFT_TO_HINTS, forms.last().unwrap_or(NONE)),
        };
        let has_room = |line: &&Line<'static>| width_of(&line.pieces).saturating_add(others) <= width;
        forms.iter().find(has_room).unwrap_or(least)
    }

    fn key(&self, hint: Hint) -> Option<String> {
        self.keymap.first_chord(hint.action, self.context).map(|keys| keys.to_string())
    }

    /// The action of the hint in column `x`.
    pub fn hint_at(&self, area: Rect, x: u16) -> Option<Action> {
        let room = self.room(area);
        let hints = match &self.said {
            Said::Hints(hints) => self.placed(room.x, room.end(), hints),
            Said::Notice { text, offers, .. } => {
                let Told { last, .. } = self.told(text, area, room.width);
                let at = room.x + fit::width(&last).min(room.width) + GAP;
                offers.and_then(|hint| Some((hint, self.key(hint)?, at))).into_iter().collect()
            }
        };
        let width = |key: &str, hint: &Hint| fit::width(key) + 1 + fit::width(hint.words);
        let is_here = |(hint, key, at): &(Hint, String, u16)| (*at..at + width(key, hint)).contains(&x);
        hints.iter().find(|hint| is_here(hint)).map(|(hint, ..)| hint.action)
    }

    /// The cells of what is out of order.
    fn exceptions_width(&self, width: u16) -> u16 {
        width_of(&self.exceptions(width).pieces).min(width.saturating_sub(2))
    }

    /// The cells that the rest leaves to hints or to what just happened.
    fn room(&self, area: Rect) -> Span {
        let end = match self.exceptions_width(area.width) {
            0 => area.right(),
            width => area.right().saturating_sub(width + 3),
        };
        let x = self.before_hints().fold(area.x, |x, line| {
            let width = width_of(&line.pieces).min(end.saturating_sub(x));
            x + width + GAP - 1
        });
        let x = x + 1;
        Span { x, width: end.saturating_sub(x) }
    }

    /// What is marked and what the filter hides; each line begins with a blank.
    fn before_hints(&self) -> impl Iterator<Item = &Line<'_>> {
        [&self.marks, &self.filter].into_iter().flatten()
    }

    /// Lays a notice out in `room` cells of the last line; what is longer begins above it, where the screen is high enough and
    /// nothing lies over it.
    fn told(&self, text: &str, area: Rect, room: u16) -> Told {
        let is_covered = match self.context {
            Context::Text | Context::Picker | Context::Question | Context::Json => true,
            Context::List | Context::Order | Context::Numbers | Context::Number | Context::Activity => false,
        };
        let has_room_above = area.y >= LEAST_ABOVE && !is_covered;
        if fit::width(text) <= room || !has_room_above {
            return Told { above: Vec::new(), last: text.to_owned() };
        }
        let mut above = wrap(text, usize::from(area.width.saturating_sub(2)));
        let last = above.pop_if(|last| fit::width(last) <= room).unwrap_or_default();
        above.truncate(MOST_ABOVE);
        Told { above, last }
    }

    /// Those that have room, by their rank, in their order, each with its key and where it begins.
    fn placed(&self, x: u16, end: u16, hints: &[Hint]) -> Vec<(Hint, String, u16)> {
        let mut named: Vec<(String, Hint)> =
            hints.iter().filter_map(|hint| self.key(*hint).map(|key| (key, *hint))).collect();
        let width = |named: &[(String, Hint)]| -> u16 {
            named.iter().map(|(key, hint)| fit::width(key) + fit::width(hint.words) + 1 + GAP).sum()
        };
        while width(&named) > end.saturating_sub(x) + GAP {
            let Some(last) = named.iter().map(|(_, hint)| hint.rank).max() else { break };
            named.retain(|(_, hint)| hint.rank != last);
        }
        let mut at = x;
        let mut placed = Vec::with_capacity(named.len());
        for (key, hint) in named {
            let width = fit::width(&key) + 1 + fit::width(hint.words);
            placed.push((hint, key, at));
            at = at.saturating_add(width + GAP);
        }
        placed
    }
}

/// What just happened, in the lines that it takes.
struct Told {
    /// Over the last line: what it says is worth more than what stands there.
    above: Vec<String>,
    /// In the last line.
    last: String,
}

fn draw_hint(pen: &mut Pen<'_>, x: u16, y: u16, end: u16, key: &str, words: &str) {
    let x = x + pen.text(x, y, end.saturating_sub(x), key, Role::Key) + 1;
    pen.text(x, y, end.saturating_sub(x), words, Role::Dim);
}
