//! A theme file: `part = { fg = "red", bold = true }`, each line taken or told by itself.

use super::color::{self, Depth};
use super::look::{Look, PARTS, Palette, Part};
use super::set;
use crate::domain::near::near;
use crate::domain::text::line_at;
use ratatui::style::{Color, Modifier};
use std::fmt;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

/// The key that says what the theme is for.
const ABOUT: &str = "about";
/// The key that names the theme below it.
const INHERITS: &str = "inherits";
const MODIFIERS: [(&str, Modifier); 5] = [
    ("bold", Modifier::BOLD),
    ("dim", Modifier::DIM),
    ("italic", Modifier::ITALIC),
    ("underline", Modifier::UNDERLINED),
    ("reverse", Modifier::REVERSED),
];

/// What a theme file says wrongly, as `FILE:LINE what`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    path: String,
    line: usize,
    what: String,
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{} {}", self.path, self.line, self.what)
    }
}

/// What a theme file says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Said {
    /// What it is for.
    pub(super) about: Option<String>,
    /// The theme that counts where it says nothing, or nothing that can be taken.
    pub(super) inherits: Option<&'static str>,
    /// The looks that it gives.
    pub(super) looks: Vec<(Part, Look)>,
    /// What is wrong with it, by its lines.
    pub(super) problems: Vec<Problem>,
}

/// Reads what can be read, for a terminal of so many colours.
pub(super) fn read(path: &str, text: &str, depth: Depth) -> Said {
    let mut said = Said { about: None, inherits: None, looks: Vec::new(), problems: Vec::new() };
    let mut wrong = Vec::new();
    let (table, errors) = DeTable::parse_recoverable(text);
    wrong.extend(errors.iter().map(|error| (start_of(error), error.message().to_owned())));
    for (key, value) in table.get_ref() {
        let (start, end) = (key.span().start, value.span().end);
        // What the parser guessed around an error was not said.
        if errors.iter().any(|error| (start..=end).contains(&start_of(error))) {
            continue;
        }
        let taken = match key.get_ref().as_ref() {
            ABOUT => text_in(value).map(|about| said.about = Some(about)),
            INHERITS => inherited(value).map(|name| said.inherits = Some(name)),
            name => part_named(name, start)
                .and_then(|part| Ok((part, look(value, depth)?)))
                .map(|part| said.looks.push(part)),
        };
        wrong.extend(taken.err());
    }
    wrong.sort();
    said.problems.extend(wrong.into_iter().map(|(at, what)| Problem {
        path: path.to_owned(),
        line: line_at(text, at),
        what,
    }));
    said
}

/// The looks of a file over those of the theme below it.
pub(super) fn over(mut palette: Palette, looks: &[(Part, Look)]) -> Palette {
    for (part, look) in looks {
        palette.set(*part, *look);
    }
    palette
}

/// Where something is wrong, and what.
type Wrong = (usize, String);

fn start_of(error: &toml::de::Error) -> usize {
    error.span().map_or(0, |span| span.start)
}

fn text_in(value: &Spanned<DeValue<'_>>) -> Result<String, Wrong> {
    let wrong = || (value.span().start, format!("{ABOUT} is a text, as \"for a dark background\""));
    value.get_ref().as_str().map(str::to_owned).ok_or_else(wrong)
}

fn inherited(value: &Spanned<DeValue<'_>>) -> Result<&'static str, Wrong> {
    let wanted = value.get_ref().as_str().unwrap_or_default();
    let names = set::BUILT_IN.map(|theme| theme.name);
    let wrong = || (value.span().start, format!("{INHERITS} is one of {}", names.join(", ")));
    names.into_iter().find(|name| *name == wanted).ok_or_else(wrong)
}

fn part_named(name: &str, at: usize) -> Result<Part, Wrong> {
    if let Some((part, _)) = PARTS.iter().find(|(_, known)| *known == name) {
        return Ok(*part);
    }
    let names: Vec<&str> = PARTS.iter().map(|(_, name)| *name).collect();
    let meant = near(name, &names);
    let meant = if meant.is_empty() { names.join(", ") } else { meant.join(", ") };
    Err((at, format!("there is nothing called '{name}': {meant}")))
}

/// A look, whole or not at all.
fn look(value: &Spanned<DeValue<'_>>, depth: Depth) -> Result<Look, Wrong> {
    let Some(table) = value.get_ref().as_table() else {
        return Err((value.span().start, "a look is written as { fg = \"red\", bold = true }".to_owned()));
    };
    let mut look = Look::default();
    for (key, value) in table {
        match key.get_ref().as_ref() {
            "fg" => look.fg = color::shown(colour_for(value, depth)?, depth),
            "bg" => look.bg = color::shown(colour_for(value, depth)?, depth),
            name => {
                let modifier = modifier(name).map_err(|what| (key.span().start, what))?;
                let is_on = value.get_ref().as_bool();
                let is_on = is_on.ok_or_else(|| (value.span().start, format!("{name} is true or false")))?;
                look.modifiers.set(modifier, is_on);
            }
        }
    }
    Ok(look)
}

fn modifier(name: &str) -> Result<Modifier, String> {
    let known = MODIFIERS.iter().find(|(known, _)| *known == name).map(|(_, modifier)| *modifier);
    known.ok_or_else(|| {
        let names = MODIFIERS.map(|(name, _)| name).join(", ");
        format!("a look has no '{name}': fg, bg, {names}")
    })
}

/// A colour, or two: the second for a terminal of sixteen, where the nearest to the first would not do.
fn colour_for(value: &Spanned<DeValue<'_>>, depth: Depth) -> Result<Color, Wrong> {
    let DeValue::Array(colours) = value.get_ref() else { return colour(value) };
    let mut two = colours.iter();
    let (Some(many), Some(few), None) = (two.next(), two.next(), two.next()) else {
        let what = "two colours are for 256 and for sixteen, as [130, \"magenta\"]";
        return Err((value.span().start, what.to_owned()));
    };
    let (many, few) = (colour(many)?, colour(few)?);
    Ok(if depth <= Depth::Sixteen { few } else { many })
}

fn colour(value: &Spanned<DeValue<'_>>) -> Result<Color, Wrong> {
    let colour = match value.get_ref() {
        DeValue::String(name) => color::named(name),
        DeValue::Integer(index) => index
            .to_string()
            .parse()
            .map(Color::Indexed)
            .map_err(|_beyond| format!("there is no colour {index}: 0 to 255")),
        DeValue::Float(_)
        | DeValue::Boolean(_)
        | DeValue::Datetime(_)
        | DeValue::Array(_)
        | DeValue::Table(_) => Err("a colour is \"red\", 0 to 255, or \"#d75f00\"".to_owned()),
    };
    colour.map_err(|what| (value.span().start, what))
}

#[cfg(test)]
mod tests;
