//! Choosing a theme. It counts at once, and at the next start where nothing else names one.

use super::notice;
use crate::app::Effect;
use crate::app::effect::FilesWork;
use crate::app::looks::Colours;
use crate::app::model::{Model, Overlay};
use crate::app::picker::Kind;
use crate::domain::Text;
use crate::domain::text::neutralise;
use std::sync::Arc;

/// Draws the screen in a theme from now on.
pub(super) fn choose(model: &mut Model, name: &Arc<str>) -> Vec<Effect> {
    let looks = &mut model.looks;
    looks.chosen = Arc::clone(name);
    let shown = neutralise(name);
    let problem =
        looks.themes.iter().find(|theme| theme.name == *name).and_then(|theme| theme.problem.clone());
    let (fixed, colours) = (looks.fixed.clone(), looks.colours);
    match (problem, fixed, colours) {
        (Some(problem), ..) => notice::warn(model, problem),
        (None, Some(fixed), _) => {
            notice::tell(
                model,
                format!("The theme is {shown} until you quit: {fixed} counts at every start."),
            );
        }
        (None, None, Colours::Off) => {
            notice::tell(model, format!("The theme is {shown}; on this terminal colours are off."));
        }
        (None, None, Colours::Used) => notice::say(model, format!("The theme is {shown}.")),
    }
    match &model.looks.fixed {
        Some(_) => Vec::new(),
        None => vec![Effect::Files(FilesWork::KeepTheme(Text::new(name)))],
    }
}

/// The theme under the cursor is tried out while somebody chooses from them.
pub(super) fn follow(model: &mut Model) {
    model.looks.tried = match &model.overlay {
        Some(Overlay::Picker(picker)) if picker.kind == Kind::Themes => {
            picker.at_cursor().and_then(|item| item.choice.theme().map(Arc::clone))
        }
        Some(_) | None => None,
    };
}
