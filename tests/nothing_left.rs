//! After hundreds of requests that broke in every way there is as much open as before. In a program of its own,
//! because it counts what the process has open.

#![cfg(target_os = "linux")]
#![expect(clippy::unwrap_used, reason = "a fetcher that cannot be set up fails its test")]

#[expect(dead_code, reason = "shared with broken_wire")]
#[path = "broken_wire/server.rs"]
mod server;

use chimewatch::domain::{OrderKey, PhoneNumberOrderId, Scope};
use chimewatch::fetch::{FetchOptions, Fetcher, Keys, Timeouts};
use jiff::Timestamp;
use server::{Act, FaultServer, send};
use std::time::Duration;

const FAULTS: usize = 200;
/// What may be open at one time and not at another.
const SLACK: usize = 2;

fn scripts() -> Vec<Vec<Act>> {
    let endless = |bytes: &[u8]| Act::Repeat(bytes.to_vec(), Duration::ZERO);
    let head = || send("HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\n");
    vec![
        vec![Act::Request],
        vec![Act::Reset],
        vec![Act::Request, Act::Hang],
        vec![Act::Request, Act::SayEnd, Act::Hang],
        vec![Act::Request, head(), send("{"), Act::Hang],
        vec![Act::Request, head(), Act::Repeat(b" ".to_vec(), Duration::from_millis(5))],
        vec![Act::Request, send("SSH-2.0\r\n\r\n"), Act::Hang],
        vec![Act::Request, send("HTTP/1.1 200 OK\r\n"), endless(&b"x-a: b\r\n".repeat(100))],
        vec![Act::Request, send("HTTP/1.1 200 OK\r\n\r\n"), endless(&[b' '; 4_096])],
        vec![Act::Request, send("HTTP/1.1 503 Oh\r\ncontent-length: 0\r\n\r\n"), Act::Hang],
    ]
}

#[expect(clippy::disallowed_methods, reason = "whatever the time is")]
fn fetcher() -> Fetcher {
    let keys = Keys {
        access_key_id: "AKIDEXAMPLE".to_owned(),
        secret_access_key: "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY".to_owned(),
        session_token: None,
    };
    let short = Duration::from_millis(50);
    let timeouts = Timeouts { read: short, attempt: 2 * short, ..Timeouts::default() };
    Fetcher::new(FetchOptions { timeouts, ..FetchOptions::with_keys(keys) }, Timestamp::now)
}

async fn fail_at(fetcher: &Fetcher, script: Vec<Act>) {
    let server = FaultServer::always(script);
    let scope = Scope { profile: None, region: "us-east-1".into(), endpoint: Some(server.endpoint().into()) };
    let id = PhoneNumberOrderId::parse("1b6e0a52-94c7-4d0f-8a3e-20d5f7b91c04").unwrap();
    assert!(fetcher.get(&OrderKey { scope: scope.into(), id }).await.result.is_err());
}

fn descriptors() -> usize {
    std::fs::read_dir("/proc/self/fd").unwrap().count()
}

fn tasks() -> usize {
    tokio::runtime::Handle::current().metrics().num_alive_tasks()
}

/// Lets what is ending end.
async fn settle(until: impl Fn() -> bool) {
    let settled = async {
        while !until() {
            tokio::task::yield_now().await;
        }
    };
    // What does not come to hold is told by the assertion that follows.
    let _ = tokio::time::timeout(Duration::from_secs(20), settled).await;
}

#[tokio::test]
async fn two_hundred_faults_leave_no_socket_and_no_task() {
    let fetcher = fetcher();
    // The first ones open what stays: the runtime's own, the client.
    for script in scripts() {
        fail_at(&fetcher, script).await;
    }
    fetcher.drop_connections();
    settle(|| tasks() == 0).await;
    let before = (descriptors(), tasks());
    for script in scripts().into_iter().cycle().take(FAULTS) {
        fail_at(&fetcher, script).await;
    }
    settle(|| descriptors() <= before.0 + SLACK && tasks() <= before.1 + SLACK).await;
    let after = (descriptors(), tasks());
    assert!(after.0 <= before.0 + SLACK && after.1 <= before.1 + SLACK, "{before:?} became {after:?}");
}
