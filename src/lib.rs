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
//! | [`command`] | what runs without a screen: `get`, `list`, `wait`, `follow`, `watchlist`, `history`, `doctor`, ... |
//! | [`order_service`] | the other end of the wire, for the demo and the tests; imports nothing of ours |
//!
//! Who may import whom is held by `tests/layering.rs`.
//!
//! # As a library
//!
//! Three rooms make sense without the program: [`domain`] (what an order is), [`fetch`] (how to ask for one) and
//! [`poll`] (when to). Nothing in them reads a clock, an environment variable or a file that was not named; times are
//! [`jiff::Timestamp`]s where people read them and [`domain::Moment`]s, milliseconds on a clock that never goes back,
//! where something waits. The program itself follows its own command line, and may change what it exports from one
//! release to the next.
//!
//! Waiting for an order, in as many requests as it deserves, and never taking an unknown state for success:
//!
//! ```
//! use chimewatch::domain::{FailureKind, Now, OrderKey, PhoneNumberOrderId, Scope, Snapshot};
//! use chimewatch::fetch::{FetchOptions, Fetcher, Keys};
//! use chimewatch::poll::{Attention, Intervals, Jitter, Outcome, Situation, Wish, schedule};
//! use chimewatch::runtime::clock::Clock;
//! # use chimewatch::order_service::{Options, OrderService, Scenario};
//! # let service = OrderService::start(&Scenario::named("quiet")?, Options::default())?;
//! # let (endpoint, keys) = (service.endpoint(), service.credentials());
//! # let keys = Keys {
//! #     access_key_id: keys.access_key_id.clone(),
//! #     secret_access_key: keys.secret_access_key.clone(),
//! #     session_token: None,
//! # };
//!
//! let clock = Clock::start();
//! // In AWS: FetchOptions::default(), and no endpoint.
//! let fetcher = Fetcher::new(FetchOptions::with_keys(keys), move || clock.now().wall);
//! let scope = Scope { profile: None, region: "us-east-1".into(), endpoint: Some(endpoint.into()) };
//! let id = PhoneNumberOrderId::parse("1b6e0a52-94c7-4d0f-8a3e-20d5f7b91c04")?;
//! let key = OrderKey { scope: scope.into(), id };
//! let intervals = Intervals::default();
//!
//! # tokio::runtime::Builder::new_current_thread().enable_all().build()?.block_on(async {
//! let (watched, mut known, mut changed) = (clock.now().moment, None::<Snapshot>, None);
//! let settled = loop {
//!     let answer = fetcher.get(&key).await;
//!     let now = clock.now();
//!     let outcome = match answer.result {
//!         Ok(order) => {
//!             let renewed = match &known {
//!                 None => Snapshot::first(order, answer.received),
//!                 Some(known) => {
//!                     let renewal = known.renewed(order, answer.received);
//!                     changed = if renewal.changes.is_empty() { changed } else { Some(now.moment) };
//!                     renewal.snapshot
//!                 }
//!             };
//!             known = Some(renewed);
//!             Outcome::Answered
//!         }
//!         Err(failure) if failure.kind == FailureKind::Credentials => return Err(failure),
//!         Err(failure) => Outcome::Failed(failure.kind),
//!     };
//!     let situation = Situation {
//!         snapshot: known.as_ref(),
//!         watched,
//!         outcome,
//!         since: now.moment,
//!         changed,
//!         attention: Attention::Listed,
//!         jitter: Jitter::of(&key, 1, 0),
//!         intervals: &intervals,
//!     };
//!     match (schedule::wish(&situation, now), known.take()) {
//!         (Wish::Settled, Some(settled)) => break settled,
//!         (Wish::At(at), before) => {
//!             known = before;
//!             tokio::time::sleep(at.since(now.moment)).await;
//!         }
//!         // Throttled: with one order its own interval will do.
//!         (Wish::KeepsPlace | Wish::Settled, before) => {
//!             known = before;
//!             tokio::time::sleep(std::time::Duration::from_secs(2)).await;
//!         }
//!     }
//! };
//! assert_eq!(settled.order.status.to_string(), "Successful");
//! # Ok(())
//! # })?;
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

#![warn(missing_docs)]

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
