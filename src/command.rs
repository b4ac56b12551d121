//! What runs without a screen: data on standard output, everything else on standard error.

mod columns;
pub mod completions;
pub mod config;
pub mod demo;
pub mod doctor;
pub mod follow;
pub mod get;
pub mod history;
pub mod list;
pub mod man;
mod orders;
mod patience;
mod refusal;
pub mod report;
mod row;
mod standing;
mod tally;
pub mod wait;
pub mod watchlist;

use std::process::ExitCode;

/// How a command ends. The numbers are a promise to scripts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Exit {
    /// Everything that was asked for is there.
    Success,
    /// A failure of ours or of the network.
    Failure,
    /// Wrong usage; nothing was sent.
    Usage,
    /// An order Failed or was Cancelled.
    OrderFailed,
    /// No credentials, or refused ones.
    Credentials,
    /// An order is Partial, or a number of one failed.
    Partial,
    /// An order is still pending.
    Pending,
    /// The time was up before every order was settled.
    TimedOut,
    /// A signal ended it; with what a shell makes of that, as 130 for Ctrl-C.
    BySignal(u8),
}

impl Exit {
    /// The exit code of the process.
    pub const fn code(self) -> u8 {
        match self {
            Self::Success => 0,
            Self::Failure => 1,
            Self::Usage => 2,
            Self::OrderFailed => 3,
            Self::Credentials => 4,
            Self::Partial => 5,
            Self::Pending => 8,
            Self::TimedOut => 124,
            Self::BySignal(code) => code,
        }
    }
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        Self::from(exit.code())
    }
}
