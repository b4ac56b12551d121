//! Filters under a name: chosen, saved, deleted, taken back.

use crate::world::{World, text, world};
use chimewatch::app::action::Action;
use chimewatch::app::effect::{Effect, FilesWork, PresetEdit, PresetEdited};
use chimewatch::app::message::{Keystroke, Message};
use chimewatch::app::model::{Overlay, Screen, UNDO_DEPTH};
use chimewatch::app::presets::Presets;
use chimewatch::app::query;
use chimewatch::app::query::picker::RowDetail;
use chimewatch::domain::{ConfiguredFilter, KeptFilters};
use std::time::Duration;

/// Sooner than any label changes by itself.
const SOON: Duration = Duration::from_millis(10);

const BUILT_IN: [&str; 6] =
    ["needs you", "failed or partial", "waits for people", "port-ins", "FOC within a week", "open for a day"];

fn kept(filters: &[(&str, &str)]) -> KeptFilters {
    filters.iter().map(|(name, filter)| (text(name), Some(text(filter)))).collect()
}

/// Four orders of which one failed, one is in part, one waits for people; a filter is saved, another one is set in the
/// config file.
fn four() -> World {
    let mut world = world(1..=4);
    world.read(&[
        (1, "Processing", &["Processing"]),
        (2, "Failed", &["Failed"]),
        (3, "Partial", &["Acquired", "Failed"]),
        (4, "PendingDocuments", &["Processing"]),
    ]);
    let configured = ConfiguredFilter {
        name: text("stuck"),
        filter: text("status:processing"),
        place: text("~/config.toml:7"),
    };
    world.model.presets = Presets::new(vec![configured], kept(&[("two and three", "failed>0")]));
    world.wait(10_000);
    world
}

fn filter(world: &World) -> &str {
    query::filter_text(&world.model).unwrap()
}

fn set(world: &mut World, filter: &str) {
    world.act(Action::Filter);
    world.type_text(filter);
    world.press(Keystroke::Submit);
}

fn edit(name: &str, filter: Option<&str>) -> Effect {
    Effect::Files(FilesWork::KeepFilter(PresetEdit { name: text(name), filter: filter.map(text) }))
}

/// Saves the filter that is set.
fn save(world: &mut World, name: &str) -> Vec<Effect> {
    world.act(Action::SaveFilter);
    world.type_text(name);
    world.press(Keystroke::Submit)
}

fn named(world: &World) -> Vec<String> {
    world.model.presets.kept.keys().map(ToString::to_string).collect()
}

/// What each line says beside its name: how many orders it would show, and its word.
fn counts(world: &World) -> Vec<(String, Option<&'static str>)> {
    let layout = query::layout(&world.model);
    let clock = query::Clock::new(&world.model);
    let view = query::picker::view(&world.model, world.picker(), &layout, &clock);
    let of = |row: &query::picker::Row<'_>| match &row.detail {
        RowDetail::Filter { count, .. } => Some((count.clone(), row.word)),
        _ => None,
    };
    view.rows.iter().filter_map(of).collect()
}

#[test]
fn the_key_of_the_filter_pressed_in_its_empty_field_opens_those_with_a_name_and_enter_sets_one() {
    let mut world = four();
    world.act(Action::Filter);
    assert_eq!(world.press(Keystroke::Character('/')), [Effect::Files(FilesWork::ReadFilters)]);
    let names: Vec<&str> = ["[two and three]", "stuck"].into_iter().chain(BUILT_IN).collect();
    assert_eq!(world.choices(), names);
    world.type_text("failed or");
    assert_eq!(world.press(Keystroke::Submit), []);
    assert_eq!((world.model.overlay.is_none(), filter(&world)), (true, "status:failed,partial"));
    assert_eq!(world.rows(), "[2] 3");
    // Up in the next one brings it back, as one that was typed.
    set(&mut world, "order");
    world.act(Action::Filter);
    world.press(Keystroke::Recall);
    world.press(Keystroke::Submit);
    assert_eq!(filter(&world), "order");
}

#[test]
fn the_key_is_a_letter_like_any_other_behind_text_and_esc_leaves_the_filter_that_was_set() {
    let mut world = four();
    set(&mut world, "order");
    world.act(Action::Filter);
    assert_eq!(filter(&world), "", "the field opens empty");
    world.press(Keystroke::Character('/'));
    assert_eq!(filter(&world), "order", "what was set holds while one chooses");
    world.press(Keystroke::Cancel);
    assert_eq!((world.model.overlay.is_none(), filter(&world)), (true, "order"));
    world.act(Action::Filter);
    world.type_text("a/");
    assert!(matches!(&world.model.overlay, Some(Overlay::Filter { field, .. }) if field.text == "a/"));
}

