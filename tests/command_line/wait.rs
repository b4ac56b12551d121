//! `chimewatch wait`: how it ends, with which exit code, and what it says meanwhile.

use crate::machine::{Ended, Machine, assert_ended, quiet};
use chimewatch::order_service::{ErrorCode, Fault, Lasts, OrderService, ReceivedRequest, Target};
use serde_json::{Value, json};
use std::process::{Child, Stdio};
use std::time::Duration;

const A: &str = "3f2a91c0-77aa-4e0b-9a55-0d1f5e2bc01d";
const B: &str = "9ae4f377-0c1e-4b52-8d60-5a1be77c0b1c";
const LONG: Duration = Duration::from_secs(30);

const HEADING: &str = "STATUS            ORDER ID                                   DONE  FAILED  CREATED               UPDATED\n";

/// An order in this state with numbers in these.
fn set(service: &OrderService, id: &str, status: &str, numbers: &[&str]) {
    let number = |(at, status): (usize, &&str)| json!({ "E164PhoneNumber": format!("+150355501{at:02}"), "Status": status });
    let numbers: Vec<Value> = numbers.iter().enumerate().map(number).collect();
    service
        .set_order(id, json!({ "PhoneNumberOrderId": id, "Status": status, "OrderedPhoneNumbers": numbers }));
}

fn row(status: &str, id: &str, done: &str, failed: u32) -> String {
    format!("{status:<16}  {id:<36}  {done:>9}  {failed:>6}  {:<20}  -\n", "-")
}

fn start(machine: &Machine, words: &[&str]) -> Child {
    let mut command = machine.command();
    command.args(words).stdout(Stdio::piped()).stderr(Stdio::piped());
    command.spawn().unwrap()
}

/// Waits until so many requests were answered with this status.
fn answered(service: &OrderService, status: u16, times: usize) {
    let is_answered = |request: &&ReceivedRequest| request.status == Some(status);
    service.wait_for(LONG, |requests| requests.iter().filter(is_answered).count() >= times).unwrap();
}

fn end(child: Child) -> Ended {
    let output = child.wait_with_output().unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    Ended { code: output.status.code().unwrap(), out: text(output.stdout), err: text(output.stderr) }
}

/// What was said, without what no two runs share.
fn without_request_ids(said: &str) -> String {
    let line = |line: &str| line.split_once(" (request ").map_or(line, |(line, _)| line).to_owned();
    said.lines().map(line).collect::<Vec<_>>().join("\n")
}

#[test]
fn the_exit_code_says_how_settled_orders_ended() {
    let cases = [
        ("Successful", ["Acquired", "Acquired"], "2/2", 0, 0),
        ("Failed", ["Failed", "Failed"], "0/2", 2, 3),
        ("Cancelled", ["Failed", "Acquired"], "1/2", 1, 3),
    ];
    for (status, numbers, done, failed, code) in cases {
        let service = quiet();
        set(&service, A, status, &numbers);
        let ended = Machine::of(&service).run(&format!("wait {A}"));
        let note = "chimewatch: waiting for 1 order, at most 15m (--timeout says otherwise)\n";
        assert_ended(&ended, code, &(HEADING.to_owned() + &row(status, A, done, failed)), note);
    }
}

#[test]
fn an_order_that_waits_for_a_person_ends_it_at_once_unless_settled_was_typed() {
    let service = quiet();
    set(&service, A, "PendingDocuments", &["Processing"]);
    set(&service, B, "Processing", &["Processing"]);
    let machine = Machine::of(&service);
    let out = HEADING.to_owned() + &row("PendingDocuments", A, "0/1", 0) + &row("Processing", B, "0/1", 0);
    let ended = machine.run(&format!("wait --timeout 30s {A} {B}"));
    let said = "chimewatch: +1 503 555 0100 is PendingDocuments. AWS Support has asked for documents in your porting \
                case, before the first look 0 s ago. The upload link ends 10 days after they sent it.\n";
    assert_ended(&ended, 8, &out, said);
    let ended = machine.run(&format!("wait --timeout 1s --until settled {A} {B}"));
    assert_ended(&ended, 124, &out, "chimewatch: the time is up after 1s: 2 of 2 orders are not settled\n");
}

