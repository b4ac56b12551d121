//! Where an order lives: the account that is asked, the region, the endpoint.

use super::PhoneNumberOrderId;
use super::text::neutralise;
use std::fmt;
use std::hash::{Hash, Hasher};
use std::sync::Arc;

/// The region when nothing names one.
pub const DEFAULT_REGION: &str = "us-east-1";

/// The two regions in which phone numbers are ordered.
pub const NUMBER_REGIONS: [&str; 2] = ["us-east-1", "us-west-2"];

/// The regions that have the voice API, those in which numbers are ordered first.
///
/// Source: [Amazon Chime SDK endpoints](https://docs.aws.amazon.com/general/latest/gr/chime-sdk.html).
pub const VOICE_REGIONS: [&str; 10] = [
    "us-east-1",
    "us-west-2",
    "ca-central-1",
    "eu-central-1",
    "eu-west-1",
    "eu-west-2",
    "ap-northeast-1",
    "ap-northeast-2",
    "ap-southeast-1",
    "ap-southeast-2",
];

/// True where a region is none of [`VOICE_REGIONS`]; it may be younger than this list, and is asked all the same. A
/// custom endpoint has regions of its own.
pub fn is_unlisted_region(scope: &Scope) -> bool {
    !VOICE_REGIONS.contains(&&*scope.region) && scope.endpoint.is_none()
}

/// What to say of a region that is not listed, with those that are.
pub fn unlisted_region(scope: &Scope) -> Option<String> {
    is_unlisted_region(scope).then(|| {
        let others = VOICE_REGIONS.into_iter().filter(|region| !NUMBER_REGIONS.contains(region));
        format!(
            "{} is none of the ten regions of the API and is asked all the same: {} (these order numbers), {}",
            neutralise(&scope.region),
            NUMBER_REGIONS.join(", "),
            others.collect::<Vec<_>>().join(", ")
        )
    })
}

/// Whose account is asked, in which region, at which endpoint. The same id in two scopes is two orders.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Scope {
    /// The named profile; none for the environment's or the default credentials.
    pub profile: Option<Arc<str>>,
    /// The AWS region, as `us-east-1`.
    pub region: Arc<str>,
    /// A custom endpoint URL; none for AWS's own.
    pub endpoint: Option<Arc<str>>,
}

impl Scope {
    /// The profile as people name it.
    pub fn profile_name(&self) -> &str {
        self.profile.as_deref().unwrap_or("default")
    }

    /// The same as [`fmt::Display`] with the account's id, where it is known: `prod (123456789012) · us-east-1`.
    pub fn in_full(&self, account: Option<&str>) -> String {
        let profile = neutralise(self.profile_name());
        let account = account.map(|account| format!(" ({})", neutralise(account))).unwrap_or_default();
        let endpoint =
            self.endpoint.as_ref().map(|endpoint| format!(" · {}", neutralise(endpoint))).unwrap_or_default();
        format!("{profile}{account} · {}{endpoint}", neutralise(&self.region))
    }
}

impl fmt::Display for Scope {
    /// `prod · us-east-1`, and the endpoint where it is not AWS's own. A watchlist from another hand can name any
    /// profile and region: what a terminal would obey is neutralised.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.in_full(None))
    }
}

/// What the shared config says about where a profile asks.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct ProfileConfig {
    /// Its region, if it names one.
    pub region: Option<Arc<str>>,
    /// The endpoint that it configures for this API, sound or not, without a user name; none for AWS's own.
    pub endpoint: Option<Arc<str>>,
}

/// One order of one account: what the schedule, the store and every message are keyed by.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct OrderKey {
    /// Where it lives.
    pub scope: Arc<Scope>,
    /// Which it is.
    pub id: PhoneNumberOrderId,
}

impl Hash for OrderKey {
    /// By the id alone: few orders share one, and the texts of a scope would be most of the work.
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.id.hash(state);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_region_that_aws_does_not_list_is_told_with_those_that_it_does() {
        let said = |region: &str, endpoint: Option<&str>| {
            unlisted_region(&Scope {
                profile: None,
                region: region.into(),
                endpoint: endpoint.map(Into::into),
            })
        };
        for region in VOICE_REGIONS {
            assert_eq!(said(region, None), None);
        }
        assert_eq!(said("local", Some("http://127.0.0.1:4711")), None);
        assert_eq!(
            said("us-est-1", None).as_deref(),
            Some(
                "us-est-1 is none of the ten regions of the API and is asked all the same: us-east-1, us-west-2 \
                 (these order numbers), ca-central-1, eu-central-1, eu-west-1, eu-west-2, ap-northeast-1, \
                 ap-northeast-2, ap-southeast-1, ap-southeast-2"
            )
        );
    }
}
