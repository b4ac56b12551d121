//! What becomes of a command whose reader goes, and of one behind whose standard output there is no room.

use crate::machine::{Machine, quiet};
use chimewatch::order_service::OrderService;
use serde_json::json;
use std::fs::File;
use std::process::{Output, Stdio};

const A: &str = "3f2a91c0-77aa-4e0b-9a55-0d1f5e2bc01d";

/// Every command that prints something, with its exit code when nobody reads it.
const COMMANDS: [(&str, i32); 19] = [
    ("get ID", 0),
    ("get --output json ID", 0),
    ("list", 0),
    ("list --output json", 0),
    ("follow --since 1h ID", 0),
    ("history", 0),
    ("history --output json", 0),
    ("watchlist list", 0),
    ("watchlist show launch", 0),
    ("watchlist path launch", 0),
    ("watchlist add launch 7d05c2ee-8a41-4f63-b1d9-0c6e3a5f9b27", 0),
    ("completions bash", 0),
    ("man", 0),
    ("config", 0),
    ("--help", 0),
    ("get --help", 0),
    ("--version", 0),
    // The answer is their exit code.
    ("wait --timeout 30s ID", 3),
    ("wait --timeout 30s --output json ID", 3),
];

/// A service with one order that has failed, and a machine whose history has seen it.
fn machine() -> (OrderService, Machine) {
    let service = quiet();
    let order = |status| {
        let number = json!({ "E164PhoneNumber": "+15035550100", "Status": status });
        json!({ "PhoneNumberOrderId": A, "Status": status, "OrderedPhoneNumbers": [number] })
    };
    let machine = Machine::of(&service);
    machine.write_list("launch", &format!("[[order]]\nid = \"{A}\"\n"));
    service.set_order(A, order("Processing"));
    assert_eq!(machine.run(&format!("wait --timeout 1s {A}")).code, 124);
    service.set_order(A, order("Failed"));
    assert_eq!(machine.run(&format!("wait {A}")).code, 3);
    (service, machine)
}

fn run(machine: &Machine, line: &str, out: impl Into<Stdio>) -> Output {
    let mut command = machine.command();
    command.args(line.split_whitespace().map(|word| if word == "ID" { A } else { word }));
    command.stdout(out).stderr(Stdio::piped()).spawn().unwrap().wait_with_output().unwrap()
}

#[test]
fn whoever_closes_standard_output_ends_a_command_without_a_word_and_changes_no_verdict() {
    let (_service, machine) = machine();
    for (line, code) in COMMANDS.into_iter().chain([("doctor", 0)]) {
        let (reader, writer) = std::io::pipe().unwrap();
        drop(reader);
        let output = run(&machine, line, writer);
        let said = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(code), "{line}: {said}");
        let is_told = line.starts_with("watchlist add");
        assert!(said.is_empty() || is_told, "{line}: {said}");
    }
}

#[test]
fn what_finds_no_room_is_a_failure_and_is_told() {
    let (_service, machine) = machine();
    for line in COMMANDS.into_iter().map(|(line, _)| line).chain(["doctor"]) {
        // The second time all is there already.
        let line = line.replace("7d05c2ee", "8d05c2ee");
        let output = run(&machine, &line, File::create("/dev/full").unwrap());
        let said = String::from_utf8(output.stderr).unwrap();
        let last = said.lines().last().unwrap_or_default();
        let why = "the answers cannot be written: No space left on device (os error 28)";
        let expected = if line.contains("json") {
            format!("{{\"Error\":{{\"Code\":\"Output\",\"Message\":\"{why}\"}}}}")
        } else {
            format!("chimewatch: {why}")
        };
        assert_eq!((output.status.code(), last), (Some(1), expected.as_str()), "{line}: {said}");
    }
}
