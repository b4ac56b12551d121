//! A server's certificate for 127.0.0.1 and two of AWS's hosts, and the root that vouches for it: both made for these
//! tests, known nowhere else, and good until 2126.

use rustls::ServerConfig;
use rustls::pki_types::pem::PemObject as _;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use std::sync::Arc;

/// The root that signed the server's certificate.
pub(crate) const ROOT: &str = include_str!("root.pem");
const SERVER: &[u8] = include_bytes!("server.pem");
const SERVER_KEY: &[u8] = include_bytes!("server.key");

/// A server that shows that certificate.
pub(crate) fn server() -> Arc<ServerConfig> {
    let key = PrivateKeyDer::from_pem_slice(SERVER_KEY).unwrap();
    let chain = vec![CertificateDer::from_pem_slice(SERVER).unwrap()];
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let builder =
        ServerConfig::builder_with_provider(provider).with_safe_default_protocol_versions().unwrap();
    Arc::new(builder.with_no_client_auth().with_single_cert(chain, key).unwrap())
}
