//! The bars at their full size. Each takes its minutes and is run by hand:
//! `cargo test --release --test over_http -- --ignored --nocapture --test-threads 1`.

use crate::run::{Run, figure, longest_silence, peak, service, suffers, throttled};
use chimewatch::order_service::{ErrorCode, Fault, OrderService, Target};
use std::time::Duration;

const ORDERS: usize = 1_000;
const INTERVAL: Duration = Duration::from_secs(10);
/// What the orders add up to, in requests a second.
const PACE: u32 = 100;
const MINUTE: Duration = Duration::from_mins(1);

fn percent(count: usize, of: usize) -> usize {
    100 * count / of.max(1)
}

/// A run that was healthy for a minute, and the most requests that it sent within a second.
async fn healthy(service: &OrderService) -> (Run, usize, usize) {
    let mut run = Run::new(service, ORDERS, INTERVAL, f64::from(PACE));
    run.run(3 * INTERVAL).await;
    let from = run.now();
    run.run(MINUTE).await;
    let healthy = run.since(from);
    let (count, most) = (healthy.len(), peak(healthy, Duration::from_secs(5)));
    (run, count, most)
}

#[tokio::test]
#[ignore = "takes seven minutes"]
async fn r2_half_of_the_requests_throttled_for_five_minutes() {
    let service = service(ORDERS, ([127, 0, 0, 1], 0).into());
    let (mut run, healthy, _) = healthy(&service).await;
    suffers(&service, Target::Share { percent: 50, seed: 2 }, Fault::Error(ErrorCode::ThrottledClient));
    let from = run.now();
    run.run(5 * MINUTE).await;
    let asked = run.since(from);
    let load = percent(peak(asked, MINUTE), healthy);
    let silence = longest_silence(asked, ORDERS).as_secs_f64() / INTERVAL.as_secs_f64();
    figure("R2 throttled, % of answers", throttled(asked));
    figure("R2 most in a minute, % of the healthy one", load);
    figure("R2 longest silence of an order, intervals", silence);
    assert!(load <= 110 && silence <= 5.0);
}

#[tokio::test]
#[ignore = "takes seven minutes"]
async fn r3_a_limit_of_half_the_pace_for_five_minutes() {
    let service = service(ORDERS, ([127, 0, 0, 1], 0).into());
    let (mut run, ..) = healthy(&service).await;
    suffers(&service, Target::Beyond { per_second: PACE / 2 }, Fault::Error(ErrorCode::ThrottledClient));
    run.run(2 * MINUTE).await;
    let from = run.now();
    run.run(3 * MINUTE).await;
    let asked = run.since(from);
    let share = throttled(asked);
    let silence = longest_silence(asked, ORDERS).as_secs_f64() / INTERVAL.as_secs_f64();
    figure("R3 throttled after two minutes, % of answers", share);
    figure("R3 load, % of the limit", percent(asked.len(), 180 * ORDERS / 20));
    figure("R3 longest silence of an order, intervals", silence);
    assert!(share <= 10 && silence <= 2.5);
}

#[tokio::test]
#[ignore = "takes twelve minutes"]
async fn r4_ten_minutes_of_503_and_the_return() {
    let service = service(ORDERS, ([127, 0, 0, 1], 0).into());
    let (mut run, healthy, most) = healthy(&service).await;
    suffers(&service, Target::Share { percent: 100, seed: 4 }, Fault::Status(503));
    let begins = run.now();
    run.run(10 * MINUTE).await;
    let asked = run.since(begins);
    let load = percent(asked.len(), 10 * healthy);
    figure("R4 load, % of the healthy one", load);
    figure(
        "R4 most within five seconds, % of the healthy one",
        percent(peak(asked, Duration::from_secs(5)), most),
    );
    assert!(load <= 110);
    service.clear_faults();
    let ends = run.now();
    run.run_until(MINUTE, |run| run.stale_since(ends) == 0).await;
    let rounds = percent(run.since(ends).len(), ORDERS);
    let burst = percent(peak(run.since(ends), Duration::from_secs(5)), most);
    figure("R4 requests until all are fresh, % of a round", rounds);
    figure("R4 most within five seconds afterwards, % of the healthy one", burst);
    assert!(rounds <= 150 && burst <= 125);
}
