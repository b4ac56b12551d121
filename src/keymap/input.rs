//! From what the terminal sent to messages, without a clock and without a terminal.
//!
//! The runtime hands over every event that was ready without waiting as one batch. A batch with many printable
//! keys is a paste from a terminal that does not bracket it: it fires no key, and neither do the batches that come
//! close behind it. What a key means depends on the context, which a key before it in the same batch may have changed: hence [`steps`](Translator::steps) first,
//! then [`message`](Translator::message) for each with the context of that moment.

use super::{KeyChord, Keymap, Resolution};
use crate::app::Message;
use crate::app::action::{Action, Context};
use crate::app::message::{Keystroke, Wheel};
use crossterm::event::{Event, KeyCode, KeyEventKind, KeyModifiers, MouseButton, MouseEvent, MouseEventKind};
use std::collections::BTreeSet;

/// So many printable keys at once are a paste: an order id has 36.
const PASTE: usize = 8;
/// With fewer different ones among them it is a key that is held down.
const DIFFERENT: usize = 3;

/// How soon a batch came after the one before it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Spacing {
    /// So soon that it belongs to the same paste, if that was one.
    Close,
    /// Later.
    Apart,
}

/// One thing that the terminal sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Step {
    /// A key was pressed.
    Key(KeyChord),
    /// A text was pasted.
    Pasted(String),
    /// The next part of that text.
    PasteGoesOn(String),
    /// The wheel was turned.
    Scrolled(Wheel),
    /// The mouse was clicked there.
    Clicked {
        /// The column, from 0.
        x: u16,
        /// The line, from 0.
        y: u16,
    },
    /// The terminal has another size.
    Resized {
        /// Columns.
        width: u16,
        /// Rows.
        height: u16,
    },
}

/// Remembers between keys what is needed to understand the next: the first of two keys, a paste that goes on.
#[derive(Clone, Copy, Debug, Default)]
pub struct Translator {
    pending: Option<KeyChord>,
    last: Last,
}

/// What the last batch was.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Last {
    #[default]
    Keys,
    Paste,
}

impl Translator {
    /// What a batch of events says: keys, pastes, and the last size.
    ///
    /// A paste is told before the keys that came with it and write nothing, so that Ctrl-C still quits.
    pub fn steps(&mut self, events: impl IntoIterator<Item = Event>, spacing: Spacing) -> Vec<Step> {
        let mut steps = Vec::new();
        let mut size = None;
        for event in events {
            match event {
                Event::Key(key) if key.kind != KeyEventKind::Release => steps.push(Step::Key(key.into())),
                Event::Paste(text) => steps.push(Step::Pasted(text)),
                Event::Resize(width, height) => size = Some(Step::Resized { width, height }),
                Event::Mouse(mouse) => steps.extend(pointed(mouse)),
                Event::Key(_) | Event::FocusGained | Event::FocusLost => {}
            }
        }
        let printable: Vec<char> = steps.iter().filter_map(written).collect();
        let different = printable.iter().collect::<BTreeSet<_>>().len();
        let may_go_on = self.last == Last::Paste && spacing == Spacing::Close;
        self.last = Last::Paste;
        if may_go_on && steps.iter().any(|step| pasted(step).is_some()) {
            steps = as_paste(steps, Step::PasteGoesOn);
        } else if printable.len() >= PASTE && different >= DIFFERENT {
            steps = as_paste(steps, Step::Pasted);
        } else {
            self.last = Last::Keys;
        }
        steps.extend(size);
        steps
    }

    /// What a step means in `context`; nothing for a key that has no meaning there.
    pub fn message(&mut self, keymap: &Keymap, context: Context, step: Step) -> Option<Message> {
        match step {
            Step::Key(chord) => self.key(keymap, context, chord),
            Step::Pasted(text) => {
                self.pending = None;
                Some(Message::Pasted(text))
            }
            Step::PasteGoesOn(text) => Some(Message::PasteGoesOn(text)),
            Step::Resized { width, height } => Some(Message::Resized { width, height }),
            Step::Scrolled(wheel) => Some(Message::Scrolled(wheel)),
            // What stands there only the screen knows.
            Step::Clicked { .. } => None,
        }
    }

    fn key(&mut self, keymap: &Keymap, context: Context, chord: KeyChord) -> Option<Message> {
        match keymap.resolve(context, chord, self.pending.take()) {
            Resolution::Action(action) => Some(Message::Action(action)),
            Resolution::Pending(first) => {
                self.pending = Some(first);
                None
            }
            Resolution::Nothing if context == Context::Text => keystroke(chord).map(Message::Typed),
            Resolution::Nothing if context == Context::Picker => {
                moving(chord).map(Message::Action).or_else(|| keystroke(chord).map(Message::Typed))
            }
            Resolution::Nothing => None,
        }
    }
}

