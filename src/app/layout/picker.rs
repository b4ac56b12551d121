//! Where the parts of a picker stand.

use super::{Area, Furniture, Layout};
use crate::app::model::Size;

/// Up to this size a picker fills the screen.
const FILLS_UP_TO: Size = Size { width: 50, height: 15 };
/// Lines from which each part has room.
const HELP_FROM: u16 = 4;
const TITLE_FROM: u16 = 7;
const NOTE_FROM: u16 = 8;
const AIR_FROM: u16 = 14;

/// What a picker asks room for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct PickerNeeds {
    /// Cells of its widest line.
    pub width: u16,
    /// Lines to choose from, all of them.
    pub lines: u16,
    /// Lines that say why there is less to choose from.
    pub message: u16,
}

/// Where the parts of a picker stand; those without room are empty.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PickerAreas {
    /// All of it, its border included.
    pub frame: Area,
    /// Whether it has a border, with the title in it.
    pub furniture: Furniture,
    /// The title, where it does not stand in the border.
    pub title: Area,
    /// The field for the filter.
    pub field: Area,
    /// Why there is less to choose from.
    pub message: Area,
    /// The lines to choose from.
    pub rows: Area,
    /// What else there is to know.
    pub note: Area,
    /// The keys.
    pub help: Area,
}

impl PickerAreas {
    /// Lines that a page key moves by; at least one.
    pub fn page_height(&self) -> usize {
        usize::from(self.rows.height.max(1))
    }
}

impl Layout {
    /// Where the parts of a picker stand: in a box where boxes are drawn, on a small screen on all of it.
    pub fn picker(&self, size: Size, needs: PickerNeeds) -> PickerAreas {
        let whole = Area { x: 0, y: 0, width: size.width, height: size.height };
        let fills = size.width <= FILLS_UP_TO.width || size.height <= FILLS_UP_TO.height;
        let furniture = match self.furniture {
            Furniture::Boxes if fills => Furniture::Bare,
            furniture => furniture,
        };
        let frame = match furniture {
            Furniture::TooSmall => Area::default(),
            Furniture::Bare if fills => whole,
            // The field, the air below it and above the note, the note, the keys.
            Furniture::Bare | Furniture::Boxes => {
                self.overlay(size, needs.width, needs.lines.saturating_add(needs.message).saturating_add(5))
            }
        };
        let mut rest = frame;
        let mut title = Area::default();
        if furniture == Furniture::Boxes {
            rest = Area {
                x: frame.x + 1,
                y: frame.y + 1,
                width: frame.width.saturating_sub(2),
                height: frame.height.saturating_sub(2),
            };
        } else if rest.height >= TITLE_FROM {
            title = rest.take_top(1);
        }
        let height = rest.height;
        let field = rest.take_top(1);
        let help = rest.take_bottom(u16::from(height >= HELP_FROM));
        let note = rest.take_bottom(u16::from(height >= NOTE_FROM));
        if height >= AIR_FROM {
            rest.take_top(1);
            rest.take_bottom(1);
        }
        let message = rest.take_top(needs.message.min(rest.height.saturating_sub(1)));
        PickerAreas { frame, furniture, title, field, message, rows: rest, note, help }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::layout::{Kind, Needs, layout};

    #[test]
    fn at_every_size_there_is_a_line_to_choose_from_and_a_field_within_the_screen() {
        for width in (20..200).step_by(3) {
            for height in 5..60 {
                for lines in [0, 3, 500] {
                    let size = Size { width, height };
                    let areas = layout(size, Kind::List, Needs::default())
                        .picker(size, PickerNeeds { width: 84, lines, message: 4 });
                    assert!(areas.rows.height > 0 && areas.field.height == 1, "{size:?} {areas:?}");
                    for area in [areas.field, areas.message, areas.rows, areas.note, areas.help] {
                        assert!(area.bottom() <= height && area.right() <= width, "{size:?} {areas:?}");
                    }
                }
            }
        }
    }

    #[test]
    fn at_fifty_by_fifteen_and_below_it_fills_the_screen() {
        for (width, height, fills) in [(50, 60, true), (51, 15, true), (51, 16, false), (120, 40, false)] {
            let size = Size { width, height };
            let areas = layout(size, Kind::List, Needs::default()).picker(size, PickerNeeds::default());
            assert_eq!(areas.frame == Area { x: 0, y: 0, width, height }, fills, "{size:?}");
        }
    }
}
