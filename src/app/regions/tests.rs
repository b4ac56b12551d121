use super::*;
use crate::app::effect::ListId;
use crate::app::model::{List, Picked};
use crate::domain::{PhoneNumberOrderId, Watchlist};

fn entry(profile: Option<&str>, region: Option<&str>) -> Entry {
    let id = PhoneNumberOrderId::parse("3f2a91c0-77aa-4e0b-9a55-0d1f5e2bc01d").unwrap();
    Entry { profile: profile.map(Into::into), region: region.map(Into::into), ..Entry::new(id) }
}

fn list(profile: Option<&str>, region: Option<&str>) -> List {
    let watchlist = Watchlist {
        profile: profile.map(Into::into),
        region: region.map(Into::into),
        ..Watchlist::new("launch".into())
    };
    List::new(ListId(0), watchlist)
}

fn known(region: &str) -> Known<Arc<str>> {
    Known::Now(region.into())
}

fn config(region: Option<&str>) -> ProfileConfig {
    ProfileConfig { region: region.map(Into::into), endpoint: None }
}

#[test]
fn the_nearest_name_of_a_region_wins() {
    let mut defaults =
        ScopeDefaults { environment_profile: Some("default-profile".into()), ..ScopeDefaults::default() };
    let profile: Profile = Some("default-profile".into());
    let mut read = BTreeMap::new();
    let mut list = list(None, None);
    let region = |defaults: &ScopeDefaults, read: &BTreeMap<_, _>, list: &List, entry: &Entry| {
        Sources { defaults, read }.region(list, Some(entry))
    };
    let plain = entry(None, None);
    assert_eq!(region(&defaults, &read, &list, &plain), Known::Unread(None));
    defaults.remembered.insert(profile.clone(), config(Some("eu-west-2")));
    assert_eq!(region(&defaults, &read, &list, &plain), Known::Unread(Some("eu-west-2".into())));
    read.insert(profile.clone(), config(None));
    assert_eq!(region(&defaults, &read, &list, &plain), known(DEFAULT_REGION));
    read.insert(profile, config(Some("eu-west-1")));
    assert_eq!(region(&defaults, &read, &list, &plain), known("eu-west-1"));
    defaults.environment_region = Some("ca-central-1".into());
    assert_eq!(region(&defaults, &read, &list, &plain), known("ca-central-1"));
    list.watchlist.region = Some("us-west-2".into());
    assert_eq!(region(&defaults, &read, &list, &plain), known("us-west-2"));
    let own = entry(None, Some("eu-central-1"));
    assert_eq!(region(&defaults, &read, &list, &own), known("eu-central-1"));
    defaults.typed_region = Some("ap-northeast-1".into());
    assert_eq!(region(&defaults, &read, &list, &own), known("ap-northeast-1"));
    list.session_regions = vec!["eu-west-1".into(), "us-east-1".into()];
    assert_eq!(region(&defaults, &read, &list, &own), known("us-east-1"));
}

#[test]
fn the_nearest_name_of_a_profile_wins_and_a_typed_one_over_all() {
    let read = BTreeMap::new();
    let environment =
        ScopeDefaults { environment_profile: Some("environment".into()), ..ScopeDefaults::default() };
    let typed = ScopeDefaults { typed_profile: Some("typed".into()), ..environment.clone() };
    let cases =
        [(None, None, "environment"), (Some("list"), None, "list"), (Some("list"), Some("own"), "own")];
    for (of_list, of_entry, nearest) in cases {
        for (defaults, expected) in [(&environment, nearest), (&typed, "typed")] {
            let (list, entry) = (list(of_list, None), entry(of_entry, None));
            let profile = Sources { defaults, read: &read }.profile(&list, Some(&entry)).map(AsRef::as_ref);
            assert_eq!(profile, Some(expected));
        }
    }
}

#[test]
fn what_was_picked_wins_over_all_but_an_entrys_own_and_where_was_looked() {
    let named = |name: &str| Some(Arc::from(name));
    let defaults = ScopeDefaults {
        typed_profile: named("typed"),
        environment_profile: named("environment"),
        typed_region: named("ca-central-1"),
        environment_region: named("eu-west-2"),
        ..ScopeDefaults::default()
    };
    let read = BTreeMap::new();
    let sources = Sources { defaults: &defaults, read: &read };
    let cases = [
        (Pick::Nothing, "typed", "typed", "ca-central-1", "ca-central-1"),
        (Pick::Named("picked".into()), "picked", "own", "picked", "eu-central-1"),
        (Pick::Unnamed, "environment", "own", "eu-west-2", "eu-central-1"),
    ];
    for (pick, profile, own_profile, region, own_region) in cases {
        let mut list = list(Some("list"), Some("us-west-2"));
        list.picked = Picked { profile: pick.clone(), region: pick };
        let own = entry(Some("own"), Some("eu-central-1"));
        let of = |entry| {
            (
                sources.profile(&list, entry).map(AsRef::as_ref),
                sources.named_region(&list, entry).map(AsRef::as_ref),
            )
        };
        assert_eq!(of(None), (Some(profile), Some(region)));
        assert_eq!(of(Some(&own)), (Some(own_profile), Some(own_region)));
        list.session_regions = vec!["us-west-2".into(), "us-east-1".into()];
        assert_eq!(sources.region(&list, Some(&own)), known("us-east-1"));
    }
}

#[test]
fn an_endpoint_that_is_named_wins_over_that_of_the_profile() {
    let configured = ProfileConfig { region: None, endpoint: Some("https://gateway.example.com".into()) };
    let read = BTreeMap::from([(None, configured)]);
    let named = EndpointChoice::Named("http://127.0.0.1:4711".into());
    let cases = [
        (EndpointChoice::Aws, &read, Known::Now(None)),
        (named, &read, Known::Now(Some("http://127.0.0.1:4711".into()))),
        (EndpointChoice::OfProfile, &read, Known::Now(Some("https://gateway.example.com".into()))),
        (EndpointChoice::OfProfile, &BTreeMap::new(), Known::Unread(None)),
    ];
    for (endpoint, read, expected) in cases {
        let defaults = ScopeDefaults { endpoint, ..ScopeDefaults::default() };
        assert_eq!(Sources { defaults: &defaults, read }.endpoint(&None), expected);
    }
}
