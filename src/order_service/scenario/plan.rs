//! The form of a scenario file, member by member. What a parser cannot check is in `check`.

use jiff::SignedDuration;
use serde::Deserialize;

use crate::order_service::fault::Fault;

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::order_service) struct Plan {
    pub(in crate::order_service) about: String,
    /// How long before the start an earlier run last looked.
    pub(in crate::order_service) earlier: SignedDuration,
    #[serde(rename = "watchlist")]
    pub(in crate::order_service) watchlists: Vec<WatchlistPlan>,
    #[serde(rename = "fault", default)]
    pub(in crate::order_service) faults: Vec<FaultPlan>,
    pub(in crate::order_service) endless: Option<EndlessPlan>,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::order_service) struct WatchlistPlan {
    pub(in crate::order_service) name: String,
    pub(in crate::order_service) region: String,
    #[serde(rename = "order")]
    pub(in crate::order_service) orders: Vec<OrderPlan>,
}

/// An order as it is created, and what becomes of it.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::order_service) struct OrderPlan {
    pub(in crate::order_service) id: String,
    pub(in crate::order_service) label: Option<String>,
    pub(in crate::order_service) note: Option<String>,
    #[serde(default = "voice_connector")]
    pub(in crate::order_service) product_type: String,
    #[serde(default = "new")]
    pub(in crate::order_service) order_type: String,
    /// Before the start.
    pub(in crate::order_service) created: SignedDuration,
    pub(in crate::order_service) numbers: Vec<NumberBlock>,
    /// Numbers that a change may add.
    #[serde(default)]
    pub(in crate::order_service) spare: Vec<NumberBlock>,
    /// Any text: an API may grow new ones.
    pub(in crate::order_service) status: String,
    #[serde(default)]
    pub(in crate::order_service) acquired: u32,
    #[serde(default)]
    pub(in crate::order_service) failed: u32,
    /// Days from the order's creation.
    pub(in crate::order_service) foc: Option<i64>,
    #[serde(default)]
    pub(in crate::order_service) steps: Vec<StepPlan>,
}

fn voice_connector() -> String {
    "VoiceConnector".to_owned()
}

fn new() -> String {
    "New".to_owned()
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::order_service) struct StepPlan {
    /// From the start; negative before it.
    pub(in crate::order_service) at: SignedDuration,
    pub(in crate::order_service) change: Change,
}

/// What happens to an order at one moment, or number by number over a while.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::order_service) struct Change {
    /// Spreads the number changes over this long; the rest happens at its end.
    pub(in crate::order_service) over: Option<SignedDuration>,
    /// Processing to Acquired.
    #[serde(default)]
    pub(in crate::order_service) acquire: u32,
    /// Processing to Failed.
    #[serde(default)]
    pub(in crate::order_service) fail: u32,
    /// Failed back to Processing: the carrier tries again.
    #[serde(default)]
    pub(in crate::order_service) retry: u32,
    /// Acquired back to Processing: the carrier checks again.
    #[serde(default)]
    pub(in crate::order_service) reopen: u32,
    /// Spare numbers join the order.
    #[serde(default)]
    pub(in crate::order_service) add: u32,
    /// The numbers that joined last leave it.
    #[serde(default)]
    pub(in crate::order_service) remove: u32,
    pub(in crate::order_service) status: Option<String>,
    /// Days from the day of the change.
    pub(in crate::order_service) foc: Option<i64>,
}

/// Acts that are repeated in turn for ever, so that a demo never runs dry.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::order_service) struct EndlessPlan {
    pub(in crate::order_service) from: SignedDuration,
    pub(in crate::order_service) every: SignedDuration,
    pub(in crate::order_service) acts: Vec<ActPlan>,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::order_service) struct ActPlan {
    /// By id or label.
    pub(in crate::order_service) order: String,
    pub(in crate::order_service) change: Change,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::order_service) struct FaultPlan {
    pub(in crate::order_service) at: SignedDuration,
    /// Comes again this often.
    pub(in crate::order_service) every: Option<SignedDuration>,
    /// By id or label; all requests if absent.
    pub(in crate::order_service) order: Option<String>,
    pub(in crate::order_service) answer: Fault,
    /// How many requests it hits; without it, all those within `lasting`.
    pub(in crate::order_service) requests: Option<u32>,
    pub(in crate::order_service) lasting: Option<SignedDuration>,
}

/// Consecutive numbers, written `+12065550100 x50`; one alone needs no count.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(try_from = "String")]
pub(in crate::order_service) struct NumberBlock {
    pub(in crate::order_service) first: u64,
    pub(in crate::order_service) count: u32,
}

impl TryFrom<String> for NumberBlock {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        let (number, count) = text.split_once(" x").unwrap_or((&text, "1"));
        let first = number.strip_prefix('+').and_then(|digits| digits.parse().ok());
        let (Some(first), Ok(count)) = (first, count.parse()) else {
            return Err(format!("`{text}` is no block of numbers, write it as \"+12065550100 x50\""));
        };
        Ok(Self { first, count })
    }
}

impl NumberBlock {
    pub(in crate::order_service) fn numbers(self) -> impl Iterator<Item = u64> {
        self.first..self.first.saturating_add(u64::from(self.count))
    }
}

impl Plan {
    pub(in crate::order_service) fn orders(&self) -> impl Iterator<Item = (&WatchlistPlan, &OrderPlan)> {
        self.watchlists.iter().flat_map(|list| list.orders.iter().map(move |order| (list, order)))
    }

    /// The order that a fault or act names by id or label.
    pub(in crate::order_service) fn order_named(&self, name: &str) -> Option<&OrderPlan> {
        self.orders()
            .map(|(_, order)| order)
            .find(|order| order.id.eq_ignore_ascii_case(name) || order.label.as_deref() == Some(name))
    }
}
