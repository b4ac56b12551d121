//! Why an order was not answered, in words that say what to do next.

use super::{PhoneNumberOrderId, Scope, Text};
use std::fmt;
use std::sync::Arc;
use std::time::Duration;

/// The longest that a service is believed that asks us to stay away.
pub const LONGEST_RETRY_AFTER: Duration = Duration::from_mins(1);

/// The IAM action that reads an order.
pub const READ_ORDER: &str = "chime:GetPhoneNumberOrder";

/// What an administrator has to allow.
pub const POLICY: &str = r#"{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":["chime:GetPhoneNumberOrder","chime:ListPhoneNumberOrders"],"Resource":"*"}]}"#;

/// One request that brought no order. `Display` is one line: what happened, then what to do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Failure {
    /// What the schedule decides by.
    pub kind: FailureKind,
    /// The order that was asked for; none where the whole account is meant.
    pub order: Option<PhoneNumberOrderId>,
    /// As whom, where.
    pub scope: Arc<Scope>,
    /// What happened, one sentence without its full stop, secrets removed.
    pub what: Text,
    /// What to do about it, one sentence without its full stop.
    pub next_step: Text,
    /// The command that mends it, for `c` to copy.
    pub command: Option<Text>,
    /// How long the service asked us to stay away, at most [`LONGEST_RETRY_AFTER`].
    pub retry_after: Option<Duration>,
    /// `x-amzn-RequestId`, for a support case.
    pub request_id: Option<Text>,
    /// Whether waiting can help.
    pub lasts: Lasts,
}

/// How long a failure lasts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Lasts {
    /// Until it passes, or somebody mends it beside the running program.
    #[default]
    UntilMended,
    /// As long as the program runs: the keys of its environment have ended.
    UntilRestart,
}

impl Failure {
    /// False where nothing but a new start of the program mends it.
    pub fn may_pass(&self) -> bool {
        self.lasts == Lasts::UntilMended
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.what)?;
        if !self.next_step.is_empty() {
            write!(f, ". {}", self.next_step)?;
        }
        Ok(())
    }
}

impl std::error::Error for Failure {}

/// The kinds of failure that make a difference to when an order is asked again.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum FailureKind {
    /// 429, or a code that says so.
    Throttled,
    /// 500, 502, 503, 504 and the codes of the API for them.
    Service,
    /// The attempt took too long.
    Timeout,
    /// No connection, or it broke.
    Network(NetworkStage),
    /// 400, or an answer that says that we asked wrongly.
    BadRequest,
    /// 403: this identity may not.
    Forbidden,
    /// 404: not here, not as this identity.
    NotFound,
    /// An answer that is no order: not JSON, too large, a redirect.
    Undecodable,
    /// 401, or a signature or token that is refused.
    Unauthorized,
    /// No credentials, or expired ones; nothing was sent.
    Credentials,
    /// The request could not be built, or its target is refused; nothing was sent.
    Refused,
}

/// Where a connection failed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum NetworkStage {
    /// The host name did not resolve.
    Name,
    /// Nothing listens, or no route.
    Connect,
    /// The TLS handshake or a certificate.
    Tls,
    /// Sending, or waiting for the answer's head.
    Exchange,
    /// The body ended early.
    Body,
}

impl FailureKind {
    /// True where the whole account cannot be asked until something is done about it.
    pub const fn rests_the_account(self) -> bool {
        matches!(self, Self::Unauthorized | Self::Credentials)
    }

    /// True where the order was asked for and the answer was that there is none, or none for us.
    pub const fn is_refusal(self) -> bool {
        matches!(self, Self::BadRequest | Self::Forbidden | Self::NotFound | Self::Undecodable)
    }

    /// True where the same request may well succeed in a while, without anybody doing anything.
    pub const fn is_transient(self) -> bool {
        matches!(self, Self::Throttled | Self::Service | Self::Timeout | Self::Network(_))
    }
}
