//! An order as the API writes it. These are the service's own types, not `fetch`'s: a wrong member name on one
//! side must not be cancelled out by the same mistake on the other.

use jiff::{Timestamp, civil::Date};
use serde::Serialize;

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "PascalCase")]
#[expect(clippy::struct_field_names, reason = "the members are called as AWS calls them")]
pub(super) struct PhoneNumberOrder {
    pub(super) phone_number_order_id: String,
    pub(super) product_type: String,
    pub(super) status: String,
    pub(super) order_type: String,
    pub(super) ordered_phone_numbers: Vec<OrderedPhoneNumber>,
    pub(super) created_timestamp: String,
    pub(super) updated_timestamp: String,
    /// `null` unless the order is a porting one.
    pub(super) foc_date: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(super) struct OrderedPhoneNumber {
    #[serde(rename = "E164PhoneNumber")]
    pub(super) e164_phone_number: String,
    #[serde(rename = "Status")]
    pub(super) status: OrderedPhoneNumberStatus,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub(super) enum OrderedPhoneNumberStatus {
    Processing,
    Acquired,
    Failed,
}

/// ISO 8601 in UTC with milliseconds, as the documentation's sample has it.
pub(super) fn timestamp(moment: Timestamp) -> String {
    moment.strftime("%Y-%m-%dT%H:%M:%S%.3fZ").to_string()
}

/// The text form of `FocDate` is not documented; a plain date is what the console shows.
pub(super) fn foc_date(date: Date) -> String {
    date.to_string()
}

/// RFC 9110's form of the `Date` header.
pub(super) fn http_date(moment: Timestamp) -> String {
    moment.strftime("%a, %d %b %Y %H:%M:%S GMT").to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_written_as_the_api_writes_them() {
        let moment: Timestamp = "2019-09-18T17:57:36.28Z".parse().unwrap();
        assert_eq!(timestamp(moment), "2019-09-18T17:57:36.280Z");
        assert_eq!(timestamp("2019-09-18T17:57:36Z".parse().unwrap()), "2019-09-18T17:57:36.000Z");
        assert_eq!(http_date(moment), "Wed, 18 Sep 2019 17:57:36 GMT");
        assert_eq!(foc_date(Date::constant(2026, 11, 28)), "2026-11-28");
    }
}
