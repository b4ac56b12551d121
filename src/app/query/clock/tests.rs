//! What the clock writes, and when it wants to be asked again.

use super::*;

static UTC: TimeZone = TimeZone::UTC;

fn wall(text: &str) -> Timestamp {
    text.parse().unwrap()
}

fn now(text: &str) -> Now {
    Now { wall: wall(text), moment: Moment::from_millis(5_000) }
}

#[test]
fn an_age_is_cut_to_ten_seconds_then_to_the_minute() {
    let since = wall("2026-11-23T14:00:37Z");
    let cases = [
        ("2026-11-23T13:00:00Z", "0 s"),
        ("2026-11-23T14:00:37Z", "0 s"),
        ("2026-11-23T14:00:49Z", "0 s"),
        ("2026-11-23T14:00:50Z", "10 s"),
        ("2026-11-23T14:01:37Z", "50 s"),
        ("2026-11-23T14:01:40Z", "1 m"),
        ("2026-11-23T14:02:36Z", "1 m"),
        ("2026-11-23T14:03:00Z", "2 m"),
        ("2026-11-23T15:00:59Z", "59 m"),
        ("2026-11-23T15:01:00Z", "1 h"),
        ("2026-11-24T14:00:59Z", "23 h"),
        ("2026-11-24T14:01:00Z", "1 d"),
        ("2027-03-02T14:01:00Z", "99 d"),
        ("2027-03-03T14:01:00Z", "14 w"),
    ];
    for (at, expected) in cases {
        let clock = Clock::at(now(at), &UTC, Times::Relative);
        assert_eq!(clock.age(since), expected, "{at}");
    }
}

#[test]
fn what_is_left_counts_down_and_never_says_more_than_there_is() {
    let end = wall("2026-11-23T14:15:30Z");
    let cases = [
        ("2026-11-23T14:00:10Z", Some("14 m")),
        ("2026-11-23T13:59:59Z", None),
        ("2026-11-23T14:03:17Z", Some("11 m")),
        ("2026-11-23T14:13:59Z", Some("1 m")),
        ("2026-11-23T14:14:05Z", Some("1 m")),
        ("2026-11-23T14:14:25Z", Some("1 m")),
        ("2026-11-23T14:14:31Z", Some("50 s")),
        ("2026-11-23T14:15:29Z", Some("0 s")),
        ("2026-11-23T14:15:30Z", None),
    ];
    for (at, expected) in cases {
        let clock = Clock::at(now(at), &UTC, Times::Relative);
        let left = clock.left(end, SignedDuration::from_mins(15));
        assert_eq!(left.as_deref(), expected, "{at}");
        assert!(clock.next_change().is_some());
    }
}

#[test]
fn what_is_to_be_waited_for_is_never_told_shorter_than_it_is() {
    let end = wall("2026-11-23T14:02:27Z");
    let cases = [
        ("2026-11-23T14:00:20Z", None),
        ("2026-11-23T14:00:30Z", Some("3 m")),
        ("2026-11-23T14:01:00Z", Some("2 m")),
        ("2026-11-23T14:01:29Z", Some("2 m")),
        ("2026-11-23T14:01:30Z", Some("1 m")),
        ("2026-11-23T14:01:40Z", Some("50 s")),
        ("2026-11-23T14:02:00Z", Some("30 s")),
        ("2026-11-23T14:02:09Z", Some("30 s")),
        ("2026-11-23T14:02:10Z", Some("20 s")),
        ("2026-11-23T14:02:26Z", Some("10 s")),
        ("2026-11-23T14:02:27Z", None),
    ];
    for (at, expected) in cases {
        let clock = Clock::at(now(at), &UTC, Times::Relative);
        assert_eq!(clock.wait(end, SignedDuration::from_mins(2)).as_deref(), expected, "{at}");
    }
    // Until the label changes it is what is left, or more.
    for seconds in 0..150 {
        let at = now("2026-11-23T14:00:00Z");
        let at = Now { wall: at.wall + SignedDuration::from_secs(seconds), ..at };
        let clock = Clock::at(at, &UTC, Times::Relative);
        let Some(said) = clock.wait(end, SignedDuration::from_mins(2)) else { continue };
        let (figure, unit) = said.split_once(' ').unwrap();
        let told = figure.parse::<i64>().unwrap() * if unit == "m" { 60 } else { 1 };
        assert!(told >= end.duration_since(at.wall).as_secs(), "{said} at {seconds}");
    }
}

