//! The bell, the title of the window, the mouse, and numbers that others may not read.

use crate::account::{Account, PORTLAND, TOLL_FREE};
use crate::screen::{Modes, eventually};
use crate::session::{Program, Session};
use rustix::process::Signal;

fn count(session: &Session, bytes: &[u8]) -> usize {
    session.screen.raw().windows(bytes.len()).filter(|part| *part == bytes).count()
}

#[track_caller]
fn wait_for_bytes(session: &Session, bytes: &[u8]) {
    let what = String::from_utf8_lossy(bytes).into_owned();
    eventually(&what, || (count(session, bytes) > 0).then_some(()));
}

/// The demo at a pace at which orders are settled within a test.
fn fast_demo(home: &tempfile::TempDir) -> Session {
    let arguments = ["demo", "--orders", "3", "--numbers", "4", "--speed", "400"];
    Program::chimewatch(home.path()).args(arguments).size(120, 34).start()
}

#[test]
fn the_bell_rings_for_what_happens_and_not_for_what_was_so() {
    let account = Account::new();
    let mut session = account.dashboard().args([PORTLAND, TOLL_FREE]).start();
    session.screen.wait_for(&["Partial", "8/9", "Successful"]);
    session.press("q");
    assert_eq!(session.exit_code(), 0);
    session.screen.wait_for_the_end();
    assert_eq!(count(&session, b"\x07"), 0);

    let home = tempfile::tempdir().unwrap();
    let mut session = fast_demo(&home);
    wait_for_bytes(&session, b"\x07");
    session.press("\x03");
    assert_eq!(session.exit_code(), 0);
}

#[test]
fn the_title_tells_the_sums_and_is_given_back() {
    for end in ["q", "kill", "stop"] {
        let account = Account::new();
        let mut session = account.dashboard().args([PORTLAND, TOLL_FREE]).start();
        session.screen.wait_for(&["8/9", "50/50"]);
        wait_for_bytes(&session, b"\x1b]2;chimewatch: 58/59 acquired, 1 failed, 1 needs you\x1b\\");
        assert_eq!(count(&session, b"\x1b[22;2t"), 1);
        match end {
            "q" => session.press("q"),
            "kill" => session.signal(Signal::TERM),
            _ => {
                session.signal(Signal::STOP);
                session.signal(Signal::CONT);
                eventually("taking it again", || (count(&session, b"\x1b[22;2t") == 2).then_some(()));
                let title = b"\x1b]2;chimewatch: 58/59";
                eventually("the title again", || (count(&session, title) >= 2).then_some(()));
                session.press("q");
            }
        }
        session.exit_code();
        session.screen.wait_for_the_end();
        assert_eq!(count(&session, b"\x1b[22;2t"), count(&session, b"\x1b[23;2t"), "{end}");
        assert_eq!(session.screen.modes(), Modes::GIVEN_BACK);
    }
}

#[test]
fn the_mouse_is_the_terminals_until_it_is_asked_for() {
    let account = Account::new();
    let mut session = account.dashboard().args([PORTLAND, TOLL_FREE]).start();
    session.screen.wait_for(&["8/9", "50/50"]);
    assert_eq!(count(&session, b"\x1b[?1000h"), 0);
    session.press(":mouse\r");
    session.screen.wait_for(&["shift-drag selects text"]);
    wait_for_bytes(&session, b"\x1b[?1000h\x1b[?1006h");
    let screen = session.screen.text();
    let line = 1 + screen.lines().position(|line| line.contains("50/50")).unwrap();
    // A press and its release: the first click puts the cursor there, the second one opens.
    let click = format!("\x1b[<0;10;{line}M\x1b[<0;10;{line}m");
    session.press(&click);
    session.press(&click);
    session.screen.wait_for(&[PORTLAND, "order 2 of 2"]);
    // The wheel leaves the head of an order with 50 numbers.
    session.press("\x1b[<65;10;10M");
    session.press("\x1b[<64;10;10M");
    session.press("\x1b");
    session.screen.wait_for(&["8/9", "50/50"]);
    session.press(":mouse\r");
    session.screen.wait_for(&["The mouse selects text again."]);
    wait_for_bytes(&session, b"\x1b[?1006l\x1b[?1000l");
    session.press(":mouse\r");
    session.screen.wait_for(&["shift-drag selects text"]);
    session.signal(Signal::TERM);
    assert_eq!(session.exit_code(), 143);
    session.screen.wait_for_the_end();
    let raw = session.screen.raw();
    let last = |bytes: &[u8]| raw.windows(bytes.len()).rposition(|part| part == bytes);
    assert!(last(b"\x1b[?1000l") > last(b"\x1b[?1000h"), "the mouse is left captured");
}

#[test]
fn a_click_on_the_head_of_a_column_sorts_by_it() {
    let account = Account::new();
    let mut session = account.dashboard().args([PORTLAND, TOLL_FREE]).start();
    session.screen.wait_for(&["8/9", "50/50"]);
    session.press(":mouse\r");
    wait_for_bytes(&session, b"\x1b[?1000h\x1b[?1006h");
    session.screen.wait_for(&["shift-drag selects text"]);
    let screen = session.screen.text();
    let head = |title: &str| {
        let find = |(line, text): (usize, &str)| Some((line, text.get(..text.find(title)?)?.chars().count()));
        let (line, column) = screen.lines().enumerate().find_map(find).unwrap();
        format!("\x1b[<0;{x};{y}M\x1b[<0;{x};{y}m", x = column + 1, y = line + 1)
    };
    for (click, says) in [
        (head("Done"), "Sorted by done: most first."),
        (head("Done"), "Sorted by done: least first."),
        (head("Order "), "Sorted by name: A first."),
    ] {
        session.press(&click);
        session.screen.wait_for(&[says]);
    }
    session.press("q");
    assert_eq!(session.exit_code(), 0);
}

#[test]
fn masked_numbers_are_masked_on_every_screen_and_after_the_next_start() {
    let account = Account::new();
    let mut session = account.dashboard().args([PORTLAND, TOLL_FREE]).start();
    session.screen.wait_for(&["8/9", "+1 833 555 01"]);
    session.press(":");
    session.screen.wait_for(&["Everything that can be done"]);
    session.press("priva");
    session.screen.wait_for(&["mask phone numbers"]);
    session.press("\r");
    session.screen.wait_for(&["Phone numbers are masked."]);
    for (keys, shows) in [
        ("\r", "Failed 1"),
        ("f", "failed numbers"),
        ("ff", "all numbers"),
        ("\x1b", "Acquired 8"),
        ("\x1b", "50/50"),
    ] {
        session.press(keys);
        session.screen.wait_for(&[shows]);
        assert_masked(&session);
    }
    session.press("q");
    assert_eq!(session.exit_code(), 0);
    let mut session = account.dashboard().start();
    session.screen.wait_for(&["8/9", "numbers masked"]);
    assert_masked(&session);
    session.press("q");
    assert_eq!(session.exit_code(), 0);
}

/// No digit of a number but its area and its last two: in this account they are all +1 833 555 01.. and +1 971 555 01..
#[track_caller]
fn assert_masked(session: &Session) {
    let screen = session.screen.text();
    let text = screen.replace(TOLL_FREE, "").replace(PORTLAND, "");
    assert!(!text.contains("555") && !text.contains(" 01"), "a number can be read:\n{screen}");
    for number in text.split("+1 ").skip(1) {
        assert!(number.get(3..).is_some_and(|rest| rest.starts_with(" *** **")), "{number}:\n{screen}");
    }
}
