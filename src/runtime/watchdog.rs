//! The `watchdog` thread: notices that the terminal has vanished, or whoever read what a command prints.
//!
//! crossterm 0.29 does not: its reader takes the end of its input for nothing to read and spins, for ever
//! ([crossterm#793](https://github.com/crossterm-rs/crossterm/issues/793)). The signal that should come with it does
//! not always: it goes to the leader of the session, and may be ignored.

use super::signals::{Ending, NOBODY_READS, TERMINAL_GONE};
use rustix::event::{PollFd, PollFlags, Timespec, poll};
use rustix::io::retry_on_intr;
use rustix::stdio::{stderr, stdin, stdout};
use std::{io, thread};

/// Starts the thread. It sleeps until the terminal of the keys or that of the screen is gone.
///
/// # Errors
/// The system has no thread left.
pub fn start(ending: Ending) -> io::Result<()> {
    // A system that cannot watch a terminal reports it as gone while it is there.
    if wait(Some(&Timespec::default())).is_none_or(|gone| gone > 0) {
        return Ok(());
    }
    thread::Builder::new().name("watchdog".to_owned()).spawn(move || {
        // An error of poll itself leaves nothing to watch with; the signals are still there.
        if wait(None).is_some() {
            ending.ask(TERMINAL_GONE);
        }
    })?;
    Ok(())
}

/// Whose going ends a command.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Listener {
    /// Who reads standard output.
    ToAnswers,
    /// Who reads standard output and who reads standard error, once both have gone.
    ToEither,
}

/// Starts the thread for a command: it sleeps until nobody reads any more. Where that is a pipe, a write would tell it as
/// well, and the next one may be hours away.
///
/// # Errors
/// The system has no thread left.
pub fn start_for_reader(listener: Listener, ending: Ending) -> io::Result<()> {
    thread::Builder::new().name("watchdog".to_owned()).spawn(move || {
        let (answers, beside) = (stdout(), stderr());
        let is_gone = |stream| gone(&mut [PollFd::new(stream, NOTHING)], None).is_some();
        let nobody_reads = match listener {
            Listener::ToAnswers => is_gone(&answers),
            Listener::ToEither => is_gone(&answers) && is_gone(&beside),
        };
        if nobody_reads {
            ending.ask(NOBODY_READS);
        }
    })?;
    Ok(())
}

/// No event is asked for: hang-up, error and a closed descriptor are told unasked.
const NOTHING: PollFlags = PollFlags::empty();

/// Waits until the terminal of the keys or that of the screen is gone; how many of them are.
fn wait(patience: Option<&Timespec>) -> Option<usize> {
    let (keys, screen) = (stdin(), stdout());
    gone(&mut [PollFd::new(&keys, NOTHING), PollFd::new(&screen, NOTHING)], patience)
}

fn gone(descriptors: &mut [PollFd<'_>], patience: Option<&Timespec>) -> Option<usize> {
    retry_on_intr(|| poll(descriptors, patience)).ok()
}
