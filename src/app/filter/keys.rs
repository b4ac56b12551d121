//! The table of keys: one line each.

use Key::{
    Age, Done, Failed, Foc, For, Id, Is, Label, Needs, Note, Number, Numbers, Product, Profile, Region,
    Status, Type,
};

/// What a term can ask for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Key {
    /// The state of the order; on numbers that of the number.
    Status,
    /// The label.
    Label,
    /// The note.
    Note,
    /// The id.
    Id,
    /// One of its numbers.
    Number,
    /// Whether it needs somebody.
    Needs,
    /// How it stands with us.
    Is,
    /// New numbers or ported ones.
    Type,
    /// What the numbers are for.
    Product,
    /// Where it lives.
    Region,
    /// As whom it is asked.
    Profile,
    /// Time since it was created.
    Age,
    /// Time in its state.
    For,
    /// Time until its FOC date.
    Foc,
    /// Percent of its numbers that were acquired.
    Done,
    /// How many of its numbers failed.
    Failed,
    /// How many numbers it has.
    Numbers,
}

impl Key {
    /// True where what it asks for may become so by time alone.
    pub(super) const fn changes_with_time(self) -> bool {
        match self {
            Self::Needs | Self::Is | Self::Age | Self::For | Self::Foc => true,
            Self::Status
            | Self::Label
            | Self::Note
            | Self::Id
            | Self::Number
            | Self::Type
            | Self::Product
            | Self::Region
            | Self::Profile
            | Self::Done
            | Self::Failed
            | Self::Numbers => false,
        }
    }
}

/// What stands after a key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Takes {
    /// One of these words or its beginning; a state that AWS may add is taken too.
    States(&'static [&'static str]),
    /// One of these words or its beginning.
    Words(&'static [&'static str]),
    /// Any text: it is looked for.
    Text,
    /// Any text: what it begins with.
    Beginning,
    /// Digits of a number.
    Digits,
    /// A time: `2d`.
    Time,
    /// A percentage.
    Percent,
    /// A number.
    Count,
}

/// What there is to know about a key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct KeySpec {
    /// The key.
    pub key: Key,
    /// How it is typed.
    pub name: &'static str,
    /// What stands after it.
    pub takes: Takes,
    /// How it is used.
    pub example: &'static str,
    /// What it asks for.
    pub summary: &'static str,
}

const fn spec(
    key: Key,
    name: &'static str,
    takes: Takes,
    example: &'static str,
    summary: &'static str,
) -> KeySpec {
    KeySpec { key, name, takes, example, summary }
}

/// The states of orders, that of numbers which no order has, and what stands for all that we do not know.
const STATES: &[&str] = &[
    "processing",
    "successful",
    "failed",
    "partial",
    "pendingdocuments",
    "submitted",
    "foc",
    "changerequested",
    "exception",
    "cancelrequested",
    "cancelled",
    "acquired",
    "unknown",
];
const KINDS: &[&str] = &["new", "porting"];
const PRODUCTS: &[&str] = &["voiceconnector", "sipmediaapplicationdialin", "businesscalling"];
/// What `is:` asks for.
pub(super) const STANDINGS: &[&str] = &["settled", "handled", "unread", "stale", "silent"];

/// Every key, in the order of the help.
pub const KEYS: &[KeySpec] = &[
    spec(
        Status,
        "status",
        Takes::States(STATES),
        "status:failed,partial",
        "state; on numbers that of the number",
    ),
    spec(Label, "label", Takes::Text, "label:\"toll free\"", "label has this"),
    spec(Note, "note", Takes::Text, "note:office", "note has this"),
    spec(Id, "id", Takes::Beginning, "id:3f2a", "id begins so"),
    spec(Number, "number", Takes::Digits, "number:0107", "a number has these digits; with + it begins so"),
    spec(Needs, "needs", Takes::Words(&["me"]), "needs:me", "needs you"),
    spec(Is, "is", Takes::Words(STANDINGS), "is:settled", "settled, handled, unread, stale or silent"),
    spec(Type, "type", Takes::Words(KINDS), "type:porting", "porting or new"),
    spec(Product, "product", Takes::Words(PRODUCTS), "product:sip", "product type begins so"),
    spec(Region, "region", Takes::Beginning, "region:us-west", "region begins so"),
    spec(Profile, "profile", Takes::Beginning, "profile:prod", "profile begins so"),
    spec(Age, "age", Takes::Time, "age>2d", "time since it was created; w, d, h, m, s"),
    spec(For, "for", Takes::Time, "for>1h", "time in its state"),
    spec(Foc, "foc", Takes::Time, "foc<7d", "time until the FOC date"),
    spec(Done, "done", Takes::Percent, "done<50", "percent of its numbers acquired"),
    spec(Failed, "failed", Takes::Count, "failed>0", "numbers failed"),
    spec(Numbers, "numbers", Takes::Count, "numbers>=100", "numbers ordered"),
];

impl KeySpec {
    /// The key of a name, without regard to case.
    pub(super) fn named(name: &str) -> Option<&'static Self> {
        KEYS.iter().find(|spec| spec.name.eq_ignore_ascii_case(name))
    }

    /// The words that can stand after it; none where any text can, or a number.
    pub(super) const fn words(&self) -> &'static [&'static str] {
        match self.takes {
            Takes::States(words) | Takes::Words(words) => words,
            Takes::Text | Takes::Beginning | Takes::Digits | Takes::Time | Takes::Percent | Takes::Count => {
                &[]
            }
        }
    }

    /// True for what is compared by `<` and `>`.
    pub(super) const fn compares(&self) -> bool {
        match self.takes {
            Takes::Time | Takes::Percent | Takes::Count => true,
            Takes::States(_) | Takes::Words(_) | Takes::Text | Takes::Beginning | Takes::Digits => false,
        }
    }

    /// What stands after it, in words.
    pub(super) const fn wants(&self) -> &'static str {
        match self.takes {
            Takes::States(_) => "a state",
            Takes::Words(_) => "a word",
            Takes::Text | Takes::Beginning => "text",
            Takes::Digits => "digits",
            Takes::Time => "a time",
            Takes::Percent => "a percentage",
            Takes::Count => "a number",
        }
    }
}
