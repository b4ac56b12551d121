//! What the history knows for the first frame: read by a thread of its own, which opens the file while the lists are
//! read, and looks up their orders while the model takes them in.

use super::clock::Clock;
use crate::domain::{OrderKey, Snapshot};
use crate::store::Reader;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread;
use std::time::Duration;

/// How long the first frame waits for what is known.
const FIRST_FRAME: Duration = Duration::from_millis(10);

/// Whoever asked has nothing else to do any more.
#[derive(Clone, Copy, Debug)]
struct Waits;

/// The near end of the thread.
#[derive(Debug)]
pub(super) struct Outlines {
    asked: Arc<[OrderKey]>,
    keys: Sender<Arc<[OrderKey]>>,
    waits: Sender<Waits>,
    sequence: Receiver<u64>,
    found: Receiver<Vec<(usize, Arc<Snapshot>)>>,
}

impl Outlines {
    /// Opens the history at `path`. Where it cannot be read, or the system has no thread left, nothing is known: the
    /// history's own thread tells why when it reads the whole of it.
    pub(super) fn open(path: PathBuf, clock: Clock) -> Self {
        let (keys, asked) = channel();
        let (waits, hurry) = channel();
        let (tell_sequence, sequence) = channel();
        let (tell_found, found) = channel();
        let read = move || read(&path, clock, &tell_sequence, &asked, &hurry, &tell_found);
        // Without a thread nobody answers.
        let _ = thread::Builder::new().name("outlines".to_owned()).spawn(read);
        Self { asked: Arc::default(), keys, waits, sequence, found }
    }

    /// The sequence number of the newest change, 0 without one. To be asked once.
    pub(super) fn last_sequence(&self) -> u64 {
        self.sequence.recv().unwrap_or_default()
    }

    /// Has these orders read.
    pub(super) fn ask(&mut self, keys: Vec<OrderKey>) {
        self.asked = keys.into();
        // The thread has ended where there is nothing to read.
        let _ = self.keys.send(Arc::clone(&self.asked));
    }

    /// Those of the orders that are known, without their numbers; what is not read within 10 ms from now on is left out.
    pub(super) fn take(self) -> Vec<(OrderKey, Option<Arc<Snapshot>>)> {
        // The thread may be done already.
        let _ = self.waits.send(Waits);
        let found = self.found.recv().unwrap_or_default();
        let known =
            found.into_iter().filter_map(|(place, snapshot)| Some((self.asked.get(place)?, snapshot)));
        known.map(|(key, snapshot)| (key.clone(), Some(snapshot))).collect()
    }
}

fn read(
    path: &Path,
    clock: Clock,
    sequence: &Sender<u64>,
    asked: &Receiver<Arc<[OrderKey]>>,
    hurry: &Receiver<Waits>,
    found: &Sender<Vec<(usize, Arc<Snapshot>)>>,
) {
    let Ok(Some(reader)) = Reader::open(path) else { return };
    // Whoever asks may have gone: there is no list to show.
    let _ = sequence.send(reader.last_sequence().unwrap_or_default());
    let Ok(keys) = asked.recv() else { return };
    let mut late = None;
    let mut is_late = || {
        late = late.or_else(|| hurry.try_recv().ok().map(|Waits| clock.now().moment.plus(FIRST_FRAME)));
        late.is_some_and(|late| clock.now().moment >= late)
    };
    let known = reader.outlines(&keys, &mut is_late).unwrap_or_default();
    let _ = found.send(known.into_iter().map(|(place, outline)| (place, Arc::new(outline))).collect());
}
