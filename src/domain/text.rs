//! Strings from outside, made harmless once, where they are decoded.
//!
//! A terminal obeys bytes, and a screen shows cells: control characters could move the cursor, bidirectional
//! overrides could turn a name round, and a thousand combining marks on one letter are still one cell. A
//! [`Text`] keeps what came, for files and comparison, and shows only a neutral form of it.

use std::fmt;
use unicode_properties::{GeneralCategory, UnicodeGeneralCategory};
use unicode_segmentation::UnicodeSegmentation;

/// The most characters of a field that are ever shown.
const SHOWN: usize = 256;
/// The same of sentences of ours, which hold several of them.
const SHOWN_OF_SENTENCES: usize = 1_024;
/// The most combining marks that one base character may carry on the screen.
const MARKS: usize = 8;

/// A string from outside: the AWS API, a file, a paste or a command line.
///
/// `Display` gives the neutral form only. [`Text::raw`] gives what came; it must not reach a terminal.
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
pub struct Text {
    raw: Box<str>,
    /// Present only where it differs from `raw`.
    neutral: Option<Box<str>>,
}

impl Text {
    /// Keeps `raw` and works out its neutral form.
    pub fn new(raw: &str) -> Self {
        Self::within(raw, SHOWN)
    }

    /// The same for sentences of ours around fields: the last of them is no less worth than the first.
    pub fn sentences(raw: &str) -> Self {
        Self::within(raw, SHOWN_OF_SENTENCES)
    }

    fn within(raw: &str, most: usize) -> Self {
        let neutral = (!is_plain(raw)).then(|| neutralise_within(raw, most)).filter(|neutral| neutral != raw);
        Self { raw: raw.into(), neutral: neutral.map(String::into_boxed_str) }
    }

    /// What came, unchanged: for files, JSON and comparison, never for a terminal.
    pub fn raw(&self) -> &str {
        &self.raw
    }

    /// What may be shown.
    pub fn shown(&self) -> &str {
        self.neutral.as_deref().unwrap_or(&self.raw)
    }

    /// True when there is nothing to show.
    pub fn is_empty(&self) -> bool {
        self.raw.is_empty()
    }
}

impl fmt::Display for Text {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.shown())
    }
}

impl fmt::Debug for Text {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?}", self.shown())
    }
}

impl From<&str> for Text {
    fn from(raw: &str) -> Self {
        Self::new(raw)
    }
}

impl From<String> for Text {
    fn from(raw: String) -> Self {
        Self::new(&raw)
    }
}

/// Replaces what a terminal would obey or misplace by its code point, `\u{1b}`, and cuts what is too long.
pub fn neutralise(raw: &str) -> String {
    if is_plain(raw) { raw.to_owned() } else { neutralise_within(raw, SHOWN) }
}

/// As [`neutralise`], cut after so many characters.
pub fn neutralise_within(raw: &str, most: usize) -> String {
    let mut neutral = String::with_capacity(raw.len().min(most.saturating_mul(4)));
    let mut marks = 0;
    for (count, character) in raw.chars().enumerate() {
        if count == most {
            neutral.push('…');
            break;
        }
        match role(character) {
            Role::Plain => {
                marks = 0;
                neutral.push(character);
            }
            Role::Mark => {
                marks += 1;
                if marks <= MARKS {
                    neutral.push(character);
                }
            }
            Role::Space => {
                marks = 0;
                neutral.push(' ');
            }
            Role::Unsafe => {
                marks = 0;
                neutral.extend(character.escape_unicode());
            }
        }
    }
    neutral
}

/// True for printable ASCII of a length that is shown whole, which is nearly every string that comes.
fn is_plain(raw: &str) -> bool {
    raw.len() <= SHOWN && raw.bytes().all(|byte| (0x20..0x7f).contains(&byte))
}

/// Where what people see as one character ends, counted in `char`s from the start: between two of these stands no
/// cursor.
pub fn grapheme_ends(text: &str) -> impl Iterator<Item = usize> + '_ {
    text.graphemes(true).scan(0, |end, grapheme| {
        *end += grapheme.chars().count();
        Some(*end)
    })
}

/// The line of a byte of a text, counted from 1.
pub fn line_at(text: &str, byte: usize) -> usize {
    1 + text.bytes().take(byte).filter(|byte| *byte == b'\n').count()
}

enum Role {
    Plain,
    Mark,
    Space,
    Unsafe,
}

fn role(character: char) -> Role {
    use GeneralCategory as Category;
    match character {
        '\t' => return Role::Space,
        // Variation selectors change how wide the character before them is drawn.
        '\u{fe00}'..='\u{fe0f}' | '\u{e0100}'..='\u{e01ef}' => return Role::Unsafe,
        _ => {}
    }
    match character.general_category() {
        Category::Control
        | Category::Format
        | Category::Surrogate
        | Category::PrivateUse
        | Category::Unassigned
        | Category::LineSeparator
        | Category::ParagraphSeparator => Role::Unsafe,
        Category::NonspacingMark | Category::EnclosingMark | Category::SpacingMark => Role::Mark,
        Category::SpaceSeparator => Role::Space,
        _ => Role::Plain,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_terminal_would_obey_is_shown_as_its_code_point() {
        let cases = [
            ("plain +1 503", "plain +1 503"),
            ("Köln ✓ 東京", "Köln ✓ 東京"),
            ("a\x1b[2Jb", r"a\u{1b}[2Jb"),
            ("a\u{9b}2Jb\u{7f}", r"a\u{9b}2Jb\u{7f}"),
            ("tab\there", "tab here"),
            ("two\nlines", r"two\u{a}lines"),
            ("\u{202e}evil\u{2066}", r"\u{202e}evil\u{2066}"),
            ("zero\u{200b}width\u{200d}join", r"zero\u{200b}width\u{200d}join"),
            ("\u{2028}\u{feff}\u{e0041}", r"\u{2028}\u{feff}\u{e0041}"),
            ("\u{e000}", r"\u{e000}"),
            ("✔\u{fe0f}", r"✔\u{fe0f}"),
            ("no\u{a0}break", "no break"),
        ];
        for (raw, shown) in cases {
            let text = Text::new(raw);
            assert_eq!((text.shown(), text.raw()), (shown, raw));
            assert_eq!(text.to_string(), shown);
        }
    }

    #[test]
    fn two_thousand_combining_marks_become_eight() {
        let raw = format!("a{}b", "\u{301}".repeat(200));
        assert_eq!(Text::new(&raw).shown(), format!("a{}b", "\u{301}".repeat(8)));
    }

    #[test]
    fn a_cursor_can_stand_between_graphemes_only() {
        assert_eq!(grapheme_ends("ae\u{301}東").collect::<Vec<_>>(), [1, 3, 4]);
    }

    #[test]
    fn sentences_around_fields_are_shown_to_their_end() {
        let sentences = format!("{}. Answers shown are from 13:39.\u{1b}", "x".repeat(300));
        let shown = Text::sentences(&sentences).to_string();
        assert_eq!(shown, format!("{}. Answers shown are from 13:39.\\u{{1b}}", "x".repeat(300)));
        assert_eq!(Text::sentences(&"x".repeat(2_000)).shown().chars().count(), SHOWN_OF_SENTENCES + 1);
    }

    #[test]
    fn a_field_is_cut_after_256_characters() {
        let shown = Text::new(&"x".repeat(1000)).to_string();
        assert_eq!(shown, format!("{}…", "x".repeat(256)));
    }
}
