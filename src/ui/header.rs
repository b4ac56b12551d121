//! The first line: tabs at the left; state, scope and clock at the right.

use super::fit;
use super::pen::{Pen, width_of};
use super::theme::{self, Theme};
use crate::app::effect::ListId;
use crate::app::layout::Span;
use crate::app::query::header::{Accounts, Ending, Header as Said, State, Tab, TabPlace};
use crate::app::query::{Line, Mark, Role};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::widgets::Widget;
use std::borrow::Cow;

/// The first line.
#[derive(Debug)]
pub struct Header<'m> {
    /// What it says.
    pub said: Said<'m>,
    /// The look.
    pub theme: Theme,
}

/// What stands at the right while all is well, from everything to next to nothing.
const LIVE: [&[Part]; 5] = [
    &[Part::State, Part::Scope, Part::Clock],
    &[Part::Scope, Part::Clock],
    &[Part::State, Part::Place, Part::Clock],
    &[Part::Place, Part::Clock],
    &[Part::Clock],
];
/// The same while credentials come to their end: that is worth more than what is as ever.
const ENDING: [&[Part]; 7] = [
    &[Part::State, Part::Ending, Part::Scope, Part::Clock],
    &[Part::Ending, Part::Scope, Part::Clock],
    &[Part::State, Part::Ending, Part::Place, Part::Clock],
    &[Part::Ending, Part::Place, Part::Clock],
    &[Part::EndingShort, Part::Place, Part::Clock],
    &[Part::EndingShort, Part::Clock],
    &[Part::Clock],
];
/// The same while orders are not asked: that they are not is worth more than where they would be.
const STOPPED: [&[Part]; 6] = [
    &[Part::State, Part::Scope, Part::Clock],
    &[Part::State, Part::Place, Part::Clock],
    &[Part::State, Part::Clock],
    &[Part::Word, Part::Place, Part::Clock],
    &[Part::Word, Part::Clock],
    &[Part::Word],
];

/// A part of the right.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Part {
    /// The state in words.
    State,
    /// The state in one word.
    Word,
    /// When credentials end.
    Ending,
    /// The same in short.
    EndingShort,
    Scope,
    Place,
    Clock,
}

/// Cells between the parts of the right, and where room is scarce.
const GAP: u16 = 4;
const NARROW_GAP: u16 = 2;
/// Cells between the way back and what follows it.
const PATH_GAP: u16 = 3;
/// The least that is left for the tabs.
const LEAST_LEFT: u16 = 20;

impl Widget for Header<'_> {
    fn render(self, area: Rect, buffer: &mut Buffer) {
        if area.is_empty() {
            return;
        }
        let mut pen = Pen::new(buffer, self.theme);
        let (parts, gap) = self.right(area.width);
        let right = self.width(parts, gap);
        let mut x = area.right().saturating_sub(right);
        for part in parts {
            let (text, role) = self.part(*part);
            x += pen.text(x, area.y, area.right().saturating_sub(x), &text, role) + gap;
        }
        let room = area.width - right.min(area.width);
        if self.said.tabs.is_empty() {
            path(&mut pen, area.x, area.y, room.saturating_sub(1), &self.said.path);
        } else {
            tabs(&mut pen, area.x, area.y, room, &self.said.tabs);
        }
    }
}

impl Header<'_> {
    /// The list whose tab is in column `x`.
    pub fn tab_at(&self, area: Rect, x: u16) -> Option<ListId> {
        let (parts, gap) = self.right(area.width);
        let room = area.width - self.width(parts, gap).min(area.width);
        let tabs = placed(area.x, room, &self.said.tabs);
        let is_here = |tab: &Tab<'_>, span: Span| {
            (span.x..span.x.saturating_add(tab_width(tab).min(span.width))).contains(&x)
        };
        tabs.into_iter().find(|(tab, span)| is_here(tab, *span)).map(|(tab, _)| tab.list)
    }

    fn part(&self, part: Part) -> (Cow<'_, str>, Role) {
        let role = match self.said.state {
            State::Live => Role::State(Mark::Successful),
            State::Paused { .. } | State::Offline => Role::Need,
            State::Resting => Role::Urgent,
        };
        match part {
            Part::State => (self.said.state.words(), role),
            Part::Word => (Cow::Borrowed(self.said.state.word()), role),
            Part::Ending => (self.ending(|ending| &ending.whole), Role::Need),
            Part::EndingShort => (self.ending(|ending| &ending.short), Role::Need),
            Part::Scope => (Cow::Borrowed(&self.said.scope), Role::Plain),
            Part::Place => (Cow::Borrowed(&self.said.place), Role::Plain),
            Part::Clock => (Cow::Borrowed(&self.said.clock), Role::Plain),
        }
    }

    fn ending(&self, form: impl Fn(&Ending) -> &String) -> Cow<'_, str> {
        self.said.ending.as_ref().map_or(Cow::Borrowed(""), |ending| Cow::Borrowed(form(ending)))
    }

    fn width(&self, parts: &[Part], gap: u16) -> u16 {
        let texts: u16 = parts.iter().map(|part| fit::width(&self.part(*part).0)).sum();
        let gaps = u16::try_from(parts.len().saturating_sub(1)).unwrap_or(0) * gap;
        if parts.is_empty() { 0 } else { texts + gaps + 1 }
    }

    /// As much as leaves room for every tab, else as much as leaves some room for tabs.
    fn right(&self, width: u16) -> (&'static [Part], u16) {
        let left = if self.said.tabs.is_empty() {
            path_width(&self.said.path)
        } else {
            self.said.tabs.iter().map(tab_width).sum()
        };
        let holds = |(parts, gap): (&'static [Part], u16), least: u16| {
            (self.width(parts, gap).saturating_add(least).saturating_add(2) <= width).then_some((parts, gap))
        };
        let right: &[&'static [Part]] = match self.said.state {
            // Rows say it too.
            State::Live | State::Offline if self.said.ending.is_some() => &ENDING,
            State::Live | State::Offline => &LIVE,
            State::Paused { .. } | State::Resting => &STOPPED,
        };
        let forms = || right.iter().flat_map(|parts| [(*parts, GAP), (*parts, NARROW_GAP)]);
        // The state and the scope are worth more than the last tabs, and less than where one is.
        let least = if self.said.tabs.is_empty() { width / 3 * 2 } else { LEAST_LEFT };
        let whole = forms().filter(|(parts, _)| parts.len() > 1).find_map(|form| holds(form, left));
        // Where tabs have to be left out, a word that says that all is well goes before them.
        let is_live = self.said.state == State::Live;
        let tight = || forms().filter(move |(parts, _)| !is_live || !parts.contains(&Part::State));
        whole
            .or_else(|| tight().find_map(|form| holds(form, left.min(least))))
            .or_else(|| forms().find_map(|form| holds(form, left.min(8))))
            .unwrap_or((&[], GAP))
    }
}

