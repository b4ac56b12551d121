use super::*;
use crate::app::effect::Purpose;
use crate::domain::watchlist::Edit;
use crate::domain::{Alerts, Entry, ListView};
use std::time::Duration;
use tempfile::TempDir;
use tokio::sync::mpsc::{UnboundedReceiver, unbounded_channel};

const A: &str = "3f2a91c0-77aa-4e0b-9a55-0d1f5e2bc01d";
const UNSAVED: ListId = ListId(3);

fn entry() -> Entry {
    Entry::new(A.parse().unwrap())
}

fn places() -> (TempDir, Places) {
    let directory = tempfile::tempdir().unwrap();
    let places = Places::below(directory.path());
    (directory, places)
}

/// What the thread says about `works`, until it has done them.
fn told(places: &Places, unsaved: Option<Watchlist>, works: Vec<FilesWork>) -> UnboundedReceiver<Message> {
    let (messages, told) = unbounded_channel();
    let workers = Workers::new();
    let asked = unsaved.as_ref().map(|_| Place::Unsaved);
    let files = Files { places: places.clone(), lists: vec![(UNSAVED, Place::Unsaved)], unsaved, asked };
    let worker = files.start(&workers, Clock::start(), messages).unwrap();
    for work in works {
        worker.give(work);
    }
    drop(worker);
    assert!(workers.finish().wait(Duration::from_secs(20)));
    told
}

fn add() -> FilesWork {
    FilesWork::Edit { list: UNSAVED, edit: Edit::Add(vec![entry()]), purpose: Purpose::Edit }
}

#[test]
fn an_edit_is_in_the_file_when_it_is_told() {
    let (_directory, places) = places();
    let told = told(&places, None, vec![add()]).try_recv().unwrap();
    let list = Watchlists::new(places).open(&Place::Unsaved).unwrap().list;
    assert_eq!(list.entries, [entry()]);
    let edited = crate::domain::watchlist::Edited { list, removed: Vec::new() };
    assert_eq!(told, Message::Edited { list: UNSAVED, purpose: Purpose::Edit, result: Ok(edited) });
}

#[test]
fn a_list_that_is_saved_under_a_name_is_a_list_of_its_own() {
    let (_directory, places) = places();
    let save = FilesWork::SaveAs { list: UNSAVED, name: Text::new("launch") };
    let mut told = told(&places, None, vec![add(), save]);
    told.try_recv().unwrap();
    let files = Watchlists::new(places);
    let launch = files.open(&Place::Named("launch".to_owned())).unwrap().list;
    let unsaved = files.open(&Place::Unsaved).unwrap().list;
    assert_eq!(
        (launch.entries.as_slice(), unsaved.entries.as_slice()),
        ([entry()].as_slice(), [].as_slice())
    );
    let saved = Message::Saved { list: UNSAVED, result: Ok((ListId(UNSAVED.0 + 1), launch)) };
    assert_eq!(told.try_recv(), Ok(saved));
    assert_eq!(told.try_recv(), Ok(Message::ListRead { list: UNSAVED, watchlist: unsaved }));
}

#[test]
fn orders_of_the_command_line_are_kept_and_found_by_the_next_start() {
    let (_directory, places) = places();
    let mut given = Watchlists::new(places.clone()).open(&Place::Unsaved).unwrap().list;
    given.entries.push(entry());
    assert!(told(&places, Some(given.clone()), Vec::new()).try_recv().is_err(), "nothing is told");
    assert_eq!(Watchlists::new(places.clone()).open(&Place::Unsaved).unwrap().list, given);
    assert_eq!(View::load(&places).0.last_used, Some(Place::Unsaved));
}

#[test]
fn how_a_list_is_looked_at_is_kept_beside_what_another_program_keeps() {
    let (_directory, places) = places();
    let others = ListView { filter: "theirs".into(), ..ListView::default() };
    let theirs = (Place::Named("launch".into()), others);
    View::update(&places, |view| {
        view.looks.extend([theirs.clone()]);
        view.preferences.alerts = Alerts::Muted;
    })
    .unwrap();
    let ours = ListView { filter: "ours".into(), ..ListView::default() };
    let looks = [(UNSAVED, ours.clone())].into();
    told(&places, None, vec![FilesWork::SaveView(ViewState { looks, ..ViewState::default() })]);
    let kept = View::load(&places).0;
    assert_eq!(kept.looks, [theirs, (Place::Unsaved, ours)].into());
    assert_eq!(kept.preferences.alerts, Alerts::Muted);
}

#[test]
fn what_cannot_be_written_is_told() {
    let (directory, places) = places();
    std::fs::write(directory.path().join("state"), "in the way").unwrap();
    let told = std::iter::from_fn({
        let mut told = told(&places, None, vec![add()]);
        move || told.try_recv().ok()
    });
    let edited: Vec<_> = told.filter(|message| matches!(message, Message::Edited { .. })).collect();
    assert!(matches!(edited.as_slice(), [Message::Edited { result: Err(_), .. }]), "{edited:?}");
}
