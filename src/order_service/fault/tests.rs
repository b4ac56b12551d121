use super::*;
use crate::order_service::scenario::Scenario;

const ID: &str = "3f2a91c0-7d1e-4b52-8d60-5a1be77c0b1c";
const OTHER: &str = "9ae4f377-0c1e-4b52-8d60-5a1be77c0b1c";

fn seconds(count: i64) -> SignedDuration {
    SignedDuration::from_secs(count)
}

#[test]
fn a_fault_strikes_its_target_as_often_as_told() {
    let mut faults = Faults::default();
    faults.set(Target::Order(ID.to_uppercase()), Lasts::Requests(2), Fault::Hang, seconds(0));
    let now = seconds(1);
    assert_eq!(faults.strike(Asked::Order(OTHER), now), None);
    assert_eq!(faults.strike(Asked::List, now), None);
    assert_eq!(faults.strike(Asked::Order(ID), now), Some(Fault::Hang));
    assert_eq!(faults.strike(Asked::Order(ID), now), Some(Fault::Hang));
    assert_eq!(faults.strike(Asked::Order(ID), now), None);
}

#[test]
fn a_fault_ends_with_its_time_and_the_newest_one_wins() {
    let mut faults = Faults::default();
    faults.set(Target::Every, Lasts::UntilCleared, Fault::Garbage, seconds(0));
    faults.set(Target::List, Lasts::For(seconds(5)), Fault::Hang, seconds(10));
    assert_eq!(faults.strike(Asked::List, seconds(14)), Some(Fault::Hang));
    assert_eq!(faults.strike(Asked::List, seconds(15)), Some(Fault::Garbage));
    faults.clear();
    assert_eq!(faults.strike(Asked::List, seconds(15)), None);
}

#[test]
fn a_share_is_drawn_by_lot_and_the_same_seed_draws_the_same() {
    let drawn = |percent, seed| {
        let mut faults = Faults::default();
        faults.set(Target::Share { percent, seed }, Lasts::UntilCleared, Fault::Hang, seconds(0));
        let asked = [Asked::Order(ID), Asked::List];
        let mut strikes = |asked| faults.strike(asked, seconds(0)).is_some();
        asked.into_iter().cycle().take(1_000).map(&mut strikes).collect::<Vec<_>>()
    };
    let count = |drawn: Vec<bool>| drawn.into_iter().filter(|struck| *struck).count();
    assert_eq!((count(drawn(0, 1)), count(drawn(100, 1))), (0, 1_000));
    let half = count(drawn(50, 1));
    assert!((450..=550).contains(&half), "{half}");
    assert_eq!(drawn(50, 1), drawn(50, 1));
    assert_ne!(drawn(50, 1), drawn(50, 2));
}

#[test]
fn what_comes_faster_than_the_limit_is_struck() {
    let mut faults = Faults::default();
    faults.set(Target::Beyond { per_minute: 360 }, Lasts::UntilCleared, Fault::Hang, seconds(5));
    let asked = [Asked::Order(ID), Asked::List].into_iter().cycle().take(8);
    let mut passed = |at| asked.clone().filter(|asked| faults.strike(*asked, at).is_none()).count();
    let moments = [seconds(5), SignedDuration::from_millis(5_500), seconds(6), seconds(60)];
    assert_eq!(moments.map(&mut passed), [6, 3, 3, 6]);
    faults.clear();
    faults.set(Target::Beyond { per_minute: 30 }, Lasts::UntilCleared, Fault::Hang, seconds(60));
    let mut passed = |at| (0..8).filter(|_| faults.strike(Asked::List, at).is_none()).count();
    assert_eq!(
        [60, 61, 62, 80].map(|at| passed(seconds(at))),
        [5, 0, 1, 5],
        "five are saved up of a slow rate"
    );
}

#[test]
fn a_scripted_fault_comes_round_again_with_a_new_budget() {
    let text = format!(
        r#"
        about = "faults"
        earlier = "1m"
        [[watchlist]]
        name = "all"
        region = "us-east-1"
        order = [{{ id = "{ID}", label = "Fax", created = "1h", numbers = ["+12065550100"], status = "Processing" }}]
        [[fault]]
        at = "10s"
        every = "60s"
        order = "Fax"
        requests = 1
        answer = {{ delay = "9s" }}
        [[fault]]
        at = "20s"
        lasting = "5s"
        answer = {{ error = "ThrottledClientException" }}
        "#
    );
    let scenario = Scenario::from_toml(&text).unwrap();
    let mut faults = Faults::scripted(&scenario.plan);
    let delay = Some(Fault::Delay(Duration::from_secs(9)));
    let throttle = Some(Fault::Error(ErrorCode::ThrottledClient));
    for (at, expected) in [
        (9, None),
        (10, delay.clone()),
        (11, None),
        (20, throttle.clone()),
        (24, throttle),
        (25, None),
        (69, None),
        (70, delay.clone()),
        (71, None),
        (3_610, delay),
    ] {
        assert_eq!(faults.strike(Asked::Order(ID), seconds(at)), expected, "at {at} s");
    }
}
