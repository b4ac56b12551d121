//! What changed, each change on a line of its own: for a spreadsheet, for a program, for a report.

use super::{csv, markdown};
use crate::domain::json::quoted;
use crate::domain::{Change, ChangeKind, FocDate, Text};
use jiff::Timestamp;

/// A change with what the screen says of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ToldChange {
    /// The change.
    pub change: Change,
    /// What its order is called.
    pub order: String,
    /// What happened, in words.
    pub words: String,
}

/// The names of the columns.
const HEAD: &str = "seen_after,seen_by,order_id,order,what,number,from,to,profile,region";
/// The head of a table.
const TABLE: &str = "| Seen | Order | Change |\n|---|---|---|\n";

/// Changes as CSV, one a line, below the names of the columns.
pub fn csv(changes: &[ToldChange]) -> String {
    csv::written(HEAD, changes.iter().map(|told| csv::row(Cells::of(told).in_order(told))))
}

/// One change as JSON: a state as AWS spells it, a time as exactly as two answers tell.
pub fn json(told: &ToldChange) -> String {
    let Cells { after, by, what, number, from, to } = Cells::of(told);
    let members = [
        ("SeenAfter", after),
        ("SeenBy", by),
        ("PhoneNumberOrderId", told.change.key.id.to_string()),
        ("Order", told.order.clone()),
        ("What", what.to_owned()),
        ("E164PhoneNumber", number),
        ("From", from),
        ("To", to),
        ("Profile", told.change.key.scope.profile_name().to_owned()),
        ("Region", told.change.key.scope.region.to_string()),
    ];
    let said = members.into_iter().filter(|(_, text)| !text.is_empty());
    let said: Vec<_> = said.map(|(name, text)| format!("{}:{}", quoted(name), quoted(&text))).collect();
    format!("{{{}}}", said.join(","))
}

/// Changes as a table, with its head.
pub fn table(changes: &[ToldChange]) -> String {
    let row = |told: &ToldChange| {
        let cells = [utc(told.change.seen.by), told.order.clone(), told.words.clone()];
        format!("| {} |", cells.map(|text| markdown::cell(&text)).join(" | "))
    };
    TABLE.to_owned() + &super::lines(changes.iter().map(row)) + "\n"
}

/// A change in its parts; what it does not have is empty.
struct Cells {
    after: String,
    by: String,
    what: &'static str,
    number: String,
    from: String,
    to: String,
}

impl Cells {
    fn of(told: &ToldChange) -> Self {
        let seen = told.change.seen;
        let none = String::new;
        let date =
            |date: &Option<FocDate>| date.as_ref().map(|date| date.raw().to_owned()).unwrap_or_default();
        let number = |number: &Text| number.raw().to_owned();
        let (what, number, from, to) = match &told.change.kind {
            ChangeKind::Order { from, to } => ("order", none(), from.to_string(), to.to_string()),
            ChangeKind::Number { number: of, from, to } => {
                ("number", number(of), from.to_string(), to.to_string())
            }
            ChangeKind::NumberAppeared { number: of, status } => {
                ("number", number(of), none(), status.to_string())
            }
            ChangeKind::NumberGone { number: of, status } => {
                ("number", number(of), status.to_string(), none())
            }
            ChangeKind::FocDate { from, to } => ("foc_date", none(), date(from), date(to)),
        };
        Self { after: seen.after.map(utc).unwrap_or_default(), by: utc(seen.by), what, number, from, to }
    }

    fn in_order(self, told: &ToldChange) -> [String; 10] {
        let key = &told.change.key;
        [
            self.after,
            self.by,
            key.id.to_string(),
            told.order.clone(),
            self.what.to_owned(),
            self.number,
            self.from,
            self.to,
            key.scope.profile_name().to_owned(),
            key.scope.region.to_string(),
        ]
    }
}

fn utc(at: Timestamp) -> String {
    at.strftime("%Y-%m-%dT%H:%M:%SZ").to_string()
}
