//! A hundred orders that are asked for every second, for some seconds.

use crate::run::{Run, Setup, figure, longest_wait, peak, service, service_at, suffers, throttled};
use chimewatch::app::watch::Sweeps;
use chimewatch::domain::{FailureKind, NetworkStage};
use chimewatch::order_service::{ErrorCode, Fault, OrderService, Target};
use std::time::Duration;

const ORDERS: usize = 100;
const INTERVAL: Duration = Duration::from_secs(1);
/// What the orders add up to, in requests a second.
const PACE: u32 = 100;
const SPAN: Duration = Duration::from_secs(3);
/// What the orders add up to in that time.
const EXPECTED: usize = 3 * ORDERS;
/// A test that succeeds never waits this long.
const PATIENCE: Duration = Duration::from_mins(1);

fn one_by_one() -> Setup {
    Setup { orders: ORDERS, interval: INTERVAL, rate: f64::from(PACE), sweeps: Sweeps::Never }
}

fn throttle() -> Fault {
    Fault::Error(ErrorCode::ThrottledClient)
}

/// So many of a hundred of `count`.
fn percent(count: usize, of: usize) -> usize {
    100 * count / of.max(1)
}

/// A run that is healthy: its orders all have been read, and once more.
async fn healthy(service: &OrderService) -> Run {
    let mut run = Run::new(service, one_by_one());
    for _ in 0..2 {
        let from = run.now();
        run.run_until(PATIENCE, |run| run.stale_since(from) == 0).await;
    }
    run
}

#[tokio::test]
async fn random_throttles_of_half_the_requests_add_no_load_and_starve_nobody() {
    let service = service(ORDERS);
    let mut run = healthy(&service).await;
    suffers(&service, Target::Share { percent: 50, seed: 2 }, throttle());
    let from = run.now();
    run.run(SPAN).await;
    let asked = run.since(from);
    let share = throttled(asked);
    assert!((35..=65).contains(&share), "{share} % were throttled");
    let load = percent(asked.len(), EXPECTED);
    assert!(load <= 115, "{load} % of what the orders add up to");
    let waited = longest_wait(asked, ORDERS);
    figure("R2 throttled, % of answers", share);
    figure("R2 load, % of what the orders add up to", load);
    figure("R2 longest wait, % of a round", percent(waited, ORDERS));
    assert!(waited <= 5 * ORDERS, "an order waited for {waited} others");
}

#[tokio::test]
async fn from_the_start_under_random_throttles_all_are_read_within_four_rounds() {
    let service = service(ORDERS);
    suffers(&service, Target::Share { percent: 50, seed: 3 }, throttle());
    let mut run = Run::new(&service, one_by_one());
    let started = run.now();
    run.run_until(PATIENCE, |run| run.stale_since(started) == 0).await;
    let asked = run.since(started).len();
    figure("R2 requests until all are read, % of a round", percent(asked, ORDERS));
    assert!(asked <= 4 * ORDERS, "{asked} requests for {ORDERS} orders");
}

#[tokio::test]
async fn under_a_limit_of_half_the_pace_ever_fewer_are_throttled_and_nobody_starves() {
    let service = service(ORDERS);
    let mut run = Run::new(&service, one_by_one());
    suffers(&service, Target::Beyond { per_minute: 30 * PACE }, throttle());
    let from = run.now();
    run.run(SPAN).await;
    let at_first = throttled(run.since(from));
    let later = run.now();
    // It is cut by steps, each judged by the answers after it: how soon it is low hangs on the machine.
    let is_low = |run: &Run| {
        let asked = run.since(later);
        let latest = asked.get(asked.len().saturating_sub(2 * ORDERS)..).unwrap_or_default();
        latest.len() == 2 * ORDERS && throttled(latest) <= 10.max(at_first / 3)
    };
    run.run_until(PATIENCE, is_low).await;
    figure("R3 throttled at first, % of answers", at_first);
    figure("R3 requests until a tenth of the latest 200 is throttled", run.since(later).len());
    assert!(at_first > 15, "{at_first} % were throttled at first: nothing was learnt");
    assert_eq!(run.stale_since(from), 0);
}

#[tokio::test]
async fn a_time_of_503_brings_no_storm_and_no_burst_afterwards() {
    let service = service(ORDERS);
    let mut run = healthy(&service).await;
    suffers(&service, Target::Share { percent: 100, seed: 4 }, Fault::Status(503));
    let begins = run.now();
    run.run(SPAN).await;
    let asked = run.since(begins);
    let load = percent(asked.len(), EXPECTED);
    assert!(load <= 115, "{load} % of what the orders add up to");
    figure("R4 load, % of what the orders add up to", load);
    figure("R4 most within a second, % of the pace", percent(peak(asked, INTERVAL), ORDERS));
    assert!(peak(asked, INTERVAL) <= 2 * ORDERS);
    service.clear_faults();
    let ends = run.now();
    run.run_until(PATIENCE, |run| run.stale_since(ends) == 0).await;
    let asked = run.since(ends);
    figure("R4 requests until all are fresh, % of a round", percent(asked.len(), ORDERS));
    assert!(asked.len() <= 3 * ORDERS / 2, "{} requests until all are fresh", asked.len());
    let peak = peak(asked, INTERVAL);
    figure("most within a second afterwards, % of the pace", percent(peak, ORDERS));
    assert!(percent(peak, ORDERS) <= 125, "{peak} within a second");
}

