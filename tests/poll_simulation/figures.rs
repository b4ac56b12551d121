//! The bars over many seeds and rates, asserted, and printed as a table.

use super::bars::{Failing, Limited, Random, failing_service, random, under_a_limit};
use super::simulation::{PACE, Setup};
use chimewatch::poll::Rate;
use std::io::Write;

const SEEDS: u64 = 12;

/// As fast as the orders ask, four times as fast, and as fast as it goes.
const RATES: [Rate; 3] = [Rate::PerSecond(PACE), Rate::PerSecond(4.0 * PACE), Rate::Unlimited];

type Ways = [(&'static str, fn(u64, Rate) -> Setup); 2];
const WAYS: Ways = [("singly", Setup::singly), ("swept", Setup::swept)];

fn worst<T>(rate: Rate, way: fn(u64, Rate) -> Setup, run: fn(Setup) -> T, worse: fn(T, T) -> T) -> T {
    (1..=SEEDS).map(|seed| run(way(seed, rate))).reduce(worse).unwrap()
}

fn worse_random(one: Random, other: Random) -> Random {
    Random {
        peak: one.peak.max(other.peak),
        load: one.load.max(other.load),
        stalest: one.stalest.max(other.stalest),
        median: one.median.min(other.median),
    }
}

fn worse_limited(one: Limited, other: Limited) -> Limited {
    Limited {
        throttled: one.throttled.max(other.throttled),
        stalest: one.stalest.max(other.stalest),
        median: one.median.min(other.median),
    }
}

fn worse_failing(one: Failing, other: Failing) -> Failing {
    Failing {
        load: one.load.max(other.load),
        first: one.first.max(other.first),
        fresh: one.fresh.zip(other.fresh).map(|(one, other)| one.max(other)),
        burst: one.burst.max(other.burst),
    }
}

#[test]
#[ignore = "prints a table: --ignored --nocapture"]
fn the_figures() {
    let mut out = std::io::stdout().lock();
    for (way, setup) in WAYS {
        for rate in RATES {
            let figures = worst(rate, setup, random, worse_random);
            writeln!(out, "R2 {way:6} {rate:?}: {figures:.2?}").unwrap();
            let figures = worst(rate, setup, under_a_limit, worse_limited);
            writeln!(out, "R3 {way:6} {rate:?}: {figures:.2?}").unwrap();
            let figures = worst(rate, setup, failing_service, worse_failing);
            writeln!(out, "R4 {way:6} {rate:?}: {figures:.2?}").unwrap();
        }
    }
}

/// Every rate, asked singly and with sweeps.
fn everywhere<T: std::fmt::Debug>(
    run: fn(Setup) -> T,
    worse: fn(T, T) -> T,
    holds: fn(&'static str, &T) -> bool,
) {
    for (way, setup) in WAYS {
        for rate in RATES {
            let figures = worst(rate, setup, run, worse);
            assert!(holds(way, &figures), "{way} {rate:?}: {figures:?}");
        }
    }
}

#[test]
fn random_throttles_of_half_the_requests_add_no_load_and_starve_nobody() {
    everywhere(random, worse_random, |_, figures| figures.peak <= 1.1 && figures.stalest <= 5.0);
}

#[test]
fn under_a_limit_of_half_the_pace_few_requests_are_throttled_and_nobody_starves() {
    everywhere(under_a_limit, worse_limited, |_, figures| {
        figures.throttled <= 0.1 && figures.stalest <= 2.5 && figures.stalest <= 2.0 * figures.median
    });
}

#[test]
fn ten_minutes_of_500_bring_no_storm_and_no_burst_afterwards() {
    everywhere(failing_service, worse_failing, |_, figures| {
        let fresh = figures.fresh.is_some_and(|fresh| fresh <= 1.5);
        figures.load <= 1.1 && figures.first <= 2.0 && fresh && figures.burst <= 1.25
    });
}
