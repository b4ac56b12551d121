//! The dashboard in sentences: the same engine, model and effects, without a screen. Lines come from standard input
//! as the terminal edits them, sentences go to standard output, and no escape sequence does.
//!
//! | thread | blocks on |
//! |---|---|
//! | main | this loop's channels and its next deadline |
//! | `lines` | a line of standard input |
//! | `voice` | whoever takes the sentences |

use super::clock::{Clock, Comparison};
use super::effects::{ForTheScreen, Performers};
use super::session::{self, DashboardError, First, Session};
use super::signals::{self, Control, Ending, Stopping, TERMINAL_GONE};
use super::sleeper::Sleeper;
use super::worker::{Worker, Workers};
use super::{history, net};
use crate::app::model::Overlay;
use crate::app::spoken::{self, Narrator, Request};
use crate::app::{Action, Effect, Message, Model, update};
use crate::domain::masking::masked;
use crate::domain::{Moment, Now, Privacy};
use std::io::{self, BufRead, IsTerminal, Write};
use std::sync::Arc;
use std::thread;
use tokio::sync::mpsc::{UnboundedReceiver, unbounded_channel};

/// What standard input says.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Line {
    /// A line of it.
    Typed(String),
    /// Somebody at a terminal has ended it.
    Left,
}

/// What the loop works with.
#[derive(Debug)]
struct Spoken {
    clock: Clock,
    comparison: Comparison,
    model: Model,
    performers: Performers,
    narrator: Narrator,
    voice: Worker<String>,
    /// The exit code, once it is to be left.
    left: Option<u8>,
}

/// Runs the dashboard in sentences until somebody leaves; returns the exit code.
///
/// # Errors
/// [`DashboardError`]: the system refused a thread or a signal.
pub(super) fn run(session: &Session<'_>, first: First, clock: Clock) -> Result<u8, DashboardError> {
    let (tell, mut controls) = unbounded_channel();
    let ending = Ending::new(Arc::new(move |control| {
        // The loop has ended.
        let _ = tell.send(control);
    }));
    signals::listen(ending.clone())?;
    let mut lines = read_lines()?;
    let (messages, mut outcomes) = unbounded_channel();
    let workers = Workers::new();
    let First { mut model, effects, files, .. } = first;
    model.keys = spoken::names();
    let performers = Performers {
        history: history::start(&workers, files.places.history(), clock, messages.clone())?,
        files: files.start(&workers, clock, messages.clone())?,
        net: net::Net::start(session.fetch.clone(), clock, messages)?,
    };
    let voice = workers.start("voice", move |sentences| speak(sentences, &ending))?;
    let comparison = Comparison::starting(model.now);
    let narrator = Narrator::default();
    let mut spoken = Spoken { clock, comparison, model, performers, narrator, voice, left: None };
    let sleeper = Sleeper::new(clock);
    spoken.perform(effects);
    let code = sleeper.block_on(spoken.listen(&mut controls, &mut lines, &mut outcomes, &sleeper));
    let Spoken { model, performers, voice, .. } = spoken;
    drop(voice);
    session::finish(model, performers, &workers.finish(), outcomes);
    Ok(code)
}

/// Writes sentences until there are no more, or nobody takes them.
fn speak(sentences: &std::sync::mpsc::Receiver<String>, ending: &Ending) {
    let mut out = io::stdout();
    for sentence in sentences {
        if writeln!(out, "{sentence}").and_then(|()| out.flush()).is_err() {
            return ending.ask(TERMINAL_GONE);
        }
    }
}

/// Starts the thread of standard input.
fn read_lines() -> io::Result<UnboundedReceiver<Line>> {
    let (sender, lines) = unbounded_channel();
    thread::Builder::new().name("lines".to_owned()).spawn(move || {
        let input = io::stdin();
        for line in input.lock().lines() {
            let Ok(line) = line else { break };
            if sender.send(Line::Typed(line)).is_err() {
                return;
            }
        }
        if input.is_terminal() {
            // The loop may have ended.
            let _ = sender.send(Line::Left);
        }
    })?;
    Ok(lines)
}

