//! Where a profile's credentials come from, as the shared config and the credentials themselves tell it.
//!
//! The chain itself finds its own way; this is for saying which way it was, and what mends it.

use aws_config::profile::{Profile, ProfileSet};
use aws_credential_types::Credentials;
use aws_credential_types::credential_feature::AwsCredentialFeature as Feature;
use std::fmt;

/// Who gives the credentials.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(in crate::fetch) struct Source {
    /// Who gives those that the chain begins with.
    pub(in crate::fetch) origin: Origin,
    /// The profile that says so, where that is another one than was asked for.
    pub(in crate::fetch) base: Option<String>,
    /// The ARN of the role that is assumed with them.
    pub(in crate::fetch) role: Option<String>,
    /// The account that they are for.
    pub(in crate::fetch) account: Option<String>,
}

/// Where a chain begins.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(in crate::fetch) enum Origin {
    /// Nothing says it.
    #[default]
    Unknown,
    /// Keys in the environment.
    Environment,
    /// Keys in the shared files.
    Keys,
    /// `aws sso login`, and the name of the `sso-session`.
    Sso(Option<String>),
    /// `aws login`.
    Login,
    /// A `credential_process`.
    Process,
    /// A token in a file, as in a cluster.
    WebIdentity,
    /// The service that a container asks.
    Container,
    /// The metadata service of an instance.
    Instance,
}

impl fmt::Display for Source {
    /// `role reader by SSO session corporate`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(role) = &self.role {
            write!(f, "role {} by ", role.rsplit('/').next().unwrap_or(role))?;
        }
        match &self.origin {
            Origin::Unknown => f.write_str("the credential chain"),
            Origin::Environment => f.write_str("the environment"),
            Origin::Keys => f.write_str("the shared credentials file"),
            Origin::Sso(Some(session)) => write!(f, "SSO session {session}"),
            Origin::Sso(None) => f.write_str("SSO"),
            Origin::Login => f.write_str("aws login"),
            Origin::Process => f.write_str("its credential process"),
            Origin::WebIdentity => f.write_str("a web identity token"),
            Origin::Container => f.write_str("the container"),
            Origin::Instance => f.write_str("the instance"),
        }
    }
}

impl Source {
    /// What the shared config says of a profile.
    pub(super) fn of(profiles: &ProfileSet, asked: &str) -> Self {
        let (mut source, mut name, mut seen) = (Self::default(), asked, Vec::new());
        while let Some(profile) = profiles.get_profile(name).filter(|_| !seen.contains(&name)) {
            seen.push(name);
            let is_role =
                profile.get("role_arn").is_some() && profile.get("web_identity_token_file").is_none();
            // As in the AWS CLI, keys of a source profile win over a role that it names.
            if !is_role || (seen.len() > 1 && has_keys(profile)) {
                return source.beginning_with(origin(profile), profile, asked);
            }
            let arn = profile.get("role_arn");
            source.account = source.account.or_else(|| arn.and_then(account_of_arn));
            source.role = source.role.or_else(|| arn.map(str::to_owned));
            match profile.get("source_profile") {
                Some(next) if next != name => name = next,
                _ => return source.beginning_with(origin(profile), profile, asked),
            }
        }
        source
    }

    fn beginning_with(mut self, origin: Origin, profile: &Profile, asked: &str) -> Self {
        self.origin = origin;
        self.base = Some(profile.name()).filter(|name| *name != asked).map(str::to_owned);
        self.account = self.account.or_else(|| account(profile));
        self
    }

    /// Corrects what the shared config says by what was found: the chain looks elsewhere too.
    pub(super) fn refined_by(self, found: &Credentials) -> Self {
        let features = found.get_property::<Vec<Feature>>().map(Vec::as_slice).unwrap_or_default();
        let account = found.account_id().map(|account| account.as_str().to_owned());
        let origin = if features.contains(&Feature::CredentialsProfile) {
            None
        } else if features.contains(&Feature::CredentialsEnvVars) {
            Some(Origin::Environment)
        } else if features.contains(&Feature::CredentialsProfileStsWebIdToken) {
            Some(Origin::WebIdentity)
        } else if features.contains(&Feature::CredentialsHttp) {
            Some(Origin::Container)
        } else if features.contains(&Feature::CredentialsImds) {
            Some(Origin::Instance)
        } else {
            None
        };
        match origin {
            Some(origin) => Self { origin, account, ..Self::default() },
            None => Self { account: account.or(self.account), ..self },
        }
    }
}

fn origin(profile: &Profile) -> Origin {
    let has = |key| profile.get(key).is_some();
    match profile.get("credential_source") {
        Some(source) if source.eq_ignore_ascii_case("Environment") => Origin::Environment,
        Some(source) if source.eq_ignore_ascii_case("EcsContainer") => Origin::Container,
        Some(source) if source.eq_ignore_ascii_case("Ec2InstanceMetadata") => Origin::Instance,
        None if has("web_identity_token_file") => Origin::WebIdentity,
        None if has("sso_session") || has("sso_start_url") => {
            Origin::Sso(profile.get("sso_session").map(str::to_owned))
        }
        None if has("login_session") => Origin::Login,
        None if has("credential_process") => Origin::Process,
        None if has_keys(profile) => Origin::Keys,
        Some(_) | None => Origin::Unknown,
    }
}

fn has_keys(profile: &Profile) -> bool {
    profile.get("aws_access_key_id").is_some() && profile.get("aws_secret_access_key").is_some()
}

fn account(profile: &Profile) -> Option<String> {
    let named = ["sso_account_id", "aws_account_id"].into_iter().find_map(|key| profile.get(key));
    named.map(str::to_owned).or_else(|| {
        ["role_arn", "login_session"].into_iter().find_map(|key| profile.get(key)).and_then(account_of_arn)
    })
}

/// `arn:PARTITION:SERVICE:REGION:ACCOUNT:RESOURCE`.
fn account_of_arn(arn: &str) -> Option<String> {
    let account = arn.split(':').nth(4)?;
    let is_account = !account.is_empty() && account.bytes().all(|byte| byte.is_ascii_digit());
    is_account.then(|| account.to_owned())
}

#[cfg(test)]
mod tests;
