//! Every error that the service can answer with: the seven of the order operations and those of the front
//! door, where signatures are checked. One table says how each looks on the wire.

use serde::Deserialize;

/// An error by its name in the API's model.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
pub enum ErrorCode {
    /// 400
    #[serde(rename = "BadRequestException")]
    BadRequest,
    /// 401
    #[serde(rename = "UnauthorizedClientException")]
    UnauthorizedClient,
    /// 403
    #[serde(rename = "ForbiddenException")]
    Forbidden,
    /// 404
    #[serde(rename = "NotFoundException")]
    NotFound,
    /// 429
    #[serde(rename = "ThrottledClientException")]
    ThrottledClient,
    /// 500
    #[serde(rename = "ServiceFailureException")]
    ServiceFailure,
    /// 503
    #[serde(rename = "ServiceUnavailableException")]
    ServiceUnavailable,
    /// 403: IAM says no.
    #[serde(rename = "AccessDeniedException")]
    AccessDenied,
    /// 403: the temporary credentials have ended.
    #[serde(rename = "ExpiredTokenException")]
    ExpiredToken,
    /// 403: nobody has this access key or session token.
    #[serde(rename = "UnrecognizedClientException")]
    UnrecognizedClient,
    /// 403: wrong secret, changed request, wrong scope or wrong time.
    #[serde(rename = "InvalidSignatureException")]
    InvalidSignature,
    /// 403: not signed at all.
    #[serde(rename = "MissingAuthenticationTokenException")]
    MissingAuthenticationToken,
    /// 400: a part of the signature is missing.
    #[serde(rename = "IncompleteSignatureException")]
    IncompleteSignature,
    /// 404: no operation has this path and method.
    #[serde(rename = "UnknownOperationException")]
    UnknownOperation,
}

/// How an error looks on the wire.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct ErrorForm {
    pub(super) status: u16,
    /// In the `x-amzn-ErrorType` header.
    pub(super) name: &'static str,
    /// `Code` in the body; errors of the front door have none and write `message` in lower case.
    pub(super) body_code: Option<&'static str>,
    pub(super) message: &'static str,
}

impl ErrorCode {
    #[rustfmt::skip]
    pub(super) const fn form(self) -> ErrorForm {
        let (status, name, body_code, message) = match self {
            Self::BadRequest => (400, "BadRequestException", Some("BadRequest"), "The input parameters don't match the service's restrictions."),
            Self::UnauthorizedClient => (401, "UnauthorizedClientException", Some("Unauthorized"), "The client is not currently authorized to make the request."),
            Self::Forbidden => (403, "ForbiddenException", Some("Forbidden"), "The client is permanently forbidden from making the request."),
            Self::NotFound => (404, "NotFoundException", Some("NotFound"), "The phone number order does not exist."),
            Self::ThrottledClient => (429, "ThrottledClientException", Some("Throttled"), "The client exceeded its request rate limit."),
            Self::ServiceFailure => (500, "ServiceFailureException", Some("ServiceFailure"), "The service encountered an unexpected error."),
            Self::ServiceUnavailable => (503, "ServiceUnavailableException", Some("ServiceUnavailable"), "The service is currently unavailable."),
            Self::AccessDenied => (403, "AccessDeniedException", None, "The caller is not authorized to perform this operation."),
            Self::ExpiredToken => (403, "ExpiredTokenException", None, "The security token included in the request is expired"),
            Self::UnrecognizedClient => (403, "UnrecognizedClientException", None, "The security token included in the request is invalid."),
            Self::InvalidSignature => (403, "InvalidSignatureException", None, "The request signature does not match."),
            Self::MissingAuthenticationToken => (403, "MissingAuthenticationTokenException", None, "Missing Authentication Token"),
            Self::IncompleteSignature => (400, "IncompleteSignatureException", None, "The request signature is incomplete."),
            Self::UnknownOperation => (404, "UnknownOperationException", None, "The requested operation does not exist."),
        };
        ErrorForm { status, name, body_code, message }
    }
}

/// An error with what is to be said about it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Refusal {
    pub(super) code: ErrorCode,
    pub(super) message: String,
}

impl Refusal {
    pub(super) fn new(code: ErrorCode, message: impl Into<String>) -> Self {
        Self { code, message: message.into() }
    }
}

impl From<ErrorCode> for Refusal {
    fn from(code: ErrorCode) -> Self {
        Self::new(code, code.form().message)
    }
}
