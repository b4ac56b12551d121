//! The `keys` thread: crossterm's only reader.
//!
//! It waits for an event, then takes all that are ready without waiting: one batch, one frame. The batch is also how
//! a paste without brackets is told from keys. Of a long paste several batches come, one close behind the other: that
//! is found out here, because the loop, which has frames to draw, takes them later than they come.
//!
//! crossterm 0.29 loses one of a key and a resize that come together: it returns the first of the two that its
//! edge-triggered poll reports, and is not told about the other again. A lost size is seen by asking for the size with
//! every batch. A lost key stays in the terminal: where there is one, [`terminal::tell_again`] has it reported anew.

use super::signals::{Ending, TERMINAL_GONE};
use super::terminal;
use crate::app::model::Size;
use crate::keymap::Spacing;
use crossterm::event::{self, Event};
use rustix::event::{PollFd, PollFlags, Timespec, poll};
use rustix::stdio::stdin;
use std::time::Duration;
use std::{io, thread};
use tokio::sync::mpsc;

/// Batches that may wait for the loop; beyond them the terminal keeps the keys.
const BATCHES: usize = 16;
/// Events of one batch: a flood of keys is drawn in between.
const MOST: usize = 4096;
/// What comes so soon after a part of a paste belongs to it.
const SAME_PASTE: Duration = Duration::from_millis(50);

/// Events that came together.
#[derive(Debug)]
pub struct Batch {
    /// In the order in which they came.
    pub events: Vec<Event>,
    /// How soon after the batch before.
    pub spacing: Spacing,
}

/// Starts the thread and returns what it reads from a terminal of `size`.
///
/// # Errors
/// The system has no thread left.
pub fn start(mut size: Size, ending: Ending) -> io::Result<mpsc::Receiver<Batch>> {
    let (sender, batches) = mpsc::channel(BATCHES);
    thread::Builder::new().name("keys".to_owned()).spawn(move || {
        loop {
            let Ok(mut batch) = next_batch() else { return ending.ask(TERMINAL_GONE) };
            let now = terminal::size();
            if now != std::mem::replace(&mut size, now) {
                batch.events.push(Event::Resize(now.width, now.height));
            }
            if sender.blocking_send(batch).is_err() {
                // The loop has ended.
                return;
            }
        }
    })?;
    Ok(batches)
}

fn next_batch() -> io::Result<Batch> {
    // A batch that was full has left keys in the terminal.
    let is_close = is_more_ready()? || event::poll(SAME_PASTE)?;
    let mut events = vec![event::read()?];
    while events.len() < MOST && is_more_ready()? {
        events.push(event::read()?);
    }
    Ok(Batch { events, spacing: if is_close { Spacing::Close } else { Spacing::Apart } })
}

fn is_more_ready() -> io::Result<bool> {
    if event::poll(Duration::ZERO)? {
        return Ok(true);
    }
    if !is_unread() {
        return Ok(false);
    }
    terminal::tell_again();
    event::poll(Duration::ZERO)
}

/// True when the terminal holds keys that crossterm does not see.
fn is_unread() -> bool {
    let keys = stdin();
    let mut ready = [PollFd::new(&keys, PollFlags::IN)];
    // Asked of a terminal, without waiting; an error is for the reader to find.
    poll(&mut ready, Some(&Timespec::default())).is_ok_and(|ready| ready > 0)
}
