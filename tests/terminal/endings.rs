//! Every way out leaves the terminal as it was.

use crate::screen::{Modes, Until, eventually};
use crate::session::{Program, Session};
use rustix::process::Signal;

/// What the empty dashboard says.
const EMPTY: &str = "Nothing watched yet";

fn started(home: &tempfile::TempDir) -> Session {
    let session = Program::chimewatch(home.path()).start();
    session.screen.wait_for(&[EMPTY]);
    assert_eq!(session.screen.modes(), Modes::TAKEN);
    assert!(!session.has_its_modes_back(), "keys are echoed");
    session
}

#[track_caller]
fn assert_given_back(session: &Session) {
    session.screen.wait_for_the_end();
    assert_eq!(session.screen.modes(), Modes::GIVEN_BACK);
    assert!(session.has_its_modes_back());
    let raw = session.screen.raw();
    assert!(raw.ends_with(b"\x1b[?1049l"), "something was written after it");
}

#[test]
fn q_and_ctrl_c_leave_with_0() {
    for key in ["q", "\x03"] {
        let home = tempfile::tempdir().unwrap();
        let mut session = started(&home);
        session.press(key);
        assert_eq!(session.exit_code(), 0);
        assert_given_back(&session);
    }
}

#[test]
fn signals_end_it_with_their_number() {
    let signals = [(Signal::TERM, 143), (Signal::HUP, 129), (Signal::INT, 130), (Signal::QUIT, 131)];
    for (signal, code) in signals {
        let home = tempfile::tempdir().unwrap();
        let mut session = started(&home);
        session.signal(signal);
        assert_eq!(session.exit_code(), code, "{signal:?}");
        assert_given_back(&session);
    }
}

#[test]
fn it_ends_when_its_terminal_is_gone() {
    let home = tempfile::tempdir().unwrap();
    let session = Program::chimewatch(home.path()).start_reading(Until::Shows(EMPTY));
    assert_eq!(session.hang_up(), 129);
}

#[test]
fn it_ends_when_its_terminal_is_gone_and_no_signal_comes() {
    let home = tempfile::tempdir().unwrap();
    let code = home.path().join("code");
    let line = format!("trap '' HUP; {}; echo $? > {}", env!("CARGO_BIN_EXE_chimewatch"), code.display());
    let program = Program::new("/bin/sh", home.path()).args(["-c", &line]);
    assert_eq!(program.start_reading(Until::Shows(EMPTY)).hang_up(), 0);
    assert_eq!(std::fs::read_to_string(code).unwrap(), "129\n");
}

#[test]
fn it_takes_the_terminal_again_when_it_goes_on_after_a_stop_from_outside() {
    let home = tempfile::tempdir().unwrap();
    let mut session = started(&home);
    session.signal(Signal::STOP);
    session.signal(Signal::CONT);
    let entered = |raw: &[u8]| raw.windows(8).filter(|part| part == b"\x1b[?1049h").count();
    eventually("taking it again", || (entered(&session.screen.raw()) == 2).then_some(()));
    session.screen.wait_for(&[EMPTY]);
    assert_eq!(session.screen.modes(), Modes::TAKEN);
    session.press("q");
    assert_eq!(session.exit_code(), 0);
    assert_given_back(&session);
}

#[test]
fn ctrl_z_gives_the_terminal_back_and_fg_takes_it_again() {
    let home = tempfile::tempdir().unwrap();
    let line = format!(
        "set -m; {}; echo stopped; read answer; echo \"got $answer\"; fg >/dev/null; echo \"left with $?\"",
        env!("CARGO_BIN_EXE_chimewatch")
    );
    let mut session = Program::new("/bin/sh", home.path()).args(["-c", &line]).start();
    session.screen.wait_for(&[EMPTY]);
    session.press("\x1a");
    session.screen.wait_for(&["stopped"]);
    assert_eq!(session.screen.modes(), Modes::GIVEN_BACK);
    session.resize(90, 24);
    session.press("a line\r");
    session.screen.wait_for(&[EMPTY]);
    assert_eq!(session.screen.modes(), Modes::TAKEN);
    session.press("q");
    session.screen.wait_for(&["got a line", "left with 0"]);
    assert_eq!(session.exit_code(), 0);
    assert_eq!(session.screen.modes(), Modes::GIVEN_BACK);
}

#[test]
fn ctrl_z_does_nothing_where_no_shell_could_let_it_go_on() {
    let home = tempfile::tempdir().unwrap();
    let mut session = started(&home);
    session.press("\x1a?");
    session.screen.wait_without(EMPTY);
    session.press("\x03");
    assert_eq!(session.exit_code(), 0);
    assert_given_back(&session);
}