impl Spoken {
    async fn listen(
        &mut self,
        controls: &mut UnboundedReceiver<Control>,
        lines: &mut UnboundedReceiver<Line>,
        outcomes: &mut UnboundedReceiver<Message>,
        sleeper: &Sleeper,
    ) -> u8 {
        loop {
            if let Some(code) = self.left {
                return code;
            }
            let news = self.narrator.news(&self.model);
            self.say(&news);
            let wake = self.next_wake();
            tokio::select! {
                Some(control) = controls.recv() => self.control(control),
                Some(line) = lines.recv() => self.line(line),
                Some(message) = outcomes.recv() => {
                    self.apply(message);
                    while let Ok(message) = outcomes.try_recv() {
                        self.apply(message);
                    }
                }
                () = sleeper.wakes_at(wake) => self.apply(Message::Tick),
            }
        }
    }

    fn next_wake(&self) -> Option<Moment> {
        Some(self.model.next_deadline()?.min(self.comparison.due()))
    }

    fn line(&mut self, line: Line) {
        let request = match line {
            Line::Left => return self.left = Some(0),
            Line::Typed(line) => spoken::parse(&line),
        };
        match request {
            Ok(None) => {}
            Err(why) => self.say(&[why]),
            Ok(Some(request)) => {
                self.act(&request);
                let news = self.narrator.news(&self.model);
                self.say(&news);
                self.say(&spoken::answer(&self.model, &request));
            }
        }
    }

    fn act(&mut self, request: &Request) {
        match request {
            Request::Act(action) => self.apply(Message::Action(*action)),
            Request::Open(0) => self.apply(Message::Action(Action::Unsaved)),
            Request::Open(number) => self.apply(Message::Action(Action::List(*number))),
            Request::Add(text) => {
                self.apply(Message::Pasted(text.clone()));
                // What it would add is asked about on a screen; here it was asked for.
                let is_asked = matches!(self.model.overlay, Some(Overlay::Paste(_)));
                self.apply(Message::Action(if is_asked { Action::Open } else { Action::Back }));
            }
            Request::Help
            | Request::Summary
            | Request::List(_)
            | Request::Needs
            | Request::Order(_)
            | Request::Number(_)
            | Request::Failed
            | Request::Changes
            | Request::Lists => {}
        }
    }

    fn say(&self, sentences: &[String]) {
        for sentence in sentences.iter().map(|sentence| spoken::plainly(sentence)) {
            self.voice.give(match self.model.preferences.privacy {
                Privacy::Shown => sentence,
                Privacy::Masked => masked(&sentence).into_owned(),
            });
        }
    }

    fn control(&mut self, control: Control) {
        match control {
            Control::End(code) => self.left = Some(code),
            Control::Suspend => {
                if signals::can_stop() && signals::stop() == Stopping::Refused {
                    self.apply(Message::Resumed);
                }
            }
            Control::Continued => self.apply(Message::Resumed),
            Control::ScreenFree => {}
        }
    }

    fn apply(&mut self, message: Message) {
        let now = self.clock.now();
        if self.comparison.has_jumped(now) {
            self.update(Message::Resumed, now);
        }
        self.update(message, now);
    }

    fn update(&mut self, message: Message, now: Now) {
        let effects = update(&mut self.model, message, now);
        self.perform(effects);
    }

    fn perform(&mut self, effects: Vec<Effect>) {
        for effect in effects {
            match self.performers.perform(effect) {
                Some(ForTheScreen::Quit) => self.left = Some(0),
                // What rings says why in a sentence; without a screen there is no clipboard.
                Some(
                    ForTheScreen::Ring
                    | ForTheScreen::Copy { .. }
                    | ForTheScreen::Print { .. }
                    | ForTheScreen::Suspend,
                )
                | None => {}
            }
        }
    }
}
