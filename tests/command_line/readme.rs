//! What the README tells to type does what it says.

use crate::machine::Machine;
use chimewatch::order_service::{Options, OrderService, Scenario};
use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;

/// The command lines of the README's shell blocks that need no screen.
fn commands() -> Vec<String> {
    let mut is_shell = false;
    let mut commands = Vec::new();
    for line in include_str!("../../README.md").lines() {
        match line {
            "```sh" => is_shell = true,
            line if line.starts_with("```") => is_shell = false,
            line if is_shell => commands.push(line.split("   #").next().unwrap().trim().to_owned()),
            _prose => {}
        }
    }
    let scripted =
        ["get", "list", "wait", "follow", "watchlist", "history", "doctor", "completions", "man", "config"];
    commands.retain(|line| scripted.iter().any(|name| line.contains(&format!("chimewatch {name}"))));
    commands
}

/// A program of this name that is a line of shell.
fn program(directory: &Path, name: &str, line: &str) {
    let path = directory.join(name);
    fs::write(&path, format!("#!/bin/sh\n{line}\n")).unwrap();
    fs::set_permissions(&path, fs::Permissions::from_mode(0o755)).unwrap();
}

#[test]
fn every_command_line_of_the_readme_works() {
    let service = OrderService::start(&Scenario::plain(2, 3).unwrap(), Options::default()).unwrap();
    service.advance(jiff::SignedDuration::from_hours(24));
    let machine = Machine::of(&service);
    let listed = machine.run("list --output json").out;
    let ids: Vec<String> = listed
        .lines()
        .map(|line| serde_json::from_str::<serde_json::Value>(line).unwrap())
        .map(|order| order["PhoneNumberOrder"]["PhoneNumberOrderId"].as_str().unwrap().to_owned())
        .collect();
    machine.write_list("launch", &format!("[[order]]\nid = \"{}\"\n", ids[0]));
    let programs = machine.home().join("programs");
    for directory in [".config/chimewatch/themes", ".local/share/bash-completion/completions", "programs"] {
        fs::create_dir_all(machine.home().join(directory)).unwrap();
    }
    program(&programs, "deploy", "true");
    program(&programs, "some-program", &format!("echo see {}", ids[1]));
    std::os::unix::fs::symlink(env!("CARGO_BIN_EXE_chimewatch"), programs.join("chimewatch")).unwrap();
    let path = format!("{}:/usr/local/bin:/usr/bin:/bin", programs.display());
    let commands = commands();
    assert!(commands.len() > 15, "{commands:?}");
    for line in commands {
        let typed = line.replace("ORDER_ID...", &ids.join(" ")).replace("ORDER_ID", &ids[0]);
        // The manual is read by a program that a small machine does not have, and so is jq.
        let typed = typed.split(" | man").next().unwrap().split(" | jq").next().unwrap().to_owned();
        let mut shell = std::process::Command::new("sh");
        shell.arg("-c").arg(&typed).env_clear().envs(machine.variables()).env("PATH", &path);
        let output = shell.env("HOME", machine.home()).current_dir(machine.home()).output().unwrap();
        let said = String::from_utf8_lossy(&output.stderr);
        // Some numbers of a plain account fail: then an order is Partial.
        let code = output.status.code().unwrap();
        assert!([0, 5].contains(&code), "{typed}: {code}\n{said}");
    }
}
