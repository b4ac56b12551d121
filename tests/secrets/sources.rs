//! Where credentials come from: each source with canaries in it.

use crate::canary::{ACCESS_KEY_ID, CONTAINER, PROXY, REFRESH, SECRET, SESSION, SSO, WEB_IDENTITY};
use crate::listener::{Listener, Reply};
use std::fs;
use std::path::Path;

/// A source of credentials.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Source {
    /// Variables.
    Environment,
    /// A profile of the shared credentials.
    Profile,
    /// A credential process that works.
    Process,
    /// One that prints secrets to standard error and fails.
    ProcessThatFails,
    /// One that prints secrets in another form than it should.
    ProcessOfGarbage,
    /// One whose credentials have expired.
    ProcessThatIsLate,
    /// An agent of a container.
    Container,
    /// The same, which answers with what it was sent.
    ContainerThatEchoes,
    /// The metadata service of an instance.
    Instance,
    /// The same, which answers with what it was sent.
    InstanceThatEchoes,
    /// A session of `aws sso login`, whose portal stands behind a proxy that is away.
    SsoBehindAProxy,
    /// A session that has ended.
    SsoThatEnded,
    /// The same, whose services answer the renewal and the request for keys with what they were sent.
    SsoThatEchoes,
    /// A session in a file that is no JSON any more.
    SsoOfGarbage,
    /// A role that is assumed with the keys of a profile, behind the same proxy.
    RoleBehindAProxy,
    /// A web identity, behind the same proxy.
    WebIdentityBehindAProxy,
    /// Keys in a shared config that does not parse.
    ConfigOfGarbage,
}

/// What a source adds to the environment, and what has to live meanwhile.
#[derive(Debug, Default)]
pub(crate) struct Given {
    pub(crate) environment: Vec<(&'static str, String)>,
    /// Who gives the credentials, until this is dropped.
    _listener: Option<Listener>,
}

impl Source {
    /// Whether it gives credentials that sign.
    pub(crate) fn signs(self) -> bool {
        matches!(self, Self::Environment | Self::Profile | Self::Process | Self::Container | Self::Instance)
    }

