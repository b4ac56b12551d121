//! Every way in which a fetch fails, as a [`Failure`]: what happened, to which order or list, as whom and where, and
//! what to do next.
//!
//! What mends itself has no next step: the schedule asks again.

mod account;

pub(super) use account::{Profiles, no_client, no_credentials, renewed_by};

use super::endpoint::{Refusal, Target};
use super::error_code::{self, ErrorCode};
use super::exchange::{ExchangeError, PROXY_AWAY, Response};
use super::question::Question;
use super::wire::WireError;
use crate::domain::failure::{POLICY, READ_ORDER};
use crate::domain::masking;
use crate::domain::scope::NUMBER_REGIONS;
use crate::domain::{Failure, FailureKind, Lasts, NetworkStage, Text};
use http::header::LOCATION;
use jiff::Timestamp;
use std::sync::Arc;
use std::time::Duration;

fn failure(question: Question<'_>, kind: FailureKind, what: impl AsRef<str>) -> Failure {
    Failure {
        kind,
        order: question.order(),
        scope: Arc::clone(question.scope()),
        what: Text::new(what.as_ref()),
        next_step: Text::default(),
        command: None,
        retry_after: None,
        request_id: None,
        lasts: Lasts::default(),
    }
}

/// `in us-east-1 as prod`.
fn place(question: Question<'_>) -> String {
    let scope = question.scope();
    format!("in {} as {}", scope.region, scope.profile_name())
}

/// The target is refused; nothing was sent. What was typed has been checked: a wrong endpoint is that of `file`, the
/// shared config.
pub(super) fn refused(question: Question<'_>, refusal: &Refusal, file: &str) -> Failure {
    let profile = question.scope().profile_name();
    let next_step = match refusal {
        Refusal::Region(_) => "Mend the region of the watchlist, or name one with --region".to_owned(),
        Refusal::Endpoint(_) | Refusal::Url(_) => {
            format!("Mend endpoint_url of profile {profile} in {file}, or name another with --endpoint-url")
        }
        Refusal::Kind(_) => format!(
            "Take use_fips_endpoint and use_dualstack_endpoint out of profile {profile} in {file}, or set \
             AWS_USE_FIPS_ENDPOINT and AWS_USE_DUALSTACK_ENDPOINT to false"
        ),
    };
    Failure {
        next_step: next_step.into(),
        ..failure(question, FailureKind::Refused, format!("{} was not asked for: {refusal}", question.name()))
    }
}

/// The attempt brought no answer.
pub(super) fn no_answer(question: Question<'_>, target: &Target, reason: &ExchangeError) -> Failure {
    let (name, host, place) = (question.name(), target.host(), place(question));
    match reason {
        ExchangeError::Unsigned(detail) => {
            failure(question, FailureKind::Refused, format!("{name} was not asked for {place}: {detail}"))
        }
        ExchangeError::Timeout(patience) => failure(
            question,
            FailureKind::Timeout,
            format!("{name}: no answer {place} within {} s", seconds(*patience)),
        ),
        ExchangeError::Stalled { received, within } => failure(
            question,
            FailureKind::Timeout,
            format!(
                "{name}: the answer {place} came no further than {received} bytes within {} s",
                seconds(*within)
            ),
        ),
        ExchangeError::Network(stage, detail) => no_connection(question, target, *stage, detail),
        ExchangeError::TooLarge(limit) => Failure {
            next_step: match question {
                Question::Page { size, .. } if size.halved().is_some() => {
                    "The next time it is asked for in pages of half as many".into()
                }
                Question::Page { .. } | Question::Order(_) => {
                    format!("This is not what the API answers: look at what {host} is").into()
                }
            },
            ..failure(
                question,
                FailureKind::Undecodable,
                format!("{name}: the answer {place} is longer than {} KiB", limit / 1024),
            )
        },
    }
}

/// In tenths: what is left of an operation is no round number.
fn seconds(time: Duration) -> f32 {
    (time.as_secs_f32() * 10.0).round() / 10.0
}

