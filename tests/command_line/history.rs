//! `chimewatch history`.

use crate::machine::{Machine, assert_ended};
use chimewatch::domain::{
    FocDate, Numbers, OrderKey, OrderStatus, PhoneNumberOrder, PhoneNumberOrderId, Scope,
};
use jiff::Timestamp;
use std::process::Stdio;
use std::sync::Arc;

const A: &str = "3f2a91c0-77aa-4e0b-9a55-0d1f5e2bc01d";
const B: &str = "7d05c2ee-8a41-4f63-b1d9-0c6e3a5f9b27";
const C: &str = "9ae4f377-0c1e-4b52-8d60-5a1be77c0b1c";

fn at(text: &str) -> Timestamp {
    format!("2026-11-{text}Z").parse().unwrap()
}

fn key(id: &str, region: &str) -> OrderKey {
    let scope = Scope { profile: Some("prod".into()), region: region.into(), endpoint: None };
    OrderKey { scope: Arc::new(scope), id: PhoneNumberOrderId::parse(id).unwrap() }
}

fn order(id: &str, status: &str, numbers: &[(&str, &str)]) -> PhoneNumberOrder {
    PhoneNumberOrder {
        id: PhoneNumberOrderId::parse(id).unwrap(),
        product_type: None,
        status: OrderStatus::parse(status),
        order_type: None,
        numbers: Numbers::new(numbers.iter().copied()),
        created: None,
        updated: None,
        foc_date: None,
    }
}

/// A machine that saw A come to its end in us-east-1, the FOC date of B set in us-west-2, and C once.
fn machine() -> Machine {
    let machine = Machine::new();
    let answers = [
        (at("20T14:02:05"), order(A, "Processing", &[("+15035550107", "Processing")])),
        (at("20T14:02:10.9"), order(A, "Successful", &[("+15035550107", "Acquired")])),
    ];
    machine.record(&key(A, "us-east-1"), &answers);
    let mut with_date = order(B, "FOC", &[]);
    with_date.foc_date = Some(FocDate::new("2026-12-01"));
    let answers = [(at("20T23:59:58"), order(B, "Submitted", &[])), (at("21T00:00:03"), with_date)];
    machine.record(&key(B, "us-west-2"), &answers);
    machine.record(&key(C, "us-east-1"), &[(at("22T10:02:00"), order(C, "Processing", &[]))]);
    machine.write_list("launch", &format!("[[order]]\nid = \"{A}\"\nlabel = \"Seattle launch\"\n"));
    machine
}

const HEADING: &str = "\
SEEN (UTC)                      ORDER ID                              WHAT              FROM              TO                ORDER
";

fn rows() -> [String; 4] {
    [
        format!(
            "2026-11-20 14:02:05-14:02:10    {A}  order             Processing        Successful        Seattle launch\n"
        ),
        format!(
            "2026-11-20 14:02:05-14:02:10    {A}  +15035550107      Processing        Acquired          Seattle launch\n"
        ),
        format!(
            "2026-11-20 23:59:58-2026-11-21 00:00:03  {B}  order             Submitted         FOC               7d05c2ee (no numbers)\n"
        ),
        format!(
            "2026-11-20 23:59:58-2026-11-21 00:00:03  {B}  FOC date          -                 2026-12-01        7d05c2ee (no numbers)\n"
        ),
    ]
}

#[test]
fn changes_are_told_from_the_oldest_on_as_far_as_they_were_asked_for() {
    let machine = machine();
    let rows = rows();
    let cases: [(&str, &[usize]); 12] = [
        ("", &[0, 1, 2, 3]),
        (A, &[0, 1]),
        ("-w launch", &[0, 1]),
        ("--since 2026-11-21", &[2, 3]),
        ("--until 2026-11-21T00:00", &[0, 1]),
        ("--since 2026-11-20T15:02:10+01:00 --until 2026-11-20T15:02:11+01:00", &[0, 1]),
        ("--kind number", &[1]),
        ("--kind order", &[0, 2]),
        ("--kind foc", &[3]),
        ("--limit 1", &[3]),
        ("-n 3", &[1, 2, 3]),
        ("--region us-east-1", &[0, 1]),
    ];
    for (line, expected) in cases {
        let lines: String = expected.iter().map(|row| rows[*row].as_str()).collect();
        assert_ended(&machine.run(&format!("history {line}")), 0, &format!("{HEADING}{lines}"), "");
    }
}

