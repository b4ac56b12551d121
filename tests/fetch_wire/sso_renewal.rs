//! The token of a session of SSO that ends: it is renewed at the service that gave it, once for all who need keys, and
//! a renewal that is refused ends, when the keys do, in the command that signs in again.

use crate::fake::{Reply, Seen};
use crate::now;
use crate::sources::{Source, Stage, Told, World};
use crate::within_a_run::{TOKEN, is_told, source};
use chimewatch::domain::FailureKind;
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};
use std::net::SocketAddr;
use std::path::{Path, PathBuf};

/// A token as `aws sso login` leaves it. `refresh` is what a renewal is paid with.
fn leave_token(home: &Path, access: &str, refresh: &str, end: Timestamp) {
    let token = home.join(TOKEN);
    std::fs::create_dir_all(token.parent().unwrap()).unwrap();
    let json = format!(
        r#"{{"startUrl":"https://example.awsapps.com/start","region":"us-east-1","accessToken":"{access}",
        "expiresAt":"{end}","clientId":"client","clientSecret":"secret","refreshToken":"{refresh}",
        "registrationExpiresAt":"2099-01-01T00:00:00Z"}}"#
    );
    std::fs::write(token, json).unwrap();
}

/// To the second, as the AWS CLI writes it.
fn in_minutes(minutes: i64) -> Timestamp {
    Timestamp::from_second((now() + SignedDuration::from_mins(minutes)).as_second()).unwrap()
}

/// The portal, which knows tokens that begin with `good`, and the service that renews them, which knows one session.
fn sso(world: &World, seen: &Seen) -> Reply {
    if seen.target != "/token" {
        let is_known = seen.header("x-amz-sso_bearer_token").is_some_and(|token| token.starts_with("good"));
        return if is_known { crate::within_a_run::role(world) } else { crate::within_a_run::no_session() };
    }
    let asked: serde_json::Value = serde_json::from_str(&seen.body).unwrap();
    let expected = |refresh: &str| {
        serde_json::json!({
            "clientId": "client", "clientSecret": "secret", "grantType": "refresh_token", "refreshToken": refresh,
        })
    };
    if asked == expected("of-the-session") {
        let body =
            r#"{"accessToken":"good-renewed","expiresIn":3600,"refreshToken":"next","tokenType":"Bearer"}"#;
        return Reply::new(200, body);
    }
    let code = ("x-amzn-ErrorType", "InvalidGrantException".to_owned());
    let body = r#"{"error":"invalid_grant","error_description":"Invalid refresh token provided"}"#;
    Reply { headers: vec![code], ..Reply::new(400, body) }
}

/// What the next start will read.
fn token_in(home: &Path) -> serde_json::Value {
    serde_json::from_slice(&std::fs::read(home.join(TOKEN)).unwrap()).unwrap()
}

/// The shared config names this service by a word that the AWS tools do not agree on.
fn renewed_at(address: SocketAddr) -> Vec<(&'static str, String)> {
    vec![("AWS_ENDPOINT_URL_SSO_OIDC", format!("http://{address}"))]
}

fn renewals(stage: &Stage) -> usize {
    stage.asked_for_keys().iter().filter(|seen| seen.target == "/token").count()
}

#[test]
fn a_token_of_sso_that_has_ended_is_renewed_once_for_all() {
    is_told("sso_renewal::ended", |home, address| {
        leave_token(home, "bad-ended", "of-the-session", in_minutes(-600));
        renewed_at(address)
    });
}

#[test]
fn a_token_of_sso_that_is_about_to_end_is_renewed_once_for_all() {
    is_told("sso_renewal::ended", |home, address| {
        leave_token(home, "good-until-then", "of-the-session", in_minutes(3));
        renewed_at(address)
    });
}

#[test]
fn a_renewal_that_is_refused_ends_in_the_command_that_signs_in_again() {
    is_told("sso_renewal::refused", |home, address| {
        leave_token(home, "good-until-then", "of-the-session", in_minutes(60));
        renewed_at(address)
    });
}

