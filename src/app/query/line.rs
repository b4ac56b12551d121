//! A line of the screen before it has a colour: pieces of text, each with what it means.

use crate::domain::{NumberStatus, OrderStatus};
use std::borrow::Cow;

/// What a symbol stands for. `ui::symbols` knows how each looks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Mark {
    /// AWS works on it.
    Processing,
    /// The carrier's answer is pending.
    Submitted,
    /// A date is agreed.
    Foc,
    /// Documents are asked for.
    PendingDocuments,
    /// A change was asked for.
    ChangeRequested,
    /// Details are asked for.
    Exception,
    /// Its end was asked for.
    CancelRequested,
    /// All of it was acquired.
    Successful,
    /// Some of it was.
    Partial,
    /// None of it was.
    Failed,
    /// It was ended.
    Cancelled,
    /// A state that we do not know.
    Unknown,
    /// Not read yet.
    Unread,
}

impl Mark {
    /// Every mark, those of the order states first.
    pub const ALL: [Self; 13] = [
        Self::Processing,
        Self::Submitted,
        Self::Foc,
        Self::PendingDocuments,
        Self::ChangeRequested,
        Self::Exception,
        Self::CancelRequested,
        Self::Successful,
        Self::Partial,
        Self::Failed,
        Self::Cancelled,
        Self::Unknown,
        Self::Unread,
    ];
}

impl From<&OrderStatus> for Mark {
    fn from(status: &OrderStatus) -> Self {
        match status {
            OrderStatus::Processing => Self::Processing,
            OrderStatus::Successful => Self::Successful,
            OrderStatus::Failed => Self::Failed,
            OrderStatus::Partial => Self::Partial,
            OrderStatus::PendingDocuments => Self::PendingDocuments,
            OrderStatus::Submitted => Self::Submitted,
            OrderStatus::Foc => Self::Foc,
            OrderStatus::ChangeRequested => Self::ChangeRequested,
            OrderStatus::Exception => Self::Exception,
            OrderStatus::CancelRequested => Self::CancelRequested,
            OrderStatus::Cancelled => Self::Cancelled,
            OrderStatus::Unknown(_) => Self::Unknown,
        }
    }
}

impl From<&NumberStatus> for Mark {
    fn from(status: &NumberStatus) -> Self {
        match status {
            NumberStatus::Processing => Self::Processing,
            NumberStatus::Acquired => Self::Successful,
            NumberStatus::Failed => Self::Failed,
            NumberStatus::Unknown(_) => Self::Unknown,
        }
    }
}

/// What a piece of text means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// Nothing in particular.
    Plain,
    /// What the eye may skip.
    Dim,
    /// A title, or what just changed.
    Strong,
    /// A key.
    Key,
    /// It needs you.
    Need,
    /// It needs you, and waiting costs something.
    Urgent,
    /// It did not work.
    Error,
    /// A term of the filter in force.
    Chip,
    /// In the colour of a state.
    State(Mark),
}

/// A piece of a line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Piece<'m> {
    /// Text.
    Text(Cow<'m, str>, Role),
    /// The symbol of a mark, in its colour.
    Symbol(Mark),
}

/// Pieces from left to right.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Line<'m> {
    /// What stands at the left.
    pub pieces: Vec<Piece<'m>>,
    /// What stands at the right end; left out where both have no room.
    pub right: Vec<Piece<'m>>,
}

impl<'m> Line<'m> {
    /// A line of one piece.
    pub fn of(text: impl Into<Cow<'m, str>>, role: Role) -> Self {
        Self::default().then(text, role)
    }

    /// The line and a piece more.
    #[must_use]
    pub fn then(mut self, text: impl Into<Cow<'m, str>>, role: Role) -> Self {
        self.pieces.push(Piece::Text(text.into(), role));
        self
    }

    /// The line and a symbol more.
    #[must_use]
    pub fn symbol(mut self, mark: Mark) -> Self {
        self.pieces.push(Piece::Symbol(mark));
        self
    }

    /// The line with a piece at its right end.
    #[must_use]
    pub fn right(mut self, text: impl Into<Cow<'m, str>>, role: Role) -> Self {
        self.right.push(Piece::Text(text.into(), role));
        self
    }

    /// Characters of what stands at the left.
    pub fn characters(&self) -> usize {
        let each = |piece: &Piece<'_>| match piece {
            Piece::Text(text, _) => text.chars().count(),
            Piece::Symbol(_) => 1,
        };
        self.pieces.iter().map(each).sum()
    }

    /// True for an empty line.
    pub fn is_blank(&self) -> bool {
        self.pieces.is_empty() && self.right.is_empty()
    }
}

