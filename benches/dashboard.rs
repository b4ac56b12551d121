//! What a key, an answer and a frame cost at 100, 1,000 and 10,000 orders of 50 numbers: `cargo bench`.

#![expect(clippy::unwrap_used, reason = "an account that cannot be set up has nothing to measure")]

#[path = "dashboard/account.rs"]
mod account;

use account::Dashboard;
use chimewatch::app::message::{Keystroke, Message};
use chimewatch::app::{Action, Model};
use criterion::{BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use std::hint::black_box;
use std::time::Duration;

const ORDERS: [usize; 3] = [100, 1_000, 10_000];
/// One measurement at every size, each on a dashboard of its own.
fn at_every_size(
    criterion: &mut Criterion,
    name: &str,
    set_up: impl Fn(&mut Dashboard),
    mut once: impl FnMut(&mut Dashboard),
) {
    let mut group = criterion.benchmark_group(name);
    group.sample_size(20).warm_up_time(Duration::from_millis(500)).measurement_time(Duration::from_secs(2));
    for orders in ORDERS {
        group.throughput(Throughput::Elements(1));
        let mut dashboard = Dashboard::of(orders);
        set_up(&mut dashboard);
        group.bench_function(BenchmarkId::from_parameter(orders), |bencher| {
            bencher.iter(|| once(&mut dashboard));
        });
    }
    group.finish();
}

/// The model, so that nothing of it is worked out for nothing.
fn seen(dashboard: &Dashboard) -> &Model {
    black_box(&dashboard.model)
}

fn filter(criterion: &mut Criterion) {
    at_every_size(
        criterion,
        "filter: a character typed and taken back",
        |dashboard| {
            dashboard.act(Action::Filter);
            dashboard.type_text(account::FILTER);
        },
        |dashboard| {
            dashboard.type_text("1");
            dashboard.send(Message::Typed(Keystroke::Backspace));
            seen(dashboard);
        },
    );
}

fn sort(criterion: &mut Criterion) {
    at_every_size(
        criterion,
        "sort: by name, turned round",
        |dashboard| dashboard.sort("name"),
        |dashboard| {
            dashboard.act(Action::ReverseSort);
            seen(dashboard);
        },
    );
}

fn movement(criterion: &mut Criterion) {
    at_every_size(
        criterion,
        "update: a line down and up, filtered and sorted",
        Dashboard::filter_and_sort,
        |dashboard| {
            dashboard.act(Action::Down);
            dashboard.act(Action::Up);
            seen(dashboard);
        },
    );
}

fn answers(criterion: &mut Criterion) {
    let mut acquired = 0;
    at_every_size(
        criterion,
        "update: an answer that changes an order, filtered and sorted",
        Dashboard::filter_and_sort,
        |dashboard| {
            acquired = (acquired + 1) % account::NUMBERS;
            dashboard.rest();
            dashboard.answer(1, acquired);
            seen(dashboard);
        },
    );
}

fn frames(criterion: &mut Criterion) {
    at_every_size(
        criterion,
        "render: the list, filtered and sorted",
        Dashboard::filter_and_sort,
        |dashboard| {
            black_box(dashboard.draw());
        },
    );
    at_every_size(
        criterion,
        "render: the numbers of the list",
        |dashboard| dashboard.act(Action::Numbers),
        |dashboard| {
            black_box(dashboard.draw());
        },
    );
}

criterion_group!(dashboard, filter, sort, movement, answers, frames);
criterion_main!(dashboard);
