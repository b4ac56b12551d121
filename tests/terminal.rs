//! The binary in a pseudo-terminal, as a person has it: what the screen shows, what keys and signals do, and that the
//! terminal is afterwards what it was before.

#![cfg(unix)]
#![expect(clippy::unwrap_used, reason = "a terminal that cannot be set up fails its test")]

#[path = "terminal/accessible.rs"]
mod accessible;
#[path = "terminal/account.rs"]
mod account;
#[path = "terminal/alerts.rs"]
mod alerts;
#[path = "terminal/amazon.rs"]
mod amazon;
#[path = "terminal/broken_lists.rs"]
mod broken_lists;
#[path = "tls/certificate.rs"]
mod certificate;
#[path = "terminal/clipboard.rs"]
mod clipboard;
#[path = "hostile/corpus.rs"]
mod corpus;
#[path = "terminal/credentials.rs"]
mod credentials;
#[path = "terminal/endings.rs"]
mod endings;
#[path = "terminal/filters.rs"]
mod filters;
#[path = "terminal/hand_edits.rs"]
mod hand_edits;
#[path = "terminal/hostile.rs"]
mod hostile;
#[path = "terminal/network.rs"]
mod network;
#[path = "terminal/number.rs"]
mod number;
#[path = "terminal/panics.rs"]
mod panics;
#[path = "terminal/refusals.rs"]
mod refusals;
#[path = "terminal/regions.rs"]
mod regions;
#[path = "terminal/screen.rs"]
mod screen;
#[path = "terminal/session.rs"]
mod session;
#[cfg(target_os = "linux")]
#[path = "terminal/stalled.rs"]
mod stalled;
#[path = "terminal/storms.rs"]
mod storms;
#[path = "terminal/themes.rs"]
mod themes;
#[path = "terminal/waiting.rs"]
mod waiting;
#[path = "terminal/watching.rs"]
mod watching;