#[test]
fn every_line_says_how_many_orders_it_would_show_and_the_one_that_is_set_is_where_the_cursor_is() {
    let mut world = four();
    set(&mut world, "status:failed,partial");
    world.act(Action::Filters);
    assert_eq!(world.choices()[3], "[failed or partial]", "it has a name already");
    let expected = [
        ("2", None),
        ("1", None),
        ("3", None),
        ("2", Some("now")),
        ("1", None),
        ("1", None),
        ("0", None),
        ("0", None),
    ];
    assert_eq!(counts(&world), expected.map(|(count, word)| (count.to_owned(), word)));
    world.becomes(1, "Failed", &["Failed"]);
    let news: Vec<String> = counts(&world).into_iter().map(|(count, _)| count).collect();
    assert_eq!(news, ["3", "0", "4", "3", "1", "1", "0", "0"]);
}

#[test]
fn of_a_long_list_each_frame_counts_for_one_filter_more_and_asks_for_the_next() {
    let mut world = world(1..=6_000);
    world.act(Action::Filters);
    let frame = |world: &World| {
        let layout = query::layout(&world.model);
        let clock = query::Clock::new(&world.model);
        let view = query::picker::view(&world.model, world.picker(), &layout, &clock);
        let later = |row: &&query::picker::Row<'_>| matches!(&row.detail, RowDetail::Filter { count, .. } if count == "…");
        let soon = clock.next_change().is_some_and(|next| next <= world.now.moment.plus(SOON));
        (view.rows.iter().filter(later).count(), soon)
    };
    let frames: Vec<_> = (0..7).map(|_| frame(&world)).collect();
    let expected = [(5, true), (4, true), (3, true), (2, true), (1, true), (0, false), (0, false)];
    assert_eq!(frames, expected);
}

#[test]
fn a_filter_is_set_on_the_screen_that_is_shown() {
    let mut world = four();
    world.act(Action::Numbers);
    world.act(Action::Filters);
    world.type_text("failed or");
    world.press(Keystroke::Submit);
    let Screen::Numbers(screen) = &world.model.screen else { panic!("{:?}", world.model.screen) };
    assert_eq!(screen.filter, "status:failed,partial");
    assert_eq!(world.model.current_list().unwrap().rows.filter, "");
    world.acts(&[Action::Back, Action::Back, Action::Activity, Action::Filters]);
    world.type_text("stuck");
    world.press(Keystroke::Submit);
    let Screen::Activity(screen) = &world.model.screen else { panic!("{:?}", world.model.screen) };
    assert_eq!(screen.filter, "status:processing");
}

#[test]
fn what_is_set_is_saved_under_a_name_from_the_picker_and_undo_deletes_it() {
    let mut world = four();
    set(&mut world, "status:failed");
    world.act(Action::Filters);
    assert_eq!(world.choices()[..2], ["[save status:failed under a name]", "two and three"]);
    world.press(Keystroke::Submit);
    let Some(Overlay::Name(form)) = &world.model.overlay else { panic!("no field") };
    assert_eq!(query::overlay::name(&world.model, form).title, "Save status:failed");
    world.type_text(" failed ");
    let effects = world.press(Keystroke::Submit);
    assert_eq!(effects, [edit("failed", Some("status:failed"))]);
    assert_eq!(world.press(Keystroke::Submit), [], "once is enough");
    // What another program saved meanwhile is there too.
    world.others_filters = kept(&[("theirs", "is:silent")]);
    world.keep(&effects);
    assert_eq!((world.notice(), world.model.overlay.is_none()), ("The filter is saved as failed.", true));
    assert_eq!(named(&world), ["failed", "theirs", "two and three"]);
    world.act(Action::Filters);
    assert_eq!(world.choices()[0], "[failed]", "it is what is set, and nothing is left to save");
    world.press(Keystroke::Cancel);
    let back = world.act(Action::Undo);
    assert_eq!(back, [edit("failed", None)]);
    world.keep(&back);
    assert_eq!(world.notice(), "The filter failed is deleted again.");
    assert_eq!(
        (named(&world), filter(&world)),
        (vec!["theirs".into(), "two and three".into()], "status:failed")
    );
}

