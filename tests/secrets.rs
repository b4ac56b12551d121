//! Secrets stay where they are: canaries in every source of credentials, and whatever a service does, none of them in
//! the log, on the screen, in a stream, in a file or in the arguments of a child; and what is no order, no region or no
//! endpoint is refused before a byte is sent.

#![cfg(unix)]
#![expect(clippy::unwrap_used, reason = "a scenario that cannot be set up fails its test")]

#[path = "secrets/canary.rs"]
mod canary;
#[path = "secrets/listener.rs"]
mod listener;
#[path = "secrets/panics.rs"]
mod panics;
#[path = "secrets/refused.rs"]
mod refused;
#[path = "secrets/scenarios.rs"]
mod scenarios;
#[expect(dead_code, reason = "it is that of tests/terminal.rs, which uses more of it")]
#[path = "terminal/screen.rs"]
mod screen;
#[expect(dead_code, reason = "it is that of tests/terminal.rs, which uses more of it")]
#[path = "terminal/session.rs"]
mod session;
#[path = "secrets/sources.rs"]
mod sources;

/// An order that any account may have.
const ORDER: &str = "1b6e0a52-94c7-4d0f-8a3e-20d5f7b91c04";
