//! The command line: exactly what was typed, nothing resolved. No I/O, and nothing of ours.

mod completions;
pub mod facts;
mod history;
mod man;
mod orders;
mod watchlist;

pub use completions::{Completions, Shell};
pub use history::{ChangesOf, History};
pub use man::Man;
pub use orders::{Follow, Get, Orders, Until, Wait};
pub use watchlist::{Add, Watchlist, WatchlistCommand};

use clap::error::ErrorKind;
use clap::{Args, CommandFactory, Parser, Subcommand, ValueEnum};
use std::ffi::OsString;
use std::net::SocketAddr;
use std::path::PathBuf;

/// Watch Amazon Chime SDK phone-number orders
#[derive(Clone, Debug, PartialEq, Parser)]
#[command(name = "chimewatch", version, after_help = facts::after_help(), disable_help_subcommand = true)]
pub struct Cli {
    /// What to do instead of the dashboard.
    #[command(subcommand)]
    pub command: Option<Command>,
    /// What the dashboard shows.
    #[command(flatten)]
    pub dashboard: Dashboard,
    /// What every command takes.
    #[command(flatten)]
    pub global: Global,
}

/// What the dashboard shows; without either, the watchlist that was used last.
#[derive(Clone, Debug, Default, PartialEq, Eq, Args)]
pub struct Dashboard {
    /// Orders to watch, kept in the list `unsaved`; `-` finds order IDs in any text on standard input
    #[arg(value_name = "ORDER_ID")]
    pub orders: Vec<String>,
    /// A watchlist by name, or a file
    #[arg(short, long, value_name = "NAME|PATH", conflicts_with = "orders")]
    pub watchlist: Option<String>,
}

/// The commands.
#[derive(Clone, Debug, PartialEq, Subcommand)]
pub enum Command {
    /// Watch a simulated account over signed HTTP to 127.0.0.1; no AWS needed
    Demo(Demo),
    /// Ask for orders once and print the answers
    Get(Get),
    /// Print the account's orders, every page of its list
    List,
    /// Wait until orders are settled; the exit code says how they ended
    Wait(Wait),
    /// Print a line for every change, until all orders are settled or Ctrl-C
    Follow(Follow),
    /// Print, make, fill, rename and delete watchlists
    Watchlist(Watchlist),
    /// Print what was observed: every change, the oldest first
    History(History),
    /// Look at everything that a watch hangs on, and say what to do about it
    Doctor,
    /// What is the same on every machine.
    #[command(flatten)]
    Printed(Printed),
}

/// The commands that print what is the same on every machine.
#[derive(Clone, Debug, PartialEq, Eq, Subcommand)]
pub enum Printed {
    /// Print the script that completes chimewatch in a shell
    Completions(Completions),
    /// Print a page of the manual
    Man(Man),
    /// Print what a file of your own begins with: every setting, key or look with its default
    Config(ConfigFile),
}

/// `chimewatch demo`.
#[derive(Clone, Debug, PartialEq, Args)]
pub struct Demo {
    /// Which story the simulated account tells
    #[arg(long, value_name = "NAME", value_enum)]
    pub scenario: Option<Story>,
    /// How many orders, instead of a story's; of port-ins where that is the story
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..=10_000))]
    pub orders: Option<u32>,
    /// How many numbers in each of them
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..=5_000))]
    pub numbers: Option<u32>,
    /// The same seed tells the same story
    #[arg(long, value_name = "N")]
    pub seed: Option<u64>,
    /// How fast simulated time passes
    #[arg(long, value_name = "FACTOR", value_parser = speed)]
    pub speed: Option<f64>,
    /// Run the order service alone; prints endpoint, region and keys to use
    #[arg(long)]
    pub serve: bool,
    /// Where the order service listens, a loopback address [default: a free port of 127.0.0.1]
    #[arg(long, value_name = "ADDRESS:PORT", requires = "serve", value_parser = loopback)]
    pub listen: Option<SocketAddr>,
    /// How many minutes the order service's clock is ahead of this machine's
    #[arg(long, value_name = "MINUTES", requires = "serve", allow_negative_numbers = true)]
    pub clock_offset: Option<i32>,
}

/// The stories that a simulated account can tell.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum Story {
    /// A launch, a batch of port-ins and a European list, all moving
    #[default]
    Demo,
    /// Everything is settled
    Quiet,
    /// Port-ins in every state, weeks of them
    Porting,
}

impl Story {
    /// Its name, as it is typed and as its scenario is called.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Demo => "demo",
            Self::Quiet => "quiet",
            Self::Porting => "porting",
        }
    }
}

/// `chimewatch config`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Args)]
pub struct ConfigFile {
    /// Which file
    #[arg(value_name = "FILE", value_enum, default_value_t)]
    pub file: Template,
}

