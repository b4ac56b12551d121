//! Dates without a `Date` beside them.

use crate::server::{Act, FaultServer, send};
use crate::{fetcher, key, now, order};
use chimewatch::fetch::Timeouts;
use jiff::{SignedDuration, Timestamp};
use std::time::Duration;

fn http(at: Timestamp) -> String {
    at.strftime("%a, %d %b %Y %H:%M:%S GMT").to_string()
}

/// The service's clock is an hour ahead, which an earlier answer has told.
#[tokio::test]
async fn a_date_to_come_back_at_is_read_by_the_services_clock_even_where_the_answer_has_no_date() {
    let ahead = now() + SignedDuration::from_hours(1);
    let (date, body) = (http(ahead), order());
    let good = format!("HTTP/1.1 200 OK\r\ndate: {date}\r\ncontent-length: {}\r\n\r\n{body}", body.len());
    let later = http(ahead + SignedDuration::from_secs(50));
    let throttle =
        format!("HTTP/1.1 429 Too Many Requests\r\nretry-after: {later}\r\ncontent-length: 0\r\n\r\n");
    let server = FaultServer::always([Act::Request, send(good), Act::Request, send(throttle)]);
    let (fetcher, key) = (fetcher(Timeouts::default()), key(&server.endpoint()));
    assert!(fetcher.get(&key).await.result.is_ok());
    let pause = fetcher.get(&key).await.result.unwrap_err().retry_after;
    // By our own clock it is an hour, which would be cut to a minute.
    assert!(pause.is_some_and(|pause| pause <= Duration::from_secs(52)), "{pause:?}");
}
