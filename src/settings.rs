//! What was asked for: arguments, environment and config file, resolved once, in the AWS CLI's own precedence.
//!
//! The environment is an argument. The files that are read here are the config file and that of keys; the shared config of the AWS
//! tools is read later, by `fetch`, because a first frame must not wait for it.

mod clipboard;
mod config_file;
mod endpoint;
mod endpoint_choice;
mod environment;
mod log_file;
mod places;
mod region;
mod terminal;
mod theme;

pub use crate::cli::Api;
pub use clipboard::{Clipboard, ClipboardChoice, Tool, Way};
pub use endpoint::{EndpointUrl, RefusedEndpoint};
pub use endpoint_choice::{EndpointChoice, EndpointKinds, Wish};
pub use environment::{Environment, Standing};
pub use log_file::LogFile;
pub use places::Places;
pub use region::{NotARegion, check_region};
pub use terminal::{Colors, Ground, Presentation, Symbols, Title};
pub use theme::{ThemeChoice, ThemeFile};

use crate::cli::{Global, Output};
use crate::domain::duration::{self, NotADuration, NotAPoint};
use crate::domain::order_id::NotAnOrderId;
use crate::domain::redact::Secrets;
use crate::domain::{ConfiguredFilter, Fixed, PhoneNumberOrderId, Text, found};
use crate::poll::{Intervals, Rate};
use config_file::ConfigFile;
use jiff::Timestamp;
use std::fmt;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;
use terminal::Ascii;

/// The config file with every setting commented out.
pub const CONFIG_TEMPLATE: &str = include_str!("../assets/config.toml");

/// What stands for standard input among the order IDs.
pub const STANDARD_INPUT: &str = "-";

/// Everything that was asked for.
#[derive(Clone, Debug, PartialEq)]
pub struct Settings {
    /// Whose account to ask.
    pub profile: ProfileChoice,
    /// Where to ask.
    pub region: RegionChoice,
    /// A custom endpoint, checked, or whose it is.
    pub endpoint: EndpointChoice,
    /// Which API to ask.
    pub api: Api,
    /// What the environment says about credentials.
    pub aws: AwsEnvironment,
    /// The pace of each account and region.
    pub rate: Rate,
    /// How often orders are asked.
    pub intervals: Intervals,
    /// The form of printed answers.
    pub output: Output,
    /// Whether to use colours.
    pub colors: Colors,
    /// What is behind the text.
    pub ground: Ground,
    /// Which characters to draw with.
    pub symbols: Symbols,
    /// How the dashboard is told.
    pub presentation: Presentation,
    /// How texts get onto the clipboard.
    pub clipboard: Clipboard,
    /// Which theme the screen is drawn in.
    pub theme: ThemeChoice,
    /// The user's own themes.
    pub themes: Vec<ThemeFile>,
    /// What is chosen for every start, whatever was chosen last.
    pub fixed: Vec<Fixed>,
    /// Filters under a name; nobody has looked yet what they ask for.
    pub filters: Vec<ConfiguredFilter>,
    /// Whether the window gets a title.
    pub title: Title,
    /// The user's own keys, where there is a file of them.
    pub keymap: Option<KeymapFile>,
    /// Where files live.
    pub places: Places,
    /// The log, where one was asked for.
    pub log: Option<LogFile>,
    /// What must not be shown or logged: secrets of the environment, and those that are found on the way.
    pub secrets: Secrets,
    /// What is odd about the config file, as `FILE:LINE what`: said once, and not in the way.
    pub warnings: Vec<Text>,
}

/// A file of keys, for `keymap` to read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeymapFile {
    /// Where it is, for what is said about it.
    pub path: String,
    /// What it says.
    pub text: String,
}