fn no_connection(question: Question<'_>, target: &Target, stage: NetworkStage, detail: &str) -> Failure {
    let (name, host, port, place) = (question.name(), target.host(), target.port(), place(question));
    let detail = detail.split(" (os error").next().unwrap_or_default();
    if let (NetworkStage::Connect, Some(reason)) = (stage, detail.strip_prefix("tunnel error: ")) {
        let (why, next_step) = refusal_of_proxy(reason);
        let what = format!("No connection: the proxy opens no way to {host} on port {port} ({why})");
        return Failure {
            next_step: next_step.into(),
            ..failure(question, FailureKind::Network(stage), what)
        };
    }
    if let Some(why) = detail.strip_prefix(PROXY_AWAY) {
        let what = format!("No connection: the proxy on the way to {host} does not answer ({why})");
        let next_step = LOOK_AT_PROXY.into();
        return Failure { next_step, ..failure(question, FailureKind::Network(stage), what) };
    }
    let what = match stage {
        NetworkStage::Name => format!("No connection: the name {host} does not resolve"),
        NetworkStage::Connect => format!("No connection: {host} does not answer on port {port} ({detail})"),
        // The names that it has instead would leave no room for what to do.
        NetworkStage::Tls => {
            let detail = detail.split("; certificate is only valid for").next().unwrap_or_default();
            format!("No secure connection to {host}: {detail}")
        }
        NetworkStage::Exchange => {
            format!("{name}: the connection to {host} broke before an answer {place} ({detail})")
        }
        NetworkStage::Body => format!("{name}: the answer {place} broke off ({detail})"),
    };
    let next_step = match stage {
        NetworkStage::Tls => {
            "If a proxy stands between, put its certificate in a file and name it in AWS_CA_BUNDLE"
        }
        NetworkStage::Name | NetworkStage::Connect | NetworkStage::Exchange | NetworkStage::Body => "",
    };
    Failure { next_step: next_step.into(), ..failure(question, FailureKind::Network(stage), what) }
}

const LOOK_AT_PROXY: &str = "Look at HTTPS_PROXY, or name the host in NO_PROXY";

/// Why a proxy opens no way, and what to do. Of an answer that is neither yes nor 407 the status is not told to us.
fn refusal_of_proxy(reason: &str) -> (&str, &'static str) {
    match reason {
        "unsuccessful" => {
            ("it refuses", "Ask who runs it to let the host through, or name the host in NO_PROXY")
        }
        "proxy authorization required" => {
            ("it wants a user name and password", "Put those that it takes before the host in HTTPS_PROXY")
        }
        other => (other, LOOK_AT_PROXY),
    }
}

/// An answer with status 200 that is not what was asked for.
pub(super) fn undecodable(question: Question<'_>, response: &Response, reason: &WireError) -> Failure {
    Failure {
        next_step: not_the_api(question),
        request_id: error_code::request_id(&response.headers),
        ..failure(
            question,
            FailureKind::Undecodable,
            format!("{}: the answer {} cannot be read: {reason}", question.name(), place(question)),
        )
    }
}

fn not_the_api(question: Question<'_>) -> Text {
    match &question.scope().endpoint {
        Some(endpoint) => format!("Look at what answers at {endpoint}").into(),
        None => Text::default(),
    }
}

