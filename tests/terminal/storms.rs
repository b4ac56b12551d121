//! More of everything than anybody types: sizes, keys, texts.

use crate::account::{Account, PORTLAND, TOLL_FREE};
use crate::screen::eventually;
use crate::session::{Program, Session};
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

/// So many orders, a line each, and no shorter than so many bytes.
fn orders(count: usize, bytes: usize) -> String {
    let filler = ".".repeat((bytes / count).saturating_sub(40));
    let line = |order| format!("{order:08x}-94c7-4d0f-8a3e-20d5f7b91c04 {filler}\n");
    let mut text: String = (0..count).map(line).collect();
    text.extend(std::iter::repeat_n('.', bytes.saturating_sub(text.len())));
    text
}

#[test]
fn a_mebibyte_with_ten_thousand_orders_is_shown_and_left() {
    let account = Account::new();
    let mut session = account.dashboard().args([PORTLAND, TOLL_FREE]).start();
    session.screen.wait_for(&BOTH);
    session.paste(&orders(10_000, 1 << 20));
    session.screen.wait_for(&["10,000 IDs found: 10,000 new.", "00000000-94c7-4d0f-8a3e-20d5f7b91c04"]);
    session.press("\x1b");
    session.screen.wait_without("10,000 IDs found");
    session.screen.wait_for(&BOTH);
    session.press("?");
    session.screen.wait_for(&["esc closes"]);
    session.press("\x1b");
    session.screen.wait_without("esc closes");
    session.press("q");
    assert_eq!(session.exit_code(), 0);
    assert!(!account.keeps("00000000-94c7-4d0f-8a3e-20d5f7b91c04"));
}

/// The dashboard, with a text on its standard input.
fn piped(account: &Account, text: &str) -> Session {
    let file = account.home.path().join("orders.txt");
    fs::write(&file, text).unwrap();
    let line = format!(
        "cat {} | {} - --region us-east-1 --endpoint-url {}",
        file.display(),
        env!("CARGO_BIN_EXE_chimewatch"),
        account.service.endpoint()
    );
    Program::new("/bin/sh", account.home.path()).args(["-c", &line]).start()
}

#[test]
fn ten_megabytes_on_standard_input_with_ten_thousand_orders_are_taken() {
    let account = Account::new();
    let mut session = piped(&account, &orders(10_000, 10 << 20));
    session.screen.wait_for(&["unsaved", "00000000"]);
    session.press("?");
    session.screen.wait_for(&["esc closes"]);
    session.press("\x03");
    assert_eq!(session.exit_code(), 0);
    assert!(account.keeps("0000270f-94c7-4d0f-8a3e-20d5f7b91c04"));
}

#[test]
fn more_on_standard_input_is_refused_in_a_sentence() {
    let account = Account::new();
    for (text, sentence) in [
        (orders(10_000, (10 << 20) + 1), "standard input is longer than 10 MB."),
        (orders(10_001, 1 << 20), "standard input holds 10,001 order IDs, and 10,000 are read at once."),
    ] {
        let mut session = piped(&account, &text);
        assert_eq!(session.exit_code(), 2, "{sentence}");
        session.screen.wait_for(&[sentence]);
        assert!(session.has_its_modes_back());
        assert!(!account.unsaved().exists());
    }
}
