//! Why there are no credentials, read from errors that say so only in their causes.

use super::session;
use super::source::{Origin, Source};
use crate::domain::redact::redact;
use crate::fetch::causes::causes;
use aws_credential_types::provider::error::CredentialsError;
use jiff::Timestamp;
use std::sync::Arc;
use std::time::Duration;

/// The most characters of a cause that are shown.
const SHOWN: usize = 200;

/// What is said of every error; its causes say more.
const GENERIC: [&str; 2] = ["an error occurred while loading credentials", "service error"];

/// How a shell says that the AWS CLI is not there.
const NO_SUCH_COMMAND: &str = "exit status: 127";

/// How the portal of SSO says that it knows no such session, or no longer.
const TOKEN_REFUSED: &str = "UnauthorizedException";

/// No credentials, and what that calls for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::fetch) struct NoCredentials {
    pub(in crate::fetch) lack: Lack,
    /// The causes in the words of who met them, secrets removed.
    pub(in crate::fetch) detail: String,
    /// Who would have given them.
    pub(in crate::fetch) source: Arc<Source>,
    /// When what gave them ended, or they did: `28 Nov 13:40 UTC`; none where nobody knows.
    pub(in crate::fetch) ended: Option<String>,
}

/// What is lacking.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::fetch) enum Lack {
    /// Nobody in the chain has any.
    Nowhere,
    /// The shared config has no such profile.
    UnknownProfile,
    /// A session of `aws sso login` or `aws login` has ended or never began.
    SignedOut,
    /// What was found has expired.
    Expired,
    /// Nobody answered in time.
    Late,
    /// Something else went wrong.
    Broken,
}

impl NoCredentials {
    const fn of(lack: Lack, detail: String, source: Arc<Source>) -> Self {
        Self { lack, detail, source, ended: None }
    }

    /// The same with when it ended, where somebody knows.
    pub(super) fn ended_at(self, end: Option<Timestamp>, now: Timestamp) -> Self {
        Self { ended: end.map(|end| session::told(end, now)), ..self }
    }

    pub(super) fn late(patience: Duration, source: Arc<Source>) -> Self {
        Self::of(Lack::Late, format!("no answer within {} s", patience.as_secs()), source)
    }

    pub(super) fn expired(source: Arc<Source>) -> Self {
        Self::of(Lack::Expired, String::new(), source)
    }

    /// The search itself ended without a word.
    pub(super) fn lost() -> Self {
        Self::of(Lack::Broken, "the search for them broke off".to_owned(), Arc::default())
    }

    /// Reads an error of the chain. Its own words are generic: the causes tell.
    pub(super) fn from_chain(error: &CredentialsError, source: Arc<Source>) -> Self {
        let causes = causes(error).skip(1).map(ToString::to_string);
        let mut causes: Vec<_> = causes.filter(|cause| !GENERIC.contains(&cause.as_str())).collect();
        // An error of a service says what it wraps.
        causes.dedup();
        let all = causes.join(": ");
        let lack = match error {
            CredentialsError::ProviderTimedOut(_) => Lack::Late,
            CredentialsError::CredentialsNotLoaded(_) if all.contains("was not defined") => {
                Lack::UnknownProfile
            }
            CredentialsError::CredentialsNotLoaded(_) => Lack::Nowhere,
            // The last link of the chain: an address that answers for no instance, or not to us.
            _ if all.contains("IMDS") => Lack::Nowhere,
            _ if source.origin == Origin::Login && !all.contains(NO_SUCH_COMMAND) => Lack::SignedOut,
            _ if matches!(source.origin, Origin::Sso(_)) && all.contains(TOKEN_REFUSED) => Lack::SignedOut,
            _ if is_of_sso(&all) => Lack::SignedOut,
            _ => Lack::Broken,
        };
        Self::of(lack, shorten(on_one_line(&redact(&all)).trim_end_matches('.')), source)
    }
}

fn is_of_sso(causes: &str) -> bool {
    let lower = causes.to_ascii_lowercase();
    // A mistake in the config is no ended session.
    lower.contains("sso") && !lower.contains("sso config") && !lower.contains("sso-session named")
}

/// What a credential process prints has line ends of its own.
fn on_one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn shorten(text: &str) -> String {
    let mut shown: String = text.chars().take(SHOWN).collect();
    if shown.len() < text.len() {
        shown.push('…');
    }
    shown
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_causes_say_what_is_lacking() {
        type Made = fn(&'static str) -> CredentialsError;
        let cases: [(Made, &'static str, Lack); 7] = [
            (|text| CredentialsError::not_loaded(text), "no providers in chain", Lack::Nowhere),
            (
                |text| CredentialsError::not_loaded(text),
                "profile `x` was not defined: could not find",
                Lack::UnknownProfile,
            ),
            (
                |text| CredentialsError::provider_error(text),
                "the SSO token has expired and cannot be refreshed",
                Lack::SignedOut,
            ),
            (
                |text| CredentialsError::invalid_configuration(text),
                "profile `x` has invalid SSO config: no region",
                Lack::Broken,
            ),
            (|text| CredentialsError::provider_error(text), "exit status 1", Lack::Broken),
            (
                |text| CredentialsError::provider_error(text),
                "failed to load IMDS session token",
                Lack::Nowhere,
            ),
            (|_| CredentialsError::provider_timed_out(Duration::from_secs(5)), "", Lack::Late),
        ];
        for (made, text, lack) in cases {
            let source = Arc::<Source>::default();
            let reason = NoCredentials::from_chain(&made(text), source.clone());
            assert_eq!(reason, NoCredentials::of(lack, text.to_owned(), source));
        }
    }

    #[test]
    fn a_session_of_aws_login_has_ended_unless_there_is_no_aws_cli_to_ask() {
        let cases = [
            ("exit status: 255. Stderr: Your session has expired", Lack::SignedOut),
            ("exit status: 127. Stderr: sh: aws: not found", Lack::Broken),
        ];
        for (text, lack) in cases {
            let source = Arc::new(Source { origin: Origin::Login, ..Source::default() });
            let reason = NoCredentials::from_chain(&CredentialsError::provider_error(text), source);
            assert_eq!(reason.lack, lack, "{text}");
        }
    }

    #[test]
    fn what_a_process_prints_is_shortened_and_its_secrets_are_hidden() {
        let printed = "id AKIAIOSFODNN7EXAMPLE,\nkey wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY, bye";
        let reason = NoCredentials::from_chain(&CredentialsError::provider_error(printed), Arc::default());
        assert_eq!(reason.detail, "id AKIA…MPLE, key [hidden], bye");
        assert_eq!(shorten(&"é".repeat(300)), format!("{}…", "é".repeat(200)));
    }
}
