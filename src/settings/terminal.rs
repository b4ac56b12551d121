//! What the terminal is to be shown: colours and characters.

use super::{Environment, Standing};
use crate::cli::Color;

/// Languages in which many terminals draw ambiguous characters two cells wide.
const EAST_ASIAN: [&str; 3] = ["ja", "ko", "zh"];

/// Whether colours are used.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Colors {
    /// The terminal's own sixteen.
    Sixteen,
    /// 256.
    Indexed,
    /// All of them.
    True,
    /// None: bold, reverse and underline tell states apart.
    None,
}

/// What is behind the text, as far as the terminal says.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Ground {
    /// Nobody says.
    #[default]
    Unknown,
    /// Something light.
    Light,
    /// Something dark.
    Dark,
}

/// Which characters are drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Symbols {
    /// One cell wide, beyond ASCII.
    Unicode,
    /// The same without those that an East Asian terminal may draw two cells wide.
    Narrow,
    /// ASCII only.
    Ascii,
}

/// Whether the terminal's window gets a title.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Title {
    /// It says how far the list on the screen is.
    #[default]
    Shown,
    /// It stays as it was.
    Off,
}

/// How the dashboard is told.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Presentation {
    /// On a screen that is drawn.
    #[default]
    Screen,
    /// In sentences, a line each, for a screen reader.
    Sentences,
}

/// `--accessible`, else `ACCESSIBLE` with anything but 0, else what the config file says.
pub(super) fn presentation(
    is_asked: bool,
    environment: &Environment,
    configured: Presentation,
) -> Presentation {
    match environment.text("ACCESSIBLE") {
        Some("0") if !is_asked => Presentation::Screen,
        None if !is_asked => configured,
        Some(_) | None => Presentation::Sentences,
    }
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
    if has_colors { depth(environment) } else { Colors::None }
}

/// `COLORTERM` says that all colours can be shown; `TERM` names 256.
fn depth(environment: &Environment) -> Colors {
    let is_256 = || environment.text("TERM").is_some_and(|term| term.contains("256color"));
    match environment.text("COLORTERM") {
        Some("truecolor" | "24bit") => Colors::True,
        Some(_) | None if is_256() => Colors::Indexed,
        Some(_) | None => Colors::Sixteen,
    }
}

/// `COLORFGBG` ends with the colour behind the text, one of sixteen: white is light, black is dark.
///
/// Source: rxvt's manual; Konsole and iTerm2 set it too.
pub(super) fn ground(environment: &Environment) -> Ground {
    let behind = environment.text("COLORFGBG").and_then(|colours| colours.rsplit(';').next());
    match behind {
        Some("7" | "15") => Ground::Light,
        Some("0" | "8") => Ground::Dark,
        Some(_) | None => Ground::Unknown,
    }
}

/// Whether only ASCII is drawn.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Ascii {
    /// As the locale says.
    #[default]
    Auto,
    /// It is.
    Always,
    /// It is not, whatever the locale says.
    Never,
}

