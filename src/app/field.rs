//! A text field: a line of text and a cursor that never stands within what people see as one character.

use super::message::Keystroke;
use super::model::Field;
use crate::domain::text::grapheme_ends;

/// The most characters that a field takes, so that a paste cannot make it slow.
const MOST: usize = 4_096;

/// What a key in a field is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Wish {
    /// It was done within the field.
    Edited,
    /// To another field of the form.
    OtherField,
    /// What the field held last time.
    Recall,
    /// What the field holds is to be taken.
    Submit,
    /// The field is to be closed.
    Cancel,
}

impl Field {
    /// A field that holds a text, the cursor at its end.
    pub fn holding(text: &str) -> Self {
        Self { text: text.to_owned(), cursor: text.chars().count(), error: None }
    }

    /// Writes a character at the cursor; control characters are left out.
    pub fn write(&mut self, character: char) {
        self.insert(character.encode_utf8(&mut [0; 4]));
    }

    /// Writes a text at the cursor: line ends and tabs become spaces, other control characters are left out.
    pub fn insert(&mut self, text: &str) {
        self.error = None;
        let room = MOST.saturating_sub(self.text.chars().count());
        let clean: String = text
            .trim_end_matches(['\r', '\n'])
            .chars()
            .map(|character| if matches!(character, '\n' | '\r' | '\t') { ' ' } else { character })
            .filter(|character| !character.is_control())
            .take(room)
            .collect();
        let at = self.byte_of(self.cursor);
        self.text.insert_str(at, &clean);
        self.cursor += clean.chars().count();
        // What was written may have joined with what follows it.
        self.cursor = self.edge_at_or_after(self.cursor);
    }

    /// Does what a key does within the field, and says what else it is for.
    pub(super) fn edit(&mut self, key: Keystroke) -> Wish {
        self.error = None;
        match key {
            Keystroke::Character(character) => self.write(character),
            Keystroke::Backspace => self.cut(self.edge_before(self.cursor), self.cursor),
            Keystroke::Delete => self.cut(self.cursor, self.edge_after(self.cursor)),
            Keystroke::DeleteWord => self.cut(self.word_before(self.cursor), self.cursor),
            Keystroke::DeleteToStart => self.cut(0, self.cursor),
            Keystroke::Left => self.cursor = self.edge_before(self.cursor),
            Keystroke::Right => self.cursor = self.edge_after(self.cursor),
            Keystroke::Home => self.cursor = 0,
            Keystroke::End => self.cursor = self.text.chars().count(),
            Keystroke::NextField | Keystroke::PreviousField => return Wish::OtherField,
            Keystroke::Recall => return Wish::Recall,
            Keystroke::Submit => return Wish::Submit,
            Keystroke::Cancel => return Wish::Cancel,
        }
        Wish::Edited
    }

    /// Takes away the characters from `start` to `end` and leaves the cursor there.
    fn cut(&mut self, start: usize, end: usize) {
        let bytes = self.byte_of(start)..self.byte_of(end);
        if !bytes.is_empty() {
            self.text.replace_range(bytes, "");
        }
        self.cursor = self.edge_at_or_after(start);
    }

    fn byte_of(&self, character: usize) -> usize {
        self.text.char_indices().nth(character).map_or(self.text.len(), |(byte, _)| byte)
    }

    fn edge_before(&self, cursor: usize) -> usize {
        grapheme_ends(&self.text).take_while(|edge| *edge < cursor).last().unwrap_or(0)
    }

    fn edge_after(&self, cursor: usize) -> usize {
        grapheme_ends(&self.text).find(|edge| *edge > cursor).unwrap_or(cursor)
    }

    fn edge_at_or_after(&self, cursor: usize) -> usize {
        if cursor == 0 { 0 } else { grapheme_ends(&self.text).find(|edge| *edge >= cursor).unwrap_or(0) }
    }

    /// The start of the word that ends at the cursor, spaces after it included.
    fn word_before(&self, cursor: usize) -> usize {
        let before: Vec<char> = self.text.chars().take(cursor).collect();
        let word_end =
            before.iter().rposition(|character| !character.is_whitespace()).map_or(0, |last| last + 1);
        let word = before.get(..word_end).unwrap_or_default();
        word.iter().rposition(|character| character.is_whitespace()).map_or(0, |space| space + 1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn after(keys: &[Keystroke]) -> (String, usize) {
        let mut field = Field::holding("Köln 東京 e\u{301}x");
        for key in keys {
            field.edit(*key);
        }
        (field.text, field.cursor)
    }

    #[test]
    fn keys_move_and_cut_by_what_people_see_as_one_character() {
        use Keystroke as Key;
        let cases: [(&[Keystroke], &str, usize); 10] = [
            (&[], "Köln 東京 e\u{301}x", 11),
            (&[Key::Left, Key::Backspace], "Köln 東京 x", 8),
            (&[Key::Left, Key::Left, Key::Delete], "Köln 東京 x", 8),
            (&[Key::DeleteWord], "Köln 東京 ", 8),
            (&[Key::DeleteWord, Key::DeleteWord], "Köln ", 5),
            (&[Key::Home, Key::Right, Key::Delete], "Kln 東京 e\u{301}x", 1),
            (&[Key::Home, Key::Left, Key::Backspace, Key::Character('!')], "!Köln 東京 e\u{301}x", 1),
            (&[Key::DeleteToStart, Key::Backspace], "", 0),
            (&[Key::Left, Key::DeleteToStart, Key::End], "x", 1),
            (&[Key::Character('\u{1b}')], "Köln 東京 e\u{301}x", 11),
        ];
        for (keys, text, cursor) in cases {
            assert_eq!(after(keys), (text.to_owned(), cursor), "{keys:?}");
        }
    }

    #[test]
    fn what_is_pasted_becomes_one_line_of_limited_length() {
        let mut field = Field::holding("ab");
        field.edit(Keystroke::Left);
        field.insert("1\n2\t3\u{7}\n");
        assert_eq!((field.text.as_str(), field.cursor), ("a1 2 3b", 6));
        field.insert(&"x".repeat(10_000));
        assert_eq!(field.text.chars().count(), MOST);
    }

    #[test]
    fn a_mark_joins_the_character_before_it_and_the_cursor_stays_outside() {
        let mut field = Field::holding("ab");
        field.edit(Keystroke::Left);
        field.write('\u{301}');
        assert_eq!((field.text.as_str(), field.cursor), ("a\u{301}b", 2));
        field.edit(Keystroke::Left);
        assert_eq!(field.cursor, 0);
    }
}
