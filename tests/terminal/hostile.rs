//! Text from other hands: whatever files and arguments hold, no byte of it makes the terminal do anything.

use crate::account::{Account, PORTLAND, TOLL_FREE};
use crate::corpus;
use crate::session::Program;
use std::fs;

/// A title, a clipboard, a colour, a return to the left, a line separator, an order of writing, no width, marks.
const HOSTILE: &str = "a\x1b]0;title\x07\x1b]52;c;aGk=\x07\x1b[31m\r\u{9b}2J\u{2028}\u{202e}\u{200d}\u{e000}e\u{301}\u{301}\u{301}\u{301}\
                       \u{301}\u{301}\u{301}\u{301}\u{301}\u{301}\u{301}\u{301}";

/// What is left of an output without the escape sequences that a dashboard has reason to send.
fn beside_our_own(raw: &[u8]) -> String {
    let text = String::from_utf8(raw.to_vec()).unwrap();
    let mut parts = text.split('\x1b');
    let mut rest = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        // Our title is made of sums and ends where the next sequence begins.
        if let Some(title) = part.strip_prefix("]2;chimewatch") {
            let is_ours = title.chars().all(|c| c.is_ascii_alphanumeric() || ":/, ".contains(c));
            assert!(is_ours, "{part:?}");
            continue;
        }
        if let Some(after) = part.strip_prefix('\\') {
            rest.push_str(after);
            continue;
        }
        let end = part.find(|character: char| character.is_ascii_alphabetic());
        let (sequence, after) = part.split_at(end.map_or(0, |end| end + 1));
        let parameters = sequence.strip_prefix('[').map(|sequence| sequence.split_at(sequence.len() - 1));
        let is_ours = match parameters {
            Some((parameters, "H" | "m")) => parameters.bytes().all(|byte| b"0123456789;".contains(&byte)),
            Some((parameters, "J")) => parameters == "2",
            Some((parameters, "t")) => ["22;2", "23;2"].contains(&parameters),
            Some((mode, "h" | "l")) => ["?25", "?1000", "?1006", "?1049", "?2004", "?2026"].contains(&mode),
            _ => false,
        };
        assert!(is_ours, "{part:?}");
        rest.push_str(after);
    }
    rest
}

#[track_caller]
fn assert_harmless(raw: &[u8]) {
    // The terminal itself turns the end of a line into these two: of an error, or of what a slow disk still saves.
    let text = beside_our_own(raw).replace("\r\n", "");
    let is_hostile =
        |character: char| character.is_control() || "\u{2028}\u{202e}\u{200d}\u{e000}".contains(character);
    assert!(!text.contains(is_hostile), "{text:?}");
    assert!(!text.contains(&"\u{301}".repeat(9)), "{text:?}");
}

/// A text as TOML takes it whatever it holds.
fn escaped(text: &str) -> String {
    text.chars()
        .fold(String::new(), |escaped, character| escaped + &format!("\\U{:08X}", u32::from(character)))
}

fn watchlist(profile: &str, region: &str) -> String {
    let quoted = |text: &str| format!("\"{}\"", escaped(text));
    let head = format!("profile = {}\nregion = {}\n", quoted(profile), quoted(region));
    let orders = [PORTLAND, TOLL_FREE].map(|id| {
        format!("[[order]]\nid = \"{id}\"\nlabel = {}\nnote = {}\n", quoted(HOSTILE), quoted(HOSTILE))
    });
    head + &orders.concat()
}

#[test]
fn a_watchlist_from_another_hand_shows_its_text_and_does_nothing() {
    let account = Account::new();
    let lists = account.home.path().join(".local/share/chimewatch/watchlists");
    fs::create_dir_all(&lists).unwrap();
    let name = "x\x1b[31m\u{202e}y";
    fs::write(lists.join("one.toml"), watchlist("default", "us-east-1")).unwrap();
    fs::write(lists.join(format!("{name}.toml")), watchlist(HOSTILE, HOSTILE)).unwrap();
    fs::write(lists.join("broken\x1b[31m.toml"), "a = \x1b[31m\u{202e}\n").unwrap();
    for (list, shows) in
        [("one", "8/9"), (name, "There is no profile"), ("broken\x1b[31m", "broken\\u{1b}[31m.toml:1")]
    {
        let mut session = account.dashboard().args(["-w", list]).start();
        session.screen.wait_for(&[shows]);
        // The order screen and back, the numbers and back, the help.
        session.press("\rhfh?");
        session.screen.wait_for(&["esc closes"]);
        session.press("\x03");
        assert_eq!(session.exit_code(), 0);
        session.screen.wait_for_the_end();
        assert_harmless(&session.screen.raw());
    }
}

#[test]
fn five_hundred_hostile_labels_are_scrolled_past_and_do_nothing() {
    let account = Account::new();
    let lists = account.home.path().join(".local/share/chimewatch/watchlists");
    fs::create_dir_all(&lists).unwrap();
    let texts = corpus::texts();
    let orders = (0..).zip(&texts).map(|(index, text): (u32, _)| {
        format!(
            "[[order]]\nid = \"{index:08x}-94c7-4d0f-8a3e-20d5f7b91c04\"\nlabel = \"{}\"\n",
            escaped(text)
        )
    });
    fs::write(lists.join("hostile.toml"), orders.collect::<String>()).unwrap();
    account.hangs();
    let mut session = account.dashboard().args(["-w", "hostile", "--rate", "0.1"]).size(120, 40).start();
    session.screen.wait_for(&["1 hostile"]);
    let last = format!("{} of {}", texts.len(), texts.len());
    for line in (30..texts.len()).step_by(30) {
        session.press("\x06");
        session.screen.wait_for(&[&format!("{} of {}", line + 1, texts.len())]);
    }
    session.press("G");
    session.screen.wait_for(&[&last]);
    session.press("\x03");
    assert_eq!(session.exit_code(), 0);
    session.screen.wait_for_the_end();
    assert_harmless(&session.screen.raw());
}

#[test]
fn what_was_typed_is_named_and_does_nothing() {
    for arguments in
        [["-w", HOSTILE], ["--region", HOSTILE], ["--endpoint-url", HOSTILE], ["--config", HOSTILE]]
    {
        let home = tempfile::tempdir().unwrap();
        let mut session = Program::chimewatch(home.path()).args(arguments).start();
        assert_eq!(session.exit_code(), 2, "{arguments:?}");
        session.screen.wait_for_the_end();
        assert_harmless(&session.screen.raw());
    }
}
