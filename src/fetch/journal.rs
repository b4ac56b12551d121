//! What the log says of fetches: a line for every request, one for every failure, and one when credentials or the
//! service's clock turn out to be others than before.
//!
//! Levels are for who reads a support case: what went well is `info`, what did not is `warn`.

use super::exchange::{ExchangeError, Response};
use super::question::Question;
use super::{Attempt, error_code};
use crate::domain::redact::{Secrets, masked_key_id};
use crate::domain::{Failure, Scope, Text};
use aws_credential_types::Credentials;
use aws_credential_types::credential_feature::AwsCredentialFeature;
use jiff::{SignedDuration, Timestamp};
use std::borrow::Cow;
use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::SystemTime;
use tracing::{info, warn};

/// As whom and where: `prod · us-east-1`, and a custom endpoint.
fn place(scope: &Scope) -> String {
    let endpoint = scope.endpoint.as_ref().map(|endpoint| format!(" · {endpoint}")).unwrap_or_default();
    format!("{} · {}{endpoint}", scope.profile_name(), scope.region)
}

fn subject(question: Question<'_>) -> Cow<'static, str> {
    question.order().map_or(Cow::Borrowed("list"), |id| Cow::Owned(id.to_string()))
}

/// An attempt has ended, the first or the one after the clock was learnt.
pub(super) fn asked(question: Question<'_>, number: u8, attempt: &Attempt) {
    let (order, scope) = (subject(question), place(question.scope()));
    let took = attempt.received.duration_since(attempt.sent).as_millis();
    match &attempt.outcome {
        Ok(Response { status, headers, body }) => {
            let request_id = error_code::request_id(headers).map(|id| id.to_string()).unwrap_or_default();
            let (status, bytes) = (status.as_u16(), body.len());
            if status == 200 {
                info!(target: "chimewatch::fetch", %order, scope, attempt = number, status, ms = took, bytes, request_id, "answer");
            } else {
                warn!(target: "chimewatch::fetch", %order, scope, attempt = number, status, ms = took, bytes, request_id, "refusal");
            }
        }
        Err(reason) => {
            let (stage, detail) = stage(reason);
            warn!(target: "chimewatch::fetch", %order, scope, attempt = number, stage, ms = took, detail, "no answer");
        }
    }
}

fn stage(reason: &ExchangeError) -> (String, String) {
    match reason {
        ExchangeError::Unsigned(detail) => ("signature".to_owned(), detail.clone()),
        ExchangeError::Timeout(patience) => ("timeout".to_owned(), format!("{patience:?}")),
        ExchangeError::Stalled { received, within } => {
            ("body".to_owned(), format!("{received} bytes within {within:?}"))
        }
        ExchangeError::Network(stage, detail) => (format!("{stage:?}").to_lowercase(), detail.clone()),
        ExchangeError::TooLarge(limit) => ("body".to_owned(), format!("longer than {limit} bytes")),
    }
}

/// A connection that was kept had ended: the same attempt goes over another one.
pub(super) fn sent_again() {
    info!(target: "chimewatch::fetch", "a connection that was kept has ended; the request is sent over another");
}

/// What was asked for is not there.
pub(super) fn failed(failure: &Failure) {
    let order = failure.order.map_or(Cow::Borrowed("list"), |id| Cow::Owned(id.to_string()));
    let Failure { kind, what, scope, .. } = failure;
    warn!(target: "chimewatch::fetch", %order, scope = place(scope), ?kind, "{what}");
}

/// Which credentials each profile has been used with: renewed ones are news.
#[derive(Debug, Default)]
pub(super) struct Used(Mutex<HashMap<Option<Arc<str>>, Known>>);

/// Which ones: the access key id, masked, and when they end.
type Known = (String, Option<SystemTime>);

impl Used {
    /// Logs credentials that are used for the first time.
    pub(super) fn note(&self, scope: &Scope, credentials: &Credentials) {
        let now = (masked_key_id(credentials.access_key_id()), credentials.expiry());
        let mut used = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if used.insert(scope.profile.clone(), now.clone()).as_ref() != Some(&now) {
            found(scope, credentials);
        }
    }
}

fn found(scope: &Scope, credentials: &Credentials) {
    let profile = scope.profile_name();
    let access_key_id = masked_key_id(credentials.access_key_id());
    let expires = credentials.expiry().and_then(|expiry| Timestamp::try_from(expiry).ok());
    let expires = expires.map_or(Cow::Borrowed("never"), |expires| Cow::Owned(expires.to_string()));
    let sources = credentials.get_property::<Vec<AwsCredentialFeature>>();
    let source = sources.and_then(|sources| sources.last()).map(|source| format!("{source:?}"));
    let source = source.unwrap_or_else(|| "unnamed".to_owned());
    info!(target: "chimewatch::fetch", profile, source, access_key_id, %expires, "credentials");
}

/// The service's clock is far from ours, and not as far as was thought.
pub(super) fn skew(now: SignedDuration, before: SignedDuration) {
    let (seconds, before) = (now.as_secs(), before.as_secs());
    info!(target: "chimewatch::fetch", seconds, before, "the service's clock is ahead of ours");
}

/// A failure without secrets: a service can send back what it was sent, a process can print what it read.
pub(super) fn without_secrets(failure: Failure, secrets: &Secrets) -> Failure {
    let clean = |text: &Text| Text::new(&secrets.redact(text.raw()));
    Failure {
        what: clean(&failure.what),
        next_step: clean(&failure.next_step),
        request_id: failure.request_id.as_ref().map(clean),
        ..failure
    }
}

#[cfg(test)]
mod tests;
