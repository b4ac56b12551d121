//! What the shared config says of a profile: region, endpoint, kinds of endpoints, and which profiles there are.

use crate::{PORTLAND, key_at, service, with_files};
use chimewatch::domain::{Failure, FailureKind, OrderKey, ProfileConfig, Scope};
use chimewatch::fetch::{CredentialSource, FetchOptions, Fetcher, SharedFiles};
use chimewatch::settings::Api;
use std::path::PathBuf;
use tempfile::TempDir;

const CONFIG: &str = "
[default]
region = eu-west-1
endpoint_url = https://default.example.com/
[profile prod]
region = us-west-2
services = corporate
endpoint_url = https://prod.example.com
[services corporate]
s3 =
  endpoint_url = https://s3.example.com
chime_sdk_voice =
  endpoint_url = http://127.0.0.1:4711
  other = 1
chime =
  endpoint_url = https://legacy.example.com
[profile others]
services = nothing-of-ours
endpoint_url = https://others.example.com
[services nothing-of-ours]
s3 =
  endpoint_url = https://s3.example.com
[profile dangling]
services = not-there
[profile ignoring]
ignore_configured_endpoint_urls = True
services = corporate
endpoint_url = https://ignored.example.com
[profile plain]
endpoint_url = http://example.com
[profile named]
endpoint_url = https://me:canary@gateway.example.com
[profile fips]
endpoint_url = http://127.0.0.1:4711
use_fips_endpoint = true
[profile odd]
region = us east
";

struct Files {
    directory: TempDir,
}

impl Files {
    fn new() -> Self {
        let files = Self { directory: tempfile::tempdir().unwrap() };
        std::fs::write(files.config(), CONFIG).unwrap();
        let keys =
            "[prod]\naws_access_key_id=AKID\naws_secret_access_key=secret\n[keys]\naws_access_key_id=AKID\n";
        std::fs::write(files.credentials(), keys).unwrap();
        files
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

    fn legacy(&self) -> Fetcher {
        let files = SharedFiles {
            config: Some(self.config()),
            credentials: Some(self.credentials()),
            ..SharedFiles::default()
        };
        let credentials = CredentialSource::Chain(files);
        let options = FetchOptions { credentials, api: Api::Chime, ..FetchOptions::default() };
        Fetcher::new(options, crate::now)
    }

    /// Why an order is not asked for where the profile says.
    async fn refusal(&self, profile: &str) -> Failure {
        let fetcher = self.fetcher();
        let ProfileConfig { region, endpoint } = fetcher.profile_config(Some(profile)).await;
        let region = region.unwrap_or_else(|| "us-east-1".into());
        let scope = Scope { profile: Some(profile.into()), region, endpoint };
        let key = OrderKey { scope: scope.into(), id: PORTLAND.parse().unwrap() };
        let answer = fetcher.get(&key).await;
        let listed = fetcher.list(&key.scope, None).await;
        assert_eq!((answer.attempts, listed.attempts), (0, 0));
        let failure = answer.result.unwrap_err();
        assert_eq!(
            (failure.kind, listed.result.unwrap_err().kind),
            (FailureKind::Refused, FailureKind::Refused)
        );
        failure
    }
}

fn config(region: Option<&str>, endpoint: Option<&str>) -> ProfileConfig {
    ProfileConfig { region: region.map(Into::into), endpoint: endpoint.map(Into::into) }
}

#[tokio::test]
async fn the_endpoint_is_that_of_the_services_section_then_of_the_profile() {
    let files = Files::new();
    let fetcher = files.fetcher();
    let cases = [
        (None, config(Some("eu-west-1"), Some("https://default.example.com"))),
        (Some("prod"), config(Some("us-west-2"), Some("http://127.0.0.1:4711"))),
        (Some("others"), config(None, Some("https://others.example.com"))),
        (Some("dangling"), config(None, None)),
        (Some("ignoring"), config(None, None)),
        (Some("keys"), config(None, None)),
        (Some("nobody"), config(None, None)),
    ];
    for (profile, expected) in cases {
        assert_eq!(fetcher.profile_config(profile).await, expected, "{profile:?}");
    }
    let legacy = files.legacy().profile_config(Some("prod")).await;
    assert_eq!(legacy, config(Some("us-west-2"), Some("https://legacy.example.com")));
}

#[tokio::test]
async fn the_profiles_of_both_files_are_listed_once_and_by_name() {
    let names = Files::new().fetcher().profiles().await;
    let names: Vec<&str> = names.iter().map(AsRef::as_ref).collect();
    assert_eq!(
        names,
        ["dangling", "default", "fips", "ignoring", "keys", "named", "odd", "others", "plain", "prod"]
    );
}

#[tokio::test]
async fn an_endpoint_of_the_shared_config_that_is_not_to_be_trusted_gets_no_byte_and_is_named_with_its_file()
{
    let files = Files::new();
    let file = files.config();
    let cases = [
        (
            "plain",
            "the endpoint 'http://example.com' is plain http: only https, or a loopback address, gets a signed \
             request",
        ),
        ("named", "the endpoint holds an '@': no user name and no password belongs there"),
    ];
    for (profile, reason) in cases {
        let failure = files.refusal(profile).await;
        assert_eq!(
            failure.to_string(),
            format!(
                "Order 1b6e0a52 was not asked for: {reason}. Mend endpoint_url of profile {profile} in {}, or name \
                 another with --endpoint-url",
                file.display()
            )
        );
        assert!(!format!("{failure:?}").contains("canary"), "{failure:?}");
    }
}

#[tokio::test]
async fn kinds_of_awss_own_endpoints_exclude_a_custom_one() {
    let files = Files::new();
    let failure = files.refusal("fips").await;
    assert_eq!(
        failure.to_string(),
        format!(
            "Order 1b6e0a52 was not asked for: the endpoint http://127.0.0.1:4711 is a custom one, and FIPS or \
             dual-stack endpoints are AWS's own. Take use_fips_endpoint and use_dualstack_endpoint out of profile \
             fips in {}, or set AWS_USE_FIPS_ENDPOINT and AWS_USE_DUALSTACK_ENDPOINT to false",
            files.config().display()
        )
    );
}

#[tokio::test]
async fn a_region_that_no_host_can_have_is_refused() {
    let failure = Files::new().refusal("odd").await;
    assert!(failure.to_string().contains("'us east' is no region"), "{failure}");
}

#[tokio::test]
async fn what_the_shared_config_says_is_read_afresh_when_credentials_are() {
    let service = service();
    let files = Files::new();
    let fetcher = files.fetcher();
    let key = key_at(&service.endpoint(), Some("prod"), PORTLAND);
    let kind = async || fetcher.get(&key).await.result.unwrap_err().kind;
    // The keys are not the service's: it was asked.
    assert_eq!(kind().await, FailureKind::Unauthorized);
    std::fs::write(files.config(), "[profile prod]\nuse_dualstack_endpoint = true\n").unwrap();
    assert_eq!(kind().await, FailureKind::Unauthorized);
    fetcher.forget_credentials();
    assert_eq!(kind().await, FailureKind::Refused);
}
