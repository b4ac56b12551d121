//! Accounts that cannot be asked: the screen opens all the same, says why and what mends it, and goes on by itself.

use crate::account::{Account, TOLL_FREE};
use crate::screen::eventually;
use crate::session::{Program, Session};
use std::fs;

/// The dashboard with these shared files, and an endpoint that nothing may reach.
fn with_config(home: &tempfile::TempDir, config: &str) -> Program {
    fs::write(home.path().join("aws-config"), config).unwrap();
    let endpoint = ["--endpoint-url", "http://127.0.0.1:9", "--region", "us-east-1", TOLL_FREE];
    Program::chimewatch(home.path()).args(endpoint).size(160, 30)
}

#[track_caller]
fn assert_c_copies(session: &mut Session, command: &str) {
    session.press("c");
    let copied = chimewatch::alert::copy(command).unwrap();
    let has_copied = |raw: &[u8]| raw.windows(copied.len()).any(|part| part == copied);
    eventually("copying", || has_copied(&session.screen.raw()).then_some(()));
}

#[track_caller]
fn assert_keys_work(session: &mut Session) {
    session.press("?");
    session.screen.wait_for(&["esc closes"]);
    session.press("\x03");
    assert_eq!(session.exit_code(), 0);
}

#[test]
fn each_lack_of_credentials_has_a_card_with_the_command_that_mends_it() {
    let sso = "[profile prod]\nsso_session = s\nsso_account_id = 123456789012\nsso_role_name = r\n\
               [sso-session s]\nsso_region = us-east-1\nsso_start_url = https://example.awsapps.com/start\n";
    let cases = [
        ("", "default", "No credentials for profile default.", "aws configure --profile default"),
        (sso, "prod", "signed out of SSO session s.", "aws sso login --profile prod"),
        (
            "[profile p]\ncredential_process = sh -c 'echo no card in the reader >&2; exit 3'\n",
            "p",
            "exit status: 3. Stderr: no card in the reader",
            "aws sts get-caller-identity --profile p",
        ),
    ];
    for (config, profile, says, command) in cases {
        let home = tempfile::tempdir().unwrap();
        let mut session = with_config(&home, config).args(["--profile", profile]).start();
        session.screen.wait_for(&["resting", says, "c copies the command", "r tries now"]);
        assert_c_copies(&mut session, command);
        assert_keys_work(&mut session);
    }
}

#[test]
fn credentials_that_come_are_found_without_a_key_pressed() {
    let account = Account::new();
    let keys = account.home.path().join("aws-credentials");
    let good = fs::read_to_string(&keys).unwrap();
    fs::write(&keys, "").unwrap();
    let mut session = account.dashboard().args([TOLL_FREE]).start();
    session.screen.wait_for(&["resting", "No credentials for profile default."]);
    assert_eq!(account.service.requests().len(), 0);
    fs::write(&keys, good).unwrap();
    session.screen.wait_for(&["live", "8/9"]);
    session.press("q");
    assert_eq!(session.exit_code(), 0);
}

#[test]
fn a_credential_process_that_asks_for_a_password_takes_no_keys() {
    let home = tempfile::tempdir().unwrap();
    let config = "[default]\ncredential_process = sh -c 'read password && echo taken >&2; exit 1'\n";
    let mut session = with_config(&home, config).start();
    session.screen.wait_for(&["exit status: 1"]);
    assert!(!session.screen.text().contains("taken"));
    assert_keys_work(&mut session);
}

#[test]
fn a_credential_process_that_hangs_holds_up_neither_keys_nor_leaving() {
    let home = tempfile::tempdir().unwrap();
    let waits = home.path().join("waits");
    assert!(std::process::Command::new("mkfifo").arg(&waits).status().unwrap().success());
    let config = format!("[default]\ncredential_process = cat {}\n", waits.display());
    let mut session = with_config(&home, &config).start();
    session.screen.wait_for(&["not read yet"]);
    // It hangs once it has opened what nobody writes.
    let asked = || {
        rustix::fs::open(
            &waits,
            rustix::fs::OFlags::WRONLY | rustix::fs::OFlags::NONBLOCK,
            rustix::fs::Mode::empty(),
        )
    };
    let held = eventually("the process", || asked().ok());
    assert_keys_work(&mut session);
    drop(held);
}

#[test]
fn a_profile_that_is_not_there_is_answered_with_those_that_are() {
    let home = tempfile::tempdir().unwrap();
    let config = "[default]\n[profile porting]\n[profile prod]\n";
    let mut session = with_config(&home, config).args(["--profile", "prd"]).start();
    session.screen.wait_for(&[
        "resting",
        "There is no profile 'prd' in ",
        "there are prod, porting, default.",
    ]);
    assert_keys_work(&mut session);
}

#[test]
fn the_endpoint_of_the_profile_is_asked_and_shown() {
    let account = Account::new();
    let endpoint = account.service.endpoint();
    let config = format!(
        "[default]\nservices = ours\n[services ours]\nchime_sdk_voice =\n  endpoint_url = {endpoint}\n"
    );
    fs::write(account.home.path().join("aws-config"), config).unwrap();
    let mut session = Program::chimewatch(account.home.path()).args([TOLL_FREE]).start();
    session.screen.wait_for(&["Partial", endpoint.trim_start_matches("http://")]);
    assert_keys_work(&mut session);
}
