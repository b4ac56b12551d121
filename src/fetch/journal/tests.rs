use super::*;
use crate::domain::FailureKind;
use crate::fetch::{FetchOptions, Fetcher, Keys};

const SECRET: &str = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY";

#[test]
fn a_failure_leaves_without_what_the_service_repeated() {
    let secrets = Secrets::default();
    secrets.learn("known words");
    let scope = Scope { profile: None, region: "us-east-1".into(), endpoint: None };
    let failure = Failure {
        kind: FailureKind::BadRequest,
        order: None,
        scope: scope.into(),
        what: format!("the list was refused: known words, {SECRET}, number +12065550107").into(),
        next_step: "Look at Signature=abc".into(),
        command: Some("aws sso login --profile prod".into()),
        retry_after: None,
        request_id: Some("AKIAIOSFODNN7EXAMPLE".into()),
        lasts: crate::domain::Lasts::default(),
    };
    let expected = Failure {
        // Whoever ordered a number may see it.
        what: "the list was refused: [hidden], [hidden], number +12065550107".into(),
        next_step: "Look at Signature=[hidden]".into(),
        request_id: Some("AKIA…MPLE".into()),
        ..failure.clone()
    };
    assert_eq!(without_secrets(failure, &secrets), expected);
}

#[test]
fn nothing_that_holds_secrets_shows_them_in_a_dump() {
    let keys = Keys {
        access_key_id: "AKIAIOSFODNN7EXAMPLE".to_owned(),
        secret_access_key: SECRET.to_owned(),
        session_token: Some("the-token".to_owned()),
    };
    let options = FetchOptions::with_keys(keys.clone());
    options.secrets.learn(SECRET);
    let fetcher = Fetcher::new(options.clone(), || Timestamp::UNIX_EPOCH);
    let (wallet, clients) = (&fetcher.shared.credentials, &fetcher.shared.clients);
    let dump = format!("{keys:?} {options:?} {fetcher:?} {wallet:?} {clients:?}");
    for secret in ["AKIA", "wJal", "the-token"] {
        assert!(!dump.contains(secret), "{dump}");
    }
}
