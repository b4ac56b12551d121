//! The error code of an answer: found where AWS's own clients look, in their order, and what it stands for.

use super::exchange::Response;
use super::wire;
use crate::domain::failure::LONGEST_RETRY_AFTER;
use crate::domain::{FailureKind, Text};
use http::{HeaderMap, StatusCode};
use jiff::Timestamp;
use jiff::civil::DateTime;
use jiff::tz::TimeZone;
use serde_json::{Map, Value};
use std::time::Duration;

/// What a service that refuses says about it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct ErrorCode {
    /// The code, or the status where there is none.
    pub(super) code: Text,
    /// The message, empty where there is none.
    pub(super) message: Text,
    /// What it stands for.
    pub(super) kind: FailureKind,
}

/// The codes that say what a failure is, whatever the status.
///
/// The seven errors of `GetPhoneNumberOrder` with the short forms of the body's `Code`, then the codes that every AWS
/// service shares.
/// Source: <https://docs.aws.amazon.com/chime-sdk/latest/APIReference/CommonErrors.html>.
const CODES: &[(FailureKind, &[&str])] = &[
    (FailureKind::BadRequest, &["BadRequestException", "BadRequest", "ValidationException", "Validation"]),
    (FailureKind::BadRequest, &OF_ANOTHER_API),
    (
        FailureKind::Unauthorized,
        &[
            "UnauthorizedClientException",
            "Unauthorized",
            "UnrecognizedClientException",
            "InvalidClientTokenId",
            "InvalidAccessKeyId",
            "InvalidSignatureException",
            "SignatureDoesNotMatch",
            "IncompleteSignature",
            "IncompleteSignatureException",
            "MissingAuthenticationToken",
            "MissingAuthenticationTokenException",
            "ExpiredToken",
            "ExpiredTokenException",
            "RequestExpired",
            "RequestTimeTooSkewed",
            "AuthFailure",
        ],
    ),
    (FailureKind::Forbidden, &["ForbiddenException", "Forbidden", "AccessDeniedException", "AccessDenied"]),
    (FailureKind::NotFound, &["NotFoundException", "NotFound"]),
    (
        FailureKind::Throttled,
        &[
            "ThrottledClientException",
            "Throttled",
            "Throttling",
            "ThrottlingException",
            "ThrottledException",
            "RequestThrottled",
            "RequestThrottledException",
            "RequestLimitExceeded",
            "TooManyRequestsException",
            "ProvisionedThroughputExceededException",
            "BandwidthLimitExceeded",
            "LimitExceededException",
            "PriorRequestNotComplete",
            "TransactionInProgressException",
            "EC2ThrottledException",
            "SlowDown",
        ],
    ),
    (
        FailureKind::Service,
        &[
            "ServiceFailureException",
            "ServiceFailure",
            "ServiceUnavailableException",
            "ServiceUnavailable",
            "InternalFailure",
            "InternalServerError",
        ],
    ),
    (FailureKind::Timeout, &["RequestTimeout", "RequestTimeoutException"]),
];

/// How codes begin that services have made up for a throttle of their own.
const THROTTLES: [&str; 2] = ["Throttl", "TooManyRequests"];

/// The codes with which a service may answer a signature made at a wrong time.
const OF_THE_CLOCK: [&str; 6] = [
    "InvalidSignatureException",
    "SignatureDoesNotMatch",
    "AuthFailure",
    "RequestTimeTooSkewed",
    "AccessDeniedException",
    "RequestExpired",
];

/// The codes of a service that knows no such request: whoever was asked serves another API.
const OF_ANOTHER_API: [&str; 2] = ["UnknownOperationException", "UnknownOperation"];

impl ErrorCode {
    /// True where there was none, and the status stands in its place.
    pub(super) fn is_missing(&self) -> bool {
        self.code.raw().parse::<u16>().is_ok()
    }

    pub(super) fn is_of_another_api(&self) -> bool {
        OF_ANOTHER_API.contains(&self.code.raw())
    }

    pub(super) fn is_of_the_clock(&self) -> bool {
        OF_THE_CLOCK.contains(&self.code.raw())
    }
}

