//! Signature Version 4: the one place where a request gets its signature.
//!
//! Every attempt is signed afresh; a signature is good for five minutes.

use aws_credential_types::Credentials;
use aws_sigv4::http_request::{SignableBody, SignableRequest, SigningSettings, sign};
use aws_sigv4::sign::v4::SigningParams;
use jiff::Timestamp;
use reqwest::{Method, Request, Url};
use std::time::SystemTime;

/// The signing name of both APIs.
///
/// Source: `signingName` of the API model `chime-sdk-voice` 2022-08-03.
const SIGNING_NAME: &str = "chime";

/// A request could not be signed.
#[derive(Debug, thiserror::Error)]
#[error("the request could not be signed: {0}")]
pub(super) struct SigningError(String);

/// A `GET` of `url`, signed for `region` as of `at`.
pub(super) fn signed(
    url: &Url,
    region: &str,
    credentials: &Credentials,
    at: Timestamp,
) -> Result<Request, SigningError> {
    signed_for(SIGNING_NAME, url, region, credentials, at)
}

fn signed_for(
    service: &str,
    url: &Url,
    region: &str,
    credentials: &Credentials,
    at: Timestamp,
) -> Result<Request, SigningError> {
    let fault = |error: &dyn std::error::Error| SigningError(error.to_string());
    let identity = credentials.clone().into();
    let parameters = SigningParams::builder()
        .identity(&identity)
        .region(region)
        .name(service)
        .time(SystemTime::from(at))
        .settings(SigningSettings::default())
        .build()
        .map_err(|error| fault(&error))?
        .into();
    let signable = SignableRequest::new("GET", url.as_str(), std::iter::empty(), SignableBody::Bytes(&[]))
        .map_err(|error| fault(&error))?;
    let (instructions, _) = sign(signable, &parameters).map_err(|error| fault(&error))?.into_parts();
    let mut headers = http::Request::new(());
    instructions.apply_to_request_http1x(&mut headers);
    let mut request = Request::new(Method::GET, url.clone());
    *request.headers_mut() = headers.into_parts().0.headers;
    for value in request.headers_mut().values_mut() {
        value.set_sensitive(true);
    }
    Ok(request)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn credentials(token: Option<&str>) -> Credentials {
        let secret = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY";
        Credentials::new("AKIDEXAMPLE", secret, token.map(ToOwned::to_owned), None, "test")
    }

    fn authorization(request: &Request) -> &str {
        request.headers()["authorization"].to_str().unwrap()
    }

    /// Captured from the AWS CLI, see the CLI's own request for the same order.
    #[test]
    fn the_signature_is_that_of_the_aws_cli() {
        let url = "http://127.0.0.1:35239/phone-number-orders/abc12345-de67-89f0-123g-h45i678j9012";
        let at = "2026-11-23T03:41:09Z".parse().unwrap();
        let request = signed(&url.parse().unwrap(), "us-west-2", &credentials(None), at).unwrap();
        assert_eq!(
            authorization(&request),
            "AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20261123/us-west-2/chime/aws4_request, \
             SignedHeaders=host;x-amz-date, \
             Signature=b04afb3b06ef09792df2f8d18f9878211a0edbce1ea52192636ee37b98c546e0"
        );
        assert_eq!(request.headers()["x-amz-date"], "20261123T034109Z");
    }

    /// The case `get-vanilla` of AWS's signing test suite.
    #[test]
    fn the_signature_is_that_of_the_test_suite_of_aws() {
        let url = "https://example.amazonaws.com/".parse().unwrap();
        let at = "2015-08-30T12:36:00Z".parse().unwrap();
        let request = signed_for("service", &url, "us-east-1", &credentials(None), at).unwrap();
        assert!(
            authorization(&request)
                .ends_with("Signature=5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31")
        );
    }

    #[test]
    fn a_session_token_is_sent_and_signed_and_no_header_shows_in_a_dump() {
        let url = "https://voice-chime.us-east-1.amazonaws.com/".parse().unwrap();
        let at = "2026-11-23T03:41:09Z".parse().unwrap();
        let request = signed(&url, "us-east-1", &credentials(Some("the-token")), at).unwrap();
        assert_eq!(request.headers()["x-amz-security-token"], "the-token");
        assert!(authorization(&request).contains("SignedHeaders=host;x-amz-date;x-amz-security-token"));
        for name in ["authorization", "x-amz-security-token"] {
            assert!(request.headers()[name].is_sensitive(), "{name}");
        }
        let dump = format!("{request:?}");
        assert!(!dump.contains("the-token") && !dump.contains("Signature="), "{dump}");
    }
}
