//! From a text to what it asks for, or to the place where it goes wrong and why.

use super::keys::{KEYS, KeySpec, Takes};
use super::needle::{Needle, is_part_of_number};
use super::{Comparison, Query, Sign, Term, Test};
use crate::domain::near::near;
use crate::domain::text::neutralise;
use std::ops::Range;

/// Why a text is no filter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wrong {
    /// Where, in bytes of the text.
    pub span: Range<usize>,
    /// Why: no sentence, it stands beside what is typed.
    pub why: String,
    /// Whether it may still become right.
    pub flaw: Flaw,
}

/// Whether what is wrong may still become right as more is typed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Flaw {
    /// Something is missing at its end.
    Unfinished,
    /// Its key is wrong, or what stands after it: until that came it was text.
    AtKey,
    /// It is wrong as it stands.
    Mistaken,
}

/// What stands between a key and its value, the longest first.
const OPERATORS: [(&str, Option<Comparison>); 6] = [
    ("<=", Some(Comparison::AtMost)),
    (">=", Some(Comparison::AtLeast)),
    ("<", Some(Comparison::Below)),
    (">", Some(Comparison::Above)),
    ("=", None),
    (":", None),
];

/// Reads a filter.
///
/// # Errors
/// [`Wrong`]: the first place at which it is none.
pub fn parse(text: &str) -> Result<Query, Wrong> {
    let mut reader = Reader { text, at: 0 };
    let mut query = Query::default();
    loop {
        reader.skip_spaces();
        let start = reader.at;
        if reader.rest().is_empty() {
            return Ok(query);
        }
        query.terms.push(reader.term()?);
        query.spans.push(start..reader.at);
    }
}

/// A text or a value, and how it was typed.
struct Piece {
    text: String,
    quotes: Quotes,
    span: Range<usize>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Quotes {
    None,
    Around,
}

impl Piece {
    fn needle(&self) -> Needle {
        match self.quotes {
            Quotes::None => Needle::new(&self.text),
            Quotes::Around => Needle::quoted(&self.text),
        }
    }

    fn wrong(&self, why: impl Into<String>) -> Wrong {
        mistaken(self.span.clone(), why)
    }
}

fn mistaken(span: Range<usize>, why: impl Into<String>) -> Wrong {
    Wrong { span, why: why.into(), flaw: Flaw::Mistaken }
}

fn unfinished(span: Range<usize>, why: impl Into<String>) -> Wrong {
    Wrong { span, why: why.into(), flaw: Flaw::Unfinished }
}

struct Reader<'t> {
    text: &'t str,
    at: usize,
}

impl<'t> Reader<'t> {
    fn rest(&self) -> &'t str {
        self.text.get(self.at..).unwrap_or_default()
    }

    fn skip_spaces(&mut self) {
        self.at = self.text.len() - self.rest().trim_start().len();
    }

    /// Takes what it begins with.
    fn take(&mut self, prefix: &str) -> bool {
        let begins = self.rest().starts_with(prefix);
        if begins {
            self.at += prefix.len();
        }
        begins
    }

    /// Takes characters as long as they are wanted.
    fn take_while(&mut self, wanted: impl Fn(char) -> bool) -> &'t str {
        let rest = self.rest();
        let end = rest.find(|c| !wanted(c)).unwrap_or(rest.len());
        self.at += end;
        rest.get(..end).unwrap_or_default()
    }

    fn term(&mut self) -> Result<Term, Wrong> {
        let start = self.at;
        let sign = if self.take("!") { Sign::Unwanted } else { Sign::Wanted };
        if self.rest().starts_with(char::is_whitespace) || self.rest().is_empty() {
            return Err(unfinished(start..self.at, "! hides what comes after it"));
        }
        let test = match self.keyed(start)? {
            Some(test) => test,
            None => Test::Text(self.text_or_number(start)?.needle()),
        };
        Ok(Term { sign, test })
    }

    /// A text: a word, or in quotes; words of digits that follow each other are one number, as people write it.
    fn text_or_number(&mut self, start: usize) -> Result<Piece, Wrong> {
        let mut piece = self.piece(start, char::is_whitespace)?;
        if piece.quotes == Quotes::None && is_part_of_number(&piece.text) {
            loop {
                let before = self.at;
                self.skip_spaces();
                let gap = self.at;
                let word = self.take_while(|c| !c.is_whitespace());
                if gap == before || word.starts_with('+') || !is_part_of_number(word) {
                    self.at = before;
                    break;
                }
            }
            self.text.get(piece.span.start..self.at).unwrap_or_default().clone_into(&mut piece.text);
        }
        Ok(piece)
    }

    /// What stands up to an end, or in quotes. `term` is where its term begins.
    fn piece(&mut self, term: usize, ends: impl Fn(char) -> bool) -> Result<Piece, Wrong> {
        let start = self.at;
        if !self.take("\"") {
            let text = self.take_while(|c| !ends(c)).to_owned();
            return Ok(Piece { text, quotes: Quotes::None, span: start..self.at });
        }
        let text = self.take_while(|c| c != '"').to_owned();
        if !self.take("\"") {
            return Err(unfinished(term..self.at, "the quote has no end yet"));
        }
        let span = start..self.at;
        if self.rest().starts_with(|c| !ends(c)) {
            return Err(mistaken(span, "a quote ends its word"));
        }
        if text.trim().is_empty() {
            return Err(mistaken(span, "nothing stands in the quotes"));
        }
        Ok(Piece { text, quotes: Quotes::Around, span })
    }

    /// A key and what is asked of it; none where no key stands here.
    fn keyed(&mut self, term: usize) -> Result<Option<Test>, Wrong> {
        let start = self.at;
        let name = self.take_while(|c| c.is_ascii_alphabetic());
        let operator = OPERATORS.iter().find(|(operator, _)| !name.is_empty() && self.take(operator));
        let Some((operator, comparison)) = operator else {
            self.at = start;
            return Ok(None);
        };
        let named = start..start + name.len();
        let Some(spec) = KeySpec::named(name) else {
            return Err(Wrong { span: named, why: no_key(name), flaw: Flaw::AtKey });
        };
        let is_compared = comparison.is_some();
        if is_compared && !spec.compares() {
            let why = format!("{} takes no {operator}; {}", spec.name, spec.example);
            return Err(Wrong { span: start..self.at, why, flaw: Flaw::AtKey });
        }
        if !is_compared && spec.takes == Takes::Time {
            let why = format!("{} takes < or >; {}", spec.name, spec.example);
            return Err(Wrong { span: start..self.at, why, flaw: Flaw::AtKey });
        }
        if self.rest().is_empty() || self.rest().starts_with(char::is_whitespace) {
            return Err(self.missing(term, spec));
        }
        if spec.compares() {
            let piece = self.piece(term, char::is_whitespace)?;
            let number = measure(spec, &piece)?;
            return Ok(Some(Test::Compare(spec.key, comparison.unwrap_or(Comparison::Equal), number)));
        }
        Ok(Some(Test::One(spec.key, self.values(term, spec)?)))
    }

    fn values(&mut self, term: usize, spec: &KeySpec) -> Result<Vec<Needle>, Wrong> {
        let mut values = Vec::new();
        loop {
            let piece = self.piece(term, |c| c.is_whitespace() || c == ',')?;
            if piece.text.is_empty() {
                return Err(self.missing(term, spec));
            }
            check(spec, &piece)?;
            values.push(piece.needle());
            if !self.take(",") {
                return Ok(values);
            }
        }
    }

    fn missing(&self, term: usize, spec: &KeySpec) -> Wrong {
        let why = format!("{} wants {}, as in {}", spec.name, spec.wants(), spec.example);
        // More can be typed at the end only.
        let is_last = self.rest().trim().is_empty();
        if is_last { unfinished(term..self.at, why) } else { mistaken(term..self.at, why) }
    }
}

