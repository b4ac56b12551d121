//! The line commands: one table, which the help is made from.

use crate::app::action::Action;

/// What can be asked for by a line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Request {
    /// The commands.
    Help,
    /// The sums over the list.
    Summary,
    /// The orders from this one on.
    List(usize),
    /// Those that need you.
    Needs,
    /// One order, by its number in the list or a part of its name.
    Order(String),
    /// One number, by some of its digits.
    Number(String),
    /// The failed numbers.
    Failed,
    /// The latest changes.
    Changes,
    /// The watchlists.
    Lists,
    /// Another watchlist by its number.
    Open(u8),
    /// Watch the orders in this text.
    Add(String),
    /// What a key does.
    Act(Action),
}

/// A command, for the help.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CommandSpec {
    /// As it is typed; any beginning of it that no other one has will do.
    pub word: &'static str,
    /// What follows it.
    pub argument: &'static str,
    /// What it does.
    pub does: &'static str,
}

const fn command(word: &'static str, argument: &'static str, does: &'static str) -> CommandSpec {
    CommandSpec { word, argument, does }
}

/// Every command.
pub const COMMANDS: &[CommandSpec] = &[
    command("summary", "", "the sums over the list"),
    command("list", "[FROM]", "its orders, 20 at once"),
    command("needs", "", "the orders that need you, and what to do"),
    command("order", "NUMBER or NAME", "one order with its failed and waiting numbers"),
    command("failed", "", "every failed number"),
    command("timeline", "DIGITS", "one number with its order and what was seen of it"),
    command("changes", "", "the latest 20 changes"),
    command("refresh", "", "ask for all that are not settled now"),
    command("pause", "", "stop asking, or go on"),
    command("add", "TEXT", "watch the orders whose IDs stand in the text"),
    command("watchlists", "", "the watchlists"),
    command("open", "NUMBER", "another watchlist; 0 is unsaved"),
    command("privacy", "", "mask phone numbers, or no longer"),
    command("help", "", "these commands"),
    command("quit", "", "leave; Ctrl-C does too"),
];

/// What a line asks for; nothing for an empty one.
///
/// # Errors
/// A sentence that says what is wrong and what there is.
pub fn parse(line: &str) -> Result<Option<Request>, String> {
    let line = line.trim();
    let (typed, argument) = line.split_once(char::is_whitespace).unwrap_or((line, ""));
    let argument = argument.trim();
    if typed.is_empty() {
        return Ok(None);
    }
    let lower = typed.to_lowercase();
    let beginning = || COMMANDS.iter().filter(|spec| spec.word.starts_with(&lower));
    let exact = COMMANDS.iter().find(|spec| spec.word == lower);
    let spec = match (exact, beginning().count()) {
        (Some(spec), _) => spec,
        (None, 1) => beginning().next().unwrap_or(&COMMANDS[0]),
        (None, 0) if lower == "?" => return Ok(Some(Request::Help)),
        (None, 0) => return Err(format!("{typed} is no command. Type help for those there are.")),
        (None, _) => {
            let words: Vec<_> = beginning().map(|spec| spec.word).collect();
            return Err(format!("{typed} can be {}.", words.join(" or ")));
        }
    };
    request(spec.word, argument).map(Some)
}

fn request(word: &str, argument: &str) -> Result<Request, String> {
    Ok(match word {
        "summary" => Request::Summary,
        "list" if argument.is_empty() => Request::List(1),
        "list" => match argument.parse() {
            Ok(from) => Request::List(from),
            Err(_) => return Err(format!("{argument} is no number of an order.")),
        },
        "needs" => Request::Needs,
        "order" if argument.is_empty() => {
            return Err(
                "Which order? Type order and its number in the list, or a part of its name.".to_owned()
            );
        }
        "order" => Request::Order(argument.to_owned()),
        "failed" => Request::Failed,
        "timeline" if argument.chars().any(|each| each.is_ascii_digit()) => {
            Request::Number(argument.to_owned())
        }
        "timeline" => return Err("Which number? Type timeline and its last digits.".to_owned()),
        "changes" => Request::Changes,
        "refresh" => Request::Act(Action::AskAll),
        "pause" => Request::Act(Action::Pause),
        "add" if argument.is_empty() => {
            return Err("Type add and order IDs in the same line, or any text that holds them.".to_owned());
        }
        "add" => Request::Add(argument.to_owned()),
        "watchlists" => Request::Lists,
        "open" => match argument.parse() {
            Ok(number @ 0..=9) => Request::Open(number),
            _ => return Err("Type open and the number of a watchlist; watchlists tells them.".to_owned()),
        },
        "privacy" => Request::Act(Action::Privacy),
        "quit" => Request::Act(Action::Quit),
        _ => Request::Help,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_command_is_understood_by_its_word_and_by_its_beginning() {
        for spec in COMMANDS {
            let argument = if spec.argument.is_empty() { "" } else { " 2" };
            let parsed = parse(&format!(" {}{argument} ", spec.word.to_uppercase()));
            assert!(matches!(parsed, Ok(Some(_))), "{} {parsed:?}", spec.word);
        }
        let cases = [
            ("", Ok(None)),
            ("?", Ok(Some(Request::Help))),
            ("q", Ok(Some(Request::Act(Action::Quit)))),
            ("l", Ok(Some(Request::List(1)))),
            ("list 21", Ok(Some(Request::List(21)))),
            ("order Seattle launch", Ok(Some(Request::Order("Seattle launch".to_owned())))),
            ("o 3", Err("o can be order or open.".to_owned())),
            ("wait", Err("wait is no command. Type help for those there are.".to_owned())),
        ];
        for (line, expected) in cases {
            assert_eq!(parse(line), expected, "{line}");
        }
    }
}
