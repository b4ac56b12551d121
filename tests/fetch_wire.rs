//! Asking over the real wire: the fetcher against the order service, which checks every signature with code of its
//! own and breaks its answers on demand.

#![expect(clippy::unwrap_used, reason = "a fetcher that cannot be set up fails its test")]

#[path = "fetch_wire/account.rs"]
mod account;
#[path = "fetch_wire/answers.rs"]
mod answers;
#[path = "fetch_wire/breaks.rs"]
mod breaks;
#[path = "fetch_wire/ca_bundle.rs"]
mod ca_bundle;
#[path = "tls/certificate.rs"]
mod certificate;
#[path = "fetch_wire/clock.rs"]
mod clock;
#[path = "fetch_wire/fake.rs"]
mod fake;
#[path = "fetch_wire/get.rs"]
mod get;
#[path = "fetch_wire/list.rs"]
mod list;
#[path = "fetch_wire/pauses.rs"]
mod pauses;
#[path = "fetch_wire/proxy.rs"]
mod proxy;
#[path = "fetch_wire/shared_config.rs"]
mod shared_config;
#[path = "fetch_wire/sources.rs"]
mod sources;
#[path = "fetch_wire/sso_renewal.rs"]
mod sso_renewal;
#[path = "fetch_wire/surroundings.rs"]
mod surroundings;
#[path = "fetch_wire/within_a_run.rs"]
mod within_a_run;

use chimewatch::domain::{Failure, FailureKind, OrderKey, PhoneNumberOrderId, Scope};
use chimewatch::fetch::{Answer, CredentialSource, FetchOptions, Fetcher, Keys, SharedFiles, Timeouts};
use chimewatch::order_service::{
    Credentials, ErrorCode, Fault, Lasts, Options, OrderService, Scenario, Target, WorldTime,
};
use jiff::Timestamp;
use std::path::Path;
use std::time::Duration;

/// Portland, in `quiet` and us-east-1.
const PORTLAND: &str = "1b6e0a52-94c7-4d0f-8a3e-20d5f7b91c04";

/// The errors that the API may answer with, and what each is to us.
const ERRORS: [(ErrorCode, FailureKind); 10] = [
    (ErrorCode::BadRequest, FailureKind::BadRequest),
    (ErrorCode::UnauthorizedClient, FailureKind::Unauthorized),
    (ErrorCode::Forbidden, FailureKind::Forbidden),
    (ErrorCode::AccessDenied, FailureKind::Forbidden),
    (ErrorCode::NotFound, FailureKind::NotFound),
    (ErrorCode::ThrottledClient, FailureKind::Throttled),
    (ErrorCode::ServiceFailure, FailureKind::Service),
    (ErrorCode::ServiceUnavailable, FailureKind::Service),
    (ErrorCode::ExpiredToken, FailureKind::Unauthorized),
    (ErrorCode::UnrecognizedClient, FailureKind::Unauthorized),
];

fn start(options: Options) -> OrderService {
    OrderService::start(&Scenario::named("quiet").unwrap(), options).unwrap()
}

fn service() -> OrderService {
    start(Options { time: WorldTime::Stepped, ..Options::default() })
}

/// A service whose next answers all are `fault`.
fn broken(fault: Fault) -> OrderService {
    let service = service();
    service.set_fault(Target::Every, Lasts::UntilCleared, fault);
    service
}

#[expect(clippy::disallowed_methods, reason = "the service checks signatures against the real time")]
fn now() -> Timestamp {
    Timestamp::now()
}

fn keys(credentials: &Credentials) -> Keys {
    let Credentials { access_key_id, secret_access_key, session_token } = credentials.clone();
    Keys { access_key_id, secret_access_key, session_token }
}

/// A fetcher with the service's own keys that waits `attempt` at most.
fn patient(service: &OrderService, attempt: Duration) -> Fetcher {
    let timeouts = Timeouts { attempt, ..Timeouts::default() };
    Fetcher::new(FetchOptions { timeouts, ..FetchOptions::with_keys(keys(service.credentials())) }, now)
}

fn fetcher(service: &OrderService) -> Fetcher {
    patient(service, Duration::from_secs(10))
}

/// A fetcher that reads these files and nothing else, as long as every order names its profile.
fn with_files(config: &Path, credentials: &Path) -> Fetcher {
    let files = SharedFiles {
        config: Some(config.to_owned()),
        credentials: Some(credentials.to_owned()),
        ..SharedFiles::default()
    };
    let credentials = CredentialSource::Chain(files);
    Fetcher::new(FetchOptions { credentials, ..FetchOptions::default() }, now)
}

fn key_at(endpoint: &str, profile: Option<&str>, id: &str) -> OrderKey {
    let scope = Scope {
        profile: profile.map(Into::into),
        region: "us-east-1".into(),
        endpoint: Some(endpoint.into()),
    };
    OrderKey { scope: scope.into(), id: PhoneNumberOrderId::parse(id).unwrap() }
}

fn key(service: &OrderService, id: &str) -> OrderKey {
    key_at(&service.endpoint(), None, id)
}

async fn ask(service: &OrderService) -> Answer {
    fetcher(service).get(&key(service, PORTLAND)).await
}

async fn failure(service: &OrderService) -> Failure {
    ask(service).await.result.unwrap_err()
}
