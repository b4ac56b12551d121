//! Where there is no dashboard: it says why, and what to do instead.

use crate::screen::Modes;
use crate::session::Program;
use std::process::{Command, Stdio};

fn home() -> tempfile::TempDir {
    tempfile::tempdir().unwrap()
}

#[test]
fn without_a_screen_it_ends_with_2_and_names_the_way_without_one() {
    let home = home();
    let output = Command::new(env!("CARGO_BIN_EXE_chimewatch"))
        .env_clear()
        .env("HOME", home.path())
        .env("TERM", "xterm")
        .stdin(Stdio::null())
        .output()
        .unwrap();
    let said = String::from_utf8(output.stderr).unwrap();
    assert_eq!((output.status.code(), output.stdout.as_slice()), (Some(2), b"".as_slice()));
    assert_eq!(
        said,
        "chimewatch: standard output is no terminal, and the dashboard needs one. For one answer without a screen: \
         chimewatch get ORDER_ID...\n"
    );
}

#[test]
fn a_terminal_that_can_do_nothing_is_refused() {
    for term in ["dumb", ""] {
        let home = home();
        let mut session = Program::chimewatch(home.path()).env("TERM", term).start();
        assert_eq!(session.exit_code(), 2, "TERM={term}");
        session.screen.wait_for(&["chimewatch: TERM is ", "chimewatch get ORDER_ID"]);
        assert_eq!(session.screen.modes(), Modes::GIVEN_BACK);
        assert!(session.has_its_modes_back());
    }
}

#[test]
fn what_is_no_order_id_is_named_and_nothing_is_opened() {
    let home = home();
    let mut session = Program::chimewatch(home.path()).args(["3f2a91c0-77aa"]).start();
    assert_eq!(session.exit_code(), 2);
    session.screen.wait_for(&["'3f2a91c0-77aa' is no order ID: 2 groups instead of 5"]);
    assert_eq!(std::fs::read_dir(home.path()).unwrap().count(), 0);
}

#[test]
fn an_unknown_watchlist_is_answered_with_the_near_names() {
    let home = home();
    let lists = home.path().join(".local/share/chimewatch/watchlists");
    std::fs::create_dir_all(&lists).unwrap();
    std::fs::write(lists.join("launch.toml"), "").unwrap();
    let mut session = Program::chimewatch(home.path()).args(["-w", "lanch"]).start();
    assert_eq!(session.exit_code(), 2);
    session.screen.wait_for(&["No watchlist is called 'lanch'", "launch"]);
    assert_eq!(session.screen.modes(), Modes::GIVEN_BACK);
}

#[test]
fn text_with_orders_can_be_typed_where_nothing_is_piped() {
    let home = home();
    let mut session = Program::chimewatch(home.path()).args(["-"]).start();
    session.screen.wait_for(&["Paste text that holds order IDs, then press Enter and Ctrl-D."]);
    session.press("Boise 3f2a91c0-77aa-4e0b-9a55-0d1f5e2bc01d\n\x04");
    session.screen.wait_for(&["Boise", "No credentials for profile default"]);
    session.press("q");
    assert_eq!(session.exit_code(), 0);
    assert!(session.has_its_modes_back());
}

#[test]
fn piped_text_without_an_order_is_told() {
    let home = home();
    let line = format!("echo 'nothing in here' | {} -", env!("CARGO_BIN_EXE_chimewatch"));
    let mut session = Program::new("/bin/sh", home.path()).args(["-c", &line]).start();
    assert_eq!(session.exit_code(), 2);
    session.screen.wait_for(&["No order ID in those 16 characters: 'nothing in here'."]);
}
