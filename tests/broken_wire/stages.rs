//! Every stage of a request ends, and says which one it was.

use crate::server::{Act, FaultServer, answer, send};
use crate::{failure, fetcher, key, order};
use chimewatch::domain::{FailureKind, NetworkStage};
use chimewatch::fetch::Timeouts;
use std::time::Duration;

const EXCHANGE: FailureKind = FailureKind::Network(NetworkStage::Exchange);
const BODY: FailureKind = FailureKind::Network(NetworkStage::Body);
const TLS: FailureKind = FailureKind::Network(NetworkStage::Tls);
const CONNECT: FailureKind = FailureKind::Network(NetworkStage::Connect);

/// A time that a loaded machine does not need for what answers at once.
const AMPLE: Duration = Duration::from_secs(20);
const SHORT: Duration = Duration::from_millis(300);

fn ample() -> Timeouts {
    Timeouts {
        name: AMPLE,
        connect: AMPLE,
        read: AMPLE,
        attempt: AMPLE,
        first_answer: AMPLE,
        credentials: AMPLE,
        operation: AMPLE,
    }
}

fn head(text: &str) -> Act {
    send(format!("HTTP/1.1 200 OK\r\n{text}\r\n\r\n"))
}

fn endless(bytes: Vec<u8>) -> Act {
    Act::Repeat(bytes, Duration::ZERO)
}

fn slowly(bytes: &[u8]) -> Act {
    Act::Repeat(bytes.to_vec(), Duration::from_millis(5))
}

/// What is wrong, the script after the request was read, the kind and some words of the failure.
type Case = (&'static str, Vec<Act>, FailureKind, &'static str);

async fn assert_told(cases: Vec<Case>, timeouts: Timeouts) {
    for (what, mut acts, kind, words) in cases {
        acts.insert(0, Act::Request);
        let server = FaultServer::always(acts);
        let failure = failure(&server.endpoint(), timeouts).await;
        assert_eq!(failure.kind, kind, "{what}: {failure}");
        assert!(failure.to_string().contains(words), "{what}: {failure}");
        assert_eq!(server.connections(), 1, "{what}");
    }
}

#[tokio::test]
async fn a_connection_that_breaks_before_the_body_is_told() {
    let nothing = "broke before an answer in us-east-1 as default";
    let cases = vec![
        ("closed", vec![], EXCHANGE, nothing),
        ("half closed", vec![Act::SayEnd, Act::Hang], EXCHANGE, nothing),
        ("half a head", vec![send("HTTP/1.1 200 OK\r\ncontent-le")], EXCHANGE, nothing),
        ("no HTTP", vec![send("SSH-2.0-OpenSSH_9.2p1\r\n\r\n")], EXCHANGE, nothing),
        ("HTTP/2", vec![Act::Send(b"\0\0\x12\x04\0\0\0\0\0\0\x03\0\0\0\x80".to_vec())], EXCHANGE, nothing),
        ("a status that is none", vec![send("HTTP/1.1 9999 Odd\r\n\r\n")], EXCHANGE, nothing),
        ("a header with NUL", vec![head("x: \0")], EXCHANGE, nothing),
        ("two lengths", vec![head("content-length: 5\r\ncontent-length: 6")], EXCHANGE, nothing),
        ("a negative length", vec![head("content-length: -1")], EXCHANGE, nothing),
        (
            "endless headers",
            vec![send("HTTP/1.1 200 OK\r\n"), endless(b"x-a: b\r\n".repeat(500))],
            EXCHANGE,
            nothing,
        ),
        (
            "one endless header",
            vec![send("HTTP/1.1 200 OK\r\nx-a: "), endless(vec![b'a'; 4_096])],
            EXCHANGE,
            nothing,
        ),
    ];
    assert_told(cases, ample()).await;
}

