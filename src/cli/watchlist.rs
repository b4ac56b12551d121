//! `chimewatch watchlist`: the lists of orders, from the command line.

use clap::{Args, Subcommand};

/// `chimewatch watchlist`.
#[derive(Clone, Debug, PartialEq, Eq, Args)]
pub struct Watchlist {
    /// What to do.
    #[command(subcommand)]
    pub command: WatchlistCommand,
}

/// What can be done with watchlists.
#[derive(Clone, Debug, PartialEq, Eq, Subcommand)]
pub enum WatchlistCommand {
    /// Print every watchlist
    List,
    /// Print the orders of a watchlist and what is known of them, asking nobody
    Show {
        /// A watchlist by name, or a file
        #[arg(value_name = "NAME|PATH")]
        watchlist: String,
    },
    /// Add orders to a watchlist, which is made where it does not exist
    Add(Add),
    /// Take orders out of a watchlist
    Remove {
        /// A watchlist by name, or a file
        #[arg(value_name = "NAME|PATH")]
        watchlist: String,
        /// Orders to take out
        #[arg(value_name = "ORDER_ID", required = true)]
        orders: Vec<String>,
    },
    /// Give a watchlist another name; `unsaved` is saved under it
    Rename {
        /// Its name
        #[arg(value_name = "NAME")]
        watchlist: String,
        /// The name that it gets
        #[arg(value_name = "NEW_NAME")]
        name: String,
    },
    /// Delete a watchlist: its file is moved to the trash in the state directory
    Delete {
        /// Its name
        #[arg(value_name = "NAME")]
        watchlist: String,
    },
    /// Print the file of a watchlist, which may be edited and copied, or the directory of all
    Path {
        /// A watchlist by name
        #[arg(value_name = "NAME")]
        watchlist: Option<String>,
    },
}

/// `chimewatch watchlist add`.
#[derive(Clone, Debug, PartialEq, Eq, Args)]
pub struct Add {
    /// A watchlist by name, or a file
    #[arg(value_name = "NAME|PATH")]
    pub watchlist: String,
    /// Orders to add; `-`, or none and a pipe, finds order IDs in any text on standard input
    #[arg(value_name = "ORDER_ID")]
    pub orders: Vec<String>,
    /// What to call them
    #[arg(long, value_name = "TEXT")]
    pub label: Option<String>,
    /// Add the orders of the account, as its list gives them
    #[arg(long, conflicts_with = "orders")]
    pub from_account: bool,
    /// Only those that pass a filter of the dashboard, such as 'status:processing age<2d'
    #[arg(long, value_name = "FILTER", requires = "from_account")]
    pub filter: Option<String>,
}
