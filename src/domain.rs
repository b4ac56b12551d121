//! What the product is about, as plain values: orders, their states, what changed, what a person has to do.
//!
//! Imports nothing of ours. No clock, no I/O and no system time zone: the time is always an argument.

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
pub mod redact;
pub mod scope;
pub mod snapshot;
pub mod status;
pub mod text;
pub mod view;
pub mod watchlist;

pub use attention::{Need, NeedKind};
pub use change::{Change, ChangeKind, diff};
pub use failure::{Failure, FailureKind, NetworkStage};
pub use identity::Identity;
pub use moment::{Moment, Now};
pub use number::{E164, NumberText, Numbers, OrderedPhoneNumber};
pub use order::{FocDate, PhoneNumberOrder};
pub use order_id::PhoneNumberOrderId;
pub use page::{OrderPage, PageToken};
pub use preferences::{Alerts, Fixed, Mouse, Preference, Preferences, Privacy, Times};
pub use scope::{OrderKey, ProfileConfig, Scope};
pub use snapshot::{Interval, Snapshot};
pub use status::{Bucket, NumberStatus, OrderStatus, OrderType, ProductType};
pub use text::Text;
pub use view::{CursorPlace, ListView};
pub use watchlist::{Entry, Watchlist};