fn stage(address: SocketAddr) -> Stage {
    let told = Told { profile: Some("prod"), account: Some("123456789012"), lacks: &[] };
    let begins = |seen: &Seen| seen.target != "/token";
    let config = |_: &_, url: &str| {
        format!(
            "[profile prod]\nsso_session = corporate\nsso_account_id = 123456789012\nsso_role_name = reader\n\
             services = fakes\n[sso-session corporate]\nsso_region = us-east-1\n\
             sso_start_url = https://example.awsapps.com/start\nsso_registration_scopes = sso:account:access\n\
             [services fakes]\nsso =\n  endpoint_url = {url}\n"
        )
    };
    Stage::watching(Some(home().join(".aws")), told, Some(Source { address, answer: sso, begins }), config)
}

#[expect(clippy::disallowed_methods, reason = "the process that tells a story has a home of its own")]
fn home() -> PathBuf {
    std::env::var("HOME").unwrap().into()
}

#[tokio::test]
#[ignore = "told by a process of its own"]
async fn ended() {
    let Some(address) = source() else { return };
    let stage = stage(address);
    stage.asks_a_hundred_times_at_once().await;
    assert_eq!((renewals(&stage), stage.loads()), (1, 1), "one for a hundred");
    let token = token_in(&home());
    assert_eq!((&token["accessToken"], &token["refreshToken"]), (&"good-renewed".into(), &"next".into()));
    // Keys that are renewed within the life of the token need no other token.
    stage.renew();
    stage.passes(SignedDuration::from_mins(56));
    stage.asks_a_hundred_times_at_once().await;
    stage.has_loaded(2).await;
    stage.signs_with_the_newest().await;
    assert_eq!((renewals(&stage), stage.loads()), (1, 2));
}

#[tokio::test]
#[ignore = "told by a process of its own"]
async fn refused() {
    let Some(address) = source() else { return };
    let (stage, home) = (stage(address), home());
    stage.asks_a_hundred_times_at_once().await;
    assert_eq!((renewals(&stage), stage.loads()), (0, 1), "the token is good for an hour");
    // The session was ended elsewhere; the keys that it gave serve to their end.
    leave_token(&home, "bad-ended", "of-another-session", in_minutes(-1));
    assert!(stage.fetcher.credentials_changed());
    stage.passes(SignedDuration::from_mins(31));
    stage.asks_a_hundred_times_at_once().await;
    stage.has_loaded(2).await;
    assert_eq!(renewals(&stage), 1);
    stage.passes(SignedDuration::from_mins(30));
    let end = token_in(&home)["expiresAt"].as_str().unwrap().parse::<Timestamp>().unwrap();
    let year = |at: Timestamp| at.to_zoned(TimeZone::UTC).year();
    // It ended a minute before the stage began, on which 61 have passed: the year is told where it is another.
    let is_other_year = year(end) != year(end + SignedDuration::from_mins(62));
    let end = end.strftime(if is_other_year { "%-d %b %Y %H:%M UTC" } else { "%-d %b %H:%M UTC" });
    for _ in 0..100 {
        let answer = stage.ask().await;
        let failure = answer.result.unwrap_err();
        assert_eq!((failure.kind, answer.attempts), (FailureKind::Credentials, 0));
        assert_eq!(
            failure.to_string(),
            format!(
                "Profile prod (account 1234…9012) is signed out of SSO session corporate (ended {end}). \
                 Run in another window: aws sso login --profile prod"
            )
        );
        assert_eq!(failure.command.unwrap().raw(), "aws sso login --profile prod");
    }
    assert_eq!((renewals(&stage), stage.loads()), (2, 3), "one try for a hundred");
    assert!(!stage.fetcher.credentials_changed());
    // `aws sso login` in another window.
    stage.renew();
    leave_token(&home, "good-again", "of-the-session", in_minutes(480));
    assert!(stage.fetcher.credentials_changed());
    stage.asks_a_hundred_times_at_once().await;
    stage.signs_with_the_newest().await;
    assert_eq!((renewals(&stage), stage.loads()), (2, 4));
}
