//! Watchlists through their files.

use super::{at, id, places};
use chimewatch::domain::watchlist::{Edit, Entry, Following, Watchlist};
use chimewatch::store::{Clash, Place, Problem, View, Watchlists};
use std::fs;

const FILE: &str = "# The team's orders.\nprofile = \"prod\"\n\n# asked for by Ana\n[[order]]\nid = \
                    \"00000001-77aa-4e0b-9a55-0d1f5e2bc01d\"\nlabel = \"Seattle launch\" # big\n\n[[order]]\nid = \
                    \"00000002-77aa-4e0b-9a55-0d1f5e2bc01d\"\nticket = 42\n";

fn named(name: &str) -> Place {
    Place::Named(name.to_owned())
}

#[test]
fn an_edit_keeps_comments_unknown_keys_and_what_an_editor_wrote_since() {
    let directory = tempfile::tempdir().unwrap();
    let lists = Watchlists::new(places(directory.path()));
    let path = lists.path(&named("launch"));
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(&path, FILE).unwrap();
    let opened = lists.open(&named("launch")).unwrap();
    let expected = Watchlist {
        profile: Some("prod".into()),
        entries: vec![Entry { label: Some("Seattle launch".into()), ..Entry::new(id(1)) }, Entry::new(id(2))],
        ..Watchlist::new("launch".into())
    };
    assert_eq!((opened.list, opened.warnings), (expected.clone(), vec![]));

    let edited = lists.edit(&named("launch"), &Edit::Remove(vec![id(1)])).unwrap();
    assert_eq!(edited.list.entries, expected.entries[1..]);
    assert_eq!(fs::read_to_string(path.with_extension("toml.bak")).unwrap(), FILE);
    let mut by_hand = fs::read_to_string(&path).unwrap();
    by_hand.push_str("# added by hand\n");
    fs::write(&path, by_hand).unwrap();
    let restored = lists.edit(&named("launch"), &Edit::Restore(edited.removed)).unwrap();
    assert_eq!(restored.list, expected);
    assert_eq!(fs::read_to_string(&path).unwrap(), format!("{FILE}# added by hand\n"));
}

#[test]
fn a_list_by_path_keeps_our_files_out_of_its_directory() {
    let directory = tempfile::tempdir().unwrap();
    let lists = Watchlists::new(places(directory.path()));
    let path = directory.path().join("team").join("emea.toml");
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    let place = Place::parse(path.to_str().unwrap());
    assert_eq!(lists.open(&place).unwrap_err().problem, Problem::NotThere);
    let list = lists.edit(&place, &Edit::Add(vec![Entry::new(id(1))])).unwrap().list;
    assert_eq!((list.name.raw(), list.entries.len()), ("emea", 1));
    lists.edit(&place, &Edit::Add(vec![Entry::new(id(2))])).unwrap();
    assert_eq!(fs::read_dir(path.parent().unwrap()).unwrap().count(), 1);
}

#[test]
fn an_unknown_name_is_answered_with_near_ones() {
    let directory = tempfile::tempdir().unwrap();
    let lists = Watchlists::new(places(directory.path()));
    let told = |name: &str| lists.open(&named(name)).unwrap_err().to_string();
    assert_eq!(
        told("lanch"),
        "No watchlist is called 'lanch'. There is none yet; chimewatch ORDER_ID starts one."
    );
    for name in ["launch", "porting"] {
        lists.create(name, Some("prod"), None).unwrap();
    }
    assert_eq!(told("lanch"), "No watchlist is called 'lanch'. Did you mean launch?");
    assert_eq!(told("x"), "No watchlist is called 'x'. There are: launch, porting.");
}

#[test]
fn unsaved_orders_outlive_the_program_and_get_a_name() {
    let directory = tempfile::tempdir().unwrap();
    let lists = Watchlists::new(places(directory.path()));
    assert_eq!(lists.open(&Place::Unsaved).unwrap().list.entries, []);
    let entries = [Entry::new(id(1)), Entry::new(id(2)), Entry::new(id(1))];
    let unsaved = lists.set_unsaved(&entries, Some("prod"), Some("us-west-2")).unwrap();
    assert_eq!(lists.open(&Place::Unsaved).unwrap().list, unsaved);
    assert_eq!(unsaved.entries, entries[..2]);

    lists.create("launch", None, None).unwrap();
    let taken = lists.save_unsaved("Launch", Clash::Refuse).unwrap_err();
    assert_eq!(taken.to_string(), "A watchlist called 'Launch' exists. Choose another name.");
    for name in ["", "unsaved", "a/b"] {
        assert_eq!(lists.save_unsaved(name, Clash::Refuse).unwrap_err().problem, Problem::BadName);
    }
    let saved = lists.save_unsaved("porting", Clash::Refuse).unwrap();
    assert_eq!(saved, Watchlist { name: "porting".into(), ..unsaved });
    assert_eq!(lists.open(&Place::Unsaved).unwrap().list.entries, []);

    lists.set_unsaved(&[Entry::new(id(2)), Entry::new(id(3))], None, None).unwrap();
    let appended = lists.save_unsaved("porting", Clash::Append).unwrap();
    assert_eq!(appended.entries, [1, 2, 3].map(|number| Entry::new(id(number))));
}

