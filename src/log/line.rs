//! A line of the log: an event without its secrets, in a form that `grep` and people read.

use crate::domain::redact::{HIDDEN, Secrets, is_name_of_a_secret, phone_numbers};
use crate::domain::text::neutralise_within;
use jiff::Timestamp;
use std::fmt::{Debug, Write as _};
use tracing::field::{Field, Visit};
use tracing::{Event, Level};

/// The most characters of a message or a value that are written.
const MOST: usize = 1024;
/// The most bytes of one that are looked at: an event of others can hold a whole answer.
const LOOKED_AT: usize = 16 * 1024;

/// The line of `event`, with the end of it.
pub(super) fn line(event: &Event<'_>, at: Timestamp, secrets: &Secrets) -> String {
    let mut fields = Fields { secrets, message: String::new(), rest: String::new() };
    event.record(&mut fields);
    let metadata = event.metadata();
    let level = match *metadata.level() {
        Level::ERROR => "ERROR",
        Level::WARN => "WARN ",
        Level::INFO => "INFO ",
        Level::DEBUG => "DEBUG",
        Level::TRACE => "TRACE",
    };
    let Fields { message, rest, .. } = fields;
    format!("{at:.3} {level} {} {message}{rest}\n", metadata.target())
}

struct Fields<'a> {
    secrets: &'a Secrets,
    message: String,
    rest: String,
}

impl Fields<'_> {
    fn take(&mut self, field: &Field, value: &str) {
        if field.name() == "message" {
            self.message = self.clean(value);
            return;
        }
        let value = if is_name_of_a_secret(field.name()) { HIDDEN.to_owned() } else { self.clean(value) };
        let is_one_word = !value.is_empty() && !value.contains([' ', '"', '=']);
        let name = field.name();
        // Writing to a string does not fail.
        let _ = if is_one_word {
            write!(self.rest, " {name}={value}")
        } else {
            write!(self.rest, " {name}=\"{}\"", value.replace('"', "'"))
        };
    }

    /// Secrets go before anything is cut: half a secret looks like none.
    fn clean(&self, value: &str) -> String {
        let clean = self.secrets.redact(beginning(value));
        neutralise_within(&phone_numbers(&clean), MOST)
    }
}

/// What is looked at of a long text: whole words.
fn beginning(value: &str) -> &str {
    if value.len() <= LOOKED_AT {
        return value;
    }
    let cut = value.get(..value.floor_char_boundary(LOOKED_AT)).unwrap_or_default();
    cut.rsplit_once(|character: char| character.is_whitespace() || ",;\"".contains(character))
        .map_or("", |(whole, _)| whole)
}

impl Visit for Fields<'_> {
    fn record_str(&mut self, field: &Field, value: &str) {
        self.take(field, value);
    }

    fn record_debug(&mut self, field: &Field, value: &dyn Debug) {
        self.take(field, &format!("{value:?}"));
    }

    fn record_error(&mut self, field: &Field, value: &(dyn std::error::Error + 'static)) {
        self.take(field, &value.to_string());
    }
}
