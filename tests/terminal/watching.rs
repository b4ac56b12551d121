//! Watching orders, from the first key to the next start.

use crate::account::{Account, PORTLAND, TOLL_FREE};
use crate::screen::eventually;
use crate::session::Program;

/// What the rows of the two orders say.
const BOTH: [&str; 4] = ["Partial", "8/9", "Successful", "50/50"];

#[test]
fn the_first_start_says_how_to_begin() {
    let home = tempfile::tempdir().unwrap();
    let mut session = Program::chimewatch(home.path()).start();
    session.screen.wait_for(&["Nothing watched yet", "paste order IDs", "chimewatch demo"]);
    session.press("q");
    assert_eq!(session.exit_code(), 0);
}

#[test]
fn the_demo_opens_with_what_an_earlier_run_saw_and_leaves_nothing_behind() {
    let home = tempfile::tempdir().unwrap();
    let temporary = home.path().join("tmp");
    std::fs::create_dir(&temporary).unwrap();
    let demo = Program::chimewatch(home.path()).args(["demo"]).env("TMPDIR", temporary.to_str().unwrap());
    let mut session = demo.size(120, 34).start();
    // Nobody has asked for the second list in this run: what its tab tells is history.
    session.screen.wait_for(&["launch !", "2 porting !", "lesson 1 of 6"]);
    session.press("\r");
    session.screen.wait_for(&["lesson 2 of 6", "order 1 of"]);
    session.press("\x03");
    session.screen.wait_for(&["That was signed HTTP to 127.0.0.1", "chimewatch --profile NAME ORDER_ID..."]);
    assert_eq!(session.exit_code(), 0);
    assert_eq!(std::fs::read_dir(temporary).unwrap().count(), 0);
}

#[test]
fn orders_are_asked_for_and_one_opens_and_closes() {
    let account = Account::new();
    let mut session = account.dashboard().args([PORTLAND, TOLL_FREE]).start();
    session.screen.wait_for(&BOTH);
    session.press("\r");
    session.screen.wait_for(&[TOLL_FREE, "Failed 1", "+1 833 555 0105"]);
    session.press("J");
    session.screen.wait_for(&[PORTLAND, "order 2 of 2"]);
    session.press("\x1b");
    session.screen.wait_for(&BOTH);
    session.press("q");
    assert_eq!(session.exit_code(), 0);
}

#[test]
fn what_is_pasted_is_watched_removed_and_brought_back() {
    let account = Account::new();
    let mut session = account.dashboard().start();
    session.screen.wait_for(&["Nothing watched yet"]);
    session.paste(&format!("Toll-free numbers, {TOLL_FREE}\nPortland launch, {PORTLAND}\n"));
    session.screen.wait_for(&["2 IDs found: 2 new"]);
    session.press("\r");
    session.screen.wait_for(&["Toll-free numbers", "Portland launch", "8/9", "50/50"]);
    eventually("saving", || (account.keeps(TOLL_FREE) && account.keeps(PORTLAND)).then_some(()));
    session.press("x");
    session.screen.wait_for(&["Toll-free numbers is watched no longer"]);
    eventually("saving", || (!account.keeps(TOLL_FREE)).then_some(()));
    session.press("u");
    session.screen.wait_for(&["Toll-free numbers is watched again"]);
    eventually("saving", || account.keeps(TOLL_FREE).then_some(()));
    session.press("q");
    assert_eq!(session.exit_code(), 0);
}

#[test]
fn a_long_paste_without_brackets_is_shown_whole_and_fires_no_key() {
    let account = Account::new();
    let mut session = account.dashboard().args([TOLL_FREE]).start();
    session.screen.wait_for(&["8/9"]);
    // Longer than what a terminal holds, and than a batch.
    let lines =
        (0..100).map(|line| format!("Boise port-in {line}, {line:08x}-94c7-4d0f-8a3e-20d5f7b91c04\r"));
    session.press(&(lines.collect::<String>() + "xxq q\r"));
    session.screen.wait_for(&["100 IDs found: 100 new"]);
    session.press("\x1b");
    session.screen.wait_without("100 IDs found");
    session.screen.wait_for(&["8/9"]);
    session.press("q");
    assert_eq!(session.exit_code(), 0);
}

#[test]
fn the_next_start_shows_what_is_known_although_nothing_answers() {
    let account = Account::new();
    let mut session = account.dashboard().args([PORTLAND, TOLL_FREE]).start();
    session.screen.wait_for(&BOTH);
    session.press("q");
    assert_eq!(session.exit_code(), 0);
    account.hangs();
    let mut session = account.dashboard().start();
    session.screen.wait_for(&BOTH);
    session.press("q");
    assert_eq!(session.exit_code(), 0);
}

#[test]
fn keys_work_and_it_can_be_left_while_every_request_hangs() {
    let account = Account::new();
    account.hangs();
    let mut session = account.dashboard().args([PORTLAND]).start();
    account.service.wait_for(crate::screen::PATIENCE, |requests| !requests.is_empty()).unwrap();
    session.press("?");
    session.screen.wait_for(&["esc closes"]);
    session.press("\x1b");
    session.screen.wait_without("esc closes");
    session.press("q");
    assert_eq!(session.exit_code(), 0);
}

