//! Files that were cut, flipped or never ours: every start succeeds and no original is written over.

use super::history::{open, reader, whole};
use super::{at, first, id, key, order, places, renewed};
use chimewatch::domain::watchlist::{Access, Edit, Entry};
use chimewatch::domain::{OrderKey, Snapshot};
use chimewatch::store::{ChangeFilter, History, Place, Problem, Reader, Watchlists};
use std::fs;
use std::io::{Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

fn launch() -> Place {
    Place::Named("launch".to_owned())
}

/// A list of three described orders, its file and its text.
fn list(directory: &Path) -> (Watchlists, PathBuf, Vec<u8>) {
    let lists = Watchlists::new(places(directory));
    lists.create("launch", Some("prod"), None).unwrap();
    let entries = (1..4).map(|number| Entry {
        label: Some(format!("Order {number} é").into()),
        note: Some("two\nlines".into()),
        ..Entry::new(id(number))
    });
    lists.edit(&launch(), &Edit::Add(entries.collect())).unwrap();
    let path = lists.path(&launch());
    let text = fs::read(&path).unwrap();
    (lists, path, text)
}

#[test]
fn a_list_cut_at_any_byte_opens_and_is_not_written_unless_it_parses() {
    let directory = tempfile::tempdir().unwrap();
    let (lists, path, text) = list(directory.path());
    let sound = lists.open(&launch()).unwrap().list;
    let mut broken = 0;
    for length in 0..=text.len() {
        fs::write(&path, &text[..length]).unwrap();
        let opened = lists.open(&launch()).unwrap().list;
        match &opened.access {
            Access::Writable => assert!(
                sound
                    .entries
                    .iter()
                    .map(|each| each.id)
                    .collect::<Vec<_>>()
                    .starts_with(&opened.entries.iter().map(|each| each.id).collect::<Vec<_>>())
            ),
            Access::Gone(why) => panic!("{why}"),
            Access::Broken(why) => {
                broken += 1;
                assert!(why.raw().starts_with(&format!("{}:", path.display())), "{why}");
                assert_eq!(opened.entries, sound.entries, "the last good copy, {length}");
                lists.keep_copy(&launch(), at(0)).unwrap();
                let refused = lists.edit(&launch(), &Edit::Remove(vec![id(1)])).unwrap_err();
                assert_eq!((refused.problem, refused.what.as_str()), (Problem::Broken, why.raw()));
            }
        }
        assert_eq!(fs::read(&path).unwrap(), &text[..length]);
    }
    assert!(broken > text.len() / 2, "{broken}");
    assert_eq!(lists.edit(&launch(), &Edit::Remove(vec![id(1)])).unwrap().list.entries, sound.entries[1..]);
}

#[test]
fn a_list_with_any_bit_flipped_opens_and_is_not_written() {
    let directory = tempfile::tempdir().unwrap();
    let (lists, path, text) = list(directory.path());
    let mut random = fastrand::Rng::with_seed(7);
    for _ in 0..2000 {
        let mut flipped = text.clone();
        let at = random.usize(..flipped.len());
        flipped[at] ^= 1 << random.u8(..8);
        fs::write(&path, &flipped).unwrap();
        lists.open(&launch()).unwrap();
        assert_eq!(fs::read(&path).unwrap(), flipped);
    }
}

#[test]
fn bytes_that_are_no_text_are_copied_once_and_left_where_they_are() {
    let directory = tempfile::tempdir().unwrap();
    let (lists, path, text) = list(directory.path());
    let unreadable = [&text[..], b"\n\xff\xfe"].concat();
    fs::write(&path, &unreadable).unwrap();
    let opened = lists.open(&launch()).unwrap().list;
    let line = text.split(|byte| *byte == b'\n').count() + 1;
    assert_eq!(
        opened.access,
        Access::Broken(format!("{}:{line} it is no UTF-8 text", path.display()).into())
    );
    assert_eq!(opened.entries.len(), 3);
    for start in 0..3 {
        lists.keep_copy(&launch(), at(start)).unwrap();
    }
    let copies: Vec<_> = fs::read_dir(path.parent().unwrap())
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| {
            path.to_string_lossy().contains(".corrupt-") && !path.to_string_lossy().ends_with(".lock")
        })
        .collect();
    assert_eq!(copies, [path.with_file_name("launch.toml.corrupt-20270115T080000Z")]);
    assert_eq!((fs::read(&copies[0]).unwrap(), fs::read(&path).unwrap()), (unreadable.clone(), unreadable));
}

