//! The `clipboard` thread: puts texts on the clipboard, by the first way that takes them.
//!
//! Programs are found in `PATH` and started without a shell; the text is their standard input, what they write is
//! dropped, and none is waited for longer than two seconds.

use super::screen::Writer;
use super::worker::{Worker, Workers};
use crate::alert::{self, TooLong};
use crate::app::Message;
use crate::domain::Text;
use crate::settings::{Clipboard, Tool, Way};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::Duration;
use tokio::sync::mpsc::UnboundedSender;

/// How long a program is waited for: so many times this long, two seconds.
const TRIES: u32 = 400;
const PAUSE: Duration = Duration::from_millis(5);

/// A text for the clipboard.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Copy {
    /// The text.
    pub text: String,
    /// What it is, as `3 numbers`.
    pub what: String,
}

/// Why a way did not take a text.
#[derive(Debug, PartialEq, Eq)]
enum Refused {
    /// The program is not on this machine: nothing that is worth telling.
    NotHere,
    /// Why, as a clause.
    Because(String),
}

/// Starts the thread.
///
/// # Errors
/// The system has no thread left.
pub fn start(
    workers: &Workers,
    clipboard: Clipboard,
    terminal: Writer,
    messages: UnboundedSender<Message>,
) -> io::Result<Worker<Copy>> {
    workers.start("clipboard", move |copies| {
        for Copy { text, what } in copies {
            let result = copy(&clipboard, &text, |bytes| terminal.write(bytes));
            match &result {
                Ok(way) => tracing::info!("copied {what} by {way}"),
                Err(why) => tracing::warn!("not copied: {why}"),
            }
            // The loop may have ended.
            let _ = messages.send(Message::Copied { what, result: result.map_err(Text::from) });
        }
    })
}

/// Tries one way after the other. Returns which took the text, and which did not.
fn copy(clipboard: &Clipboard, text: &str, write: impl Fn(&[u8])) -> Result<String, String> {
    let mut refusals = Vec::new();
    for way in &clipboard.ways {
        let (name, outcome) = match way {
            Way::Osc52 => ("OSC 52", by_terminal(text, &write)),
            Way::Program(tool) => (tool.name, by_program(*tool, &clipboard.path, text)),
        };
        match outcome {
            Ok(()) if refusals.is_empty() => return Ok(name.to_owned()),
            Ok(()) => return Ok(format!("{name}; {}", refusals.join("; "))),
            Err(Refused::NotHere) => {}
            Err(Refused::Because(why)) => refusals.push(why),
        }
    }
    refusals.extend(clipboard.refusal.clone());
    let whys = match refusals.as_slice() {
        [] => "no program for it is in PATH".to_owned(),
        whys => whys.join("; "),
    };
    Err(format!("Not copied: {whys}. Export writes a file."))
}

fn by_terminal(text: &str, write: impl Fn(&[u8])) -> Result<(), Refused> {
    match alert::copy(text) {
        Ok(bytes) => {
            write(&bytes);
            Ok(())
        }
        Err(TooLong { most }) => {
            Err(Refused::Because(format!("a terminal takes {most} bytes, and these are {}", text.len())))
        }
    }
}

fn by_program(tool: Tool, path: &[PathBuf], text: &str) -> Result<(), Refused> {
    let program = path.iter().map(|directory| directory.join(tool.name)).find(|file| is_program(file));
    let program = program.ok_or(Refused::NotHere)?;
    let failed = |why: String| Refused::Because(format!("{} did not take it ({why})", tool.name));
    let mut child = Command::new(program)
        .args(tool.arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .map_err(|error| failed(error.to_string()))?;
    feed(&mut child, text).map_err(|error| failed(error.to_string()))?;
    wait(&mut child).map_err(failed)
}

#[cfg(unix)]
fn is_program(file: &Path) -> bool {
    use std::os::unix::fs::PermissionsExt;
    file.metadata().is_ok_and(|known| known.is_file() && known.permissions().mode() & 0o111 != 0)
}

#[cfg(not(unix))]
fn is_program(file: &Path) -> bool {
    file.is_file()
}

/// Gives a program its standard input, on a thread of its own: one that does not read must not hold up this one.
fn feed(child: &mut Child, text: &str) -> io::Result<()> {
    let Some(mut input) = child.stdin.take() else { return Ok(()) };
    let text = text.to_owned();
    thread::Builder::new().name("clipboard-in".to_owned()).spawn(move || {
        // A program that ends early tells so by its code.
        let _ = input.write_all(text.as_bytes());
    })?;
    Ok(())
}

/// Waits for the end of a program; one that takes too long is ended.
fn wait(child: &mut Child) -> Result<(), String> {
    for _ in 0..TRIES {
        match child.try_wait() {
            Ok(Some(status)) if status.success() => return Ok(()),
            Ok(Some(status)) => return Err(status.to_string()),
            Ok(None) => thread::sleep(PAUSE),
            Err(error) => return Err(error.to_string()),
        }
    }
    // It may have ended in this moment.
    let _ = child.kill();
    let _ = child.wait();
    Err("it takes longer than 2 s".to_owned())
}

#[cfg(test)]
mod tests;
