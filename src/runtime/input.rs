//! The `keys` thread: crossterm's only reader.
//!
//! It waits for an event, then takes all that are ready without waiting: one batch, one frame. The batch is also how
//! a paste without brackets is told from keys.

use super::signals::{Ending, TERMINAL_GONE};
use crossterm::event::{self, Event};
use std::time::Duration;
use std::{io, thread};
use tokio::sync::mpsc;

/// Batches that may wait for the loop; beyond them the terminal keeps the keys.
const BATCHES: usize = 16;
/// Events of one batch: a flood of keys is drawn in between.
const MOST: usize = 4096;

/// Starts the thread and returns what it reads.
///
/// # Errors
/// The system has no thread left.
pub fn start(ending: Ending) -> io::Result<mpsc::Receiver<Vec<Event>>> {
    let (sender, batches) = mpsc::channel(BATCHES);
    thread::Builder::new().name("keys".to_owned()).spawn(move || {
        loop {
            let Ok(batch) = next_batch() else { return ending.ask(TERMINAL_GONE) };
            if sender.blocking_send(batch).is_err() {
                // The loop has ended.
                return;
            }
        }
    })?;
    Ok(batches)
}

fn next_batch() -> io::Result<Vec<Event>> {
    let mut batch = vec![event::read()?];
    while batch.len() < MOST && event::poll(Duration::ZERO)? {
        batch.push(event::read()?);
    }
    Ok(batch)
}
