//! `chimewatch list` and `chimewatch get`, as far as the streams go.

use crate::machine::{Ended, Machine, quiet};
use chimewatch::order_service::{
    ErrorCode, Fault, Lasts, Options, OrderService, RetryHint, Scenario, Target,
};
use serde_json::{Value, json};
use std::collections::HashSet;
use std::fs::File;
use std::process::Stdio;
use std::time::Duration;

const A: &str = "3f2a91c0-77aa-4e0b-9a55-0d1f5e2bc01d";

fn account(orders: u32) -> OrderService {
    OrderService::start(&Scenario::plain(orders, 2).unwrap(), Options::default()).unwrap()
}

#[test]
fn all_pages_of_the_list_are_printed_each_order_once() {
    let service = account(250);
    let machine = Machine::of(&service);
    let table = machine.run("list --rate 0");
    let ids: HashSet<_> =
        table.out.lines().skip(1).filter_map(|line| line.split_whitespace().nth(1)).collect();
    assert_eq!((table.code, table.out.lines().count(), ids.len(), table.err.as_str()), (0, 251, 250, ""));
    let json = machine.run("list --rate 0 --output json");
    let orders: Vec<Value> = json.out.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let listed: HashSet<_> = orders
        .iter()
        .map(|order| order["PhoneNumberOrder"]["PhoneNumberOrderId"].as_str().unwrap())
        .collect();
    assert_eq!((listed, json.err.as_str()), (ids, ""));
    assert!(orders.iter().all(|order| order["PhoneNumberOrder"]["OrderedPhoneNumbers"][1].is_object()));
}

#[test]
fn a_page_that_was_throttled_is_asked_for_again() {
    let service = account(250);
    service.set_fault(Target::List, Lasts::Requests(2), Fault::Error(ErrorCode::ThrottledClient));
    let list = Machine::of(&service).run("list --rate 50");
    assert_eq!((list.code, list.out.lines().count(), list.err.as_str()), (0, 251, ""));
}

#[test]
fn a_list_that_is_throttled_for_long_says_so_and_that_it_goes_on() {
    let service = account(3);
    service.set_fault(
        Target::List,
        Lasts::Requests(1),
        Fault::Throttle(RetryHint::RetryAfter("4".to_owned())),
    );
    let list = Machine::of(&service).run("list --output json");
    let said: Vec<Value> = list.err.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!((list.code, list.out.lines().count(), said.len()), (0, 3, 2), "{}", list.err);
    let note = said[0]["Note"].as_str().unwrap();
    assert!(note.starts_with("AWS asks us to slow down: the list of orders waits in us-east-1"), "{note}");
    assert!(note.ends_with(". It is asked for again by itself"), "{note}");
    assert_eq!(said[1]["Note"], "the list of orders goes on");
}

/// An account of 250 orders whose list gives its first page, and then goes wrong.
fn list_with_a_bad_second_page(lasts: Lasts, code: ErrorCode) -> Ended {
    let service = account(250);
    service.set_fault(Target::List, lasts, Fault::Error(code));
    // The newest fault strikes first.
    service.set_fault(Target::List, Lasts::Requests(1), Fault::Delay(Duration::ZERO));
    Machine::of(&service).run("list --rate 0")
}

#[test]
fn a_page_that_the_service_does_not_answer_is_asked_for_again_and_no_order_is_lost() {
    let list = list_with_a_bad_second_page(Lasts::Requests(2), ErrorCode::ServiceUnavailable);
    let said = "chimewatch: The list of orders: the service has failed in us-east-1 as default (503 \
                ServiceUnavailableException: The service is currently unavailable). It is asked for again by itself\n\
                chimewatch: the list of orders goes on\n";
    assert_eq!((list.code, list.out.lines().count(), list.err.as_str()), (0, 251, said));
}

#[test]
fn a_list_that_ends_early_says_with_which_page_and_what_is_there() {
    let list = list_with_a_bad_second_page(Lasts::UntilCleared, ErrorCode::AccessDenied);
    let ending = "chimewatch: page 2 of the list did not come: 100 orders of the pages before it are printed. Run it \
                again for all";
    assert_eq!((list.code, list.out.lines().count(), list.err.lines().last()), (1, 101, Some(ending)));
}

