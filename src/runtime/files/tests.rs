use super::*;
use crate::app::effect::{ListOutcome, ListWork, PresetEdit, PresetEdited, Purpose};
use crate::domain::watchlist::Edit;
use crate::domain::{Alerts, Entry, KeptFilters, ListView};
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
fn told(places: &Places, unsaved: Option<Watchlist>, works: Vec<FilesWork>) -> std::vec::IntoIter<Message> {
    let (messages, mut told) = unbounded_channel();
    let workers = Workers::new();
    let asked = unsaved.as_ref().map(|_| Place::Unsaved);
    let files = Files { places: places.clone(), lists: vec![(UNSAVED, Place::Unsaved)], unsaved, asked };
    let worker = files.start(&workers, Clock::start(), messages).unwrap();
    for work in works {
        worker.give(work);
    }
    drop(worker);
    assert!(workers.finish().wait(Duration::from_secs(20)));
    let told = std::iter::from_fn(|| told.try_recv().ok());
    // That something was written is told whenever the system tells it.
    told.filter(|message| *message != Message::FilesTouched).collect::<Vec<_>>().into_iter()
}

fn add() -> FilesWork {
    FilesWork::Edit { list: UNSAVED, edit: Edit::Add(vec![entry()]), purpose: Purpose::Edit }
}

#[test]
fn an_edit_is_in_the_file_when_it_is_told() {
    let (_directory, places) = places();
    let told = told(&places, None, vec![add()]).next().unwrap();
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
    told.next().unwrap();
    let files = Watchlists::new(places);
    let launch = files.open(&Place::Named("launch".to_owned())).unwrap().list;
    let unsaved = files.open(&Place::Unsaved).unwrap().list;
    assert_eq!(
        (launch.entries.as_slice(), unsaved.entries.as_slice()),
        ([entry()].as_slice(), [].as_slice())
    );
    let saved = Message::Saved { list: UNSAVED, result: Ok((ListId(UNSAVED.0 + 1), launch)) };
    assert_eq!(told.next(), Some(saved));
    assert_eq!(told.next(), Some(Message::ListRead { list: UNSAVED, watchlist: unsaved }));
}

