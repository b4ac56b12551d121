//! The files: where they are, whether they can be read and written, how large they are.

use super::check::Check;
use crate::app::presets::Presets;
use crate::domain::KeptFilters;
use crate::domain::watchlist::Access;
use crate::keymap::Keymap;
use crate::settings::{self, Settings};
use crate::store::{Place, Reader, Watchlists};
use crate::ui::theme::ThemeFile;
use crate::ui::{Depth, Glyphs, Themes};
use std::fs;
use std::path::Path;

/// All of them.
pub(super) fn checks(settings: &Settings) -> Vec<Check> {
    let mut checks = vec![config(settings), keys(settings), themes(settings)];
    checks.extend([watchlists(settings), history(settings)]);
    checks.push(directory("state", &settings.places.state, "the view, locks and deleted lists"));
    checks.extend(settings.log.as_ref().map(|log| Check::ok("log", log.path.display().to_string())));
    checks
}

fn config(settings: &Settings) -> Check {
    let path = settings.places.config.join("config.toml");
    let shown = path.display();
    let filters = Presets::new(settings.filters.clone(), KeptFilters::new());
    let warnings: Vec<_> = settings.warnings.iter().cloned().chain(filters.problems()).collect();
    match warnings.as_slice() {
        [] => match fs::metadata(&path) {
            Ok(file) => Check::ok("config", format!("{shown}, {}", size(file.len()))),
            Err(_) => Check::ok("config", format!("{shown} is not there: the defaults hold")),
        },
        [first, more @ ..] => {
            let more = if more.is_empty() { String::new() } else { format!(", and {} more", more.len()) };
            Check::warn("config", format!("{first}{more}"), "Mend it; what is sound in it holds.")
        }
    }
}

fn keys(settings: &Settings) -> Check {
    let Some(file) = &settings.keymap else { return Check::ok("keys", "the default ones") };
    let (_, problems) = Keymap::default().with_file(&file.path, &file.text);
    match problems.first() {
        None => Check::ok("keys", file.path.clone()),
        Some(first) => Check::warn("keys", first.to_string(), "Mend it; the other keys hold."),
    }
}

fn themes(settings: &Settings) -> Check {
    let of_ui = |file: &settings::ThemeFile| ThemeFile {
        name: file.name.clone(),
        path: file.path.clone(),
        text: file.text.clone(),
    };
    let files: Vec<_> = settings.themes.iter().map(of_ui).collect();
    let themes = Themes::load(&files, Depth::True, Glyphs::Unicode);
    let is_there = |name: &str| themes.all().iter().any(|theme| theme.name == name);
    if let Some(name) = settings.theme.name().filter(|name| !is_there(name)) {
        let names: Vec<_> = themes.all().iter().map(|theme| theme.name.as_str()).collect();
        let what = format!("no theme is called '{name}'");
        return Check::warn("themes", what, format!("There are: {}.", names.join(", ")));
    }
    match themes.all().iter().flat_map(|theme| &theme.problems).next() {
        None => Check::ok("themes", format!("{}, of them your own {}", themes.all().len(), files.len())),
        Some(first) => Check::warn("themes", first.to_string(), "Mend it; what is sound in it holds."),
    }
}

fn watchlists(settings: &Settings) -> Check {
    let lists = Watchlists::new(settings.places.clone());
    let directory = settings.places.watchlists();
    let names = match lists.names() {
        Ok(names) => names,
        Err(error) => return Check::fail("watchlists", error.what, error.next_step),
    };
    let mut orders = 0;
    for name in &names {
        match lists.open(&Place::Named(name.clone())) {
            Ok(opened) => match opened.list.access {
                Access::Writable => orders += opened.list.entries.len(),
                Access::Broken(why) | Access::Gone(why) => {
                    return Check::fail("watchlists", why.to_string(), "Mend it in an editor.");
                }
            },
            Err(error) => return Check::fail("watchlists", error.what, error.next_step),
        }
    }
    let what = format!("{}, {}", counted(names.len(), "list", "lists"), counted(orders, "order", "orders"));
    self::directory("watchlists", &directory, &what)
}

fn history(settings: &Settings) -> Check {
    let path = settings.places.history();
    let shown = path.display();
    match Reader::open(&path) {
        Ok(None) => self::directory("history", &settings.places.data, "nothing is recorded yet"),
        Ok(Some(reader)) => {
            let log = path.with_file_name("history.db-wal");
            let length = |path: &Path| fs::metadata(path).map_or(0, |file| file.len());
            let size = size(length(&path) + length(&log));
            let last = reader.last_sequence().and_then(|changes| Ok((changes, reader.last_seen()?)));
            match last {
                Ok((changes, seen)) => {
                    let seen = seen.map(|at| format!(", last read {}", at.strftime("%Y-%m-%d %H:%M UTC")));
                    let changes = format!("{changes} changes");
                    Check::ok("history", format!("{shown}, {size}, {changes}{}", seen.unwrap_or_default()))
                }
                Err(error) => Check::fail("history", error.what, error.next_step),
            }
        }
        Err(error) => Check::fail("history", error.what, error.next_step),
    }
}

/// A directory that is written to, or made when it is first needed.
fn directory(name: &'static str, path: &Path, what: &str) -> Check {
    let shown = path.display();
    let Some(existing) = path.ancestors().find(|path| path.exists()) else {
        return Check::fail(name, format!("{shown} cannot be made"), "Set XDG_DATA_HOME and XDG_STATE_HOME.");
    };
    if can_be_written(existing) {
        return Check::ok(name, format!("{shown}, {what}"));
    }
    let existing = existing.display();
    Check::fail(
        name,
        format!("{shown}: {existing} cannot be written"),
        format!("See who may write it: ls -ld '{existing}'; or set XDG_DATA_HOME and XDG_STATE_HOME."),
    )
}

#[cfg(unix)]
fn can_be_written(path: &Path) -> bool {
    rustix::fs::access(path, rustix::fs::Access::WRITE_OK).is_ok()
}

#[cfg(not(unix))]
fn can_be_written(path: &Path) -> bool {
    fs::metadata(path).is_ok_and(|found| !found.permissions().readonly())
}

fn counted(count: usize, one: &str, many: &str) -> String {
    format!("{count} {}", if count == 1 { one } else { many })
}

/// In the unit that leaves few digits.
fn size(bytes: u64) -> String {
    match bytes {
        0..10_240 => format!("{bytes} bytes"),
        10_240..10_485_760 => format!("{} KiB", bytes / 1024),
        _ => format!("{} MiB", bytes / 1_048_576),
    }
}
