//! What keeps a whole account from being asked, with the command that mends it.

use super::failure;
use crate::domain::near::near;
use crate::domain::{Failure, FailureKind};
use crate::fetch::client::ClientError;
use crate::fetch::credentials::{Lack, NoCredentials};
use crate::fetch::error_code::ErrorCode;
use crate::fetch::question::Question;
use std::sync::Arc;

/// The most profiles that are listed.
const SHOWN_PROFILES: usize = 8;

/// No HTTP client; nothing was sent.
pub(in crate::fetch) fn no_client(question: Question<'_>, reason: &ClientError) -> Failure {
    let next_step = match reason {
        ClientError::CaBundle { .. } => "Mend the file, or unset AWS_CA_BUNDLE",
        ClientError::Build(_) => "Look at the certificates of this system, or name a file in AWS_CA_BUNDLE",
    };
    Failure {
        next_step: next_step.into(),
        ..failure(question, FailureKind::Refused, format!("Nothing was asked: {reason}"))
    }
}

/// The profiles of the shared config, for who has named another.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(in crate::fetch) struct Profiles {
    /// The config file as people write its name.
    pub(in crate::fetch) file: String,
    /// Sorted.
    pub(in crate::fetch) names: Vec<Arc<str>>,
}

/// No credentials; nothing was sent. `profiles` counts where the profile is unknown.
pub(in crate::fetch) fn no_credentials(
    question: Question<'_>,
    reason: &NoCredentials,
    profiles: &Profiles,
) -> Failure {
    let profile = question.scope().profile_name();
    let detail = &reason.detail;
    let named = question.scope().profile.as_deref();
    let (what, advice, command) = match reason.lack {
        Lack::Nowhere => {
            let places = if named.is_some() { "~/.aws" } else { "environment, ~/.aws, container, instance" };
            let what = format!("No credentials for profile {profile}. Looked in: {places}");
            (what, "Run in another window", Some(aws("configure", named)))
        }
        Lack::UnknownProfile if profiles.names.is_empty() => (
            format!("There is no profile '{profile}' in {}, nor any other", profiles.file),
            "Run in another window",
            Some(aws("configure", named)),
        ),
        Lack::UnknownProfile => (
            format!(
                "There is no profile '{profile}' in {}; there are {}",
                profiles.file,
                profiles.near(profile)
            ),
            "Name one of them with --profile or in the watchlist",
            None,
        ),
        Lack::SignedOut => (
            format!("Profile {profile} is signed out"),
            "Run in another window",
            Some(aws("sso login", named)),
        ),
        Lack::LoginSession => (
            format!("Profile {profile} uses a session of aws login, which chimewatch cannot read"),
            "Hand it over in the environment",
            Some(aws("configure export-credentials --format env", named)),
        ),
        Lack::Expired => (
            format!("The credentials of profile {profile} have expired"),
            "Sign in again, then look at them",
            Some(aws("sts get-caller-identity", named)),
        ),
        Lack::Late => (
            format!("No credentials for profile {profile}: {detail}"),
            "Look at its credential_process, or at the network",
            Some(aws("sts get-caller-identity", named)),
        ),
        Lack::Broken => (
            format!("No credentials for profile {profile}: {detail}"),
            "Run in another window to see more",
            Some(aws("sts get-caller-identity", named)),
        ),
    };
    with_command(failure(question, FailureKind::Credentials, what), advice, command)
}

impl Profiles {
    /// The names, those near `wanted` first and the default profile last.
    fn near(&self, wanted: &str) -> String {
        let near = near(wanted, &self.names);
        let far = self.names.iter().map(AsRef::as_ref).filter(|name| !near.contains(name));
        let (default, far): (Vec<&str>, Vec<&str>) = far.partition(|name| *name == "default");
        let all: Vec<&str> = near.iter().copied().chain(far).chain(default).collect();
        let shown = all.iter().take(SHOWN_PROFILES).copied().collect::<Vec<_>>().join(", ");
        match all.len().saturating_sub(SHOWN_PROFILES) {
            0 => shown,
            more => format!("{shown} and {more} more"),
        }
    }
}

