//! The threads, the terminal, the signals and the only clock: all that touches the world while the dashboard runs.
//!
//! The loop in [`event_loop`] takes what has happened as messages, lets `app::update` decide, has the effects
//! performed and draws when something visible has changed. It waits for nothing but the next of these.
//!
//! | thread | blocks on |
//! |---|---|
//! | main | the loop's channels and its next deadline |
//! | `keys` | crossterm's reader |
//! | `screen` | the terminal that takes a frame |
//! | `net` | the sockets of its own runtime |
//! | `history`, `files` | the disk |
//! | `outlines` | the disk, until the first frame |
//! | `clipboard` | a program that takes a text |
//! | `file-watch` | the kernel's word that a watchlist was written |
//! | `signals`, `watchdog` | a signal; the terminal going away |

pub mod clipboard;
pub mod clock;
pub mod effects;
pub mod event_loop;
mod file_watch;
pub mod files;
pub mod headless;
pub mod history;
pub mod input;
mod looks;
pub mod net;
pub mod opening;
mod outlines;
pub mod painter;
pub mod screen;
mod session;
pub mod signals;
pub mod sleeper;
mod spoken;
pub mod terminal;
pub mod watchdog;
pub mod worker;
pub mod zone;

pub use headless::Headless;
pub use opening::Opening;
pub use session::{DashboardError, Origin, Session};

use crate::app::Effect;
use crate::keymap;
use crate::settings::Presentation;
use clock::{Clock, Comparison};
use effects::Performers;
use event_loop::{EventLoop, Presence, Sources};
use painter::Painter;
use screen::{Report, Screen};
use session::First;
use signals::{Control, Ending, TERMINAL_GONE};
use sleeper::Sleeper;
use std::io;
use std::sync::Arc;
use tokio::sync::mpsc::unbounded_channel;
use worker::Workers;

/// Runs the dashboard until somebody leaves; returns the exit code. The terminal is as it was when this returns.
///
/// # Errors
/// [`DashboardError`]: the dashboard could not be shown.
pub fn dashboard(session: &Session<'_>) -> Result<u8, DashboardError> {
    let clock = Clock::start();
    match session.settings.presentation {
        Presentation::Screen => terminal::check(session.term)?,
        Presentation::Sentences => {
            let first = First::new(session, clock)?;
            return spoken::run(session, first, clock);
        }
    }
    let first = First::new(session, clock)?;
    let warnings = first.warnings.clone();
    let outcome = watch(session, first, clock);
    // Does nothing where the loop has given it back already.
    terminal::restore();
    // A line of the screen may have been too short for them, and other news has taken it since.
    for warning in &warnings {
        session::tell(&warning.to_string());
    }
    outcome
}

/// Takes the terminal, shows the first frame, starts the threads and runs the loop.
fn watch(session: &Session<'_>, first: First, clock: Clock) -> Result<u8, DashboardError> {
    let (tell, controls) = unbounded_channel();
    let ending = Ending::new(Arc::new(move |control| {
        // The loop has ended.
        let _ = tell.send(control);
    }));
    signals::listen(ending.clone())?;
    let screen = Screen::start({
        let ending = ending.clone();
        move |report| match report {
            Report::Free => ending.tell(Control::ScreenFree),
            Report::Gone => ending.ask(TERMINAL_GONE),
        }
    })?;
    let terminal_writer = screen.writer();
    terminal::take()?;
    let First { model, effects, files, keymap, themes, .. } = first;
    let mut painter = Painter::new(themes, screen, session.settings.title);
    painter.paint_when_due(&model, &keymap, model.now.moment)?;

    let (messages, outcomes) = unbounded_channel();
    let workers = Workers::new();
    let clipboard = session.settings.clipboard.clone();
    let clipboard = clipboard::start(&workers, clipboard, terminal_writer, messages.clone())?;
    let performers = Performers {
        history: history::start(&workers, files.places.history(), clock, messages.clone())?,
        files: files.start(&workers, clock, messages.clone())?,
        net: net::Net::start(session.fetch.clone(), clock, messages)?,
    };
    let keys = input::start(model.size, ending.clone())?;
    watchdog::start(ending)?;

    let comparison = Comparison::starting(model.now);
    let presence = Presence::Here;
    let translator = keymap::Translator::default();
    let looked = model.now.moment;
    let mut event_loop = EventLoop {
        clock,
        comparison,
        model,
        performers,
        clipboard,
        keymap,
        translator,
        painter,
        looked,
        presence,
    };
    let mut sources = Sources { controls, keys, messages: outcomes };
    let code = run(&mut event_loop, effects, &mut sources)?;
    terminal::restore();
    let EventLoop { model, performers, clipboard, .. } = event_loop;
    // Like every thread it ends when it gets no more work.
    drop(clipboard);
    session::finish(model, performers, &workers.finish(), sources.messages);
    Ok(code)
}

fn run(event_loop: &mut EventLoop, effects: Vec<Effect>, sources: &mut Sources) -> io::Result<u8> {
    let sleeper = Sleeper::new(event_loop.clock);
    event_loop.perform(effects);
    sleeper.block_on(event_loop.run(sources, &sleeper))
}