#[tokio::test]
async fn without_a_service_one_request_probes_and_its_return_is_no_burst() {
    let first = service(ORDERS);
    let mut run = healthy(&first).await;
    let address = first.endpoint().trim_start_matches("http://").parse().unwrap();
    drop(first);
    let refused = Some(Err(FailureKind::Network(NetworkStage::Connect)));
    let gone = run.now();
    run.run_until(PATIENCE, |run| run.since(gone).iter().any(|asked| asked.outcome == refused)).await;
    let begins = run.now();
    run.run(SPAN).await;
    let probes = run.since(begins).len();
    figure("R11 probes in 3 s", probes);
    assert!((1..=4).contains(&probes), "{probes} requests while nobody listened");
    let service = service_at(address, ORDERS);
    let ends = run.now();
    run.run_until(PATIENCE, |run| run.stale_since(ends) == 0).await;
    let asked = run.since(ends);
    figure("R11 requests until all are fresh, % of a round", percent(asked.len(), ORDERS));
    assert!(asked.len() <= 2 * ORDERS, "{} requests until all are fresh", asked.len());
    let peak = peak(asked, INTERVAL);
    figure("most within a second afterwards, % of the pace", percent(peak, ORDERS));
    assert!(percent(peak, ORDERS) <= 125, "{peak} within a second");
    drop(service);
}

/// A thousand orders of a list of eleven pages.
fn by_the_list() -> Setup {
    Setup { orders: 1_000, sweeps: Sweeps::Allowed, ..one_by_one() }
}

/// A run by the list that is healthy, and what it sends within [`SPAN`].
async fn healthy_by_the_list(service: &OrderService) -> (Run, usize) {
    let mut run = Run::new(service, by_the_list());
    run.run(SPAN).await;
    let from = run.now();
    run.run(SPAN).await;
    assert_eq!(run.stale_since(from), 0, "all are read within three rounds");
    let pages = run.since(from).len();
    assert!(pages <= 40, "{pages} requests for three rounds of eleven pages");
    (run, pages)
}

#[tokio::test]
async fn random_throttles_of_half_the_pages_add_no_load_and_starve_nobody() {
    let service = service(1_000);
    let (mut run, usual) = healthy_by_the_list(&service).await;
    suffers(&service, Target::Share { percent: 50, seed: 2 }, throttle());
    let from = run.now();
    run.run(2 * SPAN).await;
    let asked = run.since(from);
    let load = percent(asked.len(), 2 * usual);
    figure("R2 by the list: throttled, % of answers", throttled(asked));
    figure("R2 by the list: load, % of the healthy one", load);
    assert!(load <= 125, "{load} % of the healthy load");
    run.run_until(PATIENCE, |run| run.stale_since(from) == 0).await;
}

#[tokio::test]
async fn pages_beyond_a_limit_of_half_the_pace_are_read_all_the_same() {
    let service = service(1_000);
    let (mut run, usual) = healthy_by_the_list(&service).await;
    let per_minute = u32::try_from(10 * usual).unwrap();
    suffers(&service, Target::Beyond { per_minute }, throttle());
    for _ in 0..2 {
        let from = run.now();
        run.run_until(PATIENCE, |run| run.stale_since(from) == 0).await;
        figure(
            "R3 by the list: requests until all are read, % of a round",
            percent(run.since(from).len(), 11),
        );
    }
}

#[tokio::test]
async fn a_time_of_503_brings_no_storm_of_pages_and_no_burst_afterwards() {
    let service = service(1_000);
    let (mut run, usual) = healthy_by_the_list(&service).await;
    suffers(&service, Target::Share { percent: 100, seed: 4 }, Fault::Status(503));
    let from = run.now();
    run.run(SPAN).await;
    let load = percent(run.since(from).len(), usual);
    figure("R4 by the list: load, % of the healthy one", load);
    assert!(load <= 115, "{load} % of the healthy load");
    service.clear_faults();
    let ends = run.now();
    run.run_until(PATIENCE, |run| run.stale_since(ends) == 0).await;
    let requests = run.since(ends).len();
    figure("R4 by the list: requests until all are fresh, % of a round", percent(requests, 11));
    assert!(requests <= 22, "{requests} requests until all are fresh");
}