/// `1 order`, `3 orders`.
pub fn count(number: usize, one: &str, many: &str) -> String {
    format!("{} {}", thousands(number), if number == 1 { one } else { many })
}

/// `12,345`.
pub fn thousands(number: usize) -> String {
    let digits = number.to_string();
    let mut grouped = String::with_capacity(digits.len() + digits.len() / 3);
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    grouped
}

/// Breaks text at its spaces into lines of at most `width` characters, a longer word after a slash, without one where
/// the line ends. Several spaces stay several within a line; a word of one character, which names a key or counts what
/// follows, ends none.
pub fn wrap(text: &str, width: usize) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    let mut gap = 0;
    for word in text.split(' ') {
        gap += 1;
        if word.is_empty() {
            continue;
        }
        match lines.last_mut() {
            Some(line) if line.chars().count() + gap + word.chars().count() <= width => {
                line.extend(std::iter::repeat_n(' ', gap));
                line.push_str(word);
            }
            last => {
                let key = last.filter(|_| gap == 1).and_then(|line| taken_along(line, word, width));
                lines.extend(key.map(|key| format!("{key} {word}")));
                if key.is_none() {
                    lines.extend(broken(word, width.max(1)));
                }
            }
        }
        gap = 0;
    }
    lines
}

/// Takes a word of one character from the end of a line, where it has room before `word` on the next.
fn taken_along(line: &mut String, word: &str, width: usize) -> Option<char> {
    let (before, last) = line.rsplit_once(' ')?;
    let mut characters = last.chars();
    let (only, rest) = (characters.next()?, characters.next());
    let is_taken = rest.is_none() && only.is_alphanumeric() && word.chars().count() + 2 <= width;
    let kept = before.trim_end().len();
    if is_taken {
        line.truncate(kept);
    }
    is_taken.then_some(only)
}

/// A word in pieces of at most `width` characters.
fn broken(word: &str, width: usize) -> Vec<String> {
    let characters: Vec<char> = word.chars().collect();
    let (mut rest, mut pieces) = (characters.as_slice(), Vec::new());
    while rest.len() > width {
        let slash = rest.iter().take(width).rposition(|character| *character == '/');
        let (piece, after) = rest.split_at(slash.filter(|at| *at > 0).map_or(width, |at| at + 1));
        pieces.push(piece.iter().collect());
        rest = after;
    }
    pieces.push(rest.iter().collect());
    pieces
}

/// Puts parts beside each other into lines of at most `width` characters; a part is never broken.
pub fn flow(parts: &[String], width: usize) -> Vec<String> {
    const GAP: &str = "   ";
    let mut lines: Vec<String> = Vec::new();
    for part in parts {
        match lines.last_mut() {
            Some(line) if line.chars().count() + GAP.len() + part.chars().count() <= width => {
                line.push_str(GAP);
                line.push_str(part);
            }
            _ => lines.push(part.clone()),
        }
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_are_grouped_and_agree_with_their_noun() {
        let said: Vec<_> = [0, 1, 12, 999, 1000, 1_234_567].map(|n| count(n, "order", "orders")).into();
        assert_eq!(
            said,
            ["0 orders", "1 order", "12 orders", "999 orders", "1,000 orders", "1,234,567 orders"]
        );
    }

    #[test]
    fn text_breaks_at_spaces() {
        assert_eq!(wrap("one two  three", 7), ["one two", "three"]);
        assert_eq!(wrap("enter adds   esc none", 30), ["enter adds   esc none"]);
        assert_eq!(
            wrap("incomprehensibilities are long", 6),
            ["incomp", "rehens", "ibilit", "ies", "are", "long"]
        );
        assert_eq!(wrap("", 6), Vec::<String>::new());
        assert_eq!(wrap("others. c copies the 4.", 10), ["others.", "c copies", "the 4."]);
        assert_eq!(wrap("a b c d", 1), ["a", "b", "c", "d"]);
        assert_eq!(wrap("in 3 incomprehensibilities", 6), ["in 3", "incomp", "rehens", "ibilit", "ies"]);
        assert_eq!(
            wrap("Cannot write /lists/of/may/orders.csv: no", 14),
            ["Cannot write", "/lists/of/may/", "orders.csv: no"]
        );
    }
}
