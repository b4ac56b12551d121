//! What needs a second process: this test binary starts itself again, with one test named and told where to work.

use super::history::{open, reader};
use super::{at, first, id, key, order, places, renewed};
use chimewatch::domain::Snapshot;
use chimewatch::domain::watchlist::{Access, Edit, Entry};
use chimewatch::store::{ChangeFilter, Place, Watchlists};
use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

/// Tells a child where to work; without it the children's tests do nothing.
const DIRECTORY: &str = "CHIMEWATCH_TEST_DIRECTORY";
/// Which child it is.
const NUMBER: &str = "CHIMEWATCH_TEST_CHILD";
const EDITS: u32 = 40;

#[expect(
    clippy::disallowed_methods,
    reason = "the only way to tell a test that is run as a child what to do"
)]
fn task() -> Option<(PathBuf, u32)> {
    let directory = std::env::var_os(DIRECTORY)?;
    let number = std::env::var(NUMBER).ok()?.parse().ok()?;
    Some((PathBuf::from(directory), number))
}

fn spawn(test: &str, directory: &Path, number: u32) -> Child {
    Command::new(std::env::current_exe().unwrap())
        .args([test, "--exact", "--nocapture", "--include-ignored"])
        .env(DIRECTORY, directory)
        .env(NUMBER, number.to_string())
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap()
}

/// Says to the parent that `number` survives everything from here on.
fn acknowledge(number: u64) {
    let mut out = std::io::stdout();
    // The harness writes its own lines to the same stream.
    writeln!(out, "\nacknowledged {number}").unwrap();
    out.flush().unwrap();
}

/// Kills a child after some acknowledgements, somewhere in the middle of its next write; all that it acknowledged.
fn killed(mut child: Child, random: &mut fastrand::Rng) -> Vec<u64> {
    let lines = BufReader::new(child.stdout.take().unwrap()).lines();
    let number = |line: std::io::Result<String>| line.ok()?.strip_prefix("acknowledged ")?.parse().ok();
    let mut numbers = lines.filter_map(number);
    let mut acknowledged: Vec<u64> = numbers.by_ref().take(random.usize(1..30)).collect();
    for turn in 0..random.u32(..2_000_000) {
        std::hint::black_box(turn);
    }
    child.kill().unwrap();
    child.wait().unwrap();
    acknowledged.extend(numbers);
    acknowledged
}

fn launch() -> Place {
    Place::Named("launch".to_owned())
}

#[test]
#[ignore = "run by two_processes_that_edit_one_list_lose_nothing"]
fn child_that_edits_a_list() {
    let Some((directory, number)) = task() else { return };
    let lists = Watchlists::new(places(&directory));
    for edit in 0..EDITS {
        let mine = id(number * 1000 + edit);
        lists.edit(&launch(), &Edit::Add(vec![Entry::new(mine)])).unwrap();
        if edit % 4 == 3 {
            let removed = lists.edit(&launch(), &Edit::Remove(vec![mine])).unwrap().removed;
            lists.edit(&launch(), &Edit::Restore(removed)).unwrap();
        }
    }
}

#[test]
fn two_processes_that_edit_one_list_lose_nothing() {
    let directory = tempfile::tempdir().unwrap();
    let lists = Watchlists::new(places(directory.path()));
    lists.create("launch", None, None).unwrap();
    std::fs::write(lists.path(&launch()), "# ours\n").unwrap();
    let children = [1, 2].map(|number| spawn("children::child_that_edits_a_list", directory.path(), number));
    for child in children {
        let output = child.wait_with_output().unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stdout));
    }
    let mut ids: Vec<_> = lists.open(&launch()).unwrap().list.entries.iter().map(|entry| entry.id).collect();
    ids.sort_unstable();
    let expected: Vec<_> =
        [1, 2].into_iter().flat_map(|number| (0..EDITS).map(move |edit| id(number * 1000 + edit))).collect();
    assert_eq!(ids, expected);
    assert!(std::fs::read_to_string(lists.path(&launch())).unwrap().starts_with("# ours\n"));
}

