//! One order as a line: columns for people, or the API's own JSON with our words beside it.

use crate::domain::json::quoted;
use crate::domain::{PhoneNumberOrder, PhoneNumberOrderId, Text};
use crate::fetch::wire;
use crate::ui::fit;
use jiff::Timestamp;
use std::collections::HashMap;
use std::io::{self, IsTerminal};

/// What the user calls orders, or notes of them; owned, because a table is written while they are asked for.
pub(super) type Labels = HashMap<PhoneNumberOrderId, Text>;

/// The most cells of the labels for which other columns are left out.
const LABEL: u16 = 24;

/// Which columns are written: on a terminal those that it has room for, elsewhere all of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Columns {
    shape: Shape,
    /// The cells for labels; none where no order has one.
    label: Option<u16>,
}

/// The columns before the label, from the widest to the narrowest.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Shape {
    All,
    WithoutUpdated,
    WithoutTimes,
    /// For orders that are told apart by their labels.
    ShortId,
}

impl Shape {
    const fn width(self) -> u16 {
        match self {
            Self::All => 117,
            Self::WithoutUpdated => 95,
            Self::WithoutTimes => 73,
            Self::ShortId => 45,
        }
    }
}

/// What stands in the columns.
struct Cells<'a> {
    status: &'a str,
    id: &'a str,
    done: &'a str,
    failed: &'a str,
    created: &'a str,
    updated: &'a str,
    label: &'a str,
}

impl Columns {
    /// What fits into the terminal that standard output is, where orders have these labels.
    pub(super) fn of_standard_output(labels: &Labels) -> Self {
        let width = io::stdout().is_terminal().then(crossterm::terminal::size).and_then(Result::ok);
        let widest = labels.values().map(|label| fit::width(label.shown())).max();
        Self::within(width.map(|(width, _)| width), widest)
    }

    fn within(width: Option<u16>, label: Option<u16>) -> Self {
        let Some(width) = width else { return Self { shape: Shape::All, label: label.map(|_| u16::MAX) } };
        let needed = label.map_or(0, |label| 2 + label.min(LABEL));
        let shapes = [Shape::All, Shape::WithoutUpdated, Shape::WithoutTimes];
        let narrowest = if label.is_some() { Shape::ShortId } else { Shape::WithoutTimes };
        let shape = shapes.into_iter().find(|shape| shape.width() + needed <= width).unwrap_or(narrowest);
        Self { shape, label: label.map(|_| width.saturating_sub(shape.width() + 2)) }
    }

    fn line(self, cells: &Cells<'_>) -> String {
        let Cells { status, id, done, failed, created, updated, label } = cells;
        let line = match self.shape {
            Shape::ShortId => format!("{status:<16}  {:<8}  {done:>9}  {failed:>6}", fit::fit(id, 8)),
            Shape::All | Shape::WithoutUpdated | Shape::WithoutTimes => {
                format!("{status:<16}  {id:<36}  {done:>9}  {failed:>6}")
            }
        };
        let line = match self.shape {
            Shape::All => format!("{line}  {created:<20}  {updated:<20}"),
            Shape::WithoutUpdated => format!("{line}  {created:<20}"),
            Shape::WithoutTimes | Shape::ShortId => line,
        };
        let line = match self.label {
            Some(room) => format!("{line}  {}", fit::fit(label, room)),
            None => line,
        };
        line.trim_end().to_owned()
    }
}

/// The names of the columns.
pub(super) fn heading(columns: Columns) -> String {
    let id = if columns.shape == Shape::ShortId { "ORDER" } else { "ORDER ID" };
    columns.line(&Cells {
        status: "STATUS",
        id,
        done: "DONE",
        failed: "FAILED",
        created: "CREATED",
        updated: "UPDATED",
        label: "LABEL",
    })
}

/// An order in columns.
pub(super) fn row(order: &PhoneNumberOrder, label: Option<&Text>, columns: Columns) -> String {
    let counts = order.counts();
    let status = if order.status.raw().is_empty() { "-".to_owned() } else { order.status.to_string() };
    let id = match columns.shape {
        Shape::ShortId => order.id.short(),
        Shape::All | Shape::WithoutUpdated | Shape::WithoutTimes => order.id.as_str(),
    };
    columns.line(&Cells {
        status: &status,
        id,
        done: &format!("{}/{}", counts.acquired, counts.total),
        failed: &counts.failed.to_string(),
        created: &time(order.created),
        updated: &time(order.updated),
        label: label.map_or("-", Text::shown),
    })
}

/// To the second, in UTC.
fn time(at: Option<Timestamp>) -> String {
    at.map_or_else(|| "-".to_owned(), |at| at.strftime("%Y-%m-%dT%H:%M:%SZ").to_string())
}

