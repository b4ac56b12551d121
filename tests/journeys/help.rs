//! The help: every key as it is bound, found by typing, done by choosing.

use crate::world::{World, world};
use chimewatch::app::action::{ACTIONS, Action};
use chimewatch::app::effect::Effect;
use chimewatch::app::filter::KEYS;
use chimewatch::app::message::Keystroke;
use chimewatch::app::model::Overlay;
use chimewatch::app::picker::{Choice, Kind, State, help};
use chimewatch::keymap::{KeyChord, Keymap, Step, Translator};

fn opened() -> World {
    let mut world = world(1..=3);
    world.act(Action::Help);
    world
}

fn is_open(world: &World) -> bool {
    matches!(&world.model.overlay, Some(Overlay::Picker(picker)) if picker.kind == Kind::Help)
}

#[test]
fn it_shows_the_keys_as_they_are_bound_then_the_symbols() {
    let (keymap, problems) = Keymap::default().with_file("keymap.toml", "pause = ['P', 'f9']\n");
    assert_eq!(problems, []);
    let mut world = world(1..=3);
    world.model.keys = keymap.names();
    world.act(Action::Help);
    let items = world.picker().items().to_vec();
    let pause = items.iter().find(|item| item.choice == Choice::Act(Action::Pause)).unwrap();
    assert_eq!(pause.name, "P, f9");
    for spec in ACTIONS {
        let is_shown = |action| items.iter().any(|item| item.choice == Choice::Act(action));
        let shares = ACTIONS.iter().any(|other| other.summary == spec.summary && is_shown(other.action));
        assert!(shares, "{}", spec.name);
    }
    assert_eq!(items.iter().filter(|item| matches!(item.choice, Choice::Symbol(_))).count(), 14);
    assert_eq!(help::name(pause, 50), "P", "one key where there is little room");
}

#[test]
fn it_is_searched_by_key_by_words_and_by_the_name_of_the_action() {
    for (typed, expected) in
        [("!", "!"), ("stop watch", "x"), ("ask-all", "R, ctrl-r, f5"), ("f5", "R, ctrl-r, f5")]
    {
        let mut world = opened();
        world.type_text(typed);
        assert_eq!(world.picker().at_cursor().map(|item| item.name.as_str()), Some(expected), "{typed}");
    }
}

#[test]
fn what_is_chosen_is_done_and_what_does_nothing_here_says_where_it_does() {
    let mut world = opened();
    world.type_text("quit at once");
    assert_eq!(world.press(Keystroke::Submit), [Effect::Quit]);
    world.act(Action::Help);
    world.type_text("next of its list");
    assert!(matches!(world.picker().at_cursor().unwrap().state, State::Disabled("", _)));
    world.press(Keystroke::Submit);
    assert!(is_open(&world));
    assert_eq!(world.notice(), "Here next-order does nothing: it is for an order, the numbers and a number.");
}

#[test]
fn the_grammar_of_the_filter_is_found_there_and_what_is_chosen_goes_into_the_filter() {
    let mut world = opened();
    for spec in KEYS {
        assert!(world.picker().items().iter().any(|item| item.choice == Choice::Filter(spec.example)));
    }
    world.type_text("status:");
    world.press(Keystroke::Submit);
    let typed = |world: &World| match &world.model.overlay {
        Some(Overlay::Filter { field, .. }) => field.text.clone(),
        other => panic!("{other:?}"),
    };
    assert_eq!(typed(&world), "status:failed,partial");
    world.press(Keystroke::Submit);
    world.act(Action::Help);
    world.type_text("until the FOC");
    world.press(Keystroke::Submit);
    assert_eq!(typed(&world), "status:failed,partial foc<7d");
    world.press(Keystroke::Cancel);
    assert_eq!(world.model.current_list().unwrap().rows.filter, "status:failed,partial");
}

#[test]
fn a_key_is_found_by_the_letter_that_it_is() {
    for (typed, expected) in [
        ("G", "G, end"),
        ("g", "g, home"),
        ("F", "F"),
        ("h", "esc, h, left"),
        ("k", "k, up, ctrl-p"),
        ("K", "K"),
    ] {
        let mut world = opened();
        world.type_text(typed);
        assert_eq!(world.picker().at_cursor().map(|item| item.name.as_str()), Some(expected), "{typed}");
    }
}

#[test]
fn esc_and_its_own_key_close_it() {
    let mut world = opened();
    world.type_text("?");
    assert_eq!(world.model.overlay, None);
    world.act(Action::Help);
    world.type_text("a?");
    assert!(is_open(&world), "after something typed it is a letter like any other");
    world.press(Keystroke::Cancel);
    world.press(Keystroke::Cancel);
    assert_eq!(world.model.overlay, None);
}

#[test]
fn a_key_that_opens_it_and_is_no_letter_closes_it_whatever_is_typed_and_leaves_other_lists_open() {
    let press = |world: &mut World| {
        let f1: KeyChord = "f1".parse().unwrap();
        let message = Translator::default().message(&Keymap::default(), world.model.context(), Step::Key(f1));
        world.send(message.expect("a meaning"));
    };
    let mut world = world(1..=3);
    press(&mut world);
    assert!(is_open(&world));
    world.type_text("sort");
    press(&mut world);
    assert_eq!(world.model.overlay, None);
    world.act(Action::Palette);
    world.type_text("sort");
    press(&mut world);
    assert_eq!(world.choices()[0], "[sort]", "what was typed there stays");
}
