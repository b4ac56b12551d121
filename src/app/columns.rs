//! The table of columns: what can stand in a row, what rows can be sorted by. The heads, the layout, the menu of sorts
//! and the choice of columns are made from it.

use Column::{Bar, Created, Done, Failed, Foc, Id, Kind, Name, Note, Place, Product, Since, Status, Updated};
use Direction::{Ascending, Descending};

/// What can stand in a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Column {
    /// The state of the order.
    Status,
    /// What it is called.
    Name,
    /// Where it lives.
    Place,
    /// What the user wants to remember.
    Note,
    /// New numbers or ported ones.
    Kind,
    /// What the numbers are for.
    Product,
    /// Numbers acquired of all.
    Done,
    /// The same as a bar.
    Bar,
    /// Numbers that failed.
    Failed,
    /// The FOC date.
    Foc,
    /// The time in its state.
    Since,
    /// When it was created.
    Created,
    /// When AWS last changed it.
    Updated,
    /// The first characters of its id.
    Id,
}

/// Which way rows are sorted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Direction {
    /// The least first.
    #[default]
    Ascending,
    /// The most first.
    Descending,
}

impl Direction {
    /// The other one.
    #[must_use]
    pub const fn reversed(self) -> Self {
        match self {
            Ascending => Descending,
            Descending => Ascending,
        }
    }
}

/// When a column stands if nobody says so.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stands {
    /// Always: it cannot be hidden.
    Always,
    /// Where there is room and something to say.
    ByItself,
    /// Not at all.
    WhenAsked,
}

/// What there is to know about a column.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ColumnSpec {
    /// The column.
    pub column: Column,
    /// Its name in the palette and in the state file.
    pub name: &'static str,
    /// What stands over it.
    pub title: &'static str,
    /// What it shows.
    pub summary: &'static str,
    /// When it stands.
    pub stands: Stands,
    /// Which way it is sorted first; none where rows cannot be sorted by it.
    pub first: Option<Direction>,
    /// What comes first when it is ascending, and when it is descending.
    pub ends: [&'static str; 2],
}

const fn spec(
    column: Column,
    [name, title, summary]: [&'static str; 3],
    stands: Stands,
    first: Option<Direction>,
    ends: [&'static str; 2],
) -> ColumnSpec {
    ColumnSpec { column, name, title, summary, stands, first, ends }
}

const A_TO_Z: [&str; 2] = ["A first", "Z first"];
const LEAST_OR_MOST: [&str; 2] = ["least first", "most first"];
const OLDEST_OR_NEWEST: [&str; 2] = ["oldest first", "newest first"];

/// Every column, from left to right.
pub const COLUMNS: [ColumnSpec; 14] = [
    spec(Status, ["status", "Status", "state of the order"], Stands::Always, Some(Ascending), A_TO_Z),
    spec(
        Name,
        ["name", "Order", "label of the order, or what its numbers have in common"],
        Stands::Always,
        Some(Ascending),
        A_TO_Z,
    ),
    spec(Place, ["place", "Where", "profile and region"], Stands::ByItself, Some(Ascending), A_TO_Z),
    spec(Note, ["note", "Note", "note"], Stands::WhenAsked, Some(Ascending), A_TO_Z),
    spec(Kind, ["type", "Type", "New or Porting"], Stands::WhenAsked, Some(Ascending), A_TO_Z),
    spec(
        Product,
        ["product", "Product", "what the numbers are for"],
        Stands::WhenAsked,
        Some(Ascending),
        A_TO_Z,
    ),
    spec(
        Done,
        ["done", "Done", "share of numbers acquired"],
        Stands::ByItself,
        Some(Descending),
        LEAST_OR_MOST,
    ),
    spec(Bar, ["bar", "", "the same as a bar"], Stands::ByItself, None, ["", ""]),
    spec(Failed, ["failed", "✗", "numbers failed"], Stands::ByItself, Some(Descending), LEAST_OR_MOST),
    spec(Foc, ["foc", "FOC", "FOC date"], Stands::ByItself, Some(Ascending), ["next first", "last first"]),
    spec(
        Since,
        ["for", "For", "time in its state"],
        Stands::ByItself,
        Some(Descending),
        ["shortest first", "longest first"],
    ),
    spec(
        Created,
        ["created", "Created", "when it was created"],
        Stands::WhenAsked,
        Some(Descending),
        OLDEST_OR_NEWEST,
    ),
    spec(
        Updated,
        ["updated", "Updated", "when AWS last changed it"],
        Stands::WhenAsked,
        Some(Descending),
        OLDEST_OR_NEWEST,
    ),
    spec(Id, ["id", "Id", "start of the order id"], Stands::ByItself, Some(Ascending), A_TO_Z),
];

impl Column {
    /// What there is to know about it.
    pub fn spec(self) -> &'static ColumnSpec {
        // Every column stands in the table at its own place.
        COLUMNS.get(self as usize).unwrap_or(&COLUMNS[0])
    }

    /// The column of a name.
    pub fn named(name: &str) -> Option<Self> {
        COLUMNS.iter().find(|spec| spec.name == name).map(|spec| spec.column)
    }
}

impl ColumnSpec {
    /// What comes first in this direction.
    pub const fn end(&self, direction: Direction) -> &'static str {
        let [least, most] = self.ends;
        match direction {
            Ascending => least,
            Descending => most,
        }
    }
}

