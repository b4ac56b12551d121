//! Adding, removing, describing, and taking it back.

use crate::world::{LAUNCH, edit, entry, id, key, list, text, undo, world};
use chimewatch::app::action::Action;
use chimewatch::app::effect::{Effect, FilesWork, HistoryWork, Purpose};
use chimewatch::app::message::{Keystroke, Message};
use chimewatch::app::model::{Overlay, Preview};
use chimewatch::domain::Entry;
use chimewatch::domain::Watchlist;
use chimewatch::domain::watchlist::{Access, Description, Edit, Removed};

#[test]
fn a_pasted_text_is_shown_before_it_is_added() {
    let mut world = world(1..=2);
    // Between the lines of a paste a terminal sends what its enter key would.
    let pasted = format!("Boise, {}\r{}\r{}\r{}\r", id(3), id(4), id(1), id(4));
    assert_eq!(world.send(Message::Pasted(pasted.clone())), []);
    let new = vec![Entry { label: Some("Boise".into()), ..Entry::new(id(3)) }, Entry::new(id(4))];
    let preview = Preview {
        new: new.clone(),
        watched: 1,
        repeated: 1,
        characters: pasted.chars().count(),
        ..Preview::default()
    };
    assert_eq!(preview.sentence(), "4 IDs found: 2 new, 1 watched already, 1 twice.");
    assert_eq!(world.model.overlay, Some(Overlay::Paste(preview)));
    let effects = world.act(Action::Open);
    assert_eq!(effects, [edit(LAUNCH, Edit::Add(new))]);
    assert!(world.model.overlay.is_some());
    let effects = world.keep(&effects);
    assert_eq!(effects, [Effect::History(HistoryWork::Load(vec![key(3), key(4)]))]);
    assert_eq!((world.model.overlay.as_ref(), world.notice()), (None, "2 orders are watched now."));
}

#[test]
fn a_paste_that_comes_in_parts_is_shown_as_one() {
    let mut world = world(1..=2);
    let text = format!("Boise, {}\n{} Reno\n", id(3), id(4));
    for (place, parts) in [(12, "within an id"), (text.len() - 1, "before the last line's end")] {
        let (first, second) = text.split_at(place);
        world.send(Message::Pasted(first.to_owned()));
        world.send(Message::PasteGoesOn(second.to_owned()));
        let label = |label: &str, order| Entry { label: Some(label.into()), ..Entry::new(order) };
        let new = vec![label("Boise", id(3)), label("Reno", id(4))];
        let preview = Preview { new, characters: text.chars().count(), ..Preview::default() };
        assert_eq!(world.model.overlay, Some(Overlay::Paste(preview)), "{parts}");
        world.act(Action::Back);
    }
}

#[test]
fn esc_adds_none_of_what_was_pasted() {
    let mut world = world(1..=2);
    world.send(Message::Pasted(id(3).to_string()));
    assert_eq!(world.act(Action::Back), []);
    assert_eq!(world.model.overlay, None);
    assert_eq!(world.rows(), "[1] 2");
}

#[test]
fn a_pasted_text_without_an_id_is_told_and_adds_nothing() {
    let mut world = world(1..=2);
    world.send(Message::Pasted("x".repeat(214)));
    assert_eq!(
        world.notice(),
        "No order ID in those 214 characters. One looks like 3f2a91c0-77aa-4e0b-9a55-0d1f5e2bc01d."
    );
    world.send(Message::Pasted("3f2a91c0-77aa".to_owned()));
    assert_eq!(
        world.notice(),
        "'3f2a91c0-77aa' is no order ID: 2 groups instead of 5 (8-4-4-4-12). Nothing was sent."
    );
    world.send(Message::Pasted(format!("{} and {}", id(1), id(2))));
    assert_eq!((world.notice(), world.model.overlay.as_ref()), ("2 IDs found: 2 watched already.", None));
}

#[test]
fn one_typed_id_is_added_at_once_with_the_label_beside_it() {
    let mut world = world(1..=2);
    world.act(Action::Add);
    world.type_text(&format!("{} Toll-free", id(3)));
    let effects = world.press(Keystroke::Submit);
    let typed = Entry { label: Some("Toll-free".into()), ..Entry::new(id(3)) };
    assert_eq!(effects, [edit(LAUNCH, Edit::Add(vec![typed]))]);
    world.keep(&effects);
    assert_eq!((world.notice(), world.model.overlay.as_ref()), ("Toll-free is watched now.", None));
    assert_eq!(world.act(Action::Undo), [undo(LAUNCH, Edit::Remove(vec![id(3)]))]);
}

