//! The dashboard in sentences.

use crate::account::{Account, PORTLAND, TOLL_FREE};
use crate::screen::eventually;
use crate::session::{Program, Session};
use rustix::process::Signal;

/// What a screen reader would choke on.
#[track_caller]
fn assert_plain(session: &Session) {
    let raw = session.screen.raw();
    let text = String::from_utf8(raw).unwrap();
    let odd: String = text.chars().filter(|c| c.is_control() && !"\r\n".contains(*c)).collect();
    assert_eq!(odd, "", "{text:?}");
    assert!(!text.contains(['│', '─', '█', '▌', '✓', '✗', '…', '→', '×', '·']), "{text}");
}

fn started(account: &Account) -> Session {
    let program = account.dashboard().args(["--accessible", PORTLAND, TOLL_FREE]).size(200, 50);
    let session = program.start();
    session.screen.wait_for(&["Watching 2 orders of the list unsaved", "2 orders, "]);
    session
}

#[test]
fn sentences_and_commands_without_an_escape_sequence() {
    let account = Account::new();
    let mut session = started(&account);
    session.screen.wait_for(&["1 needs you. 58 of 59 numbers acquired, 1 failed, 0 waiting."]);
    for (line, expected) in [
        ("list", "1. +1 971 555 01xx, 50 numbers: Successful. 50 of 50 acquired."),
        ("needs", "1 number failed. AWS gives no reason; the usual step is to order another."),
        ("order 2", TOLL_FREE),
        ("failed", "+1 833 555 0105."),
        ("timeline 555-0105", "+1 833 555 0105: Failed, by "),
        ("timeline", "Which number? Type timeline and its last digits."),
        ("timeline 99999", "No number of unsaved has the digits 99999."),
        ("help", "quit: leave; Ctrl-C does too."),
        ("what", "what is no command. Type help for those there are."),
        ("privacy", "Phone numbers are masked."),
        ("failed", "+1 833 *** **05."),
        ("pause", "Asking is paused."),
    ] {
        session.press(&format!("{line}\n"));
        session.screen.wait_for(&[expected]);
    }
    session.press("quit\n");
    assert_eq!(session.exit_code(), 0);
    session.screen.wait_for_the_end();
    assert_plain(&session);
    assert!(session.has_its_modes_back());
}

#[test]
fn what_changes_is_told_once_with_its_time_and_its_sums() {
    let home = tempfile::tempdir().unwrap();
    let arguments = ["demo", "--orders", "3", "--numbers", "4", "--speed", "400"];
    let program = Program::chimewatch(home.path()).args(arguments).env("ACCESSIBLE", "1").size(200, 200);
    let mut session = program.start();
    session.screen.wait_for(&["Watching 3 orders of the list", "went from Processing to", "of 4 acquired"]);
    eventually("the end of the story", || {
        session.screen.text().contains("orders are settled.").then_some(())
    });
    session.press("quit\n");
    session.screen.wait_for(&["That was signed HTTP to 127.0.0.1"]);
    assert_eq!(session.exit_code(), 0);
    session.screen.wait_for_the_end();
    assert_plain(&session);
}

#[test]
fn orders_are_added_by_a_line_that_holds_them() {
    let account = Account::new();
    let mut session = account.dashboard().args(["--accessible"]).size(200, 50).start();
    session.screen.wait_for(&["Nothing watched yet."]);
    session.press(&format!("add see {TOLL_FREE}\n"));
    session.screen.wait_for(&["1 order, "]);
    eventually("saving", || account.keeps(TOLL_FREE).then_some(()));
    session.press("order 1\n");
    session.screen.wait_for(&["8 of 9 acquired"]);
    session.press("\x04");
    assert_eq!(session.exit_code(), 0);
}

#[test]
fn it_ends_and_stops_like_any_program() {
    for (how, code) in [("\x03", 130), ("term", 143)] {
        let account = Account::new();
        let mut session = started(&account);
        if how == "term" {
            session.signal(Signal::TERM);
        } else {
            session.press(how);
        }
        assert_eq!(session.exit_code(), code);
        assert!(session.has_its_modes_back());
    }
    let account = Account::new();
    let line = format!(
        "set -m; {} --accessible --region us-east-1 --endpoint-url {} {PORTLAND}; echo stopped; fg >/dev/null; \
         echo \"left with $?\"",
        env!("CARGO_BIN_EXE_chimewatch"),
        account.service.endpoint()
    );
    let mut session = Program::new("/bin/sh", account.home.path()).args(["-c", &line]).start();
    session.screen.wait_for(&["1 order, "]);
    session.press("\x1a");
    session.screen.wait_for(&["stopped"]);
    session.press("quit\n");
    session.screen.wait_for(&["left with 0"]);
    assert_eq!(session.exit_code(), 0);
}
