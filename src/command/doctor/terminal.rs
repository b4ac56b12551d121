//! What the terminal can do, as far as the environment and the terminal tell.

use super::check::Check;
use crate::settings::{Clipboard, Colors, Environment, Settings, Standing, Symbols, Way};
use std::io::{self, IsTerminal};
use std::path::PathBuf;

/// Below this many cells one line says that there is no room.
const LEAST: (u16, u16) = (20, 5);

/// All of it.
pub(super) fn checks(settings: &Settings, environment: &Environment) -> Vec<Check> {
    vec![
        terminal(environment),
        colours(settings),
        locale(settings, environment),
        clipboard(&settings.clipboard),
    ]
}

fn terminal(environment: &Environment) -> Check {
    let term = environment.text("TERM").unwrap_or_default();
    let program = environment.text("TERM_PROGRAM").filter(|program| *program != "tmux");
    let inside = [("TMUX", "inside tmux"), ("SSH_CONNECTION", "over SSH")].into_iter();
    let inside = inside.filter_map(|(variable, said)| environment.text(variable).map(|_| said));
    let inside: Vec<&str> = inside.chain(program).collect();
    let inside = inside.iter().map(|word| format!(", {word}")).collect::<Vec<_>>().concat();
    if environment.standing() == Standing::Elsewhere && !io::stdin().is_terminal() {
        return Check::ok(
            "terminal",
            format!("none: standard output is a file or a pipe (TERM={term}{inside})"),
        );
    }
    if term.is_empty() || term == "dumb" {
        let what = format!("TERM is '{term}': nothing can be drawn");
        return Check::warn("terminal", what, "Set TERM, or take the dashboard in sentences: --accessible");
    }
    match dimensions() {
        Some((columns, rows)) if (columns, rows) < LEAST || rows < LEAST.1 => Check::warn(
            "terminal",
            format!("{term}, {columns}x{rows}{inside}"),
            format!(
                "The dashboard wants {}x{} and more; 110x24 shows an order beside the list.",
                LEAST.0, LEAST.1
            ),
        ),
        Some((columns, rows)) => Check::ok("terminal", format!("{term}, {columns}x{rows}{inside}")),
        None => Check::ok("terminal", format!("{term}, of a size that it does not tell{inside}")),
    }
}

/// Columns and rows. `crossterm` would start a program to find out.
#[cfg(unix)]
fn dimensions() -> Option<(u16, u16)> {
    use rustix::termios::tcgetwinsize;
    let size = tcgetwinsize(io::stdout()).or_else(|_| tcgetwinsize(io::stdin())).ok()?;
    Some((size.ws_col, size.ws_row)).filter(|(columns, rows)| *columns > 0 && *rows > 0)
}

#[cfg(not(unix))]
fn dimensions() -> Option<(u16, u16)> {
    crossterm::terminal::size().ok()
}

fn colours(settings: &Settings) -> Check {
    let what = match settings.colors {
        Colors::None => "none: bold, reverse and underline tell states apart",
        Colors::Sixteen => "the terminal's own sixteen",
        Colors::Indexed => "256",
        Colors::True => "all",
    };
    Check::ok("colours", what)
}

fn locale(settings: &Settings, environment: &Environment) -> Check {
    let mut named = ["LC_ALL", "LC_CTYPE", "LANG"].into_iter();
    let named = named.find_map(|name| Some(format!("{name}={}", environment.text(name)?)));
    let what = named.unwrap_or_else(|| "none is named".to_owned());
    match settings.symbols {
        Symbols::Unicode => Check::ok("locale", what),
        Symbols::Narrow => {
            Check::ok("locale", format!("{what}: symbols that may be two cells wide are left out"))
        }
        Symbols::Ascii => Check::warn(
            "locale",
            format!("{what}: symbols are ASCII"),
            "For the symbols set LANG to a UTF-8 locale, such as C.UTF-8, and leave --ascii out.",
        ),
    }
}

fn clipboard(clipboard: &Clipboard) -> Check {
    let is_there =
        |name: &str| clipboard.path.iter().any(|directory: &PathBuf| directory.join(name).is_file());
    let ways: Vec<&str> = clipboard
        .ways
        .iter()
        .filter_map(|way| match way {
            Way::Osc52 => Some("OSC 52"),
            Way::Program(tool) => is_there(tool.name).then_some(tool.name),
        })
        .collect();
    match (ways.as_slice(), &clipboard.refusal) {
        ([], refusal) => {
            let why = refusal.as_ref().map(|why| format!(": {why}")).unwrap_or_default();
            Check::warn(
                "clipboard",
                format!("no way to it{why}"),
                "Install wl-copy or xclip, or work inside tmux.",
            )
        }
        (ways, _) => Check::ok("clipboard", ways.join(", then ")),
    }
}
