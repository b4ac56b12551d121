//! Watchlist files that are edited while the program runs: no key is pressed, and the screen knows.

use crate::account::{Account, PORTLAND, TOLL_FREE};
use crate::screen::eventually;
use std::fs;

#[test]
fn an_edit_of_the_file_is_shown_without_a_key_and_a_mistake_names_its_line_until_it_is_mended() {
    let account = Account::new();
    let path = account.home.path().join("team.toml");
    let one = format!("[[order]]\nid = \"{TOLL_FREE}\"\n");
    let both = format!("{one}\n[[order]]\nid = \"{PORTLAND}\"\n");
    fs::write(&path, &one).unwrap();
    let shown = path.display().to_string();
    let mut session = account.dashboard().args(["-w", &shown]).size(160, 30).start();
    session.screen.wait_for(&["8/9"]);
    fs::write(&path, &both).unwrap();
    session.screen.wait_for(&["team was edited by another hand: 1 order more", "50/50"]);
    fs::write(&path, format!("{both}label = \n")).unwrap();
    session.screen.wait_for(&["team.toml:6", "Shown is the last good copy", "8/9", "50/50"]);
    // As editors do it: a new file in the place of the old one.
    let beside = path.with_file_name("team.toml.new");
    fs::write(&beside, &one).unwrap();
    fs::rename(&beside, &path).unwrap();
    session.screen.wait_for(&["team can be edited again: 1 order less"]);
    session.screen.wait_without("last good copy");
    session.press("q");
    assert_eq!(session.exit_code(), 0);
}

#[test]
fn a_list_that_another_hand_makes_is_a_tab_and_one_that_it_takes_away_is_shown_on() {
    let account = Account::new();
    let lists = account.home.path().join(".local/share/chimewatch/watchlists");
    fs::create_dir_all(&lists).unwrap();
    let spring = format!("[[order]]\nid = \"{TOLL_FREE}\"\n");
    fs::write(lists.join("launch.toml"), &spring).unwrap();
    let mut session = account.dashboard().args(["-w", "launch"]).size(160, 30).start();
    session.screen.wait_for(&["8/9"]);
    fs::write(lists.join("spring.toml"), &spring).unwrap();
    session.screen.wait_for(&["2 spring", "spring is new, with 1 order"]);
    fs::rename(lists.join("launch.toml"), lists.join("summer.toml")).unwrap();
    session.screen.wait_for(&["1 summer", "launch is called summer now"]);
    fs::remove_file(lists.join("summer.toml")).unwrap();
    session.screen.wait_for(&["summer.toml is gone", "8/9"]);
    session.press(":");
    session.screen.wait_for(&["Everything that can be done"]);
    session.press("list-d");
    session.screen.wait_without("list-new");
    session.press("e");
    session.press("\r");
    session.screen.wait_for(&["summer is deleted, with 1 order"]);
    session.screen.wait_without("1 summer");
    session.press("u");
    session.screen.wait_for(&["1 summer", "summer is back, with 1 order"]);
    eventually("the file", || lists.join("summer.toml").exists().then_some(()));
    session.press("q");
    assert_eq!(session.exit_code(), 0);
}
