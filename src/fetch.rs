//! HOW to ask: one signed `GetPhoneNumberOrder` over one HTTP stack, and every way in which it can fail.
//!
//! - One attempt a fetch, and one more, signed afresh, when the first one taught that our clock is wrong. Asking
//!   again is the schedule's business.
//! - Nothing is built before the first use: reading the roots and the shared config takes milliseconds that a first
//!   frame must not wait for.
//! - Nothing is sent to a target that is neither https nor a loopback address, no redirect is followed, and no
//!   answer is read beyond its limit.
//! - What comes from outside leaves this room only as [`crate::domain`] types, neutralised.

mod causes;
mod client;
mod clock_skew;
mod connector;
mod credentials;
mod endpoint;
mod error;
mod error_code;
mod exchange;
mod options;
mod sigv4;
pub mod wire;

pub use options::{CredentialSource, FetchOptions, Keys, SharedFiles, Timeouts};

use crate::domain::{
    Failure, FailureKind, Identity, OrderKey, OrderPage, PageToken, PhoneNumberOrder, ProfileConfig, Scope,
    Text,
};
use aws_credential_types::Credentials;
use aws_credential_types::attributes::AccountId;
use clock_skew::ClockSkew;
use endpoint::Target;
use exchange::{ExchangeError, Response};
use jiff::{SignedDuration, Timestamp};
use std::fmt;
use std::sync::Arc;

/// The most bytes of an order's answer that are read.
const ORDER_LIMIT: usize = 1024 * 1024;

/// Reads the wall clock; `runtime/clock` is the only clock.
type Clock = Arc<dyn Fn() -> Timestamp + Send + Sync>;

/// Asks for orders. A clone shares connections, credentials and what was learnt about the clock.
#[derive(Clone)]
pub struct Fetcher {
    shared: Arc<Shared>,
}

struct Shared {
    options: FetchOptions,
    clock: Clock,
    clients: Arc<client::Clients>,
    credentials: credentials::Wallet,
    skew: ClockSkew,
}

/// What one fetch brought.
#[derive(Clone, Debug, PartialEq)]
pub struct Answer<T = PhoneNumberOrder> {
    /// What was asked for, or why it is not there.
    pub result: Result<T, Failure>,
    /// When the last attempt was sent, or given up before it was sent.
    pub sent: Timestamp,
    /// When its answer had been read, or the attempt had failed.
    pub received: Timestamp,
    /// How far the service's clock is ahead of ours, as far as answers have told.
    pub server_skew: Option<SignedDuration>,
    /// Requests that were sent: none, one, or two when the first one taught the clock.
    pub attempts: u8,
    /// As whom it was signed; none where nothing was sent.
    pub identity: Option<Identity>,
}

/// All that one attempt needs, besides the time.
struct Prepared {
    target: Target,
    client: reqwest::Client,
    credentials: Credentials,
}

struct Attempt {
    sent: Timestamp,
    received: Timestamp,
    /// The correction that it was signed with.
    corrected_by: SignedDuration,
    outcome: Result<Response, ExchangeError>,
}

impl Fetcher {
    /// A fetcher that has done nothing yet. `clock` reads the wall clock.
    pub fn new(options: FetchOptions, clock: impl Fn() -> Timestamp + Send + Sync + 'static) -> Self {
        let clients = Arc::new(client::Clients::new(&options));
        let credentials = credentials::Wallet::new(&options, Arc::clone(&clients));
        let shared =
            Shared { options, clock: Arc::new(clock), clients, credentials, skew: ClockSkew::default() };
        Self { shared: Arc::new(shared) }
    }

    /// Asks for one order. Never fails otherwise than by the answer's `result`.
    pub async fn get(&self, key: &OrderKey) -> Answer {
        self.get_with_body(key).await.0
    }

    /// As [`Fetcher::get`], with the bytes that came where they hold the order.
    pub async fn get_with_body(&self, key: &OrderKey) -> (Answer, Option<Vec<u8>>) {
        let prepared = match self.prepare(key).await {
            Ok(prepared) => prepared,
            Err(failure) => return (self.unsent(failure), None),
        };
        let identity = Some(prepared.identity());
        let mut attempts = 1;
        let mut attempt = self.attempt(&prepared).await;
        if self.learns(&attempt) {
            attempts = 2;
            attempt = self.attempt(&prepared).await;
            self.learns(&attempt);
        }
        let Attempt { sent, received, outcome, .. } = attempt;
        let (result, body) = match outcome {
            Ok(response) => self.judge(key, &prepared, response, received),
            Err(reason) => (Err(error::no_answer(key, &prepared.target, &reason)), None),
        };
        let server_skew = self.shared.skew.get();
        (Answer { result, sent, received, server_skew, attempts, identity }, body)
    }

