//! A page of orders. One element that is no order does not cost the others.
//!
//! Source: `ListPhoneNumberOrders` of the API model `chime-sdk-voice` 2022-08-03.

use super::{WireError, WireOrder, is_blank};
use crate::domain::{OrderPage, PageToken, PhoneNumberOrder, PhoneNumberOrderId};
use serde::de::{SeqAccess, Visitor};
use serde::{Deserialize, Deserializer};
use serde_json::value::RawValue;
use std::fmt;

/// The most orders of a page that are read; the API's own pages hold 100.
pub const MOST_ORDERS: usize = 1000;

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase", expecting = "an object with PhoneNumberOrders")]
struct ListPhoneNumberOrdersResponse {
    #[serde(default)]
    phone_number_orders: Listed,
    next_token: Option<String>,
}

/// The member; null is an empty list.
#[derive(Default)]
enum Listed {
    #[default]
    Missing,
    There(Orders),
}

#[derive(Default)]
struct Orders {
    orders: Vec<PhoneNumberOrder>,
    undecodable: usize,
}

/// Reads a page out of an answer. `asked` is the token that it was asked with: a service that repeats it would be
/// asked for ever.
///
/// # Errors
/// [`WireError`] says why there is none.
pub fn page(body: &[u8], asked: Option<&PageToken>) -> Result<OrderPage, WireError> {
    if is_blank(body) {
        return Err(WireError::Empty);
    }
    let response: ListPhoneNumberOrdersResponse = serde_json::from_slice(body)?;
    let Listed::There(Orders { orders, undecodable }) = response.phone_number_orders else {
        return Err(WireError::NoList);
    };
    let is_new = |token: &String| !token.is_empty() && asked.is_none_or(|asked| asked.raw() != token);
    let next = response.next_token.filter(is_new).map(|token| PageToken::new(&token));
    Ok(OrderPage { orders, undecodable, next })
}

/// The orders of a page as they came, each like the answer to a request of its own. Elements that are no order, and
/// those beyond what is read, are left out, as [`page`] leaves them out.
pub fn orders_of_page(body: &[u8]) -> Vec<(PhoneNumberOrderId, String)> {
    #[derive(Deserialize)]
    #[serde(rename_all = "PascalCase")]
    struct AsTheyCame<'a> {
        #[serde(borrow)]
        phone_number_orders: Option<Vec<&'a RawValue>>,
    }
    let page = serde_json::from_slice::<AsTheyCame<'_>>(body).ok();
    let elements = page.and_then(|page| page.phone_number_orders).unwrap_or_default();
    let orders = elements.iter().filter_map(|element| {
        Some((order(element.get())?.id, format!("{{\"PhoneNumberOrder\":{}}}", element.get())))
    });
    orders.take(MOST_ORDERS).collect()
}

impl<'de> Deserialize<'de> for Listed {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Ok(Self::There(Option::<Orders>::deserialize(deserializer)?.unwrap_or_default()))
    }
}

impl<'de> Deserialize<'de> for Orders {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_seq(Elements)
    }
}

struct Elements;

impl<'de> Visitor<'de> for Elements {
    type Value = Orders;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a list of orders")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut sequence: A) -> Result<Orders, A::Error> {
        let mut found = Orders::default();
        while let Some(element) = sequence.next_element::<&RawValue>()? {
            match order(element.get()) {
                Some(order) if found.orders.len() < MOST_ORDERS => found.orders.push(order),
                Some(_) | None => found.undecodable += 1,
            }
        }
        Ok(found)
    }
}

/// An element without an id of the API's form says nothing about any order.
fn order(element: &str) -> Option<PhoneNumberOrder> {
    let wire: WireOrder = serde_json::from_str(element).ok()?;
    let id = PhoneNumberOrderId::parse(wire.phone_number_order_id.as_deref()?).ok()?;
    wire.read_as(id).ok()
}

#[cfg(test)]
mod tests;
