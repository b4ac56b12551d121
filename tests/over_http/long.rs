//! The bars at their full size, asked one by one and by the list. Each takes its minutes and is run by hand:
//! `cargo test --release --test over_http -- --ignored --nocapture --test-threads 6`.

use crate::run::{Run, Setup, figure, peak, service, silences, suffers, throttled};
use chimewatch::app::watch::Sweeps;
use chimewatch::domain::Moment;
use chimewatch::order_service::{ErrorCode, Fault, OrderService, Target};
use std::time::Duration;

const ORDERS: usize = 1_000;
const INTERVAL: Duration = Duration::from_secs(10);
/// What the orders add up to one by one, in requests a second.
const PACE: f64 = 100.0;
const MINUTE: Duration = Duration::from_mins(1);
const FIVE_SECONDS: Duration = Duration::from_secs(5);

fn percent(count: usize, of: usize) -> usize {
    100 * count / of.max(1)
}

/// How the orders are asked for.
fn way(sweeps: Sweeps) -> &'static str {
    match sweeps {
        Sweeps::Never => "one by one",
        Sweeps::Allowed => "by the list",
    }
}

/// What a run sends while nothing fails.
struct Healthy {
    /// Within a minute.
    requests: usize,
    in_the_busiest_minute: usize,
    within_five_seconds: usize,
}

/// A run that was healthy for two minutes.
async fn healthy(service: &OrderService, sweeps: Sweeps) -> (Run, Healthy) {
    let mut run = Run::new(service, Setup { orders: ORDERS, interval: INTERVAL, rate: PACE, sweeps });
    run.run(3 * INTERVAL).await;
    let from = run.now();
    run.run(2 * MINUTE).await;
    let asked = run.since(from);
    let healthy = Healthy {
        requests: asked.len() / 2,
        in_the_busiest_minute: peak(asked, MINUTE),
        within_five_seconds: peak(asked, FIVE_SECONDS),
    };
    let way = way(sweeps);
    figure(&format!("{way}: healthy requests a minute, on average"), healthy.requests);
    figure(&format!("{way}: healthy requests, busiest minute"), healthy.in_the_busiest_minute);
    figure(&format!("{way}: healthy requests, busiest five seconds"), healthy.within_five_seconds);
    (run, healthy)
}

/// The longest silence of an order from `from` to `to`, and the median one, in intervals.
fn staleness(run: &Run, from: Moment, to: Moment) -> (f64, f64) {
    let silences = silences(run.since(from), ORDERS, from, to);
    (run.intervals(silences[ORDERS - 1]), run.intervals(silences[ORDERS / 2]))
}

async fn half_of_the_requests_throttled(sweeps: Sweeps) {
    let service = service(ORDERS);
    let (mut run, healthy) = healthy(&service, sweeps).await;
    suffers(&service, Target::Share { percent: 50, seed: 2 }, Fault::Error(ErrorCode::ThrottledClient));
    let from = run.now();
    run.run(15 * MINUTE).await;
    // What is counted below takes its time, in which nobody asks.
    let to = run.now();
    let asked = run.since(from);
    let load = percent(peak(asked, MINUTE), healthy.in_the_busiest_minute);
    let (stalest, median) = staleness(&run, from, to);
    let way = way(sweeps);
    figure(&format!("R2 {way}: throttled, % of answers"), throttled(asked));
    figure(&format!("R2 {way}: busiest minute, % of the busiest healthy one"), load);
    figure(
        &format!("R2 {way}: mean minute, % of the mean healthy one"),
        percent(asked.len(), 15 * healthy.requests),
    );
    figure(&format!("R2 {way}: longest silence of an order, intervals"), stalest);
    figure(&format!("R2 {way}: the median of the orders' longest silences, intervals"), median);
    assert!(load <= 110 && stalest <= 5.0);
}

async fn a_limit_of_half_the_pace(sweeps: Sweeps) {
    let service = service(ORDERS);
    let (mut run, healthy) = healthy(&service, sweeps).await;
    let per_minute = u32::try_from(healthy.requests / 2).unwrap();
    suffers(&service, Target::Beyond { per_minute }, Fault::Error(ErrorCode::ThrottledClient));
    run.run(2 * MINUTE).await;
    let from = run.now();
    run.run(3 * MINUTE).await;
    let to = run.now();
    let asked = run.since(from);
    let share = throttled(asked);
    let (stalest, median) = staleness(&run, from, to);
    let way = way(sweeps);
    figure(&format!("R3 {way}: throttled after two minutes, % of answers"), share);
    figure(&format!("R3 {way}: load, % of the limit"), percent(asked.len(), 3 * healthy.requests / 2));
    figure(&format!("R3 {way}: longest silence of an order, intervals"), stalest);
    figure(&format!("R3 {way}: the median of the orders' longest silences, intervals"), median);
    assert!(share <= 10 && stalest <= 2.5 && stalest <= 2.0 * median);
}

async fn ten_minutes_of_503_and_the_return(sweeps: Sweeps) {
    let service = service(ORDERS);
    let (mut run, healthy) = healthy(&service, sweeps).await;
    suffers(&service, Target::Share { percent: 100, seed: 4 }, Fault::Status(503));
    let begins = run.now();
    run.run(10 * MINUTE).await;
    let asked = run.since(begins);
    let load = percent(asked.len(), 10 * healthy.requests);
    let first = asked.iter().take_while(|asked| asked.sent.since(begins) < FIVE_SECONDS).count();
    let first = percent(first, healthy.within_five_seconds);
    let way = way(sweeps);
    figure(&format!("R4 {way}: load, % of the healthy one"), load);
    figure(&format!("R4 {way}: first five seconds, % of the busiest healthy ones"), first);
    service.clear_faults();
    let ends = run.now();
    run.run_until(10 * MINUTE, |run| run.stale_since(ends) == 0).await;
    let fresh = run.intervals(run.now().since(ends));
    run.run(3 * INTERVAL).await;
    let burst = percent(peak(run.since(ends), FIVE_SECONDS), healthy.within_five_seconds);
    figure(&format!("R4 {way}: all fresh again, intervals"), fresh);
    figure(&format!("R4 {way}: most within five seconds afterwards, % of the healthy one"), burst);
    assert!(load <= 110 && first <= 200 && fresh <= 1.5 && burst <= 125);
}

#[tokio::test]
#[ignore = "takes eighteen minutes"]
async fn r2_half_of_the_requests_throttled_one_by_one() {
    half_of_the_requests_throttled(Sweeps::Never).await;
}

#[tokio::test]
#[ignore = "takes eighteen minutes"]
async fn r2_half_of_the_requests_throttled_by_the_list() {
    half_of_the_requests_throttled(Sweeps::Allowed).await;
}

#[tokio::test]
#[ignore = "takes eight minutes"]
async fn r3_a_limit_of_half_the_pace_one_by_one() {
    a_limit_of_half_the_pace(Sweeps::Never).await;
}

#[tokio::test]
#[ignore = "takes eight minutes"]
async fn r3_a_limit_of_half_the_pace_by_the_list() {
    a_limit_of_half_the_pace(Sweeps::Allowed).await;
}

#[tokio::test]
#[ignore = "takes thirteen minutes"]
async fn r4_ten_minutes_of_503_and_the_return_one_by_one() {
    ten_minutes_of_503_and_the_return(Sweeps::Never).await;
}

#[tokio::test]
#[ignore = "takes thirteen minutes"]
async fn r4_ten_minutes_of_503_and_the_return_by_the_list() {
    ten_minutes_of_503_and_the_return(Sweeps::Allowed).await;
}
