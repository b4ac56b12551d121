//! Taking the terminal and giving it back.
//!
//! There is one [`restore`]. Return, error, panic, signals, Ctrl-Z and the watchdog all use it, on whichever thread
//! they happen. It gives the terminal back once, waits at most 100 ms for a frame that is being written, and
//! nothing is written after it. The terminal belongs to the process, so its gate is a static: a panic hook and a
//! signal have nothing else to hold on to.

mod gate;

use crate::app::model::Size;
use crossterm::terminal::{disable_raw_mode, enable_raw_mode};
use gate::{Closed, Gate};
use rustix::event::{PollFd, PollFlags, Timespec, poll};
use rustix::io::{Errno, FdFlags, fcntl_setfd, retry_on_intr, write};
use rustix::stdio::{dup2_stdin, stdin, stdout};
use rustix::termios::{OptionalActions, QueueSelector, isatty, tcflush, tcgetattr, tcgetwinsize, tcsetattr};
use std::fs::File;
use std::io;
use std::time::Duration;

/// How long giving back waits for the writer, and then for the terminal to take a few bytes.
const PATIENCE: Duration = Duration::from_millis(100);

/// The title of the window put aside, the alternate screen, no cursor, pastes in brackets. The first frame carries it.
pub const ENTER: &[u8] = b"\x1b[22;2t\x1b[?1049h\x1b[?25l\x1b[?2004h";
/// The opposite of [`ENTER`], after the end of a synchronized update and of colours that a cut frame left behind, and
/// without the mouse, whoever had it.
const LEAVE: &[u8] = b"\x1b[?2026l\x1b[0m\x1b[?1006l\x1b[?1000l\x1b[?2004l\x1b[23;2t\x1b[?25h\x1b[?1049l";
/// Ends an escape sequence that was cut, so that what follows is not swallowed by it.
const END_OF_STRING: &[u8] = b"\x1b\\";

static GATE: Gate = Gate::new();

