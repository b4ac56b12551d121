//! What a fetcher is told: whose credentials, which roots, how long to wait.

use crate::domain::redact::Secrets;
use crate::settings::{Api, EndpointKinds, ProfileChoice, RegionChoice, Settings};
use std::fmt;
use std::path::PathBuf;
use std::time::Duration;

/// How a [`super::Fetcher`] works. [`Default`] is what an AWS profile needs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FetchOptions {
    /// Where credentials come from.
    pub credentials: CredentialSource,
    /// Which API is asked.
    pub api: Api,
    /// Which of AWS's own endpoints the environment asks for.
    pub endpoint_kinds: EndpointKinds,
    /// A PEM file of more roots to trust, from `AWS_CA_BUNDLE`.
    pub ca_bundle: Option<PathBuf>,
    /// How long to wait for what.
    pub timeouts: Timeouts,
    /// Whether requests are signed with the service's idea of the time; `AWS_DISABLE_CLOCK_SKEW_CORRECTION` ends it.
    pub corrects_clock: bool,
    /// The secrets that are known so far; those that are found join them, and none of them leaves in a failure.
    pub secrets: Secrets,
}

impl Default for FetchOptions {
    fn default() -> Self {
        Self {
            credentials: CredentialSource::Chain(SharedFiles::default()),
            api: Api::default(),
            endpoint_kinds: EndpointKinds::default(),
            ca_bundle: None,
            timeouts: Timeouts::default(),
            corrects_clock: true,
            secrets: Secrets::default(),
        }
    }
}

/// Where credentials come from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CredentialSource {
    /// The credential chain of the AWS tools: environment, shared config (static, SSO, assume-role, process), web
    /// identity, container, instance.
    Chain(SharedFiles),
    /// These keys, whatever the profile: those of the demo's order service.
    Keys(Keys),
}

/// What the environment says about the shared config.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SharedFiles {
    /// `AWS_CONFIG_FILE`; none for `~/.aws/config`.
    pub config: Option<PathBuf>,
    /// `AWS_SHARED_CREDENTIALS_FILE`; none for `~/.aws/credentials`.
    pub credentials: Option<PathBuf>,
    /// `~/.aws`, whose files and SSO tokens a login changes.
    pub directory: Option<PathBuf>,
    /// The profile that the environment names. Keys in the environment win over it, but not over one that was
    /// typed or that a watchlist names.
    pub environment_profile: Option<String>,
    /// The region for asking STS, where a profile names none.
    pub region: Option<String>,
    /// Whether the metadata service of an instance is asked in the end.
    pub asks_instance: bool,
}

/// A pair of keys. `Debug` shows none of the secret.
#[derive(Clone, PartialEq, Eq)]
pub struct Keys {
    /// The access key id.
    pub access_key_id: String,
    /// The secret access key.
    pub secret_access_key: String,
    /// The session token of temporary credentials.
    pub session_token: Option<String>,
}

impl fmt::Debug for Keys {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Keys").finish_non_exhaustive()
    }
}

/// How long to wait.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Timeouts {
    /// For the lookup of a name.
    pub name: Duration,
    /// For a connection, name lookup and TLS included.
    pub connect: Duration,
    /// For the next byte of an answer that has begun.
    pub read: Duration,
    /// For a whole attempt, from the name lookup to the last byte read; so for the beginning of an answer, too.
    pub attempt: Duration,
    /// For the answer to another request, the first one, which tells the service's time.
    pub first_answer: Duration,
    /// For finding credentials: an assumed role and a process that asks somebody take a while. They may outlast the
    /// operation that began it: the next one has what they bring.
    pub credentials: Duration,
    /// For a whole operation: credentials and every attempt.
    pub operation: Duration,
}

impl Timeouts {
    /// For credentials within an operation: what is left is enough for an answer to begin.
    pub(super) fn credentials_within(&self) -> Duration {
        self.credentials.min(self.operation.saturating_sub(self.read))
    }
}

impl Default for Timeouts {
    fn default() -> Self {
        Self {
            name: Duration::from_millis(2500),
            connect: Duration::from_millis(3100),
            read: Duration::from_secs(5),
            attempt: Duration::from_secs(10),
            first_answer: Duration::from_millis(1500),
            credentials: Duration::from_secs(30),
            operation: Duration::from_secs(25),
        }
    }
}

impl From<&Settings> for FetchOptions {
    fn from(settings: &Settings) -> Self {
        let aws = &settings.aws;
        let environment_profile = match &settings.profile {
            ProfileChoice::Environment(name) => Some(name.to_string()),
            ProfileChoice::Typed(_) | ProfileChoice::Unnamed => None,
        };
        let region = match &settings.region {
            RegionChoice::Typed(region) | RegionChoice::Environment(region) => Some(region.to_string()),
            RegionChoice::OfProfile => None,
        };
        let files = SharedFiles {
            config: aws.config_file.clone(),
            credentials: aws.credentials_file.clone(),
            directory: aws.directory.clone(),
            environment_profile,
            region,
            asks_instance: aws.asks_instance,
        };
        Self {
            credentials: CredentialSource::Chain(files),
            api: settings.api,
            endpoint_kinds: aws.endpoint_kinds,
            ca_bundle: aws.ca_bundle.clone(),
            timeouts: Timeouts::default(),
            corrects_clock: aws.corrects_clock,
            secrets: settings.secrets.clone(),
        }
    }
}

impl FetchOptions {
    /// Options that sign with `keys` and look nowhere else.
    pub fn with_keys(keys: Keys) -> Self {
        Self { credentials: CredentialSource::Keys(keys), ..Self::default() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Those of the AWS SDKs where they have one; they have none for a whole attempt.
    #[test]
    fn every_stage_of_a_request_has_its_bound() {
        let expected = Timeouts {
            name: Duration::from_millis(2500),
            connect: Duration::from_millis(3100),
            read: Duration::from_secs(5),
            attempt: Duration::from_secs(10),
            first_answer: Duration::from_millis(1500),
            credentials: Duration::from_secs(30),
            operation: Duration::from_secs(25),
        };
        assert_eq!(Timeouts::default(), expected);
    }
}
