//! The log of `--log-file`: what happened, one line each, for a support case.
//!
//! - Rooms emit `tracing` events where things happen; here is the one subscriber. Without `--log-file` there is none,
//!   and an event costs a comparison.
//! - A line is `TIME LEVEL TARGET MESSAGE KEY=VALUE...`, the time in UTC. It holds no control character and no secret:
//!   every message and every field goes through [`crate::domain::redact`], whoever wrote it, and phone numbers are
//!   masked.
//! - Nobody waits for the disk: lines are put into a queue, which a thread writes. What the disk does not take is left
//!   out and counted, and disturbs nobody.
//! - The time is an argument, as it is everywhere.

mod filter;
mod line;
mod panics;
mod subscriber;
mod writer;

pub use panics::report_panics;

use crate::domain::redact::Secrets;
use crate::domain::text::neutralise;
use crate::settings::{LogFile, Settings};
use jiff::Timestamp;
use std::env::consts::OS;
use std::fs::File;
use std::io;
use std::path::Path;
use std::time::Duration;
use subscriber::Recorder;
use tracing::{info, warn};
use writer::Queue;

/// How long the end of the program waits for the disk to take the last lines.
const PATIENCE: Duration = Duration::from_millis(250);

/// Why there is no log. The texts follow `chimewatch: `; nothing has started.
#[derive(Debug, thiserror::Error)]
pub enum LogError {
    /// The file cannot be opened or made.
    #[error("the log cannot be written to {path}: {reason}. Name another file with --log-file.")]
    File {
        /// The file, neutralised.
        path: String,
        /// What the system says.
        reason: String,
    },
    /// `RUST_LOG` is not understood.
    #[error(
        "RUST_LOG is '{text}', which is no filter: {reason}. It looks like debug, or info,aws_config=debug."
    )]
    Filter {
        /// The filter, neutralised.
        text: String,
        /// What is wrong with it.
        reason: String,
    },
    /// The system has no thread left, or there is a log already.
    #[error("the log cannot be started: {0}")]
    Start(String),
}

/// A log that is being written. Dropped, it has written all that was logged, or a quarter of a second has passed.
#[derive(Debug)]
pub struct Log {
    queue: Queue,
}

impl Log {
    /// Opens the file and starts to log what the whole process does.
    ///
    /// # Errors
    /// [`LogError`] names what is wrong and the next step.
    pub fn start(
        asked: &LogFile,
        clock: impl Fn() -> Timestamp + Send + Sync + 'static,
        secrets: Secrets,
    ) -> Result<Self, LogError> {
        let (log, recorder) = Self::prepare(asked, clock, secrets)?;
        let set = tracing::subscriber::set_global_default(recorder);
        set.map_err(|error| LogError::Start(error.to_string()))?;
        Ok(log)
    }

    fn prepare(
        asked: &LogFile,
        clock: impl Fn() -> Timestamp + Send + Sync + 'static,
        secrets: Secrets,
    ) -> Result<(Self, Recorder), LogError> {
        let filter = filter::read(asked.filter.as_deref())?;
        let file = open(&asked.path).map_err(|error| LogError::File {
            path: neutralise(&asked.path.display().to_string()),
            reason: error.to_string(),
        })?;
        let queue = Queue::start(file).map_err(|error| LogError::Start(error.to_string()))?;
        let recorder = Recorder::new(filter, Box::new(clock), secrets, queue.clone());
        Ok((Self { queue }, recorder))
    }
}

/// The program has begun. What was asked for stands here, as far as a support case needs it.
pub fn started(settings: &Settings) {
    let Settings { profile, region, endpoint, rate, places, .. } = settings;
    info!(target: "chimewatch", version = env!("CARGO_PKG_VERSION"), system = OS, "start");
    info!(target: "chimewatch", %profile, %region, %endpoint, %rate, "settings");
    info!(
        target: "chimewatch",
        config = %places.config.display(), data = %places.data.display(), state = %places.state.display(), "places"
    );
    for warning in &settings.warnings {
        warn!(target: "chimewatch", "{warning}");
    }
}

/// The program ends with this exit code.
pub fn ended(code: u8) {
    info!(target: "chimewatch", code, "end");
}

impl Drop for Log {
    fn drop(&mut self) {
        self.queue.wait_until_written(PATIENCE);
    }
}

/// Opens a file to append to. A pipe could block its writer, and a terminal shows the dashboard: neither is taken.
fn open(path: &Path) -> io::Result<File> {
    if path.metadata().is_ok_and(|found| !found.is_file()) {
        return Err(io::Error::other("it is no regular file"));
    }
    let mut options = File::options();
    options.append(true).create(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path)
}

#[cfg(test)]
mod tests;
