//! What the screen can look like.

use super::places::NOW;
use super::{Choice, Item, State};
use crate::app::looks::ThemeName;
use crate::app::model::Model;
use crate::domain::text::neutralise;

/// The themes, in the order in which they are offered.
pub fn items(model: &Model) -> Vec<Item> {
    let looks = &model.looks;
    let item = |(rank, theme): (i64, &ThemeName)| {
        let is_present = theme.name == looks.chosen;
        Item {
            state: if is_present { State::Present(NOW) } else { State::Plain },
            rank: (0, rank),
            ..Item::new(Choice::Theme(theme.name.clone()), neutralise(&theme.name), theme.about.shown())
        }
    };
    (0..).zip(&looks.themes).map(item).collect()
}
