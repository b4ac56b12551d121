use super::*;
use crate::domain::{OrderKey, PhoneNumberOrderId, Scope, Text};

fn key(profile: Option<&str>) -> OrderKey {
    let scope = Scope { profile: profile.map(Into::into), region: "us-east-1".into(), endpoint: None };
    let id = PhoneNumberOrderId::parse("3f2a91c0-77aa-4e0b-9a55-0d1f5e2bc01d").unwrap();
    OrderKey { scope: scope.into(), id }
}

fn from(origin: Origin) -> Source {
    Source { origin, account: Some("123456789012".to_owned()), ..Source::default() }
}

fn sso() -> Origin {
    Origin::Sso(Some("corporate".to_owned()))
}

#[test]
fn lacking_credentials_are_told_with_profile_account_source_and_the_command_that_mends_them() {
    let of_role = Source {
        base: Some("base".to_owned()),
        role: Some("arn:aws:iam::123456789012:role/team/reader".to_owned()),
        ..from(sso())
    };
    let cases = [
        (
            Lack::Nowhere,
            Source::default(),
            None,
            "No credentials for profile default. Looked in: environment, ~/.aws, container. \
             Run in another window: aws configure",
        ),
        (
            Lack::Nowhere,
            Source::default(),
            Some("prod"),
            "No credentials for profile prod. Looked in: environment, ~/.aws, container. \
             Run in another window: aws configure --profile prod",
        ),
        (
            Lack::Nowhere,
            Source { origin: Origin::Instance, ..Source::default() },
            Some("prod"),
            "No credentials for profile prod from the instance: the cause. Run in another window to see more: \
             aws sts get-caller-identity --profile prod",
        ),
        (
            Lack::UnknownProfile,
            Source::default(),
            Some("prod"),
            "There is no profile 'prod' in ~/.aws/config, nor any other. Run in another window: \
             aws configure --profile prod",
        ),
        (
            Lack::SignedOut,
            from(sso()),
            Some("prod"),
            "Profile prod (account 1234…9012) is signed out of SSO session corporate. \
             Run in another window: aws sso login --profile prod",
        ),
        (
            Lack::SignedOut,
            from(sso()),
            None,
            "Profile default (account 1234…9012) is signed out of SSO session corporate. \
             Run in another window: aws sso login --sso-session corporate",
        ),
        (
            Lack::SignedOut,
            of_role.clone(),
            Some("prod"),
            "Profile prod (account 1234…9012) is signed out of SSO session corporate (profile base). \
             Run in another window: aws sso login --profile base",
        ),
        (
            Lack::SignedOut,
            from(Origin::Login),
            Some("my prod"),
            "Profile my prod (account 1234…9012) is signed out of aws login. \
             Run in another window: aws login --profile 'my prod'",
        ),
        (
            Lack::Expired,
            from(Origin::Process),
            Some("prod"),
            "The credentials of profile prod (account 1234…9012) from its credential process have expired. \
             Look at its credential_process: aws sts get-caller-identity --profile prod",
        ),
        (
            Lack::Broken,
            of_role,
            Some("prod"),
            "No credentials for profile prod (account 1234…9012) from role reader by SSO session corporate: the \
             cause. Run in another window to see more: aws sts get-caller-identity --profile prod",
        ),
        (
            Lack::Broken,
            Source::default(),
            Some("prod"),
            "No credentials for profile prod: the cause. Run in another window to see more: \
             aws sts get-caller-identity --profile prod",
        ),
    ];
    let places = "environment, ~/.aws, container";
    let profiles = Profiles { file: "~/.aws/config".to_owned(), names: vec![], places };
    for (lack, source, profile, text) in cases {
        let reason = lacking(lack, source, None);
        let failure = no_credentials(Question::Order(&key(profile)), &reason, &profiles);
        assert_eq!((failure.to_string().as_str(), failure.kind), (text, FailureKind::Credentials));
        assert!(failure.next_step.raw().ends_with(failure.command.unwrap().raw()));
    }
}

fn lacking(lack: Lack, source: Source, ended: Option<&str>) -> NoCredentials {
    let (detail, source) = ("the cause".to_owned(), source.into());
    NoCredentials { lack, detail, source, ended: ended.map(str::to_owned) }
}

#[test]
fn when_a_session_or_what_it_gave_ended_is_said_where_it_is_known() {
    let of_base = Source { base: Some("base".to_owned()), ..from(sso()) };
    let cases = [
        (
            Lack::SignedOut,
            from(sso()),
            "Profile prod (account 1234…9012) is signed out of SSO session corporate (ended 28 Nov 13:40 UTC)",
        ),
        (
            Lack::SignedOut,
            of_base,
            "Profile prod (account 1234…9012) is signed out of SSO session corporate (profile base, ended 28 Nov 13:40 UTC)",
        ),
        (
            Lack::SignedOut,
            from(Origin::Sso(None)),
            "Profile prod (account 1234…9012) is signed out of SSO (session ended 28 Nov 13:40 UTC)",
        ),
        (
            Lack::Expired,
            from(Origin::Process),
            "The credentials of profile prod (account 1234…9012) from its credential process have expired (28 Nov 13:40 UTC)",
        ),
    ];
    for (lack, source, what) in cases {
        let reason = lacking(lack, source, Some("28 Nov 13:40 UTC"));
        let failure = no_credentials(Question::Order(&key(Some("prod"))), &reason, &Profiles::default());
        assert_eq!(failure.what.raw(), what);
    }
}

#[test]
fn what_renews_an_ended_session_depends_on_who_gave_it() {
    let cases = [
        (sso(), "Run in another window: aws sso login --profile prod"),
        (Origin::Login, "Run in another window: aws login --profile prod"),
        (Origin::Keys, "Put new keys into the shared credentials file: aws configure --profile prod"),
        (Origin::Environment, "Put new keys into the environment and start again"),
        (Origin::Instance, "Run in another window to see more: aws sts get-caller-identity --profile prod"),
    ];
    let code = |code: &str| ErrorCode {
        code: code.into(),
        message: Text::default(),
        kind: FailureKind::Unauthorized,
    };
    for (origin, next_step) in cases {
        let failure =
            unauthorized(Question::Order(&key(Some("prod"))), &code("ExpiredToken"), "403 ExpiredToken");
        let renewed = renewed_by(failure.clone(), &from(origin.clone()), &code("ExpiredToken"));
        assert_eq!(renewed.next_step.raw(), next_step);
        let other = renewed_by(failure.clone(), &from(origin), &code("SignatureDoesNotMatch"));
        assert_eq!(other, failure, "another reason has another remedy");
    }
}

#[test]
fn an_account_is_shown_by_its_ends() {
    assert_eq!(masking::account("123456789012"), "1234…9012");
    assert_eq!(masking::account("12345678"), "…");
}

#[test]
fn the_profiles_that_somebody_may_have_meant_come_first_and_the_default_one_last() {
    let near = |wanted: &str, names: &[String]| {
        let names = names.iter().map(|name| name.as_str().into()).collect();
        Profiles { names, ..Profiles::default() }.near(wanted)
    };
    let few = ["audit", "default", "porting", "prod"].map(ToOwned::to_owned);
    assert_eq!(near("prd", &few), "prod, audit, porting, default");
    let many: Vec<String> = (10..30).map(|number| format!("account-{number}")).collect();
    assert_eq!(
        near("x", &many),
        "account-10, account-11, account-12, account-13, account-14, account-15, account-16, account-17 \
         and 12 more"
    );
}
