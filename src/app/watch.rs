//! The engine: which orders are watched, what is known about them, what is in flight, what changed.
//!
//! Stepped with a message and the time, it returns effects. The dashboard drives it through `update`, the commands
//! without a screen drive it alone.

/// The engine's state.
#[derive(Debug)]
pub struct Watch {}
