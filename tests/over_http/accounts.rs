//! Two profiles, of one account and of two.

use crate::run::{Run, Setup, figure, service};
use chimewatch::app::watch::Sweeps;
use chimewatch::domain::Moment;
use chimewatch::fetch::{CredentialSource, FetchOptions, SharedFiles};
use chimewatch::order_service::OrderService;
use std::time::Duration;
use tempfile::TempDir;

/// More than are read meanwhile.
const ORDERS: usize = 2_000;
/// Requests a second for an account.
const RATE: f64 = 20.0;
/// What a pace has at its start, and holds afterwards.
const START: usize = 20;
const HOLDS: usize = 4;
/// A test that succeeds never waits this long.
const PATIENCE: Duration = Duration::from_mins(1);

/// A shared config with two profiles of the account's keys that call their account like this.
fn config(service: &OrderService, accounts: [&str; 2]) -> (TempDir, FetchOptions) {
    let keys = service.credentials();
    let profile = |name: &str, account: &str| {
        format!(
            "[profile {name}]\naws_access_key_id = {}\naws_secret_access_key = {}\naws_account_id = {account}\n",
            keys.access_key_id, keys.secret_access_key
        )
    };
    let home = tempfile::tempdir().unwrap();
    let config = home.path().join("config");
    let [one, other] = accounts;
    std::fs::write(&config, profile("one", one) + &profile("other", other)).unwrap();
    let credentials = Some(home.path().join("credentials"));
    let files = SharedFiles { config: Some(config), credentials, ..SharedFiles::default() };
    let options = FetchOptions { credentials: CredentialSource::Chain(files), ..FetchOptions::default() };
    (home, options)
}

/// A run that asks for the orders as two profiles of these accounts in turn.
fn run(service: &OrderService, accounts: [&str; 2]) -> (TempDir, Run) {
    let interval = Duration::from_mins(2);
    let setup = Setup { orders: ORDERS, interval, rate: RATE, sweeps: Sweeps::Never };
    let (home, options) = config(service, accounts);
    let run = Run::of_profiles(service, setup, options, &[Some("one"), Some("other")]);
    (home, run)
}

/// What one pace allows from `from` until now, where either profile began with one of its own.
fn allowed_by_one_pace(run: &Run, from: Moment) -> usize {
    let passed = run.now().since(from).as_millis();
    2 * START + HOLDS + usize::try_from(passed).unwrap() * 20 / 1_000
}

#[tokio::test]
async fn two_profiles_of_one_account_keep_to_the_pace_of_one() {
    let service = service(ORDERS);
    let (_home, mut run) = run(&service, ["111122223333", "111122223333"]);
    let from = run.now();
    run.run(Duration::from_secs(4)).await;
    let (sent, allowed) = (run.since(from).len(), allowed_by_one_pace(&run, from));
    figure("requests of two profiles of one account in 4 s", sent);
    assert!(sent <= allowed, "{sent} requests, {allowed} allowed");
    let numbers = run.since(from).iter().filter(|asked| asked.is_well()).map(|asked| asked.told.start % 2);
    let (one, other): (Vec<_>, Vec<_>) = numbers.partition(|number| *number == 0);
    assert!(one.len().abs_diff(other.len()) <= START, "{} and {}: neither starves", one.len(), other.len());
}

#[tokio::test]
async fn two_profiles_of_two_accounts_do_not_share() {
    let service = service(ORDERS);
    let (_home, mut run) = run(&service, ["111122223333", "444455556666"]);
    let from = run.now();
    // A second of it more than one pace would ever allow.
    run.run_until(PATIENCE, |run| run.since(from).len() > allowed_by_one_pace(run, from) + START).await;
    figure("requests of two profiles of two accounts", run.since(from).len());
    figure("of which one pace would have allowed", allowed_by_one_pace(&run, from));
}
