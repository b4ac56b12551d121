//! Verifies AWS Signature Version 4 over the request as it came off the wire.
//!
//! This is the service's half, written from the protocol's rules and independent of the signer in `fetch`: a
//! shared mistake would cancel out. Canonical forms are in [`canonical`]; the policy (which key, which service,
//! how far the clock may be off) is here.

mod authorization;
mod canonical;
#[cfg(test)]
mod tests;

use hmac::{Hmac, KeyInit, Mac};
use http::HeaderMap;
use jiff::{SignedDuration, Timestamp, civil::DateTime, tz::TimeZone};
use sha2::{Digest, Sha256};

use super::credentials::Credentials;
use super::error_code::{ErrorCode, Refusal};
use authorization::{Authorization, Scope};

/// The signing name of the order API, whichever of its two endpoints is asked.
pub(super) const SERVICE: &str = "chime";
const ALGORITHM: &str = "AWS4-HMAC-SHA256";
const TERMINATOR: &str = "aws4_request";
/// A signature this old, or this far in the future, is refused.
const TOLERANCE: SignedDuration = SignedDuration::from_mins(5);

/// A request as received: nothing decoded, nothing normalised.
#[derive(Debug, Clone, Copy)]
pub(super) struct Received<'a> {
    pub(super) method: &'a str,
    /// Path and query as they stood in the request line.
    pub(super) target: &'a str,
    pub(super) headers: &'a HeaderMap,
    pub(super) body: &'a [u8],
}

/// What a valid signature proves.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Verified {
    /// The region named in the credential scope.
    pub(super) region: String,
}

/// Checks who signed the request, for what, and when.
///
/// # Errors
/// The refusal that the API's front door would send.
pub(super) fn verify(
    request: Received<'_>,
    credentials: &Credentials,
    now: Timestamp,
) -> Result<Verified, Refusal> {
    let authorization = Authorization::of(request.headers)?;
    let scope = &authorization.scope;
    if authorization.access_key != credentials.access_key_id {
        return Err(Refusal::new(
            ErrorCode::UnrecognizedClient,
            "The security token included in the request is invalid.",
        ));
    }
    if scope.service != SERVICE || scope.terminator != TERMINATOR {
        return Err(Refusal::new(
            ErrorCode::InvalidSignature,
            format!("Credential should be scoped to correct service: '{SERVICE}'."),
        ));
    }
    let signed_at = signed_at(request.headers, scope)?;
    check_age(signed_at, now)?;
    check_signed_headers(&authorization, request.headers, credentials)?;
    let expected = signature(&request, &authorization, &credentials.secret_access_key)?;
    if expected != authorization.signature {
        return Err(Refusal::new(
            ErrorCode::InvalidSignature,
            "The request signature we calculated does not match the signature you provided. Check your AWS Secret \
             Access Key and signing method. Consult the service documentation for details.",
        ));
    }
    Ok(Verified { region: scope.region.to_owned() })
}

fn signed_at(headers: &HeaderMap, scope: &Scope<'_>) -> Result<Timestamp, Refusal> {
    let incomplete = |message: &str| Refusal::new(ErrorCode::IncompleteSignature, message);
    let text = date_header(headers).ok_or_else(|| {
        incomplete("Authorization header requires existence of either a 'X-Amz-Date' or a 'Date' header.")
    })?;
    let moment = DateTime::strptime("%Y%m%dT%H%M%SZ", text)
        .and_then(|civil| civil.to_zoned(TimeZone::UTC))
        .map_err(|error| incomplete(&format!("Date must be in ISO-8601 'basic format': {error}")))?;
    if text.starts_with(scope.date) && scope.date.len() == "YYYYMMDD".len() {
        Ok(moment.timestamp())
    } else {
        Err(Refusal::new(
            ErrorCode::InvalidSignature,
            format!(
                "Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date: '{text}'."
            ),
        ))
    }
}

fn date_header(headers: &HeaderMap) -> Option<&str> {
    headers.get("x-amz-date")?.to_str().ok()
}

fn check_age(signed_at: Timestamp, now: Timestamp) -> Result<(), Refusal> {
    let age = now.duration_since(signed_at);
    let basic = |moment: Timestamp| moment.strftime("%Y%m%dT%H%M%SZ").to_string();
    if age >= TOLERANCE {
        let message =
            format!("Signature expired: {} is now earlier than {} - 5 min.", basic(signed_at), basic(now));
        return Err(Refusal::new(ErrorCode::InvalidSignature, message));
    }
    if age <= -TOLERANCE {
        let message = format!(
            "Signature not yet current: {} is still later than {} + 5 min.",
            basic(signed_at),
            basic(now)
        );
        return Err(Refusal::new(ErrorCode::InvalidSignature, message));
    }
    Ok(())
}

/// Host and every `x-amz-` header must be under the signature, else they could be changed on the way.
fn check_signed_headers(
    authorization: &Authorization<'_>,
    headers: &HeaderMap,
    credentials: &Credentials,
) -> Result<(), Refusal> {
    let is_signed = |name: &str| authorization.signed_headers.contains(&name);
    let unsigned = std::iter::once("host")
        .chain(headers.keys().map(http::HeaderName::as_str).filter(|name| name.starts_with("x-amz-")))
        .find(|name| !is_signed(name));
    if let Some(name) = unsigned {
        let message = format!("'{name}' must be a 'SignedHeader' in the AWS Authorization.");
        return Err(Refusal::new(ErrorCode::InvalidSignature, message));
    }
    let Some(expected) = &credentials.session_token else {
        return Ok(());
    };
    let token = headers.get("x-amz-security-token").map(http::HeaderValue::as_bytes);
    if token == Some(expected.as_bytes()) {
        Ok(())
    } else {
        Err(Refusal::new(
            ErrorCode::UnrecognizedClient,
            "The security token included in the request is invalid.",
        ))
    }
}

/// The signature that the holder of `secret` would have put under this request.
fn signature(
    request: &Received<'_>,
    authorization: &Authorization<'_>,
    secret: &str,
) -> Result<String, Refusal> {
    let Scope { date, region, service, terminator } = authorization.scope;
    let canonical = canonical::request(request, &authorization.signed_headers)?;
    let moment = date_header(request.headers).unwrap_or_default();
    let to_sign = format!(
        "{ALGORITHM}\n{moment}\n{date}/{region}/{service}/{terminator}\n{}",
        hexadecimal(&Sha256::digest(canonical))
    );
    let key = [date, region, service, terminator]
        .iter()
        .fold(format!("AWS4{secret}").into_bytes(), |key, part| keyed_hash(&key, part));
    Ok(hexadecimal(&keyed_hash(&key, &to_sign)))
}

#[expect(clippy::expect_used, reason = "HMAC is defined for a key of any length")]
fn keyed_hash(key: &[u8], text: &str) -> Vec<u8> {
    let mut mac = Hmac::<Sha256>::new_from_slice(key).expect("HMAC takes a key of any length");
    mac.update(text.as_bytes());
    mac.finalize().into_bytes().to_vec()
}

/// Lower-case hexadecimal, as `SigV4` writes hashes.
pub(super) fn hexadecimal(bytes: &[u8]) -> String {
    use std::fmt::Write as _;
    bytes.iter().fold(String::with_capacity(bytes.len() * 2), |mut text, byte| {
        let written = write!(text, "{byte:02x}");
        debug_assert!(written.is_ok(), "writing into a String cannot fail");
        text
    })
}
