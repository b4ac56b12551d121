//! The same story of keys that end within a run, for the sources that only the environment of the process names: the
//! portal of SSO, whose token lies at home, the service of a container and that of an instance. What `aws-config` reads
//! of the environment it reads itself, so each story is told by a process of its own: this very program.

use crate::fake::{Reply, Seen};
use crate::sources::{Source, Stage, Told, World};
use jiff::Timestamp;
use std::net::{SocketAddr, TcpListener};
use std::path::Path;
use std::process::Command;

/// Where the source of keys listens, in the process that tells the story.
const SOURCE: &str = "SOURCE";
/// SHA-1 of `corporate`.
pub(crate) const TOKEN: &str = ".aws/sso/cache/e276d18d65653fa285155bfd3e11ab029306830c.json";

/// Runs one of the stories of a module, its source at an address that `environment` may name.
#[track_caller]
pub(crate) fn is_told(
    story: &str,
    environment: impl FnOnce(&Path, SocketAddr) -> Vec<(&'static str, String)>,
) {
    let home = tempfile::tempdir().unwrap();
    let address = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let output = Command::new(std::env::current_exe().unwrap())
        .args(["--exact", story, "--ignored", "--nocapture"])
        .env_clear()
        .envs([("PATH", "/usr/bin:/bin"), ("AWS_EC2_METADATA_DISABLED", "true")])
        .env("HOME", home.path())
        .env(SOURCE, address.to_string())
        .envs(environment(home.path(), address))
        .output()
        .unwrap();
    let said =
        [&output.stdout, &output.stderr].map(|said| String::from_utf8_lossy(said).into_owned()).concat();
    assert!(output.status.success() && said.contains("1 passed"), "{said}");
}

#[expect(clippy::disallowed_methods, reason = "the process that tells a story is told so by its environment")]
/// Where the source listens; none where the test was started by itself.
pub(crate) fn source() -> Option<SocketAddr> {
    std::env::var(SOURCE).ok()?.parse().ok()
}

/// The newest keys as the services of containers and instances write them.
fn json(world: &World) -> Reply {
    let (name, end) = world.keys.last().unwrap();
    Reply::new(
        200,
        format!(
            r#"{{"Code":"Success","Type":"AWS-HMAC","AccessKeyId":"{name}","SecretAccessKey":"s","Token":"t","Expiration":"{end}"}}"#
        ),
    )
}

#[test]
fn keys_of_a_session_of_sso_that_end_within_a_run() {
    is_told("within_a_run::sso", |home, _| {
        let token = home.join(TOKEN);
        std::fs::create_dir_all(token.parent().unwrap()).unwrap();
        let json = r#"{"startUrl":"https://example.awsapps.com/start","region":"us-east-1","accessToken":"the-token","expiresAt":"2099-01-01T00:00:00Z"}"#;
        std::fs::write(token, json).unwrap();
        Vec::new()
    });
}

#[tokio::test]
#[ignore = "told by a process of its own"]
async fn sso() {
    let Some(address) = source() else { return };
    let told = Told {
        profile: Some("prod"),
        account: Some("123456789012"),
        lacks: &["Profile prod (account 1234…9012) is signed out of SSO session corporate"],
    };
    let portal = Source { address, answer: portal, begins: |_| true };
    let config = |_: &_, url: &str| {
        format!(
            "[profile prod]\nsso_session = corporate\nsso_account_id = 123456789012\nsso_role_name = reader\n\
             services = fakes\n[sso-session corporate]\nsso_region = us-east-1\n\
             sso_start_url = https://example.awsapps.com/start\n[services fakes]\nsso =\n  endpoint_url = {url}\n"
        )
    };
    Stage::telling(told, Some(portal), config).run().await;
}

fn portal(world: &World, seen: &Seen) -> Reply {
    match seen.header("x-amz-sso_bearer_token") {
        Some("the-token") if !world.is_down => role(world),
        _ => no_session(),
    }
}

/// How the portal of SSO gives the newest keys.
pub(crate) fn role(world: &World) -> Reply {
    let (name, end) = world.keys.last().unwrap();
    let end = Timestamp::as_millisecond(*end);
    Reply::new(
        200,
        format!(
            r#"{{"roleCredentials":{{"accessKeyId":"{name}","secretAccessKey":"s","sessionToken":"t","expiration":{end}}}}}"#
        ),
    )
}

/// How it says that it knows no such token, or no longer.
pub(crate) fn no_session() -> Reply {
    let code = ("x-amzn-ErrorType", "UnauthorizedException".to_owned());
    let body = r#"{"message":"Session token not found or invalid"}"#;
    Reply { headers: vec![code], ..Reply::new(401, body) }
}

#[test]
fn keys_of_a_container_that_end_within_a_run() {
    is_told("within_a_run::container", |_, address| {
        vec![
            ("AWS_CONTAINER_CREDENTIALS_FULL_URI", format!("http://{address}/keys")),
            ("AWS_CONTAINER_AUTHORIZATION_TOKEN", "the-token".to_owned()),
        ]
    });
}

const UNNAMED: Told = Told { profile: None, account: None, lacks: &["No credentials for profile default"] };

#[tokio::test]
#[ignore = "told by a process of its own"]
async fn container() {
    let Some(address) = source() else { return };
    let answer = |world: &World, seen: &Seen| match seen.header("authorization") {
        Some("the-token") if !world.is_down => json(world),
        _ => Reply::new(403, ""),
    };
    let container = Source { address, answer, begins: |_| true };
    Stage::telling(UNNAMED, Some(container), |_, _| String::new()).run().await;
}

#[test]
fn keys_of_an_instance_that_end_within_a_run() {
    is_told("within_a_run::instance", |_, address| {
        vec![
            ("AWS_EC2_METADATA_DISABLED", "false".to_owned()),
            ("AWS_EC2_METADATA_SERVICE_ENDPOINT", format!("http://{address}")),
        ]
    });
}

/// Below it lies the name of the instance's role, and below that its keys.
const ROLES: &str = "/latest/meta-data/iam/security-credentials/";

#[tokio::test]
#[ignore = "told by a process of its own"]
async fn instance() {
    let Some(address) = source() else { return };
    let answer = |world: &World, seen: &Seen| match (&*seen.method, seen.target.strip_prefix(ROLES)) {
        ("PUT", None) => Reply {
            headers: vec![("x-aws-ec2-metadata-token-ttl-seconds", "21600".to_owned())],
            ..Reply::new(200, "the-token")
        },
        ("GET", Some("")) if !world.is_down => Reply::new(200, "reader"),
        ("GET", Some("reader")) if !world.is_down => json(world),
        _ => Reply::new(404, ""),
    };
    let instance = Source { address, answer, begins: |seen| seen.target == ROLES };
    // Where the instance gives none, `aws-config` may give the last ones again, which have ended.
    let lacks = &["The credentials of profile default have expired", "No credentials for profile default"];
    let told = Told { lacks, ..UNNAMED };
    Stage::telling(told, Some(instance), |_, _| String::new()).run().await;
}
