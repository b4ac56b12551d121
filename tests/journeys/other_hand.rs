//! Files that an editor or another instance has changed while the program runs.

use crate::world::{LAUNCH, PORTING, World, entry, id, key, list, text, world};
use chimewatch::app::action::Action;
use chimewatch::app::effect::{Effect, FilesWork, HistoryWork, ListId};
use chimewatch::app::message::{FileNow, Message};
use chimewatch::app::model::Overlay;
use chimewatch::domain::watchlist::Access;
use chimewatch::domain::{Entry, Watchlist};

fn says(world: &mut World, list: ListId, watchlist: Watchlist) -> Vec<Effect> {
    let now = FileNow::Says { watchlist, warnings: Vec::new() };
    world.send(Message::FileChanged { list, now })
}

#[test]
fn what_was_written_is_looked_at_and_what_is_known_changes_nothing() {
    let mut world = world([1, 2]);
    assert_eq!(world.send(Message::FilesTouched), [Effect::Files(FilesWork::Look)]);
    let edition = world.model.lists[0].edition;
    assert_eq!(says(&mut world, LAUNCH, list("launch", [1, 2])), []);
    assert_eq!((world.notice(), world.model.lists[0].edition), ("", edition));
}

#[test]
fn an_edit_by_another_hand_is_told_in_one_notice_and_moves_no_cursor() {
    let mut world = world([1, 2, 3]);
    world.act(Action::Down);
    let mut edited = list("launch", [4, 2, 5]);
    edited.entries[1] = Entry { note: Some("by Ana".into()), ..entry(2) };
    let effects = says(&mut world, LAUNCH, edited);
    assert_eq!(effects, [Effect::History(HistoryWork::Load(vec![key(4), key(5)]))]);
    assert_eq!(
        (world.rows().as_str(), world.notice()),
        ("4 [2] 5", "launch was edited by another hand: 2 orders more, 2 less, 1 described anew.")
    );
    // What is typed meanwhile stays.
    world.act(Action::Add);
    says(&mut world, LAUNCH, list("launch", [4]));
    assert!(matches!(world.model.overlay, Some(Overlay::Add(_))));
    assert_eq!(world.notice(), "launch was edited by another hand: 2 orders less.");
    let other = Watchlist { profile: Some("dev".into()), ..list("launch", [4]) };
    says(&mut world, LAUNCH, other);
    assert_eq!(world.notice(), "launch was edited by another hand.");
}

#[test]
fn a_mistake_names_its_line_and_a_mended_file_can_be_edited_again() {
    let mut world = world([1]);
    let broken = Access::Broken("launch.toml:7 expected a value".into());
    says(&mut world, LAUNCH, Watchlist { access: broken, ..list("launch", [1]) });
    assert_eq!(world.notice(), "launch.toml:7 expected a value");
    says(&mut world, LAUNCH, list("launch", [1, 2]));
    assert_eq!(world.notice(), "launch can be edited again: 1 order more.");
}

#[test]
fn what_was_left_out_of_a_file_is_told_with_its_line() {
    let mut world = world([1]);
    let warnings = vec![text("launch.toml:3 'x' is no order ID"), text("launch.toml:9 'y' is none")];
    let now = FileNow::Says { watchlist: list("launch", []), warnings };
    world.send(Message::FileChanged { list: LAUNCH, now });
    assert_eq!(world.notice(), "launch.toml:3 'x' is no order ID; and 1 more.");
}

#[test]
fn a_file_that_is_gone_is_shown_on_cannot_be_edited_and_is_back_when_it_is_back() {
    let mut world = world([1, 2]);
    let gone = || Message::FileChanged { list: LAUNCH, now: FileNow::Gone(text("/data/launch.toml")) };
    world.send(gone());
    let told = "/data/launch.toml is gone. What it held is shown on; :list-duplicate saves a copy.";
    assert_eq!((world.notice(), world.rows().as_str()), (told, "[1] 2"));
    let card = chimewatch::app::card::card(&world.model).unwrap();
    assert_eq!(
        card.text.raw(),
        "/data/launch.toml is gone. Shown is what it held; :list-duplicate saves a copy, :list-delete closes the list."
    );
    assert_eq!(world.act(Action::Remove), [Effect::Files(FilesWork::Read { list: LAUNCH })]);
    assert_eq!(world.notice(), "/data/launch.toml is gone. This list can be edited when its file is back.");
    world.send(gone());
    assert!(world.notice().contains("when its file is back"), "told once");
    says(&mut world, LAUNCH, list("launch", [1, 2]));
    assert_eq!(world.notice(), "launch can be edited again.");
}

#[test]
fn a_file_that_comes_is_a_tab_and_one_that_is_renamed_keeps_its_own() {
    let mut world = world([1]);
    says(&mut world, ListId(9), list("spring", [3, 4]));
    assert_eq!(world.notice(), "spring is new, with 2 orders: another hand made it.");
    assert_eq!(world.model.lists.last().unwrap().watchlist.entries.len(), 2);
    assert_eq!(world.model.current_list().unwrap().id, LAUNCH);
    assert!(world.model.watch.get(&key(3)).is_none(), "it is not opened");
    world.send(Message::FileChanged { list: PORTING, now: FileNow::Called(list("ports", [3])) });
    assert_eq!(world.notice(), "porting is called ports now: its file was renamed.");
    assert_eq!(world.model.lists[1].watchlist.entries[0].id, id(3));
}
