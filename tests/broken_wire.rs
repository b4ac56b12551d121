//! The fetcher against a wire that breaks below HTTP: where it broke is told, every stage has its bound, what comes is
//! cut at a limit, and nothing is left behind.

#![expect(clippy::unwrap_used, reason = "a fetcher that cannot be set up fails its test")]

#[path = "broken_wire/dates.rs"]
mod dates;
#[path = "broken_wire/kept.rs"]
mod kept;
#[path = "broken_wire/limits.rs"]
mod limits;
#[path = "broken_wire/server.rs"]
mod server;
#[path = "broken_wire/stages.rs"]
mod stages;

use chimewatch::domain::{Failure, OrderKey, PhoneNumberOrderId, Scope};
use chimewatch::fetch::{FetchOptions, Fetcher, Keys, Timeouts};
use jiff::Timestamp;

const ORDER: &str = "1b6e0a52-94c7-4d0f-8a3e-20d5f7b91c04";

#[expect(clippy::disallowed_methods, reason = "whatever the time is")]
fn now() -> Timestamp {
    Timestamp::now()
}

fn fetcher(timeouts: Timeouts) -> Fetcher {
    let keys = Keys {
        access_key_id: "AKIDEXAMPLE".to_owned(),
        secret_access_key: "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY".to_owned(),
        session_token: None,
    };
    Fetcher::new(FetchOptions { timeouts, ..FetchOptions::with_keys(keys) }, now)
}

fn key(endpoint: &str) -> OrderKey {
    let scope = Scope { profile: None, region: "us-east-1".into(), endpoint: Some(endpoint.into()) };
    OrderKey { scope: scope.into(), id: PhoneNumberOrderId::parse(ORDER).unwrap() }
}

/// An order as the API answers it.
fn order() -> String {
    format!(r#"{{"PhoneNumberOrder":{{"PhoneNumberOrderId":"{ORDER}","Status":"Processing"}}}}"#)
}

/// What one fetch from `endpoint` comes to.
async fn failure(endpoint: &str, timeouts: Timeouts) -> Failure {
    fetcher(timeouts).get(&key(endpoint)).await.result.unwrap_err()
}
