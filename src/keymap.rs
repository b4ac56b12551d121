//! Which key does what: the default in `assets/keymap.toml`, the user's file over it, and the way back from an
//! action to its key, from which footer, help and README are made.
//!
//! No key has two meanings in one context, and Ctrl-C quits in every one.

pub mod chord;
mod file;
pub mod input;

pub use chord::{KeyChord, Keys, NotAKey};
pub use file::Problem;
pub use input::{Spacing, Step, Translator};

use crate::app::action::{ACTIONS, Action, ActionSpec, Context};
use crate::app::key_names::{KeyLine, KeyNames};
use std::fmt::Write as _;

/// The default keymap, as the file that a user could have written.
pub const DEFAULT: &str = include_str!("../assets/keymap.toml");

/// Keys and what they do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Keymap {
    bindings: Vec<Binding>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Binding {
    action: Action,
    keys: Keys,
}

/// What a key means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Resolution {
    /// This.
    Action(Action),
    /// Nothing yet: it may be the first of two keys.
    Pending(KeyChord),
    /// Nothing here.
    Nothing,
}

impl Default for Keymap {
    /// The embedded keymap; a test holds that it has no problem.
    fn default() -> Self {
        let nothing = Self { bindings: Vec::new() };
        let (keymap, _no_problems) = nothing.with_file("assets/keymap.toml", DEFAULT);
        keymap
    }
}

impl Keymap {
    /// This keymap with a file's settings over it. What the file says wrongly is told and leaves the keys of that
    /// action as they were.
    pub fn with_file(&self, path: &str, text: &str) -> (Self, Vec<Problem>) {
        let (settings, mut problems) = file::read(path, text);
        let mut keymap = self.clone();
        keymap.apply(path, settings.clone(), &mut problems);
        keymap.keep_a_way_out();
        problems.extend(Self::bound_to_ctrl_c(path, &settings));
        problems.extend(self.lost(&keymap, path, &settings));
        keymap.sort();
        problems.sort_by_key(Problem::line);
        (keymap, problems)
    }

    /// What `chord` means in `context`, after `pending` where that was the first of two keys.
    ///
    /// In a text field only keys that write nothing can mean an action.
    pub fn resolve(&self, context: Context, chord: KeyChord, pending: Option<KeyChord>) -> Resolution {
        let keys = match pending {
            Some(first) => Keys { first, second: Some(chord) },
            None => Keys { first: chord, second: None },
        };
        if let Some(binding) = self.in_context(context).find(|binding| binding.keys == keys) {
            return Resolution::Action(binding.action);
        }
        match pending {
            // The first key led nowhere: the second one counts by itself.
            Some(_) => self.resolve(context, chord, None),
            None if self.starts_a_sequence(context, chord) => Resolution::Pending(chord),
            None => Resolution::Nothing,
        }
    }

    /// The key to show for an action in a context: the first that is bound.
    pub fn first_chord(&self, action: Action, context: Context) -> Option<Keys> {
        self.in_context(context).find(|binding| binding.action == action).map(|binding| binding.keys)
    }

