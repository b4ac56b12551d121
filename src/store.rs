//! What lasts: watchlist files (TOML), the history of orders (SQLite), the state of the view.
//!
//! What must hold: a file of the user's is replaced whole or not at all, and never when it could not be read; what
//! [`History::record`] acknowledged survives `kill -9`, a full disk and a second instance. Everything here blocks,
//! so the runtime gives it threads of its own; nothing here reads a clock, times are arguments.

pub mod atomic;
pub mod error;
pub mod export;
pub mod history;
pub mod places;
pub mod view;
pub mod watchlists;

pub use error::{Problem, StoreError};
pub use history::{
    ChangeFilter, ChangesOf, Demand, History, OpenedHistory, Outline, Reader, Record, Stretch,
};
pub use places::Places;
pub use view::View;
pub use watchlists::{Clash, Deleted, Opened, Place, Trace, Watchlists, Written};
