//! What a terminal shows after the bytes that it was sent.

use std::io::Read;
use std::sync::{Arc, Condvar, Mutex};
use std::thread;
use std::time::{Duration, Instant};

/// How long a state of the screen is waited for. A test that succeeds never waits this long.
pub(crate) const PATIENCE: Duration = Duration::from_secs(20);

/// A terminal that is fed by a thread of its own.
#[derive(Clone)]
pub(crate) struct Screen {
    shared: Arc<(Mutex<State>, Condvar)>,
}

/// How long a terminal reads.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Until {
    /// To the end.
    Closed,
    /// Until it shows this text; afterwards nobody reads.
    Shows(&'static str),
}

struct State {
    terminal: vt100::Parser,
    raw: Vec<u8>,
    is_closed: bool,
}

impl Screen {
    /// A terminal of this size that reads `output`.
    pub(crate) fn reading(
        mut output: Box<dyn Read + Send>,
        (width, height): (u16, u16),
        until: Until,
    ) -> Self {
        let terminal = vt100::Parser::new(height.try_into().unwrap(), width.try_into().unwrap(), 0);
        let state = State { terminal, raw: Vec::new(), is_closed: false };
        let screen = Self { shared: Arc::new((Mutex::new(state), Condvar::new())) };
        let feeder = screen.clone();
        thread::spawn(move || {
            let mut bytes = [0; 4096];
            // A pseudo-terminal ends with an error once nobody holds its other side.
            while let Ok(read @ 1..) = output.read(&mut bytes) {
                feeder.change(|state| {
                    state.terminal.process(&bytes[..read]);
                    state.raw.extend_from_slice(&bytes[..read]);
                });
                match until {
                    Until::Shows(text) if feeder.text().contains(text) => break,
                    Until::Shows(_) | Until::Closed => {}
                }
            }
            drop(output);
            feeder.change(|state| state.is_closed = true);
        });
        screen
    }

    /// What is on it, line by line.
    pub(crate) fn text(&self) -> String {
        self.with(|state| state.terminal.screen().contents())
    }

    /// Whether anything is left of ours: the alternate screen, a hidden cursor, bracketed pastes.
    pub(crate) fn modes(&self) -> Modes {
        self.with(|state| {
            let screen = state.terminal.screen();
            Modes {
                alternate: screen.alternate_screen(),
                cursor_hidden: screen.hide_cursor(),
                paste: screen.bracketed_paste(),
            }
        })
    }

    /// Every byte that it was sent.
    pub(crate) fn raw(&self) -> Vec<u8> {
        self.with(|state| state.raw.clone())
    }

    /// Tells it its new size.
    pub(crate) fn resize(&self, width: u16, height: u16) {
        self.change(|state| {
            let size = (height.try_into().unwrap(), width.try_into().unwrap());
            state.terminal.screen_mut().set_size(size.0, size.1);
        });
    }

    /// Waits until it shows all of `texts`.
    #[track_caller]
    pub(crate) fn wait_for(&self, texts: &[&str]) {
        let shows = |state: &State| {
            let contents = state.terminal.screen().contents();
            texts.iter().all(|text| contents.contains(text))
        };
        assert!(self.wait_until(shows), "{texts:?} never came; the screen is:\n{}", self.text());
    }

    /// Waits until it shows `text` no longer.
    #[track_caller]
    pub(crate) fn wait_without(&self, text: &str) {
        let shows_not = |state: &State| !state.terminal.screen().contents().contains(text);
        assert!(self.wait_until(shows_not), "{text:?} never went; the screen is:\n{}", self.text());
    }

    /// Waits until all that was written has come.
    #[track_caller]
    pub(crate) fn wait_for_the_end(&self) {
        assert!(self.wait_until(|state| state.is_closed), "the terminal was never closed:\n{}", self.text());
    }

    fn wait_until(&self, holds: impl Fn(&State) -> bool) -> bool {
        let (state, changed) = &*self.shared;
        let waiting = changed.wait_timeout_while(state.lock().unwrap(), PATIENCE, |state| !holds(state));
        !waiting.unwrap().1.timed_out()
    }

    fn change(&self, change: impl FnOnce(&mut State)) {
        let (state, changed) = &*self.shared;
        change(&mut state.lock().unwrap());
        changed.notify_all();
    }

    fn with<T>(&self, read: impl FnOnce(&State) -> T) -> T {
        read(&self.shared.0.lock().unwrap())
    }
}

/// The modes of a terminal that a dashboard changes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Modes {
    /// The alternate screen.
    pub(crate) alternate: bool,
    /// No cursor.
    pub(crate) cursor_hidden: bool,
    /// Pastes in brackets.
    pub(crate) paste: bool,
}

impl Modes {
    /// While the dashboard is shown.
    pub(crate) const TAKEN: Self = Self { alternate: true, cursor_hidden: true, paste: true };
    /// Before it and after it.
    pub(crate) const GIVEN_BACK: Self = Self { alternate: false, cursor_hidden: false, paste: false };
}

/// Asks again and again until `answer` has one.
#[track_caller]
#[expect(clippy::disallowed_methods, reason = "a test has a deadline of its own")]
pub(crate) fn eventually<T>(what: &str, mut answer: impl FnMut() -> Option<T>) -> T {
    let late = Instant::now() + PATIENCE;
    loop {
        if let Some(answer) = answer() {
            return answer;
        }
        assert!(Instant::now() < late, "{what} never happened");
        thread::yield_now();
    }
}
