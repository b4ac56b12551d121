//! The ways onto the clipboard, with programs that write down what they are given.

use crate::account::{Account, TOLL_FREE};
use crate::screen::{Modes, eventually};
use crate::session::{Program, Session};
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};

/// OSC 52 with the id of the order.
fn osc52() -> String {
    use base64::Engine;
    format!("\x1b]52;c;{}\x1b\\", base64::engine::general_purpose::STANDARD.encode(TOLL_FREE))
}

/// A program of this name that writes its arguments and its input into a file beside it, makes a noise and ends so.
fn program(directory: &Path, name: &str, code: u8) -> PathBuf {
    let taken = directory.join(format!("{name}.taken"));
    let shown = taken.display();
    let script = format!(
        "#!/bin/sh\necho noise; echo noise >&2\n{{ echo \"$*\"; cat; }} > '{shown}.part'\nmv '{shown}.part' '{shown}'\nexit {code}\n"
    );
    let file = directory.join(name);
    std::fs::write(&file, script).unwrap();
    std::fs::set_permissions(&file, std::fs::Permissions::from_mode(0o755)).unwrap();
    taken
}

/// A dashboard on the order, with `programs` first in its path.
fn watching(account: &Account, programs: &Path, variables: &[(&str, &str)]) -> Session {
    let path = format!("{}:/usr/bin:/bin", programs.display());
    let start = |program: Program, (name, value): &(&str, &str)| program.env(name, value);
    let program = account.dashboard().args([TOLL_FREE]).env("PATH", &path);
    let session = variables.iter().fold(program, start).start();
    session.screen.wait_for(&["8/9"]);
    session
}

/// Every byte that the terminal was sent, as text.
fn raw(session: &Session) -> String {
    String::from_utf8_lossy(&session.screen.raw()).into_owned()
}

fn taken(file: &Path) -> String {
    eventually("the program's input", || std::fs::read_to_string(file).ok())
}

#[test]
fn over_ssh_the_terminal_is_asked_and_no_program_is_started() {
    let (account, programs) = (Account::new(), tempfile::tempdir().unwrap());
    let xclip = program(programs.path(), "xclip", 0);
    let variables = [("SSH_TTY", "/dev/pts/9"), ("DISPLAY", "localhost:10.0")];
    let mut session = watching(&account, programs.path(), &variables);
    session.press("c");
    session.screen.wait_for(&["Copied 36 characters by OSC 52."]);
    assert_eq!(raw(&session).matches(&osc52()).count(), 1);
    assert!(!xclip.exists());
    session.press("q");
    assert_eq!(session.exit_code(), 0);
}

#[test]
fn inside_tmux_its_own_command_takes_the_text() {
    let (account, programs) = (Account::new(), tempfile::tempdir().unwrap());
    let tmux = program(programs.path(), "tmux", 0);
    let variables = [("TMUX", "/tmp/tmux-1000/default,1,0"), ("SSH_CONNECTION", "10.0.0.1 1 10.0.0.2 22")];
    let mut session = watching(&account, programs.path(), &variables);
    session.press("c");
    session.screen.wait_for(&["Copied 36 characters by tmux."]);
    assert_eq!(taken(&tmux), format!("load-buffer -w -\n{TOLL_FREE}"));
    assert!(!raw(&session).contains("\x1b]52"));
    session.press("q");
    assert_eq!(session.exit_code(), 0);
}

#[test]
fn a_program_of_this_machine_takes_the_text_and_its_noise_stays_off_the_screen() {
    let (account, programs) = (Account::new(), tempfile::tempdir().unwrap());
    let xclip = program(programs.path(), "xclip", 0);
    let mut session = watching(&account, programs.path(), &[("DISPLAY", ":0")]);
    session.press("y");
    session.screen.wait_for(&["Copy ", "all numbers", "9 numbers"]);
    session.press("all num\r");
    session.screen.wait_for(&["Copied 9 numbers by xclip."]);
    let numbers = (101..110).map(|number| format!("+18335550{number}"));
    let expected = format!("-selection clipboard -in\n{}", numbers.collect::<Vec<_>>().join("\n"));
    assert_eq!(taken(&xclip), expected);
    assert!(!raw(&session).contains("noise"));
    session.press("q");
    assert_eq!(session.exit_code(), 0);
}

