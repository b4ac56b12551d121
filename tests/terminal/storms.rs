//! More of everything than anybody types: sizes, keys.

use crate::account::{Account, PORTLAND, TOLL_FREE};
use crate::screen::eventually;
use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

/// What the rows of the two orders say.
const BOTH: [&str; 4] = ["Partial", "8/9", "Successful", "50/50"];

#[test]
fn a_thousand_sizes_in_a_row_end_in_the_last_one() {
    let account = Account::new();
    let mut session = account.dashboard().args([PORTLAND, TOLL_FREE]).size(100, 30).start();
    session.screen.wait_for(&BOTH);
    let expected = session.screen.text();
    for round in 0..1_000 {
        session.resize(1 + round * 7 % 250, 1 + round * 3 % 80);
    }
    session.resize(100, 30);
    // The minute may have changed meanwhile, and the second of an age: what stands still has to come back.
    let still =
        |text: &str| text.lines().map(|line| line.chars().take(40).collect()).collect::<Vec<String>>();
    eventually("the last size", || (still(&session.screen.text()) == still(&expected)).then_some(()));
    session.press("q");
    assert_eq!(session.exit_code(), 0);
}

/// Every file below a directory.
fn files_below(directory: &Path) -> BTreeSet<PathBuf> {
    let mut files = BTreeSet::new();
    for entry in fs::read_dir(directory).unwrap().flatten() {
        if entry.path().is_dir() {
            files.extend(files_below(&entry.path()));
        } else {
            files.insert(entry.path());
        }
    }
    files
}

#[test]
fn fifty_thousand_keys_in_one_go_are_all_taken_and_touch_no_file_but_ours() {
    let account = Account::new();
    let home = account.home.path().to_owned();
    let mut session = account.dashboard().args([PORTLAND, TOLL_FREE]).start();
    session.screen.wait_for(&BOTH);
    let before = files_below(&home);
    for _ in 0..50 {
        // A key that is held down: too few different ones for a paste.
        session.press(&"j".repeat(1_000));
    }
    session.press("?");
    session.screen.wait_for(&["esc closes"]);
    session.press("\x1b");
    session.screen.wait_without("esc closes");
    session.screen.wait_for(&BOTH);
    session.press("q");
    assert_eq!(session.exit_code(), 0);
    let ours = |file: &PathBuf| file.iter().any(|part| part == "chimewatch");
    let others: Vec<_> = files_below(&home).difference(&before).filter(|file| !ours(file)).cloned().collect();
    assert_eq!(others, Vec::<PathBuf>::new());
}
