//! Which endpoint is asked: a custom one, or which of AWS's own kinds.

use super::{EndpointUrl, Environment, UsageError};
use crate::cli::{Api, Global};
use std::fmt;

/// The endpoint, and what it may give way to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum EndpointChoice {
    /// `--endpoint-url` or a variable: wins over the shared config's.
    Named(EndpointUrl),
    /// None is named: the profile's in the shared config, which `fetch` reads after the first frame, else AWS's own.
    #[default]
    OfProfile,
    /// AWS's own, whatever the shared config says: `AWS_IGNORE_CONFIGURED_ENDPOINT_URLS`.
    Aws,
}

impl EndpointChoice {
    /// The endpoint that is named; none where it is the profile's or AWS's own.
    pub const fn named(&self) -> Option<&EndpointUrl> {
        match self {
            Self::Named(endpoint) => Some(endpoint),
            Self::OfProfile | Self::Aws => None,
        }
    }
}

impl fmt::Display for EndpointChoice {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Named(endpoint) => write!(f, "{endpoint}"),
            Self::OfProfile => f.write_str("the profile's, or AWS's own"),
            Self::Aws => f.write_str("AWS's own"),
        }
    }
}

/// Which kinds of AWS's own endpoints the environment asks for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct EndpointKinds {
    /// `AWS_USE_FIPS_ENDPOINT`.
    pub fips: Wish,
    /// `AWS_USE_DUALSTACK_ENDPOINT`.
    pub dual_stack: Wish,
}

/// Whether something is wanted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Wish {
    /// The shared config decides.
    #[default]
    OfProfile,
    /// It is, whatever the shared config says.
    Yes,
    /// It is not, whatever the shared config says.
    No,
}

impl Wish {
    /// Reads a value as the AWS tools write it; any other than `true` and `false` is none.
    pub fn parse(text: Option<&str>) -> Self {
        match text {
            Some(text) if text.trim().eq_ignore_ascii_case("true") => Self::Yes,
            Some(text) if text.trim().eq_ignore_ascii_case("false") => Self::No,
            Some(_) | None => Self::OfProfile,
        }
    }
}

const FIPS: &str = "AWS_USE_FIPS_ENDPOINT";
const DUAL_STACK: &str = "AWS_USE_DUALSTACK_ENDPOINT";

/// The variable of an API's own endpoint.
const fn variable(api: Api) -> &'static str {
    match api {
        Api::Voice => "AWS_ENDPOINT_URL_CHIME_SDK_VOICE",
        Api::Chime => "AWS_ENDPOINT_URL_CHIME",
    }
}

pub(super) fn endpoint(global: &Global, environment: &Environment) -> Result<EndpointChoice, UsageError> {
    let is_ignored = environment.is_true("AWS_IGNORE_CONFIGURED_ENDPOINT_URLS");
    let of_environment = || {
        [variable(global.api), "AWS_ENDPOINT_URL"]
            .into_iter()
            .find_map(|name| environment.text(name))
            .filter(|_| !is_ignored)
    };
    let named = global.endpoint_url.as_deref().or_else(of_environment);
    Ok(match named {
        Some(text) => EndpointChoice::Named(alone(EndpointUrl::parse(text)?, kinds(environment))?),
        None if is_ignored => EndpointChoice::Aws,
        None => EndpointChoice::OfProfile,
    })
}

pub(super) fn kinds(environment: &Environment) -> EndpointKinds {
    let wish = |variable| Wish::parse(environment.text(variable));
    EndpointKinds { fips: wish(FIPS), dual_stack: wish(DUAL_STACK) }
}

/// The AWS tools refuse the same: nobody but AWS has endpoints of these kinds.
fn alone(endpoint: EndpointUrl, kinds: EndpointKinds) -> Result<EndpointUrl, UsageError> {
    match (kinds.fips, kinds.dual_stack) {
        (Wish::Yes, _) => Err(UsageError::EndpointKind(FIPS)),
        (_, Wish::Yes) => Err(UsageError::EndpointKind(DUAL_STACK)),
        (Wish::OfProfile | Wish::No, Wish::OfProfile | Wish::No) => Ok(endpoint),
    }
}
