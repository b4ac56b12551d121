//! What the product is about, as plain values: orders, their states, what changed, what a person has to do.
//!
//! Imports nothing of ours. No clock, no I/O and no system time zone: the time is always an argument.
//!
//! The words are those of AWS: [`PhoneNumberOrder`] and [`OrderedPhoneNumber`] are the objects of
//! [`GetPhoneNumberOrder`](https://docs.aws.amazon.com/chime-sdk/latest/APIReference/API_voice-chime_GetPhoneNumberOrder.html).
//! What the API does not tell is added by looking twice: a [`Snapshot`] is the last good answer with what two answers
//! say about the time between them.
//!
//! ```
//! use chimewatch::domain::{
//!     Bucket, ChangeKind, NeedKind, NumberStatus, Numbers, OrderStatus, PhoneNumberOrder, PhoneNumberOrderId, Snapshot,
//!     attention,
//! };
//!
//! let order = |status: &str, numbers: [(&str, &str); 2]| PhoneNumberOrder {
//!     id: PhoneNumberOrderId::parse("3f2a91c0-77aa-4e0b-9a55-0d1f5e2bc01d").unwrap(),
//!     product_type: None,
//!     status: OrderStatus::parse(status),
//!     order_type: None,
//!     numbers: Numbers::new(numbers),
//!     created: None,
//!     updated: None,
//!     foc_date: None,
//! };
//! let at = |second: &str| format!("2026-11-23T14:02:{second}Z").parse::<jiff::Timestamp>().unwrap();
//!
//! let before = order("Processing", [("+15035550107", "Processing"), ("+15035550108", "Processing")]);
//! let after = order("Partial", [("+15035550107", "Acquired"), ("+15035550108", "Failed")]);
//! let renewal = Snapshot::first(before, at("05")).renewed(after, at("10"));
//!
//! // Three changes, and each happened between the two answers: nobody knows it more exactly.
//! assert_eq!(renewal.changes.len(), 3);
//! assert!(matches!(renewal.changes[0], ChangeKind::Order { to: OrderStatus::Partial, .. }));
//! let snapshot = renewal.snapshot;
//! assert_eq!((snapshot.state_since.after, snapshot.state_since.by), (Some(at("05")), at("10")));
//!
//! // A number failed, so that somebody has to order another; a state that AWS adds tomorrow is kept as it came.
//! let need = attention::need(&snapshot, at("11")).unwrap();
//! assert_eq!(need.kind, NeedKind::NumbersFailed);
//! assert_eq!(OrderStatus::parse("Teleported").bucket(), Bucket::Unknown);
//! assert_eq!(NumberStatus::parse("Acquired"), NumberStatus::Acquired);
//! ```
//!
//! Order IDs are found in any text, with the label that stands beside them:
//!
//! ```
//! let found = chimewatch::domain::found::in_text("Seattle launch, 3f2a91c0-77aa-4e0b-9a55-0d1f5e2bc01d\n");
//! assert_eq!(found.entries[0].id.short(), "3f2a91c0");
//! assert_eq!(found.entries[0].label.as_ref().unwrap().to_string(), "Seattle launch");
//! ```

pub mod attention;
pub mod change;
pub mod duration;
pub mod failure;
pub mod found;
pub mod identity;
pub mod json;
pub mod masking;
pub mod moment;
pub mod name;
pub mod near;
pub mod number;
pub mod order;
pub mod order_id;
pub mod page;
pub mod preferences;
pub mod preset;
pub mod redact;
pub mod scope;
pub mod snapshot;
pub mod status;
pub mod text;
pub mod usual;
pub mod view;
pub mod watchlist;

pub use attention::{Need, NeedKind};
pub use change::{Change, ChangeKind, diff};
pub use failure::{Failure, FailureKind, Lasts, NetworkStage};
pub use identity::Identity;
pub use moment::{Moment, Now};
pub use number::{E164, NumberText, Numbers, OrderedPhoneNumber};
pub use order::{FocDate, PhoneNumberOrder};
pub use order_id::PhoneNumberOrderId;
pub use page::{OrderPage, PageToken};
pub use preferences::{Alerts, Fixed, Mouse, Preference, Preferences, Privacy, Times};
pub use preset::{ConfiguredFilter, KeptFilters};
pub use scope::{OrderKey, ProfileConfig, Scope};
pub use snapshot::{Interval, Snapshot};
pub use status::{Bucket, NumberStatus, OrderStatus, OrderType, ProductType};
pub use text::Text;
pub use view::{CursorPlace, ListView};
pub use watchlist::{Entry, Watchlist};
