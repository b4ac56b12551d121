//! `chimewatch get` over the real wire: what it prints where, and how it ends.

use crate::{PORTLAND, service};
use chimewatch::cli::{Cli, Command};
use chimewatch::command::{Exit, get};
use chimewatch::order_service::{ErrorCode, Fault, Lasts, OrderService, Target};
use chimewatch::runtime::clock::Clock;
use chimewatch::settings::{Environment, Settings, Standing};
use serde_json::json;
use std::io::{self, Write};
use tempfile::TempDir;

const OTHER: &str = "9ae4f377-0c1e-4b52-8d60-5a1be77c0b1c";
const UNKNOWN: &str = "00000000-0000-4000-8000-000000000000";

/// What a run left behind.
#[derive(Debug, PartialEq, Eq)]
struct Run {
    exit: Exit,
    out: String,
    err: String,
}

/// A home with the profile `prod`, which has the service's keys.
fn home(service: &OrderService) -> TempDir {
    let home = tempfile::tempdir().unwrap();
    let keys = service.credentials();
    let text = format!(
        "[prod]\naws_access_key_id={}\naws_secret_access_key={}\n",
        keys.access_key_id, keys.secret_access_key
    );
    std::fs::write(home.path().join("credentials"), text).unwrap();
    std::fs::write(home.path().join("config"), "[profile prod]\nregion = us-east-1\n[profile empty]\n")
        .unwrap();
    home
}

fn run_into(service: &OrderService, arguments: &str, out: &mut dyn Write) -> (Exit, String) {
    run_in(&home(service), &format!("--endpoint-url {} {arguments}", service.endpoint()), out)
}

fn run_in(home: &TempDir, arguments: &str, out: &mut dyn Write) -> (Exit, String) {
    let line = format!("chimewatch get {arguments}");
    let cli = Cli::read(line.split_whitespace().map(Into::into)).unwrap();
    let below = |name: &str| home.path().join(name).into_os_string();
    let environment = Environment::new(
        [
            ("HOME".into(), home.path().into()),
            ("AWS_CONFIG_FILE".into(), below("config")),
            ("AWS_SHARED_CREDENTIALS_FILE".into(), below("credentials")),
        ],
        Standing::Elsewhere,
    );
    let settings = Settings::resolve(&cli.global, &environment).unwrap();
    let Some(Command::Get(get)) = cli.command else { panic!("{cli:?}") };
    let mut err = Vec::new();
    let exit = get::run(&get, &settings, Clock::start(), out, &mut err);
    (exit, String::from_utf8(err).unwrap())
}

fn run(service: &OrderService, arguments: &str) -> Run {
    let mut out = Vec::new();
    let (exit, err) = run_into(service, &format!("--profile prod {arguments}"), &mut out);
    Run { exit, out: String::from_utf8(out).unwrap(), err }
}

fn with_order(id: &str, status: &str) -> OrderService {
    let service = service();
    set(&service, id, status);
    service
}

/// An order with two numbers; of all but a Successful one the second has failed.
fn set(service: &OrderService, id: &str, status: &str) {
    let second = if status == "Successful" { "Acquired" } else { "Failed" };
    service.set_order(
        id,
        json!({
            "PhoneNumberOrderId": id, "Status": status, "CreatedTimestamp": "2026-11-23T14:03:00Z",
            "OrderedPhoneNumbers": [{ "E164PhoneNumber": "+15035550107", "Status": "Acquired" },
                                    { "E164PhoneNumber": "+15035550108", "Status": second }],
        }),
    );
}

#[test]
fn a_pending_order_is_an_answer_like_any_other() {
    let expected = Run {
        exit: Exit::Success,
        out: format!(
            "STATUS            ORDER ID                                   DONE  FAILED  CREATED               UPDATED\n\
             Processing        {PORTLAND}        1/2       1  2026-11-23T14:03:00Z  -\n"
        ),
        err: String::new(),
    };
    assert_eq!(run(&with_order(PORTLAND, "Processing"), PORTLAND), expected);
}

