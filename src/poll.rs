//! When to ask: which order is wished for when ([`schedule`]), how fast an account may be asked ([`pacer`]), and when
//! pages of its list are asked for instead ([`sweep`]).
//!
//! Pure: the time is an argument and so is what randomness there is. The wishes are those of the orders, the pace
//! is that of the account; `app::watch` brings the two together, oldest due first.
//!
//! Intervals are [`std::time::Duration`]s; rates are requests a second; moments are milliseconds since the start.
//! No rate of the API is documented. Its answer to too many requests is
//! [`ThrottledClientException`](https://docs.aws.amazon.com/chime-sdk/latest/APIReference/API_voice-chime_ListPhoneNumberOrders.html#API_voice-chime_ListPhoneNumberOrders_Errors),
//! which slows the account and never an order.
//!
//! ```
//! use chimewatch::domain::Moment;
//! use chimewatch::poll::{Load, Pacer, Rate, Urgency};
//!
//! let mut now = Moment::START;
//! let mut pacer = Pacer::new(Rate::PerSecond(2.0), now);
//! // 100 orders that are each asked every 30 s.
//! let load = Load { demand: 100.0 / 30.0, ..Load::default() };
//!
//! // A first list is read at once: so many requests are saved up at the start.
//! let mut at_once = 0;
//! while pacer.ready_at(Urgency::First, now) == now {
//!     pacer.spend(now);
//!     at_once += 1;
//! }
//! assert_eq!(at_once, 20);
//!
//! // From then on it is two a second.
//! for _ in 0..4 {
//!     pacer.refresh(load, now);
//!     let next = pacer.ready_at(Urgency::First, now);
//!     assert_eq!(next.since(now).as_millis(), 500);
//!     now = next;
//!     pacer.spend(now);
//! }
//! ```

pub mod intervals;
pub mod jitter;
pub mod meter;
pub mod pacer;
pub mod schedule;
pub mod slowdown;
pub mod sweep;

pub use intervals::{Interval, Intervals};
pub use jitter::Jitter;
pub use meter::Meter;
pub use pacer::{Load, Pacer, Rate, Urgency};
pub use schedule::{Attention, Outcome, Situation, Wish};
