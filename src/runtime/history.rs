//! The `history` thread: records what was observed, one transaction for all that waits, and reads what is known.
//!
//! When the program ends, what was to be recorded is recorded, and nothing is read or checked any more: nobody waits for
//! it.
//!
//! The engine keeps the changes that could not be recorded and hands them in again; what the user marked as handled,
//! and when unchanged orders were last seen, is kept here until it is written.

use super::clock::Clock;
use super::worker::{Worker, Workers};
use crate::app::Message;
use crate::app::effect::HistoryWork;
use crate::app::message::WatchMessage;
use crate::app::past::PastOf;
use crate::domain::usual::{Alike, Usual};
use crate::domain::{OrderKey, Text};
use crate::store::history::Record;
use crate::store::{ChangeFilter, History, Reader, StoreError};
use std::collections::{HashMap, VecDeque};
use std::io;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, TryRecvError};
use tokio::sync::mpsc::UnboundedSender;

/// Starts the thread for the history at `path`.
///
/// # Errors
/// The system has no thread left.
pub fn start(
    workers: &Workers,
    path: PathBuf,
    clock: Clock,
    messages: UnboundedSender<Message>,
) -> io::Result<Worker<HistoryWork>> {
    workers.start("history", move |works| {
        Ledger { path, clock, messages, state: State::Closed, pending: Vec::new() }.keep(Works::of(works));
    })
}

#[derive(Debug)]
struct Ledger {
    path: PathBuf,
    clock: Clock,
    messages: UnboundedSender<Message>,
    state: State,
    /// What the next transaction records.
    pending: Vec<Record>,
}

/// How far the file was opened.
#[derive(Debug)]
enum State {
    /// Not yet: opening for writing creates it.
    Closed,
    /// It was opened, and is to be checked when nobody waits.
    Unchecked(History),
    /// It was checked.
    Checked(History),
}

/// What is to be done, the oldest first.
#[derive(Debug)]
struct Works<'a> {
    works: &'a Receiver<HistoryWork>,
    /// What came while something else was done.
    waiting: VecDeque<HistoryWork>,
}

impl<'a> Works<'a> {
    const fn of(works: &'a Receiver<HistoryWork>) -> Self {
        Self { works, waiting: VecDeque::new() }
    }

    /// Waits for the next; none when the program ends and all is done.
    fn wait(&mut self) -> Option<HistoryWork> {
        self.waiting.pop_front().or_else(|| self.works.recv().ok())
    }

    /// The next that is already there.
    fn next(&mut self) -> Option<HistoryWork> {
        self.waiting.pop_front().or_else(|| self.works.try_recv().ok())
    }

    /// Whether the program ends: what is to be done by then is all here.
    fn is_last(&mut self) -> bool {
        loop {
            match self.works.try_recv() {
                Ok(work) => self.waiting.push_back(work),
                Err(TryRecvError::Empty) => return false,
                Err(TryRecvError::Disconnected) => return true,
            }
        }
    }
}

impl Ledger {
    fn keep(mut self, mut works: Works<'_>) {
        while let Some(first) = works.wait() {
            self.take(first, &mut works);
            while let Some(work) = works.next() {
                self.take(work, &mut works);
            }
            self.commit(&mut works);
        }
        // What the user marked while the disk was full.
        self.commit(&mut works);
    }

    fn take(&mut self, work: HistoryWork, works: &mut Works<'_>) {
        match work {
            HistoryWork::Record(observations) => {
                self.pending.extend(observations.into_iter().map(Record::Observed));
            }
            HistoryWork::Touch(seen) => {
                let seen = seen.into_iter().map(|(key, read_at)| Record::LastSeen { key, read_at });
                self.pending.extend(seen);
            }
            HistoryWork::SetHandled(key, kind) => self.pending.push(Record::Handled { key, kind }),
            HistoryWork::Load(keys) => {
                // What came before it is known.
                self.commit(works);
                self.load(&keys, works);
            }
            HistoryWork::ReadChanges { of, keys, before, limit } => {
                self.commit(works);
                if !works.is_last() {
                    self.read_changes(of, &keys, before, limit);
                }
            }
            HistoryWork::ReadUsual(of) => {
                self.commit(works);
                if !works.is_last() {
                    self.read_usual(of);
                }
            }
        }
    }

