//! Orders that go from one list to another, and files that are exported.

use super::{id, places};
use chimewatch::domain::watchlist::{Carried, Edit, Entry};
use chimewatch::store::export::write_new;
use chimewatch::store::{Place, Problem, Watchlists};
use std::fs;
use std::path::Path;

const FILE: &str = "# The team's orders.\nprofile = \"prod\"\n\n# asked for by Ana\n[[order]]\nid = \
                    \"00000001-77aa-4e0b-9a55-0d1f5e2bc01d\"\nlabel = \"Seattle launch\" # big\n\n[[order]]\nid = \
                    \"00000002-77aa-4e0b-9a55-0d1f5e2bc01d\"\nticket = 42\n";

fn named(name: &str) -> Place {
    Place::Named(name.to_owned())
}

fn carried(numbers: &[u32]) -> Vec<Carried> {
    numbers.iter().map(|number| Carried { id: id(*number), profile: None, region: None }).collect()
}

/// The list `launch` with two orders, and `done` with what is given.
fn lists(directory: &Path, done: &str) -> Watchlists {
    let lists = Watchlists::new(places(directory));
    for (name, text) in [("launch", FILE), ("done", done)] {
        let path = lists.path(&named(name));
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
    lists
}

fn text(lists: &Watchlists, name: &str) -> String {
    fs::read_to_string(lists.path(&named(name))).unwrap()
}

#[test]
fn a_moved_order_takes_its_label_its_comments_and_its_unknown_keys_along_and_comes_back_byte_for_byte() {
    let directory = tempfile::tempdir().unwrap();
    let before = "# Finished.\r\n\r\n[[order]]\r\nid = \"00000009-77aa-4e0b-9a55-0d1f5e2bc01d\"\r\n";
    let lists = lists(directory.path(), before);
    let moved = lists.transfer(&named("launch"), &named("done"), &carried(&[1, 2])).unwrap();
    assert_eq!((moved.added, moved.target.entries.len()), (vec![id(1), id(2)], 3));
    assert_eq!(text(&lists, "launch"), "# The team's orders.\nprofile = \"prod\"\n");
    let taken = "\r\n# asked for by Ana\r\n[[order]]\r\nid = \"00000001-77aa-4e0b-9a55-0d1f5e2bc01d\"\r\nlabel = \"Seattle \
                 launch\" # big\r\n\r\n[[order]]\r\nid = \"00000002-77aa-4e0b-9a55-0d1f5e2bc01d\"\r\nticket = 42\r\n";
    assert_eq!(text(&lists, "done"), format!("{before}{taken}"));
    lists.edit(&named("launch"), &Edit::Restore(moved.removed)).unwrap();
    lists.edit(&named("done"), &Edit::Remove(vec![id(1), id(2)])).unwrap();
    assert_eq!((text(&lists, "launch"), text(&lists, "done")), (FILE.to_owned(), before.to_owned()));
}

#[test]
fn an_order_names_where_it_lives_and_one_that_is_there_already_stays_as_it_is() {
    let directory = tempfile::tempdir().unwrap();
    let lists = lists(
        directory.path(),
        "[[order]]\nid = \"00000001-77aa-4e0b-9a55-0d1f5e2bc01d\"\nlabel = \"kept\"\n",
    );
    let orders = [1, 2].map(|number| Carried {
        id: id(number),
        profile: Some("prod".into()),
        region: Some("us-west-2".into()),
    });
    let moved = lists.transfer(&named("launch"), &named("done"), &orders).unwrap();
    let expected = [
        Entry { label: Some("kept".into()), ..Entry::new(id(1)) },
        Entry { profile: Some("prod".into()), region: Some("us-west-2".into()), ..Entry::new(id(2)) },
    ];
    assert_eq!((moved.target.entries.as_slice(), moved.added), (&expected[..], vec![id(2)]));
    assert_eq!(moved.source.entries, []);
}

#[test]
fn a_new_list_has_the_account_of_the_old_one() {
    let directory = tempfile::tempdir().unwrap();
    let lists = lists(directory.path(), "");
    let moved = lists.transfer_to_new(&named("launch"), "later", &carried(&[2])).unwrap();
    assert_eq!(
        (moved.target.profile.as_deref(), moved.target.entries),
        (Some("prod"), vec![Entry::new(id(2))])
    );
    let taken = lists.transfer_to_new(&named("launch"), "Later", &carried(&[1])).unwrap_err();
    assert_eq!(taken.problem, Problem::Taken);
    assert_eq!(lists.open(&named("launch")).unwrap().list.entries.len(), 1);
}

#[test]
fn a_broken_list_on_either_side_leaves_both_as_they_are() {
    let directory = tempfile::tempdir().unwrap();
    let lists = lists(directory.path(), "profile = ");
    let refused = lists.transfer(&named("launch"), &named("done"), &carried(&[1])).unwrap_err();
    assert_eq!(refused.problem, Problem::Broken);
    let refused = lists.transfer(&named("done"), &named("launch"), &carried(&[1])).unwrap_err();
    assert_eq!(refused.problem, Problem::Broken);
    assert_eq!((text(&lists, "launch").as_str(), text(&lists, "done").as_str()), (FILE, "profile = "));
    let refused = lists.transfer(&named("launch"), &named("launch"), &carried(&[1])).unwrap_err();
    assert_eq!(refused.problem, Problem::Taken);
}

#[cfg(unix)]
#[test]
fn orders_that_cannot_be_taken_out_are_in_both_lists_and_it_is_said() {
    use std::os::unix::fs::PermissionsExt;
    let directory = tempfile::tempdir().unwrap();
    let lists = Watchlists::new(places(directory.path()));
    let team = directory.path().join("team");
    fs::create_dir_all(&team).unwrap();
    let from = Place::parse(team.join("launch.toml").to_str().unwrap());
    fs::write(lists.path(&from), FILE).unwrap();
    lists.create("done", None, None).unwrap();
    fs::set_permissions(&team, fs::Permissions::from_mode(0o555)).unwrap();
    let moved = lists.transfer(&from, &named("done"), &carried(&[1]));
    fs::set_permissions(&team, fs::Permissions::from_mode(0o755)).unwrap();
    // Whoever may write everywhere sees no failure.
    if let Err(error) = moved {
        let told = error.to_string();
        assert!(told.starts_with("The orders are in done now and still in "), "{told}");
        assert_eq!(fs::read_to_string(lists.path(&from)).unwrap(), FILE);
        assert_eq!(lists.open(&named("done")).unwrap().list.entries.len(), 1);
    }
}

#[test]
fn an_export_is_a_new_file_and_leaves_one_that_is_there_alone() {
    let directory = tempfile::tempdir().unwrap();
    let places = places(directory.path());
    let path = directory.path().join("team").join("orders.csv");
    let missing = write_new(&path, b"a,b\r\n", &places).unwrap_err();
    assert_eq!(missing.problem, Problem::NotThere);
    let team = path.parent().unwrap().display();
    let told =
        format!("Cannot write orders.csv: there is no directory {team}. Make it, or choose another name.");
    assert_eq!(missing.to_string(), told);
    fs::create_dir(path.parent().unwrap()).unwrap();
    assert_eq!(write_new(&path, b"a,b\r\n", &places).unwrap(), path);
    let told = write_new(&path, b"other", &places).unwrap_err().to_string();
    assert_eq!(told, format!("{} is there already. Choose another name; it was left alone.", path.display()));
    assert_eq!(fs::read(&path).unwrap(), b"a,b\r\n");
    assert_eq!(fs::read_dir(path.parent().unwrap()).unwrap().count(), 1);
}
