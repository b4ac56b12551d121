//! What a command says: data on standard output, all else on standard error, in the form that was asked for.
//!
//! With `--output json` every line of both is one object: of an order `{"PhoneNumberOrder":…}`, beside the data
//! `{"Error":…}`, `{"Note":…}` and `{"Progress":…}`.

use super::Exit;
use super::row::{self, Labels};
use crate::cli::Output;
use crate::domain::json::quoted;
use crate::domain::{Failure, FailureKind, PhoneNumberOrder, PhoneNumberOrderId, Text};
use crate::runtime::net::Bodies;
use jiff::Timestamp;
use std::collections::HashSet;
use std::fmt::Display;
use std::io::{self, BufWriter, Write};

/// Where a command says what.
pub(super) struct Report<'a> {
    output: Output,
    out: BufWriter<&'a mut dyn Write>,
    err: &'a mut dyn Write,
    /// What was said already: a failure that holds for a whole account is said once.
    said: HashSet<String>,
    /// What the user calls the orders.
    labels: Labels,
    /// What the user has noted of them.
    notes: Labels,
    /// The columns of orders, once their names are written above the first row.
    columns: Option<row::Columns>,
    /// What becomes of the command when nobody reads its data any more.
    unread: Unread,
    /// Whether a line stands there that is written over.
    status: Status,
}

/// What becomes of a command when nobody reads its data any more.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Unread {
    /// It ends without a word, with 0: its reader has what it wanted.
    Ends,
    GoesOn,
}

/// Whether a line stands on the terminal that is written over.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Status {
    None,
    Shown,
}

/// Back to the first column, and all that stands there taken away: `EL` of ECMA-48.
const CLEAR: &str = "\r\u{1b}[K";

impl<'a> Report<'a> {
    /// A report in this form.
    pub(super) fn new(output: Output, out: &'a mut dyn Write, err: &'a mut dyn Write) -> Self {
        let out = BufWriter::new(out);
        Self {
            output,
            out,
            err,
            said: HashSet::new(),
            labels: Labels::new(),
            notes: Labels::new(),
            columns: None,
            unread: Unread::Ends,
            status: Status::None,
        }
    }

    /// Has orders be told with what the user calls them and has noted of them; before the first of them.
    pub(super) fn call(&mut self, labels: Labels, notes: Labels) {
        (self.labels, self.notes) = (labels, notes);
    }

    /// Has the command go on when nobody reads its data any more: its exit code is what was asked for.
    pub(super) fn go_on_unread(&mut self) {
        self.unread = Unread::GoesOn;
    }

    /// What a write came to.
    fn came_to(&self, written: io::Result<()>) -> io::Result<()> {
        match (written, self.unread) {
            (Err(error), Unread::GoesOn) if error.kind() == io::ErrorKind::BrokenPipe => Ok(()),
            (written, Unread::GoesOn | Unread::Ends) => written,
        }
    }

    /// The form.
    pub(super) const fn output(&self) -> Output {
        self.output
    }

    /// What has to be handed over as it came for this form.
    pub(super) const fn bodies(&self) -> Bodies {
        match self.output {
            Output::Table => Bodies::OfNone,
            Output::Json => Bodies::OfAll,
        }
    }

    /// An order: a row, or the object as it came in `body`.
    pub(super) fn order(
        &mut self,
        order: &PhoneNumberOrder,
        body: &str,
        received: Timestamp,
    ) -> io::Result<()> {
        match self.output {
            Output::Table => {
                let columns = self.headed()?;
                let row = row::row(order, self.labels.get(&order.id), columns);
                self.line(row)
            }
            Output::Json => {
                let (label, note) = (self.labels.get(&order.id), self.notes.get(&order.id));
                self.line(row::json(order, body.as_bytes(), received, label, note))
            }
        }
    }

    /// The columns, below their names.
    fn headed(&mut self) -> io::Result<row::Columns> {
        if let Some(columns) = self.columns {
            return Ok(columns);
        }
        let columns = row::Columns::of_standard_output(&self.labels);
        self.columns = Some(columns);
        self.line(row::heading(columns))?;
        Ok(columns)
    }

    /// A line of data.
    pub(super) fn line(&mut self, line: impl Display) -> io::Result<()> {
        let written = writeln!(self.out, "{line}");
        self.came_to(written)
    }

    /// Lets the reader have what was written.
    pub(super) fn flush(&mut self) -> io::Result<()> {
        let flushed = self.out.flush();
        self.came_to(flushed)
    }

    /// Something that whoever started it should know.
    pub(super) fn note(&mut self, note: impl Display) {
        self.below(match self.output {
            Output::Table => format!("chimewatch: {note}"),
            Output::Json => format!("{{\"Note\":{}}}", quoted(&note.to_string())),
        });
    }

    /// Wrong usage, which ends the command.
    pub(super) fn usage<T>(&mut self, why: impl Display) -> Result<T, Stop> {
        self.below(error_line(self.output, "Usage", &why.to_string()));
        Err(Stop::Said(Exit::Usage))
    }

    /// The same where once is enough.
    pub(super) fn note_once(&mut self, note: &str) {
        if self.said.insert(note.to_owned()) {
            self.note(note);
        }
    }

    /// Why an order, or all of an account, has no answer; said once.
    pub(super) fn failure(&mut self, failure: &Failure) {
        if !self.said.contains(&failure.to_string()) {
            self.failure_anew(failure);
        }
    }

