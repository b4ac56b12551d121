//! One request and its answer, read by chunks and cut at a limit, with failures told apart by where they happened.

use super::causes::{causes, innermost};
use super::dial::{self, Connection};
use super::journal;
use super::options::Timeouts;
use crate::domain::NetworkStage;
use http::{HeaderMap, StatusCode};
use reqwest::{Client, Request};
use std::error::Error;
use std::io::{self, ErrorKind};
use std::pin::{Pin, pin};
use std::time::Duration;
use tokio::select;
use tokio::time::{Sleep, sleep};

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
    /// No answer has begun within this time.
    Timeout(Duration),
    /// An answer has begun, and after so many bytes of its body it is not whole within this time.
    Stalled { received: usize, within: Duration },
    /// The connection failed or broke; with the innermost cause.
    Network(NetworkStage, String),
    /// The body is longer than this many bytes.
    TooLarge(usize),
}

/// Sends `request` and reads at most `limit` bytes of the answer's body.
///
/// A service closes connections that it was not asked over for a while, and may do so just when the next request is
/// on its way. A request that gets no byte over a connection that was kept is therefore sent once more: it asks for
/// something and changes nothing. Over a connection of its own it is not.
///
/// With how many requests were sent.
pub(super) async fn exchange(
    client: &Client,
    request: Request,
    limit: usize,
    timeouts: Timeouts,
) -> (Result<Response, ExchangeError>, u8) {
    let mut requests = 1;
    let outcome = whole(client, request, limit, timeouts, &mut requests).await;
    (outcome, requests)
}

/// The whole answer.
async fn whole(
    client: &Client,
    request: Request,
    limit: usize,
    timeouts: Timeouts,
    requests: &mut u8,
) -> Result<Response, ExchangeError> {
    let mut late = pin!(sleep(timeouts.attempt));
    let answer = select! {
        answer = head(client, request, timeouts, requests) => answer?,
        () = &mut late => return Err(ExchangeError::Timeout(timeouts.attempt)),
    };
    body(answer, limit, timeouts, late).await
}

/// The answer up to its body.
async fn head(
    client: &Client,
    request: Request,
    timeouts: Timeouts,
    requests: &mut u8,
) -> Result<reqwest::Response, ExchangeError> {
    let again = request.try_clone();
    let (answer, connection) = match (dial::noting(client.execute(request)).await, again) {
        ((Err(error), Connection::Kept), Some(again)) if is_cut_off(&error) => {
            journal::sent_again();
            *requests += 1;
            dial::noting(client.execute(again)).await
        }
        (noted, _) => noted,
    };
    answer.map_err(|error| match connection {
        Connection::Handshaken if error.is_connect() && error.is_timeout() => {
            let within = timeouts.connect.as_secs_f32();
            let silence = format!("it takes the connection and says nothing within {within} s");
            ExchangeError::Network(NetworkStage::Tls, silence)
        }
        Connection::Handshaken | Connection::New | Connection::Kept => {
            failed(&error, NetworkStage::Exchange, timeouts)
        }
    })
}

/// The rest of the answer, unless it is `late`.
async fn body(
    mut answer: reqwest::Response,
    limit: usize,
    timeouts: Timeouts,
    mut late: Pin<&mut Sleep>,
) -> Result<Response, ExchangeError> {
    let promised = answer.content_length().unwrap_or_default();
    if usize::try_from(promised).is_ok_and(|promised| promised > limit) {
        return Err(ExchangeError::TooLarge(limit));
    }
    let mut body = Vec::new();
    loop {
        let stalled = |within| ExchangeError::Stalled { received: body.len(), within };
        let chunk = select! {
            chunk = answer.chunk() => chunk.map_err(|error| failed(&error, NetworkStage::Body, timeouts))?,
            () = sleep(timeouts.read) => return Err(stalled(timeouts.read)),
            () = &mut late => return Err(stalled(timeouts.attempt)),
        };
        let Some(chunk) = chunk else { break };
        if body.len() + chunk.len() > limit {
            return Err(ExchangeError::TooLarge(limit));
        }
        body.extend_from_slice(&chunk);
    }
    Ok(Response { status: answer.status(), headers: std::mem::take(answer.headers_mut()), body })
}

/// True where the connection ended before the answer's head had come.
fn is_cut_off(error: &reqwest::Error) -> bool {
    causes(error).any(|cause| {
        let ended = |error: &hyper::Error| error.is_incomplete_message() || error.is_canceled();
        cause.is::<io::Error>() || cause.downcast_ref().is_some_and(ended)
    })
}

/// What the detail of a connection begins with that failed on the way to the proxy, before the host was asked for.
pub(super) const PROXY_AWAY: &str = "proxy: ";
/// The words of the connector for that; its type is its own.
const NO_CONNECTION_FOR_TUNNEL: &str = "tunnel error: failed to create underlying connection";

fn failed(error: &reqwest::Error, stage: NetworkStage, timeouts: Timeouts) -> ExchangeError {
    if error.is_connect() && causes(error).any(|cause| cause.to_string() == NO_CONNECTION_FOR_TUNNEL) {
        return ExchangeError::Network(NetworkStage::Connect, format!("{PROXY_AWAY}{}", innermost(error)));
    }
    let stage = if error.is_dns() {
        NetworkStage::Name
    } else if causes(error).any(is_tls) || ends_a_handshake(error) {
        NetworkStage::Tls
    } else if error.is_connect() {
        NetworkStage::Connect
    } else {
        stage
    };
    let detail = match stage {
        NetworkStage::Connect if error.is_timeout() => {
            format!("waited {} s", timeouts.connect.as_secs_f32())
        }
        NetworkStage::Connect
        | NetworkStage::Name
        | NetworkStage::Tls
        | NetworkStage::Exchange
        | NetworkStage::Body => innermost(error),
    };
    ExchangeError::Network(stage, detail)
}

/// True where a connection was there, and ended before TLS was spoken.
fn ends_a_handshake(error: &reqwest::Error) -> bool {
    let is_end = |kind| matches!(kind, ErrorKind::UnexpectedEof | ErrorKind::ConnectionReset);
    let ends = |cause: &(dyn Error + 'static)| io_errors(cause).any(|error| is_end(error.kind()));
    error.is_connect() && error.url().is_some_and(|url| url.scheme() == "https") && causes(error).any(ends)
}

fn is_tls(error: &(dyn Error + 'static)) -> bool {
    let mut hidden = io_errors(error).filter_map(|outer| outer.get_ref()?.downcast_ref::<rustls::Error>());
    error.is::<rustls::Error>() || hidden.next().is_some()
}

/// I/O errors are wrapped in I/O errors, one within the other, whose `source` leaves out what they hold.
fn io_errors<'a>(error: &'a (dyn Error + 'static)) -> impl Iterator<Item = &'a io::Error> {
    let inner = |outer: &&'a io::Error| outer.get_ref()?.downcast_ref();
    std::iter::successors(error.downcast_ref(), inner)
}
