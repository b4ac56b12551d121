//! One run of each fault, measured: what the bars of the design are held against.

use super::account::{failing, healthy, limited, random_throttles};
use super::simulation::{INTERVAL, MINUTE, PACE, Setup, Simulation};
use chimewatch::domain::FailureKind;

/// What half of the requests being throttled does (R2).
#[derive(Clone, Copy, Debug)]
pub(crate) struct Random {
    /// The load of any minute, in parts of the healthiest minute's.
    pub(crate) peak: f64,
    /// The load of all, in parts of what the orders ask for.
    pub(crate) load: f64,
    pub(crate) stalest: f64,
    pub(crate) median: f64,
}

/// A quarter of an hour of it after ten healthy minutes.
pub(crate) fn random(setup: Setup) -> Random {
    let mut simulation = Simulation::warm(setup);
    let from = simulation.now;
    let usual = simulation.peak(from - 2 * INTERVAL, from, MINUTE);
    let wanted = demand(&simulation);
    simulation.service = random_throttles();
    simulation.run(15 * MINUTE);
    let (stalest, median) = simulation.staleness();
    let peak = simulation.peak(from, simulation.now, MINUTE) / usual.max(wanted);
    Random { peak, load: simulation.load(from, simulation.now) / wanted, stalest, median }
}

/// What a limit of half of what the orders ask for does (R3).
#[derive(Clone, Copy, Debug)]
pub(crate) struct Limited {
    /// The share of throttles from the third minute on.
    pub(crate) throttled: f64,
    pub(crate) stalest: f64,
    pub(crate) median: f64,
}

/// Half an hour of it after ten healthy minutes.
pub(crate) fn under_a_limit(setup: Setup) -> Limited {
    let mut simulation = Simulation::warm(setup);
    // Pages are sent at the pace of two a second in spells, orders all the time.
    simulation.service = limited(if setup.list.is_some() { 1.0 } else { PACE / 2.0 });
    let after = simulation.now + 2 * MINUTE;
    simulation.run(30 * MINUTE);
    let (stalest, median) = simulation.staleness();
    Limited { throttled: simulation.throttled(after, simulation.now), stalest, median }
}

/// What ten minutes of 500 do (R4).
#[derive(Clone, Copy, Debug)]
pub(crate) struct Failing {
    /// The load meanwhile, in parts of what the orders ask for one by one.
    pub(crate) load: f64,
    /// The highest load of five seconds at its beginning.
    pub(crate) first: f64,
    /// When all was fresh again, in intervals after its end; none if it was not within one and a half.
    pub(crate) fresh: Option<f64>,
    /// The highest load of ten seconds afterwards, in parts of what the orders ask for one by one.
    pub(crate) burst: f64,
}

/// Ten minutes of it after ten healthy ones.
pub(crate) fn failing_service(setup: Setup) -> Failing {
    let mut simulation = Simulation::warm(setup);
    simulation.service = failing(FailureKind::Service);
    let begins = simulation.now;
    simulation.run(10 * MINUTE);
    let ends = simulation.now;
    simulation.service = healthy();
    simulation.run(INTERVAL * 3 / 2);
    let fresh = simulation.fresh.iter().all(|fresh| *fresh >= ends);
    let first = first_answers(&simulation, ends);
    Failing {
        load: simulation.load(begins, ends) / PACE,
        first: simulation.peak(begins, begins + 5_000, 5_000) / PACE,
        fresh: fresh.then(|| super::simulation::share(first, usize::try_from(INTERVAL).unwrap())),
        burst: simulation.peak(ends, simulation.now, 10_000) / PACE,
    }
}

/// When the last order got its first good request after a moment, counted from then.
fn first_answers(simulation: &Simulation, since: u64) -> usize {
    let mut first = vec![None; simulation.setup.orders];
    for asked in simulation.asked(since, simulation.now).filter(|asked| asked.failure.is_none()) {
        let told = match asked.subject {
            super::simulation::Subject::Order(order) => order..order + 1,
            super::simulation::Subject::Page(page) => simulation.list.tells(page),
        };
        for order in told {
            if let Some(first) = first.get_mut(order) {
                first.get_or_insert(asked.sent - since);
            }
        }
    }
    usize::try_from(first.into_iter().flatten().max().unwrap_or(0)).unwrap()
}

/// What the orders ask for as the engine says, in requests a second.
fn demand(simulation: &Simulation) -> f64 {
    let now = chimewatch::domain::Now {
        wall: super::account::wall(simulation.now),
        moment: chimewatch::domain::Moment::from_millis(simulation.now),
    };
    simulation.watch.pace(&super::account::scope(), now).unwrap().demand_per_minute / 60.0
}