#[test]
fn a_name_that_is_taken_says_so_before_enter_replaces_it_and_undo_brings_the_old_text_back() {
    let mut world = four();
    set(&mut world, "numbers>1");
    world.act(Action::SaveFilter);
    let hint = |world: &World| {
        let Some(Overlay::Name(form)) = &world.model.overlay else { panic!("no field") };
        query::overlay::name(&world.model, form).hint.into_owned()
    };
    assert_eq!(hint(&world), "a name, to find it by   enter saves   esc leaves it");
    world.type_text("two and three");
    assert_eq!(hint(&world), "two and three is failed>0 now   enter replaces it   esc leaves it");
    let effects = world.press(Keystroke::Submit);
    world.keep(&effects);
    assert_eq!(world.notice(), "The filter two and three is replaced.");
    assert_eq!(world.model.presets.kept, kept(&[("two and three", "numbers>1")]));
    let back = world.act(Action::Undo);
    world.keep(&back);
    assert_eq!(world.model.presets.kept, kept(&[("two and three", "failed>0")]));
    assert_eq!(world.notice(), "The filter two and three is as it was.");

    world.act(Action::SaveFilter);
    world.type_text("port-ins");
    assert_eq!(hint(&world), "takes the place of the one that is built in   enter saves   esc leaves it");
}

#[test]
fn a_name_of_the_config_file_and_one_that_is_too_long_stay_in_the_field_with_the_reason() {
    let mut world = four();
    set(&mut world, "numbers>1");
    let long = "x".repeat(41);
    for (name, why) in [
        ("stuck", "stuck is set in ~/config.toml:7. Choose another name."),
        (long.as_str(), "A name has at most 40 characters."),
    ] {
        assert_eq!(save(&mut world, name), [], "{name}");
        let Some(Overlay::Name(form)) = &world.model.overlay else { panic!("the field is gone") };
        assert_eq!((form.field.text.as_str(), form.field.error.as_ref()), (name, Some(&text(why))));
        world.press(Keystroke::Cancel);
    }
    assert_eq!(save(&mut world, ""), []);
    world.press(Keystroke::Cancel);
    world.act(Action::Back);
    world.act(Action::SaveFilter);
    assert_eq!(world.notice(), "No filter is set here: / sets one.");
}

#[test]
fn what_the_file_refuses_stays_in_the_field_and_what_was_to_be_undone_can_be_undone_again() {
    let mut world = four();
    set(&mut world, "numbers>1");
    let refused = |edit: &[Effect]| match edit {
        [Effect::Files(FilesWork::KeepFilter(edit))] => Message::PresetEdited {
            edit: edit.clone(),
            result: Err("Cannot write view.toml: the file system is read-only. Mend that.".into()),
        },
        other => panic!("{other:?}"),
    };
    let effects = save(&mut world, "many");
    world.send(refused(&effects));
    let Some(Overlay::Name(form)) = &world.model.overlay else { panic!("the field is gone") };
    assert!(form.field.error.as_ref().is_some_and(|why| why.raw().contains("read-only")));
    let effects = world.press(Keystroke::Submit);
    world.keep(&effects);
    let back = world.act(Action::Undo);
    world.send(refused(&back));
    assert_eq!(named(&world), ["many", "two and three"]);
    let back = world.act(Action::Undo);
    world.keep(&back);
    assert_eq!(named(&world), ["two and three"]);
}

#[test]
fn the_palette_finds_each_filter_by_its_name_and_deletes_a_saved_one_until_undo() {
    let mut world = four();
    world.act(Action::Palette);
    assert!(!world.choices().iter().any(|name| name.contains("stuck")), "not in the way otherwise");
    world.type_text("filter stuck");
    assert_eq!(world.choices(), ["[filter stuck]"]);
    world.press(Keystroke::Submit);
    assert_eq!(filter(&world), "status:processing");
    world.act(Action::Palette);
    world.type_text("delete-filter two");
    assert_eq!(world.choices(), ["[delete-filter two and three]"]);
    let effects = world.press(Keystroke::Submit);
    assert_eq!(effects, [edit("two and three", None)]);
    world.keep(&effects);
    assert_eq!((world.notice(), named(&world).len()), ("The filter two and three is deleted.", 0));
    let back = world.act(Action::Undo);
    assert_eq!(back, [edit("two and three", Some("failed>0"))]);
    world.keep(&back);
    assert_eq!(world.notice(), "The filter two and three is back.");
}

#[test]
fn where_there_are_no_lines_to_filter_the_palette_has_no_filter_to_choose() {
    let mut world = four();
    world.acts(&[Action::Top, Action::Open, Action::NextNeed, Action::Open]);
    assert!(matches!(world.model.screen, Screen::Number(_)), "{:?}", world.model.screen);
    world.act(Action::Palette);
    world.type_text("filter stuck");
    assert!(!world.choices().iter().any(|name| name.contains("stuck")), "{:?}", world.choices());
    world.press(Keystroke::Cancel);
    world.type_text("save-filter");
    assert_eq!(world.press(Keystroke::Submit), []);
    let said = "Here save-filter does nothing: it is for the list, an order, the numbers and the activity.";
    assert_eq!(world.notice(), said);
}