/// What cannot be done as it was asked. The texts follow `chimewatch: `; the exit code is 2.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum UsageError {
    /// An argument that is no order id.
    #[error("'{text}' is no order ID: {reason}. Nothing was sent.")]
    OrderId {
        /// The argument.
        text: Text,
        /// What is wrong with it.
        reason: NotAnOrderId,
    },
    /// An argument that holds more than an order id, as a line of a file from Windows does.
    #[error(
        "'{text}' is no order ID but holds one, {id}: name that alone, or pipe the text in. Nothing was sent."
    )]
    MoreThanOrderId {
        /// The argument.
        text: Text,
        /// The first id in it.
        id: PhoneNumberOrderId,
    },
    /// An option that takes a length of time, and did not get one.
    #[error("'{text}' is no time for {option}: {reason}. Nothing was sent.")]
    Duration {
        /// The option.
        option: &'static str,
        /// What was typed.
        text: Text,
        /// What it has to look like.
        reason: NotADuration,
    },
    /// An option that takes a point in time, and did not get one.
    #[error("'{text}' is no point in time for {option}: {reason}. Nothing was sent.")]
    Point {
        /// The option.
        option: &'static str,
        /// What was typed.
        text: Text,
        /// What it has to look like.
        reason: NotAPoint,
    },
    /// Standard input where it has no place.
    #[error("'-' is standard input: the dashboard reads it, with no order ID beside it. Nothing was sent.")]
    StandardInput,
    /// A region that no host name can have.
    #[error("{0}. Nothing was sent.")]
    Region(#[from] NotARegion),
    /// An endpoint that gets no signed request.
    #[error("{0}. Nothing was sent.")]
    Endpoint(#[from] RefusedEndpoint),
    /// A custom endpoint and a kind of AWS's own at once.
    #[error("a custom endpoint and {0}=true exclude each other: unset one of them. Nothing was sent.")]
    EndpointKind(&'static str),
    /// A config file that cannot be read, or is no TOML.
    #[error("{0}. Mend it, or name another with --config.")]
    Config(Text),
    /// Neither the environment nor the system says where home is.
    #[error("there is no home directory to keep watchlists in: set HOME.")]
    Homeless,
}

/// The profile, and what it may give way to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ProfileChoice {
    /// `--profile`: wins over a watchlist's.
    Typed(Arc<str>),
    /// `AWS_PROFILE` or `AWS_DEFAULT_PROFILE`: a watchlist's wins over it.
    Environment(Arc<str>),
    /// None is named: the environment's keys, or the default profile.
    Unnamed,
}

impl fmt::Display for ProfileChoice {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Typed(name) => write!(f, "{name}, typed"),
            Self::Environment(name) => write!(f, "{name}, of the environment"),
            Self::Unnamed => f.write_str("none named"),
        }
    }
}

/// The region, and what it may give way to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RegionChoice {
    /// `--region`: wins over a watchlist's.
    Typed(Arc<str>),
    /// `AWS_REGION` or `AWS_DEFAULT_REGION`: a watchlist's wins over it.
    Environment(Arc<str>),
    /// None is named: the profile's, which `fetch` reads after the first frame, else us-east-1.
    OfProfile,
}

impl fmt::Display for RegionChoice {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Typed(region) => write!(f, "{region}, typed"),
            Self::Environment(region) => write!(f, "{region}, of the environment"),
            Self::OfProfile => f.write_str("the profile's"),
        }
    }
}

/// What the environment says about credentials, for `fetch`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AwsEnvironment {
    /// `AWS_CONFIG_FILE`.
    pub config_file: Option<PathBuf>,
    /// `AWS_SHARED_CREDENTIALS_FILE`.
    pub credentials_file: Option<PathBuf>,
    /// `~/.aws`.
    pub directory: Option<PathBuf>,
    /// `AWS_CA_BUNDLE`.
    pub ca_bundle: Option<PathBuf>,
    /// `AWS_USE_FIPS_ENDPOINT` and `AWS_USE_DUALSTACK_ENDPOINT`.
    pub endpoint_kinds: EndpointKinds,
    /// Whether the service's clock corrects ours: `AWS_DISABLE_CLOCK_SKEW_CORRECTION`.
    pub corrects_clock: bool,
    /// Whether the metadata service of an instance is asked: `AWS_EC2_METADATA_DISABLED`.
    pub asks_instance: bool,
}

impl ProfileChoice {
    /// The profile that is named; none for the default.
    pub fn named(&self) -> Option<Arc<str>> {
        match self {
            Self::Typed(name) | Self::Environment(name) => Some(Arc::clone(name)),
            Self::Unnamed => None,
        }
    }
}

impl RegionChoice {
    /// The region that is named; none where it is the profile's.
    pub fn named(&self) -> Option<Arc<str>> {
        match self {
            Self::Typed(region) | Self::Environment(region) => Some(Arc::clone(region)),
            Self::OfProfile => None,
        }
    }
}

