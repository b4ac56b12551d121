//! What is chosen for the whole program. It counts at once, and at the next start where the config file does not choose.

use super::notice;
use crate::app::Effect;
use crate::app::action::Action;
use crate::app::effect::{FilesWork, ViewState};
use crate::app::model::Model;
use crate::domain::{Alerts, Mouse, Preference, Privacy, Times};
use std::mem::discriminant;

/// No bell, or again.
pub(super) fn mute(model: &mut Model) -> Vec<Effect> {
    match model.preferences.alerts {
        Alerts::On => {
            let more = format!(". {} rings it again.", model.keys.of(Action::Mute));
            choose(model, Preference::Alerts(Alerts::Muted), "The bell is muted", &more)
        }
        Alerts::Muted => {
            let more = " when an order newly needs you, and when all are settled.";
            choose(model, Preference::Alerts(Alerts::On), "The bell rings", more)
        }
    }
}

/// Masks phone numbers on the screen, or no longer.
pub(super) fn privacy(model: &mut Model) -> Vec<Effect> {
    match model.preferences.privacy {
        Privacy::Shown => {
            let more = format!(". {} shows them.", model.keys.of(Action::Privacy));
            choose(model, Preference::Privacy(Privacy::Masked), "Phone numbers are masked", &more)
        }
        Privacy::Masked => choose(model, Preference::Privacy(Privacy::Shown), "Phone numbers are shown", "."),
    }
}

/// Takes the mouse from the terminal, or gives it back.
pub(super) fn mouse(model: &mut Model) -> Vec<Effect> {
    match model.preferences.mouse {
        Mouse::Terminals => {
            let key = model.keys.of(Action::Mouse);
            let more = format!("; shift-drag selects text. {key} gives it back.");
            choose(model, Preference::Mouse(Mouse::Ours), "The mouse scrolls and opens", &more)
        }
        Mouse::Ours => {
            choose(model, Preference::Mouse(Mouse::Terminals), "The mouse selects text again", ".")
        }
    }
}

/// The next way to write times.
pub(super) fn times(model: &mut Model) -> Vec<Effect> {
    let (times, what) = match model.preferences.times {
        Times::Relative => (Times::Local, "Times are local"),
        Times::Local => (Times::Utc, "Times are UTC"),
        Times::Utc => (Times::Relative, "Times are relative"),
    };
    choose(model, Preference::Times(times), what, ".")
}

/// Chooses, and says `what` and `more`, or that it counts for this run only.
fn choose(model: &mut Model, choice: Preference, what: &str, more: &str) -> Vec<Effect> {
    model.preferences.set(choice);
    let fixed = model.fixed.iter().find(|fixed| discriminant(&fixed.choice) == discriminant(&choice));
    match fixed {
        Some(fixed) if fixed.choice != choice => {
            let said = format!("{what} until you quit: {} counts at every start.", fixed.said);
            notice::tell(model, said);
            Vec::new()
        }
        Some(_) => {
            notice::say(model, format!("{what}{more}"));
            Vec::new()
        }
        None => {
            notice::say(model, format!("{what}{more}"));
            let kept = ViewState { preference: Some(choice), ..ViewState::default() };
            vec![Effect::Files(FilesWork::SaveView(kept))]
        }
    }
}
