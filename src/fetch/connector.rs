//! The AWS crates' requests for credentials, carried by our own HTTP stack, so that there is one.

use super::client::Clients;
use aws_smithy_runtime_api::client::http::{
    HttpClient, HttpConnector, HttpConnectorFuture, HttpConnectorSettings, SharedHttpConnector,
};
use aws_smithy_runtime_api::client::orchestrator::{HttpRequest, HttpResponse};
use aws_smithy_runtime_api::client::result::ConnectorError;
use aws_smithy_runtime_api::client::runtime_components::RuntimeComponents;
use aws_smithy_types::body::SdkBody;
use std::sync::Arc;
use std::time::Duration;

/// The most bytes of an answer with credentials that are read.
const LIMIT: usize = 1024 * 1024;
/// How long an answer may take where the AWS crates name no time.
const READ_TIMEOUT: Duration = Duration::from_secs(10);

type BoxError = Box<dyn std::error::Error + Send + Sync>;

/// Hands the AWS crates our clients.
#[derive(Clone, Debug)]
pub(super) struct OurStack {
    clients: Arc<Clients>,
    /// How long one request may take.
    patience: Duration,
}

impl OurStack {
    pub(super) fn new(clients: Arc<Clients>) -> Self {
        Self { clients, patience: READ_TIMEOUT }
    }

    async fn send(self, request: HttpRequest) -> Result<HttpResponse, ConnectorError> {
        let request = request.try_into_http1x().map_err(|error| ConnectorError::user(error.into()))?;
        let (parts, body) = request.into_parts();
        let body = body
            .bytes()
            .map(<[u8]>::to_vec)
            .ok_or_else(|| ConnectorError::user("a request for credentials has a streaming body".into()))?;
        let request = reqwest::Request::try_from(http::Request::from_parts(parts, body))
            .map_err(|error| ConnectorError::user(error.into()))?;
        let client = self.clients.of(request.url()).map_err(|error| ConnectorError::user(error.into()))?;
        match tokio::time::timeout(self.patience, whole(&client, request)).await {
            Ok(response) => response,
            Err(elapsed) => Err(ConnectorError::timeout(elapsed.into())),
        }
    }
}

async fn whole(client: &reqwest::Client, request: reqwest::Request) -> Result<HttpResponse, ConnectorError> {
    let mut answer = client.execute(request).await.map_err(dispatch_error)?;
    let mut body = Vec::new();
    while let Some(chunk) = answer.chunk().await.map_err(dispatch_error)? {
        if body.len() + chunk.len() > LIMIT {
            return Err(ConnectorError::other("an answer with credentials is too long".into(), None));
        }
        body.extend_from_slice(&chunk);
    }
    let mut response = http::Response::new(SdkBody::from(body));
    *response.status_mut() = answer.status();
    *response.headers_mut() = std::mem::take(answer.headers_mut());
    HttpResponse::try_from(response).map_err(|error| ConnectorError::other(error.into(), None))
}

fn dispatch_error(error: reqwest::Error) -> ConnectorError {
    let is_timeout = error.is_timeout();
    // The URL can name an account or a role.
    let source: BoxError = error.without_url().into();
    if is_timeout { ConnectorError::timeout(source) } else { ConnectorError::io(source) }
}

impl HttpConnector for OurStack {
    fn call(&self, request: HttpRequest) -> HttpConnectorFuture {
        HttpConnectorFuture::new(self.clone().send(request))
    }
}

impl HttpClient for OurStack {
    fn http_connector(
        &self,
        settings: &HttpConnectorSettings,
        _components: &RuntimeComponents,
    ) -> SharedHttpConnector {
        // Where there is no instance to answer, its address swallows connections: its own short time counts.
        let connect = settings.connect_timeout().unwrap_or_default();
        let patience = settings.read_timeout().map_or(READ_TIMEOUT, |read| read + connect);
        SharedHttpConnector::new(Self { clients: Arc::clone(&self.clients), patience })
    }
}
