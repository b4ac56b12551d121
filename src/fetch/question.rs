//! What is asked for: the path and query of a request, how long its answer may be, and how it is told of.

use super::page_size::PageSize;
use crate::domain::{OrderKey, PageToken, PhoneNumberOrderId, Scope};
use std::fmt::Write as _;
use std::sync::Arc;

/// The most bytes of an order's answer that are read.
const ORDER_LIMIT: usize = 1024 * 1024;
/// The most bytes of a page that are read.
const PAGE_LIMIT: usize = 8 * 1024 * 1024;

/// One request to the order API.
#[derive(Clone, Copy, Debug)]
pub(super) enum Question<'a> {
    /// `GetPhoneNumberOrder`.
    Order(&'a OrderKey),
    /// `ListPhoneNumberOrders`.
    Page {
        scope: &'a Arc<Scope>,
        /// Where the page begins; none for the first.
        token: Option<&'a PageToken>,
        /// The most orders that it may hold.
        size: PageSize,
    },
}

impl<'a> Question<'a> {
    pub(super) const fn scope(self) -> &'a Arc<Scope> {
        match self {
            Self::Order(key) => &key.scope,
            Self::Page { scope, .. } => scope,
        }
    }

    /// The order that is asked for; none where it is the list.
    pub(super) const fn order(self) -> Option<PhoneNumberOrderId> {
        match self {
            Self::Order(key) => Some(key.id),
            Self::Page { .. } => None,
        }
    }

    /// The most bytes of the answer that are read.
    pub(super) const fn limit(self) -> usize {
        match self {
            Self::Order(_) => ORDER_LIMIT,
            Self::Page { .. } => PAGE_LIMIT,
        }
    }

    /// What follows the endpoint, in the form in which it is sent and signed.
    pub(super) fn path_and_query(self) -> String {
        match self {
            Self::Order(key) => format!("/phone-number-orders/{}", key.id),
            Self::Page { token, size, .. } => {
                let mut path = format!("/phone-number-orders?max-results={}", size.get());
                if let Some(token) = token {
                    path.push_str("&next-token=");
                    push_encoded(&mut path, token.raw());
                }
                path
            }
        }
    }

    /// As a sentence begins with it.
    pub(super) fn name(self) -> String {
        match self {
            Self::Order(key) => format!("Order {}", key.id.short()),
            Self::Page { .. } => "The list of orders".to_owned(),
        }
    }

    /// Within a sentence.
    pub(super) fn inner_name(self) -> String {
        match self {
            Self::Order(key) => format!("order {}", key.id.short()),
            Self::Page { .. } => "the list of orders".to_owned(),
        }
    }
}

/// Percent-encodes as Signature Version 4 does: a space or a plus would be read in two ways.
fn push_encoded(text: &mut String, value: &str) {
    for byte in value.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            text.push(char::from(byte));
        } else {
            // Writing into a String cannot fail.
            let _ = write!(text, "%{byte:02X}");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::settings::Api;

    #[test]
    fn a_page_is_asked_for_with_its_token_encoded_as_it_is_signed() {
        let scope = Arc::new(Scope { profile: None, region: "us-east-1".into(), endpoint: None });
        let path = |token: Option<&str>, api| {
            let token = token.map(PageToken::new);
            let size = PageSize::largest(api);
            Question::Page { scope: &scope, token: token.as_ref(), size }.path_and_query()
        };
        let cases = [
            (path(None, Api::Voice), "/phone-number-orders?max-results=100"),
            (path(None, Api::Chime), "/phone-number-orders?max-results=99"),
            (
                path(Some("a=b+c/d"), Api::Voice),
                "/phone-number-orders?max-results=100&next-token=a%3Db%2Bc%2Fd",
            ),
            (
                path(Some("~a.b_c-d *é&#"), Api::Voice),
                "/phone-number-orders?max-results=100&next-token=~a.b_c-d%20%2A%C3%A9%26%23",
            ),
        ];
        for (path, expected) in cases {
            assert_eq!(path, expected);
        }
    }
}