/// Reads the code in the order header, body `code` or `Code`, body `__type`, status.
pub(super) fn of(response: &Response) -> ErrorCode {
    let body: Map<String, Value> = serde_json::from_slice(&response.body).unwrap_or_default();
    let member = |name: &str| body.get(name).and_then(Value::as_str);
    let header = text_header(&response.headers, "x-amzn-errortype");
    let code = header
        .or_else(|| member("code"))
        .or_else(|| member("Code"))
        .or_else(|| member("__type"))
        .map(bare)
        .filter(|code| !code.is_empty());
    let message = member("message").or_else(|| member("Message")).unwrap_or_default();
    ErrorCode {
        kind: kind(response.status, code),
        code: code.map_or_else(|| Text::new(response.status.as_str()), Text::new),
        message: Text::new(message),
    }
}

/// `com.amazonaws.chime#NotFoundException:http://…` is `NotFoundException`.
fn bare(code: &str) -> &str {
    let code = code.split(':').next().unwrap_or_default();
    code.rsplit('#').next().unwrap_or_default().trim()
}

/// What the code says, except that 429 is a throttle under any name.
fn kind(status: StatusCode, code: Option<&str>) -> FailureKind {
    match code {
        Some(code) if status != StatusCode::TOO_MANY_REQUESTS => kind_of_code(code),
        Some(_) | None => None,
    }
    .unwrap_or_else(|| kind_of_status(status))
}

fn kind_of_code(code: &str) -> Option<FailureKind> {
    let named = CODES.iter().find(|(_, codes)| codes.contains(&code)).map(|(kind, _)| *kind);
    let is_throttle = || THROTTLES.iter().any(|beginning| code.starts_with(beginning));
    named.or_else(|| is_throttle().then_some(FailureKind::Throttled))
}

fn kind_of_status(status: StatusCode) -> FailureKind {
    match status.as_u16() {
        401 => FailureKind::Unauthorized,
        403 => FailureKind::Forbidden,
        404 => FailureKind::NotFound,
        408 => FailureKind::Timeout,
        429 => FailureKind::Throttled,
        400..=499 => FailureKind::BadRequest,
        500..=599 => FailureKind::Service,
        // A redirect, or a success that is none.
        _ => FailureKind::Undecodable,
    }
}

/// `x-amzn-RequestId`.
pub(super) fn request_id(headers: &HeaderMap) -> Option<Text> {
    text_header(headers, "x-amzn-requestid").map(Text::new)
}

/// How long the service asks us to stay away: `x-amz-retry-after` in milliseconds, else `Retry-After` in seconds or
/// as a date, which is compared with the answer's own `Date`, or with `now` where it has none. At most
/// [`LONGEST_RETRY_AFTER`].
///
/// A header that is no such thing, or a date that is past, says nothing; of several that do, the longest counts.
pub(super) fn retry_after(headers: &HeaderMap, now: Timestamp) -> Option<Duration> {
    let now = || text_header(headers, "date").and_then(http_date).unwrap_or(now);
    let until_date = |text| Duration::try_from(http_date(text)?.duration_since(now())).ok();
    let milliseconds = |text| whole_number(text).map(Duration::from_millis);
    let seconds = |text| whole_number(text).map(Duration::from_secs).or_else(|| until_date(text));
    let pause = texts(headers, "x-amz-retry-after")
        .filter_map(milliseconds)
        .max()
        .or_else(|| texts(headers, "retry-after").filter_map(seconds).max())?;
    Some(pause.min(LONGEST_RETRY_AFTER))
}

/// Digits and nothing else; the highest number there is, where they are too many.
fn whole_number(text: &str) -> Option<u64> {
    let is_number = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    is_number.then(|| text.parse().unwrap_or(u64::MAX))
}

/// A date as HTTP writes it, in its form of today or one of the two that are obsolete.
pub(super) fn http_date(text: &str) -> Option<Timestamp> {
    let is_a_number = text.trim().parse::<f64>().is_ok();
    if is_a_number { None } else { wire::moment(text).or_else(|| obsolete_date(text.trim())) }
}

/// `Sunday, 06-Nov-94 08:49:37 GMT` and `Sun Nov  6 08:49:37 1994`.
fn obsolete_date(text: &str) -> Option<Timestamp> {
    let forms = ["%A, %d-%b-%y %H:%M:%S GMT", "%a %b %e %H:%M:%S %Y"];
    let date = forms.iter().find_map(|form| DateTime::strptime(form, text).ok())?;
    date.to_zoned(TimeZone::UTC).ok().map(|zoned| zoned.timestamp())
}

fn texts<'a>(headers: &'a HeaderMap, name: &str) -> impl Iterator<Item = &'a str> {
    headers.get_all(name).iter().filter_map(|value| value.to_str().ok()).map(str::trim)
}

fn text_header<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    headers.get(name).and_then(|value| value.to_str().ok())
}

#[cfg(test)]
mod tests;
