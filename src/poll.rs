//! When to ask: which order is wished for when ([`schedule`]), how fast an account may be asked ([`pacer`]), and when
//! pages of its list are asked for instead ([`sweep`]).
//!
//! Pure: the time is an argument and so is what randomness there is. The wishes are those of the orders, the pace
//! is that of the account; `app::watch` brings the two together, oldest due first.

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