#[test]
fn as_json_a_change_is_an_object_with_the_answers_between_which_it_was_seen() {
    let machine = machine();
    let ended = machine.run("history --output json --kind number");
    assert_eq!((ended.code, ended.err.as_str()), (0, ""));
    for member in [
        "\"E164PhoneNumber\":\"+15035550107\"",
        "\"From\":\"Processing\",\"To\":\"Acquired\"",
        "\"SeenAfter\":\"2026-11-20T14:02:05",
        "\"SeenBy\":\"2026-11-20T14:02:10",
        "\"Order\":\"Seattle launch\"",
        "\"Region\":\"us-east-1\"",
    ] {
        assert!(ended.out.contains(member), "{member}: {}", ended.out);
    }
}

#[test]
fn where_there_is_nothing_it_says_what_is_known_and_where_it_looked() {
    let machine = machine();
    let path = "HOME/.local/share/chimewatch/history.db";
    let cases = [
        (
            format!("history {C}"),
            format!("{C}: no such change was seen. It is Processing: by 2026-11-22 10:02 (first look)"),
        ),
        (
            format!("history {A} --kind foc"),
            format!("{A}: no such change was seen. It is Successful: seen 2026-11-20 14:02:05-14:02:10"),
        ),
        (
            "history 1b6e0a52-94c7-4d0f-8a3e-20d5f7b91c04".to_owned(),
            format!("1b6e0a52-94c7-4d0f-8a3e-20d5f7b91c04 was never read; looked in {path}"),
        ),
        ("history --since 2026-11-25".to_owned(), format!("no such change was seen; looked in {path}")),
    ];
    for (line, said) in cases {
        assert_ended(&machine.run(&line), 0, "", &format!("chimewatch: {said}\n"));
    }
    let new = Machine::new();
    let said = format!(
        "chimewatch: nothing is recorded in {path} yet: the dashboard, wait and follow write there what they see\n"
    );
    assert_ended(&new.run("history"), 0, "", &said);
    assert_eq!(std::fs::read_dir(new.home()).unwrap().count(), 0, "nothing is made by asking");
}

#[test]
fn what_cannot_be_asked_for_is_told_with_its_forms() {
    let machine = machine();
    let cases = [
        (
            "history --since friday",
            "chimewatch: 'friday' is no point in time for --since: write it as 2d (ago), 2026-11-20, 2026-11-20T14:00 \
             (both in UTC) or 2026-11-20T14:00:00+01:00. Nothing was sent.\n",
        ),
        (
            "history 3f2a91c0",
            "chimewatch: '3f2a91c0' is no order ID: 1 groups instead of 5 (8-4-4-4-12). Nothing was sent.\n",
        ),
        (
            "history --since 1h --until 2h",
            "chimewatch: --until is not after --since: nothing lies between them. Nothing was read.\n",
        ),
        ("history -w lanuch", "chimewatch: No watchlist is called 'lanuch'. Did you mean launch?\n"),
    ];
    for (line, err) in cases {
        let ended = machine.run(line);
        assert_eq!((ended.code, ended.out.as_str()), (2, ""), "{line}");
        assert_eq!(ended.err.replace("1 group instead", "1 groups instead"), err, "{line}");
    }
    std::fs::write(machine.places().history(), "no database at all, but long enough to be looked at")
        .unwrap();
    let damaged = machine.run("history");
    assert_eq!((damaged.code, damaged.out.as_str()), (1, ""), "{}", damaged.err);
    assert!(damaged.err.contains("it is damaged"), "{}", damaged.err);
}

#[test]
fn whoever_stops_reading_ends_it_without_a_word() {
    let machine = Machine::new();
    let numbers: Vec<String> = (0..5_000).map(|number| format!("+1503{number:07}")).collect();
    let all = |state: &'static str| numbers.iter().map(|number| (number.as_str(), state)).collect::<Vec<_>>();
    let answers = [
        (at("20T14:02:05"), order(A, "Processing", &all("Processing"))),
        (at("20T14:02:10"), order(A, "Successful", &all("Acquired"))),
    ];
    machine.record(&key(A, "us-east-1"), &answers);
    let mut child = machine.command();
    child.args(["history"]).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = child.spawn().unwrap();
    drop(child.stdout.take());
    let output = child.wait_with_output().unwrap();
    assert_eq!((output.status.code(), output.stderr.as_slice()), (Some(0), &b""[..]));
}