#[test]
fn what_fails_gives_way_to_the_next_and_is_told() {
    let (account, programs) = (Account::new(), tempfile::tempdir().unwrap());
    program(programs.path(), "tmux", 1);
    let mut session = watching(&account, programs.path(), &[("TMUX", "/tmp/tmux-1000/default,1,0")]);
    session.press("c");
    session.screen.wait_for(&["Copied 36 characters by OSC 52; tmux did not take it (exit status: 1)."]);
    assert!(raw(&session).contains(&osc52()));
    session.press("q");
    assert_eq!(session.exit_code(), 0);
}

#[test]
fn a_terminal_that_takes_no_text_is_not_asked_and_it_is_said() {
    let (account, programs) = (Account::new(), tempfile::tempdir().unwrap());
    let mut session = watching(&account, programs.path(), &[("TERM", "linux")]);
    session.press("c");
    session.screen.wait_for(&["Not copied: a terminal with TERM=linux takes no text."]);
    assert!(!raw(&session).contains("\x1b]52"));
    session.press("q");
    assert_eq!(session.exit_code(), 0);
}

#[test]
fn what_is_printed_stands_on_the_terminal_itself_and_enter_goes_back() {
    let (account, programs) = (Account::new(), tempfile::tempdir().unwrap());
    let mut session = watching(&account, programs.path(), &[("TERM", "linux")]);
    session.press("y");
    session.screen.wait_for(&["all numbers"]);
    session.press("all num\r");
    session.screen.wait_for(&["Not copied", "P print"]);
    session.press("P");
    let numbers: Vec<_> = (101..110).map(|number| format!("+18335550{number}")).collect();
    let printed = format!("{}\n(9 numbers; enter goes back to chimewatch)", numbers.join("\n"));
    session.screen.wait_for(&["goes back to chimewatch"]);
    assert_eq!(session.screen.text(), printed);
    assert_eq!(session.screen.modes(), Modes::GIVEN_BACK);
    assert!(session.has_its_modes_back());
    session.resize(90, 24);
    session.press("\r");
    session.screen.wait_for(&["8/9"]);
    assert_eq!(session.screen.modes(), Modes::TAKEN);
    session.press("q");
    assert_eq!(session.exit_code(), 0);
    session.screen.wait_for_the_end();
    assert!(session.screen.text().starts_with(&printed), "{}", session.screen.text());
}

#[test]
fn a_printed_text_can_be_left_for_good() {
    let (account, programs) = (Account::new(), tempfile::tempdir().unwrap());
    let mut session = watching(&account, programs.path(), &[]);
    session.press("P");
    session.screen.wait_for(&[TOLL_FREE, "goes back to chimewatch"]);
    session.press("\x03");
    assert_eq!(session.exit_code(), 130);
    session.screen.wait_for_the_end();
    assert_eq!(session.screen.modes(), Modes::GIVEN_BACK);
    assert!(session.screen.text().starts_with(TOLL_FREE));
}

#[test]
fn what_else_was_pasted_where_a_text_is_printed_is_no_key_of_the_dashboard() {
    let (account, programs) = (Account::new(), tempfile::tempdir().unwrap());
    let mut session = watching(&account, programs.path(), &[]);
    session.press("P");
    session.screen.wait_for(&["goes back to chimewatch"]);
    session.press("never mind\rq\rq\r");
    session.screen.wait_for(&["8/9"]);
    session.press("?");
    session.screen.wait_for(&["esc closes"]);
    session.press("\x1b");
    session.screen.wait_without("esc closes");
    session.press("q");
    assert_eq!(session.exit_code(), 0);
}
