//! The settings, a line each. `assets/config.toml` explains them; a test holds that it has all of them with their
//! defaults.

use super::{ConfigFile, value};
use crate::cli::Color;
use crate::poll::intervals::{INTERVALS as SPECS, Interval};
use crate::settings::Times;
use crate::settings::terminal::Ascii;
use toml::de::DeValue;

/// The table of intervals.
pub(super) const INTERVALS: &str = "intervals";

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

/// Every setting but the intervals, in the order of the template.
pub(super) const SETTINGS: &[Setting] = &[
    setting("rate", |config, said| value::rate(said).map(|rate| config.rate = Some(rate))),
    setting("theme", |config, said| value::name(said).map(|theme| config.theme = Some(theme))),
    setting("color", |config, said| value::one_of(said, COLORS).map(|color| config.color = Some(color))),
    setting("ascii", |config, said| value::one_of(said, ASCII).map(|ascii| config.ascii = ascii)),
    setting("times", |config, said| value::one_of(said, TIMES).map(|times| config.times = times)),
    setting("log_file", |config, said| value::path(said).map(|path| config.log_file = path)),
];

const COLORS: &[(&str, Color)] = &[("auto", Color::Auto), ("always", Color::Always), ("never", Color::Never)];
const ASCII: &[(&str, Ascii)] = &[("auto", Ascii::Auto), ("true", Ascii::Always), ("false", Ascii::Never)];
const TIMES: &[(&str, Times)] =
    &[("relative", Times::Relative), ("local", Times::Local), ("utc", Times::Utc)];

/// The interval of a key.
pub(super) fn interval(key: &str) -> Option<Interval> {
    SPECS.iter().find(|spec| spec.name == key).map(|spec| spec.interval)
}

/// The keys of the intervals.
pub(super) fn interval_names() -> Vec<&'static str> {
    SPECS.iter().map(|spec| spec.name).collect()
}
