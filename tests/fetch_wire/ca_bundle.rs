//! Roots of one's own: with the bundle that vouches for it a server is believed, without it not, and a bundle that
//! cannot be used is named before anything is sent.

use crate::certificate::{self, ROOT};
use crate::{PORTLAND, key_at};
use chimewatch::domain::{FailureKind, NetworkStage, OrderPage};
use chimewatch::fetch::{FetchOptions, Fetcher, Keys};
use rustls::{ServerConnection, Stream};
use std::io::{Read as _, Write as _};
use std::net::TcpListener;
use std::path::PathBuf;

/// A server at 127.0.0.1 that speaks TLS and answers one request with an empty list; where it listens.
fn empty_account() -> String {
    let config = certificate::server();
    let listener = TcpListener::bind(("127.0.0.1", 0)).unwrap();
    let endpoint = format!("https://{}", listener.local_addr().unwrap());
    std::thread::spawn(move || {
        let (mut socket, _) = listener.accept().unwrap();
        let mut connection = ServerConnection::new(config).unwrap();
        let mut stream = Stream::new(&mut connection, &mut socket);
        let mut head = Vec::new();
        let mut byte = [0];
        while !head.ends_with(b"\r\n\r\n") {
            match stream.read(&mut byte) {
                Ok(1) => head.push(byte[0]),
                // Who does not believe the certificate hangs up.
                Ok(_) | Err(_) => return,
            }
        }
        let body = r#"{"PhoneNumberOrders":[]}"#;
        let _ = write!(stream, "HTTP/1.1 200 OK\r\ncontent-length: {}\r\n\r\n{body}", body.len());
    });
    endpoint
}

fn fetcher(ca_bundle: Option<PathBuf>) -> Fetcher {
    let keys = Keys {
        access_key_id: "AKIDEXAMPLE".to_owned(),
        secret_access_key: "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY".to_owned(),
        session_token: None,
    };
    Fetcher::new(FetchOptions { ca_bundle, ..FetchOptions::with_keys(keys) }, crate::now)
}

#[tokio::test]
async fn a_server_is_believed_with_the_bundle_that_vouches_for_it_and_not_without() {
    let directory = tempfile::tempdir().unwrap();
    let bundle = directory.path().join("corporate.pem");
    std::fs::write(&bundle, format!("# corporate\n{ROOT}")).unwrap();
    let key = key_at(&empty_account(), None, PORTLAND);
    let page = fetcher(Some(bundle)).list(&key.scope, None).await.result;
    assert_eq!(page, Ok(OrderPage::default()));
    let key = key_at(&empty_account(), None, PORTLAND);
    let failure = fetcher(None).list(&key.scope, None).await.result.unwrap_err();
    assert_eq!(failure.kind, FailureKind::Network(NetworkStage::Tls), "{failure}");
}

#[tokio::test]
async fn a_bundle_that_cannot_be_used_is_named_with_its_line_and_nothing_is_sent() {
    let directory = tempfile::tempdir().unwrap();
    let (half, _) = ROOT.split_at(200);
    let line = ROOT.lines().count() + 2;
    let (empty, truncated) = (directory.path().join("empty.pem"), directory.path().join("truncated.pem"));
    std::fs::write(&empty, "").unwrap();
    std::fs::write(&truncated, format!("{ROOT}\n{half}")).unwrap();
    let cases = [
        (empty, "there is no certificate in it".to_owned()),
        (directory.path().to_owned(), "it cannot be read: Is a directory".to_owned()),
        (truncated, format!("the certificate that begins at line {line} does not end")),
    ];
    let key = key_at("https://127.0.0.1:9", None, PORTLAND);
    for (path, flaw) in cases {
        let expected = format!(
            "Nothing was asked: AWS_CA_BUNDLE names {}, and {flaw}. Mend the file, or unset AWS_CA_BUNDLE",
            path.display()
        );
        let fetcher = fetcher(Some(path));
        let got = fetcher.get(&key).await;
        let listed = fetcher.list(&key.scope, None).await;
        assert_eq!((got.attempts, listed.attempts), (0, 0));
        let failure = got.result.unwrap_err();
        assert_eq!((failure.to_string(), failure.kind), (expected.clone(), FailureKind::Refused));
        assert_eq!(listed.result.unwrap_err().to_string(), expected);
    }
}
