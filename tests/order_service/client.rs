//! A client as small as can be: one raw socket a request, and a signer of its own.

use std::io::{ErrorKind, Read as _, Write as _};
use std::net::TcpStream;
use std::time::Duration;

use chimewatch::order_service::{Credentials, OrderService};
use hmac::{Hmac, KeyInit as _, Mac as _};
use jiff::{SignedDuration, Timestamp};
use sha2::{Digest as _, Sha256};

/// Long enough for a loaded machine; a test that needs it has failed.
pub(crate) const PATIENCE: Duration = Duration::from_secs(30);

/// Signs as told, rightly or wrongly.
#[derive(Clone)]
pub(crate) struct Signer {
    pub(crate) credentials: Credentials,
    pub(crate) region: String,
    /// How far its clock is off.
    pub(crate) skew: SignedDuration,
}

impl Signer {
    pub(crate) fn of(service: &OrderService) -> Self {
        Self {
            credentials: service.credentials().clone(),
            region: "us-east-1".to_owned(),
            skew: SignedDuration::ZERO,
        }
    }

    pub(crate) fn in_region(self, region: &str) -> Self {
        Self { region: region.to_owned(), ..self }
    }

    /// The request's head for this target.
    #[expect(clippy::disallowed_methods, reason = "the service judges signatures by the real time of day")]
    pub(crate) fn head(&self, method: &str, host: &str, target: &str) -> String {
        let moment = (Timestamp::now() + self.skew).strftime("%Y%m%dT%H%M%SZ").to_string();
        let (day, _) = moment.split_once('T').unwrap();
        let token = self.credentials.session_token.as_deref();
        let mut signed = vec![("host", host), ("x-amz-date", moment.as_str())];
        signed.extend(token.map(|token| ("x-amz-security-token", token)));
        let names = signed.iter().map(|(name, _)| *name).collect::<Vec<_>>().join(";");
        let lines: String = signed.iter().flat_map(|(name, value)| [name, ":", value, "\n"]).collect();
        let (path, query) = target.split_once('?').unwrap_or((target, ""));
        let mut query: Vec<&str> = query.split('&').collect();
        query.sort_unstable();
        let canonical = format!(
            "{method}\n{}\n{}\n{lines}\n{names}\n{}",
            path.replace('%', "%25"),
            query.join("&"),
            hex(&Sha256::digest(b""))
        );
        let scope = format!("{day}/{}/chime/aws4_request", self.region);
        let to_sign = format!("AWS4-HMAC-SHA256\n{moment}\n{scope}\n{}", hex(&Sha256::digest(canonical)));
        let secret = format!("AWS4{}", self.credentials.secret_access_key).into_bytes();
        let key = scope.split('/').fold(secret, |key, part| keyed_hash(&key, part));
        let sent: String = signed.iter().flat_map(|(name, value)| [name, ": ", value, "\r\n"]).collect();
        format!(
            "{method} {target} HTTP/1.1\r\n{sent}authorization: AWS4-HMAC-SHA256 \
             Credential={}/{scope}, SignedHeaders={names}, Signature={}\r\n\r\n",
            self.credentials.access_key_id,
            hex(&keyed_hash(&key, &to_sign))
        )
    }
}

fn keyed_hash(key: &[u8], text: &str) -> Vec<u8> {
    let mut mac = Hmac::<Sha256>::new_from_slice(key).unwrap();
    mac.update(text.as_bytes());
    mac.finalize().into_bytes().to_vec()
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |text, byte| text + &format!("{byte:02x}"))
}

/// Whether the whole answer came.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Ending {
    Whole,
    CutOff,
}

#[derive(Debug)]
pub(crate) struct Reply {
    /// 0 if the connection ended before a status line.
    pub(crate) status: u16,
    pub(crate) headers: Vec<(String, String)>,
    pub(crate) body: Vec<u8>,
    pub(crate) ending: Ending,
}