#[test]
fn numbers_that_are_all_acquired_are_enough_where_that_was_typed() {
    let service = quiet();
    set(&service, A, "Processing", &["Acquired", "Acquired"]);
    let machine = Machine::of(&service);
    let out = HEADING.to_owned() + &row("Processing", A, "2/2", 0);
    assert_ended(&machine.run(&format!("wait --timeout 30s --until acquired {A}")), 0, &out, "");
    let said = "chimewatch: the time is up after 1s: the order is not settled\n";
    assert_ended(&machine.run(&format!("wait --timeout 1s {A}")), 124, &out, said);
}

#[test]
fn one_failure_ends_it_where_that_was_typed() {
    let service = quiet();
    set(&service, A, "Processing", &["Failed", "Processing"]);
    set(&service, B, "Processing", &["Processing"]);
    let machine = Machine::of(&service);
    let wait = format!("wait --timeout 30s --fail-fast {A} {B}");
    let out = |first: &str| HEADING.to_owned() + first + &row("Processing", B, "0/1", 0);
    assert_ended(&machine.run(&wait), 5, &out(&row("Processing", A, "0/2", 1)), "");
    set(&service, A, "Failed", &["Failed"]);
    assert_ended(&machine.run(&wait), 3, &out(&row("Failed", A, "0/1", 1)), "");
}

#[test]
fn an_order_that_is_not_there_hides_no_other_and_is_never_success() {
    let service = quiet();
    set(&service, A, "Successful", &["Acquired"]);
    let ended = Machine::of(&service).run(&format!("wait --timeout 30s {B} {A}"));
    assert_eq!((ended.code, ended.out), (1, HEADING.to_owned() + &row("Successful", A, "1/1", 0)));
    assert!(ended.err.starts_with("chimewatch: Order 9ae4f377 was not found in us-east-1"), "{}", ended.err);
    assert_eq!(ended.err.lines().count(), 1, "{}", ended.err);
}

#[test]
fn without_credentials_it_ends_at_once_with_4() {
    let service = quiet();
    let machine =
        Machine::new().with("AWS_REGION", "us-east-1").with("AWS_ENDPOINT_URL", &service.endpoint());
    let ended = machine.run(&format!("wait --timeout 30s {A}"));
    assert_eq!((ended.code, ended.out.as_str(), service.counters().connections), (4, "", 0));
    assert!(ended.err.starts_with("chimewatch: No credentials"), "{}", ended.err);
}

#[test]
fn a_profile_of_the_environment_that_no_file_has_is_told_as_that() {
    let machine = Machine::new().with("AWS_REGION", "us-east-1").with("AWS_PROFILE", "porting");
    std::fs::create_dir_all(machine.home().join(".aws")).unwrap();
    std::fs::write(machine.home().join(".aws/config"), "[profile port]\nregion = us-east-1\n").unwrap();
    let ended = machine.run(&format!("wait --timeout 30s {A}"));
    let said = "chimewatch: There is no profile 'porting' in ~/.aws/config; there are port. Name one of them with \
                --profile or in the watchlist\n";
    assert_ended(&ended, 4, "", said);
}

#[test]
fn it_goes_on_until_the_order_is_settled_and_the_history_has_seen_it() {
    let service = quiet();
    set(&service, A, "Processing", &["Processing"]);
    let machine = Machine::of(&service);
    let child = start(&machine, &["wait", "--timeout", "60s", "--output", "json", A]);
    answered(&service, 200, 1);
    set(&service, A, "Successful", &["Acquired"]);
    let ended = end(child);
    let order: Value = serde_json::from_str(&ended.out).unwrap();
    assert_eq!(
        (ended.code, &order["PhoneNumberOrder"]["Status"], &order["Bucket"]),
        (0, &json!("Successful"), &json!("done")),
        "{ended:?}"
    );
    // `follow` has nothing to wait for, and tells what `wait` saw.
    let told = machine.run(&format!("follow --since 1h {A}"));
    let words: Vec<_> =
        told.out.lines().filter_map(|line| line.split_once("Z  ")).map(|(_, what)| what).collect();
    assert_eq!(
        (told.code, words),
        (
            0,
            vec![
                "+1 503 555 0100  went from Processing to Successful",
                "+1 503 555 0100  +1 503 555 0100 went from Processing to Acquired"
            ]
        ),
        "{told:?}"
    );
}

