//! The `screen` thread: writes what it is given, one write for a frame, and waits for the terminal so that nobody
//! else has to.
//!
//! While it writes, the loop draws no further frame. A terminal that nobody reads therefore holds up one thread and
//! one frame; keys, answers and signals go on.

mod canvas;
mod surroundings;

pub use canvas::Canvas;
pub use surroundings::Surroundings;

use super::terminal;
use std::io;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread;

/// The near end of the `screen` thread.
#[derive(Debug)]
pub struct Screen {
    shared: Arc<Shared>,
}

#[derive(Debug, Default)]
struct Shared {
    desk: Mutex<Desk>,
    filled: Condvar,
}

/// A way to the terminal for bytes that are no frame.
#[derive(Clone, Debug)]
pub struct Writer(Arc<Shared>);

impl Writer {
    /// Hands over bytes; they are written after those that were handed over before.
    pub fn write(&self, bytes: &[u8]) {
        self.0.write(bytes);
    }
}

/// What lies between the loop and the writer.
#[derive(Debug, Default)]
struct Desk {
    /// Bytes to be written next.
    next: Vec<u8>,
    /// How they are written.
    passage: Passage,
    /// Whether the writer waits for the terminal.
    writer: Progress,
    /// Whether the loop wants to hear when it is done.
    listener: Listener,
}

/// How bytes are written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Passage {
    /// Only while the terminal is ours.
    #[default]
    Frame,
    /// On a terminal that was given back.
    Print,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Progress {
    #[default]
    Idle,
    Writing,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Listener {
    #[default]
    Absent,
    Waiting,
}

/// What the thread tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Report {
    /// The terminal has taken all that it was given; told only to who found it busy.
    Free,
    /// The terminal takes nothing any more.
    Gone,
}

impl Screen {
    /// Starts the thread.
    ///
    /// # Errors
    /// The system has no thread left.
    pub fn start(report: impl Fn(Report) + Send + 'static) -> io::Result<Self> {
        let shared = Arc::new(Shared::default());
        let desk = Arc::clone(&shared);
        thread::Builder::new().name("screen".to_owned()).spawn(move || desk.write_for_ever(&report))?;
        Ok(Self { shared })
    }

    /// True when a frame would be written at once. When not, [`Report::Free`] follows.
    pub fn is_free(&self) -> bool {
        let mut desk = self.shared.lock();
        let is_free = desk.writer == Progress::Idle && desk.next.is_empty();
        if !is_free {
            desk.listener = Listener::Waiting;
        }
        is_free
    }

    /// Takes back what is not being written yet.
    pub fn discard(&self) {
        self.put(Vec::new(), Passage::Frame);
    }

    /// Prints on a terminal that was given back. What was not written before belonged to a screen that is gone.
    pub fn print(&self, text: Vec<u8>) {
        self.put(text, Passage::Print);
    }

    fn put(&self, next: Vec<u8>, passage: Passage) {
        let mut desk = self.shared.lock();
        desk.next = next;
        desk.passage = passage;
        drop(desk);
        // Who waits for what was taken back waits for nothing any more.
        self.shared.filled.notify_one();
    }

    /// Hands over bytes; they are written after those that were handed over before.
    pub fn write(&self, bytes: &[u8]) {
        self.shared.write(bytes);
    }

    /// The same way for others.
    pub fn writer(&self) -> Writer {
        Writer(Arc::clone(&self.shared))
    }
}

impl Shared {
    fn write(&self, bytes: &[u8]) {
        self.lock().next.extend_from_slice(bytes);
        self.filled.notify_one();
    }

    fn write_for_ever(&self, report: &dyn Fn(Report)) {
        let mut frame = Vec::new();
        loop {
            let passage = {
                let desk = self.lock();
                let mut desk = self
                    .filled
                    .wait_while(desk, |desk| desk.next.is_empty() && desk.listener == Listener::Absent)
                    .unwrap_or_else(PoisonError::into_inner);
                std::mem::swap(&mut desk.next, &mut frame);
                desk.writer = Progress::Writing;
                desk.passage
            };
            let written = match passage {
                Passage::Frame => terminal::write_frame(&frame),
                Passage::Print => terminal::print(&frame),
            };
            frame.clear();
            let was_awaited = {
                let mut desk = self.lock();
                desk.writer = Progress::Idle;
                std::mem::take(&mut desk.listener) == Listener::Waiting
            };
            if written.is_err() {
                report(Report::Gone);
            } else if was_awaited {
                report(Report::Free);
            }
        }
    }

    fn lock(&self) -> MutexGuard<'_, Desk> {
        self.desk.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::mpsc;
    use std::time::Duration;

    /// The terminal was given back, so that bytes go nowhere and at once.
    #[test]
    fn whoever_finds_it_busy_is_told_when_it_is_free_although_the_bytes_were_taken_back() {
        let (sender, reports) = mpsc::channel();
        let screen = Screen::start(move |report| sender.send(report).unwrap()).unwrap();
        let mut waits = 0;
        for _ in 0..2_000 {
            screen.write(b"a frame");
            if !screen.is_free() {
                screen.discard();
                waits += 1;
                assert_eq!(reports.recv_timeout(Duration::from_secs(10)), Ok(Report::Free));
            }
        }
        assert!(waits > 0, "it was never found busy");
        assert_eq!(reports.try_recv(), Err(mpsc::TryRecvError::Empty), "nobody is told who did not ask");
    }
}
