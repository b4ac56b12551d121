//! Credentials that the surroundings of the process give: its environment, its home, the container or the instance
//! that it runs in. The program is started with an environment of its own.

use crate::fake::{Fake, Reply, Seen};
use crate::{PORTLAND, service};
use chimewatch::order_service::{Credentials, OrderService};
use std::path::Path;
use std::process::{Command, Output};
use tempfile::TempDir;

/// An account, and a home without anything.
struct Stage {
    home: TempDir,
    service: OrderService,
}

impl Stage {
    fn new() -> Self {
        Self { home: tempfile::tempdir().unwrap(), service: service() }
    }

    fn write(&self, path: &str, text: &str) {
        let path = self.home.path().join(path);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
    }

    /// `chimewatch get` with nothing of this machine's environment but what is given.
    fn get(&self, arguments: &[&str], environment: &[(&str, &str)]) -> Output {
        Command::new(env!("CARGO_BIN_EXE_chimewatch"))
            .args(["get", PORTLAND, "--region", "us-east-1", "--endpoint-url", &self.service.endpoint()])
            .args(arguments)
            .env_clear()
            .envs([("PATH", "/usr/bin:/bin"), ("AWS_EC2_METADATA_DISABLED", "true")])
            .env("HOME", self.home.path())
            .envs(environment.iter().copied())
            .output()
            .unwrap()
    }

    #[track_caller]
    fn is_answered(&self, arguments: &[&str], environment: &[(&str, &str)]) {
        let output = self.get(arguments, environment);
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    }

    #[track_caller]
    fn lacks(&self, arguments: &[&str], environment: &[(&str, &str)], says: &[&str]) {
        let output = self.get(arguments, environment);
        let told = String::from_utf8_lossy(&output.stderr);
        assert_eq!(output.status.code(), Some(4), "{told}");
        for text in says {
            assert!(told.contains(text), "{told}");
        }
        assert_eq!(self.service.counters().requests, 0);
    }

    /// The account's keys, as the metadata services and credential processes write them.
    fn json(&self) -> String {
        let Credentials { access_key_id, secret_access_key, .. } = self.service.credentials();
        format!(
            r#"{{"Code":"Success","Version":1,"AccessKeyId":"{access_key_id}","SecretAccessKey":"{secret_access_key}","Token":"t","SessionToken":"t","Expiration":"2099-01-01T00:00:00Z"}}"#
        )
    }
}

/// Nobody listens there.
fn closed() -> String {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    format!("http://{}", listener.local_addr().unwrap())
}

#[test]
fn keys_of_the_environment_sign_and_win_over_a_profile_that_the_environment_names() {
    let stage = Stage::new();
    let keys = stage.service.credentials();
    stage.write(".aws/config", "[profile other]\naws_access_key_id = AKIDOTHER\naws_secret_access_key = s\n");
    let mut environment = vec![
        ("AWS_ACCESS_KEY_ID", &*keys.access_key_id),
        ("AWS_SECRET_ACCESS_KEY", &*keys.secret_access_key),
    ];
    stage.is_answered(&[], &environment);
    environment.push(("AWS_PROFILE", "other"));
    stage.is_answered(&[], &environment);
    let output = stage.get(&["--profile", "other"], &environment);
    assert_eq!(output.status.code(), Some(4), "a profile that is typed wins over the keys");
}

#[test]
fn an_instance_gives_keys() {
    let stage = Stage::new();
    let json = stage.json();
    let instance = Fake::start(move |seen: &Seen| match (&*seen.method, &*seen.target) {
        ("PUT", "/latest/api/token") => Reply {
            headers: vec![("x-aws-ec2-metadata-token-ttl-seconds", "21600".to_owned())],
            ..Reply::new(200, "the-token")
        },
        (_, "/latest/meta-data/iam/security-credentials/") => Reply::new(200, "reader"),
        (_, "/latest/meta-data/iam/security-credentials/reader") => Reply::new(200, json.clone()),
        _ => Reply::new(404, ""),
    });
    let environment =
        [("AWS_EC2_METADATA_DISABLED", "false"), ("AWS_EC2_METADATA_SERVICE_ENDPOINT", &*instance.url())];
    stage.is_answered(&[], &environment);
    let targets: Vec<_> = instance.seen().into_iter().map(|seen| seen.target).collect();
    let below = "/latest/meta-data/iam/security-credentials/";
    assert_eq!(targets, ["/latest/api/token".to_owned(), below.to_owned(), format!("{below}reader")]);
}

#[test]
fn where_no_instance_answers_nobody_waits_for_it() {
    let stage = Stage::new();
    let environment =
        [("AWS_EC2_METADATA_DISABLED", "false"), ("AWS_EC2_METADATA_SERVICE_ENDPOINT", &*closed())];
    stage.lacks(&[], &environment, &["Looked in: environment, ~/.aws, container, instance", "aws configure"]);
}