#[tokio::test]
async fn a_body_that_breaks_is_told() {
    let broke = "the answer in us-east-1 as default broke off";
    let chunked = || head("transfer-encoding: chunked");
    let cases = vec![
        ("less than the length", vec![head("content-length: 40"), send("{\"Phone")], BODY, broke),
        ("closed mid-chunk", vec![chunked(), send("20\r\n{\"Phone")], BODY, broke),
        ("half closed mid-chunk", vec![chunked(), send("4\r\n"), Act::SayEnd, Act::Hang], BODY, broke),
        ("a chunk size that is none", vec![chunked(), send("zz\r\n{}\r\n0\r\n\r\n")], BODY, broke),
        ("an endless chunk size", vec![chunked(), endless(vec![b'f'; 4_096])], BODY, broke),
        ("no end of a chunk", vec![chunked(), send("2\r\n{}{}{}")], BODY, broke),
        ("endless trailers", vec![chunked(), send("0\r\n"), endless(b"x-a: b\r\n".repeat(500))], BODY, broke),
        (
            "more than the length",
            vec![send("HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\n{}{}{}")],
            FailureKind::Undecodable,
            "it holds no PhoneNumberOrder",
        ),
    ];
    assert_told(cases, ample()).await;
}

#[tokio::test]
async fn a_connection_that_is_reset_is_told() {
    for (what, acts) in [("before the head", vec![]), ("in the head", vec![send("HTTP/1.1 200 OK\r\n")])] {
        // The request is left unread.
        let acts = [acts, vec![Act::Reset]].concat();
        let server = FaultServer::always(acts);
        let failure = failure(&server.endpoint(), ample()).await;
        assert_eq!(failure.kind, EXCHANGE, "{what}: {failure}");
    }
}

#[tokio::test]
async fn an_answer_that_does_not_begin_ends_with_the_attempt() {
    let timeouts = Timeouts { attempt: SHORT, ..ample() };
    let late = "no answer in us-east-1 as default within 0.3 s";
    let cases = vec![
        ("hangs", vec![Act::Hang], FailureKind::Timeout, late),
        ("half a head and no more", vec![send("HTTP/1.1 200 OK\r\n"), Act::Hang], FailureKind::Timeout, late),
        (
            "a head that drips",
            vec![send("HTTP/1.1 200 OK\r\nx-a: "), slowly(b"b")],
            FailureKind::Timeout,
            late,
        ),
        (
            "a storm of 1xx",
            vec![slowly(&b"HTTP/1.1 100 Continue\r\n\r\n".repeat(10))],
            FailureKind::Timeout,
            late,
        ),
        (
            "a storm of 103 with headers",
            vec![slowly(b"HTTP/1.1 103 Early Hints\r\nlink: </x>\r\n\r\n")],
            FailureKind::Timeout,
            late,
        ),
    ];
    assert_told(cases, timeouts).await;
}

#[tokio::test]
async fn a_body_that_stops_ends_with_the_read_bound_and_says_how_much_had_come() {
    let timeouts = Timeouts { read: SHORT, ..ample() };
    let cases = vec![
        (
            "mid-body",
            vec![head("content-length: 100"), send("{\"Phone"), Act::Hang],
            FailureKind::Timeout,
            "the answer in us-east-1 as default came no further than 7 bytes within 0.3 s",
        ),
        (
            "mid-chunk",
            vec![head("transfer-encoding: chunked"), send("20\r\n{\"Ph"), Act::Hang],
            FailureKind::Timeout,
            "came no further than 4 bytes within 0.3 s",
        ),
        (
            "a chunk size of noughts",
            vec![head("transfer-encoding: chunked"), slowly(b"0")],
            FailureKind::Timeout,
            "came no further than 0 bytes within 0.3 s",
        ),
        (
            "before the body",
            vec![head("content-length: 100"), Act::Hang],
            FailureKind::Timeout,
            "came no further than 0 bytes within 0.3 s",
        ),
    ];
    assert_told(cases, timeouts).await;
}

#[tokio::test]
async fn a_body_that_drips_ends_with_the_attempt() {
    let timeouts = Timeouts { attempt: SHORT, ..ample() };
    let server = FaultServer::always([Act::Request, head("content-length: 100000"), slowly(b" ")]);
    let failure = failure(&server.endpoint(), timeouts).await;
    assert_eq!(failure.kind, FailureKind::Timeout);
    let text = failure.to_string();
    assert!(text.contains("came no further than") && text.ends_with("bytes within 0.3 s"), "{text}");
}

