//! Filters that are saved by two programs at once.

use super::places;
use chimewatch::domain::{KeptFilters, Text};
use chimewatch::store::{Places, View};
use std::collections::BTreeSet;
use std::path::Path;

const EACH: u32 = 25;

/// Saves filters one by one, as a dashboard does, and deletes the one that all know.
fn save(places: &Places, who: &str) {
    for number in 0..EACH {
        View::update(places, |view| {
            let name = Text::new(&format!("{who} {number}"));
            view.filters.insert(name, Some(Text::new(&format!("numbers>{number}"))));
            view.filters.remove(&Text::new("gone"));
        })
        .unwrap();
    }
}

fn names(filters: &KeptFilters) -> BTreeSet<String> {
    filters.keys().map(ToString::to_string).collect()
}

fn text(directory: &Path) -> String {
    std::fs::read_to_string(places(directory).view()).unwrap()
}

#[test]
fn two_dashboards_lose_none_of_each_others_filters() {
    let directory = tempfile::tempdir().unwrap();
    let places = places(directory.path());
    View::update(&places, |view| {
        view.filters.insert("gone".into(), Some("is:silent".into()));
    })
    .unwrap();
    std::thread::scope(|scope| {
        for who in ["one", "other"] {
            let places = &places;
            scope.spawn(move || save(places, who));
        }
    });
    let expected: BTreeSet<String> = ["one", "other"]
        .into_iter()
        .flat_map(|who| (0..EACH).map(move |number| format!("{who} {number}")))
        .collect();
    assert_eq!(names(&View::load(&places).0.filters), expected);
}

#[test]
fn what_an_older_or_a_newer_version_wrote_stays_beside_a_filter_that_is_saved() {
    let directory = tempfile::tempdir().unwrap();
    let places = places(directory.path());
    std::fs::create_dir_all(places.view().parent().unwrap()).unwrap();
    let before = "last_used = \"launch\"\ntabs = [\"launch\"]\n\n[filters]\nnew = { all = [\"a\", \"b\"] }\n";
    std::fs::write(places.view(), before).unwrap();
    let (view, warning) = View::load(&places);
    assert_eq!((view.filters, warning), ([("new".into(), None)].into(), None));
    View::update(&places, |view| {
        view.filters.insert("stuck".into(), Some("status:processing age>1h".into()));
    })
    .unwrap();
    let kept = format!("{before}stuck = \"status:processing age>1h\"\n");
    assert!(text(directory.path()).starts_with(&kept), "{}", text(directory.path()));
}