#[test]
fn an_outage_and_ended_credentials_are_waited_out() {
    let service = quiet();
    set(&service, A, "Processing", &["Processing"]);
    let machine =
        Machine::new().with("AWS_REGION", "us-east-1").with("AWS_ENDPOINT_URL", &service.endpoint());
    let write_keys = |comment: &str| {
        let keys = service.credentials();
        let text = format!(
            "# {comment}\n[default]\naws_access_key_id={}\naws_secret_access_key={}\n",
            keys.access_key_id, keys.secret_access_key
        );
        std::fs::create_dir_all(machine.home().join(".aws")).unwrap();
        std::fs::write(machine.home().join(".aws/credentials"), text).unwrap();
    };
    write_keys("before");
    let child = start(&machine, &["wait", "--timeout", "120s", A]);
    answered(&service, 200, 1);
    service.set_fault(Target::Every, Lasts::Requests(2), Fault::Error(ErrorCode::ServiceUnavailable));
    answered(&service, 503, 2);
    answered(&service, 200, 2);
    service.set_fault(Target::Every, Lasts::UntilCleared, Fault::Error(ErrorCode::ExpiredToken));
    answered(&service, 403, 1);
    service.clear_faults();
    set(&service, A, "Successful", &["Acquired"]);
    write_keys("after a login");
    let ended = end(child);
    let (out, said) = (HEADING.to_owned() + &row("Successful", A, "1/1", 0), without_request_ids(&ended.err));
    assert_eq!(
        (ended.code, ended.out, said.lines().collect()),
        (
            0,
            out,
            vec![
                "chimewatch: Profile default is signed out: its session has ended (403 ExpiredTokenException: The security \
         token included in the request is expired). Put new keys into the shared credentials file: aws configure",
                "chimewatch: orders in us-east-1 as default wait for new credentials",
                "chimewatch: orders in us-east-1 as default are asked for again",
            ]
        )
    );
}

#[test]
fn credentials_of_the_environment_that_end_meanwhile_end_it_with_4() {
    let service = quiet();
    set(&service, A, "Successful", &["Acquired"]);
    set(&service, B, "Processing", &["Processing"]);
    let machine = Machine::of(&service);
    let known = HEADING.to_owned() + &row("Successful", A, "1/1", 0) + &row("Processing", B, "0/1", 0);
    for (command, out) in [("wait", known), ("follow", String::new())] {
        let child = start(&machine, &[command, A, B]);
        answered(&service, 200, 2);
        service.set_fault(Target::Every, Lasts::UntilCleared, Fault::Error(ErrorCode::ExpiredToken));
        let ended = end(child);
        service.clear_faults();
        let last = without_request_ids(ended.err.lines().last().unwrap());
        let said = "chimewatch: Profile default is signed out: its session has ended (403 ExpiredTokenException: The \
                    security token included in the request is expired). Put new keys into the environment and start again";
        assert_eq!((ended.code, ended.out, last.as_str()), (4, out, said), "{command}");
    }
}

#[test]
fn a_wrong_timeout_shows_the_forms_and_nothing_is_sent() {
    let service = quiet();
    for typed in ["15", "-5m", "--fail-fast"] {
        let ended = Machine::of(&service).run(&format!("wait --timeout {typed} {A}"));
        let forms = "write it as 90s, 15m, 1h30m, 2d or 1w. Nothing was sent.";
        let said = format!("chimewatch: '{typed}' is no time for --timeout: {forms}\n");
        assert_ended(&ended, 2, "", &said);
    }
    assert_eq!(service.counters().connections, 0);
}

