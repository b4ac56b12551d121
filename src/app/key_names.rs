//! What keys are called as they are bound, for sentences that name one: a key that was given to something else must
//! not be told of. The keymap hands it over at the start, as `app` knows no chord.

use super::Action;
use std::collections::BTreeMap;

/// What the keys of actions are called.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct KeyNames(BTreeMap<Action, String>);

impl KeyNames {
    /// The key of an action, `c`; its name in the palette, `:copy`, where no key is bound to it.
    pub fn of(&self, action: Action) -> String {
        let by_name = || action.spec().map(|spec| format!(":{}", spec.name)).unwrap_or_default();
        self.0.get(&action).cloned().unwrap_or_else(by_name)
    }
}

impl FromIterator<(Action, String)> for KeyNames {
    fn from_iter<T: IntoIterator<Item = (Action, String)>>(keys: T) -> Self {
        Self(keys.into_iter().collect())
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
