//! As whom a request was signed.

use jiff::Timestamp;
use std::sync::Arc;

/// What credentials say about themselves.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Identity {
    /// The account, where they name it: twelve digits.
    pub account: Option<Arc<str>>,
    /// When they end, by the service's clock; none for keys without an end.
    pub expires: Option<Timestamp>,
}