#[test]
fn the_exit_code_says_what_became_of_the_orders() {
    let cases = [
        ("Successful", Exit::Success),
        ("Failed", Exit::OrderFailed),
        ("Cancelled", Exit::OrderFailed),
        ("Partial", Exit::Partial),
        ("PendingDocuments", Exit::Success),
    ];
    for (status, exit) in cases {
        assert_eq!(run(&with_order(PORTLAND, status), PORTLAND).exit, exit, "{status}");
    }
}

#[test]
fn json_is_one_object_a_line_with_the_api_s_own_members() {
    let service = with_order(PORTLAND, "Partial");
    set(&service, OTHER, "Successful");
    let run = run(&service, &format!("--output json {PORTLAND} {OTHER}"));
    let lines: Vec<serde_json::Value> =
        run.out.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let seen: Vec<_> = lines
        .iter()
        .map(|line| (line["PhoneNumberOrder"]["PhoneNumberOrderId"].clone(), line["Bucket"].clone()))
        .collect();
    assert_eq!(seen, [(json!(PORTLAND), json!("partial")), (json!(OTHER), json!("done"))]);
    assert!(lines.iter().all(|line| line["ObservedAt"].is_string()));
    assert_eq!((run.exit, run.err.as_str()), (Exit::Partial, ""));
}

#[test]
fn errors_go_to_standard_error_and_what_is_there_is_printed_all_the_same() {
    let service = with_order(PORTLAND, "Successful");
    let run = run(&service, &format!("{UNKNOWN} {PORTLAND}"));
    assert_eq!(run.out.lines().count(), 2);
    let first = run.err.lines().next().unwrap();
    assert!(
        first.starts_with(
            "chimewatch: Order 00000000 was not found in us-east-1 as prod. Look in another region"
        ) && first.contains(" (request "),
        "{first}"
    );
    assert!(run.err.ends_with("chimewatch: 1 of 2 orders have no answer\n"), "{}", run.err);
    assert_eq!(run.exit, Exit::Failure);
}

#[test]
fn the_endpoint_of_the_profile_is_asked_where_none_is_named() {
    let service = with_order(PORTLAND, "Successful");
    let home = home(&service);
    let config = format!("[profile prod]\nregion = local\nendpoint_url = {}\n", service.endpoint());
    std::fs::write(home.path().join("config"), config).unwrap();
    let ran = run_in(&home, &format!("--profile prod --region us-east-1 {PORTLAND}"), &mut Vec::new());
    assert_eq!(ran, (Exit::Success, String::new()));
    assert_eq!(service.counters().ok, 1);
    let ran = run_in(
        &home,
        &format!("--profile prod --endpoint-url http://127.0.0.1:1 {PORTLAND}"),
        &mut Vec::new(),
    );
    assert_eq!((ran.0, service.counters().requests), (Exit::Failure, 1));
}

#[test]
fn a_throttle_says_when_to_try_again() {
    let service = service();
    service.set_fault(Target::Every, Lasts::UntilCleared, Fault::Error(ErrorCode::ThrottledClient));
    let run = run(&service, PORTLAND);
    assert!(run.err.contains("(429 ThrottledClientException: "), "{}", run.err);
    assert!(run.err.contains(". Try again in a moment"), "{}", run.err);
    assert_eq!((run.exit, run.out.as_str(), service.counters().requests), (Exit::Failure, "", 1));
}

#[test]
fn beyond_the_first_twenty_orders_wait_for_the_pace() {
    let service = service();
    let ids: Vec<_> = (0..24).map(|number| format!("{number:08x}-77aa-4e0b-9a55-0d1f5e2bc01d")).collect();
    for id in &ids {
        set(&service, id, "Successful");
    }
    let run = run(&service, &format!("--rate 50 {}", ids.join(" ")));
    let printed: Vec<_> = run.out.lines().skip(1).filter_map(|line| line.split_whitespace().nth(1)).collect();
    assert_eq!(
        (printed, run.exit, service.counters().requests),
        (ids.iter().map(String::as_str).collect(), Exit::Success, 24)
    );
}

