//! Whole lists: renamed, copied, deleted, brought back, with something in the way.

use super::{at, id, places};
use chimewatch::domain::watchlist::{Edit, Entry};
use chimewatch::store::{Deleted, Place, Places, Problem, Watchlists};
use std::fs;
use std::path::{Path, PathBuf};

const FILE: &str = "# The team's orders.\r\nprofile = \"prod\"\r\n\r\n# asked for by Ana\r\n[[order]]\r\nid = \
                    \"00000001-77aa-4e0b-9a55-0d1f5e2bc01d\"   # big\r\nticket = 42";

fn named(name: &str) -> Place {
    Place::Named(name.to_owned())
}

/// The list `launch`, written by hand, and its file.
fn launch(directory: &Path) -> (Watchlists, PathBuf) {
    let lists = Watchlists::new(places(directory));
    let path = lists.path(&named("launch"));
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(&path, FILE).unwrap();
    (lists, path)
}

#[test]
fn a_deleted_list_comes_back_with_every_byte() {
    let directory = tempfile::tempdir().unwrap();
    let (lists, path) = launch(directory.path());
    let before = lists.open(&named("launch")).unwrap().list;
    let deleted = lists.delete("launch", at(0)).unwrap();
    assert_eq!(deleted.file.file_name().unwrap(), "launch.20270115T080000000Z.toml");
    assert_eq!(lists.names().unwrap(), Vec::<String>::new());
    assert_eq!(fs::read_to_string(&deleted.file).unwrap(), FILE);
    assert_eq!(lists.put_back(&deleted).unwrap(), before);
    assert_eq!((fs::read_to_string(&path).unwrap().as_str(), deleted.file.exists()), (FILE, false));
}

#[test]
fn a_deleted_list_does_not_come_back_over_another_of_its_name() {
    let directory = tempfile::tempdir().unwrap();
    let (lists, path) = launch(directory.path());
    let deleted = lists.delete("launch", at(0)).unwrap();
    lists.create("Launch", None, None).unwrap();
    let refused = lists.put_back(&deleted).unwrap_err();
    assert_eq!(refused.to_string(), "A watchlist called 'launch' exists. Choose another name.");
    assert_eq!((fs::read_to_string(&deleted.file).unwrap().as_str(), path.exists()), (FILE, false));
    lists.delete("Launch", at(1)).unwrap();
    lists.put_back(&deleted).unwrap();
}

#[test]
fn what_cannot_be_moved_stays_where_it_is() {
    let directory = tempfile::tempdir().unwrap();
    let (lists, path) = launch(directory.path());
    let state = Places::below(directory.path()).state;
    fs::create_dir_all(&state).unwrap();
    fs::write(state.join("trash"), "in the way").unwrap();
    let refused = lists.delete("launch", at(0)).unwrap_err();
    assert!(refused.what.starts_with("Cannot create"), "{refused}");
    assert_eq!(fs::read_to_string(&path).unwrap(), FILE);
    let gone = Deleted { name: "porting".to_owned(), file: state.join("nowhere.toml") };
    assert_eq!(lists.put_back(&gone).unwrap_err().problem, Problem::NotThere);
    assert_eq!(lists.names().unwrap(), ["launch"]);
}

#[test]
fn the_latest_hundred_deleted_lists_are_kept() {
    let directory = tempfile::tempdir().unwrap();
    let lists = Watchlists::new(places(directory.path()));
    let deleted: Vec<Deleted> = (0..103)
        .map(|second| {
            let name = format!("list.{}", second % 7);
            lists.create(&name, None, None).unwrap();
            lists.delete(&name, at(second)).unwrap()
        })
        .collect();
    let kept: Vec<bool> = deleted.iter().map(|deleted| deleted.file.exists()).collect();
    assert_eq!(kept, (0..103).map(|second| second >= 3).collect::<Vec<_>>());
}

#[test]
fn a_renamed_list_keeps_its_bytes_and_takes_no_name_that_is_taken() {
    let directory = tempfile::tempdir().unwrap();
    let (lists, path) = launch(directory.path());
    lists.create("porting", None, None).unwrap();
    let taken = lists.rename("launch", "PORTING").unwrap_err();
    assert_eq!(taken.to_string(), "A watchlist called 'PORTING' exists. Choose another name.");
    // What stands there although no list is called so is not written over either.
    fs::create_dir(lists.path(&named("dir"))).unwrap();
    assert_eq!(lists.rename("launch", "dir").unwrap_err().problem, Problem::Taken);
    assert_eq!(fs::read_to_string(&path).unwrap(), FILE);

    let renamed = lists.rename("launch", "spring").unwrap();
    assert_eq!((renamed.name.raw(), renamed.entries.len()), ("spring", 1));
    assert_eq!(fs::read_to_string(lists.path(&named("spring"))).unwrap(), FILE);
    assert_eq!(lists.rename("spring", "Spring").unwrap().name.raw(), "Spring");
    assert!(!path.exists());
}

#[test]
fn a_new_list_does_not_inherit_the_copy_of_an_earlier_one_of_its_name() {
    let directory = tempfile::tempdir().unwrap();
    let (lists, path) = launch(directory.path());
    lists.edit(&named("launch"), &Edit::Add(vec![Entry::new(id(2))])).unwrap();
    for away in ["rename", "delete"] {
        match away {
            "rename" => drop(lists.rename("launch", "spring").unwrap()),
            _ => drop(lists.delete("launch", at(0)).unwrap()),
        }
        lists.create("launch", None, None).unwrap();
        fs::write(&path, "[[order").unwrap();
        assert_eq!(lists.open(&named("launch")).unwrap().list.entries, [], "{away}");
    }
}

#[cfg(unix)]
#[test]
fn a_link_is_deleted_and_brought_back_without_the_file_that_it_points_to() {
    let directory = tempfile::tempdir().unwrap();
    let (lists, path) = launch(directory.path());
    let dotfile = directory.path().join("dotfile.toml");
    fs::rename(&path, &dotfile).unwrap();
    std::os::unix::fs::symlink(&dotfile, &path).unwrap();
    let deleted = lists.delete("launch", at(0)).unwrap();
    assert_eq!(fs::read_to_string(&dotfile).unwrap(), FILE);
    assert!(fs::symlink_metadata(&path).is_err());
    lists.put_back(&deleted).unwrap();
    assert_eq!(fs::read_link(&path).unwrap(), dotfile);
}

#[test]
fn of_two_instances_that_delete_a_list_one_does_and_the_other_is_told() {
    let directory = tempfile::tempdir().unwrap();
    let (lists, _) = launch(directory.path());
    let results = std::thread::scope(|scope| {
        [0, 1]
            .map(|second| {
                scope.spawn({
                    let lists = &lists;
                    move || lists.delete("launch", at(second))
                })
            })
            .map(|thread| thread.join().unwrap())
    });
    let mut problems: Vec<_> =
        results.iter().map(|result| result.as_ref().err().map(|error| error.problem)).collect();
    problems.sort_by_key(Option::is_some);
    assert_eq!(problems, [None, Some(Problem::NotThere)]);
    let deleted = results.into_iter().flatten().next().unwrap();
    assert_eq!(fs::read_to_string(deleted.file).unwrap(), FILE);
}
