//! Themes on a terminal: a change repaints, and where no colour is wanted none is sent.

use crate::session::Program;

/// Any command that sets a colour: 30 to 49, 90 to 107, in whatever company.
fn colours(raw: &[u8]) -> Vec<String> {
    let text = String::from_utf8_lossy(raw);
    let commands = text.split("\x1b[").skip(1).filter_map(|rest| {
        let end = rest.find(|byte: char| !byte.is_ascii_digit() && byte != ';')?;
        let (codes, command) = rest.split_at(end);
        command.starts_with('m').then(|| codes.to_owned())
    });
    let sets_colour = |command: &String| {
        let codes = command.split(';').filter_map(|code| code.parse::<u8>().ok());
        codes.into_iter().any(|code| matches!(code, 30..=38 | 40..=48 | 90..=107))
    };
    commands.filter(sets_colour).collect()
}

#[test]
fn a_theme_is_switched_live_and_is_there_at_the_next_start() {
    let home = tempfile::tempdir().unwrap();
    let mut session = Program::chimewatch(home.path()).start();
    session.screen.wait_for(&["Nothing watched yet"]);
    assert!(!colours(&session.screen.raw()).iter().any(|command| command.contains("48;5;16")));
    session.press(":");
    session.screen.wait_for(&["Everything that can be done"]);
    // In two parts: so many letters at once are a paste.
    session.press("theme");
    session.screen.wait_for(&[":theme"]);
    session.press(" high");
    session.screen.wait_for(&["theme high-contrast"]);
    session.press("\r");
    session.screen.wait_for(&["The theme is high-contrast."]);
    assert!(colours(&session.screen.raw()).iter().any(|command| command.contains("48;5;16")));
    session.press("\x03");
    assert_eq!(session.exit_code(), 0);

    let again = Program::chimewatch(home.path()).start();
    again.screen.wait_for(&["Nothing watched yet"]);
    assert!(colours(&again.screen.raw()).iter().any(|command| command.contains("48;5;16")));
}

#[test]
fn without_colours_no_command_for_one_is_sent_whatever_theme_is_asked_for() {
    let cases = [
        (("NO_COLOR", "1"), "--theme high-contrast demo --seed 1"),
        (("TERM", "dumb"), "--theme dark demo --seed 1"),
        (("COLORTERM", "truecolor"), "--color never --theme light demo --seed 1"),
    ];
    for ((name, value), arguments) in cases {
        let home = tempfile::tempdir().unwrap();
        let program = Program::chimewatch(home.path()).args(arguments.split(' '));
        let mut session = program.env(name, value).start();
        if name == "TERM" {
            // There is no dashboard on such a terminal, and so nothing to colour.
            assert_ne!(session.exit_code(), 0);
        } else {
            session.screen.wait_for(&["need you"]);
            session.press("\x03");
            session.exit_code();
        }
        assert_eq!(colours(&session.screen.raw()), <[String; 0]>::default(), "{name}={value}");
    }
}

#[test]
fn a_mistake_in_a_theme_is_named_with_its_line_and_the_rest_of_the_theme_counts() {
    let home = tempfile::tempdir().unwrap();
    let themes = home.path().join(".config/chimewatch/themes");
    std::fs::create_dir_all(&themes).unwrap();
    std::fs::write(themes.join("mine.toml"), "key = { fg = 199 }\nneed = { fg = \"bluee\" }\n").unwrap();
    let mut session = Program::chimewatch(home.path()).args(["--theme", "mine"]).size(140, 30).start();
    session.screen.wait_for(&["themes/mine.toml:2 there is no colour 'bluee': blue"]);
    assert!(colours(&session.screen.raw()).iter().any(|command| command.contains("38;5;199")));
    session.press("\x03");
    session.exit_code();
}