#[test]
fn a_signal_ends_it_with_what_is_known() {
    for (signal, code) in [(rustix::process::Signal::INT, 130), (rustix::process::Signal::TERM, 143)] {
        let service = quiet();
        set(&service, A, "Processing", &["Processing"]);
        let machine = Machine::of(&service);
        let child = start(&machine, &["wait", "--timeout", "60s", A]);
        // The first answer was read when the second one is sent.
        answered(&service, 200, 2);
        let pid = rustix::process::Pid::from_child(&child);
        rustix::process::kill_process(pid, signal).unwrap();
        let ended = end(child);
        assert_eq!((ended.code, ended.out), (code, HEADING.to_owned() + &row("Processing", A, "0/1", 0)));
        assert!(ended.err.ends_with(": the order is not settled\n"), "{}", ended.err);
    }
}

#[test]
fn a_failure_ends_it_at_once_although_another_order_has_not_answered() {
    let service = quiet();
    set(&service, A, "Failed", &["Failed"]);
    service.set_fault(Target::Order(B.to_owned()), Lasts::UntilCleared, Fault::Hang);
    let ended = Machine::of(&service).run(&format!("wait --timeout 30s --fail-fast {A} {B}"));
    assert_ended(&ended, 3, &(HEADING.to_owned() + &row("Failed", A, "0/1", 1)), "");
}

#[test]
fn what_was_settled_in_the_history_is_waited_for_through_an_outage() {
    let service = quiet();
    set(&service, A, "Successful", &["Acquired"]);
    let machine = Machine::of(&service);
    assert_eq!(machine.run(&format!("wait --timeout 30s {A}")).code, 0);
    let config = machine.places().config;
    std::fs::create_dir_all(&config).unwrap();
    std::fs::write(config.join("config.toml"), "[intervals]\ndoubtful = \"1s\"\n").unwrap();
    service.set_fault(Target::Every, Lasts::Requests(1), Fault::Error(ErrorCode::ServiceUnavailable));
    let child = start(&machine, &["wait", "--timeout", "120s", A]);
    answered(&service, 503, 1);
    answered(&service, 200, 2);
    assert_eq!(end(child).code, 0);
}

#[test]
fn one_reader_who_goes_is_no_end_and_both_are_no_success() {
    let service = quiet();
    set(&service, A, "Processing", &["Processing"]);
    let machine = Machine::of(&service);
    let mut child = start(&machine, &["wait", "--timeout", "60s", A]);
    answered(&service, 200, 1);
    drop((child.stdout.take(), child.stderr.take()));
    assert_eq!(child.wait().unwrap().code(), Some(1));
    let mut child = start(&machine, &["wait", A]);
    drop(child.stderr.take());
    let mut deaf = start(&machine, &["wait", A]);
    drop(deaf.stdout.take());
    answered(&service, 200, 5);
    set(&service, A, "Failed", &["Failed"]);
    let deaf = deaf.wait_with_output().unwrap();
    let said = "chimewatch: waiting for 1 order, at most 15m (--timeout says otherwise)\n";
    assert_eq!((deaf.status.code(), String::from_utf8(deaf.stderr).unwrap().as_str()), (Some(3), said));
    let ended = child.wait_with_output().unwrap();
    let out = HEADING.to_owned() + &row("Failed", A, "0/1", 1);
    assert_eq!((ended.status.code(), String::from_utf8(ended.stdout).unwrap()), (Some(3), out));
}

#[test]
fn a_history_that_cannot_be_opened_is_told_and_stops_nobody() {
    for command in ["wait --timeout 30s", "follow"] {
        let service = quiet();
        set(&service, A, "Successful", &["Acquired"]);
        let machine = Machine::of(&service);
        std::fs::create_dir_all(machine.places().history()).unwrap();
        let ended = machine.run(&format!("{command} --output json {A}"));
        assert_eq!(ended.code, 0, "{command}: {ended:?}");
        let notes: Vec<Value> = ended.err.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
        // What is seen is told as unrecorded when that is known before the end, too.
        let said: Vec<_> = notes.iter().map(|note| note["Note"].as_str().unwrap()).collect();
        assert!(said.len() <= 3 && said[0].starts_with("Cannot open HOME/"), "{command}: {said:?}");
        let last = said.last().unwrap();
        assert!(last.contains("could not be recorded. Cannot open HOME/"), "{command}: {said:?}");
    }
}
