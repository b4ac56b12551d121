//! Holds the house to its plan: who may import whom, which crates a room may use, how large a file may grow.
//!
//! Every path from `crate::`, `super::`, the crate's own name and an external crate is read from the source, in
//! code and within macros. Code under `#[cfg(test)]` may use what it likes.

#![expect(clippy::unwrap_used, reason = "a test that cannot read the source fails")]

#[path = "layering/paths.rs"]
mod paths;

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

/// A room of the house: what it may use of ours, and which crates beside std.
struct Room {
    name: &'static str,
    ours: &'static [&'static str],
    crates: &'static [&'static str],
}

/// Any room, any crate at all.
const ALL: &str = "*";

const ROOMS: &[Room] = &[
    Room {
        name: "domain",
        ours: &[],
        crates: &["jiff", "thiserror", "unicode_properties", "unicode_segmentation"],
    },
    Room { name: "poll", ours: &["domain"], crates: &[] },
    Room { name: "cli", ours: &[], crates: &["clap"] },
    Room {
        name: "settings",
        ours: &["cli", "domain", "poll"],
        crates: &["directories", "jiff", "thiserror", "toml"],
    },
    Room { name: "app", ours: &["domain", "poll"], crates: &["jiff", "nucleo_matcher"] },
    Room { name: "keymap", ours: &["app", "domain"], crates: &["crossterm", "thiserror", "toml"] },
    Room {
        name: "fetch",
        ours: &["domain", "settings"],
        crates: &[
            "aws_config",
            "aws_credential_types",
            "aws_runtime",
            "aws_sigv4",
            "aws_smithy_runtime_api",
            "aws_smithy_types",
            "http",
            "hyper",
            "jiff",
            "reqwest",
            "rustls",
            "serde",
            "serde_json",
            "thiserror",
            "tokio",
            "tower",
            "tracing",
        ],
    },
    Room {
        name: "store",
        ours: &["domain", "settings"],
        crates: &["jiff", "rusqlite", "serde", "serde_json", "thiserror", "toml", "toml_edit"],
    },
    Room {
        name: "log",
        ours: &["domain", "settings"],
        crates: &["jiff", "thiserror", "tracing", "tracing_subscriber"],
    },
    Room { name: "alert", ours: &[], crates: &["base64"] },
    Room {
        name: "ui",
        ours: &["app", "keymap", "domain"],
        crates: &["ratatui", "toml", "unicode_segmentation", "unicode_width"],
    },
    Room {
        name: "runtime",
        ours: &["alert", "app", "cli", "domain", "fetch", "keymap", "poll", "settings", "store", "ui"],
        crates: &[ALL],
    },
    Room { name: "command", ours: &[ALL], crates: &[ALL] },
    Room {
        name: "order_service",
        ours: &[],
        crates: &[
            "fastrand",
            "hmac",
            "http",
            "http_body_util",
            "hyper",
            "hyper_util",
            "jiff",
            "serde",
            "serde_json",
            "sha2",
            "thiserror",
            "tokio",
            "toml",
        ],
    },
];

/// The longest a source file may be, tests included.
const LINES: usize = 400;

fn source_files(directory: &Path, files: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(directory).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            source_files(&path, files);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            files.push(path);
        }
    }
}

fn all_source_files() -> Vec<PathBuf> {
    let mut files = Vec::new();
    source_files(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src"), &mut files);
    files.sort();
    files
}

/// Those of the product: a room's own tests may use what they need.
fn product_files() -> Vec<PathBuf> {
    let is_of_tests = |file: &PathBuf| module_of(file).iter().any(|part| part == "tests");
    all_source_files().into_iter().filter(|file| !is_of_tests(file)).collect()
}

/// The module path of a file below `src`: `["app", "watch"]` for `src/app/watch.rs`.
fn module_of(file: &Path) -> Vec<String> {
    let below = file.strip_prefix(Path::new(env!("CARGO_MANIFEST_DIR")).join("src")).unwrap();
    below.with_extension("").iter().map(|part| part.to_str().unwrap().to_owned()).collect()
}

/// The crates that `Cargo.toml` names, as Rust spells them.
fn external_crates() -> BTreeSet<String> {
    let manifest: toml::Table =
        std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("Cargo.toml"))
            .unwrap()
            .parse()
            .unwrap();
    let unix = manifest["target"]["cfg(unix)"]["dependencies"].as_table().unwrap();
    manifest["dependencies"]
        .as_table()
        .unwrap()
        .keys()
        .chain(unix.keys())
        .map(|name| name.replace('-', "_"))
        .collect()
}

