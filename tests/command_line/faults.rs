//! Every fault of the service against every command that asks it: the exit code, and the first thing that is said.

use crate::machine::{Machine, quiet};
use chimewatch::order_service::{ErrorCode, Fault, Lasts, RetryHint, Target, VerbatimAnswer};
use serde_json::{Value, json};
use std::time::Duration;

const A: &str = "3f2a91c0-77aa-4e0b-9a55-0d1f5e2bc01d";

/// What a fault that lasts comes to.
#[derive(Clone, Copy, Debug)]
struct Row {
    /// The exit codes of `get`, `list` and `wait`. Where `wait` does not go on, `follow` does not either.
    codes: [i32; 3],
    /// What kind of failure `get` and `list` tell.
    kind: &'static str,
    /// A part of what `get` and `wait` say first.
    says: &'static str,
}

const REFUSED: Row = Row { codes: [1, 1, 1], kind: "BadRequest", says: "the service refuses the request" };
const ANOTHER_API: Row = Row { says: "knows no such request", ..REFUSED };
const FORBIDDEN: Row =
    Row { codes: [1, 1, 1], kind: "Forbidden", says: "chime:GetPhoneNumberOrder is missing" };
const NOT_FOUND: Row = Row { codes: [1, 1, 1], kind: "NotFound", says: "Order 3f2a91c0 was not found" };
const SIGNED_WRONGLY: Row =
    Row { codes: [4, 4, 4], kind: "Unauthorized", says: "Profile default is refused" };
const SIGNED_OUT: Row = Row { says: "Profile default is signed out", ..SIGNED_WRONGLY };
const WRONG_KEY: Row = Row { says: "The secret key of profile default does not fit", ..SIGNED_WRONGLY };
/// What passes by itself is waited for.
const BROKEN: Row = Row { codes: [1, 1, 124], kind: "ServiceFailure", says: "the service has failed" };
const THROTTLED: Row = Row { codes: [1, 1, 124], kind: "Throttled", says: "AWS asks us to slow down" };
const CUT: Row = Row { codes: [1, 1, 124], kind: "Network", says: "broke" };
const UNREADABLE: Row = Row { codes: [1, 1, 124], kind: "Undecodable", says: "cannot be read" };
const ELSEWHERE: Row = Row { says: "which is not followed", ..UNREADABLE };
const TOO_LONG: Row = Row { says: "is longer than 1024 KiB", ..UNREADABLE };

fn failing() -> Vec<(Fault, Row)> {
    let errors = [
        (ErrorCode::BadRequest, REFUSED),
        (ErrorCode::UnauthorizedClient, SIGNED_WRONGLY),
        (ErrorCode::Forbidden, FORBIDDEN),
        (ErrorCode::NotFound, NOT_FOUND),
        (ErrorCode::ThrottledClient, THROTTLED),
        (ErrorCode::ServiceFailure, BROKEN),
        (ErrorCode::ServiceUnavailable, BROKEN),
        (ErrorCode::AccessDenied, FORBIDDEN),
        (ErrorCode::ExpiredToken, SIGNED_OUT),
        (ErrorCode::UnrecognizedClient, SIGNED_WRONGLY),
        (ErrorCode::InvalidSignature, WRONG_KEY),
        (ErrorCode::MissingAuthenticationToken, SIGNED_WRONGLY),
        (ErrorCode::IncompleteSignature, SIGNED_WRONGLY),
        (ErrorCode::UnknownOperation, ANOTHER_API),
    ];
    let others = [
        (Fault::Status(502), BROKEN),
        (Fault::Status(413), REFUSED),
        (Fault::Close, CUT),
        (Fault::HalfBody, CUT),
        (Fault::Garbage, UNREADABLE),
        (Fault::EmptyObject, UNREADABLE),
        (Fault::EmptyBody, UNREADABLE),
        (Fault::Redirect("http://127.0.0.1:1/".to_owned()), ELSEWHERE),
        (Fault::Oversized(9 * 1024 * 1024), TOO_LONG),
        (Fault::Verbatim(VerbatimAnswer::ok("[]")), UNREADABLE),
    ];
    errors.into_iter().map(|(code, row)| (Fault::Error(code), row)).chain(others).collect()
}

