//! A terminal dashboard that watches Amazon Chime SDK phone-number orders.
//!
//! One way through the house, no way back:
//!
//! ```text
//!  keys ─> runtime::input ─┐                       ┌─> ui::render (pure) ─> screen thread ─> terminal
//!                          ├─> Message ─> app::update ─> Model
//!  answers <─ fetch <───── │                       └─> Vec<Effect> ─> runtime::effects ─> fetch, store, alert
//!         └────────────────┘
//! ```
//!
//! | room | what it is for |
//! |---|---|
//! | [`domain`] | orders, their states, what changed, what needs a person; imports nobody |
//! | [`poll`] | when to ask: schedule and pace, with the time as an argument |
//! | [`app`] | the core: model, messages, update, effects; [`app::watch`] is the engine |
//! | [`keymap`] | keys to actions and back |
//! | [`ui`] | the screen as a function of the model |
//! | [`fetch`] | how to ask: signed HTTP, credentials, every failure in words |
//! | [`store`] | what lasts: watchlist files, the history, the view |
//! | [`alert`] | what a terminal is told beside frames |
//! | [`log`] | the file for a support case: lines, filter, writer; every secret is taken out on the way |
//! | [`runtime`] | the one loop, the threads, the terminal, signals, the only clock |
//! | [`cli`], [`settings`] | what was typed, and what it comes to with environment and config file |
//! | [`command`] | what runs beside the dashboard: `get`, `demo` |
//! | [`order_service`] | the other end of the wire, for the demo and the tests; imports nothing of ours |
//!
//! Who may import whom is held by `tests/layering.rs`.

pub mod alert;
pub mod app;
pub mod cli;
pub mod command;
pub mod domain;
pub mod fetch;
pub mod keymap;
pub mod log;
pub mod order_service;
pub mod poll;
pub mod runtime;
pub mod settings;
pub mod store;
pub mod ui;