/// The service refuses the credentials or the signature.
pub(super) fn unauthorized(question: Question<'_>, code: &ErrorCode, said: &str) -> Failure {
    let scope = question.scope();
    let (profile, region, named) = (scope.profile_name(), &scope.region, scope.profile.as_deref());
    let code_alone = said.split_once(": ").map_or(said, |(code, _)| code);
    let (what, advice, command) = match code.code.raw() {
        "ExpiredToken" | "ExpiredTokenException" => (
            format!("Profile {profile} is signed out: its session has ended ({said})"),
            "Run in another window",
            Some(aws("sso login", named)),
        ),
        "RequestTimeTooSkewed" | "RequestExpired" => (
            format!("The clock of this machine and that of {region} differ too much ({said})"),
            "Set the clock",
            None,
        ),
        "InvalidSignatureException" | "SignatureDoesNotMatch" => (
            // What the service adds says the same at length.
            format!("The secret key of profile {profile} does not fit its access key ({code_alone})"),
            "Look at both",
            Some(aws("sts get-caller-identity", named)),
        ),
        _ => (
            format!("Profile {profile} is refused in {region} ({said})"),
            "Look at who it is",
            Some(aws("sts get-caller-identity", named)),
        ),
    };
    with_command(failure(question, FailureKind::Unauthorized, what), advice, command)
}

fn with_command(failure: Failure, advice: &str, command: Option<String>) -> Failure {
    let next_step = match &command {
        Some(command) => format!("{advice}: {command}"),
        None => advice.to_owned(),
    };
    Failure { next_step: next_step.into(), command: command.map(Into::into), ..failure }
}

/// A command of the AWS CLI for a profile, fit for a shell.
fn aws(command: &str, profile: Option<&str>) -> String {
    let is_plain = |profile: &str| {
        profile.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_.@:/+=".contains(&byte))
    };
    match profile {
        None => format!("aws {command}"),
        Some(profile) if is_plain(profile) => format!("aws {command} --profile {profile}"),
        Some(profile) => format!("aws {command} --profile '{}'", profile.replace('\'', r"'\''")),
    }
}

/// `1234…9012`: enough to know an account by.
pub(super) fn masked(account: &str) -> String {
    match (account.get(..4), account.len().checked_sub(4).and_then(|start| account.get(start..))) {
        (Some(first), Some(last)) if account.len() > 8 => format!("{first}…{last}"),
        _ => "…".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_profile_that_a_shell_would_take_apart_is_quoted() {
        assert_eq!(aws("sso login", None), "aws sso login");
        assert_eq!(aws("sso login", Some("prod")), "aws sso login --profile prod");
        assert_eq!(aws("sso login", Some("my prod; ls")), "aws sso login --profile 'my prod; ls'");
        assert_eq!(aws("sso login", Some("a'b")), r"aws sso login --profile 'a'\''b'");
    }

    #[test]
    fn the_profiles_that_somebody_may_have_meant_come_first_and_the_default_one_last() {
        let near = |wanted: &str, names: &[String]| {
            let names = names.iter().map(|name| name.as_str().into()).collect();
            Profiles { file: String::new(), names }.near(wanted)
        };
        let few = ["audit", "default", "porting", "prod"].map(ToOwned::to_owned);
        assert_eq!(near("prd", &few), "prod, audit, porting, default");
        let many: Vec<String> = (10..30).map(|number| format!("account-{number}")).collect();
        assert_eq!(
            near("x", &many),
            "account-10, account-11, account-12, account-13, account-14, account-15, account-16, account-17 \
             and 12 more"
        );
    }

    #[test]
    fn an_account_is_shown_by_its_ends() {
        assert_eq!(masked("123456789012"), "1234…9012");
        assert_eq!(masked("12345678"), "…");
    }
}
