//! `chimewatch doctor`.

use crate::machine::{Ended, Machine, assert_ended, quiet};
use chimewatch::order_service::{ErrorCode, Fault, Lasts, Options, OrderService, Scenario, Target};
use jiff::SignedDuration;
use std::collections::HashMap;
use std::fs;
use std::process::Stdio;

/// The lines by their names, each with its verdict, what is so, and what to do.
fn checks(ended: &Ended) -> HashMap<String, (String, String, String)> {
    let mut checks: HashMap<String, (String, String, String)> = HashMap::new();
    let mut last = String::new();
    for line in ended.out.lines() {
        if let Some(step) = line.strip_prefix(&" ".repeat(23)) {
            step.clone_into(&mut checks.get_mut(&last).unwrap().2);
            continue;
        }
        let (verdict, rest) = line.split_at(8);
        let (name, what) = rest.split_at(15);
        name.trim().clone_into(&mut last);
        let check = (verdict.trim().to_owned(), what.to_owned(), String::new());
        assert_eq!(checks.insert(last.clone(), check), None, "{line}");
    }
    checks
}

#[track_caller]
fn assert_check(ended: &Ended, name: &str, verdict: &str, what: &str, step: &str) {
    let checks = checks(ended);
    let (found, said, next) = &checks[name];
    assert_eq!(found, verdict, "{name}: {said}");
    assert!(said.contains(what), "{name}: {said}");
    assert!(next.contains(step), "{name}: {next}");
}

#[test]
fn on_a_machine_that_is_well_everything_is_ok_and_everything_is_named() {
    let service = quiet();
    let machine = Machine::of(&service).with("LANG", "C.UTF-8").with("TERM", "xterm-256color");
    let ended = machine.run("doctor");
    assert_eq!((ended.code, ended.err.as_str()), (0, ""), "{}", ended.out);
    let names: Vec<_> = ended.out.lines().map(|line| line.split_whitespace().nth(1).unwrap()).collect();
    let expected = [
        "version",
        "config",
        "keys",
        "themes",
        "watchlists",
        "history",
        "state",
        "terminal",
        "colours",
        "locale",
        "clipboard",
        "profile",
        "region",
        "endpoint",
        "certificates",
        "proxy",
        "credentials",
        "request",
        "clock",
    ];
    assert_eq!(names, expected);
    assert!(ended.out.lines().all(|line| line.starts_with("ok ")), "{}", ended.out);
    assert_eq!(service.counters().requests, 1, "one question is enough");
    assert!(fs::read_dir(machine.home()).unwrap().next().is_none(), "nothing is made by looking");
}

#[test]
fn a_check_is_an_object_where_that_is_asked_for() {
    let service = quiet();
    let ended = Machine::of(&service).run("doctor --output json");
    assert_eq!(ended.code, 0);
    for line in ended.out.lines() {
        let check: HashMap<String, String> = serde_json::from_str(line).unwrap();
        assert!(["ok", "warn"].contains(&check["Verdict"].as_str()), "{line}");
        assert!(!check["Check"].is_empty() && !check["What"].is_empty(), "{line}");
        assert_eq!(check["Verdict"] == "ok", !check.contains_key("NextStep"), "{line}");
    }
}

#[test]
fn without_credentials_it_says_what_to_do_and_ends_as_others_do() {
    let ended = Machine::new().run("doctor --region us-east-1");
    assert_eq!(ended.code, 4, "{}", ended.out);
    assert_check(&ended, "credentials", "fail", "No credentials for profile default", "aws configure");
    assert!(!checks(&ended).contains_key("request"));
}

