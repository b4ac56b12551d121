//! A panic anywhere gives the terminal back before it is reported. There is no way to make the product panic: this
//! test program does so itself, on the very terminal and with the very hook that the dashboard has.

use crate::screen::Modes;
use crate::session::Program;
use chimewatch::runtime::screen::Screen;
use chimewatch::runtime::{signals, terminal};
use std::thread;

#[test]
fn a_panic_on_any_thread_gives_the_terminal_back_then_is_reported_and_ends_with_101() {
    let home = tempfile::tempdir().unwrap();
    let program = Program::new(std::env::current_exe().unwrap(), home.path());
    let test = "panics::panic_on_a_thread";
    let mut session = program.args(["--ignored", "--exact", "--nocapture", test]).start();
    assert_eq!(session.exit_code(), 101);
    session.screen.wait_for_the_end();
    assert_eq!(session.screen.modes(), Modes::GIVEN_BACK);
    assert!(session.has_its_modes_back());
    let raw = String::from_utf8(session.screen.raw()).unwrap();
    let (shown, reported) = raw.split_once("\x1b[?1049l").unwrap();
    assert!(shown.contains("\x1b[?1049h\x1b[?25l\x1b[?2004h"), "{raw:?}");
    assert!(reported.contains("a thread that fails"), "{raw:?}");
}

#[test]
#[ignore = "a program for the test above"]
fn panic_on_a_thread() {
    terminal::check(Some("xterm")).unwrap();
    signals::end_on_panic();
    let (report, reports) = std::sync::mpsc::channel();
    let screen = Screen::start(move |told| report.send(told).unwrap()).unwrap();
    terminal::take().unwrap();
    screen.write(terminal::ENTER);
    if !screen.is_free() {
        reports.recv().unwrap();
    }
    let failing = thread::spawn(|| panic!("a thread that fails"));
    // The hook ends the process; nothing comes back.
    let _ = failing.join();
    thread::park();
}