#[test]
fn a_container_gives_keys() {
    let stage = Stage::new();
    let json = stage.json();
    let container = Fake::start(move |seen: &Seen| match seen.header("authorization") {
        Some("the-token") => Reply::new(200, json.clone()),
        _ => Reply::new(403, ""),
    });
    let url = format!("{}/keys", container.url());
    let environment =
        [("AWS_CONTAINER_CREDENTIALS_FULL_URI", &*url), ("AWS_CONTAINER_AUTHORIZATION_TOKEN", "the-token")];
    stage.is_answered(&[], &environment);
    assert_eq!(container.seen().len(), 1);
}

/// A session that `aws sso login` has left, and the portal that it opens.
const SSO: &str = "[profile prod]\nsso_session = corporate\nsso_account_id = 123456789012\nsso_role_name = reader\n\
    services = fakes\n[sso-session corporate]\nsso_region = us-east-1\n\
    sso_start_url = https://example.awsapps.com/start\n[services fakes]\nsso =\n  endpoint_url = ";
/// SHA-1 of `corporate`.
const TOKEN: &str = ".aws/sso/cache/e276d18d65653fa285155bfd3e11ab029306830c.json";

fn token(expires: &str) -> String {
    format!(
        r#"{{"startUrl":"https://example.awsapps.com/start","region":"us-east-1","accessToken":"the-token","expiresAt":"{expires}"}}"#
    )
}

#[test]
fn a_session_of_sso_gives_keys_and_where_it_has_ended_the_command_that_opens_another() {
    let stage = Stage::new();
    let Credentials { access_key_id, secret_access_key, .. } = stage.service.credentials().clone();
    let portal = Fake::start(move |seen: &Seen| match seen.header("x-amz-sso_bearer_token") {
        Some("the-token") if seen.target.contains("account_id=123456789012") => Reply::new(
            200,
            format!(
                r#"{{"roleCredentials":{{"accessKeyId":"{access_key_id}","secretAccessKey":"{secret_access_key}","sessionToken":"t","expiration":4070908800000}}}}"#
            ),
        ),
        _ => Reply {
            headers: vec![("x-amzn-ErrorType", "UnauthorizedException".to_owned())],
            ..Reply::new(401, r#"{"message":"Session token not found or invalid"}"#)
        },
    });
    stage.write(".aws/config", &format!("{SSO}{}\n", portal.url()));
    let ended = [
        "Profile prod (account 1234…9012) is signed out of SSO session corporate",
        "aws sso login --profile prod",
    ];
    stage.lacks(&["--profile", "prod"], &[], &ended);
    stage.write(TOKEN, &token("2020-01-01T00:00:00Z"));
    stage.lacks(&["--profile", "prod"], &[], &[ended[0], " (ended 1 Jan 2020 00:00 UTC)", ended[1]]);
    stage.write(TOKEN, &token("2099-01-01T00:00:00Z").replace("the-token", "a-revoked-one"));
    stage.lacks(&["--profile", "prod"], &[], &ended);
    stage.write(TOKEN, &token("2099-01-01T00:00:00Z"));
    stage.is_answered(&["--profile", "prod"], &[]);
}

#[cfg(unix)]
#[test]
fn a_session_of_aws_login_is_read_through_the_aws_cli() {
    use std::os::unix::fs::PermissionsExt as _;
    let stage = Stage::new();
    stage.write(".aws/config", "[profile prod]\nlogin_session = arn:aws:iam::123456789012:user/me\n");
    let script = |text: &str| {
        stage.write("bin/aws", &format!("#!/bin/sh\n{text}\n"));
        let path = stage.home.path().join("bin/aws");
        std::fs::set_permissions(path, std::fs::Permissions::from_mode(0o755)).unwrap();
    };
    let path = |first: &Path| format!("{}:/usr/bin:/bin", first.display());
    let with_cli = path(&stage.home.path().join("bin"));
    let environment = [("PATH", &*with_cli)];
    let profile = ["--profile", "prod"];
    script("echo 'Your session has expired' >&2; exit 255");
    let ended = ["Profile prod (account 1234…9012) is signed out of aws login", "aws login --profile prod"];
    stage.lacks(&profile, &environment, &ended);
    script(&format!(
        "[ \"$*\" = \"configure export-credentials --format process --profile prod\" ] && echo '{}'",
        stage.json()
    ));
    stage.is_answered(&profile, &environment);
}

#[test]
fn the_correction_of_a_wrong_clock_can_be_switched_off() {
    use chimewatch::order_service::{Options, WorldTime};
    let clock_offset = jiff::SignedDuration::from_hours(1);
    let service = crate::start(Options { clock_offset, time: WorldTime::Stepped, ..Options::default() });
    let stage = Stage { service, ..Stage::new() };
    let keys = stage.service.credentials();
    let mut environment = vec![
        ("AWS_ACCESS_KEY_ID", &*keys.access_key_id),
        ("AWS_SECRET_ACCESS_KEY", &*keys.secret_access_key),
    ];
    stage.is_answered(&[], &environment);
    environment.push(("AWS_DISABLE_CLOCK_SKEW_CORRECTION", "true"));
    assert_eq!(stage.get(&[], &environment).status.code(), Some(4));
}
