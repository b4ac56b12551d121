//! Panics, told without secrets: their messages can hold whatever the program held.

use super::Log;
use super::writer::Queue;
use crate::domain::redact::Secrets;
use std::io::Write;
use std::panic::{self, PanicHookInfo};
use std::time::Duration;
use std::{io, thread};

/// How long the end of a program that panics waits for the disk.
const PATIENCE: Duration = Duration::from_millis(100);

/// From now on a panic is logged, where there is a log, and reported on stderr as `report` words it, without secrets.
pub fn report_panics(
    log: Option<&Log>,
    secrets: Secrets,
    report: impl Fn(&PanicHookInfo<'_>) -> String + Send + Sync + 'static,
) {
    let queue = log.map(|log| log.queue.clone());
    panic::set_hook(Box::new(move |panic| {
        note(panic, queue.as_ref());
        // Whoever started us may have closed it.
        let _ = writeln!(io::stderr(), "{}", secrets.redact(&report(panic)));
    }));
}

fn note(panic: &PanicHookInfo<'_>, queue: Option<&Queue>) {
    let Some(queue) = queue else { return };
    let message = panic.payload_as_str().unwrap_or("(no message)");
    let place = panic.location().map(ToString::to_string).unwrap_or_default();
    let thread = thread::current().name().unwrap_or("(no name)").to_owned();
    tracing::error!(target: "chimewatch", thread, place, "panic: {message}");
    queue.wait_until_written(PATIENCE);
}
