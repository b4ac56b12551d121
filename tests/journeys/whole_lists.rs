//! Whole lists from the palette: made, renamed, copied, deleted, and taken back.

use crate::world::{LAUNCH, PORTING, UNSAVED, World, defaults, id, key, list, text, world, world_of};
use chimewatch::app::action::Action;
use chimewatch::app::effect::{Effect, FilesWork, ListId, ListWork, Purpose};
use chimewatch::app::message::{Keystroke, Message};
use chimewatch::app::model::{Naming, Overlay};
use chimewatch::app::query::footer;
use chimewatch::domain::watchlist::{Access, Edit};

fn work(work: ListWork) -> Effect {
    Effect::Files(FilesWork::Lists { work, purpose: Purpose::Edit })
}

/// The names of the tabs, the one on the screen in brackets.
fn tabs(world: &World) -> String {
    let current = world.model.current_list().unwrap().id;
    let name = |list: &chimewatch::app::model::List| {
        let name = &list.watchlist.name;
        if list.id == current { format!("[{name}]") } else { name.to_string() }
    };
    world.model.lists.iter().map(name).collect::<Vec<_>>().join(" ")
}

/// `launch` with orders 1 and 2, `porting` with 2 and 3, an empty `unsaved`.
fn three() -> World {
    let lists = vec![
        (LAUNCH, list("launch", [1, 2])),
        (PORTING, list("porting", [2, 3])),
        (UNSAVED, list("unsaved", [])),
    ];
    world_of(lists, defaults())
}

fn submit(world: &mut World, action: Action, name: &str) -> Vec<Effect> {
    world.act(action);
    world.press(Keystroke::DeleteToStart);
    world.type_text(name);
    world.press(Keystroke::Submit)
}

/// Does what an action asks of the files.
fn done(world: &mut World, action: Action) {
    let effects = world.act(action);
    world.keep(&effects);
}

#[test]
fn a_new_list_is_opened_and_undo_deletes_it() {
    let mut world = three();
    let effects = submit(&mut world, Action::ListNew, "spring");
    assert_eq!(effects, [work(ListWork::New { name: text("spring") })]);
    // Enter once more while it is being made does nothing.
    assert_eq!(world.press(Keystroke::Submit), []);
    world.keep(&effects);
    assert_eq!(
        (tabs(&world).as_str(), world.notice()),
        ("launch porting unsaved [spring]", "spring is a new list.")
    );
    assert_eq!(world.model.overlay, None);
    done(&mut world, Action::Undo);
    assert_eq!(
        (tabs(&world).as_str(), world.notice()),
        ("[launch] porting unsaved", "spring is deleted again.")
    );
}

#[test]
fn a_name_that_is_taken_stays_in_the_field_with_the_reason() {
    let mut world = three();
    let effects = submit(&mut world, Action::ListRename, "porting");
    assert_eq!(effects, [work(ListWork::Rename { list: LAUNCH, name: text("porting") })]);
    let why = text("A watchlist called 'porting' exists. Choose another name.");
    let work = ListWork::Rename { list: LAUNCH, name: text("porting") };
    let refused = Message::ListsChanged { work, purpose: Purpose::Edit, result: Err(why.clone()) };
    assert_eq!(world.send(refused), []);
    let Some(Overlay::Name(form)) = &world.model.overlay else { panic!("the field is gone") };
    assert_eq!((&form.naming, form.field.text.as_str()), (&Naming::Renamed(LAUNCH), "porting"));
    assert_eq!((form.field.error.as_ref(), tabs(&world).as_str()), (Some(&why), "[launch] porting unsaved"));
    assert_eq!(world.model.undo, []);
}

#[test]
fn a_renamed_list_is_the_same_list_in_the_same_place_and_undo_gives_its_name_back() {
    let mut world = three();
    world.act(Action::Down);
    let effects = submit(&mut world, Action::ListRename, "spring");
    world.keep(&effects);
    assert_eq!(
        (tabs(&world).as_str(), world.notice()),
        ("[spring] porting unsaved", "launch is called spring now.")
    );
    assert_eq!((world.model.lists[0].id, world.rows().as_str()), (LAUNCH, "1 [2]"));
    done(&mut world, Action::Undo);
    assert_eq!(
        (tabs(&world).as_str(), world.notice()),
        ("[launch] porting unsaved", "spring is called launch again.")
    );
}

#[test]
fn a_copy_has_the_orders_and_a_name_is_proposed_for_it() {
    let mut world = three();
    world.act(Action::ListDuplicate);
    let effects = world.press(Keystroke::Submit);
    assert_eq!(effects, [work(ListWork::Duplicate { list: LAUNCH, name: text("launch-copy") })]);
    world.keep(&effects);
    assert_eq!((world.rows().as_str(), world.notice()), ("[1] 2", "launch-copy is a copy of launch."));
    assert_eq!(world.model.watch.len(), 2);
}

