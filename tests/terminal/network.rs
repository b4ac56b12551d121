//! A service that goes away and comes back, and a program that is stopped meanwhile: keys work, nothing is asked in a
//! burst, and no change is made up.

use crate::account::Account;
use crate::screen::PATIENCE;
use crate::session::{Program, Session};
use chimewatch::order_service::{
    ErrorCode, Fault, Lasts, Options, OrderService, ReceivedRequest, Scenario, Target, WorldTime,
};
use rustix::process::Signal;
use std::collections::HashSet;
use std::path::Path;

const ORDERS: usize = 200;
/// `--rate`, in requests a second.
const PACE: usize = 50;

fn id(number: usize) -> String {
    format!("{number:08x}-77aa-4e0b-9a55-0d1f5e2bc01d")
}

/// Orders that stay as they are, new to us, so that each is wanted every two seconds. They may not be listed.
fn fill(service: &OrderService) {
    for number in 0..ORDERS {
        let order = serde_json::json!({
            "PhoneNumberOrderId": id(number),
            "Status": "Processing",
            "OrderedPhoneNumbers": [{ "E164PhoneNumber": "+15035550107", "Status": "Processing" }],
        });
        service.set_order(&id(number), order);
    }
    service.set_fault(Target::List, Lasts::UntilCleared, Fault::Error(ErrorCode::AccessDenied));
}

fn dashboard(account: &Account) -> Program {
    let list = account.home.path().join("many.toml");
    let entries = (0..ORDERS).map(|number| format!("[[order]]\nid = \"{}\"\n", id(number)));
    std::fs::write(&list, entries.collect::<String>()).unwrap();
    account.dashboard().args(["-w", list.to_str().unwrap(), "--rate", &PACE.to_string()]).size(160, 40)
}

/// Changes that the history has kept.
fn changes(home: &Path) -> u32 {
    let history = rusqlite::Connection::open(home.join(".local/share/chimewatch/history.db")).unwrap();
    history.query_one("SELECT count(*) FROM changes", [], |row| row.get(0)).unwrap()
}

/// Waits until every order was asked for once more, and says how many requests that took.
#[track_caller]
fn wait_for_all(service: &OrderService) -> usize {
    let before = service.requests().len();
    let are_all = |requests: &[ReceivedRequest]| {
        let asked: HashSet<_> = requests[before..].iter().filter_map(ReceivedRequest::order_id).collect();
        asked.len() == ORDERS
    };
    service.wait_for(PATIENCE, are_all).unwrap().len() - before
}

#[track_caller]
fn assert_keys_work(session: &mut Session) {
    session.press("?");
    session.screen.wait_for(&["esc closes"]);
    session.press("\x1b");
    session.screen.wait_without("esc closes");
}

#[track_caller]
fn assert_ends_without_a_change(mut session: Session, home: &Path) {
    session.press("q");
    assert_eq!(session.exit_code(), 0);
    assert_eq!(changes(home), 0);
}

#[test]
fn a_service_that_is_gone_leaves_the_keys_alone_and_its_return_is_found() {
    let account = Account::new();
    fill(&account.service);
    let mut session = dashboard(&account).start();
    wait_for_all(&account.service);
    let Account { home, service } = account;
    let listen = service.endpoint().trim_start_matches("http://").parse().unwrap();
    drop(service);
    session.screen.wait_for(&["offline"]);
    assert_keys_work(&mut session);
    let options = Options { listen, time: WorldTime::Stepped, ..Options::default() };
    let service = OrderService::start(&Scenario::named("quiet").unwrap(), options).unwrap();
    fill(&service);
    session.screen.wait_for(&["live"]);
    assert_keys_work(&mut session);
    let requests = wait_for_all(&service);
    assert!(requests <= 2 * ORDERS, "{requests} requests for {ORDERS} orders");
    assert_ends_without_a_change(session, home.path());
}

#[test]
fn after_a_stop_keys_work_and_everything_is_read_again_in_its_turn() {
    let account = Account::new();
    fill(&account.service);
    let mut session = dashboard(&account).start();
    wait_for_all(&account.service);
    session.signal(Signal::STOP);
    session.press("?");
    session.signal(Signal::CONT);
    session.screen.wait_for(&["esc closes"]);
    session.press("\x1b");
    session.screen.wait_without("esc closes");
    let requests = wait_for_all(&account.service);
    assert!(requests <= 2 * ORDERS, "{requests} requests for {ORDERS} orders");
    assert_ends_without_a_change(session, account.home.path());
}
