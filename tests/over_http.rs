//! What the simulation of `poll_simulation` shows, once more over the real wire: the engine in real time, the fetcher,
//! and the order service with its faults. Judged by counts of requests and their ratios, because time on a loaded
//! machine is nobody's promise.

#![expect(clippy::unwrap_used, reason = "a run that cannot be set up fails its test")]

#[path = "over_http/accounts.rs"]
mod accounts;
#[path = "over_http/long.rs"]
mod long;
#[path = "over_http/run.rs"]
mod run;
#[path = "over_http/short.rs"]
mod short;
