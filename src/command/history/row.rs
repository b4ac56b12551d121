//! One observed change in columns.

use crate::domain::text::neutralise;
use crate::domain::{Change, ChangeKind, FocDate, Interval};

/// The names of the columns of [`row`].
pub(super) fn heading() -> String {
    columns("SEEN (UTC)", "ORDER ID", "WHAT", "FROM", "TO", "ORDER")
}

/// A change in columns; what the order is called stands at the end.
pub(super) fn row(change: &Change, name: &str) -> String {
    let Parts { what, from, to } = parts(&change.kind);
    let cell = |text: Option<&str>| neutralise(text.unwrap_or("-"));
    columns(&when(change.seen), change.key.id.as_str(), what, &cell(from), &cell(to), &neutralise(name))
}

fn columns(when: &str, id: &str, what: &str, from: &str, to: &str, name: &str) -> String {
    let line = format!("{when:<30}  {id:<36}  {what:<16}  {from:<16}  {to:<16}  {name}");
    line.trim_end().to_owned()
}

/// When something happened, in UTC and as exactly as two answers can tell: `2026-11-28 14:02:05-14:02:10`, or
/// `by 2026-11-28 10:02 (first look)`.
pub(super) fn when(seen: Interval) -> String {
    let Some(after) = seen.after else {
        return format!("by {} (first look)", seen.by.strftime("%Y-%m-%d %H:%M"));
    };
    let is_one_day = after.strftime("%Y-%m-%d").to_string() == seen.by.strftime("%Y-%m-%d").to_string();
    let end = if is_one_day { "%H:%M:%S" } else { "%Y-%m-%d %H:%M:%S" };
    format!("{}-{}", after.strftime("%Y-%m-%d %H:%M:%S"), seen.by.strftime(end))
}

/// What changed, from what, to what.
struct Parts<'a> {
    what: &'a str,
    from: Option<&'a str>,
    to: Option<&'a str>,
}

fn parts(kind: &ChangeKind) -> Parts<'_> {
    match kind {
        ChangeKind::Order { from, to } => Parts { what: "order", from: Some(from.raw()), to: Some(to.raw()) },
        ChangeKind::FocDate { from, to } => Parts {
            what: "FOC date",
            from: from.as_ref().map(FocDate::raw),
            to: to.as_ref().map(FocDate::raw),
        },
        ChangeKind::Number { number, from, to } => {
            Parts { what: number.shown(), from: Some(from.raw()), to: Some(to.raw()) }
        }
        ChangeKind::NumberAppeared { number, status } => {
            Parts { what: number.shown(), from: None, to: Some(status.raw()) }
        }
        ChangeKind::NumberGone { number, status } => {
            Parts { what: number.shown(), from: Some(status.raw()), to: None }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{NumberStatus, OrderKey, OrderStatus, PhoneNumberOrderId, Scope, Text};
    use std::sync::Arc;

    fn changes() -> Vec<Change> {
        let scope =
            Arc::new(Scope { profile: Some("prod".into()), region: "us-east-1".into(), endpoint: None });
        let id = PhoneNumberOrderId::parse("3f2a91c0-77aa-4e0b-9a55-0d1f5e2bc01d").unwrap();
        let at = |text: &str| format!("2026-11-{text}Z").parse().unwrap();
        let change = |(sequence, (kind, after, by)): (u64, (ChangeKind, Option<&str>, &str))| Change {
            sequence,
            key: OrderKey { scope: Arc::clone(&scope), id },
            kind,
            seen: Interval { after: after.map(at), by: at(by) },
        };
        let number = || Text::new("+15035550107");
        let kinds = [
            (
                ChangeKind::Order {
                    from: OrderStatus::Processing,
                    to: OrderStatus::parse("Tele\u{1b}ported"),
                },
                Some("28T14:02:05.1"),
                "28T14:02:10.9876",
            ),
            (
                ChangeKind::Number {
                    number: number(),
                    from: NumberStatus::Processing,
                    to: NumberStatus::Acquired,
                },
                Some("28T23:59:58"),
                "29T00:00:03",
            ),
            (
                ChangeKind::NumberAppeared { number: number(), status: NumberStatus::Failed },
                None,
                "28T10:02:03",
            ),
            (
                ChangeKind::NumberGone { number: number(), status: NumberStatus::Failed },
                Some("28T10:00:00"),
                "28T10:02:03",
            ),
            (
                ChangeKind::FocDate { from: None, to: Some(FocDate::new("2026-12-01")) },
                Some("28T10:00:00"),
                "28T10:02:03",
            ),
        ];
        (1..).zip(kinds).map(change).collect()
    }

    #[test]
    fn a_change_stands_in_columns_below_their_names() {
        let rows = changes().into_iter().map(|change| row(&change, "Seattle launch"));
        let lines: Vec<_> = [heading()].into_iter().chain(rows).collect();
        assert_eq!(
            lines.join("\n"),
            "\
SEEN (UTC)                      ORDER ID                              WHAT              FROM              TO                ORDER
2026-11-28 14:02:05-14:02:10    3f2a91c0-77aa-4e0b-9a55-0d1f5e2bc01d  order             Processing        Tele\\u{1b}ported  Seattle launch
2026-11-28 23:59:58-2026-11-29 00:00:03  3f2a91c0-77aa-4e0b-9a55-0d1f5e2bc01d  +15035550107      Processing        Acquired          Seattle launch
by 2026-11-28 10:02 (first look)  3f2a91c0-77aa-4e0b-9a55-0d1f5e2bc01d  +15035550107      -                 Failed            Seattle launch
2026-11-28 10:00:00-10:02:03    3f2a91c0-77aa-4e0b-9a55-0d1f5e2bc01d  +15035550107      Failed            -                 Seattle launch
2026-11-28 10:00:00-10:02:03    3f2a91c0-77aa-4e0b-9a55-0d1f5e2bc01d  FOC date          -                 2026-12-01        Seattle launch"
        );
    }
}