    /// Every key of an action, the one to show first.
    pub fn all_keys(&self, action: Action) -> impl Iterator<Item = Keys> + '_ {
        self.bindings.iter().filter(move |binding| binding.action == action).map(|binding| binding.keys)
    }

    /// What every action is reached by: its first key, or its name in the palette.
    pub fn names(&self) -> KeyNames {
        let key = |spec: &ActionSpec| self.all_keys(spec.action).next().map(|keys| keys.to_string());
        let named = |spec: &ActionSpec| Some((spec.action, key(spec).or_else(|| self.by_name(spec))?));
        let reached = ACTIONS.iter().filter(|spec| self.is_reached(spec.action));
        reached.filter_map(named).collect::<KeyNames>().with_lines(self.rows(None))
    }

    /// The lines of the help for a context, or for all of them. What has no key is shown by its name in the palette,
    /// as `:profile`, and left out where it has none.
    pub fn rows(&self, context: Option<Context>) -> Vec<KeyLine> {
        let specs: Vec<_> = ACTIONS
            .iter()
            .filter(|spec| context.is_none_or(|context| spec.works_in(context)))
            .filter(|spec| self.is_reached(spec.action))
            .collect();
        specs
            .chunk_by(|one, next| one.summary == next.summary)
            .filter_map(|group| {
                let spec = group.first()?;
                Some(KeyLine { keys: self.keys_of(group), action: spec.action, summary: spec.summary })
            })
            .collect()
    }

    /// True for what has a key, or a name in a palette that has one.
    fn is_reached(&self, action: Action) -> bool {
        let has_key = |action| self.all_keys(action).next().is_some();
        has_key(action) || action.stands_in_palette() && has_key(Action::Palette)
    }

    fn by_name(&self, spec: &ActionSpec) -> Option<String> {
        let palette = self.all_keys(Action::Palette).next()?.to_string();
        let gap = if palette.ends_with(char::is_alphanumeric) { " " } else { "" };
        Some(format!("{palette}{gap}{}", spec.name))
    }

    fn keys_of(&self, group: &[&ActionSpec]) -> String {
        let first_of = |spec: &&ActionSpec| self.all_keys(spec.action).next().map(|keys| keys.to_string());
        match group {
            [first, .., last] => {
                let ends = [first_of(first), first_of(last)];
                ends.into_iter().flatten().collect::<Vec<_>>().join("-")
            }
            [spec] if self.all_keys(spec.action).next().is_none() => self.by_name(spec).unwrap_or_default(),
            _ => group.iter().flat_map(|spec| self.all_keys(spec.action)).fold(
                String::new(),
                |mut text, keys| {
                    let comma = if text.is_empty() { "" } else { ", " };
                    // Writing to a String cannot fail.
                    let _written = write!(text, "{comma}{keys}");
                    text
                },
            ),
        }
    }

    /// What is bound there. Where text is typed, keys that write something are text.
    fn in_context(&self, context: Context) -> impl Iterator<Item = &Binding> {
        let is_text =
            move |binding: &Binding| context.takes_text() && binding.keys.first.printable().is_some();
        self.bindings.iter().filter(move |binding| works_in(binding.action, context) && !is_text(binding))
    }

    fn starts_a_sequence(&self, context: Context, chord: KeyChord) -> bool {
        self.in_context(context).any(|binding| binding.keys.first == chord && binding.keys.second.is_some())
    }

    /// Takes a file's settings in their order: an earlier line wins over a later one, the file over what was there.
    fn apply(&mut self, path: &str, settings: Vec<file::Setting>, problems: &mut Vec<Problem>) {
        let named: Vec<_> = settings.iter().map(|setting| setting.action).collect();
        self.bindings.retain(|binding| !named.contains(&binding.action));
        let mut taken: Vec<(Binding, usize)> = Vec::new();
        for setting in settings {
            for keys in setting.keys {
                let binding = Binding { action: setting.action, keys };
                match taken.iter().find(|(earlier, _)| clash(*earlier, binding)) {
                    Some((earlier, line)) => problems.push(Problem::conflict(
                        path,
                        setting.line,
                        (keys, name_of(setting.action)),
                        (earlier.keys, name_of(earlier.action), *line),
                    )),
                    None => taken.push((binding, setting.line)),
                }
            }
        }
        self.bindings.retain(|old| !taken.iter().any(|(new, _)| clash(*old, *new)));
        self.bindings.extend(taken.into_iter().map(|(binding, _)| binding));
    }

    /// What a file wants the key for that quits.
    fn bound_to_ctrl_c(path: &str, settings: &[file::Setting]) -> Vec<Problem> {
        let wants = |setting: &&file::Setting| {
            setting.action != Action::Quit && setting.keys.iter().any(|keys| keys.first == ctrl_c())
        };
        let problem = |setting: &file::Setting| Problem::fixed(path, setting.line, name_of(setting.action));
        settings.iter().filter(wants).map(problem).collect()
    }

    /// The actions that a file leaves without a way to them: by taking their keys, or by giving them to others.
    fn lost(&self, after: &Self, path: &str, settings: &[file::Setting]) -> Vec<Problem> {
        let is_lost = |spec: &&ActionSpec| match spec.action {
            // The palette offers them by the names of the lists.
            Action::List(_) | Action::Unsaved => false,
            action => self.is_reached(action) && !after.is_reached(action),
        };
        let clashes = |setting: &&file::Setting, action: Action| {
            let mut had = self.bindings.iter().filter(|binding| binding.action == action);
            had.any(|had| {
                setting.keys.iter().any(|keys| clash(*had, Binding { action: setting.action, keys: *keys }))
            })
        };
        let line = |action: Action| {
            let own = settings.iter().find(|setting| setting.action == action);
            let taker = || settings.iter().find(|setting| clashes(setting, action));
            let palette = || settings.iter().find(|setting| setting.action == Action::Palette);
            own.or_else(taker).or_else(palette).map_or(1, |setting| setting.line)
        };
        let lost = ACTIONS.iter().filter(is_lost);
        lost.map(|spec| Problem::unreachable(path, line(spec.action), spec.name)).collect()
    }

    /// Ctrl-C quits in every context, whatever a file says.
    fn keep_a_way_out(&mut self) {
        let ctrl_c = ctrl_c();
        self.bindings.retain(|binding| binding.keys.first != ctrl_c);
        self.bindings.push(Binding { action: Action::Quit, keys: Keys { first: ctrl_c, second: None } });
    }

    /// By the order of the action table; keys of one action keep their order.
    fn sort(&mut self) {
        self.bindings.sort_by_key(|binding| ACTIONS.iter().position(|spec| spec.action == binding.action));
    }
}

fn ctrl_c() -> KeyChord {
    KeyChord::new(crossterm::event::KeyCode::Char('c'), crossterm::event::KeyModifiers::CONTROL)
}

fn works_in(action: Action, context: Context) -> bool {
    action.spec().is_some_and(|spec| spec.works_in(context))
}

fn name_of(action: Action) -> &'static str {
    action.spec().map_or("", |spec| spec.name)
}

/// True when two bindings cannot both be reached in a context that they share.
fn clash(one: Binding, other: Binding) -> bool {
    let shares_a_context =
        Context::ALL.iter().any(|context| works_in(one.action, *context) && works_in(other.action, *context));
    let hides = one.keys.first == other.keys.first
        && (one.keys.second.is_none() || other.keys.second.is_none() || one.keys.second == other.keys.second);
    one.action != other.action && shares_a_context && hides
}

#[cfg(test)]
mod tests;
