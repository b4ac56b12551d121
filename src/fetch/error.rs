//! Every way in which a fetch fails, as a [`Failure`]: what happened, to which order, as whom and where, and what to
//! do next.
//!
//! What mends itself has no next step: the schedule asks again.

mod account;

pub(super) use account::{no_client, no_credentials};

use super::endpoint::{Refusal, Target};
use super::error_code::{self, ErrorCode};
use super::exchange::{ExchangeError, Response};
use super::wire::WireError;
use crate::domain::scope::NUMBER_REGIONS;
use crate::domain::{Failure, FailureKind, NetworkStage, OrderKey, Text};
use http::header::LOCATION;
use jiff::Timestamp;

/// What an administrator has to allow.
const POLICY: &str = r#"{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":["chime:GetPhoneNumberOrder","chime:ListPhoneNumberOrders"],"Resource":"*"}]}"#;

fn failure(key: &OrderKey, kind: FailureKind, what: impl AsRef<str>) -> Failure {
    Failure {
        kind,
        order: Some(key.id),
        scope: key.scope.clone(),
        what: Text::new(what.as_ref()),
        next_step: Text::default(),
        command: None,
        retry_after: None,
        request_id: None,
    }
}

/// `in us-east-1 as prod`.
fn place(key: &OrderKey) -> String {
    format!("in {} as {}", key.scope.region, key.scope.profile_name())
}

/// The target is refused; nothing was sent.
pub(super) fn refused(key: &OrderKey, refusal: &Refusal) -> Failure {
    let next_step = match refusal {
        Refusal::Region(_) => "Mend the region of the watchlist, or name one with --region",
        Refusal::Endpoint(_) | Refusal::Url(_) => "Mend --endpoint-url or AWS_ENDPOINT_URL",
    };
    Failure {
        next_step: next_step.into(),
        ..failure(key, FailureKind::Refused, format!("Order {} was not asked: {refusal}", key.id.short()))
    }
}

/// The attempt brought no answer.
pub(super) fn no_answer(key: &OrderKey, target: &Target, reason: &ExchangeError) -> Failure {
    let (id, host, place) = (key.id.short(), target.host(), place(key));
    match reason {
        ExchangeError::Unsigned(detail) => {
            failure(key, FailureKind::Refused, format!("Order {id} was not asked {place}: {detail}"))
        }
        ExchangeError::Timeout(patience) => failure(
            key,
            FailureKind::Timeout,
            format!("Order {id}: no answer {place} within {} s", patience.as_secs_f32()),
        ),
        ExchangeError::Network(stage, detail) => no_connection(key, target, *stage, detail),
        ExchangeError::TooLarge(limit) => Failure {
            next_step: format!("This is not what the API answers: look at what {host} is").into(),
            ..failure(
                key,
                FailureKind::Undecodable,
                format!("Order {id}: the answer {place} is longer than {} KiB", limit / 1024),
            )
        },
    }
}

fn no_connection(key: &OrderKey, target: &Target, stage: NetworkStage, detail: &str) -> Failure {
    let (id, host, port, place) = (key.id.short(), target.host(), target.port(), place(key));
    let detail = detail.split(" (os error").next().unwrap_or_default();
    let what = match stage {
        NetworkStage::Name => format!("No connection: the name {host} does not resolve"),
        NetworkStage::Connect => format!("No connection: {host} does not answer on port {port} ({detail})"),
        NetworkStage::Tls => format!("No secure connection to {host}: {detail}"),
        NetworkStage::Exchange => {
            format!("Order {id}: the connection to {host} broke before an answer {place} ({detail})")
        }
        NetworkStage::Body => format!("Order {id}: the answer {place} broke off ({detail})"),
    };
    let next_step = match stage {
        NetworkStage::Tls => {
            "If a proxy stands between, put its certificate in a file and name it in AWS_CA_BUNDLE"
        }
        NetworkStage::Name | NetworkStage::Connect | NetworkStage::Exchange | NetworkStage::Body => "",
    };
    Failure { next_step: next_step.into(), ..failure(key, FailureKind::Network(stage), what) }
}

