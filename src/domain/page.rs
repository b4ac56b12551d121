//! A page of an account's orders, as `ListPhoneNumberOrders` gives it.

use super::PhoneNumberOrder;
use std::fmt;
use std::sync::Arc;

/// Where the next page begins, as the API said it (`NextToken`). It is good for the account and region that gave it.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct PageToken(Arc<str>);

impl PageToken {
    /// Keeps a token as it came.
    pub fn new(token: &str) -> Self {
        Self(token.into())
    }

    /// The token as it came: for the next request, not for people.
    pub fn raw(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for PageToken {
    /// What a token holds is the service's affair, and it may be long.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("PageToken").finish_non_exhaustive()
    }
}

/// One page.
///
/// Source: [ListPhoneNumberOrders](https://docs.aws.amazon.com/chime-sdk/latest/APIReference/API_voice-chime_ListPhoneNumberOrders.html).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct OrderPage {
    /// Its orders, in the API's order. Whether the API gives their numbers is not documented: an order without any says
    /// nothing about its numbers.
    pub orders: Vec<PhoneNumberOrder>,
    /// Elements that are no order of a known form, left out.
    pub undecodable: usize,
    /// Where the next page begins; none on the last one.
    pub next: Option<PageToken>,
}
