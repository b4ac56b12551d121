//! The themes for this terminal, and which of them the dashboard starts in: the one that was asked for, else the one
//! that was chosen last.

use crate::app::looks::{Colours, Looks, ThemeName};
use crate::domain::Text;
use crate::domain::near::near;
use crate::settings::{self, Colors, Ground, Settings, Symbols, ThemeChoice};
use crate::ui::theme::{AUTO, DARK, LIGHT, Loaded, ThemeFile};
use crate::ui::{Depth, Glyphs, Themes};

/// The themes, what the core knows about them, and what the user should read once.
pub(super) fn looks(settings: &Settings, last: Option<String>) -> (Themes, Looks, Vec<Text>) {
    let depth = match settings.colors {
        Colors::None => Depth::None,
        Colors::Sixteen => Depth::Sixteen,
        Colors::Indexed => Depth::Indexed,
        Colors::True => Depth::True,
    };
    let glyphs = match settings.symbols {
        Symbols::Unicode => Glyphs::Unicode,
        Symbols::Narrow => Glyphs::Narrow,
        Symbols::Ascii => Glyphs::Ascii,
    };
    let file = |file: &settings::ThemeFile| ThemeFile {
        name: file.name.clone(),
        path: file.path.clone(),
        text: file.text.clone(),
    };
    let files: Vec<_> = settings.themes.iter().map(file).collect();
    let themes = Themes::load(&files, depth, glyphs);
    let mut warnings = Vec::new();
    let chosen = chosen(&themes, settings, last, &mut warnings);
    let in_use = themes.all().iter().find(|theme| theme.name == chosen);
    warnings.extend(in_use.into_iter().flat_map(|theme| &theme.problems).map(|said| said.to_string().into()));
    let looks = Looks {
        themes: themes.all().iter().map(name).collect(),
        chosen: chosen.into(),
        tried: None,
        fixed: match &settings.theme {
            ThemeChoice::Configured { said, .. } => Some(said.clone()),
            ThemeChoice::Typed(_) | ThemeChoice::Unnamed => None,
        },
        colours: if depth == Depth::None { Colours::Off } else { Colours::Used },
    };
    (themes, looks, warnings)
}

/// The name of the theme to start in.
fn chosen(themes: &Themes, settings: &Settings, last: Option<String>, warnings: &mut Vec<Text>) -> String {
    let is_there = |name: &str| themes.all().iter().any(|theme| theme.name == name);
    let last = last.filter(|name| is_there(name));
    match settings.theme.name() {
        Some(name) if is_there(name) => name.to_owned(),
        Some(name) => {
            let names: Vec<&str> = themes.all().iter().map(|theme| theme.name.as_str()).collect();
            let meant = near(name, &names);
            let meant = if meant.is_empty() { names.join(", ") } else { meant.join(", ") };
            let place = match &settings.theme {
                ThemeChoice::Configured { said, .. } => said.to_string(),
                ThemeChoice::Typed(_) | ThemeChoice::Unnamed => format!("--theme {name}"),
            };
            warnings.push(format!("{place}: there is no theme '{name}': {meant}").into());
            AUTO.to_owned()
        }
        None => last.unwrap_or_else(|| unnamed(settings.ground).to_owned()),
    }
}

/// The theme where nobody names one.
const fn unnamed(ground: Ground) -> &'static str {
    match ground {
        Ground::Unknown => AUTO,
        Ground::Light => LIGHT,
        Ground::Dark => DARK,
    }
}

fn name(theme: &Loaded) -> ThemeName {
    ThemeName {
        name: theme.name.as_str().into(),
        about: theme.about.as_str().into(),
        problem: theme.problems.first().map(|said| said.to_string().into()),
    }
}
