//! Filters under a name: saved, found again at the next start, set in the config file.

use crate::account::{Account, PORTLAND, TOLL_FREE};
use crate::screen::eventually;
use std::fs;

#[test]
fn a_filter_is_saved_under_a_name_and_chosen_after_the_next_start() {
    let account = Account::new();
    let mut session = account.dashboard().args([PORTLAND, TOLL_FREE]).size(110, 30).start();
    session.screen.wait_for(&["8/9", "50/50"]);
    session.press("/");
    session.screen.wait_for(&["/ filters by name   2 of 2 orders"]);
    session.press("done<99");
    session.screen.wait_without("50/50");
    session.press("\r");
    session.screen.wait_for(&["1/2", "done<99"]);
    session.press("/");
    session.screen.wait_for(&["2 of 2 orders"]);
    session.press("/");
    session.screen.wait_for(&["save done<99 under a name", "failed or partial", "1 order"]);
    session.press("\r");
    session.screen.wait_for(&["Save done<99", "a name, to find it by"]);
    session.press("undone");
    session.press("\r");
    session.screen.wait_for(&["The filter is saved as undone."]);
    session.press("\x1b");
    session.screen.wait_for(&["50/50"]);
    session.press("\x03");
    assert_eq!(session.exit_code(), 0);

    let mut again = account.dashboard().size(110, 30).start();
    again.screen.wait_for(&["8/9", "50/50"]);
    again.press("/");
    again.screen.wait_for(&["2 of 2 orders"]);
    again.press("/");
    again.screen.wait_for(&["undone", "done<99", "Saved here; :delete-filter deletes it."]);
    again.press("\r");
    again.screen.wait_without("50/50");
    again.screen.wait_for(&["1/2", "done<99"]);
    again.press("\x03");
    assert_eq!(again.exit_code(), 0);
}

#[test]
fn a_filter_of_the_config_file_is_found_by_its_name_and_a_mistake_is_named_with_its_line() {
    let account = Account::new();
    let config = account.home.path().join(".config/chimewatch");
    fs::create_dir_all(&config).unwrap();
    let said = "[filters]\nlate = \"age>30d\"\n\"not yet\" = \"status:parial\"\n";
    fs::write(config.join("config.toml"), said).unwrap();
    let mut session = account.dashboard().args([PORTLAND, TOLL_FREE]).size(140, 30).start();
    session.screen.wait_for(&["config.toml:3 not yet: no state is called 'parial'; partial?"]);
    session.press(":");
    session.screen.wait_for(&["Everything that can be done"]);
    session.press("filters");
    session.screen.wait_for(&[":filters"]);
    session.press("\r");
    session.screen.wait_for(&["late", "age>30d", "not yet", "wrong", "config.toml:2: it is changed there."]);
    session.press("\x03");
    assert_eq!(session.exit_code(), 0);
    let kept = eventually("the file", || fs::read_to_string(config.join("config.toml")).ok());
    assert_eq!(kept, said);
}
