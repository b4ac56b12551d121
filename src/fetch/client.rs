//! The one HTTP stack: reqwest over rustls with the ring provider, HTTP/1.1, for orders and credentials alike.
//!
//! One hung stream holds nobody else up, because every request has its own connection. No redirect is followed:
//! reqwest would hand `x-amz-security-token` to another host.

use super::ca_bundle::{self, Flaw};
use super::causes::innermost;
use super::dial;
use super::options::{FetchOptions, Timeouts};
use reqwest::{Client, ClientBuilder, Url};
use rustls::crypto::{CryptoProvider, ring};
use std::fmt;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use std::path::PathBuf;
use std::sync::{Mutex, PoisonError};
use tower::util::MapRequestLayer;

/// Why no client could be built; nothing was sent.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub(super) enum ClientError {
    #[error("AWS_CA_BUNDLE names {}, and {flaw}", path.display())]
    CaBundle { path: PathBuf, flaw: Flaw },
    #[error("no HTTPS client could be built: {0}")]
    Build(String),
}

/// The clients, built when they are first needed: reading the roots takes 5 to 26 ms. `Debug` shows none of them, because
/// a client names its proxies, password and all.
pub(super) struct Clients {
    timeouts: Timeouts,
    ca_bundle: Option<PathBuf>,
    plain: Mutex<Option<Client>>,
    direct: Mutex<Option<Client>>,
    proxied: Mutex<Option<Client>>,
}

/// What stands between us and a host.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Route {
    /// No TLS and no proxy: http, which is for loopback, and for the link-local addresses at which instances and
    /// containers find their credentials. No roots are read for it.
    Plain,
    /// No proxy: https at the same addresses.
    Direct,
    /// The proxy of the environment, if it names one.
    Proxied,
}

impl fmt::Debug for Clients {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Clients").finish_non_exhaustive()
    }
}

impl Clients {
    pub(super) fn new(options: &FetchOptions) -> Self {
        Self {
            timeouts: options.timeouts,
            ca_bundle: options.ca_bundle.clone(),
            plain: Mutex::default(),
            direct: Mutex::default(),
            proxied: Mutex::default(),
        }
    }

    /// The client for `url`.
    pub(super) fn of(&self, url: &Url) -> Result<Client, ClientError> {
        let route = route(url);
        let mut slot = self.slot(route).lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(client) = &*slot {
            return Ok(client.clone());
        }
        let client = self.build(route)?;
        *slot = Some(client.clone());
        Ok(client)
    }

    /// Forgets every connection; requests under way keep theirs.
    pub(super) fn drop_connections(&self) {
        for route in [Route::Plain, Route::Direct, Route::Proxied] {
            *self.slot(route).lock().unwrap_or_else(PoisonError::into_inner) = None;
        }
    }

    fn slot(&self, route: Route) -> &Mutex<Option<Client>> {
        match route {
            Route::Plain => &self.plain,
            Route::Direct => &self.direct,
            Route::Proxied => &self.proxied,
        }
    }

    fn build(&self, route: Route) -> Result<Client, ClientError> {
        // The first one stays; an error says that it is there already.
        let _ = CryptoProvider::install_default(dial::noting_handshakes(ring::default_provider()));
        let builder = Client::builder()
            .user_agent(concat!("chimewatch/", env!("CARGO_PKG_VERSION")))
            .http1_only()
            .redirect(reqwest::redirect::Policy::none())
            .referer(false)
            .retry(reqwest::retry::never())
            .connect_timeout(self.timeouts.connect)
            .dns_resolver(dial::Names::looked_up_within(self.timeouts.name))
            .connector_layer(MapRequestLayer::new(dial::noted))
            // A pool that looks for idle connections wakes for ever.
            .pool_idle_timeout(None)
            // The name could be given another address than a loopback one.
            .resolve_to_addrs("localhost", &LOOPBACK);
        let builder = match route {
            Route::Plain => builder.no_proxy().tls_certs_only([]),
            Route::Direct => self.with_roots(builder.no_proxy())?,
            Route::Proxied => self.with_roots(builder)?,
        };
        builder.build().map_err(|error| ClientError::Build(innermost(&error)))
    }

    fn with_roots(&self, builder: ClientBuilder) -> Result<ClientBuilder, ClientError> {
        match &self.ca_bundle {
            Some(path) => match ca_bundle::certificates(path) {
                Ok(certificates) => Ok(builder.tls_certs_merge(certificates)),
                Err(flaw) => Err(ClientError::CaBundle { path: path.clone(), flaw }),
            },
            None => Ok(builder),
        }
    }
}

/// Port 0 stands for the port of the URL.
const LOOPBACK: [SocketAddr; 2] = [
    SocketAddr::new(IpAddr::V4(Ipv4Addr::LOCALHOST), 0),
    SocketAddr::new(IpAddr::V6(Ipv6Addr::LOCALHOST), 0),
];

fn route(url: &Url) -> Route {
    let host = url.host_str().unwrap_or_default().trim_matches(['[', ']']);
    let is_direct = match host.parse::<IpAddr>() {
        Ok(IpAddr::V4(address)) => address.is_loopback() || address.is_link_local(),
        Ok(IpAddr::V6(address)) => {
            // fd00:ec2::/32 is where instances and containers have their metadata.
            address.is_loopback() || address.segments().starts_with(&[0xfd00, 0x0ec2])
        }
        Err(_) => host == "localhost",
    };
    match (is_direct, url.scheme()) {
        (true, "http") => Route::Plain,
        (true, _) => Route::Direct,
        (false, _) => Route::Proxied,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_proxy_stands_before_loopback_and_metadata_addresses() {
        let cases = [
            ("http://127.0.0.1:80/", Route::Plain),
            ("http://localhost:8080/", Route::Plain),
            ("http://[::1]:80/", Route::Plain),
            ("https://localhost:8443/", Route::Direct),
            ("http://169.254.169.254/latest", Route::Plain),
            ("http://169.254.170.2/v2", Route::Plain),
            ("http://[fd00:ec2::254]/latest", Route::Plain),
            ("https://voice-chime.us-east-1.amazonaws.com/", Route::Proxied),
            ("https://127.0.0.1.example.com/", Route::Proxied),
        ];
        for (url, expected) in cases {
            assert_eq!(route(&url.parse().unwrap()), expected, "{url}");
        }
    }

    #[test]
    fn a_ca_bundle_without_certificates_is_named() {
        let file = tempfile::NamedTempFile::new().unwrap();
        let missing = file.path().with_extension("missing");
        for path in [file.path(), &missing] {
            let options = FetchOptions { ca_bundle: Some(path.to_owned()), ..FetchOptions::default() };
            let error = Clients::new(&options).of(&"https://127.0.0.1/".parse().unwrap()).unwrap_err();
            assert!(error.to_string().contains(&path.display().to_string()), "{error}");
        }
    }
}