/// ASCII where it was asked for, or where the locale names another encoding than UTF-8. A locale that names none is
/// that of a program started without one, and says nothing about the terminal. In Japanese, Korean and Chinese many
/// terminals draw two cells wide what is one cell wide elsewhere.
pub(super) fn symbols(ascii: Ascii, environment: &Environment) -> Symbols {
    let locale = ["LC_ALL", "LC_CTYPE", "LANG"].into_iter().find_map(|name| environment.text(name));
    let locale = locale.map(str::to_ascii_lowercase);
    let is_another_encoding =
        || locale.as_ref().is_some_and(|locale| !locale.contains("utf-8") && !locale.contains("utf8"));
    let is_east_asian = || {
        let language = locale.as_ref().and_then(|locale| locale.split(['_', '.', '-', '@']).next());
        language.is_some_and(|language| EAST_ASIAN.contains(&language))
    };
    match ascii {
        Ascii::Always => Symbols::Ascii,
        Ascii::Auto if is_another_encoding() => Symbols::Ascii,
        Ascii::Auto if is_east_asian() => Symbols::Narrow,
        Ascii::Auto | Ascii::Never => Symbols::Unicode,
    }
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
            let screen = Presentation::Screen;
            assert_eq!(presentation(asked, &environment, screen), expected, "{asked} {value:?}");
        }
        let configured =
            |environment: &Environment| presentation(false, environment, Presentation::Sentences);
        assert_eq!(configured(&Environment::from([])), Presentation::Sentences);
        assert_eq!(configured(&Environment::from([("ACCESSIBLE", "0")])), Presentation::Screen);
    }

    #[test]
    fn as_many_colours_are_used_as_the_terminal_says_it_has() {
        let cases: [(&[(&str, &str)], Colors); 5] = [
            (&[("TERM", "xterm")], Colors::Sixteen),
            (&[("TERM", "xterm-256color")], Colors::Indexed),
            (&[("TERM", "xterm-256color"), ("COLORTERM", "yes")], Colors::Indexed),
            (&[("TERM", "xterm"), ("COLORTERM", "truecolor")], Colors::True),
            (&[("TERM", "dumb"), ("COLORTERM", "24bit")], Colors::None),
        ];
        for (variables, expected) in cases {
            let variables = variables.iter().map(|(name, value)| ((*name).into(), (*value).into()));
            assert_eq!(colors(None, &Environment::new(variables, Standing::Terminal)), expected);
        }
    }

    #[test]
    fn a_ground_is_light_or_dark_where_the_terminal_says_so() {
        let cases = [
            ("0;15", Ground::Light),
            ("0;default;7", Ground::Light),
            ("15;0", Ground::Dark),
            ("0;3", Ground::Unknown),
        ];
        for (value, expected) in cases {
            assert_eq!(ground(&Environment::from([("COLORFGBG", value)])), expected, "{value}");
        }
        assert_eq!(ground(&Environment::from([])), Ground::Unknown);
    }

    #[test]
    fn the_locale_decides_about_symbols_unless_somebody_says_otherwise() {
        let cases = [
            (Ascii::Auto, Environment::from([]), Symbols::Unicode),
            (Ascii::Always, Environment::from([("LANG", "en_US.UTF-8")]), Symbols::Ascii),
            (Ascii::Auto, Environment::from([("LANG", "en_US.UTF-8")]), Symbols::Unicode),
            (Ascii::Auto, Environment::from([("LANG", "de_DE.utf8")]), Symbols::Unicode),
            (Ascii::Auto, Environment::from([("LANG", "C")]), Symbols::Ascii),
            (Ascii::Never, Environment::from([("LANG", "C")]), Symbols::Unicode),
            (Ascii::Auto, Environment::from([("LANG", "en_US.UTF-8"), ("LC_ALL", "C")]), Symbols::Ascii),
            (Ascii::Auto, Environment::from([("LC_CTYPE", "C.UTF-8"), ("LANG", "C")]), Symbols::Unicode),
            (Ascii::Auto, Environment::from([("LC_ALL", ""), ("LANG", "en_US.UTF-8")]), Symbols::Unicode),
            (Ascii::Auto, Environment::from([("LANG", "ja_JP.UTF-8")]), Symbols::Narrow),
            (Ascii::Auto, Environment::from([("LANG", "ko_KR.utf8")]), Symbols::Narrow),
            (Ascii::Auto, Environment::from([("LC_CTYPE", "zh_CN.UTF-8@x")]), Symbols::Narrow),
            (Ascii::Auto, Environment::from([("LANG", "zh.UTF-8")]), Symbols::Narrow),
            (Ascii::Auto, Environment::from([("LANG", "ja_JP.eucJP")]), Symbols::Ascii),
            (
                Ascii::Auto,
                Environment::from([("LC_ALL", "en_US.UTF-8"), ("LANG", "ja_JP.UTF-8")]),
                Symbols::Unicode,
            ),
            (Ascii::Never, Environment::from([("LANG", "ja_JP.UTF-8")]), Symbols::Unicode),
            (Ascii::Always, Environment::from([("LANG", "ja_JP.UTF-8")]), Symbols::Ascii),
        ];
        for (ascii, environment, expected) in cases {
            let locale = ["LC_ALL", "LC_CTYPE", "LANG"].map(|name| environment.text(name));
            assert_eq!(symbols(ascii, &environment), expected, "{ascii:?} {locale:?}");
        }
    }
}