#[test]
fn orders_come_from_a_pipe_and_keys_from_the_terminal() {
    let account = Account::new();
    let line = format!(
        "echo 'see {PORTLAND} and {TOLL_FREE}' | {} - --region us-east-1 --endpoint-url {}",
        env!("CARGO_BIN_EXE_chimewatch"),
        account.service.endpoint()
    );
    let mut session = Program::new("/bin/sh", account.home.path()).args(["-c", &line]).start();
    session.screen.wait_for(&BOTH);
    session.press("q");
    assert_eq!(session.exit_code(), 0);
    assert!(session.has_its_modes_back());
}

#[test]
fn every_size_is_drawn_anew() {
    let account = Account::new();
    let mut session = account.dashboard().args([PORTLAND, TOLL_FREE]).start();
    session.screen.wait_for(&BOTH);
    for (width, height) in [(40, 12), (200, 50), (19, 4), (80, 24)] {
        session.resize(width, height);
        let text = if width < 20 { "20x5" } else { "8/9" };
        session.screen.wait_for(&[text]);
        let screen = session.screen.text();
        assert!(screen.lines().all(|line| line.chars().count() <= usize::from(width)), "{screen}");
    }
    session.press("q");
    assert_eq!(session.exit_code(), 0);
}

#[test]
fn a_key_and_a_size_that_come_together_both_count() {
    let home = tempfile::tempdir().unwrap();
    let mut session = Program::chimewatch(home.path()).start();
    for round in 0..20 {
        session.resize(100 + round, 30);
        session.press("?");
        session.screen.wait_for(&["esc closes"]);
        session.press("\x1b");
        session.resize(80, 20 + round);
        session.screen.wait_without("esc closes");
    }
    session.resize(19, 4);
    session.press("?");
    session.screen.wait_for(&["20x5"]);
    session.press("\x03");
    assert_eq!(session.exit_code(), 0);
}

#[test]
fn what_is_copied_goes_to_the_clipboard_of_the_terminal() {
    let account = Account::new();
    let mut session = account.dashboard().args([TOLL_FREE]).start();
    session.screen.wait_for(&["8/9"]);
    session.press("c");
    let copied = chimewatch::alert::copy(TOLL_FREE).unwrap();
    let has_copied = |raw: &[u8]| raw.windows(copied.len()).any(|part| part == copied);
    eventually("copying", || has_copied(&session.screen.raw()).then_some(()));
    session.press("q");
    assert_eq!(session.exit_code(), 0);
}

#[test]
fn the_next_start_opens_the_list_that_was_used_last() {
    let account = Account::new();
    let lists = account.home.path().join(".local/share/chimewatch/watchlists");
    std::fs::create_dir_all(&lists).unwrap();
    for (name, order) in [("launch", PORTLAND), ("later", TOLL_FREE)] {
        std::fs::write(lists.join(format!("{name}.toml")), format!("[[order]]\nid = \"{order}\"\n")).unwrap();
    }
    for arguments in [["-w", "later"].as_slice(), &[]] {
        let mut session = account.dashboard().args(arguments.iter().copied()).start();
        session.screen.wait_for(&["8/9"]);
        session.press("q");
        assert_eq!(session.exit_code(), 0);
    }
}

#[test]
fn filter_sort_columns_and_cursor_survive_the_end_of_the_program() {
    let account = Account::new();
    let mut session = account.dashboard().args([PORTLAND, TOLL_FREE]).start();
    session.screen.wait_for(&BOTH);
    session.press("/");
    session.screen.wait_for(&["enter keeps"]);
    session.press("numbers");
    session.screen.wait_for(&["/numbers"]);
    session.press(">20");
    session.screen.wait_for(&["1 of 2 orders"]);
    session.press("\r");
    session.screen.wait_for(&["1/2", " numbers>20 "]);
    session.screen.wait_without("8/9");
    session.press("\x7f");
    session.screen.wait_for(&["enter keeps", "/numbers>20"]);
    session.press(" stat");
    session.screen.wait_for(&["/numbers>20 stat"]);
    session.press("su:");
    session.screen.wait_for(&["no key is called 'statsu'; status?"]);
    session.press("\x1b");
    session.screen.wait_without("statsu");
    session.press("\x1b");
    session.screen.wait_for(&BOTH);
    session.press("s");
    session.screen.wait_for(&["Sort unsaved by"]);
    session.press("done");
    session.screen.wait_for(&["> done"]);
    session.press("\r");
    session.screen.wait_for(&["Done ↓", "Sorted by done: most first."]);
    session.press(":");
    session.screen.wait_for(&["Everything that can be done"]);
    session.press("column");
    session.screen.wait_for(&[":column"]);
    session.press(" crea");
    session.screen.wait_for(&["when it was created"]);
    session.press("\r");
    session.screen.wait_for(&["The column created is shown."]);
    session.press("G");
    session.press("/");
    session.screen.wait_for(&["enter keeps"]);
    session.press("e");
    session.screen.wait_for(&["/e"]);
    session.press("\r");
    session.screen.wait_for(&["2/2"]);
    session.press("\x03");
    assert_eq!(session.exit_code(), 0);
    let mut session = account.dashboard().start();
    session.screen.wait_for(&["Done ↓", "Created", "2/2"]);
    session.screen.wait_for(&BOTH);
    session.press("\r");
    session.screen.wait_for(&[TOLL_FREE, "order 2 of 2"]);
    session.press("\x03");
    assert_eq!(session.exit_code(), 0);
}
