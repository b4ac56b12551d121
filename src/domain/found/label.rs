//! What a line proposes to call its order: a cell of a table, or a few words beside the id. A sentence is no name.

use crate::domain::order_id::LENGTH;
use crate::domain::scope::VOICE_REGIONS;
use crate::domain::{OrderStatus, Text};
use std::ops::Range;

/// What stands beside an order in the answers of the AWS CLI and is no state.
const OF_AWS: [&str; 6] = [
    "PHONENUMBERORDERS",
    "PHONENUMBERORDER",
    "New",
    "Porting",
    "VoiceConnector",
    "SipMediaApplicationDialIn",
];
/// The longest label that is proposed, in characters.
pub(super) const LABEL: usize = 60;
/// The most words of a text beside an id that is a name.
const WORDS: usize = 6;
/// Words of which sentences are made and names are not, without their capitals: `IT` and `US` are names.
const SAYING: [&str; 52] = [
    "i", "you", "he", "she", "it", "we", "they", "me", "my", "your", "our", "us", "please", "is", "are",
    "was", "were", "be", "been", "can", "could", "would", "will", "should", "do", "does", "did", "don't",
    "have", "has", "had", "there", "this", "that", "these", "those", "see", "check", "look", "hi", "hello",
    "hey", "dear", "thanks", "thank", "let", "what", "when", "why", "how", "who", "which",
];

/// The label that a line proposes for its order. A line of cells proposes the rest of the order's own cell, else the
/// first cell behind it that is words, else the last such cell before it; any other line the text beside the id.
pub(super) fn of(line: &str, start: usize) -> Option<Text> {
    let Some(delimiter) = ['\t', '|', ';', ','].into_iter().find(|delimiter| line.contains(*delimiter))
    else {
        return beside(line, start);
    };
    let cells = cells(line, delimiter);
    let own = cells.iter().position(|cell| cell.contains(&start))?;
    let (before, cell, behind) = (cells.get(..own)?, cells.get(own)?, cells.get(own + 1..)?);
    let (cell, start) = (line.get(cell.clone())?, start - cell.start);
    if let Some(label) = beside(cell, start) {
        return Some(label);
    }
    // A sentence with a comma is no line of cells.
    let around = [cell.get(..start)?, cell.get(start + LENGTH..)?];
    if around.into_iter().any(is_sentence) {
        return None;
    }
    let words = |cell: &Range<usize>| line.get(cell.clone()).map(clean).filter(|cell| is_words(cell));
    let cell = behind.iter().find_map(words).or_else(|| before.iter().rev().find_map(words))?;
    Some(Text::from(cell.chars().take(LABEL).collect::<String>()))
}

/// Where the cells of a line stand. Between quotes a delimiter is text, unless a quote has no other.
fn cells(line: &str, delimiter: char) -> Vec<Range<usize>> {
    let has_pairs = line.matches('"').count().is_multiple_of(2);
    let (mut cells, mut start, mut is_quoted) = (Vec::new(), 0, false);
    for (at, character) in line.char_indices() {
        if character == '"' {
            is_quoted = has_pairs && !is_quoted;
        } else if character == delimiter && !is_quoted {
            cells.push(start..at);
            start = at + delimiter.len_utf8();
        }
    }
    cells.push(start..line.len());
    cells
}

/// True for what somebody may have called an order: mostly letters, and no word that AWS puts into such a line.
fn is_words(cell: &str) -> bool {
    let letters = cell.chars().filter(|character| character.is_alphabetic()).count();
    let is_of_aws = !matches!(OrderStatus::parse(cell), OrderStatus::Unknown(_))
        || VOICE_REGIONS.contains(&cell)
        || OF_AWS.contains(&cell);
    letters * 2 >= cell.chars().count() && letters > 0 && !is_of_aws && !is_sentence(cell) && !is_markup(cell)
}

/// The text before or after the id, where it is a name and no sentence: the only one of the two, else the one that a
/// separator sets off, the one before first.
fn beside(text: &str, start: usize) -> Option<Text> {
    let (before, after) = (text.get(..start)?, text.get(start + LENGTH..)?);
    let is_set_off = |edge: Option<char>| edge.is_some_and(|edge| !edge.is_alphanumeric());
    let (set_off_before, set_off_after) =
        (is_set_off(before.trim_end().chars().next_back()), is_set_off(after.trim_start().chars().next()));
    let (before, after) = (clean(before), clean(after));
    let is_word = |text: &str| text.contains(char::is_alphabetic);
    let label = match (is_word(before), is_word(after)) {
        (true, false) => before,
        (false, true) => after,
        (true, true) if set_off_before => before,
        (true, true) if set_off_after => after,
        (true | false, _) => return None,
    };
    let is_short = label.split_whitespace().count() <= WORDS && label.chars().count() <= LABEL;
    (is_short && !is_sentence(label) && !is_markup(label)).then(|| Text::from(label))
}

/// True for what somebody says to somebody, in so far as a few words tell it: no order is called so.
fn is_sentence(text: &str) -> bool {
    let ends = ['.', '?', '!'];
    let ends_inside = text.split_whitespace().rev().skip(1).any(|word| word.ends_with(ends));
    let says = text.split(|character: char| !character.is_alphanumeric() && character != '\'').any(|word| {
        let mut letters = word.chars();
        let first = letters.next().map(|first| first.to_ascii_lowercase());
        let word: String = first.into_iter().chain(letters).collect();
        SAYING.contains(&word.as_str())
    });
    ends_inside || text.ends_with(ends) || says
}

fn clean(text: &str) -> &str {
    text.trim_matches(|character: char| {
        character.is_whitespace()
            || matches!(character, ',' | ';' | ':' | '"' | '\'' | '|' | '#' | '-' | '–' | '(' | ')')
    })
}

/// JSON members, URLs and shell commands name no order.
fn is_markup(text: &str) -> bool {
    text.contains(['{', '}', '<', '>', '=', '"', '\\'])
        || text.contains("://")
        || text.contains("PhoneNumberOrderId")
        || text.contains("--")
}