    /// Writes what it needs below `home`, in the files of `given_files`.
    pub(crate) fn set_up(self, home: &Path) -> Given {
        let config = |text: String| fs::write(home.join("aws-config"), text).unwrap();
        match self {
            Self::Environment => given([
                ("AWS_ACCESS_KEY_ID", ACCESS_KEY_ID.to_owned()),
                ("AWS_SECRET_ACCESS_KEY", SECRET.to_owned()),
                ("AWS_SESSION_TOKEN", SESSION.to_owned()),
            ]),
            Self::Profile => {
                fs::write(home.join("aws-credentials"), format!("[default]\n{}", keys())).unwrap();
                Given::default()
            }
            Self::Process => process(home, &printed("2099-01-01T00:00:00Z"), 0),
            Self::ProcessThatIsLate => process(home, &printed("2020-01-01T00:00:00Z"), 0),
            Self::ProcessOfGarbage => process(
                home,
                &format!(
                    "{{\"Version\":1,\"AccessKeyId\":\"{ACCESS_KEY_ID}\",\"SecretAccessKey\":\"{SECRET}"
                ),
                0,
            ),
            Self::ProcessThatFails => {
                process(home, &format!("no luck with {ACCESS_KEY_ID}/{SECRET}: {SESSION}"), 3)
            }
            Self::Container => container(Reply::Container),
            Self::ContainerThatEchoes => container(Reply::EchoedText(500)),
            Self::Instance => instance(Reply::Metadata),
            Self::InstanceThatEchoes => instance(Reply::EchoedText(403)),
            Self::SsoBehindAProxy => sso(home, &token("2099-01-01T00:00:00Z")),
            Self::SsoThatEnded => sso(home, &token("2020-01-01T00:00:00Z")),
            Self::SsoThatEchoes => {
                sso(home, &token("2020-01-01T00:00:00Z"));
                let listener = Listener::start(Reply::EchoedText(400));
                let environment = ["AWS_ENDPOINT_URL_SSO_OIDC", "AWS_ENDPOINT_URL_SSO"]
                    .map(|name| (name, listener.url()))
                    .into();
                Given { environment, _listener: Some(listener) }
            }
            Self::SsoOfGarbage => sso(home, &format!("{{\"accessToken\":\"{SSO}\",")),
            Self::RoleBehindAProxy => {
                config(format!(
                    "[default]\nrole_arn = arn:aws:iam::123456789012:role/r\nsource_profile = keys\n[profile keys]\n{}",
                    keys()
                ));
                given([behind_a_proxy()])
            }
            Self::WebIdentityBehindAProxy => {
                let file = home.join("web-identity");
                fs::write(&file, WEB_IDENTITY).unwrap();
                given([
                    behind_a_proxy(),
                    ("AWS_WEB_IDENTITY_TOKEN_FILE", file.display().to_string()),
                    ("AWS_ROLE_ARN", "arn:aws:iam::123456789012:role/r".to_owned()),
                ])
            }
            Self::ConfigOfGarbage => {
                config(format!("[default\naws_secret_access_key = {SECRET}\n{SECRET}\n"));
                Given::default()
            }
        }
    }
}

/// Files that hold canaries because somebody put them there.
pub(crate) fn is_given(path: &Path) -> bool {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let is_of_sso = path.components().any(|part| part.as_os_str() == "sso");
    is_of_sso || ["aws-config", "aws-credentials", "web-identity", "printed"].contains(&&*name)
}

fn given<const N: usize>(environment: [(&'static str, String); N]) -> Given {
    Given { environment: environment.into(), _listener: None }
}

fn keys() -> String {
    format!(
        "aws_access_key_id = {ACCESS_KEY_ID}\naws_secret_access_key = {SECRET}\naws_session_token = {SESSION}\n"
    )
}

/// A proxy with a password, at a port where nobody listens.
fn behind_a_proxy() -> (&'static str, String) {
    ("HTTPS_PROXY", format!("http://canary:{PROXY}@127.0.0.1:9"))
}

fn printed(expires: &str) -> String {
    format!(
        r#"{{"Version":1,"AccessKeyId":"{ACCESS_KEY_ID}","SecretAccessKey":"{SECRET}","SessionToken":"{SESSION}","Expiration":"{expires}"}}"#
    )
}

/// A process that prints this, to standard error if it fails, and writes down its arguments.
fn process(home: &Path, text: &str, code: u8) -> Given {
    fs::write(home.join("printed"), text).unwrap();
    let stream = if code == 0 { "" } else { ">&2" };
    let home = home.display();
    let script = format!("cat /proc/$$/cmdline >{home}/argv\ncat {home}/printed {stream}\nexit {code}\n");
    fs::write(format!("{home}/process"), script).unwrap();
    fs::write(format!("{home}/aws-config"), format!("[default]\ncredential_process = sh {home}/process\n"))
        .unwrap();
    Given::default()
}

fn container(reply: Reply) -> Given {
    let listener = Listener::start(reply);
    let environment = vec![
        ("AWS_CONTAINER_CREDENTIALS_FULL_URI", format!("{}/role", listener.url())),
        ("AWS_CONTAINER_AUTHORIZATION_TOKEN", CONTAINER.to_owned()),
    ];
    Given { environment, _listener: Some(listener) }
}

fn instance(reply: Reply) -> Given {
    let listener = Listener::start(reply);
    let environment = vec![
        ("AWS_EC2_METADATA_DISABLED", "false".to_owned()),
        ("AWS_EC2_METADATA_SERVICE_ENDPOINT", listener.url()),
    ];
    Given { environment, _listener: Some(listener) }
}

fn token(expires: &str) -> String {
    format!(
        r#"{{"accessToken":"{SSO}","expiresAt":"{expires}","refreshToken":"{REFRESH}","clientId":"client",
        "clientSecret":"{REFRESH}","registrationExpiresAt":"2099-01-01T00:00:00Z","region":"us-east-1",
        "startUrl":"https://example.awsapps.com/start"}}"#
    )
}

fn sso(home: &Path, cached: &str) -> Given {
    let config = "[default]\nsso_session = canary\nsso_account_id = 123456789012\nsso_role_name = r\n\
                  [sso-session canary]\nsso_region = us-east-1\nsso_start_url = https://example.awsapps.com/start\n";
    fs::write(home.join("aws-config"), config).unwrap();
    let cache = home.join(".aws/sso/cache");
    fs::create_dir_all(&cache).unwrap();
    // The SHA-1 of `canary`.
    fs::write(cache.join("b47ddfd6afd2a9c383947c898d5b43ff0ef50eb8.json"), cached).unwrap();
    given([behind_a_proxy()])
}
