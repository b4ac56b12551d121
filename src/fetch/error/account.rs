//! What keeps a whole account from being asked, with the command that mends it.

use super::failure;
use crate::domain::{Failure, FailureKind};
use crate::fetch::client::ClientError;
use crate::fetch::credentials::{Lack, NoCredentials};
use crate::fetch::error_code::ErrorCode;
use crate::fetch::question::Question;

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

/// No credentials; nothing was sent.
pub(in crate::fetch) fn no_credentials(question: Question<'_>, reason: &NoCredentials) -> Failure {
    let profile = question.scope().profile_name();
    let detail = &reason.detail;
    let named = question.scope().profile.as_deref();
    let (what, advice, command) = match reason.lack {
        Lack::Nowhere => {
            let places = if named.is_some() { "~/.aws" } else { "environment, ~/.aws, container, instance" };
            let what = format!("No credentials for profile {profile}. Looked in: {places}");
            (what, "Run in another window", Some(aws("configure", named)))
        }
        Lack::UnknownProfile => (
            format!("The shared config has no profile {profile}"),
            "Name another with --profile; these are there",
            Some("aws configure list-profiles".to_owned()),
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
    fn an_account_is_shown_by_its_ends() {
        assert_eq!(masked("123456789012"), "1234…9012");
        assert_eq!(masked("12345678"), "…");
    }
}
