//! HTTP/1.1 with keep-alive on loopback: accepts connections, verifies, answers, keeps the log.

use std::convert::Infallible;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use http::{HeaderName, HeaderValue, Request, Response};
use http_body_util::{BodyExt as _, Limited};
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::TokioIo;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::oneshot;

use super::answer::{Answer, Delivery};
use super::api::{self, Operation, Overrides, View};
use super::body::AnswerBody;
use super::clock::Clock;
use super::credentials::Credentials;
use super::error_code::{ErrorCode, Refusal};
use super::fault::Faults;
use super::request_log::RequestLog;
use super::sigv4::{self, Received};
use super::wire;
use super::world::World;

/// A watching client sends no body at all.
const LARGEST_REQUEST_BODY: usize = 64 * 1024;
/// Without it, a machine out of descriptors would make the loop spin.
const AFTER_REFUSED_ACCEPT: Duration = Duration::from_millis(50);

/// What the service's thread and its handle share.
#[derive(Debug)]
pub(super) struct Shared {
    pub(super) world: World,
    pub(super) clock: Clock,
    pub(super) credentials: Credentials,
    pub(super) faults: Mutex<Faults>,
    pub(super) overrides: Mutex<Overrides>,
    pub(super) log: RequestLog,
}

impl Shared {
    pub(super) fn faults(&self) -> MutexGuard<'_, Faults> {
        self.faults.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(super) fn overrides(&self) -> MutexGuard<'_, Overrides> {
        self.overrides.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Serves until `stopped` is sent to, or its sender is gone.
pub(super) async fn serve(listener: TcpListener, shared: Arc<Shared>, mut stopped: oneshot::Receiver<()>) {
    loop {
        tokio::select! {
            _ = &mut stopped => return,
            accepted = listener.accept() => match accepted {
                Ok((stream, _)) => {
                    shared.log.connected();
                    tokio::spawn(converse(stream, Arc::clone(&shared)));
                }
                // Out of descriptors, or a client that left while it waited: the next one may do better.
                Err(_) => tokio::time::sleep(AFTER_REFUSED_ACCEPT).await,
            }
        }
    }
}

async fn converse(stream: TcpStream, shared: Arc<Shared>) {
    let service = service_fn(move |request| answer_to(request, Arc::clone(&shared)));
    // An error here is the client's hanging up, or a fault that breaks the connection: nobody is left to tell.
    let _ended =
        http1::Builder::new().auto_date_header(false).serve_connection(TokioIo::new(stream), service).await;
}

async fn answer_to(
    request: Request<Incoming>,
    shared: Arc<Shared>,
) -> Result<Response<AnswerBody>, Infallible> {
    let (head, body) = request.into_parts();
    let body =
        Limited::new(body, LARGEST_REQUEST_BODY).collect().await.map(http_body_util::Collected::to_bytes);
    let method = head.method.as_str();
    let target = head.uri.path_and_query().map_or("", http::uri::PathAndQuery::as_str);
    let operation = Operation::of(method, target);
    let verified = body.map_err(|_too_large| Refusal::from(ErrorCode::BadRequest)).and_then(|body| {
        let received = Received { method, target, headers: &head.headers, body: &body };
        sigv4::verify(received, &shared.credentials, shared.clock.wall())
    });
    let region = verified.as_ref().ok().map(|verified| verified.region.as_str());
    let sequence = shared.log.received(method, target, &operation, region);
    let answer = match region {
        Some(region) => rightly_signed(&operation, target, region, &shared),
        None => verified.as_ref().map_or_else(Answer::from, |_| Answer::from(&ErrorCode::Forbidden.into())),
    };
    match answer.delivery {
        Delivery::Never => std::future::pending::<()>().await,
        Delivery::After(time) => tokio::time::sleep(time).await,
        Delivery::AtOnce | Delivery::Half | Delivery::Close | Delivery::Drip(_) | Delivery::Chunked => {}
    }
    shared.log.answered(sequence, answer.status);
    Ok(response(answer, sequence, &shared.clock))
}

fn rightly_signed(operation: &Operation, target: &str, region: &str, shared: &Shared) -> Answer {
    let elapsed = shared.clock.elapsed();
    let right = {
        let overrides = shared.overrides();
        api::answer(operation, target, View { world: &shared.world, overrides: &overrides, region, elapsed })
    };
    match operation.asked().and_then(|asked| shared.faults().strike(asked, elapsed)) {
        Some(fault) => right.struck_by(&fault),
        None => right,
    }
}

fn response(answer: Answer, sequence: u64, clock: &Clock) -> Response<AnswerBody> {
    let defaults = [
        ("x-amzn-RequestId", format!("{sequence:08x}-0000-4000-8000-{sequence:012x}")),
        ("Date", wire::http_date(clock.wall())),
        ("Content-Type", "application/json".to_owned()),
    ];
    let missing: Vec<(String, String)> = defaults
        .into_iter()
        .filter(|(name, _)| !answer.has_header(name))
        .map(|(name, value)| (name.to_owned(), value))
        .collect();
    let Answer { status, headers, body, delivery } = answer;
    let mut response = Response::new(AnswerBody::new(body, delivery));
    *response.status_mut() =
        http::StatusCode::from_u16(status).unwrap_or(http::StatusCode::INTERNAL_SERVER_ERROR);
    for (name, value) in missing.into_iter().chain(headers) {
        if let (Ok(name), Ok(value)) = (HeaderName::try_from(name), HeaderValue::try_from(value)) {
            response.headers_mut().append(name, value);
        }
    }
    response
}
