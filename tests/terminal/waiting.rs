//! `chimewatch wait` for somebody who looks at it: one line that says how far it is, and nothing of it afterwards.

use crate::account::Account;
use crate::session::Program;
use serde_json::json;

const ORDER: &str = "3f2a91c0-77aa-4e0b-9a55-0d1f5e2bc01d";

fn set(account: &Account, status: &str, number: &str) {
    let numbers = [json!({ "E164PhoneNumber": "+15035550107", "Status": number })];
    account.service.set_order(
        ORDER,
        json!({ "PhoneNumberOrderId": ORDER, "Status": status, "OrderedPhoneNumbers": numbers }),
    );
}

fn wait(account: &Account) -> Program {
    let endpoint = account.service.endpoint();
    let words = ["wait", "--timeout", "5m", "--region", "us-east-1", "--endpoint-url", &endpoint, ORDER];
    Program::chimewatch(account.home.path()).args(words).size(130, 12)
}

#[test]
fn one_line_says_how_far_it_is_and_gives_way_to_the_orders() {
    let account = Account::new();
    set(&account, "Processing", "Processing");
    let mut session = wait(&account).start();
    session.screen.wait_for(&["0 of 1 order settled, 0 of 1 number acquired; 0s of 5m"]);
    set(&account, "Successful", "Acquired");
    assert_eq!(session.exit_code(), 0);
    session.screen.wait_for_the_end();
    let text = session.screen.text();
    let lines: Vec<_> = text.lines().map(str::trim_end).filter(|line| !line.is_empty()).collect();
    let row = format!("Successful        {ORDER}        1/1       0  -                     -");
    assert_eq!(lines.get(1), Some(&row.as_str()), "{text}");
    assert_eq!(lines.len(), 2, "{text}");
}

#[test]
fn ctrl_c_takes_the_line_away_and_says_what_is_missing() {
    let account = Account::new();
    set(&account, "Processing", "Processing");
    let mut session = wait(&account).start();
    session.screen.wait_for(&["0 of 1 order settled, 0 of 1 number acquired"]);
    session.press("\x03");
    assert_eq!(session.exit_code(), 130);
    session.screen.wait_for_the_end();
    let text = session.screen.text();
    assert!(!text.contains("of 5m") && text.contains(": the order is not settled"), "{text}");
}
