//! By which ways a text gets onto the clipboard, from where the program runs.
//!
//! | where | tried in this order |
//! |---|---|
//! | inside tmux | `tmux load-buffer -w -`, then as outside it |
//! | over SSH | OSC 52: the terminal's own clipboard; then the programs |
//! | else | the programs: `wl-copy`, `xclip`, `xsel`, `pbcopy`, `clip.exe`; then OSC 52 |
//!
//! Inside tmux its own command goes first over SSH too: with its defaults tmux drops the OSC 52 of a program.

use super::Environment;
use std::path::PathBuf;

/// Which ways are wanted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ClipboardChoice {
    /// Those that make sense where the program runs.
    #[default]
    Auto,
    /// The terminal only.
    Osc52,
    /// tmux only.
    Tmux,
    /// The programs of this machine only.
    Native,
}

/// A way onto the clipboard.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way {
    /// A sequence that the terminal obeys, or not: it does not say.
    Osc52,
    /// A program that reads the text from its standard input.
    Program(Tool),
}

/// A program that reads a text and puts it on the clipboard.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Tool {
    /// What it is called.
    pub name: &'static str,
    /// Its arguments.
    pub arguments: &'static [&'static str],
}

/// The ways that there are.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Clipboard {
    /// In the order in which they are tried.
    pub ways: Vec<Way>,
    /// Why OSC 52 is none of them, where the terminal is known not to take it.
    pub refusal: Option<String>,
    /// Where programs are looked for.
    pub path: Vec<PathBuf>,
}

const TMUX: Tool = Tool { name: "tmux", arguments: &["load-buffer", "-w", "-"] };
const WAYLAND: Tool = Tool { name: "wl-copy", arguments: &[] };
const X11: [Tool; 2] = [
    Tool { name: "xclip", arguments: &["-selection", "clipboard", "-in"] },
    Tool { name: "xsel", arguments: &["--clipboard", "--input"] },
];
/// They need no display that a variable names.
const OTHERS: [Tool; 2] =
    [Tool { name: "pbcopy", arguments: &[] }, Tool { name: "clip.exe", arguments: &[] }];

/// Terminals that are known to take no OSC 52, by their `TERM`.
const DEAF: [&str; 3] = ["dumb", "linux", "cons25"];

impl Clipboard {
    /// The ways for a choice.
    pub fn of(choice: ClipboardChoice, environment: &Environment) -> Self {
        let refusal = refusal(environment);
        let osc52: Vec<Way> = if refusal.is_none() { vec![Way::Osc52] } else { Vec::new() };
        let tmux = vec![Way::Program(TMUX)];
        let native: Vec<Way> = native(environment).into_iter().map(Way::Program).collect();
        let is_remote = ["SSH_TTY", "SSH_CONNECTION"].iter().any(|name| environment.text(name).is_some());
        let ways = match choice {
            ClipboardChoice::Osc52 => osc52,
            ClipboardChoice::Tmux => tmux,
            ClipboardChoice::Native => native,
            ClipboardChoice::Auto => {
                let within = if environment.text("TMUX").is_some() { tmux } else { Vec::new() };
                let [first, second] = if is_remote { [osc52, native] } else { [native, osc52] };
                [within, first, second].concat()
            }
        };
        let path = environment.path("PATH").map(|path| std::env::split_paths(&path).collect());
        Self { ways, refusal, path: path.unwrap_or_default() }
    }
}

fn native(environment: &Environment) -> Vec<Tool> {
    let mut tools = Vec::new();
    if environment.text("WAYLAND_DISPLAY").is_some() {
        tools.push(WAYLAND);
    }
    if environment.text("DISPLAY").is_some() {
        tools.extend(X11);
    }
    tools.extend(OTHERS);
    tools
}

fn refusal(environment: &Environment) -> Option<String> {
    let term = environment.text("TERM").unwrap_or_default();
    let is_apples = environment.text("TERM_PROGRAM") == Some("Apple_Terminal");
    if is_apples {
        return Some("Apple's Terminal takes no text".to_owned());
    }
    DEAF.contains(&term).then(|| format!("a terminal with TERM={term} takes no text"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(choice: ClipboardChoice, environment: &Environment) -> Vec<&'static str> {
        let ways = Clipboard::of(choice, environment).ways;
        ways.into_iter()
            .map(|way| match way {
                Way::Osc52 => "OSC 52",
                Way::Program(tool) => tool.name,
            })
            .collect()
    }

    #[test]
    fn the_ways_follow_from_where_the_program_runs() {
        let auto = |environment: &Environment| names(ClipboardChoice::Auto, environment);
        let local = Environment::from([("TERM", "xterm"), ("DISPLAY", ":0")]);
        assert_eq!(auto(&local), ["xclip", "xsel", "pbcopy", "clip.exe", "OSC 52"]);
        let wayland =
            Environment::from([("WAYLAND_DISPLAY", "wayland-0"), ("TMUX", "/tmp/tmux-1/default,1,0")]);
        assert_eq!(auto(&wayland), ["tmux", "wl-copy", "pbcopy", "clip.exe", "OSC 52"]);
        let remote = Environment::from([("SSH_TTY", "/dev/pts/1"), ("DISPLAY", "localhost:10.0")]);
        assert_eq!(auto(&remote), ["OSC 52", "xclip", "xsel", "pbcopy", "clip.exe"]);
        let within = Environment::from([("SSH_CONNECTION", "1 2 3 4"), ("TMUX", "x")]);
        assert_eq!(auto(&within), ["tmux", "OSC 52", "pbcopy", "clip.exe"]);
    }

    #[test]
    fn a_choice_leaves_no_other_way() {
        let environment = Environment::from([("DISPLAY", ":0")]);
        let cases = [
            (ClipboardChoice::Osc52, &["OSC 52"][..]),
            (ClipboardChoice::Tmux, &["tmux"]),
            (ClipboardChoice::Native, &["xclip", "xsel", "pbcopy", "clip.exe"]),
        ];
        for (choice, expected) in cases {
            assert_eq!(names(choice, &environment), expected);
        }
    }

    #[test]
    fn a_terminal_that_takes_no_text_is_not_asked_to() {
        let console = Clipboard::of(ClipboardChoice::Auto, &Environment::from([("TERM", "linux")]));
        assert!(!console.ways.contains(&Way::Osc52));
        assert_eq!(console.refusal.as_deref(), Some("a terminal with TERM=linux takes no text"));
        let path = Environment::from([("PATH", "/a:/b")]);
        let found = Clipboard::of(ClipboardChoice::Auto, &path).path;
        assert_eq!(found, [PathBuf::from("/a"), PathBuf::from("/b")]);
    }
}
