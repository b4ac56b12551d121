use super::*;
use crate::domain::scope::VOICE_REGIONS;
use crate::domain::{OrderKey, PhoneNumberOrderId, Scope};

const KINDS: [Kind; 4] = [Kind::Plain, Kind::Fips, Kind::DualStack, Kind::FipsAndDualStack];

/// The URL without the order's path, and the region that is signed for.
fn target(region: &str, endpoint: Option<&str>, api: Api, kind: Kind) -> Result<(String, String), Refusal> {
    const PATH: &str = "/phone-number-orders/3F2a91c0-77aa-4e0b-9a55-0d1f5e2bc01d";
    let id = PhoneNumberOrderId::parse("3F2a91c0-77aa-4e0b-9a55-0d1f5e2bc01d").unwrap();
    let scope = Scope { profile: None, region: region.into(), endpoint: endpoint.map(Into::into) };
    let key = OrderKey { scope: scope.into(), id };
    let target = Target::of(Question::Order(&key), api, kind)?;
    Ok((target.url.as_str().strip_suffix(PATH).unwrap().to_owned(), target.region.to_string()))
}

fn pair(base: &str, region: &str) -> (String, String) {
    (base.to_owned(), region.to_owned())
}

/// The whole table, so that a region or a kind that is spelled wrongly is seen.
#[test]
fn each_voice_region_has_its_hosts() {
    let regions = [
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
    assert_eq!(VOICE_REGIONS, regions);
    for region in regions {
        let hosts = [
            format!("https://voice-chime.{region}.amazonaws.com"),
            format!("https://voice-chime-fips.{region}.amazonaws.com"),
            format!("https://voice-chime.{region}.api.aws"),
            format!("https://voice-chime-fips.{region}.api.aws"),
        ];
        for (kind, host) in KINDS.into_iter().zip(&hosts) {
            assert_eq!(target(region, None, Api::Voice, kind), Ok(pair(host, region)));
        }
        let legacy = [
            ("https://chime.us-east-1.amazonaws.com".to_owned(), "us-east-1"),
            (format!("https://chime-fips.{region}.amazonaws.com"), region),
            (format!("https://chime.{region}.api.aws"), region),
            (format!("https://chime-fips.{region}.api.aws"), region),
        ];
        for (kind, (host, signed)) in KINDS.into_iter().zip(&legacy) {
            assert_eq!(target(region, None, Api::Chime, kind), Ok(pair(host, signed)));
        }
    }
}

#[test]
fn a_region_that_aws_has_not_listed_gets_a_host_of_its_part_of_aws() {
    let cases = [
        ("sa-east-1", "https://voice-chime.sa-east-1.amazonaws.com"),
        ("us-gov-west-1", "https://voice-chime.us-gov-west-1.amazonaws.com"),
        ("cn-north-1", "https://voice-chime.cn-north-1.amazonaws.com.cn"),
        ("eusc-de-east-1", "https://voice-chime.eusc-de-east-1.amazonaws.eu"),
    ];
    for (region, host) in cases {
        assert_eq!(target(region, None, Api::Voice, Kind::Plain), Ok(pair(host, region)));
    }
    let legacy = target("us-gov-west-1", None, Api::Chime, Kind::Plain);
    assert_eq!(legacy, Ok(pair("https://chime.us-gov-west-1.amazonaws.com", "us-gov-west-1")));
}

#[test]
fn a_custom_endpoint_is_signed_for_the_region_of_the_scope_and_has_no_kinds() {
    let cases = [
        ("http://127.0.0.1:4711", "http://127.0.0.1:4711"),
        ("https://gateway.example.com/chime/", "https://gateway.example.com/chime"),
    ];
    for (endpoint, base) in cases {
        for api in [Api::Voice, Api::Chime] {
            let target = |kind| target("eu-central-1", Some(endpoint), api, kind);
            assert_eq!(target(Kind::Plain), Ok(pair(base, "eu-central-1")));
            for kind in [Kind::Fips, Kind::DualStack, Kind::FipsAndDualStack] {
                assert!(matches!(target(kind), Err(Refusal::Kind(_))));
            }
        }
    }
}

#[test]
fn an_odd_region_or_endpoint_never_becomes_a_url() {
    let url = |region, endpoint| target(region, endpoint, Api::Voice, Kind::Plain);
    for region in ["", "us east", "us-east-1.evil.com", "us-east-1/", "us-east-1@evil", "US", "é", "-x"] {
        assert!(matches!(url(region, None), Err(Refusal::Region(_))), "{region}");
    }
    assert!(matches!(url("us-east-1", Some("http://example.com")), Err(Refusal::Endpoint(_))));
}
