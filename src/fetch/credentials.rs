//! Whose credentials sign: the whole chain of the AWS tools by `aws-config`, built when it is first needed.
//!
//! One cache a profile. What is found is used until five minutes before it ends, then refreshed once for all who need
//! it, while nobody waits: the old ones serve until they really end, and ended ones are never sent.

mod cache;
mod files;
mod lack;
mod session;
mod source;

pub(super) use lack::{Lack, NoCredentials};
pub(super) use source::{Origin, Source};

use super::aws_cli;
use super::client::Clients;
use super::connector::OurStack;
use super::options::{CredentialSource, FetchOptions, Keys, SharedFiles};
use super::shared_config;
use crate::domain::scope::DEFAULT_REGION;
use aws_config::Region;
use aws_config::credential_process::CredentialProcessProvider;
use aws_config::default_provider::credentials::DefaultCredentialsChain;
use aws_config::environment::EnvironmentVariableCredentialsProvider;
use aws_config::meta::credentials::CredentialsProviderChain;
use aws_config::meta::region::ProvideRegion as _;
use aws_config::profile::region::Builder as RegionBuilder;
use aws_config::profile::{ProfileFileCredentialsProvider, ProfileSet, profile_file};
use aws_config::provider_config::ProviderConfig;
use aws_credential_types::Credentials;
use aws_credential_types::provider::{ProvideCredentials as _, SharedCredentialsProvider};
use cache::{Cache, Loaded};
use files::{Look, WatchedFiles};
use jiff::{SignedDuration, Timestamp};
use std::collections::HashMap;
use std::fmt;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

#[expect(deprecated, reason = "aws-config takes this type and names it only so")]
pub(super) type ProfileFiles = profile_file::ProfileFiles;
#[expect(deprecated, reason = "aws-config takes this type and names it only so")]
type ProfileFileKind = profile_file::ProfileFileKind;

/// Credentials, and who gave them. `Debug` shows the latter only.
#[derive(Clone)]
pub(super) struct Found {
    pub(super) credentials: Credentials,
    pub(super) source: Arc<Source>,
}

impl fmt::Debug for Found {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Found").field("source", &self.source).finish_non_exhaustive()
    }
}

/// A request takes a moment to arrive, and what we know of the service's clock is cut down to seconds.
const ON_THE_WAY: SignedDuration = SignedDuration::from_secs(2);

impl Found {
    /// True where a request sent at `moment` may arrive when they have ended.
    fn ends_by(&self, moment: Timestamp) -> bool {
        self.end().is_some_and(|end| end <= moment + ON_THE_WAY)
    }

    /// When they end; none where they do not, or where that is not known.
    fn end(&self) -> Option<Timestamp> {
        self.credentials.expiry().and_then(|end| Timestamp::try_from(end).ok())
    }
}

/// The credentials of every profile that was asked for. `Debug` shows none of them.
pub(super) struct Wallet {
    caches: Mutex<HashMap<Option<Box<str>>, Arc<Cache>>>,
    files: WatchedFiles,
    /// The last look that was told to have changed.
    told: Mutex<Option<Look>>,
    search: Arc<Search>,
}

/// How credentials are looked for.
#[derive(Debug)]
struct Search {
    source: CredentialSource,
    patience: Duration,
    /// How long who asks waits for it.
    wait: Duration,
    clients: Arc<Clients>,
}

impl fmt::Debug for Wallet {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Wallet").finish_non_exhaustive()
    }
}

impl Wallet {
    pub(super) fn new(options: &FetchOptions, clients: Arc<Clients>) -> Self {
        let source = options.credentials.clone();
        let (patience, wait) = (options.timeouts.credentials, options.timeouts.credentials_within());
        let files = match &source {
            CredentialSource::Chain(files) => WatchedFiles::of(files),
            CredentialSource::Keys(_) => WatchedFiles::default(),
        };
        let search = Arc::new(Search { source, patience, wait, clients });
        Self { caches: Mutex::default(), files, told: Mutex::default(), search }
    }

    /// The credentials of a profile as of `now`, by the service's clock; of the environment or the default profile
    /// where none is named.
    pub(super) async fn of(&self, profile: Option<&str>, now: Timestamp) -> Result<Found, NoCredentials> {
        let (search, named) = (Arc::clone(&self.search), profile.map(str::to_owned));
        let load = |provider| async move { search.load(named.as_deref(), provider, now).await };
        let wait = self.search.wait;
        match tokio::time::timeout(wait, self.cache(profile).get(now, &self.files, load)).await {
            Ok(found) => found,
            Err(_elapsed) => {
                let source = self.search.source_of(profile).await;
                Err(NoCredentials::late(wait, Arc::new(source)))
            }
        }
    }

    /// Drops all that was found and read.
    pub(super) fn forget(&self) {
        lock(&self.caches).values().for_each(|cache| cache.forget());
    }

    /// Drops what was found for a profile, because the service refused it.
    pub(super) fn refused(&self, profile: Option<&str>, refused: &Credentials) {
        self.cache(profile).refused(refused.access_key_id());
    }

    /// True once for every change of the files since credentials were last looked for in them.
    pub(super) fn files_have_changed(&self) -> bool {
        let look = self.files.look();
        let mut told = lock(&self.told);
        let is_news = told.as_ref() != Some(&look)
            && lock(&self.caches).values().any(|cache| cache.is_older_than(&look));
        if is_news {
            *told = Some(look);
        }
        is_news
    }

