//! The core: what the program knows and what it does next, as plain values.
//!
//! [`update::update`] takes a message and returns effects; `runtime` performs them and sends their outcome back as
//! messages. Nothing here waits, spawns, reads a clock or touches a terminal.

pub mod action;
pub mod alarm;
pub mod card;
pub mod columns;
pub mod effect;
pub mod elsewhere;
mod field;
pub mod filter;
pub mod follow;
pub mod key_names;
pub mod layout;
pub mod lesson;
pub mod looks;
pub mod marks;
pub mod message;
pub mod model;
mod names;
pub mod past;
pub mod picker;
pub mod presets;
pub mod query;
pub mod regions;
pub mod rows;
pub mod spoken;
pub mod start;
pub mod update;
pub mod views;
pub mod watch;
pub mod written;

pub use action::Action;
pub use effect::Effect;
pub use key_names::KeyNames;
pub use message::Message;
pub use model::Model;
pub use start::Start;
pub use update::update;
