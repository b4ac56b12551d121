//! Connections that are kept between requests, and die there.

use crate::server::{Act, FaultServer, answer};
use crate::{fetcher, key, order};
use chimewatch::domain::{FailureKind, NetworkStage};
use chimewatch::fetch::Timeouts;

/// Answers one request over a connection, then does the rest of the script.
fn once_then(rest: &[Act]) -> Vec<Act> {
    [&[Act::Request, answer(&order())], rest].concat()
}

#[tokio::test]
async fn a_connection_is_kept_from_one_request_to_the_next() {
    let acts = once_then(&once_then(&once_then(&[Act::Hang])));
    let server = FaultServer::always(acts);
    let (fetcher, key) = (fetcher(Timeouts::default()), key(&server.endpoint()));
    for _ in 0..3 {
        assert!(fetcher.get(&key).await.result.is_ok());
    }
    assert_eq!((server.connections(), server.requests()), (1, 3));
}

/// It ends while the next request is on its way: that request is read, and nothing comes back.
#[tokio::test]
async fn a_kept_connection_that_dies_under_a_request_is_no_failure() {
    for (what, rest) in [
        ("closed", vec![Act::Request]),
        ("cut in the head", vec![Act::Request, Act::Send(b"HTTP/1.1 2".into())]),
    ] {
        let server = FaultServer::always(once_then(&rest));
        let (fetcher, key) = (fetcher(Timeouts::default()), key(&server.endpoint()));
        let mut counted = 0;
        for _ in 0..3 {
            let answer = fetcher.get(&key).await;
            assert!(answer.result.is_ok(), "{what}: {:?}", answer.result);
            counted += usize::from(answer.attempts);
        }
        assert_eq!((server.connections(), server.requests()), (3, 5), "{what}");
        assert_eq!(counted, 5, "{what}");
    }
}

#[tokio::test]
async fn a_kept_connection_that_was_closed_in_between_is_no_failure() {
    let server = FaultServer::always(once_then(&[Act::Hang]));
    let (fetcher, key) = (fetcher(Timeouts::default()), key(&server.endpoint()));
    for round in 1..=50 {
        let answer = fetcher.get(&key).await;
        assert!(answer.result.is_ok(), "{:?}", answer.result);
        assert_eq!(server.connections(), round);
        server.close_all();
    }
}

#[tokio::test]
async fn a_new_connection_that_dies_is_a_failure_after_one_request() {
    let server = FaultServer::always([Act::Request]);
    let (fetcher, key) = (fetcher(Timeouts::default()), key(&server.endpoint()));
    for round in 1..=3 {
        let failure = fetcher.get(&key).await.result.unwrap_err();
        assert_eq!(failure.kind, FailureKind::Network(NetworkStage::Exchange));
        assert_eq!((server.connections(), server.requests()), (round, round));
    }
}

#[tokio::test]
async fn where_the_next_connection_dies_as_well_it_is_a_failure_after_two() {
    let server =
        FaultServer::start(
            |connection| if connection == 0 { once_then(&[Act::Request]) } else { vec![Act::Request] },
        );
    let (fetcher, key) = (fetcher(Timeouts::default()), key(&server.endpoint()));
    assert!(fetcher.get(&key).await.result.is_ok());
    let failure = fetcher.get(&key).await.result.unwrap_err();
    assert_eq!(failure.kind, FailureKind::Network(NetworkStage::Exchange));
    assert_eq!((server.connections(), server.requests()), (2, 3));
}