/// Whether a column was chosen.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Choice {
    /// It stands as it does by itself.
    #[default]
    Unchosen,
    /// It is to stand.
    Shown,
    /// It is not to stand.
    Hidden,
}

/// Which columns were chosen.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Choices([Choice; COLUMNS.len()]);

impl Choices {
    /// What was chosen for a column.
    pub fn of(&self, column: Column) -> Choice {
        self.0.get(column as usize).copied().unwrap_or_default()
    }

    /// Shows or hides a column; what stands so by itself is as good as not chosen. One that always stands stays.
    pub fn set(&mut self, column: Column, choice: Choice) {
        let choice = match (column.spec().stands, choice) {
            (Stands::Always, _) | (Stands::WhenAsked, Choice::Hidden) => Choice::Unchosen,
            (Stands::ByItself | Stands::WhenAsked, choice) => choice,
        };
        if let Some(slot) = self.0.get_mut(column as usize) {
            *slot = choice;
        }
    }

    /// True unless it was hidden, or has to be asked for and was not.
    pub fn wants(&self, column: Column) -> bool {
        match (column.spec().stands, self.of(column)) {
            (_, Choice::Shown) | (Stands::Always, _) | (Stands::ByItself, Choice::Unchosen) => true,
            (Stands::ByItself, Choice::Hidden) | (Stands::WhenAsked, Choice::Unchosen | Choice::Hidden) => {
                false
            }
        }
    }

    /// What was chosen, by name.
    pub fn named(&self) -> impl Iterator<Item = (&'static str, bool)> + '_ {
        COLUMNS.iter().filter_map(|spec| match self.of(spec.column) {
            Choice::Unchosen => None,
            Choice::Shown => Some((spec.name, true)),
            Choice::Hidden => Some((spec.name, false)),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_column_stands_at_its_own_place_of_the_table_under_a_name_of_its_own() {
        for (place, spec) in COLUMNS.iter().enumerate() {
            assert_eq!((spec.column as usize, Column::named(spec.name)), (place, Some(spec.column)));
            assert_eq!(spec.column.spec(), spec);
        }
    }

    #[test]
    fn a_choice_of_what_is_so_anyway_is_none() {
        let mut choices = Choices::default();
        choices.set(Status, Choice::Hidden);
        choices.set(Created, Choice::Hidden);
        assert_eq!(choices, Choices::default());
        choices.set(Foc, Choice::Hidden);
        choices.set(Created, Choice::Shown);
        assert_eq!(choices.named().collect::<Vec<_>>(), [("foc", false), ("created", true)]);
        assert!(
            choices.wants(Created) && !choices.wants(Foc) && choices.wants(Status) && !choices.wants(Note)
        );
    }
}