#[test]
fn a_deleted_list_gives_way_to_the_next_and_comes_back_with_its_cursor() {
    let mut world = three();
    world.act(Action::Down);
    let effects = world.act(Action::ListDelete);
    assert_eq!(effects, [work(ListWork::Delete { list: LAUNCH })]);
    assert_eq!(world.act(Action::ListDelete), []);
    world.keep(&effects);
    assert_eq!(
        (tabs(&world).as_str(), world.notice()),
        ("[porting] unsaved", "launch is deleted, with 2 orders.")
    );
    assert_eq!(world.model.notice.as_ref().unwrap().offers, Some(Action::Undo));
    // Order 2 is in the other list too.
    assert!(world.model.watch.get(&key(1)).is_none());
    assert!(world.model.watch.get(&key(2)).is_some());
    done(&mut world, Action::Undo);
    assert_eq!(
        (tabs(&world).as_str(), world.notice()),
        ("[launch] porting unsaved", "launch is back, with 2 orders.")
    );
    assert_eq!(world.rows(), "1 [2]");
    assert!(world.model.watch.get(&key(1)).is_some());
}

#[test]
fn edits_before_a_deletion_can_be_undone_after_it() {
    let mut world = three();
    done(&mut world, Action::Remove);
    done(&mut world, Action::ListDelete);
    done(&mut world, Action::Undo);
    assert_eq!(world.rows(), "[2]");
    done(&mut world, Action::Undo);
    assert_eq!(world.notice(), "order 1 is watched again.");
}

#[test]
fn what_cannot_be_brought_back_can_be_tried_again() {
    let mut world = three();
    done(&mut world, Action::ListDelete);
    world.act(Action::Undo);
    let work = ListWork::PutBack { list: LAUNCH };
    let why = text("A watchlist called 'launch' exists. Choose another name.");
    world.send(Message::ListsChanged { work, purpose: Purpose::Undo, result: Err(why) });
    assert_eq!(world.notice(), "A watchlist called 'launch' exists. Choose another name.");
    done(&mut world, Action::Undo);
    assert_eq!(tabs(&world), "[launch] porting unsaved");
}

#[test]
fn of_a_file_elsewhere_only_the_tab_closes() {
    let mut world = world_of(vec![(LAUNCH, list("team", [1])), (UNSAVED, list("unsaved", []))], defaults());
    done(&mut world, Action::ListDelete);
    assert_eq!(
        (tabs(&world).as_str(), world.notice()),
        ("[unsaved]", "team is closed; /srv/team.toml stays as it is.")
    );
    assert_eq!(world.model.watch.len(), 0);
    assert_eq!(chimewatch::app::card::card(&world.model).unwrap().cause, chimewatch::app::card::Cause::Empty);
    done(&mut world, Action::Undo);
    assert_eq!((tabs(&world).as_str(), world.notice()), ("[team] unsaved", "team is open again."));
}

#[test]
fn unsaved_is_emptied_and_not_deleted() {
    let mut world = world_of(vec![(UNSAVED, list("unsaved", [1, 2]))], defaults());
    let effects = world.act(Action::ListDelete);
    let edit = Edit::Remove(vec![id(1), id(2)]);
    assert_eq!(effects, [Effect::Files(FilesWork::Edit { list: UNSAVED, edit, purpose: Purpose::Edit })]);
    world.keep(&effects);
    assert_eq!(world.notice(), "2 orders are watched no longer.");
    assert_eq!(world.act(Action::ListDelete), []);
    assert_eq!(world.notice(), "unsaved is empty; it takes orders that no list has.");
    done(&mut world, Action::Undo);
    assert_eq!(world.notice(), "2 orders are watched again.");
    // Its first name is what it is saved as.
    world.act(Action::ListRename);
    let Some(Overlay::Name(form)) = &world.model.overlay else { panic!("no field") };
    assert_eq!(form.naming, Naming::Saved(UNSAVED));
}

#[test]
fn a_file_that_does_not_parse_keeps_its_name() {
    let mut world = world([1]);
    let mut broken = list("launch", [1]);
    broken.access = Access::Broken("launch.toml:7 expected a value".into());
    world.send(Message::ListRead { list: LAUNCH, watchlist: broken });
    assert_eq!(world.act(Action::ListRename), [Effect::Files(FilesWork::Read { list: LAUNCH })]);
    assert_eq!(world.model.overlay, None);
}

#[test]
fn an_undone_edit_of_a_list_that_is_closed_says_so() {
    let mut world = three();
    done(&mut world, Action::Remove);
    world.model.lists.retain(|list| list.id != LAUNCH);
    world.model.current = Some(0);
    assert_eq!(world.act(Action::Undo), []);
    assert_eq!(world.notice(), "The list of the last edit is closed: nothing was undone.");
    assert_eq!(world.model.place_of(ListId(0)), None);
}

#[test]
fn a_list_that_is_empty_now_has_no_chip_of_the_filter_that_it_keeps() {
    let mut world = world_of(vec![(UNSAVED, list("unsaved", [1, 2]))], defaults());
    world.act(Action::Filter);
    world.type_text("order");
    world.press(Keystroke::Submit);
    assert!(footer::filter(&world.model).is_some());
    done(&mut world, Action::ListDelete);
    assert_eq!(footer::filter(&world.model), None);
    done(&mut world, Action::Undo);
    assert!(footer::filter(&world.model).is_some());
}