#[test]
fn what_was_not_saved_here_is_not_deleted_here_and_says_where_it_comes_from() {
    let mut world = four();
    world.act(Action::DeleteFilter);
    assert_eq!(world.choices()[..2], ["[two and three]", "stuck"]);
    for (name, why) in [
        ("stuck", "stuck is set in ~/config.toml:7: it is deleted there."),
        ("port", "port-ins is built in: a filter that is saved as port-ins takes its place."),
    ] {
        world.type_text(name);
        assert_eq!(world.press(Keystroke::Submit), []);
        assert_eq!(world.notice(), why);
        world.press(Keystroke::Cancel);
    }
    world.press(Keystroke::Cancel);
    world.model.presets.kept.clear();
    world.act(Action::DeleteFilter);
    assert_eq!(world.model.overlay, None);
    assert_eq!(world.notice(), "No filter is saved yet: :save-filter saves the one that is set.");
}

#[test]
fn what_cannot_be_understood_is_shown_with_what_is_wrong_and_can_be_deleted_but_not_chosen() {
    let mut world = four();
    world.model.presets.kept = kept(&[("typo", "statsu:failed")]);
    world.model.presets.kept.insert(text("odd"), None);
    world.act(Action::Filters);
    assert_eq!(counts(&world)[..2], [(String::new(), Some("wrong")), (String::new(), Some("wrong"))]);
    for (name, why) in [
        ("odd", "odd: it is no text in quotes, in the state file."),
        ("typo", "typo: no key is called 'statsu'; status?, in the state file."),
    ] {
        world.type_text(name);
        assert_eq!(world.press(Keystroke::Submit), []);
        assert_eq!((world.notice(), filter(&world)), (why, ""));
        world.press(Keystroke::Cancel);
    }
    world.press(Keystroke::Cancel);
    world.act(Action::DeleteFilter);
    world.type_text("odd");
    assert_eq!(world.press(Keystroke::Submit), [], "it would not come back");
    world.press(Keystroke::Cancel);
    world.type_text("typo");
    let effects = world.press(Keystroke::Submit);
    assert_eq!(effects, [edit("typo", None)]);
}

#[test]
fn what_another_program_saved_is_read_when_somebody_chooses() {
    let mut world = four();
    assert_eq!(world.act(Action::Filters), [Effect::Files(FilesWork::ReadFilters)]);
    world.send(Message::PresetsRead(kept(&[("a new one", "is:silent"), ("two and three", "failed>0")])));
    assert_eq!(world.choices()[..2], ["[a new one]", "two and three"]);
    world.press(Keystroke::Cancel);
    world.act(Action::Palette);
    world.send(Message::PresetsRead(kept(&[("a third", "is:stale")])));
    world.type_text("delete-filter third");
    assert_eq!(world.choices(), ["[delete-filter a third]"]);
}

#[test]
fn edits_of_filters_and_of_lists_are_undone_in_their_order_and_no_more_than_can_be() {
    let mut world = four();
    for number in 0..UNDO_DEPTH + 2 {
        let preset = PresetEdit { name: text(&format!("n{number}")), filter: Some(text("is:silent")) };
        let result = Ok(PresetEdited { kept: KeptFilters::new(), before: None });
        world.send(Message::PresetEdited { edit: preset, result });
    }
    let effects = world.act(Action::Remove);
    world.keep(&effects);
    assert_eq!(world.model.undo.len(), UNDO_DEPTH);
    let back = world.act(Action::Undo);
    assert!(matches!(back.as_slice(), [Effect::Files(FilesWork::Edit { .. })]), "{back:?}");
    assert_eq!(world.act(Action::Undo), [edit("n21", None)]);
}

#[test]
fn an_undo_that_asks_for_the_same_as_one_on_its_way_is_sent_too() {
    let mut world = four();
    for (before, filter) in [(None, Some("age>1d")), (Some("age>1d"), None), (None, Some("age>1d"))] {
        let result = Ok(PresetEdited { kept: KeptFilters::new(), before: before.map(text) });
        let edit = PresetEdit { name: text("a"), filter: filter.map(text) };
        world.send(Message::PresetEdited { edit, result });
    }
    let effects = [Action::Undo, Action::Undo, Action::Undo].map(|action| world.act(action)).concat();
    assert_eq!(effects, [edit("a", None), edit("a", Some("age>1d")), edit("a", None)]);
}
