//! Orders asked one by one: healthy, slow, without a network, after a suspension.

use super::account::{failing, healthy, random_throttles, saving, some_throttles};
use super::simulation::{INTERVAL, MINUTE, ORDERS, PACE, Setup, Simulation, Subject};
use chimewatch::app::message::WatchMessage;
use chimewatch::domain::{FailureKind, NetworkStage};
use chimewatch::poll::Rate;
use std::hash::{DefaultHasher, Hash, Hasher};

fn warm(seed: u64, rate: f64) -> Simulation {
    Simulation::warm(Setup::singly(seed, Rate::PerSecond(rate)))
}

#[test]
fn a_healthy_account_is_asked_evenly_and_every_answer_is_fresh() {
    let mut simulation = warm(1, 2.0 * PACE);
    let from = simulation.now;
    simulation.run(30 * MINUTE);
    let load = simulation.load(from, simulation.now) / PACE;
    assert!((0.9..=1.0).contains(&load), "{load}");
    assert!(simulation.staleness().0 <= 1.15, "{:?}", simulation.staleness());
}

#[test]
fn from_the_start_under_random_throttles_all_are_read_within_four_intervals() {
    for setup in [Setup::singly, Setup::swept] {
        let mut simulation = Simulation::new(setup(5, Rate::PerSecond(PACE)), random_throttles());
        simulation.run(4 * INTERVAL);
        let unread = simulation.watch.iter().filter(|order| order.snapshot().is_none()).count();
        assert_eq!(unread, 0);
    }
}

#[test]
fn without_a_network_one_request_probes_and_its_return_is_no_burst() {
    for setup in [Setup::singly, Setup::swept] {
        let mut simulation = Simulation::warm(setup(10, Rate::PerSecond(2.0 * PACE)));
        simulation.service = failing(FailureKind::Network(NetworkStage::Name));
        let begins = simulation.now;
        simulation.run(5 * MINUTE);
        let ends = simulation.now;
        let probes = simulation.asked(begins, ends).count();
        assert!(probes <= 30, "{probes}");
        simulation.service = healthy();
        simulation.run(INTERVAL + 10_000);
        assert!(
            simulation.fresh.iter().all(|fresh| *fresh >= ends),
            "all fresh after an interval and ten seconds"
        );
        let peak = simulation.peak(ends, simulation.now, 5_000) / PACE;
        assert!(peak <= 2.0 * 1.25, "{peak}");
    }
}

#[test]
fn after_a_suspension_all_is_read_within_an_interval_and_without_a_burst() {
    for setup in [Setup::singly, Setup::swept] {
        let mut simulation = Simulation::warm(setup(11, Rate::PerSecond(2.0 * PACE)));
        simulation.step(WatchMessage::Resumed);
        let resumed = simulation.now;
        simulation.run(INTERVAL + 10_000);
        assert!(simulation.fresh.iter().all(|fresh| *fresh >= resumed));
        let peak = simulation.peak(resumed, simulation.now, 5_000) / PACE;
        assert!(peak <= 2.0 * 1.25, "{peak}");
    }
}

#[test]
fn the_oldest_due_is_asked_first_when_the_pace_is_too_slow_for_all() {
    let mut simulation = warm(12, PACE / 4.0);
    let from = simulation.now;
    simulation.run(60 * MINUTE);
    let mut last = vec![from; ORDERS];
    let mut longest = 0;
    for asked in simulation.asked(from, simulation.now) {
        let Subject::Order(order) = asked.subject else { continue };
        longest = longest.max(asked.sent - last[order]);
        last[order] = asked.sent;
    }
    assert!(longest <= INTERVAL * 9 / 2, "a round takes four intervals, one order took {longest} ms");
}