#[test]
fn orders_of_the_command_line_are_kept_and_found_by_the_next_start() {
    let (_directory, places) = places();
    let mut given = Watchlists::new(places.clone()).open(&Place::Unsaved).unwrap().list;
    given.entries.push(entry());
    assert!(told(&places, Some(given.clone()), Vec::new()).next().is_none(), "nothing is told");
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
        move || told.next()
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
    let told = told(
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
    let results = told.map(|message| match message {
        Message::ListsChanged { result, .. } => result,
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
fn a_renamed_list_keeps_its_tab_and_its_view_and_is_opened_again() {
    let (_directory, places) = places();
    let of = |name: &str| Place::Named(name.to_owned());
    let look = ListView { filter: "status:failed".into(), ..ListView::default() };
    View::update(&places, |view| {
        view.tabs = vec![of("launch"), of("spring")];
        view.last_used = Some(of("spring"));
        view.looks = [(of("spring"), look.clone())].into();
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
    assert_eq!(view.looks, [(of("summer"), look)].into());
}

#[test]
fn a_list_that_another_hand_renames_keeps_its_tab_and_its_view_and_is_opened_again() {
    let (_directory, places) = places();
    let of = |name: &str| Place::Named(name.to_owned());
    let look = ListView { filter: "status:failed".into(), ..ListView::default() };
    View::update(&places, |view| {
        view.tabs = vec![of("launch"), Place::Unsaved];
        view.last_used = Some(of("launch"));
        view.looks = [(of("launch"), look.clone())].into();
    })
    .unwrap();
    let (mut desk, mut told, path) = desk(&places);
    told_by_a_look(&mut desk, &mut told);
    std::fs::rename(&path, path.with_file_name("spring.toml")).unwrap();
    let renamed = FileNow::Called(Watchlist::new("spring".into()));
    assert_eq!(told_by_a_look(&mut desk, &mut told), [(ListId(0), renamed)]);
    let view = View::load(&places).0;
    assert_eq!((view.tabs, view.last_used), (vec![of("spring"), Place::Unsaved], Some(of("spring"))));
    assert_eq!(view.looks, [(of("spring"), look)].into());
}

/// A desk whose list `launch` has the file that is returned, and what it tells.
fn desk(places: &Places) -> (Desk, UnboundedReceiver<Message>, std::path::PathBuf) {
    let (messages, told) = unbounded_channel();
    let files = Watchlists::new(places.clone());
    files.create("launch", None, None).unwrap();
    let place = Place::Named("launch".to_owned());
    let path = files.path(&place);
    let desk = Desk {
        places: places.clone(),
        files,
        lists: vec![(ListId(0), place), (UNSAVED, Place::Unsaved)],
        aside: Vec::new(),
        next: 4,
        traces: BTreeMap::new(),
        watching: FileWatch::start(|| {}),
        clock: Clock::start(),
        messages,
    };
    (desk, told, path)
}

fn told_by_a_look(desk: &mut Desk, told: &mut UnboundedReceiver<Message>) -> Vec<(ListId, FileNow)> {
    desk.look();
    let changes = std::iter::from_fn(|| match told.try_recv().ok()? {
        Message::FileChanged { list, now } => Some((list, now)),
        other => panic!("{other:?}"),
    });
    changes.collect()
}

fn says(name: &str, entries: &[Entry]) -> FileNow {
    let watchlist = Watchlist { entries: entries.to_vec(), ..Watchlist::new(name.into()) };
    FileNow::Says { watchlist, warnings: Vec::new() }
}

#[test]
fn a_look_tells_what_another_hand_wrote_took_away_brought_back_and_renamed() {
    let (_directory, places) = places();
    let (mut desk, mut told, path) = desk(&places);
    let launch = ListId(0);
    told_by_a_look(&mut desk, &mut told);
    std::fs::write(&path, format!("[[order]]\nid = \"{A}\"\n")).unwrap();
    assert_eq!(told_by_a_look(&mut desk, &mut told), [(launch, says("launch", &[entry()]))]);
    std::fs::write(&path, "[[order").unwrap();
    let broken = told_by_a_look(&mut desk, &mut told);
    let [(_, FileNow::Says { watchlist, .. })] = broken.as_slice() else { panic!("{broken:?}") };
    let why = format!("{}:1 ", path.display());
    assert!(
        matches!(&watchlist.access, crate::domain::watchlist::Access::Broken(what) if what.raw().starts_with(&why))
    );
    assert_eq!(watchlist.entries, [entry()], "the last good copy");
    std::fs::write(&path, "").unwrap();
    assert_eq!(told_by_a_look(&mut desk, &mut told), [(launch, says("launch", &[]))]);
    let aside = path.with_file_name("elsewhere");
    std::fs::rename(&path, &aside).unwrap();
    let gone = FileNow::Gone(path.display().to_string().into());
    assert_eq!(told_by_a_look(&mut desk, &mut told), [(launch, gone)]);
    assert_eq!(told_by_a_look(&mut desk, &mut told), []);
    std::fs::rename(&aside, &path).unwrap();
    assert_eq!(told_by_a_look(&mut desk, &mut told), [(launch, says("launch", &[]))]);
    std::fs::rename(&path, path.with_file_name("spring.toml")).unwrap();
    std::fs::write(path.with_file_name("new.toml"), "").unwrap();
    let renamed = FileNow::Called(Watchlist::new("spring".into()));
    assert_eq!(told_by_a_look(&mut desk, &mut told), [(launch, renamed), (ListId(4), says("new", &[]))]);
}

#[test]
fn a_list_whose_file_is_gone_is_deleted_and_brought_back_with_what_it_held() {
    let (_directory, places) = places();
    let (mut desk, mut told, path) = desk(&places);
    desk.take(FilesWork::Edit { list: ListId(0), edit: Edit::Add(vec![entry()]), purpose: Purpose::Edit });
    std::fs::remove_file(&path).unwrap();
    told.try_recv().unwrap();
    let changed = |told: &mut UnboundedReceiver<Message>| match told.try_recv().unwrap() {
        Message::ListsChanged { result, .. } => result,
        other => panic!("{other:?}"),
    };
    desk.take(work(ListWork::Delete { list: ListId(0) }));
    assert_eq!(changed(&mut told), Ok(ListOutcome::Deleted));
    desk.take(work(ListWork::PutBack { list: ListId(0) }));
    let back = Watchlist { entries: vec![entry()], ..Watchlist::new("launch".into()) };
    assert_eq!(changed(&mut told), Ok(ListOutcome::Back(back)));
    assert!(path.exists());
}

#[test]
fn a_filter_is_kept_deleted_and_told_with_those_that_another_program_saved() {
    let (_directory, places) = places();
    let of = |filters: &[(&str, Option<&str>)]| -> KeptFilters {
        filters.iter().map(|(name, filter)| ((*name).into(), filter.map(Into::into))).collect()
    };
    View::update(&places, |view| view.filters = of(&[("theirs", Some("is:silent"))])).unwrap();
    let edit =
        |name: &str, filter: Option<&str>| PresetEdit { name: name.into(), filter: filter.map(Into::into) };
    let edits = [
        edit("stuck", Some("age>1h")),
        edit("stuck", Some("age>2h")),
        edit("theirs", None),
        edit("theirs", None),
    ];
    let works = edits.iter().cloned().map(FilesWork::KeepFilter).chain([FilesWork::ReadFilters]);
    let told = told(&places, None, works.collect());
    let expected = [
        (&[("stuck", Some("age>1h")), ("theirs", Some("is:silent"))][..], None),
        (&[("stuck", Some("age>2h")), ("theirs", Some("is:silent"))][..], Some("age>1h")),
        (&[("stuck", Some("age>2h"))][..], Some("is:silent")),
        (&[("stuck", Some("age>2h"))][..], None),
    ];
    let edited = edits.into_iter().zip(expected).map(|(edit, (kept, before))| Message::PresetEdited {
        edit,
        result: Ok(PresetEdited { kept: of(kept), before: before.map(Into::into) }),
    });
    let read = Message::PresetsRead(of(&[("stuck", Some("age>2h"))]));
    assert_eq!(told.collect::<Vec<_>>(), edited.chain([read]).collect::<Vec<_>>());
}

#[test]
fn what_is_no_text_in_the_state_file_is_not_written_over() {
    let (_directory, places) = places();
    View::update(&places, |_| {}).unwrap();
    std::fs::write(places.view(), "[filters]\nodd = 5\n").unwrap();
    let edit = PresetEdit { name: "odd".into(), filter: Some("age>1h".into()) };
    let told = told(&places, None, vec![FilesWork::KeepFilter(edit.clone())]).next();
    let why =
        format!("odd is no text in {}: mend it there, or choose another name.", places.view().display());
    assert_eq!(told, Some(Message::PresetEdited { edit, result: Err(why.into()) }));
    assert!(std::fs::read_to_string(places.view()).unwrap().contains("odd = 5"));
}
