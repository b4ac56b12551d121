//! Which theme the screen is drawn in. The core knows themes by their names only; `ui` knows what they look like.

use crate::domain::Text;
use std::sync::Arc;

/// The themes that there are, and which of them counts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Looks {
    /// All of them, in the order in which they are offered.
    pub themes: Vec<ThemeName>,
    /// The one that was chosen.
    pub chosen: Arc<str>,
    /// The one that somebody tries out; it counts as long as it does.
    pub tried: Option<Arc<str>>,
    /// What names the theme of every start, as `theme = "light" in FILE`; none where the last choice counts.
    pub fixed: Option<Text>,
    /// Whether the themes have colours here.
    pub colours: Colours,
}

/// A theme by its name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ThemeName {
    /// What it is called.
    pub name: Arc<str>,
    /// What it is for.
    pub about: Text,
    /// The first thing that its file says wrongly, as `FILE:LINE what`.
    pub problem: Option<Text>,
}

/// Whether colours are used.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Colours {
    /// They are.
    #[default]
    Used,
    /// The terminal has none, or nobody wants them: all themes look alike.
    Off,
}

impl Looks {
    /// The theme that the screen is drawn in.
    pub fn theme(&self) -> &str {
        self.tried.as_ref().unwrap_or(&self.chosen)
    }
}

impl Default for Looks {
    /// One theme, and nothing to choose.
    fn default() -> Self {
        Self {
            themes: Vec::new(),
            chosen: "auto".into(),
            tried: None,
            fixed: None,
            colours: Colours::default(),
        }
    }
}