/// A history of 300 orders with one change each, closed; its path and its keys.
fn recorded(directory: &Path) -> (PathBuf, Vec<OrderKey>) {
    let path = places(directory).history();
    let mut history = open(&path);
    let mut batch = Vec::new();
    for number in 0..300 {
        let known = Snapshot::first(order(number, "Processing", &["Processing"; 20]), at(0));
        batch.push(first(&key(number), &known));
        batch.push(renewed(&key(number), &known, order(number, "FOC", &["Processing"; 20]), at(5)).1);
    }
    history.record(&batch).unwrap();
    drop(history);
    (path, (0..300).map(key).collect())
}

fn kept_aside(path: &Path) -> Vec<String> {
    let mut names: Vec<String> = fs::read_dir(path.parent().unwrap())
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .filter(|name| name.starts_with("history.db.corrupt-"))
        .collect();
    names.sort();
    names
}

#[test]
fn a_file_that_is_no_database_is_kept_aside_and_a_new_one_started() {
    let directory = tempfile::tempdir().unwrap();
    let path = places(directory.path()).history();
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    let garbage = b"no database at all, ".repeat(1000);
    fs::write(&path, &garbage).unwrap();
    assert!(Reader::open(&path).is_err());
    let opened = History::open(&path, at(0)).unwrap();
    let aside = path.with_file_name("history.db.corrupt-20270115T080000.000Z");
    assert_eq!(
        opened.notice,
        Some(format!(
            "The history was damaged. Kept are 0 orders and 0 changes; the damaged file is {}.",
            aside.display()
        ))
    );
    assert_eq!(fs::read(&aside).unwrap(), garbage);
    let mut history = opened.history;
    let known = Snapshot::first(order(1, "Processing", &[]), at(0));
    history.record(&[first(&key(1), &known)]).unwrap();
    assert_eq!(whole(&path, &key(1)), known);
}

#[test]
fn a_damaged_page_is_found_by_the_check_and_what_can_be_read_is_kept() {
    let directory = tempfile::tempdir().unwrap();
    let (path, keys) = recorded(directory.path());
    let pages = fs::metadata(&path).unwrap().len() / 4096;
    for page in [pages / 3, pages / 2, pages - 2] {
        let mut file = fs::OpenOptions::new().write(true).open(&path).unwrap();
        file.seek(SeekFrom::Start(page * 4096)).unwrap();
        file.write_all(&[0xa5; 4096]).unwrap();
    }
    let damaged = fs::read(&path).unwrap();
    let opened = open(&path).check(at(0)).unwrap();
    assert!(opened.notice.unwrap().starts_with("The history was damaged. Kept are "));
    let names = kept_aside(&path);
    assert_eq!(fs::read(path.with_file_name(&names[0])).unwrap(), damaged);
    let reader = reader(&path);
    let kept = reader.whole(&keys, &mut || false).unwrap();
    assert!(kept.len() > 150, "{}", kept.len());
    for (key, snapshot) in &kept {
        assert_eq!((snapshot.order.id, snapshot.order.status.raw()), (key.id, "FOC"));
    }
    assert!(reader.changes(ChangeFilter::default()).unwrap().len() > 150);
    assert_eq!(opened.history.check(at(1)).unwrap().notice, None);
}

#[test]
fn a_history_cut_at_any_page_starts() {
    let directory = tempfile::tempdir().unwrap();
    let (path, keys) = recorded(directory.path());
    let whole = fs::read(&path).unwrap();
    for length in (0..whole.len()).step_by(4096 * 7 + 1000) {
        let directory = tempfile::tempdir().unwrap();
        let path = directory.path().join("history.db");
        fs::write(&path, &whole[..length]).unwrap();
        let history = History::open(&path, at(0)).unwrap().history;
        let mut history = history.check(at(1)).unwrap().history;
        let known = Snapshot::first(order(999, "Processing", &[]), at(0));
        history.record(&[first(&key(999), &known)]).unwrap();
        assert!(reader(&path).whole(&keys, &mut || false).unwrap().len() <= keys.len());
    }
}
