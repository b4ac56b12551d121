use super::*;

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

fn seen(status: u16, headers: &[(&'static str, &'static str)], body: &str) -> (String, String, FailureKind) {
    let ErrorCode { code, message, kind } = of(&response(status, headers, body));
    (code.to_string(), message.to_string(), kind)
}

#[test]
fn the_code_is_looked_for_in_header_code_type_and_status() {
    const TYPE: &str = "x-amzn-ErrorType";
    let cases = [
        (
            seen(404, &[(TYPE, "NotFoundException")], r#"{"Code":"NotFound","Message":"gone"}"#),
            ("NotFoundException", "gone", FailureKind::NotFound),
        ),
        (
            seen(404, &[(TYPE, "NotFoundException:http://internal.amazon.com/x")], ""),
            ("NotFoundException", "", FailureKind::NotFound),
        ),
        (seen(404, &[], r#"{"Code":"NotFound"}"#), ("NotFound", "", FailureKind::NotFound)),
        (
            seen(400, &[], r#"{"code":"NotFoundException","message":"gone"}"#),
            ("NotFoundException", "gone", FailureKind::NotFound),
        ),
        (
            seen(400, &[], r#"{"__type":"com.amazonaws.chime#NotFoundException"}"#),
            ("NotFoundException", "", FailureKind::NotFound),
        ),
        (
            seen(403, &[(TYPE, "UnrecognizedClientException")], r#"{"message":"bad token"}"#),
            ("UnrecognizedClientException", "bad token", FailureKind::Unauthorized),
        ),
        (seen(403, &[], "<html>no</html>"), ("403", "", FailureKind::Forbidden)),
        (seen(404, &[], ""), ("404", "", FailureKind::NotFound)),
        (seen(500, &[], r#"{"Code":5,"Message":null}"#), ("500", "", FailureKind::Service)),
        (seen(429, &[], ""), ("429", "", FailureKind::Throttled)),
        (seen(429, &[(TYPE, "NeverHeardOf")], ""), ("NeverHeardOf", "", FailureKind::Throttled)),
        (
            seen(400, &[], r#"{"Code":"ThrottlingException"}"#),
            ("ThrottlingException", "", FailureKind::Throttled),
        ),
        (seen(302, &[], ""), ("302", "", FailureKind::Undecodable)),
        (seen(204, &[], ""), ("204", "", FailureKind::Undecodable)),
        (seen(418, &[], ""), ("418", "", FailureKind::BadRequest)),
        (seen(501, &[], ""), ("501", "", FailureKind::Service)),
        (seen(404, &[(TYPE, "#")], "[]"), ("404", "", FailureKind::NotFound)),
    ];
    for (seen, (code, message, kind)) in cases {
        assert_eq!(seen, (code.to_owned(), message.to_owned(), kind));
    }
}

/// The table of the API's own page.
#[test]
fn the_seven_errors_of_the_api_have_their_kinds() {
    let cases = [
        ("BadRequestException", FailureKind::BadRequest),
        ("ForbiddenException", FailureKind::Forbidden),
        ("NotFoundException", FailureKind::NotFound),
        ("ServiceFailureException", FailureKind::Service),
        ("ServiceUnavailableException", FailureKind::Service),
        ("ThrottledClientException", FailureKind::Throttled),
        ("UnauthorizedClientException", FailureKind::Unauthorized),
    ];
    for (code, kind) in cases {
        assert_eq!(kind_of_code(code), Some(kind), "{code}");
    }
}
