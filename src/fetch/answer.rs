//! What a fetch brings back.

use super::error;
use super::exchange::Response;
use super::question::Question;
use super::wire::WireError;
use crate::domain::{Failure, Identity, PhoneNumberOrder};
use jiff::{SignedDuration, Timestamp};

/// What one fetch brought.
///
/// ```
/// use chimewatch::domain::{FailureKind, OrderKey, PhoneNumberOrderId, Scope};
/// use chimewatch::fetch::{FetchOptions, Fetcher, Keys};
/// use chimewatch::runtime::clock::Clock;
/// # use chimewatch::order_service::{Options, OrderService, Scenario};
/// use std::sync::Arc;
///
/// // In AWS: FetchOptions::default() takes the credentials that the AWS CLI takes, and a scope names no endpoint.
/// # let service = OrderService::start(&Scenario::named("quiet")?, Options::default())?;
/// # let (endpoint, keys) = (service.endpoint(), service.credentials());
/// # let options = FetchOptions::with_keys(Keys {
/// #     access_key_id: keys.access_key_id.clone(),
/// #     secret_access_key: keys.secret_access_key.clone(),
/// #     session_token: None,
/// # });
/// let clock = Clock::start();
/// let fetcher = Fetcher::new(options, move || clock.now().wall);
/// let scope = Arc::new(Scope { profile: None, region: "us-east-1".into(), endpoint: Some(endpoint.into()) });
///
/// # tokio::runtime::Builder::new_current_thread().enable_all().build()?.block_on(async {
/// // One order.
/// let id = PhoneNumberOrderId::parse("1b6e0a52-94c7-4d0f-8a3e-20d5f7b91c04").unwrap();
/// let order = fetcher.get(&OrderKey { scope: Arc::clone(&scope), id }).await.result?;
/// assert_eq!((order.status.to_string().as_str(), order.counts().acquired), ("Successful", 50));
///
/// // All of an account's, page after page.
/// let (mut orders, mut next) = (Vec::new(), None);
/// loop {
///     let page = fetcher.list(&scope, next.as_ref()).await.result?;
///     orders.extend(page.orders);
///     next = page.next;
///     if next.is_none() {
///         break;
///     }
/// }
/// assert_eq!(orders.len(), 4);
///
/// // What goes wrong says what it is, and what to do about it.
/// let nobody = PhoneNumberOrderId::parse("00000000-94c7-4d0f-8a3e-20d5f7b91c04").unwrap();
/// let failure = fetcher.get(&OrderKey { scope, id: nobody }).await.result.unwrap_err();
/// assert_eq!(failure.kind, FailureKind::NotFound);
/// assert!(!failure.kind.is_transient());
/// # Ok::<(), chimewatch::domain::Failure>(())
/// # })?;
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
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
    /// Requests that were sent: none, one, or two when the first one taught the clock; and one more for each that a
    /// kept connection swallowed.
    pub attempts: u8,
    /// As whom it was signed; none where nothing was sent.
    pub identity: Option<Identity>,
}

impl Answer<Response> {
    /// Reads what was asked for out of the answer; with its bytes.
    pub(super) fn read<T>(
        self,
        question: Question<'_>,
        read: impl FnOnce(&[u8]) -> Result<T, WireError>,
    ) -> (Answer<T>, Option<Vec<u8>>) {
        let Self { result, sent, received, server_skew, attempts, identity } = self;
        let (result, body) = match result {
            Ok(response) => match read(&response.body) {
                Ok(read) => (Ok(read), Some(response.body)),
                Err(reason) => (Err(error::undecodable(question, &response, &reason)), Some(response.body)),
            },
            Err(failure) => (Err(failure), None),
        };
        (Answer { result, sent, received, server_skew, attempts, identity }, body)
    }
}
