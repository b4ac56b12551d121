//! What the next start should find as it was: the last list, the order of the tabs, where each profile asks, how each
//! list was looked at, which filters were saved.

mod filters;
mod looks;

use super::atomic::{self, Target};
use super::watchlists::Place;
use super::{Places, StoreError};
use crate::domain::{Alerts, KeptFilters, ListView, Mouse, Preference, Preferences, Privacy, Times};
use std::collections::BTreeMap;
use toml_edit::{Array, DocumentMut, Item, Table};

/// The state of the view. Bad content never stops a start.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct View {
    /// The list that was open last.
    pub last_used: Option<Place>,
    /// The lists in the order of their creation, which is the order of the tabs.
    pub tabs: Vec<Place>,
    /// The theme that was chosen last.
    pub theme: Option<String>,
    /// The region that a profile was last read to have.
    pub regions: BTreeMap<String, String>,
    /// The endpoint that a profile was last read to have.
    pub endpoints: BTreeMap<String, String>,
    /// What was chosen for the whole program.
    pub preferences: Preferences,
    /// How each list was looked at.
    pub looks: BTreeMap<Place, ListView>,
    /// The filters that were saved.
    pub filters: KeptFilters,
}

impl View {
    /// Reads the view; what cannot be read is as at the first start, and the second value says so.
    pub fn load(places: &Places) -> (Self, Option<String>) {
        let path = places.view();
        let (document, warning) = match atomic::read(&path) {
            Ok(bytes) => read(bytes.unwrap_or_default()),
            Err(error) => (DocumentMut::new(), Some(error.to_string())),
        };
        let warning = warning.map(|why| {
            format!("{} is left aside: {why}. The tabs are in the order of their names.", path.display())
        });
        (Self::of(&document), warning)
    }

    /// Changes the view as it is now on the disk, under its lock, so that two instances keep each other's changes.
    /// Unknown keys stay; a file that does not parse becomes its own backup. After a power cut it may be as it was
    /// before: what was looked at is no record.
    pub fn update(places: &Places, change: impl FnOnce(&mut Self)) -> Result<Self, StoreError> {
        let target = Target::of(&places.view(), places)?;
        let locked = target.lock()?;
        let (mut document, _) = read(target.read()?.unwrap_or_default());
        let mut view = Self::of(&document);
        change(&mut view);
        view.write_to(&mut document);
        locked.replace_in_time(document.to_string().as_bytes())?;
        Ok(view)
    }

    /// A list goes by another name: everything that was kept under the old one is now kept under the new one.
    pub fn rename(&mut self, was: &Place, is: &Place) {
        for place in self.tabs.iter_mut().chain(&mut self.last_used).filter(|place| *place == was) {
            place.clone_from(is);
        }
        if let Some(look) = self.looks.remove(was) {
            self.looks.insert(is.clone(), look);
        }
    }

    fn of(document: &DocumentMut) -> Self {
        let texts = |item: &Item| -> Vec<Place> {
            item.as_array()
                .into_iter()
                .flatten()
                .filter_map(|value| value.as_str())
                .map(Place::parse)
                .collect()
        };
        Self {
            last_used: document.get("last_used").and_then(Item::as_str).map(Place::parse),
            tabs: document.get("tabs").map(texts).unwrap_or_default(),
            theme: document.get("theme").and_then(Item::as_str).map(str::to_owned),
            regions: by_profile(document, "regions"),
            endpoints: by_profile(document, "endpoints"),
            preferences: preferences(document),
            looks: looks::read(document),
            filters: filters::read(document),
        }
    }

    fn write_to(&self, document: &mut DocumentMut) {
        match &self.last_used {
            Some(place) => document.insert("last_used", toml_edit::value(place.to_string())),
            None => document.remove("last_used"),
        };
        match &self.theme {
            Some(theme) => document.insert("theme", toml_edit::value(theme)),
            None => document.remove("theme"),
        };
        let tabs: Array = self.tabs.iter().map(ToString::to_string).collect();
        document.insert("tabs", toml_edit::value(tabs));
        for (key, values) in [("regions", &self.regions), ("endpoints", &self.endpoints)] {
            let mut table = Table::new();
            for (profile, value) in values {
                table.insert(profile, toml_edit::value(value));
            }
            document.insert(key, Item::Table(table));
        }
        looks::write(&self.looks, document);
        filters::write(&self.filters, document);
        for (key, words) in PREFERENCES {
            match words.iter().find(|(_, choice)| self.preferences.has(*choice)) {
                Some((word, _)) => document.insert(key, toml_edit::value(*word)),
                None => document.remove(key),
            };
        }
    }
}

