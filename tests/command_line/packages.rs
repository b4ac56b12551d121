//! What the packages install: every page of the manual and every completion that the program writes.

use crate::machine::Machine;
use crate::pages;
use std::collections::BTreeSet;
use std::process::Command;
use toml::{Table, Value};

/// What the manifest says of a package.
fn described(package: &str) -> Value {
    let manifest: Table = include_str!("../../Cargo.toml").parse().unwrap();
    manifest["package"]["metadata"][package].clone()
}

/// What of the manifest makes a package.
fn assets(package: &str) -> Vec<(String, String)> {
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    let pair = |asset: &Value| match asset {
        Value::Array(parts) => (text(&parts[0]), format!("/{}", text(&parts[1]))),
        asset => (text(&asset["source"]), text(&asset["dest"])),
    };
    described(package)["assets"].as_array().unwrap().iter().map(pair).collect()
}

/// Where a package installs these files, and which of its sources is none of them.
fn installed(package: &str, files: &BTreeSet<String>) -> (BTreeSet<String>, Vec<String>) {
    let (mut paths, mut others) = (BTreeSet::new(), Vec::new());
    for (source, dest) in assets(package) {
        let Some(source) = source.strip_prefix("target/package/") else {
            others.push(source);
            continue;
        };
        let (start, end) = source.split_once('*').unwrap_or((source, ""));
        let meant: Vec<_> =
            files.iter().filter(|file| file.starts_with(start) && file.ends_with(end)).collect();
        let meant: Vec<_> =
            if source.contains('*') { meant } else { files.get(source).into_iter().collect() };
        assert!(!meant.is_empty(), "{package}: nothing is called {source}");
        for file in meant {
            let name = file.rsplit('/').next().unwrap();
            let path = if dest.ends_with('/') { format!("{dest}{name}") } else { dest.clone() };
            assert!(paths.insert(path), "{package}: {file} twice");
        }
    }
    (paths, others)
}

#[test]
fn every_page_and_every_completion_is_installed_where_it_is_looked_for() {
    let machine = Machine::new();
    let into = machine.home().join("package");
    let mut script = Command::new("bash");
    script.arg(concat!(env!("CARGO_MANIFEST_DIR"), "/.ci/package")).arg("files");
    script.arg(env!("CARGO_BIN_EXE_chimewatch")).arg(&into).env_clear().env("PATH", "/usr/bin:/bin");
    let output = script.output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));

    let mut files = BTreeSet::new();
    for folder in ["man", "completions"] {
        for file in std::fs::read_dir(into.join(folder)).unwrap() {
            let file = file.unwrap();
            assert!(file.metadata().unwrap().len() > 100, "{file:?}");
            files.insert(format!("{folder}/{}", file.file_name().into_string().unwrap()));
        }
    }
    let commands = pages::commands();
    let pages = commands.iter().map(|words| format!("/usr/share/man/man1/{}.1.gz", pages::named(words)));
    let pages: BTreeSet<_> = pages.collect();
    for (package, zsh) in [("deb", "vendor-completions"), ("generate-rpm", "site-functions")] {
        let completions = [
            "/usr/share/bash-completion/completions/chimewatch".to_owned(),
            format!("/usr/share/zsh/{zsh}/_chimewatch"),
            "/usr/share/fish/vendor_completions.d/chimewatch.fish".to_owned(),
            "/usr/share/chimewatch/chimewatch.ps1".to_owned(),
        ];
        let (paths, others) = installed(package, &files);
        assert_eq!(paths.len(), files.len(), "{package}: {files:?}");
        assert_eq!(paths, pages.iter().cloned().chain(completions).collect(), "{package}");
        let expected =
            ["target/release/chimewatch", "README.md", "CHANGELOG.md", "LICENSE-MIT", "LICENSE-APACHE"];
        assert_eq!(others, expected, "{package}");
    }
}

#[test]
fn directories_that_only_the_rpm_fills_go_with_it() {
    let folders =
        assets("generate-rpm").into_iter().filter_map(|(_, path)| Some(path.rsplit_once('/')?.0.to_owned()));
    let own: BTreeSet<_> = folders.filter(|folder| folder.ends_with("/chimewatch")).collect();
    let described = described("generate-rpm");
    let script = described["post_uninstall_script"].as_str().unwrap();
    let removed = script.split_whitespace().filter(|word| word.starts_with("/usr/")).map(str::to_owned);
    assert_eq!(removed.collect::<BTreeSet<_>>(), own);
}

#[test]
fn every_shell_has_its_completion_in_the_packages() {
    use clap::ValueEnum;
    let script = include_str!("../../.ci/package");
    for shell in chimewatch::cli::Shell::value_variants() {
        let shell = shell.to_possible_value().unwrap();
        let line = format!("\"$program\" completions {} >", shell.get_name());
        assert!(script.contains(&line), "{line}");
    }
}
