//! The settings, a line each. `assets/config.toml` explains them; a test holds that it has all of them with their
//! defaults.

use super::{ConfigFile, value};
use crate::cli::Color;
use crate::domain::{Alerts, Mouse, Preference, Privacy, Times};
use crate::poll::intervals::{INTERVALS as SPECS, Interval};
use crate::settings::ClipboardChoice;
use crate::settings::terminal::{Ascii, Presentation, Title};
use toml::de::DeValue;

/// The table of intervals.
pub(super) const INTERVALS: &str = "intervals";
/// The table of filters under a name.
pub(super) const FILTERS: &str = "filters";

/// A setting.
#[derive(Clone, Copy, Debug)]
pub(super) struct Setting {
    /// Its key.
    pub(super) name: &'static str,
    /// Takes its value. The error says what it has to be.
    pub(super) take: Take,
}

type Take = fn(&mut ConfigFile, &DeValue<'_>) -> Result<(), String>;

const fn setting(name: &'static str, take: Take) -> Setting {
    Setting { name, take }
}

/// Every setting but the tables, in the order of the template.
pub(super) const SETTINGS: &[Setting] = &[
    setting("rate", |config, said| value::rate(said).map(|rate| config.rate = Some(rate))),
    setting("theme", |config, said| value::name(said).map(|theme| config.theme = Some(theme))),
    setting("color", |config, said| value::one_of(said, COLORS).map(|color| config.color = Some(color))),
    setting("ascii", |config, said| value::one_of(said, ASCII).map(|ascii| config.ascii = ascii)),
    setting(TIMES.0, |config, said| choose(config, said, TIMES.1)),
    setting(PRIVACY.0, |config, said| choose(config, said, PRIVACY.1)),
    setting(BELL.0, |config, said| choose(config, said, BELL.1)),
    setting(MOUSE.0, |config, said| choose(config, said, MOUSE.1)),
    setting("title", |config, said| value::one_of(said, TITLE).map(|title| config.title = title)),
    setting("clipboard", |config, said| value::one_of(said, CLIPBOARD).map(|way| config.clipboard = way)),
    setting("accessible", |config, said| {
        value::one_of(said, ACCESSIBLE).map(|presentation| config.presentation = presentation)
    }),
    setting("log_file", |config, said| value::path(said).map(|path| config.log_file = path)),
];

const COLORS: &[(&str, Color)] = &[("auto", Color::Auto), ("always", Color::Always), ("never", Color::Never)];
const ASCII: &[(&str, Ascii)] = &[("auto", Ascii::Auto), ("true", Ascii::Always), ("false", Ascii::Never)];
const TITLE: &[(&str, Title)] = &[("true", Title::Shown), ("false", Title::Off)];
const ACCESSIBLE: &[(&str, Presentation)] =
    &[("true", Presentation::Sentences), ("false", Presentation::Screen)];
const CLIPBOARD: &[(&str, ClipboardChoice)] = &[
    ("auto", ClipboardChoice::Auto),
    ("osc52", ClipboardChoice::Osc52),
    ("tmux", ClipboardChoice::Tmux),
    ("native", ClipboardChoice::Native),
];

/// The key of a choice that can be made in the dashboard too, and what its values mean.
type Choice = (&'static str, &'static [(&'static str, Preference)]);

const TIMES: Choice = (
    "times",
    &[
        ("relative", Preference::Times(Times::Relative)),
        ("local", Preference::Times(Times::Local)),
        ("utc", Preference::Times(Times::Utc)),
    ],
);
const PRIVACY: Choice = (
    "privacy",
    &[("true", Preference::Privacy(Privacy::Masked)), ("false", Preference::Privacy(Privacy::Shown))],
);
const BELL: Choice =
    ("bell", &[("true", Preference::Alerts(Alerts::On)), ("false", Preference::Alerts(Alerts::Muted))]);
const MOUSE: Choice =
    ("mouse", &[("true", Preference::Mouse(Mouse::Ours)), ("false", Preference::Mouse(Mouse::Terminals))]);

fn choose(config: &mut ConfigFile, said: &DeValue<'_>, words: &[(&str, Preference)]) -> Result<(), String> {
    value::one_of(said, words).map(|choice| config.choices.push(choice))
}

/// What makes a choice, as `times = "utc"`.
pub(super) fn setting_of(choice: Preference) -> Option<String> {
    [TIMES, PRIVACY, BELL, MOUSE].into_iter().find_map(|(key, words)| {
        let (word, _) = words.iter().find(|(_, meant)| *meant == choice)?;
        Some(format!("{key} = {}", value::quoted(word)))
    })
}

/// The interval of a key.
pub(super) fn interval(key: &str) -> Option<Interval> {
    SPECS.iter().find(|spec| spec.name == key).map(|spec| spec.interval)
}

/// The keys of the intervals.
pub(super) fn interval_names() -> Vec<&'static str> {
    SPECS.iter().map(|spec| spec.name).collect()
}
