//! The two operations: from a request target to an answer. Pure: the world, the time and what tests have set
//! are arguments.

mod page;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;

use jiff::SignedDuration;
use serde_json::Value;

use super::answer::Answer;
use super::error_code::{ErrorCode, Refusal};
use super::fault::Asked;
use super::percent;
use super::world::World;

const COLLECTION: &str = "/phone-number-orders";

/// What a request asks for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Operation {
    /// `GetPhoneNumberOrder` with the id as the client meant it.
    GetPhoneNumberOrder(String),
    /// `ListPhoneNumberOrders`
    ListPhoneNumberOrders,
    /// Neither; a watching client never asks for it.
    Other,
}

/// Whether `ListPhoneNumberOrders` names the numbers of each order; whether the real one does is not known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum ListDetail {
    /// As `GetPhoneNumberOrder` answers.
    #[default]
    WithNumbers,
    /// Everything but `OrderedPhoneNumbers`.
    WithoutNumbers,
}

/// What tests have put in the place of the scenario's own answers.
#[derive(Debug, Default)]
pub(super) struct Overrides {
    /// The inner order by lower-cased id.
    pub(super) orders: BTreeMap<String, Value>,
    pub(super) list_detail: ListDetail,
}

/// The account as one region shows it at one time.
#[derive(Debug, Clone, Copy)]
pub(super) struct View<'a> {
    pub(super) world: &'a World,
    pub(super) overrides: &'a Overrides,
    pub(super) region: &'a str,
    pub(super) elapsed: SignedDuration,
}

impl Operation {
    /// Reads method and raw target.
    pub(super) fn of(method: &str, target: &str) -> Self {
        let path = target.split_once('?').map_or(target, |(path, _)| path);
        match path.strip_prefix(COLLECTION) {
            Some("") if method == "GET" => Self::ListPhoneNumberOrders,
            Some(rest) if method == "GET" => match rest.strip_prefix('/') {
                Some(id) if !id.is_empty() && !id.contains('/') => {
                    Self::GetPhoneNumberOrder(String::from_utf8_lossy(&percent::decode(id)).into_owned())
                }
                Some(_) | None => Self::Other,
            },
            Some(_) | None => Self::Other,
        }
    }

    pub(super) fn asked(&self) -> Option<Asked<'_>> {
        match self {
            Self::GetPhoneNumberOrder(id) => Some(Asked::Order(id)),
            Self::ListPhoneNumberOrders => Some(Asked::List),
            Self::Other => None,
        }
    }
}

/// The right answer, before any fault.
pub(super) fn answer(operation: &Operation, target: &str, view: View<'_>) -> Answer {
    let body = match operation {
        Operation::GetPhoneNumberOrder(id) => get(id, view),
        Operation::ListPhoneNumberOrders => list(target, view),
        Operation::Other => Err(Refusal::from(ErrorCode::UnknownOperation)),
    };
    match body {
        Ok(body) => Answer::ok(body.to_string().into_bytes()),
        Err(refusal) => Answer::from(&refusal),
    }
}

fn get(id: &str, view: View<'_>) -> Result<Value, Refusal> {
    let order = view.order(id).ok_or_else(|| Refusal::from(ErrorCode::NotFound))?;
    Ok(serde_json::json!({ "PhoneNumberOrder": order }))
}

fn list(target: &str, view: View<'_>) -> Result<Value, Refusal> {
    let query = target.split_once('?').map_or("", |(_, query)| query);
    let page = page::Page::asked_for(query, view.region)?;
    let mut rest = view.ids().into_iter().skip(page.offset);
    let orders: Vec<Value> = rest.by_ref().take(page.size).filter_map(|id| view.listed(id)).collect();
    let mut body = serde_json::json!({ "PhoneNumberOrders": orders });
    if rest.next().is_some()
        && let Some(members) = body.as_object_mut()
    {
        members.insert("NextToken".to_owned(), page.next_token(view.region).into());
    }
    Ok(body)
}

impl<'a> View<'a> {
    /// An order that a test has set stands in the region it had, or everywhere if the scenario has none of its id.
    fn order(&self, id: &str) -> Option<Value> {
        let region = self.world.region(id);
        if region.is_some_and(|region| region != self.region) {
            return None;
        }
        if let Some(order) = self.overrides.orders.get(&id.to_ascii_lowercase()) {
            return Some(order.clone());
        }
        serde_json::to_value(self.world.order(id, self.elapsed)?).ok()
    }

    fn listed(&self, id: &str) -> Option<Value> {
        let mut order = self.order(id)?;
        match self.overrides.list_detail {
            ListDetail::WithNumbers => {}
            ListDetail::WithoutNumbers => {
                order.as_object_mut().map(|members| members.remove("OrderedPhoneNumbers"));
            }
        }
        Some(order)
    }

    /// Ids of the region that exist now, newest first; those that only a test has set come last.
    fn ids(&self) -> Vec<&'a str> {
        let known = self.world.ids_in(self.region).filter(|id| self.world.exists(id, self.elapsed));
        let added =
            self.overrides.orders.keys().map(String::as_str).filter(|id| self.world.region(id).is_none());
        known.chain(added).collect()
    }
}