/// What the mouse did, as far as that has a meaning.
fn pointed(mouse: MouseEvent) -> Option<Step> {
    match mouse.kind {
        MouseEventKind::ScrollUp => Some(Step::Scrolled(Wheel::Up)),
        MouseEventKind::ScrollDown => Some(Step::Scrolled(Wheel::Down)),
        MouseEventKind::Down(MouseButton::Left) => Some(Step::Clicked { x: mouse.column, y: mouse.row }),
        _ => None,
    }
}

/// What a key writes.
fn written(step: &Step) -> Option<char> {
    match step {
        Step::Key(chord) => chord.printable(),
        Step::Pasted(_)
        | Step::PasteGoesOn(_)
        | Step::Scrolled(_)
        | Step::Clicked { .. }
        | Step::Resized { .. } => None,
    }
}

/// What a key is in a pasted text: what it writes, or a line's end, or a tab.
fn pasted(step: &Step) -> Option<char> {
    let Step::Key(chord) = step else { return None };
    match chord.code() {
        KeyCode::Enter => Some('\n'),
        KeyCode::Tab => Some('\t'),
        // A line feed arrives as Ctrl-J.
        KeyCode::Char('j') if chord.modifiers() == KeyModifiers::CONTROL => Some('\n'),
        _ => chord.printable(),
    }
}

/// One paste of all that the keys would have written, then the keys that count beside it.
fn as_paste(steps: Vec<Step>, make: impl FnOnce(String) -> Step) -> Vec<Step> {
    let mut text = String::new();
    let mut rest = Vec::new();
    for step in steps {
        match (pasted(&step), step) {
            (Some(character), _) => text.push(character),
            (None, Step::Pasted(bracketed)) => text.push_str(&bracketed),
            (None, step) => rest.push(step),
        }
    }
    let mut steps = vec![make(text)];
    steps.extend(rest.into_iter().filter(leaves));
    steps
}

/// Keys that count even beside a paste: those with which people leave.
fn leaves(step: &Step) -> bool {
    match step {
        Step::Key(chord) => {
            chord.modifiers() == KeyModifiers::CONTROL && matches!(chord.code(), KeyCode::Char('c' | 'z'))
        }
        Step::Scrolled(_) | Step::Clicked { .. } => false,
        Step::Pasted(_) | Step::PasteGoesOn(_) | Step::Resized { .. } => true,
    }
}

/// Where a key goes in a list with a field over it, whatever the keymap says: letters cannot move there.
fn moving(chord: KeyChord) -> Option<Action> {
    match chord.code() {
        KeyCode::Up => Some(Action::Up),
        KeyCode::Down => Some(Action::Down),
        KeyCode::PageUp => Some(Action::PageUp),
        KeyCode::PageDown => Some(Action::PageDown),
        _ => None,
    }
}

/// What a key does in a text field; these are not remapped.
fn keystroke(chord: KeyChord) -> Option<Keystroke> {
    if let Some(character) = chord.printable() {
        return Some(Keystroke::Character(character));
    }
    let has_control = chord.modifiers().contains(KeyModifiers::CONTROL);
    let has_alt = chord.modifiers().contains(KeyModifiers::ALT);
    match chord.code() {
        KeyCode::Char('w') if has_control => Some(Keystroke::DeleteWord),
        KeyCode::Char('u') if has_control => Some(Keystroke::DeleteToStart),
        KeyCode::Char('a') if has_control => Some(Keystroke::Home),
        KeyCode::Char('e') if has_control => Some(Keystroke::End),
        KeyCode::Char('b') if has_control => Some(Keystroke::Left),
        KeyCode::Char('f') if has_control => Some(Keystroke::Right),
        KeyCode::Char('d') if has_control => Some(Keystroke::Delete),
        KeyCode::Char('h') if has_control => Some(Keystroke::Backspace),
        KeyCode::Char('g') if has_control => Some(Keystroke::Cancel),
        KeyCode::Backspace if has_alt || has_control => Some(Keystroke::DeleteWord),
        KeyCode::Backspace => Some(Keystroke::Backspace),
        KeyCode::Delete => Some(Keystroke::Delete),
        KeyCode::Left => Some(Keystroke::Left),
        KeyCode::Right => Some(Keystroke::Right),
        KeyCode::Home => Some(Keystroke::Home),
        KeyCode::End => Some(Keystroke::End),
        KeyCode::Tab | KeyCode::Down => Some(Keystroke::NextField),
        KeyCode::BackTab => Some(Keystroke::PreviousField),
        KeyCode::Up => Some(Keystroke::Recall),
        KeyCode::Enter => Some(Keystroke::Submit),
        KeyCode::Esc => Some(Keystroke::Cancel),
        _ => None,
    }
}

#[cfg(test)]
mod tests;