#[test]
fn what_is_due_is_told_to_the_minute_and_the_screen_is_not_drawn_for_less() {
    let due = |at: &str, seconds: i64| {
        let at = Now { moment: Moment::from_millis(600_000), wall: wall(at) };
        let clock = Clock::at(at, &UTC, Times::Relative);
        let due = Moment::from_millis(u64::try_from(600_000 + seconds * 1_000).unwrap());
        let said = clock.due(due).unwrap_or_default();
        let next_change = clock.next_change().unwrap().since(at.moment);
        (said, next_change > Duration::from_secs(10))
    };
    let cases = [
        (-10, ""),
        (-9, "in <10 s"),
        (10, "in <10 s"),
        (11, "in <1 m"),
        (59, "in <1 m"),
        (60, "in 1 m"),
        (150, "in 1 m"),
        (165, "in 2 m"),
        (900, "in 14 m"),
    ];
    for (seconds, expected) in cases {
        assert_eq!(due("2026-11-23T14:03:17Z", seconds), (expected.to_owned(), true), "{seconds}");
    }
}

#[test]
fn the_screen_is_due_when_its_first_label_changes() {
    let clock = Clock::at(now("2026-11-23T14:03:17.250Z"), &UTC, Times::Relative);
    assert_eq!(clock.next_change(), None);
    clock.age(wall("2026-11-23T10:00:00Z"));
    assert_eq!(clock.next_change(), Some(Moment::from_millis(5_000 + 42_751)));
    clock.age(wall("2026-11-23T14:03:00Z"));
    assert_eq!(clock.next_change(), Some(Moment::from_millis(5_000 + 2_751)));
}

#[test]
fn what_happened_between_two_answers_is_told_as_exactly_as_it_is_known() {
    let clock = Clock::at(now("2026-11-23T14:03:00Z"), &UTC, Times::Relative);
    let seen = |after: Option<&str>, by: &str| {
        let interval = Interval { after: after.map(wall), by: wall(by) };
        (clock.seen(interval), clock.seen_briefly(interval), clock.held(interval))
    };
    let cases = [
        (Some("2026-11-23T14:02:05Z"), "2026-11-23T14:02:10Z", ["seen 14:02:05-14:02:10", "14:02", "50 s"]),
        (
            Some("2026-11-23T14:02:05.9Z"),
            "2026-11-23T14:02:09.2Z",
            ["seen 14:02:05-14:02:10", "14:02", "50 s"],
        ),
        (None, "2026-11-23T10:02:00Z", ["by 10:02 (first look)", "by 10:02", ">4 h"]),
        (Some("2026-11-20T17:10:00Z"), "2026-11-23T08:55:00Z", ["seen Fri 17:10-08:55", "08:55", "5 h"]),
        (
            Some("2026-11-20T17:10:00Z"),
            "2026-11-20T17:10:05Z",
            ["seen Fri 17:10:00-17:10:05", "Fri 17:10", "2 d"],
        ),
        (
            Some("2025-11-03T17:10:00Z"),
            "2025-11-03T17:10:05Z",
            ["seen 3 Nov 2025 17:10:00-17:10:05", "3 Nov 2025 17:10", "54 w"],
        ),
    ];
    for (after, by, [exact, brief, held]) in cases {
        assert_eq!(seen(after, by), (exact.into(), brief.into(), held.into()));
    }
}

#[test]
fn the_zone_is_always_named_and_t_changes_it() {
    let zone = TimeZone::fixed(jiff::tz::offset(1));
    let at = now("2026-11-23T14:03:00Z");
    let by = Interval { after: None, by: wall("2026-11-23T13:00:00Z") };
    let said = |times| {
        let clock = Clock::at(at, &zone, times);
        (clock.header(), clock.held(by))
    };
    assert_eq!(said(Times::Relative), ("15:03 +01".into(), ">1 h".into()));
    assert_eq!(said(Times::Local), ("15:03 +01".into(), "<14:00".into()));
    assert_eq!(said(Times::Utc), ("14:03 UTC".into(), "<13:00".into()));
}