#[test]
fn every_room_imports_only_what_the_plan_lets_it() {
    let external = external_crates();
    let mut offences = Vec::new();
    for file in product_files() {
        let module = module_of(&file);
        let Some(room) = ROOMS.iter().find(|room| room.name == module[0]) else {
            assert!(["lib", "main"].contains(&module[0].as_str()), "no room for {}", file.display());
            continue;
        };
        for used in paths::used_in(&file, &module) {
            let is_ours =
                |ours: &str| ours == room.name || room.ours.contains(&ALL) || room.ours.contains(&ours);
            let is_allowed = match used.root.as_str() {
                "crate" => used.first.as_deref().is_none_or(is_ours),
                krate if external.contains(krate) => {
                    room.crates.contains(&ALL) || room.crates.contains(&krate)
                }
                _ => true,
            };
            if !is_allowed {
                offences.push(format!("{}:{}: {} may not use {used}", file.display(), used.line, room.name));
            }
        }
    }
    assert!(offences.is_empty(), "\n{}", offences.join("\n"));
}

#[test]
fn no_room_is_let_use_what_it_does_not_use_and_no_crate_is_named_for_nothing() {
    let mut unused = external_crates();
    let mut offences = Vec::new();
    for room in ROOMS {
        let mut used = BTreeSet::new();
        for file in product_files() {
            let module = module_of(&file);
            if module[0] == room.name {
                used.extend(paths::used_in(&file, &module).into_iter().map(
                    |used| match used.root.as_str() {
                        "crate" => format!("crate::{}", used.first.unwrap_or_default()),
                        _ => used.root,
                    },
                ));
            }
        }
        unused.retain(|krate| !used.contains(krate));
        if room.crates.contains(&ALL) {
            continue;
        }
        let ours = room.ours.iter().map(|ours| format!("crate::{ours}"));
        let crates = room.crates.iter().map(|krate| (*krate).to_owned());
        let for_nothing = ours.chain(crates).filter(|allowed| !used.contains(allowed));
        offences.extend(for_nothing.map(|allowed| format!("{} does not use {allowed}", room.name)));
    }
    let main = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/main.rs");
    for used in paths::used_in(&main, &module_of(&main)) {
        unused.remove(&used.root);
    }
    offences.extend(unused.into_iter().map(|krate| format!("Cargo.toml names {krate}, and nothing uses it")));
    assert!(offences.is_empty(), "\n{}", offences.join("\n"));
}

/// True where `word` stands in `code` and no identifier goes on after it.
fn contains_word(code: &str, word: &str) -> bool {
    code.split(word)
        .skip(1)
        .any(|after| !after.starts_with(|next: char| next.is_alphanumeric() || next == '_'))
}

#[test]
fn the_pure_rooms_neither_wait_nor_spawn() {
    let pure = ["domain", "poll", "app", "keymap", "ui"];
    let forbidden = [".await", "spawn(", "::now()", "std::fs", "std::net", "std::env", "std::thread", "mpsc"];
    let mut offences = Vec::new();
    for file in product_files() {
        if !pure.contains(&module_of(&file)[0].as_str()) {
            continue;
        }
        let text = std::fs::read_to_string(&file).unwrap();
        for (index, line) in
            text.lines().enumerate().take_while(|(_, line)| !line.starts_with("#[cfg(test)]"))
        {
            let code = line.split("//").next().unwrap_or_default();
            if let Some(word) = forbidden.iter().find(|word| contains_word(code, word)) {
                offences.push(format!("{}:{}: {word}", file.display(), index + 1));
            }
        }
    }
    assert!(offences.is_empty(), "\n{}", offences.join("\n"));
}

#[test]
fn no_file_is_longer_than_it_should_be_and_none_is_called_mod() {
    let mut offences = Vec::new();
    for file in all_source_files() {
        let lines = std::fs::read_to_string(&file).unwrap().lines().count();
        if lines > LINES {
            offences.push(format!("{}: {lines} lines", file.display()));
        }
        if file.ends_with("mod.rs") {
            offences.push(format!("{}: foo.rs beside foo/ instead", file.display()));
        }
    }
    assert!(offences.is_empty(), "\n{}", offences.join("\n"));
}

#[test]
fn the_reader_of_paths_sees_uses_code_and_macros_and_skips_tests() {
    let source = r#"
        use crate::{domain::Text, poll};
        use super::super::fetch as asked;
        #[derive(rusqlite::Row)]
        struct S;
        pub(crate) fn f() -> ratatui::Frame { format!("{}", crate::store::X); chimewatch::ui::render() }
        #[cfg(test)]
        mod tests { use crate::runtime; }
    "#;
    let module = ["app".to_owned(), "watch".to_owned(), "inner".to_owned()];
    let seen: BTreeSet<_> =
        paths::used_in_source(source, &module).into_iter().map(|used| used.to_string()).collect();
    let expected = [
        "crate::app",
        "crate::domain",
        "crate::poll",
        "crate::store",
        "crate::ui",
        "ratatui::Frame",
        "rusqlite::Row",
    ];
    assert_eq!(seen, expected.map(ToOwned::to_owned).into());
}
