//! The help of every command and the pages of the manual, as they read.

use crate::machine::Machine;
use chimewatch::cli::Cli;
use chimewatch::cli::facts::EXIT_CODES;
use clap::{Command, CommandFactory};
use std::fs;

/// The words of every command: of chimewatch itself none.
pub(crate) fn commands() -> Vec<Vec<String>> {
    fn below(command: &Command, words: &[String], all: &mut Vec<Vec<String>>) {
        all.push(words.to_vec());
        for next in command.get_subcommands() {
            below(next, &[words, &[next.get_name().to_owned()]].concat(), all);
        }
    }
    let mut all = Vec::new();
    below(&Cli::command(), &[], &mut all);
    all
}

pub(crate) fn named(words: &[String]) -> String {
    ["chimewatch"].into_iter().chain(words.iter().map(String::as_str)).collect::<Vec<_>>().join("-")
}

/// What is a command's own: the options and codes that all have stand with chimewatch itself.
fn own(text: &str, words: &[String], headings: &[&str], is_heading: fn(&str) -> bool) -> String {
    let mut kept = true;
    let mut keeps = |line: &&str| {
        if is_heading(line) {
            kept = words.is_empty() || !headings.contains(line);
        }
        kept
    };
    text.lines().filter(|line| keeps(line)).map(|line| format!("{line}\n")).collect::<Vec<_>>().concat()
}

#[test]
fn every_command_has_its_help() {
    let machine = Machine::new();
    for words in commands() {
        let line: Vec<_> = words.iter().map(String::as_str).chain(["--help"]).collect();
        let ended = machine.run_words(&line, "");
        assert_eq!((ended.code, ended.err.as_str()), (0, ""), "{line:?}");
        assert!(ended.out.contains("\nGlobal options:\n"), "{line:?}");
        let is_heading = |line: &str| line.ends_with(':') && !line.starts_with(' ');
        let own = own(&ended.out, &words, &["Global options:"], is_heading);
        insta::assert_snapshot!(format!("help_{}", named(&words)), own);
    }
}

#[test]
fn every_command_has_its_page_with_the_exit_codes() {
    let machine = Machine::new();
    fs::create_dir(machine.home().join("pages")).unwrap();
    assert_eq!(machine.run("man --into pages").code, 0);
    let mut files: Vec<_> = fs::read_dir(machine.home().join("pages"))
        .unwrap()
        .map(|file| file.unwrap().file_name().into_string().unwrap())
        .collect();
    files.sort_unstable();
    let mut expected: Vec<_> = commands().iter().map(|words| format!("{}.1", named(words))).collect();
    expected.sort_unstable();
    assert_eq!(files, expected);
    for words in commands() {
        let line: Vec<_> = ["man"].into_iter().chain(words.iter().map(String::as_str)).collect();
        let printed = machine.run_words(&line, "");
        assert_eq!((printed.code, printed.err.as_str()), (0, ""), "{line:?}");
        let name = named(&words);
        let written = fs::read_to_string(machine.home().join(format!("pages/{name}.1"))).unwrap();
        assert_eq!(printed.out, written, "{name}");
        for (code, what) in EXIT_CODES {
            let what = what.replace('-', "\\-");
            assert!(written.contains(&format!(".TP\n\\fB{code}\\fR\n{what}\n")), "{name} {code}");
        }
        let common = [".SH \"GLOBAL OPTIONS\"", ".SH EXIT STATUS"];
        let own = own(&written, &words, &common, |line| line.starts_with(".SH"));
        insta::assert_snapshot!(format!("man_{name}"), own);
    }
}

#[test]
fn a_command_that_is_not_there_has_no_page_and_the_near_one_is_named() {
    let machine = Machine::new();
    let ended = machine.run("man watchlist ad");
    assert_eq!(
        (ended.code, ended.out.as_str(), ended.err.as_str()),
        (2, "", "chimewatch: no command is called 'ad'. Did you mean add?\n")
    );
    let ended = machine.run("man --into /nonexistent --output json");
    assert_eq!((ended.code, ended.out.as_str()), (1, ""));
    assert!(ended.err.starts_with("{\"Error\":{\"Code\":\"Output\","), "{}", ended.err);
}

#[test]
fn an_unknown_flag_and_an_unknown_command_name_the_near_one() {
    let machine = Machine::new();
    for (line, near) in [
        ("history --sinse 2d", "'--since'"),
        ("watchlist shwo launch", "'show'"),
        ("doctor --outptu json", "'--output'"),
        (
            "gett",
            "'gett' is no order ID: 1 group instead of 5 (8-4-4-4-12). Nothing was sent. Did you mean the command get?",
        ),
    ] {
        let ended = machine.run(line);
        assert_eq!((ended.code, ended.out.as_str()), (2, ""), "{line}");
        assert!(ended.err.contains(near), "{line}: {}", ended.err);
    }
}

#[test]
fn what_is_the_same_everywhere_is_printed_without_a_home_and_with_a_broken_config_file() {
    let machine = Machine::new();
    let broken = machine.home().join("config.toml");
    fs::write(&broken, "[[[").unwrap();
    for words in [&["completions", "bash"][..], &["man"], &["config"]] {
        let with_broken = [words, &["--config", broken.to_str().unwrap()]].concat();
        let ended = machine.run_words(&with_broken, "");
        assert_eq!((ended.code, ended.err.as_str(), ended.out.is_empty()), (0, "", false), "{words:?}");
        let full =
            machine.command().args(words).stdout(fs::File::create("/dev/full").unwrap()).output().unwrap();
        let err = String::from_utf8(full.stderr).unwrap();
        assert_eq!(full.status.code(), Some(1), "{words:?}");
        assert!(err.starts_with("chimewatch: the answers cannot be written: No space left"), "{err}");
    }
}

#[test]
fn what_cannot_be_written_is_no_success() {
    let machine = Machine::new();
    machine.write_list("launch", "");
    for line in ["watchlist list", "watchlist path", "doctor", "man watchlist"] {
        let mut command = machine.command();
        command.args(line.split_whitespace()).stdout(fs::File::create("/dev/full").unwrap());
        let output = command.output().unwrap();
        let err = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(1), "{line}: {err}");
        assert!(err.starts_with("chimewatch: the answers cannot be written: No space left"), "{line}: {err}");
    }
}

#[test]
fn a_story_that_is_written_down_takes_no_counts() {
    let ended = Machine::new().run("demo --serve --scenario quiet --orders 3");
    let why = "chimewatch: the story quiet has its own orders and numbers; \
               leave out --scenario, or --orders and --numbers\n";
    assert_eq!((ended.code, ended.out.as_str(), ended.err.as_str()), (2, "", why));
}
