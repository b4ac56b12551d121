//! `chimewatch completions`: the scripts of shells, and what those scripts ask: what can stand where the cursor is.
//!
//! A script runs the program with [`VARIABLE`] set to the name of its shell and the words of the line behind `--`.
//! What can be completed is read at that moment; nobody is asked and nothing is written.

mod candidates;

use super::Exit;
use crate::cli::{Cli, Completions, Shell};
use crate::settings::Environment;
use candidates::Candidates;
use clap::CommandFactory;
use clap_complete::env::{Bash, EnvCompleter, Fish, Powershell, Zsh};
use std::ffi::OsString;
use std::io::{self, Write};
use std::path::Path;
use std::sync::Arc;

/// The variable by which a script asks, with the name of its shell.
pub const VARIABLE: &str = "_CHIMEWATCH_COMPLETE";
/// The name by which a script calls the program: it may be another one tomorrow.
const NAME: &str = "chimewatch";
/// A zsh that loads the script at the first `tab` calls it as this function, and wants that completed too.
const ZSH_AT_FIRST: &str = r#"
if [ "$funcstack[1]" = "_chimewatch" ]; then
    _clap_dynamic_completer_chimewatch "$@"
fi
"#;

/// Prints the script of a shell.
///
/// # Errors
/// Nobody reads it.
pub fn run(typed: &Completions, out: &mut dyn Write) -> io::Result<()> {
    let mut script = Vec::new();
    completer(typed.shell).write_registration(VARIABLE, NAME, NAME, NAME, &mut script)?;
    match typed.shell {
        Shell::Zsh => script.extend_from_slice(ZSH_AT_FIRST.as_bytes()),
        Shell::Bash | Shell::Fish | Shell::Powershell => {}
    }
    out.write_all(&script)?;
    out.flush()
}

/// Answers a script; none where no script asks.
pub fn answer(
    environment: &Environment,
    arguments: impl IntoIterator<Item = OsString>,
    directory: Option<&Path>,
    out: &mut dyn Write,
) -> Option<Exit> {
    let shell = match environment.text(VARIABLE)? {
        "bash" => Shell::Bash,
        "zsh" => Shell::Zsh,
        "fish" => Shell::Fish,
        "powershell" => Shell::Powershell,
        _no_shell_of_ours => return Some(Exit::Usage),
    };
    let words: Vec<_> = arguments.into_iter().skip_while(|word| word != "--").skip(1).collect();
    let mut command =
        candidates::with(Cli::command(), &Arc::new(Candidates::new(environment.clone(), shell)));
    let mut lines = Vec::new();
    let written = completer(shell)
        .write_complete(&mut command, words, directory, &mut lines)
        .and_then(|()| out.write_all(&lines))
        .and_then(|()| out.flush());
    // A script takes anything but success for nothing to complete.
    Some(if written.is_ok() { Exit::Success } else { Exit::Failure })
}

fn completer(shell: Shell) -> &'static dyn EnvCompleter {
    match shell {
        Shell::Bash => &Bash,
        Shell::Zsh => &Zsh,
        Shell::Fish => &Fish,
        Shell::Powershell => &Powershell,
    }
}