fn no_key(name: &str) -> String {
    let names: Vec<&str> = KEYS.iter().map(|spec| spec.name).collect();
    match near(name, &names).first() {
        Some(near) => format!("no key is called {}; {near}?", short(name)),
        None => format!("no key is called {}; in quotes it is text", short(name)),
    }
}

/// A value that is none of the words that a key takes.
fn check(spec: &KeySpec, piece: &Piece) -> Result<(), Wrong> {
    let needle = Needle::quoted(&piece.text);
    let words = spec.words();
    let is_known = || words.iter().any(|word| needle.begins(word));
    let near = || near(&piece.text, words).first().copied();
    let what = spec.wants();
    match spec.takes {
        Takes::States(_) | Takes::Words(_) if is_known() => Ok(()),
        Takes::States(_) => match near() {
            Some(near) => Err(piece.wrong(format!("no state is called {}; {near}?", short(&piece.text)))),
            // AWS may have added it.
            None => Ok(()),
        },
        Takes::Words(_) => match near() {
            Some(near) => {
                Err(piece.wrong(format!("{} is no word of {}; {near}?", short(&piece.text), spec.name)))
            }
            None => Err(piece.wrong(format!("{} takes {}", spec.name, words.join(", ")))),
        },
        Takes::Digits if !is_part_of_number(&piece.text) => {
            Err(piece.wrong(format!("{} wants {what}, as in {}", spec.name, spec.example)))
        }
        Takes::Digits | Takes::Text | Takes::Beginning | Takes::Time | Takes::Percent | Takes::Count => {
            Ok(())
        }
    }
}

/// A number, in seconds for a time.
fn measure(spec: &KeySpec, piece: &Piece) -> Result<i64, Wrong> {
    let text = piece.text.as_str();
    let digits = text.trim_end_matches(|c: char| !c.is_ascii_digit());
    let unit = text.strip_prefix(digits).unwrap_or_default();
    let wrong = || piece.wrong(format!("{} wants {}, as in {}", spec.name, spec.wants(), spec.example));
    let seconds = match (spec.takes, unit.to_ascii_lowercase().as_str()) {
        (Takes::Time, "m") => 60,
        (Takes::Time, "h") => 3_600,
        (Takes::Time, "d") => 86_400,
        (Takes::Time, "w") => 604_800,
        (Takes::Time, "s") | (Takes::Percent, "" | "%") | (Takes::Count, "") => 1,
        // A unit is still to come.
        (Takes::Time, "") if !digits.is_empty() => {
            return Err(Wrong { flaw: Flaw::Unfinished, ..wrong() });
        }
        (
            Takes::Time
            | Takes::Percent
            | Takes::Count
            | Takes::Digits
            | Takes::Text
            | Takes::Beginning
            | Takes::States(_)
            | Takes::Words(_),
            _,
        ) => return Err(wrong()),
    };
    let number = digits.parse::<i64>().ok().filter(|_| digits.bytes().all(|byte| byte.is_ascii_digit()));
    number.and_then(|number| number.checked_mul(seconds)).ok_or_else(wrong)
}

/// A word in quotes, short enough to stand beside what is typed.
fn short(word: &str) -> String {
    const MOST: usize = 16;
    let start: String = word.chars().take(MOST).collect();
    let more = if word.chars().count() > MOST { "…" } else { "" };
    format!("'{}{more}'", neutralise(&start))
}
