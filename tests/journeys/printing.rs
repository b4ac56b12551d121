//! Printing what is copied, where no clipboard takes it.

use crate::copies::{copied, three};
use crate::world::{id, key};
use chimewatch::app::action::Action;
use chimewatch::app::effect::Effect;
use chimewatch::app::message::{Keystroke, Message};

/// What is printed.
fn printed(effects: &[Effect]) -> (&str, &str) {
    match effects {
        [Effect::Print { text, what }] => (text, what),
        other => panic!("nothing is printed: {other:?}"),
    }
}

#[test]
fn what_is_printed_is_the_obvious_and_right_after_a_copy_the_same_text() {
    let mut world = three();
    let ids = world.act(Action::Print);
    assert_eq!(printed(&ids), (id(1).to_string().as_str(), "36 characters"));
    world.act(Action::CopyAs);
    world.type_text("all num");
    let numbers = world.press(Keystroke::Submit);
    let copied = copied(&numbers);
    assert_eq!(copied, ("+15035550100\n+15035550101", "2 numbers"));
    world.send(Message::Copied { what: "2 numbers".into(), result: Ok("OSC 52".into()) });
    assert_eq!(printed(&world.act(Action::Print)), copied);
    assert_eq!(printed(&world.act(Action::Print)), copied, "once more");
    world.act(Action::Down);
    assert_eq!(printed(&world.act(Action::Print)), (id(2).to_string().as_str(), "36 characters"));
}

#[test]
fn what_no_clipboard_took_can_be_printed() {
    let mut world = three();
    world.act(Action::Copy);
    world.send(Message::Copied { what: "36 characters".into(), result: Err("Not copied: no way.".into()) });
    let notice = world.model.notice.as_ref().unwrap();
    assert_eq!(
        (notice.text.to_string().as_str(), notice.offers),
        ("Not copied: no way.", Some(Action::Print))
    );
    assert_eq!(printed(&world.act(Action::Print)).0, id(1).to_string());
}

#[test]
fn what_is_printed_is_nothing_that_a_terminal_obeys_and_privacy_masks_it() {
    let mut world = three();
    world.act(Action::RawJson);
    let body = "{\"a\": \"\u{9b}31m\"}\n+15035550101".to_owned();
    world.send(Message::Came { key: key(1), received: world.model.now.wall, body });
    let expected = ("{\"a\": \"\\u{9b}31m\"}\n+15035550101", "the answer (26 characters)");
    assert_eq!(printed(&world.act(Action::Print)), expected);
    world.acts(&[Action::Back, Action::Numbers, Action::Privacy]);
    assert_eq!(printed(&world.act(Action::Print)), ("+1503*****01", "1 number, masked"));
}
