//! The one loop: what happens comes in as messages, effects go out, and a frame is drawn when something has changed.
//!
//! It never waits for anything but the next of its sources, and performs no I/O of its own. All that is ready is
//! worked on before a frame is drawn.

use super::clipboard::Copy;
use super::clock::{Clock, Comparison};
use super::effects::{ForTheScreen, Performers};
use super::input::Batch;
use super::painter::{Painter, Stale};
use super::signals::{self, Control, Stopping, TERMINAL_GONE};
use super::sleeper::Sleeper;
use super::terminal;
use super::worker::Worker;
use crate::alert;
use crate::app::effect::FilesWork;
use crate::app::{Effect, Message, Model, update};
use crate::domain::{Moment, Now};
use crate::keymap::{Keymap, Step, Translator};
use crossterm::event::Event;
use std::io;
use std::time::Duration;
use tokio::sync::mpsc::{Receiver, UnboundedReceiver};

/// Messages that are worked on before a frame is drawn: a flood of answers does not keep the keys waiting.
const MOST: usize = 512;
/// No longer than this are messages worked on before keys are looked for again, with ten thousand orders neither.
const LONGEST: Duration = Duration::from_millis(5);

/// A key has the watchlists' files looked at, at most so often.
const LOOKS_AFTER: Duration = Duration::from_secs(5);

/// Where things that happen come from.
#[derive(Debug)]
pub struct Sources {
    /// Signals, and what the threads around the terminal tell.
    pub controls: UnboundedReceiver<Control>,
    /// Batches of keys, pastes and sizes.
    pub keys: Receiver<Batch>,
    /// Answers, and outcomes of effects.
    pub messages: UnboundedReceiver<Message>,
}

/// What the loop works with.
#[derive(Debug)]
pub struct EventLoop {
    /// The clock.
    pub clock: Clock,
    /// Tells when the machine slept.
    pub comparison: Comparison,
    /// All that the program knows.
    pub model: Model,
    /// Who performs effects.
    pub performers: Performers,
    /// Who puts texts on the clipboard.
    pub clipboard: Worker<Copy>,
    /// Which key does what.
    pub keymap: Keymap,
    /// What keys mean together.
    pub translator: Translator,
    /// Who draws.
    pub painter: Painter,
    /// When the watchlists' files were last looked at for the sake of a key.
    pub looked: Moment,
    /// Whether the terminal is ours.
    pub presence: Presence,
}

/// Whether the terminal is ours.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Presence {
    /// It is.
    Here,
    /// Stopped until `fg`.
    Stopped,
    /// Given back, with a text printed on it, until somebody comes back.
    Printed,
    /// Leaving with this code.
    Leaving(u8),
}

impl EventLoop {
    /// Runs until somebody leaves; returns the exit code.
    ///
    /// # Errors
    /// None in fact: frames are collected in memory.
    pub async fn run(&mut self, sources: &mut Sources, sleeper: &Sleeper) -> io::Result<u8> {
        loop {
            match self.presence {
                Presence::Leaving(code) => return Ok(code),
                Presence::Stopped | Presence::Printed => {}
                Presence::Here => {
                    self.painter.paint_when_due(&self.model, &self.keymap, self.clock.now().moment)?;
                }
            }
            let wake = self.next_wake();
            tokio::select! {
                Some(control) = sources.controls.recv() => self.control(control),
                Some(batch) = sources.keys.recv() => self.keys(batch),
                Some(message) = sources.messages.recv() => self.messages(message, &mut sources.messages),
                () = sleeper.wakes_at(wake) => self.woken(),
            }
        }
    }

    /// When to go on although nothing happens. On a screen on which all is settled, only when a label changes.
    fn next_wake(&self) -> Option<Moment> {
        let paint = match self.presence {
            Presence::Here => self.painter.next_wake(),
            Presence::Stopped | Presence::Printed | Presence::Leaving(_) => None,
        };
        let model = self.model.next_deadline().map(|deadline| deadline.min(self.comparison.due()));
        paint.into_iter().chain(model).min()
    }

    fn woken(&mut self) {
        let now = self.clock.now();
        let is_due = |at: Moment| at <= now.moment;
        let can_be_seen =
            self.model.next_change().is_some_and(is_due) || self.painter.shows_an_old_label(now.moment);
        if can_be_seen || self.model.next_deadline().is_some_and(is_due) {
            self.apply_unasked(Message::Tick, now);
        } else {
            self.compare(now);
        }
        if can_be_seen {
            self.painter.note(Stale::Answers);
        }
    }

    fn keys(&mut self, Batch { events, spacing }: Batch) {
        if self.presence == Presence::Printed {
            // A line was typed, were it an empty one. A resize is looked at on the way back.
            if events.iter().any(Event::is_key_press) {
                self.leave_the_text();
            }
            return;
        }
        let now = self.clock.now();
        self.look_at_files(now.moment);
        for step in self.translator.steps(events, spacing) {
            let message = match step {
                Step::Clicked { x, y } => {
                    self.painter.target(&self.model, &self.keymap, x, y).map(Message::Clicked)
                }
                other => self.translator.message(&self.keymap, self.model.context(), other),
            };
            if let Some(message) = message {
                self.apply(message, now);
            }
        }
        self.painter.note(Stale::Input);
    }