/// Keys of choices, each with its values that are no default.
const PREFERENCES: [(&str, &[(&str, Preference)]); 4] = [
    ("alerts", &[("muted", Preference::Alerts(Alerts::Muted))]),
    ("numbers", &[("masked", Preference::Privacy(Privacy::Masked))]),
    ("mouse", &[("ours", Preference::Mouse(Mouse::Ours))]),
    ("times", &[("local", Preference::Times(Times::Local)), ("utc", Preference::Times(Times::Utc))]),
];

fn preferences(document: &DocumentMut) -> Preferences {
    let mut preferences = Preferences::default();
    for (key, words) in PREFERENCES {
        let said = document.get(key).and_then(Item::as_str);
        if let Some((_, choice)) = words.iter().find(|(word, _)| said == Some(*word)) {
            preferences.set(*choice);
        }
    }
    preferences
}

/// A table of texts by profile.
fn by_profile(document: &DocumentMut, key: &str) -> BTreeMap<String, String> {
    let table = document.get(key).and_then(Item::as_table_like);
    table
        .into_iter()
        .flat_map(toml_edit::TableLike::iter)
        .filter_map(|(profile, value)| Some((profile.to_owned(), value.as_str()?.to_owned())))
        .collect()
}

/// The document, or an empty one and why.
fn read(bytes: Vec<u8>) -> (DocumentMut, Option<String>) {
    let Ok(text) = String::from_utf8(bytes) else {
        return (DocumentMut::new(), Some("it is no UTF-8 text".to_owned()));
    };
    match text.parse() {
        Ok(document) => (document, None),
        Err(error) => (DocumentMut::new(), Some(error.message().to_owned())),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn view() -> View {
        View {
            last_used: Some(Place::Named("launch".into())),
            tabs: vec![Place::Named("launch".into()), Place::Unsaved, Place::parse("/srv/team.toml")],
            theme: Some("light".into()),
            regions: BTreeMap::from([
                ("prod".into(), "us-west-2".into()),
                ("a.b \"c\"".into(), "eu-west-1".into()),
            ]),
            endpoints: BTreeMap::from([("prod".into(), "https://gateway.example.com".into())]),
            preferences: Preferences {
                alerts: Alerts::Muted,
                privacy: Privacy::Masked,
                mouse: Mouse::Ours,
                times: Times::Utc,
            },
            looks: BTreeMap::new(),
            filters: [("stuck".into(), Some("status:processing age>1h".into()))].into(),
        }
    }

    #[test]
    fn a_view_comes_back_and_keeps_what_it_does_not_know() {
        let directory = tempfile::tempdir().unwrap();
        let places = Places::below(directory.path());
        assert_eq!(View::load(&places), (View::default(), None));
        View::update(&places, |now| *now = view()).unwrap();
        assert_eq!(View::load(&places), (view(), None));
        let text = std::fs::read_to_string(places.view()).unwrap();
        std::fs::write(places.view(), format!("{text}\n[later]\nscroll = 3\n")).unwrap();
        let renewed = View::update(&places, |now| now.last_used = None).unwrap();
        assert_eq!(renewed, View { last_used: None, ..view() });
        assert!(std::fs::read_to_string(places.view()).unwrap().contains("scroll = 3"));
    }

    #[test]
    fn bad_content_never_stops_a_start() {
        let directory = tempfile::tempdir().unwrap();
        let places = Places { state: directory.path().to_owned(), ..Places::below(directory.path()) };
        let cases: [(&[u8], View, bool); 5] = [
            (b"", View::default(), false),
            (b"tabs = 5\nlast_used = [1]\nregions = 'x'", View::default(), false),
            (
                b"tabs = ['launch', 5]",
                View { tabs: vec![Place::Named("launch".into())], ..View::default() },
                false,
            ),
            (b"tabs = [", View::default(), true),
            (b"\xff\xfe", View::default(), true),
        ];
        for (content, expected, is_warned) in cases {
            std::fs::write(places.view(), content).unwrap();
            let (loaded, warning) = View::load(&places);
            assert_eq!((loaded, warning.is_some()), (expected, is_warned), "{content:?}");
            assert!(View::update(&places, |_| {}).is_ok());
        }
    }
}
