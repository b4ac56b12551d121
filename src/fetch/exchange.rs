//! One request and its answer, read by chunks and cut at a limit, with failures told apart by where they happened.

use super::causes::{causes, innermost};
use super::options::Timeouts;
use crate::domain::NetworkStage;
use http::{HeaderMap, StatusCode};
use reqwest::{Client, Request};
use std::error::Error;
use std::io;
use std::time::Duration;

/// An answer, whatever its status.
#[derive(Debug)]
pub(super) struct Response {
    pub(super) status: StatusCode,
    pub(super) headers: HeaderMap,
    pub(super) body: Vec<u8>,
}

/// Why there is no answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum ExchangeError {
    /// Nothing was sent.
    Unsigned(String),
    /// The whole attempt took longer than this.
    Timeout(Duration),
    /// The connection failed or broke; with the innermost cause.
    Network(NetworkStage, String),
    /// The body is longer than this many bytes.
    TooLarge(usize),
}

/// Sends `request` and reads at most `limit` bytes of the answer's body.
pub(super) async fn exchange(
    client: &Client,
    request: Request,
    limit: usize,
    timeouts: Timeouts,
) -> Result<Response, ExchangeError> {
    let whole = async {
        let mut answer =
            client.execute(request).await.map_err(|error| failed(&error, NetworkStage::Exchange))?;
        let mut body = Vec::new();
        while let Some(chunk) = answer.chunk().await.map_err(|error| failed(&error, NetworkStage::Body))? {
            if body.len() + chunk.len() > limit {
                return Err(ExchangeError::TooLarge(limit));
            }
            body.extend_from_slice(&chunk);
        }
        Ok(Response { status: answer.status(), headers: std::mem::take(answer.headers_mut()), body })
    };
    match tokio::time::timeout(timeouts.attempt, whole).await {
        Ok(result) => result,
        Err(_elapsed) => Err(ExchangeError::Timeout(timeouts.attempt)),
    }
}

fn failed(error: &reqwest::Error, stage: NetworkStage) -> ExchangeError {
    let stage = if error.is_dns() {
        NetworkStage::Name
    } else if causes(error).any(is_tls) {
        NetworkStage::Tls
    } else if error.is_connect() {
        NetworkStage::Connect
    } else {
        stage
    };
    ExchangeError::Network(stage, innermost(error))
}

/// rustls hides its error inside I/O errors, one within the other, whose `source` leaves out what they hold.
fn is_tls(error: &(dyn Error + 'static)) -> bool {
    let mut outer = error.downcast_ref::<io::Error>();
    while let Some(inner) = outer.and_then(io::Error::get_ref) {
        if inner.is::<rustls::Error>() {
            return true;
        }
        outer = inner.downcast_ref();
    }
    error.is::<rustls::Error>()
}
