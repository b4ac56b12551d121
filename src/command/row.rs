//! One order as a line: columns for people, or the API's own JSON with our words beside it.

use crate::domain::PhoneNumberOrder;
use crate::fetch::wire;
use jiff::{Timestamp, Unit};
use std::io::{self, IsTerminal};

/// Which columns are written: on a terminal those that it has room for, elsewhere all of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Columns {
    All,
    WithoutUpdated,
    WithoutTimes,
}

impl Columns {
    /// What fits into the terminal that standard output is.
    pub(super) fn of_standard_output() -> Self {
        let width = io::stdout().is_terminal().then(crossterm::terminal::size).and_then(Result::ok);
        Self::within(width.map(|(width, _)| width))
    }

    const fn within(width: Option<u16>) -> Self {
        match width {
            None | Some(117..) => Self::All,
            Some(95..) => Self::WithoutUpdated,
            Some(_) => Self::WithoutTimes,
        }
    }

    fn line(self, status: &str, id: &str, done: &str, failed: &str, created: &str, updated: &str) -> String {
        let line = format!("{status:<16}  {id:<36}  {done:>9}  {failed:>6}");
        match self {
            Self::All => format!("{line}  {created:<20}  {updated}"),
            Self::WithoutUpdated => format!("{line}  {created}"),
            Self::WithoutTimes => line,
        }
    }
}

/// The names of the columns.
pub(super) fn heading(columns: Columns) -> String {
    columns.line("STATUS", "ORDER ID", "DONE", "FAILED", "CREATED", "UPDATED")
}

/// An order in columns.
pub(super) fn row(order: &PhoneNumberOrder, columns: Columns) -> String {
    let counts = order.counts();
    let status = if order.status.raw().is_empty() { "-".to_owned() } else { order.status.to_string() };
    columns.line(
        &status,
        order.id.as_str(),
        &format!("{}/{}", counts.acquired, counts.total),
        &counts.failed.to_string(),
        &time(order.created),
        &time(order.updated),
    )
}

/// To the second, in UTC.
fn time(at: Option<Timestamp>) -> String {
    at.map_or_else(|| "-".to_owned(), |at| at.strftime("%Y-%m-%dT%H:%M:%SZ").to_string())
}

/// The API's object as it came, with ours beside it: one object on one line.
pub(super) fn json(order: &PhoneNumberOrder, body: &[u8], received: Timestamp) -> String {
    let object = wire::compact(body).unwrap_or_else(|| "null".to_owned());
    let bucket = order.status.bucket().name();
    let observed = received.round(Unit::Second).unwrap_or(received);
    format!(r#"{{"PhoneNumberOrder":{object},"Bucket":"{bucket}","ObservedAt":"{observed}"}}"#)
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
        let all = Columns::All;
        let lines = [heading(all), row(&order(BODY), all), row(&order(br#"{"PhoneNumberOrder":{}}"#), all)];
        assert_eq!(
            lines.join("\n"),
            "STATUS            ORDER ID                                   DONE  FAILED  CREATED               UPDATED\n\
             Partial           3f2a91c0-77aa-4e0b-9a55-0d1f5e2bc01d        1/2       1  2019-09-18T17:57:36Z  -\n\
             -                 3f2a91c0-77aa-4e0b-9a55-0d1f5e2bc01d        0/0       0  -                     -"
        );
    }

    #[test]
    fn a_terminal_without_room_shows_fewer_columns_and_a_pipe_all_of_them() {
        let lines = |width| {
            let columns = Columns::within(width);
            [heading(columns), row(&order(BODY), columns)]
        };
        assert_eq!(
            lines(Some(80)).join("\n"),
            "STATUS            ORDER ID                                   DONE  FAILED\n\
             Partial           3f2a91c0-77aa-4e0b-9a55-0d1f5e2bc01d        1/2       1"
        );
        assert_eq!(
            lines(Some(116)).join("\n"),
            "STATUS            ORDER ID                                   DONE  FAILED  CREATED\n\
             Partial           3f2a91c0-77aa-4e0b-9a55-0d1f5e2bc01d        1/2       1  2019-09-18T17:57:36Z"
        );
        assert_eq!([lines(Some(117)), lines(None)], [lines(None), lines(None)]);
    }

    #[test]
    fn json_keeps_the_members_and_forms_of_the_api_with_ours_beside_them() {
        let at = "2026-11-23T14:03:05.123Z".parse().unwrap();
        assert_eq!(
            json(&order(BODY), BODY, at),
            r#"{"PhoneNumberOrder":{"CreatedTimestamp":1568829456.280,"Status":"Partial","OrderedPhoneNumbers":[{"E164PhoneNumber":"+12065550100","Status":"Acquired"},{"E164PhoneNumber":"+12065550101","Status":"Failed"}]},"Bucket":"partial","ObservedAt":"2026-11-23T14:03:05Z"}"#
        );
    }
}
