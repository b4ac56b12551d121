//! `chimewatch completions`, and what its scripts ask.

use crate::machine::Machine;
use std::fs;
use std::io::{ErrorKind, Write};
use std::path::Path;
use std::process::{Command, Output};

const A: &str = "3f2a91c0-77aa-4e0b-9a55-0d1f5e2bc01d";
const B: &str = "7d05c2ee-8a41-4f63-b1d9-0c6e3a5f9b27";

/// What bash does when somebody presses tab behind these words.
const TAB: &str = r#"
tab() {
    COMP_WORDS=("$@") COMP_CWORD=$(($# - 1)) COMP_TYPE=9 COMPREPLY=()
    local registered=$(complete -p chimewatch)
    [[ $registered =~ -F\ ([a-z_]+) ]] && "${BASH_REMATCH[1]}" chimewatch "${COMP_WORDS[COMP_CWORD]}"
    printf '%s\n' "${COMPREPLY[@]}"
}
"#;

fn machine() -> Machine {
    let machine = Machine::new();
    fs::create_dir(machine.home().join(".aws")).unwrap();
    let config = "[default]\nregion = us-east-1\n[profile prod]\n[profile pre-prod]\n";
    fs::write(machine.home().join(".aws/config"), config).unwrap();
    machine.write_list("launch", &format!("[[order]]\nid = \"{A}\"\nlabel = \"Seattle: launch\"\n"));
    machine.write_list("port ins", &format!("[[order]]\nid = \"{A}\"\n[[order]]\nid = \"{B}\"\n"));
    fs::write(machine.home().join("team.toml"), "").unwrap();
    machine
}

/// Runs a shell that finds the program by its name; none where the shell is not there.
fn shell(machine: &Machine, shell: &str, arguments: &[&str]) -> Option<Output> {
    let program = Path::new(env!("CARGO_BIN_EXE_chimewatch")).parent().unwrap();
    let path = format!("{}:/usr/local/bin:/usr/bin:/bin", program.display());
    let mut command = Command::new(shell);
    command.args(arguments).env_clear().env("PATH", path).env("HOME", machine.home());
    command.env("AWS_EC2_METADATA_DISABLED", "true").current_dir(machine.home());
    match command.output() {
        Ok(output) => Some(output),
        Err(error) if error.kind() == ErrorKind::NotFound => {
            // Whoever reads the output of the tests should know.
            let _ = writeln!(std::io::stderr(), "{shell} is not installed: its script is not tried");
            None
        }
        Err(error) => panic!("{shell}: {error}"),
    }
}

#[test]
fn bash_completes_what_there_is_at_the_moment() {
    let machine = machine();
    let cases: [(&[&str], &[&str]); 12] = [
        (&["--profile", "pr"], &["pre-prod", "prod"]),
        (&["get", "--profile", "prod", "--region", "us-"], &["us-east-1", "us-west-2"]),
        (&["-w", ""], &["launch", "port\\ ins"]),
        (&["-w", "./t"], &["./team.toml"]),
        (&["history", "--watchlist", "la"], &["launch"]),
        (&["watchlist", "re"], &["remove", "rename"]),
        (&["watchlist", "show", "p"], &["port\\ ins"]),
        (&["watchlist", "remove", "launch", "7"], &[B]),
        (&["get", "3"], &[A]),
        (&["3"], &[A]),
        (&["--output", ""], &["table", "json"]),
        (&["demo", "--scenario", "q"], &["quiet"]),
    ];
    for (words, expected) in cases {
        let quoted: Vec<String> = words.iter().map(|word| format!("'{word}'")).collect();
        let script =
            format!("source <(chimewatch completions bash)\n{TAB}\ntab chimewatch {}", quoted.join(" "));
        let output = shell(&machine, "bash", &["--norc", "-c", &script]).unwrap();
        let out = String::from_utf8(output.stdout).unwrap();
        let err = String::from_utf8(output.stderr).unwrap();
        assert_eq!((out.lines().collect::<Vec<_>>(), err.as_str()), (expected.to_vec(), ""), "{words:?}");
    }
}

/// What the program answers to a script.
fn asked(machine: &Machine, shell: &str, words: &[&str]) -> (Option<i32>, String) {
    let mut command = machine.command();
    command.env("_CHIMEWATCH_COMPLETE", shell).arg("--").arg("chimewatch").args(words);
    command.env("_CLAP_COMPLETE_INDEX", words.len().to_string()).env("_CLAP_IFS", "\n");
    let output = command.output().unwrap();
    assert_eq!(output.stderr, b"");
    (output.status.code(), String::from_utf8(output.stdout).unwrap())
}

#[test]
fn where_a_shell_shows_it_an_order_stands_with_its_label() {
    let machine = machine();
    let cases = [
        ("fish", ["get", "3"], format!("{A}\tSeattle: launch\n")),
        ("fish", ["get", "7"], format!("{B}\tport ins\n")),
        ("zsh", ["get", "3"], format!("{A}:Seattle: launch")),
        ("powershell", ["get", "3"], format!("{A}\tSeattle: launch\n")),
        ("zsh", ["-w", "p"], "port ins:2 orders".to_owned()),
    ];
    for (shell, words, expected) in cases {
        assert_eq!(asked(&machine, shell, &words), (Some(0), expected), "{shell} {words:?}");
    }
    assert_eq!(asked(&machine, "tcsh", &["-w", ""]), (Some(2), String::new()));
}

#[test]
fn a_config_file_that_is_broken_leaves_nothing_to_complete_and_says_nothing() {
    let machine = machine();
    let config = machine.places().config;
    fs::create_dir_all(&config).unwrap();
    fs::write(config.join("config.toml"), "[[[").unwrap();
    assert_eq!(asked(&machine, "fish", &["-w", "l"]), (Some(0), String::new()));
}

#[test]
fn every_shell_has_a_script_that_it_can_read() {
    let machine = machine();
    for (name, check) in [("bash", "bash"), ("zsh", "zsh"), ("fish", "fish"), ("powershell", "pwsh")] {
        let ended = machine.run(&format!("completions {name}"));
        assert_eq!((ended.code, ended.err.as_str()), (0, ""));
        assert!(ended.out.contains("_CHIMEWATCH_COMPLETE"), "{name}");
        assert!(!ended.out.contains(env!("CARGO_BIN_EXE_chimewatch")), "{name} would be tied to one file");
        let script = machine.home().join("script");
        fs::write(&script, ended.out).unwrap();
        let arguments: &[&str] = match name {
            "powershell" => &["-NoProfile", "-File", script.to_str().unwrap()],
            _ => &["-n", script.to_str().unwrap()],
        };
        if let Some(output) = shell(&machine, check, arguments) {
            assert!(output.status.success(), "{name}: {}", String::from_utf8_lossy(&output.stderr));
        }
    }
    assert_eq!(machine.run("completions tcsh").code, 2);
}
