//! How long a service that refuses asks us to stay away: read from the answer, and kept by the engine.

use crate::{PORTLAND, key, keys, now, service};
use chimewatch::app::Effect;
use chimewatch::app::effect::RequestId;
use chimewatch::app::message::{Answered, WatchMessage};
use chimewatch::app::watch::{Sweeps, Watch, WatchOptions};
use chimewatch::domain::{Failure, FailureKind, Moment, Now, OrderKey};
use chimewatch::fetch::{FetchOptions, Fetcher};
use chimewatch::order_service::{Fault, Lasts, Target, VerbatimAnswer};
use chimewatch::poll::{Intervals, Rate};
use jiff::{SignedDuration, Timestamp};
use std::time::Duration;

type Headers = &'static [(&'static str, &'static str)];

struct Case {
    status: u16,
    headers: Headers,
    body: &'static str,
    kind: FailureKind,
    /// In milliseconds.
    pause: Option<u64>,
}

const fn case(status: u16, headers: Headers, kind: FailureKind, pause: Option<u64>) -> Case {
    Case { status, headers, body: "", kind, pause }
}

const fn code(status: u16, body: &'static str, kind: FailureKind) -> Case {
    Case { status, headers: &[("x-amz-retry-after", "700")], body, kind, pause: Some(700) }
}

/// A 429 with these headers.
const fn hint(headers: Headers, pause: Option<u64>) -> Case {
    case(429, headers, FailureKind::Throttled, pause)
}

const DATED: (&str, &str) = ("date", "Mon, 23 Nov 2026 15:00:00 GMT");
const TYPE: &str = "x-amzn-ErrorType";

