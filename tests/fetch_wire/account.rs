//! Whose credentials sign: profiles of the shared config, wrong keys, session tokens, and none at all.

use crate::{PORTLAND, key, key_at, keys, now, service, start, with_files};
use chimewatch::domain::{Failure, FailureKind};
use chimewatch::fetch::{CredentialSource, FetchOptions, Fetcher, Keys, SharedFiles, Timeouts};
use chimewatch::order_service::{Credentials, Fault, Lasts, Options, OrderService, Target, WorldTime};
use std::path::PathBuf;
use std::time::Duration;
use tempfile::TempDir;

/// A shared config in a directory of its own.
struct Files {
    directory: TempDir,
}

impl Files {
    fn new(config: &str, credentials: &str) -> Self {
        let files = Self { directory: tempfile::tempdir().unwrap() };
        std::fs::write(files.config(), config).unwrap();
        files.sign_in(credentials);
        files
    }

    fn sign_in(&self, credentials: &str) {
        std::fs::write(self.credentials(), credentials).unwrap();
    }

    fn config(&self) -> PathBuf {
        self.directory.path().join("config")
    }

    fn credentials(&self) -> PathBuf {
        self.directory.path().join("credentials")
    }

    fn fetcher(&self) -> Fetcher {
        with_files(&self.config(), &self.credentials())
    }

    async fn failure(&self, profile: &str) -> Failure {
        let service = service();
        let key = key_at(&service.endpoint(), Some(profile), PORTLAND);
        let failure = self.fetcher().get(&key).await.result.unwrap_err();
        assert_eq!(service.counters().connections, 0, "nothing is sent without credentials");
        failure
    }
}

/// A profile with the service's keys, for the credentials file.
fn profile(name: &str, service: &OrderService) -> String {
    let Credentials { access_key_id, secret_access_key, session_token } = service.credentials();
    let token =
        session_token.as_ref().map(|token| format!("aws_session_token={token}\n")).unwrap_or_default();
    format!("[{name}]\naws_access_key_id={access_key_id}\naws_secret_access_key={secret_access_key}\n{token}")
}

#[tokio::test]
async fn a_profile_of_the_shared_config_signs_and_names_its_region() {
    let service = service();
    let config = "[profile prod]\nregion = us-west-2\n[profile role]\nsource_profile = prod\n";
    let files = Files::new(config, &profile("prod", &service));
    let fetcher = files.fetcher();
    let key = key_at(&service.endpoint(), Some("prod"), PORTLAND);
    assert!(fetcher.get(&key).await.result.is_ok());
    assert_eq!(fetcher.region_of(Some("prod")).await.as_deref(), Some("us-west-2"));
    assert_eq!(fetcher.region_of(Some("role")).await.as_deref(), Some("us-west-2"));
    assert_eq!(fetcher.region_of(Some("nobody")).await, None);
}

/// A service that wants a session token.
fn with_token() -> OrderService {
    let credentials = Credentials { session_token: Some("the-token".to_owned()), ..Credentials::default() };
    start(Options { credentials, time: WorldTime::Stepped, ..Options::default() })
}

#[tokio::test]
async fn a_session_token_is_sent_and_signed() {
    let service = with_token();
    let files = Files::new("", &profile("prod", &service));
    let key = key_at(&service.endpoint(), Some("prod"), PORTLAND);
    assert!(files.fetcher().get(&key).await.result.is_ok());
}

#[tokio::test]
async fn wrong_keys_are_refused_and_the_account_rests() {
    let service = with_token();
    let right = keys(service.credentials());
    let wrong = [
        Keys { access_key_id: "AKIDOTHER".to_owned(), ..right.clone() },
        Keys { secret_access_key: "other".to_owned(), ..right.clone() },
        Keys { session_token: Some("other".to_owned()), ..right.clone() },
        Keys { session_token: None, ..right },
    ];
    for keys in wrong {
        let fetcher = Fetcher::new(FetchOptions::with_keys(keys), crate::now);
        let answer = fetcher.get(&key(&service, PORTLAND)).await;
        let failure = answer.result.unwrap_err();
        assert_eq!((failure.kind, answer.attempts), (FailureKind::Unauthorized, 1), "{failure}");
        assert!(failure.kind.rests_the_account());
    }
}