/// The API's object as it came, with ours beside it: one object on one line. What the user says of the order stands there
/// where there is any.
pub(super) fn json(
    order: &PhoneNumberOrder,
    body: &[u8],
    received: Timestamp,
    label: Option<&Text>,
    note: Option<&Text>,
) -> String {
    let object = wire::compact(body).unwrap_or_else(|| "null".to_owned());
    let bucket = order.status.bucket().name();
    let observed = received.strftime("%Y-%m-%dT%H:%M:%SZ");
    let word = |name, text: Option<&Text>| text.map(|text| format!(r#","{name}":{}"#, quoted(text.raw())));
    let words = [word("Label", label), word("Note", note)].map(Option::unwrap_or_default).concat();
    format!(r#"{{"PhoneNumberOrder":{object},"Bucket":"{bucket}","ObservedAt":"{observed}"{words}}}"#)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::PhoneNumberOrderId;

    const BODY: &[u8] = br#"{"PhoneNumberOrder": {
        "CreatedTimestamp": 1568829456.280, "Status": "Partial",
        "OrderedPhoneNumbers": [{"E164PhoneNumber": "+12065550100", "Status": "Acquired"},
                                {"E164PhoneNumber": "+12065550101", "Status": "Failed"}]}}"#;

    fn order(body: &[u8]) -> PhoneNumberOrder {
        let id = PhoneNumberOrderId::parse("3f2a91c0-77aa-4e0b-9a55-0d1f5e2bc01d").unwrap();
        wire::order(body, id).unwrap()
    }

    #[test]
    fn an_order_stands_in_columns_below_their_names() {
        let all = Columns::within(None, None);
        let empty = order(br#"{"PhoneNumberOrder":{}}"#);
        let lines = [heading(all), row(&order(BODY), None, all), row(&empty, None, all)];
        assert_eq!(
            lines.join("\n"),
            "STATUS            ORDER ID                                   DONE  FAILED  CREATED               UPDATED\n\
             Partial           3f2a91c0-77aa-4e0b-9a55-0d1f5e2bc01d        1/2       1  2019-09-18T17:57:36Z  -\n\
             -                 3f2a91c0-77aa-4e0b-9a55-0d1f5e2bc01d        0/0       0  -                     -"
        );
    }

    /// The heading and a row in a terminal of this width, where the widest label has so many cells.
    fn lines(width: Option<u16>, widest: Option<u16>) -> String {
        let columns = Columns::within(width, widest);
        let label = widest.map(|_| Text::new("Seattle launch"));
        format!("{}\n{}", heading(columns), row(&order(BODY), label.as_ref(), columns))
    }

    #[test]
    fn a_terminal_without_room_shows_fewer_columns_and_a_pipe_all_of_them() {
        assert_eq!(
            lines(Some(80), None),
            "STATUS            ORDER ID                                   DONE  FAILED\n\
             Partial           3f2a91c0-77aa-4e0b-9a55-0d1f5e2bc01d        1/2       1"
        );
        assert_eq!(
            lines(Some(116), None),
            "STATUS            ORDER ID                                   DONE  FAILED  CREATED\n\
             Partial           3f2a91c0-77aa-4e0b-9a55-0d1f5e2bc01d        1/2       1  2019-09-18T17:57:36Z"
        );
        assert_eq!([lines(Some(117), None), lines(None, None)], [lines(None, None), lines(None, None)]);
    }

    #[test]
    fn labels_stand_at_the_end_and_rather_than_without_them_a_terminal_shows_short_ids() {
        assert_eq!(
            lines(None, Some(14)),
            "STATUS            ORDER ID                                   DONE  FAILED  CREATED               UPDATED               LABEL\n\
             Partial           3f2a91c0-77aa-4e0b-9a55-0d1f5e2bc01d        1/2       1  2019-09-18T17:57:36Z  -                     Seattle launch"
        );
        assert_eq!(
            lines(Some(110), Some(14)),
            "STATUS            ORDER ID                                   DONE  FAILED  LABEL\n\
             Partial           3f2a91c0-77aa-4e0b-9a55-0d1f5e2bc01d        1/2       1  Seattle launch"
        );
        assert_eq!(
            lines(Some(80), Some(14)),
            "STATUS            ORDER          DONE  FAILED  LABEL\n\
             Partial           3f2a91c0        1/2       1  Seattle launch"
        );
        assert_eq!(
            lines(Some(56), Some(14)),
            "STATUS            ORDER          DONE  FAILED  LABEL\n\
             Partial           3f2a91c0        1/2       1  Seattle…"
        );
    }

    #[test]
    fn json_keeps_the_members_and_forms_of_the_api_with_ours_beside_them() {
        let at = "2026-11-23T14:03:05.723Z".parse().unwrap();
        let (label, note) = (Text::new("Seattle \"launch\""), Text::new("for the new office"));
        let said = json(&order(br#"{"PhoneNumberOrder":{}}"#), b"{}", at, Some(&label), Some(&note));
        assert!(
            said.ends_with(
                r#""ObservedAt":"2026-11-23T14:03:05Z","Label":"Seattle \"launch\"","Note":"for the new office"}"#
            ),
            "{said}"
        );
        assert_eq!(
            json(&order(BODY), BODY, at, None, None),
            r#"{"PhoneNumberOrder":{"CreatedTimestamp":1568829456.280,"Status":"Partial","OrderedPhoneNumbers":[{"E164PhoneNumber":"+12065550100","Status":"Acquired"},{"E164PhoneNumber":"+12065550101","Status":"Failed"}]},"Bucket":"partial","ObservedAt":"2026-11-23T14:03:05Z"}"#
        );
    }
}