    /// The region that the shared config gives a profile.
    pub(super) async fn region_of(&self, profile: Option<&str>) -> Option<String> {
        match &self.search.source {
            CredentialSource::Keys(_) => None,
            CredentialSource::Chain(files) => region_in(files, profile).await,
        }
    }

    fn cache(&self, profile: Option<&str>) -> Arc<Cache> {
        Arc::clone(lock(&self.caches).entry(profile.map(Into::into)).or_default())
    }
}

impl Search {
    /// Where the shared config says that the credentials of a profile come from.
    async fn source_of(&self, profile: Option<&str>) -> Source {
        match &self.source {
            CredentialSource::Keys(_) => Source::default(),
            CredentialSource::Chain(files) => {
                source_in(shared_config::read(files, profile).await.as_ref(), profile)
            }
        }
    }

    /// Asks the provider at `now`, by the service's clock; it is built first where there is none.
    async fn load(
        &self,
        profile: Option<&str>,
        provider: Option<SharedCredentialsProvider>,
        now: Timestamp,
    ) -> Loaded {
        let files = match &self.source {
            CredentialSource::Chain(files) => files,
            CredentialSource::Keys(keys) => {
                let credentials = credentials_of(keys);
                let provider = SharedCredentialsProvider::new(credentials.clone());
                return Ok((Found { credentials, source: Arc::default() }, provider));
            }
        };
        let profiles = shared_config::read(files, profile).await;
        let source = source_in(profiles.as_ref(), profile);
        let load = async {
            let provider = match provider {
                Some(provider) => provider,
                None => self.provider(files, profile, &source, profiles.as_ref()).await,
            };
            let credentials = provider.provide_credentials().await?;
            Ok((credentials, provider))
        };
        match tokio::time::timeout(self.patience, load).await {
            Ok(Ok((credentials, provider))) => {
                let source = Arc::new(source.refined_by(&credentials));
                Ok((Found { credentials, source }, provider))
            }
            Ok(Err(error)) => {
                let lacking = NoCredentials::from_chain(&error, Arc::new(source));
                Err(match lacking.lack {
                    Lack::SignedOut => {
                        lacking.ended_at(session_end(files, profiles.as_ref(), profile, now), now)
                    }
                    Lack::Nowhere | Lack::UnknownProfile | Lack::Expired | Lack::Late | Lack::Broken => {
                        lacking
                    }
                })
            }
            Err(_elapsed) => Err(NoCredentials::late(self.patience, Arc::new(source))),
        }
    }

    async fn provider(
        &self,
        files: &SharedFiles,
        profile: Option<&str>,
        source: &Source,
        profiles: Option<&ProfileSet>,
    ) -> SharedCredentialsProvider {
        // As in the AWS CLI, a profile that was named for this purpose wins over keys in the environment.
        let named = profile.filter(|profile| files.environment_profile.as_deref() != Some(profile));
        if source.origin == Origin::Login
            && let Some(process) = profiles
                .and_then(|profiles| login_process(profile.unwrap_or_else(|| profiles.selected_profile())))
        {
            return match named {
                Some(_) => SharedCredentialsProvider::new(process),
                None => SharedCredentialsProvider::new(
                    CredentialsProviderChain::first_try(
                        "Environment",
                        EnvironmentVariableCredentialsProvider::new(),
                    )
                    .or_else("Login", process),
                ),
            };
        }
        let region = match &files.region {
            Some(region) => region.clone(),
            None => region_in(files, profile).await.unwrap_or_else(|| DEFAULT_REGION.to_owned()),
        };
        self.chain(files, profile, named, Region::new(region)).await
    }

    async fn chain(
        &self,
        files: &SharedFiles,
        profile: Option<&str>,
        named: Option<&str>,
        region: Region,
    ) -> SharedCredentialsProvider {
        let config = ProviderConfig::without_region()
            .with_region(Some(region.clone()))
            .with_http_client(OurStack::new(Arc::clone(&self.clients)));
        if let Some(name) = named {
            let provider = ProfileFileCredentialsProvider::builder()
                .configure(&config)
                .profile_files(profile_files(files))
                .profile_name(name);
            return SharedCredentialsProvider::new(provider.build());
        }
        let chain = DefaultCredentialsChain::builder().configure(config).region(region);
        let chain = match profile {
            Some(profile) => chain.profile_name(profile),
            None => chain,
        };
        SharedCredentialsProvider::new(chain.build().await)
    }
}

/// When the session of SSO ended that the chain of a profile begins with, where a token says it.
fn session_end(
    files: &SharedFiles,
    profiles: Option<&ProfileSet>,
    profile: Option<&str>,
    now: Timestamp,
) -> Option<Timestamp> {
    let (profiles, directory) = (profiles?, files.directory.as_deref()?);
    let asked = profile.unwrap_or_else(|| profiles.selected_profile());
    let source = Source::of(profiles, asked);
    session::ended(profiles, source.base.as_deref().unwrap_or(asked), directory, now)
}

fn source_in(profiles: Option<&ProfileSet>, profile: Option<&str>) -> Source {
    profiles
        .map(|profiles| Source::of(profiles, profile.unwrap_or_else(|| profiles.selected_profile())))
        .unwrap_or_default()
}

/// Who has a session of `aws login` has the AWS CLI, which reads and refreshes it and assumes the roles that build on
/// it: the crates that do so themselves cost more than they give.
fn login_process(profile: &str) -> Option<CredentialProcessProvider> {
    let can_be_quoted = cfg!(unix) || aws_cli::is_plain(profile);
    let command = aws_cli::aws("configure export-credentials --format process", Some(profile));
    can_be_quoted.then(|| CredentialProcessProvider::new(command))
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
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
