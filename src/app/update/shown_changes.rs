//! How much of the activity screen has been read and shown.

use super::shown;
use crate::app::Model;
use crate::app::model::ActivityScreen;

/// True when little more than a page stands below the cursor: earlier changes are read before they are reached.
pub(in crate::app) fn is_near_the_end(model: &Model, screen: &ActivityScreen) -> bool {
    let lines = shown::change_lines(model, screen);
    screen.cursor + 2 * shown::page(model) >= lines
}
