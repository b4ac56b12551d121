//! Signals, and the ways in which the process ends or stops. The only place that ends it.
//!
//! Whoever wants the process to end asks [`Ending`]: the terminal is given back at once, the loop is told, so that
//! the history is written, and a deadline makes sure that nothing that hangs can hold the process.

use super::terminal;
use rustix::process::{Signal, getpgrp, getsid, kill_current_process_group};
use signal_hook::consts::{SIGCONT, SIGHUP, SIGINT, SIGQUIT, SIGTERM, SIGTSTP};
use signal_hook::iterator::Signals;
use std::io;
use std::panic;
use std::sync::Arc;
use std::thread;
use std::time::Duration;

/// How long the store may take to acknowledge what it was given.
pub const SAVING: Duration = Duration::from_secs(2);
/// How long the process lives after a second signal, or with nothing to be saved.
const AT_ONCE: Duration = Duration::from_millis(250);
/// What a shell adds to the number of a signal.
const BY_SIGNAL: u8 = 128;
/// The terminal went away: what its SIGHUP would have ended us with.
pub const TERMINAL_GONE: u8 = BY_SIGNAL + 1;
/// Nobody reads what a command prints: that is no failure of its own.
pub const NOBODY_READS: u8 = 0;
/// A panic, as Rust has it.
const PANICKED: u8 = 101;

/// What the loop is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Control {
    /// Leave, with this exit code; the terminal has been given back.
    End(u8),
    /// Somebody else wants us to stop, as Ctrl-Z does.
    Suspend,
    /// The process goes on after it was stopped.
    Continued,
    /// The screen has taken the last frame; told to who found it busy.
    ScreenFree,
}

/// Tells the loop, from any thread.
pub type Tell = Arc<dyn Fn(Control) + Send + Sync>;

/// Ends the process in good order.
#[derive(Clone)]
pub struct Ending {
    tell: Tell,
}

impl Ending {
    /// An ending that tells the loop by `tell`.
    pub fn new(tell: Tell) -> Self {
        Self { tell }
    }

    /// Gives the terminal back and asks the loop to end with `code`. Where it does not, the process ends when its
    /// store has had its time.
    pub fn ask(&self, code: u8) {
        self.ask_within(SAVING + AT_ONCE, code);
    }

    /// Tells the loop something that is no end.
    pub fn tell(&self, control: Control) {
        (self.tell)(control);
    }

    fn ask_within(&self, patience: Duration, code: u8) {
        exit_after(patience, code);
        terminal::restore();
        self.tell(Control::End(code));
    }
}

impl std::fmt::Debug for Ending {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Ending").finish_non_exhaustive()
    }
}

/// Starts the `signals` thread.
///
/// # Errors
/// The system refuses a handler or a thread.
pub fn listen(ending: Ending) -> io::Result<()> {
    let mut signals = Signals::new([SIGTERM, SIGHUP, SIGINT, SIGQUIT, SIGTSTP, SIGCONT])?;
    thread::Builder::new().name("signals".to_owned()).spawn(move || {
        let mut patience = SAVING + AT_ONCE;
        for signal in signals.forever() {
            match signal {
                SIGTSTP => ending.tell(Control::Suspend),
                SIGCONT => ending.tell(Control::Continued),
                other => {
                    let number = u8::try_from(other).unwrap_or_default();
                    ending.ask_within(patience, BY_SIGNAL.saturating_add(number));
                    // Whoever sends another one does not want to wait for anything.
                    patience = AT_ONCE;
                }
            }
        }
    })?;
    Ok(())
}

/// A panic on any thread gives the terminal back, is reported as it was before this call, and ends the process:
/// half a program that looks alive would be worse than none.
pub fn end_on_panic() {
    let report = panic::take_hook();
    panic::set_hook(Box::new(move |panic| {
        exit_after(AT_ONCE, PANICKED);
        terminal::restore();
        report(panic);
        exit(PANICKED);
    }));
}

/// What came of stopping.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stopping {
    /// The process stops; [`Control::Continued`] follows when it goes on.
    Stops,
    /// There is no shell that could let it go on.
    Refused,
}

/// Stops the whole job, as Ctrl-Z does outside of raw mode. A wrapper such as `cargo run` has to stop with us, or the
/// shell would wait for it. The terminal must have been given back before, where [`can_stop`].
pub fn stop() -> Stopping {
    match kill_current_process_group(Signal::STOP) {
        Ok(()) => Stopping::Stops,
        Err(_) => Stopping::Refused,
    }
}

/// True when a shell with job control stands behind us. The kernel ignores Ctrl-Z in the group of the session's
/// leader, because nobody could let it go on; so do we.
pub fn can_stop() -> bool {
    getsid(None).is_ok_and(|session| session != getpgrp())
}

/// Ends the process when the time is over, unless it has ended by then.
fn exit_after(patience: Duration, code: u8) {
    let waiting = thread::Builder::new().name("deadline".to_owned()).spawn(move || {
        thread::sleep(patience);
        exit(code);
    });
    if waiting.is_err() {
        terminal::restore();
        exit(code);
    }
}

#[expect(clippy::exit, reason = "the deadline of an ending, and the end of a panic")]
fn exit(code: u8) -> ! {
    std::process::exit(i32::from(code))
}
