//! An answer of any length costs what its limit is, and no more.

use crate::server::{Act, FaultServer, answer, send};
use crate::{ORDER, failure, order};
use chimewatch::domain::FailureKind;
use chimewatch::fetch::Timeouts;
use std::fs::File;
use std::process::Command;
use std::time::Duration;

/// An order that nobody answers about.
const OTHER: &str = "9ae4f377-0c1e-4b52-8d60-5a1be77c0b1c";
const MIB: usize = 1024 * 1024;
/// What is read of an order at most.
const LIMIT: usize = MIB;
/// What the kernels of both sides hold beyond what was read, on loopback.
const UNDER_WAY: usize = 16 * MIB;

fn head(text: &str) -> Act {
    send(format!("HTTP/1.1 200 OK\r\n{text}\r\n\r\n"))
}

fn endless(bytes: impl Into<Vec<u8>>) -> Act {
    Act::Repeat(bytes.into(), Duration::ZERO)
}

/// A thousand numbers of an order, and the comma before the next.
fn numbers() -> Vec<u8> {
    let number =
        |number: usize| format!(r#"{{"E164PhoneNumber":"+1206555{number:04}","Status":"Acquired"}},"#);
    (0..1_000).map(number).collect::<String>().into_bytes()
}

/// A gibibyte of zeros as gzip packs it, a thousand to one, over and over.
fn bomb() -> Vec<u8> {
    let stored = [vec![0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3, 0xec, 0xc1], vec![0; 65_536]].concat();
    stored.repeat(4)
}

fn too_long() -> Vec<(&'static str, Vec<Act>)> {
    let beginning =
        format!(r#"{{"PhoneNumberOrder":{{"PhoneNumberOrderId":"{ORDER}","OrderedPhoneNumbers":["#);
    let long = "content-length: 1073741824";
    vec![
        ("1 GiB by its length", vec![head(long), endless(vec![b' '; 65_536])]),
        (
            "endless chunks",
            vec![head("transfer-encoding: chunked"), endless(format!("8000\r\n{}\r\n", " ".repeat(0x8000)))],
        ),
        ("endless without a length", vec![send("HTTP/1.1 200 OK\r\n\r\n"), endless(vec![b' '; 65_536])]),
        ("a million numbers", vec![send("HTTP/1.1 200 OK\r\n\r\n"), send(beginning), endless(numbers())]),
        ("a gzip bomb", vec![send("HTTP/1.1 200 OK\r\ncontent-encoding: gzip\r\n\r\n"), endless(bomb())]),
        ("an endless error", vec![send("HTTP/1.1 500 Oh\r\n\r\n"), endless(vec![b'x'; 65_536])]),
    ]
}

fn serve(acts: &[Act]) -> FaultServer {
    FaultServer::always([&[Act::Request], acts].concat())
}

#[tokio::test]
async fn what_is_too_long_is_cut_at_the_limit_and_said_to_be_too_long() {
    for (what, acts) in too_long() {
        let server = serve(&acts);
        let failure = failure(&server.endpoint(), Timeouts::default()).await;
        assert_eq!(failure.kind, FailureKind::Undecodable, "{what}: {failure}");
        assert!(failure.to_string().contains("is longer than 1024 KiB"), "{what}: {failure}");
        let sent = usize::try_from(server.sent()).unwrap();
        assert!(sent <= LIMIT + UNDER_WAY, "{what}: {sent} bytes were taken");
    }
}

/// No encoding was asked for, so none is undone.
#[tokio::test]
async fn an_answer_that_is_packed_is_not_unpacked() {
    let body = "\u{1f}\u{8b}\u{8}nothing that we asked for";
    let head =
        format!("HTTP/1.1 200 OK\r\ncontent-encoding: gzip\r\ncontent-length: {}\r\n\r\n{body}", body.len());
    let server = serve(&[send(head)]);
    let failure = failure(&server.endpoint(), Timeouts::default()).await;
    assert_eq!(failure.kind, FailureKind::Undecodable);
    assert!(failure.to_string().contains("cannot be read"), "{failure}");
}

/// As many members as fit under the limit: the memory that each takes is bounded, too.
fn crowded() -> String {
    let members = r#"{"Status":""},"#.repeat(LIMIT / 14 - 100);
    format!(
        r#"{{"PhoneNumberOrder":{{"PhoneNumberOrderId":"{ORDER}","OrderedPhoneNumbers":[{members}{{}}]}}}}"#
    )
}

#[tokio::test]
async fn an_order_of_more_numbers_than_are_read_is_refused() {
    let server = serve(&[answer(&crowded())]);
    let failure = failure(&server.endpoint(), Timeouts::default()).await;
    assert_eq!(failure.kind, FailureKind::Undecodable);
    assert!(failure.to_string().contains("more than 5000"), "{failure}");
}

/// The highest resident memory of `chimewatch get`, in bytes, once this answer has come to what it comes to. The
/// program still waits for another one then, so that it can be looked at.
#[cfg(target_os = "linux")]
fn peak(acts: &[Act]) -> usize {
    let server = FaultServer::always([&[Act::RequestFor(ORDER)], acts].concat());
    let home = tempfile::tempdir().unwrap();
    let output = home.path().join("output");
    let file = File::create(&output).unwrap();
    let mut child = Command::new(env!("CARGO_BIN_EXE_chimewatch"))
        .args(["get", ORDER, OTHER, "--region", "us-east-1", "--endpoint-url", &server.endpoint()])
        .env_clear()
        .env("HOME", home.path())
        .env("AWS_EC2_METADATA_DISABLED", "true")
        .env("AWS_ACCESS_KEY_ID", "AKIDEXAMPLE")
        .env("AWS_SECRET_ACCESS_KEY", "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY")
        .stdout(file.try_clone().unwrap())
        .stderr(file)
        .spawn()
        .unwrap();
    let status = format!("/proc/{}/status", child.id());
    let mut peak = 0;
    let lives = loop {
        let text = std::fs::read_to_string(&status).unwrap();
        let line = text.lines().find_map(|line| line.strip_prefix("VmHWM:")?.strip_suffix("kB"));
        peak = line.map_or(peak, |kibibytes| kibibytes.trim().parse().unwrap());
        if std::fs::read_to_string(&output).unwrap().contains("1b6e0a52") {
            break child.try_wait().unwrap().is_none();
        }
        assert!(child.try_wait().unwrap().is_none(), "it ended without a word");
        std::thread::yield_now();
    };
    child.kill().unwrap();
    child.wait().unwrap();
    assert!(lives, "{}", std::fs::read_to_string(&output).unwrap());
    peak * 1024
}

#[cfg(target_os = "linux")]
#[test]
fn what_is_too_long_takes_no_more_memory_than_eight_mebibytes() {
    let usual = peak(&[answer(&order())]);
    let crowded = ("an order that is crowded", vec![answer(&crowded())]);
    for (what, acts) in too_long().into_iter().chain([crowded]) {
        let peak = peak(&acts);
        let more = peak.saturating_sub(usual) / 1024;
        assert!(more <= 8 * 1024, "{what}: {more} KiB more than the usual {} KiB", usual / 1024);
    }
}
