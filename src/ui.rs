//! The screen: a pure function of the model. Nothing here decides what is true; `app::query` says it, and the
//! regions lay it into cells. Where a region stands is `app::layout`'s business.

pub mod activity;
pub mod bar;
pub mod card;
pub mod field;
pub mod fit;
pub mod footer;
pub mod header;
pub mod heading;
pub mod lines;
mod masking;
pub mod numbers;
pub mod overlay;
pub mod pen;
pub mod pointer;
pub mod rows;
mod screen;
pub mod symbols;
pub mod theme;
pub mod totals;

use crate::app::Model;
use crate::app::layout::Furniture;
use crate::app::query::{self, Clock, Role};
use crate::domain::{Moment, Privacy};
use crate::keymap::Keymap;
use ratatui::buffer::Buffer;
use theme::Part;
pub use theme::{Depth, Glyphs, Theme, Themes};

/// When the screen has to be drawn again although nothing happens: a label on it changes. None when no label
/// depends on the time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NextChange(pub Option<Moment>);

/// Draws the whole screen into `buffer`, which is empty and as large as the model says.
pub fn render(buffer: &mut Buffer, model: &Model, theme: &Theme, keymap: &Keymap) -> NextChange {
    let clock = Clock::new(model);
    buffer.set_style(buffer.area, theme.part(Part::Ground));
    let layout = query::layout(model);
    if layout.furniture == Furniture::TooSmall {
        let width = model.size.width;
        pen::Pen::new(buffer, *theme).text(0, 0, width, "20x5 at the least", Role::Plain);
        return NextChange(None);
    }
    screen::Drawing { buffer: &mut *buffer, model, theme: *theme, keymap, layout, clock: &clock }.draw();
    match model.preferences.privacy {
        Privacy::Shown => {}
        Privacy::Masked => masking::mask(buffer),
    }
    NextChange(clock.next_change())
}
