//! What lies over the screen and takes the keys: text fields, a question, a picker.

use crate::app::effect::ListId;
use crate::app::picker::Picker;
use crate::domain::found::Miss;
use crate::domain::{Entry, OrderKey, PhoneNumberOrderId, Text};
use jiff::Timestamp;
use std::collections::HashSet;

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
    /// The field for the name of a list or a filter.
    Name(NameForm),
    /// The field for the file to export to.
    Export(ExportForm),
    /// An answer as it came.
    Json(Json),
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
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Preview {
    /// Those that are new, with the labels that are proposed.
    pub new: Vec<Entry>,
    /// Those that the list has already.
    pub watched: usize,
    /// Those that stood in the text more than once.
    pub repeated: usize,
    /// Those beyond the limit, left out.
    pub beyond: usize,
    /// Words that look like an id and are none.
    pub missed: usize,
    /// The first of these, and why it is none.
    pub miss: Option<Miss>,
    /// Bytes of the text that were too many to be read.
    pub unread: usize,
    /// Characters of the text.
    pub characters: usize,
    /// The one of the new ones that the cursor is on.
    pub cursor: usize,
    /// The first of them that is visible.
    pub offset: usize,
    /// Those of them that are not to be added.
    pub left_out: HashSet<PhoneNumberOrderId>,
}

/// The form for an export.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ExportForm {
    /// The file.
    pub path: Field,
    /// What is written.
    pub what: Exported,
}

/// What is exported.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Exported {
    /// Orders of the list: the marked, else those that are shown.
    Orders(Vec<PhoneNumberOrderId>),
    /// So many numbers: those on the screen.
    Numbers(usize),
    /// So many changes: those on the screen, as far as they were read.
    Changes(usize),
}

/// An answer as it came. It is asked for when somebody wants to see it, and forgotten with the overlay: ten thousand
/// answers would not fit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Json {
    /// Whose answer.
    pub key: OrderKey,
    /// What came, unchanged; none before it did.
    pub came: Option<String>,
    /// When it came.
    pub received: Option<Timestamp>,
    /// The lines as they are shown.
    pub lines: Vec<String>,
    /// The first line on the screen.
    pub offset: usize,
}

/// The field for the name of a list or a filter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NameForm {
    /// The field.
    pub field: Field,
    /// What gets it.
    pub naming: Naming,
}

/// What gets a name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Naming {
    /// What `unsaved` is saved as.
    Saved(ListId),
    /// One that is new.
    New,
    /// One that has a name already.
    Renamed(ListId),
    /// The copy of this one.
    Copy(ListId),
    /// A filter of this text.
    Filter(Text),
}

/// The form for label and note.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Describe {
    /// Which orders.
    pub orders: Vec<PhoneNumberOrderId>,
    /// The label; empty at first where theirs differ.
    pub label: Field,
    /// The note; the same.
    pub note: Field,
    /// What label and note were at first: of several orders what is not changed stays as each has it.
    pub before: [String; 2],
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
