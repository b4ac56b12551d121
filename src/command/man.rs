//! `chimewatch man`: a page for every command, made from the definition of the command line.

use super::Exit;
use super::report::{Stop, ended, error_line};
use crate::cli::facts::{ENVIRONMENT, EXAMPLES, EXIT_CODES, FILES, Fact};
use crate::cli::{self, Cli, Output};
use crate::domain::near::near;
use crate::domain::text::neutralise;
use clap::{Command, CommandFactory};
use clap_mangen::Man;
use std::io::{self, Write};
use std::path::Path;

/// What every piece of a page begins with; one page needs it once.
const PREAMBLE: [&str; 2] = [r".ie \n(.g .ds Aq \(aq", ".el .ds Aq '"];

/// Prints a page, or writes all of them.
pub fn run(typed: &cli::Man, output: Output, out: &mut dyn Write, err: &mut dyn Write) -> Exit {
    let mut root = Cli::command();
    root.build();
    let outcome = match &typed.into {
        Some(directory) => write_all(&root, directory, output, err),
        None => print(&root, &typed.command, output, out, err),
    };
    ended(outcome, output, err)
}

fn print(
    root: &Command,
    words: &[String],
    output: Output,
    out: &mut dyn Write,
    err: &mut dyn Write,
) -> Result<Exit, Stop> {
    let mut command = root;
    for word in words {
        let Some(next) = command.find_subcommand(word) else {
            let names: Vec<_> =
                command.get_subcommands().map(|command| command.get_name().to_owned()).collect();
            let meant = match near(word, &names).as_slice() {
                [] => format!("There are: {}", names.join(", ")),
                near => format!("Did you mean {}?", near.join(" or ")),
            };
            let why = format!("no command is called '{}'. {meant}", neutralise(word));
            writeln!(err, "{}", error_line(output, "Usage", &why))?;
            return Ok(Exit::Usage);
        };
        command = next;
    }
    out.write_all(page(command, command.get_name() == root.get_name())?.as_bytes())?;
    out.flush()?;
    Ok(Exit::Success)
}

/// Writes the page of a command and of all below it.
fn write_all(root: &Command, directory: &Path, output: Output, err: &mut dyn Write) -> Result<Exit, Stop> {
    let mut left = vec![root];
    while let Some(command) = left.pop() {
        left.extend(command.get_subcommands());
        let file = directory.join(format!("{}.1", name(command)));
        let text = page(command, command.get_name() == root.get_name())?;
        if let Err(error) = std::fs::write(&file, text) {
            let why = format!("{} cannot be written: {error}", neutralise(&file.display().to_string()));
            writeln!(err, "{}", error_line(output, "Output", &why))?;
            return Ok(Exit::Failure);
        }
    }
    Ok(Exit::Success)
}

/// `chimewatch-watchlist-add`.
fn name(command: &Command) -> &str {
    command.get_display_name().unwrap_or_else(|| command.get_name())
}

fn page(command: &Command, is_root: bool) -> io::Result<String> {
    let man = Man::new(command.clone());
    // By hand: an empty date must stand in its place, and a page must be the same tomorrow.
    let title = format!(
        ".TH {} 1 \"\" \"chimewatch {}\" \"Amazon Chime SDK orders\"\n",
        name(command).to_uppercase(),
        env!("CARGO_PKG_VERSION")
    );
    let mut pieces = Vec::new();
    pieces.extend_from_slice(title.as_bytes());
    man.render_name_section(&mut pieces)?;
    pieces.extend_from_slice(synopsis(command).as_bytes());
    man.render_description_section(&mut pieces)?;
    man.render_options_section(&mut pieces)?;
    let pieces = String::from_utf8(pieces).map_err(io::Error::other)?;
    let lines = pieces.lines().filter(|line| !PREAMBLE.contains(line)).map(|line| format!("{line}\n"));
    let mut page: String = PREAMBLE.iter().map(|line| format!("{line}\n")).chain(lines).collect();
    page.push_str(&commands(command));
    if is_root {
        page.push_str(&listed("EXAMPLES", &EXAMPLES));
    } else if let Some(notes) = command.get_after_help() {
        page.extend([".SH NOTES\n.nf\n", &roff(&notes.to_string()), "\n.fi\n"]);
    }
    page.push_str(&listed("EXIT STATUS", &EXIT_CODES));
    if is_root {
        page.push_str(&listed("FILES", &FILES));
        page.push_str(&listed("ENVIRONMENT", &ENVIRONMENT));
    } else {
        page.push_str(".SH SEE ALSO\n\\fBchimewatch\\fR(1), which tells of files and environment\n");
    }
    Ok(page)
}

fn synopsis(command: &Command) -> String {
    let usage = command.clone().render_usage().to_string();
    let usage = usage.strip_prefix("Usage: ").unwrap_or(&usage);
    let lines = usage.lines().map(|line| format!("{}\n", roff(line.trim())));
    format!(".SH SYNOPSIS\n{}", lines.collect::<Vec<_>>().join(".br\n"))
}

fn commands(command: &Command) -> String {
    let line = |below: &Command| {
        let about = below.get_about().map(ToString::to_string).unwrap_or_default();
        format!(".TP\n\\fB{}\\fR(1)\n{}\n", roff(name(below)), roff(&about))
    };
    let lines: Vec<_> = command.get_subcommands().map(line).collect();
    if lines.is_empty() { String::new() } else { format!(".SH COMMANDS\n{}", lines.concat()) }
}

fn listed(heading: &str, facts: &[Fact]) -> String {
    let fact = |(name, what): &Fact| format!(".TP\n\\fB{}\\fR\n{}\n", roff(name), roff(what));
    format!(".SH {heading}\n{}", facts.iter().map(fact).collect::<Vec<_>>().concat())
}

/// A text without what roff would obey.
fn roff(text: &str) -> String {
    let line = |line: &str| {
        let line = line.replace('\\', "\\e").replace('-', "\\-");
        if line.starts_with(['.', '\'']) { format!("\\&{line}") } else { line }
    };
    text.lines().map(line).collect::<Vec<_>>().join("\n")
}
