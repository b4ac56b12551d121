//! What the history knows for the first frame: read by a thread of its own, which opens the file and begins to read
//! while the lists are read, and goes on while the model takes them in.

use super::clock::Clock;
use crate::app::start::Known;
use crate::domain::{Moment, OrderKey};
use crate::store::{Demand, Outline, Reader};
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread;
use std::time::Duration;

/// How long the first frame waits for what is known.
const FIRST_FRAME: Duration = Duration::from_millis(3);

/// Whoever asked has nothing else to do any more.
#[derive(Clone, Copy, Debug)]
struct Waits;

/// The near end of the thread.
#[derive(Debug)]
pub(super) struct Outlines {
    keys: Sender<Vec<OrderKey>>,
    waits: Sender<Waits>,
    sequence: Receiver<u64>,
    found: Receiver<Known>,
}

impl Outlines {
    /// Opens the history at `path`. Where it cannot be read, or the system has no thread left, nothing is known: the
    /// history's own thread tells why when it reads the whole of it.
    pub(super) fn open(path: PathBuf, clock: Clock) -> Self {
        let (keys, asked) = channel();
        let (waits, hurry) = channel();
        let (tell_sequence, sequence) = channel();
        let (tell_found, found) = channel();
        let frame = FirstFrame { asked, hurry, found: tell_found, clock, late: None };
        let read = move || read(&path, &tell_sequence, frame);
        // Without a thread nobody answers.
        let _ = thread::Builder::new().name("outlines".to_owned()).spawn(read);
        Self { keys, waits, sequence, found }
    }

    /// The sequence number of the newest change, 0 without one. To be asked once.
    pub(super) fn last_sequence(&self) -> u64 {
        self.sequence.recv().unwrap_or_default()
    }

    /// Has these orders read.
    pub(super) fn ask(&self, keys: Vec<OrderKey>) {
        // The thread has ended where there is nothing to read.
        let _ = self.keys.send(keys);
    }

    /// Those of the orders that are known, without their numbers, as they come; what is not read within 3 ms from now on
    /// is left out.
    pub(super) fn take(self) -> impl Iterator<Item = Known> {
        // The thread may be done already.
        let _ = self.waits.send(Waits);
        self.found.into_iter()
    }
}

fn read(path: &Path, sequence: &Sender<u64>, mut frame: FirstFrame) {
    let Ok(Some(reader)) = Reader::open(path) else { return };
    // Whoever asks may have gone: there is no list to show.
    let _ = sequence.send(reader.last_sequence().unwrap_or_default());
    // What cannot be read is unknown, as the history's own thread will say.
    let _ = reader.outlines(&mut frame);
    // Nobody waits for the file to be closed.
    drop(frame);
}

/// The first frame, as whoever reads for it knows it.
struct FirstFrame {
    asked: Receiver<Vec<OrderKey>>,
    hurry: Receiver<Waits>,
    found: Sender<Known>,
    clock: Clock,
    late: Option<Moment>,
}

impl Demand for FirstFrame {
    fn named(&mut self) -> Option<Vec<OrderKey>> {
        self.asked.try_recv().ok()
    }

    fn wait(&mut self) -> Option<Vec<OrderKey>> {
        self.asked.recv().ok()
    }

    fn take(&mut self, found: Vec<Outline>) {
        // Nobody may wait any more.
        let _ = self.found.send(found.into_iter().map(|(key, outline)| (key, Some(outline))).collect());
    }

    fn is_late(&mut self) -> bool {
        let now = || self.clock.now().moment;
        self.late = self.late.or_else(|| self.hurry.try_recv().ok().map(|Waits| now().plus(FIRST_FRAME)));
        self.late.is_some_and(|late| now() >= late)
    }
}
