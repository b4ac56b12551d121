//! The engine against a simulated service, hours in seconds: what the account is asked and how old answers get while
//! the service throttles, fails or is not there, order by order and page by page. Driven by a seed alone, so that every
//! run is the same run. `cargo test --release --test poll_simulation -- --ignored --nocapture` prints the figures.

#![expect(clippy::unwrap_used, reason = "a simulation that cannot be set up fails its test")]

#[path = "poll_simulation/account.rs"]
mod account;
#[path = "poll_simulation/bars.rs"]
mod bars;
#[path = "poll_simulation/figures.rs"]
mod figures;
#[path = "poll_simulation/lists.rs"]
mod lists;
#[path = "poll_simulation/pressure.rs"]
mod pressure;
#[path = "poll_simulation/simulation.rs"]
mod simulation;
