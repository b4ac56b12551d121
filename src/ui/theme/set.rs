//! The themes that can be chosen: those that are built in, those of the user.

use super::color::Depth;
use super::file::{self, Problem};
use super::{Glyphs, Palette, Theme};

/// The theme where nobody names one.
pub const AUTO: &str = "auto";
/// The theme where the terminal says that its background is light.
pub const LIGHT: &str = "light";
/// The theme where it says that it is dark.
pub const DARK: &str = "dark";
/// The theme without a colour.
const MONO: BuiltIn = BuiltIn { name: "mono", text: include_str!("../../../assets/themes/mono.toml") };

/// A theme that is built in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BuiltIn {
    /// Its name.
    pub name: &'static str,
    /// Its file.
    pub text: &'static str,
}

/// The themes that are built in, in the order in which they are offered.
pub const BUILT_IN: [BuiltIn; 6] = [
    BuiltIn { name: AUTO, text: include_str!("../../../assets/themes/auto.toml") },
    BuiltIn { name: DARK, text: include_str!("../../../assets/themes/dark.toml") },
    BuiltIn { name: LIGHT, text: include_str!("../../../assets/themes/light.toml") },
    BuiltIn { name: "high-contrast", text: include_str!("../../../assets/themes/high-contrast.toml") },
    BuiltIn { name: "colour-blind", text: include_str!("../../../assets/themes/colour-blind.toml") },
    MONO,
];

/// A theme file of the user's own.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ThemeFile {
    /// What it is called.
    pub name: String,
    /// Where it is, for what is said about it.
    pub path: String,
    /// What it says.
    pub text: String,
}

/// The themes that can be chosen on this terminal.
#[derive(Clone, Debug)]
pub struct Themes {
    themes: Vec<Loaded>,
    glyphs: Glyphs,
}

/// A theme that can be chosen.
#[derive(Clone, Debug)]
pub struct Loaded {
    /// What it is called.
    pub name: String,
    /// What it is for.
    pub about: String,
    /// What its file says wrongly; what is named there looks as in the theme below.
    pub problems: Vec<Problem>,
    palette: Palette,
}

impl Themes {
    /// Reads the built-in themes and `files`. A file with the name of a built-in theme takes its place, and what it
    /// leaves out is as it was there.
    pub fn load(files: &[ThemeFile], depth: Depth, glyphs: Glyphs) -> Self {
        let mut themes: Vec<Loaded> = BUILT_IN.iter().map(|theme| theme.load(depth)).collect();
        for file in files {
            let place = themes.iter().position(|theme| theme.name == file.name);
            let own = Loaded::read(file, depth);
            match place {
                Some(place) => themes[place] = own,
                None => themes.push(own),
            }
        }
        Self { themes, glyphs }
    }

    /// All of them, in the order in which they are offered.
    pub fn all(&self) -> &[Loaded] {
        &self.themes
    }

    /// The theme of a name; the first one where there is none of it.
    pub fn named(&self, name: &str) -> Theme {
        let named = self.themes.iter().find(|theme| theme.name == name).or_else(|| self.themes.first());
        Theme::new(named.map(|theme| theme.palette).unwrap_or_default(), self.glyphs)
    }
}

impl BuiltIn {
    fn load(self, depth: Depth) -> Loaded {
        let said = file::read(self.name, self.text, depth);
        // Without colours all look like `mono`.
        let looks =
            if depth == Depth::None { file::read(MONO.name, MONO.text, depth).looks } else { said.looks };
        Loaded {
            name: self.name.to_owned(),
            about: said.about.unwrap_or_default(),
            problems: said.problems,
            palette: file::over(Palette::default(), &looks),
        }
    }
}

impl Loaded {
    fn read(file: &ThemeFile, depth: Depth) -> Self {
        let said = file::read(&file.path, &file.text, depth);
        let below = said.inherits.unwrap_or(&file.name);
        let below = BUILT_IN.into_iter().find(|theme| theme.name == below).unwrap_or(BUILT_IN[0]);
        let palette = below.load(depth).palette;
        Self {
            name: file.name.clone(),
            about: said.about.unwrap_or_else(|| file.path.clone()),
            problems: said.problems,
            // What was made with colours in mind may tell nothing apart without them.
            palette: if depth == Depth::None { palette } else { file::over(palette, &said.looks) },
        }
    }
}

#[cfg(test)]
mod tests;
