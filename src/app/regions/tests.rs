use super::*;
use crate::app::effect::ListId;
use crate::app::model::List;
use crate::domain::watchlist::Access;
use crate::domain::{PhoneNumberOrderId, Watchlist};

fn entry(profile: Option<&str>, region: Option<&str>) -> Entry {
    let id = PhoneNumberOrderId::parse("3f2a91c0-77aa-4e0b-9a55-0d1f5e2bc01d").unwrap();
    Entry { profile: profile.map(Into::into), region: region.map(Into::into), ..Entry::new(id) }
}

fn list(profile: Option<&str>, region: Option<&str>) -> List {
    let watchlist = Watchlist {
        name: "launch".into(),
        profile: profile.map(Into::into),
        region: region.map(Into::into),
        entries: Vec::new(),
        access: Access::Writable,
    };
    List::new(ListId(0), watchlist)
}

fn known(region: &str) -> Region {
    Region::Known(region.into())
}

#[test]
fn the_nearest_name_of_a_region_wins() {
    let mut defaults = ScopeDefaults { profile: Some("default-profile".into()), ..ScopeDefaults::default() };
    let profile: Profile = Some("default-profile".into());
    let mut read = BTreeMap::new();
    let mut list = list(None, None);
    let region = |defaults: &ScopeDefaults, read: &BTreeMap<_, _>, list: &List, entry: &Entry| {
        Sources { defaults, read }.region(list, entry)
    };
    let plain = entry(None, None);
    assert_eq!(region(&defaults, &read, &list, &plain), Region::Unread(None));
    defaults.remembered.insert(profile.clone(), "eu-west-2".into());
    assert_eq!(region(&defaults, &read, &list, &plain), Region::Unread(Some("eu-west-2".into())));
    read.insert(profile.clone(), None);
    assert_eq!(region(&defaults, &read, &list, &plain), known(DEFAULT_REGION));
    read.insert(profile, Some("eu-west-1".into()));
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
fn the_nearest_name_of_a_profile_wins() {
    let defaults = ScopeDefaults { profile: Some("typed".into()), ..ScopeDefaults::default() };
    let read = BTreeMap::new();
    let profile =
        |list: &List, entry: &Entry| Sources { defaults: &defaults, read: &read }.profile(list, entry);
    let plain = entry(None, None);
    assert_eq!(profile(&list(None, None), &plain).as_deref(), Some("typed"));
    assert_eq!(profile(&list(Some("list"), None), &plain).as_deref(), Some("list"));
    assert_eq!(profile(&list(Some("list"), None), &entry(Some("own"), None)).as_deref(), Some("own"));
}
