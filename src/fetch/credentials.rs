//! Whose credentials sign: the whole chain of the AWS tools by `aws-config`, built when it is first needed.
//!
//! One cache a profile. What is found is used until five minutes before it expires, then refreshed once for all who
//! need it; the old ones serve until they really expire, and expired ones are never sent.

mod cache;
mod lack;

pub(super) use lack::{Lack, NoCredentials};

use super::client::Clients;
use super::connector::OurStack;
use super::options::{CredentialSource, FetchOptions, Keys, SharedFiles};
use crate::domain::scope::DEFAULT_REGION;
use aws_config::Region;
use aws_config::default_provider::credentials::DefaultCredentialsChain;
use aws_config::meta::region::ProvideRegion as _;
use aws_config::profile::region::Builder as RegionBuilder;
use aws_config::profile::{ProfileFileCredentialsProvider, profile_file};
use aws_config::provider_config::ProviderConfig;
use aws_credential_types::Credentials;
use aws_credential_types::provider::{ProvideCredentials as _, SharedCredentialsProvider};
use cache::Cache;
use jiff::Timestamp;
use std::collections::HashMap;
use std::fmt;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

#[expect(deprecated, reason = "aws-config takes this type and names it only so")]
pub(super) type ProfileFiles = profile_file::ProfileFiles;
#[expect(deprecated, reason = "aws-config takes this type and names it only so")]
type ProfileFileKind = profile_file::ProfileFileKind;

/// The credentials of every profile that was asked for. `Debug` shows none of them.
pub(super) struct Wallet {
    source: CredentialSource,
    patience: Duration,
    clients: Arc<Clients>,
    caches: Mutex<HashMap<Option<Box<str>>, Arc<Cache>>>,
}

impl fmt::Debug for Wallet {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Wallet").finish_non_exhaustive()
    }
}

impl Wallet {
    pub(super) fn new(options: &FetchOptions, clients: Arc<Clients>) -> Self {
        let patience = options.timeouts.credentials;
        Self { source: options.credentials.clone(), patience, clients, caches: Mutex::default() }
    }

    /// The credentials of a profile as of `now`, by the service's clock; of the environment or the default profile
    /// where none is named.
    pub(super) async fn of(
        &self,
        profile: Option<&str>,
        now: Timestamp,
    ) -> Result<Credentials, NoCredentials> {
        match &self.source {
            CredentialSource::Keys(keys) => Ok(credentials_of(keys)),
            CredentialSource::Chain(files) => {
                self.cache(profile).get(now, |provider| self.load(files, profile, provider)).await
            }
        }
    }

    /// Drops all that was found and read.
    pub(super) fn forget(&self) {
        self.caches.lock().unwrap_or_else(PoisonError::into_inner).clear();
    }

    /// Drops what was found for a profile, because the service refused it.
    pub(super) fn refused(&self, profile: Option<&str>) {
        let mut caches = self.caches.lock().unwrap_or_else(PoisonError::into_inner);
        caches.remove(&profile.map(Into::into));
    }

    /// The region that the shared config gives a profile.
    pub(super) async fn region_of(&self, profile: Option<&str>) -> Option<String> {
        match &self.source {
            CredentialSource::Keys(_) => None,
            CredentialSource::Chain(files) => region_in(files, profile).await,
        }
    }

    fn cache(&self, profile: Option<&str>) -> Arc<Cache> {
        let mut caches = self.caches.lock().unwrap_or_else(PoisonError::into_inner);
        Arc::clone(caches.entry(profile.map(Into::into)).or_default())
    }

    /// Asks the provider, which is built first where there is none.
    async fn load(
        &self,
        files: &SharedFiles,
        profile: Option<&str>,
        provider: Option<SharedCredentialsProvider>,
    ) -> Result<(Credentials, SharedCredentialsProvider), NoCredentials> {
        let load = async {
            let provider = match provider {
                Some(provider) => provider,
                None => self.provider(files, profile).await,
            };
            let credentials = provider.provide_credentials().await?;
            Ok((credentials, provider))
        };
        match tokio::time::timeout(self.patience, load).await {
            Ok(Ok(loaded)) => Ok(loaded),
            Ok(Err(error)) => Err(NoCredentials::from_chain(&error)),
            Err(_elapsed) => Err(NoCredentials::late(self.patience)),
        }
    }

    async fn provider(&self, files: &SharedFiles, profile: Option<&str>) -> SharedCredentialsProvider {
        let region = match &files.region {
            Some(region) => region.clone(),
            None => region_in(files, profile).await.unwrap_or_else(|| DEFAULT_REGION.to_owned()),
        };
        let region = Region::new(region);
        let config = ProviderConfig::without_region()
            .with_region(Some(region.clone()))
            .with_http_client(OurStack::new(Arc::clone(&self.clients)));
        match profile {
            // As in the AWS CLI, a profile that was named for this purpose wins over keys in the environment.
            Some(profile) if files.environment_profile.as_deref() != Some(profile) => {
                let provider = ProfileFileCredentialsProvider::builder()
                    .configure(&config)
                    .profile_files(profile_files(files))
                    .profile_name(profile);
                SharedCredentialsProvider::new(provider.build())
            }
            profile => {
                let chain = DefaultCredentialsChain::builder().configure(config).region(region);
                let chain = match profile {
                    Some(profile) => chain.profile_name(profile),
                    None => chain,
                };
                SharedCredentialsProvider::new(chain.build().await)
            }
        }
    }
}

fn credentials_of(keys: &Keys) -> Credentials {
    let Keys { access_key_id, secret_access_key, session_token } = keys;
    Credentials::new(access_key_id, secret_access_key, session_token.clone(), None, "given")
}

/// Never the default region chain: it ends in a question to an instance that is not there.
async fn region_in(files: &SharedFiles, profile: Option<&str>) -> Option<String> {
    let builder = RegionBuilder::default()
        .configure(&ProviderConfig::without_region())
        .profile_files(profile_files(files));
    let builder = match profile {
        Some(profile) => builder.profile_name(profile),
        None => builder,
    };
    let region = builder.build().region().await?;
    Some(region.as_ref().to_owned())
}

/// The files of the shared config. As for the AWS CLI, one that does not exist is one without profiles.
pub(super) fn profile_files(files: &SharedFiles) -> ProfileFiles {
    // The builder panics without any file, as when both that are named do not exist.
    let mut builder = ProfileFiles::builder()
        .with_contents(ProfileFileKind::Config, "")
        .include_default_config_file(files.config.is_none())
        .include_default_credentials_file(files.credentials.is_none());
    let existing = |path: &Option<PathBuf>| path.clone().filter(|path| path.exists());
    if let Some(path) = existing(&files.config) {
        builder = builder.with_file(ProfileFileKind::Config, path);
    }
    if let Some(path) = existing(&files.credentials) {
        builder = builder.with_file(ProfileFileKind::Credentials, path);
    }
    builder.build()
}