#[test]
fn what_could_not_be_answered_is_not_asked_for_and_counted() {
    let service = service();
    let ids: Vec<_> = (0..60).map(|number| format!("{number:08x}-77aa-4e0b-9a55-0d1f5e2bc01d")).collect();
    let (exit, err) = run_into(&service, &format!("--profile empty {}", ids.join(" ")), &mut Vec::new());
    assert_eq!((exit, err.lines().count()), (Exit::Credentials, 2), "{err}");
    assert!(err.ends_with("chimewatch: 60 of 60 orders have no answer\n"), "{err}");
}

#[test]
fn lacking_credentials_end_with_4_and_are_said_once() {
    let service = service();
    let mut out = Vec::new();
    let (exit, err) = run_into(&service, &format!("--profile empty {PORTLAND} {OTHER}"), &mut out);
    assert_eq!(
        err,
        "chimewatch: No credentials for profile empty. Looked in: ~/.aws. Run in another window: \
         aws configure --profile empty\nchimewatch: 2 of 2 orders have no answer\n"
    );
    assert_eq!((exit, out.len(), service.counters().connections), (Exit::Credentials, 0, 0));
}

#[test]
fn an_order_is_asked_once_however_often_it_is_named() {
    let service = with_order(PORTLAND, "Successful");
    let run = run(&service, &format!("{PORTLAND} {} {PORTLAND}", PORTLAND.to_uppercase()));
    assert_eq!((run.out.lines().count(), service.counters().requests), (2, 1));
}

#[test]
fn an_argument_that_is_no_order_id_ends_with_2_and_nothing_is_sent() {
    let service = service();
    let expected = Run {
        exit: Exit::Usage,
        out: String::new(),
        err: "chimewatch: '3f2a91c0-77aa' is no order ID: 2 groups instead of 5 (8-4-4-4-12). Nothing was sent.\n"
            .to_owned(),
    };
    assert_eq!(run(&service, &format!("{PORTLAND} 3f2a91c0-77aa")), expected);
    assert_eq!(service.counters().connections, 0);
}

#[test]
fn an_id_that_the_api_does_not_document_is_asked_with_a_notice() {
    const SAMPLE: &str = "abc12345-de67-89f0-123g-h45i678j9012";
    let run = run(&with_order(SAMPLE, "Successful"), SAMPLE);
    assert_eq!(run.exit, Exit::Success);
    assert_eq!(
        run.err,
        format!(
            "chimewatch: {SAMPLE} has letters beyond f, which the API does not document; it is asked all the same\n"
        )
    );
}

#[test]
fn no_byte_that_a_terminal_obeys_is_printed() {
    let service = service();
    let odd = "\u{1b}[2J\u{9b}31m\u{202e}";
    service.set_order(PORTLAND, json!({ "Status": odd, "OrderedPhoneNumbers": [{ "Status": odd }] }));
    for form in ["table", "json"] {
        let run = run(&service, &format!("--output {form} {PORTLAND}"));
        let obeyed = run.out.chars().find(|&c| (c.is_control() && c != '\n') || c == '\u{202e}');
        assert_eq!(obeyed, None, "{:?}", run.out);
    }
}

/// The reader of a pipe that has gone.
struct Gone;

impl Write for Gone {
    fn write(&mut self, _: &[u8]) -> io::Result<usize> {
        Err(io::ErrorKind::BrokenPipe.into())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[test]
fn a_reader_who_goes_ends_it_without_a_word() {
    let service = with_order(PORTLAND, "Successful");
    let run = run_into(&service, &format!("--profile prod {PORTLAND}"), &mut Gone);
    assert_eq!(run, (Exit::Success, String::new()));
}
