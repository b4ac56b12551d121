//! A listener on loopback that answers whatever it is told to, with what it was sent if need be, and counts.

use crate::ORDER;
use crate::canary::{ACCESS_KEY_ID, METADATA, SECRET, SESSION};
use std::io::{Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::thread;

/// What a request is answered with.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Reply {
    /// This status, and the request's headers as the message of an error of the API.
    EchoedError(u16),
    /// This status, and the request's `authorization` in the headers of an error.
    EchoedHeaders(u16),
    /// This status, and the whole request as plain text.
    EchoedText(u16),
    /// 200 and JSON that breaks off within a secret.
    BrokenJson,
    /// 200 and an order of another id, which is the token.
    OddOrder,
    /// 302 to somewhere that names the token and a signature.
    Redirect,
    /// Half an answer that holds the token.
    HalfBody,
    /// Nothing: the connection ends.
    Close,
    /// Bytes of no protocol, with the request within.
    Junk,
    /// Credentials, as a container's agent gives them.
    Container,
    /// Credentials, as the metadata service of an instance gives them.
    Metadata,
}

/// A listener until it is dropped.
#[derive(Debug)]
pub(crate) struct Listener {
    address: SocketAddr,
    requests: Arc<Mutex<Vec<String>>>,
    connections: Arc<AtomicUsize>,
}

impl Listener {
    /// Answers every request so.
    pub(crate) fn start(reply: Reply) -> Self {
        let listener = TcpListener::bind(("127.0.0.1", 0)).unwrap();
        let address = listener.local_addr().unwrap();
        let requests = Arc::new(Mutex::new(Vec::new()));
        let received = Arc::clone(&requests);
        let connections = Arc::new(AtomicUsize::new(0));
        let counted = Arc::clone(&connections);
        thread::spawn(move || {
            // One that is dropped connects once more and sends nothing.
            for connection in listener.incoming().flatten() {
                counted.fetch_add(1, Ordering::SeqCst);
                let request = read(&connection);
                if request.is_empty() {
                    break;
                }
                received.lock().unwrap().push(request.clone());
                // The client may have had enough.
                let _ = (&connection).write_all(&answer(reply, &request));
            }
        });
        Self { address, requests, connections }
    }

    /// `http://127.0.0.1:PORT`.
    pub(crate) fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    pub(crate) fn port(&self) -> u16 {
        self.address.port()
    }

    /// How many came, whatever they said.
    pub(crate) fn connections(&self) -> usize {
        self.connections.load(Ordering::SeqCst)
    }

    /// What was received so far, of every connection something.
    pub(crate) fn requests(&self) -> Vec<String> {
        self.requests.lock().unwrap().clone()
    }

    /// The signatures that were received.
    pub(crate) fn signatures(&self) -> Vec<String> {
        let requests = self.requests();
        let signature = |request: &String| Some(request.split_once("Signature=")?.1.get(..64)?.to_owned());
        requests.iter().filter_map(signature).collect()
    }
}

impl Drop for Listener {
    fn drop(&mut self) {
        // It may be gone already.
        let _ = TcpStream::connect(self.address);
    }
}

/// The head of a request, or what came of it. A listener that is dropped says nothing.
fn read(mut connection: &TcpStream) -> String {
    let mut request = Vec::new();
    let mut bytes = [0; 4096];
    while let Ok(read @ 1..) = connection.read(&mut bytes) {
        request.extend_from_slice(&bytes[..read]);
        let is_tls = request[0] == 0x16;
        if is_tls || request.windows(4).any(|window| window == b"\r\n\r\n") {
            break;
        }
    }
    String::from_utf8_lossy(&request).into_owned()
}

fn answer(reply: Reply, request: &str) -> Vec<u8> {
    let head = request.lines().collect::<Vec<_>>().join(", ");
    let authorization = request
        .lines()
        .find_map(|line| line.strip_prefix("authorization: "))
        .unwrap_or_default()
        .replace(['"', '\\'], "");
    let quoted = head.replace(['"', '\\'], "'");
    match reply {
        Reply::EchoedError(status) => {
            http(status, "", &format!(r#"{{"Code":"Odd","Message":"{quoted}; the key is {SECRET}"}}"#))
        }
        Reply::EchoedHeaders(status) => {
            let headers = format!("x-amzn-ErrorType: {authorization}\r\nx-amzn-RequestId: {SESSION}\r\n");
            http(status, &headers, "{}")
        }
        Reply::EchoedText(status) => http(status, "", &format!("You sent {request} with {SECRET}")),
        Reply::BrokenJson => http(200, "", &format!(r#"{{"PhoneNumberOrder":{{"{SESSION}":"{SECRET}"#)),
        Reply::OddOrder => http(
            200,
            "",
            &format!(
                r#"{{"PhoneNumberOrder":{{"PhoneNumberOrderId":"{ORDER} {SESSION}","Status":"{SECRET}"}}}}"#
            ),
        ),
        Reply::Redirect => {
            let query = format!("X-Amz-Security-Token={SESSION}&X-Amz-Signature=cAnArYs1gnature");
            http(302, &format!("Location: https://me:{SECRET}@example.com/?{query}\r\n"), "")
        }
        Reply::HalfBody => {
            format!("HTTP/1.1 200 OK\r\nContent-Length: 9999\r\n\r\n{{\"{SESSION}\":\"{SECRET}").into()
        }
        Reply::Close => Vec::new(),
        Reply::Junk => format!("\u{15}\u{3}\u{1} {request} {SECRET}\r\n\r\n").into(),
        Reply::Container => http(200, "", &credentials("Token")),
        Reply::Metadata => match request.split(' ').nth(1).unwrap_or_default() {
            "/latest/api/token" => http(200, "x-aws-ec2-metadata-token-ttl-seconds: 21600\r\n", METADATA),
            path if path.ends_with("/security-credentials/")
                || path.ends_with("/security-credentials-extended/") =>
            {
                http(200, "", "canary-role")
            }
            path if path.contains("placement/region") => http(200, "", "us-east-1"),
            _ => http(200, "", &credentials("Token")),
        },
    }
}

fn credentials(token: &str) -> String {
    format!(
        r#"{{"Code":"Success","Type":"AWS-HMAC","LastUpdated":"2026-01-01T00:00:00Z","AccessKeyId":"{ACCESS_KEY_ID}",
        "SecretAccessKey":"{SECRET}","{token}":"{SESSION}","AccountId":"123456789012","Expiration":"2099-01-01T00:00:00Z"}}"#
    )
}

fn http(status: u16, headers: &str, body: &str) -> Vec<u8> {
    let length = body.len();
    format!("HTTP/1.1 {status} Odd\r\n{headers}Content-Length: {length}\r\nConnection: close\r\n\r\n{body}")
        .into()
}