#[test]
fn what_is_no_id_stays_in_the_field_with_the_reason() {
    let mut world = world(1..=2);
    world.act(Action::Add);
    world.type_text("3f2a91c0-77aa");
    assert_eq!(world.press(Keystroke::Submit), []);
    let Some(Overlay::Add(field)) = &world.model.overlay else { panic!("the field is gone") };
    assert_eq!(field.text, "3f2a91c0-77aa");
    let error = "'3f2a91c0-77aa' is no order ID: 2 groups instead of 5 (8-4-4-4-12). Nothing was sent.";
    assert_eq!(field.error, Some(text(error)));
}

#[test]
fn an_id_with_letters_beyond_f_is_asked_all_the_same_with_a_notice() {
    let mut world = world(1..=2);
    world.act(Action::Add);
    world.send(Message::Pasted("abc12345-de67-89f0-123g-h45i678j9012".to_owned()));
    let effects = world.press(Keystroke::Submit);
    let loads = world.keep(&effects);
    assert_eq!(loads.len(), 1);
    assert_eq!(
        world.notice(),
        "AWS documents hex digits only; abc12345-de67-89f0-123g-h45i678j9012 is asked all the same."
    );
}

#[test]
fn remove_asks_nothing_and_undo_names_what_came_back() {
    let mut world = world(1..=3);
    world.act(Action::Down);
    let effects = world.act(Action::Remove);
    assert_eq!(effects, [edit(LAUNCH, Edit::Remove(vec![id(2)]))]);
    assert_eq!(world.act(Action::Remove), []);
    assert_eq!(world.keep(&effects), []);
    assert_eq!((world.rows().as_str(), world.notice()), ("1 [3]", "order 2 is watched no longer."));
    assert_eq!(world.model.notice.as_ref().unwrap().offers, Some(Action::Undo));
    assert!(world.model.watch.get(&key(2)).is_none());
    let effects = world.act(Action::Undo);
    let removed =
        Removed { entry: entry(2), place: 1, offset: 0, text: "[[order]]".to_owned(), excepted: None };
    assert_eq!(effects, [undo(LAUNCH, Edit::Restore(vec![removed]))]);
    assert_eq!(world.keep(&effects), [Effect::History(HistoryWork::Load(vec![key(2)]))]);
    assert_eq!((world.rows().as_str(), world.notice()), ("1 [2] 3", "order 2 is watched again."));
    world.act(Action::Undo);
    assert_eq!(world.notice(), "Nothing to undo.");
}

#[test]
fn removing_the_open_order_closes_its_screen() {
    let mut world = world(1..=2);
    world.act(Action::Open);
    let effects = world.act(Action::Remove);
    world.keep(&effects);
    assert_eq!((world.open_order(), world.rows().as_str()), (None, "[2]"));
}

#[test]
fn twenty_edits_can_be_taken_back_and_no_more() {
    let mut world = world(1..=30);
    for _ in 0..25 {
        let effects = world.act(Action::Remove);
        world.keep(&effects);
    }
    let mut back = 0;
    while let effects = world.act(Action::Undo)
        && !effects.is_empty()
    {
        world.keep(&effects);
        back += 1;
    }
    assert_eq!((back, world.model.current_list().unwrap().keys.len()), (20, 25));
}

#[test]
fn label_and_note_are_one_form() {
    let mut world = world(1..=2);
    world.act(Action::Describe);
    world.press(Keystroke::DeleteWord);
    world.type_text("one");
    world.press(Keystroke::NextField);
    world.type_text("asked twice");
    let effects = world.press(Keystroke::Submit);
    let described =
        Description { id: id(1), label: Some("order one".into()), note: Some("asked twice".into()) };
    let described = Edit::Describe(vec![described]);
    assert_eq!(effects, [edit(LAUNCH, described)]);
    assert!(world.model.overlay.is_some());
    assert_eq!(world.keep(&effects), []);
    assert_eq!((world.notice(), world.model.overlay.as_ref()), ("order one is described.", None));
    let effects = world.act(Action::Undo);
    let before = Description { id: id(1), label: Some("order 1".into()), note: None };
    let before = Edit::Describe(vec![before]);
    assert_eq!(effects, [undo(LAUNCH, before)]);
    world.keep(&effects);
    assert_eq!(world.notice(), "order 1 is described as before.");
}

#[test]
fn an_edit_that_fails_loses_nothing_that_was_typed() {
    let mut world = world(1..=2);
    world.act(Action::Describe);
    world.type_text("!");
    world.press(Keystroke::Submit);
    let why = text("/data/launch.toml: no space left on the device");
    world.send(Message::Edited { list: LAUNCH, purpose: Purpose::Edit, result: Err(why.clone()) });
    let Some(Overlay::Describe(form)) = &world.model.overlay else { panic!("the form is gone") };
    assert_eq!((form.label.text.as_str(), form.label.error.as_ref()), ("order 1!", Some(&why)));
    assert_eq!(world.notice(), why.raw());
}

