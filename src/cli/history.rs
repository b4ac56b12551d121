//! `chimewatch history`: what was observed.

use clap::{Args, ValueEnum};

/// `chimewatch history`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Args)]
pub struct History {
    /// Changes of these orders; of all without them
    #[arg(value_name = "ORDER_ID")]
    pub orders: Vec<String>,
    /// Changes of the orders of a watchlist, by name, or of a file
    #[arg(short, long, value_name = "NAME|PATH", conflicts_with = "orders")]
    pub watchlist: Option<String>,
    /// Changes seen at this time or later: 2d, 2026-11-20, 2026-11-20T14:00 (UTC) or 2026-11-20T14:00:00+01:00
    #[arg(long, value_name = "TIME")]
    pub since: Option<String>,
    /// Changes seen before this time, written as for --since
    #[arg(long, value_name = "TIME")]
    pub until: Option<String>,
    /// Changes of one kind
    #[arg(long, value_name = "KIND", value_enum)]
    pub kind: Option<ChangesOf>,
    /// Only the newest N of them
    #[arg(short = 'n', long, value_name = "N")]
    pub limit: Option<u64>,
}

/// What can change.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum ChangesOf {
    /// The state of an order
    Order,
    /// The state of a number, and numbers that came or went
    Number,
    /// The FOC date
    Foc,
}