/// The files that somebody may write.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum Template {
    /// config.toml
    #[default]
    Settings,
    /// keymap.toml
    Keymap,
    /// A file below themes/
    Theme,
}

/// What every command takes, before or after its name.
#[derive(Clone, Debug, Default, PartialEq, Args)]
#[command(next_help_heading = "Global options")]
pub struct Global {
    /// The profile of the shared AWS config to ask as
    #[arg(long, global = true, value_name = "NAME")]
    pub profile: Option<String>,
    /// The region to ask in; numbers are ordered in us-east-1 and us-west-2
    #[arg(long, global = true, value_name = "REGION")]
    pub region: Option<String>,
    /// Where to ask instead of at AWS: https, or http on a loopback address
    #[arg(long, global = true, value_name = "URL")]
    pub endpoint_url: Option<String>,
    /// The API to ask; chime is the legacy one
    #[arg(long, global = true, value_name = "NAME", value_enum, default_value_t)]
    pub api: Api,
    /// Requests a second for each account and region, 0 for no limit [default: 2]
    #[arg(long, global = true, value_name = "N", value_parser = rate, allow_negative_numbers = true)]
    pub rate: Option<f64>,
    /// The form of printed answers
    #[arg(long, global = true, value_name = "FORM", value_enum, default_value_t)]
    pub output: Output,
    /// When to use colours
    #[arg(long, global = true, value_name = "WHEN", value_enum)]
    pub color: Option<Color>,
    /// The theme: auto, dark, light, high-contrast, colour-blind, mono, or one of your own
    #[arg(long, global = true, value_name = "NAME")]
    pub theme: Option<String>,
    /// Draw with ASCII characters only
    #[arg(long, global = true)]
    pub ascii: bool,
    /// Tell the dashboard in sentences, for a screen reader; so does `ACCESSIBLE=1`
    #[arg(long, global = true)]
    pub accessible: bool,
    /// The configuration file
    #[arg(long, global = true, value_name = "PATH")]
    pub config: Option<PathBuf>,
    /// Append a log, free of secrets, to this file; `RUST_LOG` has a say only with it
    #[arg(long, global = true, value_name = "PATH")]
    pub log_file: Option<PathBuf>,
}

/// `--api`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum Api {
    /// `chime-sdk-voice`, in every voice region
    #[default]
    Voice,
    /// `chime`, the legacy namespace in us-east-1
    Chime,
}

/// `--output`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum Output {
    /// Columns for people
    #[default]
    Table,
    /// One JSON object a line
    Json,
}

impl Output {
    /// The form that a command line asks for which cannot be read.
    pub fn of_words(words: impl IntoIterator<Item = OsString>) -> Self {
        let words: Vec<_> = words.into_iter().collect();
        let is_pair =
            |pair: &[OsString]| matches!(pair, [option, form] if option == "--output" && form == "json");
        let is_json = words.windows(2).any(is_pair) || words.iter().any(|word| word == "--output=json");
        if is_json { Self::Json } else { Self::Table }
    }
}

/// `--color`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum Color {
    /// On a terminal, unless the environment says otherwise
    #[default]
    Auto,
    /// Always
    Always,
    /// Never
    Never,
}

impl Cli {
    /// Reads a command line; the first argument is the name of the program.
    ///
    /// # Errors
    /// What `clap` says about it: help and version are among these, its `exit_code` tells them apart.
    pub fn read(arguments: impl IntoIterator<Item = OsString>) -> Result<Self, clap::Error> {
        let cli = Self::try_parse_from(arguments)?;
        if cli.command.is_some() && cli.dashboard != Dashboard::default() {
            let message = "--watchlist and ORDER_ID before a command belong to the dashboard";
            return Err(Self::command().error(ErrorKind::ArgumentConflict, message));
        }
        Ok(cli)
    }
}

fn rate(text: &str) -> Result<f64, String> {
    match text.parse::<f64>() {
        Ok(rate) if rate.is_finite() && rate >= 0.0 => Ok(rate),
        _no_rate => Err("a number of requests a second, 0 for no limit".to_owned()),
    }
}

fn speed(text: &str) -> Result<f64, String> {
    match text.parse::<f64>() {
        Ok(speed) if speed.is_finite() && speed > 0.0 => Ok(speed),
        _no_speed => Err("a number above 0, such as 1 or 10".to_owned()),
    }
}

fn loopback(text: &str) -> Result<SocketAddr, String> {
    match text.parse::<SocketAddr>() {
        Ok(address) if address.ip().is_loopback() => Ok(address),
        _elsewhere => Err("a loopback address and a port, such as 127.0.0.1:4711".to_owned()),
    }
}

#[cfg(test)]
mod tests;
