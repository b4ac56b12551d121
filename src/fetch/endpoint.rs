//! Where a request goes: AWS's endpoint of a region, or a custom one. The last gate before a URL.

use crate::domain::{OrderKey, Scope};
use crate::settings::{EndpointUrl, NotARegion, RefusedEndpoint, check_region};
use reqwest::Url;
use std::sync::Arc;

/// The URL of one order, and the region that its signature names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Target {
    pub(super) url: Url,
    pub(super) region: Arc<str>,
}

/// Why nothing is sent there.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub(super) enum Refusal {
    #[error(transparent)]
    Region(#[from] NotARegion),
    #[error(transparent)]
    Endpoint(#[from] RefusedEndpoint),
    #[error("'{0}' does not become a URL")]
    Url(String),
}

impl Target {
    pub(super) fn of(key: &OrderKey) -> Result<Self, Refusal> {
        let base = base(&key.scope)?;
        let text = format!("{base}/phone-number-orders/{}", key.id);
        let url = Url::parse(&text).map_err(|error| Refusal::Url(format!("{text}: {error}")))?;
        Ok(Self { url, region: Arc::clone(&key.scope.region) })
    }

    /// The host as people know it.
    pub(super) fn host(&self) -> &str {
        self.url.host_str().unwrap_or_default()
    }

    pub(super) fn port(&self) -> u16 {
        self.url.port_or_known_default().unwrap_or_default()
    }
}

fn base(scope: &Scope) -> Result<String, Refusal> {
    check_region(&scope.region)?;
    match &scope.endpoint {
        Some(endpoint) => Ok(EndpointUrl::parse(endpoint)?.as_str().to_owned()),
        None => Ok(format!("https://voice-chime.{}.amazonaws.com", scope.region)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::PhoneNumberOrderId;

    fn url(region: &str, endpoint: Option<&str>) -> Result<String, Refusal> {
        let id = PhoneNumberOrderId::parse("3F2a91c0-77aa-4e0b-9a55-0d1f5e2bc01d").unwrap();
        let scope = Scope { profile: None, region: region.into(), endpoint: endpoint.map(Into::into) };
        Target::of(&OrderKey { scope: scope.into(), id }).map(|target| target.url.to_string())
    }

    #[test]
    fn an_order_is_asked_at_its_region_or_at_the_custom_endpoint() {
        const PATH: &str = "/phone-number-orders/3F2a91c0-77aa-4e0b-9a55-0d1f5e2bc01d";
        let cases = [
            ("us-east-1", None, "https://voice-chime.us-east-1.amazonaws.com"),
            ("eu-central-1", None, "https://voice-chime.eu-central-1.amazonaws.com"),
            ("us-east-1", Some("http://127.0.0.1:4711"), "http://127.0.0.1:4711"),
            ("us-east-1", Some("https://gateway.example.com/chime/"), "https://gateway.example.com/chime"),
        ];
        for (region, endpoint, base) in cases {
            assert_eq!(url(region, endpoint), Ok(format!("{base}{PATH}")));
        }
    }

    #[test]
    fn an_odd_region_or_endpoint_never_becomes_a_url() {
        for region in ["", "us east", "us-east-1.evil.com", "us-east-1/", "us-east-1@evil", "US", "é", "-x"]
        {
            assert!(matches!(url(region, None), Err(Refusal::Region(_))), "{region}");
        }
        assert!(matches!(url("us-east-1", Some("http://example.com")), Err(Refusal::Endpoint(_))));
    }
}
