//! What lists cost and bring: pages instead of orders where that is less, and never a list for its own sake.

use super::account::{Listing, healthy, random_throttles};
use super::simulation::{MINUTE, ORDERS, Setup, Simulation, Subject};
use chimewatch::poll::Rate;

/// So many orders that have just been ordered: each is asked every two seconds.
fn fresh(orders: usize, list: Listing) -> Setup {
    Setup { seed: 21, rate: Rate::default(), orders, interval: 2_000, list: Some(list) }
}

/// Pages and single orders that were asked for after `from`.
fn asked(simulation: &Simulation, from: u64) -> (usize, usize) {
    let all: Vec<_> = simulation.asked(from, simulation.now).collect();
    let pages = all.iter().filter(|asked| matches!(asked.subject, Subject::Page(_))).count();
    (pages, all.len() - pages)
}

#[test]
fn a_thousand_fresh_orders_cost_ten_requests_a_round() {
    let mut simulation = Simulation::new(fresh(ORDERS, Listing::Of(ORDERS)), healthy());
    simulation.run(10 * MINUTE);
    let (pages, orders) = asked(&simulation, 0);
    // At two a second a round takes five seconds.
    assert!((1_190..=1_230).contains(&pages) && orders == 0, "{pages} pages, {orders} orders");
    assert!(simulation.staleness().0 * 2.0 <= 6.0, "{:?} intervals of two seconds", simulation.staleness());
}

#[test]
fn ten_fresh_orders_of_a_small_account_cost_one_request_a_round() {
    let mut simulation = Simulation::new(fresh(10, Listing::Of(10)), healthy());
    simulation.run(10 * MINUTE);
    let (pages, orders) = asked(&simulation, 0);
    assert!((270..=300).contains(&pages) && orders == 0, "{pages} pages, {orders} orders");
    assert!(simulation.staleness().0 <= 1.3, "{:?}", simulation.staleness());
}

#[test]
fn a_thousand_older_orders_cost_ten_requests_an_interval_and_stay_fresh() {
    let mut simulation = Simulation::warm(Setup::swept(22, Rate::default()));
    let from = simulation.now;
    simulation.run(60 * MINUTE);
    let (pages, orders) = asked(&simulation, from);
    assert!((270..=300).contains(&pages) && orders == 0, "30 rounds: {pages} pages, {orders} orders");
    assert!(simulation.staleness().0 <= 1.1, "{:?}", simulation.staleness());
}

#[test]
fn a_list_longer_than_what_is_due_is_probed_and_left() {
    let mut simulation = Simulation::new(fresh(10, Listing::Of(100_000)), healthy());
    simulation.run(30 * MINUTE);
    let (pages, orders) = asked(&simulation, 0);
    assert!(pages <= 5 && orders > 3_000, "{pages} pages, {orders} orders");
}

#[test]
fn a_list_without_numbers_or_that_is_refused_costs_one_request_an_hour() {
    for list in [Listing::Bare(ORDERS), Listing::Refused] {
        let mut simulation =
            Simulation::new(Setup { list: Some(list), ..Setup::swept(23, Rate::default()) }, healthy());
        simulation.run(59 * MINUTE);
        assert_eq!(asked(&simulation, 0).0, 1, "{list:?}");
        let age = simulation.staleness().0;
        assert!(age <= 5.0, "{list:?}: at two a second a round takes 500 s, {age} intervals");
    }
}

#[test]
fn what_the_list_does_not_carry_is_asked_singly_and_starts_no_endless_sweeps() {
    let setup = Setup { list: Some(Listing::Some(900)), ..Setup::swept(24, Rate::default()) };
    let mut simulation = Simulation::warm(setup);
    let from = simulation.now;
    simulation.run(60 * MINUTE);
    let (pages, orders) = asked(&simulation, from);
    assert!(pages <= 33 * 9, "{pages} pages of nine a round in 30 rounds");
    assert!((2_500..=3_100).contains(&orders), "a hundred orders in 30 rounds: {orders}");
    assert!(simulation.staleness().0 <= 1.3, "{:?}", simulation.staleness());
}

#[test]
fn the_same_seed_gives_the_same_trace_page_by_page() {
    let run = |seed| {
        let mut simulation =
            Simulation::new(Setup { seed, ..fresh(ORDERS, Listing::Some(990)) }, random_throttles());
        simulation.run(20 * MINUTE);
        simulation.trace
    };
    assert!(run(25) == run(25));
    assert!(run(25) != run(26));
}
