//! `chimewatch man`: the pages of the manual.

use clap::Args;
use std::path::PathBuf;

/// `chimewatch man`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Args)]
#[command(after_help = "Read one with:  chimewatch man get | man -l -")]
pub struct Man {
    /// The command whose page is printed, such as `watchlist add` [default: chimewatch itself]
    #[arg(value_name = "COMMAND")]
    pub command: Vec<String>,
    /// Write every page into this directory instead, as chimewatch.1, chimewatch-get.1, ...
    #[arg(long, value_name = "DIRECTORY", conflicts_with = "command")]
    pub into: Option<PathBuf>,
}
