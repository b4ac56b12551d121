//! The command line as scripts see it: a command, what it writes to which stream, its exit code. With the built
//! program, and against the embedded order service where somebody is asked.

#![cfg(unix)]
#![expect(clippy::unwrap_used, reason = "a machine that cannot be set up fails its test")]

#[path = "command_line/completions.rs"]
mod completions;
#[path = "command_line/doctor.rs"]
mod doctor;
#[path = "command_line/faults.rs"]
mod faults;
#[path = "command_line/follow.rs"]
mod follow;
#[path = "command_line/history.rs"]
mod history;
#[path = "command_line/list.rs"]
mod list;
#[path = "command_line/machine.rs"]
mod machine;
#[path = "command_line/packages.rs"]
mod packages;
#[path = "command_line/pages.rs"]
mod pages;
#[path = "command_line/readers.rs"]
mod readers;
#[path = "command_line/readme.rs"]
mod readme;
#[path = "command_line/wait.rs"]
mod wait;
#[path = "command_line/watchlist.rs"]
mod watchlist;
