//! What the terminal is to be shown: colours and characters.

use super::{Environment, Standing};
use crate::cli::Color;

/// Whether colours are used.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Colors {
    /// The terminal's own sixteen.
    Sixteen,
    /// None: bold, reverse and underline tell states apart.
    None,
}

/// Which characters are drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Symbols {
    /// One cell wide, beyond ASCII.
    Unicode,
    /// ASCII only.
    Ascii,
}

/// How the dashboard is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Presentation {
    /// On a screen that is drawn.
    Screen,
    /// In sentences, a line each, for a screen reader.
    Sentences,
}

/// `--accessible`, else `ACCESSIBLE` with anything but 0.
pub(super) fn presentation(is_asked: bool, environment: &Environment) -> Presentation {
    let is_set = environment.text("ACCESSIBLE").is_some_and(|value| value != "0");
    if is_asked || is_set { Presentation::Sentences } else { Presentation::Screen }
}

/// `--color`, else `NO_COLOR`, `CLICOLOR_FORCE`, `TERM` and whether there is a terminal.
///
/// Source: <https://no-color.org>, <https://bixense.com/clicolors>.
pub(super) fn colors(asked: Option<Color>, environment: &Environment) -> Colors {
    let is_forced = || environment.text("CLICOLOR_FORCE").is_some_and(|value| value != "0");
    let is_plain =
        || environment.standing() == Standing::Elsewhere || environment.text("TERM") == Some("dumb");
    let has_colors = match asked.unwrap_or_default() {
        Color::Always => true,
        Color::Never => false,
        Color::Auto if environment.text("NO_COLOR").is_some() => false,
        Color::Auto => is_forced() || !is_plain(),
    };
    if has_colors { Colors::Sixteen } else { Colors::None }
}

/// ASCII where it was asked for, or where the locale names another encoding than UTF-8. A locale that names none is
/// that of a program started without one, and says nothing about the terminal.
pub(super) fn symbols(ascii: bool, environment: &Environment) -> Symbols {
    let locale = ["LC_ALL", "LC_CTYPE", "LANG"].into_iter().find_map(|name| environment.text(name));
    let is_another_encoding = locale.is_some_and(|locale| {
        let lower = locale.to_ascii_lowercase();
        !lower.contains("utf-8") && !lower.contains("utf8")
    });
    if ascii || is_another_encoding { Symbols::Ascii } else { Symbols::Unicode }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn colours_follow_the_argument_then_the_environment_then_the_terminal() {
        let piped = Environment::default();
        let cases = [
            (None, Environment::from([]), Colors::Sixteen),
            (None, piped.clone(), Colors::None),
            (Some(Color::Always), piped, Colors::Sixteen),
            (None, Environment::from([("NO_COLOR", "1")]), Colors::None),
            (None, Environment::from([("NO_COLOR", "")]), Colors::Sixteen),
            (
                Some(Color::Auto),
                Environment::from([("NO_COLOR", "1"), ("CLICOLOR_FORCE", "1")]),
                Colors::None,
            ),
            (Some(Color::Always), Environment::from([("NO_COLOR", "1")]), Colors::Sixteen),
            (Some(Color::Never), Environment::from([("CLICOLOR_FORCE", "1")]), Colors::None),
            (None, Environment::from([("TERM", "dumb")]), Colors::None),
            (None, Environment::from([("TERM", "dumb"), ("CLICOLOR_FORCE", "1")]), Colors::Sixteen),
            (None, Environment::from([("TERM", "dumb"), ("CLICOLOR_FORCE", "0")]), Colors::None),
        ];
        for (asked, environment, expected) in cases {
            assert_eq!(colors(asked, &environment), expected, "{asked:?} {environment:?}");
        }
    }

    #[test]
    fn sentences_are_asked_for_by_the_argument_or_the_environment() {
        let cases = [
            (false, None, Presentation::Screen),
            (true, Some("0"), Presentation::Sentences),
            (false, Some("1"), Presentation::Sentences),
            (false, Some("0"), Presentation::Screen),
            (false, Some(""), Presentation::Screen),
        ];
        for (asked, value, expected) in cases {
            let environment =
                value.map_or(Environment::from([]), |value| Environment::from([("ACCESSIBLE", value)]));
            assert_eq!(presentation(asked, &environment), expected, "{asked} {value:?}");
        }
    }

    #[test]
    fn a_locale_of_another_encoding_gets_ascii() {
        let cases = [
            (false, Environment::from([]), Symbols::Unicode),
            (true, Environment::from([("LANG", "en_US.UTF-8")]), Symbols::Ascii),
            (false, Environment::from([("LANG", "en_US.UTF-8")]), Symbols::Unicode),
            (false, Environment::from([("LANG", "de_DE.utf8")]), Symbols::Unicode),
            (false, Environment::from([("LANG", "C")]), Symbols::Ascii),
            (false, Environment::from([("LANG", "en_US.UTF-8"), ("LC_ALL", "C")]), Symbols::Ascii),
            (false, Environment::from([("LC_CTYPE", "C.UTF-8"), ("LANG", "C")]), Symbols::Unicode),
            (false, Environment::from([("LC_ALL", ""), ("LANG", "en_US.UTF-8")]), Symbols::Unicode),
        ];
        for (ascii, environment, expected) in cases {
            assert_eq!(symbols(ascii, &environment), expected, "{environment:?}");
        }
    }
}
