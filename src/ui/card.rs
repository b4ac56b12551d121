//! What stands over the rows when something has to be mended, and the demo's lesson: a text and the keys for it.

use super::fit;
use super::pen::Pen;
use super::symbols;
use super::theme::Theme;
use crate::app::Action;
use crate::app::query::Role;
use crate::app::query::card::{CardView, Form};
use crate::app::query::lesson::LessonView;
use crate::keymap::Keymap;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::widgets::Widget;

/// Cells between the keys that help.
const GAP: u16 = 3;

/// A card.
#[derive(Debug)]
pub struct Card<'m> {
    /// What it says.
    pub said: CardView,
    /// The keys.
    pub keymap: &'m Keymap,
    /// The look.
    pub theme: Theme,
}

impl Widget for Card<'_> {
    fn render(self, area: Rect, buffer: &mut Buffer) {
        if area.is_empty() {
            return;
        }
        let mut pen = Pen::new(buffer, self.theme);
        for y in area.top()..area.bottom() {
            pen.text(area.x, y, 1, symbols::CURSOR, self.said.role);
        }
        let width = area.width.saturating_sub(3);
        if self.said.form == Form::Line {
            return self.one_line(&mut pen, area);
        }
        // The keys are worth more than the end of a long text.
        let offers = u16::from(!self.said.offers.is_empty() && area.height > 1);
        let room = usize::from(area.height - offers);
        for (index, (y, line)) in (area.y..).zip(&self.said.lines).take(room).enumerate() {
            let is_cut = index + 1 == room && self.said.lines.len() > room;
            let used = pen.text(area.x + 2, y, width.saturating_sub(u16::from(is_cut)), line, Role::Plain);
            if is_cut {
                pen.text(area.x + 2 + used, y, 1, symbols::ELLIPSIS, Role::Plain);
            }
        }
        if offers > 0 {
            let y = area.y + u16::try_from(self.said.lines.len()).unwrap_or(u16::MAX).min(area.height - 1);
            self.offers(&mut pen, area, area.x + 2, y);
        }
    }
}

impl Card<'_> {
    /// The text as far as the keys leave it room, at least half of the line.
    fn one_line(&self, pen: &mut Pen<'_>, area: Rect) {
        let width = area.width.saturating_sub(3);
        let shown =
            self.said.offers.iter().filter_map(|offer| Some((key(self.keymap, offer.action)?, offer)));
        let taken: u16 = shown.map(|(key, offer)| fit::width(&key) + 1 + fit::width(&offer.does) + GAP).sum();
        let room = width.saturating_sub(taken).max(width / 2);
        let mut forms = self.said.lines.iter();
        let text =
            forms.find(|form| fit::width(form) <= room).or(self.said.lines.last()).map_or("", String::as_str);
        let used = pen.text(area.x + 2, area.y, room, text, Role::Plain);
        self.offers(pen, area, area.x + 2 + used + GAP, area.y);
    }

    /// The keys, as far as they have room whole; the first is cut where it has not.
    fn offers(&self, pen: &mut Pen<'_>, area: Rect, start: u16, y: u16) {
        let mut x = start;
        for offer in &self.said.offers {
            let Some(key) = key(self.keymap, offer.action) else { continue };
            let end = x.saturating_add(fit::width(&key) + 1 + fit::width(&offer.does));
            if x > start && end > area.right() {
                return;
            }
            x += pen.text(x, y, area.right().saturating_sub(x), &key, Role::Key) + 1;
            x += pen.text(x, y, area.right().saturating_sub(x), &offer.does, Role::Plain) + GAP;
        }
    }
}

/// The demo's lesson at hand.
#[derive(Debug)]
pub struct Lesson<'m> {
    /// What it says.
    pub said: LessonView,
    /// The keys.
    pub keymap: &'m Keymap,
    /// The look.
    pub theme: Theme,
}

impl Widget for Lesson<'_> {
    fn render(self, area: Rect, buffer: &mut Buffer) {
        if area.is_empty() {
            return;
        }
        let mut pen = Pen::new(buffer, self.theme);
        let LessonView { step, number, of, end: last } = self.said;
        let end = area.right();
        let mut x = area.x + 1;
        let key = key(self.keymap, step.action).unwrap_or_default();
        let taken = 2 + GAP + fit::width(&key) + 1 + fit::width(step.does);
        // What to press is worth more than which lesson it is.
        let forms = [format!("lesson {number} of {of}"), format!("{number}/{of}"), String::new()];
        let counted = forms.iter().find(|form| fit::width(form) + taken <= area.width);
        if let Some(counted) = counted.filter(|counted| !counted.is_empty()) {
            x += pen.text(x, area.y, end.saturating_sub(x), counted, Role::Dim) + GAP;
        }
        x += pen.text(x, area.y, end.saturating_sub(x), &key, Role::Need) + 1;
        x += pen.text(x, area.y, end.saturating_sub(x), step.does, Role::Strong);
        if end.saturating_sub(x) > fit::width(&last) + GAP {
            pen.right(end - 1, area.y, end - x, &last, Role::Dim);
        }
    }
}

fn key(keymap: &Keymap, action: Action) -> Option<String> {
    keymap.all_keys(action).next().map(|keys| keys.to_string())
}
