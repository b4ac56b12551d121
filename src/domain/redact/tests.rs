use super::*;

const KEY: &str = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY";

#[track_caller]
fn assert_redacted(cases: &[(&str, &str)]) {
    for (text, clean) in cases {
        assert_eq!(redact(text), *clean, "{text}");
    }
}

#[test]
fn what_looks_like_a_key_or_a_token_is_hidden_and_an_access_key_id_masked() {
    assert_redacted(&[
        (&format!("id AKIAIOSFODNN7EXAMPLE, key {KEY}, bye"), "id AKIA…MPLE, key [hidden], bye"),
        (&format!("key={KEY}=="), "key=[hidden]=="),
        ("id=ASIAIOSFODNN7EXAMPLE", "id=ASIA…MPLE"),
        ("ASIAIOSFODNN7EXAMPLE/20261123/us-east-1", "ASIA…MPLE/20261123/us-east-1"),
        ("%2FwJalrXUtnFEMI%2FK7MDENG%2BbPxRfiCYEX", "[hidden]"),
        ("eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9-x.eyJzdWIiOiIxMjM0NTY3ODkwIn0", "[hidden]-x.[hidden]"),
        ("_0aB-0aB-0aB-0aB-0aB-0aB-0aB-0aB-0aB-0aB", "[hidden]"),
    ]);
}

#[test]
fn ids_paths_hosts_and_digests_stay() {
    let harmless = [
        "Order 3F2a91c0-77aa-4e0b-9a55-0d1f5e2bc01d is not found in us-east-1 as prod",
        "no file /home/me/.aws/sso/cache/0123456789abcdef0123456789abcdef01234567.json",
        "AWS_CA_BUNDLE names /etc/ssl/Corporation2026/Certificates/All_of_Them, which gives no certificates",
        "points to https://voice-chime.us-east-1.amazonaws.com:443/phone-number-orders?max-results=100",
        "request 5b2c6a52-94c7-4d0f-8a3e-20d5f7b91c04 of 2026-11-23T14:03:05.123Z",
        "Profile prod is signed out: its session has ended (403 ExpiredTokenException: Token is expired)",
        "Retrieving token from sso portal: Token for s does not exist. Credentials: none",
        "me@example.com asked https://[::1]:4711/a@b",
    ];
    for text in harmless {
        assert_eq!(redact(text), text);
    }
}

#[test]
fn a_value_beside_the_name_of_a_secret_is_hidden() {
    assert_redacted(&[
        ("x-amz-security-token: tok, x-amz-date: 2026", "x-amz-security-token: [hidden], x-amz-date: 2026"),
        (r#"{"SessionToken":"a b","Version":1}"#, r#"{"SessionToken":"[hidden]","Version":1}"#),
        (r#"b"{\"accessToken\": \"a b\"}""#, r#"b"{\"accessToken\": \"[hidden]\"}""#),
        (r#"("authorization", "Bearer x")"#, r#"("authorization", "[hidden]")"#),
        (
            "Authorization: AWS4-HMAC-SHA256 Credential=A/b, Signature=c\nDate: now",
            "Authorization: [hidden]\nDate: now",
        ),
        ("see Credential=A/b, Signature=c", "see Credential=[hidden], Signature=[hidden]"),
        ("?X-Amz-Signature=abc&x=1", "?X-Amz-Signature=[hidden]&x=1"),
        ("AWS_SECRET_ACCESS_KEY=short x", "AWS_SECRET_ACCESS_KEY=[hidden] x"),
        ("aws_secret_access_key = short", "aws_secret_access_key = [hidden]"),
        ("Password: hunter2; token=abc", "Password: [hidden]; token=[hidden]"),
        ("secret_key: b\"raw\"", "secret_key: b\"[hidden]\""),
    ]);
    assert!(is_name_of_a_secret("X-Amz-Security-Token") && !is_name_of_a_secret("x-amz-date"));
}

#[test]
fn a_user_and_a_password_before_a_host_are_hidden() {
    assert_redacted(&[
        ("proxy http://me:hunter2@proxy:3128/ is late", "proxy http://[hidden]@proxy:3128/ is late"),
        ("https://token@host/a@b", "https://[hidden]@host/a@b"),
        ("http://me:hun/ter@2@proxy", "http://[hidden]@proxy"),
        ("HTTPS_PROXY=me:hunter2@proxy:3128", "HTTPS_PROXY=[hidden]@proxy:3128"),
        ("(me:hunter2@proxy)", "([hidden]@proxy)"),
        ("'http://é:ü@h', then http://a:b@c", "'http://[hidden]@h', then http://[hidden]@c"),
    ]);
}

#[test]
fn what_is_redacted_stays_as_it_is() {
    let text =
        format!("Authorization: x\n{KEY} http://a:b@c id=AKIAIOSFODNN7EXAMPLE token=x \"password\":\"y\"");
    let once = redact(&text);
    assert_eq!(redact(&once), once);
}

#[test]
fn a_phone_number_is_known_by_its_ends() {
    let cases = [
        ("+12065550107 failed", "+1206…07 failed"),
        ("e164=%2B12065550107&x", "e164=+1206…07&x"),
        ("+1 206-555 0107, +44 20 7946 0958.", "+1206…07, +4420…58."),
        ("+1234567 and 2026-11-23T14:00:00+00:00", "+1234567 and 2026-11-23T14:00:00+00:00"),
        ("100 % of +1234567890123456", "100 % of +1234567890123456"),
    ];
    for (text, masked) in cases {
        assert_eq!(phone_numbers(text), masked);
    }
}

#[test]
fn a_secret_that_is_known_is_hidden_whatever_it_looks_like() {
    let secrets = Secrets::default();
    let elsewhere = secrets.clone();
    let learnt = ["plain words", "plain words", "short"].map(|secret| elsewhere.learn(secret));
    assert_eq!(learnt, [true, false, false]);
    assert_eq!(secrets.redact("these plain words are short"), "these [hidden] are short");
    assert_eq!(format!("{secrets:?}"), "Secrets(1)");
    (0..2 * MOST).for_each(|number| assert!(secrets.learn(&format!("secret {number:03}"))));
    assert_eq!(secrets.redact("secret 000, secret 127"), "secret 000, [hidden]");
}

#[test]
fn only_both_ends_of_an_access_key_id_are_shown() {
    let cases = [
        ("AKIAIOSFODNN7EXAMPLE", "AKIA…MPLE"),
        ("AKIA567890123456", "AKIA…3456"),
        ("AKIA56789012345", "[hidden]"),
        ("AKIDEXAMPLE", "[hidden]"),
        ("aaaé2345678é3456", "[hidden]"),
        ("", "[hidden]"),
    ];
    for (id, masked) in cases {
        assert_eq!(masked_key_id(id), masked, "{id}");
    }
}

#[test]
fn a_long_text_is_read_once() {
    for piece in ["a", "@", ":", "=", "\"", "+1", "%2B", "://", "password", "AKIA0", "x-", "é", " "] {
        let text = piece.repeat(128 * 1024 / piece.len());
        assert!(!phone_numbers(&redact(&text)).is_empty());
    }
}