#[test]
fn lists_are_created_renamed_and_deleted_and_stand_in_the_order_of_the_view() {
    let directory = tempfile::tempdir().unwrap();
    let places = places(directory.path());
    let lists = Watchlists::new(places.clone());
    assert_eq!(lists.names().unwrap(), Vec::<String>::new());
    for name in ["c", "a", "b"] {
        lists.create(name, None, None).unwrap();
    }
    let view = View::update(&places, |view| view.tabs = vec![named("c"), named("gone"), named("b")]).unwrap();
    assert_eq!(lists.tabs(&view).unwrap(), [named("c"), named("b"), named("a")]);

    lists.edit(&named("c"), &Edit::Add(vec![Entry::new(id(1))])).unwrap();
    assert_eq!(lists.rename("c", "a").unwrap_err().problem, Problem::Taken);
    assert_eq!(lists.rename("c", "..").unwrap_err().problem, Problem::BadName);
    assert_eq!(lists.rename("x", "y").unwrap_err().problem, Problem::NotThere);
    assert_eq!(lists.rename("c", "d").unwrap().entries, [Entry::new(id(1))]);
    lists.delete("b", at(0)).unwrap();
    assert_eq!(lists.delete("b", at(0)).unwrap_err().problem, Problem::NotThere);
    assert_eq!(lists.names().unwrap(), ["a", "d"]);
}

#[cfg(unix)]
#[test]
fn an_edit_keeps_the_mode_and_the_link_of_a_list() {
    use std::os::unix::fs::{PermissionsExt, symlink};
    let directory = tempfile::tempdir().unwrap();
    let lists = Watchlists::new(places(directory.path()));
    let dotfile = directory.path().join("dotfiles.toml");
    fs::write(&dotfile, FILE).unwrap();
    fs::set_permissions(&dotfile, fs::Permissions::from_mode(0o640)).unwrap();
    let path = lists.path(&named("launch"));
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    symlink(&dotfile, &path).unwrap();
    lists.edit(&named("launch"), &Edit::Remove(vec![id(2)])).unwrap();
    assert!(fs::symlink_metadata(&path).unwrap().is_symlink());
    assert_eq!(fs::metadata(&dotfile).unwrap().permissions().mode() & 0o777, 0o640);
    assert_eq!(lists.open(&named("launch")).unwrap().list.entries.len(), 1);
}

#[test]
fn a_list_follows_its_account_under_every_name_and_says_what_it_does_not_take_in() {
    let directory = tempfile::tempdir().unwrap();
    let lists = Watchlists::new(places(directory.path()));
    lists.set_unsaved(&[Entry::new(id(1)), Entry::new(id(2))], Some("prod"), None).unwrap();
    let unsaved = lists.path(&Place::Unsaved);
    lists.edit(&Place::Unsaved, &Edit::Follow(Following::Account)).unwrap();
    let before = fs::read_to_string(&unsaved).unwrap();
    let removal = lists.edit(&Place::Unsaved, &Edit::Remove(vec![id(2)])).unwrap();
    let expected = Watchlist {
        profile: Some("prod".into()),
        following: Following::Account,
        except: vec![id(2)],
        entries: vec![Entry::new(id(1))],
        ..Watchlist::new("unsaved".into())
    };
    assert_eq!(removal.list, expected);
    lists.edit(&Place::Unsaved, &Edit::Restore(removal.removed)).unwrap();
    assert_eq!(fs::read_to_string(&unsaved).unwrap(), before);

    lists.edit(&Place::Unsaved, &Edit::Remove(vec![id(2)])).unwrap();
    let saved = lists.save_unsaved("launch", Clash::Refuse).unwrap();
    let copied = lists.copy(&named("launch"), "launch 2").unwrap();
    let named_as = |name: &str| Watchlist { name: name.into(), ..expected.clone() };
    assert_eq!((saved, copied), (named_as("launch"), named_as("launch 2")));
    assert_eq!(lists.open(&named("launch 2")).unwrap().list, named_as("launch 2"));
}

#[test]
fn odd_flags_of_a_list_are_left_out_and_told_with_their_lines() {
    let directory = tempfile::tempdir().unwrap();
    let lists = Watchlists::new(places(directory.path()));
    let path = lists.path(&named("launch"));
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(&path, "follow_account = 1\nexcept = [\"x\"]\n").unwrap();
    let opened = lists.open(&named("launch")).unwrap();
    let told: Vec<_> =
        opened.warnings.iter().map(|warning| warning.raw().rsplit('/').next().unwrap()).collect();
    assert_eq!(opened.list, Watchlist::new("launch".into()));
    assert_eq!(
        told,
        [
            "launch.toml:1 follow_account has to be true or false; left out",
            "launch.toml:2 'x' is no order ID: 1 group instead of 5 (8-4-4-4-12); left out",
        ]
    );
}