impl Reply {
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        let named = self.headers.iter().find(|(known, _)| known.eq_ignore_ascii_case(name));
        named.map(|(_, value)| value.as_str())
    }

    pub(crate) fn json(&self) -> serde_json::Value {
        serde_json::from_slice(&self.body).unwrap()
    }
}

pub(crate) fn get(service: &OrderService, target: &str) -> Reply {
    send(service, &Signer::of(service), "GET", target)
}

pub(crate) fn send(service: &OrderService, signer: &Signer, method: &str, target: &str) -> Reply {
    let mut stream = connect(service);
    let head = signer.head(method, &host(service), target);
    stream.write_all(head.as_bytes()).unwrap();
    read_reply(&mut stream)
}

/// `127.0.0.1:PORT`
pub(crate) fn host(service: &OrderService) -> String {
    service.endpoint().trim_start_matches("http://").to_owned()
}

pub(crate) fn connect(service: &OrderService) -> TcpStream {
    let stream = TcpStream::connect(host(service)).unwrap();
    stream.set_read_timeout(Some(PATIENCE)).unwrap();
    stream
}

/// Reads one answer and leaves the connection open, so that the next can be asked on it.
pub(crate) fn read_reply(stream: &mut TcpStream) -> Reply {
    let mut received = Vec::new();
    while !received.ends_with(b"\r\n\r\n") {
        if !read_byte(stream, &mut received) {
            return Reply { status: 0, headers: Vec::new(), body: received, ending: Ending::CutOff };
        }
    }
    let head = String::from_utf8_lossy(&received).into_owned();
    let mut lines = head.lines();
    let status = lines.next().unwrap().split(' ').nth(1).unwrap().parse().unwrap();
    let headers = lines
        .filter_map(|line| line.split_once(':'))
        .map(|(name, value)| (name.to_owned(), value.trim().to_owned()))
        .collect();
    let mut reply = Reply { status, headers, body: Vec::new(), ending: Ending::Whole };
    let length = reply.header("content-length").map(|length| length.parse::<usize>().unwrap());
    let mut body = Vec::new();
    reply.ending = match length {
        Some(length) => read_exactly(stream, length, &mut body),
        None => read_chunks(stream, &mut body),
    };
    reply.body = body;
    reply
}

fn read_exactly(stream: &mut TcpStream, length: usize, body: &mut Vec<u8>) -> Ending {
    let mut left = length;
    let mut buffer = [0; 4_096];
    while left > 0 {
        let wanted = left.min(buffer.len());
        let came = read_some(stream, &mut buffer[..wanted]);
        if came == 0 {
            return Ending::CutOff;
        }
        body.extend(&buffer[..came]);
        left -= came;
    }
    Ending::Whole
}

fn read_chunks(stream: &mut TcpStream, body: &mut Vec<u8>) -> Ending {
    loop {
        let mut line = Vec::new();
        while !line.ends_with(b"\r\n") {
            if !read_byte(stream, &mut line) {
                return Ending::CutOff;
            }
        }
        let size = usize::from_str_radix(String::from_utf8_lossy(&line).trim(), 16).unwrap();
        let ending = read_exactly(stream, size, body);
        let after = read_exactly(stream, 2, &mut Vec::new());
        if size == 0 || ending == Ending::CutOff || after == Ending::CutOff {
            return ending;
        }
    }
}

/// Says whether a byte came.
fn read_byte(stream: &mut TcpStream, into: &mut Vec<u8>) -> bool {
    let mut byte = [0];
    let came = read_some(stream, &mut byte);
    into.extend(&byte[..came]);
    came > 0
}

/// 0 if the connection has ended, in order or not.
fn read_some(stream: &mut TcpStream, buffer: &mut [u8]) -> usize {
    match stream.read(buffer) {
        Ok(came) => came,
        Err(error) if error.kind() == ErrorKind::ConnectionReset => 0,
        Err(error) => panic!("no answer within {PATIENCE:?}: {error}"),
    }
}
