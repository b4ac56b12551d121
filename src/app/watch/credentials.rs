//! While an account rests: looking whether its credentials have come back.

use super::{Asking, Watch};
use crate::app::Effect;
use crate::domain::{Identity, Moment, Now, Scope};
use std::time::Duration;

/// Between two looks at the files that credentials come from.
const LOOK: Duration = Duration::from_secs(2);

impl Watch {
    /// As whom the last answer of an account was signed; none before the first one.
    pub fn identity(&self, scope: &Scope) -> Option<&Identity> {
        self.accounts[self.known_account(scope)?.0].identity.as_ref()
    }

    /// Looks every two seconds while an account rests, once for all of them.
    pub(super) fn look_for_credentials(&mut self, now: Moment, effects: &mut Vec<Effect>) {
        let rests = self.asking == Asking::On && self.resting().is_some();
        self.look = match self.look {
            _ if !rests => None,
            Some(at) if now < at => Some(at),
            before => {
                effects.extend(before.map(|_| Effect::LookForCredentials));
                Some(now.plus(LOOK))
            }
        };
    }

    /// Whoever rests tries at once.
    pub(super) fn credentials_changed(&mut self, now: Now, effects: &mut Vec<Effect>) {
        let rests =
            |watch: &Self, index: super::account::AccountIndex| watch.accounts[index.0].resting().is_some();
        self.try_again(rests, now, effects);
    }
}
