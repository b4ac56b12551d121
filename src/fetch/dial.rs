//! Before a request is sent: looking up a name, within a time of its own, and noting whether a connection was opened
//! for it, how far that came, or whether one that was kept is used again.

use reqwest::dns::{Addrs, Name, Resolve, Resolving};
use rustls::crypto::{CryptoProvider, GetRandomFailed, SecureRandom, ring};
use std::cell::Cell;
use std::io::{self, ErrorKind};
use std::sync::Arc;
use std::time::Duration;

/// The connection that a request goes over.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Connection {
    /// Opened for an earlier request and kept: the other side may just have closed it.
    Kept,
    /// Opened for this request.
    New,
    /// Opened for this request, and TLS was begun over it: somebody has taken the connection.
    Handshaken,
}

tokio::task_local! {
    static CONNECTION: Cell<Connection>;
}

/// Runs a request and tells over which connection it went.
pub(super) async fn noting<F: Future>(request: F) -> (F::Output, Connection) {
    let noting = async {
        let output = request.await;
        (output, CONNECTION.with(Cell::get))
    };
    CONNECTION.scope(Cell::new(Connection::Kept), noting).await
}

/// Stands before the connector, which is asked only where no connection is kept.
pub(super) fn noted<T>(destination: T) -> T {
    // A connection that is finished after its request has got another one has nobody to tell.
    let _ = CONNECTION.try_with(|connection| connection.set(Connection::New));
    destination
}

/// The provider of cryptography, with random numbers that note that TLS begins: a handshake needs some for its first
/// message, right after the connection is there, and nothing before it does.
pub(super) fn noting_handshakes(provider: CryptoProvider) -> CryptoProvider {
    CryptoProvider { secure_random: &Random, ..provider }
}

/// The random numbers of the provider.
#[derive(Debug)]
struct Random;

impl SecureRandom for Random {
    fn fill(&self, bytes: &mut [u8]) -> Result<(), GetRandomFailed> {
        let _ = CONNECTION.try_with(|connection| connection.set(Connection::Handshaken));
        ring::default_provider().secure_random.fill(bytes)
    }
}

/// The system's name lookup. A name server that is silent is told from a host that is.
#[derive(Debug)]
pub(super) struct Names {
    within: Duration,
}

impl Names {
    pub(super) fn looked_up_within(within: Duration) -> Arc<Self> {
        Arc::new(Self { within })
    }
}

impl Resolve for Names {
    fn resolve(&self, name: Name) -> Resolving {
        let within = self.within;
        Box::pin(async move {
            let found = in_time(within, tokio::net::lookup_host((name.as_str(), 0))).await?;
            Ok(Box::new(found.collect::<Vec<_>>().into_iter()) as Addrs)
        })
    }
}

async fn in_time<T>(within: Duration, lookup: impl Future<Output = io::Result<T>>) -> io::Result<T> {
    let silent = |elapsed| io::Error::new(ErrorKind::TimedOut, format!("no name server answers: {elapsed}"));
    tokio::time::timeout(within, lookup).await.map_err(silent)?
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn only_the_request_for_which_a_connection_is_opened_notes_it() {
        assert_eq!(noting(async { 1 }).await, (1, Connection::Kept));
        assert_eq!(noting(async { noted(2) }).await, (2, Connection::New));
        assert_eq!(noted(3), 3);
    }

    #[tokio::test]
    async fn a_lookup_that_takes_too_long_is_given_up() {
        let silent = std::future::pending::<io::Result<()>>();
        let error = in_time(Duration::from_millis(1), silent).await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::TimedOut);
        assert_eq!(in_time(Duration::from_mins(1), async { Ok(1) }).await.unwrap(), 1);
    }
}