#[rustfmt::skip]
const CASES: &[Case] = &[
    // Milliseconds.
    hint(&[("x-amz-retry-after", "1500")], Some(1_500)),
    hint(&[("x-amz-retry-after", "0")], Some(0)),
    hint(&[("X-Amz-Retry-After", " 20000 ")], Some(20_000)),
    hint(&[("x-amz-retry-after", "60001")], Some(60_000)),
    hint(&[("x-amz-retry-after", "1000000000")], Some(60_000)),
    hint(&[("x-amz-retry-after", "1500"), ("retry-after", "3")], Some(1_500)),
    hint(&[("x-amz-retry-after", "soon"), ("retry-after", "3")], Some(3_000)),
    hint(&[("x-amz-retry-after", "1500"), ("x-amz-retry-after", "900")], Some(1_500)),
    // Seconds.
    hint(&[("retry-after", "3")], Some(3_000)),
    hint(&[("retry-after", "0")], Some(0)),
    hint(&[("retry-after", "007")], Some(7_000)),
    hint(&[("retry-after", "60")], Some(60_000)),
    hint(&[("retry-after", "1000000000")], Some(60_000)),
    hint(&[("retry-after", "99999999999999999999999999")], Some(60_000)),
    hint(&[("retry-after", "2"), ("retry-after", "5")], Some(5_000)),
    hint(&[("retry-after", "soon"), ("retry-after", "5")], Some(5_000)),
    // A date, by the answer's own clock.
    hint(&[("retry-after", "Mon, 23 Nov 2026 15:00:07 GMT"), DATED], Some(7_000)),
    hint(&[("retry-after", "Monday, 23-Nov-26 15:00:07 GMT"), DATED], Some(7_000)),
    hint(&[("retry-after", "Mon Nov 23 15:00:07 2026"), DATED], Some(7_000)),
    hint(&[("retry-after", "Mon, 23 Nov 2026 15:00:00 GMT"), DATED], Some(0)),
    hint(&[("retry-after", "Tue, 24 Nov 2026 15:00:00 GMT"), DATED], Some(60_000)),
    hint(&[("retry-after", "Mon, 23 Nov 2026 14:59:59 GMT"), DATED], None),
    hint(&[("retry-after", "Mon, 23 Nov 1066 15:00:07 GMT"), DATED], None),
    // Nothing, and what is nothing.
    hint(&[], None),
    hint(&[("retry-after", "")], None),
    hint(&[("retry-after", "-5")], None),
    hint(&[("retry-after", "+5")], None),
    hint(&[("retry-after", "NaN")], None),
    hint(&[("retry-after", "inf")], None),
    hint(&[("retry-after", "1e3")], None),
    hint(&[("retry-after", "1.5")], None),
    hint(&[("retry-after", "5 minutes")], None),
    hint(&[("retry-after", "\u{665}")], None),
    hint(&[("x-amz-retry-after", "-1500"), ("retry-after", "-3")], None),
    // Every 429 is a throttle, and every code for one, whatever the status.
    case(429, &[(TYPE, "ThrottledClientException"), ("retry-after", "1")], FailureKind::Throttled, Some(1_000)),
    case(429, &[(TYPE, "ServiceUnavailableException")], FailureKind::Throttled, None),
    case(429, &[(TYPE, "AccessDeniedException")], FailureKind::Throttled, None),
    code(429, "<html>slow down</html>", FailureKind::Throttled),
    code(400, r#"{"__type":"com.amazonaws.chime#ThrottlingException"}"#, FailureKind::Throttled),
    code(400, r#"{"Code":"Throttling"}"#, FailureKind::Throttled),
    code(400, r#"{"code":"ThrottledException"}"#, FailureKind::Throttled),
    code(400, r#"{"Code":"RequestThrottledException"}"#, FailureKind::Throttled),
    code(400, r#"{"Code":"TooManyRequestsException"}"#, FailureKind::Throttled),
    code(400, r#"{"Code":"ProvisionedThroughputExceededException"}"#, FailureKind::Throttled),
    code(400, r#"{"Code":"TransactionInProgressException"}"#, FailureKind::Throttled),
    code(503, r#"{"Code":"RequestLimitExceeded"}"#, FailureKind::Throttled),
    code(509, r#"{"Code":"BandwidthLimitExceeded"}"#, FailureKind::Throttled),
    code(400, r#"{"Code":"LimitExceededException"}"#, FailureKind::Throttled),
    code(400, r#"{"Code":"RequestThrottled"}"#, FailureKind::Throttled),
    code(503, r#"{"Code":"SlowDown"}"#, FailureKind::Throttled),
    code(400, r#"{"Code":"PriorRequestNotComplete"}"#, FailureKind::Throttled),
    code(503, r#"{"Code":"EC2ThrottledException"}"#, FailureKind::Throttled),
    code(400, r#"{"Code":"ThrottledByTheNextTeam"}"#, FailureKind::Throttled),
    code(400, r#"{"Code":"TooManyRequests"}"#, FailureKind::Throttled),
    // What is none may ask for a pause as well.
    code(400, r#"{"Code":"RequestTimeout"}"#, FailureKind::Timeout),
    code(500, "", FailureKind::Service),
    case(503, &[("retry-after", "9")], FailureKind::Service, Some(9_000)),
    case(503, &[("retry-after", "whenever")], FailureKind::Service, None),
];

#[tokio::test]
async fn a_pause_is_read_from_the_answer_and_kept_to_the_millisecond() {
    let service = service();
    // The answers' dates would be taken for the time.
    let options =
        FetchOptions { corrects_clock: false, ..FetchOptions::with_keys(keys(service.credentials())) };
    let fetcher = Fetcher::new(options, now);
    let key = key(&service, PORTLAND);
    assert!(CASES.len() >= 30);
    for Case { status, headers, body, kind, pause } in CASES {
        let answer = VerbatimAnswer {
            status: *status,
            headers: headers.iter().map(|(name, value)| ((*name).into(), (*value).into())).collect(),
            body: (*body).into(),
        };
        service.set_fault(Target::Every, Lasts::Requests(1), Fault::Verbatim(answer));
        let failure = fetcher.get(&key).await.result.unwrap_err();
        let promised = pause.map(Duration::from_millis);
        assert_eq!((failure.kind, failure.retry_after), (*kind, promised), "{status} {headers:?} {body}");
        let asked = Engine::refused(&key, failure).next_request();
        assert!(asked >= pause.unwrap_or_default(), "{status} {headers:?}: after {asked} ms");
        assert!(pause.is_some() || asked <= 3_000, "{status} {headers:?}: after {asked} ms for nothing");
    }
}

/// An engine that was refused at 0.
struct Engine {
    watch: Watch,
    key: OrderKey,
}

fn at(milliseconds: u64) -> Now {
    let wall = Timestamp::UNIX_EPOCH + SignedDuration::from_millis(milliseconds.cast_signed());
    Now { wall, moment: Moment::from_millis(milliseconds) }
}

fn requests(effects: Vec<Effect>) -> Vec<(RequestId, OrderKey)> {
    let fetches = effects.into_iter().filter_map(|effect| match effect {
        Effect::Fetch { request, key } => Some((request, key)),
        _ => None,
    });
    fetches.collect()
}

impl Engine {
    fn refused(key: &OrderKey, failure: Failure) -> Self {
        let mut watch = Watch::new(WatchOptions {
            rate: Rate::Unlimited,
            intervals: Intervals::default(),
            sweeps: Sweeps::Never,
            seed: 1,
            started: at(0),
            first_sequence: 1,
        });
        watch.step(WatchMessage::Add(vec![key.clone()]), at(0));
        let sent = requests(watch.step(WatchMessage::Known(vec![(key.clone(), None)]), at(0)));
        let answered = Answered {
            request: sent[0].0,
            key: key.clone(),
            attempts: 1,
            received: at(0).wall,
            skew: None,
            identity: None,
            result: Err(failure),
        };
        watch.step(WatchMessage::Answered(Box::new(answered)), at(0));
        Self { watch, key: key.clone() }
    }

    /// When the next request is sent, although somebody asks for one by hand right away.
    fn next_request(mut self) -> u64 {
        let mut now = 0;
        let mut sent = requests(self.watch.step(WatchMessage::AskNow(vec![self.key.clone()]), at(now)));
        while sent.is_empty() {
            now = self.watch.next_deadline().unwrap().as_millis();
            sent = requests(self.watch.step(WatchMessage::Tick, at(now)));
        }
        now
    }
}
