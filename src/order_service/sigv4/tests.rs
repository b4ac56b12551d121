use http::HeaderMap;
use jiff::Timestamp;

use super::*;

const ORDER_TARGET: &str = "/phone-number-orders/abc12345-de67-89f0-123g-h45i678j9012";
/// What the AWS CLI 1.46.3 sent for [`ORDER_TARGET`] at 2026-11-23T03:41:09Z.
const CAPTURED: &str = "b04afb3b06ef09792df2f8d18f9878211a0edbce1ea52192636ee37b98c546e0";

fn headers(pairs: &[(&'static str, &str)]) -> HeaderMap {
    pairs.iter().map(|(name, value)| ((*name).parse().unwrap(), value.parse().unwrap())).collect()
}

fn captured_headers() -> HeaderMap {
    headers(&[
        ("host", "127.0.0.1:35239"),
        ("accept-encoding", "identity"),
        ("x-amz-date", "20261123T034109Z"),
        (
            "authorization",
            &format!(
                "AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20261123/us-west-2/chime/aws4_request, \
                 SignedHeaders=host;x-amz-date, Signature={CAPTURED}"
            ),
        ),
    ])
}

fn verify_captured(
    target: &str,
    headers: &HeaderMap,
    credentials: &Credentials,
    now: &str,
) -> Result<Verified, Refusal> {
    let now: Timestamp = now.parse().unwrap();
    verify(Received { method: "GET", target, headers, body: b"" }, credentials, now)
}

fn code(result: Result<Verified, Refusal>) -> ErrorCode {
    result.unwrap_err().code
}

#[test]
fn the_request_captured_from_the_aws_cli_verifies() {
    let verified =
        verify_captured(ORDER_TARGET, &captured_headers(), &Credentials::default(), "2026-11-23T03:41:09Z");
    assert_eq!(verified, Ok(Verified { region: "us-west-2".to_owned() }));
}

#[test]
fn get_vanilla_of_the_aws_suite_gives_the_published_signature() {
    let headers = headers(&[
        ("host", "example.amazonaws.com"),
        ("x-amz-date", "20150830T123600Z"),
        (
            "authorization",
            "AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20150830/us-east-1/service/aws4_request, \
             SignedHeaders=host;x-amz-date, Signature=none",
        ),
    ]);
    let request = Received { method: "GET", target: "/", headers: &headers, body: b"" };
    let authorization = Authorization::of(&headers).unwrap();
    assert_eq!(
        signature(&request, &authorization, &Credentials::default().secret_access_key).unwrap(),
        "5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31"
    );
}

#[test]
fn a_clock_off_by_five_minutes_is_refused_and_one_second_less_is_not() {
    for (now, accepted) in [
        ("2026-11-23T03:46:08Z", true),
        ("2026-11-23T03:46:09Z", false),
        ("2026-11-23T03:36:10Z", true),
        ("2026-11-23T03:36:09Z", false),
    ] {
        let result = verify_captured(ORDER_TARGET, &captured_headers(), &Credentials::default(), now);
        assert_eq!(result.is_ok(), accepted, "{now}: {result:?}");
        if let Err(refusal) = result {
            assert_eq!(refusal.code, ErrorCode::InvalidSignature);
        }
    }
}

#[test]
fn a_changed_path_query_key_or_secret_is_refused() {
    let now = "2026-11-23T03:41:09Z";
    let good = Credentials::default();
    let other_secret = Credentials { secret_access_key: "other".to_owned(), ..good.clone() };
    let other_key = Credentials { access_key_id: "AKIDOTHER".to_owned(), ..good.clone() };
    let changed = format!("{ORDER_TARGET}?max-results=1");
    for (target, credentials, expected) in [
        ("/phone-number-orders/abc12345-de67-89f0-123g-h45i678j9013", &good, ErrorCode::InvalidSignature),
        (changed.as_str(), &good, ErrorCode::InvalidSignature),
        (ORDER_TARGET, &other_secret, ErrorCode::InvalidSignature),
        (ORDER_TARGET, &other_key, ErrorCode::UnrecognizedClient),
    ] {
        assert_eq!(
            code(verify_captured(target, &captured_headers(), credentials, now)),
            expected,
            "{target}"
        );
    }
}

#[test]
fn what_is_missing_is_named() {
    let now = "2026-11-23T03:41:09Z";
    let credentials = Credentials::default();
    let mut unsigned = captured_headers();
    unsigned.remove("authorization");
    assert_eq!(
        code(verify_captured(ORDER_TARGET, &unsigned, &credentials, now)),
        ErrorCode::MissingAuthenticationToken
    );
    let mut undated = captured_headers();
    undated.remove("x-amz-date");
    assert_eq!(
        code(verify_captured(ORDER_TARGET, &undated, &credentials, now)),
        ErrorCode::IncompleteSignature
    );
    let mut smuggled = captured_headers();
    smuggled.insert("x-amz-security-token", "late".parse().unwrap());
    assert_eq!(
        code(verify_captured(ORDER_TARGET, &smuggled, &credentials, now)),
        ErrorCode::InvalidSignature
    );
    let with_token = Credentials { session_token: Some("token".to_owned()), ..credentials };
    assert_eq!(
        code(verify_captured(ORDER_TARGET, &captured_headers(), &with_token, now)),
        ErrorCode::UnrecognizedClient
    );
}

#[test]
fn a_scope_for_another_service_or_day_is_refused() {
    let now = "2026-11-23T03:41:09Z";
    for scope in ["20261123/us-west-2/s3/aws4_request", "20261122/us-west-2/chime/aws4_request"] {
        let mut headers = captured_headers();
        let authorization = format!(
            "AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/{scope}, SignedHeaders=host;x-amz-date, Signature={CAPTURED}"
        );
        headers.insert("authorization", authorization.parse().unwrap());
        let result = verify_captured(ORDER_TARGET, &headers, &Credentials::default(), now);
        assert_eq!(code(result), ErrorCode::InvalidSignature, "{scope}");
    }
}