#[test]
fn orders_are_called_by_their_labels() {
    let service = account(2);
    let machine = Machine::of(&service);
    let listed = machine.run("list").out;
    let ids: Vec<_> = listed.lines().skip(1).map(|line| line.split_whitespace().nth(1).unwrap()).collect();
    let (label, note) = ("label = \"Seattle launch\"", "note = \"for the new office\"");
    machine.write_list("launch", &format!("[[order]]\nid = \"{}\"\n{label}\n{note}\n", ids[1]));
    let last = |line: &str| {
        let out = machine.run(line).out;
        out.lines().map(|line| line.rsplit("  ").next().unwrap().to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(last("list"), ["LABEL", "-", "Seattle launch"]);
    assert_eq!(last("get -w launch"), ["LABEL", "Seattle launch"]);
    assert_eq!(last("wait -w launch --timeout 1s"), ["LABEL", "Seattle launch"]);
    let objects = |line: &str| {
        let out = machine.run(&format!("{line} --output json")).out;
        let objects: Vec<Value> = out.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
        objects.iter().map(|order| (order["Label"].clone(), order["Note"].clone())).collect::<Vec<_>>()
    };
    let own = || (json!("Seattle launch"), json!("for the new office"));
    assert_eq!(objects("list"), [(Value::Null, Value::Null), own()]);
    assert_eq!(objects("get -w launch"), [own()]);
    assert_eq!(objects("wait -w launch --timeout 1s"), [own()]);
}

#[test]
fn a_list_that_may_not_be_read_says_what_is_missing() {
    let service = quiet();
    service.set_fault(Target::List, Lasts::UntilCleared, Fault::Error(ErrorCode::AccessDenied));
    let machine = Machine::of(&service);
    let list = machine.run("list");
    assert_eq!((list.code, list.out.as_str()), (1, ""));
    assert!(list.err.contains("chime:ListPhoneNumberOrders"), "{}", list.err);
    let list = machine.run("list --output json");
    let error: Value = serde_json::from_str(&list.err).unwrap();
    assert_eq!(
        (&error["Error"]["Code"], &error["Error"]["Region"]),
        (&"Forbidden".into(), &"us-east-1".into())
    );
}

#[test]
fn errors_are_objects_too_where_that_was_asked_for() {
    let service = quiet();
    let machine = Machine::of(&service);
    let code = |line: &str| {
        let ended = machine.run(line);
        let error: Value = serde_json::from_str(ended.err.lines().next().unwrap()).unwrap();
        (ended.code, error["Error"]["Code"].as_str().unwrap().to_owned(), ended.out)
    };
    let usage = |code: i32| (code, "Usage".to_owned(), String::new());
    assert_eq!(code(&format!("get --output json {A}")), (1, "NotFound".to_owned(), String::new()));
    assert_eq!(code("get --output json nonsense"), usage(2));
    assert_eq!(code("wait --output=json -w nowhere"), usage(2));
    assert_eq!(code(&format!("wait --output json --fail-fats {A}")), usage(2));
    assert_eq!(code(&format!("--region US get --output json {A}")), usage(2));
}

#[test]
fn order_ids_come_out_of_any_text_on_standard_input() {
    let service = account(3);
    let machine = Machine::of(&service);
    let listed = machine.run("list --output json").out;
    let got = machine.run_words(&["get"], &listed);
    assert_eq!((got.code, got.out.lines().count()), (0, 4), "{got:?}");
    let said = "chimewatch: standard input is empty: name order IDs, or pipe text that holds some.\n";
    for words in [&["get"][..], &["wait"], &["follow"], &["get", "-"], &["watchlist", "add", "launch"]] {
        let empty = machine.run_words(words, "");
        assert_eq!((empty.code, empty.out.as_str(), empty.err.as_str()), (2, "", said), "{words:?}");
    }
    let none = machine.run_words(&["get"], "no id in here");
    let said = "chimewatch: No order ID in those 13 characters: 'no id in here'. One looks like 3f2a91c0-77aa-4e0b-9a55-0d1f5e2bc01d.\n";
    assert_eq!((none.code, none.err.as_str()), (2, said));
}

#[test]
fn no_more_requests_are_under_way_than_was_typed_and_all_are_answered() {
    let service = account(40);
    let machine = Machine::of(&service);
    let listed = machine.run("list --output json").out;
    let words = ["get", "--rate", "0", "--in-flight", "3"];
    let got = machine.run_words(&words, &listed);
    assert_eq!((got.code, got.out.lines().count(), got.err.as_str()), (0, 41, ""));
    let before = service.counters().requests;
    service.set_fault(Target::Every, Lasts::UntilCleared, Fault::Hang);
    let ids = listed.lines().map(|line| serde_json::from_str::<Value>(line).unwrap());
    let ids = ids.map(|order| order["PhoneNumberOrder"]["PhoneNumberOrderId"].as_str().unwrap().to_owned());
    let mut command = machine.command();
    let mut child = command.args(words).args(ids).stderr(Stdio::null()).spawn().unwrap();
    let all = usize::try_from(before).unwrap() + 3;
    service.wait_for(Duration::from_secs(30), |requests| requests.len() >= all).unwrap();
    child.kill().unwrap();
    child.wait().unwrap();
    assert_eq!(service.counters().requests, before + 3);
}

#[test]
fn a_full_disk_behind_standard_output_is_told_and_is_a_failure() {
    let service = account(3);
    let output = Machine::of(&service)
        .command()
        .args(["list"])
        .stdout(File::options().write(true).open("/dev/full").unwrap())
        .stderr(Stdio::piped())
        .output()
        .unwrap();
    let said = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(1));
    assert!(said.starts_with("chimewatch: the answers cannot be written: No space left on device"), "{said}");
}

#[test]
fn jq_reads_what_is_printed() {
    let service = account(5);
    let machine = Machine::of(&service);
    let Ok(mut jq) = std::process::Command::new("jq")
        .args(["-r", ".PhoneNumberOrder.PhoneNumberOrderId"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
    else {
        // A machine without jq: the JSON itself is read by the tests above.
        return;
    };
    let listed = machine.run("list --output json").out;
    std::io::Write::write_all(&mut jq.stdin.take().unwrap(), listed.as_bytes()).unwrap();
    let ids = String::from_utf8(jq.wait_with_output().unwrap().stdout).unwrap();
    assert_eq!((ids.lines().count(), machine.run_words(&["get"], &ids).out.lines().count()), (5, 6));
}

#[test]
fn an_account_without_credentials_hides_no_order_of_another() {
    let service = account(30);
    let machine = Machine::of(&service);
    let listed = machine.run("list --output json").out;
    let keys = service.credentials();
    let (id, secret) = (&keys.access_key_id, &keys.secret_access_key);
    let config =
        format!("[profile good]\naws_access_key_id={id}\naws_secret_access_key={secret}\n[profile bad]\n");
    std::fs::create_dir_all(machine.home().join(".aws")).unwrap();
    std::fs::write(machine.home().join(".aws/config"), config).unwrap();
    let orders = listed.lines().enumerate().map(|(at, line)| {
        let order: Value = serde_json::from_str(line).unwrap();
        let profile = if at < 3 { "bad" } else { "good" };
        format!(
            "[[order]]\nid = {}\nprofile = \"{profile}\"\n",
            order["PhoneNumberOrder"]["PhoneNumberOrderId"]
        )
    });
    let nobody = Machine::new().with("AWS_REGION", "us-east-1").with("AWS_ENDPOINT_URL", &service.endpoint());
    let nobody = nobody.with("AWS_CONFIG_FILE", machine.home().join(".aws/config").to_str().unwrap());
    nobody.write_list("mixed", &orders.collect::<String>());
    let got = nobody.run("get -w mixed --rate 20 --in-flight 4");
    assert_eq!((got.code, got.out.lines().count()), (4, 28), "{got:?}");
    assert!(got.err.ends_with("chimewatch: 3 of 30 orders have no answer\n"), "{}", got.err);
}
