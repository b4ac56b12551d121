//! HOW to ask: one signed `GetPhoneNumberOrder` or `ListPhoneNumberOrders` over one HTTP stack, and every way in which
//! it can fail.
//!
//! - One attempt a fetch, and one more, signed afresh, when the first one taught that our clock is wrong. Asking
//!   again is the schedule's business.
//! - As long as no answer has told the service's time, one request goes out and the others wait for its answer.
//! - Nothing is built before the first use: reading the roots and the shared config takes milliseconds that a first
//!   frame must not wait for.
//! - Nothing is sent to a target that is neither https nor a loopback address, no redirect is followed, and no
//!   answer is read beyond its limit.
//! - What comes from outside leaves this room only as [`crate::domain`] types, neutralised, and a failure without the
//!   secrets that a service or a credential process may have repeated.
//!
//! The operations, their members and their errors are those of
//! [`GetPhoneNumberOrder`](https://docs.aws.amazon.com/chime-sdk/latest/APIReference/API_voice-chime_GetPhoneNumberOrder.html)
//! and
//! [`ListPhoneNumberOrders`](https://docs.aws.amazon.com/chime-sdk/latest/APIReference/API_voice-chime_ListPhoneNumberOrders.html);
//! a request is signed with
//! [Signature Version 4](https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-signing-elements.html).
//! It takes at most [`Timeouts::operation`], 25 s.
//!
//! [`Answer`] shows it in use.

mod answer;
mod aws_cli;
mod ca_bundle;
mod causes;
mod client;
mod clock_skew;
mod connector;
mod credentials;
mod dial;
mod endpoint;
mod error;
mod error_code;
mod exchange;
mod first_answer;
mod journal;
mod options;
mod page_size;
mod question;
mod rehearsal;
mod shared_config;
mod sigv4;
pub mod wire;

pub use answer::Answer;
pub use options::{CredentialSource, FetchOptions, Keys, SharedFiles, Timeouts};
pub use rehearsal::{Endpoint, Held, Roots};

use crate::domain::{Failure, FailureKind, Identity, OrderKey, OrderPage, PageToken, ProfileConfig, Scope};
use aws_credential_types::Credentials;
use aws_credential_types::attributes::AccountId;
use clock_skew::ClockSkew;
use credentials::Found;
use endpoint::Target;
use exchange::{ExchangeError, Response};
use first_answer::{FirstAnswers, Turn};
use http::StatusCode;
use jiff::{SignedDuration, Timestamp};
use page_size::PageSizes;
use question::Question;
use shared_config::SharedConfig;
use std::fmt;
use std::sync::Arc;
use tokio::time::Instant;

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
    config: SharedConfig,
    skew: ClockSkew,
    first_answers: FirstAnswers,
    used: journal::Used,
    page_sizes: PageSizes,
}

/// All that one attempt needs, besides the time.
struct Prepared {
    target: Target,
    client: reqwest::Client,
    credentials: Credentials,
    source: Arc<credentials::Source>,
}

struct Attempt {
    sent: Timestamp,
    received: Timestamp,
    /// The correction that it was signed with.
    corrected_by: SignedDuration,
    /// How many requests it took.
    requests: u8,
    outcome: Result<Response, ExchangeError>,
}

impl Fetcher {
    /// A fetcher that has done nothing yet. `clock` reads the wall clock.
    pub fn new(options: FetchOptions, clock: impl Fn() -> Timestamp + Send + Sync + 'static) -> Self {
        let clients = Arc::new(client::Clients::new(&options));
        let credentials = credentials::Wallet::new(&options, Arc::clone(&clients));
        let config = SharedConfig::new(&options);
        let first_answers = FirstAnswers::awaited_for(options.timeouts.first_answer);
        let shared = Shared {
            options,
            clock: Arc::new(clock),
            clients,
            credentials,
            config,
            skew: ClockSkew::default(),
            first_answers,
            used: journal::Used::default(),
            page_sizes: PageSizes::default(),
        };
        Self { shared: Arc::new(shared) }
    }

    /// Asks for one order. Never fails otherwise than by the answer's `result`.
    pub async fn get(&self, key: &OrderKey) -> Answer {
        self.get_with_body(key).await.0
    }