#[test]
fn a_field_takes_no_blame_for_an_edit_that_it_did_not_ask_for() {
    let mut world = world(1..=2);
    world.acts(&[Action::Remove, Action::Add]);
    world.send(Message::Edited { list: LAUNCH, purpose: Purpose::Edit, result: Err(text("locked")) });
    let Some(Overlay::Add(field)) = &world.model.overlay else { panic!("the field is gone") };
    assert_eq!((field.error.as_ref(), world.notice()), (None, "locked"));
}

#[test]
fn an_undo_that_fails_can_be_tried_again() {
    let mut world = world(1..=2);
    let effects = world.act(Action::Remove);
    world.keep(&effects);
    let first = world.act(Action::Undo);
    world.send(Message::Edited { list: LAUNCH, purpose: Purpose::Undo, result: Err(text("locked")) });
    assert_eq!(world.act(Action::Undo), first);
}

#[test]
fn a_list_whose_file_does_not_parse_refuses_edits_with_file_and_line() {
    let mut world = world(1..=2);
    let mut broken = list("launch", 1..=2);
    broken.access = Access::Broken("launch.toml:7 expected a value".into());
    world.send(Message::ListRead { list: LAUNCH, watchlist: broken });
    assert_eq!(world.notice(), "launch.toml:7 expected a value");
    for action in [Action::Add, Action::Remove, Action::Describe] {
        world.model.notice = None;
        // It may have been mended since.
        assert_eq!(world.act(action), [Effect::Files(FilesWork::Read { list: LAUNCH })], "{action:?}");
        assert_eq!(
            world.notice(),
            "launch.toml:7 expected a value. This list can be edited when its file is mended."
        );
        assert_eq!(world.model.overlay, None);
    }
    world.send(Message::ListRead { list: LAUNCH, watchlist: list("launch", 1..=2) });
    assert_eq!(world.notice(), "launch can be edited again.");
}

#[test]
fn a_broken_file_without_a_copy_asks_for_no_orders() {
    let mut world = world([]);
    let access = Access::Broken("launch.toml:7 expected a value".into());
    world.send(Message::ListRead { list: LAUNCH, watchlist: Watchlist { access, ..list("launch", []) } });
    let card = chimewatch::app::card::card(&world.model).unwrap();
    assert_eq!(
        card.text.shown(),
        "launch.toml:7 expected a value. There is no copy with orders to show; edits resume when the file parses."
    );
    assert_eq!(chimewatch::app::query::empty::lines(&world.model, 80), []);
}

/// A text of more than a frame's worth, with so many ids of their own.
fn long_text(orders: u32) -> String {
    let lines = (100..100 + orders).map(|number| format!("{}, Order {number}\n", id(number)));
    format!("{}{}", lines.collect::<String>(), "x y z\n".repeat(20_000))
}

#[test]
fn a_long_paste_is_looked_through_elsewhere_and_undone_in_one_step() {
    let mut world = world(1..=2);
    let text = long_text(1_000);
    let effects = world.send(Message::Pasted(text.clone()));
    assert_eq!(effects, [Effect::Files(FilesWork::Find(text.as_str().into()))]);
    assert_eq!(world.notice(), "Looking for order IDs in 164 KiB of text.");
    // What comes meanwhile is looked through in one go afterwards.
    for _ in 0..100 {
        assert_eq!(world.send(Message::PasteGoesOn(format!("{}\n", id(3)))), []);
    }
    let found = chimewatch::domain::found::in_text(&text);
    let again = world.send(Message::OrdersFound(found));
    let [Effect::Files(FilesWork::Find(whole))] = again.as_slice() else { panic!("{again:?}") };
    world.send(Message::OrdersFound(chimewatch::domain::found::in_text(whole)));
    let Some(Overlay::Paste(preview)) = &world.model.overlay else { panic!("no preview") };
    assert_eq!((preview.new.len(), preview.repeated), (1_001, 99));
    let effects = world.act(Action::Open);
    world.keep(&effects);
    assert_eq!(world.notice(), "1,001 orders are watched now.");
    let effects = world.act(Action::Undo);
    assert_eq!(effects.len(), 1);
    world.keep(&effects);
    assert_eq!((world.rows().as_str(), world.model.overlay.is_some()), ("[1] 2", false));
}

