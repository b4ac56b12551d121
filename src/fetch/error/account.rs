//! What keeps a whole account from being asked, with the command that mends it.

use super::failure;
use crate::domain::masking;
use crate::domain::near::near;
use crate::domain::{Failure, FailureKind, Lasts};
use crate::fetch::aws_cli::{aws, word};
use crate::fetch::client::ClientError;
use crate::fetch::credentials::{Lack, NoCredentials, Origin, Source};
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

/// The profiles of the shared config, for who has named another, and where credentials were looked for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(in crate::fetch) struct Profiles {
    /// The config file as people write its name.
    pub(in crate::fetch) file: String,
    /// Sorted.
    pub(in crate::fetch) names: Vec<Arc<str>>,
    /// Where credentials are looked for.
    pub(in crate::fetch) places: &'static str,
}

/// No credentials; nothing was sent. `profiles` counts where the profile is unknown.
pub(in crate::fetch) fn no_credentials(
    question: Question<'_>,
    reason: &NoCredentials,
    profiles: &Profiles,
) -> Failure {
    let NoCredentials { lack, detail, source, ended } = reason;
    let profile = question.scope().profile_name();
    let named = question.scope().profile.as_deref();
    let account = source
        .account
        .as_deref()
        .map(|id| format!(" (account {})", masking::account(id)))
        .unwrap_or_default();
    let from = from(source);
    let see_more = || Remedy::of("Run in another window to see more", aws("sts get-caller-identity", named));
    let (what, remedy) = match lack {
        Lack::Nowhere if source.origin != Origin::Unknown => {
            (format!("No credentials for profile {profile}{account}{from}: {detail}"), see_more())
        }
        Lack::Nowhere => {
            let what = format!("No credentials for profile {profile}. Looked in: {}", profiles.places);
            (what, Remedy::of("Run in another window", aws("configure", named)))
        }
        Lack::UnknownProfile if profiles.names.is_empty() => (
            format!("There is no profile '{profile}' in {}, nor any other", profiles.file),
            Remedy::of("Run in another window", aws("configure", named)),
        ),
        Lack::UnknownProfile => (
            format!(
                "There is no profile '{profile}' in {}; there are {}",
                profiles.file,
                profiles.near(profile)
            ),
            Remedy {
                advice: "Name one of them with --profile or in the watchlist",
                command: None,
                lasts: Lasts::UntilMended,
            },
        ),
        Lack::SignedOut => (
            format!("Profile {profile}{account} is signed out{}", session(source, ended.as_deref())),
            Remedy::for_ended(source, named),
        ),
        Lack::Expired => (
            format!(
                "The credentials of profile {profile}{account}{from} have expired{}",
                in_brackets(ended.clone())
            ),
            Remedy::for_ended(source, named),
        ),
        Lack::Late => (
            format!("No credentials for profile {profile}{account}{from}: {detail}"),
            Remedy::of(
                "Look at its credential_process, or at the network",
                aws("sts get-caller-identity", named),
            ),
        ),
        Lack::Broken => {
            (format!("No credentials for profile {profile}{account}{from}: {detail}"), see_more())
        }
    };
    remedy.applied_to(failure(question, FailureKind::Credentials, what))
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

/// ` from role reader by SSO session corporate`; nothing where nothing is known.
fn from(source: &Source) -> String {
    if *source == Source::default() { String::new() } else { format!(" from {source}") }
}

/// ` of SSO session corporate (ended 28 Nov 13:40 UTC)`: what was signed in to, without the role that is assumed by it.
fn session(source: &Source, ended: Option<&str>) -> String {
    // What stands before it may be a session already.
    let what = if matches!(source.origin, Origin::Sso(Some(_))) { "ended" } else { "session ended" };
    let ended = ended.map(|end| format!("{what} {end}"));
    let base = source.base.as_deref().map(|base| format!("profile {base}"));
    if source.origin == Origin::Unknown {
        return in_brackets(ended);
    }
    let more: Vec<String> = base.into_iter().chain(ended).collect();
    let more = in_brackets((!more.is_empty()).then(|| more.join(", ")));
    format!(" of {}{more}", Source { role: None, ..source.clone() })
}

/// ` (profile base)`; empty where there is nothing to say.
fn in_brackets(said: Option<String>) -> String {
    said.map(|said| format!(" ({said})")).unwrap_or_default()
}

/// Says what renews credentials that the service calls expired: it knows only that they are.
pub(in crate::fetch) fn renewed_by(failure: Failure, source: &Source, code: &ErrorCode) -> Failure {
    match code.code.raw() {
        "ExpiredToken" | "ExpiredTokenException" => {
            let named = failure.scope.profile.clone();
            Remedy::for_ended(source, named.as_deref()).applied_to(failure)
        }
        _ => failure,
    }
}

/// What to do, and the command that does it.
struct Remedy {
    advice: &'static str,
    command: Option<String>,
    lasts: Lasts,
}

impl Remedy {
    fn of(advice: &'static str, command: String) -> Self {
        Self { advice, command: Some(command), lasts: Lasts::UntilMended }
    }

    /// What gives new credentials where those of `source` have ended.
    fn for_ended(source: &Source, named: Option<&str>) -> Self {
        let base = source.base.as_deref().or(named);
        match &source.origin {
            Origin::Sso(session) => {
                let command = match (base, session) {
                    // The other window may have another profile in its environment.
                    (None, Some(session)) => format!("aws sso login --sso-session {}", word(session)),
                    (base, _) => aws("sso login", base),
                };
                Self::of("Run in another window", command)
            }
            Origin::Login => Self::of("Run in another window", aws("login", base)),
            Origin::Keys => Self::of("Put new keys into the shared credentials file", aws("configure", base)),
            Origin::Environment => Self {
                advice: "Put new keys into the environment and start again",
                command: None,
                lasts: Lasts::UntilRestart,
            },
            Origin::Process => {
                Self::of("Look at its credential_process", aws("sts get-caller-identity", named))
            }
            Origin::Unknown | Origin::WebIdentity | Origin::Container | Origin::Instance => {
                Self::of("Run in another window to see more", aws("sts get-caller-identity", named))
            }
        }
    }

    fn applied_to(self, failure: Failure) -> Failure {
        with_command(Failure { lasts: self.lasts, ..failure }, self.advice, self.command)
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

#[cfg(test)]
mod tests;
