//! Who may write to the terminal, and until when.
//!
//! A frame passes the gate before it is written; [`Gate::close`] waits for the frame that is being written, but not
//! for ever, because nobody may be reading the terminal. No lock is held while bytes are written.

use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

/// The gate before the terminal.
#[derive(Debug)]
pub(super) struct Gate {
    state: Mutex<State>,
    changed: Condvar,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum State {
    /// Nothing passes.
    Closed,
    /// Nothing passes, and the terminal was given back for a while only.
    Lent,
    /// A frame may pass.
    Open,
    /// A frame is being written.
    Passing,
    /// Somebody is giving the terminal back.
    Closing,
}

/// How the gate was closed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Closed {
    /// Between two frames.
    Between,
    /// In the middle of a frame that could not be written in time.
    Within,
}

impl Gate {
    /// A closed gate.
    pub(super) const fn new() -> Self {
        Self { state: Mutex::new(State::Closed), changed: Condvar::new() }
    }

    /// Lets frames pass.
    pub(super) fn open(&self) {
        *self.lock() = State::Open;
    }

    /// Writes one frame with `write`, unless the gate is closed. A second writer is not let in beside the first.
    pub(super) fn pass<T>(&self, write: impl FnOnce() -> T) -> Option<T> {
        {
            let mut state = self.lock();
            if *state != State::Open {
                return None;
            }
            *state = State::Passing;
        }
        let written = write();
        let mut state = self.lock();
        if *state == State::Passing {
            *state = State::Open;
        }
        self.changed.notify_all();
        Some(written)
    }

    /// Does something short while the terminal is not given back for good, and keeps it from being so meanwhile.
    pub(super) fn while_ours(&self, act: impl FnOnce()) {
        let state = self.lock();
        match *state {
            State::Open | State::Passing | State::Lent => act(),
            State::Closed | State::Closing => {}
        }
        drop(state);
    }

    /// True while the terminal is given back for a while only.
    pub(super) fn is_lent(&self) -> bool {
        *self.lock() == State::Lent
    }

    /// Closes the gate after the frame that is passing, or after `patience` without it, and calls `give_back` unless
    /// it was closed before. Whoever comes second waits, with the same patience, until the first has given it back.
    pub(super) fn close(&self, patience: Duration, give_back: impl FnOnce(Closed)) {
        self.close_into(State::Closed, patience, give_back);
    }

    /// Closes the gate like [`close`](Self::close), for a while only; one that was closed for good stays so.
    pub(super) fn lend(&self, patience: Duration, give_back: impl FnOnce(Closed)) {
        self.close_into(State::Lent, patience, give_back);
    }

    fn close_into(&self, end: State, patience: Duration, give_back: impl FnOnce(Closed)) {
        let (mut state, _) = self
            .changed
            .wait_timeout_while(self.lock(), patience, |state| {
                matches!(state, State::Passing | State::Closing)
            })
            .unwrap_or_else(PoisonError::into_inner);
        let closed = match *state {
            State::Closed | State::Closing => return,
            State::Lent => {
                *state = end;
                return;
            }
            State::Open => Closed::Between,
            State::Passing => Closed::Within,
        };
        *state = State::Closing;
        drop(state);
        give_back(closed);
        *self.lock() = end;
        self.changed.notify_all();
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::mpsc;
    use std::thread;

    const PATIENCE: Duration = Duration::from_secs(10);

    fn closed(gate: &Gate, patience: Duration) -> Option<Closed> {
        let mut how = None;
        gate.close(patience, |closed| how = Some(closed));
        how
    }

    #[test]
    fn nothing_passes_before_it_is_opened_or_after_it_is_closed() {
        let gate = Gate::new();
        assert_eq!(gate.pass(|| 1), None);
        gate.open();
        assert_eq!(gate.pass(|| 2), Some(2));
        assert_eq!(closed(&gate, PATIENCE), Some(Closed::Between));
        assert_eq!(gate.pass(|| 3), None);
    }

    #[test]
    fn it_is_given_back_once() {
        let gate = Gate::new();
        assert_eq!(closed(&gate, PATIENCE), None);
        gate.open();
        assert_eq!(closed(&gate, PATIENCE), Some(Closed::Between));
        assert_eq!(closed(&gate, PATIENCE), None);
    }

    #[test]
    fn what_is_done_while_it_is_open_or_lent_is_not_done_when_it_is_closed() {
        let gate = Gate::new();
        let mut done = 0;
        gate.while_ours(|| done += 1);
        gate.open();
        gate.while_ours(|| done += 10);
        gate.lend(PATIENCE, |_| ());
        gate.while_ours(|| done += 100);
        gate.close(PATIENCE, |_| ());
        gate.while_ours(|| done += 1_000);
        assert_eq!(done, 110);
    }

    #[test]
    fn what_is_lent_lets_nothing_pass_and_is_given_back_no_second_time() {
        let gate = Gate::new();
        gate.open();
        let mut how = None;
        gate.lend(PATIENCE, |closed| how = Some(closed));
        assert_eq!((how, gate.is_lent(), gate.pass(|| ())), (Some(Closed::Between), true, None));
        assert_eq!((closed(&gate, PATIENCE), gate.is_lent()), (None, false));
        gate.lend(PATIENCE, |_| ());
        assert!(!gate.is_lent(), "closed for good is closed for good");
        gate.open();
        assert_eq!(gate.pass(|| 1), Some(1));
    }

    #[test]
    fn closing_waits_for_the_frame_that_passes() {
        let gate = Gate::new();
        gate.open();
        let (started, wait_for_start) = mpsc::channel();
        let (finish, wait_for_finish) = mpsc::channel::<()>();
        thread::scope(|scope| {
            let gate = &gate;
            scope.spawn(move || {
                gate.pass(|| {
                    started.send(()).unwrap();
                    wait_for_finish.recv().unwrap();
                })
            });
            wait_for_start.recv().unwrap();
            let closing = scope.spawn(move || closed(gate, PATIENCE));
            finish.send(()).unwrap();
            assert_eq!(closing.join().unwrap(), Some(Closed::Between));
        });
    }

    #[test]
    fn a_frame_that_nobody_reads_is_not_waited_for() {
        let gate = Gate::new();
        gate.open();
        let (started, wait_for_start) = mpsc::channel();
        let (finish, wait_for_finish) = mpsc::channel::<()>();
        thread::scope(|scope| {
            let gate = &gate;
            scope.spawn(move || {
                gate.pass(|| {
                    started.send(()).unwrap();
                    wait_for_finish.recv().unwrap();
                })
            });
            wait_for_start.recv().unwrap();
            assert_eq!(closed(gate, Duration::ZERO), Some(Closed::Within));
            finish.send(()).unwrap();
        });
        assert_eq!(gate.pass(|| ()), None, "the late frame does not open it again");
    }
}