#[tokio::test]
async fn tls_that_is_none_is_told_as_a_lack_of_tls() {
    let timeouts = Timeouts { connect: SHORT, ..ample() };
    let record = |bytes: &[u8]| Act::Send(bytes.to_vec());
    let cases = [
        ("HTTP", vec![send("HTTP/1.1 400 Bad Request\r\n\r\n"), Act::Hang], TLS, "No secure connection"),
        ("junk", vec![Act::Send(vec![0x55; 64]), Act::Hang], TLS, "No secure connection"),
        ("an alert", vec![record(b"\x15\x03\x03\0\x02\x02\x28"), Act::Hang], TLS, "HandshakeFailure"),
        ("an endless record", vec![record(b"\x16\x03\x03\xff\xff"), Act::Hang], TLS, "No secure connection"),
        ("closed", vec![], TLS, "No secure connection"),
        ("half closed", vec![Act::SayEnd, Act::Hang], TLS, "No secure connection"),
        ("silence", vec![Act::Hang], TLS, "it takes the connection and says nothing within 0.3 s"),
    ];
    for (what, acts, kind, words) in cases {
        let server = FaultServer::always(acts);
        let failure = failure(&server.endpoint().replace("http://", "https://"), timeouts).await;
        assert_eq!(failure.kind, kind, "{what}: {failure}");
        assert!(failure.to_string().contains(words), "{what}: {failure}");
    }
}

/// A listener whose queue is full drops whoever knocks, as a firewall does.
#[cfg(target_os = "linux")]
#[tokio::test]
async fn a_host_that_swallows_connections_is_told_as_one_that_does_not_answer() {
    let socket = tokio::net::TcpSocket::new_v4().unwrap();
    socket.bind("127.0.0.1:0".parse().unwrap()).unwrap();
    let listener = socket.listen(1).unwrap();
    let address = listener.local_addr().unwrap();
    let queued = [(); 2].map(|()| std::net::TcpStream::connect(address).unwrap());
    let timeouts = Timeouts { connect: SHORT, ..ample() };
    let failure = failure(&format!("http://{address}"), timeouts).await;
    assert_eq!(failure.kind, CONNECT);
    let port = address.port();
    let words = format!("No connection: 127.0.0.1 does not answer on port {port} (waited 0.3 s)");
    assert_eq!(failure.to_string(), words);
    drop((queued, listener));
}

/// `.invalid` is never given to anybody.
#[tokio::test]
async fn a_name_that_nobody_has_is_told_as_a_name() {
    let failure = failure("https://chimewatch.invalid", ample()).await;
    assert_eq!(failure.kind, FailureKind::Network(NetworkStage::Name), "{failure}");
    assert_eq!(failure.to_string(), "No connection: the name chimewatch.invalid does not resolve");
}

#[tokio::test]
async fn what_is_odd_but_whole_is_read() {
    let body = order();
    let long = format!("x-a: {}\r\ncontent-length: {}", "b".repeat(100_000), body.len());
    let lengthless = format!("HTTP/1.1 200 OK\r\n\r\n{body}");
    let chunks = body.chars().fold(String::new(), |text, one| format!("{text}1;x=y\r\n{one}\r\n"));
    for (what, acts) in [
        ("after 1xx", vec![send("HTTP/1.1 100 Continue\r\n\r\n"), answer(&body)]),
        ("a long header", vec![head(&long), send(&body)]),
        ("without a length", vec![send(lengthless)]),
        ("a byte a chunk", vec![head("transfer-encoding: chunked"), send(chunks + "0\r\n\r\n")]),
        ("HTTP/1.0", vec![send(format!("HTTP/1.0 200 OK\r\n\r\n{body}"))]),
    ] {
        let server = FaultServer::always([vec![Act::Request], acts].concat());
        let answer = fetcher(ample()).get(&key(&server.endpoint())).await;
        assert!(answer.result.is_ok(), "{what}: {:?}", answer.result);
    }
}