/// The way back, and after it the rest where it has room.
fn path(pen: &mut Pen<'_>, x: u16, y: u16, room: u16, path: &Line<'_>) {
    let has_room = path_width(path) <= room;
    let Line { pieces, right } = path.clone();
    let used = pen.line(x, y, room, &Line { pieces, right: Vec::new() }) + PATH_GAP;
    if has_room {
        pen.line(x + used, y, room.saturating_sub(used), &Line { pieces: right, right: Vec::new() });
    }
}

fn path_width(path: &Line<'_>) -> u16 {
    let right = width_of(&path.right);
    width_of(&path.pieces) + if right > 0 { PATH_GAP + right } else { 0 }
}

fn tab_text(tab: &Tab<'_>) -> String {
    match tab.number {
        Some(number) => format!("{number} {}", tab.name),
        None => tab.name.to_owned(),
    }
}

fn need_text(tab: &Tab<'_>) -> String {
    if tab.needs == 0 { String::new() } else { format!(" !{}", tab.needs) }
}

/// A tab with a cell before it and after it.
fn tab_width(tab: &Tab<'_>) -> u16 {
    fit::width(&tab_text(tab)) + fit::width(&need_text(tab)) + fit::width(rest_text(tab)) + 3
}

const fn rest_text(tab: &Tab<'_>) -> &'static str {
    match tab.accounts {
        Accounts::Asked => "",
        Accounts::Rest => " rests",
    }
}

fn tabs(pen: &mut Pen<'_>, x: u16, y: u16, room: u16, tabs: &[Tab<'_>]) {
    for (tab, Span { x: at, width }) in placed(x, room, tabs) {
        draw_tab(pen, at, y, width, tab);
    }
}

/// The tabs that are shown, each with its cells.
fn placed<'t, 'm>(x: u16, room: u16, tabs: &'t [Tab<'m>]) -> Vec<(&'t Tab<'m>, Span)> {
    let current = tabs.iter().position(|tab| tab.place == TabPlace::Current).unwrap_or(0);
    let first = first_tab(tabs, current, room);
    let mut at = x;
    let mut placed = Vec::new();
    for tab in tabs.iter().skip(first) {
        let left = (x + room).saturating_sub(at);
        // A tab that would be cut says nothing; the current one is shown as far as it goes.
        if left < 5 || (tab.place != TabPlace::Current && tab_width(tab) > left + 1) {
            break;
        }
        placed.push((tab, Span { x: at, width: left }));
        at = at.saturating_add(tab_width(tab));
    }
    placed
}

/// The first tab that is shown, so that the current one is.
fn first_tab(tabs: &[Tab<'_>], current: usize, room: u16) -> usize {
    let mut used = tabs.get(current).map_or(0, tab_width);
    let mut first = current;
    while let Some(before) = first.checked_sub(1).and_then(|index| tabs.get(index)) {
        used = used.saturating_add(tab_width(before));
        if used > room {
            break;
        }
        first -= 1;
    }
    first
}

fn draw_tab(pen: &mut Pen<'_>, x: u16, y: u16, room: u16, tab: &Tab<'_>) {
    let text = format!(" {}", tab_text(tab));
    let needs = need_text(tab);
    let (role, only) = match tab.place {
        TabPlace::Current => (Role::Plain, Some(pen.theme().part(theme::Part::Tab))),
        TabPlace::Opened => (Role::Plain, None),
        TabPlace::Unopened => (Role::Dim, None),
    };
    pen.only(only);
    let mut used = pen.text(x, y, room, &text, role);
    used += pen.text(x + used, y, room - used, &needs, Role::Need);
    used += pen.text(x + used, y, room - used, rest_text(tab), Role::Urgent);
    pen.text(x + used, y, room - used, " ", Role::Plain);
    pen.only(None);
}
