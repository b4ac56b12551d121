use super::*;
use crate::app::effect::{ListOutcome, ListWork, Purpose};
use crate::domain::Entry;
use crate::domain::watchlist::Edit;
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

fn work(work: ListWork) -> FilesWork {
    FilesWork::Lists { work, purpose: Purpose::Edit }
}

#[test]
fn a_list_is_made_renamed_deleted_and_brought_back_under_one_id() {
    let (_directory, places) = places();
    let list = ListId(UNSAVED.0 + 1);
    let mut told = told(
        &places,
        None,
        vec![
            work(ListWork::New { name: "spring".into() }),
            work(ListWork::Rename { list, name: "summer".into() }),
            work(ListWork::Delete { list }),
            work(ListWork::New { name: "autumn".into() }),
            work(ListWork::PutBack { list }),
            work(ListWork::PutBack { list }),
            work(ListWork::Rename { list: UNSAVED, name: "winter".into() }),
        ],
    );
    let results = std::iter::from_fn(|| match told.try_recv().ok()? {
        Message::ListsChanged { result, .. } => Some(result),
        other => panic!("{other:?}"),
    });
    let named = |name: &str| Watchlist::new(name.into());
    assert_eq!(
        results.collect::<Vec<_>>(),
        [
            Ok(ListOutcome::Made(list, named("spring"))),
            Ok(ListOutcome::Renamed(named("summer"))),
            Ok(ListOutcome::Deleted),
            Ok(ListOutcome::Made(ListId(list.0 + 1), named("autumn"))),
            Ok(ListOutcome::Back(named("summer"))),
            Err("This list was not deleted in this run.".into()),
            Err("unsaved keeps its name: save it under another one.".into()),
        ]
    );
    assert_eq!(Watchlists::new(places).names().unwrap(), ["autumn", "summer"]);
}

#[test]
fn a_renamed_list_keeps_its_tab_and_is_opened_again() {
    let (_directory, places) = places();
    let of = |name: &str| Place::Named(name.to_owned());
    View::update(&places, |view| {
        view.tabs = vec![of("launch"), of("spring")];
        view.last_used = Some(of("spring"));
    })
    .unwrap();
    Watchlists::new(places.clone()).create("spring", None, None).unwrap();
    let (messages, _told) = unbounded_channel();
    let workers = Workers::new();
    let lists = vec![(ListId(0), of("launch")), (ListId(1), of("spring"))];
    let files = Files { places: places.clone(), lists, unsaved: None, asked: None };
    let worker = files.start(&workers, Clock::start(), messages).unwrap();
    worker.give(work(ListWork::Rename { list: ListId(1), name: "summer".into() }));
    drop(worker);
    assert!(workers.finish().wait(Duration::from_secs(20)));
    let view = View::load(&places).0;
    assert_eq!((view.tabs, view.last_used), (vec![of("launch"), of("summer")], Some(of("summer"))));
}
