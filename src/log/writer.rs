//! The queue of lines, and the thread that writes them: whoever logs waits for no disk.

use std::collections::VecDeque;
use std::io::{self, Write};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::Duration;

/// The most lines that wait. A disk that is slower than that loses lines, and is told so.
const MOST: usize = 4096;

/// The near end of the writer. A clone is the same queue.
#[derive(Clone, Debug, Default)]
pub(super) struct Queue(Arc<Shared>);

#[derive(Debug, Default)]
struct Shared {
    state: Mutex<State>,
    filled: Condvar,
    written: Condvar,
}

#[derive(Debug, Default)]
struct State {
    lines: VecDeque<String>,
    /// Lines that found no place, or that the disk did not take, and that the log has not told yet.
    lost: u64,
    /// Whether the thread holds lines that it has not written.
    is_writing: bool,
}

impl Queue {
    /// Starts the thread.
    pub(super) fn start(out: impl Write + Send + 'static) -> io::Result<Self> {
        let queue = Self::default();
        let far = queue.clone();
        thread::Builder::new().name("log".to_owned()).spawn(move || far.write_to(out))?;
        Ok(queue)
    }

    /// Puts a line into the queue, or counts it where there is no place.
    pub(super) fn push(&self, line: String) {
        let mut state = self.lock();
        if state.lines.len() == MOST {
            state.lost += 1;
        } else {
            state.lines.push_back(line);
        }
        drop(state);
        self.0.filled.notify_one();
    }

    /// Waits until all lines are written, but not longer than this.
    pub(super) fn wait_until_written(&self, patience: Duration) {
        let is_busy = |state: &mut State| state.is_writing || !state.lines.is_empty();
        let _ = self.0.written.wait_timeout_while(self.lock(), patience, is_busy);
    }

    fn write_to(&self, mut out: impl Write) {
        let mut tail = Tail::Whole;
        loop {
            let (lines, lost) = self.next();
            let count = u64::try_from(lines.len()).unwrap_or(u64::MAX);
            let line_end = match tail {
                Tail::Whole => "",
                Tail::Broken => "\n",
            };
            let missing = match lost {
                0 => String::new(),
                lost => format!("({lost} lines are missing here: the disk did not take them)\n"),
            };
            let text = [line_end.to_owned(), missing].into_iter().chain(lines).collect::<String>();
            let written = out.write_all(text.as_bytes()).and_then(|()| out.flush());
            let mut state = self.lock();
            state.is_writing = false;
            match written {
                Ok(()) => tail = Tail::Whole,
                Err(_full) => {
                    tail = Tail::Broken;
                    state.lost += lost + count;
                }
            }
            drop(state);
            self.0.written.notify_all();
        }
    }

    /// All lines that wait, and how many are missing before them.
    fn next(&self) -> (VecDeque<String>, u64) {
        let waiting = self.0.filled.wait_while(self.lock(), |state| state.lines.is_empty());
        let mut state = waiting.unwrap_or_else(PoisonError::into_inner);
        state.is_writing = true;
        (std::mem::take(&mut state.lines), std::mem::take(&mut state.lost))
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.0.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// What the file ends with, as far as we know.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Tail {
    Whole,
    /// A part of a line, it may be.
    Broken,
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::mpsc::{Receiver, Sender, channel};

    /// A disk that takes a write when it is told to, or refuses it.
    struct Disk {
        allowed: Receiver<bool>,
        taken: Sender<String>,
    }

    impl Write for Disk {
        fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
            if self.allowed.recv() != Ok(true) {
                self.taken.send("refused".to_owned()).unwrap();
                return Err(io::ErrorKind::StorageFull.into());
            }
            self.taken.send(String::from_utf8(bytes.to_vec()).unwrap()).unwrap();
            Ok(bytes.len())
        }

        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }

    fn disk() -> (Queue, Sender<bool>, Receiver<String>) {
        let ((allow, allowed), (taken, writes)) = (channel(), channel());
        (Queue::start(Disk { allowed, taken }).unwrap(), allow, writes)
    }

    #[test]
    fn a_full_disk_loses_lines_and_says_so_when_it_takes_them_again() {
        let (queue, allow, writes) = disk();
        for (line, is_allowed, expected) in [
            ("first\n", true, "first\n"),
            ("second\n", false, "refused"),
            ("third\n", true, "\n(1 lines are missing here: the disk did not take them)\nthird\n"),
            ("fourth\n", true, "fourth\n"),
        ] {
            queue.push(line.to_owned());
            allow.send(is_allowed).unwrap();
            assert_eq!(writes.recv().unwrap(), expected);
        }
    }

    #[test]
    fn a_disk_that_hangs_holds_nobody_up_and_the_queue_does_not_grow() {
        let (queue, allow, writes) = disk();
        queue.push("first\n".to_owned());
        while !queue.lock().is_writing {
            thread::yield_now();
        }
        for _ in 0..=MOST {
            queue.push("line\n".to_owned());
        }
        queue.wait_until_written(Duration::from_millis(1));
        let State { lines, lost, .. } = std::mem::take(&mut *queue.lock());
        assert_eq!((lines.len(), lost), (MOST, 1));
        *queue.lock() = State { lines, lost, is_writing: true };
        for is_allowed in [true, true] {
            allow.send(is_allowed).unwrap();
        }
        assert_eq!(writes.recv().unwrap(), "first\n");
        let missing = "(1 lines are missing here: the disk did not take them)\n";
        assert_eq!(writes.recv().unwrap(), format!("{missing}{}", "line\n".repeat(MOST)));
    }
}