    /// As [`Fetcher::get`], with the bytes of a good answer, whether or not they hold the order.
    pub async fn get_with_body(&self, key: &OrderKey) -> (Answer, Option<Vec<u8>>) {
        let question = Question::Order(key);
        let (answer, body) = self.ask(question).await.read(question, |body| wire::order(body, key.id));
        (self.told(answer), body)
    }

    /// Asks for a page of an account's orders; none for the first page.
    ///
    /// A page that is longer than what is read is a failure; from then on pages of half as many orders are asked for.
    pub async fn list(&self, scope: &Arc<Scope>, page: Option<&PageToken>) -> Answer<OrderPage> {
        self.list_with_body(scope, page).await.0
    }

    /// As [`Fetcher::list`], with the bytes of a good answer, whether or not they hold a page.
    pub async fn list_with_body(
        &self,
        scope: &Arc<Scope>,
        page: Option<&PageToken>,
    ) -> (Answer<OrderPage>, Option<Vec<u8>>) {
        let question = Question::Page {
            scope,
            token: page,
            size: self.shared.page_sizes.of(scope, self.shared.options.api),
        };
        let (answer, body) = self.ask(question).await.read(question, |body| wire::page(body, page));
        (self.told(answer), body)
    }

    /// Where the shared config says that a profile asks. Reads files, asks nobody.
    pub async fn profile_config(&self, profile: Option<&str>) -> ProfileConfig {
        ProfileConfig {
            region: self.region_of(profile).await.map(Into::into),
            endpoint: self.shared.config.endpoint(profile, self.shared.options.api).await.map(Into::into),
        }
    }

    /// The profiles of the shared config, by name. Reads files, asks nobody.
    pub async fn profiles(&self) -> Vec<Arc<str>> {
        self.shared.config.profiles().await
    }

    /// Whether a file that credentials come from has changed since they were last read; true once for every change.
    pub fn credentials_changed(&self) -> bool {
        self.shared.credentials.files_have_changed()
    }

    /// The region that the shared config gives a profile; none where it gives none. Reads files, asks nobody.
    pub async fn region_of(&self, profile: Option<&str>) -> Option<String> {
        self.shared.credentials.region_of(profile).await
    }

    /// Drops every connection: after a suspension or a network failure they may be dead without saying so. The clock
    /// may have been set meanwhile, so what was learnt of it is asked for again by one request before the others.
    pub fn drop_connections(&self) {
        self.shared.clients.drop_connections();
        self.shared.first_answers.forget();
    }

    /// Drops every credential and all that was read of the shared config, so that the next fetch reads it afresh.
    pub fn forget_credentials(&self) {
        self.shared.credentials.forget();
        self.shared.config.forget();
    }

    fn now(&self) -> Timestamp {
        (self.shared.clock)()
    }

    /// Asks once, and once more, signed afresh, where the first answer taught the clock.
    async fn ask(&self, question: Question<'_>) -> Answer<Response> {
        let end = Instant::now() + self.shared.options.timeouts.operation;
        let prepared = match self.prepare(question).await {
            Ok(prepared) => prepared,
            Err(failure) => return self.unsent(failure),
        };
        let identity = Some(identity_of(&prepared.credentials));
        let turn = self.turn(&prepared).await;
        let mut attempt = self.attempt(&prepared, question.limit(), end).await;
        let mut attempts = attempt.requests;
        journal::asked(question, 1, &attempt);
        let is_to_be_signed_again = self.learns(&attempt);
        match attempt.outcome {
            Ok(_) => turn.answered(),
            Err(_) => drop(turn),
        }
        if is_to_be_signed_again {
            attempt = self.attempt(&prepared, question.limit(), end).await;
            attempts += attempt.requests;
            journal::asked(question, 2, &attempt);
            self.learns(&attempt);
        }
        let Attempt { sent, received, outcome, .. } = attempt;
        let result = match outcome {
            Ok(response) if response.status == StatusCode::OK => Ok(response),
            Ok(response) => Err(self.refusal(question, &prepared, &response, received)),
            Err(reason) => {
                if let (Question::Page { scope, size, .. }, ExchangeError::TooLarge(_)) = (question, &reason)
                {
                    self.shared.page_sizes.halve(scope, size);
                }
                Err(error::no_answer(question, &prepared.target, &reason))
            }
        };
        let server_skew = self.shared.skew.get();
        Answer { result, sent, received, server_skew, attempts, identity }
    }