/// An answer with status 200 that is no order.
pub(super) fn undecodable(key: &OrderKey, response: &Response, reason: &WireError) -> Failure {
    Failure {
        next_step: not_the_api(key),
        request_id: error_code::request_id(&response.headers),
        ..failure(
            key,
            FailureKind::Undecodable,
            format!("Order {}: the answer {} cannot be read: {reason}", key.id.short(), place(key)),
        )
    }
}

fn not_the_api(key: &OrderKey) -> Text {
    match &key.scope.endpoint {
        Some(endpoint) => format!("Look at what answers at {endpoint}").into(),
        None => Text::default(),
    }
}

/// An answer with another status than 200. `account` is the id of the account that asked, where it is known.
pub(super) fn answered(
    key: &OrderKey,
    account: Option<&str>,
    response: &Response,
    received: Timestamp,
) -> Failure {
    let code = error_code::of(response);
    let said = said(response, &code);
    let (id, place) = (key.id.short(), place(key));
    let order = |what: String| failure(key, code.kind, what);
    let failure = match code.kind {
        FailureKind::Throttled => {
            order(format!("AWS asks us to slow down: order {id} waits {place} ({said})"))
        }
        FailureKind::Service | FailureKind::Timeout => {
            order(format!("Order {id}: the service has failed {place} ({said})"))
        }
        FailureKind::Forbidden => forbidden(key, account),
        FailureKind::NotFound => not_found(key),
        FailureKind::Unauthorized => account::unauthorized(key, &code, &said),
        FailureKind::Undecodable => redirect_or_odd(key, response, &said),
        FailureKind::BadRequest
        | FailureKind::Network(_)
        | FailureKind::Credentials
        | FailureKind::Refused => Failure {
            next_step: check_the_id(key),
            ..order(format!("Order {id}: the service refuses the request {place} ({said})"))
        },
    };
    Failure {
        retry_after: error_code::retry_after(&response.headers, received),
        request_id: error_code::request_id(&response.headers),
        ..failure
    }
}

/// `503 ServiceUnavailableException: try again`.
fn said(response: &Response, code: &ErrorCode) -> String {
    let status = response.status.as_u16();
    let mut said = status.to_string();
    if code.code.raw() != said {
        said = format!("{said} {}", code.code);
    }
    if code.message.is_empty() { said } else { format!("{said}: {}", code.message) }
}

fn forbidden(key: &OrderKey, account: Option<&str>) -> Failure {
    let Failure { scope, .. } = &failure(key, FailureKind::Forbidden, "");
    let account = account.map(account::masked).map(|id| format!(" (account {id})")).unwrap_or_default();
    Failure {
        next_step: "Give your administrator this policy; other orders go on".into(),
        command: Some(POLICY.into()),
        ..failure(
            key,
            FailureKind::Forbidden,
            format!(
                "Profile {}{account} may not read order {} in {}: chime:GetPhoneNumberOrder is missing",
                scope.profile_name(),
                key.id.short(),
                scope.region
            ),
        )
    }
}

fn not_found(key: &OrderKey) -> Failure {
    let [first, second] = NUMBER_REGIONS;
    Failure {
        next_step: format!(
            "Look in another region or as another profile; numbers are ordered in {first} and {second} only"
        )
        .into(),
        ..failure(
            key,
            FailureKind::NotFound,
            format!("Order {} was not found {}", key.id.short(), place(key)),
        )
    }
}

fn check_the_id(key: &OrderKey) -> Text {
    let advice = if key.id.is_documented_hex() {
        "Compare the order ID with the one of the console"
    } else {
        "The order ID has letters beyond f, which the API does not document: compare it with the console's"
    };
    advice.into()
}

fn redirect_or_odd(key: &OrderKey, response: &Response, said: &str) -> Failure {
    let (id, place) = (key.id.short(), place(key));
    let to = response.headers.get(LOCATION).and_then(|location| location.to_str().ok());
    let what = match to {
        Some(to) => format!("Order {id}: the answer {place} points to {to} ({said}), which is not followed"),
        None => format!("Order {id}: the answer {place} is no order ({said})"),
    };
    Failure { next_step: not_the_api(key), ..failure(key, FailureKind::Undecodable, what) }
}

#[cfg(test)]
mod tests;
