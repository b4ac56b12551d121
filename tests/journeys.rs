//! Journeys through the program without a terminal: messages in, effects and what the screen stands on out.

#![expect(clippy::unwrap_used, clippy::expect_used, reason = "a journey that cannot go on has failed")]

#[path = "journeys/world.rs"]
mod world;

#[path = "journeys/accounts.rs"]
mod accounts;
#[path = "journeys/alerts.rs"]
mod alerts;
#[path = "journeys/changes.rs"]
mod changes;
#[path = "journeys/copies.rs"]
mod copies;
#[path = "journeys/edits.rs"]
mod edits;
#[path = "journeys/help.rs"]
mod help;
#[path = "journeys/import.rs"]
mod import;
#[path = "journeys/lists.rs"]
mod lists;
#[path = "journeys/looks.rs"]
mod looks;
#[path = "journeys/marks.rs"]
mod marks;
#[path = "journeys/monkey.rs"]
mod monkey;
#[path = "journeys/network.rs"]
mod network;
#[path = "journeys/number.rs"]
mod number;
#[path = "journeys/other_hand.rs"]
mod other_hand;
#[path = "journeys/pickers.rs"]
mod pickers;
#[path = "journeys/places.rs"]
mod places;
#[path = "journeys/presets.rs"]
mod presets;
#[path = "journeys/printing.rs"]
mod printing;
#[path = "journeys/random.rs"]
mod random;
#[path = "journeys/rows.rs"]
mod rows;
#[path = "journeys/screens.rs"]
mod screens;
#[path = "journeys/throttling.rs"]
mod throttling;
#[path = "journeys/timeline.rs"]
mod timeline;
#[path = "journeys/usual.rs"]
mod usual;
#[path = "journeys/views.rs"]
mod views;
#[path = "journeys/whole_lists.rs"]
mod whole_lists;
