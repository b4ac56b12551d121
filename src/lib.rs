//! A terminal dashboard that watches Amazon Chime SDK phone-number orders.

pub mod alert;
pub mod app;
pub mod cli;
pub mod command;
pub mod domain;
pub mod fetch;
pub mod keymap;
pub mod order_service;
pub mod poll;
pub mod runtime;
pub mod settings;
pub mod store;
pub mod ui;