/// A machine whose service has one settled order and answers with this fault.
fn with_machine<T>(fault: Fault, run: impl Fn(&Machine) -> T) -> T {
    let service = quiet();
    let number = json!({ "E164PhoneNumber": "+15035550100", "Status": "Acquired" });
    let order = json!({ "PhoneNumberOrderId": A, "Status": "Successful", "OrderedPhoneNumbers": [number] });
    service.set_order(A, order);
    service.set_fault(Target::Every, Lasts::UntilCleared, fault);
    run(&Machine::of(&service))
}

/// Runs a command that prints JSON; its exit code and the objects of its two streams.
fn objects(machine: &Machine, line: &str) -> (i32, Vec<Value>, Vec<Value>) {
    let ended = machine.run(&format!("{line} --output json"));
    let parsed = |text: &str| {
        let parsed = text.lines().map(serde_json::from_str);
        parsed.collect::<Result<_, _>>().unwrap_or_else(|error| panic!("{line}: {error}: {ended:?}"))
    };
    (ended.code, parsed(&ended.out), parsed(&ended.err))
}

fn first_said(said: &[Value]) -> &str {
    let first = &said[0];
    first["Error"]["Message"].as_str().or(first["Note"].as_str()).unwrap()
}

#[test]
fn a_fault_that_lasts_has_its_exit_code_and_its_words_in_every_command() {
    std::thread::scope(|faults| {
        for (fault, row) in failing() {
            faults.spawn(move || {
                with_machine(fault.clone(), |machine| {
                    let (code, out, said) = objects(machine, &format!("get {A}"));
                    assert_eq!((code, out.len(), said.len()), (row.codes[0], 0, 1), "get {fault:?}");
                    assert_eq!(said[0]["Error"]["Code"], row.kind, "get {fault:?}");
                    assert!(first_said(&said).contains(row.says), "get {fault:?}: {said:?}");
                    let (code, out, said) = objects(machine, "list");
                    // On a slow machine it says before that it asks again.
                    let (last, before) = said.split_last().unwrap();
                    assert!(before.iter().all(|said| said["Note"].is_string()), "list {fault:?}: {said:?}");
                    assert_eq!((code, out.len()), (row.codes[1], 0), "list {fault:?}");
                    assert_eq!(last["Error"]["Code"], row.kind, "list {fault:?}");
                    let (code, out, said) = objects(machine, &format!("wait --timeout 1s {A}"));
                    assert_eq!((code, out.len()), (row.codes[2], 0), "wait {fault:?}: {said:?}");
                    assert!(first_said(&said).contains(row.says), "wait {fault:?}: {said:?}");
                    if code != 124 {
                        let (followed, out, said) = objects(machine, &format!("follow {A}"));
                        assert_eq!((followed, out.len(), said.len()), (code, 0, 1), "follow {fault:?}");
                        assert!(first_said(&said).contains(row.says), "follow {fault:?}: {said:?}");
                    }
                });
            });
        }
    });
}

#[test]
fn what_is_only_slow_is_no_fault() {
    for fault in [Fault::Delay(Duration::from_millis(50)), Fault::Drip(Duration::from_millis(50))] {
        with_machine(fault.clone(), |machine| {
            for line in [format!("get {A}"), "list".to_owned(), format!("wait --timeout 30s {A}")] {
                let (code, out, said) = objects(machine, &line);
                assert_eq!((code, out.is_empty(), said.len()), (0, false, 0), "{line} {fault:?}: {said:?}");
            }
        });
    }
}

#[test]
fn a_wait_for_a_service_that_hangs_ends_when_its_time_is_up() {
    with_machine(Fault::Hang, |machine| {
        let (code, out, said) = objects(machine, &format!("wait --timeout 1s {A}"));
        assert_eq!((code, out.len()), (124, 0));
        assert_eq!(said, [json!({ "Note": "the time is up after 1s: the order is not settled" })]);
    });
}

#[test]
fn a_hint_when_to_come_again_is_told() {
    with_machine(Fault::Throttle(RetryHint::RetryAfter("7".to_owned())), |machine| {
        let (code, _, said) = objects(machine, &format!("get {A}"));
        assert_eq!((code, &said[0]["Error"]["RetryAfterSeconds"]), (1, &json!(7)));
    });
}