    /// Orders that cannot be read are told as unknown: they are asked for all the same. They are told together, because
    /// what is asked first, and how, depends on all of them.
    fn load(&self, keys: &[OrderKey], works: &mut Works<'_>) {
        let known = Reader::open_in_time(&self.path).and_then(|reader| match reader {
            Some(reader) => reader.whole(keys, &mut || works.is_last()),
            None => Ok(Vec::new()),
        });
        if works.is_last() {
            return;
        }
        let known = known.unwrap_or_else(|error| {
            self.warn(&error.to_string());
            Vec::new()
        });
        let mut known: HashMap<_, _> = known.into_iter().map(|(key, known)| (key, Arc::new(known))).collect();
        let answer = keys.iter().map(|key| (key.clone(), known.remove(key))).collect();
        self.tell(Message::Watch(WatchMessage::Known(answer)));
    }

    /// Where changes cannot be read, that is told, and why.
    fn read_changes(&self, of: PastOf, keys: &[OrderKey], before: u64, limit: usize) {
        let filter = ChangeFilter { keys: Some(keys), before: Some(before), limit: Some(limit), since: None };
        let read = Reader::open_in_time(&self.path).and_then(|reader| match reader {
            Some(reader) => reader.changes(filter),
            None => Ok(Vec::new()),
        });
        let changes = read.inspect_err(|error| self.warn(&error.to_string())).ok();
        self.tell(Message::ChangesRead { of, changes });
    }

    /// What cannot be read is nothing usual: it is worth no warning.
    fn read_usual(&self, of: Alike) {
        let read = Reader::open_in_time(&self.path).and_then(|reader| match reader {
            Some(reader) => reader.ended(&of),
            None => Ok(Vec::new()),
        });
        let ended = read.unwrap_or_else(|error| {
            tracing::warn!("{error}");
            Vec::new()
        });
        self.tell(Message::UsualRead { of, usual: Usual::of(ended) });
    }

    fn commit(&mut self, works: &mut Works<'_>) {
        if self.pending.is_empty() {
            return;
        }
        let recorded = self.record();
        let observed = self.pending.iter().any(|record| matches!(record, Record::Observed(_)));
        match recorded {
            Ok(()) => {
                tracing::debug!(records = self.pending.len(), "recorded");
                let up_to = self.pending.iter().filter_map(newest).max().unwrap_or_default();
                self.pending.clear();
                if observed {
                    self.tell(Message::Watch(WatchMessage::Recorded { up_to }));
                }
                if !works.is_last() {
                    self.check_once();
                }
            }
            Err(error) => {
                self.pending = unwritten(std::mem::take(&mut self.pending));
                if observed {
                    let why = Text::from(error.to_string());
                    self.tell(Message::Watch(WatchMessage::NotRecorded { why }));
                } else {
                    self.warn(&error.to_string());
                }
            }
        }
    }

    fn record(&mut self) -> Result<(), StoreError> {
        if let State::Closed = self.state {
            let opened = History::open(&self.path, self.clock.now().wall)?;
            opened.notice.iter().for_each(|notice| self.warn(notice));
            self.state = State::Unchecked(opened.history);
        }
        match &mut self.state {
            State::Unchecked(history) | State::Checked(history) => history.record(&self.pending).map(drop),
            State::Closed => Ok(()),
        }
    }

    /// Checks the whole file once, when the first answers are safe.
    fn check_once(&mut self) {
        self.state = match std::mem::replace(&mut self.state, State::Closed) {
            State::Unchecked(history) => match history.check(self.clock.now().wall) {
                Ok(checked) => {
                    checked.notice.iter().for_each(|notice| self.warn(notice));
                    State::Checked(checked.history)
                }
                Err(error) => {
                    self.warn(&error.to_string());
                    State::Closed
                }
            },
            other @ (State::Closed | State::Checked(_)) => other,
        };
    }

    fn warn(&self, what: &str) {
        tracing::warn!("{what}");
        self.tell(Message::Warned(Text::new(what)));
    }

    fn tell(&self, message: Message) {
        // The loop may have ended.
        let _ = self.messages.send(message);
    }
}

/// What nobody hands in again, for the next transaction: of each order the latest.
fn unwritten(records: Vec<Record>) -> Vec<Record> {
    let (mut handled, mut seen) = (HashMap::new(), HashMap::new());
    for record in records {
        match record {
            Record::Observed(_) => {}
            Record::Handled { key, kind } => {
                handled.insert(key, kind);
            }
            Record::LastSeen { key, read_at } => {
                seen.insert(key, read_at);
            }
        }
    }
    let handled = handled.into_iter().map(|(key, kind)| Record::Handled { key, kind });
    let seen = seen.into_iter().map(|(key, read_at)| Record::LastSeen { key, read_at });
    handled.chain(seen).collect()
}

/// The sequence number of the newest change in a record.
fn newest(record: &Record) -> Option<u64> {
    match record {
        Record::Observed(observation) => observation.changes.iter().map(|change| change.sequence).max(),
        Record::LastSeen { .. } | Record::Handled { .. } => None,
    }
}

#[cfg(test)]
mod tests;