    /// Where the system does not tell that a list was edited by another hand, whoever sits here finds out.
    fn look_at_files(&mut self, now: Moment) {
        if now >= self.looked.plus(LOOKS_AFTER) {
            self.looked = now;
            self.perform(vec![Effect::Files(FilesWork::Look)]);
        }
    }

    /// Takes `first` and what else is there.
    fn messages(&mut self, first: Message, more: &mut UnboundedReceiver<Message>) {
        let now = self.clock.now();
        self.apply_unasked(first, now);
        for _ in 1..MOST {
            if self.clock.now().moment.since(now.moment) >= LONGEST {
                break;
            }
            let Ok(message) = more.try_recv() else { break };
            self.apply_unasked(message, now);
        }
    }

    /// Applies what no key asked for. What the engine has no news of leaves the screen as it is: requests that are
    /// sent, and answers that say what was known.
    fn apply_unasked(&mut self, message: Message, now: Now) {
        let is_the_engines = matches!(message, Message::Watch(_) | Message::Tick | Message::FilesTouched);
        let version = self.model.watch.version();
        self.apply(message, now);
        if !is_the_engines || self.model.watch.version() != version {
            self.painter.note(Stale::Answers);
        }
    }

    fn apply(&mut self, message: Message, now: Now) {
        self.compare(now);
        let effects = update(&mut self.model, message, now);
        self.perform(effects);
    }

    /// Has effects performed.
    pub fn perform(&mut self, effects: Vec<Effect>) {
        for effect in effects {
            if let Some(rest) = self.performers.perform(effect) {
                self.show(rest);
            }
        }
    }

    /// Says so when the machine slept.
    fn compare(&mut self, now: Now) {
        if self.comparison.has_jumped(now) {
            tracing::info!("the machine slept, or the clock was set");
            self.apply(Message::Resumed, now);
            self.painter.note(Stale::Answers);
        }
    }

    fn show(&mut self, rest: ForTheScreen) {
        match rest {
            ForTheScreen::Quit => self.presence = Presence::Leaving(0),
            ForTheScreen::Suspend => self.stop(),
            ForTheScreen::Ring => self.painter.write(alert::BELL),
            ForTheScreen::Copy { text, what } => {
                self.clipboard.give(Copy { text, what });
            }
            ForTheScreen::Print { text, what } => self.print(&text, &what),
        }
    }

    fn control(&mut self, control: Control) {
        match control {
            Control::End(code) => self.presence = Presence::Leaving(code),
            Control::Suspend => self.stop(),
            Control::Continued => self.come_back(),
            Control::ScreenFree => self.painter.terminal_is_free(),
        }
    }

    /// Gives the terminal back and stops. Going on is told by a signal, because this thread may run on for a moment.
    fn stop(&mut self) {
        let is_there = matches!(self.presence, Presence::Here | Presence::Printed);
        if !is_there || !signals::can_stop() {
            return;
        }
        terminal::restore();
        self.presence = Presence::Stopped;
        if signals::stop() == Stopping::Refused {
            self.come_back();
        }
    }

    /// Gives the terminal back and prints a text on it, where it can be selected, and stays when the dashboard is back.
    /// The terminal has its own modes meanwhile: keys come by the line, and Ctrl-C and Ctrl-Z are signals.
    fn print(&mut self, text: &str, what: &str) {
        if self.presence != Presence::Here {
            return;
        }
        terminal::lend();
        self.presence = Presence::Printed;
        let text = text.replace('\n', "\r\n");
        self.painter.print(format!("{text}\r\n({what}; enter goes back to chimewatch)\r\n").into_bytes());
    }

    /// Takes the terminal again after a text was printed. Requests went on meanwhile. Whatever else was typed or pasted
    /// there was not meant as keys of the dashboard.
    fn leave_the_text(&mut self) {
        self.take_terminal();
        terminal::drop_unread();
    }

    /// Takes the terminal again: after Ctrl-Z, and after a stop from outside, when the shell has changed its modes.
    fn come_back(&mut self) {
        self.take_terminal();
        if self.presence == Presence::Here {
            tracing::info!("resumed");
            self.apply(Message::Resumed, self.clock.now());
        }
    }

    fn take_terminal(&mut self) {
        if matches!(self.presence, Presence::Leaving(_)) {
            return;
        }
        terminal::restore();
        if terminal::take().is_err() {
            self.presence = Presence::Leaving(TERMINAL_GONE);
            return;
        }
        self.presence = Presence::Here;
        self.painter.start_anew();
        let size = terminal::size();
        self.apply(Message::Resized { width: size.width, height: size.height }, self.clock.now());
    }
}
