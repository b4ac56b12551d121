//! What keys are called as they are bound, for sentences that name one: a key that was given to something else must
//! not be told of. The keymap hands it over at the start, as `app` knows no chord.

use super::Action;
use std::collections::BTreeMap;

/// What the keys of actions are called.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct KeyNames {
    first: BTreeMap<Action, String>,
    lines: Vec<KeyLine>,
}

/// A line of the help: keys, and the action that they do. Neighbours that do the same share a line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeyLine {
    /// The keys, as `j, down`, or `1-9`.
    pub keys: String,
    /// The action, the first of those that share the line.
    pub action: Action,
    /// What it does.
    pub summary: &'static str,
}

impl KeyNames {
    /// The key of an action, `c`; its name in the palette, `:copy`, where no key is bound to it.
    pub fn of(&self, action: Action) -> String {
        let by_name = || action.spec().map(|spec| format!(":{}", spec.name)).unwrap_or_default();
        self.first.get(&action).cloned().unwrap_or_else(by_name)
    }

    /// The lines of the help.
    pub fn lines(&self) -> &[KeyLine] {
        &self.lines
    }

    /// The same with these lines of the help.
    #[must_use]
    pub fn with_lines(self, lines: Vec<KeyLine>) -> Self {
        Self { lines, ..self }
    }
}

impl FromIterator<(Action, String)> for KeyNames {
    fn from_iter<T: IntoIterator<Item = (Action, String)>>(keys: T) -> Self {
        Self { first: keys.into_iter().collect(), lines: Vec::new() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_action_without_a_key_goes_by_its_name() {
        let names: KeyNames = [(Action::Copy, "ctrl-y".to_owned())].into_iter().collect();
        assert_eq!(names.of(Action::Copy), "ctrl-y");
        assert_eq!(names.of(Action::Pause), ":pause");
    }
}
