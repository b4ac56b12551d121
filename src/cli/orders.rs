//! The commands that are about orders: `get`, `wait`, `follow`.

use clap::{Args, ValueEnum};

/// Which orders a command is about.
#[derive(Clone, Debug, Default, PartialEq, Eq, Args)]
pub struct Orders {
    /// Orders; `-`, or none and a pipe, finds order IDs in any text on standard input
    #[arg(value_name = "ORDER_ID")]
    pub ids: Vec<String>,
    /// The orders of a watchlist by name, or of a file
    #[arg(short, long, value_name = "NAME|PATH", conflicts_with = "ids")]
    pub watchlist: Option<String>,
}

/// `chimewatch get`.
#[derive(Clone, Debug, PartialEq, Eq, Args)]
pub struct Get {
    /// Which orders.
    #[command(flatten)]
    pub orders: Orders,
    /// Requests that may be under way at a time
    #[arg(long, value_name = "N", default_value_t = 64, value_parser = clap::value_parser!(u16).range(1..=1000))]
    pub in_flight: u16,
}

/// `chimewatch wait`.
#[derive(Clone, Debug, PartialEq, Eq, Args)]
pub struct Wait {
    /// Which orders.
    #[command(flatten)]
    pub orders: Orders,
    /// How long to wait at most, such as 90s, 15m or 2h; 0 for as long as it takes [default: 15m]
    #[arg(long, value_name = "DURATION", allow_hyphen_values = true)]
    pub timeout: Option<String>,
    /// End as soon as an order or a number of one has failed
    #[arg(long)]
    pub fail_fast: bool,
    /// What to wait for; typed, `settled` also waits for orders that wait for a person
    #[arg(long, value_name = "STATE", value_enum)]
    pub until: Option<Until>,
}

/// What `wait` waits for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Until {
    /// Nothing more is expected of any order
    Settled,
    /// Every number is Acquired, whatever the state of its order; or nothing more is expected
    Acquired,
}

/// `chimewatch follow`.
#[derive(Clone, Debug, PartialEq, Eq, Args)]
pub struct Follow {
    /// Which orders.
    #[command(flatten)]
    pub orders: Orders,
    /// Begin with the recorded changes since then, such as 2d, 90m or 2026-11-20T14:00Z
    #[arg(long, value_name = "TIME")]
    pub since: Option<String>,
}