    /// Asks for a page of an account's orders; none for the first page.
    pub async fn list(&self, scope: &Arc<Scope>, page: Option<&PageToken>) -> Answer<OrderPage> {
        std::future::ready(page).await;
        self.unsent(Failure {
            kind: FailureKind::Refused,
            order: None,
            scope: Arc::clone(scope),
            what: Text::new("Lists are not asked for yet"),
            next_step: Text::default(),
            command: None,
            retry_after: None,
            request_id: None,
        })
    }

    /// Where the shared config says that a profile asks. Reads files, asks nobody.
    pub async fn profile_config(&self, profile: Option<&str>) -> ProfileConfig {
        ProfileConfig { region: self.region_of(profile).await.map(Into::into), endpoint: None }
    }

    /// The profiles of the shared config, by name. Reads files, asks nobody.
    pub async fn profiles(&self) -> Vec<Arc<str>> {
        std::future::ready(Vec::new()).await
    }

    /// Whether a file that credentials come from has changed since it was last looked at here.
    pub fn credentials_changed(&self) -> bool {
        false
    }

    /// The region that the shared config gives a profile; none where it gives none. Reads files, asks nobody.
    pub async fn region_of(&self, profile: Option<&str>) -> Option<String> {
        self.shared.credentials.region_of(profile).await
    }

    /// Drops every connection: after a suspension or a network failure they may be dead without saying so.
    pub fn drop_connections(&self) {
        self.shared.clients.drop_connections();
    }

    /// Drops every credential and all that was read of the shared config, so that the next fetch reads it afresh.
    pub fn forget_credentials(&self) {
        self.shared.credentials.forget();
    }

    fn now(&self) -> Timestamp {
        (self.shared.clock)()
    }

    async fn prepare(&self, key: &OrderKey) -> Result<Prepared, Failure> {
        let target = Target::of(key).map_err(|refusal| error::refused(key, &refusal))?;
        let corrected = self.shared.skew.corrected(self.now());
        let credentials = self.shared.credentials.of(key.scope.profile.as_deref(), corrected).await;
        let credentials = credentials.map_err(|reason| error::no_credentials(key, &reason))?;
        let client = self.shared.clients.of(&target.url).map_err(|reason| error::no_client(key, &reason))?;
        Ok(Prepared { target, client, credentials })
    }

    /// Signs with the corrected time and sends.
    async fn attempt(&self, prepared: &Prepared) -> Attempt {
        let Prepared { target, client, credentials } = prepared;
        let sent = self.now();
        let corrected_by = self.shared.skew.get().unwrap_or_default();
        let at = self.shared.skew.corrected(sent);
        let outcome = match sigv4::signed(&target.url, &target.region, credentials, at) {
            Ok(request) => {
                exchange::exchange(client, request, ORDER_LIMIT, self.shared.options.timeouts).await
            }
            Err(error) => Err(ExchangeError::Unsigned(error.to_string())),
        };
        Attempt { sent, received: self.now(), corrected_by, outcome }
    }

    /// Keeps what an answer says about the clock; true where that was what made the service refuse it.
    fn learns(&self, attempt: &Attempt) -> bool {
        let Ok(response) = &attempt.outcome else { return false };
        if !self.shared.options.corrects_clock {
            return false;
        }
        let Some(candidate) = clock_skew::candidate(&response.headers, attempt.sent, attempt.received) else {
            return false;
        };
        self.shared.skew.set(candidate);
        !response.status.is_success()
            && clock_skew::is_worth_another_attempt(candidate, attempt.corrected_by)
            && error_code::of(response).is_of_the_clock()
    }

    /// What an answer holds: the order and the bytes that it came in, or why there is none.
    fn judge(
        &self,
        key: &OrderKey,
        prepared: &Prepared,
        response: Response,
        received: Timestamp,
    ) -> (Result<PhoneNumberOrder, Failure>, Option<Vec<u8>>) {
        if response.status == http::StatusCode::OK {
            return match wire::order(&response.body, key.id) {
                Ok(order) => (Ok(order), Some(response.body)),
                Err(reason) => (Err(error::undecodable(key, &response, &reason)), None),
            };
        }
        let account = prepared.credentials.account_id().map(AccountId::as_str);
        let failure = error::answered(key, account, &response, received);
        if failure.kind == FailureKind::Unauthorized {
            self.shared.credentials.refused(key.scope.profile.as_deref());
        }
        (Err(failure), None)
    }

    fn unsent<T>(&self, failure: Failure) -> Answer<T> {
        let now = self.now();
        let server_skew = self.shared.skew.get();
        Answer { result: Err(failure), sent: now, received: now, server_skew, attempts: 0, identity: None }
    }
}

impl Prepared {
    fn identity(&self) -> Identity {
        Identity {
            account: self.credentials.account_id().map(|id| Arc::from(id.as_str())),
            expires: self.credentials.expiry().and_then(|expiry| Timestamp::try_from(expiry).ok()),
        }
    }
}

impl fmt::Debug for Fetcher {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Fetcher").field("options", &self.shared.options).finish_non_exhaustive()
    }
}