#[test]
fn what_the_service_refuses_is_told_with_the_next_step() {
    let cases = [
        (Fault::Error(ErrorCode::AccessDenied), 1, "chime:ListPhoneNumberOrders", "one by one"),
        (Fault::Error(ErrorCode::ServiceUnavailable), 1, "503", "Try again in a moment"),
        (Fault::Close, 1, "connection", "Try again in a moment"),
    ];
    for (fault, code, what, step) in cases {
        let service = quiet();
        service.set_fault(Target::Every, Lasts::UntilCleared, fault);
        let ended = Machine::of(&service).run("doctor");
        assert_eq!(ended.code, code, "{}", ended.out);
        assert_check(&ended, "request", "fail", what, step);
    }
    let service = quiet();
    let ended = Machine::of(&service).with("AWS_SECRET_ACCESS_KEY", "another").run("doctor");
    assert_eq!(ended.code, 4, "{}", ended.out);
    assert_check(&ended, "request", "fail", "secret key of profile default", "aws sts get-caller-identity");
}

#[test]
fn a_clock_that_is_off_is_told() {
    let options = Options { clock_offset: SignedDuration::from_mins(10), ..Options::default() };
    let service = OrderService::start(&Scenario::named("quiet").unwrap(), options).unwrap();
    let ended = Machine::of(&service).run("doctor");
    assert_eq!(ended.code, 0, "{}", ended.out);
    assert_check(&ended, "clock", "warn", "s behind the service's", "set this machine's clock");
    assert_check(&ended, "request", "ok", "with 2 requests", "");
}

#[test]
fn a_service_that_hangs_holds_it_up_for_seconds_only() {
    let service = quiet();
    service.set_fault(Target::Every, Lasts::UntilCleared, Fault::Hang);
    let machine = Machine::of(&service);
    let mut command = machine.command();
    // Longer than it may take the test ends by its own bound.
    command.arg("doctor").stdout(Stdio::piped());
    let output = std::process::Command::new("timeout")
        .arg("25")
        .arg(env!("CARGO_BIN_EXE_chimewatch"))
        .arg("doctor")
        .env_clear()
        .envs(command.get_envs().filter_map(|(name, value)| Some((name, value?))))
        .env("PATH", "/usr/bin:/bin")
        .output()
        .unwrap();
    let out = String::from_utf8(output.stdout).unwrap();
    assert_eq!(output.status.code(), Some(1), "{out}");
    assert!(out.contains("fail    request "), "{out}");
}

#[test]
fn files_that_are_broken_are_told_with_their_lines() {
    let service = quiet();
    let machine = Machine::of(&service);
    let config = machine.places().config;
    fs::create_dir_all(&config).unwrap();
    fs::write(config.join("keymap.toml"), "quit = [\"Q\"]\nopne = [\"O\"]\n").unwrap();
    fs::write(config.join("config.toml"), "rates = 3\n[filters]\nstuck = \"status:faled\"\n").unwrap();
    machine.write_list("launch", "[[order\n");
    fs::write(machine.places().history(), "this is no database, whatever it is called, and long enough")
        .unwrap();
    let ended = machine.run("doctor");
    assert_eq!(ended.code, 1, "{}", ended.out);
    assert_check(&ended, "config", "warn", "config.toml:1 ", "Mend it");
    assert!(ended.out.contains(", and 1 more"), "{}", ended.out);
    assert_check(&ended, "keys", "warn", "keymap.toml:2 ", "the other keys hold");
    assert_check(&ended, "watchlists", "fail", "launch.toml:1 ", "Mend it in an editor");
    assert_check(&ended, "history", "fail", "it is damaged", "");

    fs::write(config.join("config.toml"), "[[[").unwrap();
    let ended = machine.run("doctor");
    assert_eq!(ended.code, 1);
    assert!(ended.out.starts_with("fail    settings       "), "{}", ended.out);
    let other = machine.run("doctor --region us-east-1/ --config /dev/null");
    let said =
        "fail    settings       'us-east-1/' is no region: one looks like us-east-1. Nothing was sent.\n";
    assert_ended(&other, 1, said, "");
}

#[test]
fn a_proxy_is_told_without_its_password() {
    let service = quiet();
    let machine = Machine::of(&service).with("HTTPS_PROXY", "http://me:pass%77ord@10.9.9.9:3128");
    let ended = machine.run("doctor");
    assert_check(&ended, "proxy", "ok", "HTTPS_PROXY names 10.9.9.9:3128; not used for this machine", "");
    assert!(!ended.out.contains("pass"), "{}", ended.out);
}