    /// The same where it is news although it was said before: what was mended has failed again.
    pub(super) fn failure_anew(&mut self, failure: &Failure) {
        self.said.insert(failure.to_string());
        self.below(match self.output {
            Output::Table => format!("chimewatch: {}", in_words(failure)),
            Output::Json => in_members(failure),
        });
    }

    /// A line of standard error as it is. Whoever closed it, or lets its disk be full, still gets the orders and the exit
    /// code.
    pub(super) fn below(&mut self, line: impl Display) {
        self.clear_status();
        let _ = writeln!(self.err, "{line}");
    }

    /// A line on the terminal behind standard error that the next one is written over.
    pub(super) fn status(&mut self, line: &str) {
        self.status = Status::Shown;
        let _ = write!(self.err, "{CLEAR}{line}").and_then(|()| self.err.flush());
    }

    /// Takes that line away.
    pub(super) fn clear_status(&mut self) {
        if std::mem::replace(&mut self.status, Status::None) == Status::Shown {
            let _ = write!(self.err, "{CLEAR}").and_then(|()| self.err.flush());
        }
    }
}

/// `chimewatch: WHY`, or the same as an object.
pub fn error_line(output: Output, code: &str, why: &str) -> String {
    match output {
        Output::Table => format!("chimewatch: {why}"),
        Output::Json => format!("{{\"Error\":{{\"Code\":{},\"Message\":{}}}}}", quoted(code), quoted(why)),
    }
}

fn in_words(failure: &Failure) -> String {
    let again = match (failure.kind.is_transient(), failure.retry_after) {
        (true, Some(pause)) => format!(". Try again in {} s", pause.as_secs().max(1)),
        (true, None) => ". Try again in a moment".to_owned(),
        (false, _) => String::new(),
    };
    let policy = failure.command.as_ref().filter(|_| failure.kind == FailureKind::Forbidden);
    let policy = policy.map(|policy| format!(": {policy}")).unwrap_or_default();
    let request = failure.request_id.as_ref().map(|id| format!(" (request {id})")).unwrap_or_default();
    format!("{failure}{again}{policy}{request}")
}

fn in_members(failure: &Failure) -> String {
    let mut members = vec![format!("\"Code\":{}", quoted(code(failure.kind)))];
    let mut add = |name: &str, value: Option<&str>| {
        members.extend(value.map(|value| format!("{}:{}", quoted(name), quoted(value))));
    };
    add("Message", Some(failure.what.raw()));
    add("NextStep", Some(failure.next_step.raw()).filter(|step| !step.is_empty()));
    add("Command", failure.command.as_ref().map(Text::raw));
    add("PhoneNumberOrderId", failure.order.as_ref().map(PhoneNumberOrderId::as_str));
    add("Profile", Some(failure.scope.profile_name()));
    add("Region", Some(&failure.scope.region));
    add("RequestId", failure.request_id.as_ref().map(Text::raw));
    members
        .extend(failure.retry_after.map(|pause| format!("\"RetryAfterSeconds\":{}", pause.as_secs().max(1))));
    format!("{{\"Error\":{{{}}}}}", members.join(","))
}

const fn code(kind: FailureKind) -> &'static str {
    match kind {
        FailureKind::Throttled => "Throttled",
        FailureKind::Service => "ServiceFailure",
        FailureKind::Timeout => "Timeout",
        FailureKind::Network(_) => "Network",
        FailureKind::BadRequest => "BadRequest",
        FailureKind::Forbidden => "Forbidden",
        FailureKind::NotFound => "NotFound",
        FailureKind::Undecodable => "Undecodable",
        FailureKind::Unauthorized => "Unauthorized",
        FailureKind::Credentials => "Credentials",
        FailureKind::Refused => "Refused",
    }
}

/// Why a command goes no further.
#[derive(Debug)]
pub(super) enum Stop {
    /// It was said, or there is nothing to say.
    Said(Exit),
    /// What it says cannot be written.
    Unwritable(io::Error),
}

impl From<io::Error> for Stop {
    fn from(error: io::Error) -> Self {
        Self::Unwritable(error)
    }
}

/// How a command ends that only prints.
pub fn printed(outcome: io::Result<()>, output: Output, err: &mut dyn Write) -> Exit {
    ended(outcome.map(|()| Exit::Success).map_err(Stop::from), output, err)
}

/// Runs a command that says all by a report. What it has written is with the reader when this returns.
pub(super) fn reported(
    output: Output,
    out: &mut dyn Write,
    err: &mut dyn Write,
    command: impl FnOnce(&mut Report<'_>) -> Result<Exit, Stop>,
) -> Exit {
    let mut report = Report::new(output, out, err);
    let outcome = command(&mut report).and_then(|exit| {
        report.flush()?;
        Ok(exit)
    });
    drop(report);
    ended(outcome, output, err)
}

/// How a command ends that was written to `err` beside: whoever stops reading ends it without a word.
pub(super) fn ended(outcome: Result<Exit, Stop>, output: Output, err: &mut dyn Write) -> Exit {
    match outcome {
        Ok(exit) | Err(Stop::Said(exit)) => exit,
        Err(Stop::Unwritable(error)) if error.kind() == io::ErrorKind::BrokenPipe => Exit::Success,
        Err(Stop::Unwritable(error)) => {
            let why = format!("the answers cannot be written: {error}");
            // Where even this cannot be said, the exit code is all there is.
            let _ = writeln!(err, "{}", error_line(output, "Output", &why));
            Exit::Failure
        }
    }
}
