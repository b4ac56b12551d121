//! What lies over the screen and takes the keys: text fields, a question, a picker.

use crate::app::picker::Picker;
use crate::domain::{Entry, OrderKey, Text};

/// What lies over the screen and takes the keys.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Overlay {
    /// The field for the filter.
    Filter {
        /// The field.
        field: Field,
        /// What the filter was, for Esc.
        before: String,
        /// Where the cursor was, for Esc.
        from: usize,
    },
    /// The field for order ids.
    Add(Field),
    /// What a pasted text would add.
    Paste(Preview),
    /// Label and note.
    Describe(Describe),
    /// The field for the name of `unsaved`.
    SaveAs(Field),
    /// A list to choose from.
    Picker(Box<Picker>),
}

/// A text field.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Field {
    /// Its text.
    pub text: String,
    /// The cursor, in characters from the start; never within a grapheme.
    pub cursor: usize,
    /// Why what it holds cannot be taken; gone with the next key.
    pub error: Option<Text>,
}

/// What a pasted text would add.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Preview {
    /// Those that are new, with the labels that are proposed.
    pub new: Vec<Entry>,
    /// Those that the list has already.
    pub watched: usize,
    /// Those that stood in the text more than once.
    pub repeated: usize,
    /// Those beyond the limit, left out.
    pub beyond: usize,
    /// Characters of the text.
    pub characters: usize,
}

/// The form for label and note.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Describe {
    /// Which order.
    pub key: OrderKey,
    /// The label.
    pub label: Field,
    /// The note.
    pub note: Field,
    /// Which of the two takes the keys.
    pub focus: DescribeField,
}

/// A field of the form.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DescribeField {
    /// The label.
    Label,
    /// The note.
    Note,
}
