//! The history: the last snapshot of every order and every change that was observed, in one SQLite file.

mod reader;
mod writer;

pub use reader::{ChangeFilter, Reader};
pub use writer::{Batch, History, OpenedHistory};
