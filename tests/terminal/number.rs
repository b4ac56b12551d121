//! One number on its screen while it fails.

use crate::account::Account;
use chimewatch::order_service::Scenario;
use jiff::SignedDuration;

const ORDER: &str = "f6fadfa7-e5c1-4b62-9362-da5cc13da58a";
const SCENARIO: &str = r#"
about = "A number that fails"
earlier = "30m"

[[watchlist]]
name = "launch"
region = "us-east-1"

[[watchlist.order]]
id = "f6fadfa7-e5c1-4b62-9362-da5cc13da58a"
created = "1m"
numbers = ["+12065550100"]
status = "Processing"
steps = [{ at = "10s", change = { fail = 1, status = "Failed" } }]
"#;

#[test]
fn a_number_that_fails_while_it_is_open_says_between_which_answers_it_did() {
    let account = Account::of(&Scenario::from_toml(SCENARIO).unwrap());
    let mut session = account.dashboard().args([ORDER]).start();
    session.screen.wait_for(&["0/1"]);
    session.press("\r");
    session.screen.wait_for(&[ORDER, "Waiting 1"]);
    session.press("G\r");
    session.screen.wait_for(&[
        "› +1 206 555 0100",
        "number 1 of 1",
        "Timeline",
        "(first look)",
        "order created",
    ]);
    account.service.advance(SignedDuration::from_secs(10));
    session.press("r");
    session.screen.wait_for(&["✗ Failed for", "… → ✗ Failed", "order Processing → Failed", "copies it"]);
    let screen = session.screen.text();
    let line = screen.lines().find(|line| line.contains("… → ✗ Failed")).unwrap();
    let (after, by) = line.split_whitespace().next().unwrap().split_once('-').unwrap();
    // Over midnight the later one has the smaller figures.
    assert_eq!([after, by].map(str::len), ["14:02:05".len(); 2], "{screen}");
    session.press("\x1b");
    session.screen.wait_for(&["Failed 1", "order 1 of 1"]);
    let screen = session.screen.text();
    let is_cursor = |line: &str| line.starts_with('▌') && line.contains("+1 206 555 0100");
    assert!(screen.lines().any(is_cursor), "{screen}");
    session.press("\x03");
    assert_eq!(session.exit_code(), 0);
}