impl Settings {
    /// Resolves what was asked for. Reads the config file and the file of keys, nothing else.
    ///
    /// # Errors
    /// [`UsageError`] says what cannot be done; nothing has been sent.
    pub fn resolve(global: &Global, environment: &Environment) -> Result<Self, UsageError> {
        let places = Places::find(environment).ok_or(UsageError::Homeless)?;
        let mut config = ConfigFile::read(global.config.as_deref(), &places).map_err(UsageError::Config)?;
        let fixed = config.fixed();
        let ascii = if global.ascii { Ascii::Always } else { config.ascii };
        Ok(Self {
            profile: profile(global, environment),
            region: region(global, environment)?,
            endpoint: endpoint_choice::endpoint(global, environment)?,
            api: global.api,
            aws: aws(environment),
            rate: global.rate.or(config.rate).and_then(Rate::new).unwrap_or_default(),
            intervals: config.intervals,
            output: global.output,
            colors: terminal::colors(global.color.or(config.color), environment),
            ground: terminal::ground(environment),
            symbols: terminal::symbols(ascii, environment),
            presentation: terminal::presentation(global.accessible, environment, config.presentation),
            clipboard: Clipboard::of(config.clipboard, environment),
            theme: ThemeChoice::of(global.theme.as_deref(), config.theme, &config.path),
            themes: theme::files(&places, &mut config.warnings),
            fixed,
            filters: config.filters,
            title: config.title,
            keymap: keymap(&places, &mut config.warnings),
            places,
            log: LogFile::asked_for(global, config.log_file, environment),
            secrets: environment.secrets(),
            warnings: config.warnings,
        })
    }
}

/// Checks the order ids of a command line.
///
/// # Errors
/// [`UsageError::OrderId`] and [`UsageError::MoreThanOrderId`] name the first that is none.
pub fn order_ids(typed: &[String]) -> Result<Vec<PhoneNumberOrderId>, UsageError> {
    let parse = |text: &String| match PhoneNumberOrderId::parse(text) {
        Err(_) if text == STANDARD_INPUT => Err(UsageError::StandardInput),
        parsed => parsed.map_err(|reason| match found::in_text(text).entries.first() {
            Some(entry) => UsageError::MoreThanOrderId { text: Text::new(text), id: entry.id },
            None => UsageError::OrderId { text: Text::new(text), reason },
        }),
    };
    typed.iter().map(parse).collect()
}

/// Reads a length of time that was typed for `option`.
///
/// # Errors
/// [`UsageError::Duration`] shows the forms.
pub fn duration(option: &'static str, text: &str) -> Result<Duration, UsageError> {
    duration::parse(text).map_err(|reason| UsageError::Duration { option, text: Text::new(text), reason })
}

/// Reads a point in time that was typed for `option`.
///
/// # Errors
/// [`UsageError::Point`] shows the forms.
pub fn point(option: &'static str, text: &str, now: Timestamp) -> Result<Timestamp, UsageError> {
    duration::point(text, now).map_err(|reason| UsageError::Point { option, text: Text::new(text), reason })
}

/// Reads `keymap.toml` beside the config file, which need not be there.
fn keymap(places: &Places, warnings: &mut Vec<Text>) -> Option<KeymapFile> {
    let path = places.config.join("keymap.toml");
    match std::fs::read_to_string(&path) {
        Ok(text) => Some(KeymapFile { path: path.display().to_string(), text }),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => None,
        Err(error) => {
            warnings.push(
                format!("{} cannot be read: {error}. The keys are the default ones.", path.display()).into(),
            );
            None
        }
    }
}

fn profile(global: &Global, environment: &Environment) -> ProfileChoice {
    let of_environment = environment.text("AWS_PROFILE").or_else(|| environment.text("AWS_DEFAULT_PROFILE"));
    match (&global.profile, of_environment) {
        (Some(typed), _) => ProfileChoice::Typed(typed.as_str().into()),
        (None, Some(name)) => ProfileChoice::Environment(name.into()),
        (None, None) => ProfileChoice::Unnamed,
    }
}

fn region(global: &Global, environment: &Environment) -> Result<RegionChoice, NotARegion> {
    let of_environment = environment.text("AWS_REGION").or_else(|| environment.text("AWS_DEFAULT_REGION"));
    let checked = |text: &str| check_region(text).map(|()| Arc::from(text));
    match (&global.region, of_environment) {
        (Some(typed), _) => checked(typed).map(RegionChoice::Typed),
        (None, Some(region)) => checked(region).map(RegionChoice::Environment),
        (None, None) => Ok(RegionChoice::OfProfile),
    }
}

fn aws(environment: &Environment) -> AwsEnvironment {
    AwsEnvironment {
        config_file: environment.path("AWS_CONFIG_FILE"),
        credentials_file: environment.path("AWS_SHARED_CREDENTIALS_FILE"),
        directory: environment.home().map(|home| home.join(".aws")),
        ca_bundle: environment.path("AWS_CA_BUNDLE"),
        endpoint_kinds: endpoint_choice::kinds(environment),
        corrects_clock: !environment.is_true("AWS_DISABLE_CLOCK_SKEW_CORRECTION"),
        asks_instance: !environment.is_true("AWS_EC2_METADATA_DISABLED"),
    }
}

#[cfg(test)]
mod tests;
