use super::*;
use crate::app::Action;
use crossterm::event::{KeyEvent, KeyEventState};

const ID: &str = "3f2a91c0-77aa-4e0b-9a55-0d1f5e2bc01d";

fn typed(text: &str) -> Vec<Event> {
    text.chars()
        .map(|character| {
            let code = if character == '\n' { KeyCode::Enter } else { KeyCode::Char(character) };
            Event::Key(KeyEvent::new(code, KeyModifiers::NONE))
        })
        .collect()
}

fn control(character: char) -> Event {
    Event::Key(KeyEvent::new(KeyCode::Char(character), KeyModifiers::CONTROL))
}

fn messages_of(
    translator: &mut Translator,
    context: Context,
    events: Vec<Event>,
    spacing: Spacing,
) -> Vec<Message> {
    let keymap = Keymap::default();
    let steps = translator.steps(events, spacing);
    steps.into_iter().filter_map(|step| translator.message(&keymap, context, step)).collect()
}

fn messages(context: Context, events: Vec<Event>) -> Vec<Message> {
    messages_of(&mut Translator::default(), context, events, Spacing::Apart)
}

#[test]
fn a_single_q_is_a_key_and_a_pasted_id_is_not() {
    assert_eq!(messages(Context::List, typed("q")), [Message::Action(Action::BackOrQuit)]);
    assert_eq!(messages(Context::List, typed(ID)), [Message::Pasted(ID.to_owned())]);
    assert_eq!(messages(Context::Text, typed(ID)), [Message::Pasted(ID.to_owned())]);
}

#[test]
fn seven_printable_keys_are_keys_and_eight_are_a_paste() {
    assert_eq!(messages(Context::List, typed("jkjnjkj")).len(), 7);
    assert_eq!(messages(Context::List, typed("jkjnjkjk")), [Message::Pasted("jkjnjkjk".to_owned())]);
    assert_eq!(messages(Context::List, typed("ab\ncdefgh\n")), [Message::Pasted("ab\ncdefgh\n".to_owned())]);
}

#[test]
fn a_key_held_down_on_a_slow_line_is_no_paste() {
    assert_eq!(messages(Context::List, typed("jjjjjjjjjjjj")), vec![Message::Action(Action::Down); 12]);
    assert_eq!(messages(Context::List, typed("jjjjjjjjkkkk")).len(), 12);
}

#[test]
fn what_comes_close_behind_a_part_of_a_paste_is_its_next_part_and_no_key() {
    let mut translator = Translator::default();
    let mut told = |text, spacing| messages_of(&mut translator, Context::List, typed(text), spacing);
    assert_eq!(told("12345678", Spacing::Apart), [Message::Pasted("12345678".to_owned())]);
    assert_eq!(told("xq", Spacing::Close), [Message::PasteGoesOn("xq".to_owned())]);
    assert_eq!(told("\n", Spacing::Close), [Message::PasteGoesOn("\n".to_owned())]);
    assert_eq!(told("aaaaaaaaaa", Spacing::Close), [Message::PasteGoesOn("aaaaaaaaaa".to_owned())]);
    assert_eq!(told("q", Spacing::Apart), [Message::Action(Action::BackOrQuit)]);
    assert_eq!(told("q", Spacing::Close), [Message::Action(Action::BackOrQuit)]);
}

#[test]
fn ctrl_c_counts_beside_a_paste() {
    let mut events = typed("pasted text");
    events.push(control('d'));
    events.push(control('c'));
    assert_eq!(
        messages(Context::List, events),
        [Message::Pasted("pasted text".to_owned()), Message::Action(Action::Quit)]
    );
}

#[test]
fn of_many_sizes_the_last_one_counts_and_comes_after_the_keys() {
    let events = vec![Event::Resize(80, 24), typed("j").remove(0), Event::Resize(100, 40)];
    assert_eq!(
        messages(Context::List, events),
        [Message::Action(Action::Down), Message::Resized { width: 100, height: 40 }]
    );
}

#[test]
fn a_key_that_is_held_counts_and_one_that_is_let_go_does_not() {
    let with = |kind| {
        vec![Event::Key(KeyEvent {
            code: KeyCode::Char('j'),
            modifiers: KeyModifiers::NONE,
            kind,
            state: KeyEventState::NONE,
        })]
    };
    assert_eq!(messages(Context::List, with(KeyEventKind::Repeat)), [Message::Action(Action::Down)]);
    assert_eq!(messages(Context::List, with(KeyEventKind::Release)), []);
}

#[test]
fn in_a_text_field_keys_write_and_move_and_end() {
    let events = vec![
        Event::Key(KeyEvent::new(KeyCode::Char('Q'), KeyModifiers::SHIFT)),
        control('w'),
        control('u'),
        Event::Key(KeyEvent::new(KeyCode::BackTab, KeyModifiers::SHIFT)),
        Event::Key(KeyEvent::new(KeyCode::Enter, KeyModifiers::NONE)),
        Event::Key(KeyEvent::new(KeyCode::Esc, KeyModifiers::NONE)),
        Event::Key(KeyEvent::new(KeyCode::F(9), KeyModifiers::NONE)),
        control('c'),
    ];
    assert_eq!(
        messages(Context::Text, events),
        [
            Message::Typed(Keystroke::Character('Q')),
            Message::Typed(Keystroke::DeleteWord),
            Message::Typed(Keystroke::DeleteToStart),
            Message::Typed(Keystroke::PreviousField),
            Message::Typed(Keystroke::Submit),
            Message::Typed(Keystroke::Cancel),
            Message::Action(Action::Quit),
        ]
    );
}

#[test]
fn in_a_picker_arrows_move_although_no_key_is_bound_to_moving() {
    let (keymap, _) = Keymap::default().with_file("keys.toml", "up = []\ndown = []\nmark = []");
    let told = |code| {
        let chord = KeyChord::new(code, KeyModifiers::NONE);
        Translator::default().message(&keymap, Context::Picker, Step::Key(chord))
    };
    assert_eq!(told(KeyCode::Up), Some(Message::Action(Action::Up)));
    assert_eq!(told(KeyCode::Down), Some(Message::Action(Action::Down)));
    assert_eq!(told(KeyCode::Char('j')), Some(Message::Typed(Keystroke::Character('j'))));
    assert_eq!(told(KeyCode::Tab), Some(Message::Typed(Keystroke::NextField)));
    assert_eq!(told(KeyCode::Esc), Some(Message::Typed(Keystroke::Cancel)));
}

#[test]
fn the_context_is_asked_for_each_key_so_that_a_filter_typed_at_once_is_text() {
    let keymap = Keymap::default();
    let mut translator = Translator::default();
    let mut context = Context::List;
    let mut told = Vec::new();
    for step in translator.steps(typed("/fail"), Spacing::Apart) {
        let message = translator.message(&keymap, context, step).unwrap();
        if message == Message::Action(Action::Filter) {
            context = Context::Text;
        }
        told.push(message);
    }
    let mut expected = vec![Message::Action(Action::Filter)];
    expected.extend("fail".chars().map(|character| Message::Typed(Keystroke::Character(character))));
    assert_eq!(told, expected);
}
