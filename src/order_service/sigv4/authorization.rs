//! The `Authorization` header, taken apart.

use http::HeaderMap;

use super::ALGORITHM;
use crate::order_service::error_code::{ErrorCode, Refusal};

/// `ACCESS_KEY/DATE/REGION/SERVICE/aws4_request`, without the key.
#[derive(Debug, Clone, Copy)]
pub(super) struct Scope<'a> {
    pub(super) date: &'a str,
    pub(super) region: &'a str,
    pub(super) service: &'a str,
    pub(super) terminator: &'a str,
}

#[derive(Debug)]
pub(super) struct Authorization<'a> {
    pub(super) access_key: &'a str,
    pub(super) scope: Scope<'a>,
    pub(super) signed_headers: Vec<&'a str>,
    pub(super) signature: &'a str,
}

impl<'a> Authorization<'a> {
    pub(super) fn of(headers: &'a HeaderMap) -> Result<Self, Refusal> {
        let header = headers.get(http::header::AUTHORIZATION).and_then(|value| value.to_str().ok());
        let Some(parameters) = header.and_then(|value| value.strip_prefix(ALGORITHM)) else {
            return Err(Refusal::new(ErrorCode::MissingAuthenticationToken, "Missing Authentication Token"));
        };
        Self::parse(parameters).ok_or_else(|| {
            Refusal::new(
                ErrorCode::IncompleteSignature,
                "Authorization header requires 'Credential', 'Signature' and 'SignedHeaders' parameters.",
            )
        })
    }

    fn parse(parameters: &'a str) -> Option<Self> {
        let parameter = |name: &str| {
            parameters.split(',').find_map(|part| part.trim().strip_prefix(name)?.strip_prefix('='))
        };
        // Read from the right: an access key may hold a slash, the four parts of the scope cannot.
        let mut parts = parameter("Credential")?.rsplitn(5, '/');
        let terminator = parts.next()?;
        let service = parts.next()?;
        let region = parts.next()?;
        let date = parts.next()?;
        Some(Self {
            access_key: parts.next()?,
            scope: Scope { date, region, service, terminator },
            signed_headers: parameter("SignedHeaders")?.split(';').collect(),
            signature: parameter("Signature")?,
        })
    }
}
