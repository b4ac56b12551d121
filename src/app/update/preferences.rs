//! What is chosen for the whole program, and found again at the next start.

use super::{lists, notice};
use crate::app::Effect;
use crate::app::action::Action;
use crate::app::model::Model;
use crate::domain::{Alerts, Mouse, Privacy};

/// No bell, or again.
pub(super) fn mute(model: &mut Model) -> Vec<Effect> {
    let key = model.keys.of(Action::Mute);
    let (alerts, said) = match model.preferences.alerts {
        Alerts::On => (Alerts::Muted, format!("The bell is muted. {key} rings it again.")),
        Alerts::Muted => {
            (Alerts::On, "The bell rings when an order newly needs you, and when all are settled.".to_owned())
        }
    };
    model.preferences.alerts = alerts;
    notice::say(model, said);
    vec![lists::save_view(model)]
}

/// Masks phone numbers on the screen, or no longer.
pub(super) fn privacy(model: &mut Model) -> Vec<Effect> {
    let key = model.keys.of(Action::Privacy);
    let (privacy, said) = match model.preferences.privacy {
        Privacy::Shown => (Privacy::Masked, format!("Phone numbers are masked. {key} shows them.")),
        Privacy::Masked => (Privacy::Shown, "Phone numbers are shown.".to_owned()),
    };
    model.preferences.privacy = privacy;
    notice::say(model, said);
    vec![lists::save_view(model)]
}

/// Takes the mouse from the terminal, or gives it back.
pub(super) fn mouse(model: &mut Model) -> Vec<Effect> {
    let key = model.keys.of(Action::Mouse);
    let (mouse, said) = match model.preferences.mouse {
        Mouse::Terminals => (
            Mouse::Ours,
            format!("The mouse scrolls and opens; shift-drag selects text. {key} gives it back."),
        ),
        Mouse::Ours => (Mouse::Terminals, "The mouse selects text again.".to_owned()),
    };
    model.preferences.mouse = mouse;
    notice::say(model, said);
    vec![lists::save_view(model)]
}