#[test]
#[ignore = "run by kill_9_loses_nothing_that_was_acknowledged"]
fn child_that_records() {
    let Some((directory, round)) = task() else { return };
    let mut history = open(&places(&directory).history());
    let mut known = Snapshot::first(order(round, "Processing", &["Processing"; 50]), at(0));
    history.record(&[first(&key(round), &known)]).unwrap();
    for second in 1.. {
        let status = if second % 2 == 0 { "Processing" } else { "Submitted" };
        let (next, record) =
            renewed(&key(round), &known, order(round, status, &["Processing"; 50]), at(second));
        known = next;
        acknowledge(history.record(&[record]).unwrap()[0].sequence);
    }
}

#[cfg(unix)]
#[test]
fn kill_9_loses_nothing_that_was_acknowledged() {
    let directory = tempfile::tempdir().unwrap();
    let path = places(directory.path()).history();
    let mut random = fastrand::Rng::with_seed(20_261_123);
    let mut acknowledged = Vec::new();
    for round in 0..20 {
        let child = spawn("children::child_that_records", directory.path(), round);
        acknowledged.extend(killed(child, &mut random));
        assert_eq!(open(&path).check(at(0)).unwrap().notice, None);
    }
    let recorded: Vec<u64> = reader(&path)
        .changes(ChangeFilter::default())
        .unwrap()
        .into_iter()
        .map(|change| change.sequence)
        .collect();
    let lost: Vec<_> = acknowledged.iter().filter(|sequence| !recorded.contains(sequence)).collect();
    assert_eq!(lost, Vec::<&u64>::new());
    assert!(acknowledged.len() >= 20);
}

#[test]
#[ignore = "run by kill_9_loses_no_edit_that_was_acknowledged"]
fn child_that_adds_orders() {
    let Some((directory, round)) = task() else { return };
    let lists = Watchlists::new(places(&directory));
    for number in 1000 * round.. {
        lists.edit(&launch(), &Edit::Add(vec![Entry::new(id(number))])).unwrap();
        acknowledge(u64::from(number));
    }
}

#[cfg(unix)]
#[test]
fn kill_9_loses_no_edit_that_was_acknowledged() {
    let directory = tempfile::tempdir().unwrap();
    let lists = Watchlists::new(places(directory.path()));
    let mut random = fastrand::Rng::with_seed(99);
    let mut acknowledged = Vec::new();
    for round in 1..11 {
        let child = spawn("children::child_that_adds_orders", directory.path(), round);
        acknowledged.extend(killed(child, &mut random));
    }
    let list = lists.open(&launch()).unwrap().list;
    assert_eq!(list.access, Access::Writable);
    let is_lost = |number: &&u64| {
        let id = id(u32::try_from(**number).unwrap());
        !list.entries.iter().any(|entry| entry.id == id)
    };
    assert_eq!(acknowledged.iter().filter(is_lost).collect::<Vec<_>>(), Vec::<&u64>::new());
    assert!(acknowledged.len() >= 10);
}

#[test]
#[ignore = "run by two_processes_that_record_the_same_change_give_one_row"]
fn child_that_records_the_same() {
    let Some((directory, number)) = task() else { return };
    let mut history = open(&places(&directory).history());
    // Both wait for the word, so that they start together.
    std::io::stdin().read_line(&mut String::new()).unwrap();
    for order_number in 0..50 {
        let known = Snapshot::first(order(order_number, "Processing", &["Processing"; 3]), at(0));
        let done = order(order_number, "Successful", &["Acquired"; 3]);
        let (_, record) = renewed(&key(order_number), &known, done, at(5 + i64::from(number)));
        history.record(&[record]).unwrap();
    }
}

#[test]
fn two_processes_that_record_the_same_change_give_one_row() {
    let directory = tempfile::tempdir().unwrap();
    let path = places(directory.path()).history();
    let mut history = open(&path);
    let known = (0..50).map(|number| {
        first(&key(number), &Snapshot::first(order(number, "Processing", &["Processing"; 3]), at(0)))
    });
    history.record(&known.collect::<Vec<_>>()).unwrap();
    let mut children =
        [1, 2].map(|number| spawn("children::child_that_records_the_same", directory.path(), number));
    for child in &mut children {
        writeln!(child.stdin.take().unwrap(), "go").unwrap();
    }
    for child in children {
        let output = child.wait_with_output().unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stdout));
    }
    let changes = reader(&path).changes(ChangeFilter::default()).unwrap();
    assert_eq!(changes.len(), 50 * 4);
}
