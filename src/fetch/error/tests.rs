use super::*;
use crate::domain::{OrderKey, PhoneNumberOrderId, Scope};
use crate::fetch::endpoint::Kind;
use crate::settings::Api;
use http::StatusCode;
use std::time::Duration;

fn key(profile: Option<&str>) -> OrderKey {
    OrderKey {
        scope: Scope { profile: profile.map(Into::into), region: "us-east-1".into(), endpoint: None }.into(),
        id: PhoneNumberOrderId::parse("3f2a91c0-77aa-4e0b-9a55-0d1f5e2bc01d").unwrap(),
    }
}

fn response(status: u16, headers: &[(&'static str, &'static str)], body: &str) -> Response {
    Response {
        status: StatusCode::from_u16(status).unwrap(),
        headers: headers
            .iter()
            .map(|(name, value)| (name.parse().unwrap(), value.parse().unwrap()))
            .collect(),
        body: body.into(),
    }
}

fn answer(status: u16, code: &'static str) -> Failure {
    let response = response(status, &[("x-amzn-errortype", code)], "");
    answered(Question::Order(&key(Some("prod"))), Some("123456789012"), &response, Timestamp::UNIX_EPOCH)
}

#[test]
fn an_error_of_the_api_says_what_happened_to_which_order_as_whom_and_what_to_do() {
    let cases = [
        (
            answer(404, "NotFoundException"),
            "Order 3f2a91c0 was not found in us-east-1 as prod. Look in another region or as another profile; \
             numbers are ordered in us-east-1 and us-west-2 only",
        ),
        (
            answer(403, "ForbiddenException"),
            "Profile prod (account 1234…9012) may not read order 3f2a91c0 in us-east-1: \
             chime:GetPhoneNumberOrder is missing. Give your administrator this policy; other orders go on",
        ),
        (
            answer(429, "ThrottledClientException"),
            "AWS asks us to slow down: order 3f2a91c0 waits in us-east-1 as prod (429 ThrottledClientException)",
        ),
        (
            answer(503, "ServiceUnavailableException"),
            "Order 3f2a91c0: the service has failed in us-east-1 as prod (503 ServiceUnavailableException)",
        ),
        (
            answer(400, "BadRequestException"),
            "Order 3f2a91c0: the service refuses the request in us-east-1 as prod (400 BadRequestException). \
             Compare the order ID with the one of the console",
        ),
        (
            answer(401, "UnauthorizedClientException"),
            "Profile prod is refused in us-east-1 (401 UnauthorizedClientException). Look at who it is: \
             aws sts get-caller-identity --profile prod",
        ),
        (
            answer(403, "ExpiredTokenException"),
            "Profile prod is signed out: its session has ended (403 ExpiredTokenException). \
             Run in another window: aws sso login --profile prod",
        ),
    ];
    for (failure, text) in cases {
        assert_eq!(failure.to_string(), text);
    }
}

#[test]
fn what_the_answer_says_beside_is_kept_for_the_schedule_and_for_support() {
    let headers = [
        ("x-amzn-errortype", "ThrottledClientException"),
        ("x-amz-retry-after", "1500"),
        ("x-amzn-requestid", "2cac62a6-cdda-43fe-9053-d11f85cbc7e9"),
    ];
    let response = response(429, &headers, r#"{"Message":"Rate \u001b[2Jexceeded"}"#);
    let failure = answered(Question::Order(&key(None)), None, &response, Timestamp::UNIX_EPOCH);
    let expected = Failure {
        kind: FailureKind::Throttled,
        order: Some(key(None).id),
        scope: key(None).scope,
        what: "AWS asks us to slow down: order 3f2a91c0 waits in us-east-1 as default \
               (429 ThrottledClientException: Rate \\u{1b}[2Jexceeded)"
            .into(),
        next_step: "".into(),
        command: None,
        retry_after: Some(Duration::from_millis(1500)),
        request_id: Some("2cac62a6-cdda-43fe-9053-d11f85cbc7e9".into()),
        lasts: crate::domain::Lasts::default(),
    };
    assert_eq!(failure, expected);
}

#[test]
fn a_secret_that_does_not_fit_is_told_without_the_services_essay() {
    let headers = [("x-amzn-errortype", "InvalidSignatureException")];
    let body =
        r#"{"message":"The request signature we calculated does not match: consult the documentation."}"#;
    let failure = answered(
        Question::Order(&key(Some("prod"))),
        None,
        &response(403, &headers, body),
        Timestamp::UNIX_EPOCH,
    );
    assert_eq!(
        failure.to_string(),
        "The secret key of profile prod does not fit its access key (403 InvalidSignatureException). \
         Look at both: aws sts get-caller-identity --profile prod"
    );
}

#[test]
fn a_failed_connection_is_told_by_where_it_failed() {
    let target = Target::of(Question::Order(&key(None)), Api::Voice, Kind::Plain).unwrap();
    let cases = [
        (
            NetworkStage::Name,
            "failed to lookup address",
            "No connection: the name voice-chime.us-east-1.amazonaws.com does not resolve",
        ),
        (
            NetworkStage::Connect,
            "Connection refused (os error 111)",
            "No connection: voice-chime.us-east-1.amazonaws.com does not answer on port 443 (Connection refused)",
        ),
        (
            NetworkStage::Tls,
            "invalid peer certificate: UnknownIssuer",
            "No secure connection to voice-chime.us-east-1.amazonaws.com: invalid peer certificate: \
             UnknownIssuer. If a proxy stands between, put its certificate in a file and name it in AWS_CA_BUNDLE",
        ),
        (
            NetworkStage::Tls,
            "invalid peer certificate: certificate not valid for name \"a.example\"; certificate is only valid for \
             DnsName(\"b.example\")",
            "No secure connection to voice-chime.us-east-1.amazonaws.com: invalid peer certificate: \
             certificate not valid for name \"a.example\". If a proxy stands between, put its certificate in a file \
             and name it in AWS_CA_BUNDLE",
        ),
        (
            NetworkStage::Exchange,
            "reset",
            "Order 3f2a91c0: the connection to voice-chime.us-east-1.amazonaws.com broke before an answer \
             in us-east-1 as default (reset)",
        ),
        (
            NetworkStage::Body,
            "end of file",
            "Order 3f2a91c0: the answer in us-east-1 as default broke off (end of file)",
        ),
    ];
    for (stage, detail, text) in cases {
        let failure = no_answer(
            Question::Order(&key(None)),
            &target,
            &ExchangeError::Network(stage, detail.to_owned()),
        );
        assert_eq!((failure.to_string().as_str(), failure.kind), (text, FailureKind::Network(stage)));
    }
    let late =
        no_answer(Question::Order(&key(None)), &target, &ExchangeError::Timeout(Duration::from_secs(10)));
    assert_eq!(late.to_string(), "Order 3f2a91c0: no answer in us-east-1 as default within 10 s");
}
