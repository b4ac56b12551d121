//! A watchlist file that does not parse, as after a slip in an editor.

use crate::account::{Account, PORTLAND, TOLL_FREE};
use crate::screen::eventually;
use std::fs;

#[test]
fn the_last_good_copy_is_shown_the_file_is_left_alone_and_edits_resume_when_it_is_mended() {
    let account = Account::new();
    let path = account.home.path().join("team.toml");
    let good = format!("[[order]]\nid = \"{TOLL_FREE}\"\n\n[[order]]\nid = \"{PORTLAND}\"\n");
    let broken = format!("{good}label = \n");
    let shown = path.display().to_string();
    let open = || account.dashboard().args(["-w", &shown]).size(160, 30).start();
    fs::write(&path, &good).unwrap();
    let mut session = open();
    session.screen.wait_for(&["8/9", "50/50"]);
    session.press("q");
    assert_eq!(session.exit_code(), 0);
    fs::write(&path, &broken).unwrap();
    let mut session = open();
    session.screen.wait_for(&["team.toml:6", "Shown is the last good copy", "8/9", "50/50"]);
    session.press("x");
    session.screen.wait_for(&["can be edited when its file is mended"]);
    assert_eq!(fs::read_to_string(&path).unwrap(), broken);
    // It is read again by itself: a key that came after that would say something newer.
    fs::write(&path, &good).unwrap();
    session.screen.wait_for(&["team can be edited again"]);
    session.press("x");
    session.screen.wait_for(&["is watched no longer"]);
    eventually("saving", || (!fs::read_to_string(&path).unwrap().contains(TOLL_FREE)).then_some(()));
    session.press("q");
    assert_eq!(session.exit_code(), 0);
}

#[test]
fn several_mistakes_in_the_settings_are_each_told_with_their_lines_at_the_end() {
    let account = Account::new();
    let config = account.home.path().join(".config/chimewatch");
    fs::create_dir_all(&config).unwrap();
    fs::write(config.join("config.toml"), "rates = 3\n").unwrap();
    fs::write(config.join("keymap.toml"), "\npuase = ['P']\n").unwrap();
    let mut session = account.dashboard().args([TOLL_FREE]).size(160, 30).start();
    session.screen.wait_for(&["8/9", "(1 more, all told at the end)"]);
    session.press("q");
    assert_eq!(session.exit_code(), 0);
    session
        .screen
        .wait_for(&["config.toml:1 there is no key 'rates'", "keymap.toml:2 there is no action 'puase'"]);
}