#[tokio::test]
async fn a_credential_process_signs_and_what_it_prints_when_it_fails_is_told() {
    let service = service();
    let Credentials { access_key_id, secret_access_key, .. } = service.credentials();
    let printed =
        format!(r#"{{"Version":1,"AccessKeyId":"{access_key_id}","SecretAccessKey":"{secret_access_key}"}}"#);
    let directory = tempfile::tempdir().unwrap();
    let script = directory.path().join("keys.json");
    std::fs::write(&script, printed).unwrap();
    let config = format!(
        "[profile prod]\ncredential_process = cat {}\n[profile broken]\ncredential_process = echo locked >&2; exit 1\n",
        script.display()
    );
    let files = Files::new(&config, "");
    let key = key_at(&service.endpoint(), Some("prod"), PORTLAND);
    assert!(files.fetcher().get(&key).await.result.is_ok());
    let failure = files.failure("broken").await;
    assert_eq!(failure.kind, FailureKind::Credentials);
    assert!(failure.what.raw().contains("locked"), "{failure}");
}

#[tokio::test]
async fn what_is_lacking_is_told_with_the_command_that_mends_it() {
    let config = "[profile empty]\nregion = us-east-1\n\
        [profile sso]\nsso_session = corporate\nsso_account_id = 123456789012\nsso_role_name = reader\n\
        [sso-session corporate]\nsso_region = us-east-1\nsso_start_url = https://127.0.0.1:1/start\n";
    let files = Files::new(config, "");
    let cases = [
        (
            "empty",
            "No credentials for profile empty. Looked in: ~/.aws. \
             Run in another window: aws configure --profile empty",
        ),
        (
            "nobody",
            &format!(
                "There is no profile 'nobody' in {}; there are empty, sso. Name one of them with --profile \
                 or in the watchlist",
                files.config().display()
            ),
        ),
        (
            "sso",
            "Profile sso (account 1234…9012) is signed out of SSO session corporate. \
             Run in another window: aws sso login --profile sso",
        ),
    ];
    for (profile, text) in cases {
        let failure = files.failure(profile).await;
        assert_eq!((failure.to_string().as_str(), failure.kind), (text, FailureKind::Credentials));
    }
}

#[tokio::test]
async fn who_signs_in_later_is_noticed_without_a_new_start() {
    let service = service();
    let files = Files::new("[profile prod]\n", "");
    let fetcher = files.fetcher();
    let key = key_at(&service.endpoint(), Some("prod"), PORTLAND);
    assert!(!fetcher.credentials_changed(), "nothing was read yet");
    assert_eq!(fetcher.get(&key).await.result.unwrap_err().kind, FailureKind::Credentials);
    assert!(!fetcher.credentials_changed());
    // Between the failure and the next look.
    files.sign_in(&profile("prod", &service));
    assert!(fetcher.credentials_changed());
    assert!(!fetcher.credentials_changed(), "told once");
    assert!(fetcher.get(&key).await.result.is_ok());
    assert!(!fetcher.credentials_changed());
}

#[tokio::test]
async fn keys_that_are_exchanged_during_a_run_take_effect_once_the_old_ones_are_forgotten() {
    let service = service();
    let files = Files::new("[profile prod]\n", &profile("prod", &service));
    let fetcher = files.fetcher();
    let key = key_at(&service.endpoint(), Some("prod"), PORTLAND);
    assert!(fetcher.get(&key).await.result.is_ok());
    files.sign_in("[prod]\naws_access_key_id=AKIDOTHER\naws_secret_access_key=other\n");
    assert!(fetcher.get(&key).await.result.is_ok());
    assert!(fetcher.credentials_changed());
    fetcher.forget_credentials();
    assert_eq!(fetcher.get(&key).await.result.unwrap_err().kind, FailureKind::Unauthorized);
    files.sign_in(&profile("prod", &service));
    assert!(fetcher.credentials_changed());
    assert!(fetcher.get(&key).await.result.is_ok());
}

#[tokio::test]
async fn files_that_do_not_exist_are_files_without_profiles() {
    let files = Files { directory: tempfile::tempdir().unwrap() };
    assert_eq!(files.failure("prod").await.kind, FailureKind::Credentials);
    assert_eq!(files.fetcher().region_of(Some("prod")).await, None);
}

#[tokio::test]
async fn an_operation_ends_in_time_whatever_it_waits_for_and_its_credentials_serve_the_next_one() {
    let home = tempfile::tempdir().unwrap();
    let service = service();
    let keys = service.credentials();
    let json = format!(
        r#"{{"Version":1,"AccessKeyId":"{}","SecretAccessKey":"{}"}}"#,
        keys.access_key_id, keys.secret_access_key
    );
    std::fs::write(home.path().join("keys.json"), json).unwrap();
    std::fs::write(
        home.path().join("config"),
        format!("[profile slow]\ncredential_process = sleep 2; cat {}/keys.json\n", home.path().display()),
    )
    .unwrap();
    let files = SharedFiles {
        config: Some(home.path().join("config")),
        credentials: Some(home.path().join("credentials")),
        ..SharedFiles::default()
    };
    let timeouts = Timeouts {
        read: Duration::from_millis(300),
        operation: Duration::from_millis(1300),
        ..Timeouts::default()
    };
    let credentials = CredentialSource::Chain(files);
    let fetcher = Fetcher::new(FetchOptions { credentials, timeouts, ..FetchOptions::default() }, now);
    let key = key_at(&service.endpoint(), Some("slow"), PORTLAND);
    let failure = fetcher.get(&key).await.result.unwrap_err();
    let what = "No credentials for profile slow from its credential process: no answer within 1 s";
    assert_eq!((failure.kind, failure.what.raw()), (FailureKind::Credentials, what));
    assert_eq!(service.counters().requests, 0);
    let serves = async { while fetcher.get(&key).await.result.is_err() {} };
    tokio::time::timeout(Duration::from_mins(1), serves).await.unwrap();

    // Once they are there, what is left of the operation is for the attempt.
    service.set_fault(Target::Every, Lasts::UntilCleared, Fault::Hang);
    let failure = fetcher.get(&key).await.result.unwrap_err();
    assert_eq!(failure.kind, FailureKind::Timeout, "{failure}");
    assert!(failure.what.raw().contains("no answer in us-east-1 as slow within 1.3 s"), "{failure}");
}
