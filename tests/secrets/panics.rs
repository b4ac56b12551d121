//! A panic whose message holds a secret is logged and reported without it. There is no way to make the product panic:
//! this test program does so itself, with the very hook that the binary has.

use crate::canary::{SECRET, leaks};
use chimewatch::domain::redact::Secrets;
use chimewatch::log::{Log, report_panics};
use chimewatch::settings::LogFile;
use std::process::Command;

const HOME: &str = "CANARY_HOME";

#[test]
fn a_panic_is_reported_and_logged_without_secrets() {
    let home = tempfile::tempdir().unwrap();
    let test = "panics::panic_with_a_secret";
    let output = Command::new(std::env::current_exe().unwrap())
        .args(["--ignored", "--exact", "--nocapture", test])
        .env(HOME, home.path())
        .output()
        .unwrap();
    let log = std::fs::read(home.path().join("log")).unwrap();
    let reported = [output.stdout, output.stderr].concat();
    for told in [&log, &reported] {
        let words = String::from_utf8_lossy(told);
        assert!(words.contains("the key is [hidden], plain words are [hidden]"), "{words}");
        assert_eq!(leaks(told, &[]), Vec::<String>::new(), "{words}");
    }
    assert!(String::from_utf8_lossy(&log).contains("tests/secrets/panics.rs:"));
}

#[test]
#[ignore = "a program for the test above"]
#[expect(clippy::disallowed_methods, reason = "it is a program of its own, with a clock and an environment")]
fn panic_with_a_secret() {
    let Some(home) = std::env::var_os(HOME) else { return };
    let secrets = Secrets::default();
    secrets.learn("known words");
    let asked = LogFile { path: std::path::Path::new(&home).join("log"), filter: None };
    let log = Log::start(&asked, jiff::Timestamp::now, secrets.clone()).unwrap();
    report_panics(Some(&log), secrets, |panic| panic.to_string());
    panic!("the key is {SECRET}, plain words are known words");
}