/// Why there can be no dashboard. Every text names the way there is.
#[derive(Debug, thiserror::Error)]
pub enum Unfit {
    /// Standard output goes into a file or a pipe.
    #[error("standard output is no terminal, and the dashboard needs one. {WITHOUT}")]
    NoScreen,
    /// The terminal says that it cannot move its cursor, or does not say what it is.
    #[error("TERM is {0}: this terminal cannot show the dashboard. {WITHOUT}")]
    Dumb(&'static str),
    /// Standard input is no terminal, and there is none beside it.
    #[error("no terminal to read keys from: standard input is none, and /dev/tty: {0}. {WITHOUT}")]
    NoKeys(io::Error),
    /// The terminal refused to be set up.
    #[error("the terminal cannot be set up: {0}. {WITHOUT}")]
    Refused(io::Error),
}

const WITHOUT: &str = "For one answer without a screen: chimewatch get ORDER_ID...";

/// Checks that there is a screen and a keyboard. Where standard input is no terminal, the controlling terminal
/// takes its place: whatever was piped in must have been read before. No program that is started from here on has
/// this standard input.
///
/// # Errors
/// [`Unfit`] says what is missing.
pub fn check(term: Option<&str>) -> Result<(), Unfit> {
    if !isatty(stdout()) {
        return Err(Unfit::NoScreen);
    }
    match term {
        None => return Err(Unfit::Dumb("not set")),
        Some("dumb") => return Err(Unfit::Dumb("dumb")),
        Some(_) => {}
    }
    if !isatty(stdin()) {
        // From here on there is one place that keys come from, for crossterm, the watchdog and the terminal's modes.
        let keys = File::options().read(true).write(true).open("/dev/tty").map_err(Unfit::NoKeys)?;
        dup2_stdin(&keys).map_err(|error| Unfit::NoKeys(error.into()))?;
    }
    // A credential process that asks for a password would otherwise take the keys, Ctrl-C among them.
    fcntl_setfd(stdin(), FdFlags::CLOEXEC).map_err(|error| Unfit::NoKeys(error.into()))
}

/// Takes the terminal: keys come one by one and unechoed, frames may pass. [`ENTER`] is the first frame's to write,
/// so that only the screen's thread ever waits for the terminal.
///
/// # Errors
/// The terminal's modes cannot be set.
pub fn take() -> Result<(), Unfit> {
    enable_raw_mode().map_err(Unfit::Refused)?;
    GATE.open();
    Ok(())
}

/// Gives the terminal back as it was. Safe to call on any thread, at any time, any number of times.
pub fn restore() {
    GATE.close(PATIENCE, give_back);
}

/// Gives the terminal back as [`restore`] does, for a while: a text may be printed on it, until it is taken again or
/// given back for good.
pub fn lend() {
    GATE.lend(PATIENCE, give_back);
}

fn give_back(closed: Closed) {
    // The modes first: they can be set while nobody reads the terminal. There is nobody to tell about an error.
    let _ = disable_raw_mode();
    match closed {
        Closed::Between => write_in_time(LEAVE),
        Closed::Within => write_in_time(&[END_OF_STRING, LEAVE].concat()),
    }
}

/// Writes one frame, whole, unless the terminal was given back.
///
/// # Errors
/// The terminal is gone.
pub fn write_frame(bytes: &[u8]) -> io::Result<()> {
    GATE.pass(|| write_all(bytes)).unwrap_or(Ok(()))
}

/// Prints on the terminal while it is lent; waits until it has taken everything.
///
/// # Errors
/// The terminal is gone.
pub fn print(bytes: &[u8]) -> io::Result<()> {
    if GATE.is_lent() { write_all(bytes) } else { Ok(()) }
}

/// Throws away what was typed and has not been read.
pub fn drop_unread() {
    // What is left then counts as keys.
    let _ = tcflush(stdin(), QueueSelector::IFlush);
}

/// Sets the terminal's modes to what they are: whoever polls it is told anew that there is something to read. Never
/// once the terminal was given back for good, whose modes are no longer ours.
pub fn tell_again() {
    GATE.while_ours(|| {
        if let Ok(modes) = tcgetattr(stdin()) {
            // Without it a key waits for the next one.
            let _ = tcsetattr(stdin(), OptionalActions::Now, &modes);
        }
    });
}

/// The size of the screen in cells. Never asked through crossterm, which starts `tput` where this fails.
pub fn size() -> Size {
    tcgetwinsize(stdout()).map_or(Size::default(), |size| Size { width: size.ws_col, height: size.ws_row })
}

fn write_all(mut bytes: &[u8]) -> io::Result<()> {
    while !bytes.is_empty() {
        match retry_on_intr(|| write(stdout(), bytes)) {
            Ok(written) => bytes = bytes.get(written..).unwrap_or_default(),
            // Another program that shares this terminal has made it non-blocking.
            Err(Errno::AGAIN) => wait_until_writable(None)?,
            Err(error) => return Err(error.into()),
        }
    }
    Ok(())
}

/// Writes while the terminal takes it, and gives up where nobody reads.
fn write_in_time(mut bytes: &[u8]) {
    let patience = Timespec::try_from(PATIENCE).ok();
    while !bytes.is_empty() && wait_until_writable(patience.as_ref()).is_ok() {
        match retry_on_intr(|| write(stdout(), bytes)) {
            Ok(written) => bytes = bytes.get(written..).unwrap_or_default(),
            Err(_) => return,
        }
    }
}

fn wait_until_writable(patience: Option<&Timespec>) -> io::Result<()> {
    let screen = stdout();
    let mut ready = [PollFd::new(&screen, PollFlags::OUT)];
    match retry_on_intr(|| poll(&mut ready, patience))? {
        0 => Err(io::ErrorKind::TimedOut.into()),
        _ => Ok(()),
    }
}
