//! The filter: what orders and numbers have to be to stand on the screen.
//!
//! Words stand side by side and all must hold. A word is looked for in names, ids, states and numbers; `status:failed`
//! asks for one thing by its key; `!` before either asks for the opposite. [`KEYS`] is the grammar: the parser, the
//! completion, the help, the README and the words about a mistake are made from it.

mod complete;
mod keys;
mod needle;
mod parse;
mod passes;

pub use complete::complete;
pub use keys::{KEYS, Key, KeySpec, Takes};
pub use parse::{Flaw, Wrong, parse};
pub use passes::{Eye, Rest};

use needle::Needle;
use std::ops::Range;

/// What lines have to be. Without terms everything passes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Query {
    terms: Vec<Term>,
    /// Where each term stands in the text, in bytes.
    spans: Vec<Range<usize>>,
}

/// One thing that has to hold.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Term {
    sign: Sign,
    test: Test,
}

/// Whether a term names what is wanted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Sign {
    Wanted,
    /// With a `!` before it.
    Unwanted,
}

/// What is asked of an order or a number.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Test {
    /// Its name, its id, its state or one of its numbers has this.
    Text(Needle),
    /// What the key stands for is one of these.
    One(Key, Vec<Needle>),
    /// What the key measures compares so with a number: seconds, percent or a count.
    Compare(Key, Comparison, i64),
}

/// How two numbers compare.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Comparison {
    Below,
    AtMost,
    Above,
    AtLeast,
    Equal,
}

impl Query {
    /// True when everything passes.
    pub const fn is_empty(&self) -> bool {
        self.terms.is_empty()
    }

    /// True where an order may pass at another time although nothing new is known of it.
    pub fn changes_with_time(&self) -> bool {
        self.terms.iter().any(|term| match &term.test {
            Test::Text(_) => false,
            Test::One(key, _) | Test::Compare(key, ..) => key.changes_with_time(),
        })
    }

    /// The terms as they were typed in `text`, from which the query was read.
    pub fn chips<'t>(&self, text: &'t str) -> Vec<&'t str> {
        self.spans.iter().filter_map(|span| text.get(span.clone())).collect()
    }

    /// True when both ask for the same, wherever it stands in their texts.
    pub fn asks_the_same(&self, other: &Self) -> bool {
        self.terms == other.terms
    }

    /// What a text in force asks for. It was read before it came into force: what does not parse asks for nothing.
    pub fn of(text: &str) -> Self {
        parse(text).unwrap_or_default()
    }
}

/// As much of a text as can be in force: all of it; what stands before a term that is not finished, or whose key is
/// wrong, which were other texts a letter ago; none of it where something else is wrong.
pub fn in_force(text: &str) -> Option<&str> {
    match parse(text) {
        Ok(_) => Some(text),
        Err(Wrong { flaw: Flaw::Unfinished | Flaw::AtKey, span, .. }) => {
            let before = text.get(..span.start)?;
            let before = before.strip_suffix('!').unwrap_or(before).trim_end();
            parse(before).is_ok().then_some(before)
        }
        Err(Wrong { flaw: Flaw::Mistaken, .. }) => None,
    }
}

#[cfg(test)]
mod tests;
