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
    let factors = run(600, |count, factor| f64::from(count * 61 % 100) / 100.0 > 0.5 / factor);
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
fn after_a_minute_without_throttles_the_pace_is_let_go_and_not_at_once() {
    let mut slowed = Slowdown::new(Moment::START);
    for answer in 0..300 {
        slowed.count(Moment::from_millis(answer * 100), answer < 160);
    }
    let least = slowed.factor();
    assert!(least < 1.0);
    let mut factors = (30..=300).map(|second| {
        slowed.refresh(Moment::from_millis(second * 1000));
        slowed.factor()
    });
    assert!((factors.nth(40).unwrap() - least).abs() < 0.01, "a minute later");
    assert!(factors.nth(20).unwrap() < 1.0, "not at once");
    assert!((factors.last().unwrap() - 1.0).abs() < 1e-9);
}

/// A service that saves up `most` requests and lets `limit` a second pass; gives the share of throttles in the second
/// half.
fn under_a_limit(seconds: u64, limit: f64, most: f64) -> f64 {
    let mut slowdown = Slowdown::new(Moment::START);
    let (mut owed, mut tokens) = (0.0, most);
    let (mut sent, mut throttled) = (0.0, 0.0);
    for tenth in 1..=seconds * 10 {
        let now = Moment::from_millis(tenth * 100);
        slowdown.refresh(now);
        owed += slowdown.factor();
        tokens = f64::min(tokens + limit / 10.0, most);
        while owed >= 1.0 {
            owed -= 1.0;
            let passes = tokens >= 1.0;
            tokens -= if passes { 1.0 } else { 0.0 };
            slowdown.count(now, !passes);
            if tenth > seconds * 5 {
                sent += 1.0;
                throttled += if passes { 0.0 } else { 1.0 };
            }
        }
    }
    throttled / sent
}

#[test]
fn a_limit_is_found_and_seldom_overstepped_whatever_the_service_saves_up() {
    for limit in [3.0, 5.0, 6.0] {
        for most in [1.0, 5.0, 20.0] {
            let share = under_a_limit(1_200, limit, most);
            assert!(share <= 0.1, "{limit} a second, {most} saved: {share}");
        }
    }
}

#[test]
fn throttles_that_come_whatever_is_asked_slow_it_hardly_in_the_long_run() {
    for percent in [10, 20, 30, 50] {
        let mut random = fastrand::Rng::with_seed(7);
        let lots: Vec<bool> = (0..20_000).map(|_| random.u8(0..100) < percent).collect();
        let factors = run(1_800, |count, _| lots[count as usize]);
        let mean = factors.iter().sum::<f64>() / 1_800.0;
        assert!(mean > 0.85, "{percent} %: {mean}");
    }
}