#[test]
fn the_same_seed_gives_the_same_trace_in_a_hundred_thousand_steps() {
    let run = |seed| {
        let setup = Setup::singly(seed, Rate::PerSecond(PACE));
        let mut simulation = Simulation::new(
            setup,
            Box::new(|_, random| match random.u8(0..10) {
                0 => Some(FailureKind::Throttled),
                1 => Some(FailureKind::Timeout),
                2 => Some(FailureKind::Network(NetworkStage::Connect)),
                3 => Some(FailureKind::NotFound),
                _ => None,
            }),
        );
        while simulation.steps < 100_000 {
            simulation.run(20 * MINUTE);
        }
        let mut hasher = DefaultHasher::new();
        simulation.trace.hash(&mut hasher);
        (hasher.finish(), simulation.steps)
    };
    let first = run(13);
    assert_eq!(first, run(13));
    assert_ne!(first.0, run(14).0);
}

#[test]
fn lists_that_are_swept_again_and_again_are_asked_no_more_often_while_half_of_their_pages_are_throttled() {
    for interval in [10_000, 30_000] {
        let setup = Setup { interval, ..Setup::swept(15, Rate::PerSecond(100.0)) };
        let mut simulation = Simulation::new(setup, healthy());
        simulation.run(2 * MINUTE);
        let from = simulation.now;
        simulation.run(2 * MINUTE);
        let usual = simulation.peak(from, simulation.now, MINUTE);
        simulation.count_afresh();
        simulation.service = random_throttles();
        let from = simulation.now;
        simulation.run(5 * MINUTE);
        let load = simulation.peak(from, simulation.now, MINUTE) / usual;
        assert!(load <= 1.1, "{interval} ms: {load}");
        assert!(simulation.staleness().0 <= 5.0, "{interval} ms: {:?}", simulation.staleness());
    }
}

/// A healthy run by the list, swept every ten seconds, and the requests a second that it sends.
fn swept_every_ten_seconds(seed: u64) -> (Simulation, f64) {
    let setup = Setup { interval: 10_000, ..Setup::swept(seed, Rate::PerSecond(100.0)) };
    let mut simulation = Simulation::new(setup, healthy());
    simulation.run(3 * MINUTE);
    let usual = simulation.load(MINUTE, simulation.now);
    (simulation, usual)
}

#[test]
fn a_list_that_is_swept_beyond_a_limit_is_soon_throttled_seldom() {
    for seed in 0..10_u32 {
        // About half of what is asked for, and two services that save something up: one might suit by chance.
        let part = 0.42 + 0.02 * f64::from(seed);
        for saves in [2.0, 5.0] {
            let (mut simulation, usual) = swept_every_ten_seconds(seed.into());
            simulation.service = saving(usual * part, saves);
            simulation.run(2 * MINUTE);
            simulation.count_afresh();
            let from = simulation.now;
            simulation.run(3 * MINUTE);
            let share = simulation.throttled(from, simulation.now);
            assert!(share <= 0.1, "{part:.2} of it, {saves} saved: {share}");
            let (stalest, median) = simulation.staleness();
            // Two and a half intervals where half of what is asked for passes.
            assert!(stalest <= 1.25 / part && stalest <= 2.0 * median, "{part:.2}: {stalest}, {median}");
        }
    }
}

#[test]
fn throttles_that_come_whatever_is_asked_do_not_starve_an_account() {
    for percent in [10, 20] {
        let (mut simulation, usual) = swept_every_ten_seconds(16);
        simulation.service = some_throttles(percent);
        let from = simulation.now;
        simulation.run(10 * MINUTE);
        let load = simulation.load(from, simulation.now) / usual;
        assert!(load >= 0.8, "{percent} % by the list: {load}");
        let mut simulation = warm(17, 2.0 * PACE);
        simulation.service = some_throttles(percent);
        let from = simulation.now;
        simulation.run(20 * MINUTE);
        let load = simulation.load(from, simulation.now) / PACE;
        assert!(load >= 0.85 && simulation.staleness().0 <= 2.0, "{percent} % one by one: {load}");
    }
}
