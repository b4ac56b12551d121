//! What a request would be sent with, each part by itself: for finding out which of them is wrong.

use super::page_size::PageSize;
use super::question::Question;
use super::{Answer, Fetcher, Target, ca_bundle, error, identity_of, journal, wire};
use crate::domain::redact::masked_key_id;
use crate::domain::{Failure, Identity, OrderPage, Scope};
use std::path::PathBuf;
use std::sync::Arc;

/// Where requests go.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Endpoint {
    /// The URL without its path.
    pub url: String,
    /// The host that is looked up.
    pub host: String,
    /// The port.
    pub port: u16,
    /// Whom it has to be vouched for by.
    pub roots: Roots,
}

/// The certificates that are trusted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Roots {
    /// None are needed: it is plain http on this machine.
    Unneeded,
    /// Those of the system.
    System,
    /// Those of the system, and those of `AWS_CA_BUNDLE`.
    Bundle {
        /// The file.
        path: PathBuf,
        /// How many certificates it has.
        certificates: usize,
    },
}

/// Credentials without what is secret about them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Held {
    /// Who gave them, as in `SSO session corporate`.
    pub source: String,
    /// The access key id, its middle masked.
    pub access_key_id: String,
    /// The account and the end, as far as they are known.
    pub identity: Identity,
}

impl Fetcher {
    /// Where requests for a scope go. Reads files, asks nobody.
    ///
    /// # Errors
    /// The region or the endpoint is refused, or the certificates cannot be used.
    pub async fn endpoint(&self, scope: &Arc<Scope>) -> Result<Endpoint, Failure> {
        let (question, shared) = (smallest_page(scope), &self.shared);
        let kind = shared.config.kind(scope.profile.as_deref()).await;
        let target = Target::of(question, shared.options.api, kind)
            .map_err(|refusal| self.clean(error::refused(question, &refusal, &shared.config.file())))?;
        shared.clients.of(&target.url).map_err(|reason| self.clean(error::no_client(question, &reason)))?;
        let roots = match &shared.options.ca_bundle {
            _ if target.url.scheme() == "http" => Roots::Unneeded,
            None => Roots::System,
            Some(path) => Roots::Bundle {
                certificates: ca_bundle::certificates(path).map_or(0, |certificates| certificates.len()),
                path: path.clone(),
            },
        };
        let (host, port) = (target.host().to_owned(), target.port());
        let default = target.url.port().map(|port| format!(":{port}")).unwrap_or_default();
        Ok(Endpoint { url: format!("{}://{host}{default}", target.url.scheme()), host, port, roots })
    }

    /// The credentials of a scope's profile. Whoever gives them may be asked: STS, SSO, a process, the instance.
    ///
    /// # Errors
    /// There are none, or they cannot be had within 20 s.
    pub async fn credentials(&self, scope: &Arc<Scope>) -> Result<Held, Failure> {
        let shared = &self.shared;
        match shared.credentials.of(scope.profile.as_deref(), shared.skew.corrected(self.now())).await {
            Ok(found) => Ok(Held {
                source: found.source.to_string(),
                access_key_id: masked_key_id(found.credentials.access_key_id()),
                identity: identity_of(&found.credentials),
            }),
            Err(reason) => {
                let (reason, profiles) = shared.config.explained(scope.profile.as_deref(), reason).await;
                Err(self.clean(error::no_credentials(smallest_page(scope), &reason, &profiles)))
            }
        }
    }

    /// Asks for the newest order of an account and nothing else: the smallest question that has to be signed and
    /// allowed.
    pub async fn list_one(&self, scope: &Arc<Scope>) -> Answer<OrderPage> {
        let question = smallest_page(scope);
        let (answer, _) = self.ask(question).await.read(question, |body| wire::page(body, None));
        self.told(answer)
    }

    /// Logs a failure, free of secrets.
    fn clean(&self, failure: Failure) -> Failure {
        let failure = journal::without_secrets(failure, &self.shared.options.secrets);
        journal::failed(&failure);
        failure
    }
}

const fn smallest_page(scope: &Arc<Scope>) -> Question<'_> {
    Question::Page { scope, token: None, size: PageSize::SMALLEST }
}
