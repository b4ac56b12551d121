//! What the shared config says of a profile, besides its credentials: which endpoint, which kind of AWS's own, and
//! which profiles there are.
//!
//! The parser is that of the AWS crates. A file that it cannot read says nothing here: the credential chain reads the
//! same one and tells.

use super::credentials::{Lack, NoCredentials, profile_files};
use super::endpoint::Kind;
use super::error::Profiles;
use super::options::{CredentialSource, FetchOptions, SharedFiles};
use crate::domain::text::neutralise;
use crate::settings::{Api, EndpointKinds, EndpointUrl, RefusedEndpoint, Wish};
use aws_config::profile::ProfileSet;
use aws_runtime::env_config::property::PropertiesKey;
use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

const DEFAULT_PROFILE: &str = "default";

/// The shared config, as far as it was read.
#[derive(Debug)]
pub(super) struct SharedConfig {
    /// None where keys are given: then no file is read.
    files: Option<SharedFiles>,
    wishes: EndpointKinds,
    kinds: Mutex<HashMap<Option<Box<str>>, Kind>>,
}

impl SharedConfig {
    pub(super) fn new(options: &FetchOptions) -> Self {
        let files = match &options.credentials {
            CredentialSource::Chain(files) => Some(files.clone()),
            CredentialSource::Keys(_) => None,
        };
        Self { files, wishes: options.endpoint_kinds, kinds: Mutex::default() }
    }

    /// Which of AWS's own endpoints the environment asks for, else the profile. Read once.
    pub(super) async fn kind(&self, profile: Option<&str>) -> Kind {
        if let Some(kind) = self.kinds().get(&profile.map(Into::into)) {
            return *kind;
        }
        let EndpointKinds { fips, dual_stack } = self.wishes;
        let is_read = fips == Wish::OfProfile || dual_stack == Wish::OfProfile;
        let config = if is_read { self.read(profile).await } else { None };
        let is_wanted = |wish, key| match wish {
            Wish::Yes => true,
            Wish::No => false,
            Wish::OfProfile => config.as_ref().is_some_and(|config| is_true(config, key)),
        };
        let kind =
            Kind::of(is_wanted(fips, "use_fips_endpoint"), is_wanted(dual_stack, "use_dualstack_endpoint"));
        self.kinds().insert(profile.map(Into::into), kind);
        kind
    }

    /// The endpoint that the profile configures for an API: that of its services section, else its own. Without a
    /// user name, whether or not it will be refused for it.
    pub(super) async fn endpoint(&self, profile: Option<&str>, api: Api) -> Option<String> {
        let config = self.read(profile).await?;
        if is_true(&config, "ignore_configured_endpoint_urls") {
            return None;
        }
        let configured = of_service(&config, api).or_else(|| config.get("endpoint_url"))?;
        match EndpointUrl::parse(configured) {
            Ok(endpoint) => Some(endpoint.to_string()),
            Err(RefusedEndpoint::UserInfo) => Some(without_user(configured)),
            Err(_) => Some(neutralise(configured)),
        }
    }

    /// The names of all profiles, sorted.
    pub(super) async fn profiles(&self) -> Vec<Arc<str>> {
        let config = self.read(None).await;
        let mut names: Vec<Arc<str>> = config.iter().flat_map(ProfileSet::profiles).map(Into::into).collect();
        names.sort_unstable();
        names
    }

    /// The config file as people write its name.
    pub(super) fn file(&self) -> String {
        let named = self.files.as_ref().and_then(|files| files.config.as_ref());
        named.map_or_else(|| "~/.aws/config".to_owned(), |path| path.display().to_string())
    }

    /// Why there are no credentials, with the profiles that there are where none has this name. One that the environment
    /// names hinders nobody from looking further: the chain does not say that there is none.
    pub(super) async fn explained(
        &self,
        profile: Option<&str>,
        reason: NoCredentials,
    ) -> (NoCredentials, Profiles) {
        let (file, places) = (self.file(), self.places(profile));
        let names = match (reason.lack, profile) {
            (Lack::UnknownProfile, _) | (Lack::Nowhere, Some(_)) => self.profiles().await,
            (..) => Vec::new(),
        };
        let is_known = |asked: &str| asked == DEFAULT_PROFILE || names.iter().any(|name| **name == *asked);
        let lack = match (reason.lack, profile) {
            (Lack::Nowhere, Some(asked)) if self.files.is_some() && !is_known(asked) => Lack::UnknownProfile,
            (lack, _) => lack,
        };
        (NoCredentials { lack, ..reason }, Profiles { file, names, places })
    }

    /// Where credentials of a profile are looked for. One that was named for this purpose has them in the files only.
    pub(super) fn places(&self, profile: Option<&str>) -> &'static str {
        let Some(files) = &self.files else { return "the keys that were given" };
        match profile {
            Some(named) if files.environment_profile.as_deref() != Some(named) => "~/.aws",
            Some(_) | None if files.asks_instance => "environment, ~/.aws, container, instance",
            Some(_) | None => "environment, ~/.aws, container",
        }
    }

    /// Drops what was read.
    pub(super) fn forget(&self) {
        self.kinds().clear();
    }

    fn kinds(&self) -> std::sync::MutexGuard<'_, HashMap<Option<Box<str>>, Kind>> {
        self.kinds.lock().unwrap_or_else(PoisonError::into_inner)
    }

    async fn read(&self, profile: Option<&str>) -> Option<ProfileSet> {
        read(self.files.as_ref()?, profile).await
    }
}

/// All that the files hold, with a profile selected.
#[expect(
    clippy::default_trait_access,
    reason = "the types of the real system have no name without one more crate"
)]
pub(super) async fn read(files: &SharedFiles, profile: Option<&str>) -> Option<ProfileSet> {
    let files = profile_files(files);
    let profile = profile.unwrap_or(DEFAULT_PROFILE).to_owned();
    let (system, environment) = (&Default::default(), &Default::default());
    aws_config::profile::load(system, environment, &files, Some(profile.into())).await.ok()
}

fn is_true(config: &ProfileSet, key: &str) -> bool {
    Wish::parse(config.get(key)) == Wish::Yes
}

/// `[services NAME]` with `chime_sdk_voice =` and below it `endpoint_url = ...`.
fn of_service(config: &ProfileSet, api: Api) -> Option<&str> {
    let service = match api {
        Api::Voice => "chime_sdk_voice",
        Api::Chime => "chime",
    };
    let key = PropertiesKey::builder()
        .section_key("services")
        .section_name(config.get("services")?)
        .property_name(service)
        .sub_property_name("endpoint_url")
        .build()
        .ok()?;
    config.other_sections().get(&key).map(String::as_str)
}

/// A password in the file is neither shown nor kept; what stands for it is refused as it would be.
fn without_user(endpoint: &str) -> String {
    let (scheme, rest) = endpoint.split_once("://").unwrap_or(("", endpoint));
    let host = rest.rsplit_once('@').map_or(rest, |(_, host)| host);
    neutralise(&format!("{scheme}://[hidden]@{host}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_password_in_an_endpoint_is_hidden_and_the_endpoint_stays_refused() {
        for endpoint in ["https://me:canary@host", "me:canary@host", "https://me:canary/@x@host/path"] {
            let shown = without_user(endpoint);
            assert!(!shown.contains("canary"), "{shown}");
            assert_eq!(EndpointUrl::parse(&shown), Err(RefusedEndpoint::UserInfo));
        }
    }
}
