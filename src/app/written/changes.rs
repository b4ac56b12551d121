//! What changed, each change on a line of its own: for a spreadsheet, for a program, for a report.

use super::{csv, markdown};
use crate::app::query::sentence;
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
    csv::written(HEAD, changes.iter().map(|told| csv::row(Cells::of(&told.change).in_order(told))))
}

/// One change of an order, which is called `name`, as JSON: a state as AWS spells it, a time as exactly as two answers
/// tell. Without `SeenAfter` it was so at the first look.
pub fn json(change: &Change, name: &str) -> String {
    let Cells { after, by, what, number, from, to } = Cells::of(change);
    let Change { key, .. } = change;
    let members = [
        ("SeenAfter", after),
        ("SeenBy", by),
        ("PhoneNumberOrderId", key.id.to_string()),
        ("Order", name.to_owned()),
        ("What", what.to_owned()),
        ("E164PhoneNumber", number),
        ("From", from),
        ("To", to),
        ("Profile", key.scope.profile_name().to_owned()),
        ("Region", key.scope.region.to_string()),
    ];
    let said = members.into_iter().filter(|(_, text)| !text.is_empty());
    let said: Vec<_> = said.map(|(name, text)| format!("{}:{}", quoted(name), quoted(&text))).collect();
    format!("{{{}}}", said.join(","))
}

/// A line for people: when it was seen by, what its order is called, what happened. `numbers` of the order went the same
/// way with one answer.
pub fn line(change: &Change, name: &str, numbers: usize) -> String {
    format!("{}  {name}  {}", utc(change.seen.by), sentence::what(change, numbers))
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
    fn of(change: &Change) -> Self {
        let seen = change.seen;
        let none = String::new;
        let date =
            |date: &Option<FocDate>| date.as_ref().map(|date| date.raw().to_owned()).unwrap_or_default();
        let number = |number: &Text| number.raw().to_owned();
        let (what, number, from, to) = match &change.kind {
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{Interval, NumberStatus, OrderKey, OrderStatus, Scope};

    fn change(kind: ChangeKind) -> Change {
        let scope = Scope { profile: Some("prod".into()), region: "us-east-1".into(), endpoint: None };
        let at = |text: &str| text.parse().unwrap();
        Change {
            sequence: 1,
            key: OrderKey {
                scope: scope.into(),
                id: "3f2a91c0-77aa-4e0b-9a55-0d1f5e2bc01d".parse().unwrap(),
            },
            kind,
            seen: Interval { after: Some(at("2026-11-23T14:02:05.2Z")), by: at("2026-11-23T14:02:10.9Z") },
        }
    }

    #[test]
    fn a_change_is_a_line_or_an_object() {
        let number = change(ChangeKind::Number {
            number: "+15035550107".into(),
            from: NumberStatus::Processing,
            to: NumberStatus::Acquired,
        });
        let order = change(ChangeKind::Order { from: OrderStatus::Processing, to: OrderStatus::Partial });
        assert_eq!(
            [line(&number, "Portland", 1), line(&number, "Portland", 43), line(&order, "Portland", 1)],
            [
                "2026-11-23T14:02:10Z  Portland  +1 503 555 0107 went from Processing to Acquired",
                "2026-11-23T14:02:10Z  Portland  43 numbers went from Processing to Acquired",
                "2026-11-23T14:02:10Z  Portland  went from Processing to Partial",
            ]
        );
        assert_eq!(
            [json(&number, "Portland"), json(&order, "Portland")],
            [
                r#"{"SeenAfter":"2026-11-23T14:02:05Z","SeenBy":"2026-11-23T14:02:10Z","PhoneNumberOrderId":"3f2a91c0-77aa-4e0b-9a55-0d1f5e2bc01d","Order":"Portland","What":"number","E164PhoneNumber":"+15035550107","From":"Processing","To":"Acquired","Profile":"prod","Region":"us-east-1"}"#,
                r#"{"SeenAfter":"2026-11-23T14:02:05Z","SeenBy":"2026-11-23T14:02:10Z","PhoneNumberOrderId":"3f2a91c0-77aa-4e0b-9a55-0d1f5e2bc01d","Order":"Portland","What":"order","From":"Processing","To":"Partial","Profile":"prod","Region":"us-east-1"}"#,
            ]
        );
    }
}