    async fn prepare(&self, question: Question<'_>) -> Result<Prepared, Failure> {
        let Shared { options, clients, credentials, config, skew, .. } = &*self.shared;
        let profile = question.scope().profile.as_deref();
        let target = Target::of(question, options.api, config.kind(profile).await)
            .map_err(|refusal| error::refused(question, &refusal, &config.file()))?;
        // Before credentials: a bundle that cannot be used would look like a lack of them.
        let client = clients.of(&target.url).map_err(|reason| error::no_client(question, &reason))?;
        let credentials = credentials.of(profile, skew.corrected(self.now())).await;
        let Found { credentials, source } = match credentials {
            Ok(found) => found,
            Err(reason) => {
                let (reason, profiles) = config.explained(profile, reason).await;
                return Err(error::no_credentials(question, &reason, &profiles));
            }
        };
        for secret in [credentials.secret_access_key()].into_iter().chain(credentials.session_token()) {
            options.secrets.learn(secret);
        }
        self.shared.used.note(question.scope(), &credentials);
        Ok(Prepared { target, client, credentials, source })
    }

    /// Waits until it may be sent: where the time is to be learnt, one request goes first.
    async fn turn(&self, prepared: &Prepared) -> Turn {
        if !self.shared.options.corrects_clock {
            return Turn::Free;
        }
        self.shared.first_answers.turn(&prepared.target.url).await
    }

    /// Signs with the corrected time and sends. It is over when the operation ends.
    async fn attempt(&self, prepared: &Prepared, limit: usize, end: Instant) -> Attempt {
        let Prepared { target, client, credentials, .. } = prepared;
        let sent = self.now();
        let corrected_by = self.shared.skew.get().unwrap_or_default();
        let at = self.shared.skew.corrected(sent);
        let timeouts = self.shared.options.timeouts;
        let left = end.saturating_duration_since(Instant::now());
        let timeouts = Timeouts { attempt: timeouts.attempt.min(left), ..timeouts };
        let (outcome, requests) = match sigv4::signed(&target.url, &target.region, credentials, at) {
            Ok(request) => exchange::exchange(client, request, limit, timeouts).await,
            Err(error) => (Err(ExchangeError::Unsigned(error.to_string())), 0),
        };
        Attempt { sent, received: self.now(), corrected_by, requests, outcome }
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
        let before = self.shared.skew.get().unwrap_or_default();
        if clock_skew::is_worth_another_attempt(candidate, before) {
            journal::skew(candidate, before);
        }
        self.shared.skew.set(candidate);
        self.shared.first_answers.told();
        !response.status.is_success()
            && clock_skew::is_worth_another_attempt(candidate, attempt.corrected_by)
            && error_code::of(response).is_of_the_clock()
    }

    /// What the service says instead of an answer.
    fn refusal(
        &self,
        question: Question<'_>,
        prepared: &Prepared,
        response: &Response,
        at: Timestamp,
    ) -> Failure {
        let account = prepared.credentials.account_id().map(AccountId::as_str);
        let mut failure = error::answered(question, account, response, self.shared.skew.corrected(at));
        if failure.kind == FailureKind::Unauthorized {
            let profile = question.scope().profile.as_deref();
            self.shared.credentials.refused(profile, &prepared.credentials);
            failure = error::renewed_by(failure, &prepared.source, &error_code::of(response));
        }
        failure
    }

    /// Logs a failure, free of secrets, as which it leaves this room.
    fn told<T>(&self, answer: Answer<T>) -> Answer<T> {
        let secrets = &self.shared.options.secrets;
        let result = answer.result.map_err(|failure| journal::without_secrets(failure, secrets));
        let result = result.inspect_err(journal::failed);
        Answer { result, ..answer }
    }

    fn unsent<T>(&self, failure: Failure) -> Answer<T> {
        let now = self.now();
        let server_skew = self.shared.skew.get();
        Answer { result: Err(failure), sent: now, received: now, server_skew, attempts: 0, identity: None }
    }
}

/// What credentials say about themselves.
fn identity_of(credentials: &Credentials) -> Identity {
    Identity {
        account: credentials.account_id().map(|id| Arc::from(id.as_str())),
        expires: credentials.expiry().and_then(|expiry| Timestamp::try_from(expiry).ok()),
    }
}

impl fmt::Debug for Fetcher {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Fetcher").field("options", &self.shared.options).finish_non_exhaustive()
    }
}