/// An answer with another status than 200. `account` is the id of the account that asked, where it is known.
pub(super) fn answered(
    question: Question<'_>,
    account: Option<&str>,
    response: &Response,
    received: Timestamp,
) -> Failure {
    let code = error_code::of(response);
    let said = said(response, &code);
    let (name, place) = (question.name(), place(question));
    let failed = |what: String| failure(question, code.kind, what);
    let failure = match code.kind {
        FailureKind::Throttled => {
            let name = question.inner_name();
            failed(format!("AWS asks us to slow down: {name} waits {place} ({said})"))
        }
        FailureKind::Service | FailureKind::Timeout => {
            failed(format!("{name}: the service has failed {place} ({said})"))
        }
        FailureKind::Forbidden => forbidden(question, account),
        FailureKind::NotFound if code.is_missing() && question.scope().endpoint.is_some() => {
            another_api(question, code.kind, &said)
        }
        FailureKind::NotFound => not_found(question),
        FailureKind::Unauthorized => account::unauthorized(question, &code, &said),
        FailureKind::Undecodable => redirect_or_odd(question, response, &said),
        FailureKind::BadRequest if code.is_of_another_api() => another_api(question, code.kind, &said),
        FailureKind::BadRequest
        | FailureKind::Network(_)
        | FailureKind::Credentials
        | FailureKind::Refused => Failure {
            next_step: check_the_id(question),
            ..failed(format!("{name}: the service refuses the request {place} ({said})"))
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
    let message = code.message.to_string();
    if message.is_empty() { said } else { format!("{said}: {}", message.trim_end_matches('.')) }
}

fn forbidden(question: Question<'_>, account: Option<&str>) -> Failure {
    let scope = question.scope();
    let account = account.map(masking::account).map(|id| format!(" (account {id})")).unwrap_or_default();
    let (denied, action, meanwhile) = match question {
        Question::Order(key) => {
            (format!("read order {}", key.id.short()), READ_ORDER, "; other orders go on")
        }
        Question::Page { .. } => (
            "list the orders".to_owned(),
            "chime:ListPhoneNumberOrders",
            // What comes of that is the affair of who asked.
            "",
        ),
    };
    Failure {
        next_step: format!("Give your administrator this policy{meanwhile}").into(),
        command: Some(POLICY.into()),
        ..failure(
            question,
            FailureKind::Forbidden,
            format!(
                "Profile {}{account} may not {denied} in {}: {action} is missing",
                scope.profile_name(),
                scope.region
            ),
        )
    }
}

fn not_found(question: Question<'_>) -> Failure {
    let [first, second] = NUMBER_REGIONS;
    Failure {
        next_step: format!(
            "Look in another region or as another profile; numbers are ordered in {first} and {second} only"
        )
        .into(),
        ..failure(
            question,
            FailureKind::NotFound,
            format!("{} was not found {}", question.name(), place(question)),
        )
    }
}

/// What answers is a service, but not this one: it says so, or says 404 as any web server does.
fn another_api(question: Question<'_>, kind: FailureKind, said: &str) -> Failure {
    let (name, place) = (question.name(), place(question));
    let next_step = match &question.scope().endpoint {
        Some(endpoint) => {
            format!("Look at what answers at {endpoint}, or name another API with --api")
        }
        None => "Name another API with --api".to_owned(),
    };
    Failure {
        next_step: next_step.into(),
        ..failure(
            question,
            kind,
            format!("{name}: the service that answers {place} knows no such request ({said})"),
        )
    }
}

/// A list is refused for its token, if at all: it is read from its start the next time.
fn check_the_id(question: Question<'_>) -> Text {
    let advice = match question {
        Question::Order(key) if key.id.is_documented_hex() => {
            "Compare the order ID with the one of the console"
        }
        Question::Order(_) => {
            "The order ID has letters beyond f, which the API does not document: compare it with the console's"
        }
        Question::Page { .. } => "",
    };
    advice.into()
}

fn redirect_or_odd(question: Question<'_>, response: &Response, said: &str) -> Failure {
    let (name, place) = (question.name(), place(question));
    let to = response.headers.get(LOCATION).and_then(|location| location.to_str().ok());
    let what = match (to, question) {
        (Some(to), _) => format!("{name}: the answer {place} points to {to} ({said}), which is not followed"),
        (None, Question::Order(_)) => format!("{name}: the answer {place} is no order ({said})"),
        (None, Question::Page { .. }) => format!("{name}: the answer {place} is no list ({said})"),
    };
    Failure { next_step: not_the_api(question), ..failure(question, FailureKind::Undecodable, what) }
}

#[cfg(test)]
mod tests;
