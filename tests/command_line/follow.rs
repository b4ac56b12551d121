//! `chimewatch follow`: a line for every change.

use crate::machine::{Machine, quiet};
use chimewatch::order_service::OrderService;
use serde_json::{Value, json};
use std::io::{BufRead, BufReader, Read};
use std::process::{Child, Stdio};
use std::time::Duration;

const A: &str = "3f2a91c0-77aa-4e0b-9a55-0d1f5e2bc01d";
const LONG: Duration = Duration::from_secs(30);

fn set(service: &OrderService, status: &str, numbers: [&str; 3]) {
    let number = |(at, status): (usize, &str)| json!({ "E164PhoneNumber": format!("+150355501{at:02}"), "Status": status });
    let numbers: Vec<Value> = numbers.into_iter().enumerate().map(number).collect();
    service
        .set_order(A, json!({ "PhoneNumberOrderId": A, "Status": status, "OrderedPhoneNumbers": numbers }));
}

/// A service that has answered for an order in Processing, by a program that follows it.
fn followed(words: &[&str]) -> (OrderService, Machine, Child) {
    let service = quiet();
    set(&service, "Processing", ["Processing"; 3]);
    let machine = Machine::of(&service);
    machine.write_list("launch", &format!("[[order]]\nid = \"{A}\"\nlabel = \"Portland\"\n"));
    let mut command = machine.command();
    command.arg("follow").args(words).stdout(Stdio::piped()).stderr(Stdio::piped());
    let child = command.spawn().unwrap();
    service.wait_for(LONG, |requests| requests.iter().any(|request| request.status == Some(200))).unwrap();
    (service, machine, child)
}

/// What was printed without the times, the exit code and what was said beside.
fn ended(child: Child) -> (Vec<String>, i32, String) {
    let output = child.wait_with_output().unwrap();
    let out = String::from_utf8(output.stdout).unwrap();
    let lines = out.lines().map(|line| line.split_once("Z  ").unwrap().1.to_owned()).collect();
    (lines, output.status.code().unwrap(), String::from_utf8(output.stderr).unwrap())
}

#[test]
fn every_change_is_a_line_until_every_order_is_settled() {
    let (service, _machine, child) = followed(&["-w", "launch"]);
    set(&service, "Successful", ["Acquired"; 3]);
    let lines = [
        "Portland  went from Processing to Successful",
        "Portland  3 numbers went from Processing to Acquired",
    ];
    assert_eq!(ended(child), (lines.map(str::to_owned).into(), 0, String::new()));
}

#[test]
fn a_change_is_an_object_where_that_was_asked_for() {
    let (service, _machine, child) = followed(&["--output", "json", A]);
    set(&service, "Failed", ["Failed", "Failed", "Acquired"]);
    let output = child.wait_with_output().unwrap();
    let out = String::from_utf8(output.stdout).unwrap();
    let changes: Vec<Value> = out.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let seen: Vec<_> = changes
        .iter()
        .map(|change| {
            ["What", "E164PhoneNumber", "From", "To"].map(|member| change[member].as_str().unwrap_or("-"))
        })
        .collect();
    assert_eq!(
        seen,
        [
            ["order", "-", "Processing", "Failed"],
            ["number", "+15035550100", "Processing", "Failed"],
            ["number", "+15035550101", "Processing", "Failed"],
            ["number", "+15035550102", "Processing", "Acquired"],
        ]
    );
    let is_exact = |change: &Value| change["SeenAfter"].as_str() < change["SeenBy"].as_str();
    assert!(changes.iter().all(|change| change["PhoneNumberOrderId"] == A && is_exact(change)), "{out}");
    assert_eq!(output.status.code(), Some(3));
}

#[test]
fn a_reader_who_goes_ends_it_without_a_word_although_nothing_changes() {
    let (_service, _machine, mut child) = followed(&[A]);
    drop(child.stdout.take());
    assert_eq!(child.wait().unwrap().code(), Some(0));
    let mut said = String::new();
    child.stderr.take().unwrap().read_to_string(&mut said).unwrap();
    assert_eq!(said, "");
}

#[test]
fn each_line_can_be_read_when_it_is_seen() {
    let (service, _machine, mut child) = followed(&[A]);
    set(&service, "Processing", ["Acquired", "Processing", "Processing"]);
    let mut line = String::new();
    BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
    assert!(line.ends_with("+1 503 555 0100 went from Processing to Acquired\n"), "{line}");
    // Its reader is gone now, and so is it.
    assert_eq!(child.wait().unwrap().code(), Some(0));
}

#[test]
fn two_who_follow_the_same_order_write_one_history() {
    let (service, machine, first) = followed(&[A]);
    let mut command = machine.command();
    command.args(["follow", A]).stdout(Stdio::piped()).stderr(Stdio::piped());
    let second = command.spawn().unwrap();
    service.wait_for(LONG, |requests| requests.len() >= 4).unwrap();
    set(&service, "Successful", ["Acquired"; 3]);
    let (first, second) = (ended(first), ended(second));
    assert_eq!((first.0.len(), &first), (2, &second));
    let recorded = machine.run(&format!("history {A} --output json"));
    assert_eq!((recorded.code, recorded.out.lines().count()), (0, 4), "{}", recorded.out);
}

#[test]
fn what_is_seen_in_this_run_is_told_once_beside_what_was_seen_before() {
    let (service, machine, mut child) = followed(&[A]);
    set(&service, "Processing", ["Acquired", "Processing", "Processing"]);
    service.wait_for(LONG, |requests| requests.len() >= 2).unwrap();
    let mut line = String::new();
    BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
    // Its reader is gone.
    child.wait().unwrap();
    set(&service, "Successful", ["Acquired"; 3]);
    let told = machine.run(&format!("follow --since 1h {A}"));
    let words: Vec<_> = told.out.lines().map(|line| line.split_once("Z  ").unwrap().1).collect();
    assert_eq!(
        (told.code, words),
        (
            0,
            vec![
                "+1 503 555 010x ×3  +1 503 555 0100 went from Processing to Acquired",
                "+1 503 555 010x ×3  went from Processing to Successful",
                "+1 503 555 010x ×3  2 numbers went from Processing to Acquired",
            ]
        )
    );
}
