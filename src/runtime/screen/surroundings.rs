//! What the terminal is set to beside the frame: the title of its window, and who gets what the mouse does.
//!
//! Both follow the model like the frame does, and are written with it: neither ever wakes a screen that rests.

use crate::alert;
use crate::app::Model;
use crate::app::query::title::title;
use crate::domain::Mouse;
use crate::settings::Title;

/// Reports of buttons and the wheel, in the form that knows every column.
const MOUSE_ON: &[u8] = b"\x1b[?1000h\x1b[?1006h";
/// The opposite.
const MOUSE_OFF: &[u8] = b"\x1b[?1006l\x1b[?1000l";

/// What was last written of them.
#[derive(Debug)]
pub struct Surroundings {
    wanted: Title,
    title: Option<String>,
    mouse: Mouse,
}

impl Surroundings {
    /// Those of a terminal that was told nothing yet.
    pub const fn new(wanted: Title) -> Self {
        Self { wanted, title: None, mouse: Mouse::Terminals }
    }

    /// The terminal was taken again, and knows nothing of what was written.
    pub fn start_anew(&mut self) {
        *self = Self::new(self.wanted);
    }

    /// The bytes that bring the terminal in line with the model; none where it is.
    pub fn follow(&mut self, model: &Model) -> Vec<u8> {
        let mut bytes = Vec::new();
        let title = match self.wanted {
            Title::Shown => Some(title(model)),
            Title::Off => None,
        };
        if self.title != title {
            bytes.extend(title.iter().flat_map(|title| alert::title(title)));
            self.title = title;
        }
        let mouse = model.preferences.mouse;
        if std::mem::replace(&mut self.mouse, mouse) != mouse {
            bytes.extend_from_slice(match mouse {
                Mouse::Ours => MOUSE_ON,
                Mouse::Terminals => MOUSE_OFF,
            });
        }
        bytes
    }
}
