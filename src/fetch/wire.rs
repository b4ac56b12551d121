//! The API's JSON, as it travels: every member may be missing or null, unknown ones are ignored, unknown values kept.
//!
//! Source: `GetPhoneNumberOrder` of the API model `chime-sdk-voice` 2022-08-03.

mod compact;
mod list;
mod page;
mod timestamp;

pub use compact::compact;
pub use page::{MOST_ORDERS, orders_of_page, page};

use crate::domain::{
    FocDate, Numbers, OrderStatus, OrderType, PhoneNumberOrder, PhoneNumberOrderId, ProductType, Text,
};
use jiff::Timestamp;
use list::AtMost;
use serde::Deserialize;
use serde_json::error::Category;
use serde_json::value::RawValue;
use timestamp::Moment;

/// The most numbers of an order that are read. No limit is documented; orders of 500 have been seen.
pub const MOST_NUMBERS: usize = 5000;

/// Why an answer is no order.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum WireError {
    /// Nothing came.
    #[error("it is empty")]
    Empty,
    /// Not JSON, or not of the API's form.
    #[error("{0}")]
    Form(Text),
    /// JSON without a `PhoneNumberOrder`.
    #[error("it holds no PhoneNumberOrder")]
    NoOrder,
    /// JSON without `PhoneNumberOrders`.
    #[error("it holds no PhoneNumberOrders")]
    NoList,
    /// Somebody else's order.
    #[error("it is about order {0}")]
    OtherOrder(Text),
    /// More numbers than are read.
    #[error("it holds {0} numbers, more than {MOST_NUMBERS}")]
    TooManyNumbers(usize),
}

impl From<serde_json::Error> for WireError {
    fn from(error: serde_json::Error) -> Self {
        let what = match error.classify() {
            Category::Data => "it is not of the API's form",
            Category::Syntax | Category::Eof | Category::Io => "it is no JSON",
        };
        Self::Form(Text::from(format!("{what} ({error})")))
    }
}

#[derive(Deserialize)]
#[serde(expecting = "an object with PhoneNumberOrder")]
struct GetPhoneNumberOrderResponse<'a> {
    #[serde(rename = "PhoneNumberOrder", borrow)]
    order: Option<&'a RawValue>,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase", expecting = "an order")]
struct WireOrder {
    phone_number_order_id: Option<String>,
    product_type: Option<String>,
    status: Option<String>,
    order_type: Option<String>,
    ordered_phone_numbers: Option<AtMost<WireNumber, MOST_NUMBERS>>,
    created_timestamp: Option<Moment>,
    updated_timestamp: Option<Moment>,
    foc_date: Option<Moment>,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct WireNumber {
    // Not what `PascalCase` makes of it.
    #[serde(rename = "E164PhoneNumber")]
    e164_phone_number: Option<String>,
    status: Option<String>,
}

/// Reads the order that was asked for out of an answer.
///
/// # Errors
/// [`WireError`] says why it is not there.
pub fn order(body: &[u8], asked: PhoneNumberOrderId) -> Result<PhoneNumberOrder, WireError> {
    let wire: WireOrder = serde_json::from_str(order_text(body)?)?;
    if let Some(id) = &wire.phone_number_order_id
        && !id.eq_ignore_ascii_case(asked.as_str())
    {
        return Err(WireError::OtherOrder(Text::new(id)));
    }
    wire.read_as(asked)
}

impl WireOrder {
    fn read_as(self, id: PhoneNumberOrderId) -> Result<PhoneNumberOrder, WireError> {
        let AtMost { kept, all } = self.ordered_phone_numbers.unwrap_or_default();
        if all > MOST_NUMBERS {
            return Err(WireError::TooManyNumbers(all));
        }
        let numbers = kept.iter().map(|WireNumber { e164_phone_number, status }| {
            (e164_phone_number.as_deref().unwrap_or_default(), status.as_deref().unwrap_or_default())
        });
        Ok(PhoneNumberOrder {
            id,
            product_type: self.product_type.as_deref().map(ProductType::parse),
            status: OrderStatus::parse(self.status.as_deref().unwrap_or_default()),
            order_type: self.order_type.as_deref().map(OrderType::parse),
            numbers: Numbers::new(numbers),
            created: self.created_timestamp.as_ref().and_then(Moment::timestamp),
            updated: self.updated_timestamp.as_ref().and_then(Moment::timestamp),
            foc_date: self.foc_date.as_ref().map(Moment::text).map(|text| FocDate::new(&text)),
        })
    }
}

/// The text of the member `PhoneNumberOrder`.
fn order_text(body: &[u8]) -> Result<&str, WireError> {
    if is_blank(body) {
        return Err(WireError::Empty);
    }
    let response: GetPhoneNumberOrderResponse<'_> = serde_json::from_slice(body)?;
    response.order.map(RawValue::get).ok_or(WireError::NoOrder)
}

fn is_blank(body: &[u8]) -> bool {
    body.iter().all(u8::is_ascii_whitespace)
}

/// A point in time as a header or a body may write it: RFC 3339, RFC 822, or seconds since 1970.
pub(super) fn moment(text: &str) -> Option<Timestamp> {
    timestamp::parse(text)
}

#[cfg(test)]
mod tests;