#[test]
fn who_has_gone_on_to_something_else_is_not_interrupted_by_a_long_paste() {
    let mut world = world(1..=2);
    let text = long_text(3);
    world.send(Message::Pasted(text.clone()));
    world.act(Action::Add);
    world.send(Message::OrdersFound(chimewatch::domain::found::in_text(&text)));
    assert!(matches!(world.model.overlay, Some(Overlay::Add(_))));
}

#[test]
fn what_is_beyond_a_megabyte_is_said_to_be_unread_and_what_is_no_id_is_named() {
    let mut world = world(1..=2);
    let text = format!("{}\n3f2a91c0-77aa\n{}", id(3), "x".repeat(2 << 20));
    let effects = world.send(Message::Pasted(text));
    let [Effect::Files(FilesWork::Find(kept))] = effects.as_slice() else { panic!("{effects:?}") };
    assert_eq!(kept.len(), 1 << 20);
    world.send(Message::OrdersFound(chimewatch::domain::found::in_text(kept)));
    let Some(Overlay::Paste(preview)) = &world.model.overlay else { panic!("no preview") };
    assert_eq!(
        chimewatch::app::query::preview::warnings(preview),
        [
            "1 looks like an ID but is none: 3f2a91c0-77aa: 2 groups instead of 5 (8-4-4-4-12).",
            "The last 1,025 KiB were not read: a paste is read up to 1 MiB, standard input to 10.",
        ]
    );
}

#[test]
fn a_long_preview_scrolls_to_its_last_order_and_no_further() {
    let mut world = world(1..=2);
    let text = (100..200).map(|number| id(number).to_string()).collect::<Vec<_>>().join("\n");
    world.send(Message::Pasted(text));
    let seen = |world: &crate::world::World| match &world.model.overlay {
        Some(Overlay::Paste(preview)) => (preview.offset, preview.cursor),
        other => panic!("{other:?}"),
    };
    world.act(Action::Down);
    assert_eq!(seen(&world), (0, 1));
    world.act(Action::Bottom);
    let (last, cursor) = seen(&world);
    assert!((2..100).contains(&last) && cursor == 99, "{last} {cursor}");
    world.act(Action::PageDown);
    assert_eq!(seen(&world), (last, 99));
    world.act(Action::Up);
    assert_eq!(seen(&world), (last, 98));
    world.act(Action::Top);
    assert_eq!(seen(&world), (0, 0));
}

#[test]
fn what_is_left_out_of_a_paste_is_not_added() {
    let mut world = world(1..=2);
    let text = (3..=5).map(|number| id(number).to_string()).collect::<Vec<_>>().join("\n");
    world.send(Message::Pasted(text.clone()));
    world.acts(&[Action::Down, Action::MarkOrder]);
    let effects = world.act(Action::Open);
    assert_eq!(effects, [edit(LAUNCH, Edit::Add(vec![Entry::new(id(3)), Entry::new(id(5))]))]);
    world.keep(&effects);
    assert_eq!((world.model.overlay.as_ref(), world.notice()), (None, "2 orders are watched now."));

    // All of it left out is none; once more is all of it again.
    world.send(Message::Pasted(id(9).to_string()));
    world.acts(&[Action::MarkAll, Action::MarkAll, Action::MarkAll]);
    assert_eq!(world.act(Action::Open), []);
    assert_eq!(
        (world.model.overlay.as_ref(), world.notice()),
        (None, "Nothing was added: all of it was left out.")
    );
}

#[test]
fn what_an_undo_brought_back_has_the_cursor_until_a_key_moves_it() {
    let mut world = world(1..=4);
    world.read(&[(1, "Processing", &["Processing"]), (2, "Failed", &["Failed"])]);
    world.act(Action::Down);
    assert_eq!(world.rows(), "2 [1] 3 4");
    let effects = world.act(Action::Remove);
    world.keep(&effects);
    world.acts(&[Action::Bottom, Action::Top]);
    assert_eq!(world.rows(), "[2] 3 4");
    let effects = world.act(Action::Undo);
    world.keep(&effects);
    assert_eq!(world.rows(), "2 [1] 3 4");
    world.pass(6_000);
    world.read(&[(1, "Failed", &["Failed"])]);
    assert_eq!(world.rows(), "[1] 2 3 4", "it goes with its order");
    world.act(Action::Down);
    assert_eq!(world.rows(), "1 [2] 3 4");
}

#[test]
fn an_undo_of_what_the_filter_hides_leaves_the_cursor_where_it_is() {
    let mut world = world(1..=4);
    let effects = world.act(Action::Remove);
    world.keep(&effects);
    world.act(Action::Filter);
    world.type_text("id:00000003");
    world.press(Keystroke::Submit);
    assert_eq!(world.rows(), "[3]");
    let effects = world.act(Action::Undo);
    world.keep(&effects);
    assert_eq!(world.rows(), "[3]");
}
