//! When a frame is drawn: not before something has changed, not while the terminal is busy with the last one, at once
//! after input, at the pace after answers.

use super::screen::{Canvas, Screen, Surroundings};
use super::terminal;
use crate::app::Model;
use crate::app::message::Target;
use crate::domain::Moment;
use crate::keymap::Keymap;
use crate::settings::Title;
use crate::ui::{self, NextChange, Themes};
use ratatui::buffer::Buffer;
use std::io;
use std::time::Duration;

/// The least time after a frame that showed answers to the next one that shows only answers.
const PACE: Duration = Duration::from_millis(33);
/// The same after a frame that came out as the one before: nobody saw it, and the first answer should not wait for it.
const PACE_UNSEEN: Duration = Duration::from_millis(8);

/// Draws the model and knows when to do so again.
#[derive(Debug)]
pub struct Painter {
    themes: Themes,
    canvas: Canvas,
    screen: Screen,
    surroundings: Surroundings,
    /// What goes before the next frame: the way into the alternate screen.
    lead: &'static [u8],
    stale: Stale,
    /// The earliest moment of the next frame that shows answers only.
    next_answers: Moment,
    /// When a label of that frame changes.
    next_label: Option<Moment>,
    terminal: Taker,
}

/// Whether the terminal takes frames.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Taker {
    /// As far as we know.
    Ready,
    /// It has not taken the last one; it tells when it has.
    Busy,
}

/// What the screen does not show yet.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Stale {
    /// It shows everything.
    Nothing,
    /// Something that can wait for the pace.
    Answers,
    /// Something that somebody waits for.
    Input,
}

impl Painter {
    /// A painter on a terminal that was just taken.
    pub fn new(themes: Themes, screen: Screen, title: Title) -> Self {
        Self {
            themes,
            canvas: Canvas::blank(),
            screen,
            surroundings: Surroundings::new(title),
            lead: terminal::ENTER,
            stale: Stale::Input,
            next_answers: Moment::START,
            next_label: None,
            terminal: Taker::Ready,
        }
    }

    /// The terminal was taken again, and shows something else.
    pub fn start_anew(&mut self) {
        self.canvas.forget();
        self.screen.discard();
        self.surroundings.start_anew();
        self.lead = terminal::ENTER;
        self.stale = Stale::Input;
    }

    /// Says that the screen does not show everything any more.
    pub fn note(&mut self, stale: Stale) {
        self.stale = self.stale.max(stale);
    }

    /// The terminal has taken all that it was given.
    pub fn terminal_is_free(&mut self) {
        self.terminal = Taker::Ready;
    }

    /// When the next frame is to be drawn, if nothing else happens before.
    fn due(&self) -> Option<Moment> {
        match self.stale {
            Stale::Nothing => None,
            Stale::Answers => Some(self.next_answers),
            Stale::Input => Some(Moment::START),
        }
    }

    /// When there will be something to do: to draw what has changed, or to see what a label says by then. A busy
    /// terminal tells by itself when it takes more.
    pub fn next_wake(&self) -> Option<Moment> {
        match self.terminal {
            Taker::Ready => self.due().or(self.next_label),
            Taker::Busy => None,
        }
    }

    /// True when a label on the screen says something that is so no longer.
    pub fn shows_an_old_label(&self, now: Moment) -> bool {
        self.next_label.is_some_and(|at| at <= now)
    }

    /// Draws a frame when one is due and the terminal takes it.
    ///
    /// # Errors
    /// None in fact: frames are collected in memory.
    pub fn paint_when_due(&mut self, model: &Model, keymap: &Keymap, now: Moment) -> io::Result<()> {
        if self.terminal == Taker::Busy || self.due().is_none_or(|due| due > now) {
            return Ok(());
        }
        if !self.screen.is_free() {
            self.terminal = Taker::Busy;
            return Ok(());
        }
        let theme = self.themes.named(model.looks.theme());
        let render = |buffer: &mut Buffer| ui::render(buffer, model, &theme, keymap);
        let (NextChange(next_label), frame) = self.canvas.draw(model.size, render)?;
        if self.stale == Stale::Answers {
            self.next_answers = now.plus(if frame.is_some() { PACE } else { PACE_UNSEEN });
        }
        let surroundings = self.surroundings.follow(model);
        if frame.is_some() || !surroundings.is_empty() {
            let frame = frame.unwrap_or_default();
            self.screen.write(&[self.lead, &surroundings, &frame].concat());
            self.lead = &[];
        }
        self.next_label = next_label;
        self.stale = Stale::Nothing;
        Ok(())
    }

    /// What can be clicked in column `x` of line `y`.
    pub fn target(&self, model: &Model, keymap: &Keymap, x: u16, y: u16) -> Option<Target> {
        let theme = self.themes.named(model.looks.theme());
        ui::pointer::target(model, &theme, keymap, x, y)
    }

    /// Prints a text on the terminal, which was given back.
    pub fn print(&self, text: Vec<u8>) {
        self.screen.print(text);
    }

    /// Writes bytes that are no frame, after the frame that is being written.
    pub fn write(&self, bytes: &[u8]) {
        self.screen.write(bytes);
    }
}
