//! How a list was looked at: what the next start shows as it was.
//!
//! Settings are kept in words, because they outlive the version that wrote them. What a word means is for the core to
//! say; one that it does not know falls back alone.

use super::PhoneNumberOrderId;
use std::collections::{BTreeMap, HashSet};
use std::sync::Arc;

/// How a list was looked at.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ListView {
    /// Where the cursor was; none at the top, where what needs you arrives.
    pub cursor: Option<CursorPlace>,
    /// Lines that were visible above the cursor.
    pub above: usize,
    /// The filter in force, as it was typed; empty without one.
    pub filter: String,
    /// What the rows were sorted by; none for the order in which they need you.
    pub sort: Option<String>,
    /// Which way.
    pub direction: Option<String>,
    /// Columns that were shown or hidden by hand.
    pub columns: BTreeMap<String, bool>,
    /// Whether settled orders were shown.
    pub settled: Option<String>,
    /// The marked orders; shared with the list, because it is compared after every message.
    pub marks: Arc<HashSet<PhoneNumberOrderId>>,
}

/// Where a cursor was.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CursorPlace {
    /// On an order.
    Order(PhoneNumberOrderId),
    /// On the line that stands for the settled orders.
    Settled,
}
