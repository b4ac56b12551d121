//! Where a request goes: AWS's endpoint of a region, or a custom one. The last gate before a URL.

use super::question::Question;
use crate::domain::scope::DEFAULT_REGION;
use crate::settings::{Api, EndpointUrl, NotARegion, RefusedEndpoint, check_region};
use reqwest::Url;
use std::sync::Arc;

/// The URL of a request, and the region that its signature names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Target {
    pub(super) url: Url,
    pub(super) region: Arc<str>,
}

/// Which of AWS's own endpoints are meant.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub(super) enum Kind {
    /// The usual ones.
    #[default]
    Plain,
    /// With cryptography that is validated by FIPS 140.
    Fips,
    /// Over IPv4 and IPv6.
    DualStack,
    /// Both.
    FipsAndDualStack,
}

/// Why nothing is sent there.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub(super) enum Refusal {
    #[error(transparent)]
    Region(#[from] NotARegion),
    #[error(transparent)]
    Endpoint(#[from] RefusedEndpoint),
    #[error("the endpoint {0} is a custom one, and FIPS or dual-stack endpoints are AWS's own")]
    Kind(EndpointUrl),
    #[error("'{0}' does not become a URL")]
    Url(String),
}

/// The regions of a part of AWS and the ends of their host names.
struct Partition {
    prefix: &'static str,
    suffix: &'static str,
    dual_stack_suffix: &'static str,
}

/// The part that every region belongs to which is not of [`PARTITIONS`].
const COMMERCIAL: Partition = Partition { prefix: "", suffix: "amazonaws.com", dual_stack_suffix: "api.aws" };

/// Source: `partitions.json` of the AWS SDKs.
const PARTITIONS: [Partition; 3] = [
    Partition { prefix: "us-gov-", ..COMMERCIAL },
    Partition {
        prefix: "cn-",
        suffix: "amazonaws.com.cn",
        dual_stack_suffix: "api.amazonwebservices.com.cn",
    },
    Partition { prefix: "eusc-", suffix: "amazonaws.eu", dual_stack_suffix: "api.amazonwebservices.eu" },
];

impl Kind {
    pub(super) const fn of(fips: bool, dual_stack: bool) -> Self {
        match (fips, dual_stack) {
            (false, false) => Self::Plain,
            (true, false) => Self::Fips,
            (false, true) => Self::DualStack,
            (true, true) => Self::FipsAndDualStack,
        }
    }
}

impl Target {
    pub(super) fn of(question: Question<'_>, api: Api, kind: Kind) -> Result<Self, Refusal> {
        let scope = question.scope();
        check_region(&scope.region)?;
        let (base, region) = match (&scope.endpoint, kind) {
            (None, _) => of_aws(&scope.region, api, kind),
            (Some(endpoint), Kind::Plain) => {
                (EndpointUrl::parse(endpoint)?.to_string(), Arc::clone(&scope.region))
            }
            (Some(endpoint), Kind::Fips | Kind::DualStack | Kind::FipsAndDualStack) => {
                return Err(Refusal::Kind(EndpointUrl::parse(endpoint)?));
            }
        };
        let text = format!("{base}{}", question.path_and_query());
        let url = Url::parse(&text).map_err(|error| Refusal::Url(format!("{text}: {error}")))?;
        Ok(Self { url, region })
    }

    /// The host as people know it.
    pub(super) fn host(&self) -> &str {
        self.url.host_str().unwrap_or_default()
    }

    pub(super) fn port(&self) -> u16 {
        self.url.port_or_known_default().unwrap_or_default()
    }
}

/// AWS's own endpoint and the region to sign for.
///
/// Source: the endpoint rule sets of `chime-sdk-voice` and `chime`.
fn of_aws(region: &Arc<str>, api: Api, kind: Kind) -> (String, Arc<str>) {
    let partition = PARTITIONS.iter().find(|partition| region.starts_with(partition.prefix));
    if (api, kind, partition.is_none()) == (Api::Chime, Kind::Plain, true) {
        // The legacy API has one endpoint for all regions.
        return (format!("https://chime.{DEFAULT_REGION}.amazonaws.com"), DEFAULT_REGION.into());
    }
    let Partition { suffix, dual_stack_suffix, .. } = partition.unwrap_or(&COMMERCIAL);
    let service = match api {
        Api::Voice => "voice-chime",
        Api::Chime => "chime",
    };
    let (fips, suffix) = match kind {
        Kind::Plain => ("", suffix),
        Kind::Fips => ("-fips", suffix),
        Kind::DualStack => ("", dual_stack_suffix),
        Kind::FipsAndDualStack => ("-fips", dual_stack_suffix),
    };
    (format!("https://{service}{fips}.{region}.{suffix}"), Arc::clone(region))
}

#[cfg(test)]
mod tests;
