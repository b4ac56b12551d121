//! The `watchdog` thread: notices that the terminal has vanished.
//!
//! crossterm 0.29 does not: its reader takes the end of its input for nothing to read and spins, for ever
//! ([crossterm#793](https://github.com/crossterm-rs/crossterm/issues/793)). The signal that should come with it does
//! not always: it goes to the leader of the session, and may be ignored.

use super::signals::{Ending, TERMINAL_GONE};
use rustix::event::{PollFd, PollFlags, Timespec, poll};
use rustix::io::retry_on_intr;
use rustix::stdio::{stdin, stdout};
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

/// Waits until the terminal of the keys or that of the screen is gone; how many of them are.
fn wait(patience: Option<&Timespec>) -> Option<usize> {
    let (keys, screen) = (stdin(), stdout());
    // No event is asked for: hang-up, error and a closed descriptor are told unasked.
    let nothing = PollFlags::empty();
    let mut terminals = [PollFd::new(&keys, nothing), PollFd::new(&screen, nothing)];
    retry_on_intr(|| poll(&mut terminals, patience)).ok()
}
