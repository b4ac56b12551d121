use super::*;

/// Answers at `factor` times ten a second for `seconds`, every one throttled or not as `throttled` says of the number
/// of the answer and the factor; gives the factor after each second.
fn run(seconds: u64, throttled: impl Fn(u32, f64) -> bool) -> Vec<f64> {
    let mut slowdown = Slowdown::new(Moment::START);
    let mut owed = 0.0;
    let mut count = 0;
    (1..=seconds)
        .map(|second| {
            owed += 10.0 * slowdown.factor();
            while owed >= 1.0 {
                owed -= 1.0;
                count += 1;
                slowdown.count(Moment::from_millis(second * 1000), throttled(count, slowdown.factor()));
            }
            slowdown.factor()
        })
        .collect()
}

#[test]
fn a_few_throttles_slow_nothing() {
    assert!(run(120, |count, _| count % 10 == 0).iter().all(|factor| (factor - 1.0).abs() < 1e-9));
}

#[test]
fn under_a_limit_of_half_the_pace_the_factor_settles_around_it() {
    let factors = run(600, |count, factor| f64::from(count % 100) / 100.0 > 0.5 / factor);
    let late = &factors[120..];
    assert!(late.iter().all(|factor| (0.34..=0.75).contains(factor)), "{late:?}");
    let mean = late.iter().sum::<f64>() / 480.0;
    assert!((0.4..=0.65).contains(&mean), "{mean}");
}

#[test]
fn where_slowing_does_not_help_it_ends_and_is_tried_ever_more_rarely() {
    let factors = run(1_800, |count, _| count % 2 == 0);
    let slow = factors.iter().filter(|factor| **factor < 1.0).count();
    assert!(factors.iter().any(|factor| *factor < 0.5), "it was tried");
    assert!(slow < 180, "slowed in {slow} of 1800 seconds");
}

#[test]
fn it_is_never_slowed_below_a_quarter() {
    let least = run(600, |_, factor| factor > 0.01).into_iter().fold(1.0, f64::min);
    assert!(least >= FLOOR, "{least}");
}

#[test]
fn between_two_cuts_lie_five_seconds() {
    let factors = run(20, |_, _| true);
    let cuts: Vec<_> = factors.windows(2).map(|pair| pair[1] < pair[0]).collect();
    assert!(cuts.windows(4).all(|four| four.iter().filter(|cut| **cut).count() <= 1), "{factors:?}");
}

#[test]
fn a_minute_without_throttles_ends_it() {
    let mut slowdown = Slowdown::new(Moment::START);
    for second in 0..10 {
        for _ in 0..10 {
            slowdown.count(Moment::from_millis(second * 1000), true);
        }
    }
    assert!(slowdown.factor() < 1.0);
    slowdown.refresh(Moment::from_millis(70_000));
    assert!((slowdown.factor() - 1.0).abs() < 1e-9);
}
